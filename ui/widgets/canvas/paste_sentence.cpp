// SPDX-License-Identifier: MIT
#include "ui/widgets/canvas/paste_sentence.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "ui/diagram/number_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

using formats::GridReading;
using Cells = GridReading::Cells;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::paste_sentence)
};

constexpr qsizetype longest_word = 40;

Understood doubtful(const QString& written, float taken, float other) {
    return {Words::tr("“%1” is read as %2.")
                .arg(words::harmless(written, longest_word), diagram::full_number_text(taken)),
            Words::tr("Read as %1").arg(diagram::full_number_text(other))};
}

/// The numbers in which two readings of one size differ first.
std::pair<float, float> first_difference(const formats::GridRows& a, const formats::GridRows& b) {
    for (std::size_t row = 0; row < a.size(); ++row) {
        const auto [mine, other] = std::ranges::mismatch(a[row], b[row]);
        if (mine != a[row].end()) return {*mine, *other};
    }
    return {};
}

QString rows_and_columns(const GridReading& reading) {
    return QStringLiteral("%1 × %2").arg(reading.rows.size()).arg(reading.rows.front().size());
}

/// Why it became these rows and columns.
QString sized(const GridReading& reading) {
    const QString size = rows_and_columns(reading);
    if (reading.decimal == formats::DecimalSign::comma && reading.cells == Cells::alone)
        return Words::tr("Read as %1 numbers: the comma is the decimal sign.").arg(size);
    if (reading.cells == Cells::commas)
        return Words::tr("Read as %1 numbers: commas separate them.").arg(size);
    if (reading.cells == Cells::spaces)
        return Words::tr("Read as %1 numbers: spaces separate them.").arg(size);
    if (reading.cells == Cells::brackets)
        return Words::tr("Read as %1 numbers: each line is a row.").arg(size);
    if (reading.grouped)
        return Words::tr("Read as %1 numbers: their thousands are set apart.").arg(size);
    return Words::tr("Read as %1 numbers.").arg(size);
}

}  // namespace

Understood understood(const formats::ReadGrid& read) {
    const GridReading& taken = read.taken;
    Understood understood;
    if (read.other && !read.doubtful.isEmpty()) {
        const auto [mine, other] = first_difference(taken.rows, read.other->rows);
        understood = doubtful(read.doubtful, mine, other);
    } else if (read.other) {
        understood = {sized(taken), Words::tr("Read as %1").arg(rows_and_columns(*read.other))};
    }
    QStringList more;
    if (!understood.sentence.isEmpty()) more << understood.sentence;
    if (taken.empty_cells > 0)
        more << Words::tr("%Ln empty cell(s) became 0.", nullptr, taken.empty_cells);
    if (taken.left_out > 0)
        more << Words::tr("Only the first array is pasted, not the %Ln behind it.", nullptr,
                          taken.left_out);
    understood.sentence = more.join(u' ');
    return understood;
}

Understood understood(float taken, const CellEdits::Doubt& doubt) {
    return doubtful(doubt.written, taken, doubt.other);
}

}  // namespace ui::widgets
