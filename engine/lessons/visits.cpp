// SPDX-License-Identifier: MIT
#include "engine/lessons/visits.h"

namespace engine {

namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// Full cells along an axis that the stamps of input cells first … last - 1 touch.
std::vector<bool> touched(const Axis& axis, int first, int last) {
    std::vector<bool> cells(index(axis.full));
    for (int input = first; input < last; ++input)
        for (int tap = 0; tap < axis.kernel; ++tap) cells[index(landing(axis, input, tap))] = true;
    return cells;
}

}  // namespace

Visits::Visits(const Shape& canvas)
    : m_width(canvas.width()), m_marks(index(canvas.count()), std::uint8_t{0}) {}

void Visits::mark(Cell cell) { m_marks[index(std::int64_t{cell.row} * m_width + cell.column)] = 1; }

void Visits::mark(const std::vector<bool>& rows, const std::vector<bool>& columns) {
    for (int row = 0; row < std::ssize(rows); ++row)
        for (int column = 0; rows[index(row)] && column < std::ssize(columns); ++column)
            if (columns[index(column)]) mark({row, column});
}

void Visits::mark_first(const Geometry& geometry, int count) {
    for (int i = 0; i < count; ++i) mark(cell_at(i, geometry.columns.full));
}

void Visits::mark_stamps(const Geometry& geometry, int count) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    // In reading order these are whole input rows and the first cells of one more.
    const Cell next = cell_at(count, columns.in);
    mark(touched(rows, 0, next.row), touched(columns, 0, columns.in));
    if (next.column > 0)
        mark(touched(rows, next.row, next.row + 1), touched(columns, 0, next.column));
}

}  // namespace engine
