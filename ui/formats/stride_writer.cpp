// SPDX-License-Identifier: MIT
// LessonFile → .stride bytes: our own order of keys, so that two versions of a lesson can be
// compared.
#include <algorithm>

#include "ui/formats/json/json_block.h"
#include "ui/formats/layer_json.h"
#include "ui/formats/stride.h"
#include "ui/formats/view_json.h"

namespace ui::formats {

namespace {

/// With unknown keys the tensor's own object has to hold them too.
QByteArray input_text(const engine::Tensor& input, const QJsonObject& unknown) {
    QByteArray text = write_tensor(input, 2);
    if (unknown.isEmpty()) return text;
    JsonLine more;
    more.add_all(unknown);
    const QByteArray members = more.text();
    const qsizetype end = text.lastIndexOf(']') + 1;
    return text.insert(end, ", " + members.mid(1, members.size() - 2));
}

bool has_kernel(const engine::LayerSpec& spec) {
    const auto& tensors = engine::definition_of(spec).tensors;
    return std::ranges::find(tensors, "kernel") != tensors.end();
}

QByteArray setting_text(const engine::Layer& layer, const QJsonObject& unknown) {
    const engine::WeightSetting& setting = layer.weights;
    constexpr int indent = 4;
    QByteArrayList members;
    const auto add = [&members](std::string_view key, const QByteArray& value) {
        members << json_string(key) + ": " + value;
    };
    const auto add_tensor = [&add](std::string_view key, const engine::Tensor& tensor) {
        if (!tensor.empty()) add(key, write_tensor(tensor, indent + 2));
    };

    if (setting.recipe && (has_kernel(layer.spec) || setting.recipe != engine::WeightRecipe{})) {
        const engine::WeightRecipe& recipe = *setting.recipe;
        add("initializer", json_string(engine::name_of(recipe.initializer)));
        if (recipe.initializer == engine::Initializer::glorot_uniform || recipe.seed != 1)
            add("seed", QByteArray::number(quint64{recipe.seed}));
    }
    if (!setting.recipe && setting.values.kernel.empty()) add("kernel", "null");
    for (const engine::WeightSlot& slot : engine::weight_slots())
        add_tensor(slot.name, setting.values.*slot.tensor);
    for (auto it = unknown.begin(); it != unknown.end(); ++it)
        add(it.key().toStdString(), json_from_qt(it.value()));

    QByteArray line = '{' + members.join(", ") + '}';
    if (!line.contains('\n')) return line;
    const QByteArray outer(indent, ' ');
    return "{\n" + outer + "  " + members.join(",\n" + outer + "  ") + '\n' + outer + '}';
}

/// The lines of a model: its layers, and their weights.
struct ModelLines {
    QByteArray layers, weights;
};
ModelLines model_lines(const std::vector<engine::Layer>& layers,
                       const std::vector<LessonFile::UnknownInLayer>& unknown, int indent) {
    QByteArrayList specs;
    QByteArrayList weights;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto keys = unknown_in_layer(unknown, layers, i);
        specs << write_layer(layers[i].spec, layers[i].config, keys.layer);
        weights << setting_text(layers[i], keys.weights);
    }
    return {json_lines(specs, indent), json_lines(weights, indent)};
}

QByteArray against_text(const LessonFile& file, const engine::Lesson& lesson) {
    const ModelLines lines = model_lines(lesson.against, file.unknown_against_layers, 4);
    JsonBlock block(2);
    block.add("layers", lines.layers);
    block.add("weights", lines.weights);
    for (auto it = file.unknown_against.begin(); it != file.unknown_against.end(); ++it)
        block.add(it.key().toStdString(), json_from_qt(it.value()));
    return block.text();
}

}  // namespace

QByteArray write_stride(const LessonFile& file) {
    // What a smaller kernel_size set aside would not be read again.
    const engine::Lesson lesson = engine::with_fitted_weights(file.lesson);
    const ModelLines lines = model_lines(lesson.layers, file.unknown_layers, 2);

    JsonBlock block(0);
    block.add("stridescope", QByteArray::number(file_version));
    block.add("title", json_string(lesson.title));
    block.add("notes", json_string(lesson.notes));
    if (!file.licence.empty()) block.add("licence", json_string(file.licence));
    if (file.notes_outdated) block.add("notes_outdated", "true");
    if (!lesson.name.empty()) block.add("name", json_string(lesson.name));
    block.add("layers", lines.layers);
    block.add("input", input_text(lesson.input, file.unknown_input));
    block.add("weights", lines.weights);
    if (!lesson.against.empty()) block.add("against", against_text(file, lesson));
    block.add("view", write_view(file.view, file.unknown_view));
    for (auto it = file.unknown.begin(); it != file.unknown.end(); ++it)
        if (!is_stride_key(it.key())) block.add(it.key().toStdString(), json_from_qt(it.value()));
    return block.text() + '\n';
}

}  // namespace ui::formats
