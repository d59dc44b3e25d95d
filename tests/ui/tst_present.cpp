// SPDX-License-Identifier: MIT
// What is shown of a lesson that can be computed, of one that cannot, and of two beside each other;
// and how little is computed anew.
#include <QtTest>

#include "tests/support/random_layers.h"
#include "tests/support/readings.h"
#include "ui/document/present.h"
#include "ui/words/error_text.h"

using namespace engine;
using ui::diagram::Grid;
using ui::document::Pane;
using ui::document::present;
using ui::document::Presented;
using ui::document::PresentedPane;
using ui::document::Room;
using ui::document::Session;
using State = PresentedPane::State;

namespace {

/// 2 × 2 grows to 5 × 5; a second layer makes of that what it can.
Lesson lesson_of(const std::vector<LayerSpec>& after) {
    Lesson lesson;
    lesson.input = counting_input({2, 2, 1});
    lesson.layers = {{support::convolution<Conv2DTranspose>(1, {3, 3}, {2, 2}, Valid{}), {}}};
    for (const LayerSpec& spec : after) lesson.layers.push_back({spec, {}});
    return lesson;
}

ui::diagram::View view_of(int focus) {
    ui::diagram::View view;
    view.focus = focus;
    return view;
}

PresentedPane pane_of(const Lesson& lesson, const ui::diagram::View& view) {
    return present({{{lesson, view}}}, {}, nullptr).panes.front();
}

const Tensor& output_of(const PresentedPane& pane) {
    return pane.computed->run.layers[static_cast<std::size_t>(pane.view.focus)].output;
}

/// Does not fit into 5 × 5.
const auto too_large = support::convolution<Conv2D>(1, {9, 9}, {1, 1}, Valid{});

}  // namespace

class TestPresent : public QObject {
    Q_OBJECT

private slots:
    void a_lesson_that_can_be_computed() {
        const PresentedPane shown = pane_of(lesson_of({}), view_of(0));
        QVERIFY(shown.problem.isEmpty());
        QCOMPARE(shown.problem_layer, -1);
        QCOMPARE(output_of(shown).shape(), (Shape{5, 5, 1}));
        QCOMPARE(shown.input_shape(), (Shape{2, 2, 1}));
        QVERIFY(shown.computed->lesson == shown.lesson);
        QVERIFY(shown.is_current());
    }

    void layers_before_the_problem_are_as_good_as_ever() {
        const Lesson lesson = lesson_of({too_large});
        const PresentedPane shown = pane_of(lesson, view_of(0));
        QCOMPARE(shown.problem_layer, 1);
        QCOMPARE(shown.problem_named, ui::words::error_text(run(lesson).error()));
        QVERIFY(shown.problem != shown.problem_named);
        QVERIFY(shown.computed->lesson == lesson_of({}));
        QVERIFY(shown.is_current());
        QCOMPARE(output_of(shown).shape(), (Shape{5, 5, 1}));
    }

    void the_layer_of_the_problem_and_those_after_it_cannot_be_computed() {
        for (const int focus : {1, 2}) {
            const PresentedPane shown = pane_of(lesson_of({too_large, Flatten{}}), view_of(focus));
            QCOMPARE(shown.state, State::impossible);
            QVERIFY(!shown.computed);
            QVERIFY(!shown.picture);
            QVERIFY(shown.geometry() == nullptr);
            QCOMPARE(shown.input_shape().rank(), focus == 1 ? 3 : 0);
        }
    }

    void a_single_layer_is_not_named() {
        Lesson lesson = lesson_of({});
        lesson.layers[0].spec = too_large;
        const PresentedPane shown = pane_of(lesson, view_of(0));
        QCOMPARE(shown.problem_layer, 0);
        QCOMPARE(shown.problem_named, shown.problem);
    }

    void the_focus_stays_among_the_layers() {
        QCOMPARE(pane_of(lesson_of({Flatten{}}), view_of(7)).view.focus, 1);
        QCOMPARE(pane_of(lesson_of({}), view_of(-1)).view.focus, 0);
    }

