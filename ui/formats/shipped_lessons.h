// SPDX-License-Identifier: MIT
// The lessons that travel inside the program (resources/lessons), in our own format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QByteArray>
#include <QStringList>

#include "engine/values/result.h"
#include "ui/formats/lesson_file.h"

namespace ui::formats {

/// Shipped lessons in the order of course.json, the readers' puzzle first: the stems of
/// resources/lessons/*.stride.
struct ShippedLesson {
    QString name;  ///< "readers_puzzle"
    QString title;
    bool compares = false;  ///< with another model
};
std::vector<ShippedLesson> shipped_lessons();
std::vector<QString> shipped_lesson_names();
/// The names of the short course that the first launch plays, in order.
std::vector<QString> first_launch_course();
/// The figures of the Guide's collection (Dumoulin and Visin, "A guide to convolution arithmetic
/// for deep learning") of transposed convolutions, named as there, and the one it lacks.
std::vector<QString> guide_figures();
/// Several lessons under one name: all, course (of the first launch), guide. Nothing: no such name.
std::optional<std::vector<QString>> lesson_series(const QString& name);
QStringList lesson_series_names();
/// All names as a learner goes through them: first those of that course.
std::vector<QString> lessons_to_go_through();
engine::Result<LessonFile> shipped_lesson(const QString& name);
/// The one that says this, if there is one.
std::optional<LessonFile> shipped_lesson_with_notes(const std::string& notes);
engine::Result<QByteArray> shipped_lesson_text(const QString& name);  ///< the file as it is shipped

}  // namespace ui::formats
