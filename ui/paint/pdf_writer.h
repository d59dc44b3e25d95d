// SPDX-License-Identifier: MIT
// Diagram → PDF: one page of its size, 1 unit = 1 point, whose text can be found.
#pragma once

#include "ui/paint/picture_format.h"

namespace ui::paint {

/// Vectors, but for what a diagram has as an image. Real letters bring their faces with them.
std::optional<engine::Error> write_pdf(std::span<const diagram::Diagram> frames,
                                       const diagram::Theme& theme, const PictureOptions& options,
                                       PictureSink& sink);

}  // namespace ui::paint
