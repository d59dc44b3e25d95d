// SPDX-License-Identifier: MIT
// The window by real mouse and keyboard events, and its layout at every size it promises.
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

#include "ui/diagram/stage.h"
#include "ui/paint/fonts.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/phase_scrubber.h"
#include "ui/widgets/player.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/stage_area.h"
#include "ui/widgets/style.h"
#include "ui/widgets/transport_bar.h"

using engine::Shape;
using engine::Tensor;
using ui::diagram::CellRef;
using ui::diagram::Grid;
using ui::widgets::Canvas;
using ui::widgets::MainWindow;
using ui::widgets::PhaseScrubber;
using ui::widgets::Player;
using ui::widgets::Segmented;
using ui::widgets::TransportBar;

namespace {

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

/// A window as a learner has it open.
struct OpenWindow {
    ui::widgets::Appearance appearance;
    MainWindow window{&appearance};

    explicit OpenWindow(const char* lesson = "first_collide", QSize size = {1440, 900}) {
        appearance.apply();
        window.resize(size);
        window.show();
        window.activateWindow();
        [&] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        if (lesson != nullptr) [&] { QVERIFY(window.openLesson(QString::fromLatin1(lesson))); }();
        QCoreApplication::processEvents();
    }
    ~OpenWindow() { window.document()->undoStack()->setClean(); }

    const engine::Lesson& lesson() { return window.document()->lesson(); }
    const ui::diagram::View& view() { return window.document()->view(); }
    engine::Conv2DTranspose layer() {
        return std::get<engine::Conv2DTranspose>(lesson().layers.front().spec);
    }
    template <typename Widget>
    Widget* part(const char* name) {
        auto* widget = window.findChild<Widget*>(QString::fromLatin1(name));
        if (widget == nullptr) qFatal("no widget is called %s", name);
        return widget;
    }
    Canvas* canvas() { return part<Canvas>("canvas"); }
    Player* player() { return window.findChild<Player*>(); }
    QString problem() { return part<ui::widgets::ProblemBanner>("problem_banner")->sentence(); }
    QString shape() { return part<QLabel>("output_shape")->text(); }

    void click_cell(Grid grid, int row, int column) {
        const QRectF place = canvas()->cellRectOnScreen({{grid, 0}, row, column});
        QVERIFY(!place.isEmpty());
        QWidget* below = canvas()->childAt(place.center().toPoint());
        if (below == nullptr) below = canvas();
        QTest::mouseClick(below, Qt::LeftButton, {},
                          below->mapFrom(canvas(), place.center().toPoint()));
    }
    void type(const char* letters) {
        for (; *letters; ++letters) QTest::keyClick(QApplication::focusWidget(), *letters);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    /// As a person does: into the field, the old number out, the new one in, Enter.
    void enter(const char* field, int value) {
        auto* spin = part<QSpinBox>(field);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QString::number(value));
        QTest::keyClick(spin, Qt::Key_Return);
    }
    void choose(const char* segmented, int index) {
        QTest::mouseClick(part<Segmented>(segmented)->button(index), Qt::LeftButton);
    }
    void click(const char* button) { QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton); }
    QAction* action(const char* name) {
        for (QAction* action : window.findChildren<QAction*>())
            if (action->text().remove(u'&').startsWith(QString::fromLatin1(name))) return action;
        qFatal("no action is called %s", name);
        return nullptr;
    }
};

/// What a person reads or presses.
bool is_leaf(const QWidget* widget) {
    return qobject_cast<const QLabel*>(widget) || qobject_cast<const QAbstractButton*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QMenuBar*>(widget);
}

QString name_of(const QWidget* widget) {
    QString words =
        QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        words += text(" “") + label->text() + text("”");
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        words += text(" “") + button->text() + text("”");
    return words;
}

