// SPDX-License-Identifier: MIT
// Keras's JSON → LessonFile.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ui/formats/keras_json.h"
#include "ui/formats/layer_json.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;
using Kind = JsonValue::Kind;

/// Unless the text is something else, which others complain about.
std::string text_in(const JsonField& field) {
    return field.given() && field.value()->kind == Kind::string ? field.string({}) : std::string();
}

bool is_false(const JsonField& field) {
    return field.given() && field.value()->kind == Kind::boolean && !field.boolean(true);
}

bool is_functional(std::string_view class_name) {
    return class_name == "Functional" || class_name == "Model";
}
bool is_model(std::string_view class_name) {
    return class_name == "Sequential" || is_functional(class_name);
}

/// What somebody registered under a class's name is not that class.
bool is_custom(const JsonField& object) {
    const std::string module = text_in(object["module"]);
    const auto is_below = [&module](std::string_view package) {
        return module.starts_with(package) &&
               (module.size() == package.size() || module[package.size()] == '.');
    };
    const bool is_keras = module.empty() || is_below("keras") || is_below("tensorflow") ||
                          is_below("tf_keras") || is_below("keras_core");
    return !is_keras || text_in(object["registered_name"]).find('>') != std::string::npos;
}

/// Keys with a value that `is_known` does not name.
template <typename Known>
QJsonObject kept_keys(const JsonField& object, Known is_known) {
    return unknown_keys(object, [&](const QString& key) {
        return is_known(key) || !object[key.toStdString()].given();
    });
}

bool is_one_of(const QString& key, std::initializer_list<const char*> names) {
    return std::ranges::any_of(names,
                               [&key](const char* name) { return key == QLatin1String(name); });
}

/// In a functional model the name stands beside the config, too.
ReadLayer read_named(const engine::LayerDefinition& definition, const JsonField& object) {
    ReadLayer layer = read_layer(definition, object["config"]);
    if (layer.config.name.empty()) layer.config.name = read_name(object["name"]);
    return layer;
}

class Reader {
public:
    explicit Reader(std::optional<Error>& problem) : m_problem(problem) {}

    OpenedLesson read(const JsonField& file);

private:
    void readModel(const JsonField& model, bool outermost);
    void readLayers(const JsonField& layers, const std::vector<std::size_t>& order, bool functional,
                    bool outermost);
    void readLayer(const JsonField& object, bool functional, bool outermost);
    void readInputLayer(const JsonField& object, bool functional, bool outermost);
    void addLayer(ReadLayer layer, QJsonObject unknown, engine::WeightSetting weights);
    void expectShape(const std::optional<engine::BatchShape>& shape);
    void readBuildShape(const JsonField& config);
    void makeInput(const JsonField& file);
    engine::Shape shapeThatFits(const engine::Shape& open) const;
    void warnOfOtherNumbers();
    void forgetWhatTheInputTells();

    void warn(Error error) { m_opened.warnings.push_back(std::move(error)); }
    bool good() const { return !m_problem.has_value(); }
    engine::Lesson& lesson() { return m_opened.file.lesson; }

    std::optional<Error>& m_problem;
    OpenedLesson m_opened;
    std::optional<engine::BatchShape> m_expected;  ///< by what has been read, of the next layer
    std::optional<engine::BatchShape> m_built;     ///< with what the model was built
    QJsonObject m_inputLayer;                      ///< what else a Sequential's says
    bool m_trainable = true;                       ///< the models around allow it
    std::string m_version;
    bool m_is_keras_3 = false;
};

OpenedLesson Reader::read(const JsonField& file) {
    file.inside("file").require_object();
    m_version = text_in(file["keras_version"]);
    if (m_version.starts_with("1.")) {
        file.note({.code = ErrorCode::unsupported, .subject = "keras_version", .text = m_version});
        return {};
    }
    m_is_keras_3 = m_version.starts_with("3.");
    m_opened.file.lesson.name = read_name(file["config"]["name"]);
    lesson().title = lesson().name;
    readModel(file, true);
    if (good()) makeInput(file);
    if (!good()) return {};
    warnOfOtherNumbers();
    forgetWhatTheInputTells();
    // A card that says nothing is no beginning.
    const bool begins_with_input =
        std::holds_alternative<engine::InputLayer>(lesson().layers.front().spec);
    m_opened.file.view.focus = begins_with_input && lesson().layers.size() > 1 ? 1 : 0;
    m_opened.file.unknown = kept_keys(file, [](const QString& key) {
        return is_model_key(key) || is_one_of(key, {"registered_name", "build_config"});
    });
    if (!m_inputLayer.isEmpty())
        m_opened.file.unknown.insert(QLatin1String(input_layer_key), m_inputLayer);
    for (const Error& kept : warnings_of(m_opened.file)) warn(kept);
    forget_empty(m_opened.file.unknown_layers);
    return std::move(m_opened);
}

