// SPDX-License-Identifier: MIT
// Every shape and every crop, in one place. A Geometry is the only proof that a layer fits its
// input: kernels, traces and drawings take it and never recompute.
#pragma once

#include <optional>
#include <vector>

#include "engine/layers/layer_spec.h"
#include "engine/values/result.h"

namespace engine {

/// One spatial axis of a layer.
///
/// Transposed convolution, with extent = dilation * (kernel - 1) + 1 and
/// full = (in - 1) * stride + extent (the full output, before cropping):
///
///     valid                       out = in * stride + max(extent - stride, 0)   crop_before = 0
///     same                        out = in * stride                             crop_before = m
///     valid + output_padding op   out = full + op                            crop_before = 0
///     same  + output_padding op   out = full - 2 * (extent / 2) + op         crop_before = m
///     Explicit p, op              out = full - 2 * p + op                    crop_before = p
///
///     m = max(full - out, 0) / 2
///     crop_after = full - out - crop_before      (negative: cells that only the bias reaches)
///
/// Sources: Keras 2.2.4 conv_utils.deconv_length, Keras 3 backend_utils, TensorFlow
/// kernel_shape_util (padding before = needed / 2), PyTorch ConvTranspose2d documentation.
///
/// Convolution and pooling: out = (in + pad_before + pad_after - extent) / stride + 1; same:
/// out = ceil(in / stride), the odd zero at the end.
struct Axis {
    int in = 1;
    int kernel = 1;
    int stride = 1;
    int dilation = 1;
    int extent = 1;  ///< cells the kernel spans, dilation included
    int full = 1;    ///< before cropping (transposed layers, Cropping2D; else = out)
    int out = 1;
    int crop_before = 0;  ///< transposed layers, Cropping2D
    int crop_after = 0;   ///< likewise; negative: cells appended that hold only the bias
    int pad_before = 0;   ///< convolution, pooling, ZeroPadding2D
    int pad_after = 0;

    /// Sliding reading of a transposed layer: the input with stride - 1 zeros between its cells.
    int stretched() const { return (in - 1) * stride + 1; }
    /// … and the border of zeros on each side that makes the stride-1 window cover `full` cells.
    int border() const { return extent - 1; }
    /// stretched() with both borders.
    int bordered() const { return stretched() + 2 * border(); }
    /// Convolution: the input with its padding.
    int padded() const { return pad_before + in + pad_after; }
    /// Length that shows everything: the full output and any appended cells.
    int canvas() const { return crop_after < 0 ? full - crop_after : full; }

    bool operator==(const Axis&) const = default;
};

struct Geometry {
    Shape input;
    Shape output;
    Axis rows;  ///< meaningful for layers with a spatial window or crop; else default
    Axis columns;

    /// The full output of a transposed layer before cropping, (full, full, filters).
    Shape full() const;
    /// full() and the appended cells: what the stage draws.
    Shape canvas() const;

