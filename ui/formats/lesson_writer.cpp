// SPDX-License-Identifier: MIT
// LessonFile → .stride bytes: our own order of keys, so that two versions of a lesson can be
// compared.
#include <algorithm>

#include "ui/formats/layer_json.h"
#include "ui/formats/lesson_json.h"
#include "ui/formats/view_json.h"

namespace ui::formats {

namespace {

/// Members of an object, one a line.
class Block {
public:
    explicit Block(int indent) : m_indent(indent, ' ') {}
    void add(std::string_view key, const QByteArray& value) {
        m_text +=
            (m_text.isEmpty() ? "\n" : ",\n") + m_indent + "  " + json_string(key) + ": " + value;
    }
    void add_all(const QJsonObject& members) {
        for (auto it = members.begin(); it != members.end(); ++it)
            add(it.key().toStdString(), json_from_qt(it.value()));
    }
    QByteArray text() const { return '{' + m_text + '\n' + m_indent + '}'; }

private:
    QByteArray m_indent;
    QByteArray m_text;
};

QByteArray list(const QByteArrayList& items, int indent) {
    const QByteArray outer(indent, ' ');
    return "[\n" + outer + "  " + items.join(",\n" + outer + "  ") + '\n' + outer + ']';
}

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

/// Unknown keys belong to a layer only as long as a layer of the same class stands in its place.
LessonFile::UnknownInLayer unknown_of(const LessonFile& file, std::size_t index) {
    if (file.unknown_layers.size() != file.lesson.layers.size()) return {};
    const LessonFile::UnknownInLayer& unknown = file.unknown_layers[index];
    const bool same = unknown.class_name == engine::class_name(file.lesson.layers[index].spec);
    return same ? unknown : LessonFile::UnknownInLayer{};
}

}  // namespace

QByteArray write_lesson(const LessonFile& file) {
    // What a smaller kernel_size set aside would not be read again.
    const engine::Lesson lesson = engine::with_fitted_weights(file.lesson);
    QByteArrayList layers;
    QByteArrayList weights;
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        const auto unknown = unknown_of(file, i);
        layers << write_layer(lesson.layers[i].spec, lesson.layers[i].config, unknown.layer);
        weights << setting_text(lesson.layers[i], unknown.weights);
    }

    Block block(0);
    block.add("stridescope", QByteArray::number(file_version));
    block.add("title", json_string(lesson.title));
    block.add("notes", json_string(lesson.notes));
    if (file.notes_outdated) block.add("notes_outdated", "true");
    if (!lesson.name.empty()) block.add("name", json_string(lesson.name));
    block.add("layers", list(layers, 2));
    block.add("input", input_text(lesson.input, file.unknown_input));
    block.add("weights", list(weights, 2));
    block.add("view", write_view(file.view, file.unknown_view));
    block.add_all(file.unknown);
    return block.text() + '\n';
}

}  // namespace ui::formats
