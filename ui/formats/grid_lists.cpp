// SPDX-License-Identifier: MIT
// Numbers in brackets, as Python, NumPy, PyTorch, TensorFlow, MATLAB and C write them.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "ui/formats/grid_text_parts.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::Result;
using State = ReadNumber::State;
using Sizes = std::vector<std::size_t>;

constexpr int max_depth = 8;
constexpr std::size_t max_numbers = max_grid_side * max_grid_side;

bool opens(QChar c) { return QStringView(u"[({").contains(c); }
bool closes(QChar c) { return QStringView(u"])}").contains(c); }
bool separates(QChar c) { return c.isSpace() || c == u',' || c == u';' || opens(c) || closes(c); }
bool in_name(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u':'; }

/// One pass over nested lists: all numbers in order, and the sizes they are nested in.
class ListReader {
public:
    /// The part of a text from one place to another.
    ListReader(QStringView text, qsizetype from, qsizetype to)
        : m_text(text.first(to)), m_at(from) {}

    Result<ReadGrid> read() {
        auto item = read_scaled();
        if (!item) return item.error();
        skip_blanks(true);
        while (at(u';')) ++m_at;  // C ends an assignment with it
        skip_blanks(true);
        if (m_at < m_text.size()) return unexpected(m_at);
        auto rows = as_rows(item->sizes);
        if (!rows) return rows.error();
        ReadGrid read;
        read.taken.rows = *std::move(rows);
        read.taken.cells = GridReading::Cells::brackets;
        read.taken.left_out = m_left_out;
        if (m_line_length > 0 && item->sizes.size() == 1) offer_lines_as_rows(read);
        return read;
    }

    /// The arrays themselves, whatever their ranks: of one list, or one assigned after the other.
    Result<std::vector<ReadArray>> read_arrays() {
        std::vector<ReadArray> arrays;
        for (;;) {
            m_values.clear();
            m_further.clear();
            auto item = read_scaled();
            if (!item) return item.error();
            arrays.push_back({std::move(item->sizes), m_values});
            std::ranges::move(m_further, std::back_inserter(arrays));
            skip_blanks(true);
            while (at(u';')) ++m_at;
            skip_blanks(true);
            if (m_at == m_text.size()) return arrays;
            const qsizetype value = value_assigned_in(m_text.mid(m_at));
            if (value == 0) return unexpected(m_at);
            m_at += value;
        }
    }

private:
    /// What stands at the cursor: a number (no sizes) or a list of equally large items.
    struct Item {
        Sizes sizes;
    };

    /// "[1 2⏎3 4]": two rows in MATLAB, a long list where NumPy printed it.
    void offer_lines_as_rows(ReadGrid& read) const {
        const std::vector<float> flat = read.taken.rows.front();
        const auto columns = static_cast<std::ptrdiff_t>(m_line_length);
        if (flat.size() / m_line_length > max_grid_side) return;
        read.other = read.taken;
        read.taken.rows.clear();
        for (auto first = flat.begin(); first != flat.end(); first += columns)
            read.taken.rows.emplace_back(first, first + columns);
    }

    bool at(QChar c) const { return m_at < m_text.size() && m_text[m_at] == c; }

    void skip_blanks(bool lines) {
        while (m_at < m_text.size() && m_text[m_at].isSpace() && (lines || m_text[m_at] != u'\n'))
            ++m_at;
    }

    Error unexpected(qsizetype from) const {
        qsizetype end = std::min(from + 1, m_text.size());
        while (end < m_text.size() && !separates(m_text[end])) ++end;
        return syntax_error(m_text, from, m_text.mid(from, end - from));
    }

