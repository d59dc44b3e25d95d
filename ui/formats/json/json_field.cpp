// SPDX-License-Identifier: MIT
// Typed answers from JSON, and what is said when the type is another.
#include "ui/formats/json/json_field.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/layers/geometry.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using Kind = JsonValue::Kind;

constexpr std::int64_t most_exact = std::int64_t{1} << 53;

/// A whole number, also if written as 2.0 or 1e3; beyond 2^53, where doubles are far apart, one
/// step past that.
std::optional<std::int64_t> whole_number(std::string_view text) {
    constexpr auto most = static_cast<double>(most_exact);
    const double value = json_to_double(text);
    if (std::trunc(value) != value) return std::nullopt;  // NaN is none, too
    if (std::abs(value) > most) return value < 0 ? -most_exact - 1 : most_exact + 1;
    return static_cast<std::int64_t>(value);
}

/// A number as it is written, where it may not be known exactly.
Error out_of_range(const std::string& subject, std::string_view written, std::int64_t value,
                   std::int64_t least, std::int64_t most) {
    const bool low = value < least;
    Error error{.code = low ? ErrorCode::not_positive : ErrorCode::too_large,
                .subject = subject,
                .limit = {low ? least : most}};
    if (std::abs(value) <= most_exact)
        error.given = {value};
    else
        error.text = written;
    return error;
}

constexpr std::int64_t int_min = std::numeric_limits<int>::min();
constexpr std::int64_t int_max = std::numeric_limits<int>::max();

}  // namespace

JsonField::JsonField(const JsonText& text, const JsonValue* value, std::string path,
                     std::optional<Error>& problem)
    : m_text(&text), m_value(value), m_path(std::move(path)), m_problem(&problem) {}

JsonField JsonField::operator[](std::string_view key) const {
    const bool object = m_value && m_value->kind == Kind::object;
    std::string path = m_path.empty() ? std::string(key) : m_path + '.' + std::string(key);
    return {*m_text, object ? m_value->find(key) : nullptr, std::move(path), *m_problem};
}

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

JsonField JsonField::at(std::size_t index) const {
    const bool there = m_value && m_value->kind == Kind::array && index < m_value->items.size();
    return {*m_text, there ? &m_value->items[index] : nullptr,
            m_path + '[' + std::to_string(index) + ']', *m_problem};
}

JsonField JsonField::inside(const std::string& path) const {
    return {*m_text, m_value, path, *m_problem};
}

bool JsonField::given() const { return m_value && m_value->kind != Kind::null; }

void JsonField::note(Error error) const {
    if (!*m_problem) *m_problem = std::move(error);
}

void JsonField::refuse(const char* kind) const {
    Error error{.code = ErrorCode::wrong_type, .subject = m_path, .text = kind};
    if (m_value) error.given = m_text->place(m_value->text);
    note(std::move(error));
}

const JsonField& JsonField::required() const {
    if (!given()) refuse("given");
    return *this;
}

void JsonField::require_object() const {
    if (required().given() && m_value->kind != Kind::object) refuse("an object");
}

std::int64_t JsonField::whole(std::int64_t fallback, std::int64_t least, std::int64_t most) const {
    if (!given()) return fallback;
    const auto value = m_value->kind == Kind::number ? whole_number(m_value->text) : std::nullopt;
    if (!value) {
        refuse("a whole number");
        return fallback;
    }
    if (*value >= least && *value <= std::min(most, most_exact)) return *value;
    note(out_of_range(m_path, m_value->text, *value, least, most));
    return fallback;
}

int JsonField::integer(int fallback) const {
    if (!given()) return fallback;
    if (m_value->kind == Kind::number) {
        if (const auto value = as_int(m_value->text, engine::max_argument)) return *value;
    }
    refuse("a whole number");
    return fallback;
}

std::optional<int> JsonField::as_int(std::string_view written, std::int64_t most) const {
    const auto value = whole_number(written);
    if (!value) return std::nullopt;
    if (*value >= int_min && *value <= int_max) return static_cast<int>(*value);
    note(out_of_range(m_path, written, *value, 0, most));
    return std::nullopt;
}

std::uint64_t JsonField::seed(std::uint64_t fallback) const {
    if (!given()) return fallback;
    std::uint64_t value = fallback;
    const std::string_view text = m_value->text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (m_value->kind != Kind::number || error != std::errc{} || end != text.data() + text.size())
        refuse("a whole number from 0 to 2^64 - 1");
    return value;
}

float JsonField::number(float fallback) const {
    if (!given()) return fallback;
    if (m_value->kind != Kind::number) {
        refuse("a number");
        return fallback;
    }
    const auto value = static_cast<float>(json_to_double(m_value->text));
    if (!std::isfinite(value))
        note(
            {.code = ErrorCode::not_finite, .subject = m_path, .text = std::string(m_value->text)});
    return value;
}

bool JsonField::boolean(bool fallback) const {
    if (!given()) return fallback;
    if (m_value->kind != Kind::boolean) refuse("true or false");
    return m_value->text == "true";
}

std::string JsonField::string(const std::string& fallback) const {
    if (!given()) return fallback;
    if (m_value->kind == Kind::string) return json_to_string(*m_value);
    refuse("text");
    return fallback;
}

engine::Size2D JsonField::extent(engine::Size2D fallback) const {
    if (!given()) return fallback;
    if (m_value->kind == Kind::number) {
        const int value = integer(1);
        return {value, value};
    }
    const bool numbers = m_value->kind == Kind::numbers;
    const std::vector<int> pair = numbers ? integers(engine::max_argument) : std::vector<int>();
    if (pair.size() == 2) return {pair[0], pair[1]};
    refuse("a whole number or a pair of them");
    return fallback;
}

std::vector<int> JsonField::integers(std::int64_t most) const {
    constexpr std::size_t longest = 16;
    std::vector<int> values;
    if (!given()) return values;
    if (m_value->kind == Kind::numbers && m_value->count > longest) {
        note_length(m_value->count, longest);
        return values;
    }
    // Not through float32: a size must not be rounded into another one.
    const bool numbers = m_value->kind == Kind::numbers;
    const std::string_view text =
        numbers ? m_value->text.substr(1, m_value->text.size() - 2) : std::string_view();
    for (std::size_t at = 0; numbers && at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::size_t first = text.find_first_not_of(" \t\r\n", at);
        const std::size_t last = text.find_last_not_of(" \t\r\n", end - 1);
        const auto value = as_int(text.substr(first, last + 1 - first), most);
        if (!value) break;
        values.push_back(*value);
        at = end + 1;
    }
    if (!numbers || values.size() != m_value->count) {
        refuse("a list of whole numbers");
        return {};
    }
    return values;
}

std::size_t JsonField::length(std::size_t most) const {
    if (!given()) return 0;
    if (m_value->kind != Kind::array) {
        refuse("a list of objects");
        return 0;
    }
    const std::size_t count = m_value->items.size();
    if (count <= most) return count;
    note_length(count, most);
    return 0;
}

void JsonField::note_length(std::size_t count, std::size_t most) const {
    note({.code = ErrorCode::too_large,
          .subject = m_path,
          .given = {static_cast<std::int64_t>(count)},
          .limit = {static_cast<std::int64_t>(most)},
          .text = "length"});
}

}  // namespace ui::formats
