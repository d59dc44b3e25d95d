// SPDX-License-Identifier: MIT
// JSON → layers, tensors and weights. Only the form is checked here; whether arguments make sense together
// is the engine's judgement (geometry.h).
#include <algorithm>
#include <array>

#include "ui/document/layer_json.h"

namespace ui::document {

namespace {

using engine::ErrorCode;
using Kind = JsonValue::Kind;

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

void note_unknown_name(const JsonField& field, std::string name) {
    field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = std::move(name)});
}

engine::Padding read_padding(const JsonField& field) {
    if (!field.given()) return engine::Valid{};
    if (field.value()->kind != Kind::string) return engine::Explicit{field.extent({0, 0})};
    const std::string name = field.string({});
    if (lower(name) == "same") return engine::Same{};
    if (lower(name) != "valid") note_unknown_name(field, name);
    return engine::Valid{};
}

/// 1, [rows, columns] or [[top, bottom], [left, right]].
engine::Edges read_edges(const JsonField& field, engine::Edges fallback) {
    if (!field.given()) return fallback;
    if (field.value()->kind != Kind::array) {
        const engine::Extent both = field.extent({0, 0});
        return {both.height, both.height, both.width, both.width};
    }
    const engine::Extent rows = field.at(0).required().extent({0, 0});
    const engine::Extent columns = field.at(1).required().extent({0, 0});
    if (field.value()->items.size() != 2) field.refuse("[[top, bottom], [left, right]]");
    return {rows.height, rows.width, columns.height, columns.width};
}

engine::Interpolation read_interpolation(const JsonField& field) {
    const std::string name = field.string("nearest");
    const auto kind = engine::interpolation_named(name);
    if (!kind) note_unknown_name(field, name);
    return kind.value_or(engine::Interpolation::nearest);
}

/// What Conv2D and Conv2DTranspose share.
template <typename Convolution>
Convolution read_convolution(const JsonField& arguments) {
    Convolution layer;
    layer.filters = arguments["filters"].required().integer(1);
    layer.kernel_size = arguments["kernel_size"].required().extent({1, 1});
    layer.strides = arguments["strides"].extent({1, 1});
    layer.padding = read_padding(arguments["padding"]);
    layer.dilation_rate = arguments["dilation_rate"].extent({1, 1});
    layer.groups = arguments["groups"].integer(1);
    layer.activation = read_activation(arguments["activation"], engine::ActivationKind::linear);
    layer.use_bias = arguments["use_bias"].boolean(true);
    return layer;
}

engine::LayerSpec read_transpose(const JsonField& arguments) {
    auto layer = read_convolution<engine::Conv2DTranspose>(arguments);
    if (const JsonField extra = arguments["output_padding"]; extra.given())
        layer.output_padding = extra.extent({0, 0});
    return layer;
}

engine::LayerSpec read_upsampling(const JsonField& arguments) {
    return engine::UpSampling2D{arguments["size"].extent({2, 2}),
                                read_interpolation(arguments["interpolation"])};
}

engine::LayerSpec read_dense(const JsonField& arguments) {
    return engine::Dense{arguments["units"].required().integer(1),
                         read_activation(arguments["activation"], engine::ActivationKind::linear),
                         arguments["use_bias"].boolean(true)};
}

engine::LayerSpec read_reshape(const JsonField& arguments) {
    const JsonField field = arguments["target_shape"].required();
    const std::vector<int> sizes = field.integers();
    if (!sizes.empty() && sizes.size() <= 4) return engine::Reshape{engine::Shape(sizes)};
    field.note({.code = ErrorCode::rank_mismatch,
                .subject = field.path(),
                .given = {static_cast<std::int64_t>(sizes.size())},
                .limit = {1, 2, 3}});
    return engine::Reshape{};
}

engine::LayerSpec read_normalization(const JsonField& arguments) {
    // Only the last axis: of a feature map that is also axis 3.
    const JsonField axis = arguments["axis"];
    const bool list = axis.given() && axis.value()->kind == Kind::numbers;
    const std::vector<int> axes = list ? axis.integers() : std::vector<int>{axis.integer(-1)};
    if (axes != std::vector<int>{-1} && axes != std::vector<int>{3})
        axis.note({.code = ErrorCode::unsupported,
                   .subject = axis.path(),
                   .text = std::string(axis.value()->text)});
    return engine::BatchNormalization{arguments["epsilon"].number(1e-3F),
                                      arguments["center"].boolean(true),
                                      arguments["scale"].boolean(true)};
}

template <engine::PoolKind kind>
engine::LayerSpec read_pooling(const JsonField& arguments) {
    engine::Pooling2D layer;
    layer.kind = kind;
    layer.pool_size = arguments["pool_size"].extent({2, 2});
    if (const JsonField strides = arguments["strides"]; strides.given())
        layer.strides = strides.extent({1, 1});
    layer.padding = read_padding(arguments["padding"]);
    return layer;
}

