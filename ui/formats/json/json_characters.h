// SPDX-License-Identifier: MIT
// What the reader and the decoder of JSON both know about characters.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace ui::formats {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Four hexadecimal digits, or nothing.
inline std::optional<unsigned> hex4(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 4 || error != std::errc{} || end != digits.data() + 4) return std::nullopt;
    return value;
}

inline bool is_high_surrogate(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
inline bool is_low_surrogate(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace ui::formats
