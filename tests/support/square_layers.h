// SPDX-License-Identifier: MIT
// Layers with the same numbers along both axes, for tests of shapes.
#pragma once

#include "engine/layers/layer_spec.h"

namespace support {

inline constexpr int none = -1;  ///< no output_padding

/// The same numbers along both axes.
inline engine::Conv2DTranspose transpose(int kernel, int strides, engine::Padding padding,
                                         int output_padding = none, int dilation = 1) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = padding;
    if (output_padding != none) layer.output_padding = {output_padding, output_padding};
    layer.dilation_rate = {dilation, dilation};
    return layer;
}

inline engine::Conv2D convolution(int kernel, int strides, engine::Padding padding,
                                  int dilation = 1) {
    engine::Conv2D layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = padding;
    layer.dilation_rate = {dilation, dilation};
    return layer;
}

}  // namespace support
