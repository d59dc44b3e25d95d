// SPDX-License-Identifier: MIT
// Cases in the schema of public test vectors → numbers. Every case stands for itself: a mistake in
// one is its answer.
#include "app/eval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/batch.h"
#include "engine/models/model.h"
#include "engine/models/summary.h"
#include "ui/document/work_pool.h"
#include "ui/formats/layer_json.h"
#include "ui/formats/lesson_file.h"
#include "ui/formats/resize_json.h"
#include "ui/words/error_text.h"

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Geometry;
using engine::LayerSpec;
using engine::Result;
using engine::Shape;
using engine::Tensor;
using ui::formats::JsonField;
using ui::formats::JsonLine;
using ui::formats::JsonRules;
using ui::formats::JsonText;
using ui::formats::JsonValue;
using ui::formats::ReadLayer;
using ui::formats::Resize;

/// The texts of a model_summary case.
struct SummaryText {
    const char* key;
    engine::SummaryStyle style;
    int columns;
};
constexpr std::array<SummaryText, 8> summary_texts{{
    {"keras 2.2.4", engine::SummaryStyle::keras_2_2, 80},
    {"keras 2.3.1", engine::SummaryStyle::keras_2_3, 80},
    {"tf.keras 2.6", engine::SummaryStyle::tf_2_6, 80},
    {"tf.keras 2.11", engine::SummaryStyle::tf_2_11, 80},
    {"tf.keras 2.15", engine::SummaryStyle::tf_2_15, 80},
    {"keras 3.13.0, 60 columns", engine::SummaryStyle::keras_3, 60},
    {"keras 3.13.0, 80 columns", engine::SummaryStyle::keras_3, 80},
    {"keras 3.13.0, 100 columns", engine::SummaryStyle::keras_3, 100},
}};

std::vector<std::int64_t> wide(std::span<const int> sizes) { return {sizes.begin(), sizes.end()}; }

/// What Keras refuses although the engine can compute it: this command answers as Keras does.
std::optional<Error> keras_objects(const LayerSpec& spec) {
    if (auto error = engine::keras_refuses(spec)) return error;
    const auto explicit_padding = [](const auto& layer) {
        if constexpr (requires { std::get_if<engine::Explicit>(&layer.padding); })
            return std::holds_alternative<engine::Explicit>(layer.padding);
        else
            return false;
    };
    if (!std::visit(explicit_padding, spec)) return std::nullopt;
    return Error{.code = ErrorCode::wrong_type, .subject = "padding", .text = "valid or same"};
}

/// The tensors the layer has, no others; a bias that is null in the file is none, that is 0.
engine::Weights weights_for(const JsonField& field, const LayerSpec& spec,
                            const Geometry& geometry) {
    engine::Weights weights = ui::formats::read_weights(field);
    const engine::WeightShapes shapes = engine::weight_shapes(spec, geometry);
    const bool null_bias = field["bias"].value() && !field["bias"].given();
    if (null_bias && shapes.bias.rank() > 0) weights.bias = Tensor::filled(shapes.bias, 0);
    for (const engine::WeightSlot& slot : engine::weight_slots())
        if ((shapes.*slot.shape).rank() == 0) weights.*slot.tensor = {};
    return weights;
}

bool read_channels_first(const JsonField& arguments) {
    const JsonField format = arguments["data_format"];
    const std::string name = format.string("channels_last");
    if (name != "channels_last" && name != "channels_first")
        format.note({.code = ErrorCode::unknown_name, .subject = format.path(), .text = name});
    return name == "channels_first";
}

/// What the cases so far have taken.
struct Spent {
    ui::document::TimeLimit limit;
    std::int64_t numbers = 0;  ///< that the answers hold
    engine::Effort effort = {};
    ui::document::WorkPool pool = {};  ///< of all cases
};

/// One case: reads it, answers into the line, or leaves an error in `problem`.
class Case {
public:
    Case(const JsonField& field, std::optional<Error>& problem, JsonLine& answer, Spent& spent)
        : m_case(field), m_problem(problem), m_answer(answer), m_spent(spent) {}

    void answer() {
        m_case.require_object();
        const std::string layer = m_case["layer"].inside("layer").required().string({});
        if (m_problem) return;
        if (layer == "sequential") return answer_sequential();
        if (layer == "model_summary") return answer_summary();
        if (layer == "conv_transpose2d_torch") return answer_torch();
        if (layer == "resize") return answer_resize();
        if (const auto* definition = engine::definition_like(layer))
            return answer_single(*definition);
        fail({.code = ErrorCode::unknown_name, .subject = "layer", .text = layer});
    }

private:
    void fail(const Error& error) {
        if (!m_problem) m_problem = error;
    }

