// SPDX-License-Identifier: MIT
// A line a framework, as a table with aligned columns or as JSON.
#include "app/shapes_report.h"

#include <algorithm>
#include <array>

#include "app/command.h"
#include "engine/layers/counts.h"
#include "ui/formats/layer_json.h"
#include "ui/words/ledger_words.h"

namespace app {

namespace {

using engine::Agreement;
using engine::DialectRow;

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
        case engine::Lack::dilation:
            return "dilation";
        case engine::Lack::border:
            return "border";
        case engine::Lack::resizing:
            return "resizing";
        case engine::Lack::uneven_zeros:
            return "uneven_zeros";
    }
    return "";
}

const char* purpose_name(engine::Purpose purpose) {
    using engine::Purpose;
    switch (purpose) {
        case Purpose::steps:
            return "steps";
        case Purpose::last_stamp:
            return "last_stamp";
        case Purpose::rest_of_stamp:
            return "rest_of_stamp";
        case Purpose::first_cell:
            return "first_cell";
        case Purpose::blocks:
            return "blocks";
        case Purpose::overhang:
            return "overhang";
        case Purpose::cut_both:
            return "cut_both";
        case Purpose::cut_begin:
            return "cut_begin";
        case Purpose::cut_end:
            return "cut_end";
        case Purpose::given_back:
            return "given_back";
        case Purpose::appended:
            return "appended";
        case Purpose::wanted:
            return "wanted";
        case Purpose::sliced_begin:
            return "sliced_begin";
        case Purpose::sliced_end:
            return "sliced_end";
        case Purpose::input:
            return "input";
        case Purpose::zeros_both:
            return "zeros_both";
        case Purpose::zeros_begin:
            return "zeros_begin";
        case Purpose::zeros_end:
            return "zeros_end";
        case Purpose::first_window:
            return "first_window";
        case Purpose::every_stride:
            return "every_stride";
        case Purpose::first_place:
            return "first_place";
        case Purpose::rest_of_window:
            return "rest_of_window";
        case Purpose::first_of_window:
            return "first_of_window";
        case Purpose::whole:
            return "whole";
        case Purpose::kept:
            return "kept";
    }
    return "";
}

QByteArray sum_json(const engine::AxisSum& sum) {
    using ui::formats::json_string;
    using ui::formats::write_sizes;
    QByteArrayList terms;
    for (const engine::Term& term : sum.terms) {
        ui::formats::JsonLine line;
        line.add("sign", json_string(term.sign));
        line.add("symbols", json_string(term.symbols));
        line.add("numbers", json_string(term.numbers));
        line.add("value", QByteArray::number(qlonglong{term.value}));
        line.add("purpose", json_string(purpose_name(term.purpose)));
        QByteArrayList cells;
        for (const engine::CellRange& range : term.cells)
            cells << write_sizes(std::array{range.first, range.last});
        line.add("cells", '[' + cells.join(", ") + ']');
        line.add("differs", term.differs ? "true" : "false");
        terms << line.text();
    }
    ui::formats::JsonLine line;
    line.add("text", json_string(engine::numbers_of(sum)));
    line.add("out", QByteArray::number(sum.out));
    if (sum.least != sum.most) line.add("least_most", write_sizes(std::array{sum.least, sum.most}));
    line.add("terms", "[\n        " + terms.join(",\n        ") + ']');
    return line.text();
}

QString pair_text(engine::Size2D pair) {
    return QStringLiteral("%1x%2").arg(pair.height).arg(pair.width);
}
QString equation_text(const engine::Equation& equation) {
    return QString::fromStdString(engine::text_of(equation));
}

/// What the layer costs, and why programs that count it disagree.
QString counts_text(const engine::Ledger& ledger) {
    const auto counts = engine::counts(ledger.rows.front().spec, ledger.geometry);
    if (!counts) return {};
    QString text = QStringLiteral("\n");
    if (ledger.edges_are_zeros) {
        text += Words::tr("multiply-adds, without those of zeros: %1\n").arg(counts->met);
        text += Words::tr("multiply-adds, the whole kernel for each output: %1\n")
                    .arg(equation_text(counts->from_outputs));
    } else {
        text += Words::tr("multiply-adds, the whole kernel for each input: %1\n")
                    .arg(equation_text(counts->from_inputs));
        if (counts->kept != counts->met)
            text += Words::tr("… of which are not cropped away: %1\n").arg(counts->kept);
        text += Words::tr(
                    "multiply-adds over the zero-inserted input, the whole kernel for each "
                    "output: %1\n")
                    .arg(equation_text(counts->from_outputs));
    }
    if (counts->from_outputs.result != counts->met)
        text += Words::tr(
                    "Programs that count by outputs say %1, those that count products of "
                    "inputs %2.\n")
                    .arg(counts->from_outputs.result)
                    .arg(counts->met);
    text += Words::tr("parameters: %1\n").arg(equation_text(counts->parameters));
    text += Words::tr("an output sees %1 inputs, an input reaches %2 outputs\n")
                .arg(pair_text(counts->reach.output_sees), pair_text(counts->reach.input_touches));
    return text;
}

