// SPDX-License-Identifier: MIT
// Conv2DTranspose in both lanes: stamps above, the window below, in acts that show why they agree.
#include <algorithm>

#include "engine/lessons/both_ways.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/transpose.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

/// The kernel with rows and columns reversed: what sliding without the turn amounts to.
engine::Weights reversed(engine::Weights weights) {
    const engine::Shape& shape = weights.kernel.shape();
    const int kh = shape[0];
    const int kw = shape[1];
    const std::size_t slice =
        static_cast<std::size_t>(shape[2]) * static_cast<std::size_t>(shape[3]);
    const std::span<const float> from = weights.kernel.values();
    std::vector<float> values(from.size());
    for (int row = 0; row < kh; ++row) {
        for (int column = 0; column < kw; ++column) {
            const auto source = static_cast<std::size_t>(row * kw + column) * slice;
            const auto target =
                static_cast<std::size_t>((kh - 1 - row) * kw + (kw - 1 - column)) * slice;
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(source), slice,
                        values.begin() + static_cast<std::ptrdiff_t>(target));
        }
    }
    weights.kernel = engine::Tensor(shape, std::move(values));
    return weights;
}

/// What is told is of the step that is done: while another is under way, nothing.
std::optional<LaneDifference> compare_lanes(const Scene& scene) {
    constexpr std::int64_t affordable = 1 << 20;
    const engine::Trace& trace = scene.trace;
    const engine::Position& at = scene.now;
    if (at.segment < 0 || scene.is_under_way()) return std::nullopt;
    LaneDifference found;
    if (scene.spot.output) {
        const Cell output = *scene.spot.output;
        if (engine::sum(trace.taps_into(output)) != scene.window_sum(output))
            found.cells.push_back(output);
        return found;
    }
    // The window has painted the one input's stamp only with its last weight.
    if (at.phase == Phase::one_input && !scene.is_last_of_phase()) return std::nullopt;
    if (engine::window_work(scene.geometry()) > affordable) return std::nullopt;
    const engine::Tensor input =
        at.phase == Phase::one_input    ? engine::keep_only(trace.input(), trace.lone_input())
        : at.phase == Phase::add_inputs ? engine::keep_first(trace.input(), at.index + 1)
                                        : trace.input();
    const auto above = engine::stamp_sums(scene.geometry(), input, trace.kernel());
    const auto below = engine::window_sums(scene.geometry(), input, scene.lower.kernel());
    for (std::size_t i = 0; i < above.size(); ++i)
        if (above[i] != below[i])
            found.cells.push_back(
                engine::cell_at(static_cast<int>(i), scene.geometry().columns.full));
    return found;
}

/// What the turn is for shows while a single input is painted, and only if there is more than one
/// tap: elsewhere the kernel is turned, whatever was chosen there.
bool shows_the_turn(const engine::Trace& trace, Moment moment) {
    const int step = moment.progress > 0 ? moment.step + 1 : moment.step;
    return trace.timeline().domain_at(step) == engine::Domain::tap &&
           trace.kernel().shape()[0] * trace.kernel().shape()[1] > 1;
}

/// An act begins on empty outputs.
bool begins_an_act(const Scene& scene) {
    return scene.is_under_way() && scene.now.segment != scene.active.segment &&
           (scene.active.phase == Phase::add_inputs || scene.active.phase == Phase::one_output);
}

void fill(Scene& scene) {
    scene.kernel_turned =
        scene.view.turn_kernel || !shows_the_turn(scene.trace, {scene.step, scene.progress});
    if (!scene.kernel_turned) {
        const engine::LayerRun& layer = scene.layer;
        scene.lower = engine::Trace(scene.spec, layer.geometry, reversed(layer.weights),
                                    layer.input, scene.view.filter, scene.reading.steps);
    }
    scene.shown_below = scene.lower.partial(scene.step);
    // The stamp of the act's one input lies there at once; below, the window paints it weight by
    // weight.
    const bool stamped = scene.now.segment >= 0 && scene.now.phase == Phase::one_input;
    scene.shown = stamped               ? scene.trace.partial(scene.trace.segments().front().count)
                  : scene.kernel_turned ? scene.shown_below
                                        : scene.trace.partial(scene.step);
    if (begins_an_act(scene)) scene.shown = scene.shown_below = scene.trace.partial(0);
    scene.lanes = compare_lanes(scene);
}

Heading start(const Scene& scene) {
    return {Stage::tr("%1: two readings of one layer").arg(growth_text(scene.geometry())),
            Stage::tr("Above, every input lays down a stamp. Below, a window collects from "
                      "the input with zeros. Press Space to compare them.")};
}

