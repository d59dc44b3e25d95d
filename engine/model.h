// SPDX-License-Identifier: MIT
// A sequence of layers, and the shapes through it.
#pragma once

#include <span>
#include <vector>

#include "engine/weights.h"

namespace engine {

struct Layer {
    LayerSpec spec = {};
    WeightSetting weights = {};
    bool operator==(const Layer&) const = default;
};

/// Geometries as far as the joins hold; `error` (with its layer index) says where they stop.
struct ModelShapes {
    std::vector<Geometry> geometries;
    std::optional<Error> error;
};
ModelShapes infer_model(std::span<const Layer> layers, const Shape& input);

}  // namespace engine
