// SPDX-License-Identifier: MIT
// Activations as layers: Activation, ReLU, LeakyReLU, ELU, PReLU, Softmax.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/activation.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

constexpr Limits not_negative{.least = 0};
// Of each number, good to a factor of two (effort.h).
constexpr double of_compared_number = 1;
constexpr double of_exponential = 15;

double for_each_number(const LayerSpec&, const Geometry& geometry) {
    return of_compared_number * static_cast<double>(geometry.output.count());
}
double for_each_exponential(const LayerSpec&, const Geometry& geometry) {
    return of_exponential * static_cast<double>(geometry.output.count());
}

/// function(x) of every number in double, rounded once.
template <typename Function>
Tensor each(const Tensor& input, Function function) {
    std::vector<float> out(input.values().begin(), input.values().end());
    for (float& x : out) x = static_cast<float>(function(double{x}));
    return Tensor(input.shape(), std::move(out));
}

Tensor activated(const Activation& layer, const LayerInput& from) {
    return apply_activation(layer.activation, from.input);
}
ActivationKind activation_of_layer(const Activation& layer) { return layer.activation; }
void modules_of_activation(const Activation& layer, TorchModules& modules) {
    if (layer.activation == ActivationKind::linear)
        modules.add("Identity");
    else
        modules.add_activation(layer.activation);
}

bool is_plain(const ReLU& layer) { return layer == ReLU{}; }

Tensor rectified(const ReLU& layer, const LayerInput& from) {
    if (is_plain(layer)) return apply_activation(ActivationKind::relu, from.input);
    const double threshold = layer.threshold;
    const double slope = layer.negative_slope;
    return each(from.input, [&](double x) {
        // + 0: a slope of 0 makes no negative zeros.
        const double y = x > threshold ? x : slope * (x - threshold) + 0.0;
        return layer.max_value ? std::min(y, double{*layer.max_value}) : y;
    });
}
ActivationKind activation_of_relu(const ReLU& layer) {
    return is_plain(layer) ? ActivationKind::relu : ActivationKind::linear;
}
double loops_of_relu(const ReLU& layer, const Geometry& geometry) {
    return is_plain(layer) ? 0 : for_each_number({}, geometry);
}
void modules_of_relu(const ReLU& layer, TorchModules& modules) {
    constexpr float six = 6;
    if (layer == ReLU{.max_value = six})
        modules.add("ReLU6");
    else if (layer == ReLU{.negative_slope = layer.negative_slope} && layer.negative_slope > 0)
        modules.add("LeakyReLU");
    else
        modules.add("ReLU");
}

Tensor leaky(const LeakyReLU& layer, const LayerInput& from) {
    std::vector<float> out(from.input.values().begin(), from.input.values().end());
    for (float& x : out)
        if (x < 0) x *= layer.negative_slope;
    return Tensor(from.input.shape(), std::move(out));
}

Tensor exponential_linear(const ELU& layer, const LayerInput& from) {
    return each(from.input,
                [&](double x) { return x < 0 ? double{layer.alpha} * std::expm1(x) : x; });
}

/// The input's shape with 1 along the shared axes.
Shape slopes(const PReLU& layer, const Shape& input) {
    std::array<int, 4> sizes{};
    std::ranges::transform(input.sizes(), sizes.begin(),
                           [](int size) { return std::max(size, 0); });
    for (const int axis : layer.shared_axes)
        if (axis >= 1 && axis <= input.rank()) sizes[static_cast<std::size_t>(axis - 1)] = 1;
    return Shape(std::span<const int>(sizes).first(static_cast<std::size_t>(input.rank())));
}

WeightShapes weights_of_prelu(const PReLU& layer, const Shape& input) {
    return {.alpha = slopes(layer, input)};
}

Result<Geometry> infer_prelu(const PReLU& layer, const Shape& input) {
    for (const int axis : layer.shared_axes) {
        if (axis < 1) return mistake(ErrorCode::not_positive, "shared_axes", axis, 1);
        if (axis > input.rank())
            return mistake(ErrorCode::too_large, "shared_axes", axis, input.rank());
    }
    // Sizes that follow from nothing are 0: an alpha of its own is wanted there.
    const Shape shape = slopes(layer, input);
    if (std::ranges::find(shape.sizes(), 0) != shape.sizes().end())
        return Error{.code = ErrorCode::unknown_size, .subject = "input"};
    return of_shape(input, input);
}

Tensor learned_slopes(const PReLU&, const LayerInput& from) {
    const Shape& shape = from.input.shape();
    const Shape& slope_shape = from.weights.alpha.shape();
    const std::span<const float> alpha = from.weights.alpha.values();
    std::vector<float> out(from.input.values().begin(), from.input.values().end());
    // Row-major places: of the number, and of its slope.
    std::array<int, 4> place{};
    for (float& x : out) {
        std::size_t index = 0;
        for (int axis = 0; axis < shape.rank(); ++axis) {
            const int size = slope_shape[axis];
            index = index * static_cast<std::size_t>(size) +
                    static_cast<std::size_t>(size == 1 ? 0 : place[static_cast<std::size_t>(axis)]);
        }
        if (x < 0) x = static_cast<float>(double{x} * alpha[index]);
        for (int axis = shape.rank() - 1; axis >= 0; --axis) {
            int& position = place[static_cast<std::size_t>(axis)];
            if (++position < shape[axis]) break;
            position = 0;
        }
    }
    return Tensor(shape, std::move(out));
}

