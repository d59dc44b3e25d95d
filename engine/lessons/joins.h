// SPDX-License-Identifier: MIT
// Which input cells a layer's linear part joins with which output cells, along one axis. Rows and
// columns are joined alike and independently: a product of the picture is a join of its rows
// crossed with one of its columns.
#pragma once

#include <vector>

#include "engine/layers/geometry.h"

namespace engine {

struct Join {
    int input = 0;
    int tap = -1;      ///< of the kernel as stored; -1: the layer has none
    int output = 0;    ///< of the full output
    double share = 1;  ///< that is taken of the input
    bool operator==(const Join&) const = default;
};

/// Joins that start in an input cell: by tap, or by output where there is no kernel.
std::vector<Join> joins_from(const LayerSpec& spec, const Axis& axis, int input);
/// Joins that meet in an output cell, in the reading order of the inputs; none in holes and
/// appended cells.
std::vector<Join> joins_into(const LayerSpec& spec, const Axis& axis, int output);
/// Joins that a tap makes, in the reading order of the inputs.
std::vector<Join> joins_by(const LayerSpec& spec, const Axis& axis, int tap);

}  // namespace engine
