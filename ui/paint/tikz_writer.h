// SPDX-License-Identifier: MIT
// Diagram → TikZ: a document of its own that plain pdflatex sets, with lines that can be read and
// changed.
#pragma once

#include "ui/paint/picture_format.h"

namespace ui::paint {

std::optional<engine::Error> write_tikz(std::span<const diagram::Diagram> frames,
                                        const diagram::Theme& theme, const PictureOptions& options,
                                        PictureSink& sink);

}  // namespace ui::paint
