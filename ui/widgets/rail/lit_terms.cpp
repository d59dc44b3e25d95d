// SPDX-License-Identifier: MIT
#include "ui/widgets/rail/lit_terms.h"

#include <array>

#include "engine/layers/layer_definition.h"
#include "engine/models/summary.h"

namespace ui::widgets {

using diagram::Grid;
using diagram::Lit;
using diagram::Pointed;
using engine::Quantity;
using words::Along;

namespace {

QString text_of(const std::string& text) { return QString::fromStdString(text); }

int term_of(const engine::Equation& equation, std::size_t piece) {
    for (std::size_t i = 0; i < equation.terms.size(); ++i)
        if (piece >= equation.terms[i].first && piece < equation.terms[i].last)
            return static_cast<int>(i);
    return -1;
}

void add_part(std::vector<FormulaWord>& words, const engine::Equation& equation,
              const std::vector<engine::Piece>& pieces) {
    if (pieces.empty()) return;
    if (!words.empty()) words.push_back({QStringLiteral("=")});
    for (std::size_t i = 0; i < pieces.size(); ++i)
        words.push_back({text_of(pieces[i].text), term_of(equation, i), false,
                         i == 0 || engine::is_spaced(pieces[i - 1], pieces[i])});
}

bool slides(const engine::LayerSpec& spec) {
    return engine::definition_of(spec).window == engine::LayerDefinition::Window::slides;
}
/// The grids whose rows and columns a size counts: a convolution's places are counted in its input.
std::vector<Grid> sized_grids(const engine::LayerSpec& spec) {
    if (slides(spec)) return {Grid::padded_input};
    return {Grid::full_output, Grid::slide_output};
}

std::vector<Grid> grids_of(Quantity quantity) {
    switch (quantity) {
        case Quantity::in:
        case Quantity::input_channels:
            return {Grid::input};
        case Quantity::out:
        case Quantity::filters:
        case Quantity::bias:
            return {Grid::full_output, Grid::slide_output};
        case Quantity::kernel_size:
            return {Grid::kernel, Grid::turned_kernel};
        default:
            return {};
    }
}

/// The rows (0) or columns (1) that a quantity counts, in the numbers of its grids.
engine::CellRange counted(Quantity quantity, const engine::Axis& axis) {
    switch (quantity) {
        case Quantity::in:
        case Quantity::input_channels:
            return engine::cells_from(0, axis.in);
        case Quantity::kernel_size:
            return engine::cells_from(0, axis.kernel);
        default:
            return engine::cells_from(axis.crop_before, axis.out);
    }
}

}  // namespace

std::vector<FormulaWord> words_of(const engine::Equation& equation) {
    std::vector<FormulaWord> words;
    if (!equation.left.text.empty()) words.push_back({text_of(equation.left.text)});
    add_part(words, equation, equation.symbols);
    add_part(words, equation, equation.numbers);
    words.push_back({QStringLiteral("=")});
    words.push_back({text_of(engine::digits(equation.result))});
    return words;
}

std::vector<FormulaWord> words_of(const engine::AxisSum& sum) {
    std::vector<FormulaWord> words{{QStringLiteral("out")}};
    for (const auto text : {&engine::Term::symbols, &engine::Term::numbers}) {
        words.push_back({QStringLiteral("=")});
        for (std::size_t i = 0; i < sum.terms.size(); ++i) {
            const engine::Term& term = sum.terms[i];
            if (*term.sign != '\0') words.push_back({QString::fromUtf8(term.sign)});
            for (FormulaWord& word : formula_words(text_of(term.*text))) {
                word.term = static_cast<int>(i);
                word.marked = term.differs;
                words.push_back(std::move(word));
            }
        }
    }
    words.push_back({QStringLiteral("=")});
    words.push_back({QString::number(sum.out)});
    return words;
}

std::vector<FormulaWord> factors_of(const engine::Equation& product) {
    std::vector<FormulaWord> words;
    int factor = 0;
    for (const engine::Piece& piece : product.symbols)
        words.push_back({text_of(piece.text), piece.quantity == Quantity::sign ? -1 : factor++});
    words.push_back({QStringLiteral("=")});
    words.push_back({text_of(engine::with_thousands(product.result))});
    return words;
}

Pointed pointed_at(const engine::LayerSpec& spec, const engine::SizeTerm& term,
                   const engine::Axis& axis, Along along) {
    Pointed pointed{.sentence = words::term_sentence(term, axis, along)};
    for (const Grid grid : sized_grids(spec)) {
        Lit lit{.grid = grid, .cut = term.value < 0 && !slides(spec)};
        if (along != Along::columns) lit.rows = term.cells;
        if (along != Along::rows) lit.columns = term.cells;
        // What starts at the first cell is a corner of the grid, what follows lies around that.
        lit.crossed = !lit.cut && !lit.rows.empty() && !lit.columns.empty() &&
                      lit.rows.front().first <= axis.crop_before;
        pointed.lit.push_back(std::move(lit));
    }
    return pointed;
}

std::vector<Pointed> pointed_at_factors(const engine::Equation& product,
                                        const engine::Geometry& geometry) {
    std::vector<Pointed> list;
    std::array<int, 32> seen{};  // of each quantity
    for (const engine::Piece& piece : product.symbols) {
        if (piece.quantity == Quantity::sign) continue;
        const int which = seen.at(static_cast<std::size_t>(piece.quantity))++;
        const bool is_side = piece.quantity == Quantity::in || piece.quantity == Quantity::out ||
                             piece.quantity == Quantity::kernel_size;
        Pointed pointed{.sentence = words::factor_sentence(piece.quantity, which,
                                                           QString::fromStdString(piece.text))};
        for (const Grid grid : grids_of(piece.quantity)) {
            Lit lit{.grid = grid, .each = is_side};
            // What counts whole maps lights the one that is shown.
            if (!is_side || which == 0)
                lit.rows = {counted(piece.quantity, geometry.rows)};
            else
                lit.columns = {counted(piece.quantity, geometry.columns)};
            pointed.lit.push_back(std::move(lit));
        }
        list.push_back(std::move(pointed));
    }
    return list;
}

engine::SizeTerm size_term(const engine::Term& term) {
    return {term.purpose, term.value, term.cells};
}

}  // namespace ui::widgets
