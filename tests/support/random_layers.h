// SPDX-License-Identifier: MIT
// Convolutions in one line, and random numbers for inputs and weights.
#pragma once

#include <utility>
#include <vector>

#include "engine/layers/weights.h"

namespace support {

/// A Conv2D or a Conv2DTranspose.
template <typename Layer>
Layer convolution(int filters, engine::Size2D kernel_size, engine::Size2D strides,
                  const engine::Padding& padding) {
    Layer layer;
    layer.filters = filters;
    layer.kernel_size = kernel_size;
    layer.strides = strides;
    layer.padding = padding;
    return layer;
}

/// Whole numbers from -9 to 9, about one in five of them 0.
inline engine::Tensor whole_numbers(engine::SeededRandom& random, const engine::Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values)
        value = random.below(6) == 0 ? 0.0F : static_cast<float>(random.below(19) - 9);
    return engine::Tensor(shape, std::move(values));
}

inline engine::Tensor normal_numbers(engine::SeededRandom& random, const engine::Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values) value = static_cast<float>(random.normal());
    return engine::Tensor(shape, std::move(values));
}

/// Kernel and bias, as far as the layer has them, of `whole_numbers` or `normal_numbers`.
template <typename Draw>
engine::Weights weights_of(Draw draw, engine::SeededRandom& random, const engine::LayerSpec& spec,
                           const engine::Geometry& geometry) {
    const engine::WeightShapes shapes = engine::weight_shapes(spec, geometry);
    engine::Weights weights;
    if (shapes.kernel.rank() > 0) weights.kernel = draw(random, shapes.kernel);
    if (shapes.bias.rank() > 0) weights.bias = draw(random, shapes.bias);
    return weights;
}

}  // namespace support
