// SPDX-License-Identifier: MIT
// Cell arithmetic for the canvas.
#include "ui/widgets/canvas/grid_cursor.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;

std::optional<CellRef> moved(const GridInfo& grid, CellRef from, Move move) {
    const int last_row = grid.rows - 1;
    const int last_column = grid.columns - 1;
    const int index = from.row * grid.columns + from.column;
    switch (move) {
        case Move::left:
            from.column = std::max(0, from.column - 1);
            break;
        case Move::right:
            from.column = std::min(last_column, from.column + 1);
            break;
        case Move::up:
            from.row = std::max(0, from.row - 1);
            break;
        case Move::down:
            from.row = std::min(last_row, from.row + 1);
            break;
        case Move::row_start:
            from.column = 0;
            break;
        case Move::row_end:
            from.column = last_column;
            break;
        case Move::grid_start:
            return CellRef{from.grid, 0, 0};
        case Move::grid_end:
            return CellRef{from.grid, last_row, last_column};
        case Move::next:
        case Move::previous: {
            const int to = index + (move == Move::next ? 1 : -1);
            if (to < 0 || to >= grid.rows * grid.columns) return std::nullopt;
            return CellRef{from.grid, to / grid.columns, to % grid.columns};
        }
    }
    return from;
}

bool contains(const GridInfo& grid, const CellRef& cell) {
    return cell.grid == grid.grid && cell.row >= 0 && cell.row < grid.rows && cell.column >= 0 &&
           cell.column < grid.columns;
}

std::vector<const GridInfo*> distinct_grids(const diagram::Diagram& diagram) {
    std::vector<const GridInfo*> grids;
    for (const GridInfo& grid : diagram.grids)
        if (diagram.grid(grid.grid) == &grid && grid.rows > 0 && grid.columns > 0)
            grids.push_back(&grid);
    return grids;
}

QRect cells_between(const CellRef& a, const CellRef& b) {
    return {QPoint(std::min(a.column, b.column), std::min(a.row, b.row)),
            QPoint(std::max(a.column, b.column), std::max(a.row, b.row))};
}

std::optional<float> number_in(const GridInfo& grid, int row, int column) {
    return grid.said(row, column).number();
}

QString cell_name(const GridInfo& grid, int row, int column) {
    const QString value = grid.said(row, column).text();
    if (value.isEmpty())
        return QCoreApplication::translate("Canvas", "row %1 column %2").arg(row).arg(column);
    return QCoreApplication::translate("Canvas", "row %1 column %2 value %3")
        .arg(QString::number(row), QString::number(column), value);
}

QString cell_tip(const GridInfo& grid, int row, int column) {
    const QString value = grid.said(row, column).text_in_full();
    if (value.isEmpty())
        return QCoreApplication::translate("Canvas", "%1, row %2, column %3")
            .arg(grid.name, QString::number(row), QString::number(column));
    return QCoreApplication::translate("Canvas", "%1, row %2, column %3: %4")
        .arg(grid.name, QString::number(row), QString::number(column), value);
}

}  // namespace ui::widgets
