// SPDX-License-Identifier: MIT
// A Geometry explained: the output-shape formula as symbols, with these numbers, and the result.
// Symbols only; words are the interface's business.
#pragma once

#include <string>
#include <vector>

#include "engine/layers/size_term.h"
#include "engine/layers/weights.h"

namespace engine {

/// The signs of mathematics that formulas are written with.
namespace signs {
inline constexpr const char* plus = "+";
inline constexpr const char* minus = "\u2212";
inline constexpr const char* times = "\u00d7";
inline constexpr const char* over = "/";
inline constexpr const char* open_floor = "\u230a";
inline constexpr const char* close_floor = "\u230b";
inline constexpr const char* open_ceiling = "\u2308";
inline constexpr const char* close_ceiling = "\u2309";
}  // namespace signs

/// "−2", with the sign of mathematics.
std::string digits(std::int64_t number);

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

/// A term of an equation, and which of its pieces it is, without the sign before it: the same in
/// symbols and in numbers.
struct EquationTerm {
    SizeTerm does;
    std::size_t first = 0, last = 0;  ///< last: the one behind
    bool operator==(const EquationTerm&) const = default;
};

/// `left = symbols = numbers = result`, e.g. out = in × strides = 2 × 2 = 4. A line whose symbols
/// and numbers would be the same says it once (numbers empty); one with no left side has an empty
/// left.text.
struct Equation {
    Piece left;
    std::vector<Piece> symbols;
    std::vector<Piece> numbers;
    std::int64_t result = 0;
    std::vector<EquationTerm> terms;  ///< of a size: all of it; of other counts none
    bool operator==(const Equation&) const = default;
};

/// One axis: the rule that applies to this setting, then what explains it.
struct AxisFormula {
    /// First the output size, for layers whose size follows from a rule (none for Dense, Reshape,
    /// …). Then effective_kernel if there is a dilation, then full size and crop if anything is cut
    /// or appended: `crop` is their difference, negative where more is appended than cut.
    std::vector<Equation> equations;
    int crop_before = 0, crop_after = 0;
    bool operator==(const AxisFormula&) const = default;
};

struct Formula {
    AxisFormula rows, columns;  ///< equal when both axes have the same numbers
    bool axes_equal = true;
    /// The count as a product of the weights' own axes, then the bias: 3 × 3 × 1 × 128 + 1 = 1153.
    /// No left side; just a result of 0 for layers without weights.
    Equation parameters;
};

Formula explain(const LayerSpec& spec, const Geometry& geometry);

/// Does a space stand between two pieces? Not inside brackets or before a comma. For everyone who
/// sets an equation, as text or on the stage.
bool is_spaced(const Piece& before, const Piece& after);

/// "out = in × strides = 2 × 2 = 4"
std::string text_of(const Equation& equation);
std::string text_of(const std::vector<Piece>& pieces);
/// A formula as it is written here, for LaTeX's mathematics: "in × strides" becomes
/// "\mathrm{in} \times \mathrm{strides}".
std::string latex_of(std::string_view formula);

}  // namespace engine
