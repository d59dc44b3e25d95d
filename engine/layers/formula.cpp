// SPDX-License-Identifier: MIT
// Sizes and counts are the Geometry's own; each layer writes down how its came about (layers/).
#include "engine/layers/formula.h"

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

std::string text_of(const Equation& equation) {
    std::string text;
    for (const std::string& part :
         {equation.left.text, text_of(equation.symbols), text_of(equation.numbers)})
        if (!part.empty()) text += part + " = ";
    return text + digits(equation.result);
}

}  // namespace engine
