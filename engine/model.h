// SPDX-License-Identifier: MIT
// A sequence of layers: shapes through it, parameters, and Keras's summary.
#pragma once

#include <span>
#include <string>
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

/// How a release prints a summary. Only what is listed is offered.
enum class SummaryStyle { keras_2_2 };

struct SummaryRow {
    std::string name;  ///< auto-name, "conv2d_transpose_1"
    std::string type;  ///< class name
    Shape output;
    std::int64_t parameters = 0;
};
struct Summary {
    std::vector<SummaryRow> rows;
    std::int64_t total = 0, trainable = 0, non_trainable = 0;
};
/// `geometries` as given by infer_model without an error.
Summary summarize(std::span<const Layer> layers, std::span<const Geometry> geometries);

/// model.summary() to the character, trailing spaces included, each line ended by '\n'.
std::string summary_text(const Summary& summary, SummaryStyle style);

/// "(None, 5, 5, 128)"
std::string keras_shape(const Shape& shape);
/// "324,353"
std::string with_thousands(std::int64_t number);

}  // namespace engine
