// SPDX-License-Identifier: MIT
#include "ui/paint/label_cache.h"

#include <cmath>

#include "ui/paint/fonts.h"

namespace ui::paint {

namespace {
constexpr int image_margin = 1;
constexpr qsizetype longest_kept = 12;

double ascent_pixels(const PlacedRun& run, double scale) { return std::ceil(run.size * scale); }
}  // namespace

void draw_run(QPainter& painter, const PlacedRun& run, const QColor& colour, double pixel_scale) {
    // Fonts come in whole pixels: take the next larger and scale down by what is left.
    const double wanted = run.size * pixel_scale;
    const double whole = std::max(1.0, std::ceil(wanted));
    const double shrink = run.size / whole;
    painter.save();
    painter.scale(shrink, shrink);
    painter.setFont(font_of(run.face, run.weight, whole));
    painter.setPen(colour);
    painter.drawText(QPointF(0, 0), run.text);
    painter.restore();
}

QPointF label_image_offset(const PlacedRun& run, double pixel_scale) {
    return {-image_margin, -ascent_pixels(run, pixel_scale) - image_margin};
}

const QImage* LabelCache::image(const PlacedRun& run, QRgb colour, double pixel_scale) {
    if (run.face != diagram::Face::numbers || run.text.size() > longest_kept) return nullptr;
    const QString key = run.text + QChar(u'|') + QString::number(run.size * pixel_scale, 'f', 2) +
                        QChar(u'|') + QString::number(colour, 16) + QChar(u'|') +
                        QString::number(static_cast<int>(run.weight));
    if (const QImage* kept = m_images.object(key)) return kept;
    const double ascent = ascent_pixels(run, pixel_scale);
    const int width = static_cast<int>(std::ceil(run.width * pixel_scale)) + 2 * image_margin;
    const int height =
        static_cast<int>(ascent + std::ceil(0.3 * run.size * pixel_scale)) + 2 * image_margin;
    auto* image =
        new QImage(std::max(width, 1), std::max(height, 1), QImage::Format_ARGB32_Premultiplied);
    image->fill(Qt::transparent);
    QPainter painter(image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(image_margin, ascent + image_margin);
    painter.scale(pixel_scale, pixel_scale);
    draw_run(painter, run, QColor::fromRgba(colour), pixel_scale);
    painter.end();
    m_images.insert(key, image, image->width() * image->height() * 4);
    return m_images.object(key);
}

}  // namespace ui::paint
