// SPDX-License-Identifier: MIT
#include "ui/paint/image_cache.h"

#include <cmath>

#include "ui/paint/fonts.h"

namespace ui::paint {

namespace {

constexpr qsizetype longest_kept = 12;  ///< characters
constexpr double largest_kept = 160;    ///< pixels, a cell's side or the size of type

/// Draws into an image that covers `extent` and one pixel around it.
template <typename Draw>
std::pair<QImage, QPoint> drawn(const QRectF& extent, Draw draw) {
    const QRect rect = extent.toAlignedRect().adjusted(-1, -1, 1, 1);
    QImage image(rect.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(-rect.topLeft());
    draw(painter);
    painter.end();
    return {image, rect.topLeft()};
}

/// Where the hatching passes a corner, to half a pixel: cells that it passes alike look alike.
double phase_from(const Cell& cell, QPoint corner) {
    const double spacing = hatch_spacing * cell.scale;
    const double phase = std::fmod(cell.phase - corner.x() - corner.y(), spacing);
    return std::round(2 * (phase < 0 ? phase + spacing : phase)) / 2;
}

}  // namespace

void draw_cell(QPainter& painter, const Cell& cell) {
    const QColor fill = QColor::fromRgba(cell.fill);
    const QColor line = QColor::fromRgba(cell.line);
    const bool lined = line.alpha() > 0 && cell.line_width > 0;
    std::vector<double> dashes = dash_lengths(
        cell.stroke,
        {{QPointF(), cell.outline.rect.size() / cell.scale}, cell.outline.radius / cell.scale});
    for (double& length : dashes) length *= cell.scale;
    const QPen pen = lined ? pen_of(line, cell.line_width, dashes) : QPen(Qt::NoPen);

    painter.setBrush(fill.alpha() > 0 ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (cell.hatched || !dashes.empty()) {
        const QPainterPath path = path_of(cell.outline);
        painter.setPen(Qt::NoPen);
        painter.drawPath(path);
        if (!lined) return;
        if (cell.hatched) {
            painter.setPen(QPen(line, hatch_width * cell.scale, Qt::SolidLine, Qt::FlatCap));
            for (const QLineF& stroke :
                 hatch_lines(cell.outline, hatch_spacing * cell.scale, cell.phase))
                painter.drawLine(stroke);
        }
        painter.strokePath(path, pen);
        return;
    }
    painter.setPen(pen);
    if (cell.outline.radius > 0) {
        painter.drawRoundedRect(cell.outline.rect, cell.outline.radius, cell.outline.radius);
    } else {
        painter.drawRect(cell.outline.rect);
    }
}

void draw_run(QPainter& painter, QPointF baseline, const PlacedRun& run, const QColor& colour,
              double scale) {
    // Fonts come in whole pixels: take the next larger and scale down by what is left.
    const double pixels = run.size * scale;
    const double whole = std::max(1.0, std::ceil(pixels));
    painter.save();
    painter.translate(baseline);
    painter.scale(pixels / whole, pixels / whole);
    painter.setFont(font_of(run.face, run.weight, whole));
    painter.setPen(colour);
    painter.drawText(QPointF(0, 0), run.text);
    painter.restore();
}

void ImageCache::number(QPainter& painter, QPoint baseline, const PlacedRun& run,
                        const QColor& colour, double scale) {
    if (run.face != diagram::Face::numbers || run.text.size() > longest_kept ||
        run.size * scale > largest_kept) {
        draw_run(painter, baseline, run, colour, scale);
        return;
    }
    const NumberKey key{run.text, run.size * scale, colour.rgba(), run.weight};
    const Drawn* kept = m_numbers.object(key);
    if (!kept) {
        const double size = key.pixel_size;
        const QRectF extent(0, -size, run.width * scale, 1.3 * size);
        auto [image, corner] = drawn(extent, [&](QPainter& into) {
            draw_run(into, {0, 0}, run, colour, scale);
        });
        const qsizetype bytes = image.sizeInBytes();
        auto* made = new Drawn{std::move(image), corner};
        if (!m_numbers.insert(key, made, bytes)) {
            draw_run(painter, baseline, run, colour, scale);
            return;
        }
        kept = made;
    }
    painter.drawImage(baseline + kept->corner, kept->image);
}

void ImageCache::cell(QPainter& painter, const Cell& cell) {
    const QRectF& rect = cell.outline.rect;
    if (std::max(rect.width(), rect.height()) > largest_kept) {
        draw_cell(painter, cell);
        return;
    }
    // Known by its shape: the whole pixels of its corner go, what is left over tells hairlines
    // apart.
    const QPoint corner(static_cast<int>(std::floor(rect.left())),
                        static_cast<int>(std::floor(rect.top())));
    Cell key = cell;
    key.outline.rect.translate(-corner);
    key.phase = cell.hatched ? phase_from(cell, corner) : 0;
    const Drawn* kept = m_cells.object(key);
    if (!kept) {
        const double half = cell.line_width / 2;
        auto [image, at] = drawn(key.outline.rect.adjusted(-half, -half, half, half),
                                 [&](QPainter& into) { draw_cell(into, key); });
        const qsizetype bytes = image.sizeInBytes();
        auto* made = new Drawn{std::move(image), at};
        if (!m_cells.insert(key, made, bytes)) {
            draw_cell(painter, cell);
            return;
        }
        kept = made;
    }
    painter.drawImage(corner + kept->corner, kept->image);
}

}  // namespace ui::paint
