// SPDX-License-Identifier: MIT
#include "ui/document/session.h"

#include <algorithm>

#include "engine/lessons/comparison.h"
#include "ui/diagram/comparison.h"
#include "ui/diagram/stage.h"

namespace ui::document {

namespace {

/// Of the layer in focus; none if it, or a layer before it, does not fit.
std::optional<engine::Geometry> geometry_in(const engine::Lesson& lesson, int focus) {
    const auto shapes = engine::infer_model(lesson.layers, lesson.input.shape());
    const auto index = static_cast<std::size_t>(focus);
    if (focus < 0 || index >= shapes.geometries.size()) return std::nullopt;
    return shapes.geometries[index];
}

std::optional<engine::Timeline> timeline_in(const engine::Lesson& lesson,
                                            const diagram::View& view) {
    const auto geometry = geometry_in(lesson, view.focus);
    if (!geometry) return std::nullopt;
    const engine::Layer& layer = lesson.layers[static_cast<std::size_t>(view.focus)];
    return diagram::timeline_of(layer, *geometry, diagram::clamped(view, layer, *geometry));
}

std::optional<diagram::CellRef> in_pane(std::optional<diagram::CellRef> cell, std::size_t pane) {
    if (cell) cell->grid.pane = static_cast<int>(pane);
    return cell;
}

}  // namespace

Session session_of(const engine::Lesson& lesson, const diagram::View& view) {
    Session session;
    diagram::View first = view;
    first.hovered = in_pane(view.hovered, 0);
    first.pinned = in_pane(view.pinned, 0);
    session.panes.push_back({engine::side_of(lesson, 0), first});
    if (engine::side_count(lesson) == 1) return session;
    session.panes.push_back({engine::side_of(lesson, 1), diagram::view_beside(lesson, view)});
    session.linked = true;
    return session;
}

Session looked_at(Session session, int pane, const diagram::View& view) {
    for (std::size_t i = 0; i < session.panes.size(); ++i) {
        diagram::View& seen = session.panes[i].view;
        if (static_cast<int>(i) == pane) {
            seen = view;
        } else if (session.linked) {
            seen.moment = view.moment;
            seen.hovered = in_pane(view.hovered, i);
            seen.pinned = in_pane(view.pinned, i);
        }
    }
    return session;
}

std::optional<diagram::View> carried_over(diagram::View view, const engine::Lesson& before,
                                          const engine::Lesson& after) {
    const auto was = timeline_in(before, view);
    const auto is = timeline_in(after, view);
    if (!was || !is) return std::nullopt;
    if (*was != *is) view.moment = {engine::kept_step(*was, view.moment.step, *is), 0};
    return view;
}

diagram::View valid_for(const engine::Lesson& lesson, diagram::View view) {
    view.focus = std::clamp(view.focus, 0, static_cast<int>(lesson.layers.size()) - 1);
    const auto geometry = geometry_in(lesson, view.focus);
    if (!geometry) return view;
    return diagram::clamped(view, lesson.layers[static_cast<std::size_t>(view.focus)], *geometry);
}

}  // namespace ui::document