    /// "[…] / 16", "1/16 * […]"
    Result<Item> read_scaled() {
        skip_blanks(true);
        std::optional<double> factor;
        const bool in_parentheses = factor_in_parentheses();
        if (in_parentheses ||
            (m_at < m_text.size() && !opens(m_text[m_at]) && !m_text[m_at].isLetter())) {
            auto number = read_factor();
            if (!number) return number.error();
            factor = *number;
            skip_blanks(false);
            if (at(u'.')) ++m_at;  // MATLAB's .*
            if (!at(u'*')) return unexpected(m_at);
            ++m_at;
            skip_blanks(true);
        }
        auto item = read_item(0);
        if (!item) return item;
        skip_blanks(false);
        if (m_text.mid(m_at).startsWith(u".*") || m_text.mid(m_at).startsWith(u"./")) ++m_at;
        if (at(u'*') || at(u'/')) {
            const bool divides = at(u'/');
            ++m_at;
            skip_blanks(false);
            const qsizetype by = m_at;
            auto number = read_factor();
            if (!number) return number.error();
            if (divides && *number == 0) return unexpected(by);
            factor = factor.value_or(1) * (divides ? 1 : *number);
            if (auto error = scale(*factor, divides ? *number : 1)) return *error;
        } else if (factor) {
            if (auto error = scale(*factor, 1)) return *error;
        }
        return item;
    }

    /// "(1/16) * …" rather than a tuple.
    bool factor_in_parentheses() const {
        if (!at(u'(')) return false;
        qsizetype end = m_at + 1;
        while (end < m_text.size() && !opens(m_text[end]) && !separates(m_text[end])) ++end;
        if (end == m_text.size() || m_text[end] != u')') return false;
        const QStringView rest = m_text.mid(end + 1).trimmed();
        return rest.startsWith(u'*') || rest.startsWith(u".*");
    }

    std::optional<Error> scale(double by, double below) {
        for (float& value : m_values) {
            const auto scaled = static_cast<float>(static_cast<double>(value) * by / below);
            if (!std::isfinite(scaled))
                return number_error(m_text, 0, m_text.left(40), State::too_large);
            value = scaled;
        }
        return std::nullopt;
    }

