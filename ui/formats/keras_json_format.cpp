// SPDX-License-Identifier: MIT
// The row of Keras's models as JSON.
#include <QCoreApplication>

#include "ui/formats/json/json_keys.h"
#include "ui/formats/keras_json.h"

namespace ui::formats {

namespace {

/// A model's config; or one that was written as a text, once more in quotes.
bool is_keras_json(const QByteArray& bytes) {
    const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return false;
    if (text[first] == '"') {
        constexpr std::size_t head = 1024;
        const std::string_view beginning = text.substr(first, head);
        return beginning.find("\\\"class_name\\\"") != std::string_view::npos ||
               beginning.find("\\\"module\\\"") != std::string_view::npos;
    }
    return has_top_level_key(bytes, "class_name") && has_top_level_key(bytes, "config");
}

}  // namespace

const LessonFormat& keras_json_format() {
    static const LessonFormat row{
        .id = "keras_json",
        .name = QT_TRANSLATE_NOOP("ui::formats::lesson_format", "Keras model as JSON"),
        .endings = {"json"},
        .mime_type = "application/json",
        .recognise = is_keras_json,
        .read = read_keras_json,
        .write = write_keras_json,
    };
    return row;
}

}  // namespace ui::formats
