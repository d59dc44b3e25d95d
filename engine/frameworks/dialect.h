// SPDX-License-Identifier: MIT
// The same layer in the words of Keras, of PyTorch, of ONNX and of the Guide, and where they part.
#pragma once

#include <string>
#include <vector>

#include "engine/frameworks/axis_sum.h"
#include "engine/frameworks/framework.h"
#include "engine/frameworks/onnx.h"

namespace engine {

/// How a row compares with the layer it was asked for.
enum class Agreement {
    given,          ///< it is the layer itself
    same,           ///< the same output
    shifted,        ///< the same size, cut elsewhere: the picture is shifted
    other_numbers,  ///< the same size, but computed by another rule
    other_size,     ///< the framework's nearest words give another size
    no_form,        ///< the framework has no such layer; `lack` says why
};

/// Why a framework has no such layer.
enum class Lack {
    nothing,
    groups,                 ///< Keras: Conv2DTranspose has no groups
    strides_with_dilation,  ///< Keras: strides > 1 together with dilation_rate > 1
    interpolation,          ///< PyTorch: lanczos, gaussian, mitchellcubic; ONNX: these
    appended_cells,         ///< more zeros at the end than output_padding may append
    dilation,               ///< the Guide: no relationship of a transposed layer has any
    border,                 ///< the Guide: a border k - p - 1 of less than nothing
    resizing,               ///< the Guide: only windows, nothing that resizes
    uneven_zeros,           ///< the Guide: as many zeros before as after
};

/// A layer in one framework's words, or the reason why there are none. Mappings, with the crop of
/// geometry.h as (before, after) along each axis:
///
///     ONNX      always: pads = before, max(after, 0); output_padding = max(-after, 0); see onnx.h
///     PyTorch   padding = before, output_padding = before - after, if 0 <= before - after <
///               max(stride, dilation); otherwise padding = 0 and a slice of the output
///     Keras     valid or same where they cut so; otherwise valid, output_padding = max(-after, 0),
///               then Cropping2D
///     Guide     p = before, a = before - after, if 0 <= a < s and p < k
///
/// Kernels need no turning, only another order of axes: Keras (row, column, filter, input channel),
/// PyTorch and ONNX (input channel, filter, row, column). Sources: Keras 3 base_conv_transpose.py,
/// PyTorch's ConvTranspose2d, Conv2d and Upsample, ONNX's ConvTranspose, Conv and Resize;
/// Dumoulin and Visin, arXiv:1603.07285, relationships 1 to 15.
struct DialectRow {
    Framework framework = Framework::keras;
    /// The layer in the framework's form; ONNX's pads stand in pad_first and cut_after …
    LayerSpec spec{};
    Edges pad_first{};        ///< … after zeros were put around its input by hand
    Edges cut_after{};        ///< … and before its output is cut by hand
    std::string arguments{};  ///< as code: "kernel_size=3, strides=2, padding='same'"
    /// Of these, what is the framework's own: without the kernel and the strides that all have.
    std::string own{};
    std::string call{};  ///< the same as a call, and what is done by hand beside it
    std::string code{};  ///< that runs, a line for each layer; empty: no program
    Shape output{};      ///< rank 0: no form
    /// Transposed layers: what is cut from the full output (negative: zeros appended). Convolution:
    /// zeros put around the input.
    Edges edges{};
    SizeSums sums{};            ///< how the framework's documentation adds the size up
    Size2D relationship{0, 0};  ///< the Guide's number along each axis; 0: not the Guide
    Agreement agreement = Agreement::given;
    Lack lack = Lack::nothing;
    /// shifted: rows and columns by which the picture lies further down and right; may be 0 where
    /// only the far edges differ.
    int shift_down = 0, shift_right = 0;
    bool operator==(const DialectRow&) const = default;
};

/// The layer itself first, then its forms in the other frameworks, at least one row of each. A
/// transposed layer of which nothing but kernel and strides is given is also taken at its word:
/// where these alone make another size elsewhere, a row says so. For Conv2DTranspose, Conv2D and
/// UpSampling2D, in Keras's words or, with Explicit padding, in PyTorch's; empty for other layers.
std::vector<DialectRow> dialects(const LayerSpec& spec, const Geometry& geometry);

/// The same, beginning with the words of this framework, which must have some for the layer.
std::vector<DialectRow> dialects(Framework given, const LayerSpec& spec, const Geometry& geometry);

/// The same, beginning with ONNX's words.
std::vector<DialectRow> dialects(const OnnxConvTranspose& layer, const Geometry& geometry);

}  // namespace engine
