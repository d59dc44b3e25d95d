// SPDX-License-Identifier: MIT
// What an edit on the stage makes of a lesson: whole new lessons, nothing else.
#pragma once

#include <optional>
#include <span>

#include <QString>

#include "engine/lessons/lesson.h"
#include "ui/diagram/view.h"
#include "ui/formats/grid_text.h"
#include "ui/widgets/canvas/canvas.h"

namespace ui::widgets {

/// The lesson with new numbers in cells of the input (the channel shown; first layer only) or of
/// the kernel slice shown. Nothing if the grid is another one or a cell lies outside.
std::optional<engine::Lesson> with_cells(const engine::Lesson& lesson,
                                         std::span<const engine::Geometry> geometries,
                                         const diagram::View& view, const CellEdits& edits);

/// A lesson, or the sentence that says why there is none.
struct Pasted {
    std::optional<engine::Lesson> lesson = {};
    QString refusal = {};
    QString resized = {};  ///< what changed its size, in a sentence; empty if nothing did
};

/// Numbers laid into a grid from a cell on. What does not fit makes the grid grow; at the origin a
/// kernel takes the block's size as kernel_size, unless it is a single number.
Pasted with_rows(const engine::Lesson& lesson, std::span<const engine::Geometry> geometries,
                 const diagram::View& view, diagram::GridRef grid, int first_row, int first_column,
                 const formats::GridRows& rows);

/// The largest that numbers are pasted into.
inline constexpr int max_kernel_size = 64;
inline constexpr int max_input_size = 1024;

}  // namespace ui::widgets
