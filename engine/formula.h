// SPDX-License-Identifier: MIT
// A Geometry explained: the output-shape formula as symbols, with these numbers, and the result.
// Symbols only; words are the interface's business.
#pragma once

#include <string>
#include <vector>

#include "engine/weights.h"

namespace engine {

/// What a piece of a formula stands for, so that a hovered term can be lit on the stage.
enum class Quantity {
    sign,    ///< operator or bracket
    number,  ///< a constant of the formula ("1", "2")
    out,
    in,
    full,
    kernel_size,
    effective_kernel,
    strides,
    dilation_rate,
    output_padding,
    padding,
    size,
    crop,
    crop_before,
    crop_after,
    filters,
    input_channels,
    units,
    bias,
    pool_size,
};

struct Piece {
    Quantity quantity = Quantity::sign;
    std::string text;  ///< "×", "strides", "2"; U+2212 for minus, U+00D7 for times
    bool operator==(const Piece&) const = default;
};

/// `left = symbols = numbers = result`, e.g. out = in × strides = 2 × 2 = 4. A line whose symbols and
/// numbers would be the same says it once (numbers empty).
struct Equation {
    Piece left;
    std::vector<Piece> symbols;
    std::vector<Piece> numbers;
    std::int64_t result = 0;
    bool operator==(const Equation&) const = default;
};

/// One axis: the rule that applies to this setting, then full size and crop where they exist.
struct AxisFormula {
    std::vector<Equation> equations;  ///< first the output size
    int crop_before = 0, crop_after = 0;
    bool operator==(const AxisFormula&) const = default;
};

struct Formula {
    AxisFormula rows, columns;  ///< equal when both axes have the same numbers
    bool axes_equal = true;
    Equation parameters;  ///< the count as a product: 3 × 3 × 1 × 128 + 1 = 1153
};

Formula explain(const LayerSpec& spec, const Geometry& geometry);

/// "out = in × strides = 2 × 2 = 4"
std::string text_of(const Equation& equation);

}  // namespace engine
