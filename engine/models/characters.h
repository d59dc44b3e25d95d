// SPDX-License-Identifier: MIT
// Characters of a text in UTF-8, and the columns that a terminal gives them.
#pragma once

#include <string>
#include <string_view>

namespace engine {

/// Bytes that are no UTF-8 become U+FFFD, one each.
std::u32string characters(std::string_view text);
std::string utf8(std::u32string_view characters);

/// 2 for wide characters (East Asian, emoji), 0 for marks that stand on another one, else 1. As the
/// Python package rich counts them, whose table _cell_widths.py follows Unicode's East Asian Width.
int terminal_columns(char32_t character);
int terminal_columns(std::string_view text);

}  // namespace engine
