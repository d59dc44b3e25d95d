// SPDX-License-Identifier: MIT
// Sizes and counts are the Geometry's own; this file only writes down how they came about.
#include "engine/formula.h"

#include <algorithm>

namespace engine {

namespace {

constexpr const char* plus = "+";
constexpr const char* minus = "\u2212";
constexpr const char* times = "\u00d7";
constexpr const char* over = "/";
constexpr const char* open_floor = "\u230a";
constexpr const char* close_floor = "\u230b";
constexpr const char* open_ceiling = "\u2308";
constexpr const char* close_ceiling = "\u2309";

std::string digits(std::int64_t number) {
    return number < 0 ? minus + std::to_string(-number) : std::to_string(number);
}

/// Writes an equation as symbols and, beside them, with the numbers in their place.
class Line {
public:
    explicit Line(Piece left) { m_equation.left = std::move(left); }

    Line& term(Quantity quantity, const char* name, std::int64_t value) {
        m_equation.symbols.push_back({quantity, name});
        m_equation.numbers.push_back({quantity, digits(value)});
        return *this;
    }
    /// A quantity shown by its number alone.
    Line& count(Quantity quantity, std::int64_t value) {
        m_equation.symbols.push_back({quantity, digits(value)});
        m_equation.numbers.push_back({quantity, digits(value)});
        return *this;
    }
    Line& number(int value) { return count(Quantity::number, value); }
    Line& sign(const char* text) {
        m_equation.symbols.push_back({Quantity::sign, text});
        m_equation.numbers.push_back({Quantity::sign, text});
        return *this;
    }

    Equation equals(std::int64_t result) && {
        m_equation.result = result;
        if (m_equation.numbers == m_equation.symbols) m_equation.numbers.clear();
        return std::move(m_equation);
    }

