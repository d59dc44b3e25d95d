// SPDX-License-Identifier: MIT
// The map at the foot of the stage, by itself.
#include "engine/layers/layer_definition.h"
#include "ui/diagram/sentences.h"
#include "ui/figures/regions.h"
#include "ui/figures/table.h"
#include "ui/figures/words.h"

namespace ui::figures {

std::optional<diagram::Diagram> draw_touch_map(const Subject& subject) {
    const engine::LayerDefinition& definition = engine::definition_of(subject.spec());
    if (definition.window != engine::LayerDefinition::Window::stamps) return std::nullopt;
    const diagram::StageOptions room{{subject.width, subject.width}, 1};
    const diagram::Scene scene =
        diagram::make_scene(subject.lesson, subject.run, subject.view, room);
    const double width = subject.width - 2 * margin;
    const auto strip = diagram::solve_coverage(scene, width);
    if (!strip) return std::nullopt;
    const QSizeF size(subject.width, strip->height + 2 * margin);
    diagram::Builder builder(size);
    diagram::draw_coverage(builder, scene, *strip, {margin, margin, width, strip->height});
    return finished(builder, size, Words::tr("Inputs that touch each output cell"),
                    strip->on_any_weights + QStringLiteral(" ") + strip->on_these);
}

}  // namespace ui::figures
