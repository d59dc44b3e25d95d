// SPDX-License-Identifier: MIT
#include "ui/paint/timed_items.h"

#include <algorithm>

#include <QHashFunctions>

namespace ui::paint {

using diagram::Box;
using diagram::Diagram;
using diagram::Item;
using diagram::Label;
using diagram::Line;
using diagram::Raster;

namespace {

struct MarkHash {
    std::size_t operator()(const Box& box) const {
        return qHashMulti(1, box.rect.x(), box.rect.y(), box.rect.width(), box.rect.height(),
                          static_cast<int>(box.fill.role), static_cast<int>(box.line.role));
    }
    std::size_t operator()(const Label& label) const {
        return qHashMulti(2, label.anchor.x(), label.anchor.y(), label.text());
    }
    std::size_t operator()(const Line& line) const {
        if (line.points.isEmpty()) return 3;
        const QPointF first = line.points.first();
        const QPointF last = line.points.last();
        return qHashMulti(3, first.x(), first.y(), last.x(), last.y());
    }
    std::size_t operator()(const Raster& raster) const {
        return qHashMulti(4, raster.rect.x(), raster.rect.y());
    }
};

/// The longest common subsequence of two lists of items, by Hunt and Szymanski (1977): of each of
/// `wanted` its place in the order, or -1. `places`: of each item, ascending.
std::vector<int> common(const std::vector<int>& wanted,
                        const std::vector<std::vector<int>>& places) {
    struct Link {
        int at;      // in `wanted`
        int place;   // in the order
        int before;  // index of a link
    };
    std::vector<Link> links;
    std::vector<int> ends;  // of the best chain of each length its last link
    for (int at = 0; at < static_cast<int>(wanted.size()); ++at) {
        const auto item = static_cast<std::size_t>(wanted[static_cast<std::size_t>(at)]);
        if (item >= places.size()) continue;
        // From the last to the first, so that none goes on from another of the same item.
        for (auto place = places[item].rbegin(); place != places[item].rend(); ++place) {
            const auto longer = std::ranges::lower_bound(ends, *place, {}, [&](int link) {
                return links[static_cast<std::size_t>(link)].place;
            });
            links.push_back({at, *place, longer == ends.begin() ? -1 : *std::prev(longer)});
            const int link = static_cast<int>(links.size()) - 1;
            if (longer == ends.end())
                ends.push_back(link);
            else
                *longer = link;
        }
    }
    std::vector<int> found(wanted.size(), -1);
    for (int link = ends.empty() ? -1 : ends.back(); link >= 0;) {
        const Link& one = links[static_cast<std::size_t>(link)];
        found[static_cast<std::size_t>(one.at)] = one.place;
        link = one.before;
    }
    return found;
}

}  // namespace

std::size_t TimedItems::Hash::operator()(const Item& item) const {
    return std::visit(MarkHash{}, item.mark);
}

int TimedItems::index_of(Item item, const Diagram& frame) {
    const diagram::Group& group = frame.groups[static_cast<std::size_t>(item.group)];
    const auto known = std::ranges::find(m_groups, group);
    item.group = static_cast<int>(known - m_groups.begin());
    if (known == m_groups.end()) m_groups.push_back(group);
    const auto [place, is_new] = m_known.try_emplace(item, static_cast<int>(m_items.size()));
    if (is_new) m_items.push_back(std::move(item));
    return place->second;
}

void TimedItems::add(const Diagram& frame) {
    std::vector<std::vector<int>> places(m_items.size());
    for (std::size_t i = 0; i < m_order.size(); ++i)
        places[static_cast<std::size_t>(m_order[i].item)].push_back(static_cast<int>(i));
    std::vector<int> wanted;
    wanted.reserve(frame.items.size());
    for (const Item& item : frame.items) wanted.push_back(index_of(item, frame));
    const std::vector<int> found = common(wanted, places);

    std::vector<Timed> merged;
    merged.reserve(m_order.size() + wanted.size());
    std::size_t next = 0;  // of the order before
    const auto pass = [&](std::size_t until) {
        for (; next < until; ++next) {
            merged.push_back(std::move(m_order[next]));
            if (merged.back().is_seen()) merged.back().change.push_back(m_frames);
        }
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (found[i] < 0) {
            merged.push_back({wanted[i], {m_frames}});
            continue;
        }
        pass(static_cast<std::size_t>(found[i]));
        merged.push_back(std::move(m_order[next++]));
        if (!merged.back().is_seen()) merged.back().change.push_back(m_frames);
    }
    pass(m_order.size());
    m_order = std::move(merged);
    ++m_frames;
}

}  // namespace ui::paint
