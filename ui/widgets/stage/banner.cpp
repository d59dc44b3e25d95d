// SPDX-License-Identifier: MIT
// Frames with a wrapping sentence and a way to close them.
#include "ui/widgets/stage/banner.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"

namespace ui::widgets {

ProblemBanner::ProblemBanner(QWidget* parent) : QFrame(parent) {
    setProperty("banner", QStringLiteral("problem"));
    setObjectName(QStringLiteral("problem_banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(26, 8, 12, 8);
    auto* sign = make_label(QStringLiteral("▲"), TextRole::problem, this);
    sign->setWordWrap(false);
    m_text = make_label(QString(), TextRole::problem, this);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long word may be cut
    auto* close = make_close_button(tr("Close this message"), this);
    row->addWidget(sign);
    row->addWidget(m_text, 1);
    row->addWidget(close);
    connect(close, &QPushButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    hide();
}

void ProblemBanner::show(const QString& sentence) {
    if (sentence == this->sentence()) return;
    m_text->setText(sentence);
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    if (sentence.isEmpty()) return;
    raise();
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

QString ProblemBanner::sentence() const { return isHidden() ? QString() : m_text->text(); }

NotesBanner::NotesBanner(QWidget* parent) : QFrame(parent) {
    setProperty("banner", QStringLiteral("notes"));
    setObjectName(QStringLiteral("notes_banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(26, 8, 12, 8);
    row->setSpacing(12);
    m_place = make_label(QString(), TextRole::value, this);
    m_words = new NotesText(this);
    m_next = new QPushButton(this);
    m_next->setObjectName(QStringLiteral("next_lesson"));
    m_next->setFocusPolicy(Qt::TabFocus);
    auto* close = make_close_button(tr("Close these notes"), this);
    row->addWidget(m_place);
    row->addWidget(m_words, 1);
    row->addWidget(m_next);
    row->addWidget(close);
    connect(m_next, &QPushButton::clicked, this, &NotesBanner::nextRequested);
    connect(close, &QPushButton::clicked, this, &NotesBanner::closed);
    hide();
}

void NotesBanner::show(const QString& place, const ShownNotes& notes, const QString& next) {
    m_place->setText(place);
    m_place->setVisible(!place.isEmpty());
    m_words->show(notes);
    m_nextTitle = next;
    m_next->setAccessibleName(tr("Next: %1").arg(next));
    m_next->setToolTip(next);
    m_next->setVisible(!next.isEmpty());
    setVisible(!notes.text.isEmpty() || !next.isEmpty());
    fit();
}

bool NotesBanner::event(QEvent* event) {
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) fit();
    return handled;
}

void NotesBanner::fit() {
    const bool roomy = width() >= scaled(620);
    m_next->setText(roomy ? tr("Next: %1").arg(verbatim_caption(m_nextTitle)) : tr("Next"));
}

}  // namespace ui::widgets
