// SPDX-License-Identifier: MIT
// What the four axes of a convolution's kernel are, in Keras and in PyTorch.
#pragma once

#include <array>

#include "engine/layers/layer_spec.h"

namespace engine {

enum class KernelAxis { row, column, input_channel, filter };
/// From the outermost bracket to the innermost.
using KernelAxes = std::array<KernelAxis, 4>;

enum class KernelOrder { keras, pytorch };

/// Has the layer a kernel of four axes: Conv2D, Conv2DTranspose?
bool has_kernel_axes(const LayerSpec& spec);

/// Of such a layer; with groups one of its channel axes is a group's share.
///
///                        Keras                                  PyTorch
///     Conv2D             row, column, input channel, filter     filter, input channel, row, column
///     Conv2DTranspose    row, column, filter, input channel     input channel, filter, row, column
///
/// Sources: Keras 3 base_conv.py and base_conv_transpose.py, PyTorch's Conv2d and ConvTranspose2d.
KernelAxes kernel_axes(const LayerSpec& spec, KernelOrder order);

/// A kernel, or a place in it, from one order of axes to another.
Tensor reordered(const Tensor& kernel, const KernelAxes& from, const KernelAxes& to);
Shape reordered(const Shape& shape, const KernelAxes& from, const KernelAxes& to);
std::array<int, 4> reordered(const std::array<int, 4>& place, const KernelAxes& from,
                             const KernelAxes& to);

}  // namespace engine