QByteArray counts_json(const engine::Ledger& ledger) {
    using ui::formats::json_string;
    using ui::formats::write_sizes;
    const auto counts = engine::counts(ledger.rows.front().spec, ledger.geometry);
    if (!counts) return {};
    const auto number = [](std::int64_t value) { return QByteArray::number(qlonglong{value}); };
    const auto pair = [](engine::Size2D size) {
        return write_sizes(std::array{size.height, size.width});
    };
    ui::formats::JsonLine line;
    line.add("multiply_adds", number(counts->met));
    line.add("multiply_adds_kept", number(counts->kept));
    line.add("multiply_adds_by_outputs", number(counts->from_outputs.result));
    line.add("parameters", number(counts->parameters.result));
    line.add("parameters_product", json_string(engine::text_of(counts->parameters)));
    line.add("output_sees", pair(counts->reach.output_sees));
    line.add("input_reaches", pair(counts->reach.input_touches));
    return ",\n  \"counts\": " + line.text();
}

}  // namespace

QByteArray as_table(const engine::Ledger& ledger) {
    return aligned(ui::words::ledger_table(ledger.rows, ledger.edges_are_zeros)) +
           counts_text(ledger).toUtf8();
}

QByteArray aligned(const QList<QStringList>& lines) {
    QList<qsizetype> widths;
    for (const QStringList& line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (i == widths.size()) widths << 0;
            widths[i] = std::max(widths[i], line[i].size());
        }
    }
    QString text;
    for (const QStringList& line : lines) {
        QString row;
        for (qsizetype i = 0; i < line.size(); ++i) row += line[i].leftJustified(widths[i] + 2);
        while (row.endsWith(u' ')) row.chop(1);
        text += row % u'\n';
    }
    return text.toUtf8();
}

QByteArray as_json(const engine::Ledger& ledger, const QString& layer) {
    using ui::formats::json_string;
    using ui::formats::write_sizes;
    const char* edges_key =
        ledger.edges_are_zeros ? "zeros_top_bottom_left_right" : "crop_top_bottom_left_right";
    QByteArrayList list;
    for (const DialectRow& row : ledger.rows) {
        const engine::Edges& e = row.edges;
        ui::formats::JsonLine line;
        line.add("framework", json_string(ui::words::framework_name(row.framework).toStdString()));
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
        if (const engine::Size2D number = row.relationship; number != engine::Size2D{0, 0})
            line.add("relationship", write_sizes(std::array{number.height, number.width}));
        line.add("row_sum", "\n      " + sum_json(row.sums.rows));
        line.add("column_sum", "\n      " + sum_json(row.sums.columns));
        list << "    " + line.text();
    }
    const engine::Shape full = ledger.geometry.full();
    return "{\n  \"layer\": " + json_string(layer.toStdString()) +
           ",\n  \"input\": " + write_sizes(ledger.geometry.input.sizes()) +
           ",\n  \"full\": " + write_sizes(full.sizes()) + ",\n  \"rows\": [\n" + list.join(",\n") +
           "\n  ]" + counts_json(ledger) + "\n}\n";
}

QByteArray readers_table() {
    QList<QStringList> lines;
    for (const auto& [kernel, strides] : engine::readers_cases) {
        const engine::Shape input{engine::readers_input, engine::readers_input, 1};
        QStringList title{Words::tr("kernel"), Words::tr("strides")};
        QStringList line{QString::number(kernel), QString::number(strides)};
        for (const DialectRow& row :
             engine::plain_rows({kernel, kernel}, {strides, strides}, input)) {
            title << ui::words::framework_name(row.framework);
            const QString range = ui::words::range_text(row.sums.rows);
            line << (range.isEmpty() ? QString::number(row.sums.rows.out) : range);
        }
        if (lines.isEmpty()) lines << title;
        lines << line;
    }
    return aligned(lines);
}

QByteArray readers_json() {
    using ui::formats::json_string;
    QByteArrayList list;
    for (const auto& [kernel, strides] : engine::readers_cases) {
        const engine::Shape input{engine::readers_input, engine::readers_input, 1};
        ui::formats::JsonLine line;
        line.add("kernel", QByteArray::number(kernel));
        line.add("strides", QByteArray::number(strides));
        for (const DialectRow& row :
             engine::plain_rows({kernel, kernel}, {strides, strides}, input)) {
            const engine::AxisSum& sum = row.sums.rows;
            line.add(engine::key_of(row.framework),
                     ui::formats::write_sizes(std::array{sum.least, sum.most}));
        }
        list << "    " + line.text();
    }
    return "{\n  \"input\": " + QByteArray::number(engine::readers_input) + ",\n  \"cases\": [\n" +
           list.join(",\n") + "\n  ]\n}\n";
}

}  // namespace app
