// SPDX-License-Identifier: MIT
#include "ui/paint/paint.h"

#include <cmath>

#include "ui/paint/fonts.h"
#include "ui/paint/image_cache.h"
#include "ui/paint/strokes.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Box;
using diagram::Ink;
using diagram::Item;
using diagram::Label;
using diagram::Line;
using diagram::Raster;

namespace {

/// `scale`: painter's units per diagram unit, for dashes.
void draw_line(QPainter& painter, const Line& line, const QColor& ink, double scale) {
    if (line.points.size() < 2) return;
    std::vector<double> dashes = dash_lengths(line.stroke);
    for (double& length : dashes) length *= scale;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen_of(ink, line.width, dashes));
    if (!line.arrow) {
        painter.drawPolyline(line.points);
        return;
    }
    const Arrow arrow = arrow_of(line);
    painter.drawPolyline(arrow.shaft);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawConvexPolygon(arrow.head.data(), static_cast<int>(arrow.head.size()));
}

/// Paints marks where they are, in diagram units, for files.
class ExactPainter {
public:
    ExactPainter(QPainter& painter, const PaintOptions& options)
        : m_painter(painter), m_theme(options.theme) {}

    void operator()(const Box& box) const {
        draw_cell(m_painter,
                  {outline_of(box), m_theme.colour(box.fill).rgba(),
                   m_theme.colour(box.line).rgba(), box.line_width, box.stroke, box.hatched});
    }

    void operator()(const Line& line) const {
        draw_line(m_painter, line, m_theme.colour(line.ink), 1);
    }

    void operator()(const Label& label) const {
        for (const PlacedRun& run : lay_out(label)) {
            const double scale = run.size / glyph_size;
            m_painter.save();
            m_painter.translate(run.baseline);
            m_painter.scale(scale, scale);
            for (const Glyph& glyph : glyphs_of(run))
                m_painter.fillPath(glyph.outline.translated(glyph.place), m_theme.colour(run.ink));
            m_painter.restore();
        }
    }

    void operator()(const Raster& raster) const {
        m_painter.drawImage(raster.rect, tinted(raster, m_theme));
    }

private:
    QPainter& m_painter;
    const diagram::Theme& m_theme;
};

/// Paints marks on whole pixels, for screens. The painter's unit is a device pixel.
class ScreenPainter {
public:
    /// `to_pixels` scales and moves.
    ScreenPainter(QPainter& painter, const PaintOptions& options, const QTransform& to_pixels)
        : m_painter(painter),
          m_options(options),
          m_to_pixels(to_pixels),
          m_scale(to_pixels.m11()) {}

    void operator()(const Box& box) const {
        const double width = whole_width(box.line_width);
        const bool odd = static_cast<int>(width) % 2 == 1;
        const double inset = has_hairline(box) ? width / 2 : odd ? 0.5 : 0;
        m_options.images->cell(
            m_painter,
            {inset_by(whole(box.rect), box.radius * m_scale, inset),
             m_options.theme.colour(box.fill).rgba(), m_options.theme.colour(box.line).rgba(),
             width, box.stroke, box.hatched, m_scale, m_to_pixels.dx() + m_to_pixels.dy()});
    }

    void operator()(const Line& line) const {
        Line placed = line;
        placed.points = m_to_pixels.map(line.points);
        placed.width = line.width * m_scale;
        const bool level = line.points.size() == 2 && line.points[0].y() == line.points[1].y();
        const bool upright = line.points.size() == 2 && line.points[0].x() == line.points[1].x();
        if (level || upright) {
            placed.width = whole_width(line.width);
            const double middle = static_cast<int>(placed.width) % 2 == 1 ? 0.5 : 0;
            for (QPointF& point : placed.points) {
                if (level) point.setY(std::round(point.y() - middle) + middle);
                if (upright) point.setX(std::round(point.x() - middle) + middle);
            }
        }
        draw_line(m_painter, placed, m_options.theme.colour(line.ink), m_scale);
    }

