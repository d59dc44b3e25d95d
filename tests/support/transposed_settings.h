// SPDX-License-Identifier: MIT
// Random transposed convolutions with whole numbers, whose sums are exact in any order.
#pragma once

#include <algorithm>
#include <string>

#include "tests/support/random_layers.h"

namespace support {

/// A Conv2DTranspose that fits its input, with weights.
struct TransposedSetting {
    engine::Conv2DTranspose layer;
    engine::Geometry geometry;
    engine::Weights weights;
    engine::Tensor input;

    std::string text() const {
        const auto pair = [](engine::Size2D e) {
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

/// Dilation beside strides, groups, output_padding, Explicit and holes all occur.
inline TransposedSetting random_transposed(engine::SeededRandom& random) {
    const auto pair = [&](int largest) {
        return engine::Size2D{1 + random.below(largest), 1 + random.below(largest)};
    };
    for (;;) {
        TransposedSetting setting;
        engine::Conv2DTranspose& layer = setting.layer;
        layer.groups = 1 + random.below(2);
        layer.filters = layer.groups * (1 + random.below(2));
        layer.kernel_size = pair(5);
        layer.strides = pair(4);
        layer.dilation_rate = random.below(3) == 0 ? pair(3) : engine::Size2D{1, 1};
        const int padding = random.below(3);
        if (padding == 1) layer.padding = engine::Same{};
        if (padding == 2) layer.padding = engine::Explicit{{random.below(4), random.below(4)}};
        if (random.below(2) == 0)
            layer.output_padding = engine::Size2D{random.below(layer.strides.height),
                                                  random.below(layer.strides.width)};
        layer.use_bias = random.below(2) == 0;
        const engine::Size2D size = pair(5);
        const engine::Shape shape{size.height, size.width, layer.groups * (1 + random.below(2))};
        const auto geometry = engine::infer(layer, shape);
        if (!geometry) continue;  // cropped to nothing
        setting.geometry = *geometry;
        setting.input = whole_numbers(random, shape);
        setting.weights = weights_of(whole_numbers, random, layer, *geometry);
        return setting;
    }
}

}  // namespace support
