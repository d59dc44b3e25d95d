// SPDX-License-Identifier: MIT
// .stride bytes → LessonFile.
#include <algorithm>
#include <array>

#include "engine/lessons/comparison.h"
#include "ui/formats/layer_json.h"
#include "ui/formats/stride.h"
#include "ui/formats/view_json.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

constexpr std::size_t max_words = 100'000;

template <std::size_t count>
auto among(const std::array<const char*, count>& keys) {
    return [&keys](const QString& key) {
        for (const char* known : keys)
            if (key == QLatin1String(known)) return true;
        return false;
    };
}

constexpr std::array<const char*, 11> file_keys{
    "stridescope", "title", "notes",   "notes_outdated", "licence", "name",
    "layers",      "input", "weights", "against",        "view"};
constexpr std::array<const char*, 2> against_keys{"layers", "weights"};
constexpr std::array<const char*, 4> input_keys{"shape", "data", "initializer", "seed"};

bool is_weight_key(const QString& key) {
    if (key == QLatin1String("initializer") || key == QLatin1String("seed")) return true;
    return std::ranges::any_of(engine::weight_slots(), [&key](const engine::WeightSlot& slot) {
        return key == QLatin1String(slot.name);
    });
}

void check_version(const JsonField& file) {
    const JsonField version = file["stridescope"];
    const std::int64_t found = version.required().whole(0, 1, INT64_MAX);
    if (found > file_version)
        version.note({.code = ErrorCode::newer_version, .given = {found}, .limit = {file_version}});
}

std::string read_words(const JsonField& field) {
    std::string words = field.string({});
    if (words.size() > max_words)
        field.note({.code = ErrorCode::too_large,
                    .subject = field.path(),
                    .given = {static_cast<std::int64_t>(words.size())},
                    .limit = {static_cast<std::int64_t>(max_words)},
                    .text = "length"});
    return words;
}

/// An input made by name instead of given as data.
struct InputRecipe {
    const char* name;
    bool vector;  ///< for rank 1, else for feature maps
    engine::Tensor (*make)(const engine::Shape& shape, std::uint64_t seed);
};

template <engine::Tensor (*make)(const engine::Shape&)>
engine::Tensor unseeded(const engine::Shape& shape, std::uint64_t) {
    return make(shape);
}

constexpr std::array<InputRecipe, 7> input_recipes{{
    {"random_normal", true, engine::random_input},
    {"random", false, engine::random_input},
    {"counting", false, unseeded<engine::counting_input>},
    {"one_hot", false, unseeded<engine::one_hot_input>},
    {"checkerboard", false, unseeded<engine::checkerboard_input>},
    {"gradient", false, unseeded<engine::gradient_input>},
    {"digit", false, unseeded<engine::digit_input>},
}};

engine::Tensor read_input(const JsonField& field) {
    field.require_object();
    const JsonTensor tensor = read_tensor(field, 1, 3);
    const JsonField initializer = field["initializer"];
    if (!field.good()) return {};
    if (tensor.data) return tensor.tensor();
    if (!initializer.given()) {
        field["data"].required();
        return {};
    }
    const std::string name = initializer.string({});
    const std::uint64_t seed = field["seed"].seed(1);
    const std::size_t rank = tensor.sizes.size();
    for (const InputRecipe& recipe : input_recipes)
        if (name == recipe.name && rank == (recipe.vector ? 1U : 3U) && field.good())
            return recipe.make(engine::Shape(tensor.sizes), seed);
    initializer.note(
        {.code = ErrorCode::unknown_name, .subject = initializer.path(), .text = name});
    return {};
}

engine::WeightSetting read_setting(const JsonField& field) {
    engine::WeightSetting setting;
    if (!field.given()) return setting;
    field.require_object();
    setting.values = read_weights(field);
    const JsonField initializer = field["initializer"];
    if (initializer.given()) {
        const std::string name = initializer.string({});
        const auto kind = engine::initializer_named(name);
        if (!kind)
            initializer.note(
                {.code = ErrorCode::unknown_name, .subject = initializer.path(), .text = name});
        setting.recipe = engine::WeightRecipe{kind.value_or(engine::Initializer::glorot_uniform),
                                              field["seed"].seed(1)};
    } else if (field["kernel"].value()) {
        setting.recipe.reset();
    }
    return setting;
}

/// A model: its layers, their weights, and the keys of each that are not known.
void read_layers(const JsonField& file, std::vector<engine::Layer>& into,
                 std::vector<LessonFile::UnknownInLayer>& unknown) {
    const JsonField layers = file["layers"];
    const std::size_t count = layers.required().length(max_layers);
    if (count == 0)
        layers.note({.code = ErrorCode::not_positive,
                     .subject = "layer count",
                     .given = {0},
                     .limit = {1}});

    const JsonField weights = file["weights"];
    const std::size_t settings = weights.length(max_layers);
    if (settings > count)
        weights.note({.code = ErrorCode::size_mismatch,
                      .subject = weights.path(),
                      .given = {static_cast<std::int64_t>(settings)},
                      .limit = {static_cast<std::int64_t>(count)}});

    for (std::size_t i = 0; i < count && file.good(); ++i) {
        const JsonField layer = layers.at(i);
        layer.require_object();
        refuse_channels_first(layer);
        const std::string name = layer["class_name"].required().string({});
        const auto read = file.good() ? read_layer(name, layer) : std::nullopt;
        if (!read) return;
        const JsonField setting = weights.at(i);
        into.push_back({read->spec, read_setting(setting), read->config});
        const engine::LayerDefinition& definition = engine::definition_of(read->spec);
        const auto is_known = [&](const QString& key) { return is_layer_key(definition, key); };
        unknown.push_back({std::string(definition.class_name), unknown_keys(layer, is_known),
                           unknown_keys(setting, is_weight_key)});
    }
}

}  // namespace

bool is_stride_key(const QString& key) { return among(file_keys)(key); }

Result<LessonFile> read_stride(const QByteArray& json) {
    const auto text = JsonText::parse(json, JsonRules::strict);
    if (!text) return text.error();

    std::optional<Error> problem;
    const JsonField file(*text, &text->root(), {}, problem);
    file.inside("file").require_object();
    check_version(file);

    LessonFile lesson;
    lesson.lesson.title = read_words(file["title"]);
    lesson.lesson.notes = read_words(file["notes"]);
    lesson.licence = read_words(file["licence"]);
    lesson.notes_outdated = file["notes_outdated"].boolean(false);
    lesson.lesson.name = read_name(file["name"]);
    read_layers(file, lesson.lesson.layers, lesson.unknown_layers);
    if (const JsonField against = file["against"]; file.good() && against.given()) {
        against.require_object();
        read_layers(against, lesson.lesson.against, lesson.unknown_against_layers);
    }
    if (file.good()) lesson.lesson.input = read_input(file["input"]);
    lesson.view = read_view(file["view"]);
    for (int side = 0; !problem && side < engine::side_count(lesson.lesson); ++side)
        problem = engine::check_stored(engine::side_of(lesson.lesson, side));
    if (problem) return *problem;

    forget_empty(lesson.unknown_layers);
    forget_empty(lesson.unknown_against_layers);
    lesson.unknown_against = unknown_keys(file["against"], among(against_keys));
    lesson.unknown = unknown_keys(file, is_stride_key);
    lesson.unknown_input = unknown_keys(file["input"], among(input_keys));
    lesson.unknown_view = unknown_keys(file["view"], is_view_key);
    return lesson;
}

}  // namespace ui::formats
