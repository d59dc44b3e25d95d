// SPDX-License-Identifier: MIT
#include "ui/diagram/lit.h"

namespace ui::diagram {

using engine::CellRange;

namespace {

void draw_band(Builder& builder, const QRectF& cells, bool cut) {
    const double air = cells.width() < 9 || cells.height() < 9 ? 2 : 1;
    builder.add(Box{cells.adjusted(-air, -air, air, air),
                    {Role::ink, cut ? 0.16 : 0.1},
                    {Role::ink, 1},
                    1.8,
                    4,
                    cut ? Stroke::dashed : Stroke::solid,
                    false});
}

/// Ranges as they are drawn: a band each, or one for each row or column of them.
std::vector<CellRange> bands(const std::vector<CellRange>& ranges, bool each) {
    std::vector<CellRange> list;
    for (const CellRange& range : ranges) {
        if (range.last < range.first) continue;
        if (!each) {
            list.push_back(range);
            continue;
        }
        for (int cell = range.first; cell <= range.last; ++cell) list.push_back({cell, cell});
    }
    return list;
}

}  // namespace

void draw_lit(Builder& builder, const std::vector<Lit>& lit) {
    if (lit.empty()) return;
    builder.group(QStringLiteral("lit"), Stage::tr("Pointed at"));
    const std::vector<GridInfo> grids = builder.diagram().grids;
    for (const Lit& one : lit)
        for (const GridInfo& grid : grids) {
            if (grid.grid.grid != one.grid || grid.rows < 1 || grid.columns < 1) continue;
            if (one.crossed) {
                for (const CellRange& rows : bands(one.rows, one.each))
                    for (const CellRange& columns : bands(one.columns, one.each))
                        draw_band(builder,
                                  grid.cell_rect(rows.first, columns.first) |
                                      grid.cell_rect(rows.last, columns.last),
                                  one.cut);
                continue;
            }
            for (const CellRange& rows : bands(one.rows, one.each))
                draw_band(
                    builder,
                    grid.cell_rect(rows.first, 0) | grid.cell_rect(rows.last, grid.columns - 1),
                    one.cut);
            for (const CellRange& columns : bands(one.columns, one.each))
                draw_band(
                    builder,
                    grid.cell_rect(0, columns.first) | grid.cell_rect(grid.rows - 1, columns.last),
                    one.cut);
        }
}

}  // namespace ui::diagram
