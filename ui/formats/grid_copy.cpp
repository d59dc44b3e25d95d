// SPDX-License-Identifier: MIT
#include "ui/formats/grid_copy.h"

#include "ui/formats/grid_text_parts.h"
#include "ui/formats/json/json_field.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;

/// Shortest form that reads back as the same float32, the minus sign as keyboards have it: what
/// reads it need not know another.
QString with_point(float value) { return QString::fromLatin1(json_number(value)); }

QString in_locale(float value, DecimalSign sign) {
    QString text = with_point(value);
    if (sign == DecimalSign::comma) text.replace(u'.', u',');
    return text;
}

/// One form for each cell, joined.
template <typename Form>
QString joined(const CopiedRows& rows, Form form, const QString& between, const QString& behind) {
    QString text;
    for (const auto& row : rows) {
        QStringList cells;
        for (const auto& number : row) cells << form(number);
        text += cells.join(between) % behind;
    }
    return text;
}

}  // namespace

QString grid_as_text(const CopiedRows& rows, const QLocale& locale) {
    const DecimalSign sign = rules_of(locale).decimal;
    const auto cell = [sign](const std::optional<float>& number) {
        return number ? in_locale(*number, sign) : QString();
    };
    return joined(rows, cell, QStringLiteral("\t"), QStringLiteral("\n"));
}

QString grid_as_html(const CopiedRows& rows, const QLocale& locale) {
    const DecimalSign sign = rules_of(locale).decimal;
    const auto cell = [sign](const std::optional<float>& number) {
        if (!number) return QStringLiteral("<td></td>");
        return QStringLiteral(
                   "<td align=\"right\" sdval=\"%1\" sdnum=\"1033;\" x:num=\"%1\">%2</td>")
            .arg(with_point(*number), in_locale(*number, sign));
    };
    return QStringLiteral(
               "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta "
               "http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head><body>"
               "<table>\n<tr>") %
           joined(rows, cell, QString(), QStringLiteral("</tr>\n<tr>")).chopped(4) %
           QStringLiteral("</table></body></html>\n");
}

QString grid_as_nested_list(const GridRows& rows) {
    QStringList lines;
    for (const auto& row : rows) {
        QStringList cells;
        for (const float value : row) cells << with_point(value);
        lines << u'[' % cells.join(QStringLiteral(", ")) % u']';
    }
    return u'[' % lines.join(QStringLiteral(",\n ")) % u']';
}

QByteArray grid_as_json(const CopiedRows& rows) {
    QByteArrayList lines;
    for (const auto& row : rows) {
        QByteArrayList cells;
        for (const auto& number : row) cells << (number ? json_number(*number) : "null");
        lines << '[' + cells.join(", ") + ']';
    }
    return "{\"rows\": [" + lines.join(",\n") + "]}\n";
}

engine::Result<ReadGrid> read_grid_json(const QByteArray& json) {
    const auto text = JsonText::parse(json, JsonRules::strict);
    if (!text) return text.error();
    std::optional<Error> problem;
    const JsonField rows = JsonField(*text, &text->root(), "", problem)["rows"];
    rows.required();
    const std::size_t count = rows.length(max_grid_side);
    ReadGrid read;
    for (std::size_t i = 0; i < count && !problem; ++i) {
        const JsonField row = rows.at(i);
        std::vector<float> numbers;
        if (row.value() && row.value()->kind == JsonValue::Kind::numbers) {
            if (row.value()->count > max_grid_side)
                return too_many("column count", row.value()->count);
            numbers = json_to_floats(*row.value());
        } else {
            const std::size_t cells = row.length(max_grid_side);
            for (std::size_t column = 0; column < cells && !problem; ++column) {
                const JsonField cell = row.at(column);
                if (!cell.given()) ++read.taken.empty_cells;
                numbers.push_back(cell.number(0));
            }
        }
        if (problem) break;
        if (engine::first_not_finite(numbers) >= 0)
            return Error{.code = ErrorCode::not_finite, .subject = "rows"};
        if (numbers.empty()) return Error{.code = ErrorCode::bad_syntax};
        if (!read.taken.rows.empty() && numbers.size() != read.taken.rows.front().size())
            return ragged(i, numbers.size(), read.taken.rows.front().size());
        read.taken.rows.push_back(std::move(numbers));
    }
    if (problem) return *problem;
    if (read.taken.rows.empty()) return Error{.code = ErrorCode::bad_syntax};
    read.taken.cells = GridReading::Cells::brackets;
    return read;
}

}  // namespace ui::formats