    // An edit computes its layers and one trace once; a step, a hover and a pin compute nothing.
    void only_what_changed_is_computed() {
        Session session{{{lesson_of({Flatten{}}), view_of(0)}}};
        const Presented first = present(session, {}, nullptr);
        QCOMPARE(first.done.layers, 2);
        QCOMPARE(first.done.traces, 1);
        QCOMPARE(first.done.pictures, 1);

        QCOMPARE(first.done.plans, 1);  // Flatten has none

        const Presented again = present(session, {}, &first);
        QCOMPARE(again.done.layers + again.done.traces + again.done.pictures, 0);
        QVERIFY(again.panes[0].picture == first.panes[0].picture);

        ui::diagram::View& view = session.panes[0].view;
        view.moment = {2, 0.5};
        view.hovered = {{{Grid::input, 0}, 0, 1}};
        view.pinned = {{{Grid::full_output, 0}, 2, 2}};
        const Presented looked = present(session, {}, &again);
        QCOMPARE(looked.done.layers + looked.done.traces, 0);
        QCOMPARE(looked.done.pictures, 1);
        QVERIFY(*looked.panes[0].picture == *present(session, {}, nullptr).panes[0].picture);

        view.reading = Reading::slide;
        const Presented read = present(session, {}, &looked);
        QCOMPARE(read.done.layers, 0);
        QCOMPARE(read.done.traces, 1);
        QVERIFY(*read.panes[0].picture == *present(session, {}, nullptr).panes[0].picture);

        const Presented larger = present(session, {{1600, 900}, 1}, &read);
        QCOMPARE(larger.done.layers + larger.done.traces, 0);
        QCOMPARE(larger.done.pictures, 1);

        session.panes[0].lesson.input = counting_input({3, 2, 1});
        const Presented edited = present(session, {{1600, 900}, 1}, &larger);
        QCOMPARE(edited.done.layers, 2);
        QCOMPARE(edited.done.plans, 1);
        QCOMPARE(edited.done.traces, 1);
        QVERIFY(*edited.panes[0].picture ==
                *present(session, {{1600, 900}, 1}, nullptr).panes[0].picture);

        // A number of the input makes nothing ready that is not so already.
        Tensor& input = session.panes[0].lesson.input;
        input = input.with_value(2, 7);
        const Presented number = present(session, {{1600, 900}, 1}, &edited);
        QCOMPARE(number.done.layers, 2);
        QCOMPARE(number.done.plans, 0);
        QVERIFY(*number.panes[0].picture ==
                *present(session, {{1600, 900}, 1}, nullptr).panes[0].picture);
    }

    // However one got there, what is shown is the same: previous pictures save time and change
    // nothing.
    void the_way_there_does_not_matter() {
        SeededRandom random(5);
        Session session{{{lesson_of({Flatten{}}), view_of(0)}}};
        Presented shown = present(session, {}, nullptr);
        for (int i = 0; i < 60; ++i) {
            Pane& pane = session.panes[0];
            auto& layer = std::get<Conv2DTranspose>(pane.lesson.layers[0].spec);
            switch (random.below(6)) {
                case 0:
                    layer.strides.height = 1 + random.below(3);
                    break;
                case 1:
                    layer.output_padding = Size2D{random.below(4), 0};  // some of them impossible
                    break;
                case 2:
                    pane.lesson.input = counting_input({1 + random.below(4), 2, 1});
                    break;
                case 3:
                    pane.view.reading = support::reading_at(random.below(3));
                    break;
                case 4:
                    pane.view.focus = random.below(2);
                    break;
                default:
                    pane.view.moment = {random.below(30), 0};
            }
            shown = present(session, {}, &shown);
            const PresentedPane fresh = present(session, {}, nullptr).panes[0];
            const PresentedPane& now = shown.panes[0];
            QCOMPARE(now.state, fresh.state);
            QCOMPARE(now.problem_named, fresh.problem_named);
            QCOMPARE(now.problem_layer, fresh.problem_layer);
            QCOMPARE(now.view, fresh.view);
            if (now.is_current()) QVERIFY(*now.picture == *fresh.picture);
        }
    }

    void what_is_not_computed_waits_under_the_last_picture() {
        Session session{{{lesson_of({}), view_of(0)}}};
        const Presented first = present(session, {}, nullptr);
        session.panes[0].lesson.input = counting_input({4, 4, 1});
        const Presented waiting = present(session, {}, &first, {.compute = false});
        const PresentedPane& pane = waiting.panes[0];
        QCOMPARE(pane.state, State::waiting);
        QVERIFY(pane.picture == first.panes[0].picture);
        QCOMPARE(waiting.done.layers + waiting.done.traces + waiting.done.pictures, 0);
        // Shapes and weights are known without computing.
        QCOMPARE(pane.geometry()->output, (Shape{9, 9, 1}));
        QCOMPARE(pane.weights().kernel.shape(), (Shape{3, 3, 1, 1}));

        const Presented stopped =
            present(session, {}, &first, {.watch = [](double) { return false; }});
        QCOMPARE(stopped.panes[0].state, State::waiting);
        QVERIFY(present(session, {}, &first).panes[0].is_current());
    }

