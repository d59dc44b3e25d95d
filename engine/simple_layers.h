// SPDX-License-Identifier: MIT
// The layers that need no prepared plan: one plain loop each, sums in double. Used by forward only.
#pragma once

#include "engine/geometry.h"
#include "engine/watch.h"
#include "engine/weights.h"

namespace engine {

Tensor normalize(const BatchNormalization& layer, const Weights& weights, const Tensor& input);
Tensor leaky_relu(const LeakyReLU& layer, const Tensor& input);
Tensor pool(const Pooling2D& layer, const Geometry& geometry, const Tensor& input,
            const Watch& watch = {});
Tensor pool_globally(const GlobalPooling2D& layer, const Tensor& input);
/// ZeroPadding2D and Cropping2D: the input shifted by pad_before - crop_before onto a plain of zeros.
Tensor shift_onto_zeros(const Geometry& geometry, const Tensor& input);

}  // namespace engine
