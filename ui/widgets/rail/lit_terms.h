// SPDX-License-Identifier: MIT
// Formulas of the rail as words, and what their terms and factors light on the stage.
#pragma once

#include "engine/frameworks/axis_sum.h"
#include "engine/layers/formula.h"
#include "ui/diagram/view.h"
#include "ui/widgets/controls/formula_label.h"
#include "ui/words/size_words.h"

namespace ui::widgets {

/// "out = in × strides = 2 × 2 = 4", its terms by their place in the equation.
std::vector<FormulaWord> words_of(const engine::Equation& equation);
/// "out = in × strides = 2 × 2 = 4", likewise; where a framework's terms part from the layer shown
/// they are marked.
std::vector<FormulaWord> words_of(const engine::AxisSum& sum);
/// "3 × 3 × 1 × 128 + 1 = 1153": every factor counts as a term.
std::vector<FormulaWord> factors_of(const engine::Equation& product);

/// What a term of a size lights: of a layer that lays stamps or resizes rows and columns of its
/// output.
diagram::Pointed pointed_at(const engine::LayerSpec& spec, const engine::SizeTerm& term,
                            const engine::Axis& axis, words::Along along);
/// What the factors of a product light: the rows or the columns that they count, one by one.
std::vector<diagram::Pointed> pointed_at_factors(const engine::Equation& product,
                                                 const engine::Geometry& geometry);

engine::SizeTerm size_term(const engine::Term& term);

}  // namespace ui::widgets
