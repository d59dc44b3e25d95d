// SPDX-License-Identifier: MIT
// What typing, painting and pasting on the stage make of a lesson, and where its step goes.
#include <QTest>

#include "ui/diagram/stage.h"
#include "ui/widgets/lesson_edits.h"

using engine::Lesson;
using engine::Shape;
using engine::Tensor;
using ui::diagram::Grid;
using ui::diagram::View;
using namespace ui::widgets;

namespace {

/// The tutorial's example: [[1, 2], [3, 4]], kernel 10 … 90, strides 2, same.
Lesson collide() {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = engine::Same{};
    Lesson lesson;
    lesson.input = Tensor(Shape{2, 2, 1}, {1, 2, 3, 4});
    lesson.layers = {{layer, {engine::WeightRecipe{engine::Initializer::tens, 1}, {}}}};
    return lesson;
}

const engine::Conv2DTranspose& layer_of(const Lesson& lesson) {
    return std::get<engine::Conv2DTranspose>(lesson.layers.front().spec);
}

/// The lesson and a view, as the window holds them.
struct Desk {
    Lesson lesson = collide();
    View view;
    engine::Run run() const { return *engine::run(lesson); }
    std::vector<engine::Geometry> geometries() const {
        return engine::infer_model(lesson.layers, lesson.input.shape()).geometries;
    }
    std::optional<Lesson> typed(Grid grid, int row, int column, float value) const {
        return with_cells(lesson, geometries(), view,
                          CellEdits{{grid, 0}, {{row, column, value}}, {}});
    }
    Pasted pasted(Grid grid, int row, int column, const ui::formats::GridRows& rows) const {
        return with_rows(lesson, geometries(), view, {grid, 0}, row, column, rows);
    }
    engine::Trace trace() const { return ui::diagram::trace_of(lesson, run(), view); }
};

}  // namespace

class TestLessonEdits : public QObject {
    Q_OBJECT
private slots:
    // DepthToSpace shows every channel as a grid of its own.
    void a_number_goes_into_the_channel_of_its_grid() {
        Desk desk;
        desk.lesson.layers = {{engine::DepthToSpace{2}, {}}};
        desk.lesson.input = engine::counting_input({1, 1, 4});
        const auto lesson = with_cells(desk.lesson, desk.geometries(), desk.view,
                                       CellEdits{{Grid::input, 1 + 2}, {{0, 0, 9}}, {}});
        QVERIFY(lesson);
        QCOMPARE(lesson->input, Tensor(Shape{1, 1, 4}, {1, 2, 9, 4}));
        const Pasted pasted =
            with_rows(desk.lesson, desk.geometries(), desk.view, {Grid::input, 1 + 3}, 0, 0, {{7}});
        QVERIFY(pasted.lesson);
        QCOMPARE(pasted.lesson->input, Tensor(Shape{1, 1, 4}, {1, 2, 3, 7}));
    }

    void a_number_goes_into_the_input() {
        const auto lesson = Desk().typed(Grid::input, 1, 0, 7);
        QVERIFY(lesson);
        QCOMPARE(lesson->input, Tensor(Shape{2, 2, 1}, {1, 2, 7, 4}));
    }

    void a_number_goes_into_the_channel_shown() {
        Desk desk;
        desk.lesson.input = Tensor(Shape{1, 2, 2}, {1, 2, 3, 4});
        desk.view.channel = 1;
        QCOMPARE(desk.typed(Grid::input, 0, 1, 9)->input, Tensor(Shape{1, 2, 2}, {1, 2, 3, 9}));
    }

    void a_number_in_the_kernel_turns_the_recipe_into_values() {
        const auto lesson = Desk().typed(Grid::kernel, 0, 2, -1);
        QVERIFY(lesson);
        const auto& setting = lesson->layers.front().weights;
        QVERIFY(!setting.recipe);
        QCOMPARE(setting.values.kernel,
                 Tensor(Shape{3, 3, 1, 1}, {10, 20, -1, 40, 50, 60, 70, 80, 90}));
    }

