// SPDX-License-Identifier: MIT
// JSON → layers. Only the form is checked here; whether arguments make sense together is the
// engine's judgement (geometry.h).
#include <algorithm>
#include <array>

#include "ui/formats/layer_json.h"

namespace ui::formats {

namespace {

using engine::Argument;
using engine::ArgumentValue;
using engine::ErrorCode;
using engine::Framework;
using engine::LayerDefinition;
using Kind = JsonValue::Kind;

void note_unknown_name(const JsonField& field, std::string name) {
    field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = std::move(name)});
}

/// One overload a kind of argument: the field's value, or what stands there otherwise.
struct ReadValue {
    const JsonField& field;
    const Argument& argument;
    Framework framework;

    ArgumentValue operator()(bool otherwise) const { return field.boolean(otherwise); }
    ArgumentValue operator()(int otherwise) const {
        // TensorFlow 2 saves an axis as a list of one.
        const bool one = field.value()->kind == Kind::numbers && field.value()->count == 1;
        return argument.may_be_listed && one ? field.integers().front() : field.integer(otherwise);
    }
    ArgumentValue operator()(float otherwise) const { return field.number(otherwise); }
    ArgumentValue operator()(const std::optional<float>&) const {
        return std::optional(field.number(0));
    }
    ArgumentValue operator()(const engine::Size2D& otherwise) const {
        return field.extent(otherwise);
    }
    ArgumentValue operator()(const std::optional<engine::Size2D>&) const {
        return std::optional(field.extent({0, 0}));
    }
    ArgumentValue operator()(const engine::Padding&) const {
        if (framework == Framework::pytorch || field.value()->kind != Kind::string)
            return engine::Padding(engine::Explicit{field.extent({0, 0})});
        const std::string name = field.string({});
        if (lower_case(name) == "same") return engine::Padding(engine::Same{});
        if (lower_case(name) != "valid") note_unknown_name(field, name);
        return engine::Padding(engine::Valid{});
    }
    /// 1, [rows, columns] or [[top, bottom], [left, right]].
    ArgumentValue operator()(const engine::Edges&) const {
        if (field.value()->kind != Kind::array) {
            const engine::Size2D both = field.extent({0, 0});
            return engine::Edges{both.height, both.height, both.width, both.width};
        }
        const engine::Size2D rows = field.at(0).required().extent({0, 0});
        const engine::Size2D columns = field.at(1).required().extent({0, 0});
        if (field.value()->items.size() != 2) field.refuse("[[top, bottom], [left, right]]");
        return engine::Edges{rows.height, rows.width, columns.height, columns.width};
    }
    ArgumentValue operator()(const engine::OpenShape& otherwise) const {
        const std::vector<int> sizes = field.integers();
        if (!sizes.empty() && sizes.size() <= 4) return engine::OpenShape{engine::Shape(sizes)};
        field.note({.code = ErrorCode::rank_mismatch,
                    .subject = field.path(),
                    .given = {static_cast<std::int64_t>(sizes.size())},
                    .limit = {1, 2, 3}});
        return otherwise;
    }
    /// A list, also an empty one, or one number.
    ArgumentValue operator()(const std::vector<int>&) const {
        const Kind kind = field.value()->kind;
        if (kind == Kind::array && field.value()->items.empty()) return std::vector<int>();
        if (kind == Kind::number) return std::vector<int>{field.integer(0)};
        return field.integers();
    }
    ArgumentValue operator()(const engine::Choice& otherwise) const {
        const std::string name = field.string({});
        const auto value = engine::value_named(*otherwise.names, name);
        if (!value) note_unknown_name(field, name);
        return engine::Choice{otherwise.names, value.value_or(otherwise.index)};
    }
};

/// The field of an argument, under whichever of its names it is given.
JsonField field_of(const JsonField& arguments, const Argument& argument, Framework framework) {
    JsonField field = arguments[engine::name_in(framework, argument)];
    const std::string_view older = argument.spellings.keras_2;
    if (!field.given() && framework == Framework::keras && !older.empty()) {
        JsonField other = arguments[older];
        if (other.given()) return other;
    }
    return field;
}

constexpr std::array<std::string_view, 9> config_keys{
    "class_name",  "name",        "trainable", "dtype",      "batch_input_shape",
    "batch_shape", "input_shape", "input_dim", "data_format"};

bool is_config_key(std::string_view key) {
    return std::ranges::find(config_keys, key) != config_keys.end();
}

/// A string, or a policy's object: {"class_name": "DTypePolicy", "config": {"name": "float32"}}.
engine::DataType read_dtype(const JsonField& field) {
    if (!field.given()) return {};
    const bool policy = field.value()->kind == Kind::object;
    const JsonField name = policy ? field["config"]["name"].required() : field;
    const std::string text = name.string({});
    const auto type = engine::value_named(engine::choice_names(engine::DataType{}), text);
    if (!type && field.good()) note_unknown_name(name, text);
    return static_cast<engine::DataType>(type.value_or(0));
}