    /// A number outside the lists, perhaps in parentheses.
    Result<double> read_factor() {
        const bool parenthesis = at(u'(');
        if (parenthesis) ++m_at;
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !QStringView(u"*()[]{};,\n").contains(m_text[m_at])) ++m_at;
        const QStringView word = m_text.mid(start, m_at - start).trimmed();
        // "1/16" is read as a fraction of doubles: only what it scales is rounded.
        const qsizetype slash = word.indexOf(u'/');
        const ReadNumber above = read_number(slash < 0 ? word : word.first(slash), {});
        ReadNumber below{.state = State::number, .value = 1};
        if (slash >= 0) below = read_number(word.mid(slash + 1), {});
        if (above.state != State::number || below.state != State::number || below.value == 0)
            return number_error(m_text, start, word, above.state);
        if (parenthesis) {
            if (!at(u')')) return unexpected(m_at);
            ++m_at;
        }
        return static_cast<double>(above.value) / static_cast<double>(below.value);
    }

    Result<Item> read_item(int depth) {
        if (m_at < m_text.size() && opens(m_text[m_at])) return read_brackets(depth);
        if (m_at < m_text.size() && (m_text[m_at].isLetter() || m_text[m_at] == u'_'))
            return read_call(depth);
        return read_word();
    }

    /// "np.array(…, dtype=float32)": what is in it.
    Result<Item> read_call(int depth) {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && in_name(m_text[m_at])) ++m_at;
        const qsizetype end = m_at;
        skip_blanks(true);
        if (m_text.mid(start, end - start) == u"new") {  // JavaScript's Float32Array
            m_at = end;
            skip_blanks(true);
            return m_at > end ? read_item(depth) : Result<Item>(unexpected(start));
        }
        if (!at(u'(')) return unexpected(start);
        return read_brackets(depth, true);
    }

    Result<Item> read_word() {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !separates(m_text[m_at])) ++m_at;
        qsizetype end = m_at;
        // "1 / 9"
        skip_blanks(false);
        if (at(u'/') && end > start) {
            ++m_at;
            skip_blanks(false);
            while (m_at < m_text.size() && !separates(m_text[m_at])) ++m_at;
            end = m_at;
        }
        m_at = end;
        const QStringView word = m_text.mid(start, end - start);
        // No thousands: a comma separates here, and spaces do.
        const ReadNumber number = word.contains(u'\'') ? ReadNumber() : read_number(word, {});
        if (number.state != State::number) return number_error(m_text, start, word, number.state);
        if (m_values.size() >= max_numbers)
            return too_many("number count", max_numbers + 1, max_numbers);
        m_values.push_back(number.value);
        return Item{};
    }

    /// The words of a call that are no numbers: ", dtype=float32", up to its end.
    bool skip_keywords() {
        qsizetype word = m_at;
        while (word < m_text.size() && (m_text[word].isLetterOrNumber() || m_text[word] == u'_'))
            ++word;
        if (word == m_at || word >= m_text.size() || m_text[word] != u'=') return false;
        int depth = 0;
        for (; m_at < m_text.size(); ++m_at) {
            if (opens(m_text[m_at]) || m_text[m_at] == u'<') ++depth;
            if (closes(m_text[m_at]) && depth == 0) return true;
            if (closes(m_text[m_at]) || m_text[m_at] == u'>') --depth;
        }
        return true;
    }

    /// Items of one list. Semicolons end rows; so do lines in MATLAB, but not in Python.
    Result<Item> read_brackets(int depth, bool call = false) {
        if (depth == max_depth) return unexpected(m_at);
        const qsizetype start = m_at++;
        std::optional<Sizes> first;
        std::size_t items = 0;
        std::vector<std::size_t> rows;   // items before each semicolon
        std::vector<std::size_t> lines;  // items before each line that ends without a comma
        bool lines_end_with_commas = false;
        bool others = false;  // a list of arrays of different ranks
        bool comma = false;   // stands before the cursor
        std::size_t left_out_from = m_values.size();
        for (;;) {
            const qsizetype blank = m_at;
            skip_blanks(true);
            if (m_text.mid(blank, m_at - blank).contains(u'\n')) {
                if (comma)
                    lines_end_with_commas = true;
                else if (items > 0)
                    lines.push_back(items);
            }
            if (m_at == m_text.size()) return syntax_error(m_text, m_at, {});
            if (at(u',')) {
                if (comma || items == 0) return syntax_error(m_text, m_at, {});
                comma = true;
                ++m_at;
                continue;
            }
            if (at(u';')) {
                rows.push_back(items);
                comma = false;
                ++m_at;
                continue;
            }
            if (closes(m_text[m_at])) break;
            if (call && items > 0 && skip_keywords()) break;
            comma = false;
            const qsizetype at_item = m_at;
            auto item = read_item(depth + 1);
            if (!item) return item;
            ++items;
            if (others) {
                set_aside(left_out_from, item->sizes);
                continue;
            }
            if (!first) {
                first = item->sizes;
                left_out_from = m_values.size();
                continue;
            }
            if (item->sizes == *first) continue;
            if (item->sizes.size() != first->size() && !item->sizes.empty() && !first->empty() &&
                items == 2 && depth <= 1) {
                // get_weights(): the kernel, then the bias.
                others = true;
                set_aside(left_out_from, item->sizes);
                continue;
            }
            if (item->sizes.size() != first->size() || first->empty()) return unexpected(at_item);
            return ragged(items - 1, item->sizes.back(), first->back());
        }
        if (m_at == m_text.size()) return syntax_error(m_text, m_at, {});
        const QChar close = m_text[m_at];
        if (QStringView(u"[({").indexOf(m_text[start]) != QStringView(u"])}").indexOf(close))
            return unexpected(m_at);
        ++m_at;
        if (items == 0) return syntax_error(m_text, start, m_text.mid(start, m_at - start));
        if (others || (call && items == 1)) return Item{*first};
        Sizes sizes = *first;
        if (!rows.empty() && sizes.empty()) {
            rows.insert(rows.end(), lines.begin(), lines.end());
            return split(rows, items);
        }
        if (depth == 0 && sizes.empty() && !lines_end_with_commas) note_lines(lines, items);
        sizes.insert(sizes.begin(), items);
        return Item{sizes};
    }

    /// The array just read is none of the first.
    void set_aside(std::size_t from, const Sizes& sizes) {
        const auto begin = m_values.begin() + static_cast<std::ptrdiff_t>(from);
        m_further.push_back({sizes, std::vector<float>(begin, m_values.end())});
        m_values.resize(from);
        ++m_left_out;
    }

    /// Rows that end at these counts of items.
    Result<Item> split(std::vector<std::size_t> ends, std::size_t items) {
        ends.push_back(items);
        std::ranges::sort(ends);
        ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
        if (ends.front() == 0) ends.erase(ends.begin());
        std::size_t before = 0;
        for (std::size_t row = 0; row < ends.size(); ++row) {
            if (ends[row] - before != ends.front())
                return ragged(row, ends[row] - before, ends.front());
            before = ends[row];
        }
        return Item{{ends.size(), ends.front()}};
    }

    void note_lines(std::vector<std::size_t> ends, std::size_t items) {
        if (ends.empty() || ends.front() == items) return;
        if (ends.back() != items) ends.push_back(items);
        std::size_t before = 0;
        for (const std::size_t end : ends) {
            if (end - before != ends.front()) return;
            before = end;
        }
        m_line_length = ends.front();
    }

    Result<GridRows> as_rows(Sizes sizes) const {
        // [[[[1], [2]]]]: axes of size 1 after the first two carry nothing, those before neither.
        while (sizes.size() > 2 && sizes.back() == 1) sizes.pop_back();
        while (sizes.size() > 2 && sizes.front() == 1) sizes.erase(sizes.begin());
        if (sizes.size() > 2) {
            Error error{.code = engine::ErrorCode::rank_mismatch, .subject = "list"};
            error.given = {static_cast<std::int64_t>(sizes.size())};
            error.limit = {1, 2};
            return error;
        }
        const std::size_t columns = sizes.empty() ? 1 : sizes.back();
        const std::size_t rows = sizes.size() == 2 ? sizes.front() : 1;
        if (rows > max_grid_side) return too_many("row count", rows);
        if (columns > max_grid_side) return too_many("column count", columns);
        GridRows grid(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(row * columns);
            grid[row].assign(first, first + static_cast<std::ptrdiff_t>(columns));
        }
        return grid;
    }

    QStringView m_text;
    qsizetype m_at;
    std::vector<float> m_values;
    int m_left_out = 0;
    std::vector<ReadArray> m_further;  ///< the arrays left out
    std::size_t m_line_length = 0;     ///< if the lines of a flat list may be rows
};

