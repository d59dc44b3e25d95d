// SPDX-License-Identifier: MIT
// The functions that layers apply to numbers one by one, and softmax.
#pragma once

#include <span>

#include "engine/layers/layer_spec.h"

namespace engine {

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
