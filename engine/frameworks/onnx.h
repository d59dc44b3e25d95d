// SPDX-License-Identifier: MIT
// ONNX's transposed convolution: its attributes, and the shape rule of its text.
#pragma once

#include <optional>
#include <string_view>

#include "engine/layers/geometry.h"

namespace engine {

/// The attribute auto_pad.
enum class AutoPad {
    notset,      ///< `pads` says it
    same_upper,  ///< output = input * strides; an odd cell is cut at the end, as Keras's "same"
    same_lower,  ///< … at the beginning
    valid,       ///< nothing is cut
};

/// "SAME_UPPER"
std::string_view name_of(AutoPad auto_pad);

/// The operator ConvTranspose with its attributes in ONNX's spelling; defaults are ONNX's but for
/// kernel_shape, which ONNX reads off the kernel. X is (batch, C, rows, columns) there, the kernel
/// (C, filters / group, rows, columns); here, as everywhere in the engine, channels come last.
struct OnnxConvTranspose {
    int filters = 1;
    Size2D kernel_shape{1, 1};
    Size2D strides{1, 1};
    Size2D dilations{1, 1};
    int group = 1;
    AutoPad auto_pad = AutoPad::notset;
    Edges pads{};  ///< cut from the full output; not read beside output_shape or another auto_pad
    Size2D output_padding{0, 0};              ///< less than strides or dilations, the larger
    std::optional<Size2D> output_shape = {};  ///< the spatial part
    bool operator==(const OnnxConvTranspose&) const = default;
};

/// Along each axis, with extent = dilations * (kernel_shape - 1) + 1 and
/// full = strides * (in - 1) + extent + output_padding:
///
///     notset              out = full - pads_begin - pads_end
///     valid               out = full
///     same_upper, _lower  out = in * strides       total = full - out
///     output_shape        out = output_shape       total = full - out
///
///     total is cut so:    same_upper   begin = total / 2, end = total - begin
///                         otherwise    end = total / 2, begin = total - end
///
/// A plain output_shape thus cuts an odd cell at the beginning. pads are never negative; where the
/// output is larger than the full one (same_* with extent < strides), the missing cells follow at
/// the end, where output_padding puts them.
///
/// Source: the ONNX operator documentation, ConvTranspose-11 and -22, "pads", "auto_pad",
/// "output_shape" and "output_padding". ONNX Runtime departs from it in two places: it refuses
/// output_padding >= strides even below dilations, and same_* with extent < strides gives it full.
///
/// Errors are those of Conv2DTranspose, about `pads` or `output_shape` where these are meant.
Result<Geometry> infer(const OnnxConvTranspose& layer, const Shape& input);

/// Its window and filters as the engine's layer, nothing cut, nothing appended; what is cut stands
/// in the Geometry.
Conv2DTranspose uncut_layer(const OnnxConvTranspose& layer);

/// Any transposed layer in ONNX's words, always exactly:
///
///     pads = crop_before and max(crop_after, 0)      output_padding = max(-crop_after, 0)
OnnxConvTranspose in_onnx(const Conv2DTranspose& layer, const Geometry& geometry);

}  // namespace engine
