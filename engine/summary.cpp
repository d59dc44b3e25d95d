// SPDX-License-Identifier: MIT
// Rows, names and totals of a summary, and the text of Keras 2.
#include "engine/summary.h"

#include <cassert>
#include <charconv>
#include <map>
#include <utility>

namespace engine {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Auto-names: an underscore before a capital that begins a word or follows a small letter:
/// Conv2DTranspose -> conv2d_transpose, LeakyReLU -> leaky_re_lu.
std::string snake_case(const std::string& name) {
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!is_capital(c)) {
            result += c;
            continue;
        }
        const bool begins_word =
            i + 1 < name.size() && (is_small(name[i + 1]) || is_digit(name[i + 1]));
        if (i > 0 && (begins_word || is_small(name[i - 1]))) result += '_';
        result += static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// Keras by itself counted names from 1; within TensorFlow, and since, the first has no number.
bool numbers_first_name(SummaryStyle style) { return style <= SummaryStyle::keras_2_3; }

// 65 columns; fields end at 45 %, 85 % and 100 %.
constexpr std::size_t line_length = 65;
constexpr std::array<std::size_t, 3> field_ends{29, 55, 65};
using Fields = std::array<std::string, 3>;

std::string line_of(char c) { return std::string(line_length, c) + '\n'; }

/// Up to TensorFlow 2.6: what does not fit is cut.
std::string cut_row(const Fields& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line.back() = ' ';
        line += fields[i];
        line.resize(field_ends[i], ' ');
    }
    return line + '\n';
}

/// Ends of tuples and the like, after which a line is broken early.
std::size_t early_break(std::string_view piece) {
    std::size_t shortest = piece.size();
    for (const std::string_view mark : {"),", "},", "],", "',"})
        if (const std::size_t at = piece.find(mark); at != std::string_view::npos)
            shortest = std::min(shortest, at + mark.size());
    return shortest;
}

/// From TensorFlow 2.7: what does not fit goes on in the next line. The space before the first field was not
/// counted until 2.13, which pushes the second field right where the first is full.
std::string wrapped_row(const Fields& fields, bool counts_first_space) {
    constexpr std::size_t gap = 2;
    std::string text;
    std::array<std::string_view, 3> left{fields[0], fields[1], fields[2]};
    while (!left[0].empty() || !left[1].empty() || !left[2].empty()) {
        std::string line(1, ' ');
        std::size_t begin = 0;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const bool last = i + 1 == left.size();
            std::size_t room = field_ends[i] - begin;
            if (!last) room -= gap + (counts_first_space ? 1 : 0);
            const std::string_view piece = left[i].substr(0, early_break(left[i].substr(0, room)));
            line += piece;
            if (!last) line.append(gap, ' ');
            if (line.size() < field_ends[i]) line.resize(field_ends[i], ' ');
            left[i].remove_prefix(piece.size());
            begin = field_ends[i];
        }
        text += line + '\n';
    }
    return text;
}

}  // namespace

std::string_view name_of(SummaryStyle style) {
    switch (style) {
        case SummaryStyle::keras_2_2:
            return "keras-2.2";
        case SummaryStyle::keras_2_3:
            return "keras-2.3";
        case SummaryStyle::tf_2_6:
            return "tf-2.6";
        case SummaryStyle::tf_2_11:
            return "tf-2.11";
        case SummaryStyle::tf_2_15:
            return "tf-2.15";
        case SummaryStyle::keras_3:
            return "keras-3";
        case SummaryStyle::torchinfo:
            return "torchinfo";
    }
    return {};
}

std::optional<SummaryStyle> summary_style_named(std::string_view name) {
    for (const SummaryStyle style : summary_styles)
        if (name == name_of(style)) return style;
    return std::nullopt;
}

Summary summarize(std::span<const Layer> layers, std::span<const Geometry> geometries,
                  SummaryStyle style) {
    assert(layers.size() == geometries.size());
    Summary summary;
    summary.style = style;
    if (!geometries.empty()) summary.input = geometries.front().input;
    if (style == SummaryStyle::torchinfo) {
        summary.rows = torchinfo_rows(layers, geometries);
        for (const SummaryRow& row : summary.rows) summary.total += row.parameters;
        summary.trainable = summary.total;
        return summary;
    }
    std::map<std::string, int> used;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string type = class_name(layers[i].spec);
        std::string name = snake_case(type);
        const int number = used[name]++ + (numbers_first_name(style) ? 1 : 0);
        if (number > 0) name += '_' + std::to_string(number);
        const ParameterCount count = parameter_count(layers[i].spec, geometries[i]);
        summary.rows.push_back({.name = std::move(name),
                                .type = type,
                                .output = geometries[i].output,
                                .parameters = count.total});
        summary.total += count.total;
        summary.non_trainable += count.non_trainable;
    }
    summary.trainable = summary.total - summary.non_trainable;
    return summary;
}

std::string summary_text(const Summary& summary, TerminalColumns terminal) {
    const SummaryStyle style = summary.style;
    if (style == SummaryStyle::keras_3) return summary_table(summary, terminal);
    if (style == SummaryStyle::torchinfo) return torchinfo_text(summary);

    const bool wraps = style >= SummaryStyle::tf_2_11;
    const bool tells_memory = style == SummaryStyle::tf_2_15;
    const auto row_of = [&](const Fields& fields) {
        return wraps ? wrapped_row(fields, style == SummaryStyle::tf_2_15) : cut_row(fields);
    };
    const auto total = [&](const char* name, std::int64_t parameters) {
        const std::string count =
            tells_memory ? std::to_string(parameters) + " (" + memory_text(parameters, "Byte") + ')'
                         : with_thousands(parameters);
        return name + count + '\n';
    };

    std::string text;
    if (style != SummaryStyle::keras_2_2)
        text = numbers_first_name(style) ? "Model: \"sequential_1\"\n" : "Model: \"sequential\"\n";
    text += line_of('_') + row_of({"Layer (type)", "Output Shape", "Param #"}) + line_of('=');
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const SummaryRow& row = summary.rows[i];
        const bool last = i + 1 == summary.rows.size();
        text += row_of({row.name + " (" + row.type + ')', keras_shape(row.output),
                        std::to_string(row.parameters)});
        if (wraps)
            text += line_of(' ') + (last ? line_of('=') : "");
        else
            text += line_of(last ? '=' : '_');
    }
    text += total("Total params: ", summary.total);
    text += total("Trainable params: ", summary.trainable);
    text += total("Non-trainable params: ", summary.non_trainable);
    return text + line_of('_');
}

std::string keras_shape(const Shape& shape) {
    std::string text = "(None";
    for (const int size : shape.sizes()) text += ", " + std::to_string(size);
    return text + ')';
}

std::string with_thousands(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t first_digit = number < 0 ? 1 : 0;
    for (std::size_t i = text.size(); i > first_digit + 3;) {
        i -= 3;
        text.insert(i, 1, ',');
    }
    return text;
}

std::string two_decimals(double number) {
    std::array<char, 400> digits{};
    const auto end =
        std::to_chars(digits.begin(), digits.end(), number, std::chars_format::fixed, 2);
    return {digits.begin(), end.ptr};
}

std::string memory_text(std::int64_t parameters, std::string_view unit) {
    double size = 4.0 * static_cast<double>(parameters);
    std::string name(unit);
    for (const char* larger : {"KB", "MB", "GB", "TB"}) {
        if (size < 1024) break;
        size /= 1024;
        name = larger;
    }
    return two_decimals(size) + ' ' + name;
}

}  // namespace engine