    /// Counts the numbers this case will answer with.
    bool fits(const Batch& batch, const Shape& output) {
        if (!output.is_known() || batch.size == Shape::unknown) return true;
        const std::int64_t count = engine::saturated_product(output.count(), batch.size);
        const std::int64_t written = batch.items ? m_spent.numbers + count : count;
        const std::int64_t most = batch.items ? max_answer_count : engine::max_shape_count;
        if (written <= most) {
            if (batch.items) m_spent.numbers = written;
            return true;
        }
        fail({.code = ErrorCode::over_budget,
              .subject = batch.items ? "answers" : "output",
              .given = {written},
              .limit = {most}});
        return false;
    }

    /// Counts what this case will compute, and runs it.
    bool computes(Batch& batch, std::span<const engine::Layer> layers,
                  std::span<const Geometry> geometries) {
        const engine::Effort needed = effort_of(batch, layers, geometries);
        engine::Effort effort = m_spent.effort;
        effort += needed;
        std::optional<Error> error = m_spent.limit.refuses(effort);
        if (!error) {
            m_spent.effort = effort;
            error = run_batch(batch, layers, geometries, m_spent.pool.for_work(needed));
        }
        if (error) fail(*error);
        return !error;
    }

    JsonField arguments() const {
        const JsonField field = m_case["args"].inside("args");
        if (field.given()) field.require_object();
        return field.inside({});
    }
    JsonField input() const { return m_case["input"].inside("input"); }
    JsonField weights() const { return m_case["weights"].inside({}); }

    void answer_single(const engine::LayerDefinition& definition) {
        const ReadLayer layer = ui::formats::read_layer(definition, arguments());
        if (m_problem || refuses_unknown(layer)) return;
        if (auto error = keras_objects(layer.spec)) return fail(*error);
        answer_layer({layer.spec, {}, layer.config});
    }

    /// Numbers that an argument would change are not given without it.
    bool refuses_unknown(const ReadLayer& layer) {
        if (!layer.unknown.empty()) fail(layer.unknown.front());
        return !layer.unknown.empty();
    }

    void answer_torch() {
        const JsonField args = arguments();
        const ReadLayer layer = ui::formats::read_torch_layer(args);
        const Batch batch = read_batch(input(), false);
        if (m_problem || refuses_unknown(layer)) return;
        const int channels = batch.shape[batch.shape.rank() - 1];
        const std::int64_t in_channels =
            args["in_channels"].whole(channels, 1, engine::max_tensor_count);
        if (m_problem) return;
        if (in_channels != channels) {
            std::vector<std::int64_t> wanted = wide(batch.shape.sizes());
            wanted.back() = in_channels;
            return fail({.code = ErrorCode::shape_mismatch,
                         .subject = "input",
                         .given = wide(batch.shape.sizes()),
                         .limit = wanted});
        }
        answer_layer({layer.spec, {}, layer.config});
    }

    /// Feature maps of any other height and width, in ONNX Resize's terms.
    void answer_resize() {
        const JsonField args = arguments();
        Batch batch = read_batch(input(), false);
        if (m_problem) return;
        const Resize resize = ui::formats::read_resize(args, batch.shape);
        if (m_problem) return;
        const auto output = engine::resized(batch.shape, resize.out_size);
        if (!output) return fail(output.error());
        if (!fits(batch, *output)) return;
        if (auto error = resample_batch(batch, resize.sampling, *output)) return fail(*error);
        m_answer.add("output", output_text(batch, false));
    }

    void answer_layer(engine::Layer described) {
        const LayerSpec& spec = described.spec;
        const bool channels_first = read_channels_first(arguments());
        Batch batch = read_batch(input(), channels_first);
        if (m_problem) return;
        engine::ModelShapes shapes = engine::infer_model({&described, 1}, batch.shape);
        if (shapes.error) {
            shapes.error->layer = -1;  // it stands alone
            return fail(*shapes.error);
        }
        const Geometry* geometry = &shapes.geometries.front();
        if (!fits(batch, geometry->output)) return;

        if (batch.items) {
            if (auto error = engine::check_computable({&described, 1}, shapes.geometries)) {
                error->layer = -1;
                return fail(*error);
            }
            described.weights = {std::nullopt, weights_for(weights(), spec, *geometry)};
            if (m_problem) return;
            if (auto error = engine::check_weights(spec, *geometry, described.weights.values))
                return fail(*error);
        }
        if (!computes(batch, {&described, 1}, shapes.geometries)) return;
        m_answer.add("output", output_text(batch, channels_first));
        if (std::holds_alternative<engine::Conv2DTranspose>(spec)) {
            const std::array<int, 4> crop{geometry->rows.crop_before, geometry->rows.crop_after,
                                          geometry->columns.crop_before,
                                          geometry->columns.crop_after};
            m_answer.add("crop_top_bottom_left_right", ui::formats::write_sizes(crop));
        }
    }

