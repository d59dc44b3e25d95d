// SPDX-License-Identifier: MIT
// Moving through the cells of a grid by keyboard, and what is said of a cell.
#pragma once

#include <optional>
#include <vector>

#include <QRect>

#include "ui/diagram/diagram.h"

namespace ui::widgets {

enum class Move { left, right, up, down, row_start, row_end, grid_start, grid_end, next, previous };

/// The cell a key leads to, staying inside; nothing where `next` or `previous` leave the grid.
std::optional<diagram::CellRef> moved(const diagram::GridInfo& grid, diagram::CellRef from,
                                      Move move);

bool contains(const diagram::GridInfo& grid, const diagram::CellRef& cell);

/// The grids of a picture in order, each once, although copies of one may stand in it.
std::vector<const diagram::GridInfo*> distinct_grids(const diagram::Diagram& diagram);

/// Rows and columns between two cells of a grid, both included: x is the column, y the row.
QRect cells_between(const diagram::CellRef& a, const diagram::CellRef& b);

/// The number in a cell; nothing if it holds none (not yet visited).
std::optional<float> number_in(const diagram::GridInfo& grid, int row, int column);

/// "row 1 column 2 value 8": rows and columns count from 0, as the rulers do. Translated.
QString cell_name(const diagram::GridInfo& grid, int row, int column);

/// "input, row 1, column 2: 8". Translated.
QString cell_tip(const diagram::GridInfo& grid, int row, int column);

}  // namespace ui::widgets
