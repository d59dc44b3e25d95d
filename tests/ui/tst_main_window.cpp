// SPDX-License-Identifier: MIT
// The window by real mouse and keyboard events: edits, keys, readings, models and lessons.
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTemporaryDir>

#include "tests/support/open_window.h"
#include "tests/support/readings.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/controls/field_note.h"

using namespace support;
using engine::Shape;
using engine::Tensor;

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void a_number_typed_into_a_cell_changes_the_output() {
        OpenWindow open;
        open.click_cell(Grid::input, 0, 0);
        open.type("5");
        open.press(Qt::Key_Return);
        QCOMPARE(open.lesson().input, Tensor(Shape{2, 2, 1}, {5, 2, 3, 4}));
        QVERIFY(open.window.isWindowModified());
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.lesson().input, Tensor(Shape{2, 2, 1}, {1, 2, 3, 4}));
        open.press(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(open.lesson().input.at(0, 0, 0), 5.F);
    }

    void digits_in_cells_are_chosen_in_the_menu() {
        OpenWindow open;
        QCOMPARE(open.view().digits, ui::diagram::usual_digits);
        const auto choose = [&open](const QString& text) {
            for (QAction* action : open.window.findChildren<QAction*>())
                if (action->text() == text && action->data().isValid()) return action->trigger();
            QFAIL("no such action");
        };
        choose(QStringLiteral("&2"));
        QCOMPARE(open.view().digits, 2);
        QCOMPARE(open.canvas()->diagram().digits, 2);
        QVERIFY(!open.window.isWindowModified());
        choose(QStringLiteral("&All"));
        QCOMPARE(open.canvas()->diagram().digits, 0);
    }

    // What one sets in several places is called the same in all of them.
    void one_setting_has_one_name() {
        OpenWindow open("why_equal");
        const auto plain = [](QString words) { return words.remove(u'&').toLower(); };
        QMap<QString, int> found;
        const auto note = [&](const QString& words) {
            for (const char* about : {"each phase", "loop", "start over at", "plays through"})
                if (plain(words).contains(text(about))) ++found[plain(words)];
        };
        for (const auto* action : open.window.findChildren<QAction*>()) note(action->text());
        for (const auto* button : open.window.findChildren<QAbstractButton*>()) {
            note(button->text());
            note(button->accessibleName());
        }
        QCOMPARE(found,
                 (QMap<QString, int>{{text("pause after each phase"), 3}, {text("loop"), 2}}));
        // And is one setting: each place follows the others.
        auto* box = open.part<QCheckBox>("pause_after_each_phase");
        for (const bool on : {false, true})
            for (auto* action : open.window.findChildren<QAction*>()) {
                if (plain(action->text()) != text("pause after each phase")) continue;
                if (action->isChecked() != on) action->trigger();
                QCOMPARE(open.player()->stopsAtPhases(), on);
                QCOMPARE(box->isChecked(), on);
            }
    }

    // The user's choice stays through lessons and runs, as theme and size of text do, unless a
    // lesson asks for a number of its own.
    void digits_stay_as_they_were_chosen() {
        const auto choose = [](OpenWindow& open, const QString& words) {
            for (QAction* action : open.window.findChildren<QAction*>())
                if (action->text() == words && action->data().isValid()) return action->trigger();
            QFAIL("no such action");
        };
        {
            OpenWindow open;
            choose(open, QStringLiteral("&2"));
            QVERIFY(open.window.openLesson(text("readers_puzzle")));
            QCOMPARE(open.view().digits, 2);
            QVERIFY(!open.window.isWindowModified());
            open.action("New")->trigger();
            QCOMPARE(open.canvas()->diagram().digits, 2);
        }
        OpenWindow open;
        QCOMPARE(open.view().digits, 2);
        QTemporaryDir folder;
        QFile own(folder.filePath(text("own.stride")));
        QVERIFY(own.open(QIODevice::WriteOnly));
        QByteArray lesson = *ui::formats::shipped_lesson_text(text("holes"));
        own.write(lesson.replace("\"reading\":", "\"digits\": 3, \"reading\":"));
        own.close();
        QVERIFY(open.window.openFile(own.fileName()));
        QCOMPARE(open.view().digits, 3);
        QVERIFY(open.window.openLesson(text("readers_puzzle")));
        QCOMPARE(open.view().digits, 2);
    }

    void a_number_typed_into_the_kernel_is_a_weight() {
        OpenWindow open;
        open.click_cell(Grid::kernel, 1, 1);
        open.type("0");
        open.press(Qt::Key_Return);
        QVERIFY(!open.lesson().layers.front().weights.recipe);
        QCOMPARE(open.lesson().layers.front().weights.values.kernel.at(1, 1, 0, 0), 0.F);
    }

    void kernel_size_is_one_undo_entry_however_it_was_turned() {
        OpenWindow open;
        auto* rows = open.part<QSpinBox>("kernel_size_rows");
        rows->setFocus();
        for (int i = 0; i < 3; ++i) QTest::keyClick(rows, Qt::Key_Up);
        QTest::keyClick(rows, Qt::Key_Return);
        QCOMPARE(open.layer().kernel_size, (engine::Size2D{6, 6}));
        QCOMPARE(open.window.document()->undoStack()->count(), 1);
        // Ctrl+Z in a field is the lesson's undo, not the field's.
        QTest::keyClick(rows, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.layer().kernel_size, (engine::Size2D{3, 3}));
        QCOMPARE(rows->value(), 3);
    }

    void sizes_and_shapes_follow_the_arguments() {
        OpenWindow open;
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        open.choose("padding", 0);
        QCOMPARE(open.shape(), text("(None, 5, 5, 1)"));
        open.click("strides_chain");
        open.enter("strides_rows", 3);
        QCOMPARE(open.shape(), text("(None, 6, 5, 1)"));
        open.enter("input_rows", 4);
        QCOMPARE(open.lesson().input, Tensor(Shape{4, 2, 1}, {1, 2, 3, 4, 5, 6, 7, 8}));
        QCOMPARE(open.shape(), text("(None, 12, 5, 1)"));
        QCOMPARE(open.part<QLabel>("parameter_count")->text(), text("10"));
    }

    void switching_the_layer_to_and_fro_keeps_its_arguments() {
        OpenWindow open;
        const engine::LayerSpec before = open.lesson().layers.front().spec;
        open.choose("layer_kind", 0);
        QCOMPARE(std::get<engine::UpSampling2D>(open.lesson().layers.front().spec).size,
                 (engine::Size2D{2, 2}));
        QVERIFY(!open.part<QWidget>("kernel_presets")->isVisible());
        QVERIFY(!open.part<QWidget>("readings")->isVisible());
        open.choose("layer_kind", 1);
        QCOMPARE(open.lesson().layers.front().spec, before);
    }

    void the_keys_of_the_stage_play() {
        OpenWindow open;
        open.canvas()->setFocus();
        QCOMPARE(open.view().moment.step, 0);
        open.press(Qt::Key_Right);
        QCOMPARE(open.view().moment.step, 1);
        open.press(Qt::Key_PageDown);
        QCOMPARE(open.view().moment.step, 2);
        open.press(Qt::Key_Left);
        QCOMPARE(open.view().moment.step, 1);
        open.press(Qt::Key_End);
        QCOMPARE(open.view().moment.step, open.player()->stepCount());
        open.press(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(open.view().moment.step, 4);  // the crop taken back: all four stamps lie
        open.press(Qt::Key_Home);
        QCOMPARE(open.view().moment.step, 0);
        const double speed = open.player()->speed();
        open.press(Qt::Key_Plus);
        QVERIFY(open.player()->speed() > speed);
        open.press(Qt::Key_Space);
        QVERIFY(open.player()->isPlaying());
        open.player()->advance(60'000);
        QVERIFY(open.view().moment.step > 0);
        QVERIFY(!open.window.isWindowModified());  // looking is not editing
    }

    void alt_and_an_arrow_step_from_anywhere() {
        OpenWindow open;
        auto* rows = open.part<QSpinBox>("kernel_size_rows");
        rows->setFocus();
        QTest::keyClick(rows, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(open.view().moment.step, 1);
        QTest::keyClick(rows, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(open.view().moment.step, 0);
        QTest::keyClick(rows, Qt::Key_Home);  // a field keeps its own keys
        QTest::keyClick(rows, Qt::Key_Right);
        QCOMPARE(open.view().moment.step, 0);
    }

    void a_click_on_a_button_leaves_the_keyboard_on_the_stage() {
        OpenWindow open;
        open.canvas()->setFocus();
        open.choose("readings", 1);
        open.choose("padding", 0);
        open.click("more");
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(open.canvas()));
        open.press(Qt::Key_Right);
        QCOMPARE(open.view().moment.step, 1);
    }

    void the_stage_can_be_covered() {
        OpenWindow open;
        open.canvas()->setFocus();
        open.press(Qt::Key_B);
        QVERIFY(open.part<QWidget>("blank")->isVisible());
        open.press(Qt::Key_Right);
        QVERIFY(!open.part<QWidget>("blank")->isVisible());
        QCOMPARE(open.view().moment.step, 0);
    }

    void all_three_readings_end_in_the_same_picture() {
        OpenWindow open;
        open.canvas()->setFocus();
        for (int reading : {1, 2, 0}) {
            open.choose("readings", reading);
            QCOMPARE(support::number_of(open.view().reading), reading);
            open.press(Qt::Key_End);
            QVERIFY(open.canvas()->diagram().grid({Grid::full_output, 0}) ||
                    open.canvas()->diagram().grid({Grid::slide_output, 0}));
        }
        QVERIFY(!open.window.isWindowModified());
    }

    void without_the_turn_the_window_says_so() {
        OpenWindow open("why_equal");
        open.canvas()->setFocus();
        open.press(Qt::Key_Right);
        const QString turned = open.canvas()->diagram().title;
        open.click("turn_kernel");
        QVERIFY(!open.view().turn_kernel);
        QVERIFY(open.canvas()->diagram().title != turned);
        open.press(Qt::Key_End);
        QVERIFY(!open.part<QWidget>("turn_kernel")->isVisible());
    }

    void an_edit_keeps_the_step() {
        OpenWindow open;
        open.canvas()->setFocus();
        open.press(Qt::Key_Right);
        open.press(Qt::Key_Right);
        open.enter("kernel_size_rows", 2);
        QCOMPARE(open.view().moment.step, 2);
        open.canvas()->setFocus();
        open.press(Qt::Key_End);
        open.enter("strides_rows", 1);
        QCOMPARE(open.view().moment.step, open.player()->stepCount());
    }

    void an_impossible_setting_is_taken_and_explained() {
        OpenWindow open;
        open.click("more");
        open.click("output_padding_chain");
        open.enter("output_padding_rows", 2);
        QCOMPARE(open.layer().output_padding, std::optional(engine::Size2D{2, 0}));
        QVERIFY2(open.problem().contains(text("output_padding 2")), qPrintable(open.problem()));
        QVERIFY(open.part<QLabel>("argument_problem")->isVisible());
        QVERIFY(!open.part<QLabel>("layer_problem")->isVisible());
        QVERIFY(!open.canvas()->diagram().items.empty());  // the last good picture, faded
        open.enter("output_padding_rows", 1);
        QVERIFY(open.problem().isEmpty());
        QCOMPARE(open.shape(), text("(None, 4, 3, 1)"));
    }

    void every_field_may_be_zero_and_come_back() {
        OpenWindow open;
        open.click("more");
        for (const char* field : {"kernel_size_rows", "kernel_size_columns", "strides_rows",
                                  "strides_columns", "dilation_rate_rows", "filters"}) {
            const int before = open.part<QSpinBox>(field)->value();
            open.enter(field, 0);
            QVERIFY2(!open.problem().isEmpty(), field);
            open.enter(field, before);
            QVERIFY2(open.problem().isEmpty(), field);
        }
    }

    // What no number can be made of leaves the number as it was.
    void fields_take_no_nonsense() {
        OpenWindow open;
        open.click("more");
        const engine::Lesson before = open.lesson();
        for (const QString& pasted :
             {text("NaN"), text("1e400"), text("x y"), text("\t,\n"), QString(10'000'000, u'9')}) {
            QApplication::clipboard()->setText(pasted);
            for (auto* field : open.window.findChildren<QAbstractSpinBox*>()) {
                if (!field->isVisible() || !field->isEnabled()) continue;
                field->setFocus();
                field->selectAll();
                QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
                QTest::keyClick(field, Qt::Key_Return);
            }
            QVERIFY2(open.lesson() == before, qPrintable(pasted.left(20)));
        }
    }

    void what_keras_refuses_is_computed_with_a_word() {
        OpenWindow open;
        open.click("more");
        QVERIFY(!open.part<QLabel>("keras_badge")->isVisible());
        open.enter("dilation_rate_rows", 2);
        QVERIFY(open.part<QLabel>("keras_badge")->isVisible());
        QVERIFY(open.problem().isEmpty());
    }

    void a_larger_table_makes_the_input_larger() {
        OpenWindow open;
        open.click_cell(Grid::input, 0, 0);
        QApplication::clipboard()->setText(QStringLiteral("1\t2\t3\n4\t5\t6\n7\t8\t9\n"));
        open.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(open.lesson().input, Tensor(Shape{3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
        open.click_cell(Grid::input, 1, 1);
        open.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(open.lesson().input.shape(), (Shape{4, 4, 1}));
        QCOMPARE(open.problem(), text("The input grew from 3 × 3 to 4 × 4."));
        open.press(Qt::Key_Z, Qt::ControlModifier);  // one step back
        QCOMPARE(open.lesson().input.shape(), (Shape{3, 3, 1}));
        QVERIFY2(open.problem().isEmpty(), "it was about what was before");
    }

    // Where a text can be read in two ways the message names the other, and a click takes it.
    void the_other_reading_is_a_click_away() {
        OpenWindow open;
        open.click_cell(Grid::input, 0, 0);
        const engine::Lesson before = open.lesson();
        QApplication::clipboard()->setText(QStringLiteral("0,5\n1,5\n2,5"));
        open.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(open.lesson().input, Tensor(Shape{3, 2, 1}, {0, 5, 1, 5, 2, 5}));
        auto* other = open.part<QPushButton>("other_reading");
        QVERIFY(other->isVisible());
        QCOMPARE(other->text(), text("Read as 3 × 1"));
        QTest::mouseClick(other, Qt::LeftButton);
        QCOMPARE(open.lesson().input, Tensor(Shape{3, 2, 1}, {0.5, 2, 1.5, 4, 2.5, 2}));
        QCOMPARE(other->text(), text("Read as 3 × 2"));
        open.canvas()->setFocus();
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(open.lesson() == before);
        QVERIFY(!other->isVisible());
    }

    void a_typed_number_with_thousands_is_said() {
        OpenWindow open;
        open.click_cell(Grid::input, 0, 0);
        open.type("2,590");
        open.press(Qt::Key_Return);
        QCOMPARE(open.lesson().input.at(0, 0, 0), 2590.0F);
        QCOMPARE(open.problem(), text("“2,590” is read as 2590."));
        auto* other = open.part<QPushButton>("other_reading");
        QTest::mouseClick(other, Qt::LeftButton);
        QCOMPARE(open.lesson().input.at(0, 0, 0), 2.59F);
        open.canvas()->setFocus();
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.lesson().input.at(0, 0, 0), 1.0F);
    }

    // Beyond a field's range nothing is bent into it.
    void numbers_beyond_a_range_are_refused_with_the_range() {
        OpenWindow open;
        open.click("more");
        const auto note = [&open] {
            auto* said = open.window.findChild<ui::widgets::FieldNote*>();
            return said == nullptr ? QString() : said->sentence();
        };
        struct Typed {
            const char* field;
            int number;
            const char* said;
        };
        for (const Typed& typed :
             {Typed{"strides_rows", 99, "strides, rows goes from 1 to 32: 99 is not taken."},
              Typed{"kernel_size_columns", 65,
                    "kernel_size, columns goes from 1 to 64: 65 is not taken."},
              Typed{"strides_columns", -5, "strides, columns goes from 1 to 32: -5 is not taken."},
              Typed{"input_rows", 5000, "input, rows goes from 1 to 1024: 5000 is not taken."},
              Typed{"filters", 100000, "filters goes from 1 to 4096: 100000 is not taken."}}) {
            const engine::Lesson before = open.lesson();
            const int shown = open.part<QSpinBox>(typed.field)->value();
            open.enter(typed.field, typed.number);
            QCOMPARE(note(), text(typed.said));
            QVERIFY2(open.lesson() == before, typed.field);
            QCOMPARE(open.part<QSpinBox>(typed.field)->value(), shown);
        }
        // Typed values go beyond the arrows, which stay where they are.
        open.enter("strides_rows", 16);
        QCOMPARE(open.layer().strides.height, 16);
        QVERIFY(note().isEmpty());
        auto* strides = open.part<QSpinBox>("strides_rows");
        strides->stepUp();
        QCOMPARE(open.layer().strides.height, 16);
        strides->stepDown();
        QCOMPARE(open.layer().strides.height, 15);
        open.enter("strides_rows", 8);
        strides->stepUp();
        QCOMPARE(open.layer().strides.height, 8);
    }

    // One error stands in one place, and the stage keeps its size.
    void an_error_stands_beside_its_cause() {
        OpenWindow open;
        open.click("more");
        QCoreApplication::processEvents();
        const QSize stage = open.canvas()->size();
        const auto said = [&open](const QString& words) {
            int places = 0;
            for (const auto* label : open.window.findChildren<QLabel*>())
                places += label->isVisible() && label->text().contains(words) ? 1 : 0;
            return places;
        };
        open.enter("output_padding_rows", 2);
        QCOMPARE(said(text("must be less than strides")), 1);
        QVERIFY(open.part<QLabel>("argument_problem")->isVisible());
        QCOMPARE(open.canvas()->size(), stage);
        open.enter("output_padding_rows", 1);
        // Numbers whose products are too large stand on the stage.
        open.click_cell(Grid::input, 0, 0);
        open.type("1e38");
        open.press(Qt::Key_Return);
        QCOMPARE(open.problem(), text("The cells reach 1e38 × 90: beyond what float32 holds."));
        QCOMPARE(said(text("beyond what float32")), 1);
        QVERIFY(open.part<QWidget>("message_banner")->isVisible());
        QCOMPARE(open.canvas()->size(), stage);
        open.click_cell(Grid::input, 0, 0);
        open.type("1e39");
        open.press(Qt::Key_Return);
        QCOMPARE(said(text("1e39 is too large for float32")), 1);
    }

    // The choice is kept for the next time the program starts.
    void the_summary_is_any_programs() {
        {
            OpenWindow open("generator_transpose");
            open.choose("rail_tabs", 1);
            auto* styles = open.part<QComboBox>("summary_style");
            auto* summary = open.part<QPlainTextEdit>("summary");
            QCOMPARE(styles->currentText(), text("Keras 2.2"));
            QCOMPARE(styles->count(), 7);
            const QString keras_2_2 = summary->toPlainText();
            styles->setFocus();
            QTest::keyClick(styles, Qt::Key_End);
            QCOMPARE(styles->currentText(), text("torchinfo"));
            QVERIFY(summary->toPlainText().contains(
                text("├─ConvTranspose2d: 1-3                   [1, 1, 11, 11]")));
            QVERIFY(summary->accessibleName().contains(text("torchinfo")));
            QTest::mouseClick(open.part<QPushButton>("copy_summary"), Qt::LeftButton);
            QCOMPARE(QGuiApplication::clipboard()->text(), summary->toPlainText());
            // Every edit is told in the chosen style.
            open.enter("kernel_size_rows", 4);
            QVERIFY(summary->toPlainText().startsWith(text("=====")));
            QVERIFY(keras_2_2.startsWith(text("_____")));
        }
        OpenWindow again("generator_transpose");
        again.choose("rail_tabs", 1);
        QCOMPARE(again.part<QComboBox>("summary_style")->currentText(), text("torchinfo"));
        QVERIFY(again.part<QPlainTextEdit>("summary")->toPlainText().startsWith(text("=====")));
    }

    void a_model_is_edited_layer_by_layer() {
        OpenWindow open("generator_transpose");
        open.choose("rail_tabs", 1);
        auto* list = open.window.findChild<QListWidget*>();
        QCOMPARE(list->count(), 3);
        QVERIFY(open.part<QPlainTextEdit>("summary")->toPlainText().contains(
            text("Total params: 324,353")));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualItemRect(list->item(0)).center());
        QCOMPARE(open.view().focus, 0);
        QCOMPARE(open.part<QSpinBox>("units")->value(), 3200);
        open.enter("units", 1600);          // no longer 5 × 5 × 128
        QVERIFY(open.problem().isEmpty());  // the layer on the stage is still good
        const QString row = list->item(1)->data(Qt::AccessibleTextRole).toString();
        QVERIFY2(row.contains(text("1,600")), qPrintable(row));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(open.view().focus, 1);
        QVERIFY(!open.problem().isEmpty());
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(open.problem().isEmpty());
        QCOMPARE(open.view().focus, 0);  // undo returns to where the edit was made

        for (auto* button : open.part<QWidget>("rail")->findChildren<QPushButton*>())
            if (button->text() == text("Down")) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(engine::class_name(open.lesson().layers[1].spec), std::string("Dense"));
        open.press(Qt::Key_Z, Qt::ControlModifier);
        for (auto* button : open.part<QWidget>("rail")->findChildren<QPushButton*>())
            if (button->text() == text("Remove")) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(open.lesson().layers.size(), std::size_t{2});
    }

    void every_shipped_lesson_opens_without_a_problem() {
        OpenWindow open(nullptr);
        for (const auto& lesson : ui::formats::shipped_lessons()) {
            QVERIFY(open.window.openLesson(lesson.name));
            QVERIFY2(open.problem().isEmpty(), qPrintable(lesson.name));
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
