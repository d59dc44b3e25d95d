// SPDX-License-Identifier: MIT
// The canvas by real mouse, wheel and keyboard events, on a picture made by hand.
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "tests/support/hand_diagram.h"
#include "ui/widgets/diagram_difference.h"
#include "ui/widgets/viewport.h"

using namespace support;
using diagram::CellRef;
using ui::widgets::Canvas;
using ui::widgets::CellEdits;
using ui::widgets::Viewport;
using MaybeCell = std::optional<CellRef>;

Q_DECLARE_METATYPE(Qt::KeyboardModifiers)

namespace {

void turn_wheel(QWidget* widget, QPoint at, int notches, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
}

/// Press, glide over the points, release.
void drag(QWidget* widget, const QList<QPoint>& points, Qt::KeyboardModifiers modifiers = {},
          Qt::MouseButton button = Qt::LeftButton) {
    QTest::mousePress(widget, button, modifiers, points.first());
    for (const QPoint& point : points) {
        QMouseEvent move(QEvent::MouseMove, point, widget->mapToGlobal(QPointF(point)),
                         Qt::NoButton, button, modifiers);
        QApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, button, modifiers, points.last());
}

QLineEdit* editor_of(Canvas& canvas) {
    auto* editor = canvas.findChild<QLineEdit*>();
    return editor && editor->isVisible() ? editor : nullptr;
}

MaybeCell last_cell(const QSignalSpy& spy) { return spy.last().first().value<MaybeCell>(); }

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

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

}  // namespace

class TestCanvas : public QObject {
    Q_OBJECT
private slots:
    // Typing