/// Everything that is cut off or lies over something else, in words.
QStringList layout_faults(const QWidget& window) {
    QStringList faults;
    std::vector<const QWidget*> leaves;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window) || !is_leaf(widget)) continue;
        if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) continue;
        if (qobject_cast<const Canvas*>(widget->parentWidget())) continue;
        leaves.push_back(widget);
    }
    for (const QWidget* leaf : leaves) {
        // Cut by an ancestor: only what scrolls may be, and only along the way it scrolls.
        bool scrolls = false;
        for (const QWidget* above = leaf->parentWidget(); above != nullptr && above != &window;
             above = above->parentWidget()) {
            const QRect place(leaf->mapTo(above, QPoint(0, 0)), leaf->size());
            scrolls = scrolls || qobject_cast<const QScrollArea*>(above->parentWidget());
            if (place.left() < 0 || place.right() > above->width() - 1)
                faults << name_of(leaf) + text(" is cut at its side by ") + name_of(above);
            if (!scrolls && (place.top() < 0 || place.bottom() > above->height() - 1))
                faults << name_of(leaf) + text(" is cut above or below by ") + name_of(above);
        }
        // Cut by itself: its words need more than it has.
        QSize needed = leaf->minimumSizeHint();
        if (const auto* label = qobject_cast<const QLabel*>(leaf)) {
            if (label->wordWrap() || label->hasHeightForWidth())
                needed = {0, label->heightForWidth(label->width())};
            else
                needed = label->sizeHint();
        }
        if (qobject_cast<const QPushButton*>(leaf)) needed = leaf->sizeHint();
        if (const auto* bar = qobject_cast<const QMenuBar*>(leaf)) needed = bar->sizeHint();
        if (leaf->width() < needed.width() - 1 || leaf->height() < needed.height() - 1)
            faults << name_of(leaf) + QStringLiteral(" needs %1 x %2 and has %3 x %4")
                                          .arg(needed.width())
                                          .arg(needed.height())
                                          .arg(leaf->width())
                                          .arg(leaf->height());
    }
    const auto on_screen = [&](const QWidget* leaf) {
        QRect place(leaf->mapTo(&window, QPoint(0, 0)), leaf->size());
        for (const QWidget* above = leaf->parentWidget(); above != nullptr && above != &window;
             above = above->parentWidget())
            place &= QRect(above->mapTo(&window, QPoint(0, 0)), above->size());
        return place;
    };
    for (std::size_t i = 0; i < leaves.size(); ++i)
        for (std::size_t j = i + 1; j < leaves.size(); ++j) {
            if (leaves[i]->isAncestorOf(leaves[j]) || leaves[j]->isAncestorOf(leaves[i])) continue;
            const QRect common = on_screen(leaves[i]) & on_screen(leaves[j]);
            if (common.width() > 1 && common.height() > 1)
                faults << name_of(leaves[i]) + text(" lies over ") + name_of(leaves[j]);
        }
    return faults;
}

QDialog* dialog(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String(name) && widget->isVisible())
            return qobject_cast<QDialog*>(widget);
    return nullptr;
}

