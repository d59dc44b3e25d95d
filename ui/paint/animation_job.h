// SPDX-License-Identifier: MIT
// A lesson played into a file that moves.
#pragma once

#include "ui/files/folder_bytes.h"
#include "ui/paint/animation.h"
#include "ui/paint/export_job.h"
#include "ui/paint/moving_format.h"

namespace ui::paint {

struct AnimationJob {
    ExportJob picture;  ///< none of whose options the format has not; its moment is each frame's
    const MovingFormat* format = &moving_formats().front();
    AnimationOptions options;
    files::OldFiles old = files::OldFiles::keep;  ///< of these names, in a folder of frames
};
/// The most pixels of all frames together.
inline constexpr std::int64_t max_moving_pixels = 4'000'000'000;

/// Steps that there are to play.
int step_count(const ExportJob& picture);
/// Its frames, before anything is drawn.
engine::Result<std::vector<Frame>> frames_of(const AnimationJob& job);

/// Why the format cannot do what is wished of it.
std::optional<engine::Error> refuse_options(const AnimationJob& job);

/// Why there will be no file, as far as that can be seen before there are bytes.
std::optional<engine::Error> refusal_to_write(const AnimationJob& job);

/// The bytes of the file, of a format that writes one; errors as values (an unknown region, too
/// many frames, too many pixels, cancelled).
engine::Result<QByteArray> render_animation(const AnimationJob& job,
                                            const engine::Watch& watch = {});
/// render_animation and the file, or the folder's files. What was there stays intact unless all
/// that is new is complete.
engine::Result<QString> run_animation(const AnimationJob& job, const engine::Watch& watch = {});

}  // namespace ui::paint