    void operator()(const Label& label) const {
        for (const PlacedRun& run : lay_out(label)) {
            const QColor ink = m_options.theme.colour(run.ink);
            if (ink.alpha() == 0) continue;
            m_options.images->number(m_painter, m_to_pixels.map(run.baseline).toPoint(), run, ink,
                                     m_scale);
        }
    }

    void operator()(const Raster& raster) const {
        const QRectF target = m_to_pixels.mapRect(raster.rect);
        if (!m_options.exposed.isNull() && raster.image.format() == QImage::Format_Grayscale8 &&
            target.width() > 2 * raster.image.width() &&
            target.height() > 2 * raster.image.height())
            return paint_enlarged(raster, target);
        m_painter.drawImage(whole(raster.rect), tinted(raster, m_options.theme));
    }

private:
    /// Only the pixels that are seen, and each of the cell that its middle lies in: far beyond the
    /// device the painter's own steps through an image would drift away from the cells.
    void paint_enlarged(const Raster& raster, const QRectF& target) const {
        const QRect area =
            (m_to_pixels.mapRect(m_options.exposed) & whole(raster.rect)).toAlignedRect();
        if (area.isEmpty()) return;
        const auto cells_along = [](int from, int count, double begin, double length, int cells) {
            std::vector<int> at;
            for (int i = from; i < from + count; ++i)
                at.push_back(
                    std::clamp(static_cast<int>(std::floor((i + 0.5 - begin) / length * cells)), 0,
                               cells - 1));
            return at;
        };
        const std::vector<int> columns = cells_along(area.left(), area.width(), target.left(),
                                                     target.width(), raster.image.width());
        const std::vector<int> rows = cells_along(area.top(), area.height(), target.top(),
                                                  target.height(), raster.image.height());
        const std::array<QRgb, 256> shades = shades_of(raster.tint, m_options.theme);
        QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
        for (int y = 0; y < area.height(); ++y) {
            const uchar* from = raster.image.constScanLine(rows[static_cast<std::size_t>(y)]);
            auto* to = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (int x = 0; x < area.width(); ++x)
                to[x] = shades[from[columns[static_cast<std::size_t>(x)]]];
        }
        m_painter.drawImage(area.topLeft(), image);
    }

    QRectF whole(const QRectF& rect) const {
        const QPointF first = m_to_pixels.map(rect.topLeft());
        const QPointF last = m_to_pixels.map(rect.bottomRight());
        return {QPointF(std::round(first.x()), std::round(first.y())),
                QPointF(std::round(last.x()), std::round(last.y()))};
    }
    double whole_width(double width) const { return std::max(1.0, std::round(width * m_scale)); }

    QPainter& m_painter;
    const PaintOptions& m_options;
    QTransform m_to_pixels;
    double m_scale;
};

}  // namespace

void paint(QPainter& painter, const diagram::Diagram& diagram, const PaintOptions& options) {
    load_fonts();
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.translate(options.offset);
    painter.scale(options.scale, options.scale);
    const QRectF page(QPointF(0, 0), diagram.size);
    const QColor paper = options.theme.colour(diagram::Role::paper);
    if (options.paper) painter.fillRect(page, paper);

    const auto paint_items = [&](const auto& marks) {
        auto left_out = options.left_out.begin();
        for (std::size_t i = 0; i < diagram.items.size(); ++i) {
            if (left_out != options.left_out.end() && *left_out == i) {
                ++left_out;
                continue;
            }
            const Item& item = diagram.items[i];
            if (options.exposed.isNull() || diagram::reach(item.mark).intersects(options.exposed))
                std::visit(marks, item.mark);
        }
    };
    if (options.images) {
        const QTransform to_pixels = painter.deviceTransform();
        painter.save();
        painter.setWorldTransform(to_pixels.inverted(), true);
        paint_items(ScreenPainter(painter, options, to_pixels));
        painter.restore();
    } else {
        paint_items(ExactPainter(painter, options));
    }

    if (options.opacity < 1) {
        QColor veil = paper;
        veil.setAlphaF(static_cast<float>(1 - options.opacity));
        painter.fillRect(page, veil);
    }
    painter.restore();
}

}  // namespace ui::paint