void Reader::readModel(const JsonField& model, bool outermost) {
    const JsonField class_name = model["class_name"];
    const std::string name = class_name.required().string({});
    const JsonField config = model["config"];
    config.required();
    if (!good()) return;
    if (!is_model(name) || is_custom(model))
        return class_name.note(
            {.code = ErrorCode::unknown_name, .subject = class_name.path(), .text = name});

    const bool trainable = m_trainable;
    // Keras up to 2.2.2 kept a list of layers here, and nothing else.
    const bool is_list = config.value()->kind == Kind::array;
    if (!is_list) {
        config.require_object();
        if (is_false(config["trainable"])) m_trainable = false;
        if (outermost) readBuildShape(config);
    }
    if (is_functional(name)) {
        const auto order = chain_of(config);
        if (good()) readLayers(config["layers"], order, true, outermost);
    } else {
        const JsonField layers = is_list ? config : config["layers"];
        std::vector<std::size_t> order(layers.required().length(max_layers));
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        if (good()) readLayers(layers, order, false, outermost);
    }
    m_trainable = trainable;
}

void Reader::readLayers(const JsonField& layers, const std::vector<std::size_t>& order,
                        bool functional, bool outermost) {
    for (const std::size_t place : order) {
        readLayer(layers.at(place), functional, outermost);
        if (!good()) return;
    }
}

void Reader::readLayer(const JsonField& object, bool functional, bool outermost) {
    object.require_object();
    const JsonField class_name = object["class_name"];
    const std::string name = class_name.required().string({});
    const JsonField config = object["config"];
    config.required();
    if (!good()) return;
    if (is_model(name)) {
        const std::string model_name = text_in(config["name"]);
        warn({.code = ErrorCode::unfolded,
              .text = model_name.empty() ? name : model_name,
              .layer = static_cast<int>(lesson().layers.size())});
        return readModel(object, false);
    }
    const engine::LayerDefinition* definition = engine::definition_named(name);
    if (!definition || !definition->is_in_keras || is_custom(object)) {
        const std::string own_name = text_in(config["name"]);
        return object.note({.code = ErrorCode::unsupported,
                            .text = own_name.empty() ? name : own_name + " (" + name + ")",
                            .layer = static_cast<int>(lesson().layers.size())});
    }
    config.require_object();
    refuse_channels_first(config);
    if (!good()) return;
    if (definition->class_name == "InputLayer")
        return readInputLayer(object, functional, outermost);

    ReadLayer layer = read_named(*definition, object);
    expectShape(layer.config.batch_shape);
    if (lesson().layers.empty() && !m_expected && !m_built)
        if (const JsonField built = object["build_config"]["input_shape"]; built.given())
            m_built = read_batch_shape(built, true);
    engine::WeightSetting weights;
    if (const JsonField initializer = config["kernel_initializer"]; initializer.given())
        weights.recipe = recipe_of(initializer);
    addLayer(std::move(layer),
             kept_keys(config, [&](const QString& key) { return is_layer_key(*definition, key); }),
             std::move(weights));
}

/// A Sequential's is no layer of it; of a model inside the model it says nothing new.
void Reader::readInputLayer(const JsonField& object, bool functional, bool outermost) {
    const engine::LayerDefinition& definition = engine::definition_of(engine::InputLayer{});
    const JsonField config = object["config"];
    ReadLayer layer = read_named(definition, object);
    if (m_version.empty() && config["batch_shape"].given()) m_is_keras_3 = true;
    expectShape(layer.config.batch_shape);
    const auto is_known = [&](const QString& key) { return is_layer_key(definition, key); };
    if (functional && outermost) return addLayer(std::move(layer), kept_keys(config, is_known), {});
    if (!outermost || !lesson().layers.empty()) return;
    m_inputLayer = kept_keys(config, [](const QString& key) {
        return is_one_of(key, {"batch_shape", "batch_input_shape", "shape", "input_shape"});
    });
}

