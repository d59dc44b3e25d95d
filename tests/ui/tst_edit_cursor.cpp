// SPDX-License-Identifier: MIT
// Where numbers are edited is no question: title, counter and picture stay with what is told.
#include <QtTest>

#include "tests/support/claims.h"
#include "tests/support/open_window.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"

using namespace support;

namespace {

/// As a learner has it before them.
struct Editing : OpenWindow {
    using OpenWindow::OpenWindow;

    QString counter() { return part<QLabel>("counter")->text(); }

    /// What title, counter and picture say that the lesson and its moment do not.
    QString faults() {
        const auto& computed = *pane().computed;
        const engine::LayerRun& run = computed.run.layers.front();
        const StageOracle oracle(layer(), run.geometry, run.weights, run.input, view());
        QStringList wrong = Claims(oracle, view(), canvas()->diagram(), counter()).faults();
        if (view().hovered) wrong << text("the title is of the cursor");
        ui::diagram::View alone = view();
        alone.hovered.reset();
        const QString told =
            ui::diagram::build_stage(computed.lesson, computed.run, alone, {}).title;
        const QString title = canvas()->diagram().title;
        if (title != told) wrong << title + text(" and not ") + told;
        return wrong.mid(0, 4).join(u'\n');
    }

    /// A number into a cell, and on to the next one.
    void write(Grid grid, int row, int column, int number, Qt::Key then) {
        click_cell(grid, row, column);
        type(qPrintable(QString::number(number)));
        press(then);
    }
};

}  // namespace

class TestEditCursor : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    // Typed into while it plays: all frames until it pauses, and the pause, in every phase of every
    // reading.
    void what_plays_is_told_data() {
        QTest::addColumn<int>("reading");
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("in_kernel");
        for (int i = 0; i < 3; ++i)
            for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Tab, Qt::Key_Right})
                for (const bool in_kernel : {false, true})
                    QTest::addRow("%d %d %d", i, key, in_kernel)
                        << i << static_cast<int>(key) << in_kernel;
    }
    void what_plays_is_told() {
        QFETCH(int, reading);
        QFETCH(int, key);
        QFETCH(bool, in_kernel);
        Editing open("why_equal");
        open.choose("readings", reading);
        const auto phases = open.pane().computed->trace.timeline().segments().size();
        const Grid grid = in_kernel ? Grid::kernel : Grid::input;
        for (std::size_t phase = 0; phase < phases; ++phase) {
            open.player()->play();
            open.player()->advance(400);
            open.write(grid, 0, 0, 2 + static_cast<int>(phase), static_cast<Qt::Key>(key));
            if (!open.player()->isPlaying()) open.player()->play();
            for (int frame = 0; open.player()->isPlaying(); ++frame) {
                QVERIFY(frame < 1000);
                open.player()->advance(900);
                const QString faults = open.faults();
                QVERIFY2(faults.isEmpty(), qPrintable(faults));
            }
            // It pauses, and stays with the phase's conclusion whatever is written then.
            for (const Qt::Key then : {Qt::Key_Return, Qt::Key_Tab, Qt::Key_Right}) {
                open.write(grid, 0, 0, 3 + static_cast<int>(phase), then);
                const QString faults = open.faults();
                QVERIFY2(faults.isEmpty(), qPrintable(faults));
            }
            for (const Qt::Key arrow : {Qt::Key_Down, Qt::Key_Left, Qt::Key_Home}) {
                open.press(arrow);
                const QString faults = open.faults();
                QVERIFY2(faults.isEmpty(), qPrintable(faults));
            }
            open.press(Qt::Key_Up, Qt::AltModifier);  // nudged
            const QString faults = open.faults();
            QVERIFY2(faults.isEmpty(), qPrintable(faults));
        }
        QCOMPARE(open.view().moment.step, open.player()->stepCount());
    }

    // Before the first step nothing is told that a cursor could disturb, and a cell of results is
    // gone to for no other reason than to ask.
    void the_keyboard_asks_where_nothing_is_edited() {
        Editing open("why_equal");
        open.click_cell(Grid::input, 0, 0);
        open.press(Qt::Key_Right);
        QVERIFY(open.canvas()->diagram().title.contains(text("in[0, 1]")));
        open.player()->last();
        QVERIFY(!open.canvas()->diagram().title.contains(text("in[0, 1]")));
        open.canvas()->setCurrentCell(CellRef{{Grid::full_output, 0}, 0, 0});
        open.canvas()->setFocus();
        open.press(Qt::Key_Down);
        QCOMPARE(open.view().hovered, (CellRef{{Grid::full_output, 0}, 1, 0}));
        open.press(Qt::Key_Escape);
        QVERIFY(!open.view().hovered);
    }
};

QTEST_MAIN(TestEditCursor)
#include "tst_edit_cursor.moc"
