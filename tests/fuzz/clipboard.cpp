// SPDX-License-Identifier: MIT
// Grids from any text.
#include <algorithm>
#include <cmath>

#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/sentence.h"
#include "ui/formats/grid_text.h"
#include "ui/words/error_text.h"

namespace fuzz {

namespace {

using ui::formats::GridRows;

bool is_grid(const GridRows& rows) {
    constexpr std::size_t most = 1024;
    const auto is_row = [&rows](const std::vector<float>& row) {
        return !row.empty() && row.size() <= most && row.size() == rows.front().size() &&
               std::ranges::all_of(row, [](float value) { return std::isfinite(value); });
    };
    return !rows.empty() && rows.size() <= most && std::ranges::all_of(rows, is_row);
}

}  // namespace

std::string complaint_about_clipboard(Bytes bytes) {
    const auto rows = ui::formats::parse_grid(QString::fromUtf8(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
    if (!rows) return complaint_about_sentence(ui::words::error_text(rows.error()));
    if (!is_grid(*rows)) return "no grid";
    for (const auto& written : {ui::formats::grid_as_tsv, ui::formats::grid_as_nested_list}) {
        const QString text = written(*rows);
        const auto again = ui::formats::parse_grid(text);
        if (!again || *again != *rows) return "does not come back from " + text.toStdString();
    }
    return {};
}

}  // namespace fuzz