    bool operator==(const Geometry&) const = default;
};

/// No argument of a layer may exceed this, whatever the layer makes of it: products of two of them
/// are exact.
inline constexpr int max_argument = 1 << 30;

/// Sizes, strides and the like of layers that are computed, at most.
inline constexpr int max_computed_argument = 65536;

/// Cells along one side of a feature map that windows or stamps walk over, at most: what is
/// prepared for every row and column stays small beside the numbers.
inline constexpr int max_side = 1 << 20;

/// Taps times the cells they are laid on along one axis, at most: kernels keep lists of what meets
/// there.
inline constexpr std::int64_t max_tap_pairs = std::int64_t{1} << 24;

/// Does the layer fit the input? All checks on arguments and sizes happen here. Whether it can be
/// computed is another question (check_computable): this one is answered up to max_shape_count, and
/// sizes may be unknown. An axis whose input is unknown has an unknown `full` and `out`, too,
/// and crops and pads of 0. Strides together with dilation are computed (PyTorch does); see
/// keras_refuses.
Result<Geometry> infer(const LayerSpec& spec, const Shape& input);

/// Are all sizes known, and small enough for the numbers to be computed? `geometry` is infer's.
std::optional<Error> check_computable(const LayerSpec& spec, const Geometry& geometry);

/// Feature maps (height, width, channels) brought to another height and width by sampling (ONNX
/// Resize).
Result<Shape> resized(const Shape& input, Size2D output_size);

/// What Keras itself refuses although it can be computed: strides > 1 with dilation_rate > 1.
std::optional<Error> keras_refuses(const LayerSpec& spec);

/// Multiply-adds on real inputs before cropping: i_y * i_x * kh * kw * in * out / groups; 0 for
/// layers without a kernel. At most INT64_MAX, and 0 where a size is unknown.
std::int64_t multiply_adds(const LayerSpec& spec, const Geometry& geometry);

/// Products of computing the layer, at most: the zeros of the padding count, and so does every
/// number that is only copied, and every cell under a pooling window.
std::int64_t work(const LayerSpec& spec, const Geometry& geometry);

/// Pairs (output, tap) along one axis of a convolution whose input is a real cell, not padding.
std::int64_t real_products(const Axis& axis);

/// a * b, or INT64_MAX where that is more; neither is negative.
std::int64_t saturated_product(std::int64_t a, std::int64_t b);

/// Taps along an axis of a transposed layer that join input cell q with full output cell o:
/// the tap t with q * stride + t * dilation == o, or -1. (The stamp is not turned.)
int tap_joining(const Axis& axis, int input_cell, int output_cell);

/// Full output cell in which tap `tap` of input cell q's stamp lands: q * stride + tap *
/// dilation.
inline int landing(const Axis& axis, int input_cell, int tap) {
    return input_cell * axis.stride + tap * axis.dilation;
}

/// Cells first … last along an axis; none if last < first.
struct CellRange {
    int first = 0;
    int last = -1;
    bool operator==(const CellRange&) const = default;
};
/// Input cells whose stamps span full output cell o. A dilated stamp passes over cells without
/// touching them: ask tap_joining.
CellRange inputs_spanning(const Axis& axis, int output_cell);

/// How many input cells touch full output cell o along one axis; the counts of two axes
/// multiply.
int inputs_reaching(const Axis& axis, int output_cell);

/// The most input cells that touch one full output cell along one axis.
int most_inputs_reaching(const Axis& axis);

/// Two inputs that touch the same output cell along one axis, and the taps that do.
struct Overlap {
    int output = 0;
    int first = 0, first_tap = 0;
    int last = 0, last_tap = 0;
    bool operator==(const Overlap&) const = default;
};
/// The first full output cell where inputs meet, with the outermost of them; none if stamps do
/// not overlap.
std::optional<Overlap> first_overlap(const Axis& axis);

/// Per cell of the canvas along one axis, does any input reach it? Not so holes and appended cells.
std::vector<bool> reached_cells(const Axis& axis);

/// Cells of the canvas that no input reaches: holes and appended cells.
std::int64_t unreached_cells(const Geometry& geometry);

/// The same transposed layer with nothing cut away: its output is the whole canvas.
Geometry without_crop(Geometry geometry);

/// Is cell `cell` of the canvas part of the layer's output?
inline bool is_kept(const Axis& axis, int cell) {
    return cell >= axis.crop_before && cell < axis.crop_before + axis.out;
}

/// Sliding reading: where input cell q stands in the bordered input. slide_cell (trace.h) goes
/// back.
inline int bordered_cell(const Axis& axis, int input_cell) {
    return axis.border() + input_cell * axis.stride;
}
/// The cell of the bordered input under row or column `window_cell` of the window for output cell
/// o.
inline int covered_cell(const Axis& axis, int output_cell, int window_cell) {
    return output_cell + window_cell * axis.dilation;
}
/// Row or column of that window which lies on a cell of the bordered input, or -1: beside the
/// window, or between its weights (dilation).
int window_cell_over(const Axis& axis, int output_cell, int bordered_cell);

/// Convolution: the cell of the padded input on which tap `tap` of the window for output cell o
/// lies, o * strides + tap * dilation.
inline int padded_cell_under(const Axis& axis, int output_cell, int tap) {
    return output_cell * axis.stride + tap * axis.dilation;
}
/// The input cell there, or -1 where it is padding.
inline int input_under(const Axis& axis, int output_cell, int tap) {
    const int cell = padded_cell_under(axis, output_cell, tap) - axis.pad_before;
    return cell >= 0 && cell < axis.in ? cell : -1;
}
/// The output cell whose window lays tap `tap` on input cell q, or -1.
int window_with(const Axis& axis, int tap, int input_cell);
/// Padded cells at the end that no window reaches, because its strides step over them.
inline int cells_left_over(const Axis& axis) {
    return axis.padded() - ((axis.out - 1) * axis.stride + axis.extent);
}

/// Do zeros stand around the input a window slides over, in either layer?
inline bool has_border(const Geometry& geometry) {
    const auto along = [](const Axis& axis) {
        return axis.pad_before > 0 || axis.pad_after > 0 || axis.border() > 0;
    };
    return along(geometry.rows) || along(geometry.columns);
}

/// Tap of the *turned* kernel (sliding reading) under which the same product appears: kernel - 1 -
/// tap.
inline int turned(const Axis& axis, int tap) { return axis.kernel - 1 - tap; }

}  // namespace engine
