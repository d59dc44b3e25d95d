// SPDX-License-Identifier: MIT
// Diagram → pixels, and those → PNG.
#pragma once

#include <QImage>

#include "ui/paint/picture_format.h"

namespace ui::paint {

/// The picture at a number of pixels per unit, or why there can be none so large.
engine::Result<QImage> image_of(const diagram::Diagram& diagram, const diagram::Theme& theme,
                                double scale, bool transparent);

/// So that programs show and print it as wide as it is meant to be.
void set_resolution(QImage& image, double dots_per_inch);

std::optional<engine::Error> write_png(std::span<const diagram::Diagram> frames,
                                       const diagram::Theme& theme, const PictureOptions& options,
                                       PictureSink& sink);

}  // namespace ui::paint
