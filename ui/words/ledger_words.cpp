// SPDX-License-Identifier: MIT
#include "ui/words/ledger_words.h"

#include <algorithm>
#include <cstdlib>

#include <QCoreApplication>
#include <QStringList>

namespace ui::words {

using engine::Agreement;
using engine::DialectRow;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::words::ledger_words)
};

/// "1 px up and 2 px left"
QString shift_text(const DialectRow& row) {
    QStringList parts;
    if (row.shift_down != 0)
        parts << (row.shift_down > 0 ? Words::tr("%1 px down") : Words::tr("%1 px up"))
                     .arg(std::abs(row.shift_down));
    if (row.shift_right != 0)
        parts << (row.shift_right > 0 ? Words::tr("%1 px right") : Words::tr("%1 px left"))
                     .arg(std::abs(row.shift_right));
    return parts.join(Words::tr(" and "));
}

QString lack_text(engine::Lack lack) {
    switch (lack) {
        case engine::Lack::nothing:
            break;
        case engine::Lack::groups:
            return Words::tr("no such layer: no groups");
        case engine::Lack::strides_with_dilation:
            return Words::tr("no such layer: strides together with dilation are refused");
        case engine::Lack::interpolation:
            return Words::tr("no such layer: this interpolation is missing");
        case engine::Lack::appended_cells:
            return Words::tr("no such layer: output_padding cannot append so much");
        case engine::Lack::dilation:
            return Words::tr("no such relationship: none has dilation");
        case engine::Lack::border:
            return Words::tr("no such relationship: the padding must be less than the kernel");
        case engine::Lack::resizing:
            return Words::tr("no such relationship: none resizes without a kernel");
        case engine::Lack::uneven_zeros:
            return Words::tr("no such relationship: both ends have the same zeros");
    }
    return {};
}

/// "4x4x1", for a table that is read by programs, too.
QString size_text(const engine::Shape& shape) {
    if (shape.rank() == 0) return QStringLiteral("-");
    return QStringLiteral("%1x%2x%3").arg(shape.height()).arg(shape.width()).arg(shape.channels());
}

/// "2 × 2 + max(3 − 2, 0) = 5", once where both axes have the same numbers.
QString sum_text(const engine::SizeSums& sums) {
    if (sums.rows.terms.empty()) return QStringLiteral("-");
    const QString rows = QString::fromStdString(engine::numbers_of(sums.rows));
    const QString columns = QString::fromStdString(engine::numbers_of(sums.columns));
    return rows == columns ? rows : Words::tr("%1 rows, %2 columns").arg(rows, columns);
}

}  // namespace

QString framework_name(engine::Framework framework) {
    const std::string_view name = engine::name_of(framework);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString agreement_text(const DialectRow& row) {
    switch (row.agreement) {
        case Agreement::given:
            return {};
        case Agreement::same:
            return Words::tr("same picture");
        case Agreement::shifted:
            return row.shift_down == 0 && row.shift_right == 0
                       ? Words::tr("same size, other edges")
                       : Words::tr("same size, shifted by %1").arg(shift_text(row));
        case Agreement::other_numbers:
            return Words::tr("same size, other numbers");
        case Agreement::other_size:
            return Words::tr("another size");
        case Agreement::no_form:
            return lack_text(row.lack);
    }
    return {};
}

QString verdict_text(const DialectRow& row) {
    switch (row.agreement) {
        case Agreement::given:
            return Words::tr("this layer");
        case Agreement::same:
            return Words::tr("same picture");
        case Agreement::shifted: {
            const int down = std::abs(row.shift_down);
            const int right = std::abs(row.shift_right);
            if (down == 0 && right == 0) return Words::tr("other edges");
            if (down != 0 && right != 0 && down != right) return Words::tr("shifted");
            return Words::tr("%1 px shifted").arg(std::max(down, right));
        }
        case Agreement::other_numbers:
            return Words::tr("other numbers");
        case Agreement::other_size:
            return QStringLiteral("%1\u00a0×\u00a0%2")
                .arg(row.output.height())
                .arg(row.output.width());
        case Agreement::no_form:
            return Words::tr("no such layer");
    }
    return {};
}

QString range_text(const engine::AxisSum& sum) {
    if (sum.least == sum.most) return {};
    return QStringLiteral("%1–%2").arg(sum.least).arg(sum.most);
}

QString remark_text(const DialectRow& row) {
    QStringList parts;
    const QString agreement = agreement_text(row);
    if (!agreement.isEmpty()) parts << agreement;
    const QString rows = range_text(row.sums.rows);
    const QString columns = range_text(row.sums.columns);
    if (!rows.isEmpty() || !columns.isEmpty()) {
        const auto shown = [](const QString& range, int out) {
            return range.isEmpty() ? QString::number(out) : range;
        };
        parts << (rows == columns ? Words::tr("%1 over all a").arg(rows)
                                  : Words::tr("%1 x %2 over all a")
                                        .arg(shown(rows, row.sums.rows.out),
                                             shown(columns, row.sums.columns.out)));
    }
    return parts.join(QStringLiteral("; "));
}

QList<QStringList> ledger_table(std::span<const DialectRow> rows, bool edges_are_zeros) {
    const QString edges_title = edges_are_zeros ? Words::tr("zeros") : Words::tr("crop");
    QList<QStringList> lines{{Words::tr("framework"), Words::tr("arguments"), Words::tr("output"),
                              Words::tr("%1 rows").arg(edges_title),
                              Words::tr("%1 columns").arg(edges_title), Words::tr("size"),
                              QString()}};
    for (const DialectRow& row : rows) {
        const bool exists = row.agreement != Agreement::no_form;
        const auto edges = [exists](int before, int after) {
            return exists ? QStringLiteral("%1,%2").arg(before).arg(after) : QStringLiteral("-");
        };
        lines << QStringList{framework_name(row.framework),
                             exists ? QString::fromStdString(row.arguments) : QStringLiteral("-"),
                             size_text(row.output),
                             edges(row.edges.top, row.edges.bottom),
                             edges(row.edges.left, row.edges.right),
                             sum_text(row.sums),
                             remark_text(row)};
    }
    return lines;
}

QString overlap_text(engine::Tiling overlap) {
    switch (overlap) {
        case engine::Tiling::tiles:
            return Words::tr("tiles");
        case engine::Tiling::even:
            return Words::tr("even overlap");
        case engine::Tiling::uneven:
            return Words::tr("uneven overlap");
        case engine::Tiling::holes:
            return Words::tr("holes");
    }
    return {};
}

}  // namespace ui::words
