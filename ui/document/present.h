// SPDX-License-Identifier: MIT
// Everything shown, as a pure function of what is edited and looked at.
#pragma once

#include <memory>
#include <optional>

#include <QString>

#include "engine/lessons/effort.h"
#include "ui/diagram/stage.h"
#include "ui/document/session.h"

namespace ui::document {

/// Where a picture will stand.
struct Room {
    QSizeF size{1040, 740};
    double text_scale = 1;  ///< 1 to 2
    bool alone = true;      ///< else it is part of a picture of two
    bool operator==(const Room&) const = default;
};

/// What was computed and drawn, shared by all who show it.
struct Computed {
    engine::Lesson lesson;  ///< as far as it could be computed: its first layers
    engine::Run run;        ///< the layer in focus kept
    diagram::View view;     ///< valid for them
    engine::Trace trace;    ///< of the layer in focus, its sums kept
};

struct PresentedPane {
    enum class State {
        current,     ///< the picture is of this lesson and view
        waiting,     ///< it is of what was before: this has not been computed yet
        impossible,  ///< it is of what was before: this cannot be computed, and `problem` says why
    };

    engine::Lesson lesson;
    diagram::View view;  ///< the focus among the layers; valid in all if `current`
    engine::ModelShapes shapes;
    State state = State::waiting;
    std::shared_ptr<const Computed> computed;  ///< null: nothing could be computed yet
    engine::PreparedModel prepared;            ///< for what is computed next
    std::shared_ptr<const diagram::Diagram> picture;
    QString problem;         ///< one sentence; empty if all layers fit
    QString problem_named;   ///< the same, saying which layer of a model it is about
    int problem_layer = -1;  ///< the row it belongs to, if it belongs to one
    Room room;               ///< that the picture was made for

    bool is_current() const { return state == State::current; }
    const engine::Layer& layer() const {
        return lesson.layers[static_cast<std::size_t>(view.focus)];
    }
    const engine::LayerSpec& spec() const { return layer().spec; }
    /// Of the layer in focus; null if it, or a layer before it, does not fit.
    const engine::Geometry* geometry() const;
    /// What arrives at it; rank 0 if a layer before it does not fit.
    engine::Shape input_shape() const;
    /// Its tensors, computed or not; empty without a geometry.
    engine::Weights weights() const;
};

/// How much a call computed; what did not change is taken over.
struct Done {
    int layers = 0;
    int plans = 0;  ///< made for them
    int traces = 0;
    int pictures = 0;
};

struct Presented {
    std::vector<PresentedPane> panes;
    /// All of it: the only pane's, or both and their difference. Null: nothing could be drawn yet.
    std::shared_ptr<const diagram::Diagram> picture;
    bool is_current() const;  ///< every pane is
    Done done;                ///< by the call that made this
};

struct Presenting {
    bool compute = true;  ///< false: what would have to be computed is left `waiting`
    std::int64_t max_numbers = engine::max_held_count;
    engine::Watch watch = {};  ///< stopped, what was not finished is left `waiting`
    engine::ThreadPool* pool = nullptr;
};

/// `previous`: what was shown before, null at the beginning; what did not change is taken from it.
/// Computes a lesson that is impossible as it stands up to the layer that does not fit, as long as
/// the layer in focus is before it.
Presented present(const Session& session, const Room& room, const Presented* previous,
                  const Presenting& how = {});

/// Lets go of all that was computed, and of what was made ready unless computing `next` will hold
/// it anyway.
void make_room(Presented& presented, const Session& next, const Presenting& how);

/// float32 numbers that it keeps in memory, about.
std::int64_t held_by(const Presented& presented);

/// What present would compute.
engine::Effort effort_of(const Session& session, const Presented* previous);

}  // namespace ui::document
