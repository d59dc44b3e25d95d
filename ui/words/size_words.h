// SPDX-License-Identifier: MIT
// What a term of a size is for, in its numbers: one short sentence that begins with the cells.
#pragma once

#include <QString>

#include "engine/layers/formula.h"

namespace ui::words {

/// Along which axes a line of numbers is meant.
enum class Along { both, rows, columns };

/// "Rows and columns 0–1: from the first stamp to the last, 1 step of 2." `axis`: of the layer, or
/// of the framework's form of it, that the term belongs to.
QString term_sentence(const engine::SizeTerm& term, const engine::Axis& axis, Along along);

/// "Rows of the kernel: 3." `which`: the first (0) or second (1) of the factors of this quantity,
/// of which a size has one for rows and one for columns.
QString factor_sentence(engine::Quantity quantity, int which, const QString& value);

}  // namespace ui::words
