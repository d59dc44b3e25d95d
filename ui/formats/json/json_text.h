// SPDX-License-Identifier: MIT
// JSON as the files of this program need it: every value knows its place, a key stands once, depth
// and size are bounded before anything is allocated, and tensors cost no memory until they become
// floats. (QJsonDocument keeps the last of two equal keys without a word, forgets places, and takes
// 16 bytes a number.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <QByteArray>
#include <QJsonValue>

#include "engine/values/result.h"

namespace ui::formats {

/// One value of a text. It points into the text: numbers and strings are decoded when asked for.
struct JsonValue {
    enum class Kind {
        null,
        boolean,
        number,
        string,
        numbers,  ///< an array that holds numbers only, at least one
        array,
        object
    };
    Kind kind = Kind::null;
    std::string_view text{};          ///< as written, with quotes and brackets
    std::size_t count = 0;            ///< numbers: how many
    std::vector<std::string> keys{};  ///< object: in the order of the text
    std::vector<JsonValue> items{};   ///< array: its values; object: the values of `keys`

    const JsonValue* find(std::string_view key) const;  ///< of an object, or nullptr
};

enum class JsonRules {
    strict,    ///< JSON to the letter, finite numbers, every key once
    tolerant,  ///< also NaN, Infinity and 1e999 as numbers, and the last of equal keys counts
};

class JsonText {
public:
    static engine::Result<JsonText> parse(const QByteArray& utf8, JsonRules rules);

    const JsonValue& root() const { return m_root; }
    /// Line and column, both from 1, of a view into this text. Columns count characters.
    std::vector<std::int64_t> place(std::string_view part) const;

private:
    JsonText() = default;
    QByteArray m_utf8;  ///< shared with the caller, never changed: the views into it stay valid
    JsonValue m_root;
};

/// Nesting and values (numbers in arrays of numbers not counted) beyond which a text is refused.
inline constexpr int max_json_depth = 64;
inline constexpr std::size_t max_json_values = std::size_t{1} << 20;

/// The nearest double of a number's text; infinite beyond the range, zero below it.
double json_to_double(std::string_view number);
/// All numbers of a value of kind numbers, narrowed to float32 (perhaps infinite).
std::vector<float> json_to_floats(const JsonValue& numbers);
/// A string's content, escapes resolved, as UTF-8.
std::string json_to_string(const JsonValue& string);
/// A value to be kept and written back as it is.
QJsonValue json_to_qt(const JsonValue& value);

/// Shortest text that reads back as the same float32; plain digits where they are short to read.
void append_json_number(QByteArray& text, float value);
QByteArray json_number(float value);
/// Quoted and escaped.
QByteArray json_string(std::string_view utf8);
QByteArray json_from_qt(const QJsonValue& value);

}  // namespace ui::formats
