// SPDX-License-Identifier: MIT
// How marks are stroked: hatching, dashes, arrow heads and insets, the same on every device.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <QLineF>
#include <QRectF>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

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

inline constexpr double hatch_width = 1.2;

/// Lengths of dashes and gaps in diagram units; empty for solid.
inline std::vector<double> dash_lengths(diagram::Stroke stroke) {
    switch (stroke) {
        case diagram::Stroke::solid:
            return {};
        case diagram::Stroke::dashed:
            return {4, 3};
        case diagram::Stroke::dotted:
            return {1.6, 2.4};
    }
    return {};
}

/// A hairline belongs inside its box, so that neighbours never overlap.
inline QRectF outline_of(const diagram::Box& box) {
    const double inset = box.line_width <= 1 ? 0.5 : 0;
    return box.rect.adjusted(inset, inset, -inset, -inset);
}

/// The image in the theme's colours.
QImage tinted(const diagram::Raster& raster, const diagram::Theme& theme);

}  // namespace ui::paint