    /// The layers of a model; errors carry the layer's index.
    std::vector<engine::Layer> read_layers(const JsonField& list) {
        std::vector<engine::Layer> layers;
        const std::size_t count = list.required().length(ui::formats::max_layers);
        for (std::size_t i = 0; i < count && !m_problem; ++i) {
            const JsonField layer = list.at(i).inside({});
            layer.inside("layer").require_object();
            const std::string name = layer["class_name"].required().string({});
            // Keras's own files keep the arguments in an object of their own.
            const JsonField config = layer["config"];
            const JsonField arguments = config.given() ? config.inside({}) : layer;
            const auto read = m_problem ? std::nullopt : ui::formats::read_layer(name, arguments);
            if (read_channels_first(arguments))
                fail({.code = ErrorCode::unsupported,
                      .subject = "data_format",
                      .text = "channels_first"});
            if (read && !m_problem && !refuses_unknown(*read))
                m_problem = keras_objects(read->spec);
            if (m_problem) m_problem->layer = static_cast<int>(i);
            if (read) layers.push_back({read->spec, {}, read->config});
        }
        if (count == 0 && !m_problem)
            fail({.code = ErrorCode::not_positive,
                  .subject = "layer count",
                  .given = {0},
                  .limit = {1}});
        return layers;
    }

    void answer_sequential() {
        const JsonField args = arguments();
        std::vector<engine::Layer> layers = read_layers(args["layers"]);
        Batch batch = m_problem ? Batch{} : read_batch(input(), false);
        const std::vector<int> expected = ui::formats::read_sizes(args["input_shape"]);
        if (m_problem) return;
        if (!expected.empty() && !engine::agree(Shape(expected), batch.shape))
            return fail({.code = ErrorCode::shape_mismatch,
                         .subject = "input",
                         .given = wide(batch.shape.sizes()),
                         .limit = wide(expected)});

        const engine::ModelShapes shapes = engine::infer_model(layers, batch.shape);
        if (shapes.error) return fail(*shapes.error);
        QByteArrayList sizes;
        std::int64_t parameters = 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const Geometry& geometry = shapes.geometries[i];
            sizes << ui::formats::write_shape(geometry.output.sizes());
            parameters += engine::parameter_count(layers[i].spec, geometry).total;
        }
        const Shape output = shapes.geometries.back().output;
        if (!fits(batch, output)) return;

