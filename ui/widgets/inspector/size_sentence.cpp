// SPDX-License-Identifier: MIT
// Words around the numbers of a Geometry; it computes none of its own.
#include "ui/widgets/inspector/size_sentence.h"

#include <QCoreApplication>
#include <QStringList>

#include "engine/layers/interpolation.h"

namespace ui::widgets {

using engine::Axis;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::size_sentence)
};

/// Never broken across lines.
QString by(int rows, int columns) {
    return QStringLiteral("%1\u00a0×\u00a0%2").arg(rows).arg(columns);
}

QString joined(const QStringList& parts) {
    if (parts.size() < 2) return parts.join(QString());
    return Words::tr("%1 and %2")
        .arg(parts.mid(0, parts.size() - 1).join(QStringLiteral(", ")), parts.last());
}

/// "the last row and column", "the first 2 rows and the first column", …
QString edges(int rows, int columns, bool first) {
    if (rows == columns) {
        if (rows == 1)
            return first ? Words::tr("the first row and column")
                         : Words::tr("the last row and column");
        return (first ? Words::tr("the first %1 rows and columns")
                      : Words::tr("the last %1 rows and columns"))
            .arg(rows);
    }
    QStringList parts;
    if (rows == 1) parts << (first ? Words::tr("the first row") : Words::tr("the last row"));
    if (rows > 1)
        parts << (first ? Words::tr("the first %1 rows") : Words::tr("the last %1 rows")).arg(rows);
    if (columns == 1)
        parts << (first ? Words::tr("the first column") : Words::tr("the last column"));
    if (columns > 1)
        parts << (first ? Words::tr("the first %1 columns") : Words::tr("the last %1 columns"))
                     .arg(columns);
    return joined(parts);
}

/// Cells beyond the full output, which no input reaches.
QString appended(int rows, int columns, bool use_bias) {
    QStringList parts;
    if (rows > 0) parts << (rows == 1 ? Words::tr("1 row") : Words::tr("%1 rows").arg(rows));
    if (columns > 0)
        parts << (columns == 1 ? Words::tr("1 column") : Words::tr("%1 columns").arg(columns));
    const bool one = rows + columns == 1;
    const QString what = use_bias ? (one ? Words::tr("%1 at the end holds only the bias")
                                         : Words::tr("%1 at the end hold only the bias"))
                                  : (one ? Words::tr("%1 at the end holds only 0")
                                         : Words::tr("%1 at the end hold only 0"));
    return what.arg(joined(parts));
}

QString name_of(const engine::Padding& padding) {
    if (std::holds_alternative<engine::Same>(padding)) return QStringLiteral("same");
    if (std::holds_alternative<engine::Valid>(padding)) return QStringLiteral("valid");
    const auto& pad = std::get<engine::Explicit>(padding).padding;
    return pad.height == pad.width
               ? QStringLiteral("padding=%1").arg(pad.height)
               : QStringLiteral("padding=(%1, %2)").arg(pad.height).arg(pad.width);
}

QString transposed(const engine::Conv2DTranspose& layer, const engine::Geometry& geometry) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    QString kept = by(rows.out, columns.out);
    const bool axes_alike = rows.in == columns.in && rows.stride == columns.stride;
    if (axes_alike && rows.out == rows.in * rows.stride && columns.out == rows.out)
        kept += Words::tr(" (%1 × stride %2)").arg(rows.in).arg(rows.stride);

    const int first_rows = rows.crop_before, first_columns = columns.crop_before;
    const int last_rows = std::max(rows.crop_after, 0),
              last_columns = std::max(columns.crop_after, 0);
    const QString full = by(rows.full, columns.full);
    const int cut = first_rows + first_columns + last_rows + last_columns;
    QStringList parts;
    const bool all_round = first_rows > 0 && first_rows == first_columns &&
                           first_rows == last_rows && first_rows == last_columns;
    if (all_round) {
        parts << (first_rows == 1
                      ? Words::tr("one row or column on each side of %1 is cut away").arg(full)
                      : Words::tr("%1 rows or columns on each side of %2 are cut away")
                            .arg(first_rows)
                            .arg(full));
    } else if (cut > 0) {
        QStringList where;
        if (first_rows + first_columns > 0) where << edges(first_rows, first_columns, true);
        if (last_rows + last_columns > 0) where << edges(last_rows, last_columns, false);
        parts << (cut == 1 ? Words::tr("%1 of %2 is cut away") : Words::tr("%1 of %2 are cut away"))
                     .arg(joined(where), full);
    }
    const int new_rows = std::max(-rows.crop_after, 0),
              new_columns = std::max(-columns.crop_after, 0);
    if (new_rows + new_columns > 0) parts << appended(new_rows, new_columns, layer.use_bias);
    if (parts.isEmpty()) parts << Words::tr("nothing is cut away");
    return (cut > 0 || new_rows + new_columns == 0 ? Words::tr("%1 keeps %2: %3.")
                                                   : Words::tr("%1 makes %2: %3."))
        .arg(name_of(layer.padding), kept, parts.join(QStringLiteral("; ")));
}

QString zeros(const Axis& axis) {
    return axis.pad_before == axis.pad_after
               ? Words::tr("%1 on each side").arg(axis.pad_before)
               : Words::tr("%1 before and %2 after").arg(axis.pad_before).arg(axis.pad_after);
}

QString convolved(const engine::Conv2D& layer, const engine::Geometry& geometry) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    const QString made =
        Words::tr("%1 makes %2 of %3")
            .arg(name_of(layer.padding), by(rows.out, columns.out), by(rows.in, columns.in));
    const bool pads = rows.padded() > rows.in || columns.padded() > columns.in;
    const QString border = !pads ? Words::tr("no zeros are added")
                           : zeros(rows) == zeros(columns)
                               ? Words::tr("zeros are added, %1").arg(zeros(rows))
                               : Words::tr("zeros are added, %1 (rows) and %2 (columns)")
                                     .arg(zeros(rows), zeros(columns));
    const int last_rows = engine::cells_left_over(rows);
    const int last_columns = engine::cells_left_over(columns);
    if (last_rows + last_columns == 0) return Words::tr("%1: %2.").arg(made, border);
    return Words::tr("%1: %2; no window reaches %3.")
        .arg(made, border, edges(last_rows, last_columns, false));
}

QString upsampled(const engine::UpSampling2D& layer, const engine::Geometry& geometry) {
    const engine::Shape& in = geometry.input;
    const engine::Shape& out = geometry.output;
    const QString grows =
        Words::tr("%1 grows to %2").arg(by(in.height(), in.width()), by(out.height(), out.width()));
    if (engine::sampling_of(layer.interpolation).filter == engine::Filter::nearest)
        return Words::tr("%1: every cell becomes %2 copies of itself.")
            .arg(grows, by(layer.size.height, layer.size.width));
    return Words::tr("%1: every output is weighed from its nearest inputs.").arg(grows);
}

}  // namespace

QString size_sentence(const engine::LayerSpec& spec, const engine::Geometry& geometry) {
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec))
        return transposed(*layer, geometry);
    if (const auto* layer = std::get_if<engine::Conv2D>(&spec)) return convolved(*layer, geometry);
    if (const auto* layer = std::get_if<engine::UpSampling2D>(&spec))
        return upsampled(*layer, geometry);
    return {};
}

}  // namespace ui::widgets
