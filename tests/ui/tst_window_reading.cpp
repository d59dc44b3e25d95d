// SPDX-License-Identifier: MIT
// Conv2D on the stage: the window jumps, nothing is turned; and whatever the setting, what title,
// counter, grids and window say is computed again from the layer alone.
#include <QtTest>

#include "engine/kernels/kernels.h"
#include "engine/lessons/lesson.h"
#include "tests/support/random_layers.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/words/translations.h"

using namespace ui::diagram;
using engine::Conv2D;
using engine::Lesson;

namespace {

Lesson lesson_of(const Conv2D& layer, engine::Tensor input, engine::Tensor kernel, float bias) {
    Lesson lesson;
    lesson.layers = {{.spec = layer}};
    lesson.input = std::move(input);
    lesson.layers[0].weights.recipe.reset();
    lesson.layers[0].weights.values.kernel = std::move(kernel);
    lesson.layers[0].weights.values.bias = engine::Tensor(engine::Shape{1}, {bias});
    return lesson;
}

/// One channel, one filter; none that would not fit.
std::optional<Lesson> random_lesson(engine::SeededRandom& random) {
    const auto pair = [&](int most) {
        return engine::Size2D{1 + random.below(most), 1 + random.below(most)};
    };
    Conv2D layer;
    layer.kernel_size = pair(4);
    layer.strides = pair(3);
    layer.dilation_rate = random.below(3) == 0 ? pair(2) : engine::Size2D{1, 1};
    const int padding = random.below(3);
    if (padding == 1) layer.padding = engine::Same{};
    if (padding == 2) layer.padding = engine::Explicit{{random.below(3), random.below(3)}};
    const engine::Shape shape{1 + random.below(6), 1 + random.below(6), 1};
    if (!engine::infer(layer, shape)) return std::nullopt;
    return lesson_of(
        layer, support::whole_numbers(random, shape),
        support::whole_numbers(random, {layer.kernel_size.height, layer.kernel_size.width, 1, 1}),
        static_cast<float>(random.below(3)));
}

/// What the window for an output collects, one product after the other.
struct Window {
    double sum = 0;
    int inputs = 0;
};
Window window_at(const Lesson& lesson, const engine::Geometry& g, int row, int column) {
    const auto& layer = std::get<Conv2D>(lesson.layers[0].spec);
    const engine::Tensor& kernel = lesson.layers[0].weights.values.kernel;
    Window window;
    for (int down = 0; down < layer.kernel_size.height; ++down)
        for (int right = 0; right < layer.kernel_size.width; ++right) {
            const int y =
                row * layer.strides.height + down * layer.dilation_rate.height - g.rows.pad_before;
            const int x = column * layer.strides.width + right * layer.dilation_rate.width -
                          g.columns.pad_before;
            if (y < 0 || x < 0 || y >= g.rows.in || x >= g.columns.in) continue;
            ++window.inputs;
            window.sum += static_cast<double>(lesson.input.at(y, x, 0)) *
                          static_cast<double>(kernel.at(down, right, 0, 0));
        }
    return window;
}

QStringList labels_of(const Diagram& picture) {
    QStringList labels;
    for (const Item& item : picture.items)
        if (const auto* label = std::get_if<Label>(&item.mark)) labels << label->text();
    return labels;
}

}  // namespace

class TestWindowReading : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        ui::words::install_translations();
        QVERIFY(engine::force_target("reference").has_value());
    }

    void the_shipped_lesson_jumps_and_turns_nothing();
    void words_counter_and_numbers_agree_at_every_step();
    void the_border_is_told_before_it_stands();
    void every_cell_of_the_ground_is_what_it_says();
    void images_have_a_window_too();
};

void TestWindowReading::the_shipped_lesson_jumps_and_turns_nothing() {
    const auto file = ui::formats::shipped_lesson(QStringLiteral("convolution"));
    QVERIFY(file.has_value());
    const auto run = engine::run(file->lesson);
    View view = file->view;
    view.moment = {2, 0};
    const Diagram picture = build_stage(file->lesson, *run, view);
    // 1 × 10 + 2 × 20 + 3 × 30 + 5 × 40 + 6 × 50 + 7 × 60 + 9 × 70 + 10 × 80 + 11 × 90: the odd
    // zeros of padding same stand at the end, so the first window meets inputs alone.
    QCOMPARE(picture.title, QStringLiteral("out[0, 0] = 3480: the window meets 9 inputs"));
    QVERIFY(picture.description.contains(QStringLiteral("moves by 2")));
    QVERIFY(labels_of(picture).contains(QStringLiteral("×10")));
    QVERIFY(!picture.grid({Grid::turned_kernel, 0}));
    const GridInfo* output = picture.grid({Grid::full_output, 0});
    QVERIFY(output && output->rows == 2 && output->columns == 2);
}

