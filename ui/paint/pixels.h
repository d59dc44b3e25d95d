// SPDX-License-Identifier: MIT
// What is played, as images: the shortcut of formats that hold pixels.
#pragma once

#include "ui/paint/changes.h"
#include "ui/paint/moving_format.h"
#include "ui/paint/picture_sink.h"

namespace ui::paint {

/// Paints every frame; `each` is given the image and the milliseconds it stands, and may say why it
/// goes no further. What is done is told to the sink.
std::optional<engine::Error> paint_frames(
    const Play& play, PictureSink& sink,
    const std::function<std::optional<engine::Error>(const QImage&, int milliseconds)>& each);

/// What changes from frame to frame.
engine::Result<Changes> changes_of(const Play& play, PictureSink& sink);

/// The row's function of a format that encodes changes: GIF, WebP, APNG.
template <std::optional<engine::Error> (*encode)(const Changes&, int loops, const MovingLabels&,
                                                 PictureSink&)>
std::optional<engine::Error> write_changes(const Play& play, PictureSink& sink) {
    constexpr double painted_share = 0.65;  // of the time of both
    sink.stretch(0, painted_share);
    const engine::Result<Changes> changes = changes_of(play, sink);
    if (!changes) return changes.error();
    sink.stretch(painted_share, 1);
    return encode(*changes, play.loops, play.labels, sink);
}

}  // namespace ui::paint
