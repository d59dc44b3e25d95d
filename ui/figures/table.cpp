// SPDX-License-Identifier: MIT
#include "ui/figures/table.h"

#include <algorithm>

namespace ui::figures {

using diagram::Align;
using diagram::Builder;
using diagram::Diagram;
using diagram::FontWeight;
using diagram::Role;

namespace {

constexpr double column_gap = 22;
constexpr double row_height = 24;
constexpr double line_height = 17;

}  // namespace

double mono_width(qsizetype characters, double size) {
    return diagram::mono_advance * size * static_cast<double>(characters);
}

double put_heading(Builder& builder, const QString& heading) {
    builder.label({margin, margin + heading_size / 2}, heading_size,
                  {diagram::words(heading, {Role::ink, 1}, FontWeight::bold)});
    return margin + heading_size + 14;
}

Diagram finished(Builder& builder, QSizeF size, const QString& title, const QString& description) {
    Diagram& diagram = builder.diagram();
    // A heading's letters are not measured here: an average one is half as wide as it is high.
    const double heading = 2 * margin + 1.1 * diagram::about_width(title, heading_size);
    diagram.size = {std::max(size.width(), heading), size.height()};
    diagram.title = title;
    diagram.description = description;
    diagram.description.replace(u'\u00A0', u' ');
    return std::move(diagram);
}

Diagram text_figure(const QString& id, const QString& heading, const QStringList& lines) {
    Builder builder({});
    builder.group(id, heading);
    double y = put_heading(builder, heading);
    qsizetype longest = 0;
    for (const QString& line : lines) {
        longest = std::max(longest, line.size());
        if (!line.trimmed().isEmpty())
            builder.label({margin, y + line_height / 2}, table_size, {diagram::digits(line)});
        y += line_height;
    }
    return finished(builder, {2 * margin + mono_width(longest), y + margin}, heading,
                    lines.join(u'\n'));
}

Diagram table_figure(const QString& id, const QString& heading, const QList<QStringList>& rows) {
    Builder builder({});
    builder.group(id, heading);
    double y = put_heading(builder, heading);
    std::vector<double> lefts;
    double right = margin;
    for (qsizetype column = 0; column < rows.front().size(); ++column) {
        qsizetype longest = 0;
        for (const QStringList& row : rows)
            for (const QString& line : row[column].split(u'\n'))
                longest = std::max(longest, line.size());
        lefts.push_back(right);
        if (longest > 0) right += mono_width(longest) + column_gap;
    }
    right -= column_gap;
    QStringList said;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const bool is_head = i == 0;
        qsizetype most_lines = 1;
        for (std::size_t column = 0; column < lefts.size(); ++column) {
            const QString& text = rows[i][static_cast<qsizetype>(column)];
            if (text.isEmpty()) continue;
            const bool is_name = column == 0;
            double middle = y + row_height / 2;
            const QStringList lines = text.split(u'\n');
            most_lines = std::max(most_lines, lines.size());
            for (const QString& line : lines) {
                const bool is_first = middle < y + row_height;
                const diagram::Ink ink{is_first && !is_head ? Role::ink : Role::ink_soft, 1};
                builder.label({lefts[column], middle}, table_size,
                              {is_head   ? diagram::words(line, ink)
                               : is_name ? diagram::words(line, ink, FontWeight::semibold)
                                         : diagram::digits(line, ink)});
                middle += line_height;
            }
        }
        y += row_height + static_cast<double>(most_lines - 1) * line_height;
        builder.line({margin, y}, {right, y}, {is_head ? Role::ink_soft : Role::panel_line, 1});
        if (!is_head)
            said << rows[i].join(QStringLiteral(", ")).replace(u'\n', QStringLiteral(", "));
    }
    return finished(builder, {right + margin, y + margin}, heading, said.join(u'\n'));
}

}  // namespace ui::figures
