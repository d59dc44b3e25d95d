// SPDX-License-Identifier: MIT
#include "engine/interpolation.h"

#include <algorithm>

namespace engine {

std::vector<Sample> samples(Interpolation interpolation, int in, int factor, int output) {
    // For whole factors area averages a piece of one cell: the cell itself.
    if (interpolation != Interpolation::bilinear) return {{output / factor, 1.0}};
    // u = (2 output + 1 - factor) / (2 factor) as whole part and remainder, so that both weights are
    // rounded once only.
    const int denominator = 2 * factor;
    const int numerator = 2 * output + 1 - factor;
    const int whole = numerator < 0 ? -1 : numerator / denominator;  // numerator > -denominator
    const int remainder = numerator - whole * denominator;
    const int before = std::max(whole, 0);
    const int after = std::min(whole + 1, in - 1);
    if (remainder == 0 || before == after) return {{before, 1.0}};
    return {{before, static_cast<double>(denominator - remainder) / denominator},
            {after, static_cast<double>(remainder) / denominator}};
}

double source_position(int factor, int output) { return (output + 0.5) / factor - 0.5; }

bool is_supported(Interpolation interpolation) {
    return interpolation == Interpolation::nearest || interpolation == Interpolation::bilinear ||
           interpolation == Interpolation::area;
}

}  // namespace engine
