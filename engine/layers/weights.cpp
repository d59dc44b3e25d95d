// SPDX-License-Identifier: MIT
// Shapes, counts and checks of a layer's weights; initializers.cpp makes kernels.
#include "engine/layers/weights.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

constexpr std::array<WeightSlot, 7> slots{{
    {"kernel", &Weights::kernel, &WeightShapes::kernel, 0.0F},
    {"bias", &Weights::bias, &WeightShapes::bias, 0.0F},
    {"gamma", &Weights::gamma, &WeightShapes::gamma, 1.0F},
    {"beta", &Weights::beta, &WeightShapes::beta, 0.0F},
    {"moving_mean", &Weights::moving_mean, &WeightShapes::moving_mean, 0.0F},
    {"moving_variance", &Weights::moving_variance, &WeightShapes::moving_variance, 1.0F},
    {"alpha", &Weights::alpha, &WeightShapes::alpha, 0.0F},
}};

std::vector<std::int64_t> sizes_of(const Shape& shape) {
    return {shape.sizes().begin(), shape.sizes().end()};
}

/// The wanted shape, with the sizes found where it knows none.
Shape as_far_as_known(const Shape& wanted, const Shape& found) {
    if (wanted.rank() != found.rank()) return wanted;
    std::array<int, 4> sizes{};
    for (int axis = 0; axis < wanted.rank(); ++axis)
        sizes[static_cast<std::size_t>(axis)] = wanted[axis] > 0 ? wanted[axis] : found[axis];
    return Shape(std::span<const int>(sizes).first(static_cast<std::size_t>(wanted.rank())));
}

std::optional<Error> check(const char* name, const Shape& wanted, bool absent, bool fits,
                           std::vector<std::int64_t> given, std::span<const float> values) {
    if (absent)
        return Error{
            .code = ErrorCode::missing_weights, .subject = name, .limit = sizes_of(wanted)};
    if (!fits)
        return Error{.code = ErrorCode::shape_mismatch,
                     .subject = name,
                     .given = std::move(given),
                     .limit = sizes_of(wanted)};
    if (const std::int64_t index = first_not_finite(values); index >= 0)
        return Error{.code = ErrorCode::not_finite, .subject = name, .given = {index}};
    return std::nullopt;
}

}  // namespace

std::span<const WeightSlot> weight_slots() { return slots; }

WeightShapes weight_shapes(const LayerSpec& spec, const Geometry& geometry) {
    return weight_shapes(spec, geometry.input);
}

WeightShapes weight_shapes(const LayerSpec& spec, const Shape& input) {
    const auto shapes = definition_of(spec).weight_shapes;
    return shapes ? shapes(spec, input) : WeightShapes();
}

ParameterCount parameter_count(const LayerSpec& spec, const Geometry& geometry) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    ParameterCount count;
    for (const WeightSlot& slot : slots) count.total += (shapes.*slot.shape).count();
    count.non_trainable = shapes.moving_mean.count() + shapes.moving_variance.count();
    return count;
}

Weights materialize(const WeightSetting& setting, const LayerSpec& spec, const Geometry& geometry) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    Weights weights;
    for (const WeightSlot& slot : slots) {
        const Shape& wanted = shapes.*slot.shape;
        if (wanted.rank() == 0) continue;
        const Tensor& stored = setting.values.*slot.tensor;
        const bool from_recipe = slot.tensor == &Weights::kernel && setting.recipe;
        if (from_recipe) {
            weights.*slot.tensor = make_kernel(*setting.recipe, spec, wanted);
        } else if (stored.shape().rank() == wanted.rank()) {
            weights.*slot.tensor = stored.resized(wanted, slot.initial);
        } else {
            // Nothing stored, or left over from a layer of another kind.
            weights.*slot.tensor = Tensor::filled(wanted, slot.initial);
        }
    }
    return weights;
}

float bias_of(const WeightSetting& setting, const LayerSpec& spec, const Geometry& geometry,
              int filter) {
    const Tensor& stored = setting.values.bias;
    const bool used = weight_shapes(spec, geometry).bias.rank() > 0;
    return used && stored.shape().rank() == 1 && filter < stored.shape()[0] ? stored.at(filter) : 0;
}

std::optional<Error> check_stored(const Weights& stored, const WeightShapes& shapes) {
    for (const WeightSlot& slot : slots) {
        const Shape& wanted = shapes.*slot.shape;
        const Shape& found = (stored.*slot.tensor).shape();
        if (wanted.rank() == 0 || found.rank() == 0 || as_far_as_known(wanted, found) == found)
            continue;
        return Error{.code = ErrorCode::shape_mismatch,
                     .subject = slot.name,
                     .given = sizes_of(found),
                     .limit = sizes_of(wanted)};
    }
    return std::nullopt;
}

Weights fitted(const Weights& stored, const WeightShapes& shapes) {
    Weights weights = stored;
    for (const WeightSlot& slot : slots) {
        const Shape& wanted = shapes.*slot.shape;
        Tensor& tensor = weights.*slot.tensor;
        if (wanted.rank() == 0 || tensor.empty()) continue;
        const Shape shape = as_far_as_known(wanted, tensor.shape());
        const bool fits =
            shape.rank() == tensor.shape().rank() && shape.count() <= max_tensor_count;
        tensor = fits ? tensor.resized(shape, slot.initial) : Tensor();
    }
    return weights;
}

std::optional<Error> check_weights(const LayerSpec& spec, const Geometry& geometry,
                                   const Weights& weights) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    for (const WeightSlot& slot : slots) {
        const Shape& wanted = shapes.*slot.shape;
        const Tensor& found = weights.*slot.tensor;
        if (wanted.rank() == 0) continue;
        if (auto error = check(slot.name, wanted, found.empty(), found.shape() == wanted,
                               sizes_of(found.shape()), found.values()))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> check_weights(const LayerSpec& spec, const Geometry& geometry,
                                   const WeightsView& weights) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    const auto check_numbers = [](const char* name, const Shape& wanted,
                                  std::span<const float> found) -> std::optional<Error> {
        if (wanted.rank() == 0) return std::nullopt;
        const auto count = static_cast<std::int64_t>(found.size());
        return check(name, wanted, found.empty(), count == wanted.count(), {count}, found);
    };
    if (auto error = check_numbers("kernel", shapes.kernel, weights.kernel)) return error;
    return check_numbers("bias", shapes.bias, weights.bias);
}

}  // namespace engine
