// SPDX-License-Identifier: MIT
// Grids from and to the clipboard.
#include "ui/formats/grid_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <QByteArray>
#include <QStringList>

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

constexpr std::size_t max_side = 1024;
constexpr std::size_t max_text = std::size_t{64} << 20;  ///< generous for 1024 × 1024 numbers
constexpr int max_depth = 8;

/// Where a text stops making sense.
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

/// A finite float32; both minus signs, no locale.
std::optional<float> parse_float(QStringView text) {
    QString ascii = text.toString();
    ascii.replace(QChar(0x2212), u'-');
    bool ok = false;
    const double value = ascii.toLatin1().toDouble(&ok);
    const auto narrow = static_cast<float>(value);
    if (!ok || !std::isfinite(narrow)) return std::nullopt;
    return narrow;
}

std::optional<Error> check_sides(const GridRows& rows) {
    if (rows.empty() || rows.front().empty()) return Error{.code = ErrorCode::bad_syntax};
    for (const auto& row : rows) {
        if (row.size() == rows.front().size()) continue;
        Error error{.code = ErrorCode::size_mismatch, .subject = "row"};
        error.given = {static_cast<std::int64_t>(row.size()), &row - rows.data() + 1};
        error.limit = {static_cast<std::int64_t>(rows.front().size())};
        return error;
    }
    return std::nullopt;
}

Error too_many(const char* what, std::size_t count, std::size_t most = max_side) {
    return Error{.code = ErrorCode::too_large,
                 .subject = what,
                 .given = {static_cast<std::int64_t>(count)},
                 .limit = {static_cast<std::int64_t>(most)}};
}

/// Nested lists in one pass: all numbers in order and the shape they must have. Commas and blanks
/// both separate, so that what NumPy prints can be read as well.
class ListReader {
public:
    explicit ListReader(QStringView text) : m_text(text) {}

    Result<GridRows> read() {
        if (auto error = read_list(0)) return *error;
        skip();
        if (m_at < m_text.size()) return syntax_error(m_text, m_at, m_text.mid(m_at));
        return as_rows();
    }

private:
    static bool opens(QChar c) { return c == u'[' || c == u'('; }
    static bool closes(QChar c) { return c == u']' || c == u')'; }

    void skip() {
        while (m_at < m_text.size() && (m_text[m_at].isSpace() || m_text[m_at] == u',')) ++m_at;
    }

    Error unexpected() const { return syntax_error(m_text, m_at, m_text.mid(m_at)); }

    /// Reads "[…]" at the cursor; every list of one depth must have as many items as the first.
    std::optional<Error> read_list(int depth) {
        if (m_at >= m_text.size() || !opens(m_text[m_at]) || depth == max_depth)
            return unexpected();
        const qsizetype start = m_at++;
        std::size_t items = 0;
        for (skip(); m_at < m_text.size() && !closes(m_text[m_at]); skip(), ++items) {
            auto error = opens(m_text[m_at]) ? read_list(depth + 1) : read_number(depth + 1);
            if (error) return error;
        }
        if (m_at == m_text.size()) return syntax_error(m_text, m_at, {});
        ++m_at;
        return note_length(depth, items, start);
    }

    std::optional<Error> read_number(int depth) {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace() && m_text[m_at] != u',' &&
               !opens(m_text[m_at]) && !closes(m_text[m_at]))
            ++m_at;
        const QStringView word = m_text.mid(start, m_at - start);
        const auto value = parse_float(word);
        if (!value || (m_rank >= 0 && m_rank != depth)) return syntax_error(m_text, start, word);
        m_rank = depth;
        if (m_values.size() >= max_side * max_side)
            return too_many("number count", m_values.size() + 1, max_side * max_side);
        m_values.push_back(*value);
        return std::nullopt;
    }

    std::optional<Error> note_length(int depth, std::size_t items, qsizetype start) {
        const auto index = static_cast<std::size_t>(depth);
        if (m_sizes.size() <= index) m_sizes.resize(index + 1, 0);
        if (m_sizes[index] == 0) m_sizes[index] = items;
        if (items == 0 || m_sizes[index] != items)
            return syntax_error(m_text, start, m_text.mid(start, m_at - start));
        return std::nullopt;
    }

    Result<GridRows> as_rows() {
        // [[[[1], [2]]]]: axes of size 1 after the first two carry nothing, those before neither.
        while (m_sizes.size() > 2 && m_sizes.back() == 1) m_sizes.pop_back();
        while (m_sizes.size() > 2 && m_sizes.front() == 1) m_sizes.erase(m_sizes.begin());
        if (m_sizes.size() > 2) {
            Error error{.code = ErrorCode::rank_mismatch, .subject = "list"};
            error.given = {static_cast<std::int64_t>(m_sizes.size())};
            error.limit = {1, 2};
            return error;
        }
        const std::size_t columns = m_sizes.back();
        const std::size_t rows = m_sizes.size() == 2 ? m_sizes.front() : 1;
        if (rows > max_side) return too_many("row count", rows);
        if (columns > max_side) return too_many("column count", columns);
        GridRows grid(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(row * columns);
            grid[row].assign(first, first + static_cast<std::ptrdiff_t>(columns));
        }
        return grid;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    int m_rank = -1;  ///< depth at which numbers stand
    std::vector<std::size_t> m_sizes;
    std::vector<float> m_values;
};

