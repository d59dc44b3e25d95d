// SPDX-License-Identifier: MIT
// The table of files that hold a lesson or a model. Whoever opens, saves, offers or names one
// reads it here; a format is a row and a file of its own.
#pragma once

#include <span>
#include <vector>

#include <QByteArray>
#include <QString>

#include "engine/values/result.h"
#include "ui/formats/lesson_file.h"

namespace ui::formats {

struct LessonFormat;

struct OpenedLesson {
    LessonFile file = {};
    /// What is not quite as the file has it: kept and not understood, assumed, or said otherwise.
    std::vector<engine::Error> warnings = {};
    const LessonFormat* format = nullptr;  ///< what the file turned out to be
};

struct WrittenLesson {
    QByteArray bytes = {};
    /// What such a file cannot hold, so that it will not come back. What is looked at is not spoken
    /// of.
    std::vector<engine::Error> left_out = {};
};

struct LessonFormat {
    const char* id;                    ///< "stride"
    const char* name;                  ///< for people: title() is its translation
    std::vector<const char*> endings;  ///< of its files, in small letters, the usual one first
    const char* mime_type;
    /// Is it this? Asked of a file's whole content, which need not be well formed; cheap.
    bool (*recognise)(const QByteArray& bytes);
    /// Parsed once, with limits (lesson_file.h); after this the value can be trusted in form,
    /// weights included (engine::check_stored).
    engine::Result<OpenedLesson> (*read)(const QByteArray& bytes);
    /// What is written can be read. None: it is only read.
    engine::Result<WrittenLesson> (*write)(const LessonFile& file) = nullptr;

    QString title() const;
    QString ending() const { return QLatin1Char('.') + QLatin1String(endings.front()); }
    /// "*.stride": what a dialog shows.
    QString patterns() const;
};

/// Every format, our own first.
std::span<const LessonFormat* const> lesson_formats();
/// The one that holds all of a lesson.
const LessonFormat& own_format();
/// What the content is; null: no row knows it.
const LessonFormat* lesson_format_of(const QByteArray& bytes);
/// Of those that can be written, what a file name's ending asks for; `chosen`, if it may be that or
/// the ending says nothing.
const LessonFormat& lesson_format_to_write(const QString& path, const LessonFormat& chosen);

/// "Stridescope lesson (.stride), …": all that can be opened, for a sentence.
QString lesson_format_names();
/// ".stride, …"
QString lesson_endings();

}  // namespace ui::formats
