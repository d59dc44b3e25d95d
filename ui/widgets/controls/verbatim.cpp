// SPDX-License-Identifier: MIT
#include "ui/widgets/controls/verbatim.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QStringList>

#include "ui/words/plain_text.h"

namespace ui::widgets {

QString harmless_paragraphs(const QString& notes) {
    QStringList shown;
    qsizetype room = longest_notes;
    for (qsizetype start = 0; start < notes.size() && room > 0;) {
        const qsizetype end = notes.indexOf(u'\n', start);
        const qsizetype length = (end < 0 ? notes.size() : end) - start;
        const QString paragraph = words::harmless(notes.mid(start, length), room);
        // One empty line is a pause, more are a way to hide what follows.
        if (!paragraph.isEmpty() || (!shown.isEmpty() && !shown.last().isEmpty()))
            shown << paragraph;
        room -= paragraph.size() + 1;
        start += length + 1;
    }
    return shown.join(u'\n').trimmed();
}

QString verbatim_caption(QString words) { return words.replace(u'&', QStringLiteral("&&")); }

QString verbatim_title(QString words) {
    const QString star = QStringLiteral("[*]");
    return words.replace(star, star + star);
}

VerbatimLabels::VerbatimLabels(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

bool VerbatimLabels::eventFilter(QObject* watched, QEvent* event) {
    // Every widget is polished once, before it is first measured or shown; a tooltip even before it
    // has its words.
    if (event->type() == QEvent::Polish)
        if (auto* label = qobject_cast<QLabel*>(watched)) label->setTextFormat(Qt::PlainText);
    return QObject::eventFilter(watched, event);
}

}  // namespace ui::widgets