    void what_cannot_be_computed_is_not_tried_again() {
        Lesson lesson = lesson_of({Activation{ActivationKind::exponential}});
        lesson.input = Tensor({2, 2, 1}, {1e30F, 1, 1, 1});
        Session session{{{lesson, view_of(1)}}};
        const Presented first = present(session, {}, nullptr);
        QCOMPARE(first.panes[0].state, State::impossible);
        QCOMPARE(first.panes[0].problem_layer, 1);
        session.panes[0].view.hovered = {{{Grid::input, 0}, 0, 0}};
        const Presented again = present(session, {}, &first);
        QCOMPARE(again.done.layers, 0);
        QCOMPARE(again.panes[0].problem_named, first.panes[0].problem_named);
        session.panes[0].view.focus = 0;  // the layer before it is as good as ever
        const Presented before = present(session, {}, &again);
        QVERIFY(before.panes[0].is_current());
        QCOMPARE(before.panes[0].problem_layer, 1);
    }

    // What is computed next may need the room: its own plans stay, for it will hold them anyway,
    // all else goes.
    void room_is_made_for_what_comes() {
        Session session{{{lesson_of({Flatten{}, Dense{.units = 4}}), view_of(2)}}};
        const Presented shown = present(session, {}, nullptr);
        QCOMPARE(shown.done.plans, 2);
        const auto plans_after = [&](std::int64_t numbers) {
            Presented base = shown;
            ui::document::make_room(base, session, {.max_numbers = numbers});
            if (base.panes[0].computed) qFatal("the old run is still there");
            if (base.panes[0].picture != shown.panes[0].picture) qFatal("the picture is gone");
            return present(session, {}, &base).done.plans;
        };
        session.panes[0].lesson.input = session.panes[0].lesson.input.with_value(0, 5);
        QCOMPARE(plans_after(max_held_count), 0);
        QCOMPARE(plans_after(100), 2);
        session.panes[0].lesson.layers[2].weights.recipe = WeightRecipe{Initializer::ones};
        QCOMPARE(plans_after(max_held_count), 1);
        session.panes[0].lesson.layers[0].spec = too_large;
        session.panes[0].view.focus = 0;
        QCOMPARE(plans_after(max_held_count), 0);
    }

    void a_lesson_without_room_says_so_at_once() {
        Session session{{{lesson_of({}), view_of(0)}}};
        const Presented refused =
            present(session, {}, nullptr, {.compute = false, .max_numbers = 20});
        QCOMPARE(refused.panes[0].state, State::impossible);
        QVERIFY(refused.panes[0].problem.contains(QStringLiteral("20")));
        QVERIFY(refused.panes[0].geometry());
    }

    // Two settings on one input: each its own picture, whose cells name their pane.
    void two_panes_stand_beside_each_other() {
        Session session{{{lesson_of({}), view_of(0)}, {lesson_of({Flatten{}}), view_of(0)}}};
        const Presented both = present(session, {}, nullptr);
        QCOMPARE(both.panes.size(), std::size_t{2});
        for (int pane = 0; pane < 2; ++pane) {
            const ui::diagram::Diagram& picture =
                *both.panes[static_cast<std::size_t>(pane)].picture;
            QVERIFY(!picture.grids.empty());
            for (const auto& grid : picture.grids) QCOMPARE(grid.grid.pane, pane);
            for (const auto& item : picture.items)
                if (item.cell) QCOMPARE(item.cell->grid.pane, pane);
        }
        // An edit of one computes that one alone.
        session.panes[1].lesson.input = counting_input({3, 3, 1});
        const Presented edited = present(session, {}, &both);
        QCOMPARE(edited.done.traces, 1);
        QVERIFY(edited.panes[0].picture == both.panes[0].picture);
        // One that is impossible leaves the other alone.
        session.panes[0].lesson.layers[0].spec = too_large;
        const Presented broken = present(session, {}, &edited);
        QCOMPARE(broken.panes[0].state, State::impossible);
        QVERIFY(broken.panes[1].is_current());
    }

    void linked_panes_share_moment_hover_and_pin() {
        Session session{{{lesson_of({}), view_of(0)}, {lesson_of({}), view_of(0)}}};
        ui::diagram::View view = view_of(0);
        view.moment = {3, 0.25};
        view.reading = Reading::slide;
        view.hovered = {{{Grid::input, 0, 1}, 1, 1}};
        const Session apart = ui::document::looked_at(session, 1, view);
        QCOMPARE(apart.panes[0], session.panes[0]);
        QCOMPARE(apart.panes[1].view, view);

        session.linked = true;
        const Session linked = ui::document::looked_at(session, 1, view);
        QCOMPARE(linked.panes[0].view.moment, view.moment);
        QCOMPARE(linked.panes[0].view.reading, Reading::stamp);
        QCOMPARE(linked.panes[0].view.hovered, (ui::diagram::CellRef{{Grid::input, 0, 0}, 1, 1}));
    }
};

QTEST_APPLESS_MAIN(TestPresent)
#include "tst_present.moc"
