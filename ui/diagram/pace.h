// SPDX-License-Identifier: MIT
// How long steps take when they are played, and how what moves in them eases: on the screen and in
// every file that moves.
#pragma once

#include <span>

#include "engine/lessons/timeline.h"
#include "ui/diagram/view.h"

namespace ui::diagram {

/// Milliseconds from step to step + 1 at speed 1: the first stamp about 4 s, the next 1.5 s, … For
/// the last part of them the step is done and its result stands still to be read. A phase is over
/// within 90 s. 0 beyond the last step.
double step_milliseconds(std::span<const engine::Segment> segments, int step);
/// Of all steps of a phase.
double phase_milliseconds(const engine::Segment& segment);

/// How much of a step's motion is over when `spent` of its milliseconds are: 1 while its result
/// stands still.
double moved_share(double spent, double milliseconds);
/// When motion ends and the result stands.
double moving_milliseconds(double milliseconds);
/// What is shown then.
Moment moment_within(int step, double spent, double milliseconds);
/// When so much of the motion is seen: the inverse.
double milliseconds_to(double progress, double milliseconds);

}  // namespace ui::diagram
