// SPDX-License-Identifier: MIT
// A sequence of layers, and the shapes through it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/layers/weights.h"

namespace engine {

/// What the numbers of a layer are stored as. Only float32 is computed; the others count bytes in
/// summaries. Under a mixed policy variables are float32 and what is computed is narrower.
enum class DataType { float32, float16, bfloat16, float64, mixed_float16, mixed_bfloat16 };
const ChoiceNames& choice_names(DataType);
/// Of one weight.
int bytes_of(DataType type);

/// A shape with its batch, as layers in files carry it (batch_input_shape, batch_shape).
struct BatchShape {
    int batch = Shape::unknown;
    Shape sizes = {};
    bool operator==(const BatchShape&) const = default;
};

/// What Keras keeps with a layer beside its arguments. No number depends on it.
struct LayerConfig {
    std::string name = {};  ///< UTF-8; empty: made of the class, as Keras does
    bool trainable = true;
    DataType dtype = DataType::float32;
    std::optional<BatchShape> batch_shape = {};
    bool operator==(const LayerConfig&) const = default;
};

struct Layer {
    LayerSpec spec = {};
    WeightSetting weights = {};
    LayerConfig config = {};
    bool operator==(const Layer&) const = default;
};

/// Geometries as far as the joins hold; `error` (with its layer index) says where they stop. A
/// layer's batch_shape must agree with what reaches it, as far as both are known; all parameters
/// together are at most max_shape_count.
struct ModelShapes {
    std::vector<Geometry> geometries;
    std::optional<Error> error;
};
ModelShapes infer_model(std::span<const Layer> layers, const Shape& input);

/// Can all of it be computed? The error has the layer's index.
std::optional<Error> check_computable(std::span<const Layer> layers,
                                      std::span<const Geometry> geometries);

/// Input and batch that the layers themselves name: the first that has a batch_shape with one. Rank
/// 0: none does.
BatchShape declared_input(std::span<const Layer> layers);

}  // namespace engine
