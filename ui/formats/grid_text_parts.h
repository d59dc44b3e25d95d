// SPDX-License-Identifier: MIT
// What the two readers of grid_text share: lines of cells, and lists in brackets.
#pragma once

#include "ui/formats/grid_text.h"
#include "ui/formats/weights_text.h"

namespace ui::formats {

inline constexpr std::size_t max_grid_side = 1024;

engine::Error too_many(const char* what, std::size_t count, std::size_t most = max_grid_side);

/// Where a text stops making sense.
engine::Error syntax_error(QStringView text, qsizetype offset, QStringView fragment);
/// The same for a word that is no number, or none that float32 holds.
engine::Error number_error(QStringView text, qsizetype offset, QStringView word,
                           ReadNumber::State state);
/// A row that is not as long as the first; `row` counts from 0.
engine::Error ragged(std::size_t row, std::size_t length, std::size_t first);

engine::Result<ReadGrid> read_lines(QStringView text, const QLocale& locale);
engine::Result<ReadGrid> read_list(QStringView text);
/// All arrays of a text in brackets: "set_weights([array(…), array(…)])", "a = […]⏎b = […]".
engine::Result<std::vector<ReadArray>> read_arrays(QStringView text);
/// Does the text need the second?
bool has_brackets(QStringView text);
/// Where the value of "kernel = …" begins; 0 if nothing is assigned.
qsizetype value_assigned_in(QStringView text);

}  // namespace ui::formats
