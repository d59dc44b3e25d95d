// SPDX-License-Identifier: MIT
// The stage: one picture of a lesson, its run and a view. Pure; no font, no clock, no widget.
#pragma once

#include "engine/lessons/lesson.h"
#include "ui/diagram/diagram.h"
#include "ui/diagram/view.h"

namespace ui::diagram {

struct StageOptions {
    QSizeF size{
        1040, 740};  ///< room to fill; the picture is at least stage_minimum wide and may be taller
    double text_scale = 1;  ///< 1 to 2
    bool alone = true;      ///< else it stands beside another: lower, and without its touch map
};

/// Draws the layer in focus at the view's moment. `run` must be the lesson's run; `kept` is what
/// trace_of gives for these, if the caller keeps it from picture to picture.
Diagram build_stage(const engine::Lesson& lesson, const engine::Run& run, const View& view,
                    const StageOptions& options = {}, const engine::Trace* kept = nullptr);

/// The trace of the layer in focus for the view's filter and reading; empty for layers shown as a
/// card.
engine::Trace trace_of(const engine::Lesson& lesson, const engine::Run& run, const View& view);

/// What there is to play of a layer with the view's filter and reading: of its shapes and one bias,
/// computing nothing.
engine::Timeline timeline_of(const engine::Layer& layer, const engine::Geometry& geometry,
                             const View& view);

/// The view made valid for a run: focus, filter, channel and step clamped, a pin outside its grid
/// dropped.
View clamped(View view, const engine::Lesson& lesson, const engine::Run& run);
/// The same for the layer in focus alone.
View clamped(View view, const engine::Layer& layer, const engine::Geometry& geometry);

/// Can a result of the layer that is cut elsewhere be laid over its own (View::beside)?
bool can_lie_over(const engine::LayerSpec& spec);

/// "output 12 of 25": what the step counts that is under way, or else just done, for the timeline.
/// Translated.
QString counter_text(const engine::Timeline& timeline, const engine::Geometry& geometry,
                     Moment moment);
/// "Add inputs": a phase's name for the timeline. Translated.
QString phase_name(engine::Phase phase, const engine::LayerSpec& spec, engine::Reading reading);
/// The step as one spoken sentence with its numbers. Translated.
QString step_sentence(const engine::Lesson& lesson, const engine::Run& run, const View& view);

}  // namespace ui::diagram
