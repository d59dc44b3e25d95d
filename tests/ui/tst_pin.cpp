// SPDX-License-Identifier: MIT
// Pinned, selected for editing, playing: three states of the window that do not hold each other up.
#include <QToolButton>
#include <QtTest>

#include "tests/support/open_window.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"

using namespace support;
using ui::diagram::Moment;

class TestPin : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void a_second_click_lets_go() {
        OpenWindow open("why_equal");
        open.click_cell(Grid::full_output, 2, 2);
        QVERIFY(open.view().pinned.has_value());
        QVERIFY(open.pane().picture->pin.has_value());
        open.click_cell(Grid::full_output, 2, 2);
        QVERIFY(!open.view().pinned);
        // Its copy in the other lane is the same cell.
        open.click_cell(Grid::full_output, 2, 2);
        open.click_cell(Grid::slide_output, 2, 2);
        QVERIFY(!open.view().pinned);
        open.click_cell(Grid::full_output, 2, 2);
        open.click_cell(Grid::full_output, 1, 1);
        QCOMPARE(open.view().pinned->row, 1);
    }

    void escape_lets_go_from_anywhere() {
        OpenWindow open("why_equal");
        open.click_cell(Grid::full_output, 2, 2);
        open.press(Qt::Key_Escape);
        QVERIFY(!open.view().pinned);
        open.click_cell(Grid::full_output, 2, 2);
        open.window.findChild<PhaseScrubber*>()->setFocus();
        open.press(Qt::Key_Escape);
        QVERIFY(!open.view().pinned);
        // Out of the grid being edited first.
        open.click_cell(Grid::full_output, 2, 2);
        open.click_cell(Grid::input, 0, 0);
        open.press(Qt::Key_Escape);
        QVERIFY(open.view().pinned.has_value());
        open.press(Qt::Key_Escape);
        QVERIFY(!open.view().pinned);
    }

    void its_own_cross_lets_go() {
        OpenWindow open("why_equal");
        auto* cross = open.part<QToolButton>("unpin");
        QVERIFY(!cross->isVisible());
        open.click_cell(Grid::full_output, 2, 2);
        QVERIFY(cross->isVisible());
        const QRectF handle = open.canvas()->diagram().pin->handle;
        QVERIFY(cross->geometry().intersects(handle.toAlignedRect()));
        QTest::mouseClick(cross, Qt::LeftButton);
        QVERIFY(!open.view().pinned);
        QVERIFY(!cross->isVisible());
    }

    void a_click_on_an_input_cell_edits_it() {
        OpenWindow open("why_equal");
        open.click_cell(Grid::input, 0, 1);
        QVERIFY(!open.view().pinned);
        QCOMPARE(open.canvas()->currentCell()->column, 1);
        open.press(Qt::Key_Space);  // which plays, and pins nothing
        QVERIFY(open.player()->isPlaying());
        QVERIFY(!open.view().pinned);
    }

    /// Every picture of a play is the one of its moment, wherever the pointer is, with a cell
    /// pinned and another selected.
    void what_plays_is_told_while_a_cell_is_pinned() {
        OpenWindow open("why_equal");
        open.click_cell(Grid::full_output, 2, 2);
        open.click_cell(Grid::input, 1, 0);
        open.player()->first();
        open.player()->setStopsAtPhases(false);
        open.player()->play();
        QTest::mouseMove(
            open.canvas(),
            open.canvas()->cellRectOnScreen({{Grid::input, 0}, 1, 0}).center().toPoint());
        int moments = 0;
        for (; open.player()->isPlaying() && moments < 300; ++moments) {
            open.player()->advance(230);
            faults_of(open);
            if (QTest::currentTestFailed()) return;
        }
        QVERIFY(moments > 100);
    }

    void a_number_typed_while_a_step_moves() {
        OpenWindow open("first_collide");
        open.player()->play();
        open.player()->advance(1500);
        QVERIFY(open.view().moment.progress > 0);
        open.click_cell(Grid::input, 1, 0);
        faults_of(open);
        open.type("7");
        open.player()->advance(100);
        faults_of(open);
        open.press(Qt::Key_Return);
        QCOMPARE(open.lesson().input.at(1, 0, 0), 7.0F);
        QVERIFY(open.player()->isPlaying());
        faults_of(open);
        QVERIFY2(open.canvas()->diagram().title.startsWith(text("in[0, 0]")),
                 qPrintable(open.canvas()->diagram().title));
        open.player()->advance(100);
        faults_of(open);
    }

    /// The cell and the play go on in another reading.
    void another_reading_plays_on_at_the_same_cell() {
        OpenWindow open("first_collide");
        open.player()->setStopsAtPhases(false);
        open.choose("readings", 1);
        open.player()->seek(3 + 13);  // the window has just made out[2, 2]
        open.player()->play();
        open.choose("readings", 2);
        QVERIFY(open.player()->isPlaying());
        const auto timeline = open.pane().computed->trace.timeline();
        QCOMPARE(timeline.at(open.view().moment.step).cell, (engine::Cell{2, 2}));
        open.choose("readings", 0);
        QVERIFY(open.player()->isPlaying());
        QCOMPARE(open.view().moment.step, 4);  // the last input that reaches it
        open.player()->pause();
        open.choose("readings", 1);
        QVERIFY(!open.player()->isPlaying());
        open.player()->first();
        open.choose("readings", 2);
        QCOMPARE(open.view().moment, Moment());
        open.player()->last();
        open.choose("readings", 0);
        QCOMPARE(open.view().moment.step, open.player()->stepCount());
    }

private:
    /// Title, counter and picture are those of the player's moment.
    static void faults_of(OpenWindow& open) {
        const auto& pane = open.pane();
        ui::diagram::View wanted = pane.view;
        wanted.hovered.reset();
        wanted.moment = open.player()->moment();
        const ui::diagram::Diagram picture =
            ui::diagram::build_stage(pane.lesson, pane.computed->run, wanted,
                                     {open.canvas()->room(), 1}, &pane.computed->trace);
        QCOMPARE(open.canvas()->diagram().title, picture.title);
        QCOMPARE(dump(open.canvas()->diagram()), dump(picture));
        const auto& trace = pane.computed->trace;
        const QString counter =
            ui::diagram::counter_text(trace.timeline(), trace.geometry(), wanted.moment);
        const QString shown = open.window.findChild<PhaseScrubber*>()->valueText();
        QVERIFY2(shown.endsWith(counter), qPrintable(shown + u'/' + counter));
    }
};

QTEST_MAIN(TestPin)
#include "tst_pin.moc"
