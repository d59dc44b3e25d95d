// SPDX-License-Identifier: MIT
// Hatching as plain lines, clipped to the box by arithmetic: every device draws the same.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <QLineF>
#include <QRectF>

namespace ui::paint {

/// Diagonals from lower left to upper right, `spacing` apart along the edges, inside `rect`. Lines of
/// neighbouring boxes continue each other.
inline std::vector<QLineF> hatch_lines(const QRectF& rect, double spacing = 6) {
    std::vector<QLineF> lines;
    // A diagonal is the set x + y = sum.
    const double first = std::ceil((rect.left() + rect.top()) / spacing) * spacing;
    for (double sum = first; sum < rect.right() + rect.bottom(); sum += spacing) {
        const double x0 = std::max(rect.left(), sum - rect.bottom());
        const double x1 = std::min(rect.right(), sum - rect.top());
        if (x1 > x0) lines.emplace_back(x0, sum - x0, x1, sum - x1);
    }
    return lines;
}

/// Head of an arrow that ends at `to`, coming from `from`: three points.
inline std::array<QPointF, 3> arrow_head(QPointF from, QPointF to, double width) {
    const QLineF line(from, to);
    const double length = line.length() > 0 ? line.length() : 1;
    const QPointF along = (to - from) / length;
    const QPointF across(-along.y(), along.x());
    const double size = 3.2 * std::max(width, 1.2);
    const QPointF base = to - along * size;
    return {base + across * size * 0.55, to, base - across * size * 0.55};
}

}  // namespace ui::paint
