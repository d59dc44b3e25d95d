// SPDX-License-Identifier: MIT
// What a window slides over: the input with zeros between or around its cells, and the window on
// it.
#pragma once

#include "ui/diagram/scene.h"

namespace ui::diagram {

struct WindowGround {
    GridRef ref;
    QString name, caption;
    int rows = 0, columns = 0;  ///< with all zeros
    std::function<engine::SlideCell(int row, int column)> material;
    double inserted = 1, bordered = 1;       ///< how far zeros are there, between and around
    double first_row = 0, first_column = 0;  ///< of the input's cells, counted in the ground's
    double spread_y = 1, spread_x = 1;       ///< from one of them to the next
    std::function<engine::Cell(engine::Cell input)> place;  ///< of them, once all zeros are there
    CellSource source = {};                                 ///< what it says where it is an image
    /// The upper left cell under the window (column, row), between two cells while it moves.
    std::optional<QPointF> window = {};
    /// The weight that lies on a cell, if one does.
    std::function<std::optional<float>(int row, int column)> laid;
};

/// The input's cells are the input grid itself, to be edited here too.
void draw_ground(Builder& builder, const Scene& scene, const WindowGround& ground, QPointF at,
                 double pitch, Span room);

/// Where the window stands, in cells of the output, between two steps: moving from the cell before
/// when that is its neighbour.
QPointF window_place(const Scene& scene, engine::Cell cell);

/// What cells of the ground say that are no inputs; what an input says that an act of two lanes
/// leaves out.
QString inserted_text();
QString border_text();
QString not_in_text();

}  // namespace ui::diagram
