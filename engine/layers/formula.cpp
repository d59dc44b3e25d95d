// SPDX-License-Identifier: MIT
// Sizes and counts are the Geometry's own; each layer writes down how its came about (layers/).
#include "engine/layers/formula.h"

#include <array>
#include <utility>

#include "engine/layers/families/equation_line.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

bool opens(const Piece& piece) {
    return piece.quantity == Quantity::sign &&
           (piece.text == "(" || piece.text == "max(" || piece.text == signs::open_floor ||
            piece.text == signs::open_ceiling);
}

bool closes(const Piece& piece) {
    return piece.quantity == Quantity::sign &&
           (piece.text == ")" || piece.text == "," || piece.text == signs::close_floor ||
            piece.text == signs::close_ceiling);
}

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool goes_on(char c) { return begins_name(c) || c == '_' || (c >= '0' && c <= '9'); }

/// "kernel_size" stands upright, with its underscore; "k" and "i'" are LaTeX's own.
std::string latex_name(std::string_view name) {
    if (name.size() == 1) return std::string(name);
    if (name == "max") return "\\max";
    std::string text = "\\mathrm{";
    for (const char c : name) {
        if (c == '_') text += '\\';
        text += c;
    }
    return text + '}';
}

}  // namespace

Formula explain(const LayerSpec& spec, const Geometry& geometry) {
    const LayerDefinition& layer = definition_of(spec);
    Formula formula = layer.sizes ? layer.sizes(spec, geometry) : Formula();
    formula.parameters =
        layer.parameters ? layer.parameters(spec, geometry) : line_for_parameters().equals(0);
    formula.parameters.result = parameter_count(spec, geometry).total;
    return formula;
}

bool is_spaced(const Piece& before, const Piece& after) { return !opens(before) && !closes(after); }

std::string text_of(const std::vector<Piece>& pieces) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0 && is_spaced(pieces[i - 1], pieces[i])) text += ' ';
        text += pieces[i].text;
    }
    return text;
}

std::string latex_of(std::string_view formula) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> replaced{{
        {signs::minus, "-"},
        {signs::times, "\\times"},
        {signs::open_floor, "\\lfloor "},
        {signs::close_floor, " \\rfloor"},
        {signs::open_ceiling, "\\lceil "},
        {signs::close_ceiling, " \\rceil"},
        {"\u2026", "\\dots"},
    }};
    std::string text;
    while (!formula.empty()) {
        std::size_t length = 1;
        if (begins_name(formula.front())) {
            while (length < formula.size() && goes_on(formula[length])) ++length;
            text += latex_name(formula.substr(0, length));
        } else {
            std::string_view put = formula.substr(0, 1);
            for (const auto& [sign, latex] : replaced)
                if (formula.starts_with(sign)) {
                    length = sign.size();
                    put = latex;
                }
            text += put;
        }
        formula.remove_prefix(length);
    }
    return text;
}

std::string text_of(const Equation& equation) {
    std::string text;
    for (const std::string& part :
         {equation.left.text, text_of(equation.symbols), text_of(equation.numbers)})
        if (!part.empty()) text += part + " = ";
    return text + digits(equation.result);
}

}  // namespace engine
