// SPDX-License-Identifier: MIT
// Cells in lines: several notations are tried on the whole text, and the best that makes sense is
// taken.
#include <algorithm>

#include "ui/formats/grid_text_parts.h"

namespace ui::formats {

namespace {

using engine::Error;
using Cells = GridReading::Cells;
using State = ReadNumber::State;

enum class Separator {
    line,  ///< one number a line
    tab,
    semicolon,
    comma,
    comma_blank,  ///< a comma with a space behind it, so that others can be part of a number
    blank,
    any_blank,  ///< those that do not break too
};

struct Notation {
    Separator separator = Separator::line;
    NumberRules rules;
};

/// A whole text read in one notation.
struct Attempt {
    GridReading reading;
    Notation notation;
    bool unlikely = false;  ///< it makes sense, but hardly anybody would write it so
    std::optional<Error> error;
    qsizetype reached = 0;  ///< how far it made sense
};

struct Line {
    QStringView text;
    qsizetype offset = 0;
};

bool is_breaking_space(QChar c) {
    return c.isSpace() && !QStringView(u"\u00A0\u202F\u2009").contains(c);
}

/// All lines but empty ones at both ends; blanks beside the cells are gone, tabs are not.
std::vector<Line> lines_of(QStringView text) {
    std::vector<Line> lines;
    for (qsizetype start = 0; start <= text.size();) {
        qsizetype end = text.indexOf(u'\n', start);
        if (end < 0) end = text.size();
        qsizetype first = start;
        qsizetype last = end;
        const auto blank = [text](qsizetype at) { return text[at].isSpace() && text[at] != u'\t'; };
        while (first < last && blank(first)) ++first;
        while (last > first && blank(last - 1)) --last;
        lines.push_back({text.mid(first, last - first), first});
        start = end + 1;
    }
    while (!lines.empty() && lines.back().text.isEmpty()) lines.pop_back();
    const auto begin =
        std::ranges::find_if(lines, [](const Line& line) { return !line.text.isEmpty(); });
    lines.erase(lines.begin(), begin);
    return lines;
}

/// A list cut out of a program: every line but the last ends with a comma that separates nothing.
void drop_commas_between_lines(std::vector<Line>& lines) {
    const auto ends_with_comma = [](const Line& line) { return line.text.endsWith(u','); };
    if (lines.size() < 2 || ends_with_comma(lines.back()) ||
        !std::all_of(lines.begin(), lines.end() - 1, ends_with_comma))
        return;
    for (auto line = lines.begin(); line != lines.end() - 1; ++line) line->text.chop(1);
}

QList<QStringView> split_at_blanks(QStringView line, bool any) {
    QList<QStringView> cells;
    for (qsizetype at = 0; at < line.size();) {
        qsizetype end = at;
        while (end < line.size() && !(any ? line[end].isSpace() : is_breaking_space(line[end])))
            ++end;
        if (end > at) cells << line.mid(at, end - at);
        at = end + 1;
    }
    return cells;
}

QList<QStringView> split_at_commas_with_blanks(QStringView line) {
    QList<QStringView> cells;
    qsizetype start = 0;
    for (qsizetype at = 0; at < line.size(); ++at) {
        if (line[at] != u',' || (at + 1 < line.size() && !line[at + 1].isSpace())) continue;
        cells << line.mid(start, at - start);
        start = at + 1;
    }
    if (start < line.size()) cells << line.mid(start);
    return cells;
}

QList<QStringView> cells_of(QStringView line, Separator separator) {
    switch (separator) {
        case Separator::line:
            return {line};
        case Separator::tab:
            return line.split(u'\t');
        case Separator::semicolon:
            return line.split(u';');
        case Separator::comma:
            return line.split(u',');
        case Separator::comma_blank:
            return split_at_commas_with_blanks(line);
        case Separator::blank:
            return split_at_blanks(line, false);
        case Separator::any_blank:
            return split_at_blanks(line, true);
    }
    return {};
}

Cells named(Separator separator) {
    switch (separator) {
        case Separator::line:
            return Cells::alone;
        case Separator::tab:
            return Cells::tabs;
        case Separator::semicolon:
            return Cells::semicolons;
        case Separator::comma:
        case Separator::comma_blank:
            return Cells::commas;
        case Separator::blank:
        case Separator::any_blank:
            return Cells::spaces;
    }
    return {};
}

/// Does an empty line stand for a cell? Where a line is a cell, as in a column of a spreadsheet.
bool keeps_empty_lines(Separator separator) { return separator == Separator::line; }

Attempt attempt(QStringView text, const std::vector<Line>& lines, const Notation& notation) {
    Attempt tried;
    tried.notation = notation;
    GridReading& reading = tried.reading;
    reading.cells = named(notation.separator);
    reading.decimal = notation.rules.decimal;
    const auto fail = [&](qsizetype at, Error error) {
        tried.error = std::move(error);
        tried.reached = at;
        reading.rows.clear();
        return std::move(tried);
    };
    std::optional<std::pair<std::size_t, std::size_t>> odd_row;
    bool has_number = false;
    for (const Line& line : lines) {
        if (line.text.isEmpty() && !keeps_empty_lines(notation.separator)) continue;
        if (reading.rows.size() == max_grid_side)
            return fail(line.offset, too_many("row count", max_grid_side + 1));
        std::vector<float> row;
        for (const QStringView cell : cells_of(line.text, notation.separator)) {
            const QStringView word = cell.trimmed();
            const qsizetype at = line.offset + (word.data() - line.text.data());
            if (row.size() == max_grid_side)
                return fail(at, too_many("column count", max_grid_side + 1));
            if (word.isEmpty()) {
                ++reading.empty_cells;
                row.push_back(0);
                continue;
            }
            const ReadNumber number = read_number(word, notation.rules);
            if (number.state != State::number) {
                Error error = number_error(text, at, word, number.state);
                const NumberRules others{other_than(notation.rules.decimal), notation.rules.spaces};
                if (has_number && read_number(word, others).state == State::number)
                    error.meant.assign(1, notation.rules.decimal == DecimalSign::point ? '.' : ',');
                return fail(at, std::move(error));
            }
            has_number = true;
            reading.grouped = reading.grouped || number.grouped;
            tried.unlikely = tried.unlikely || (number.grouped && number.rounded) ||
                             (number.padded && notation.separator != Separator::line) ||
                             (number.grouped && notation.separator == Separator::comma);
            row.push_back(number.value);
        }
        if (!odd_row && !reading.rows.empty() && row.size() != reading.rows.front().size())
            odd_row = {reading.rows.size(), row.size()};
        reading.rows.push_back(std::move(row));
    }
    if (!has_number) return fail(0, syntax_error(text, 0, {}));
    if (odd_row)
        return fail(text.size(),
                    ragged(odd_row->first, odd_row->second, reading.rows.front().size()));
    tried.reached = text.size();
    return tried;
}

bool has_comma_with_blank(QStringView text) {
    for (qsizetype at = text.indexOf(u','); at >= 0; at = text.indexOf(u',', at + 1))
        if (at + 1 < text.size() && is_breaking_space(text[at + 1]) && text[at + 1] != u'\n')
            return true;
    return false;
}

/// What the text may be, the likeliest first as the locale sees it.
std::vector<Notation> notations_for(QStringView text, std::size_t lines, const QLocale& locale) {
    const NumberRules locals = rules_of(locale);
    const DecimalSign here = locals.decimal;
    const DecimalSign there = other_than(here);
    for (const auto& [sign, separator] :
         {std::pair(u'\t', Separator::tab), std::pair(u';', Separator::semicolon)})
        if (text.contains(sign)) return {{separator, {here, true}}, {separator, {there, true}}};

    std::vector<Notation> all;
    const bool commas = text.contains(u',');
    const bool commas_with_blanks = has_comma_with_blank(text);
    // "1 000,45": where a fraction follows, a space sets thousands apart in many countries.
    const auto alone = [&](DecimalSign sign) {
        const bool fraction = sign == DecimalSign::comma && commas;
        return Notation{Separator::line, {sign, locals.spaces || fraction}};
    };
    const auto add = [&all](Separator separator, DecimalSign sign) {
        all.push_back({separator, {sign, false}});
    };
    // "100 200" in two lines: only a locale whose thousands are set apart by spaces sees numbers in
    // it, and then rather in a single one.
    const bool spaces_first = lines == 1 || (commas && here == DecimalSign::comma);
    if (locals.spaces && !spaces_first) {
        all.push_back({Separator::line, {here, false}});
        add(Separator::blank, here);
    }
    all.push_back(alone(here));
    if (commas_with_blanks) add(Separator::comma_blank, here);
    add(Separator::blank, here);
    // "1,234.5" is one number everywhere; "0,5" is one where the comma is the decimal sign.
    if (here == DecimalSign::comma) all.push_back(alone(there));
    if (commas) add(Separator::comma, DecimalSign::point);
    if (commas_with_blanks) add(Separator::comma_blank, there);
    if (here == DecimalSign::point) all.push_back(alone(there));
    add(Separator::blank, there);
    add(Separator::any_blank, here);
    add(Separator::any_blank, there);
    return all;
}

bool same_size(const GridRows& a, const GridRows& b) {
    return a.size() == b.size() && a.front().size() == b.front().size();
}

/// The word in which two readings of one size differ first.
QString first_difference(const std::vector<Line>& lines, const Attempt& a, const Attempt& b) {
    std::size_t row = 0;
    for (const Line& line : lines) {
        if (line.text.isEmpty() && !keeps_empty_lines(a.notation.separator)) continue;
        const auto& mine = a.reading.rows[row];
        const auto& other = b.reading.rows[row];
        ++row;
        if (mine == other) continue;
        const auto at = std::ranges::mismatch(mine, other).in1 - mine.begin();
        return cells_of(line.text, a.notation.separator)[at].trimmed().toString();
    }
    return {};
}

}  // namespace

engine::Result<ReadGrid> read_lines(QStringView text, const QLocale& locale) {
    std::vector<Line> lines = lines_of(text);
    drop_commas_between_lines(lines);
    std::vector<Attempt> attempts;
    for (const Notation& notation : notations_for(text, lines.size(), locale))
        attempts.push_back(attempt(text, lines, notation));

    const auto makes_sense = [](const Attempt& tried) { return !tried.error; };
    auto taken = std::ranges::find_if(
        attempts, [&](const Attempt& tried) { return makes_sense(tried) && !tried.unlikely; });
    if (taken == attempts.end()) taken = std::ranges::find_if(attempts, makes_sense);
    if (taken == attempts.end()) {
        // The sentence is about the notation that made sense for longest.
        return *std::ranges::max_element(attempts, {}, &Attempt::reached)->error;
    }
    ReadGrid read;
    const GridReading& mine = taken->reading;
    // One number, written as the locale does, needs no words.
    const bool plain = mine.rows.size() == 1 && mine.rows.front().size() == 1 && !mine.grouped &&
                       mine.decimal == rules_of(locale).decimal;
    for (const Attempt& tried : attempts) {
        if (plain || tried.error || tried.unlikely || tried.reading.rows == mine.rows) continue;
        const bool alike = same_size(tried.reading.rows, mine.rows);
        // The locale's own decimal sign needs none either; thousands do, and these come first.
        if (alike && !mine.grouped) continue;
        if (read.other && !alike) continue;
        read.other = tried.reading;
        read.doubtful = alike ? first_difference(lines, *taken, tried) : QString();
        if (alike) break;
    }
    read.taken = std::move(taken->reading);
    return read;
}

}  // namespace ui::formats