    // The quantities of a windowed axis.
    Line& in(const Axis& axis) { return term(Quantity::in, "in", axis.in); }
    Line& out(const Axis& axis) { return term(Quantity::out, "out", axis.out); }
    Line& strides(const Axis& axis) { return term(Quantity::strides, "strides", axis.stride); }
    Line& kernel_size(const Axis& axis) {
        return term(Quantity::kernel_size, "kernel_size", axis.kernel);
    }
    /// The cells the kernel spans, by the name that is true for them.
    Line& span(const Axis& axis) {
        return axis.dilation == 1
                   ? kernel_size(axis)
                   : term(Quantity::effective_kernel, "effective_kernel", axis.extent);
    }
    /// (in − 1) × strides + kernel_size: the full output of a transposed layer.
    Line& full(const Axis& axis) {
        sign("(").in(axis).sign(minus).number(1).sign(")").sign(times).strides(axis);
        return sign(plus).span(axis);
    }

private:
    Equation m_equation;
};

Line line_for_out() { return Line({Quantity::out, "out"}); }

/// The arguments along one axis that the Axis itself does not hold.
struct Padded {
    Padding rule = Valid{};
    int padding = 0;  ///< of Explicit
    std::optional<int> output_padding;
};

Padded along_rows(const Padding& rule) {
    const auto* given = std::get_if<Explicit>(&rule);
    return {rule, given ? given->padding.height : 0, std::nullopt};
}

Padded along_columns(const Padding& rule) {
    const auto* given = std::get_if<Explicit>(&rule);
    return {rule, given ? given->padding.width : 0, std::nullopt};
}

Equation transposed_size(const Axis& axis, const Padded& arguments) {
    Line line = line_for_out();
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

/// Convolution and pooling; `write_window` names what slides.
template <typename WriteWindow>
Equation window_size(const Axis& axis, const Padded& arguments, WriteWindow write_window) {
    Line line = line_for_out();
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
    write_window(line);
    line.sign(")").sign(over).strides(axis).sign(close_floor).sign(plus).number(1);
    return std::move(line).equals(axis.out);
}

/// The size rule, and after it the lines that explain it or say what the layer cuts.
AxisFormula explained(const Axis& axis, Equation size) {
    AxisFormula formula{{std::move(size)}, axis.crop_before, axis.crop_after};
    if (axis.crop_before != 0 || axis.crop_after != 0) {
        Line full({Quantity::full, "full"});
        full.full(axis);
        formula.equations.push_back(std::move(full).equals(axis.natural));
        Line crop({Quantity::crop, "crop"});
        crop.term(Quantity::full, "full", axis.natural).sign(minus).out(axis);
        formula.equations.push_back(std::move(crop).equals(axis.natural - axis.out));
    }
    const auto names_span = [](const Equation& equation) {
        return std::ranges::any_of(equation.symbols, [](const Piece& piece) {
            return piece.quantity == Quantity::effective_kernel;
        });
    };
    if (std::ranges::any_of(formula.equations, names_span)) {
        Line span({Quantity::effective_kernel, "effective_kernel"});
        span.term(Quantity::dilation_rate, "dilation_rate", axis.dilation).sign(times);
        span.sign("(").kernel_size(axis).sign(minus).number(1).sign(")").sign(plus).number(1);
        formula.equations.insert(formula.equations.begin() + 1,
                                 std::move(span).equals(axis.extent));
    }
    return formula;
}

AxisFormula grown(const Axis& axis) {
    Line line = line_for_out();
    line.in(axis).sign(times).term(Quantity::size, "size", axis.stride);
    return {{std::move(line).equals(axis.out)}, 0, 0};
}

AxisFormula transposed(const Axis& axis, const Padded& arguments) {
    return explained(axis, transposed_size(axis, arguments));
}

AxisFormula convolved(const Axis& axis, const Padded& arguments) {
    return explained(axis, window_size(axis, arguments, [&](Line& line) { line.span(axis); }));
}

AxisFormula pooled(const Axis& axis, const Padded& arguments) {
    return explained(axis, window_size(axis, arguments, [&](Line& line) {
                         line.term(Quantity::pool_size, "pool_size", axis.kernel);
                     }));
}

AxisFormula zero_padded(const Axis& axis, const char* before, const char* after) {
    Line line = line_for_out();
    line.in(axis).sign(plus).term(Quantity::padding, before, axis.pad_before);
    line.sign(plus).term(Quantity::padding, after, axis.pad_after);
    return {{std::move(line).equals(axis.out)}, 0, 0};
}

AxisFormula cropped(const Axis& axis, const char* before, const char* after) {
    Line line = line_for_out();
    line.in(axis).sign(minus).term(Quantity::crop_before, before, axis.crop_before);
    line.sign(minus).term(Quantity::crop_after, after, axis.crop_after);
    return {{std::move(line).equals(axis.out)}, axis.crop_before, axis.crop_after};
}

Formula of_axes(AxisFormula rows, AxisFormula columns) {
    Formula formula{std::move(rows), std::move(columns), true, {}};
    formula.axes_equal = formula.rows == formula.columns;
    return formula;
}

/// One overload a layer whose size follows a rule of its axes.
struct SizeRules {
    const Axis& rows;
    const Axis& columns;

    Formula operator()(const UpSampling2D&) const { return of_axes(grown(rows), grown(columns)); }
    Formula operator()(const Conv2DTranspose& layer) const {
        Padded down = along_rows(layer.padding);
        Padded across = along_columns(layer.padding);
        if (layer.output_padding) {
            down.output_padding = layer.output_padding->height;
            across.output_padding = layer.output_padding->width;
        }
        return of_axes(transposed(rows, down), transposed(columns, across));
    }
    Formula operator()(const Conv2D& layer) const {
        return of_axes(convolved(rows, along_rows(layer.padding)),
                       convolved(columns, along_columns(layer.padding)));
    }
    Formula operator()(const Pooling2D& layer) const {
        return of_axes(pooled(rows, along_rows(layer.padding)),
                       pooled(columns, along_columns(layer.padding)));
    }
    // Keras's names for the four edges.
    Formula operator()(const ZeroPadding2D&) const {
        return of_axes(zero_padded(rows, "top_pad", "bottom_pad"),
                       zero_padded(columns, "left_pad", "right_pad"));
    }
    Formula operator()(const Cropping2D&) const {
        return of_axes(cropped(rows, "top_crop", "bottom_crop"),
                       cropped(columns, "left_crop", "right_crop"));
    }
    template <typename Other>
    Formula operator()(const Other&) const {
        return {};
    }
};

/// One overload a layer with weights: the axes of its kernel in Keras's order, then the bias.
struct ParameterProduct {
    const Geometry& geometry;
    Line& line;

    void operator()(const Conv2DTranspose& layer) const {
        kernel_size(layer.kernel_size);
        line.sign(times).count(Quantity::filters, layer.filters / layer.groups);
        line.sign(times).count(Quantity::input_channels, geometry.input.channels());
        bias(layer.use_bias, layer.filters);
    }
    void operator()(const Conv2D& layer) const {
        kernel_size(layer.kernel_size);
        line.sign(times).count(Quantity::input_channels, geometry.input.channels() / layer.groups);
        line.sign(times).count(Quantity::filters, layer.filters);
        bias(layer.use_bias, layer.filters);
    }
    void operator()(const Dense& layer) const {
        line.count(Quantity::input_channels, last_size());
        line.sign(times).count(Quantity::units, layer.units);
        bias(layer.use_bias, layer.units);
    }
    void operator()(const BatchNormalization& layer) const {
        // moving mean and variance always, gamma and beta by choice
        line.number(2 + (layer.scale ? 1 : 0) + (layer.center ? 1 : 0));
        line.sign(times).count(Quantity::input_channels, last_size());
    }
    template <typename Other>
    void operator()(const Other&) const {}

private:
    int last_size() const { return geometry.input[geometry.input.rank() - 1]; }
    void kernel_size(Extent size) const {
        line.count(Quantity::kernel_size, size.height).sign(times);
        line.count(Quantity::kernel_size, size.width);
    }
    void bias(bool used, int count) const {
        if (used) line.sign(plus).count(Quantity::bias, count);
    }
};

bool opens(const Piece& piece) {
    return piece.quantity == Quantity::sign &&
           (piece.text == "(" || piece.text == "max(" || piece.text == open_floor ||
            piece.text == open_ceiling);
}

bool closes(const Piece& piece) {
    return piece.quantity == Quantity::sign &&
           (piece.text == ")" || piece.text == "," || piece.text == close_floor ||
            piece.text == close_ceiling);
}

std::string text_of(const std::vector<Piece>& pieces) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0 && is_spaced(pieces[i - 1], pieces[i])) text += ' ';
        text += pieces[i].text;
    }
    return text;
}

}  // namespace

Formula explain(const LayerSpec& spec, const Geometry& geometry) {
    Formula formula = std::visit(SizeRules{geometry.rows, geometry.columns}, spec);
    Line line({Quantity::sign, ""});
    std::visit(ParameterProduct{geometry, line}, spec);
    formula.parameters = std::move(line).equals(parameter_count(spec, geometry).total);
    return formula;
}

bool is_spaced(const Piece& before, const Piece& after) { return !opens(before) && !closes(after); }

std::string text_of(const Equation& equation) {
    std::string text;
    for (const std::string& part :
         {equation.left.text, text_of(equation.symbols), text_of(equation.numbers)})
        if (!part.empty()) text += part + " = ";
    return text + digits(equation.result);
}

}  // namespace engine
