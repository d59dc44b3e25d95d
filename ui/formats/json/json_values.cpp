// SPDX-License-Identifier: MIT
// JSON's numbers and strings to ours and back.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <QJsonArray>
#include <QJsonDocument>

#include "ui/formats/json/json_characters.h"
#include "ui/formats/json/json_text.h"

namespace ui::formats {

namespace {

/// Code point → UTF-8.
void append_utf8(std::string& out, unsigned code) {
    const auto byte = [&out](unsigned value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

/// Roughly the exponent of a number's leading digit: 2 for 12.5 and for 0.0125e4.
std::int64_t decimal_order(std::string_view number) {
    const std::size_t e = std::min(number.find_first_of("eE"), number.size());
    const std::string_view digits = number.substr(0, e);
    const auto point = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
    const auto leading =
        static_cast<std::int64_t>(std::min(digits.find_first_of("123456789"), digits.size()));

    std::string_view exponent = number.substr(std::min(e + 1, number.size()));
    if (exponent.substr(0, 1) == "+") exponent.remove_prefix(1);
    constexpr std::int64_t enormous = std::int64_t{1} << 40;  // more than any text has digits
    std::int64_t shift = exponent.substr(0, 1) == "-" ? -enormous : enormous;
    if (exponent.empty()) shift = 0;
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
    return point - leading + std::clamp(shift, -enormous, enormous);
}

}  // namespace

double json_to_double(std::string_view number) {
    double value = 0;
    const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
    if (result.ec == std::errc{}) return value;
    // Out of range one way or the other, which from_chars does not tell.
    const double size = decimal_order(number) > 0 ? std::numeric_limits<double>::infinity() : 0.0;
    return number.front() == '-' ? -size : size;
}

std::vector<float> json_to_floats(const JsonValue& numbers) {
    std::vector<float> values;
    values.reserve(numbers.count);
    const std::string_view text = numbers.text;
    const auto ends = [](char c) { return is_blank(c) || c == ',' || c == '[' || c == ']'; };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !ends(text[end])) ++end;
        if (end > at)
            values.push_back(static_cast<float>(json_to_double(text.substr(at, end - at))));
        at = end + 1;
    }
    return values;
}

std::string json_to_string(const JsonValue& string) {
    const std::string_view text = string.text.substr(1, string.text.size() - 2);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out.push_back(text[i]);
            continue;
        }
        const char kind = text[++i];
        if (kind != 'u') {
            constexpr std::string_view escaped = "bfnrt";
            constexpr std::string_view meant = "\b\f\n\r\t";
            const std::size_t index = escaped.find(kind);
            out.push_back(index == std::string_view::npos ? kind : meant[index]);
            continue;
        }
        unsigned code = hex4(text.substr(i + 1, 4)).value_or(0xFFFD);
        i += 4;
        if (is_high_surrogate(code)) {
            const unsigned low = hex4(text.substr(i + 3, 4)).value_or(0xDC00);
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 6;
        }
        append_utf8(out, code);
    }
    return out;
}

QJsonValue json_to_qt(const JsonValue& value) {
    const QByteArray text(value.text.data(), static_cast<qsizetype>(value.text.size()));
    return QJsonDocument::fromJson('[' + text + ']').array().first();
}

void append_json_number(QByteArray& text, float value) {
    std::array<char, 48> buffer;
    const float size = std::abs(value);
    const bool plain = size == 0 || (size >= 1e-4F && size < 1e7F);
    const auto end = plain ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                           std::chars_format::fixed)
                           : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    text.append(buffer.data(), end.ptr - buffer.data());
}

QByteArray json_number(float value) {
    QByteArray text;
    append_json_number(text, value);
    return text;
}

QByteArray json_string(std::string_view utf8) {
    QByteArray out = "\"";
    for (const char c : utf8) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00" +
                           QByteArray::number(static_cast<int>(c), 16).rightJustified(2, '0');
                } else {
                    out += c;
                }
        }
    }
    return out + '"';
}

QByteArray json_from_qt(const QJsonValue& value) {
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

}  // namespace ui::formats
