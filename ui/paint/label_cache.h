// SPDX-License-Identifier: MIT
// Drawn numbers kept as images, for screen speed.
#pragma once

#include <QCache>
#include <QImage>
#include <QPainter>
#include <QString>

#include "ui/paint/text_layout.h"

namespace ui::paint {

/// Bounded; forget() when the pixel ratio or theme changes is not needed: both are part of the key.
class LabelCache {
public:
    LabelCache() : m_images(bytes_kept) {}

    /// The run drawn in a colour at a pixel scale, with a margin of one pixel; null if it is not worth keeping.
    const QImage* image(const PlacedRun& run, QRgb colour, double pixel_scale);

private:
    static constexpr int bytes_kept = 24 << 20;
    QCache<QString, QImage> m_images;
};

/// Where the image's top left corner belongs, relative to the run's baseline start, in pixels.
QPointF label_image_offset(const PlacedRun& run, double pixel_scale);

/// Draws one run with its baseline start at the painter's origin, scaled from diagram units.
void draw_run(QPainter& painter, const PlacedRun& run, const QColor& colour, double pixel_scale);

}  // namespace ui::paint