/// Presses a button of the question that is about to be asked.
void answer_unsaved(QMessageBox::StandardButton answer, bool* asked) {
    QTimer::singleShot(0, qApp, [answer, asked] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr) return;
        *asked = true;
        QTest::mouseClick(question->button(answer), Qt::LeftButton);
    });
}

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("stridescope-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_main_window"));
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QVERIFY(ui::paint::load_fonts());
    }
    void init() {
        QSettings().clear();
        QApplication::setFont(ui::widgets::base_font(1));
    }

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
        QCOMPARE(open.layer().kernel_size, (engine::Extent{6, 3}));
        QCOMPARE(open.window.document()->undoStack()->count(), 1);
        // Ctrl+Z in a field is the lesson's undo, not the field's.
        QTest::keyClick(rows, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.layer().kernel_size, (engine::Extent{3, 3}));
        QCOMPARE(rows->value(), 3);
    }

    void sizes_and_shapes_follow_the_arguments() {
        OpenWindow open;
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        open.choose("padding", 0);
        QCOMPARE(open.shape(), text("(None, 5, 5, 1)"));
        open.enter("strides_rows", 3);
        QCOMPARE(open.shape(), text("(None, 6, 5, 1)"));
        open.enter("input_rows", 4);
        QCOMPARE(open.lesson().input, Tensor(Shape{4, 2, 1}, {1, 2, 3, 4, 0, 0, 0, 0}));
        QCOMPARE(open.shape(), text("(None, 12, 5, 1)"));
        QCOMPARE(open.part<QLabel>("parameter_count")->text(), text("10"));
    }

    void switching_the_layer_to_and_fro_keeps_its_arguments() {
        OpenWindow open;
        const engine::LayerSpec before = open.lesson().layers.front().spec;
        open.choose("layer_kind", 0);
        QCOMPARE(std::get<engine::UpSampling2D>(open.lesson().layers.front().spec).size,
                 (engine::Extent{2, 2}));
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
            QCOMPARE(static_cast<int>(open.view().reading), reading);
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
        open.click("turn_switch");
        QVERIFY(!open.view().turn_kernel);
        QVERIFY(open.canvas()->diagram().title != turned);
        open.press(Qt::Key_End);
        QVERIFY(!open.part<QWidget>("turn_switch")->isVisible());
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
        open.enter("output_padding_rows", 2);
        QCOMPARE(open.layer().output_padding, std::optional(engine::Extent{2, 0}));
        QVERIFY2(open.problem().contains(text("output_padding 2")), qPrintable(open.problem()));
        QVERIFY(open.part<QLabel>("layer_problem")->isVisible());
        QVERIFY(!open.canvas()->diagram().items.empty());  // the last good picture, faded
        open.enter("output_padding_rows", 1);
        QVERIFY(open.problem().isEmpty());
        QVERIFY(!open.part<QLabel>("layer_problem")->isVisible());
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

    void what_keras_refuses_is_computed_with_a_word() {
        OpenWindow open;
        open.click("more");
        QVERIFY(!open.part<QLabel>("keras_badge")->isVisible());
        open.enter("dilation_rate_rows", 2);
        QVERIFY(open.part<QLabel>("keras_badge")->isVisible());
        QVERIFY(open.problem().isEmpty());
    }

    void presets_mark_what_is_true() {
        OpenWindow open;
        auto* kernels = open.part<QWidget>("kernel_presets");
        const auto pill = [](QWidget* presets, const char* name) {
            for (auto* button : presets->findChildren<QPushButton*>())
                if (button->text() == QLatin1String(name)) return button;
            qFatal("no pill %s", name);
            return static_cast<QPushButton*>(nullptr);
        };
        QTest::mouseClick(pill(kernels, "Ones"), Qt::LeftButton);
        QVERIFY(pill(kernels, "Ones")->isChecked());
        QCOMPARE(open.lesson().layers.front().weights.recipe->initializer,
                 engine::Initializer::ones);
        QTest::mouseClick(pill(kernels, "Random"), Qt::LeftButton);
        const auto first = open.lesson().layers.front().weights.recipe->seed;
        QTest::mouseClick(pill(kernels, "Random"), Qt::LeftButton);
        QVERIFY(open.lesson().layers.front().weights.recipe->seed != first);

        auto* inputs = open.part<QWidget>("input_presets");
        QTest::mouseClick(pill(inputs, "Checkerboard"), Qt::LeftButton);
        QVERIFY(pill(inputs, "Checkerboard")->isChecked());
        open.click_cell(Grid::input, 0, 0);
        open.type("9");
        open.press(Qt::Key_Return);
        QVERIFY(!pill(inputs, "Checkerboard")->isChecked());
    }

    void a_larger_table_makes_the_input_larger() {
        OpenWindow open;
        open.click_cell(Grid::input, 0, 0);
        QApplication::clipboard()->setText(QStringLiteral("1\t2\t3\n4\t5\t6\n7\t8\t9\n"));
        open.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(open.lesson().input, Tensor(Shape{3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
        open.click_cell(Grid::input, 1, 1);
        open.press(Qt::Key_V, Qt::ControlModifier);
        QVERIFY2(open.problem().contains(text("3 × 3")), qPrintable(open.problem()));
        QCOMPARE(open.lesson().input.shape(), (Shape{3, 3, 1}));
    }

    void what_was_saved_comes_back() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.stride"));
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        open.choose("readings", 1);
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(!open.window.isWindowModified());
        const engine::Lesson saved = open.lesson();
        QVERIFY(open.window.openLesson(QStringLiteral("holes")));
        QVERIFY(open.lesson() != saved);
        QVERIFY(open.window.openFile(path));
        QCOMPARE(open.lesson(), saved);
        QCOMPARE(open.view().reading, engine::Reading::slide);
        QCOMPARE(open.window.document()->path(), path);
        open.enter("kernel_size_rows", 5);
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!open.window.isWindowModified());
    }

    void a_broken_file_leaves_everything_as_it_was() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("broken.stride"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"stridescope\": 1, \"layers\": [");
        file.close();
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        const engine::Lesson before = open.lesson();
        const int undo = open.window.document()->undoStack()->count();
        QVERIFY(!open.window.openFile(path));
        QVERIFY2(open.problem().startsWith(text("broken.stride: ")), qPrintable(open.problem()));
        QCOMPARE(open.lesson(), before);
        QCOMPARE(open.window.document()->undoStack()->count(), undo);
        QVERIFY(!open.window.openFile(folder.filePath(QStringLiteral("absent.stride"))));
        QCOMPARE(open.problem().count(text("absent.stride")), 1);
        open.enter("kernel_size_rows", 3);  // the next success takes the message away
        QVERIFY(open.problem().isEmpty());
    }

    void a_dropped_file_is_opened() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("dropped.stride"));
        OpenWindow open("holes");
        QVERIFY(open.window.document()->saveAs(path).has_value());
        const engine::Lesson saved = open.lesson();
        QVERIFY(open.window.openLesson(QStringLiteral("why_equal")));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(600, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&open.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(600, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&open.window, &drop);
        QCOMPARE(open.lesson(), saved);
    }

    void unsaved_changes_are_asked_about() {
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        bool asked = false;
        answer_unsaved(QMessageBox::Cancel, &asked);
        QVERIFY(!open.window.close());
        QVERIFY(asked);
        QVERIFY(open.window.isVisible());
        answer_unsaved(QMessageBox::Discard, &asked);
        QVERIFY(open.window.openLesson(QStringLiteral("holes")));
        QVERIFY(!open.window.isWindowModified());
        asked = false;
        answer_unsaved(QMessageBox::Cancel, &asked);
        QVERIFY(open.window.close());  // nothing changed since: no question
        QVERIFY(!asked);
    }

    void the_export_dialog_writes_what_it_shows() {
        QTemporaryDir folder;
        OpenWindow open;
        open.canvas()->setFocus();
        open.press(Qt::Key_End);
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
        auto* now = shown->findChild<QPushButton*>(QStringLiteral("export_now"));
        const auto write_to = [&](const QString& file) {
            path->setFocus();
            path->selectAll();
            QTest::keyClicks(path, folder.filePath(file));
            QTest::mouseClick(now, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(file), 20000);
        };
        write_to(QStringLiteral("figure.png"));
        QImage picture(folder.filePath(QStringLiteral("figure.png")));
        QVERIFY(picture.width() > 600);
        // The ending chooses the format.
        write_to(QStringLiteral("figure.svg"));
        QFile svg(folder.filePath(QStringLiteral("figure.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.read(400).contains("<svg"));
        // A folder that is not there: a sentence, and no file.
        path->setText(folder.filePath(QStringLiteral("absent/figure.png")));
        emit path->textEdited(path->text());
        QTest::mouseClick(now, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(text("▲")), 20000);
        QCoreApplication::processEvents();
        const QStringList faults = layout_faults(*shown);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        shown->close();
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
        QSettings().remove(QStringLiteral("summary_style"));
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

    void the_first_course_goes_on_by_next() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        QVERIFY(open.player()->isPlaying());
        auto* notes = open.part<ui::widgets::NotesBanner>("notes_banner");
        QVERIFY(notes->isVisible());
        const auto course = ui::document::first_launch_course();
        for (std::size_t i = 1; i < course.size(); ++i) {
            open.enter(i == 1 ? "size_rows" : "kernel_size_rows", 4);  // poked: nobody is asked
            open.click("next_lesson");
            QCOMPARE(open.lesson().title, ui::document::shipped_lesson(course[i])->lesson.title);
            QVERIFY(open.player()->isPlaying());
        }
        QVERIFY(!open.part<QPushButton>("next_lesson")->isVisible());
        for (auto* button : notes->findChildren<QPushButton*>())
            if (button->text() == text("×")) QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!notes->isVisible());
    }

    void every_shipped_lesson_opens_without_a_problem() {
        OpenWindow open(nullptr);
        for (const auto& lesson : ui::document::shipped_lessons()) {
            QVERIFY(open.window.openLesson(lesson.name));
            QVERIFY2(open.problem().isEmpty(), qPrintable(lesson.name));
        }
    }

    void the_theme_is_a_choice() {
        OpenWindow open;
        open.action("Light")->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
        open.action("Dark")->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
        QCOMPARE(QSettings().value(QStringLiteral("theme")).toInt(), 2);
        open.action("Light")->trigger();
    }

    void the_rail_folds_away_and_comes_over() {
        OpenWindow open("first_collide", {1024, 640});
        auto* rail = open.part<QWidget>("rail");
        auto* close = open.part<QPushButton>("close_rail");
        const auto* timeline = open.window.findChild<TransportBar*>();
        QVERIFY(!rail->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QVERIFY(rail->isVisible());
        QVERIFY(rail->mapTo(&open.window, QPoint(0, rail->height())).y() <=
                timeline->mapTo(&open.window, QPoint(0, 0)).y());
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!rail->isVisible());
        QVERIFY(!open.action("Shape and Model")->isChecked());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QTest::keyClick(&open.window, Qt::Key_F9);
        QVERIFY(!rail->isVisible());
        open.window.resize(1440, 900);
        QTRY_VERIFY(rail->isVisible());
        QVERIFY(!close->isVisible());
        open.window.resize(1024, 640);
        QTRY_VERIFY(!rail->isVisible());
    }

    void a_problem_covers_nothing() {
        OpenWindow open("first_collide", {1024, 640});
        open.enter("strides_rows", 0);
        const auto* banner = open.part<QWidget>("problem_banner");
        QVERIFY(banner->isVisible());
        QTRY_VERIFY(banner->geometry().bottom() < open.canvas()->geometry().top());
        open.enter("strides_rows", 2);
        QTRY_COMPARE(open.canvas()->geometry().top(), 0);
    }

    void the_first_window_fits_the_screen() {
        ui::widgets::Appearance appearance;
        const MainWindow window(&appearance);
        const QSize room = window.screen()->availableSize();
        QVERIFY(window.width() <= room.width() && window.height() < room.height());
    }

    void tab_reaches_everything_once_in_order() {
        OpenWindow open;
        open.click("more");
        open.part<QSpinBox>("input_rows")->setFocus();
        QList<QWidget*> visited;
        for (int i = 0; i < 200; ++i) {
            QWidget* focus = QApplication::focusWidget();
            if (!visited.isEmpty() && focus == visited.first()) break;
            // Inside a grid Tab goes from cell to cell and leaves after the last.
            if (visited.isEmpty() || visited.last() != focus) {
                QVERIFY2(!visited.contains(focus), qPrintable(name_of(focus)));
                visited << focus;
                const bool named = !focus->accessibleName().isEmpty() ||
                                   !QAccessible::queryAccessibleInterface(focus)
                                        ->text(QAccessible::Name)
                                        .isEmpty();
                QVERIFY2(named, qPrintable(name_of(focus)));
            }
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        const auto place = [&](const char* name) {
            return visited.indexOf(open.window.findChild<QWidget*>(QString::fromLatin1(name)));
        };
        QVERIFY(place("kernel_size_rows") > place("input_columns"));
        QVERIFY(place("bias") > place("strides_columns"));
        QVERIFY(place("more") > place("bias"));
        QVERIFY(place("filters") > place("more"));
        QVERIFY(place("canvas") > place("filters"));
        QVERIFY(place("canvas") < visited.indexOf(open.window.findChild<PhaseScrubber*>()));
        const Segmented* rail = open.part<Segmented>("rail_tabs");
        QVERIFY(visited.indexOf(open.window.findChild<PhaseScrubber*>()) <
                visited.indexOf(rail->button(0)));
        QVERIFY(visited.size() > 25);
        QTest::keyClick(visited.first(), Qt::Key_Backtab);
        QCOMPARE(QApplication::focusWidget(), visited.last());
    }

    void nothing_is_cut_or_covered_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<bool>("model");
        for (const char* lesson :
             {"first_collide", "first_upsampling", "generator_upsampling", "why_equal"})
            for (const QSize size :
                 {QSize(1024, 640), QSize(1200, 700), QSize(1440, 900), QSize(3840, 2160)})
                for (const double scale : {1.0, 2.0})
                    QTest::addRow("%s %dx%d text %g", lesson, size.width(), size.height(), scale)
                        << size << scale << QString::fromLatin1(lesson)
                        << (qstrcmp(lesson, "generator_upsampling") == 0);
    }
    void nothing_is_cut_or_covered() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        QFETCH(QString, lesson);
        QFETCH(bool, model);
        OpenWindow open(nullptr, size);
        QApplication::setFont(ui::widgets::base_font(scale));
        QVERIFY(open.window.openLesson(lesson));
        open.click("more");
        if (model) open.choose("rail_tabs", 1);
        QTest::qWait(30);
        QCOMPARE(open.window.size(), size);
        const QStringList faults = layout_faults(open.window);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
