// SPDX-License-Identifier: MIT
// The same layer in the words of Keras and of PyTorch, and where the two part.
#pragma once

#include <string>
#include <vector>

#include "engine/geometry.h"

namespace engine {

enum class Framework { keras, pytorch };

/// How a row compares with the layer it was asked for.
enum class Agreement {
    given,          ///< it is the layer itself
    same,           ///< the same output
    shifted,        ///< the same size, cut elsewhere: the picture is shifted
    other_numbers,  ///< the same size, but computed by another rule
    other_size,     ///< the framework's nearest words give another size
};

struct DialectRow {
    Framework framework = Framework::keras;
    LayerSpec spec{};         ///< the layer in the framework's form …
    Edges pad_first{};        ///< … after zeros were put around its input by hand
    Edges cut_after{};        ///< … and before its output is cut by hand
    std::string arguments{};  ///< as code: "kernel_size=3, strides=2, padding='same'"
    Shape output{};
    /// Transposed layers: what is cut from the full output (negative: zeros appended). Convolution:
    /// zeros put around the input.
    Edges edges{};
    Agreement agreement = Agreement::given;
    /// shifted: rows and columns by which the picture lies further down and right; may be 0 where only the far
    /// edges differ.
    int shift_down = 0, shift_right = 0;
    bool operator==(const DialectRow&) const = default;
};

/// The layer itself first, then its other forms. For Conv2DTranspose, Conv2D and UpSampling2D; nothing beside
/// Keras's own words where a framework has no such layer (PyTorch: lanczos, gaussian, mitchellcubic).
std::vector<DialectRow> dialects(const LayerSpec& spec, const Geometry& geometry);

}  // namespace engine
