// SPDX-License-Identifier: MIT
#include "ui/paint/paint.h"

#include <cmath>

#include "ui/paint/fonts.h"
#include "ui/paint/label_cache.h"
#include "ui/paint/strokes.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Box;
using diagram::Ink;
using diagram::Item;
using diagram::Label;
using diagram::Line;
using diagram::Raster;
using diagram::Stroke;

namespace {

/// Paints marks one after the other with the colours and scale of one picture.
class MarkPainter {
public:
    MarkPainter(QPainter& painter, const PaintOptions& options, double pixel_scale)
        : m_painter(painter), m_options(options), m_pixel_scale(pixel_scale) {}

    void operator()(const Box& box) const {
        m_painter.setPen(Qt::NoPen);
        const QColor fill = colour(box.fill);
        if (fill.alpha() > 0) {
            m_painter.setBrush(fill);
            outline(box.rect, box.radius);
        }
        const QColor line = colour(box.line);
        if (line.alpha() == 0) return;
        if (box.hatched) {
            m_painter.setPen(QPen(line, hatch_width));
            for (const QLineF& stroke : hatch_lines(box.rect)) m_painter.drawLine(stroke);
        }
        m_painter.setPen(pen(line, box.line_width, box.stroke));
        m_painter.setBrush(Qt::NoBrush);
        outline(outline_of(box), box.radius);
    }

    void operator()(const Line& line) const {
        const QColor ink = colour(line.ink);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(pen(ink, line.width, line.stroke));
        m_painter.drawPolyline(line.points);
        if (!line.arrow || line.points.size() < 2) return;
        const auto head =
            arrow_head(line.points[line.points.size() - 2], line.points.last(), line.width);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(ink);
        m_painter.drawConvexPolygon(head.data(), static_cast<int>(head.size()));
    }

    void operator()(const Label& label) const {
        for (const PlacedRun& run : lay_out(label)) {
            const QColor ink = colour(run.ink);
            if (ink.alpha() == 0) continue;
            const QImage* kept = m_options.labels
                                     ? m_options.labels->image(run, ink.rgba(), m_pixel_scale)
                                     : nullptr;
            m_painter.save();
            m_painter.translate(run.baseline);
            if (m_options.outlines) {
                m_painter.fillPath(outline_of(run), ink);
            } else if (kept) {
                // Images land on whole pixels: a number never blurs.
                const QPointF device = m_painter.transform().map(QPointF(0, 0)) *
                                           m_painter.device()->devicePixelRatioF() +
                                       label_image_offset(run, m_pixel_scale);
                m_painter.resetTransform();
                const double ratio = m_painter.device()->devicePixelRatioF();
                const QPointF place(std::round(device.x()) / ratio, std::round(device.y()) / ratio);
                m_painter.drawImage(QRectF(place, QSizeF(kept->size()) / ratio), *kept);
            } else {
                draw_run(m_painter, run, ink, m_pixel_scale);
            }
            m_painter.restore();
        }
    }

    void operator()(const Raster& raster) const {
        const QImage image = tinted(raster, m_options.theme);
        m_painter.save();
        m_painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        m_painter.drawImage(raster.rect, image);
        m_painter.restore();
    }

private:
    QColor colour(Ink ink) const { return m_options.theme.colour(ink); }

    QPen pen(const QColor& ink, double width, Stroke stroke) const {
        QPen pen(ink, width);
        pen.setJoinStyle(Qt::MiterJoin);
        QList<qreal> pattern;
        for (const double length : dash_lengths(stroke)) pattern << length / std::max(width, 0.1);
        if (pattern.isEmpty()) return pen;
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern(pattern);
        return pen;
    }

    void outline(const QRectF& rect, double radius) const {
        if (radius > 0) {
            m_painter.drawRoundedRect(rect, radius, radius);
        } else {
            m_painter.drawRect(rect);
        }
    }

    QPainter& m_painter;
    const PaintOptions& m_options;
    double m_pixel_scale;
};

bool is_exposed(const Item& item, const QRectF& exposed) {
    if (exposed.isNull() || std::holds_alternative<Label>(item.mark)) return true;
    return diagram::bounds(item.mark).adjusted(-4, -4, 4, 4).intersects(exposed);
}

/// Labels further than this from the exposed part cannot reach it.
bool label_is_near(const Item& item, const QRectF& exposed) {
    const auto* label = std::get_if<Label>(&item.mark);
    if (!label || exposed.isNull()) return true;
    const double width = label->max_width > 0 ? label->max_width : 900;
    return exposed.adjusted(-width, -label->size * (label->wrap ? 12 : 2), width, label->size * 2)
        .contains(label->anchor);
}

}  // namespace

QImage tinted(const Raster& raster, const diagram::Theme& theme) {
    if (raster.image.format() != QImage::Format_Grayscale8) return raster.image;
    const QColor tint = theme.colour(raster.tint);
    QImage image(raster.image.size(), QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y) {
        const uchar* from = raster.image.constScanLine(y);
        auto* to = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            to[x] = qRgba(tint.red(), tint.green(), tint.blue(), from[x]);
        }
    }
    return image;
}

void paint(QPainter& painter, const diagram::Diagram& diagram, const PaintOptions& options) {
    load_fonts();
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(options.offset);
    painter.scale(options.scale, options.scale);
    if (options.paper)
        painter.fillRect(QRectF(QPointF(0, 0), diagram.size),
                         options.theme.colour(diagram::Role::paper));
    const double pixel_scale = options.scale * painter.device()->devicePixelRatioF();
    const MarkPainter marks(painter, options, pixel_scale);
    for (const Item& item : diagram.items) {
        if (is_exposed(item, options.exposed) && label_is_near(item, options.exposed))
            std::visit(marks, item.mark);
    }
    if (options.opacity < 1) {
        QColor veil = options.theme.colour(diagram::Role::paper);
        veil.setAlphaF(static_cast<float>(1 - options.opacity));
        painter.fillRect(QRectF(QPointF(0, 0), diagram.size), veil);
    }
    painter.restore();
}

}  // namespace ui::paint
