// SPDX-License-Identifier: MIT
// The numbers a layer learns: given one by one, or made by a recipe that never changes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/layers/geometry.h"

namespace engine {

/// The tensors of one layer in Keras's layout and order. A tensor the layer does not have is empty.
struct Weights {
    /// Conv2D (kh, kw, in / groups, filters); Conv2DTranspose (kh, kw, filters / groups, in);
    /// Dense (in, units).
    Tensor kernel = {};
    Tensor bias = {};  ///< (filters) or (units)
    /// BatchNormalization, each (channels).
    Tensor gamma = {}, beta = {}, moving_mean = {}, moving_variance = {};
    Tensor alpha = {};  ///< PReLU: the input's shape, 1 along shared axes
    bool operator==(const Weights&) const = default;
};

/// A kernel and a bias where they lie, in the layout of Weights: referred to, not copied, so their
/// owner must outlive it.
struct WeightsView {
    std::span<const float> kernel = {};
    std::span<const float> bias = {};

    WeightsView() = default;
    WeightsView(std::span<const float> kernel_, std::span<const float> bias_)
        : kernel(kernel_), bias(bias_) {}
    /// What a Plan takes, it takes of both.
    WeightsView(const Weights& weights)
        : kernel(weights.kernel.values()), bias(weights.bias.values()) {}
};

/// How a kernel is made. Every (filter, input channel) slice of `ones`, `bilinear`, `gaussian`,
/// `tens`, `sobel`, `sharpen` and `checkerboard` is the same picture; `identity` is 1 in the middle
/// where filter = input channel (modulo the smaller count), else 0.
enum class Initializer {
    zeros,
    ones,
    tens,  ///< 10, 20, 30, … in reading order: easy to follow by eye
    identity,
    /// tent whose width is the kernel: 4x4 is the x2 bilinear kernel (sum = 4 = strides product)
    bilinear,
    gaussian,  ///< binomial-like bell, sums to 1
    sobel,
    sharpen,
    checkerboard,
    glorot_uniform,  ///< Keras's default: uniform in ±sqrt(6 / (fan_in + fan_out)), seeded
};

struct WeightRecipe {
    Initializer initializer = Initializer::glorot_uniform;
    std::uint64_t seed = 1;  ///< used by glorot_uniform only
    bool operator==(const WeightRecipe&) const = default;
};

/// What a lesson stores for a layer: a recipe for the kernel or its values; anything absent is
/// Keras's default (bias 0, gamma 1, beta 0, moving_mean 0, moving_variance 1).
struct WeightSetting {
    std::optional<WeightRecipe> recipe =
        WeightRecipe{};  ///< none: `values.kernel` holds the kernel
    Weights values = {};
    bool operator==(const WeightSetting&) const = default;
};

std::string_view name_of(Initializer initializer);
std::optional<Initializer> initializer_named(std::string_view name);

/// The shapes a layer's tensors must have on this input.
struct WeightShapes {
    /// Rank 0: the layer has none.
    Shape kernel = {}, bias = {}, gamma = {}, beta = {}, moving_mean = {}, moving_variance = {};
    Shape alpha = {};
    bool operator==(const WeightShapes&) const = default;
};

/// One tensor that a layer may have: its name in Keras, where it lies, and its value when nobody
/// set it.
struct WeightSlot {
    const char* name;
    Tensor Weights::*tensor;
    Shape WeightShapes::*shape;
    float initial;
};
/// All of them, in Keras's order.
std::span<const WeightSlot> weight_slots();

WeightShapes weight_shapes(const LayerSpec& spec, const Geometry& geometry);
/// The same of a layer that need not fit its input, nor have one (rank 0): a size that does not
/// follow is 0.
WeightShapes weight_shapes(const LayerSpec& spec, const Shape& input);

/// All weights of the layer, and those that training does not change by its nature: moving mean and
/// variance.
struct ParameterCount {
    std::int64_t total = 0;
    std::int64_t non_trainable = 0;
    bool operator==(const ParameterCount&) const = default;
};
ParameterCount parameter_count(const LayerSpec& spec, const Geometry& geometry);

/// A kernel of the wanted shape made by the recipe.
Tensor make_kernel(const WeightRecipe& recipe, const LayerSpec& spec, const Shape& kernel_shape);

/// The tensors to compute with. A stored kernel of another size keeps what overlaps, new taps are 0
/// (so that a control can be turned back and forth without losing numbers); a stored bias likewise.
Weights materialize(const WeightSetting& setting, const LayerSpec& spec, const Geometry& geometry);

/// The one bias that a filter (a unit) is computed with, without the other tensors; 0 for layers
/// without one.
float bias_of(const WeightSetting& setting, const LayerSpec& spec, const Geometry& geometry,
              int filter);

/// Are stored tensors of the shapes that are known? What a layer has no use for may have any.
std::optional<Error> check_stored(const Weights& stored, const WeightShapes& shapes);
/// Stored tensors as materialize would cut or fill them, so that check_stored finds nothing; those
/// of another rank, or too large to be computed with, are left out.
Weights fitted(const Weights& stored, const WeightShapes& shapes);

/// Checks weights that came from outside: present where needed, right shapes, finite.
std::optional<Error> check_weights(const LayerSpec& spec, const Geometry& geometry,
                                   const Weights& weights);
/// The same for numbers without a shape, of which there must be as many as the layer's kernel and
/// bias hold.
std::optional<Error> check_weights(const LayerSpec& spec, const Geometry& geometry,
                                   const WeightsView& weights);

/// The frozen generator behind every seed: SplitMix64 (public domain, S. Vigna). Sequence and
/// mapping to floats never change, so a seed in a file means the same numbers for ever.
class SeededRandom {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next();
    double uniform();      ///< in [0, 1), 53 bits
    int below(int bound);  ///< 0 … bound - 1
    double normal();       ///< mean 0, variance 1 (Box–Muller, one value per two draws)
private:
    std::uint64_t m_state;
};

}  // namespace engine