    void typingReplacesAndEnterMovesDown() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("7");
        QVERIFY(editor_of(desk.canvas));
        QCOMPARE(desk.now(), text("1 2 / 3 4"));  // nothing before Enter
        desk.type(".5");
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.now(), text("7.5 2 / 3 4"));
        QVERIFY(!editor_of(desk.canvas));
        QCOMPARE(desk.current(), (CellRef{input, 1, 0}));
        QCOMPARE(desk.ended, 1);
        QVERIFY(desk.canvas.hasFocus());
    }

    void fourNumbersByTab() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        for (const char* number : {"10", "20", "30"}) {
            desk.type(number);
            desk.key(Qt::Key_Tab);
        }
        desk.type("40");
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.now(), text("10 20 / 30 40"));
        QCOMPARE(desk.gestures.size(), 4);
        QCOMPARE(QSet<QString>(desk.gestures.begin(), desk.gestures.end()).size(), 4);
    }

    void numbersMayBeNegative_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown");
        QTest::newRow("hyphen") << text("-2") << text("−2");
        QTest::newRow("minus") << text("−2") << text("−2");
        QTest::newRow("plus") << text("+2.5") << text("2.5");
        QTest::newRow("point") << text(".25") << text("0.25");
        QTest::newRow("power") << text("1e-5") << text("1e−5");
    }
    void numbersMayBeNegative() {
        QFETCH(QString, typed);
        QFETCH(QString, shown);
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        // keyClicks knows Latin letters only
        for (const QChar letter : typed) {
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, letter);
            QApplication::sendEvent(QApplication::focusWidget(), &press);
        }
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.now(), shown + text(" 2 / 3 4"));
    }

    void badTextStaysAndSaysSo() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("1..2");
        desk.key(Qt::Key_Return);
        QLineEdit* editor = editor_of(desk.canvas);
        QVERIFY(editor);
        QCOMPARE(editor->text(), text("1..2"));
        QVERIFY(desk.gestures.isEmpty());
        const auto* words = desk.canvas.findChild<QLabel*>();
        QVERIFY(words->isVisible());
        QVERIFY(words->text().startsWith(text("▲")));
        QVERIFY(words->text().contains(text("1..2")));
        QVERIFY(!words->geometry().intersects(editor->geometry()));
        QVERIFY(desk.canvas.rect().contains(words->geometry()));

        desk.key(Qt::Key_Tab);  // nor does leaving it by Tab lose it
        QCOMPARE(editor_of(desk.canvas), editor);
        desk.key(Qt::Key_Backspace);
        QVERIFY(!words->isVisible());
        desk.key(Qt::Key_Escape);
        QVERIFY(!editor_of(desk.canvas));
        QCOMPARE(desk.now(), text("1 2 / 3 4"));
        QCOMPARE(desk.current(), (CellRef{input, 0, 0}));
    }

    void infinityIsNoNumber() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("1e99");
        desk.key(Qt::Key_Return);
        QVERIFY(editor_of(desk.canvas));
        QVERIFY(desk.gestures.isEmpty());
    }

    void enterAndF2OpenTheNumberWithAllItsDigits() {
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_F2}) {
            OpenDesk desk;
            desk.open(CellRef{input, 0, 0});
            desk.set(input, {0, 0, 0.123456F});
            desk.canvas.show(desk.picture, {});
            desk.key(key);
            QCOMPARE(editor_of(desk.canvas)->text(), text("0.123456"));
            desk.key(Qt::Key_Left);  // moves inside the text
            QVERIFY(editor_of(desk.canvas));
            desk.key(Qt::Key_Return);
            QVERIFY(desk.gestures.isEmpty());  // the same number is no edit
        }
    }

    void arrowsWhileTypingMoveOn() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("5");
        desk.key(Qt::Key_Right);
        desk.type("6");
        desk.key(Qt::Key_Down);
        QCOMPARE(desk.now(), text("5 6 / 3 4"));
        QCOMPARE(desk.current(), (CellRef{input, 1, 1}));
    }

    void leavingTheFieldCommits() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("9");
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 1, 1));
        QCOMPARE(desk.now(), text("9 2 / 3 4"));
        QCOMPARE(desk.current(), (CellRef{input, 1, 1}));
    }

    void doubleClickEdits() {
        OpenDesk desk;
        desk.open();
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 1, 0));
        QTest::mouseDClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 1, 0));
        QCOMPARE(editor_of(desk.canvas)->text(), text("3"));
        QCOMPARE(editor_of(desk.canvas)->selectedText(), text("3"));
    }

    void anEditorSurvivesANewPictureButNotTheLossOfItsCell() {
        OpenDesk desk;
        desk.open(CellRef{input, 1, 1});
        desk.type("8");
        desk.picture.title = text("another step");
        desk.canvas.show(desk.picture, {});
        QCOMPARE(editor_of(desk.canvas)->text(), text("8"));
        diagram::Diagram smaller;
        smaller.size = desk.picture.size;
        add_grid(smaller, input, text("input"), {40, 40}, 40, true, {{text("1")}});
        desk.canvas.show(smaller, {});
        QVERIFY(!editor_of(desk.canvas));
        QCOMPARE(desk.canvas.currentCell(), (MaybeCell{CellRef{input, 0, 0}}));
    }

    // Moving

    void arrowsHomeAndEnd() {
        OpenDesk desk;
        desk.open(CellRef{output, 1, 1});
        const auto goes = [&desk](Qt::Key key, Qt::KeyboardModifiers modifiers, int row,
                                  int column) {
            desk.key(key, modifiers);
            QCOMPARE(desk.current(), (CellRef{output, row, column}));
        };
        goes(Qt::Key_Right, {}, 1, 2);
        goes(Qt::Key_Right, {}, 1, 2);
        goes(Qt::Key_Up, {}, 0, 2);
        goes(Qt::Key_Home, {}, 0, 0);
        goes(Qt::Key_Down, {}, 1, 0);
        goes(Qt::Key_End, {}, 1, 2);
        goes(Qt::Key_Home, Qt::ControlModifier, 0, 0);
        goes(Qt::Key_End, Qt::ControlModifier, 2, 2);
        goes(Qt::Key_Left, {}, 2, 1);
    }

    void theKeyboardLightsWhatThePointerWould() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        QSignalSpy hovered(&desk.canvas, &Canvas::cellHovered);
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        desk.key(Qt::Key_Right);
        QCOMPARE(last_cell(hovered), (MaybeCell{CellRef{input, 0, 1}}));
        desk.key(Qt::Key_Space);
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{input, 0, 1}}));
    }

    void tabGoesThroughEditableGridsOnceIntoOthersAndOut() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        Desk desk;
        layout->addWidget(&desk.canvas);
        auto* after = new QLineEdit;
        layout->addWidget(after);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        desk.canvas.setFocus(Qt::TabFocusReason);
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());  // the stage

        QList<MaybeCell> seen;
        const auto tab = [&](Qt::Key key) {
            QTest::keyClick(QApplication::focusWidget(), key);
            return desk.canvas.currentCell();
        };
        const std::vector<CellRef> way{{input, 0, 0},  {input, 0, 1},  {input, 1, 0}, {input, 1, 1},
                                       {kernel, 0, 0}, {kernel, 0, 1}, {output, 0, 0}};
        for (const CellRef& cell : way) QCOMPARE(tab(Qt::Key_Tab), MaybeCell{cell});
        tab(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), after);
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());

        desk.canvas.setFocus(Qt::OtherFocusReason);
        desk.canvas.setCurrentCell(way.back());
        for (auto cell = way.rbegin() + 1; cell != way.rend(); ++cell)
            QCOMPARE(tab(Qt::Key_Backtab), MaybeCell{*cell});
        QCOMPARE(tab(Qt::Key_Backtab), MaybeCell());
        QVERIFY(desk.canvas.hasFocus());
        layout->removeWidget(&desk.canvas);
        desk.canvas.setParent(nullptr);
    }

    void escReturnsToTheStageAndTabGoesOnFromThere() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 1});
        desk.key(Qt::Key_Escape);
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());
        QVERIFY(desk.canvas.hasFocus());
        desk.key(Qt::Key_Return);  // back to where one was
        QCOMPARE(desk.current(), (CellRef{input, 0, 1}));
        desk.key(Qt::Key_Escape);
        desk.key(Qt::Key_Tab);  // or on to the next grid
        QCOMPARE(desk.current(), (CellRef{kernel, 0, 0}));
    }

    void aGridShownTwiceIsOneGridEditedWhereItWasTouched() {
        diagram::Diagram picture = tutorial_diagram();
        add_grid(picture, input, text("input"), {300, 200}, 50, true,
                 {{text("1"), text("2")}, {text("3"), text("4")}});
        OpenDesk desk(picture);
        desk.open();
        QTest::mouseDClick(&desk.canvas, Qt::LeftButton, {}, QPoint(375, 225));
        QVERIFY(editor_of(desk.canvas));
        QVERIFY(editor_of(desk.canvas)->geometry().contains(QPoint(375, 225)));
        desk.type("8");
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.current(), (CellRef{input, 1, 1}));
        QVERIFY(desk.canvas.cellRectOnScreen(desk.current()).contains(QPointF(375, 275)));
        desk.key(Qt::Key_Tab);  // the copy is no grid of its own
        QCOMPARE(desk.current(), (CellRef{kernel, 0, 0}));
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, QPoint(60, 60));
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}), QRectF(40, 40, 40, 40));
    }

    void onTheStageKeysAreLeftToTheWindow() {
        OpenDesk desk;
        desk.open();
        for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home,
                                  Qt::Key_Escape, Qt::Key_PageDown, Qt::Key_Plus}) {
            QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
            QApplication::sendEvent(&desk.canvas, &press);
            QVERIFY(!press.isAccepted());
            QKeyEvent override(QEvent::ShortcutOverride, key, Qt::NoModifier);
            override.ignore();
            QApplication::sendEvent(&desk.canvas, &override);
            QVERIFY(!override.isAccepted());
        }
    }

    void inAGridTheWindowsShortcutsWait() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        const auto claimed = [&desk](Qt::Key key, Qt::KeyboardModifiers modifiers, QString typed) {
            QKeyEvent event(QEvent::ShortcutOverride, key, modifiers, typed);
            event.ignore();
            QApplication::sendEvent(&desk.canvas, &event);
            return event.isAccepted();
        };
        QVERIFY(claimed(Qt::Key_Left, {}, {}));
        QVERIFY(claimed(Qt::Key_Space, {}, text(" ")));
        QVERIFY(claimed(Qt::Key_Plus, {}, text("+")));
        QVERIFY(claimed(Qt::Key_Home, {}, {}));
        QVERIFY(!claimed(Qt::Key_Left, Qt::AltModifier, {}));  // steps from anywhere
        QVERIFY(!claimed(Qt::Key_PageDown, {}, {}));           // so does a clicker
        QVERIFY(!claimed(Qt::Key_Z, Qt::ControlModifier, {}));
    }

    void computedGridsCannotBeEdited() {
        OpenDesk desk;
        desk.open(CellRef{output, 0, 0});
        QSignalSpy edits(&desk.canvas, &Canvas::cellsEdited);
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        desk.type("5");
        desk.key(Qt::Key_Delete);
        desk.key(Qt::Key_F2);
        QVERIFY(!editor_of(desk.canvas));
        QCOMPARE(edits.count(), 0);
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{output, 0, 0}}));
    }

    // Several cells

    void deleteClearsTheCellOrTheSelection() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 1});
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.now(), text("1 0 / 3 4"));
        desk.key(Qt::Key_Down, Qt::ShiftModifier);
        desk.key(Qt::Key_Backspace);
        QCOMPARE(desk.now(), text("1 0 / 3 0"));
        QCOMPARE(desk.ended, 2);
        desk.key(Qt::Key_A, Qt::ControlModifier);
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.now(), text("0 0 / 0 0"));
        QCOMPARE(desk.gestures.size(), 3);
    }

    void aDragCarriesTheNumberItStartsOn() {
        OpenDesk desk;
        desk.open();
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        QSignalSpy brush(&desk.canvas, &Canvas::brushChanged);
        drag(&desk.canvas, {desk.at(input, 1, 0), desk.at(input, 0, 0), desk.at(input, 0, 1)});
        QCOMPARE(desk.now(), text("3 3 / 3 4"));
        QCOMPARE(desk.gestures.size(), 2);
        QCOMPARE(desk.gestures.first(), desk.gestures.last());
        QCOMPARE(desk.ended, 1);
        QCOMPARE(pinned.count(), 0);
        QCOMPARE(brush.last().first().toFloat(), 3.0F);
        QCOMPARE(desk.current(), (CellRef{input, 0, 1}));
    }

    void onABlankGridADragDrawsWithTheBrush() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.key(Qt::Key_A, Qt::ControlModifier);
        desk.key(Qt::Key_Delete);
        desk.canvas.setBrush(5);
        drag(&desk.canvas, {desk.at(input, 0, 0), desk.at(input, 0, 1)});
        QCOMPARE(desk.now(), text("5 5 / 0 0"));
    }

    void aClearedCellBeginsAnEraser() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.key(Qt::Key_Delete);
        drag(&desk.canvas, {desk.at(input, 0, 0), desk.at(input, 1, 0), desk.at(input, 1, 1)});
        QCOMPARE(desk.now(), text("0 2 / 0 0"));
    }

    void theNumberTypedLastIsTheBrush() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.type("12");
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.canvas.brush(), 12.0F);
    }

    void aFastDragLeavesNoGaps() {
        diagram::Diagram picture;
        picture.size = {600, 400};
        std::vector<std::vector<QString>> zeros(8, std::vector<QString>(8, text("0")));
        add_grid(picture, input, text("input"), {40, 40}, 30, true, zeros);
        OpenDesk desk(picture);
        desk.open();
        drag(&desk.canvas, {desk.at(input, 0, 0), desk.at(input, 7, 7)});
        for (int i = 0; i < 8; ++i)
            QCOMPARE(desk.picture.grids[0].values[static_cast<std::size_t>(9 * i)].text(),
                     text("1"));
        QCOMPARE(desk.now().count(u'1'), 8);
    }

    void aFastDragThroughTheEdgePaintsUpToIt() {
        diagram::Diagram picture;
        picture.size = {600, 400};
        std::vector<std::vector<QString>> zeros(4, std::vector<QString>(8, text("0")));
        add_grid(picture, input, text("input"), {40, 40}, 30, true, zeros);
        OpenDesk desk(picture);
        desk.open();
        // Out at the end of the first row, in again along the third: nothing is drawn on the way outside.
        const QPoint right(200, 0);
        drag(&desk.canvas, {desk.at(input, 0, 0), desk.at(input, 0, 7) + right,
                            desk.at(input, 2, 7) + right, desk.at(input, 2, 5)});
        const QString zero = text("0 0 0 0 0 0 0 0");
        QCOMPARE(desk.now(),
                 QStringList({text("1 1 1 1 1 1 1 1"), zero, text("0 0 0 0 0 1 1 1"), zero})
                     .join(text(" / ")));
        QCOMPARE(desk.ended, 1);
    }

    void aDragDoesNotLeaveItsGrid() {
        OpenDesk desk;
        desk.open();
        drag(&desk.canvas, {desk.at(input, 0, 1), desk.at(kernel, 0, 0), desk.at(output, 0, 0)});
        QCOMPARE(desk.now(), text("1 2 / 3 4"));
        QCOMPARE(desk.numbers(kernel), text("10 20"));
    }

    void shiftDragFillsARectangle() {
        OpenDesk desk;
        desk.open();
        drag(&desk.canvas, {desk.at(input, 1, 1), desk.at(input, 1, 0), desk.at(input, 0, 0)},
             Qt::ShiftModifier);
        QCOMPARE(desk.now(), text("4 4 / 4 4"));
        QCOMPARE(desk.gestures.size(), 1);
        QCOMPARE(desk.ended, 1);
    }

    void escGivesUpARectangle() {
        OpenDesk desk;
        desk.open();
        const auto move_to = [&desk](QPoint at) {
            QMouseEvent move(QEvent::MouseMove, at, desk.canvas.mapToGlobal(QPointF(at)),
                             Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
            QApplication::sendEvent(&desk.canvas, &move);
        };
        QTest::mousePress(&desk.canvas, Qt::LeftButton, Qt::ShiftModifier, desk.at(input, 0, 0));
        move_to(desk.at(input, 1, 1));
        desk.key(Qt::Key_Escape);
        QTest::mouseRelease(&desk.canvas, Qt::LeftButton, Qt::ShiftModifier, desk.at(input, 1, 1));
        QCOMPARE(desk.now(), text("1 2 / 3 4"));
        QCOMPARE(desk.current(), (CellRef{input, 0, 0}));  // still in the grid
    }

    void shiftClickExtendsTheSelection() {
        OpenDesk desk;
        desk.open();
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 0, 1));
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, Qt::ShiftModifier, desk.at(input, 1, 1));
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.now(), text("1 0 / 3 0"));
    }

    void theWheelNudges() {
        OpenDesk desk;
        desk.open();
        turn_wheel(&desk.canvas, desk.at(input, 0, 0), 1, Qt::ControlModifier);
        turn_wheel(&desk.canvas, desk.at(input, 0, 0), 2, Qt::ControlModifier);
        QCOMPARE(desk.now(), text("4 2 / 3 4"));
        for (int i = 0; i < 7; ++i)
            turn_wheel(&desk.canvas, desk.at(input, 0, 0), -1,
                       Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(desk.now(), text("3.3 2 / 3 4"));  // tenths stay tenths
        QCOMPARE(QSet<QString>(desk.gestures.begin(), desk.gestures.end()).size(), 1);
        QCOMPARE(desk.ended, 0);
        turn_wheel(&desk.canvas, desk.at(input, 0, 1), 1, Qt::ControlModifier);
        QCOMPARE(desk.ended, 1);  // another cell, another gesture
        QTRY_COMPARE_WITH_TIMEOUT(desk.ended, 2, 3000);
        QCOMPARE(desk.canvas.zoom(), 1.0);
    }

    // Clipboard

    void copyIsTabSeparated() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), text("1\t2\n3\t4\n"));
        desk.key(Qt::Key_Down, Qt::ShiftModifier);
        desk.canvas.copy();
        QCOMPARE(QApplication::clipboard()->text(), text("1\n3\n"));
        desk.canvas.setCurrentCell(CellRef{input, 0, 0});
        desk.canvas.copyAsList();
        QCOMPARE(QApplication::clipboard()->text().simplified(), text("[[1, 2], [3, 4]]"));
    }

    void emptyCellsAreCopiedEmpty() {
        OpenDesk desk;
        desk.open(CellRef{output, 0, 0});
        desk.canvas.copy();
        QVERIFY(QApplication::clipboard()->text().startsWith(text("10\t20\t\n0.123456\t4\t\n")));
        QApplication::clipboard()->setText(text("before"));
        desk.canvas.copyAsList();  // a list has no word for empty
        QCOMPARE(QApplication::clipboard()->text(), text("before"));
    }

    void paste_data() {
        QTest::addColumn<QString>("clipboard");
        QTest::newRow("TSV") << text("5\t6\n7\t8\n");
        QTest::newRow("nested lists") << text("[[5, 6], [7, 8]]");
        QTest::newRow("as Keras has weights") << text("[[[[5.]], [[6.]]], [[[7.]], [[8.]]]]");
    }
    void paste() {
        QFETCH(QString, clipboard);
        OpenDesk desk;
        desk.open(CellRef{input, 1, 0});
        QSignalSpy pasted(&desk.canvas, &Canvas::gridPasted);
        QApplication::clipboard()->setText(clipboard);
        desk.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(pasted.count(), 1);
        QCOMPARE(pasted.first().at(0).value<diagram::GridRef>(), input);
        QCOMPARE(pasted.first().at(1).toInt(), 1);
        QCOMPARE(pasted.first().at(2).toInt(), 0);
        const std::vector<std::vector<float>> rows{{5, 6}, {7, 8}};
        QCOMPARE(pasted.first().at(3).value<std::vector<std::vector<float>>>(), rows);
    }

    void badPastesAreRefusedInASentence() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        QSignalSpy pasted(&desk.canvas, &Canvas::gridPasted);
        QSignalSpy refused(&desk.canvas, &Canvas::pasteRefused);
        for (const char* bad : {"1\t2\n3", "hello", "[[1, 2], [3]]", ""}) {
            QApplication::clipboard()->setText(text(bad));
            refused.clear();
            desk.canvas.paste();
            QCOMPARE(refused.count(), 1);
            QVERIFY(refused.first().first().toString().size() > 10);
        }
        QApplication::clipboard()->setText(text("1"));
        desk.canvas.setCurrentCell(CellRef{output, 0, 0});
        desk.canvas.paste();
        QCOMPARE(refused.count(), 2);
        QCOMPARE(pasted.count(), 0);
    }

    // Pointer

    void hoverReportsCells() {
        OpenDesk desk;
        desk.open();
        QSignalSpy hovered(&desk.canvas, &Canvas::cellHovered);
        QTest::mouseMove(&desk.canvas, desk.at(output, 1, 1));
        QCOMPARE(last_cell(hovered), (MaybeCell{CellRef{output, 1, 1}}));
        QCOMPARE(desk.canvas.cursor().shape(), Qt::PointingHandCursor);
        QTest::mouseMove(&desk.canvas, desk.at(output, 1, 1) + QPoint(3, 3));
        QCOMPARE(hovered.count(), 1);
        QTest::mouseMove(&desk.canvas, desk.at(input, 0, 0));
        QCOMPARE(desk.canvas.cursor().shape(), Qt::CrossCursor);
        QTest::mouseMove(&desk.canvas, QPoint(5, 5));
        QCOMPARE(last_cell(hovered), MaybeCell());
        QCOMPARE(desk.canvas.cursor().shape(), Qt::ArrowCursor);
        QTest::mouseMove(&desk.canvas, desk.at(input, 0, 0));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&desk.canvas, &leave);
        QCOMPARE(last_cell(hovered), MaybeCell());
    }

    void clickPinsAndOnEditableGridsSelects() {
        OpenDesk desk;
        desk.open();
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(output, 2, 0));
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{output, 2, 0}}));
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 0, 1));
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{input, 0, 1}}));
        QCOMPARE(desk.current(), (CellRef{input, 0, 1}));
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, QPoint(5, 5));
        QCOMPARE(last_cell(pinned), MaybeCell());
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());
    }

    void toolTipsShowAllDigits() {
        OpenDesk desk;
        desk.open();
        const auto tip = [&desk](QPoint at) {
            QHelpEvent help(QEvent::ToolTip, at, desk.canvas.mapToGlobal(at));
            QApplication::sendEvent(&desk.canvas, &help);
            return QToolTip::text();
        };
        QCOMPARE(tip(desk.at(output, 1, 0)), text("output, row 1, column 0: 0.123456"));
        QCOMPARE(tip(desk.at(output, 2, 0)), text("output, row 2, column 0: zero, inserted"));
    }

    // Zoom and pan

    void roomIsTheWidget() {
        OpenDesk desk;
        QSignalSpy room(&desk.canvas, &Canvas::roomChanged);
        desk.open();
        desk.canvas.resize(800, 500);
        QTRY_COMPARE(desk.canvas.room(), QSizeF(800, 500));
        QVERIFY(room.count() > 0);
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}).size(), QSizeF(40, 40));
    }

    void keysZoomAboutTheMiddle() {
        OpenDesk desk;
        desk.open();
        desk.key(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(desk.canvas.zoom(), 1.25);
        desk.key(Qt::Key_Minus, Qt::ControlModifier);
        desk.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(desk.canvas.zoom(), 0.8);
        desk.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(desk.canvas.zoom(), 1.0);
    }

    void theWheelZoomsAboutThePointer() {
        OpenDesk desk;
        desk.open();
        const QPoint at = desk.at(output, 1, 1);
        turn_wheel(&desk.canvas, at, 5, Qt::ControlModifier);
        QVERIFY(desk.canvas.zoom() > 2);
        QVERIFY((desk.at(output, 1, 1) - at).manhattanLength() <= 2);
        for (int i = 0; i < 40; ++i) turn_wheel(&desk.canvas, at, 5, Qt::ControlModifier);
        QCOMPARE(desk.canvas.zoom(), Viewport::most_zoom);
        for (int i = 0; i < 40; ++i) desk.canvas.zoomOut();
        QCOMPARE(desk.canvas.zoom(), Viewport::least_zoom);
    }

    void whenZoomedOneScrollsAndDragsTheGround() {
        OpenDesk desk;
        desk.open();
        turn_wheel(&desk.canvas, QPoint(0, 0), 5, Qt::ControlModifier);
        const auto bars = desk.canvas.findChildren<QScrollBar*>();
        QCOMPARE(bars.size(), 2);
        for (const auto* bar : bars) QVERIFY(bar->isVisible());
        const QRectF before = desk.canvas.cellRectOnScreen({input, 0, 0});
        drag(&desk.canvas, {QPoint(20, 20), QPoint(10, 5), QPoint(5, 0)});
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}).topLeft(),
                 before.topLeft() + QPointF(-15, -20));
        drag(&desk.canvas, {QPoint(100, 100), QPoint(115, 120)}, {}, Qt::MiddleButton);
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}).topLeft(), before.topLeft());
        turn_wheel(&desk.canvas, QPoint(20, 20), -1, {});
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}).topLeft(),
                 before.topLeft() + QPointF(0, -60));
        turn_wheel(&desk.canvas, QPoint(20, 20), -1, Qt::ShiftModifier);
        QCOMPARE(desk.canvas.cellRectOnScreen({input, 0, 0}).topLeft(),
                 before.topLeft() + QPointF(-60, -60));
        desk.canvas.zoomToFit();
        for (const auto* bar : bars) QVERIFY(!bar->isVisible());
    }

    void theKeyboardBringsItsCellIntoView() {
        OpenDesk desk;
        desk.open();
        turn_wheel(&desk.canvas, QPoint(0, 0), 10, Qt::ControlModifier);
        QVERIFY(!desk.canvas.rect().contains(desk.at(output, 2, 2)));
        desk.canvas.setCurrentCell(CellRef{output, 2, 2});
        QVERIFY(desk.canvas.rect().contains(desk.at(output, 2, 2)));
    }

    void aLargePictureIsFittedDownToASizeThatCanBeRead() {
        Viewport view;
        view.resize({800, 600}, {1000, 700}, 0.6, 10);
        QCOMPARE(view.scale(), 0.8);
        QCOMPARE(view.farthest(), QPointF(0, 0));
        view.resize({800, 600}, {1000, 2000}, 0.6, 10);  // too high: as wide as it can be
        QCOMPARE(view.scale(), 0.79);
        QCOMPARE(view.farthest(), QPointF(0, 1580.0 - 600.0 - 0.5));
        QCOMPARE(view.visible(), QSizeF(790, 600));
        view.resize({800, 600}, {400, 300}, 0.6, 10);
        QCOMPARE(view.scale(), 1.0);
        QCOMPARE(view.offset(), QPointF(200, 0));
    }

    void aPictureOfLargeTextIsScrolledDownAndNotAcross() {
        Viewport view;
        view.resize({800, 600}, {800, 2000}, 1, 10);
        QCOMPARE(view.scale(), 790.0 / 800);
        QCOMPARE(view.farthest().x(), 0.0);
        QVERIFY(view.farthest().y() > 0);
    }

    // Painting

    void twoPicturesDifferWhereTheyDo() {
        const diagram::Diagram before = tutorial_diagram();
        QVERIFY(ui::widgets::difference(before, before).empty());
        diagram::Diagram after = before;
        std::get<diagram::Box>(after.items[0].mark).fill.role = diagram::Role::output_fill;
        const auto rects = ui::widgets::difference(before, after);
        QCOMPARE(rects.size(), std::size_t{1});
        QVERIFY(rects[0].contains(QRectF(40, 40, 40, 40)));
        QVERIFY(rects[0].width() < 50 && rects[0].height() < 50);

        after = before;
        after.items.insert(after.items.begin() + 8, after.items[0]);  // one more does not shift all
        QCOMPARE(ui::widgets::difference(before, after).size(), std::size_t{1});
        QVERIFY(ui::widgets::difference(before, after)[0].width() < 50);
    }

    /// Many steps in turn, each repainting only what differs, must look like painting all of it.
    void partialRepaintsLeaveNothingBehind() {
        diagram::Diagram picture = tutorial_diagram();
        Canvas partial;
        partial.resize(600, 400);
        partial.show(picture, {});
        partial.show();
        QVERIFY(QTest::qWaitForWindowExposed(&partial));
        quint32 seed = 1;
        const auto random = [&seed](int below) {
            seed = seed * 1664525U + 1013904223U;
            return static_cast<int>((seed >> 8) % static_cast<quint32>(below));
        };
        for (int step = 0; step < 30; ++step) {
            for (int change = 0; change < 3; ++change) {
                const auto index =
                    static_cast<std::size_t>(random(static_cast<int>(picture.items.size())));
                auto& mark = picture.items[index].mark;
                if (auto* box = std::get_if<diagram::Box>(&mark)) {
                    box->fill.role =
                        random(2) ? diagram::Role::output_fill : diagram::Role::zero_fill;
                    box->line_width = 1 + random(4);
                    box->rect.translate(random(9) - 4, random(9) - 4);
                } else {
                    std::get<diagram::Label>(mark).runs[0].text = QString::number(random(100000));
                }
            }
            partial.show(picture, {});
            QTest::qWait(1);
        }
        Canvas whole;
        whole.resize(600, 400);
        whole.show(picture, {});
        // What is on the window's backing store, not a fresh rendering.
        const QImage shown = partial.screen()->grabWindow(partial.winId()).toImage();
        if (shown.isNull()) QSKIP("this platform cannot read its windows back");
        QCOMPARE(shown.convertToFormat(QImage::Format_RGB32),
                 whole.grab().toImage().convertToFormat(QImage::Format_RGB32));
    }

    void theFocusRingHasTwoColoursAndThreePixels() {
        OpenDesk desk;
        desk.open();
        const QImage without = desk.canvas.grab().toImage();
        desk.canvas.setCurrentCell(CellRef{input, 0, 0});
        const QImage with = desk.canvas.grab().toImage();
        const QRectF cell = desk.canvas.cellRectOnScreen({input, 0, 0});
        int changed = 0;
        QSet<QRgb> colours;
        for (int x = 0; x < cell.left() + 10; ++x) {
            const int y = static_cast<int>(cell.center().y());
            if (with.pixel(x, y) == without.pixel(x, y)) continue;
            ++changed;
            colours << with.pixel(x, y);
        }
        QVERIFY(changed >= 3);
        QVERIFY(colours.size() >= 2);
    }

    void fadedIsLighter() {
        OpenDesk desk;
        desk.open();
        const QPoint edge = desk.canvas.cellRectOnScreen({output, 0, 0}).topLeft().toPoint();
        const int before = qGray(desk.canvas.grab().toImage().pixel(edge));
        desk.canvas.setFaded(true);
        QVERIFY(qGray(desk.canvas.grab().toImage().pixel(edge)) > before);
    }
};

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
