// SPDX-License-Identifier: MIT
// BatchNormalization at inference.
#include <array>
#include <cmath>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_normalization(const BatchNormalization& layer, const Shape& input) {
    if (layer.axis != -1 && layer.axis != input.rank())
        return Error{
            .code = ErrorCode::unsupported, .subject = "axis", .text = std::to_string(layer.axis)};
    if (Check wrong = knows_channels(input)) return *wrong;
    return of_shape(input, input);
}

WeightShapes weights_of_normalization(const BatchNormalization& layer, const Shape& input) {
    const Shape each{channels_of(input)};
    return {.gamma = layer.scale ? each : Shape(),
            .beta = layer.center ? each : Shape(),
            .moving_mean = each,
            .moving_variance = each};
}

Tensor normalized(const BatchNormalization& layer, const LayerInput& from) {
    const Weights& weights = from.weights;
    const std::size_t channels = weights.moving_mean.values().size();
    std::vector<float> out(from.input.values().begin(), from.input.values().end());
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const double gamma = layer.scale ? weights.gamma.values()[channel] : 1.0;
        const double beta = layer.center ? weights.beta.values()[channel] : 0.0;
        const double mean = weights.moving_mean.values()[channel];
        const double variance = weights.moving_variance.values()[channel];
        const double slope = gamma / std::sqrt(variance + static_cast<double>(layer.epsilon));
        for (std::size_t i = channel; i < out.size(); i += channels) {
            out[i] = static_cast<float>((out[i] - mean) * slope + beta);
        }
    }
    return Tensor(from.input.shape(), std::move(out));
}

double for_each_number(const LayerSpec&, const Geometry& geometry) {
    constexpr double of_normalized_number = 4;
    return of_normalized_number * static_cast<double>(geometry.output.count());
}

/// Moving mean and variance always, gamma and beta by choice.
Equation parameters_of_normalization(const BatchNormalization& layer, const Geometry& geometry) {
    EquationLine line = line_for_parameters();
    line.number(2 + (layer.scale ? 1 : 0) + (layer.center ? 1 : 0));
    line.sign(signs::times).count(Quantity::input_channels, channels_of(geometry.input));
    return std::move(line).equals(0);
}

/// Moving mean and variance are buffers in PyTorch: no parameters.
void modules_of_normalization(const BatchNormalization&, TorchModules& modules) {
    const Shape& output = modules.geometry.output;
    modules.add(output.rank() == 3 ? "BatchNorm2d" : "BatchNorm1d", output,
                modules.parameters.total - modules.parameters.non_trainable);
}

const std::array rows{LayerDefinition{
    .class_name = "BatchNormalization",
    .defaults = BatchNormalization{},
    .example = BatchNormalization{},
    .arguments = {listed(argument<&BatchNormalization::axis>("axis")),
                  defining(
                      argument<&BatchNormalization::epsilon>("epsilon", {}, {.pytorch = "eps"})),
                  argument<&BatchNormalization::center>("center"),
                  argument<&BatchNormalization::scale>("scale", {}, {.pytorch = "affine"})},
    .harmless = {"momentum", "synchronized", "fused", "virtual_batch_size", "renorm",
                 "renorm_clipping", "renorm_momentum"},
    .tensors = {"gamma", "beta", "moving_mean", "moving_variance"},
    .name_in_pytorch = "BatchNorm2d",
    .infer = erased<infer_normalization>,
    .weight_shapes = erased<weights_of_normalization>,
    .loop_nanoseconds = for_each_number,
    .forward = erased<normalized>,
    .parameters = erased<parameters_of_normalization>,
    .torch_modules = erased<modules_of_normalization>,
}};

}  // namespace

Definitions BatchNormalization::definitions() { return rows; }

}  // namespace engine
