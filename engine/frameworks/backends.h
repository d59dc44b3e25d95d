// SPDX-License-Identifier: MIT
// What not every backend of Keras computes.
#pragma once

#include "engine/layers/geometry.h"

namespace engine {

/// TensorFlow takes a transposed layer for the gradient of a convolution of its output, and refuses
/// it where that would not give the input's size: with padding same ceil(out / strides), which an
/// even kernel with output_padding 0 misses by one. JAX, PyTorch and NumPy compute it.
/// tensorflow: core/kernels/conv_grad_shape_utils.cc.
inline bool is_gradient_of_same(const Axis& axis) {
    return (axis.out + axis.stride - 1) / axis.stride == axis.in;
}

}  // namespace engine
