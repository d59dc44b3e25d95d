// SPDX-License-Identifier: MIT
// Walking a parsed file: a value together with its key path, and the first mistake found on the
// way.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/layers/layer_spec.h"
#include "ui/formats/json/json_text.h"

namespace ui::formats {

/// ASCII only, so that no locale can change what a file means.
std::string lower_case(std::string text);

/// A value, or the absence of one, somewhere in a text. Asking for the wrong thing notes an error
/// with the path and the place, and answers with the fallback: readers run straight on and look
/// once at the end. The first error stays. null counts as absent.
class JsonField {
public:
    JsonField(const JsonText& text, const JsonValue* value, std::string path,
              std::optional<engine::Error>& problem);

    JsonField operator[](std::string_view key) const;  ///< of an object
    JsonField at(std::size_t index) const;             ///< of an array of other things than numbers
    JsonField inside(const std::string& path) const;   ///< the same value under another path

    const JsonValue* value() const { return m_value; }  ///< nullptr: the key is missing
    bool given() const;                                 ///< there, and not null
    const std::string& path() const { return m_path; }

    std::int64_t whole(std::int64_t fallback, std::int64_t least, std::int64_t most) const;
    int integer(int fallback) const;  ///< an argument; any int: the engine says how small or large
    std::uint64_t seed(std::uint64_t fallback) const;
    float number(float fallback) const;
    bool boolean(bool fallback) const;
    std::string string(const std::string& fallback) const;
    engine::Size2D extent(engine::Size2D fallback) const;  ///< 2 or [2, 3]
    /// [2, 3]; `most` is said to be allowed where one is beyond any int.
    std::vector<int> integers(std::int64_t most = engine::max_tensor_count) const;

    /// Lengths of an array that is not numbers (an empty one included), with a limit.
    std::size_t length(std::size_t most) const;
    const JsonField& required() const;  ///< notes an error unless given
    void require_object() const;

    void refuse(const char* kind) const;  ///< wrong_type: "… must be a whole number"
    void note(engine::Error error) const;
    bool good() const { return !m_problem->has_value(); }

private:
    /// Nothing, and an error noted where it is beyond, if the text is no whole number that an int
    /// holds.
    std::optional<int> as_int(std::string_view written, std::int64_t most) const;
    void note_length(std::size_t count, std::size_t most) const;

    const JsonText* m_text;
    const JsonValue* m_value;
    std::string m_path;
    std::optional<engine::Error>* m_problem;
};

}  // namespace ui::formats
