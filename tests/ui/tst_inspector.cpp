// SPDX-License-Identifier: MIT
// The left column by mouse and keyboard: each layer's own panel, pairs in their chain, and that
// nothing moves under the mouse.
#include <set>

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QScrollArea>

#include "engine/layers/blame.h"
#include "engine/layers/layer_definition.h"
#include "tests/support/open_window.h"

using namespace support;
using engine::Layer;
using engine::LayerDefinition;
using engine::LayerSpec;
using engine::Shape;
using engine::Size2D;
using engine::Tensor;

namespace {

/// Visible names of fields below a part of the window.
QStringList fields_of(QWidget* part) {
    QStringList names;
    for (const auto* widget : part->findChildren<QWidget*>())
        if (widget->isVisibleTo(part) && !widget->objectName().isEmpty())
            names << widget->objectName();
    return names;
}

engine::Lesson lesson_of(std::vector<LayerSpec> specs, const Shape& input) {
    engine::Lesson lesson;
    lesson.title = "made for a test";
    lesson.input = engine::random_input(input, 1);
    for (const LayerSpec& spec : specs) lesson.layers.push_back(Layer{spec, {}});
    return lesson;
}

/// Values of an argument's kind, most of them impossible.
struct Odd {
    std::vector<engine::ArgumentValue> operator()(bool) const { return {true, false}; }
    std::vector<engine::ArgumentValue> operator()(int) const { return {-9, -1, 0, 1, 3, 40}; }
    std::vector<engine::ArgumentValue> operator()(float) const { return {-3.0F, 0.0F, 1.0F, 7.0F}; }
    std::vector<engine::ArgumentValue> operator()(std::optional<float>) const {
        return {std::optional<float>(), std::optional(-3.0F)};
    }
    std::vector<engine::ArgumentValue> operator()(Size2D) const {
        return {Size2D{0, 1}, Size2D{2, -1}, Size2D{9, 1}, Size2D{1, 9}, Size2D{3, 3}};
    }
    std::vector<engine::ArgumentValue> operator()(std::optional<Size2D>) const {
        return {std::optional<Size2D>(), std::optional(Size2D{1, 5}), std::optional(Size2D{2, 0}),
                std::optional(Size2D{-1, 0})};
    }
    std::vector<engine::ArgumentValue> operator()(const std::vector<int>&) const {
        return {std::vector<int>{}, std::vector<int>{0}, std::vector<int>{9}};
    }
    std::vector<engine::ArgumentValue> operator()(const engine::OpenShape&) const {
        return {engine::OpenShape{Shape{3}}, engine::OpenShape{Shape{-1, 5}},
                engine::OpenShape{Shape{0, 2}}};
    }
    std::vector<engine::ArgumentValue> operator()(const engine::Choice& choice) const {
        return {choice};
    }
    std::vector<engine::ArgumentValue> operator()(const engine::Padding&) const {
        return {engine::Padding(engine::Valid{}), engine::Padding(engine::Same{}),
                engine::Padding(engine::Explicit{{4, 0}}),
                engine::Padding(engine::Explicit{{0, 4}})};
    }
    std::vector<engine::ArgumentValue> operator()(const engine::Edges&) const {
        return {engine::Edges{3, 3, 0, 0}, engine::Edges{0, 0, 5, 0}, engine::Edges{-1, 0, 0, 0},
                engine::Edges{1, 1, 1, 1}};
    }
};

/// Every layer with each of its arguments as it may not be, on inputs of several ranks.
std::vector<engine::Lesson> lessons_with_faults() {
    std::vector<engine::Lesson> lessons;
    for (const LayerDefinition* definition : engine::layer_definitions())
        for (const Shape& input : {Shape{4, 4, 3}, Shape{12}}) {
            lessons.push_back(lesson_of({definition->example}, input));
            for (const engine::Argument& argument : definition->arguments)
                for (const auto& value : std::visit(Odd(), argument.kind())) {
                    LayerSpec spec = definition->example;
                    argument.put(spec, value);
                    lessons.push_back(lesson_of({spec}, input));
                }
        }
    return lessons;
}

}  // namespace

