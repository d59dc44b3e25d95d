// SPDX-License-Identifier: MIT
// Items are compared in order; what is alike at both ends is skipped, so one more item does not
// shift all.
#include "ui/diagram/difference.h"

#include <algorithm>

namespace ui::diagram {

namespace {

constexpr std::size_t most_rects = 6;

double area(const QRectF& rect) { return rect.width() * rect.height(); }

/// Adds a rectangle, joining what touches and, beyond a handful, what costs least to join.
void add(std::vector<QRectF>& rects, QRectF rect) {
    for (bool joined = true; joined;) {
        joined = false;
        for (auto it = rects.begin(); it != rects.end(); ++it) {
            if (!it->intersects(rect)) continue;
            rect |= *it;
            rects.erase(it);
            joined = true;
            break;
        }
    }
    if (rects.size() < most_rects) {
        rects.push_back(rect);
        return;
    }
    const auto cheapest =
        std::min_element(rects.begin(), rects.end(), [&](const QRectF& a, const QRectF& b) {
            return area(a | rect) - area(a) < area(b | rect) - area(b);
        });
    rect |= *cheapest;
    rects.erase(cheapest);
    add(rects, rect);
}

}  // namespace

std::vector<QRectF> difference(const Diagram& before, const Diagram& after) {
    const auto alike = [](const Item& a, const Item& b) { return a.mark == b.mark; };
    const auto [old_front, new_front] = std::mismatch(
        before.items.begin(), before.items.end(), after.items.begin(), after.items.end(), alike);
    const auto [old_back, new_back] =
        std::mismatch(before.items.rbegin(), std::make_reverse_iterator(old_front),
                      after.items.rbegin(), std::make_reverse_iterator(new_front), alike);

    std::vector<QRectF> rects;
    const auto count_old = old_back.base() - old_front;
    const auto count_new = new_back.base() - new_front;
    const bool pairs = count_old == count_new;
    for (auto i = count_old; i-- > 0;)
        if (!pairs || !alike(old_front[i], new_front[i])) add(rects, reach(old_front[i].mark));
    for (auto i = count_new; i-- > 0;)
        if (!pairs || !alike(old_front[i], new_front[i])) add(rects, reach(new_front[i].mark));
    return rects;
}

}  // namespace ui::diagram
