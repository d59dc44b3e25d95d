// SPDX-License-Identifier: MIT
// Rows, names and totals of a summary, and the text of Keras 2.
#include "engine/models/summary.h"

#include <cassert>
#include <charconv>
#include <map>
#include <utility>

#include "engine/models/characters.h"

namespace engine {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Keras by itself counted names from 1; within TensorFlow, and since, the first has no number.
bool numbers_first_name(SummaryStyle style) { return style <= SummaryStyle::keras_2_3; }

// 65 columns; fields end at 45 %, 85 % and 100 %.
constexpr std::size_t line_length = 65;
constexpr std::array<std::size_t, 3> field_ends{29, 55, 65};
using Fields = std::array<std::u32string, 3>;

std::string line_of(char c) { return std::string(line_length, c) + '\n'; }

// Python counts and cuts characters, not bytes.

/// Up to TensorFlow 2.6: what does not fit is cut.
std::string cut_row(const Fields& fields) {
    std::u32string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line.back() = ' ';
        line += fields[i];
        line.resize(field_ends[i], ' ');
    }
    return utf8(line) + '\n';
}

/// Ends of tuples and the like, after which a line is broken early.
std::size_t early_break(std::u32string_view piece) {
    std::size_t shortest = piece.size();
    for (const std::u32string_view mark : {U"),", U"},", U"],", U"',"})
        if (const std::size_t at = piece.find(mark); at != std::u32string_view::npos)
            shortest = std::min(shortest, at + mark.size());
    return shortest;
}

/// From TensorFlow 2.7: what does not fit goes on in the next line. The space before the first
/// field was not counted until 2.13, which pushes the second field right where the first is full.
std::string wrapped_row(const Fields& fields, bool counts_first_space) {
    constexpr std::size_t gap = 2;
    std::string text;
    std::array<std::u32string_view, 3> left{fields[0], fields[1], fields[2]};
    while (!left[0].empty() || !left[1].empty() || !left[2].empty()) {
        std::u32string line(1, ' ');
        std::size_t begin = 0;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const bool last = i + 1 == left.size();
            std::size_t room = field_ends[i] - begin;
            if (!last) room -= gap + (counts_first_space ? 1 : 0);
            const std::u32string_view piece =
                left[i].substr(0, early_break(left[i].substr(0, room)));
            line += piece;
            if (!last) line.append(gap, ' ');
            if (line.size() < field_ends[i]) line.resize(field_ends[i], ' ');
            left[i].remove_prefix(piece.size());
            begin = field_ends[i];
        }
        text += utf8(line) + '\n';
    }
    return text;
}

/// What a release calls a model without a name.
std::string default_name(SummaryStyle style, ModelClass model_class) {
    const bool functional = model_class == ModelClass::functional;
    if (style == SummaryStyle::keras_3) return functional ? "functional" : "sequential";
    const std::string name = functional ? "model" : "sequential";
    return numbers_first_name(style) ? name + "_1" : name;
}

/// An input's auto-name is no snake case of its class.
std::string base_name(const LayerSpec& spec, SummaryStyle style) {
    if (std::holds_alternative<InputLayer>(spec) && style != SummaryStyle::keras_3) return "input";
    return snake_case(class_name(spec));
}

/// TensorFlow counts inputs from 1, too.
bool numbers_first(const LayerSpec& spec, SummaryStyle style) {
    return numbers_first_name(style) ||
           (std::holds_alternative<InputLayer>(spec) && style != SummaryStyle::keras_3);
}

}  // namespace

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
                  SummaryStyle style, const ModelHead& head) {
    assert(layers.size() == geometries.size());
    Summary summary;
    summary.style = style;
    summary.name = head.name.empty() ? default_name(style, head.model_class) : head.name;
    summary.batch = declared_input(layers).batch;
    if (!geometries.empty()) summary.input = geometries.front().input;
    if (style == SummaryStyle::torchinfo) summary.rows = torchinfo_rows(layers, geometries);
    std::map<std::string, int> used;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const LayerSpec& spec = layers[i].spec;
        const LayerConfig& config = layers[i].config;
        const ParameterCount count = parameter_count(spec, geometries[i]);
        const std::int64_t moving = style == SummaryStyle::torchinfo ? 0 : count.non_trainable;
        // In PyTorch moving statistics are no parameters.
        const std::int64_t all = count.total - (count.non_trainable - moving);
        const std::int64_t trainable = config.trainable ? all - moving : 0;
        const std::int64_t bytes = bytes_of(config.dtype);
        summary.total += all;
        summary.trainable += trainable;
        summary.total_bytes += bytes * all;
        summary.trainable_bytes += bytes * trainable;
        const bool is_input = std::holds_alternative<InputLayer>(spec);
        const bool listed = !is_input || head.model_class == ModelClass::functional;
        if (style == SummaryStyle::torchinfo || !listed) continue;

        std::string name = config.name;
        if (name.empty()) {
            name = base_name(spec, style);
            const int number = used[name]++ + (numbers_first(spec, style) ? 1 : 0);
            if (number > 0) name += '_' + std::to_string(number);
        }
        summary.rows.push_back({.name = std::move(name),
                                .type = class_name(spec),
                                .output = geometries[i].output,
                                .parameters = count.total,
                                .is_input = is_input});
    }
    summary.non_trainable = summary.total - summary.trainable;
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
    const auto total = [&](const char* name, std::int64_t parameters, std::int64_t bytes) {
        const std::string count =
            tells_memory ? std::to_string(parameters) + " (" + memory_text(bytes, "Byte") + ')'
                         : with_thousands(parameters);
        return name + count + '\n';
    };

    std::string text;
    if (style != SummaryStyle::keras_2_2) text = "Model: \"" + summary.name + "\"\n";
    text += line_of('_') + row_of({U"Layer (type)", U"Output Shape", U"Param #"}) + line_of('=');
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const SummaryRow& row = summary.rows[i];
        const bool last = i + 1 == summary.rows.size();
        text += row_of({characters(row.name + " (" + row.type + ')'),
                        characters(shape_text(summary, row)),
                        characters(std::to_string(row.parameters))});
        if (wraps)
            text += line_of(' ') + (last ? line_of('=') : "");
        else
            text += line_of(last ? '=' : '_');
    }
    text += total("Total params: ", summary.total, summary.total_bytes);
    text += total("Trainable params: ", summary.trainable, summary.trainable_bytes);
    text += total("Non-trainable params: ", summary.non_trainable,
                  summary.total_bytes - summary.trainable_bytes);
    return text + line_of('_');
}

std::string keras_shape(const Shape& shape, int batch) {
    const auto written = [](int size) {
        return size == Shape::unknown ? std::string("None") : std::to_string(size);
    };
    std::string text = '(' + written(batch);
    for (const int size : shape.sizes()) text += ", " + written(size);
    return text + ')';
}

std::string shape_text(const Summary& summary, const SummaryRow& row) {
    const std::string shape = keras_shape(row.output, summary.batch);
    const bool in_brackets = row.is_input && summary.style >= SummaryStyle::tf_2_6 &&
                             summary.style <= SummaryStyle::tf_2_15;
    return in_brackets ? '[' + shape + ']' : shape;
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

std::string memory_text(std::int64_t bytes, std::string_view unit) {
    auto size = static_cast<double>(bytes);
    std::string name(unit);
    for (const char* larger : {"KB", "MB", "GB", "TB"}) {
        if (size < 1024) break;
        size /= 1024;
        name = larger;
    }
    return two_decimals(size) + ' ' + name;
}

}  // namespace engine
