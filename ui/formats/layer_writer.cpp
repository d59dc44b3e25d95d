// SPDX-License-Identifier: MIT
// Layers → JSON, to be read by people and by diff.
#include "ui/formats/layer_json.h"

namespace ui::formats {

namespace {

/// One overload a kind of argument; nothing for None.
struct WrittenValue {
    QByteArray operator()(bool value) const { return value ? "true" : "false"; }
    QByteArray operator()(int value) const { return QByteArray::number(value); }
    QByteArray operator()(float value) const { return json_number(value); }
    QByteArray operator()(engine::Size2D value) const {
        return '[' + QByteArray::number(value.height) + ", " + QByteArray::number(value.width) +
               ']';
    }
    QByteArray operator()(const engine::Padding& value) const {
        if (std::holds_alternative<engine::Valid>(value)) return json_string("valid");
        if (std::holds_alternative<engine::Same>(value)) return json_string("same");
        return (*this)(std::get<engine::Explicit>(value).padding);
    }
    QByteArray operator()(const engine::Edges& value) const {
        return '[' + (*this)(engine::Size2D{value.top, value.bottom}) + ", " +
               (*this)(engine::Size2D{value.left, value.right}) + ']';
    }
    QByteArray operator()(const engine::OpenShape& value) const {
        return write_sizes(value.sizes.sizes());
    }
    QByteArray operator()(const std::vector<int>& value) const { return write_sizes(value); }
    QByteArray operator()(const engine::Choice& value) const {
        return json_string(engine::name_of(*value.names, value.index));
    }
    template <typename Value>
    QByteArray operator()(const std::optional<Value>& value) const {
        return value ? (*this)(*value) : QByteArray();
    }
};

void add_config(JsonLine& line, const engine::LayerConfig& config) {
    if (!config.trainable) line.add("trainable", "false");
    if (config.dtype != engine::DataType{})
        line.add("dtype", json_string(engine::name_of(engine::choice_names(config.dtype),
                                                      static_cast<int>(config.dtype))));
    if (config.batch_shape) {
        std::vector<int> sizes{config.batch_shape->batch};
        const auto rest = config.batch_shape->sizes.sizes();
        sizes.insert(sizes.end(), rest.begin(), rest.end());
        line.add("batch_shape", write_shape(sizes));
    }
}

}  // namespace

void add_arguments(JsonLine& line, const engine::LayerSpec& spec, Spelling spelling) {
    const engine::LayerDefinition& definition = engine::definition_of(spec);
    for (const engine::Argument& argument : definition.arguments) {
        const engine::ArgumentValue value = argument.value_in(spec);
        const QByteArray text = std::visit(WrittenValue{}, value);
        const bool told = argument.written == engine::Written::always ||
                          value != argument.value_in(definition.defaults);
        const std::string_view older = argument.spellings.keras_2;
        const bool as_before = spelling == Spelling::keras_2 && !older.empty();
        if (told && !text.isEmpty()) line.add(as_before ? older : argument.name, text);
    }
}

QByteArray write_layer(const engine::LayerSpec& spec, const engine::LayerConfig& config,
                       const QJsonObject& unknown) {
    JsonLine line;
    line.add("class_name", json_string(engine::class_name(spec)));
    if (!config.name.empty()) line.add("name", json_string(config.name));
    add_arguments(line, spec, Spelling::keras_3);
    add_config(line, config);
    line.add_all(unknown);
    return line.text();
}

}  // namespace ui::formats