    void a_kernel_number_goes_into_the_slice_shown() {
        // Conv2DTranspose keeps (kh, kw, filters, in).
        Desk desk;
        auto layer = layer_of(desk.lesson);
        layer.filters = 2;
        layer.kernel_size = {1, 1};
        layer.strides = {1, 1};
        desk.lesson.layers.front().spec = layer;
        desk.lesson.input = Tensor::filled(Shape{1, 1, 3}, 1);
        desk.view.filter = 1;
        desk.view.channel = 2;
        const auto lesson = desk.typed(Grid::kernel, 0, 0, 5);
        const Tensor& kernel = lesson->layers.front().weights.values.kernel;
        QCOMPARE(kernel.shape(), (Shape{1, 1, 2, 3}));
        for (int filter = 0; filter < 2; ++filter)
            for (int channel = 0; channel < 3; ++channel)
                QCOMPARE(kernel.at(0, 0, filter, channel),
                         filter == 1 && channel == 2 ? 5.F : 10.F);
    }

    void taps_set_aside_by_a_smaller_kernel_survive_an_edit() {
        Desk desk;
        desk.lesson = *desk.typed(Grid::kernel, 2, 2, 99);  // values now, 3 x 3
        auto layer = layer_of(desk.lesson);
        layer.kernel_size = {2, 2};
        desk.lesson.layers.front().spec = layer;
        desk.lesson = *desk.typed(Grid::kernel, 0, 0, 1);
        layer.kernel_size = {3, 3};
        desk.lesson.layers.front().spec = layer;
        QCOMPARE(desk.run().layers.front().weights.kernel,
                 Tensor(Shape{3, 3, 1, 1}, {1, 20, 30, 40, 50, 60, 70, 80, 99}));
    }

    void computed_and_outside_cells_are_left_alone() {
        QVERIFY(!Desk().typed(Grid::full_output, 0, 0, 1));
        QVERIFY(!Desk().typed(Grid::input, 2, 0, 1));
        QVERIFY(!Desk().typed(Grid::kernel, 0, 3, 1));
        Desk second;
        second.lesson.layers.push_back(second.lesson.layers.front());
        second.view.focus = 1;  // its input is the output of the first
        QVERIFY(!second.typed(Grid::input, 0, 0, 1));
    }

