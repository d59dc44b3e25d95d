// SPDX-License-Identifier: MIT
// Playing as a list: which moments a file that moves shows, and how long each of them stands.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/lessons/timeline.h"
#include "engine/values/result.h"
#include "ui/diagram/view.h"

namespace ui::paint {

struct AnimationOptions {
    double frames_per_second = 25;  ///< of what moves, least_rate to most_rate
    double speed = 1;               ///< as the timeline's, least_speed to most_speed
    int from = 0;                   ///< steps done at the beginning …
    std::optional<int> to = {};     ///< … and at the end; none: the last
    bool moves = true;              ///< false: steps cut instead of moving
    int stop_ms = 700;              ///< how much longer what a phase ends with stands
    int end_ms = 1500;              ///< … and the last picture, before it begins again
    std::optional<int> loops = {};  ///< how often it plays; 0: without an end; none: usual_loops
};
inline constexpr int usual_loops = 0;
inline constexpr double least_rate = 1, most_rate = 50;  // GIF counts hundredths of a second
inline constexpr double least_speed = 0.25, most_speed = 8;
inline constexpr int longest_hold_ms = 60'000;
inline constexpr int most_loops = 65'535;
inline constexpr std::size_t most_frames = 20'000;

struct Frame {
    diagram::Moment moment;
    int milliseconds = 0;
    bool operator==(const Frame&) const = default;
};

/// The frames of a timeline: as on the screen what moves is eased, and its result stands still to
/// be read, which is one frame. Steps quicker than the frames go by several to a frame. An error
/// where they would be more than most_frames. `from` and `to` lie in the timeline.
engine::Result<std::vector<Frame>> frames_of(std::span<const engine::Segment> segments,
                                             const AnimationOptions& options);

}  // namespace ui::paint