Heading one_input_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const Cell lone = scene.trace.lone_input();
    const QString subtitle =
        Stage::tr(
            "Only %1 is kept, the other inputs count as 0. Above its stamp, below what the "
            "window leaves behind.")
            .arg(Scene::name_of_input(lone));
    const int cells = g.rows.kernel * g.columns.kernel;
    if (!scene.lanes) {
        const bool turned = scene.kernel_turned;
        const QString title =
            scene.is_under_way()
                ? turned
                      ? Stage::tr("One input alone: the turned kernel paints cell %1 of %2")
                      : Stage::tr("One input alone: the kernel, not turned, paints cell %1 of %2")
            : turned
                ? Stage::tr("One input alone: the turned kernel has painted %1 of %2 cells")
                : Stage::tr("One input alone: the kernel, not turned, has painted %1 of %2 cells");
        return {title.arg(scene.active.index + 1).arg(cells), subtitle};
    }
    const auto differ = static_cast<int>(scene.lanes->cells.size());
    const QString title =
        differ > 0 && scene.kernel_turned
            ? Stage::tr("One input alone: %n cell(s) differ", nullptr, differ)
        : differ > 0 ? Stage::tr(
                           "Not turned, the window has painted the kernel turned: %n of %1 "
                           "cell(s) differ",
                           nullptr, differ)
                           .arg(cells)
        : !scene.kernel_turned ? Stage::tr("One input alone: not turned, and still the same here")
        : cells > 1 ? Stage::tr("One input alone: the turned kernel has painted the kernel upright")
                    : Stage::tr("One input alone: a 1 × 1 kernel has painted one cell");
    return {title, subtitle};
}

Heading add_inputs_heading(const Scene& scene) {
    const int count = scene.active.index + 1;
    const bool several = scene.channels() > 1;
    const Cell last = scene.active.cell;
    const QString name = several ? Scene::name_of_input(last)
                                 : Stage::tr("%1 %2").arg(Scene::name_of_input(last),
                                                          equals_number(scene.input_value(last)));
    if (scene.is_under_way()) {
        return {Stage::tr("%1 is being added, input %2 of %3")
                    .arg(name)
                    .arg(count)
                    .arg(scene.geometry().rows.in * scene.geometry().columns.in),
                Stage::tr("Above, its stamp is laid down. Below, it takes its place among the "
                          "zeros, where the window will meet it.")};
    }
    return {!scene.lanes ? Stage::tr("%n input(s) in", nullptr, count)
            : scene.lanes->none()
                ? Stage::tr("%n input(s) in: both outputs have grown alike", nullptr, count)
                : Stage::tr("%n input(s) in: the outputs differ", nullptr, count),
            several ? Stage::tr("%1 was added last, with all its channels.").arg(name)
                    : Stage::tr("%1 was added last.").arg(name)};
}

Heading of_sum(const Scene& scene, const CellSum& cell) {
    const float below = scene.window_sum(cell.cell);
    const bool equal = cell.sum == below;
    const QString title =
        cell.under_way ? cell.inputs == 0
                             ? Stage::tr("%1: no input reaches it").arg(cell.statement(scene))
                             : Stage::tr("%1: %n input(s) reach it", nullptr, cell.inputs)
                                   .arg(cell.statement(scene))
        : equal ? Stage::tr("%1: two readings, one number").arg(cell.statement(scene))
                       : Stage::tr("%1: %2 above, %3 below")
                      .arg(scene.name_of(cell.cell), said_number(cell.sum), said_number(below));
    if (cell.inputs == 0) {
        return {title, Stage::tr("No input reaches this cell: no stamp covers it, the window "
                                 "meets only zeros.")};
    }
    if (cell.after.changed && equal) return {title, cell.after.story};
    return {title, Stage::tr("%n input(s) reach this cell. Above, the stamps meet in it. "
                             "Below, one window collects them.",
                             nullptr, cell.inputs)};
}

QString lands() { return Stage::tr("%1 reaches %2, %3 of the full output"); }

Heading of_step(const Scene& scene) {
    switch (scene.active.phase) {
        case Phase::one_input:
            return one_input_heading(scene);
        case Phase::add_inputs:
            return add_inputs_heading(scene);
        default:
            return cell_heading(scene, scene.active.cell, of_sum);
    }
}

Heading heading(const Scene& scene) {
    return transpose_heading(scene, {start, of_step, of_sum, lands});
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    draw_transpose(builder, scene, {.stamp = true, .slide = true}, area);
}

constexpr ReadingSwitch switches[] = {{
    .key = "turn_kernel",
    .value = &View::turn_kernel,
    .when_pressed = false,
    .text = QT_TRANSLATE_NOOP("Stage", "Don't turn"),
    .explanation = QT_TRANSLATE_NOOP(
        "Stage", "Shows what the sliding window paints with the kernel as it is stored"),
    .is_offered = shows_the_turn,
}};

}  // namespace

extern const ReadingDefinition why_equal_reading;
constinit const ReadingDefinition why_equal_reading{
    .id = "why_equal",
    .applies_to = is_transpose,
    .steps = engine::Reading::why_equal,
    .name = QT_TRANSLATE_NOOP("Stage", "Why equal"),
    .menu_name = QT_TRANSLATE_NOOP("Stage", "&Why Equal"),
    .heading = heading,
    .fill = fill,
    .draw = draw,
    .switches = switches,
};

}  // namespace ui::diagram
