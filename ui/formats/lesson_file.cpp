// SPDX-License-Identifier: MIT
#include "ui/formats/lesson_file.h"

#include <algorithm>

#include "engine/layers/layer_definition.h"

namespace ui::formats {

LessonFile::UnknownInLayer unknown_in_layer(const std::vector<LessonFile::UnknownInLayer>& unknown,
                                            const std::vector<engine::Layer>& layers,
                                            std::size_t index) {
    if (unknown.size() != layers.size()) return {};
    const bool same = unknown[index].class_name == engine::class_name(layers[index].spec);
    return same ? unknown[index] : LessonFile::UnknownInLayer{};
}

void forget_empty(std::vector<LessonFile::UnknownInLayer>& unknown_layers) {
    const auto is_empty = [](const LessonFile::UnknownInLayer& unknown) {
        return unknown.layer.isEmpty() && unknown.weights.isEmpty();
    };
    if (std::ranges::all_of(unknown_layers, is_empty)) unknown_layers.clear();
}

namespace {

void add_warnings(const std::vector<LessonFile::UnknownInLayer>& layers,
                  std::vector<engine::Error>& warnings) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const LessonFile::UnknownInLayer& unknown = layers[i];
        const engine::LayerDefinition* definition = engine::definition_named(unknown.class_name);
        for (auto it = unknown.layer.begin(); definition && it != unknown.layer.end(); ++it) {
            const std::string name = it.key().toStdString();
            if (it.value().isNull() || engine::is_harmless(*definition, name)) continue;
            warnings.push_back(
                engine::unknown_argument(*definition, engine::Framework::keras, name));
            warnings.back().layer = static_cast<int>(i);
        }
    }
}

}  // namespace

std::vector<engine::Error> warnings_of(const LessonFile& file) {
    std::vector<engine::Error> warnings;
    add_warnings(file.unknown_layers, warnings);
    add_warnings(file.unknown_against_layers, warnings);
    return warnings;
}

}  // namespace ui::formats
