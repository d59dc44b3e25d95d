// SPDX-License-Identifier: MIT
// What stands beside each other on the stage: one lesson, or several that are compared.
#pragma once

#include <vector>

#include "engine/lessons/lesson.h"
#include "ui/diagram/view.h"

namespace ui::document {

struct Pane {
    engine::Lesson lesson = {};
    diagram::View view = {};
    bool operator==(const Pane&) const = default;
};

struct Session {
    std::vector<Pane> panes = {};
    bool linked = false;  ///< one moment, one hover and one pin for all
    bool operator==(const Session&) const = default;
};

/// What a lesson shows: itself, and beside it what it is compared with, linked.
Session session_of(const engine::Lesson& lesson, const diagram::View& view);

/// The session looked at otherwise in one pane; linked panes follow with their moment, hover and
/// pin.
Session looked_at(Session session, int pane, const diagram::View& view);

/// The view after an edit: its step keeps phase and cell as far as they still exist
/// (engine::kept_step). None where one of the two lessons is impossible.
std::optional<diagram::View> carried_over(diagram::View view, const engine::Lesson& before,
                                          const engine::Lesson& after);

/// The view clamped to the lesson, as far as that fits.
diagram::View valid_for(const engine::Lesson& lesson, diagram::View view);

}  // namespace ui::document
