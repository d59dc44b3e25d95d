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

MessageBanner::MessageBanner(QWidget* parent) : QFrame(parent) {
    setProperty("banner", QStringLiteral("message"));
    setObjectName(QStringLiteral("message_banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(10);
    m_sign = make_label(QStringLiteral("▲"), TextRole::problem, this);
    m_sign->setWordWrap(false);
    m_text = make_label(QString(), TextRole::problem, this);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long word may be cut
    m_other = new QPushButton(this);
    m_other->setObjectName(QStringLiteral("other_reading"));
    m_other->setFocusPolicy(Qt::TabFocus);
    auto* close = make_close_button(tr("Close this message"), this);
    row->addWidget(m_sign);
    row->addWidget(m_text, 1);
    row->addWidget(m_other);
    row->addWidget(close);
    connect(m_other, &QPushButton::clicked, this, &MessageBanner::otherTaken);
    connect(close, &QPushButton::clicked, this, [this] {
        m_message = {};
        hide();
        emit closed();
    });
    hide();
}

void MessageBanner::show(const Message& message) {
    if (message == m_message) return;
    m_message = message;
    const QString& sentence = message.sentence;
    m_sign->setVisible(message.problem);
    m_text->setText(sentence);
    m_other->setText(message.other);
    m_other->setVisible(!message.other.isEmpty());
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    if (sentence.isEmpty()) return;
    place(m_inside);
    raise();
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

QString MessageBanner::sentence() const { return isHidden() ? QString() : m_text->text(); }

void MessageBanner::place(const QRect& inside) {
    m_inside = inside;
    const int margin = scaled(10);
    const int widest = inside.width() - 2 * margin;
    if (isHidden() || widest <= 0) return;
    // A short sentence makes a small frame. The sentence itself asks for no width.
    layout()->activate();
    const int beside = layout()->minimumSize().width();
    const int words = m_text->fontMetrics().horizontalAdvance(m_text->text()) + scaled(8);
    const int wide = std::min(widest, beside + words);
    const int high = layout()->heightForWidth(wide);
    setGeometry(inside.center().x() - wide / 2, inside.bottom() - margin - high + 1, wide, high);
}

NotesBanner::NotesBanner(QWidget* parent) : QFrame(parent) {
    setProperty("banner", QStringLiteral("notes"));
    setObjectName(QStringLiteral("notes_banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(26, 8, 12, 8);
    row->setSpacing(12);
    m_place = make_label(QString(), TextRole::value, this);
    m_place->setObjectName(QStringLiteral("lesson_place"));
    m_words = new NotesText(this);
    const auto button = [this](const char* name) {
        auto* made = new QPushButton(this);
        made->setObjectName(QString::fromLatin1(name));
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    m_back = button("previous_lesson");
    m_back->setText(tr("Back"));
    m_next = button("next_lesson");
    auto* close = make_close_button(tr("Close these notes"), this);
    row->addWidget(m_place);
    row->addWidget(m_words, 1);
    m_course = new QHBoxLayout;
    m_course->setSpacing(8);
    m_course->addWidget(m_back);
    m_course->addWidget(m_next);
    // However many lines the notes have: the buttons stay where they are.
    row->addLayout(m_course);
    row->setAlignment(m_course, Qt::AlignBottom);
    row->addWidget(close, 0, Qt::AlignBottom);
    connect(m_back, &QPushButton::clicked, this, &NotesBanner::backRequested);
    connect(m_next, &QPushButton::clicked, this, &NotesBanner::nextRequested);
    connect(close, &QPushButton::clicked, this, &NotesBanner::closed);
    // Wide buttons do not keep the window wide: they become short (fit).
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    hide();
}

void NotesBanner::show(const QString& place, const ShownNotes& notes, const QString& back,
                       const QString& next) {
    m_place->setText(place);
    m_words->show(notes);
    m_back->setAccessibleName(tr("Back: %1").arg(back));
    m_back->setToolTip(back);
    // In the first and the last one, too: neither moves under the mouse.
    m_goesOn = !back.isEmpty() || !next.isEmpty();
    m_next->setVisible(m_goesOn);
    m_back->setEnabled(!back.isEmpty());
    m_next->setEnabled(!next.isEmpty());
    m_nextTitle = next;
    m_next->setAccessibleName(tr("Next: %1").arg(next));
    m_next->setToolTip(next);
    setVisible(!notes.text.isEmpty() || m_goesOn);
    fit();
}

bool NotesBanner::event(QEvent* event) {
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) {
        fit();
        layout()->activate();  // not some time later, with buttons over the rim until then
    }
    return handled;
}

/// First it gives up the name of the next lesson, then where this one stands, at last the way back.
void NotesBanner::fit() {
    const bool roomy = width() >= scaled(620);
    // As wide for every title.
    const int width = roomy ? scaled(200) : m_back->sizeHint().width();
    const QString title =
        m_next->fontMetrics().elidedText(m_nextTitle, Qt::ElideRight, width - scaled(76));
    m_next->setText(roomy && !title.isEmpty() ? tr("Next: %1").arg(verbatim_caption(title))
                                              : tr("Next"));
    m_next->setFixedWidth(width);
    const auto with_gap = [](const QWidget* part, const QLayout* row) {
        return part->sizeHint().width() + row->spacing();
    };
    const int place = with_gap(m_place, layout());
    const int back = with_gap(m_back, m_course);
    const int others = layout()->totalMinimumSize().width() - (m_place->isHidden() ? 0 : place) -
                       (m_back->isHidden() ? 0 : back);
    m_back->setVisible(m_goesOn && this->width() >= others + back);
    m_place->setVisible(!m_place->text().isEmpty() && this->width() >= others + back + place);
}

}  // namespace ui::widgets
