// SPDX-License-Identifier: MIT
// LessonFile → Keras's JSON. A lesson that begins with an InputLayer is a functional model, any
// other a Sequential; an InputLayer tells the shape in both, for Keras 3 knows no other way. So
// that Keras 3 finds the class of the model it needs "module"; Keras 2 does not look at it.
#include <algorithm>
#include <array>
#include <set>

#include "engine/models/summary.h"
#include "ui/formats/json/json_block.h"
#include "ui/formats/keras_json.h"
#include "ui/formats/layer_json.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

/// Keys that stand beside a layer's config in Keras 3, and nowhere in Keras 2.
constexpr std::array<std::string_view, 5> keys_of_keras_3{
    "module", "registered_name", "build_config", "compile_config", "shared_object_id"};

/// What Keras has no words for.
std::optional<Error> refusal_of(const engine::LayerSpec& spec, std::size_t place) {
    const engine::LayerDefinition& definition = engine::definition_of(spec);
    const auto refused = [&definition](const std::string& what) {
        return Error{.code = ErrorCode::not_in_dialect,
                     .subject = std::string(definition.class_name),
                     .text = what,
                     .dialect = "Keras"};
    };
    if (!definition.is_in_keras) return refused({});
    if (definition.class_name == "InputLayer" && place > 0) return refused("place");
    for (const engine::Argument& argument : definition.arguments) {
        const engine::ArgumentValue value = argument.value_in(spec);
        const auto* padding = std::get_if<engine::Padding>(&value);
        if (padding && std::holds_alternative<engine::Explicit>(*padding))
            return refused(std::string(argument.name));
    }
    const auto* transposed = std::get_if<engine::Conv2DTranspose>(&spec);
    if (transposed && transposed->groups != 1) return refused("groups");
    return engine::keras_refuses(spec);
}

bool has_kernel(const engine::LayerSpec& spec) {
    const auto& tensors = engine::definition_of(spec).tensors;
    return std::ranges::find(tensors, "kernel") != tensors.end();
}

/// What the first layer takes: as it says itself, or as the lesson's input is.
engine::BatchShape input_of(const engine::Lesson& lesson) {
    const auto& declared = lesson.layers.front().config.batch_shape;
    if (declared && declared->sizes.rank() > 0) return *declared;
    return {declared ? declared->batch : engine::Shape::unknown, lesson.input.shape()};
}

QByteArray shape_text(const engine::BatchShape& shape) {
    std::vector<int> sizes{shape.batch};
    const auto rest = shape.sizes.sizes();
    sizes.insert(sizes.end(), rest.begin(), rest.end());
    return write_shape(sizes);
}

/// By the name that every release knows: Glorot's initializer has been a function, too.
QByteArray initializer_text(const engine::WeightRecipe& recipe) {
    switch (recipe.initializer) {
        case engine::Initializer::zeros:
            return R"({"class_name": "Zeros", "config": {}})";
        case engine::Initializer::ones:
            return R"({"class_name": "Ones", "config": {}})";
        case engine::Initializer::glorot_uniform:
            return R"({"class_name": "VarianceScaling", "config": {"scale": 1.0, )"
                   R"("mode": "fan_avg", "distribution": "uniform", "seed": )" +
                   QByteArray::number(quint64{recipe.seed}) + "}}";
        default:
            return {};
    }
}

/// Is it an initializer as a file has it, and would be read as this recipe?
bool means(const QJsonValue& kept, const engine::WeightRecipe& recipe) {
    const QByteArray json = json_from_qt(kept);
    const auto text = JsonText::parse(json, JsonRules::strict);
    std::optional<Error> problem;
    return text && recipe_of(JsonField(*text, &text->root(), {}, problem)) == recipe;
}

