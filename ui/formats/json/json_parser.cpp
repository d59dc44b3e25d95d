// SPDX-License-Identifier: MIT
// One pass over the text: grammar, places and limits. Nothing recurses deeper than max_json_depth.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <QStringDecoder>

#include "ui/formats/json/json_characters.h"
#include "ui/formats/json/json_text.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using Kind = JsonValue::Kind;

/// No number worth reading is longer; one of a million digits would take its time.
constexpr std::size_t max_number_length = 4096;

std::vector<std::int64_t> place_in(std::string_view text, std::size_t offset) {
    std::int64_t line = 1;
    std::int64_t column = 1;
    for (const char c : text.substr(0, offset)) {
        if (c == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {  // not inside a character
            ++column;
        }
    }
    return {line, column};
}

bool is_utf8(std::string_view bytes) {
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; })) return true;
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded =
        decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return !decoded.isNull() && !decode.hasError();
}

class Parser {
public:
    Parser(std::string_view text, JsonRules rules) : m_text(text), m_rules(rules) {}

    std::optional<Error> parse(JsonValue& root) {
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF") m_at = 3;  // a byte order mark
        skip_blanks();
        if (auto error = read_value(root, 0)) return error;
        skip_blanks();
        if (m_at < m_text.size()) return unexpected();
        return std::nullopt;
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c) {
        if (peek() != c || m_at >= m_text.size()) return false;
        ++m_at;
        return true;
    }
    void skip_blanks() {
        while (m_at < m_text.size() && is_blank(m_text[m_at])) ++m_at;
    }

    Error error_at(ErrorCode code, std::size_t offset, std::string text) const {
        return Error{.code = code, .given = place_in(m_text, offset), .text = std::move(text)};
    }

    /// The word at the cursor cannot stand here (an empty one: the text ends).
    Error unexpected() const { return unexpected(m_at); }
    Error unexpected(std::size_t offset) const {
        constexpr std::size_t longest = 24;
        std::size_t end = offset;
        const auto ends_word = [](char c) {
            return is_blank(c) || c == ',' || c == ':' || c == ']' || c == '}' || c == '\0';
        };
        while (end < m_text.size() && end - offset < longest && !ends_word(m_text[end])) ++end;
        const auto goes_on = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
        while (end < m_text.size() && end - offset >= longest && goes_on(m_text[end])) --end;
        if (end == offset && end < m_text.size()) ++end;
        std::string word(m_text.substr(offset, end - offset));
        if (word == std::string_view("\0", 1) || !is_utf8(word)) word = "\xEF\xBF\xBD";
        return error_at(ErrorCode::bad_syntax, offset, std::move(word));
    }

    Error too_many(const char* what, std::size_t limit) const {
        return Error{.code = ErrorCode::too_large,
                     .subject = what,
                     .given = {static_cast<std::int64_t>(limit) + 1},
                     .limit = {static_cast<std::int64_t>(limit)}};
    }

    std::optional<Error> read_value(JsonValue& value, int depth) {
        if (++m_values > max_json_values) return too_many("value count", max_json_values);
        const std::size_t start = m_at;
        auto error = read_kind(value, depth);
        value.text = m_text.substr(start, m_at - start);
        return error;
    }

    std::optional<Error> read_kind(JsonValue& value, int depth) {
        switch (peek()) {
            case '{':
                value.kind = Kind::object;
                return read_object(value, depth + 1);
            case '[':
                value.kind = Kind::array;
                return read_array(value, depth + 1);
            case '"':
                value.kind = Kind::string;
                return read_string();
            default:
                break;
        }
        if (take_word("null")) return std::nullopt;
        if (take_word("true") || take_word("false")) {
            value.kind = Kind::boolean;
            return std::nullopt;
        }
        value.kind = Kind::number;
        return read_number();
    }

    bool take_word(std::string_view word) {
        if (m_text.substr(m_at, word.size()) != word) return false;
        m_at += word.size();
        return true;
    }

