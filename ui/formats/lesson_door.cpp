// SPDX-License-Identifier: MIT
#include "ui/formats/lesson_door.h"

#include "ui/files/file_bytes.h"
#include "ui/formats/file_kind.h"
#include "ui/formats/json/json_text.h"
#include "ui/formats/shipped_lessons.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

/// What the file is not is clear; what it is, its content may tell. JSON with a slip is that slip.
Error refusal_of(const QByteArray& bytes) {
    const FileKind kind = kind_of_file(bytes);
    if (kind.is_json)
        if (const auto text = JsonText::parse(bytes, JsonRules::strict); !text) return text.error();
    return {.code = ErrorCode::unknown_format,
            .text = kind.words,
            .meant = lesson_format_names().toStdString()};
}

}  // namespace

Result<OpenedLesson> read_lesson(const QByteArray& bytes) {
    if (bytes.size() > max_file_size)
        return Error{.code = ErrorCode::too_large,
                     .subject = "byte count",
                     .given = {bytes.size()},
                     .limit = {max_file_size}};
    // Some editors put it in front; it says nothing.
    const QByteArray byte_order_mark("\xEF\xBB\xBF");
    if (bytes.startsWith(byte_order_mark)) return read_lesson(bytes.mid(byte_order_mark.size()));
    const LessonFormat* format = lesson_format_of(bytes);
    if (!format) return refusal_of(bytes);
    auto opened = format->read(bytes);
    if (opened) opened->format = format;
    return opened;
}

Result<OpenedLesson> load_lesson(const QString& path) {
    const auto bytes = files::read_file(path, max_file_size);
    if (!bytes) return bytes.error();
    return read_lesson(*bytes);
}

Result<SavedLesson> save_lesson(const LessonFile& file, const QString& path,
                                const LessonFormat& format) {
    auto written = format.write(file);
    if (!written) return written.error();
    const auto saved = files::write_file(path, written->bytes);
    if (!saved) return saved.error();
    return SavedLesson{*saved, std::move(written->left_out)};
}

bool is_lesson_name(const QString& name_or_path) {
    return !name_or_path.isEmpty() && !name_or_path.contains(u'/') &&
           !name_or_path.contains(u'.') && name_or_path != QStringLiteral("-");
}

Result<OpenedLesson> open_lesson(const QString& name_or_path) {
    if (!is_lesson_name(name_or_path)) return load_lesson(name_or_path);
    const auto text = shipped_lesson_text(name_or_path);
    if (!text) return text.error();
    return read_lesson(*text);
}

}  // namespace ui::formats
