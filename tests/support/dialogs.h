// SPDX-License-Identifier: MIT
// Windows over the window: found, and questions answered before they are asked.
#pragma once

#include <QDialog>
#include <QMessageBox>
#include <QTimer>

#include "tests/support/open_window.h"

namespace support {

inline QDialog* dialog(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String(name) && widget->isVisible())
            return qobject_cast<QDialog*>(widget);
    return nullptr;
}

/// Presses a button of the question that is about to be asked. None of them has an icon.
inline void answer_with(const char* button, bool* asked) {
    QTimer::singleShot(0, qApp, [words = text(button), asked] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr) return;
        *asked = true;
        for (QAbstractButton* one : question->buttons()) QVERIFY(one->icon().isNull());
        for (QAbstractButton* one : question->buttons())
            if (one->text().remove(u'&') == words) return QTest::mouseClick(one, Qt::LeftButton);
        QFAIL(qPrintable(text("no button says ") + words));
    });
}
inline void answer_unsaved(QMessageBox::StandardButton answer, bool* asked) {
    answer_with(answer == QMessageBox::Save      ? "Save"
                : answer == QMessageBox::Discard ? "Discard"
                                                 : "Cancel",
                asked);
}

}  // namespace support
