// SPDX-License-Identifier: MIT
// Lesson and View ⇄ the `.stride` file (JSON), one grid row a line, our own key order.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include "engine/lessons/lesson.h"
#include "ui/diagram/view.h"

namespace ui::formats {

/// Everything a file holds. Keys we do not know are kept and written back.
struct LessonFile {
    engine::Lesson lesson;
    diagram::View view;
    /// The notes are about a lesson that this one once was; what they do not name has changed
    /// since.
    bool notes_outdated = false;
    QJsonObject unknown;        ///< top level
    QJsonObject unknown_view;   ///< inside "view"
    QJsonObject unknown_input;  ///< inside "input"
    /// Inside a layer and inside its weights. They stay with the layer as long as its class stays
    /// in place.
    struct UnknownInLayer {
        std::string class_name;
        QJsonObject layer;
        QJsonObject weights;
        bool operator==(const UnknownInLayer&) const = default;
    };
    std::vector<UnknownInLayer> unknown_layers;
    bool operator==(const LessonFile&) const = default;
};

/// Arguments that are kept although their layers do not have them, so that the numbers are not
/// those that the file asks for: a refusal each, with its layer. What changes nothing at inference
/// is not among them.
std::vector<engine::Error> warnings_of(const LessonFile& file);

inline constexpr int file_version = 1;
inline constexpr qint64 max_file_size = qint64{128} << 20;
inline constexpr int max_layers = 256;

/// Parsed once, with limits; after this the value can be trusted in form, weights included
/// (engine::check_stored). The layers may still not fit: run says so.
engine::Result<LessonFile> read_lesson(const QByteArray& json);
/// With weights cut or filled to their layers (engine::with_fitted_weights): what is written can be
/// read.
QByteArray write_lesson(const LessonFile& file);

/// The same from and to a file (ui/files/file_bytes.h). "-" reads standard input.
engine::Result<LessonFile> load_lesson(const QString& path);
engine::Result<QString> save_lesson(const LessonFile& file, const QString& path);

/// Shipped lessons in course order (course.json): the stems of resources/lessons/*.stride.
struct ShippedLesson {
    QString name;  ///< "readers_puzzle"
    QString title;
};
std::vector<ShippedLesson> shipped_lessons();
std::vector<QString> shipped_lesson_names();
/// The names of the short course that the first launch plays, in order.
std::vector<QString> first_launch_course();
engine::Result<LessonFile> shipped_lesson(const QString& name);
/// The one that says this, if there is one.
std::optional<LessonFile> shipped_lesson_with_notes(const std::string& notes);
engine::Result<QByteArray> shipped_lesson_text(const QString& name);  ///< the file as it is shipped

/// What names a lesson and no file: not empty, without '/' and '.', and not "-" (standard input).
bool is_lesson_name(const QString& name_or_path);
engine::Result<LessonFile> open_lesson(const QString& name_or_path);

}  // namespace ui::formats
