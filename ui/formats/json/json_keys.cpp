// SPDX-License-Identifier: MIT
#include "ui/formats/json/json_keys.h"

#include "ui/formats/json/json_characters.h"

namespace ui::formats {

namespace {

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

/// Behind the string that begins at `at`, or behind the text.
std::size_t skip_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
    return at < text.size() ? at + 1 : text.size();
}

}  // namespace

bool has_top_level_key(const QByteArray& utf8, std::string_view key) {
    const std::string_view text(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    std::size_t at = skip_blanks(text, 0);
    if (at >= text.size() || text[at] != '{') return false;
    for (std::size_t depth = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            const std::size_t end = skip_string(text, at);
            const std::size_t colon = skip_blanks(text, end);
            if (depth == 1 && colon < text.size() && text[colon] == ':' &&
                text.substr(at + 1, end - at - 2) == key)
                return true;
            at = end;
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return false;  // what follows is no part of it
        ++at;
    }
    return false;
}

}  // namespace ui::formats
