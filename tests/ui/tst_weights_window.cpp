// SPDX-License-Identifier: MIT
// The weights in brackets: the window and the stage change each other's numbers.
#include <QClipboard>
#include <QPlainTextEdit>

#include "tests/support/open_window.h"
#include "ui/widgets/weights_window.h"

using namespace support;

class TestWeightsWindow : public QObject {
    Q_OBJECT
private slots:
    void init() { forget_settings(); }
    void initTestCase() { begin_window_tests(); }

    void a_number_changed_on_the_stage_is_changed_in_the_text() {
        OpenWindow open("first_collide");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* code = open.part<QPlainTextEdit>("weights_text");
        QVERIFY(code->toPlainText().startsWith(
            text("layer.set_weights([np.array([[[[10.0]], [[20.0]], [[30.0]]]")));
        auto* canvas = open.part<Canvas>("weights_canvas");
        QCOMPARE(canvas->diagram().grids.size(), std::size_t{1});
        // And the other way round, in one step to undo.
        QVERIFY(QTest::qWaitForWindowActive(canvas->window()));
        canvas->setCurrentCell(CellRef{{Grid::weights, 0}, 1, 1});
        canvas->setFocus();
        QTest::keyClicks(canvas, QStringLiteral("7"));
        QTest::keyClick(canvas->window()->focusWidget(), Qt::Key_Return);
        QCOMPARE(open.pane().weights().kernel.at(1, 1, 0, 0), 7.0F);
        QVERIFY(code->toPlainText().contains(text("[[7.0]]")));
        open.window.document()->undoStack()->undo();
        QVERIFY(code->toPlainText().contains(text("[[50.0]]")));
    }

    void choosing_a_weight_lights_it_on_the_stage() {
        OpenWindow open("channels_to_one");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* canvas = open.part<Canvas>("weights_canvas");
        canvas->setCurrentCell(CellRef{{Grid::weights, 1}, 0, 1});
        QCOMPARE(open.view().channel, 1);
        QVERIFY(open.view().hovered == (CellRef{{Grid::kernel, 0}, 0, 1}));
    }

    void both_orders_and_all_forms_are_a_click_away() {
        OpenWindow open("channels_to_one");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* code = open.part<QPlainTextEdit>("weights_text");
        const QString keras = code->toPlainText();
        open.choose("weights_form", 1);
        QVERIFY(code->toPlainText().startsWith(text("layer.weight.data = torch.tensor(")));
        open.choose("kernel_order", 1);
        auto* canvas = open.part<Canvas>("weights_canvas");
        QTRY_VERIFY_WITH_TIMEOUT(!canvas->diagram().grids.empty(), 5000);  // it has moved
        open.choose("weights_form", 0);
        QCOMPARE(code->toPlainText(), keras);
    }

    void what_is_pasted_is_one_step_and_what_does_not_fit_is_said() {
        OpenWindow open("first_collide");
        open.press(Qt::Key_K, Qt::ControlModifier);
        QGuiApplication::clipboard()->setText(text("[[[[1]], [[2]]], [[[3]], [[4]]]]"));
        open.click("paste_weights");
        QCOMPARE(open.layer().kernel_size, (engine::Size2D{2, 2}));
        QCOMPARE(open.pane().weights().kernel,
                 engine::Tensor(engine::Shape{2, 2, 1, 1}, {1, 2, 3, 4}));
        open.window.document()->undoStack()->undo();
        QCOMPARE(open.layer().kernel_size, (engine::Size2D{3, 3}));
        auto* problem = open.part<QLabel>("weights_problem");
        QVERIFY(!problem->isVisible());
        QGuiApplication::clipboard()->setText(text("[[[[1, 2]], [[3, 4]]]]"));
        open.click("paste_weights");
        QVERIFY(problem->isVisible() && problem->text().contains(text("(1, 2, 1, 2)")));
        QCOMPARE(open.layer().kernel_size, (engine::Size2D{3, 3}));
    }
};

QTEST_MAIN(TestWeightsWindow)
#include "tst_weights_window.moc"
