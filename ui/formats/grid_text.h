// SPDX-License-Identifier: MIT
// Grids as others write them on the clipboard: spreadsheets, CSV, Python, NumPy, MATLAB, C.
#pragma once

#include <optional>
#include <vector>

#include <QLocale>
#include <QString>

#include "engine/values/result.h"
#include "ui/formats/number_reader.h"

namespace ui::formats {

using GridRows = std::vector<std::vector<float>>;

/// One way to understand a text.
struct GridReading {
    enum class Cells { alone, tabs, semicolons, commas, spaces, brackets };

    GridRows rows;               ///< all equally long, at most 1024 × 1024, finite
    Cells cells = Cells::alone;  ///< what separates those of a row
    DecimalSign decimal = DecimalSign::point;
    bool grouped = false;  ///< thousands are set apart
    int empty_cells = 0;   ///< they are 0
    int left_out = 0;      ///< further arrays of a list of weights: the bias
};

/// What was understood, and what a text could mean as well, where that is open.
struct ReadGrid {
    GridReading taken;
    std::optional<GridReading> other;
    QString doubtful;  ///< if both have one size: the first word that they read differently
};

/// One decision for the whole text: which sign is the decimal one, and what separates the cells.
/// Where several make sense the locale decides. Inside brackets it is comma, space and semicolon
/// (rows, as in MATLAB) in every locale. Tabs are positions; an empty cell is 0.
engine::Result<ReadGrid> read_grid(const QString& text, const QLocale& locale = QLocale());

}  // namespace ui::formats
