// SPDX-License-Identifier: MIT
#include "engine/layers/families/equation_line.h"

#include <algorithm>
#include <cstdlib>

namespace engine {

using namespace signs;

namespace {

Equation transposed_size(const Axis& axis, const PaddedAxis& arguments) {
    EquationLine line = line_for_out();
    const bool same = std::holds_alternative<Same>(arguments.rule);
    const bool explicit_padding = std::holds_alternative<Explicit>(arguments.rule);
    if (!arguments.output_padding && !explicit_padding) {
        line.in(axis).sign(times).strides(axis);
        if (!same) {
            line.sign(plus).sign("max(").span(axis).sign(minus).strides(axis);
            line.sign(",").number(0).sign(")");
        }
        return std::move(line).equals(axis.out);
    }
    line.full(axis);
    if (same) {
        line.sign(minus).number(2).sign(times);
        line.sign(open_floor).span(axis).sign(over).number(2).sign(close_floor);
    }
    if (explicit_padding) {
        line.sign(minus).number(2).sign(times);
        line.term(Quantity::padding, "padding", arguments.padding);
    }
    if (arguments.output_padding)
        line.sign(plus).term(Quantity::output_padding, "output_padding", *arguments.output_padding);
    return std::move(line).equals(axis.out);
}

/// Convolution and pooling.
Equation window_size(const Axis& axis, const PaddedAxis& arguments, Quantity window) {
    EquationLine line = line_for_out();
    if (std::holds_alternative<Same>(arguments.rule)) {
        line.sign(open_ceiling).in(axis).sign(over).strides(axis).sign(close_ceiling);
        return std::move(line).equals(axis.out);
    }
    line.sign(open_floor).sign("(").in(axis);
    if (std::holds_alternative<Explicit>(arguments.rule)) {
        line.sign(plus).number(2).sign(times);
        line.term(Quantity::padding, "padding", arguments.padding);
    }
    line.sign(minus);
    if (window == Quantity::pool_size)
        line.term(window, "pool_size", axis.kernel);
    else
        line.span(axis);
    line.sign(")").sign(over).strides(axis).sign(close_floor).sign(plus).number(1);
    return std::move(line).equals(axis.out);
}

/// The size rule, and after it the lines that explain it or say what the layer cuts.
AxisFormula explained(const Axis& axis, Equation size) {
    AxisFormula formula{{std::move(size)}, axis.crop_before, axis.crop_after};
    if (axis.crop_before != 0 || axis.crop_after != 0) {
        EquationLine full({Quantity::full, "full"});
        full.full(axis);
        formula.equations.push_back(std::move(full).equals(axis.full));
        // More appended than cut is no crop.
        const bool appends = axis.out > axis.full;
        EquationLine crop({Quantity::crop, appends ? "appended" : "crop"});
        if (appends)
            crop.out(axis).sign(minus).term(Quantity::full, "full", axis.full);
        else
            crop.term(Quantity::full, "full", axis.full).sign(minus).out(axis);
        formula.equations.push_back(std::move(crop).equals(std::abs(axis.full - axis.out)));
    }
    const auto names_span = [](const Equation& equation) {
        return std::ranges::any_of(equation.symbols, [](const Piece& piece) {
            return piece.quantity == Quantity::effective_kernel;
        });
    };
    if (std::ranges::any_of(formula.equations, names_span)) {
        EquationLine span({Quantity::effective_kernel, "effective_kernel"});
        span.term(Quantity::dilation_rate, "dilation_rate", axis.dilation).sign(times);
        span.sign("(").kernel_size(axis).sign(minus).number(1).sign(")").sign(plus).number(1);
        formula.equations.insert(formula.equations.begin() + 1,
                                 std::move(span).equals(axis.extent));
    }
    return formula;
}

}  // namespace

std::string digits(std::int64_t number) {
    return number < 0 ? minus + std::to_string(-number) : std::to_string(number);
}

EquationLine& EquationLine::term(Quantity quantity, const char* name, std::int64_t value) {
    m_equation.symbols.push_back({quantity, name});
    m_equation.numbers.push_back({quantity, digits(value)});
    return *this;
}

EquationLine& EquationLine::count(Quantity quantity, std::int64_t value) {
    m_equation.symbols.push_back({quantity, digits(value)});
    m_equation.numbers.push_back({quantity, digits(value)});
    return *this;
}

EquationLine& EquationLine::sign(const char* text) {
    m_equation.symbols.push_back({Quantity::sign, text});
    m_equation.numbers.push_back({Quantity::sign, text});
    return *this;
}

Equation EquationLine::equals(std::int64_t result) && {
    m_equation.result = result;
    if (m_equation.numbers == m_equation.symbols) m_equation.numbers.clear();
    return std::move(m_equation);
}

EquationLine& EquationLine::full(const Axis& axis) {
    sign("(").in(axis).sign(minus).number(1).sign(")").sign(times).strides(axis);
    return sign(plus).span(axis);
}

Formula of_axes(AxisFormula rows, AxisFormula columns) {
    Formula formula{std::move(rows), std::move(columns), true, {}};
    formula.axes_equal = formula.rows == formula.columns;
    return formula;
}

Formula grown_formula(const Geometry& geometry, const char* factor) {
    const auto along = [factor](const Axis& axis) -> AxisFormula {
        EquationLine line = line_for_out();
        line.in(axis).sign(times).term(Quantity::size, factor, axis.stride);
        return {{std::move(line).equals(axis.out)}, 0, 0};
    };
    return of_axes(along(geometry.rows), along(geometry.columns));
}

PaddedAxis along_rows(const Padding& rule) {
    const auto* given = std::get_if<Explicit>(&rule);
    return {rule, given ? given->padding.height : 0, std::nullopt};
}

PaddedAxis along_columns(const Padding& rule) {
    const auto* given = std::get_if<Explicit>(&rule);
    return {rule, given ? given->padding.width : 0, std::nullopt};
}

AxisFormula transposed_formula(const Axis& axis, const PaddedAxis& arguments) {
    return explained(axis, transposed_size(axis, arguments));
}

AxisFormula window_formula(const Axis& axis, const PaddedAxis& arguments, Quantity window) {
    return explained(axis, window_size(axis, arguments, window));
}

}  // namespace engine