/// What separates the cells of a line, and whether a comma is a decimal sign: spreadsheets of many
/// countries copy "1,5<tab>2" or save "1,5;2".
struct Separator {
    QChar sign;  ///< null: any run of blanks
    bool decimal_comma = false;
};

Separator separator_of(QStringView text) {
    for (const QChar sign : {QChar(u'\t'), QChar(u';')})
        if (text.contains(sign)) return {sign, !text.contains(u'.')};
    if (text.contains(u',')) return {QChar(u','), false};
    return {QChar(), false};
}

QList<QStringView> cells_of(QStringView line, Separator separator) {
    if (!separator.sign.isNull()) return line.split(separator.sign);
    QList<QStringView> cells;
    for (qsizetype at = 0; at < line.size();) {
        qsizetype end = at;
        while (end < line.size() && !line[end].isSpace()) ++end;
        if (end > at) cells << line.mid(at, end - at);
        at = end + 1;
    }
    return cells;
}

Result<GridRows> parse_lines(QStringView text) {
    const Separator separator = separator_of(text);
    GridRows rows;
    for (const QStringView line : text.split(u'\n')) {
        if (line.trimmed().isEmpty()) continue;
        std::vector<float> row;
        for (const QStringView cell : cells_of(line, separator)) {
            QString word = cell.trimmed().toString();
            if (separator.decimal_comma) word.replace(u',', u'.');
            const auto value = parse_float(word);
            if (!value) return syntax_error(text, cell.data() - text.data(), cell.trimmed());
            if (row.size() == max_side) return too_many("column count", max_side + 1);
            row.push_back(*value);
        }
        if (rows.size() == max_side) return too_many("row count", max_side + 1);
        rows.push_back(std::move(row));
    }
    if (auto error = check_sides(rows)) return *error;
    return rows;
}

QString number(float value) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return QString::fromLatin1(buffer.data(), end - buffer.data());
}

QString joined(const std::vector<float>& row, const QString& separator) {
    QStringList cells;
    for (const float value : row) cells << number(value);
    return cells.join(separator);
}

}  // namespace

Result<GridRows> parse_grid(const QString& text) {
    if (static_cast<std::size_t>(text.size()) > max_text)
        return too_many("character count", static_cast<std::size_t>(text.size()), max_text);
    QStringView trimmed = QStringView(text).trimmed();
    // "array([[1., 2.]], dtype=float32)", "np.array(…)", "torch.tensor(…)": only the brackets
    // matter.
    const qsizetype bracket = trimmed.indexOf(u'[');
    const qsizetype word = trimmed.indexOf(u'(');
    if (word > 0 && word < bracket && trimmed.first(word).back().isLetter())
        trimmed = trimmed.mid(bracket, trimmed.lastIndexOf(u']') - bracket + 1);
    if (trimmed.startsWith(u'[') || trimmed.startsWith(u'(')) return ListReader(trimmed).read();
    return parse_lines(trimmed);
}

QString grid_as_tsv(const GridRows& rows) {
    QString text;
    for (const auto& row : rows) text += joined(row, QStringLiteral("\t")) % u'\n';
    return text;
}

QString grid_as_nested_list(const GridRows& rows) {
    QStringList lines;
    for (const auto& row : rows) lines << u'[' % joined(row, QStringLiteral(", ")) % u']';
    return u'[' % lines.join(QStringLiteral(",\n ")) % u']';
}

}  // namespace ui::formats
