// SPDX-License-Identifier: MIT
// Opening and saving lessons, whatever they are kept in: the table (lesson_format.h) says how, and
// a file's content, not its name, says what it is.
#pragma once

#include "ui/formats/lesson_format.h"

namespace ui::formats {

/// What no format recognises is refused with what it seems to be.
engine::Result<OpenedLesson> read_lesson(const QByteArray& bytes);
/// The same from a file (ui/files/file_bytes.h). "-" reads standard input.
engine::Result<OpenedLesson> load_lesson(const QString& path);

/// The files in a folder that hold lessons, by name; not those in folders in it. What ends like a
/// lesson and is something else (JSON may be anything) is none. An error if there is no lesson.
engine::Result<std::vector<QString>> lesson_files_in(const QString& folder);

struct SavedLesson {
    QString path;
    std::vector<engine::Error> left_out;  ///< see WrittenLesson
};
/// `format` is one that can be written.
engine::Result<SavedLesson> save_lesson(const LessonFile& file, const QString& path,
                                        const LessonFormat& format);

/// What names a lesson and no file: not empty, without '/' and '.', and not "-" (standard input).
bool is_lesson_name(const QString& name_or_path);
/// A shipped lesson, or a file.
engine::Result<OpenedLesson> open_lesson(const QString& name_or_path);

}  // namespace ui::formats
