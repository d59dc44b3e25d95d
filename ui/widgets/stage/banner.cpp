// SPDX-License-Identifier: MIT
// Frames with a wrapping sentence and a way to close them.
#include "ui/widgets/stage/banner.h"

#include <algorithm>
#include <array>

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
    m_again = button("course_again");
    m_again->setText(tr("Start over"));
    m_again->setToolTip(tr("The course from its first step on"));
    m_puzzle = button("course_puzzle");
    m_puzzle->setText(tr("Readers’ puzzle"));
    m_puzzle->setToolTip(tr("Four numbers and a kernel of your own"));
    m_shape = button("course_shape");
    m_shape->setText(tr("Shape"));
    m_shape->setToolTip(tr("Which size comes of a layer, and which layers lead to a size"));
    auto* close = make_close_button(tr("Close these notes"), this);
    row->addWidget(m_place);
    row->addWidget(m_words, 1);
    m_course = new QHBoxLayout;
    m_course->setSpacing(8);
    m_course->addWidget(m_back);
    m_course->addWidget(m_next);
    for (QPushButton* ending : {m_shape, m_puzzle, m_again}) {
        m_course->addWidget(ending);
        ending->hide();
    }
    // However many lines the notes have: the buttons stay where they are.
    row->addLayout(m_course);
    row->setAlignment(m_course, Qt::AlignBottom);
    row->addWidget(close, 0, Qt::AlignBottom);
    connect(m_back, &QPushButton::clicked, this, &NotesBanner::backRequested);
    connect(m_next, &QPushButton::clicked, this, [this] {
        switch (m_way.ahead) {
            case Way::Ahead::phases:
                return emit continueRequested();
            case Way::Ahead::ending:
                return emit endRequested();
            default:
                return emit nextRequested();
        }
    });
    connect(m_again, &QPushButton::clicked, this, &NotesBanner::courseRequested);
    connect(m_puzzle, &QPushButton::clicked, this, &NotesBanner::puzzleRequested);
    connect(m_shape, &QPushButton::clicked, this, &NotesBanner::shapeRequested);
    connect(close, &QPushButton::clicked, this, &NotesBanner::closed);
    // Wide buttons do not keep the window wide: they become short (fit).
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    hide();
}

void NotesBanner::show(const ShownNotes& notes, const Way& way) {
    using Ahead = Way::Ahead;
    m_way = way;
    m_place->setText(way.place);
    m_words->show(notes);
    const QString back = way.ahead == Ahead::nothing ? tr("The last step again") : way.back;
    m_back->setAccessibleName(tr("Back: %1").arg(back));
    m_back->setToolTip(back);
    // In the first and the last one, too: neither moves under the mouse.
    m_goesOn = !way.back.isEmpty() || !way.next.isEmpty() || way.ahead != Ahead::lesson;
    m_next->setVisible(m_goesOn && way.ahead != Ahead::nothing);
    m_back->setEnabled(!back.isEmpty());
    m_next->setEnabled(!way.next.isEmpty() || way.ahead != Ahead::lesson);
    m_next->setAccessibleName(way.ahead == Ahead::phases   ? tr("Continue: play the next phase")
                              : way.ahead == Ahead::ending ? tr("Finish the course")
                                                           : tr("Next: %1").arg(way.next));
    m_next->setToolTip(way.ahead == Ahead::phases ? tr("Play on: the next phase") : way.next);
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

/// First it gives up the name of the next lesson, then where this one stands, at last the way back
/// and all but one of the ways on.
void NotesBanner::fit() {
    const bool roomy = width() >= scaled(620);
    // As wide for every title and every word.
    const QFontMetrics metrics = m_next->fontMetrics();
    int longest = 0;
    for (const QString& word : {m_back->text(), tr("Next"), tr("Continue"), tr("Finish")})
        longest = std::max(longest, metrics.horizontalAdvance(word));
    const int wide =
        roomy ? scaled(200)
              : m_back->sizeHint().width() + longest - metrics.horizontalAdvance(m_back->text());
    const QString title = metrics.elidedText(m_way.next, Qt::ElideRight, wide - scaled(76));
    m_next->setText(m_way.ahead == Way::Ahead::phases   ? tr("Continue")
                    : m_way.ahead == Way::Ahead::ending ? tr("Finish")
                    : roomy && !title.isEmpty() ? tr("Next: %1").arg(verbatim_caption(title))
                                                : tr("Next"));
    m_next->setFixedWidth(wide);
    const bool ended = m_way.ahead == Way::Ahead::nothing;
    m_again->setVisible(ended);
    int left = width() - layout()->totalMinimumSize().width();
    struct Part {
        QWidget* widget;
        const QLayout* row;
        bool wanted;
    };
    // What is kept longest first.
    const std::array parts{Part{m_back, m_course, m_goesOn}, Part{m_puzzle, m_course, ended},
                           Part{m_shape, m_course, ended},
                           Part{m_place, layout(), !m_place->text().isEmpty()}};
    const auto needs = [](const Part& part) {
        return part.widget->sizeHint().width() + part.row->spacing();
    };
    for (const Part& part : parts)
        if (!part.widget->isHidden()) left += needs(part);
    bool fits = true;
    for (const Part& part : parts) {
        if (part.wanted) left -= needs(part);
        fits = fits && left >= 0;
        part.widget->setVisible(part.wanted && fits);
    }
}

}  // namespace ui::widgets
