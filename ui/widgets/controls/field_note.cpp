// SPDX-License-Identifier: MIT
#include "ui/widgets/controls/field_note.h"

#include <algorithm>
#include <utility>

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {

constexpr int shown_ms = 12'000;  ///< long enough to be read twice

FieldNote* note_of(const QWidget* field) {
    return field->window()->findChild<FieldNote*>(QStringLiteral("field_note"),
                                                  Qt::FindDirectChildrenOnly);
}

}  // namespace

FieldNote::FieldNote(QWidget* window) : QFrame(window) {
    setObjectName(QStringLiteral("field_note"));
    setProperty("banner", QStringLiteral("message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(8);
    m_sign = make_label(QStringLiteral("▲"), TextRole::problem, this);
    m_sign->setWordWrap(false);
    m_text = make_label(QString(), TextRole::problem, this);
    m_other = new QPushButton(this);
    m_other->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_other);
    connect(m_other, &QPushButton::clicked, this, [this] {
        const auto take = std::exchange(m_take, {});
        hide();
        if (take) take();
    });
    m_while.setSingleShot(true);
    m_while.setInterval(shown_ms);
    connect(&m_while, &QTimer::timeout, this, &QWidget::hide);
    window->installEventFilter(this);
    hide();
}

void FieldNote::say(QWidget* field, const QString& sentence, bool problem, const QString& other,
                    std::function<void()> take) {
    FieldNote* note = note_of(field);
    if (note == nullptr) note = new FieldNote(field->window());
    if (note->m_field != nullptr) note->m_field->removeEventFilter(note);
    note->m_field = field;
    field->installEventFilter(note);
    note->m_sign->setVisible(problem);
    note->m_text->setText(sentence);
    note->m_other->setText(other);
    note->m_other->setVisible(!other.isEmpty());
    note->m_take = std::move(take);
    note->setAccessibleName(sentence);
    note->show();
    note->place();
    note->raise();
    note->m_while.start();
    QAccessibleEvent alert(note, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void FieldNote::unsay(const QWidget* field) {
    FieldNote* note = note_of(field);
    if (note != nullptr) note->hide();
}

QString FieldNote::sentence() const { return isHidden() ? QString() : m_text->text(); }

bool FieldNote::eventFilter(QObject* watched, QEvent* event) {
    const bool gone = event->type() == QEvent::Hide || event->type() == QEvent::Move;
    if ((watched == m_field && gone) || (watched == parent() && event->type() == QEvent::Resize))
        hide();
    return false;
}

void FieldNote::place() {
    const QWidget* window = parentWidget();
    const QRect field(m_field->mapTo(window, QPoint(0, 0)), m_field->size());
    const int widest = std::min(window->width() - scaled(16), scaled(300));
    const int words = m_text->fontMetrics().horizontalAdvance(m_text->text()) + scaled(4);
    layout()->activate();
    const int beside = sizeHint().width() - m_text->sizeHint().width();
    const int wide = std::min(widest, words + beside);
    const int high = std::max(layout()->heightForWidth(wide), layout()->minimumSize().height());
    const int left = std::clamp(isRightToLeft() ? field.right() - wide : field.left(), scaled(8),
                                std::max(scaled(8), window->width() - scaled(8) - wide));
    const int below = field.bottom() + scaled(5);
    const int above = field.top() - scaled(4) - high;
    setGeometry(left, below + high <= window->height() || above < 0 ? below : above, wide, high);
}

}  // namespace ui::widgets