engine::LayerConfig read_config(const JsonField& arguments) {
    engine::LayerConfig config;
    config.name = read_name(arguments["name"]);
    config.trainable = arguments["trainable"].boolean(true);
    config.dtype = read_dtype(arguments["dtype"]);
    std::string given_by;
    const auto take = [&](const JsonField& field, const std::optional<engine::BatchShape>& shape) {
        if (!shape) return;
        if (!config.batch_shape) {
            config.batch_shape = shape;
            given_by = field.path();
            return;
        }
        // Two that agree do no harm; what the one leaves open, the other may say.
        int& batch = config.batch_shape->batch;
        if (batch == engine::Shape::unknown) batch = shape->batch;
        const bool agree = engine::agree(shape->sizes, config.batch_shape->sizes) &&
                           (shape->batch == engine::Shape::unknown || shape->batch == batch);
        if (!agree)
            field.note({.code = ErrorCode::given_twice, .subject = field.path(), .text = given_by});
    };
    for (const auto& [key, with_batch] :
         {std::pair("batch_input_shape", true), {"batch_shape", true}, {"input_shape", false}})
        if (const JsonField field = arguments[key]; field.given())
            take(field, read_batch_shape(field, with_batch));
    if (const JsonField field = arguments["input_dim"]; field.given())
        take(field, engine::BatchShape{.sizes = {field.integer(1)}});
    return config;
}

/// The arguments of a layer in a framework's words; `read_elsewhere` are keys that the caller looks
/// at.
ReadLayer read_arguments(const LayerDefinition& definition, engine::LayerSpec otherwise,
                         const JsonField& arguments, Framework framework,
                         std::span<const std::string_view> read_elsewhere) {
    ReadLayer layer{std::move(otherwise), read_config(arguments), {}};
    for (const Argument& argument : definition.arguments) {
        const JsonField field = field_of(arguments, argument, framework);
        if (argument.required) field.required();
        if (!field.given()) continue;
        argument.put(layer.spec, std::visit(ReadValue{field, argument, framework},
                                            argument.value_in(layer.spec)));
    }
    if (!arguments.value() || arguments.value()->kind != Kind::object) return layer;
    const JsonValue& object = *arguments.value();
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const std::string& key = object.keys[i];
        const bool elsewhere =
            std::ranges::find(read_elsewhere, key) != read_elsewhere.end() || is_config_key(key);
        if (elsewhere || object.items[i].kind == Kind::null || engine::is_harmless(definition, key))
            continue;
        const Argument* argument = engine::argument_named(definition, framework, key);
        // An older spelling beside the newer one would be read by nobody.
        const bool is_read =
            argument && (key == engine::name_in(framework, *argument) ||
                         !arguments[engine::name_in(framework, *argument)].given());
        if (!is_read) layer.unknown.push_back(engine::unknown_argument(definition, framework, key));
    }
    return layer;
}

}  // namespace

std::string read_name(const JsonField& field) {
    constexpr std::size_t longest = 1000;
    std::string name = field.string({});
    if (name.size() > longest)
        field.note({.code = ErrorCode::too_large,
                    .subject = field.path(),
                    .given = {static_cast<std::int64_t>(name.size())},
                    .limit = {longest},
                    .text = "length"});
    return name;
}

std::optional<engine::BatchShape> read_batch_shape(const JsonField& field, bool with_batch) {
    const std::vector<int> sizes = read_sizes(field);
    const std::size_t first = with_batch ? 1 : 0;
    if (!field.good()) return std::nullopt;
    constexpr std::size_t most_sizes = 3;
    if (sizes.size() <= first || sizes.size() > first + most_sizes) {
        engine::Error error{.code = ErrorCode::rank_mismatch,
                            .subject = field.path(),
                            .given = {static_cast<std::int64_t>(sizes.size())}};
        for (std::size_t rank = 1; rank <= most_sizes; ++rank)
            error.limit.push_back(static_cast<std::int64_t>(first + rank));
        field.note(std::move(error));
        return std::nullopt;
    }
    return engine::BatchShape{with_batch ? sizes.front() : engine::Shape::unknown,
                              engine::Shape(std::span(sizes).subspan(first))};
}

void refuse_channels_first(const JsonField& arguments) {
    const JsonField format = arguments["data_format"];
    if (const std::string name = format.string("channels_last"); name != "channels_last")
        arguments.note({.code = ErrorCode::unsupported, .subject = format.path(), .text = name});
}

ReadLayer read_layer(const LayerDefinition& definition, const JsonField& arguments) {
    return read_arguments(definition, definition.defaults, arguments, Framework::keras, {});
}

std::optional<ReadLayer> read_layer(const std::string& class_name, const JsonField& arguments) {
    if (const LayerDefinition* definition = engine::definition_named(class_name))
        return read_layer(*definition, arguments);
    note_unknown_name(arguments.inside("class_name"), class_name);
    return std::nullopt;
}

ReadLayer read_torch_layer(const JsonField& arguments) {
    constexpr std::array<std::string_view, 4> elsewhere{"in_channels", "convention", "device",
                                                        "padding_mode"};
    engine::Conv2DTranspose otherwise;
    otherwise.padding = engine::Explicit{};
    otherwise.output_padding = engine::Size2D{0, 0};
    const JsonField padding_mode = arguments["padding_mode"];
    if (const std::string mode = padding_mode.string("zeros"); mode != "zeros")
        padding_mode.note(
            {.code = ErrorCode::unsupported, .subject = padding_mode.path(), .text = mode});
    return read_arguments(engine::definition_of(otherwise), otherwise, arguments,
                          Framework::pytorch, elsewhere);
}

bool is_layer_key(const LayerDefinition& definition, const QString& key) {
    const std::string name = key.toStdString();
    return is_config_key(name) || engine::argument_named(definition, Framework::keras, name);
}

}  // namespace ui::formats