struct LayerClass {
    const char* name;
    engine::LayerSpec (*read)(const JsonField& arguments);
};

const std::array<LayerClass, 17> layer_classes{{
    {"UpSampling2D", read_upsampling},
    {"Conv2DTranspose", read_transpose},
    {"Conv2D",
     [](const JsonField& arguments) -> engine::LayerSpec {
         return read_convolution<engine::Conv2D>(arguments);
     }},
    {"Dense", read_dense},
    {"Reshape", read_reshape},
    {"Flatten", [](const JsonField&) -> engine::LayerSpec { return engine::Flatten{}; }},
    {"Activation",
     [](const JsonField& arguments) -> engine::LayerSpec {
         return engine::Activation{
             read_activation(arguments["activation"].required(), engine::ActivationKind::linear)};
     }},
    {"LeakyReLU",
     [](const JsonField& arguments) -> engine::LayerSpec {
         // Keras 2 says alpha, Keras 3 negative_slope; files hold either.
         const float alpha = arguments["alpha"].number(engine::LeakyReLU{}.negative_slope);
         return engine::LeakyReLU{arguments["negative_slope"].number(alpha)};
     }},
    {"ReLU", [](const JsonField&) -> engine::LayerSpec { return engine::ReLU{}; }},
    {"BatchNormalization", read_normalization},
    {"Dropout",
     [](const JsonField& arguments) -> engine::LayerSpec {
         return engine::Dropout{arguments["rate"].number(engine::Dropout{}.rate)};
     }},
    {"MaxPooling2D", read_pooling<engine::PoolKind::max>},
    {"AveragePooling2D", read_pooling<engine::PoolKind::average>},
    {"GlobalMaxPooling2D",
     [](const JsonField&) -> engine::LayerSpec {
         return engine::GlobalPooling2D{engine::PoolKind::max};
     }},
    {"GlobalAveragePooling2D",
     [](const JsonField&) -> engine::LayerSpec {
         return engine::GlobalPooling2D{engine::PoolKind::average};
     }},
    {"ZeroPadding2D",
     [](const JsonField& arguments) -> engine::LayerSpec {
         return engine::ZeroPadding2D{read_edges(arguments["padding"], {1, 1, 1, 1})};
     }},
    {"Cropping2D",
     [](const JsonField& arguments) -> engine::LayerSpec {
         return engine::Cropping2D{read_edges(arguments["cropping"], {})};
     }},
}};

/// Sizes that are positive and stay inside the budget; else an error is noted.
void check_sizes(const JsonField& field, const std::vector<int>& sizes, std::int64_t min_rank,
                 std::int64_t max_rank) {
    const auto rank = static_cast<std::int64_t>(sizes.size());
    if (rank < min_rank || rank > max_rank) {
        engine::Error error{
            .code = ErrorCode::rank_mismatch, .subject = field.path(), .given = {rank}};
        for (std::int64_t good = min_rank; good <= max_rank; ++good) error.limit.push_back(good);
        return field.note(std::move(error));
    }
    std::int64_t count = 1;
    for (const int size : sizes) {
        if (size < 1)
            return field.note({.code = ErrorCode::not_positive,
                               .subject = field.path(),
                               .given = {size},
                               .limit = {1}});
        count *= size;  // at most 2^26 · 2^31 before the next look
        if (count > engine::max_tensor_count)
            return field.note({.code = ErrorCode::over_budget,
                               .subject = field.path(),
                               .given = {count},
                               .limit = {engine::max_tensor_count}});
    }
}

/// The numbers of a list, counted before they are made.
std::vector<float> read_numbers(const JsonField& field, std::int64_t count) {
    const JsonValue& value = *field.value();
    const bool empty = value.kind == Kind::array && value.items.empty();
    if (value.kind != Kind::numbers && !empty) {
        field.refuse("a list of numbers");
        return {};
    }
    if (static_cast<std::int64_t>(value.count) != count) {
        field.note({.code = ErrorCode::size_mismatch,
                    .subject = field.path(),
                    .given = {static_cast<std::int64_t>(value.count)},
                    .limit = {count}});
        return {};
    }
    std::vector<float> numbers = json_to_floats(value);
    if (const std::int64_t index = engine::first_not_finite(numbers); index >= 0)
        field.note({.code = ErrorCode::not_finite, .subject = field.path(), .given = {index}});
    return numbers;
}

std::int64_t product(const std::vector<int>& sizes) {
    std::int64_t count = 1;
    for (const int size : sizes) count *= size;
    return count;
}

