// SPDX-License-Identifier: MIT
// A folder of PNG files, one for each picture that is not as the one before, with a list of how
// long each stands.
#pragma once

#include "ui/paint/moving_format.h"

namespace ui::paint {

/// "frame_0001.png": from 1, as many digits as sort right.
QString frame_name(int number);
/// As FFmpeg's concat demuxer reads it: ffmpeg -f concat -i frames.txt film.mp4
inline const QString durations_name = QStringLiteral("frames.txt");

std::optional<engine::Error> write_frames(const Play& play, PictureSink& sink);

}  // namespace ui::paint
