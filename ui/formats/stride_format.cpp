// SPDX-License-Identifier: MIT
// The row of our own files.
#include <QCoreApplication>

#include "ui/formats/json/json_keys.h"
#include "ui/formats/stride.h"

namespace ui::formats {

namespace {

bool is_stride(const QByteArray& bytes) { return has_top_level_key(bytes, "stridescope"); }

engine::Result<OpenedLesson> open_stride(const QByteArray& bytes) {
    auto file = read_stride(bytes);
    if (!file) return file.error();
    auto warnings = warnings_of(*file);
    return OpenedLesson{.file = *std::move(file), .warnings = std::move(warnings)};
}

engine::Result<WrittenLesson> save_stride(const LessonFile& file) {
    WrittenLesson written{.bytes = write_stride(file)};
    // Of a file of another format that had one of our keys, for something else.
    for (auto it = file.unknown.begin(); it != file.unknown.end(); ++it)
        if (is_stride_key(it.key()))
            written.left_out.push_back(
                {.code = engine::ErrorCode::left_out, .subject = it.key().toStdString()});
    return written;
}

}  // namespace

const LessonFormat& stride_format() {
    static const LessonFormat row{
        .id = "stride",
        .name = QT_TRANSLATE_NOOP("ui::formats::lesson_format", "Stridescope lesson"),
        .endings = {"stride"},
        .mime_type = "application/vnd.stridescope.lesson+json",
        .recognise = is_stride,
        .read = open_stride,
        .write = save_stride,
    };
    return row;
}

}  // namespace ui::formats
