// SPDX-License-Identifier: MIT
#include "ui/paint/strokes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui::paint {

namespace {

/// Where a corner's circle lets a diagonal end: moves `end`, which lies in the corner's square,
/// along the line.
void clip_to_corner(QPointF& end, QPointF towards, QPointF centre, double radius) {
    const QPointF along = (towards - end) / QLineF(end, towards).length();
    const QPointF from_centre = end - centre;
    // |from_centre + t · along| = radius, the smaller t
    const double half_b = QPointF::dotProduct(from_centre, along);
    const double c = QPointF::dotProduct(from_centre, from_centre) - radius * radius;
    const double discriminant = half_b * half_b - c;
    if (c > 0 && discriminant > 0) end += along * (-half_b - std::sqrt(discriminant));
}

}  // namespace

bool has_hairline(const diagram::Box& box) {
    return box.line.role != diagram::Role::none && box.line_width <= 1;
}

Outline inset_by(const QRectF& rect, double radius, double inset) {
    return {rect.adjusted(inset, inset, -inset, -inset), std::max(0.0, radius - inset)};
}

Outline outline_of(const diagram::Box& box) {
    return inset_by(box.rect, box.radius, has_hairline(box) ? box.line_width / 2 : 0);
}

QPainterPath path_of(const Outline& outline) {
    const QRectF& r = outline.rect;
    const double radius = std::min({outline.radius, r.width() / 2, r.height() / 2});
    const double d = 2 * radius;
    QPainterPath path(QPointF(r.left() + radius, r.top()));
    path.lineTo(r.right() - radius, r.top());
    if (radius > 0) path.arcTo(r.right() - d, r.top(), d, d, 90, -90);
    path.lineTo(r.right(), r.bottom() - radius);
    if (radius > 0) path.arcTo(r.right() - d, r.bottom() - d, d, d, 0, -90);
    path.lineTo(r.left() + radius, r.bottom());
    if (radius > 0) path.arcTo(r.left(), r.bottom() - d, d, d, -90, -90);
    path.lineTo(r.left(), r.top() + radius);
    if (radius > 0) path.arcTo(r.left(), r.top(), d, d, 180, -90);
    path.closeSubpath();
    return path;
}

std::vector<QLineF> hatch_lines(const Outline& outline, double spacing, double phase) {
    const QRectF& r = outline.rect;
    const double radius = std::min({outline.radius, r.width() / 2, r.height() / 2});
    const QRectF centres = r.adjusted(radius, radius, -radius, -radius);
    // A diagonal is the set x + y = sum. The corners it runs past without touching the circle are
    // left out.
    const double past_corner = radius * (2 - std::numbers::sqrt2);
    const double first = r.left() + r.top() + past_corner;
    const double last = r.right() + r.bottom() - past_corner;
    std::vector<QLineF> lines;
    const double start = std::ceil((first - phase) / spacing) * spacing + phase;
    for (int i = 0; start + i * spacing < last; ++i) {
        const double sum = start + i * spacing;
        const double x0 = std::max(r.left(), sum - r.bottom());
        const double x1 = std::min(r.right(), sum - r.top());
        if (x1 - x0 < 1e-6) continue;
        QPointF lower(x0, sum - x0);
        QPointF upper(x1, sum - x1);
        const auto clip = [&](QPointF& end, QPointF other) {
            const QPointF centre(std::clamp(end.x(), centres.left(), centres.right()),
                                 std::clamp(end.y(), centres.top(), centres.bottom()));
            if (centre.x() != end.x() && centre.y() != end.y())
                clip_to_corner(end, other, centre, radius);
        };
        clip(lower, upper);
        clip(upper, lower);
        lines.emplace_back(lower, upper);
    }
    return lines;
}

std::vector<double> dash_lengths(diagram::Stroke stroke) {
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

std::vector<double> dash_lengths(diagram::Stroke stroke, const Outline& outline) {
    std::vector<double> lengths = dash_lengths(stroke);
    if (lengths.empty()) return lengths;
    const double round = 2 * (outline.rect.width() + outline.rect.height()) -
                         (8 - 2 * std::numbers::pi) * outline.radius;
    const double period = lengths[0] + lengths[1];
    const double stretch = round / (period * std::max(1.0, std::round(round / period)));
    for (double& length : lengths) length *= stretch;
    return lengths;
}

QPen pen_of(const QColor& colour, double width, const std::vector<double>& dashes) {
    QPen pen(colour, width);
    pen.setCapStyle(Qt::FlatCap);  // as in SVG
    pen.setJoinStyle(Qt::MiterJoin);
    if (dashes.empty()) return pen;
    QList<qreal> pattern;  // in pen widths
    for (const double length : dashes) pattern << length / std::max(width, 0.1);
    pen.setDashPattern(pattern);
    return pen;
}

Arrow arrow_of(const diagram::Line& line) {
    const QPointF tip = line.points.last();
    const QPointF from = line.points[line.points.size() - 2];
    const double length = std::max(QLineF(from, tip).length(), 1e-6);
    const QPointF along = (tip - from) / length;
    const QPointF across(-along.y(), along.x());
    const double size = 3.2 * std::max(line.width, 1.2);
    const QPointF base = tip - along * size;
    Arrow arrow{line.points, {base + across * size * 0.55, tip, base - across * size * 0.55}};
    arrow.shaft.last() = tip - along * std::min(size * 0.8, length);
    return arrow;
}

std::array<QRgb, 256> shades_of(diagram::Role tint, const diagram::Theme& theme) {
    const QColor colour = theme.colour(tint);
    std::array<QRgb, 256> shades{};
    for (int i = 0; i < 256; ++i)
        shades[static_cast<std::size_t>(i)] =
            qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), i));
    return shades;
}

QImage tinted(const diagram::Raster& raster, const diagram::Theme& theme) {
    if (raster.image.format() != QImage::Format_Grayscale8) return raster.image;
    const std::array<QRgb, 256> shades = shades_of(raster.tint, theme);
    QImage image(raster.image.size(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < image.height(); ++y) {
        const uchar* from = raster.image.constScanLine(y);
        auto* to = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) to[x] = shades[from[x]];
    }
    return image;
}

}  // namespace ui::paint
