// SPDX-License-Identifier: MIT
// Cases in the schema of public test vectors → numbers. Every case stands for itself: a mistake in one is its answer.
#include "ui/document/eval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/forward.h"
#include "engine/model.h"
#include "engine/summary.h"
#include "ui/document/batch.h"
#include "ui/document/error_text.h"
#include "ui/document/layer_json.h"
#include "ui/document/lesson_json.h"

namespace ui::document {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Geometry;
using engine::LayerSpec;
using engine::Result;
using engine::Shape;
using engine::Tensor;

/// Layers a case can ask for by themselves, and the class each is.
constexpr std::array<std::pair<std::string_view, const char*>, 17> single_layers{{
    {"conv2d_transpose", "Conv2DTranspose"},
    {"upsampling2d", "UpSampling2D"},
    {"conv2d", "Conv2D"},
    {"dense", "Dense"},
    {"activation", "Activation"},
    {"leaky_relu", "LeakyReLU"},
    {"re_lu", "ReLU"},
    {"batch_normalization", "BatchNormalization"},
    {"dropout", "Dropout"},
    {"max_pooling2d", "MaxPooling2D"},
    {"average_pooling2d", "AveragePooling2D"},
    {"global_max_pooling2d", "GlobalMaxPooling2D"},
    {"global_average_pooling2d", "GlobalAveragePooling2D"},
    {"flatten", "Flatten"},
    {"reshape", "Reshape"},
    {"zero_padding2d", "ZeroPadding2D"},
    {"cropping2d", "Cropping2D"},
}};

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
    engine::Weights weights = read_weights(field);
    const engine::WeightShapes shapes = engine::weight_shapes(spec, geometry);
    const bool null_bias = field["bias"].value() && !field["bias"].given();
    if (null_bias && shapes.bias.rank() > 0) weights.bias = Tensor::filled(shapes.bias, 0);
    if (shapes.bias.rank() == 0) weights.bias = {};
    if (shapes.gamma.rank() == 0) weights.gamma = {};
    if (shapes.beta.rank() == 0) weights.beta = {};
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
    TimeLimit limit;
    std::int64_t numbers = 0;  ///< that the answers hold
    engine::Effort effort = {};
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
        for (const auto& [name, class_name] : single_layers)
            if (layer == name) return answer_single(class_name);
        fail({.code = ErrorCode::unknown_name, .subject = "layer", .text = layer});
    }

