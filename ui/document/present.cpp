// SPDX-License-Identifier: MIT
#include "ui/document/present.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "ui/diagram/comparison.h"
#include "ui/words/error_text.h"

namespace ui::document {

namespace {

using State = PresentedPane::State;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

engine::Lesson first_layers(engine::Lesson lesson, int count) {
    lesson.layers.resize(index(count));
    return lesson;
}

/// Layers of the pane that can be computed together with the one in focus; 0 if that is none of
/// them.
int layers_that_fit(const PresentedPane& pane) {
    const int fit = static_cast<int>(pane.shapes.geometries.size());
    return pane.view.focus < fit ? fit : 0;
}

void say(PresentedPane& pane, engine::Error error) {
    pane.problem_layer = std::max(error.layer, 0);
    const QString named = words::error_text(error);
    error.layer = -1;
    pane.problem = words::error_text(error);
    pane.problem_named = pane.lesson.layers.size() > 1 ? named : pane.problem;
}

/// The pane with its shapes, and nothing computed.
PresentedPane begun(const Pane& pane, const PresentedPane* previous) {
    PresentedPane now;
    now.lesson = pane.lesson;
    now.view = valid_for(pane.lesson, pane.view);
    const bool same = previous && previous->lesson == pane.lesson;
    now.shapes = same ? previous->shapes
                      : engine::infer_model(pane.lesson.layers, pane.lesson.input.shape());
    if (now.shapes.error) {
        say(now, *now.shapes.error);
    } else if (same) {  // what only computing it could tell
        now.problem = previous->problem;
        now.problem_named = previous->problem_named;
        now.problem_layer = previous->problem_layer;
    }
    if (previous) {
        now.prepared = previous->prepared;
        now.computed = previous->computed;
        now.picture = previous->picture;
        now.room = previous->room;
    }
    return now;
}

/// Nothing to compute: the layer in focus does not fit, or computing it failed a moment ago.
bool is_impossible(const PresentedPane& now, const PresentedPane* previous) {
    if (layers_that_fit(now) == 0) return true;
    return !now.shapes.error && previous && previous->state == State::impossible &&
           previous->lesson == now.lesson && previous->view.focus == now.view.focus;
}

bool shows_the_same(const diagram::View& a, const diagram::View& b) {
    return a.focus == b.focus && a.filter == b.filter && a.reading == b.reading;
}

/// What a pane needs that the one before does not have.
struct Needed {
    bool run = false;
    bool trace = false;
};

Needed needed_by(const PresentedPane& now, const PresentedPane* previous) {
    if (is_impossible(now, previous)) return {};
    const auto focus = index(now.view.focus);
    const bool has_run = previous && previous->is_current() && previous->lesson == now.lesson &&
                         focus < now.computed->run.layers.size() &&
                         now.computed->run.layers[focus].is_kept();
    return {!has_run, !has_run || !shows_the_same(now.view, now.computed->view)};
}

engine::RunOptions options_for(const PresentedPane& now, const Presenting& how) {
    return {.focus = now.view.focus,
            .max_numbers = how.max_numbers,
            .besides = engine::held_by_picture(now.spec(), *now.geometry()),
            .watch = how.watch,
            .pool = how.pool};
}

/// Computes as much of the lesson as fits; on an error beyond the layer in focus, the layers before
/// it.
engine::Result<engine::Run> run_of(PresentedPane& now, engine::Lesson& lesson,
                                   const Presenting& how, Done& done) {
    engine::RunOptions options = options_for(now, how);
    options.prepared = &now.prepared;
    const int plans_before = now.prepared.plans_made();
    auto run = engine::run(lesson, options);
    if (!run && run.error().code != engine::ErrorCode::cancelled) {
        say(now, run.error());
        if (now.view.focus < now.problem_layer) {
            lesson = first_layers(lesson, now.problem_layer);
            run = engine::run(lesson, options);
        }
    }
    if (run) done.layers += static_cast<int>(run->layers.size());
    done.plans += std::max(0, now.prepared.plans_made() - plans_before);
    return run;
}

/// Computes what is needed; the answer tells whether that was done.
bool compute(PresentedPane& now, Needed needed, const Presenting& how, Done& done) {
    auto next = std::make_shared<Computed>();
    if (needed.run) {
        next->lesson = first_layers(now.lesson, layers_that_fit(now));
        auto run = run_of(now, next->lesson, how, done);
        if (!run) {
            if (run.error().code != engine::ErrorCode::cancelled) now.state = State::impossible;
            return false;
        }
        next->run = *std::move(run);
    } else {
        next->lesson = now.computed->lesson;
        next->run = now.computed->run;
    }
    next->view = diagram::clamped(now.view, next->lesson, next->run);
    if (needed.trace) {
        next->trace = diagram::trace_of(next->lesson, next->run, next->view);
        if (!next->trace.keep_sums(how.watch)) return false;
        ++done.traces;
    } else {
        next->trace = now.computed->trace;
    }
    now.computed = std::move(next);
    return true;
}

PresentedPane presented(const Pane& pane, int number, const Room& room,
                        const PresentedPane* previous, const Presenting& how, Done& done) {
    PresentedPane now = begun(pane, previous);
    if (is_impossible(now, previous)) {
        now.state = State::impossible;
        return now;
    }
    const Needed needed = needed_by(now, previous);
    if (needed.run && !now.shapes.error) {
        if (auto error = engine::check_run(now.lesson, now.shapes, options_for(now, how));
            error && error->layer <= now.view.focus) {
            say(now, *error);
            now.state = State::impossible;
            return now;
        }
    }
    if ((needed.run || needed.trace) && !how.compute) return now;
    try {
        if (!compute(now, needed, how, done)) return now;
    } catch (const std::bad_alloc&) {
        say(now, {.code = engine::ErrorCode::out_of_memory});
        now.state = State::impossible;
        return now;
    }
    now.state = State::current;
    now.view = now.computed->view;

    const bool redraw = !previous || !previous->picture || needed.run || needed.trace ||
                        !previous->is_current() || previous->view != now.view ||
                        previous->room != room;
    now.room = room;
    if (!redraw) return now;
    diagram::Diagram picture =
        diagram::build_stage(now.computed->lesson, now.computed->run, now.view,
                             {room.size, room.text_scale, room.alone}, &now.computed->trace);
    for (diagram::Item& item : picture.items)
        if (item.cell) item.cell->grid.pane = number;
    for (diagram::GridInfo& grid : picture.grids) grid.grid.pane = number;
    now.picture = std::make_shared<const diagram::Diagram>(std::move(picture));
    ++done.pictures;
    return now;
}

const PresentedPane* pane_of(const Presented* presented, std::size_t i) {
    return presented && i < presented->panes.size() ? &presented->panes[i] : nullptr;
}

}  // namespace

const engine::Geometry* PresentedPane::geometry() const {
    const auto focus = index(view.focus);
    return focus < shapes.geometries.size() ? &shapes.geometries[focus] : nullptr;
}

engine::Shape PresentedPane::input_shape() const {
    if (view.focus == 0) return lesson.input.shape();
    const auto before = index(view.focus - 1);
    return before < shapes.geometries.size() ? shapes.geometries[before].output : engine::Shape();
}

engine::Weights PresentedPane::weights() const {
    if (is_current()) return computed->run.layers[index(view.focus)].weights;
    return geometry() ? engine::materialize(layer().weights, spec(), *geometry())
                      : engine::Weights();
}

bool Presented::is_current() const {
    return std::ranges::all_of(panes, &PresentedPane::is_current);
}

namespace {

/// Both panes and how far their outputs are apart, drawn anew only where one of them was.
std::shared_ptr<const diagram::Diagram> compared(const Presented& now, const Room& room,
                                                 const Presented* previous) {
    const auto is_the_same = [&](std::size_t i) {
        const PresentedPane* before = pane_of(previous, i);
        return before && before->picture == now.panes[i].picture &&
               before->computed == now.panes[i].computed && before->state == now.panes[i].state &&
               before->problem == now.panes[i].problem;
    };
    if (previous && previous->panes.size() == 2 && previous->picture && is_the_same(0) &&
        is_the_same(1))
        return previous->picture;
    std::array<diagram::ComparedSide, 2> sides;
    for (std::size_t i = 0; i < 2; ++i) {
        const PresentedPane& pane = now.panes[i];
        sides[i] = {.name = diagram::model_name(pane.lesson.layers),
                    .picture = pane.state == State::impossible ? nullptr : pane.picture.get(),
                    .problem = pane.problem,
                    .costs = engine::costs_of(pane.lesson.layers, pane.shapes),
                    .is_current = pane.is_current() && !pane.shapes.error};
    }
    engine::Difference difference;
    if (sides[0].is_current && sides[1].is_current)
        difference = engine::difference_of(now.panes[0].computed->run.layers.back().output,
                                           now.panes[1].computed->run.layers.back().output);
    return std::make_shared<const diagram::Diagram>(
        diagram::compare(sides, difference, room.size, room.text_scale));
}

}  // namespace

Presented present(const Session& session, const Room& room, const Presented* previous,
                  const Presenting& how) {
    const bool compares = session.panes.size() == 2;
    Room each = room;
    if (compares)
        each = {diagram::comparison_rooms(room.size, room.text_scale).side, room.text_scale, false};
    Presented now;
    for (std::size_t i = 0; i < session.panes.size(); ++i)
        now.panes.push_back(presented(session.panes[i], static_cast<int>(i), each,
                                      pane_of(previous, i), how, now.done));
    if (compares)
        now.picture = compared(now, room, previous);
    else if (!now.panes.empty())
        now.picture = now.panes.front().picture;
    return now;
}

void make_room(Presented& presented, const Session& next, const Presenting& how) {
    for (std::size_t i = 0; i < presented.panes.size(); ++i) {
        PresentedPane& pane = presented.panes[i];
        pane.computed.reset();
        pane.state = State::waiting;
        engine::PreparedModel kept = std::exchange(pane.prepared, {});
        if (i >= next.panes.size()) continue;
        const PresentedPane now = begun(next.panes[i], &pane);
        const engine::Lesson lesson = first_layers(now.lesson, layers_that_fit(now));
        if (lesson.layers.empty() ||
            !engine::keeps_prepared(lesson, now.shapes.geometries, options_for(now, how)))
            continue;
        kept.keep_only(lesson.layers, now.shapes.geometries);
        pane.prepared = std::move(kept);
    }
}

std::int64_t held_by(const Presented& presented) {
    std::int64_t numbers = 0;
    for (const PresentedPane& pane : presented.panes) {
        numbers += pane.lesson.input.shape().count() + pane.prepared.held();
        if (!pane.computed) continue;
        const auto& layers = pane.computed->run.layers;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (!layers[i].is_kept()) continue;
            numbers += layers[i].output.shape().count();
            const engine::Layer& layer = pane.computed->lesson.layers[i];
            if (!pane.prepared.has(i, layer, layers[i].geometry))  // which shares its weights
                numbers += engine::parameter_count(layer.spec, layers[i].geometry).total;
        }
        const auto focus = index(pane.computed->view.focus);
        numbers += engine::held_by_picture(pane.computed->lesson.layers[focus].spec,
                                           layers[focus].geometry);
    }
    return numbers;
}

engine::Effort effort_of(const Session& session, const Presented* previous) {
    engine::Effort effort;
    for (std::size_t i = 0; i < session.panes.size(); ++i) {
        const PresentedPane* before = pane_of(previous, i);
        const PresentedPane now = begun(session.panes[i], before);
        const Needed needed = needed_by(now, before);
        if (needed.run)
            effort += engine::run_effort(now.lesson.layers, now.shapes.geometries, now.prepared);
        if (needed.trace) effort += engine::picture_effort(now.spec(), *now.geometry());
    }
    return effort;
}

}  // namespace ui::document
