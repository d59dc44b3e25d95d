// SPDX-License-Identifier: MIT
// A line to fold by, and the words below it, which scroll beyond a few lines.
#include "ui/widgets/stage/notes_text.h"

#include <algorithm>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"

namespace ui::widgets {

NotesText::NotesText(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_fold = new QPushButton(this);
    m_fold->setObjectName(QStringLiteral("notes_fold"));
    set_button_role(m_fold, ButtonRole::quiet);
    m_fold->setProperty("fold", true);
    m_fold->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_return = new QPushButton(this);
    m_return->setObjectName(QStringLiteral("return_to_notes"));
    m_return->setFocusPolicy(Qt::TabFocus);
    m_return->setToolTip(
        tr("Bring back the lesson that the notes speak of; Undo leads here again"));
    m_text = make_label(QString(), TextRole::soft, this);
    m_text->setObjectName(QStringLiteral("notes"));
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_scroll->setAccessibleName(tr("Notes"));
    m_scroll->setWidget(m_text);
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_fold, 1);
    line->addWidget(m_return);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(line);
    column->addWidget(m_scroll);
    column->insertStretch(0, 0);
    column->addStretch(1);
    connect(m_fold, &QPushButton::clicked, this, [this] {
        m_open = !m_open;
        reserve(0);
        arrange();
    });
    connect(m_return, &QPushButton::clicked, this, &NotesText::returnRequested);
    arrange();
}

void NotesText::show(const ShownNotes& notes) {
    if (notes == m_notes) return;
    // What was unfolded stays so while its numbers change.
    if (notes.as_they_were != m_notes.as_they_were) m_open = false;
    // The stage keeps its size where an edit folds them.
    if (!notes.as_they_were)
        reserve(0);
    else if (isVisible() && !m_notes.text.isEmpty() && !m_notes.as_they_were)
        reserve(height());
    m_notes = notes;
    m_text->setText(notes.text);
    arrange();
}

void NotesText::setLow(bool low) {
    if (low == m_low) return;
    m_low = low;
    m_open = false;
    reserve(0);
    arrange();
}

void NotesText::reserve(int height) { setMinimumHeight(height); }

void NotesText::arrange() {
    const bool folds = !m_notes.text.isEmpty() && (m_notes.as_they_were || m_low);
    // What goes goes first: they never stand below each other and ask for the height of both.
    if (folds && !m_open) m_scroll->hide();
    m_fold->setVisible(folds);
    m_return->setVisible(m_notes.as_they_were && m_notes.can_return);
    if (!folds || m_open) m_scroll->show();
    // Where folding leaves white, the line stands at the foot, beside the buttons.
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->setStretch(0, folds && !m_open ? 1 : 0);
    column->setStretch(column->count() - 1, folds && !m_open ? 0 : 1);
    m_fold->setAccessibleName(m_notes.as_they_were ? tr("Notes about the lesson as it was")
                                                   : tr("Notes"));
    m_fold->setAccessibleDescription(m_open ? QString() : m_notes.text);
    m_fold->setToolTip(m_open ? tr("Fold these notes") : tr("Unfold these notes"));
    fit();
}

bool NotesText::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) {
        fit();
        layout()->activate();
    }
    return handled;
}

int NotesText::returnWidth(const QString& words) const {
    const QFontMetrics metrics = m_return->fontMetrics();
    return m_return->sizeHint().width() + metrics.horizontalAdvance(words) -
           metrics.horizontalAdvance(m_return->text());
}

QSize NotesText::minimumSizeHint() const {
    const int sign = m_fold->isHidden() ? 0 : scaled(24);
    const int back = m_return->isHidden() ? 0 : returnWidth(tr("Return")) + 12;
    return {std::max(sign + back, scaled(24)), 0};
}

void NotesText::fit() {
    const QString to_it = tr("Return to it");
    const QString back = width() >= returnWidth(to_it) + scaled(100) ? to_it : tr("Return");
    if (m_return->text() != back) m_return->setText(back);
    const QString sign = m_open ? QStringLiteral("▾ ") : QStringLiteral("▸ ");
    const QString words = m_notes.as_they_were ? tr("About the lesson as it was")
                          : m_open             ? tr("Notes")
                                               : QString(m_notes.text).replace(u'\n', u' ');
    const int taken = m_return->isHidden() ? 0 : m_return->sizeHint().width() + 12;
    const int room = std::max(width() - taken - scaled(8), 0);
    const QString caption = verbatim_caption(
        m_fold->fontMetrics().elidedText(sign + words, Qt::ElideRight, room - scaled(4)));
    if (m_fold->text() != caption) m_fold->setText(caption);

    // The notes never take the stage's place: at most a few lines, the rest scrolls.
    const bool roomy = width() >= scaled(300) && !m_low;
    const int line = m_text->fontMetrics().lineSpacing();
    const int needed = m_text->heightForWidth(m_scroll->width());
    const int most = (roomy ? 4 : 2) * line;
    m_scroll->setFixedHeight(std::clamp(needed, line, most));
    m_scroll->setVerticalScrollBarPolicy(needed > most ? Qt::ScrollBarAlwaysOn
                                                       : Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(needed > most ? Qt::TabFocus : Qt::NoFocus);
}

}  // namespace ui::widgets