void TestWindowReading::words_counter_and_numbers_agree_at_every_step() {
    engine::SeededRandom random(41);
    for (int tried = 0; tried < 120; ++tried) {
        const auto lesson = random_lesson(random);
        if (!lesson) continue;
        const auto run = engine::run(*lesson);
        QVERIFY(run.has_value());
        const engine::Geometry& g = run->layers[0].geometry;
        View view;
        const engine::Timeline timeline = timeline_of(lesson->layers[0], g, view);
        const bool padded = g.rows.padded() > g.rows.in || g.columns.padded() > g.columns.in;
        const int before = padded ? 1 : 0;
        QCOMPARE(timeline.at(before + 1).phase, engine::Phase::accumulate);
        for (int number = 0; number < g.rows.out * g.columns.out; ++number) {
            const int row = number / g.columns.out;
            const int column = number % g.columns.out;
            const Window window = window_at(*lesson, g, row, column);
            const QString name = QStringLiteral("out[%1, %2]").arg(row).arg(column);
            // While the window moves nothing is told of the result; then it is.
            view.moment = {before + number, 0.5};
            Diagram picture = build_stage(*lesson, *run, view);
            QVERIFY2(picture.title.startsWith(name + QStringLiteral(": the window meets")),
                     qPrintable(picture.title));
            QCOMPARE(picture.grid({Grid::full_output, 0})->said(row, column).number(),
                     std::optional<float>());
            view.moment = {before + number + 1, 0};
            picture = build_stage(*lesson, *run, view);
            const QString told = QStringLiteral("%1 = %2: the window meets %3 input")
                                     .arg(name, number_text(static_cast<float>(window.sum)))
                                     .arg(window.inputs);
            QVERIFY2(picture.title.startsWith(told), qPrintable(picture.title + u'|' + told));
            QCOMPARE(picture.grid({Grid::full_output, 0})->said(row, column).number(),
                     std::optional(static_cast<float>(window.sum)));
            QCOMPARE(
                counter_text(timeline, g, view.moment),
                QStringLiteral("output %1 of %2").arg(number + 1).arg(g.rows.out * g.columns.out));
        }
        // The finished picture is the layer's output.
        view.moment = {timeline.step_count(), 0};
        const Diagram last = build_stage(*lesson, *run, view);
        for (int row = 0; row < g.rows.out; ++row)
            for (int column = 0; column < g.columns.out; ++column)
                QCOMPARE(last.grid({Grid::full_output, 0})->said(row, column).number(),
                         std::optional(run->layers[0].output.at(row, column, 0)));
    }
}

void TestWindowReading::the_border_is_told_before_it_stands() {
    const auto file = ui::formats::shipped_lesson(QStringLiteral("convolution"));
    const auto run = engine::run(file->lesson);
    const auto& geometry = run->layers[0].geometry;
    View view = file->view;
    const engine::Timeline timeline = timeline_of(file->lesson.layers[0], geometry, view);
    view.moment = {0, 0.5};
    QCOMPARE(counter_text(timeline, geometry, view.moment), QStringLiteral("adding a border"));
    view.moment = {1, 0};
    QCOMPARE(counter_text(timeline, geometry, view.moment), QStringLiteral("border added"));
    const Diagram picture = build_stage(file->lesson, *run, view);
    QCOMPARE(picture.title, QStringLiteral("padding same puts 0 zeros above and left, 1 below and "
                                           "right: 4 × 4 becomes 5 × 5"));
}

void TestWindowReading::every_cell_of_the_ground_is_what_it_says() {
    engine::SeededRandom random(42);
    for (int tried = 0; tried < 60; ++tried) {
        const auto lesson = random_lesson(random);
        if (!lesson) continue;
        const auto run = engine::run(*lesson);
        const engine::Geometry& g = run->layers[0].geometry;
        View view;
        view.moment = {999, 0};
        const Diagram picture = build_stage(*lesson, *run, view);
        const GridInfo* ground = picture.grid({Grid::padded_input, 0});
        QVERIFY(ground);
        QCOMPARE(ground->rows, g.rows.pad_before + g.rows.in + g.rows.pad_after);
        for (int row = 0; row < ground->rows; ++row)
            for (int column = 0; column < ground->columns; ++column) {
                const int y = row - g.rows.pad_before;
                const int x = column - g.columns.pad_before;
                const bool inside = y >= 0 && x >= 0 && y < g.rows.in && x < g.columns.in;
                QCOMPARE(ground->said(row, column).number(),
                         std::optional(inside ? lesson->input.at(y, x, 0) : 0.0F));
                // Pointing at it is pointing at the input it shows.
                view.hovered = CellRef{{Grid::padded_input, 0}, row, column};
                const QString title = build_stage(*lesson, *run, view).title;
                if (inside)
                    QVERIFY2(title.startsWith(QStringLiteral("in[%1, %2]").arg(y).arg(x)),
                             qPrintable(title));
            }
    }
}

void TestWindowReading::images_have_a_window_too() {
    Conv2D layer;
    layer.kernel_size = {3, 3};
    layer.padding = engine::Same{};
    engine::SeededRandom random(43);
    const Lesson lesson = lesson_of(layer, support::whole_numbers(random, {70, 70, 1}),
                                    support::whole_numbers(random, {3, 3, 1, 1}), 0);
    const auto run = engine::run(lesson);
    View view;
    view.moment = {1000, 0};
    const Diagram picture = build_stage(lesson, *run, view);
    const GridInfo* ground = picture.grid({Grid::padded_input, 0});
    QVERIFY(ground && ground->values.empty());
    QCOMPARE(ground->said(0, 0).number(), std::optional(0.0F));
    QCOMPARE(ground->said(1, 1).number(), std::optional(lesson.input.at(0, 0, 0)));
    QVERIFY(picture.grid({Grid::kernel, 0})->pitch.width() > 8);
}

QTEST_GUILESS_MAIN(TestWindowReading)
#include "tst_window_reading.moc"
