// SPDX-License-Identifier: MIT
#include "ui/widgets/controls/key_list.h"

#include <algorithm>

#include <QKeyEvent>

namespace ui::widgets {

namespace {

/// Where a key leads from one of `count` places; -1: nowhere.
qsizetype led_to(const QKeyEvent& event, qsizetype from, qsizetype count) {
    if (event.modifiers() != Qt::NoModifier && event.modifiers() != Qt::KeypadModifier) return -1;
    switch (event.key()) {
        case Qt::Key_Up:
            return std::max<qsizetype>(from - 1, 0);
        case Qt::Key_Down:
            return std::min(from + 1, count - 1);
        case Qt::Key_Home:
            return 0;
        case Qt::Key_End:
            return count - 1;
        default:
            return -1;
    }
}

}  // namespace

KeyList::KeyList(QObject* parent) : QObject(parent) {}

void KeyList::setItems(const QList<QWidget*>& items) {
    for (QWidget* item : m_items)
        if (!items.contains(item)) item->removeEventFilter(this);
    for (QWidget* item : items)
        if (!m_items.contains(item)) item->installEventFilter(this);
    m_items = items;
    const bool stays = m_current && m_items.contains(m_current);
    setCurrent(stays ? m_current.data() : m_items.value(0));
}

void KeyList::setCurrent(QWidget* item) {
    for (QWidget* one : m_items) one->setFocusPolicy(one == item ? Qt::TabFocus : Qt::NoFocus);
    if (item == m_current) return;
    m_current = item;
    emit currentChanged(item);
}

bool KeyList::eventFilter(QObject* watched, QEvent* event) {
    auto* item = qobject_cast<QWidget*>(watched);
    const qsizetype here = m_items.indexOf(item);
    if (here < 0) return false;
    if (event->type() == QEvent::FocusIn) setCurrent(item);
    const bool asks = event->type() == QEvent::ShortcutOverride;
    if (!asks && event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const qsizetype to = led_to(*key, here, m_items.size());
    if (to < 0) return false;
    if (asks)
        event->accept();
    else if (to != here)
        m_items[to]->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace ui::widgets
