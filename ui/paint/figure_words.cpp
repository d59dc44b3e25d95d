// SPDX-License-Identifier: MIT
#include "ui/paint/figure_words.h"

#include "ui/paint/metadata.h"

namespace ui::paint {

namespace {

/// One line that ends as a sentence does.
QString sentence(const QString& words) {
    const QString line = readable(words.simplified());
    const bool ends = line.isEmpty() || QStringLiteral(".!?…").contains(line.back());
    return ends ? line : line + u'.';
}

}  // namespace

QString alternative_text(const diagram::Diagram& picture) {
    return QString(sentence(picture.title) + u' ' + sentence(picture.description)).trimmed();
}

QString caption_of(const engine::Lesson& lesson, const diagram::Diagram& picture) {
    return QString(sentence(QString::fromStdString(lesson.title)) + u' ' + sentence(picture.title))
        .trimmed();
}

}  // namespace ui::paint
