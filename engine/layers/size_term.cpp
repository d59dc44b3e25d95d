// SPDX-License-Identifier: MIT
#include "engine/layers/size_term.h"

#include <algorithm>

namespace engine {

CellRanges overhang_cells(const Axis& axis) {
    const int blocks = axis.in * axis.stride;
    return {cells_from(blocks, std::max(axis.full - blocks, 0))};
}

CellRanges given_back_cells(const Axis& axis, int cut, int output_padding) {
    const int before = cut - axis.crop_before;
    return {cells_from(axis.crop_before, before),
            cells_from(axis.full - cut, output_padding - before)};
}

CellRanges zeros_cells(const Axis& axis, int before, int after) {
    CellRanges cells;
    if (before > 0) cells.push_back(cells_from(0, before));
    if (after > 0) cells.push_back(cells_before(axis.pad_before + axis.in + axis.pad_after, after));
    return cells;
}

}  // namespace engine
