// SPDX-License-Identifier: MIT
// One layer computed: the linear part, bias, activation and crop, together or one by one.
#pragma once

#include "engine/geometry.h"
#include "engine/interpolation.h"
#include "engine/watch.h"
#include "engine/weights.h"

namespace engine {

/// The layer's output for one input (no batch axis). Weights must fit (check_weights). The
/// arithmetic is that of the chosen target (kernels/kernels.h). Fails only if a result is not
/// finite, or if `watch` stops it. The layer is made ready for this one input; PreparedLayer
/// (prepared_model.h) takes many.
Result<Tensor> forward(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                       const Tensor& input, const Watch& watch = {});

/// The linear part of a transposed layer on its full, uncropped output: no bias, no activation,
/// shape geometry.uncropped(). For UpSampling2D: the output itself.
Tensor linear_uncropped(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                        const Tensor& input);

/// One activation in double precision, as the textbook writes it (softmax is not elementwise: see
/// apply_activation).
double activate(ActivationKind kind, double x);

/// Elementwise, or over the last axis for softmax.
Tensor apply_activation(ActivationKind kind, const Tensor& tensor);
/// The same on numbers that are overwritten; `length` of the last axis.
void activate_in_place(ActivationKind kind, std::span<float> values, std::size_t length);

/// The activation a layer runs after its bias; linear for layers without one.
ActivationKind activation_of(const LayerSpec& spec);

}  // namespace engine