    /// -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    std::optional<Error> read_number() {
        const std::size_t start = m_at;
        take('-');
        if (m_rules == JsonRules::tolerant && (take_word("Infinity") || take_word("NaN")))
            return std::nullopt;
        const bool leading_zero = peek() == '0';
        std::size_t digits = skip_digits();
        bool good = digits == 1 || (digits > 1 && !leading_zero);
        if (good && take('.')) {
            const std::size_t decimals = skip_digits();
            good = decimals > 0;
            digits += decimals;
        }
        bool huge = digits > std::numeric_limits<double>::max_exponent10;
        if (good && (take('e') || take('E'))) {
            if (!take('+')) take('-');
            good = skip_digits() > 0;
            huge = true;
        }
        if (!good || m_at - start > max_number_length) return unexpected(start);
        // Only a long number or one with an exponent can leave the range.
        if (huge && m_rules == JsonRules::strict &&
            !std::isfinite(json_to_double(m_text.substr(start, m_at - start)))) {
            Error error = unexpected(start);
            error.subject = "number";
            return error;
        }
        return std::nullopt;
    }

    std::size_t skip_digits() {
        const std::size_t start = m_at;
        while (is_digit(peek())) ++m_at;
        return m_at - start;
    }

    std::optional<Error> read_string() {
        const std::size_t start = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (static_cast<unsigned char>(m_text[m_at]) < 0x20) return unexpected(start);
            if (m_text[m_at] == '\\') {
                if (!skip_escape()) return unexpected(m_at);
            } else {
                ++m_at;
            }
        }
        if (!take('"')) return error_at(ErrorCode::bad_syntax, m_text.size(), {});
        if (!is_utf8(m_text.substr(start, m_at - start))) return unexpected(start);
        return std::nullopt;
    }

    /// A backslash and what it escapes. A lone half of a surrogate pair is no character.
    bool skip_escape() {
        const char kind = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (kind != 'u') {
            const bool known =
                kind != '\0' && std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos;
            if (known) m_at += 2;
            return known;
        }
        const auto unit = hex4(m_text.substr(m_at + 2, 4));
        if (!unit || is_low_surrogate(*unit)) return false;
        if (is_high_surrogate(*unit)) {
            if (m_text.substr(m_at + 6, 2) != "\\u") return false;
            const auto low = hex4(m_text.substr(m_at + 8, 4));
            if (!low || !is_low_surrogate(*low)) return false;
            m_at += 6;
        }
        m_at += 6;
        return true;
    }

    /// The cursor stands on a number: reads on to the end of the array as long as nothing else
    /// comes. True if the whole array was numbers; else the cursor is back at the first.
    bool try_numbers(JsonValue& value) {
        const std::size_t start = m_at;
        std::size_t count = 0;
        for (;;) {
            if (!is_digit(peek()) && peek() != '-' && peek() != 'N' && peek() != 'I') break;
            if (read_number()) break;
            ++count;
            skip_blanks();
            if (take(']')) {
                value.kind = Kind::numbers;
                value.count = count;
                return true;
            }
            if (!take(',')) break;
            skip_blanks();
        }
        m_at = start;
        return false;
    }

    std::optional<Error> read_array(JsonValue& value, int depth) {
        if (depth > max_json_depth) return too_many("bracket depth", max_json_depth);
        ++m_at;
        skip_blanks();
        if (take(']') || try_numbers(value)) return std::nullopt;
        for (;;) {
            if (auto error = read_value(value.items.emplace_back(), depth)) return error;
            skip_blanks();
            if (take(']')) return std::nullopt;
            if (!take(',')) return unexpected();
            skip_blanks();
        }
    }

    std::optional<Error> read_object(JsonValue& value, int depth) {
        if (depth > max_json_depth) return too_many("bracket depth", max_json_depth);
        ++m_at;
        skip_blanks();
        if (take('}')) return std::nullopt;
        for (;;) {
            if (auto error = read_member(value, depth)) return error;
            skip_blanks();
            if (take('}')) return check_keys(value);
            if (!take(',')) return unexpected();
            skip_blanks();
        }
    }

    std::optional<Error> read_member(JsonValue& value, int depth) {
        if (peek() != '"') return unexpected();
        JsonValue key{.kind = Kind::string};
        const std::size_t start = m_at;
        if (auto error = read_string()) return error;
        key.text = m_text.substr(start, m_at - start);
        skip_blanks();
        if (!take(':')) return unexpected();
        skip_blanks();
        value.keys.push_back(json_to_string(key));
        return read_value(value.items.emplace_back(), depth);
    }

    /// Every key once; sorted, so that an object of a million keys takes no longer than its text.
    std::optional<Error> check_keys(const JsonValue& value) const {
        if (m_rules == JsonRules::tolerant) return std::nullopt;
        std::vector<std::size_t> order(value.keys.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return value.keys[a] != value.keys[b] ? value.keys[a] < value.keys[b] : a < b;
        });
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (value.keys[order[i]] != value.keys[order[i - 1]]) continue;
            const char* second = value.items[order[i]].text.data();
            return error_at(ErrorCode::duplicate_key,
                            static_cast<std::size_t>(second - m_text.data()), value.keys[order[i]]);
        }
        return std::nullopt;
    }

    std::string_view m_text;
    JsonRules m_rules;
    std::size_t m_at = 0;
    std::size_t m_values = 0;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
    for (std::size_t i = keys.size(); i-- > 0;)
        if (keys[i] == key) return &items[i];
    return nullptr;
}

engine::Result<JsonText> JsonText::parse(const QByteArray& utf8, JsonRules rules) {
    JsonText text;
    text.m_utf8 = utf8;
    const std::string_view bytes(text.m_utf8.constData(),
                                 static_cast<std::size_t>(text.m_utf8.size()));
    if (auto error = Parser(bytes, rules).parse(text.m_root)) return *error;
    return text;
}

std::vector<std::int64_t> JsonText::place(std::string_view part) const {
    const std::string_view bytes(m_utf8.constData(), static_cast<std::size_t>(m_utf8.size()));
    return place_in(bytes, static_cast<std::size_t>(part.data() - bytes.data()));
}

}  // namespace ui::formats