class Writer {
public:
    explicit Writer(const LessonFile& file) : m_file(file) {}
    Result<WrittenLesson> write();

private:
    const engine::Lesson& lesson() const { return m_file.lesson; }
    const engine::Layer& layer(std::size_t place) const { return lesson().layers[place]; }
    bool isFunctional() const { return std::holds_alternative<engine::InputLayer>(layer(0).spec); }
    void nameLayers();
    QByteArray modelConfig();
    QByteArray inputLayer();
    QByteArray layerText(std::size_t place);
    QByteArray config(std::size_t place);
    void addConfig(JsonLine& line, std::size_t place);
    void addInitializer(JsonLine& line, std::size_t place, const QJsonValue& kept);
    void addKept(JsonLine& line, std::size_t place, const QJsonObject& kept);
    void addKept(JsonBlock& block);
    void sayWhatIsLeftOut();
    void leaveOut(std::string what, int place = -1) {
        m_written.left_out.push_back(
            {.code = ErrorCode::left_out, .subject = std::move(what), .layer = place});
    }

    const LessonFile& m_file;
    std::vector<std::string> m_names;  ///< of the layers; empty: left to Keras
    WrittenLesson m_written;
};

/// Keras wants another name for every layer, and in a functional model they say what follows what.
void Writer::nameLayers() {
    std::set<std::string> used;
    for (std::size_t i = 0; i < lesson().layers.size(); ++i) {
        m_names.push_back(layer(i).config.name);
        if (m_names[i].empty() || used.insert(m_names[i]).second) continue;
        leaveOut("name", static_cast<int>(i));
        m_names[i].clear();
    }
    if (!isFunctional()) return;
    for (std::size_t i = 0; i < m_names.size(); ++i)
        for (int number = 1; m_names[i].empty(); ++number) {
            const std::string made = engine::snake_case(engine::class_name(layer(i).spec)) + '_' +
                                     std::to_string(number);
            if (used.insert(made).second) m_names[i] = made;
        }
}

QByteArray Writer::inputLayer() {
    JsonLine config;
    config.add("batch_input_shape", shape_text(input_of(lesson())));
    const QJsonObject kept = m_file.unknown[QLatin1String(input_layer_key)].toObject();
    for (auto it = kept.begin(); it != kept.end(); ++it)
        if (!it.value().isNull() && it.key() != QLatin1String("batch_input_shape"))
            config.add(it.key().toStdString(), json_from_qt(it.value()));
    JsonLine line;
    line.add("class_name", json_string("InputLayer"));
    line.add("config", config.text());
    return line.text();
}

/// The one that was kept, as long as it means what the layer's recipe does; else what the recipe is
/// called.
void Writer::addInitializer(JsonLine& line, std::size_t place, const QJsonValue& kept) {
    constexpr std::string_view key = "kernel_initializer";
    const auto& recipe = layer(place).weights.recipe;
    const bool is_kept = !kept.isUndefined() && !kept.isNull();
    if (is_kept && (!recipe || means(kept, *recipe))) return line.add(key, json_from_qt(kept));
    if (!recipe || *recipe == engine::WeightRecipe{}) return;  // Keras's default
    const QByteArray text = initializer_text(*recipe);
    if (text.isEmpty()) return leaveOut("weights", static_cast<int>(place));
    line.add(key, text);
}

/// What was read and is no argument of the layer goes back to where it came from.
void Writer::addKept(JsonLine& line, std::size_t place, const QJsonObject& kept) {
    for (auto it = kept.begin(); it != kept.end(); ++it) {
        if (it.value().isNull()) continue;
        const std::string key = it.key().toStdString();
        if (std::ranges::find(keys_of_keras_3, key) != keys_of_keras_3.end())
            leaveOut(key, static_cast<int>(place));
        else
            line.add(key, json_from_qt(it.value()));
    }
}

void Writer::addConfig(JsonLine& line, std::size_t place) {
    const engine::LayerConfig& config = layer(place).config;
    if (!m_names[place].empty()) line.add("name", json_string(m_names[place]));
    if (!config.trainable) line.add("trainable", "false");
    if (config.dtype != engine::DataType{})
        line.add("dtype", json_string(engine::name_of(engine::choice_names(config.dtype),
                                                      static_cast<int>(config.dtype))));
    if (place == 0 && isFunctional())
        line.add("batch_input_shape", shape_text(input_of(lesson())));
    else if (place > 0 && config.batch_shape)
        leaveOut("batch_shape", static_cast<int>(place));
}

