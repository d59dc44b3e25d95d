// SPDX-License-Identifier: MIT
// The one switch over layers that computes.
#include "engine/forward.h"

#include <cassert>
#include <optional>
#include <utility>

#include "engine/kernels/kernels.h"
#include "engine/simple_layers.h"

namespace engine {

namespace {

Result<Tensor> finite(Tensor output) {
    if (const std::int64_t index = first_not_finite(output.values()); index >= 0)
        return Error{.code = ErrorCode::not_finite, .subject = "output", .given = {index}};
    return output;
}

/// What a plan makes of the input, activated where it lies; nothing if it was stopped.
std::optional<Tensor> computed(const Plan& plan, const Tensor& input, const Shape& output,
                               ActivationKind activation, const Watch& watch) {
    constexpr double planned_share = 0.9;
    std::vector<float> out(static_cast<std::size_t>(output.count()));
    plan.run(input.data(), out.data(), nullptr, part_of(watch, 0, planned_share));
    if (watch && !watch(planned_share)) return std::nullopt;
    activate_in_place(activation, out, static_cast<std::size_t>(output[output.rank() - 1]));
    return Tensor(output, std::move(out));
}

/// Layers that no plan is made for.
struct PlainLayer {
    const Geometry& geometry;
    const Weights& weights;
    const Tensor& input;
    const Watch& watch;

    Tensor operator()(const Reshape&) const { return input.reshaped(geometry.output); }
    Tensor operator()(const Flatten&) const { return input.reshaped(geometry.output); }
    Tensor operator()(const Activation& layer) const {
        return apply_activation(layer.activation, input);
    }
    Tensor operator()(const ReLU&) const { return apply_activation(ActivationKind::relu, input); }
    Tensor operator()(const Dropout&) const { return input; }
    Tensor operator()(const LeakyReLU& layer) const { return leaky_relu(layer, input); }
    Tensor operator()(const BatchNormalization& layer) const {
        return normalize(layer, weights, input);
    }
    Tensor operator()(const Pooling2D& layer) const { return pool(layer, geometry, input, watch); }
    Tensor operator()(const GlobalPooling2D& layer) const { return pool_globally(layer, input); }
    Tensor operator()(const ZeroPadding2D&) const { return shift_onto_zeros(geometry, input); }
    Tensor operator()(const Cropping2D&) const { return shift_onto_zeros(geometry, input); }
    template <typename Planned>
    Tensor operator()(const Planned&) const {
        assert(false);
        return {};
    }
};

}  // namespace

Result<Tensor> forward(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                       const Tensor& input, const Watch& watch) {
    assert(input.shape() == geometry.input);
    std::optional<Tensor> output;
    if (can_plan(spec))
        output = computed(Plan::make(spec, geometry, weights), input, geometry.output,
                          activation_of(spec), watch);
    else
        output = std::visit(PlainLayer{geometry, weights, input, watch}, spec);
    if (!output || (watch && !watch(1))) return Error{.code = ErrorCode::cancelled};
    return finite(*std::move(output));
}

Result<Tensor> resample(const Sampling& sampling, const Shape& output, const Tensor& input) {
    return finite(*computed(Plan::make(sampling, input.shape(), output), input, output,
                            ActivationKind::linear, {}));
}

// Always the reference: it adds in double and rounds once, so the sums that are written out beside
// a cell (trace.h) give exactly the number in it.
Tensor linear_uncropped(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                        const Tensor& input) {
    assert(input.shape() == geometry.input);
    assert(std::holds_alternative<Conv2DTranspose>(spec) ||
           std::holds_alternative<UpSampling2D>(spec));
    const Shape shape = geometry.uncropped();
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec)) {
        reference::conv2d_transpose_uncropped(*transposed, geometry, weights, input.data(),
                                              out.data());
    } else if (const auto* upsampling = std::get_if<UpSampling2D>(&spec)) {
        reference::upsampling2d(*upsampling, geometry, input.data(), out.data());
    }
    return Tensor(shape, std::move(out));
}

}  // namespace engine
