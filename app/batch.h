// SPDX-License-Identifier: MIT
// Several inputs of one shape, run one after the other: the engine knows no batches.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/layers/interpolation.h"
#include "engine/lessons/effort.h"
#include "ui/formats/layer_json.h"

namespace app {

/// Items in NHWC, or (no items) only their shape.
struct Batch {
    int size = 0;
    engine::Shape shape;  ///< of one item
    std::optional<std::vector<engine::Tensor>> items;
};

/// A "shape" and, unless only that is asked about, the "data"; in NCHW if `channels_first`.
Batch read_batch(const ui::formats::JsonField& field, bool channels_first);
QByteArray output_text(const Batch& batch, bool channels_first);

/// What run_batch computes: nothing without items.
engine::Effort effort_of(const Batch& batch, std::span<const engine::Layer> layers,
                         std::span<const engine::Geometry> geometries);

/// Replaces the batch by what comes out of the last layer; no other output is asked for. The
/// layers' tensors are set and fit, and are made ready once for all items.
std::optional<engine::Error> run_batch(Batch& batch, std::span<const engine::Layer> layers,
                                       std::span<const engine::Geometry> geometries,
                                       engine::ThreadPool* pool);
/// Replaces the batch by feature maps of another size.
std::optional<engine::Error> resample_batch(Batch& batch, const engine::Sampling2D& sampling,
                                            const engine::Shape& output);

}  // namespace app
