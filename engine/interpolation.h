// SPDX-License-Identifier: MIT
// The one-dimensional sampling rules of UpSampling2D.
#pragma once

#include <vector>

#include "engine/layer_spec.h"

namespace engine {

/// One source cell and its share of an output number.
struct Sample {
    int source = 0;
    double weight = 0;
    bool operator==(const Sample&) const = default;
};

/// Source cells of output index `output` when `in` cells grow by `factor`, along one axis. Half-pixel
/// centres: u = (output + 0.5) / factor - 0.5; nearest: output / factor; bilinear: neighbours clamped
/// at the edge (equal sources merged into one sample). Sources ascending, weights sum to 1, zero weights
/// left out. TensorFlow 2 and Keras 3: resize with half_pixel_centers.
std::vector<Sample> samples(Interpolation interpolation, int in, int factor, int output);

/// Where output cell centres fall in source coordinates: u above.
double source_position(int factor, int output);

/// Interpolations this program computes so far.
bool is_supported(Interpolation interpolation);

}  // namespace engine
