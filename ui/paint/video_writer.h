// SPDX-License-Identifier: MIT
// Films as players want them, by the program ffmpeg, which is looked for when one is written.
#pragma once

#include "ui/paint/moving_format.h"

namespace ui::paint {

/// H.264 and VP9, both with colours at half the size (yuv420p) and so of even sizes: a column or a
/// row of paper is added. At a constant rate.
std::optional<engine::Error> write_mp4(const Play& play, PictureSink& sink);
std::optional<engine::Error> write_webm(const Play& play, PictureSink& sink);

}  // namespace ui::paint
