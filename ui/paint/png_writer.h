// SPDX-License-Identifier: MIT
// Diagram → pixels, and those → PNG.
#pragma once

#include <QImage>

#include "ui/paint/picture_format.h"

namespace ui::paint {

/// The picture at a number of pixels per unit, or why there can be none so large.
engine::Result<QImage> image_of(const diagram::Diagram& diagram, const diagram::Theme& theme,
                                double scale, bool transparent);

/// How many of its pixels are an inch, so that programs show it as wide as it is at scale 1.
void set_resolution(QImage& image, double scale);

std::optional<engine::Error> write_png(std::span<const diagram::Diagram> frames,
                                       const diagram::Theme& theme, const PictureOptions& options,
                                       PictureSink& sink);

}  // namespace ui::paint
