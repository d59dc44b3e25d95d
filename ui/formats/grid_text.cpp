// SPDX-License-Identifier: MIT
#include "ui/formats/grid_text.h"

#include "ui/formats/grid_text_parts.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;

constexpr std::size_t max_text = std::size_t{64} << 20;  ///< generous for 1024 × 1024 numbers

}  // namespace

Error too_many(const char* what, std::size_t count, std::size_t most) {
    return Error{.code = ErrorCode::too_large,
                 .subject = what,
                 .given = {static_cast<std::int64_t>(count)},
                 .limit = {static_cast<std::int64_t>(most)}};
}

Error syntax_error(QStringView text, qsizetype offset, QStringView fragment) {
    std::int64_t line = 1;
    qsizetype line_start = 0;
    for (qsizetype i = 0; i < offset; ++i) {
        if (text[i] == u'\n') {
            ++line;
            line_start = i + 1;
        }
    }
    Error error{.code = ErrorCode::bad_syntax};
    error.given = {line, offset - line_start + 1};
    error.text = fragment.left(40).toString().toStdString();
    return error;
}

Error number_error(QStringView text, qsizetype offset, QStringView word, ReadNumber::State state) {
    Error error = syntax_error(text, offset, word);
    if (state != ReadNumber::State::too_large) return error;
    error.code = ErrorCode::not_finite;
    error.subject = "float32";
    return error;
}

Error ragged(std::size_t row, std::size_t length, std::size_t first) {
    Error error{.code = ErrorCode::size_mismatch, .subject = "row"};
    error.given = {static_cast<std::int64_t>(length), static_cast<std::int64_t>(row + 1)};
    error.limit = {static_cast<std::int64_t>(first)};
    return error;
}

engine::Result<ReadGrid> read_grid(const QString& text, const QLocale& locale) {
    if (static_cast<std::size_t>(text.size()) > max_text)
        return too_many("character count", static_cast<std::size_t>(text.size()), max_text);
    QString unix = text;
    unix.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    unix.replace(u'\r', u'\n').replace(QChar(QChar::LineSeparator), u'\n');
    if (unix.startsWith(QChar(QChar::ByteOrderMark))) unix.remove(0, 1);
    if (QStringView(unix).trimmed().isEmpty()) return Error{.code = ErrorCode::bad_syntax};
    if (has_brackets(unix)) return read_list(unix);
    const QStringView line = QStringView(unix).mid(value_assigned_in(unix));
    auto lines = read_lines(line, locale);
    if (lines || !unix.contains(u';')) return lines;
    // MATLAB's, without its brackets: semicolons end the rows.
    const QString bracketed = u'[' % line % u']';
    auto rows = read_list(bracketed);
    return rows ? rows : lines;
}

}  // namespace ui::formats
