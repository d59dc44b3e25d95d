// SPDX-License-Identifier: MIT
// Keras 3's summary: a table in box characters, its cells wrapped as the Python package rich wraps
// them.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "engine/models/characters.h"
#include "engine/models/summary.h"

namespace engine {

namespace {

constexpr std::size_t columns = 3;
using Widths = std::array<int, columns>;
using Cells = std::array<std::string, columns>;

/// Widths between the box's lines. Keras asks for shares of 45 %, 35 % and 20 % of the table; what
/// rich adds for spaces beside the text and for the lines it takes away again, evenly.
Widths widths_for(TerminalColumns terminal) {
    constexpr int widest = 88, beside_terminal = 4;
    const int table = std::min(widest, terminal.count - beside_terminal);
    const int first = static_cast<int>(table * 0.45);
    const int second = static_cast<int>(table * 0.80);
    constexpr int spaces = 2;
    constexpr Widths taken{3, 4, 3};
    return {first + spaces - taken[0], second - first + spaces - taken[1],
            table - second + spaces - taken[2]};
}

/// Lines of at most `width` characters, broken at spaces. A word longer than a line stays whole and
/// is cut with an ellipsis. Columns are those of a terminal, where some characters take two.
std::vector<std::string> wrapped(const std::string& text, int width) {
    std::vector<std::string> lines(1);
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t space = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, space - begin);
        std::string& line = lines.back();
        if (line.empty())
            line = word;
        else if (terminal_columns(line) + 1 + terminal_columns(word) <= width)
            line += ' ' + word;
        else
            lines.push_back(word);
        begin = space + 1;
    }
    return lines;
}

/// The longest beginning of at most `width` columns, and the columns it takes.
std::pair<std::string, int> cut_to(const std::string& text, int width) {
    std::u32string kept;
    int taken = 0;
    for (const char32_t character : characters(text)) {
        const int columns_more = terminal_columns(character);
        if (taken + columns_more > width) break;
        kept += character;
        taken += columns_more;
    }
    return {utf8(kept), taken};
}

/// One line of a cell with a space on both sides.
std::string padded(const std::string& text, int width, bool to_the_right) {
    std::string shown = text;
    int taken = terminal_columns(text);
    if (taken > width) {
        std::tie(shown, taken) = cut_to(text, width - 1);
        shown += "…";
        ++taken;
    }
    const std::string rest(static_cast<std::size_t>(width - taken), ' ');
    return to_the_right ? ' ' + rest + shown + ' ' : ' ' + shown + rest + ' ';
}

std::string row_text(const Cells& cells, const Widths& widths, const char* edge) {
    std::array<std::vector<std::string>, columns> lines;
    std::size_t height = 0;
    for (std::size_t i = 0; i < columns; ++i) {
        lines[i] = wrapped(cells[i], widths[i] - 2);
        height = std::max(height, lines[i].size());
    }
    std::string text;
    for (std::size_t line = 0; line < height; ++line) {
        for (std::size_t i = 0; i < columns; ++i) {
            const std::string shown = line < lines[i].size() ? lines[i][line] : std::string();
            text += edge + padded(shown, widths[i] - 2, i + 1 == columns);
        }
        text += edge;
        text += '\n';
    }
    return text;
}

/// A line of the box: its left end, its stroke, its crossings, its right end.
std::string box_line(const Widths& widths, const char* left, const char* stroke,
                     const char* crossing, const char* right) {
    std::string text = left;
    for (std::size_t i = 0; i < columns; ++i) {
        for (int j = 0; j < widths[i]; ++j) text += stroke;
        text += i + 1 < columns ? crossing : right;
    }
    return text + '\n';
}

}  // namespace

std::string summary_table(const Summary& summary, TerminalColumns terminal) {
    const Widths widths = widths_for(terminal);
    std::string text = "Model: \"" + summary.name + "\"\n";
    text += box_line(widths, "┏", "━", "┳", "┓");
    text += row_text({"Layer (type)", "Output Shape", "Param #"}, widths, "┃");
    text += box_line(widths, "┡", "━", "╇", "┩");
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const SummaryRow& row = summary.rows[i];
        if (i > 0) text += box_line(widths, "├", "─", "┼", "┤");
        text += row_text({row.name + " (" + row.type + ')', shape_text(summary, row),
                          with_thousands(row.parameters)},
                         widths, "│");
    }
    text += box_line(widths, "└", "─", "┴", "┘");
    const auto total = [&text](const char* name, std::int64_t parameters, std::int64_t bytes) {
        text += ' ';
        text += name + with_thousands(parameters) + " (" + memory_text(bytes, "B") + ")\n";
    };
    total("Total params: ", summary.total, summary.total_bytes);
    total("Trainable params: ", summary.trainable, summary.trainable_bytes);
    total("Non-trainable params: ", summary.non_trainable,
          summary.total_bytes - summary.trainable_bytes);
    return text;
}

}  // namespace engine
