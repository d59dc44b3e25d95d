// SPDX-License-Identifier: MIT
// How many inputs reach each output cell of a transposed convolution, and what that makes likely.
#pragma once

#include <vector>

#include "engine/models/forward.h"

namespace engine {

/// Decided from the counts per output phase (o mod strides), dilation included, away from the rim.
enum class CoverageVerdict {
    holes,   ///< some inside cells get no product at all: they hold the bias only
    tiles,   ///< every inside cell gets exactly one
    even,    ///< every inside cell gets the same number, more than one
    uneven,  ///< numbers differ: a checkerboard is likely
};

struct Coverage {
    int height = 0, width = 0;  ///< full (uncropped) output
    std::vector<int> counts;    ///< row-major; inputs that reach the cell, one channel
    CoverageVerdict verdict = CoverageVerdict::tiles;
    std::vector<int> inside;  ///< distinct counts over the phases, ascending: {1, 2, 4}
    int at(int row, int column) const {
        return counts[static_cast<std::size_t>(row * width + column)];
    }
};

/// Of the layer on this geometry (its own input size). Verdict and `inside` do not depend on the
/// size.
Coverage coverage(const Geometry& geometry);

/// An input size (per axis) large enough to show the inside beside the rim, small enough for a map:
/// 5 or more with each phase three times inside if the full output stays within 15 cells, else
/// the fewest that show each phase twice.
Size2D telling_input(const Geometry& geometry);

/// The least input size along an axis, 3 or more, whose full output shows every output phase
/// inside.
int fewest_telling(const Axis& axis);

/// Along one axis, away from the rim: does a tap land in every output phase, and equally many in
/// each?
bool touches_every_phase(const Axis& axis);
bool touches_evenly(const Axis& axis);

/// What these weights make of flat grey (all inputs 1): the distinct inside values over the output
/// phases, in phase order (row phase, then column phase), for one filter, its bias added, before
/// the activation. One value: no pattern. Kernel of tens, k3 s2: 200, 100, 50. Empty for layers
/// that are not upsampling.
std::vector<float> flat_response(const LayerSpec& spec, const Geometry& geometry,
                                 const Weights& weights, int filter);

}  // namespace engine
