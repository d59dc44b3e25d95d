// SPDX-License-Identifier: MIT
// Headings of UpSampling2D.
#include <algorithm>

#include "engine/layers/interpolation.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/upsampling.h"

namespace ui::diagram {

using engine::Cell;

namespace {

/// nearest, and area by whole factors, copy; the others weigh.
bool weighs(const engine::UpSampling2D& layer) {
    return engine::sampling_of(layer.interpolation).filter != engine::Filter::nearest;
}

bool has_negative_weight(const std::vector<engine::Tap>& taps) {
    return std::ranges::any_of(taps, [](const engine::Tap& tap) { return tap.weight < 0; });
}

Heading sampled_heading(const Scene& scene, const engine::UpSampling2D& layer, Cell output) {
    const std::vector<engine::Tap> taps = scene.trace.taps_into(output);
    if (taps.empty()) return {};
    const QString name = scene.name_of(output);
    const bool under_way = scene.is_under_way(output);
    const bool there = scene.shown.visited_at(output.row, output.column);
    const float value = engine::sum(taps);
    const QString statement = there ? Stage::tr("%1 %2").arg(name, equals_number(value))
                                    : Stage::tr("%1 will be %2").arg(name, said_number(value));
    if (taps.size() == 1) {
        const QString source = Scene::name_of_input(taps.front().input);
        return {under_way ? Stage::tr("%1 takes %2").arg(name, source)
                          : Stage::tr("%1, taken from %2").arg(statement, source),
                weighs(layer) ? Stage::tr("No other input cell has a share in it.")
                              : Stage::tr("A copy: no weights, no sum.")};
    }
    const auto place = [](int factor, int cell) {
        return said_number(static_cast<float>(engine::source_position(factor, cell)));
    };
    return {
        under_way ? Stage::tr("%1 samples %n input cell(s)", nullptr, static_cast<int>(taps.size()))
                        .arg(name)
                  : Stage::tr("%1, from %n input cell(s)", nullptr, static_cast<int>(taps.size()))
                        .arg(statement),
        (has_negative_weight(taps)
             ? Stage::tr("Its centre lies at row %1, column %2 of the input; some cells further "
                         "out count less than nothing, which sharpens edges.")
             : Stage::tr(
                   "Its centre lies at row %1, column %2 of the input; nearer cells weigh more."))
            .arg(place(layer.size.height, output.row), place(layer.size.width, output.column))};
}

Heading source_heading(const Scene& scene, const engine::UpSampling2D& layer, Cell input) {
    const QString name = Scene::name_of_input(input);
    const QString value = equals_number(scene.input_value(input));
    const std::vector<engine::Tap> taps = scene.trace.taps_from(input);
    const auto outputs = static_cast<int>(taps.size());
    if (weighs(layer)) {
        return {
            Stage::tr("%1 %2 has a share in %n output cell(s)", nullptr, outputs).arg(name, value),
            has_negative_weight(taps)
                ? Stage::tr("Outputs near it take much of it, some further out less than nothing.")
                : Stage::tr("The nearer an output lies, the larger the share.")};
    }
    return {Stage::tr("%1 %2 is copied %n time(s)", nullptr, outputs).arg(name, value),
            outputs > 1 ? Stage::tr("A block of %1 cells, each the same number.")
                              .arg(size_text(layer.size.height, layer.size.width))
                        : Stage::tr("size (1, 1) changes nothing.")};
}

}  // namespace

Heading upsampling_heading(const Scene& scene) {
    const auto& layer = std::get<engine::UpSampling2D>(scene.spec);
    if (scene.spot.by != Spot::By::pin) {  // which has its own line
        if (scene.spot.output) return sampled_heading(scene, layer, *scene.spot.output);
        if (scene.spot.input) return source_heading(scene, layer, *scene.spot.input);
    }
    return {Stage::tr("%1: rows × %2, columns × %3")
                .arg(growth_text(scene.geometry()))
                .arg(layer.size.height)
                .arg(layer.size.width),
            weighs(layer)
                ? Stage::tr("size is (rows, columns). Every output samples the input between "
                            "its cells. Press Space to play.")
                : Stage::tr("size is (rows, columns). Every value is repeated. Press Space to "
                            "play.")};
}

}  // namespace ui::diagram