/// The part of a text that is the array itself: without "kernel =", "Parameter containing:" and
/// "<tf.Tensor: …, numpy=…>".
std::pair<qsizetype, qsizetype> array_in(QStringView text) {
    qsizetype from = 0;
    qsizetype to = text.size();
    const auto trim = [&] {
        while (from < to && text[from].isSpace()) ++from;
        while (to > from && text[to - 1].isSpace()) --to;
    };
    const auto rest = [&] { return text.mid(from, to - from); };
    trim();
    if (rest().startsWith(u'<') && rest().endsWith(u'>')) {
        constexpr QStringView numpy = u"numpy=";
        if (const qsizetype value = rest().indexOf(numpy); value >= 0) {
            from += value + numpy.size();
            --to;
            trim();
        }
    }
    constexpr QStringView parameter = u"Parameter containing:";
    if (rest().startsWith(parameter)) from += parameter.size();
    trim();
    from += value_assigned_in(rest());
    trim();
    return {from, to};
}

}  // namespace

qsizetype value_assigned_in(QStringView text) {
    constexpr qsizetype longest_name = 200;
    const qsizetype equals = text.left(longest_name).indexOf(u'=');
    if (equals <= 0 || !(text.front().isLetter() || text.front() == u'_')) return 0;
    const QStringView name = text.first(equals);
    return name.contains(u'(') || name.contains(u'{') ? 0 : equals + 1;
}

bool has_brackets(QStringView text) {
    const auto [from, to] = array_in(text);
    const QStringView array = text.mid(from, to - from);
    return !array.isEmpty() &&
           (opens(array.front()) || array.contains(u'[') || array.contains(u'{') ||
            (array.front().isLetter() && array.contains(u'(')));
}

Result<std::vector<ReadArray>> read_arrays(QStringView text) {
    const auto [from, to] = array_in(text);
    return ListReader(text, from, to).read_arrays();
}

Result<ReadGrid> read_list(QStringView text) {
    const auto [from, to] = array_in(text);
    return ListReader(text, from, to).read();
}

}  // namespace ui::formats