    void pasting_larger_at_the_origin_makes_room() {
        const auto pasted = Desk().pasted(Grid::input, 0, 0, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        QVERIFY(pasted.lesson);
        QCOMPARE(pasted.lesson->input, Tensor(Shape{3, 3, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }

    void pasting_smaller_keeps_the_rest() {
        const auto pasted = Desk().pasted(Grid::input, 1, 0, {{8, 9}});
        QCOMPARE(pasted.lesson->input, Tensor(Shape{2, 2, 1}, {1, 2, 8, 9}));
    }

    void pasting_over_the_rim_makes_room_and_says_so() {
        const auto pasted = Desk().pasted(Grid::input, 1, 1, {{8, 9}});
        QVERIFY(pasted.lesson);
        QCOMPARE(pasted.lesson->input, Tensor(Shape{2, 3, 1}, {1, 2, 1, 3, 8, 9}));
        QCOMPARE(pasted.resized, QStringLiteral("The input grew from 2 × 2 to 2 × 3."));
        const auto kernel = Desk().pasted(Grid::kernel, 2, 2, {{8, 9}});
        QVERIFY(kernel.lesson);
        QCOMPARE(layer_of(*kernel.lesson).kernel_size, (engine::Size2D{3, 4}));
        QCOMPARE(kernel.resized, QStringLiteral("kernel_size changed from 3 × 3 to 3 × 4."));
        QVERIFY(Desk().pasted(Grid::input, 1, 0, {{8, 9}}).resized.isEmpty());
    }

    void pasting_beyond_all_limits_says_why_not() {
        const auto pasted = Desk().pasted(Grid::input, 1, 1, {std::vector<float>(1024, 1)});
        QVERIFY(!pasted.lesson);
        QCOMPARE(pasted.refusal,
                 QStringLiteral("The input would be 2 × 1025, but goes up to 1024 × 1024."));
    }

    // A number pasted into the first cell is one number, as it would be in any other.
    void pasting_one_number_changes_one_cell() {
        const auto pasted = Desk().pasted(Grid::kernel, 0, 0, {{7}});
        QVERIFY(pasted.lesson);
        QCOMPARE(layer_of(*pasted.lesson).kernel_size, (engine::Size2D{3, 3}));
        QVERIFY(pasted.resized.isEmpty());
    }

    void pasting_a_kernel_sets_kernel_size() {
        const auto pasted = Desk().pasted(Grid::kernel, 0, 0, {{1, 2}, {3, 4}});
        QVERIFY(pasted.lesson);
        QCOMPARE(layer_of(*pasted.lesson).kernel_size, (engine::Size2D{2, 2}));
        Desk after;
        after.lesson = *pasted.lesson;
        QCOMPARE(after.run().layers.front().weights.kernel,
                 Tensor(Shape{2, 2, 1, 1}, {1, 2, 3, 4}));
    }

    void pasting_a_huge_kernel_says_the_limit() {
        const ui::formats::GridRows rows(65, std::vector<float>(12, 1));
        const auto pasted = Desk().pasted(Grid::kernel, 0, 0, rows);
        QVERIFY(!pasted.lesson);
        QVERIFY(pasted.refusal.contains(QStringLiteral("65 × 12")));
        QVERIFY(pasted.refusal.contains(QStringLiteral("64 × 64")));
    }

    void pasting_into_computed_numbers_says_why_not() {
        QVERIFY(!Desk().pasted(Grid::full_output, 0, 0, {{1}}).refusal.isEmpty());
    }

    void the_step_keeps_its_cell_when_the_grid_grows() {
        Desk before, after;
        after.lesson.input = engine::counting_input({3, 3, 1});
        // Two of four inputs done: the last one is (0, 1). In the larger grid that is step 2 too.
        const int step = before.trace().timeline().first_step(0) + 1;
        const int kept =
            engine::kept_step(before.trace().timeline(), step, after.trace().timeline());
        QCOMPARE(after.trace().at(kept).cell, (engine::Cell{0, 1}));
        QCOMPARE(after.trace().at(kept).phase, engine::Phase::accumulate);
    }

    void the_step_goes_to_the_nearest_cell_left_when_the_grid_shrinks() {
        Desk before, after;
        before.lesson.input = engine::counting_input({3, 3, 1});
        const int step = before.trace().timeline().first_step(0) + 5;  // (1, 2)
        const int kept =
            engine::kept_step(before.trace().timeline(), step, after.trace().timeline());
        QCOMPARE(after.trace().at(kept).cell, (engine::Cell{1, 1}));
    }

    void the_step_keeps_its_phase_when_earlier_phases_go() {
        Desk before, after;
        before.view.reading = after.view.reading = engine::Reading::slide;
        auto layer = layer_of(after.lesson);
        layer.strides = {1, 1};  // no zeros to insert
        after.lesson.layers.front().spec = layer;
        const engine::Trace from = before.trace(), to = after.trace();
        for (int step = 1; step < from.step_count(); ++step) {
            const engine::Position was = from.at(step);
            const int kept = engine::kept_step(from.timeline(), step, to.timeline());
            bool has_phase = false;
            for (const auto& segment : to.segments()) has_phase |= segment.phase == was.phase;
            if (has_phase) QCOMPARE(to.at(kept).phase, was.phase);
            QVERIFY(kept >= 0 && kept <= to.step_count());
        }
    }

    void beginning_and_end_stay_beginning_and_end() {
        Desk before, after;
        after.lesson.input = engine::counting_input({4, 5, 1});
        QCOMPARE(engine::kept_step(before.trace().timeline(), 0, after.trace().timeline()), 0);
        QCOMPARE(engine::kept_step(before.trace().timeline(), before.trace().step_count(),
                                   after.trace().timeline()),
                 after.trace().step_count());
    }
};

QTEST_GUILESS_MAIN(TestLessonEdits)
#include "tst_lesson_edits.moc"
