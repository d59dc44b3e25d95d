// SPDX-License-Identifier: MIT
// How marks are shaped: outlines, hatching, dashes and arrows as geometry, so that every device
// draws the same.
#pragma once

#include <array>
#include <vector>

#include <QImage>
#include <QLineF>
#include <QPainterPath>
#include <QPen>
#include <QPolygonF>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

namespace ui::paint {

/// A rounded rectangle, the middle of a box's line: what is stroked, and what is filled.
struct Outline {
    QRectF rect;
    double radius = 0;
    bool operator==(const Outline&) const = default;
};

/// A line of at most 1 unit lies inside its box, so that neighbours never overlap; a thicker one
/// straddles the edge.
bool has_hairline(const diagram::Box& box);
Outline outline_of(const diagram::Box& box);
/// Moved inwards; round corners stay concentric.
Outline inset_by(const QRectF& rect, double radius, double inset);

/// Clockwise from the left end of the upper edge, as SVG draws a `rect`: dashes fall alike
/// everywhere.
QPainterPath path_of(const Outline& outline);

/// Diagonals from lower left to upper right inside the outline, `spacing` apart along the axes.
/// Lines of neighbouring boxes continue each other; one runs through (phase, 0).
std::vector<QLineF> hatch_lines(const Outline& outline, double spacing, double phase = 0);
inline constexpr double hatch_spacing = 6;
inline constexpr double hatch_width = 1.2;

/// Lengths of dashes and gaps; empty for solid.
std::vector<double> dash_lengths(diagram::Stroke stroke);
/// Stretched a little so that a whole number of them goes round the outline.
std::vector<double> dash_lengths(diagram::Stroke stroke, const Outline& outline);

/// `dashes` in the units of `width`.
QPen pen_of(const QColor& colour, double width, const std::vector<double>& dashes);

/// A line that ends in an arrow: the shaft stops inside the head, so that the tip stays sharp.
struct Arrow {
    QPolygonF shaft;
    std::array<QPointF, 3> head;
};
/// `line` has two points or more.
Arrow arrow_of(const diagram::Line& line);

/// What the values of a Raster look like, premultiplied.
std::array<QRgb, 256> shades_of(diagram::Role tint, const diagram::Theme& theme);
/// The image in the theme's colours, premultiplied.
QImage tinted(const diagram::Raster& raster, const diagram::Theme& theme);

}  // namespace ui::paint