        if (batch.items) {
            if (auto error = engine::check_computable(layers, shapes.geometries))
                return fail(*error);
            if (!read_model_weights(layers, shapes.geometries)) return;
        }
        if (!computes(batch, layers, shapes.geometries)) return;
        m_answer.add("output", output_text(batch, false));
        m_answer.add("layer_output_shapes", '[' + sizes.join(", ") + ']');
        m_answer.add("param_count", QByteArray::number(qint64{parameters}));
    }

    bool read_model_weights(std::vector<engine::Layer>& layers,
                            std::span<const Geometry> geometries) {
        const JsonField list = m_case["weights"]["layers"];
        for (std::size_t i = 0; i < layers.size() && !m_problem; ++i) {
            const LayerSpec& spec = layers[i].spec;
            const engine::Weights read = weights_for(list.at(i).inside({}), spec, geometries[i]);
            if (!m_problem) m_problem = engine::check_weights(spec, geometries[i], read);
            layers[i].weights = {std::nullopt, read};
            if (m_problem) m_problem->layer = static_cast<int>(i);
        }
        return !m_problem;
    }

    /// What is given as the model's input, or what its layers say themselves.
    Shape read_input_shape(const std::vector<engine::Layer>& layers) {
        const JsonField shape = m_case["input_shape"].inside("input_shape");
        const Shape declared = engine::declared_input(layers).sizes;
        if (!shape.given() && declared.rank() > 0) return declared;
        const std::vector<int> sizes = ui::formats::read_sizes(shape.required());
        if (!m_problem && (sizes.empty() || sizes.size() > 3))
            fail({.code = ErrorCode::rank_mismatch,
                  .subject = shape.path(),
                  .given = {static_cast<std::int64_t>(sizes.size())},
                  .limit = {1, 2, 3}});
        return m_problem ? Shape() : Shape(sizes);
    }

    engine::ModelHead read_head() {
        engine::ModelHead head{.name = ui::formats::read_name(m_case["name"].inside("name"))};
        const JsonField field = m_case["class_name"].inside("class_name");
        const std::string name = field.string("Sequential");
        if (name == "Functional" || name == "Model")
            head.model_class = engine::ModelClass::functional;
        else if (name != "Sequential")
            field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = name});
        return head;
    }

    void answer_summary() {
        const std::vector<engine::Layer> layers = read_layers(m_case["layers"].inside("layers"));
        const engine::ModelHead head = read_head();
        if (m_problem) return;
        const Shape input = read_input_shape(layers);
        if (m_problem) return;
        const engine::ModelShapes shapes = engine::infer_model(layers, input);
        if (shapes.error) return fail(*shapes.error);
        JsonLine texts;
        for (const auto& [key, style, columns] : summary_texts)
            texts.add(key,
                      ui::formats::json_string(engine::summary_text(
                          engine::summarize(layers, shapes.geometries, style, head), {columns})));
        m_answer.add("texts", texts.text());
    }

    const JsonField& m_case;
    std::optional<Error>& m_problem;
    JsonLine& m_answer;
    Spent& m_spent;
};

/// A case's id as written, if it is text or a number.
QByteArray id_of(const JsonField& field) {
    const JsonValue* id = field["id"].value();
    const bool echoed = id && (id->kind == JsonValue::Kind::string ||
                               (id->kind == JsonValue::Kind::number &&
                                std::isfinite(ui::formats::json_to_double(id->text))));
    return echoed ? QByteArray(id->text.data(), static_cast<qsizetype>(id->text.size())) : "null";
}

QByteArray answer_to(const JsonText& text, const JsonValue* value, const std::string& path,
                     Spent& spent) {
    std::optional<Error> problem;
    const JsonField field(text, value, path, problem);
    JsonLine answer;
    answer.add("id", id_of(field));
    JsonLine result = answer;
    Case(field, problem, result, spent).answer();
    if (!problem) return result.text();

    JsonLine error;
    error.add("code", ui::formats::json_string(engine::code_name(problem->code)));
    error.add("message", ui::formats::json_string(ui::words::error_text(*problem).toStdString()));
    answer.add("error", error.text());
    return answer.text();
}

}  // namespace

Result<QByteArray> evaluate(const QByteArray& cases_json, const EvalOptions& options) {
    const auto text = JsonText::parse(cases_json, JsonRules::tolerant);
    if (!text) return text.error();
    std::optional<Error> problem;
    const JsonField file(*text, &text->root(), {}, problem);
    file.inside("file").require_object();
    const JsonField cases = file["cases"].required();
    const bool list = cases.given() && (cases.value()->kind == JsonValue::Kind::array ||
                                        cases.value()->kind == JsonValue::Kind::numbers);
    if (cases.given() && !list) cases.refuse("a list of objects");
    if (problem) return *problem;

    // A list of bare numbers keeps no values: each is a case that is no object.
    const JsonValue& value = *cases.value();
    const std::size_t count = std::max(value.items.size(), value.count);
    if (count > ui::formats::max_json_values)
        return Error{.code = ErrorCode::too_large,
                     .subject = "value count",
                     .given = {static_cast<std::int64_t>(count)},
                     .limit = {static_cast<std::int64_t>(ui::formats::max_json_values)}};
    Spent spent{.limit = options.limit};
    QByteArray answers = "{\"cases\": [\n";
    for (std::size_t i = 0; i < count; ++i) {
        if (options.watch && !options.watch(static_cast<double>(i) / static_cast<double>(count)))
            return Error{.code = ErrorCode::cancelled};
        const JsonValue* item = i < value.items.size() ? &value.items[i] : nullptr;
        if (i > 0) answers += ",\n";
        answers += answer_to(*text, item, "cases[" + std::to_string(i) + ']', spent);
    }
    answers += "\n]}\n";
    return answers;
}

}  // namespace app
