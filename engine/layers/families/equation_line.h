// SPDX-License-Identifier: MIT
// Writing an equation as symbols and, beside them, with the numbers in their place.
#pragma once

#include "engine/layers/formula.h"

namespace engine {

class EquationLine {
public:
    explicit EquationLine(Piece left) { m_equation.left = std::move(left); }

    EquationLine& term(Quantity quantity, const char* name, std::int64_t value);
    /// A quantity shown by its number alone.
    EquationLine& count(Quantity quantity, std::int64_t value);
    EquationLine& number(int value) { return count(Quantity::number, value); }
    EquationLine& sign(const char* text);
    /// What was written since the last term, but for the sign before it, is one.
    EquationLine& is(Purpose purpose, std::int64_t value, CellRanges cells = {});

    Equation equals(std::int64_t result) &&;

    // The quantities of a windowed axis.
    EquationLine& in(const Axis& axis) { return term(Quantity::in, "in", axis.in); }
    EquationLine& out(const Axis& axis) { return term(Quantity::out, "out", axis.out); }
    EquationLine& strides(const Axis& axis) {
        return term(Quantity::strides, "strides", axis.stride);
    }
    EquationLine& kernel_size(const Axis& axis) {
        return term(Quantity::kernel_size, "kernel_size", axis.kernel);
    }
    /// The cells the kernel spans, by the name that is true for them.
    EquationLine& span(const Axis& axis) {
        return axis.dilation == 1
                   ? kernel_size(axis)
                   : term(Quantity::effective_kernel, "effective_kernel", axis.extent);
    }
    /// (in − 1) × strides + kernel_size: the full output of a transposed layer.
    EquationLine& full(const Axis& axis);

private:
    Equation m_equation;
    std::size_t m_told = 0;  ///< pieces that belong to terms
};

inline EquationLine line_for_out() { return EquationLine({Quantity::out, "out"}); }
/// What is counted stands on the right alone.
inline EquationLine line_for_parameters() { return EquationLine({Quantity::sign, ""}); }

Formula of_axes(AxisFormula rows, AxisFormula columns);

/// out = in × size along both axes, whatever the factor is called.
Formula grown_formula(const Geometry& geometry, const char* factor);

/// The arguments along one axis that the Axis itself does not hold.
struct PaddedAxis {
    Padding rule = Valid{};
    int padding = 0;  ///< of Explicit
    std::optional<int> output_padding = {};
};
PaddedAxis along_rows(const Padding& rule);
PaddedAxis along_columns(const Padding& rule);

/// The rule of transposed convolution that applies, and after it what explains it.
AxisFormula transposed_formula(const Axis& axis, const PaddedAxis& arguments);
/// The rule of convolution and pooling; what slides is called `window`, or by its dilated name.
AxisFormula window_formula(const Axis& axis, const PaddedAxis& arguments, Quantity window);

}  // namespace engine
