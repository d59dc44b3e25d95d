// SPDX-License-Identifier: MIT
// A line a framework, as a table with aligned columns or as JSON.
#include "app/shapes_report.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "app/command.h"
#include "ui/formats/layer_json.h"

namespace app {

namespace {

using engine::Agreement;
using engine::DialectRow;

QString framework_name(engine::Framework framework) {
    switch (framework) {
        case engine::Framework::keras:
            return QStringLiteral("Keras");
        case engine::Framework::pytorch:
            return QStringLiteral("PyTorch");
        case engine::Framework::onnx:
            return QStringLiteral("ONNX");
    }
    return {};
}

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
    }
    return {};
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

QString size_text(const engine::Shape& shape) {
    if (shape.rank() == 0) return QStringLiteral("-");
    return QStringLiteral("%1x%2x%3").arg(shape.height()).arg(shape.width()).arg(shape.channels());
}

/// What an axis loses (or, in a convolution, gets) before and after.
QString edges_text(int before, int after) { return QStringLiteral("%1,%2").arg(before).arg(after); }

const char* agreement_name(Agreement agreement) {
    switch (agreement) {
        case Agreement::given:
            return "given";
        case Agreement::same:
            return "same";
        case Agreement::shifted:
            return "shifted";
        case Agreement::other_numbers:
            return "other_numbers";
        case Agreement::other_size:
            return "other_size";
        case Agreement::no_form:
            return "no_form";
    }
    return "";
}

const char* lack_name(engine::Lack lack) {
    switch (lack) {
        case engine::Lack::nothing:
            break;
        case engine::Lack::groups:
            return "groups";
        case engine::Lack::strides_with_dilation:
            return "strides_with_dilation";
        case engine::Lack::interpolation:
            return "interpolation";
        case engine::Lack::appended_cells:
            return "appended_cells";
    }
    return "";
}

}  // namespace

QByteArray as_table(const Ledger& ledger) {
    const QString edges_title = ledger.edges_are_zeros ? Words::tr("zeros") : Words::tr("crop");
    QList<QStringList> lines{{Words::tr("framework"), Words::tr("arguments"), Words::tr("output"),
                              Words::tr("%1 rows").arg(edges_title),
                              Words::tr("%1 columns").arg(edges_title), QString()}};
    for (const DialectRow& row : ledger.rows) {
        const engine::Edges& edges = row.edges;
        const bool exists = row.agreement != Agreement::no_form;
        const QString none = QStringLiteral("-");
        lines << QStringList{framework_name(row.framework),
                             exists ? QString::fromStdString(row.arguments) : none,
                             size_text(row.output),
                             exists ? edges_text(edges.top, edges.bottom) : none,
                             exists ? edges_text(edges.left, edges.right) : none,
                             agreement_text(row)};
    }
    std::array<qsizetype, 6> widths{};
    for (const QStringList& line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i) {
            qsizetype& width = widths[static_cast<std::size_t>(i)];
            width = std::max(width, line[i].size());
        }
    }
    QString text;
    for (const QStringList& line : lines) {
        QString row;
        for (qsizetype i = 0; i < line.size(); ++i)
            row += line[i].leftJustified(widths[static_cast<std::size_t>(i)] + 2);
        while (row.endsWith(u' ')) row.chop(1);
        text += row % u'\n';
    }
    return text.toUtf8();
}

QByteArray as_json(const Ledger& ledger, const QString& layer) {
    using ui::formats::json_string;
    using ui::formats::write_sizes;
    const char* edges_key =
        ledger.edges_are_zeros ? "zeros_top_bottom_left_right" : "crop_top_bottom_left_right";
    QByteArrayList list;
    for (const DialectRow& row : ledger.rows) {
        const engine::Edges& e = row.edges;
        ui::formats::JsonLine line;
        line.add("framework", json_string(framework_name(row.framework).toStdString()));
        line.add("agreement", json_string(agreement_name(row.agreement)));
        if (row.agreement == Agreement::no_form) {
            line.add("lack", json_string(lack_name(row.lack)));
            list << "    " + line.text();
            continue;
        }
        line.add("arguments", json_string(row.arguments));
        line.add("output", write_sizes(row.output.sizes()));
        line.add(edges_key, write_sizes(std::array{e.top, e.bottom, e.left, e.right}));
        line.add("shift_down_right", write_sizes(std::array{row.shift_down, row.shift_right}));
        list << "    " + line.text();
    }
    const engine::Shape full = ledger.geometry.full();
    return "{\n  \"layer\": " + json_string(layer.toStdString()) +
           ",\n  \"input\": " + write_sizes(ledger.geometry.input.sizes()) +
           ",\n  \"full\": " + write_sizes(full.sizes()) + ",\n  \"rows\": [\n" + list.join(",\n") +
           "\n  ]\n}\n";
}

}  // namespace app