void Reader::addLayer(ReadLayer layer, QJsonObject unknown, engine::WeightSetting weights) {
    if (lesson().layers.size() == max_layers) {
        m_problem = Error{.code = ErrorCode::too_large,
                          .subject = "layer count",
                          .given = {max_layers + 1},
                          .limit = {max_layers}};
        return;
    }
    layer.config.trainable = layer.config.trainable && m_trainable;
    // Whatever has been said of its input, infer_model compares.
    if (m_expected) layer.config.batch_shape = std::exchange(m_expected, std::nullopt);
    const std::string class_name = engine::class_name(layer.spec);
    lesson().layers.push_back({layer.spec, std::move(weights), std::move(layer.config)});
    m_opened.file.unknown_layers.push_back({class_name, std::move(unknown), {}});
}

/// TensorFlow 2 says the same twice: as an InputLayer, and in the layer behind it.
void Reader::expectShape(const std::optional<engine::BatchShape>& shape) {
    if (!shape) return;
    if (!m_expected) {
        m_expected = shape;
        return;
    }
    if (engine::agree(m_expected->sizes, shape->sizes)) return;
    m_problem = Error{.code = ErrorCode::shape_mismatch,
                      .subject = "input",
                      .given = {m_expected->sizes.sizes().begin(), m_expected->sizes.sizes().end()},
                      .limit = {shape->sizes.sizes().begin(), shape->sizes.sizes().end()},
                      .layer = static_cast<int>(lesson().layers.size())};
}

void Reader::readBuildShape(const JsonField& config) {
    const JsonField shape = config["build_input_shape"];
    // Of several inputs there is a dictionary here; they are refused elsewhere.
    if (shape.given() && shape.value()->kind != Kind::object)
        m_built = read_batch_shape(shape, true);
}

/// Numbers in the place of unknown sizes: the first with which the layers fit, for small ones are
/// easy to follow.
engine::Shape Reader::shapeThatFits(const engine::Shape& open) const {
    constexpr std::array sizes{8, 16, 32, 64, 128, 256, 512, 1};
    const auto filled = [&open](int size) {
        std::vector<int> all(open.sizes().begin(), open.sizes().end());
        std::ranges::replace(all, engine::Shape::unknown, size);
        return engine::Shape(all);
    };
    for (const int size : sizes)
        if (!engine::infer_model(m_opened.file.lesson.layers, filled(size)).error)
            return filled(size);
    return filled(sizes.front());
}

void Reader::makeInput(const JsonField& file) {
    if (lesson().layers.empty()) {
        file.note({.code = ErrorCode::not_positive,
                   .subject = "layer count",
                   .given = {0},
                   .limit = {1}});
        return;
    }
    std::optional<engine::BatchShape>& declared = lesson().layers.front().config.batch_shape;
    if (!declared) declared = m_built;
    if (!declared) return file.inside("batch_input_shape").refuse("given");

    engine::Shape shape = declared->sizes;
    if (!shape.is_known()) {
        // The last size is what weights are made for.
        if (shape[shape.rank() - 1] == engine::Shape::unknown)
            return file.note({.code = ErrorCode::unknown_size, .subject = "input"});
        shape = shapeThatFits(shape);
        warn({.code = ErrorCode::assumed,
              .subject = "input",
              .given = {shape.sizes().begin(), shape.sizes().end()}});
    }
    if (shape.count() > engine::max_tensor_count)
        return file.note({.code = ErrorCode::over_budget,
                          .subject = "input",
                          .given = {shape.count()},
                          .limit = {engine::max_tensor_count}});
    lesson().input = ready_input(shape);
}