private:
    void fail(const Error& error) {
        if (!m_problem) m_problem = error;
    }

    /// Counts the numbers this case will answer with.
    bool fits(const Batch& batch, const Shape& output) {
        const std::int64_t count = output.count() * batch.size;
        const std::int64_t written = batch.items ? m_spent.numbers + count : count;
        const std::int64_t most = batch.items ? max_answer_count : engine::max_tensor_count;
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
    bool computes(Batch& batch, const std::vector<Ready>& layers) {
        engine::Effort effort = m_spent.effort;
        effort += effort_of(batch, layers);
        std::optional<Error> error = m_spent.limit.refuses(effort);
        if (!error) {
            m_spent.effort = effort;
            error = run_batch(batch, layers);
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

    void answer_single(const char* class_name) {
        const auto spec = read_layer(class_name, arguments());
        if (m_problem || !spec) return;
        if (auto error = keras_objects(*spec)) return fail(*error);
        answer_layer(*spec);
    }

    void answer_torch() {
        const JsonField args = arguments();
        const engine::Conv2DTranspose spec = read_torch_layer(args);
        const Batch batch = read_batch(input(), false);
        if (m_problem) return;
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
        answer_layer(spec);
    }

    /// Feature maps of any other height and width, in ONNX Resize's terms.
    void answer_resize() {
        const JsonField args = arguments();
        const engine::Sampling sampling = read_sampling(args);
        const engine::Extent size = args["out_size"].required().extent({1, 1});
        Batch batch = read_batch(input(), false);
        if (m_problem) return;
        const auto output = engine::resized(batch.shape, size);
        if (!output) return fail(output.error());
        if (!fits(batch, *output)) return;
        if (batch.items)
            for (Tensor& item : *batch.items) {
                auto result = engine::resample(sampling, *output, item);
                if (!result) return fail(result.error());
                item = *std::move(result);
            }
        batch.shape = *output;
        m_answer.add("output", output_text(batch, false));
    }

    void answer_layer(const LayerSpec& spec) {
        const bool channels_first = read_channels_first(arguments());
        Batch batch = read_batch(input(), channels_first);
        if (m_problem) return;
        const auto geometry = engine::infer(spec, batch.shape);
        if (!geometry) return fail(geometry.error());
        if (!fits(batch, geometry->output)) return;

        Ready layer{spec, *geometry, {}};
        if (batch.items) {
            layer.weights = weights_for(weights(), spec, *geometry);
            if (m_problem) return;
            if (auto error = engine::check_weights(spec, *geometry, layer.weights))
                return fail(*error);
        }
        if (!computes(batch, {layer})) return;
        m_answer.add("output", output_text(batch, channels_first));
        if (std::holds_alternative<engine::Conv2DTranspose>(spec)) {
            const std::array<int, 4> crop{geometry->rows.crop_before, geometry->rows.crop_after,
                                          geometry->columns.crop_before,
                                          geometry->columns.crop_after};
            m_answer.add("crop_top_bottom_left_right", write_sizes(crop));
        }
    }

    /// The layers of a model; errors carry the layer's index.
    std::vector<engine::Layer> read_layers(const JsonField& list) {
        std::vector<engine::Layer> layers;
        const std::size_t count = list.required().length(max_layers);
        for (std::size_t i = 0; i < count && !m_problem; ++i) {
            const JsonField layer = list.at(i).inside({});
            layer.inside("layer").require_object();
            const std::string name = layer["class_name"].required().string({});
            const auto spec = m_problem ? std::nullopt : read_layer(name, layer);
            if (read_channels_first(layer))
                fail({.code = ErrorCode::unsupported,
                      .subject = "data_format",
                      .text = "channels_first"});
            if (spec && !m_problem) m_problem = keras_objects(*spec);
            if (m_problem) m_problem->layer = static_cast<int>(i);
            if (spec) layers.push_back({*spec, {}});
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
        const std::vector<engine::Layer> layers = read_layers(args["layers"]);
        Batch batch = m_problem ? Batch{} : read_batch(input(), false);
        const std::vector<int> expected = args["input_shape"].integers();
        if (m_problem) return;
        if (!expected.empty() && !std::ranges::equal(expected, batch.shape.sizes()))
            return fail({.code = ErrorCode::shape_mismatch,
                         .subject = "input",
                         .given = wide(batch.shape.sizes()),
                         .limit = wide(expected)});

        const engine::ModelShapes shapes = engine::infer_model(layers, batch.shape);
        if (shapes.error) return fail(*shapes.error);
        std::vector<Ready> ready;
        QByteArrayList sizes;
        std::int64_t parameters = 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const Geometry& geometry = shapes.geometries[i];
            ready.push_back({layers[i].spec, geometry, {}});
            sizes << write_sizes(geometry.output.sizes());
            parameters += engine::parameter_count(layers[i].spec, geometry).total;
        }
        const Shape output = shapes.geometries.back().output;
        if (!fits(batch, output)) return;

        if (batch.items && !read_model_weights(ready)) return;
        if (!computes(batch, ready)) return;
        m_answer.add("output", output_text(batch, false));
        m_answer.add("layer_output_shapes", '[' + sizes.join(", ") + ']');
        m_answer.add("param_count", QByteArray::number(qint64{parameters}));
    }

    bool read_model_weights(std::vector<Ready>& layers) {
        const JsonField list = m_case["weights"]["layers"];
        for (std::size_t i = 0; i < layers.size() && !m_problem; ++i) {
            Ready& layer = layers[i];
            layer.weights = weights_for(list.at(i).inside({}), layer.spec, layer.geometry);
            if (!m_problem)
                m_problem = engine::check_weights(layer.spec, layer.geometry, layer.weights);
            if (m_problem) m_problem->layer = static_cast<int>(i);
        }
        return !m_problem;
    }

    void answer_summary() {
        const std::vector<engine::Layer> layers = read_layers(m_case["layers"].inside("layers"));
        const JsonField shape = m_case["input_shape"].inside("input_shape");
        const std::vector<int> sizes = shape.required().integers();
        if (m_problem) return;
        if (sizes.empty() || sizes.size() > 3)
            return fail({.code = ErrorCode::rank_mismatch,
                         .subject = shape.path(),
                         .given = {static_cast<std::int64_t>(sizes.size())},
                         .limit = {1, 2, 3}});
        const engine::ModelShapes shapes = engine::infer_model(layers, Shape(sizes));
        if (shapes.error) return fail(*shapes.error);
        JsonLine texts;
        for (const auto& [key, style, columns] : summary_texts)
            texts.add(key, json_string(engine::summary_text(
                               engine::summarize(layers, shapes.geometries, style), {columns})));
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
    const bool echoed =
        id && (id->kind == JsonValue::Kind::string ||
               (id->kind == JsonValue::Kind::number && std::isfinite(json_to_double(id->text))));
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
    error.add("code", json_string(engine::code_name(problem->code)));
    error.add("message", json_string(error_text(*problem).toStdString()));
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
    if (count > max_json_values)
        return Error{.code = ErrorCode::too_large,
                     .subject = "value count",
                     .given = {static_cast<std::int64_t>(count)},
                     .limit = {static_cast<std::int64_t>(max_json_values)}};
    Spent spent{options.limit};
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

}  // namespace ui::document
