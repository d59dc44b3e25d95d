// SPDX-License-Identifier: MIT
// Diagram → SVG: viewBox, title, description, a group per part, an id per cell.
#pragma once

#include "ui/paint/picture_format.h"

namespace ui::paint {

/// UTF-8. The scale is in the width and height attributes; the viewBox stays in diagram units.
std::optional<engine::Error> write_svg(std::span<const diagram::Diagram> frames,
                                       const diagram::Theme& theme, const PictureOptions& options,
                                       PictureSink& sink);

}  // namespace ui::paint
