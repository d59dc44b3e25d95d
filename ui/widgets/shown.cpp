// SPDX-License-Identifier: MIT
// From a lesson to all that is shown of it.
#include "ui/widgets/shown.h"

#include <algorithm>

#include "ui/document/error_text.h"

namespace ui::widgets {

namespace {

engine::Lesson first_layers(engine::Lesson lesson, std::size_t count) {
    lesson.layers.resize(count);
    return lesson;
}

}  // namespace

engine::Lesson Shown::computed() const { return first_layers(lesson, run->layers.size()); }

Shown shown_of(const engine::Lesson& lesson, const diagram::View& view) {
    Shown shown;
    shown.lesson = lesson;
    shown.view = view;
    shown.view.focus = std::clamp(view.focus, 0, static_cast<int>(lesson.layers.size()) - 1);
    shown.shapes = engine::infer_model(lesson.layers, lesson.input.shape());

    engine::Result<engine::Run> run = engine::run(lesson);
    if (!run) {
        engine::Error error = run.error();
        shown.problem_layer = std::max(error.layer, 0);
        const QString named = document::error_text(error);
        error.layer = -1;
        shown.problem = document::error_text(error);
        shown.problem_named = lesson.layers.size() > 1 ? named : shown.problem;
        // The layers before the one that does not fit are as good as ever.
        if (shown.view.focus < shown.problem_layer)
            run = engine::run(first_layers(lesson, static_cast<std::size_t>(shown.problem_layer)));
    }
    if (run) shown.run = std::move(*run);
    return shown;
}

}  // namespace ui::widgets
