// SPDX-License-Identifier: MIT
#include "ui/formats/shipped_lessons.h"

#include <algorithm>

#include "ui/files/file_bytes.h"
#include "ui/formats/json/json_field.h"
#include "ui/formats/stride.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

QString resource(const QString& file) { return QStringLiteral(":/lessons/") % file; }

/// A list of names in resources/lessons/course.json.
std::vector<QString> names_in_course(std::string_view key) {
    std::vector<QString> names;
    const QByteArray bytes = files::read_resource(resource(QStringLiteral("course.json")));
    const auto text = JsonText::parse(bytes, JsonRules::strict);
    if (!text) return names;
    std::optional<Error> problem;
    const JsonField list = JsonField(*text, &text->root(), {}, problem)[key];
    for (std::size_t i = 0; list.given() && i < list.value()->items.size(); ++i)
        names.push_back(QString::fromStdString(list.at(i).string({})));
    return names;
}

}  // namespace

std::vector<ShippedLesson> shipped_lessons() {
    std::vector<ShippedLesson> lessons;
    for (const QString& name : shipped_lesson_names())
        if (const auto file = shipped_lesson(name))
            lessons.push_back(
                {name, QString::fromStdString(file->lesson.title), !file->lesson.against.empty()});
    return lessons;
}

std::vector<QString> shipped_lesson_names() { return names_in_course("order"); }
std::vector<QString> first_launch_course() { return names_in_course("first_launch"); }

std::vector<QString> guide_figures() { return names_in_course("guide"); }

namespace {

struct Series {
    const char* name;
    std::vector<QString> (*lessons)();
};
constexpr Series all_series[]{
    {"all", shipped_lesson_names}, {"course", first_launch_course}, {"guide", guide_figures}};

}  // namespace

std::optional<std::vector<QString>> lesson_series(const QString& name) {
    for (const Series& series : all_series)
        if (name == QLatin1String(series.name)) return series.lessons();
    return std::nullopt;
}

QStringList lesson_series_names() {
    QStringList names;
    for (const Series& series : all_series) names << QString::fromLatin1(series.name);
    return names;
}

std::vector<QString> lessons_to_go_through() {
    std::vector<QString> names = first_launch_course();
    for (const QString& name : shipped_lesson_names())
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    return names;
}

Result<QByteArray> shipped_lesson_text(const QString& name) {
    for (const QString& known : shipped_lesson_names())
        if (name == known) return files::read_resource(resource(name % stride_format().ending()));
    return Error{.code = ErrorCode::no_such_item, .subject = "lesson", .text = name.toStdString()};
}

Result<LessonFile> shipped_lesson(const QString& name) {
    const auto text = shipped_lesson_text(name);
    if (!text) return text.error();
    return read_stride(*text);
}

std::optional<LessonFile> shipped_lesson_with_notes(const std::string& notes) {
    for (const QString& name : shipped_lesson_names())
        if (auto file = shipped_lesson(name); file && file->lesson.notes == notes) return *file;
    return std::nullopt;
}

}  // namespace ui::formats
