// SPDX-License-Identifier: MIT
// What a layer counts up to, and why programs that count it disagree: the same output is read as
// stamps of the inputs, or as windows over an input with zeros in it.
#pragma once

#include "engine/layers/formula.h"

namespace engine {

/// Cells that one cell sees or touches, rows and columns.
struct Reach {
    Size2D output_sees{1, 1};    ///< inputs that one output looks at, at most
    Size2D input_touches{1, 1};  ///< outputs that one input goes into, at most
    bool operator==(const Reach&) const = default;
};

/// Of a Conv2DTranspose, a Conv2D or an UpSampling2D.
Reach reach(const LayerSpec& spec, const Geometry& geometry);
/// The same through layers one behind the other; the axes of the first are the input's.
Reach reach(std::span<const LayerSpec> layers, std::span<const Geometry> geometries);

/// Multiply-adds of a Conv2DTranspose or a Conv2D, one image, no bias.
struct Counts {
    /// Each number of the input once with the whole kernel: in × kernel. A convolution's input
    /// meets less of the kernel at its rim: there is no such product, only the sum `met`.
    Equation from_inputs;
    /// Each number of the output once with the whole kernel: out × kernel, as a window over an
    /// input with zeros in it or around it is computed, and as many programs count.
    Equation from_outputs;
    /// Products of an input and a weight that there are; of a transposed layer those of
    /// from_inputs.
    std::int64_t met = 0;
    /// … and of these, those that land in what is kept, not in what is cropped away.
    std::int64_t kept = 0;
    Equation parameters;  ///< factors in the order of the kernel's axes, then the bias
    Reach reach;
};

/// None for other layers, and where sizes are not known.
std::optional<Counts> counts(const LayerSpec& spec, const Geometry& geometry);

}  // namespace engine
