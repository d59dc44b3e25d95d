// SPDX-License-Identifier: MIT
#include "ui/paint/changes.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace ui::paint {

namespace {

constexpr QRgb opaque = 0xff000000;
constexpr int longest_ms = 600'000;  // that a frame can stand in every format

const QRgb* line_of(const QImage& image, int y) {
    return reinterpret_cast<const QRgb*>(image.constScanLine(y));
}

/// The smallest rectangle around all pixels that differ.
QRect changed_rect(const QImage& a, const QImage& b) {
    const int width = a.width();
    const auto bytes = static_cast<std::size_t>(width) * sizeof(QRgb);
    const auto same = [&](int y) {
        return std::memcmp(a.constScanLine(y), b.constScanLine(y), bytes) == 0;
    };
    int top = 0;
    int bottom = a.height() - 1;
    while (top <= bottom && same(top)) ++top;
    while (bottom >= top && same(bottom)) --bottom;
    int left = width;
    int right = -1;
    for (int y = top; y <= bottom; ++y) {
        const QRgb* one = line_of(a, y);
        const QRgb* other = line_of(b, y);
        int x = 0;
        while (x < left && one[x] == other[x]) ++x;
        left = std::min(left, x);
        x = width - 1;
        while (x > right && one[x] == other[x]) --x;
        right = std::max(right, x);
    }
    return QRect(QPoint(left, top), QPoint(right, bottom));
}

/// A pixel that stays as it was.
QImage nothing() {
    QImage image(1, 1, QImage::Format_ARGB32);
    image.fill(0);
    return image;
}

}  // namespace

void Changes::add(const QImage& image, int milliseconds) {
    Q_ASSERT(image.format() == QImage::Format_RGB32);
    const bool first = m_before.isNull();
    const QRect rect = first ? image.rect() : changed_rect(m_before, image);
    if (rect.isEmpty()) {
        if (m_changes.back().milliseconds + milliseconds <= longest_ms)
            m_changes.back().milliseconds += milliseconds;
        else
            m_changes.push_back({{0, 0}, nothing(), milliseconds});
        return;
    }
    const int width = rect.width();
    QImage part(rect.size(), QImage::Format_ARGB32);
    for (int y = 0; y < rect.height(); ++y) {
        const QRgb* now = line_of(image, rect.top() + y) + rect.left();
        const QRgb* before = first ? nullptr : line_of(m_before, rect.top() + y) + rect.left();
        auto* kept = reinterpret_cast<QRgb*>(part.scanLine(y));
        for (int x = 0; x < width; ++x)
            kept[x] = first || now[x] != before[x] ? now[x] | opaque : 0;
    }
    m_changes.push_back({rect.topLeft(), std::move(part), milliseconds});
    m_pixels += std::int64_t{rect.width()} * rect.height();
    m_before = image;
}

void Changes::append(Changes&& others) {
    if (others.m_changes.empty()) return;
    if (m_changes.empty()) {
        *this = std::move(others);
        return;
    }
    const Change& first = others.m_changes.front();  // a whole image
    m_pixels += others.m_pixels - std::int64_t{first.image.width()} * first.image.height();
    add(first.image.convertToFormat(QImage::Format_RGB32), first.milliseconds);
    m_changes.insert(m_changes.end(), std::move_iterator(others.m_changes.begin() + 1),
                     std::move_iterator(others.m_changes.end()));
    m_before = std::move(others.m_before);
}

}  // namespace ui::paint
