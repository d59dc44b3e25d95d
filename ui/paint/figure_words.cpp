// SPDX-License-Identifier: MIT
#include "ui/paint/figure_words.h"

#include <array>

#include "ui/figures/caption.h"
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

QString caption_of(const ExportJob& job, const diagram::Diagram& picture) {
    QStringList sentences{sentence(QString::fromStdString(job.lesson.title)),
                          sentence(picture.title)};
    const std::array runs{&job.run, &job.against_run};
    for (const figures::Caption& caption : figures::captions_of(job.lesson, runs, job.view))
        sentences << caption.text();
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

}  // namespace ui::paint