QByteArray Writer::config(std::size_t place) {
    const engine::WeightSetting& weights = layer(place).weights;
    LessonFile::UnknownInLayer unknown =
        unknown_in_layer(m_file.unknown_layers, m_file.lesson.layers, place);
    JsonLine line;
    addConfig(line, place);
    add_arguments(line, layer(place).spec, Spelling::keras_2);
    const bool is_initialized = has_kernel(layer(place).spec);
    if (is_initialized)
        addInitializer(line, place, unknown.layer.take(QStringLiteral("kernel_initializer")));
    addKept(line, place, unknown.layer);
    if ((is_initialized && !weights.recipe) || weights.values != engine::Weights{} ||
        !unknown.weights.isEmpty())
        leaveOut("weights", static_cast<int>(place));
    return line.text();
}

QByteArray Writer::layerText(std::size_t place) {
    JsonLine line;
    line.add("class_name", json_string(engine::class_name(layer(place).spec)));
    if (isFunctional()) line.add("name", json_string(m_names[place]));
    line.add("config", config(place));
    if (isFunctional() && place == 0) line.add("inbound_nodes", "[]");
    if (isFunctional() && place > 0)
        line.add("inbound_nodes", "[[[" + json_string(m_names[place - 1]) + ", 0, 0, {}]]]");
    return line.text();
}

QByteArray Writer::modelConfig() {
    QByteArrayList layers;
    if (!isFunctional()) layers << inputLayer();
    for (std::size_t i = 0; i < lesson().layers.size(); ++i) layers << layerText(i);
    JsonBlock block(2);
    // Without this key Keras takes the config for a list of layers; null lets it find a name.
    block.add("name", lesson().name.empty() ? QByteArray("null") : json_string(lesson().name));
    block.add("layers", json_lines(layers, 4));
    if (isFunctional()) {
        const auto end = [](const std::string& name) -> QByteArray {
            return "[[" + json_string(name) + ", 0, 0]]";
        };
        block.add("input_layers", end(m_names.front()));
        block.add("output_layers", end(m_names.back()));
    }
    return block.text();
}

void Writer::addKept(JsonBlock& block) {
    for (auto it = m_file.unknown.begin(); it != m_file.unknown.end(); ++it) {
        const bool is_input_layer =
            it.key() == QLatin1String(input_layer_key) && it.value().isObject() && !isFunctional();
        if (is_input_layer || it.value().isNull()) continue;
        if (is_model_key(it.key()))
            leaveOut(it.key().toStdString());
        else
            block.add(it.key().toStdString(), json_from_qt(it.value()));
    }
}

void Writer::sayWhatIsLeftOut() {
    if (lesson().title != lesson().name) leaveOut("title");
    if (!lesson().notes.empty()) leaveOut("notes");
    if (!lesson().against.empty()) leaveOut("against");
    const engine::Tensor& input = lesson().input;
    const bool is_ready = input.shape().rank() > 0 && input == ready_input(input.shape());
    if (!is_ready || !m_file.unknown_input.isEmpty()) leaveOut("input");
}

Result<WrittenLesson> Writer::write() {
    if (lesson().layers.empty())
        return Error{
            .code = ErrorCode::not_positive, .subject = "layer count", .given = {0}, .limit = {1}};
    for (std::size_t i = 0; i < lesson().layers.size(); ++i)
        if (auto refusal = refusal_of(layer(i).spec, i)) {
            refusal->layer = static_cast<int>(i);
            return *refusal;
        }
    sayWhatIsLeftOut();
    nameLayers();
    JsonBlock block(0);
    block.add("module", json_string("keras"));
    block.add("class_name", json_string(isFunctional() ? "Model" : "Sequential"));
    block.add("config", modelConfig());
    addKept(block);
    m_written.bytes = block.text() + '\n';
    // What is kept may be nested deeper than it was, or be a word of Keras's.
    if (const auto again = read_keras_json(m_written.bytes); !again) return again.error();
    return std::move(m_written);
}

}  // namespace

Result<WrittenLesson> write_keras_json(const LessonFile& file) { return Writer(file).write(); }

}  // namespace ui::formats
