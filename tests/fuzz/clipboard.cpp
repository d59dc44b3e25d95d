// SPDX-License-Identifier: MIT
// Grids from any text, and from what claims to be the program's own form.
#include <algorithm>
#include <cmath>

#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/sentence.h"
#include "ui/formats/grid_copy.h"
#include "ui/words/error_text.h"

namespace fuzz {

namespace {

using ui::formats::CopiedRows;
using ui::formats::GridRows;
using ui::formats::ReadGrid;

bool is_grid(const GridRows& rows) {
    constexpr std::size_t most = 1024;
    const auto is_row = [&rows](const std::vector<float>& row) {
        return !row.empty() && row.size() <= most && row.size() == rows.front().size() &&
               std::ranges::all_of(row, [](float value) { return std::isfinite(value); });
    };
    return !rows.empty() && rows.size() <= most && std::ranges::all_of(rows, is_row);
}

/// What is read must be a grid, come back from every form that is copied, and have a second reading
/// only where that is another one.
std::string complaint_about_read(const engine::Result<ReadGrid>& read, const QLocale& locale) {
    if (!read) return complaint_about_sentence(ui::words::error_text(read.error()));
    const GridRows& rows = read->taken.rows;
    if (!is_grid(rows)) return "no grid";
    if (read->other && !is_grid(read->other->rows)) return "the other reading is no grid";
    if (read->other && read->other->rows == rows) return "the other reading is the same";
    CopiedRows copied;
    for (const auto& row : rows) copied.emplace_back(row.begin(), row.end());
    const auto is_back = [&rows](const engine::Result<ReadGrid>& again) {
        return again && again->taken.rows == rows;
    };
    const QString written = ui::formats::grid_as_text(copied, locale);
    if (!is_back(ui::formats::read_grid(written, locale)))
        return "does not come back from " + written.toStdString();
    const QString list = ui::formats::grid_as_nested_list(rows);
    if (!is_back(ui::formats::read_grid(list, locale)))
        return "does not come back from " + list.toStdString();
    if (!is_back(ui::formats::read_grid_json(ui::formats::grid_as_json(copied))))
        return "does not come back from its own form";
    return {};
}

}  // namespace

std::string complaint_about_clipboard(Bytes bytes) {
    const auto size = static_cast<qsizetype>(bytes.size());
    const auto* utf8 = reinterpret_cast<const char*>(bytes.data());
    const QString text = QString::fromUtf8(utf8, size);
    for (const char* name : {"C", "de_DE", "fr_FR"}) {
        const QLocale locale(QString::fromLatin1(name));
        const std::string wrong =
            complaint_about_read(ui::formats::read_grid(text, locale), locale);
        if (!wrong.empty()) return std::string(name) + ": " + wrong;
        const auto typed = ui::formats::read_typed_number(text, locale);
        if (typed && !std::isfinite(typed->value)) return "typed, and not finite";
        // What is one number when it is typed is not another one when it is pasted.
        const auto read = ui::formats::read_grid(text, locale);
        if (typed && read && read->taken.rows.size() == 1 && read->taken.rows.front().size() == 1 &&
            read->taken.rows.front().front() != typed->value)
            return "pasted as another number than typed";
    }
    return complaint_about_read(ui::formats::read_grid_json(QByteArray(utf8, size)), QLocale::c());
}

}  // namespace fuzz
