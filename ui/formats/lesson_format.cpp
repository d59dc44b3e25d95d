// SPDX-License-Identifier: MIT
#include "ui/formats/lesson_format.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include "ui/formats/keras_json.h"
#include "ui/formats/stride.h"

namespace ui::formats {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::formats::lesson_format)
};

QStringList dotted(const LessonFormat& format) {
    QStringList endings;
    for (const char* ending : format.endings) endings << QLatin1Char('.') + QLatin1String(ending);
    return endings;
}

}  // namespace

QString LessonFormat::title() const { return Words::tr(name); }

QString LessonFormat::patterns() const {
    QStringList patterns;
    for (const QString& ending : dotted(*this)) patterns << u'*' + ending;
    return patterns.join(u' ');
}

std::span<const LessonFormat* const> lesson_formats() {
    static const std::array all{&stride_format(), &keras_json_format()};
    return all;
}

const LessonFormat& own_format() { return *lesson_formats().front(); }

const LessonFormat* lesson_format_of(const QByteArray& bytes) {
    for (const LessonFormat* format : lesson_formats())
        if (format->recognise(bytes)) return format;
    return nullptr;
}

const LessonFormat& lesson_format_to_write(const QString& path, const LessonFormat& chosen) {
    const QString ending = QFileInfo(path).suffix().toLower();
    const auto may_be = [&ending](const LessonFormat& format) {
        return format.write && std::ranges::any_of(format.endings, [&ending](const char* known) {
                   return ending == QLatin1String(known);
               });
    };
    if (may_be(chosen)) return chosen;
    for (const LessonFormat* format : lesson_formats())
        if (may_be(*format)) return *format;
    return chosen;
}

QString lesson_format_names() {
    QStringList names;
    for (const LessonFormat* format : lesson_formats())
        names << Words::tr("%1 (%2)", "a file format and its endings")
                     .arg(format->title(), dotted(*format).join(QStringLiteral(", ")));
    return names.join(QStringLiteral(", "));
}

QString lesson_endings() {
    QStringList endings;
    for (const LessonFormat* format : lesson_formats()) endings << dotted(*format);
    return endings.join(QStringLiteral(", "));
}

}  // namespace ui::formats
