// SPDX-License-Identifier: MIT
// Random transposed convolutions with whole numbers, whose sums are exact in any order.
#pragma once

#include <algorithm>
#include <string>

#include "engine/weights.h"

namespace support {

/// A Conv2DTranspose that fits its input, with weights.
struct TransposedSetting {
    engine::Conv2DTranspose layer;
    engine::Geometry geometry;
    engine::Weights weights;
    engine::Tensor input;

    std::string text() const {
        const auto pair = [](engine::Extent e) {
            return std::to_string(e.height) + "x" + std::to_string(e.width);
        };
        std::string padding = "valid";
        if (std::holds_alternative<engine::Same>(layer.padding)) padding = "same";
        if (const auto* given = std::get_if<engine::Explicit>(&layer.padding))
            padding = "explicit " + pair(given->padding);
        return "in " + pair({geometry.rows.in, geometry.columns.in}) + "x" +
               std::to_string(geometry.input.channels()) + " filters " +
               std::to_string(layer.filters) + " groups " + std::to_string(layer.groups) + " k " +
               pair(layer.kernel_size) + " s " + pair(layer.strides) + " d " +
               pair(layer.dilation_rate) + " " + padding + " op " +
               (layer.output_padding ? pair(*layer.output_padding) : "none");
    }
};

/// Whole numbers from -9 to 9, about one in five of them 0.
inline engine::Tensor whole_numbers(engine::SeededRandom& random, const engine::Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values)
        value = random.below(6) == 0 ? 0.0F : static_cast<float>(random.below(19) - 9);
    return engine::Tensor(shape, std::move(values));
}

/// Dilation beside strides, groups, output_padding, Explicit and holes all occur.
inline TransposedSetting random_transposed(engine::SeededRandom& random) {
    const auto pair = [&](int largest) {
        return engine::Extent{1 + random.below(largest), 1 + random.below(largest)};
    };
    for (;;) {
        TransposedSetting setting;
        engine::Conv2DTranspose& layer = setting.layer;
        layer.groups = 1 + random.below(2);
        layer.filters = layer.groups * (1 + random.below(2));
        layer.kernel_size = pair(5);
        layer.strides = pair(4);
        layer.dilation_rate = random.below(3) == 0 ? pair(3) : engine::Extent{1, 1};
        const int padding = random.below(3);
        if (padding == 1) layer.padding = engine::Same{};
        if (padding == 2) layer.padding = engine::Explicit{{random.below(4), random.below(4)}};
        if (random.below(2) == 0)
            layer.output_padding = engine::Extent{random.below(layer.strides.height),
                                                  random.below(layer.strides.width)};
        layer.use_bias = random.below(2) == 0;
        const engine::Extent size = pair(5);
        const engine::Shape shape{size.height, size.width, layer.groups * (1 + random.below(2))};
        const auto geometry = engine::infer(layer, shape);
        if (!geometry) continue;  // cropped to nothing
        setting.geometry = *geometry;
        setting.input = whole_numbers(random, shape);
        const engine::WeightShapes shapes = engine::weight_shapes(layer, *geometry);
        setting.weights.kernel = whole_numbers(random, shapes.kernel);
        if (layer.use_bias) setting.weights.bias = whole_numbers(random, shapes.bias);
        return setting;
    }
}

}  // namespace support
