// SPDX-License-Identifier: MIT
// Grids as text on the clipboard: TSV for spreadsheets, nested lists for Python.
#pragma once

#include <vector>

#include <QString>

#include "engine/values/result.h"

namespace ui::formats {

using GridRows = std::vector<std::vector<float>>;

/// Rows of numbers from TSV, CSV, blanks, or nested Python / NumPy lists ("[[1, 2], [3, 4]]",
/// trailing singleton axes as in [[[[1], [2]]]] dropped). All rows equally long; at most 1024 ×
/// 1024; finite.
engine::Result<GridRows> parse_grid(const QString& text);

QString grid_as_tsv(const GridRows& rows);
QString grid_as_nested_list(const GridRows& rows);

}  // namespace ui::formats