engine::Tensor read_weight(const JsonField& field) {
    if (!field.given() || !field.good()) return {};
    if (field.value()->kind == Kind::numbers) {
        const auto count = static_cast<std::int64_t>(field.value()->count);
        const std::vector<int> sizes{static_cast<int>(std::min<std::int64_t>(count, INT32_MAX))};
        check_sizes(field, sizes, 1, 1);
        if (!field.good()) return {};
        std::vector<float> numbers = read_numbers(field, count);
        return field.good() ? engine::Tensor(engine::Shape(sizes), std::move(numbers))
                            : engine::Tensor();
    }
    const JsonTensor tensor = read_tensor(field, 1, 4);
    if (!tensor.data) field["data"].required();
    return field.good() ? tensor.tensor() : engine::Tensor();
}

}  // namespace

std::optional<engine::LayerSpec> read_layer(const std::string& class_name,
                                            const JsonField& arguments) {
    for (const LayerClass& known : layer_classes)
        if (class_name == known.name) return known.read(arguments);
    note_unknown_name(arguments.inside("class_name"), class_name);
    return std::nullopt;
}

engine::Conv2DTranspose read_torch_layer(const JsonField& arguments) {
    engine::Conv2DTranspose layer;
    layer.filters = arguments["out_channels"].required().integer(1);
    layer.kernel_size = arguments["kernel_size"].required().extent({1, 1});
    layer.strides = arguments["stride"].extent({1, 1});
    layer.padding = engine::Explicit{arguments["padding"].extent({0, 0})};
    layer.output_padding = arguments["output_padding"].extent({0, 0});
    layer.dilation_rate = arguments["dilation"].extent({1, 1});
    layer.groups = arguments["groups"].integer(1);
    layer.use_bias = arguments["bias"].boolean(true);
    return layer;
}

engine::Sampling read_sampling(const JsonField& arguments) {
    using engine::Coordinates;
    using engine::Filter;
    engine::Sampling sampling;
    const std::string mode = lower(arguments["mode"].string("nearest"));
    if (mode == "linear")
        sampling.filter = Filter::triangle;
    else if (mode == "cubic")
        sampling.filter = Filter::cubic;
    else if (mode != "nearest")
        note_unknown_name(arguments["mode"], mode);

    const bool nearest = sampling.filter == Filter::nearest;
    const JsonField placed = arguments["coordinate_transformation"];
    const std::string place = lower(placed.string(nearest ? "asymmetric" : "half_pixel"));
    if (place == "half_pixel")
        sampling.coordinates = Coordinates::half_pixel;
    else if (place == "align_corners")
        sampling.coordinates = Coordinates::align_corners;
    else if (place != "asymmetric")
        note_unknown_name(placed, place);
    if (nearest && sampling.coordinates != Coordinates::asymmetric)
        placed.note({.code = ErrorCode::unsupported, .subject = placed.path(), .text = place});

    const JsonField coefficient = arguments["cubic_coeff_a"];
    sampling.cubic_coeff_a = static_cast<double>(coefficient.number(-0.75F));
    // Beyond, the weights that are left at the rim may add up to 0.
    if (sampling.cubic_coeff_a < -1 || sampling.cubic_coeff_a > 0)
        coefficient.refuse("a number from -1 to 0");
    if (arguments["exclude_outside"].integer(0) != 0) sampling.rim = engine::Rim::renormalise;
    return sampling;
}

engine::ActivationKind read_activation(const JsonField& field, engine::ActivationKind fallback) {
    if (!field.given()) return fallback;
    const std::string name = field.string({});
    const auto kind = engine::activation_named(name);
    if (!kind) note_unknown_name(field, name);
    return kind.value_or(fallback);
}

engine::Tensor JsonTensor::tensor() const { return {engine::Shape(sizes), *data}; }

JsonTensor read_tensor(const JsonField& field, std::int64_t min_rank, std::int64_t max_rank) {
    JsonTensor tensor;
    field.require_object();
    const JsonField shape = field["shape"];
    tensor.sizes = shape.required().integers();
    if (field.good()) check_sizes(shape, tensor.sizes, min_rank, max_rank);
    const JsonField data = field["data"];
    if (field.good() && data.given()) tensor.data = read_numbers(data, product(tensor.sizes));
    return tensor;
}

engine::Weights read_weights(const JsonField& field) {
    engine::Weights weights;
    weights.kernel = read_weight(field["kernel"]);
    weights.bias = read_weight(field["bias"]);
    weights.gamma = read_weight(field["gamma"]);
    weights.beta = read_weight(field["beta"]);
    weights.moving_mean = read_weight(field["moving_mean"]);
    weights.moving_variance = read_weight(field["moving_variance"]);
    return weights;
}

}  // namespace ui::document