Equation parameters_of_prelu(const PReLU& layer, const Geometry& geometry) {
    EquationLine line = line_for_parameters();
    const Shape shape = slopes(layer, geometry.input);
    for (int axis = 0; axis < shape.rank(); ++axis) {
        if (axis > 0) line.sign(signs::times);
        const bool channels = axis + 1 == shape.rank();
        line.count(channels ? Quantity::input_channels : Quantity::in, shape[axis]);
    }
    return std::move(line).equals(0);
}

/// The axis from 0, not counting the batch; none if there is no such axis.
std::optional<int> softmax_axis(const Softmax& layer, int rank) {
    const int axis = layer.axis < 0 ? layer.axis + rank : layer.axis - 1;
    return axis >= 0 && axis < rank ? std::optional(axis) : std::nullopt;
}

Result<Geometry> infer_softmax(const Softmax& layer, const Shape& input) {
    if (softmax_axis(layer, input.rank())) return of_shape(input, input);
    return Error{
        .code = ErrorCode::unsupported, .subject = "axis", .text = std::to_string(layer.axis)};
}

Tensor softmax_along(const Softmax& layer, const LayerInput& from) {
    const Shape& shape = from.input.shape();
    const int axis = *softmax_axis(layer, shape.rank());
    if (axis + 1 == shape.rank()) return apply_activation(ActivationKind::softmax, from.input);
    std::size_t inner = 1;
    for (int i = axis + 1; i < shape.rank(); ++i) inner *= static_cast<std::size_t>(shape[i]);
    const auto length = static_cast<std::size_t>(shape[axis]);
    std::vector<float> out(from.input.values().begin(), from.input.values().end());
    std::vector<float> line(length);
    for (std::size_t begin = 0; begin < out.size(); begin += length * inner) {
        for (std::size_t offset = begin; offset < begin + inner; ++offset) {
            for (std::size_t i = 0; i < length; ++i) line[i] = out[offset + i * inner];
            activate_in_place(ActivationKind::softmax, line, length);
            for (std::size_t i = 0; i < length; ++i) out[offset + i * inner] = line[i];
        }
    }
    return Tensor(shape, std::move(out));
}

const std::array activation_rows{LayerDefinition{
    .class_name = "Activation",
    .defaults = Activation{ActivationKind::linear},
    .example = Activation{},
    .arguments = {required(argument<&Activation::activation>("activation"))},
    .infer = unchanged,
    .activation = erased<activation_of_layer>,
    .forward = erased<activated>,
    .torch_modules = erased<modules_of_activation>,
}};

const std::array relu_rows{LayerDefinition{
    .class_name = "ReLU",
    .defaults = ReLU{},
    .example = ReLU{},
    .arguments = {argument<&ReLU::max_value>("max_value", not_negative),
                  argument<&ReLU::negative_slope>("negative_slope", not_negative),
                  argument<&ReLU::threshold>("threshold", not_negative)},
    .name_in_onnx = "Relu",
    .infer = unchanged,
    .loop_nanoseconds = erased<loops_of_relu>,
    .activation = erased<activation_of_relu>,
    .forward = erased<rectified>,
    .torch_modules = erased<modules_of_relu>,
}};

const std::array leaky_rows{LayerDefinition{
    .class_name = "LeakyReLU",
    .defaults = LeakyReLU{},
    .example = LeakyReLU{},
    .arguments = {defining(argument<&LeakyReLU::negative_slope>(
        "negative_slope", {}, {.keras_2 = "alpha", .onnx = "alpha"}))},
    .name_in_onnx = "LeakyRelu",
    .infer = unchanged,
    .loop_nanoseconds = for_each_number,
    .forward = erased<leaky>,
    .torch_modules = [](const LayerSpec&, TorchModules& modules) { modules.add("LeakyReLU"); },
}};

const std::array elu_rows{LayerDefinition{
    .class_name = "ELU",
    .defaults = ELU{},
    .example = ELU{},
    .arguments = {defining(argument<&ELU::alpha>("alpha"))},
    .name_in_onnx = "Elu",
    .infer = unchanged,
    .loop_nanoseconds = for_each_exponential,
    .forward = erased<exponential_linear>,
    .torch_modules = [](const LayerSpec&, TorchModules& modules) { modules.add("ELU"); },
}};

const std::array prelu_rows{LayerDefinition{
    .class_name = "PReLU",
    .defaults = PReLU{},
    .example = PReLU{},
    .arguments = {argument<&PReLU::shared_axes>("shared_axes")},
    .tensors = {"alpha"},
    .name_in_onnx = "PRelu",
    .infer = erased<infer_prelu>,
    .weight_shapes = erased<weights_of_prelu>,
    .loop_nanoseconds = for_each_exponential,
    .forward = erased<learned_slopes>,
    .parameters = erased<parameters_of_prelu>,
    .torch_modules =
        [](const LayerSpec&, TorchModules& modules) {
            modules.add("PReLU", modules.geometry.output, modules.parameters.total);
        },
}};

const std::array softmax_rows{LayerDefinition{
    .class_name = "Softmax",
    .defaults = Softmax{},
    .example = Softmax{},
    .arguments = {listed(argument<&Softmax::axis>("axis", {}, {.pytorch = "dim"}))},
    .infer = erased<infer_softmax>,
    .loop_nanoseconds = for_each_exponential,
    .forward = erased<softmax_along>,
    .torch_modules = [](const LayerSpec&, TorchModules& modules) { modules.add("Softmax"); },
}};

}  // namespace

Definitions Activation::definitions() { return activation_rows; }
Definitions ReLU::definitions() { return relu_rows; }
Definitions LeakyReLU::definitions() { return leaky_rows; }
Definitions ELU::definitions() { return elu_rows; }
Definitions PReLU::definitions() { return prelu_rows; }
Definitions Softmax::definitions() { return softmax_rows; }

}  // namespace engine
