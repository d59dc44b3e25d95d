// SPDX-License-Identifier: MIT
// Getting about on the canvas by real mouse, wheel and keyboard events, and what it paints, on a
// picture made by hand.
#include <QHelpEvent>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include "engine/lessons/lesson.h"
#include "tests/support/open_desk.h"
#include "ui/diagram/difference.h"
#include "ui/diagram/stage.h"
#include "ui/widgets/canvas/viewport.h"

using namespace support;
using ui::widgets::Viewport;

namespace {

/// Pictures of a 65 × 65 input on its way through a layer: images, with numbers when zoomed.
struct Steps {
    engine::Lesson lesson;
    engine::Run run;
    Steps() {
        lesson.input = engine::random_input({65, 65, 1}, 3);
        engine::Conv2DTranspose layer;
        layer.kernel_size = {3, 3};
        layer.strides = {1, 1};
        lesson.layers.push_back({layer, {}});
        run = *engine::run(lesson);
    }
    diagram::Diagram at(int step) const {
        diagram::View view;
        view.moment.step = step;
        return diagram::build_stage(lesson, run, view);
    }
};

}  // namespace

class TestCanvas : public QObject {
    Q_OBJECT
private slots:
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

    void theKeyboardSaysWhereItIs() {
        OpenDesk desk;
        desk.open(CellRef{input, 0, 0});
        QSignalSpy visited(&desk.canvas, &Canvas::cellVisited);
        QSignalSpy hovered(&desk.canvas, &Canvas::cellHovered);
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        desk.key(Qt::Key_Right);
        QCOMPARE(last_cell(visited), (MaybeCell{CellRef{input, 0, 1}}));
        QCOMPARE(hovered.count(), 0);  // it is not the pointer's
        desk.key(Qt::Key_Space);       // in a grid of numbers to edit it is the player's
        QCOMPARE(pinned.count(), 0);
        desk.canvas.setCurrentCell(CellRef{output, 1, 1});
        desk.key(Qt::Key_Space);
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{output, 1, 1}}));
    }

    void tabGoesOnceIntoEachGridAndOut() {
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
        const std::vector<CellRef> way{{input, 0, 0}, {kernel, 0, 0}, {output, 0, 0}};
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

        // Arrows move inside; Tab comes back to where one was.
        tab(Qt::Key_Tab);
        tab(Qt::Key_Down);
        QCOMPARE(tab(Qt::Key_Right), (MaybeCell{CellRef{input, 1, 1}}));
        QCOMPARE(tab(Qt::Key_Tab), (MaybeCell{CellRef{kernel, 0, 0}}));
        QCOMPARE(tab(Qt::Key_Backtab), (MaybeCell{CellRef{input, 1, 1}}));
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
        QVERIFY(!claimed(Qt::Key_Space, {}, text(" ")));  // plays: what is edited is not pinned
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

    void clickSelectsInEditableGridsAndPinsElsewhere() {
        OpenDesk desk;
        desk.open();
        QSignalSpy pinned(&desk.canvas, &Canvas::cellPinned);
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(output, 2, 0));
        QCOMPARE(last_cell(pinned), (MaybeCell{CellRef{output, 2, 0}}));
        QCOMPARE(desk.canvas.currentCell(), MaybeCell());
        QTest::mouseClick(&desk.canvas, Qt::LeftButton, {}, desk.at(input, 0, 1));
        QCOMPARE(pinned.count(), 1);
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
        QVERIFY(ui::diagram::difference(before, before).empty());
        diagram::Diagram after = before;
        std::get<diagram::Box>(after.items[0].mark).fill.role = diagram::Role::output_fill;
        const auto rects = ui::diagram::difference(before, after);
        QCOMPARE(rects.size(), std::size_t{1});
        QVERIFY(rects[0].contains(QRectF(40, 40, 40, 40)));
        QVERIFY(rects[0].width() < 50 && rects[0].height() < 50);

        after = before;
        after.items.insert(after.items.begin() + 8, after.items[0]);  // one more does not shift all
        QCOMPARE(ui::diagram::difference(before, after).size(), std::size_t{1});
        QVERIFY(ui::diagram::difference(before, after)[0].width() < 50);
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

    void zoomedInNumbersAreThereAndZoomedOutGone() {
        const Steps steps;
        Canvas canvas;
        canvas.resize(1040, 740);
        canvas.show(steps.at(2000), {});
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        const QImage before = canvas.grab().toImage();
        const CellRef cell{output, 31, 32};
        const QPoint at = canvas.cellRectOnScreen(cell).center().toPoint();
        turn_wheel(&canvas, at, 14, Qt::ControlModifier);
        QVERIFY(canvas.cellRectOnScreen(cell).width() > 26);
        const QRect rect = canvas.cellRectOnScreen(cell).toAlignedRect();
        QVERIFY(canvas.rect().contains(rect));
        // The cell is of more than one colour: a number stands in it.
        const QImage middle = canvas.grab(rect.adjusted(8, 8, -8, -8)).toImage();
        QSet<QRgb> colours;
        for (int y = 0; y < middle.height(); ++y)
            for (int x = 0; x < middle.width(); ++x) colours << middle.pixel(x, y);
        QVERIFY(colours.size() > 3);
        canvas.zoomToFit();
        QCOMPARE(canvas.grab().toImage(), before);
    }

    void everyCellIsReachedByZooming() {
        diagram::Diagram picture = Steps().at(0);
        for (const diagram::GridInfo& grid : picture.grids) {
            Canvas canvas;
            canvas.resize(1040, 740);
            canvas.show(picture, {});
            for (int i = 0; i < 40; ++i) canvas.zoomIn();
            QVERIFY(canvas.cellRectOnScreen({grid.grid, 0, 0}).width() >= 26);
        }
    }

    /// Steps and scrolls of a zoomed picture, each repainting what changes, look like painting all.
    void aZoomedPictureLeavesNothingBehind() {
        const Steps steps;
        Canvas canvas;
        canvas.resize(1040, 740);
        canvas.show(steps.at(2000), {});
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        const QPoint at = canvas.cellRectOnScreen({output, 31, 10}).center().toPoint();
        turn_wheel(&canvas, at, 12, Qt::ControlModifier);
        const auto looksWhole = [&] {
            QTest::qWait(1);
            const QImage shown = canvas.screen()->grabWindow(canvas.winId()).toImage();
            if (shown.isNull()) return true;
            return shown.convertToFormat(QImage::Format_RGB32) ==
                   canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
        };
        QVERIFY(looksWhole());
        for (const int step : {2001, 2002, 2010, 2011, 900, 4225, 0, 2000, 1999}) {
            canvas.show(steps.at(step), {});
            QVERIFY2(looksWhole(), qPrintable(QString::number(step)));
            turn_wheel(&canvas, QPoint(300, 300), step % 2 ? 1 : -1,
                       step % 3 ? Qt::KeyboardModifiers() : Qt::ShiftModifier);
            QVERIFY2(looksWhole(), qPrintable(QString::number(step)));
        }
    }

    // Small, in the corner, gone where there is nothing to say.
    void theZoomIsSaidAndEndsByAClick() {
        OpenDesk desk;
        desk.open();
        auto* badge = desk.canvas.findChild<QToolButton*>(text("zoom"));
        QVERIFY(badge && !badge->isVisible());
        for (const int turns : {5, -9}) {
            turn_wheel(&desk.canvas, desk.at(input, 0, 0), turns, Qt::ControlModifier);
            QVERIFY(badge->isVisible());
            QCOMPARE(badge->text(), text("%1 %").arg(std::lround(100 * desk.canvas.zoom())));
            QVERIFY(desk.canvas.rect().contains(badge->geometry()));
            for (const auto* bar : desk.canvas.findChildren<QScrollBar*>())
                QVERIFY(!bar->isVisible() || !bar->geometry().intersects(badge->geometry()));
            QVERIFY(badge->toolTip().contains(text("Ctrl+0")));
            QTest::mouseClick(badge, Qt::LeftButton);
            QCOMPARE(desk.canvas.zoom(), 1.0);
            QVERIFY(!badge->isVisible());
        }
    }

    void theKeyboardsCellIsNeverUnderARuler() {
        const Steps steps;
        OpenDesk desk(steps.at(4225));
        desk.canvas.resize(1040, 740);
        desk.open(CellRef{output, 40, 40});
        turn_wheel(&desk.canvas, desk.at(output, 40, 40), 14, Qt::ControlModifier);
        for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Left}) {
            for (int i = 0; i < 30; ++i) {
                desk.key(key);
                const QPointF middle = desk.canvas.cellRectOnScreen(desk.current()).center();
                QMouseEvent move(QEvent::MouseMove, middle, desk.canvas.mapToGlobal(middle),
                                 Qt::NoButton, Qt::NoButton, {});
                QApplication::sendEvent(&desk.canvas, &move);
                QCOMPARE(desk.canvas.cursor().shape(), Qt::PointingHandCursor);
            }
        }
        QCOMPARE(desk.current(), (CellRef{output, 10, 10}));
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
