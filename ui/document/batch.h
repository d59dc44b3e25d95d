// SPDX-License-Identifier: MIT
// Several inputs of one shape, run one after the other: the engine knows no batches.
#pragma once

#include <optional>
#include <vector>

#include "engine/effort.h"
#include "engine/weights.h"
#include "ui/document/layer_json.h"

namespace ui::document {

/// Items in NHWC, or (no items) only their shape.
struct Batch {
    int size = 0;
    engine::Shape shape;  ///< of one item
    std::optional<std::vector<engine::Tensor>> items;
};

/// A "shape" and, unless only that is asked about, the "data"; in NCHW if `channels_first`.
Batch read_batch(const JsonField& field, bool channels_first);
QByteArray output_text(const Batch& batch, bool channels_first);

/// A layer with its proof and its tensors, ready to be run on item after item.
struct Ready {
    engine::LayerSpec spec;
    engine::Geometry geometry;
    engine::Weights weights;
};

/// What run_batch computes: nothing without items.
engine::Effort effort_of(const Batch& batch, const std::vector<Ready>& layers);

/// Replaces the batch by what the layers make of it.
std::optional<engine::Error> run_batch(Batch& batch, const std::vector<Ready>& layers);

}  // namespace ui::document
