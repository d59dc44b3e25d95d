// SPDX-License-Identifier: MIT
// A canvas on the screen, with mouse, wheel and keyboard to work it.
#pragma once

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "tests/support/hand_diagram.h"

namespace support {

using diagram::CellRef;
using ui::widgets::Canvas;
using MaybeCell = std::optional<CellRef>;

inline void turn_wheel(QWidget* widget, QPoint at, int notches, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

/// Press, glide over the points, release.
inline void drag(QWidget* widget, const QList<QPoint>& points, Qt::KeyboardModifiers modifiers = {},
                 Qt::MouseButton button = Qt::LeftButton) {
    QTest::mousePress(widget, button, modifiers, points.first());
    for (const QPoint& point : points) {
        QMouseEvent move(QEvent::MouseMove, point, widget->mapToGlobal(QPointF(point)),
                         Qt::NoButton, button, modifiers);
        QApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, button, modifiers, points.last());
}

inline QLineEdit* editor_of(Canvas& canvas) {
    auto* editor = canvas.findChild<QLineEdit*>();
    return editor && editor->isVisible() ? editor : nullptr;
}

inline MaybeCell last_cell(const QSignalSpy& spy) { return spy.last().first().value<MaybeCell>(); }

/// Shown, active, with the keyboard in a cell.
struct OpenDesk : Desk {
    using Desk::Desk;
    void open(MaybeCell cell = std::nullopt) {
        canvas.show();
        canvas.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&canvas));
        canvas.setFocus();
        canvas.setCurrentCell(cell);
    }
    void type(const char* text) {  // the first letter may move the focus into an editor
        for (; *text; ++text) QTest::keyClick(QApplication::focusWidget(), *text);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    QString now() const { return numbers(input); }
    CellRef current() const { return canvas.currentCell().value_or(CellRef{}); }
};

inline QString text(const char* utf8) { return QString::fromUtf8(utf8); }

}  // namespace support
