// SPDX-License-Identifier: MIT
#include "tests/fuzz/recipe.h"

#include <cstdlib>

namespace fuzz {

using namespace engine;

namespace {

Padding read_padding(Recipe& recipe) {
    switch (recipe.below(3)) {
        case 0:
            return Valid{};
        case 1:
            return Same{};
        default:
            return Explicit{recipe.extent(0, 4)};
    }
}

constexpr std::array all_activations{
    ActivationKind::linear,   ActivationKind::relu,       ActivationKind::relu6,
    ActivationKind::sigmoid,  ActivationKind::leaky_relu, ActivationKind::hard_sigmoid,
    ActivationKind::elu,      ActivationKind::selu,       ActivationKind::tanh,
    ActivationKind::softplus, ActivationKind::softsign,   ActivationKind::softmax,
    ActivationKind::swish,    ActivationKind::gelu,       ActivationKind::exponential};

template <typename Convolution>
Convolution read_convolution(Recipe& recipe) {
    Convolution layer;
    layer.kernel_size = recipe.extent(1, 7);
    layer.strides = recipe.extent(1, 5);
    layer.padding = read_padding(recipe);
    layer.dilation_rate = recipe.extent(1, 4);
    layer.groups = recipe.yes() ? recipe.size(1, 5) : 1;
    layer.filters = recipe.size(1, 40);
    const bool divisible = recipe.yes() && layer.filters < 64 && std::abs(layer.groups) < 64;
    if (divisible && layer.filters > 0) layer.filters *= layer.groups;
    layer.use_bias = recipe.yes();
    layer.activation = recipe.one_of(all_activations);
    return layer;
}

}  // namespace

LayerSpec read_layer(Recipe& recipe) {
    switch (recipe.below(15)) {
        case 0:
            return UpSampling2D{recipe.extent(1, 8), recipe.one_of(all_interpolations)};
        case 1: {
            auto layer = read_convolution<Conv2DTranspose>(recipe);
            if (recipe.yes()) layer.output_padding = recipe.extent(0, 4);
            return layer;
        }
        case 2:
            return read_convolution<Conv2D>(recipe);
        case 3:
            return Dense{recipe.size(1, 70), recipe.one_of(all_activations), recipe.yes()};
        case 4: {
            std::array<int, 4> sizes{};
            for (int& size : sizes) size = recipe.yes() ? -1 : recipe.size(1, 12);
            const auto rank = static_cast<std::size_t>(recipe.below(5));
            return Reshape{Shape(std::span<const int>(sizes).first(rank))};
        }
        case 5:
            return Flatten{};
        case 6:
            return Activation{recipe.one_of(all_activations)};
        case 7:
            return LeakyReLU{recipe.number(false)};
        case 8:
            return ReLU{};
        case 9:
            return BatchNormalization{recipe.number(false), recipe.yes(), recipe.yes()};
        case 10:
            return Dropout{recipe.number(false)};
        case 11: {
            Pooling2D layer;
            layer.kind = recipe.yes() ? PoolKind::max : PoolKind::average;
            layer.pool_size = recipe.extent(1, 5);
            if (recipe.yes()) layer.strides = recipe.extent(1, 5);
            layer.padding = read_padding(recipe);
            return layer;
        }
        case 12:
            return GlobalPooling2D{recipe.yes() ? PoolKind::max : PoolKind::average};
        case 13:
            return ZeroPadding2D{
                {recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5)}};
        default:
            return Cropping2D{
                {recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5)}};
    }
}

Shape read_shape(Recipe& recipe) {
    std::array<int, 4> sizes{};
    const int unusual_rank = recipe.below(8);
    const auto rank = static_cast<std::size_t>(unusual_rank < 5 ? unusual_rank : 3);
    for (std::size_t axis = 0; axis < rank; ++axis) sizes[axis] = recipe.size(1, 20);
    return Shape(std::span<const int>(sizes).first(rank));
}

Tensor read_tensor(Recipe& recipe, const Shape& shape, bool whole) {
    if (shape.rank() == 0) return {};
    // A few numbers of the recipe, over and over, with a step that shares no factor with usual sizes.
    std::array<float, 29> numbers;
    for (float& number : numbers) number = recipe.number(whole);
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = numbers[i % numbers.size()];
    return {shape, std::move(values)};
}

}  // namespace fuzz