/// The same words for other numbers, in releases that this program does not follow.
void Reader::warnOfOtherNumbers() {
    const bool is_early = (m_version.starts_with("2.2.") || m_version.starts_with("2.3.")) &&
                          !m_version.ends_with("-tf");
    const auto computed_as = [&](std::string_view what, const char* release, std::size_t layer) {
        warn({.code = ErrorCode::computed_as,
              .subject = std::string(what),
              .text = release,
              .layer = static_cast<int>(layer)});
    };
    for (std::size_t i = 0; i < lesson().layers.size(); ++i) {
        const engine::LayerSpec& spec = lesson().layers[i].spec;
        const auto* upsampling = std::get_if<engine::UpSampling2D>(&spec);
        if (upsampling && is_early && upsampling->interpolation == engine::Interpolation::bilinear)
            computed_as("bilinear", "TensorFlow 2", i);
        for (const engine::Argument& argument : engine::definition_of(spec).arguments) {
            const engine::ArgumentValue value = argument.value_in(spec);
            const auto* choice = std::get_if<engine::Choice>(&value);
            if (m_is_keras_3 && choice &&
                engine::name_of(*choice->names, choice->index) == "hard_sigmoid")
                computed_as("hard_sigmoid", "Keras 2", i);
        }
    }
}

/// A shape is kept where it says more than the input does: a batch, or a size that may vary.
void Reader::forgetWhatTheInputTells() {
    const auto shapes = engine::infer_model(lesson().layers, lesson().input.shape());
    // Of shapes that contradict each other run says so.
    const std::size_t count = shapes.error ? 1 : lesson().layers.size();
    for (std::size_t i = 0; i < count; ++i) {
        std::optional<engine::BatchShape>& shape = lesson().layers[i].config.batch_shape;
        const bool tells =
            shape && i == 0 && (shape->batch != engine::Shape::unknown || !shape->sizes.is_known());
        if (!tells) shape.reset();
    }
}

}  // namespace

engine::Tensor ready_input(const engine::Shape& shape) {
    constexpr std::uint64_t seed = 1;
    constexpr int side_of_a_digit = 12;
    if (shape.rank() < 3) return engine::random_input(shape, seed);
    const bool is_picture = std::min(shape.height(), shape.width()) >= side_of_a_digit;
    return is_picture ? engine::digit_input(shape) : engine::counting_input(shape);
}

engine::WeightRecipe recipe_of(const JsonField& initializer) {
    const bool is_object = initializer.given() && initializer.value()->kind == Kind::object;
    const std::string name = text_in(is_object ? initializer["class_name"] : initializer);
    std::string letters;
    for (const char c : lower_case(name))
        if (c != '_') letters += c;
    engine::WeightRecipe recipe;
    if (letters == "zeros") recipe.initializer = engine::Initializer::zeros;
    if (letters == "ones") recipe.initializer = engine::Initializer::ones;
    if (!is_object) return recipe;

    const JsonField config = initializer["config"];
    const auto is_number = [&](const char* key, std::string_view written) {
        const JsonField field = config[key];
        return field.given() && field.value()->kind == Kind::number &&
               json_to_double(field.value()->text) == json_to_double(written);
    };
    const bool is_glorot =
        letters == "glorotuniform" ||
        (letters == "variancescaling" && is_number("scale", "1") &&
         text_in(config["mode"]) == "fan_avg" && text_in(config["distribution"]) == "uniform");
    const JsonField seed = config["seed"];
    if (!is_glorot || !seed.given()) return recipe;
    // What is no whole number (Keras 3 keeps generators here) is no seed of ours.
    const std::string_view written = seed.value()->text;
    std::uint64_t value = 0;
    const auto [end, wrong] =
        std::from_chars(written.data(), written.data() + written.size(), value);
    if (wrong == std::errc{} && end == written.data() + written.size()) recipe.seed = value;
    return recipe;
}

bool is_model_key(const QString& key) { return is_one_of(key, {"module", "class_name", "config"}); }

Result<OpenedLesson> read_keras_json(const QByteArray& json) {
    auto text = JsonText::parse(json, JsonRules::strict);
    // json.dump(model.to_json(), file) writes the text once more, as a text.
    if (text && text->root().kind == Kind::string)
        text = JsonText::parse(QByteArray::fromStdString(json_to_string(text->root())),
                               JsonRules::strict);
    if (!text) return text.error();
    std::optional<Error> problem;
    const JsonField file(*text, &text->root(), {}, problem);
    OpenedLesson opened = Reader(problem).read(file);
    if (problem) return *problem;
    return opened;
}

}  // namespace ui::formats
