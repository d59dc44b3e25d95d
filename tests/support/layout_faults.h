// SPDX-License-Identifier: MIT
// What is cut off or covered in a window, in words.
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QMenuBar>
#include <QScrollArea>

#include "tests/support/open_window.h"

namespace support {

/// What a person reads or presses.
inline bool is_leaf(const QWidget* widget) {
    return qobject_cast<const QLabel*>(widget) || qobject_cast<const QAbstractButton*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QMenuBar*>(widget);
}

inline QString name_of(const QWidget* widget) {
    QString words =
        QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        words += text(" “") + label->text() + text("”");
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        words += text(" “") + button->text() + text("”");
    return words;
}

/// Everything that is cut off or lies over something else, in words.
inline QStringList layout_faults(const QWidget& window) {
    QStringList faults;
    std::vector<const QWidget*> leaves;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window) || !is_leaf(widget)) continue;
        if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) continue;
        if (qobject_cast<const Canvas*>(widget->parentWidget())) continue;
        leaves.push_back(widget);
    }
    for (const QWidget* leaf : leaves) {
        // Cut by an ancestor: only what scrolls may be, and only along the way it scrolls.
        bool scrolls = false;
        for (const QWidget* above = leaf->parentWidget(); above != nullptr && above != &window;
             above = above->parentWidget()) {
            const QRect place(leaf->mapTo(above, QPoint(0, 0)), leaf->size());
            scrolls = scrolls || qobject_cast<const QScrollArea*>(above->parentWidget());
            if (place.left() < 0 || place.right() > above->width() - 1)
                faults << name_of(leaf) + text(" is cut at its side by ") + name_of(above);
            if (!scrolls && (place.top() < 0 || place.bottom() > above->height() - 1))
                faults << name_of(leaf) + text(" is cut above or below by ") + name_of(above);
        }
        // Cut by itself: its words need more than it has.
        QSize needed = leaf->minimumSizeHint();
        if (const auto* label = qobject_cast<const QLabel*>(leaf)) {
            if (label->wordWrap() || label->hasHeightForWidth())
                needed = {0, label->heightForWidth(label->width())};
            else
                needed = label->sizeHint();
        }
        if (qobject_cast<const QPushButton*>(leaf)) needed = leaf->sizeHint();
        if (const auto* bar = qobject_cast<const QMenuBar*>(leaf)) needed = bar->sizeHint();
        if (leaf->width() < needed.width() - 1 || leaf->height() < needed.height() - 1)
            faults << name_of(leaf) + QStringLiteral(" needs %1 x %2 and has %3 x %4")
                                          .arg(needed.width())
                                          .arg(needed.height())
                                          .arg(leaf->width())
                                          .arg(leaf->height());
    }
    const auto on_screen = [&](const QWidget* leaf) {
        QRect place(leaf->mapTo(&window, QPoint(0, 0)), leaf->size());
        for (const QWidget* above = leaf->parentWidget(); above != nullptr && above != &window;
             above = above->parentWidget())
            place &= QRect(above->mapTo(&window, QPoint(0, 0)), above->size());
        return place;
    };
    for (std::size_t i = 0; i < leaves.size(); ++i)
        for (std::size_t j = i + 1; j < leaves.size(); ++j) {
            if (leaves[i]->isAncestorOf(leaves[j]) || leaves[j]->isAncestorOf(leaves[i])) continue;
            const QRect common = on_screen(leaves[i]) & on_screen(leaves[j]);
            if (common.width() > 1 && common.height() > 1)
                faults << name_of(leaves[i]) + text(" lies over ") + name_of(leaves[j]);
        }
    return faults;
}

}  // namespace support
