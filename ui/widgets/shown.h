// SPDX-License-Identifier: MIT
// What the window shows now, as one value handed to every panel.
#pragma once

#include <optional>

#include <QString>

#include "engine/lesson.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

struct Shown {
    engine::Lesson lesson;
    std::optional<engine::Run> run;  ///< none: the lesson is impossible as it stands
    engine::ModelShapes shapes;      ///< as far as the joins hold
    diagram::View view;
    QString problem;         ///< one sentence; empty if all layers fit
    QString problem_named;   ///< the same, saying which layer of a model it is about
    int problem_layer = -1;  ///< the row it belongs to, if it belongs to one

    /// The layer in focus.
    const engine::Layer& layer() const {
        return lesson.layers[static_cast<std::size_t>(view.focus)];
    }
    const engine::LayerSpec& spec() const { return layer().spec; }
    /// Its geometry; null if it, or a layer before it, does not fit.
    const engine::Geometry* geometry() const {
        const auto focus = static_cast<std::size_t>(view.focus);
        return focus < shapes.geometries.size() ? &shapes.geometries[focus] : nullptr;
    }
    /// What arrives at it; rank 0 if a layer before it does not fit.
    engine::Shape input_shape() const {
        if (view.focus == 0) return lesson.input.shape();
        const auto before = static_cast<std::size_t>(view.focus) - 1;
        return before < shapes.geometries.size() ? shapes.geometries[before].output
                                                 : engine::Shape();
    }
    const engine::LayerRun* layer_run() const {
        return run ? &run->layers[static_cast<std::size_t>(view.focus)] : nullptr;
    }
    /// The lesson as far as `run` goes.
    engine::Lesson computed() const;
};

/// Computes the lesson; if it is impossible as it stands, then the layers before the one that does not fit, as long as
/// the layer in focus is one of them.
Shown shown_of(const engine::Lesson& lesson, const diagram::View& view);

/// "2 × 2 × 1"
inline QString sizes_text(const engine::Shape& shape) {
    QStringList sizes;
    for (const int size : shape.sizes()) sizes << QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

}  // namespace ui::widgets
