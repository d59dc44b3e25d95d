// SPDX-License-Identifier: MIT
// Grids on their way to the clipboard, in every form that somebody may want to paste.
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QLocale>
#include <QString>

#include "ui/formats/grid_text.h"

namespace ui::formats {

/// A cell not yet visited holds nothing, not 0.
using CopiedRows = std::vector<std::vector<std::optional<float>>>;

/// Tabs and lines, the decimal sign of the locale: for spreadsheets that take only text.
QString grid_as_text(const CopiedRows& rows, const QLocale& locale = QLocale());

/// A table that shows what grid_as_text writes and carries the exact number of each cell beside it:
/// `sdval` (which Calc reads as the language in `sdnum` does, 1033 being en-US) and Excel's
/// `x:num`.
QString grid_as_html(const CopiedRows& rows, const QLocale& locale = QLocale());

/// [[1, 2], [3, 4]]: Python, with a point in every locale. A list needs a number in each cell.
QString grid_as_nested_list(const GridRows& rows);

/// The program's own, from one window to another: bit for bit in any locale.
inline constexpr const char* grid_mime_type = "application/x-stridescope-grid+json";
QByteArray grid_as_json(const CopiedRows& rows);
engine::Result<ReadGrid> read_grid_json(const QByteArray& json);

}  // namespace ui::formats
