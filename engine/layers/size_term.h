// SPDX-License-Identifier: MIT
// What a term of a size is for, and which cells it adds or cuts: where they are in one place, for
// the formula of a layer and for those of the frameworks.
#pragma once

#include <vector>

#include "engine/layers/geometry.h"

namespace engine {

/// What a term of a size is for.
enum class Purpose {
    steps,          ///< from the first stamp to the last: (in − 1) × strides
    last_stamp,     ///< the whole stamp of the last input: kernel_size
    rest_of_stamp,  ///< … all of it but its first cell: dilation × (kernel_size − 1)
    first_cell,     ///< … its first cell: + 1
    blocks,         ///< as many cells for every input as strides has: in × strides
    overhang,       ///< what the last stamp has beyond its block: max(kernel_size − strides, 0)
    cut_both,       ///< taken away at both ends: 2 × padding
    cut_begin,      ///< … at the first end
    cut_end,        ///< … at the second
    given_back,     ///< of what the padding took, given back at the end: output_padding
    appended,       ///< put behind the full output: output_padding
    wanted,         ///< the size that was asked for: output_shape
    sliced_begin,   ///< cut by hand from what the layer gives
    sliced_end,
    input,            ///< a convolution: the cells it slides over
    zeros_both,       ///< … zeros put around them
    zeros_begin,      ///< … before them
    zeros_end,        ///< … behind them
    first_window,     ///< … the cells that the first window covers
    every_stride,     ///< … one window for each stride of the rest
    first_place,      ///< … and the first window itself
    rest_of_window,   ///< a dilated window: all of it but its first cell
    first_of_window,  ///< … its first cell
    whole,            ///< the full output
    kept,             ///< what is left of it
};

/// Cells along one axis: of a transposed layer, or one that resizes, those of the full output,
/// which go on behind it where cells are appended; of a convolution those of the input with its
/// zeros. A range may be empty.
using CellRanges = std::vector<CellRange>;

/// So many cells from the first on.
inline CellRange cells_from(int first, int count) { return {first, first + count - 1}; }
/// So many cells at the end, of which the last is before `end`.
inline CellRange cells_before(int end, int count) { return {end - count, end - 1}; }

// Of the full output.
inline CellRanges steps_cells(const Axis& axis) {
    return {cells_from(0, (axis.in - 1) * axis.stride)};
}
inline CellRanges last_stamp_cells(const Axis& axis) {
    return {cells_before(axis.full, axis.extent)};
}
inline CellRanges first_cell_cells(const Axis& axis) {
    return {cells_from(axis.full - axis.extent, 1)};
}
inline CellRanges rest_of_stamp_cells(const Axis& axis) {
    return {cells_before(axis.full, axis.extent - 1)};
}
inline CellRanges blocks_cells(const Axis& axis) {
    return {cells_from(axis.crop_before, axis.in * axis.stride)};
}
/// What the last stamp has beyond its block, none if it does not fill that.
CellRanges overhang_cells(const Axis& axis);
inline CellRanges both_ends_cells(const Axis& axis, int each) {
    return {cells_from(0, each), cells_before(axis.full, each)};
}
/// Of `cut` cells taken at either end those that output_padding gives back: what the crop leaves
/// of the first end, and the rest at the second.
CellRanges given_back_cells(const Axis& axis, int cut, int output_padding);
inline CellRanges appended_cells(const Axis& axis, int count) {
    return {cells_from(axis.full, count)};
}
inline CellRanges kept_cells(const Axis& axis) { return {cells_from(axis.crop_before, axis.out)}; }
inline CellRanges whole_cells(const Axis& axis) { return {cells_from(0, axis.full)}; }

// Of the input with its zeros.
inline CellRanges input_cells(const Axis& axis) { return {cells_from(axis.pad_before, axis.in)}; }
CellRanges zeros_cells(const Axis& axis, int before, int after);
inline CellRanges first_window_cells(const Axis& axis) { return {cells_from(0, axis.extent)}; }
inline CellRanges rest_of_window_cells(const Axis& axis) {
    return {cells_from(1, axis.extent - 1)};
}
inline CellRanges first_of_window_cells(const Axis&) { return {cells_from(0, 1)}; }

/// A term of an equation: what it adds, or cuts if `value` is negative.
struct SizeTerm {
    Purpose purpose = Purpose::steps;
    std::int64_t value = 0;
    CellRanges cells = {};
    bool operator==(const SizeTerm&) const = default;
};

}  // namespace engine
