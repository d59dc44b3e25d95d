// SPDX-License-Identifier: MIT
// Dense: over the last axis, whatever stands before it.
#include <array>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_dense(const Dense& layer, const Shape& input) {
    if (Check wrong = knows_channels(input)) return *wrong;
    return of_shape(input, with_channels(input, layer.units));
}

WeightShapes weights_of_dense(const Dense& layer, const Shape& input) {
    const int units = std::max(layer.units, 0);
    return {.kernel = {channels_of(input), units}, .bias = layer.use_bias ? Shape{units} : Shape()};
}

std::int64_t multiply_adds_of_dense(const Dense& layer, const Geometry& geometry) {
    return saturated_product(geometry.input.count(), layer.units);
}

Equation parameters_of_dense(const Dense& layer, const Geometry& geometry) {
    EquationLine line = line_for_parameters();
    line.count(Quantity::input_channels, channels_of(geometry.input));
    line.sign(signs::times).count(Quantity::units, layer.units);
    if (layer.use_bias) line.sign(signs::plus).count(Quantity::bias, layer.units);
    return std::move(line).equals(0);
}

/// Dense looks along the channels, which PyTorch does not have last: a convolution by one cell.
void modules_of_dense(const Dense& layer, TorchModules& modules) {
    constexpr std::array types{"Linear", "Conv1d", "Conv2d"};
    const Shape& output = modules.geometry.output;
    modules.add(types[static_cast<std::size_t>(output.rank() - 1)], output,
                modules.parameters.total);
    modules.add_activation(layer.activation);
}

ActivationKind activation_of_dense(const Dense& layer) { return layer.activation; }

const std::array rows{LayerDefinition{
    .class_name = "Dense",
    .defaults = Dense{},
    .example = Dense{.units = 16},
    .arguments =
        {required(argument<&Dense::units>("units", {1, max_argument}, {.pytorch = "out_features"})),
         argument<&Dense::activation>("activation", {}, {.pytorch = no_name, .onnx = no_name}),
         argument<&Dense::use_bias>("use_bias", {}, {.pytorch = "bias"})},
    .tensors = {"kernel", "bias"},
    .name_in_pytorch = "Linear",
    .name_in_onnx = "Gemm",
    .infer = erased<infer_dense>,
    .weight_shapes = erased<weights_of_dense>,
    .multiply_adds = erased<multiply_adds_of_dense>,
    .activation = erased<activation_of_dense>,
    .parameters = erased<parameters_of_dense>,
    .torch_modules = erased<modules_of_dense>,
}};

}  // namespace

Definitions Dense::definitions() { return rows; }

}  // namespace engine
