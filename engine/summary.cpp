// SPDX-License-Identifier: MIT
// model.summary(): rows, totals, and the text as Keras prints it.
#include <array>
#include <cassert>
#include <map>

#include "engine/model.h"

namespace engine {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Keras 2's auto-names: an underscore before a capital that begins a word or follows a small letter:
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

// Keras 2.2.4, utils/layer_utils.py print_summary: 65 columns, fields end at 45 %, 85 % and 100 %.
constexpr std::size_t line_length = 65;
constexpr std::array<std::size_t, 3> field_ends{29, 55, 65};

std::string row_text(const std::array<std::string, 3>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line.back() = ' ';
        line += fields[i];
        line.resize(field_ends[i], ' ');
    }
    return line + '\n';
}

std::string rule(char c) { return std::string(line_length, c) + '\n'; }

}  // namespace

Summary summarize(std::span<const Layer> layers, std::span<const Geometry> geometries) {
    assert(layers.size() == geometries.size());
    Summary summary;
    std::map<std::string, int> used;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string type = class_name(layers[i].spec);
        const std::string stem = snake_case(type);
        const ParameterCount count = parameter_count(layers[i].spec, geometries[i]);
        summary.rows.push_back({.name = stem + '_' + std::to_string(++used[stem]),
                                .type = type,
                                .output = geometries[i].output,
                                .parameters = count.total});
        summary.total += count.total;
        summary.non_trainable += count.non_trainable;
    }
    summary.trainable = summary.total - summary.non_trainable;
    return summary;
}

std::string summary_text(const Summary& summary, SummaryStyle style) {
    assert(style == SummaryStyle::keras_2_2);
    static_cast<void>(style);
    std::string text =
        rule('_') + row_text({"Layer (type)", "Output Shape", "Param #"}) + rule('=');
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const SummaryRow& row = summary.rows[i];
        text += row_text({row.name + " (" + row.type + ')', keras_shape(row.output),
                          std::to_string(row.parameters)});
        text += rule(i + 1 < summary.rows.size() ? '_' : '=');
    }
    text += "Total params: " + with_thousands(summary.total) + '\n';
    text += "Trainable params: " + with_thousands(summary.trainable) + '\n';
    text += "Non-trainable params: " + with_thousands(summary.non_trainable) + '\n';
    return text + rule('_');
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

}  // namespace engine
