// SPDX-License-Identifier: MIT
#include "ui/formats/lesson_file.h"

#include <algorithm>

#include "engine/layers/layer_definition.h"

namespace ui::formats {

LessonFile::UnknownInLayer unknown_in_layer(const LessonFile& file, std::size_t index) {
    if (file.unknown_layers.size() != file.lesson.layers.size()) return {};
    const LessonFile::UnknownInLayer& unknown = file.unknown_layers[index];
    const bool same = unknown.class_name == engine::class_name(file.lesson.layers[index].spec);
    return same ? unknown : LessonFile::UnknownInLayer{};
}

void forget_empty(std::vector<LessonFile::UnknownInLayer>& unknown_layers) {
    const auto is_empty = [](const LessonFile::UnknownInLayer& unknown) {
        return unknown.layer.isEmpty() && unknown.weights.isEmpty();
    };
    if (std::ranges::all_of(unknown_layers, is_empty)) unknown_layers.clear();
}

std::vector<engine::Error> warnings_of(const LessonFile& file) {
    std::vector<engine::Error> warnings;
    for (std::size_t i = 0; i < file.unknown_layers.size(); ++i) {
        const LessonFile::UnknownInLayer& unknown = file.unknown_layers[i];
        const engine::LayerDefinition* definition = engine::definition_named(unknown.class_name);
        for (auto it = unknown.layer.begin(); definition && it != unknown.layer.end(); ++it) {
            const std::string name = it.key().toStdString();
            if (it.value().isNull() || engine::is_harmless(*definition, name)) continue;
            warnings.push_back(
                engine::unknown_argument(*definition, engine::Framework::keras, name));
            warnings.back().layer = static_cast<int>(i);
        }
    }
    return warnings;
}

}  // namespace ui::formats
