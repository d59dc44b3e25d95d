// SPDX-License-Identifier: MIT
// One layer computed: linear part, bias, activation and crop together, or the linear part alone.
#pragma once

#include "engine/layers/geometry.h"
#include "engine/layers/interpolation.h"
#include "engine/layers/weights.h"
#include "engine/values/watch.h"

namespace engine {

/// The layer's output for one input (no batch axis). Weights must fit (check_weights). The
/// arithmetic is that of the chosen target (kernels/kernels.h). Fails only if a result is not
/// finite, or if `watch` stops it. The layer is made ready for this one input; PreparedLayer
/// (prepared_model.h) takes many.
Result<Tensor> forward(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                       const Tensor& input, const Watch& watch = {});

/// The linear part of a transposed layer on its full, uncropped output: no bias, no activation,
/// shape geometry.full(). For UpSampling2D: the output itself; for Conv2D: the output without bias
/// and activation. Other layers have none.
Tensor linear_full(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                   const Tensor& input);

}  // namespace engine
