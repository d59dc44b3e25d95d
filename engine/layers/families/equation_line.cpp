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
        const int blocks = axis.in * axis.stride;
        line.in(axis).sign(times).strides(axis).is(Purpose::blocks, blocks, blocks_cells(axis));
        if (!same) {
            line.sign(plus).sign("max(").span(axis).sign(minus).strides(axis);
            line.sign(",").number(0).sign(")");
            line.is(Purpose::overhang, std::max(axis.full - blocks, 0), overhang_cells(axis));
        }
        return std::move(line).equals(axis.out);
    }
    line.full(axis);
    int cut = 0;
    if (same) {
        cut = axis.extent / 2;
        line.sign(minus).number(2).sign(times);
        line.sign(open_floor).span(axis).sign(over).number(2).sign(close_floor);
        line.is(Purpose::cut_both, -2 * std::int64_t{cut}, both_ends_cells(axis, cut));
    }
    if (explicit_padding) {
        cut = arguments.padding;
        line.sign(minus).number(2).sign(times);
        line.term(Quantity::padding, "padding", cut);
        line.is(Purpose::cut_both, -2 * std::int64_t{cut},
                both_ends_cells(axis, std::min(cut, axis.full)));
    }
    if (arguments.output_padding) {
        const int extra = *arguments.output_padding;
        line.sign(plus).term(Quantity::output_padding, "output_padding", extra);
        if (same || explicit_padding)
            line.is(Purpose::given_back, extra, given_back_cells(axis, cut, extra));
        else
            line.is(Purpose::appended, extra, appended_cells(axis, extra));
    }
    return std::move(line).equals(axis.out);
}

/// Convolution and pooling.
Equation window_size(const Axis& axis, const PaddedAxis& arguments, Quantity window) {
    EquationLine line = line_for_out();
    const auto add_strides = [&](const char* close) {
        line.sign(over).strides(axis).sign(close).is(Purpose::every_stride, axis.stride);
    };
    if (std::holds_alternative<Same>(arguments.rule)) {
        line.sign(open_ceiling).in(axis).is(Purpose::input, axis.in, input_cells(axis));
        add_strides(close_ceiling);
        return std::move(line).equals(axis.out);
    }
    line.sign(open_floor).sign("(").in(axis).is(Purpose::input, axis.in, input_cells(axis));
    if (std::holds_alternative<Explicit>(arguments.rule)) {
        line.sign(plus).number(2).sign(times);
        line.term(Quantity::padding, "padding", arguments.padding);
        line.is(Purpose::zeros_both, 2 * std::int64_t{arguments.padding},
                zeros_cells(axis, arguments.padding, arguments.padding));
    }
    line.sign(minus);
    if (window == Quantity::pool_size)
        line.term(window, "pool_size", axis.kernel);
    else
        line.span(axis);
    line.sign(")").is(Purpose::first_window, -std::int64_t{axis.extent}, first_window_cells(axis));
    add_strides(close_floor);
    line.sign(plus).number(1).is(Purpose::first_place, 1);
    return std::move(line).equals(axis.out);
}

/// What the kernel does along the axis.
enum class Walks { stamps, windows };

/// The size rule, and after it the lines that explain it or say what the layer cuts.
AxisFormula explained(const Axis& axis, Equation size, Walks walks) {
    AxisFormula formula{{std::move(size)}, axis.crop_before, axis.crop_after};
    if (axis.crop_before != 0 || axis.crop_after != 0) {
        EquationLine full({Quantity::full, "full"});
        full.full(axis);
        formula.equations.push_back(std::move(full).equals(axis.full));
        // More appended than cut is no crop.
        const bool appends = axis.out > axis.full;
        EquationLine crop({Quantity::crop, appends ? "appended" : "crop"});
        const auto add_out = [&](int sign) {
            crop.out(axis).is(Purpose::kept, std::int64_t{sign} * axis.out, kept_cells(axis));
        };
        const auto add_full = [&](int sign) {
            crop.term(Quantity::full, "full", axis.full)
                .is(Purpose::whole, std::int64_t{sign} * axis.full, whole_cells(axis));
        };
        if (appends) {
            add_out(1);
            crop.sign(minus);
            add_full(-1);
        } else {
            add_full(1);
            crop.sign(minus);
            add_out(-1);
        }
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
        span.sign("(").kernel_size(axis).sign(minus).number(1).sign(")");
        if (walks == Walks::stamps)
            span.is(Purpose::rest_of_stamp, axis.extent - 1, rest_of_stamp_cells(axis));
        else
            span.is(Purpose::rest_of_window, axis.extent - 1, rest_of_window_cells(axis));
        span.sign(plus).number(1);
        if (walks == Walks::stamps)
            span.is(Purpose::first_cell, 1, first_cell_cells(axis));
        else
            span.is(Purpose::first_of_window, 1, first_of_window_cells(axis));
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

EquationLine& EquationLine::is(Purpose purpose, std::int64_t value, CellRanges cells) {
    const std::vector<Piece>& pieces = m_equation.symbols;
    std::size_t first = m_told;
    if (pieces[first].text == plus || pieces[first].text == minus || pieces[first].text == over)
        ++first;
    m_told = pieces.size();
    m_equation.terms.push_back({{purpose, value, std::move(cells)}, first, m_told});
    return *this;
}

EquationLine& EquationLine::full(const Axis& axis) {
    sign("(").in(axis).sign(minus).number(1).sign(")").sign(times).strides(axis);
    is(Purpose::steps, std::int64_t{axis.in - 1} * axis.stride, steps_cells(axis));
    return sign(plus).span(axis).is(Purpose::last_stamp, axis.extent, last_stamp_cells(axis));
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
        line.is(Purpose::blocks, std::int64_t{axis.in} * axis.stride, blocks_cells(axis));
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
    return explained(axis, transposed_size(axis, arguments), Walks::stamps);
}

AxisFormula window_formula(const Axis& axis, const PaddedAxis& arguments, Quantity window) {
    return explained(axis, window_size(axis, arguments, window), Walks::windows);
}

}  // namespace engine
