// SPDX-License-Identifier: MIT
#include "ui/formats/lesson_door.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "ui/files/file_bytes.h"
#include "ui/formats/file_kind.h"
#include "ui/formats/json/json_text.h"
#include "ui/formats/shipped_lessons.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(formats)
};

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

Result<std::vector<QString>> lesson_files_in(const QString& folder) {
    QStringList patterns;
    for (const LessonFormat* format : lesson_formats()) patterns << format->patterns().split(u' ');
    std::vector<QString> files;
    for (const QFileInfo& file : QDir(folder).entryInfoList(patterns, QDir::Files, QDir::NoSort)) {
        const QString path = QDir(folder).filePath(file.fileName());
        const bool is_own = own_format().ending().endsWith(file.suffix(), Qt::CaseInsensitive);
        // What cannot be read is tried again by whoever wants it, and refused with the reason.
        const auto bytes = is_own ? QByteArray() : files::read_file(path, max_file_size);
        if (is_own || !bytes || lesson_format_of(*bytes) != nullptr) files.push_back(path);
    }
    std::ranges::sort(files);
    if (files.empty())
        return Error{
            .code = ErrorCode::cannot_read,
            .subject = folder.toStdString(),
            .text = Words::tr("it is a folder, and no file in it holds a lesson").toStdString()};
    return files;
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
