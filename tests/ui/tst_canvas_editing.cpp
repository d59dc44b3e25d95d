// SPDX-License-Identifier: MIT
// Numbers typed, dragged and pasted into the canvas by real events, on a picture made by hand.
#include <cstring>

#include <QClipboard>
#include <QLabel>
#include <QMimeData>

#include "tests/support/open_desk.h"

using namespace support;
using ui::widgets::CellEdits;

class TestCanvasEditing : public QObject {
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
        desk.key(Qt::Key_Tab);  // there is no next cell: the number is taken, one stays
        QCOMPARE(desk.current(), (CellRef{input, 1, 1}));
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
        // Out at the end of the first row, in again along the third: nothing is drawn on the way
        // outside.
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

    void theWheelNudgesWithAlt() {
        OpenDesk desk;
        desk.open();
        turn_wheel(&desk.canvas, desk.at(input, 0, 0), 1, Qt::AltModifier);
        turn_wheel(&desk.canvas, desk.at(input, 0, 0), 2, Qt::AltModifier);
        QCOMPARE(desk.now(), text("4 2 / 3 4"));
        for (int i = 0; i < 7; ++i)
            turn_wheel(&desk.canvas, desk.at(input, 0, 0), -1, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(desk.now(), text("3.3 2 / 3 4"));  // tenths stay tenths
        QCOMPARE(QSet<QString>(desk.gestures.begin(), desk.gestures.end()).size(), 1);
        QCOMPARE(desk.ended, 0);
        turn_wheel(&desk.canvas, desk.at(input, 0, 1), 1, Qt::AltModifier);
        QCOMPARE(desk.ended, 1);  // another cell, another gesture
        QTRY_COMPARE_WITH_TIMEOUT(desk.ended, 2, 3000);
        QCOMPARE(desk.canvas.zoom(), 1.0);
    }

    void arrowsNudgeWithAlt() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        desk.key(Qt::Key_Up, Qt::AltModifier);
        desk.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(desk.now(), text("3 2 / 3 4"));
        QCOMPARE(desk.current(), (CellRef{input, 0, 0}));
        desk.key(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(desk.now(), text("2.9 2 / 3 4"));
        QCOMPARE(QSet<QString>(desk.gestures.begin(), desk.gestures.end()).size(), 1);
        desk.key(Qt::Key_Down);
        QCOMPARE(desk.ended, 1);
        // All that is selected.
        desk.key(Qt::Key_Right, Qt::ShiftModifier);
        desk.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(desk.now(), text("2.9 2 / 2 3"));
        // While a number is written it is taken first.
        desk.canvas.setCurrentCell(CellRef{input, 0, 1});
        desk.type("7");
        desk.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(desk.now(), text("2.9 8 / 2 3"));
        QCOMPARE(desk.current(), (CellRef{input, 0, 1}));
        // What is computed has nothing to nudge.
        desk.canvas.setCurrentCell(CellRef{output, 0, 0});
        desk.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(desk.now(), text("2.9 8 / 2 3"));
    }

    // One meaning, wherever the pointer is, whatever is selected or being written.
    void theWheelWithCtrlZoomsOverEveryCell() {
        for (const diagram::GridRef grid : {input, kernel, output})
            for (const bool fine : {false, true})
                for (const bool selected : {false, true}) {
                    OpenDesk desk;
                    desk.open(selected ? MaybeCell(CellRef{grid, 0, 0}) : std::nullopt);
                    const auto modifiers = fine ? Qt::ControlModifier | Qt::ShiftModifier
                                                : Qt::KeyboardModifiers(Qt::ControlModifier);
                    turn_wheel(&desk.canvas, desk.at(grid, 0, 0), 1, modifiers);
                    QVERIFY(desk.canvas.zoom() > 1.1);
                    QVERIFY(desk.gestures.isEmpty());
                }
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
        const auto paste = pasted.first().first().value<ui::widgets::GridPaste>();
        QCOMPARE(paste.grid, input);
        QCOMPARE(paste.row, 1);
        QCOMPARE(paste.column, 0);
        QVERIFY(paste.read.taken.rows == (ui::formats::GridRows{{5, 6}, {7, 8}}));
    }

    // What a window copies another one reads bit for bit, in whatever locale each of them runs.
    void ownCopiesComeBackExactly() {
        OpenDesk desk;
        const std::array numbers{0.1F + 0.2F, -0.0F, 1.0F / 3, 1e-40F};
        for (int i = 0; i < 4; ++i) desk.set(input, {i / 2, i % 2, numbers[std::size_t(i)]});
        desk.canvas.show(desk.picture, {});
        desk.open(CellRef{input, 0, 0});
        const QLocale before;
        QLocale::setDefault(QLocale(text("de_DE")));
        desk.canvas.copy();
        QVERIFY(QApplication::clipboard()->text().startsWith(text("0,3")));
        QVERIFY(QApplication::clipboard()->mimeData()->html().contains(text("sdval=\"0.3")));
        QLocale::setDefault(before);
        QSignalSpy pasted(&desk.canvas, &Canvas::gridPasted);
        desk.canvas.paste();
        QCOMPARE(pasted.count(), 1);
        const auto read = pasted.first().first().value<ui::widgets::GridPaste>().read;
        QVERIFY(!read.other);
        for (int i = 0; i < 4; ++i) {
            const float back = read.taken.rows[std::size_t(i / 2)][std::size_t(i % 2)];
            QVERIFY(std::memcmp(&back, &numbers[std::size_t(i)], sizeof back) == 0);
        }
    }

    // Ten million characters of anything: a short sentence, and the grid as it was.
    void immensePastesAreRefused_data() {
        QTest::addColumn<QString>("pasted");
        constexpr int many = 10'000'000;
        QTest::newRow("one word") << QString(many, u'x');
        QTest::newRow("digits") << QString(many, u'1');
        QTest::newRow("tabs") << QString(many, u'\t');
        QTest::newRow("lines") << QString(many, u'\n') + text("x");
        QTest::newRow("numbers in a row") << text("1\t").repeated(many / 2);
        QTest::newRow("numbers in a column") << text("1\n").repeated(many / 2);
        QTest::newRow("brackets") << QString(many, u'[');
        QTest::newRow("lists") << u'[' + text("[1],").repeated(many / 4) + u']';
        QTest::newRow("ragged") << text("1 2\n1\n").repeated(many / 6);
        QTest::newRow("nothing") << QString(many, u' ');
        QTest::newRow("not a number") << text("NaN\t1");
        QTest::newRow("infinity") << text("1e400\t1");
        QTest::newRow("beyond float32") << text("1e39\t1");
        QTest::newRow("formula") << text("=A1\t2");
        QTest::newRow("zeros") << QString(10, QChar(u'\0'));
    }
    void immensePastesAreRefused() {
        QFETCH(QString, pasted);
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        QSignalSpy refused(&desk.canvas, &Canvas::pasteRefused);
        QApplication::clipboard()->setText(pasted);
        desk.canvas.paste();
        QCOMPARE(refused.count(), 1);
        const QString sentence = refused.first().first().toString();
        QVERIFY2(sentence.endsWith(u'.') && sentence.size() < 160, qPrintable(sentence));
        QCOMPARE(desk.now(), text("1 2 / 3 4"));
    }

    void whatIsPastedIntoACellIsOneNumberOrASentence() {
        for (const QString& pasted :
             {QString(10'000'000, u'7'), text("NaN"), text("1e400"), text("1\t2"), text("1, 2")}) {
            OpenDesk desk;
            desk.open(CellRef{input, 0, 0});
            desk.key(Qt::Key_F2);
            QApplication::clipboard()->setText(pasted);
            desk.key(Qt::Key_A, Qt::ControlModifier);
            desk.key(Qt::Key_V, Qt::ControlModifier);
            desk.key(Qt::Key_Return);
            QVERIFY(editor_of(desk.canvas));
            const auto* words = desk.canvas.findChild<QLabel*>();
            QVERIFY(words->isVisible());
            QVERIFY2(words->text().size() < 200, qPrintable(words->text().left(300)));
            QVERIFY(desk.canvas.rect().contains(words->geometry()));
            QCOMPARE(desk.now(), text("1 2 / 3 4"));
        }
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
};

QTEST_MAIN(TestCanvasEditing)
#include "tst_canvas_editing.moc"
