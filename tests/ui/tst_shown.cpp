// SPDX-License-Identifier: MIT
// What is shown of a lesson that can be computed, and of one that cannot.
#include <QtTest>

#include "tests/support/random_layers.h"
#include "ui/document/error_text.h"
#include "ui/widgets/shown.h"

using namespace engine;
using ui::widgets::Shown;
using ui::widgets::shown_of;

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

/// Does not fit into 5 × 5.
const auto too_large = support::convolution<Conv2D>(1, {9, 9}, {1, 1}, Valid{});

}  // namespace

class TestShown : public QObject {
    Q_OBJECT

private slots:
    void a_lesson_that_can_be_computed() {
        const Shown shown = shown_of(lesson_of({}), view_of(0));
        QVERIFY(shown.problem.isEmpty());
        QCOMPARE(shown.problem_layer, -1);
        QCOMPARE(shown.layer_run()->output.shape(), (Shape{5, 5, 1}));
        QCOMPARE(shown.input_shape(), (Shape{2, 2, 1}));
        QVERIFY(shown.computed() == shown.lesson);
    }

    void layers_before_the_problem_are_as_good_as_ever() {
        const Lesson lesson = lesson_of({too_large});
        const Shown shown = shown_of(lesson, view_of(0));
        QCOMPARE(shown.problem_layer, 1);
        QCOMPARE(shown.problem_named, ui::document::error_text(run(lesson).error()));
        QVERIFY(shown.problem != shown.problem_named);
        QVERIFY(shown.computed() == lesson_of({}));
        QCOMPARE(shown.layer_run()->output.shape(), (Shape{5, 5, 1}));
    }

    void the_layer_of_the_problem_and_those_after_it_cannot_be_computed() {
        for (const int focus : {1, 2}) {
            const Shown shown = shown_of(lesson_of({too_large, Flatten{}}), view_of(focus));
            QVERIFY(!shown.run);
            QVERIFY(shown.layer_run() == nullptr);
            QVERIFY(shown.geometry() == nullptr);
            QCOMPARE(shown.input_shape().rank(), focus == 1 ? 3 : 0);
        }
    }

    void a_single_layer_is_not_named() {
        Lesson lesson = lesson_of({});
        lesson.layers[0].spec = too_large;
        const Shown shown = shown_of(lesson, view_of(0));
        QCOMPARE(shown.problem_layer, 0);
        QCOMPARE(shown.problem_named, shown.problem);
    }

    void the_focus_stays_among_the_layers() {
        QCOMPARE(shown_of(lesson_of({Flatten{}}), view_of(7)).view.focus, 1);
        QCOMPARE(shown_of(lesson_of({}), view_of(-1)).view.focus, 0);
    }
};

QTEST_APPLESS_MAIN(TestShown)
#include "tst_shown.moc"
