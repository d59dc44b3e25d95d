// SPDX-License-Identifier: MIT
// The weights in brackets: the window and the stage change each other's numbers.
#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/support/open_window.h"
#include "ui/widgets/preferences.h"
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

    // Saved and opened again, in both orders and both formats; an opened file is one step to undo.
    void a_file_comes_back_as_it_was() {
        const QTemporaryDir folder;
        OpenWindow open("channels_to_one");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* window = open.window.findChild<ui::widgets::WeightsWindow*>();
        auto* said = open.part<QLabel>("weights_problem");
        const engine::Weights before = open.pane().weights();
        for (const char* name : {"keras.npz", "keras.npy", "torch.npz", "torch.npy"}) {
            open.choose("kernel_order", QByteArray(name).startsWith("torch") ? 1 : 0);
            window->saveFile(folder.filePath(QString::fromLatin1(name)));
            QVERIFY2(said->text().startsWith(text("Written")), qPrintable(said->text()));
        }
        window->saveFile(folder.filePath(text("no ending")));
        QVERIFY(QFile::exists(folder.filePath(text("no ending.npz"))));
        // Other numbers, which the files take back.
        open.window.document()->edit(
            engine::with_weights(open.lesson(), 0, {.recipe = engine::WeightRecipe{}}),
            text("Change"));
        QVERIFY(!(open.pane().weights().kernel == before.kernel));
        open.choose("kernel_order", 0);
        window->openFile(folder.filePath(text("torch.npz")));
        QVERIFY2(said->text().contains(text("PyTorch’s order")) ||
                     said->text().contains(text("PyTorch's order")),
                 qPrintable(said->text()));
        QVERIFY(open.pane().weights().kernel == before.kernel);
        QVERIFY(open.pane().weights().bias == before.bias);
        QCOMPARE(open.window.document()->undoStack()->undoText(), text("Open weights"));
        open.window.document()->undoStack()->undo();
        QVERIFY(!(open.pane().weights().kernel == before.kernel));
        window->openFile(folder.filePath(text("keras.npy")));
        QVERIFY(open.pane().weights().kernel == before.kernel);
        // What is not there, or no such file, is said.
        const engine::Lesson kept = open.lesson();
        window->openFile(folder.filePath(text("absent.npy")));
        QVERIFY(said->text().startsWith(text("▲")));
        QVERIFY(open.lesson() == kept);
    }

    void a_layer_without_a_kernel_has_nothing_to_open_or_save() {
        const QTemporaryDir folder;
        OpenWindow open("first_upsampling");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* window = open.window.findChild<ui::widgets::WeightsWindow*>();
        QVERIFY(window != nullptr);
        for (const char* name : {"copy_weights", "paste_weights", "open_weights", "save_weights"})
            QVERIFY2(!open.part<QPushButton>(name)->isEnabled(), name);
        const engine::Lesson before = open.lesson();
        window->saveFile(folder.filePath(text("a.npz")));
        QVERIFY(!QFile::exists(folder.filePath(text("a.npz"))));
        QVERIFY(open.lesson() == before);
    }

    // By the keyboard: the dialog asks for a name, the ending is that of the format chosen, and the
    // folder is where every other dialog starts from then on.
    void saved_by_the_keyboard() {
        const QTemporaryDir folder;
        OpenWindow open("first_collide");
        open.press(Qt::Key_K, Qt::ControlModifier);
        auto* button = open.part<QPushButton>("save_weights");
        QVERIFY(QTest::qWaitForWindowActive(button->window()));
        for (int tabs = 0; button->window()->focusWidget() != button; ++tabs) {
            QVERIFY2(tabs < 30, "Tab does not lead there");
            QTest::keyClick(button->window(), Qt::Key_Tab);
        }
        bool asked = false;
        QTimer::singleShot(300, &open.window, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            asked = true;
            dialog->selectNameFilter(dialog->nameFilters().back());  // .npy
            auto* name = dialog->findChild<QLineEdit*>();
            name->setFocus();
            name->clear();
            QTest::keyClicks(name, folder.filePath(text("mine")));
            QTest::keyClick(name, Qt::Key_Return);
        });
        QTest::keyClick(button, Qt::Key_Space);
        QVERIFY(asked);
        QVERIFY(QFile::exists(folder.filePath(text("mine.npy"))));
        QCOMPARE(QDir(ui::widgets::preferences_of(ui::files::Settings()).folder),
                 QDir(folder.path()));
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