class TestInspector : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    // Whether it fits what arrives or not, after whatever was shown before: a layer's own name, its
    // own arguments, and a kernel only if it has one.
    void every_layer_shows_its_own_panel() {
        OpenWindow open;
        QWidget* inspector = open.part<QWidget>("inspector");
        auto* kernel = open.part<QWidget>("kernel_panel");
        engine::Conv2D convolution;
        convolution.filters = 2;
        convolution.kernel_size = {3, 3};
        for (const LayerDefinition* definition : engine::layer_definitions()) {
            for (const Shape& input : {Shape{4, 4, 4}, Shape{4}, Shape{16}}) {
                // Looked at after the convolution in front of it, which may not fit either.
                engine::Lesson lesson = lesson_of({convolution, definition->example}, input);
                for (const bool alone : {false, true}) {
                    if (alone) lesson.layers.erase(lesson.layers.begin());
                    open.window.document()->edit(lesson, text("test"));
                    for (int focus = 0; focus < static_cast<int>(lesson.layers.size()); ++focus) {
                        ui::diagram::View view = open.view();
                        view.focus = focus;
                        open.window.document()->setView(view);
                        const LayerSpec& spec = lesson.layers[static_cast<std::size_t>(focus)].spec;
                        const QString what = QString::fromStdString(engine::class_name(spec)) +
                                             u' ' + QString::number(input.rank()) +
                                             (alone ? text(" alone") : text(""));
                        QCOMPARE(open.view().focus, focus);
                        const auto& shown = engine::definition_of(spec);
                        const bool has_kernel = shown.weight_shapes &&
                                                shown.weight_shapes(spec, input).kernel.rank() > 0;
                        QVERIFY2(kernel->isVisibleTo(inspector) == has_kernel, qPrintable(what));
                        const QString name = open.part<QLabel>("layer_name")->text();
                        const bool own_switch =
                            open.part<QWidget>("layer_kind")->isVisibleTo(inspector);
                        QVERIFY2(
                            own_switch || name == QString::fromStdString(engine::class_name(spec)),
                            qPrintable(what + name));
                        const QStringList fields = fields_of(open.part<QWidget>("layer_form"));
                        for (const engine::Argument& argument : shown.arguments) {
                            const QString field = QString::fromLatin1(
                                argument.name.data(), static_cast<qsizetype>(argument.name.size()));
                            const bool folded =
                                std::holds_alternative<engine::Conv2DTranspose>(spec) ||
                                std::holds_alternative<engine::Conv2D>(spec);
                            const bool edges =
                                std::holds_alternative<engine::Edges>(argument.value_in(spec));
                            QVERIFY2(folded || edges || fields.contains(field),
                                     qPrintable(what + u' ' + field));
                        }
                    }
                }
            }
        }
    }

    void both_axes_step_together_until_the_chain_is_opened() {
        OpenWindow open;
        auto* rows = open.part<QSpinBox>("strides_rows");
        auto* columns = open.part<QSpinBox>("strides_columns");
        auto* chain = open.part<QPushButton>("strides_chain");
        QVERIFY(chain->isChecked());
        rows->setFocus();
        QTest::keyClick(rows, Qt::Key_Up);
        QCOMPARE(open.layer().strides, (Size2D{3, 3}));
        columns->setFocus();
        QTest::keyClick(columns, Qt::Key_Down);
        QTest::keyClick(columns, Qt::Key_Down);
        QCOMPARE(open.layer().strides, (Size2D{1, 1}));
        open.click("strides_chain");
        QVERIFY(!chain->isChecked());
        open.enter("strides_rows", 2);
        QCOMPARE(open.layer().strides, (Size2D{2, 1}));
        open.enter("strides_columns", 2);  // equal by chance: it stays open
        open.enter("strides_columns", 3);
        QCOMPARE(open.layer().strides, (Size2D{2, 3}));
        open.click("strides_chain");  // closed over them: one number again
        QCOMPARE(open.layer().strides, (Size2D{2, 2}));
        QVERIFY(chain->isChecked());
        // Another lesson begins anew; one whose pair is not equal shows it open.
        open.click("strides_chain");
        open.window.document()->undoStack()->setClean();
        QVERIFY(open.window.openLesson(text("readers_puzzle")));
        QVERIFY(chain->isChecked());
        QVERIFY(open.window.openLesson(text("upsampling_2x3")));
        QVERIFY(!open.part<QPushButton>("size_chain")->isChecked());
    }

    // Up to the end of what makes sense and back again, one click after the other on one place.
    void no_stepper_moves_under_the_mouse_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<QSize>("size");
        for (const char* lesson : {"first_collide", "channels_to_one", "first_upsampling"})
            QTest::addRow("%s, room for all", lesson) << text(lesson) << QSize(1440, 1100);
        for (const char* lesson : {"first_collide", "generator_transpose"})
            QTest::addRow("%s, scrolling", lesson) << text(lesson) << QSize(1024, 640);
    }
    void no_stepper_moves_under_the_mouse() {
        QFETCH(QString, lesson);
        QFETCH(QSize, size);
        OpenWindow open(nullptr, size);
        QVERIFY(open.window.openLesson(lesson));
        if (open.part<QPushButton>("more")->isVisible() &&
            !open.part<QPushButton>("more")->isChecked())
            open.click("more");
        QCoreApplication::processEvents();
        auto* inspector = open.part<QScrollArea>("inspector");
        const auto layers = static_cast<int>(open.lesson().layers.size());
        for (int focus = 0; focus < layers; ++focus) {
            ui::diagram::View view = open.view();
            view.focus = focus;
            open.window.document()->setView(view);
            QCoreApplication::processEvents();
            const QList<QAbstractSpinBox*> all = inspector->findChildren<QAbstractSpinBox*>();
            for (const QPointer<QAbstractSpinBox> stepper : all) {
                if (!stepper || !stepper->isVisible() || !stepper->isEnabled()) continue;
                inspector->ensureWidgetVisible(stepper);
                QCoreApplication::processEvents();
                for (const bool up : {true, false}) {
                    const QPoint arrow(stepper->width() - 8,
                                       up ? stepper->height() / 4 : stepper->height() * 3 / 4);
                    const QPoint place = stepper->mapToGlobal(arrow);
                    QTest::mouseMove(stepper, arrow);
                    for (int i = 0; i < 3; ++i) {
                        QTest::mouseClick(stepper, Qt::LeftButton, {}, arrow);
                        QCoreApplication::processEvents();
                        QVERIFY(stepper);
                        const QByteArray what =
                            (stepper->objectName() + u' ' + stepper->text()).toUtf8();
                        QVERIFY2(stepper->isVisible(), what.constData());
                        const QPoint now = stepper->mapToGlobal(arrow);
                        QCOMPARE(qMakePair(what, now.y()), qMakePair(what, place.y()));
                        // A scroll bar that comes takes its own margin, but for a pixel.
                        QVERIFY2(std::abs(now.x() - place.x()) <= 1, what.constData());
                        const QWidget* below =
                            open.window.childAt(open.window.mapFromGlobal(place));
                        QVERIFY2(below == stepper || stepper->isAncestorOf(below),
                                 what.constData());
                    }
                }
            }
        }
    }

    void channels_and_filters_come_first_then_what_is_shown() {
        OpenWindow open;
        open.click("more");
        open.enter("channels", 2);
        open.enter("filters", 2);
        QCoreApplication::processEvents();
        const auto top = [&](const char* name) {
            QWidget* field = open.part<QWidget>(name);
            return field->isVisible() ? field->mapTo(&open.window, QPoint(0, 0)).y() : -1;
        };
        QVERIFY(top("channels") > 0);
        QVERIFY(top("filters") > top("channels"));
        QVERIFY(top("channel_shown") > top("filters"));
        QVERIFY(top("filter_shown") > top("channel_shown"));
        QVERIFY(top("output_padding_rows") > top("filter_shown"));
    }

    void new_channels_and_filters_show_numbers() {
        OpenWindow open;
        open.click_cell(Grid::kernel, 0, 0);  // its own numbers, no recipe
        open.type("5");
        open.press(Qt::Key_Return);
        open.click("more");
        open.enter("channels", 3);
        QCOMPARE(open.lesson().input.channel(1), Tensor(Shape{2, 2, 1}, {2, 3, 4, 1}));
        QCOMPARE(open.lesson().input.channel(2), Tensor(Shape{2, 2, 1}, {3, 4, 1, 2}));
        open.enter("filters", 2);
        const Tensor kernel = open.pane().weights().kernel;
        QCOMPARE(kernel.shape(), (Shape{3, 3, 2, 3}));
        QCOMPARE(kernel.at(0, 0, 0, 0), 5.F);
        QCOMPARE(kernel.at(0, 0, 0, 1), 20.F);
        QCOMPARE(kernel.at(2, 2, 0, 1), 5.F);
        QCOMPARE(kernel.at(0, 0, 1, 0), 20.F);
        QCOMPARE(kernel.at(0, 0, 1, 2), 40.F);
        open.enter("filters", 1);
        open.enter("filters", 2);
        QVERIFY(open.pane().weights().kernel == kernel);
    }

    // What a teacher expects: counting goes on counting, a pattern goes on, and what a smaller grid
    // leaves out is there again in a larger one.
    void new_rows_and_columns_show_numbers() {
        OpenWindow open;
        const auto input = [&] { return open.lesson().input; };
        open.enter("input_rows", 3);
        QCOMPARE(input(), Tensor(Shape{3, 2, 1}, {1, 2, 3, 4, 5, 6}));
        open.enter("input_columns", 3);
        QCOMPARE(input(), Tensor(Shape{3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
        open.enter("input_columns", 2);
        open.enter("input_rows", 2);
        QCOMPARE(input(), Tensor(Shape{2, 2, 1}, {1, 2, 3, 4}));
        // Numbers of one's own.
        open.click_cell(Grid::input, 0, 0);
        open.type("7");
        open.press(Qt::Key_Return);
        open.enter("input_columns", 3);
        QCOMPARE(input(), Tensor(Shape{2, 3, 1}, {7, 2, 7, 3, 4, 3}));
        open.click_cell(Grid::input, 1, 2);
        open.type("5");
        open.press(Qt::Key_Return);
        open.enter("input_columns", 1);
        open.enter("input_rows", 1);
        QCOMPARE(input(), Tensor(Shape{1, 1, 1}, {7}));
        open.enter("input_rows", 2);
        open.enter("input_columns", 3);
        QCOMPARE(input(), Tensor(Shape{2, 3, 1}, {7, 2, 7, 3, 4, 5}));
        // In a kernel likewise: one of one's own, and one that only looks like it.
        open.click_cell(Grid::kernel, 0, 0);
        open.type("5");
        open.press(Qt::Key_Return);
        open.enter("kernel_size_rows", 4);
        const Tensor kernel = open.pane().weights().kernel;
        QCOMPARE(kernel.at(3, 3, 0, 0), 5.F);
        QCOMPARE(kernel.at(3, 1, 0, 0), 20.F);
        open.enter("kernel_size_rows", 3);
        open.click_cell(Grid::kernel, 0, 0);
        open.type("10");
        open.press(Qt::Key_Return);
        open.enter("kernel_size_rows", 4);
        QCOMPARE(open.pane().weights().kernel.at(3, 3, 0, 0), 5.F);  // set aside before
    }

    // At every preset, every size: the preset itself, and no grid of zeros.
    void a_preset_stays_itself_at_every_size() {
        OpenWindow open;
        auto* menu = open.part<QWidget>("input_presets")->findChild<QComboBox*>();
        for (int line = 0; line < menu->count(); ++line) {
            if (menu->itemText(line) == text("1 2 / 3 4")) continue;
            open.enter("input_rows", 3);
            open.enter("input_columns", 3);
            menu->setCurrentIndex(line);
            emit menu->activated(line);
            const QString name = menu->currentText();
            const Tensor small = open.lesson().input;
            for (const int size : {4, 5, 3}) {
                open.enter("input_rows", size);
                open.enter("input_columns", size);
                QCOMPARE(menu->currentText(), name);
            }
            QCOMPARE(open.lesson().input, small);
        }
    }

    // Another lesson's numbers do not come back.
    void what_was_set_aside_stays_in_its_lesson() {
        OpenWindow open;
        open.click_cell(Grid::input, 1, 1);
        open.type("9");
        open.press(Qt::Key_Return);
        open.enter("input_rows", 1);
        open.window.document()->undoStack()->setClean();
        QVERIFY(open.window.openLesson(text("first_collide")));
        open.click_cell(Grid::input, 0, 0);
        open.type("6");
        open.press(Qt::Key_Return);
        open.enter("input_rows", 3);
        QCOMPARE(open.lesson().input, Tensor(Shape{3, 2, 1}, {6, 2, 3, 4, 6, 2}));
    }

    // Every layer, every argument, values of every kind beyond what it takes: one sentence, next to
    // the field that is to blame, and that field and no other is marked.
    void what_is_wrong_stands_next_to_its_field() {
        OpenWindow open(nullptr, {1440, 1100});
        QWidget* inspector = open.part<QWidget>("inspector");
        std::set<QString> kinds;
        int beside = 0;
        for (const engine::Lesson& lesson : lessons_with_faults()) {
            open.window.document()->edit(lesson, text("test"));
            QCoreApplication::processEvents();
            const auto& shown = open.pane();
            const LayerSpec& spec = shown.spec();
            QList<QLabel*> said;
            for (auto* label : inspector->findChildren<QLabel*>())
                if (label->isVisible() && label->objectName().endsWith(text("_problem")))
                    said << label;
            QList<QWidget*> marked;
            for (auto* widget : inspector->findChildren<QWidget*>())
                if (widget->isVisible() && widget->property("faulty").toBool()) marked << widget;
            if (!shown.shapes.error) {
                QVERIFY(said.isEmpty() && marked.isEmpty());
                continue;
            }
            const engine::Error& error = *shown.shapes.error;
            const QString what =
                QString::fromStdString(engine::class_name(spec)) + text(": ") + shown.problem;
            kinds.insert(QString::fromLatin1(engine::code_name(error.code)));
            QVERIFY2(said.size() == 1 && said[0]->text().endsWith(shown.problem), qPrintable(what));
            const auto* argument = engine::argument_behind(engine::definition_of(spec), error);
            QVERIFY2(said[0]->objectName() == text("layer_problem") || argument, qPrintable(what));
            if (!argument || said[0]->objectName() == text("layer_problem")) {
                // No field of that name is there.
                QVERIFY2(marked.isEmpty(), qPrintable(what));
                QVERIFY2(!argument || !fields_of(inspector).contains(QString::fromLatin1(
                                          argument->name.data(),
                                          static_cast<qsizetype>(argument->name.size()))),
                         qPrintable(what));
                continue;
            }
            ++beside;
            QVERIFY2(!marked.isEmpty(), qPrintable(what));
            // Below it, with nothing between them.
            const auto top = [&](QWidget* widget) {
                return widget->mapTo(inspector, QPoint(0, 0)).y();
            };
            QWidget* last = marked.last();
            const int gap = top(said[0]) - (top(last) + last->height());
            QVERIFY2(gap >= 0 && gap < 40, qPrintable(what + QString::number(gap)));
            const QString name = QString::fromLatin1(argument->name.data(),
                                                     static_cast<qsizetype>(argument->name.size()));
            for (const QWidget* widget : marked) {
                QVERIFY2(widget->objectName().startsWith(name) ||
                             widget->accessibleName().startsWith(name),
                         qPrintable(what + widget->objectName()));
                QCOMPARE(widget->accessibleDescription(), shown.problem);
                if (error.axis >= 0 && widget->objectName().contains(u'_'))
                    QVERIFY2(!widget->objectName().endsWith(error.axis == 0 ? text("_columns")
                                                                            : text("_rows")),
                             qPrintable(what));
            }
        }
        QVERIFY(beside > 100);
        for (const char* kind :
             {"not_positive", "too_large", "output_padding_too_large", "empty_output",
              "indivisible_channels", "size_mismatch", "rank_mismatch", "out_of_range"})
            QVERIFY2(kinds.contains(text(kind)), kind);
    }

    void presets_are_one_menu_that_names_the_present_one() {
        OpenWindow open;
        auto* kernels = open.part<QWidget>("kernel_presets")->findChild<QComboBox*>();
        auto* inputs = open.part<QWidget>("input_presets")->findChild<QComboBox*>();
        QCOMPARE(kernels->currentText(), text("10 20 30 …"));
        QCOMPARE(inputs->currentText(), text("1 2 / 3 4"));
        const auto choose = [](QComboBox* menu, const char* name) {
            menu->setFocus();
            menu->showPopup();
            const int line = menu->findText(QString::fromUtf8(name));
            QVERIFY(line >= 0);
            menu->setCurrentIndex(line);
            menu->hidePopup();
            emit menu->activated(line);
        };
        choose(kernels, "Ones");
        QCOMPARE(open.lesson().layers.front().weights.recipe->initializer,
                 engine::Initializer::ones);
        choose(kernels, "Random");
        const auto seed = open.lesson().layers.front().weights.recipe->seed;
        choose(kernels, "Random");
        QVERIFY(open.lesson().layers.front().weights.recipe->seed != seed);
        choose(inputs, "Checkerboard");
        QCOMPARE(inputs->currentText(), text("Checkerboard"));
        open.click_cell(Grid::input, 0, 0);
        open.type("9");
        open.press(Qt::Key_Return);
        QCOMPARE(inputs->currentText(), text("Own numbers"));
        const int none = inputs->currentIndex();
        QVERIFY(!(inputs->model()->index(none, 0).flags() & Qt::ItemIsEnabled));
        choose(inputs, "Checkerboard");
        QVERIFY(inputs->findText(text("Own numbers")) < 0);
        // By keyboard: from line to line.
        kernels->setFocus();
        QTest::keyClick(kernels, Qt::Key_Home);
        QCOMPARE(open.lesson().layers.front().weights.recipe->initializer,
                 engine::Initializer::tens);
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
