// SPDX-License-Identifier: MIT
// Slow work beside the window: the last picture stays, the window's own thread computes nothing,
// and what would take long is asked about.
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include "tests/support/open_window.h"
#include "ui/document/presenter.h"
#include "ui/widgets/stage/work_banner.h"

using namespace engine;
using support::OpenWindow;
using ui::document::Presented;
using ui::document::PresentedPane;
using ui::document::Presenter;
using ui::document::Session;
using Activity = Presenter::Activity;
using State = PresentedPane::State;

namespace {

constexpr int patience_ms = 60'000;

Lesson enlarging(int side, int kernel) {
    Lesson lesson;
    lesson.input = counting_input({side, side, 1});
    Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {2, 2};
    layer.padding = Same{};
    lesson.layers = {{layer, {WeightRecipe{Initializer::ones, 1}, {}}}};
    return lesson;
}

Session session_of(const Lesson& lesson) { return {{{lesson, {}}}}; }

}  // namespace

class TestPresenter : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { support::begin_window_tests(); }
    void init() { support::forget_settings(); }

    void what_is_quick_is_there_at_once() {
        Presenter presenter;
        presenter.request(session_of(enlarging(4, 3)), {});
        QCOMPARE(presenter.activity(), Activity::none);
        QVERIFY(presenter.presented().panes[0].is_current());
    }

    void what_is_slow_comes_later_under_the_last_picture() {
        Presenter presenter;
        presenter.request(session_of(enlarging(4, 3)), {});
        const auto small = presenter.presented().panes[0].picture;
        presenter.request(session_of(enlarging(1024, 4)), {});
        QCOMPARE(presenter.presented().panes[0].state, State::waiting);
        QVERIFY(presenter.presented().panes[0].picture == small);
        presenter.computeAnyway();  // on a slow machine it is asked about
        QTRY_VERIFY_WITH_TIMEOUT(presenter.presented().panes[0].is_current(), patience_ms);
        QVERIFY(presenter.presented().panes[0].picture != small);
        QCOMPARE(presenter.activity(), Activity::none);
        QCOMPARE(presenter.presented().panes[0].computed->run.layers[0].output.shape(),
                 (Shape{2048, 2048, 1}));
    }

    // Moments and hovers while it computes do not begin it again, and count when it is done.
    void looking_elsewhere_does_not_begin_it_anew() {
        Presenter presenter;
        Session session = session_of(enlarging(1024, 4));
        presenter.request(session, {});
        presenter.computeAnyway();
        int answers = 0;
        connect(&presenter, &Presenter::presentedChanged, this, [&](const Presented&) {
            answers += presenter.presented().panes[0].is_current() ? 1 : 0;
        });
        for (int i = 1; i <= 50; ++i) {
            session.panes[0].view.moment = {i, 0};
            presenter.request(session, {});
        }
        QTRY_VERIFY_WITH_TIMEOUT(presenter.presented().panes[0].is_current(), patience_ms);
        QCOMPARE(answers, 1);
        QCOMPARE(presenter.presented().panes[0].view.moment.step, 50);
        QCOMPARE(presenter.presented().done.traces,
                 0);  // the last answer drew a picture and no more
    }

    void a_newer_request_takes_the_place_of_an_older_one() {
        Presenter presenter;
        for (const int side : {1000, 1010, 1020}) {
            presenter.request(session_of(enlarging(side, 4)), {});
            presenter.computeAnyway();
        }
        QTRY_VERIFY_WITH_TIMEOUT(presenter.presented().panes[0].is_current(), patience_ms);
        QCOMPARE(presenter.presented().panes[0].computed->lesson.input.shape(),
                 (Shape{1020, 1020, 1}));
        // A small one overtakes what is under way.
        presenter.request(session_of(enlarging(1024, 4)), {});
        presenter.computeAnyway();
        presenter.request(session_of(enlarging(3, 3)), {});
        QVERIFY(presenter.presented().panes[0].is_current());
        QTest::qWait(50);
        QCOMPARE(presenter.presented().panes[0].computed->lesson.input.shape(), (Shape{3, 3, 1}));
    }

    // 260 bytes of a lesson: 68,451,303,424 products.
    void what_takes_long_is_asked_about_and_can_be_stopped() {
        Lesson lesson;
        lesson.input = counting_input({512, 512, 1});
        lesson.layers = {{Conv2D{.filters = 1, .kernel_size = {511, 511}, .padding = Same{}}, {}}};
        Presenter presenter;
        presenter.request(session_of(lesson), {});
        QCOMPARE(presenter.activity(), Activity::asking);
        QVERIFY(presenter.expectedSeconds() > Presenter::unasked_seconds);
        QCOMPARE(presenter.products(), std::int64_t{512} * 512 * 511 * 511);
        QTest::qWait(30);
        QCOMPARE(presenter.activity(), Activity::asking);
        presenter.computeAnyway();
        QCOMPARE(presenter.activity(), Activity::computing);
        QSignalSpy told(&presenter, &Presenter::progressed);
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), patience_ms);
        presenter.stop();
        QCOMPARE(presenter.activity(), Activity::asking);
        QCOMPARE(presenter.presented().panes[0].state, State::waiting);
    }  // and ending the program waits for a piece of it only

    void the_window_stays_alive_while_a_large_map_is_edited_and_played() {
        OpenWindow desk("readers_puzzle");
        desk.window.presenter()->setPatient(false);
        Lesson lesson = enlarging(1024, 4);
        lesson.title = desk.lesson().title;
        desk.window.document()->edit(lesson, QStringLiteral("large"));
        desk.window.presenter()->computeAnyway();
        QTRY_VERIFY_WITH_TIMEOUT(desk.pane().is_current(), patience_ms);
        desk.player()->first();
        desk.player()->play();
        const auto before = desk.pane().picture;
        QVERIFY(desk.player()->isPlaying());

        // An edit: this thread infers shapes, and leaves what must be computed to the other.
        int computed_here = 0;
        connect(desk.window.presenter(), &Presenter::presentedChanged, this, [&](const Presented&) {
            computed_here += desk.window.presenter()->presented().done.layers;
        });
        lesson.input = lesson.input.with_value(5, 7);
        desk.window.document()->edit(lesson, QStringLiteral("edit"));
        QCOMPARE(desk.pane().state, State::waiting);
        QVERIFY(desk.pane().picture == before);
        QCOMPARE(computed_here, 0);
        desk.player()->advance(40);
        QCOMPARE(desk.pane().state, State::waiting);
        QVERIFY(desk.pane().picture == before);
        desk.window.presenter()->computeAnyway();
        QTRY_VERIFY_WITH_TIMEOUT(desk.pane().is_current(), patience_ms);
        QCOMPARE(computed_here, 0);
        QCOMPARE(desk.pane().computed->lesson.input.at(0, 5, 0), 7);
    }

    void the_window_says_how_long_and_offers_to_begin() {
        OpenWindow desk("readers_puzzle");
        desk.window.presenter()->setPatient(false);
        Lesson lesson = desk.lesson();
        lesson.input = counting_input({512, 512, 1});
        lesson.layers = {{Conv2D{.filters = 1, .kernel_size = {511, 511}, .padding = Same{}}, {}}};
        desk.window.document()->edit(lesson, QStringLiteral("long"));
        auto* banner = desk.part<ui::widgets::WorkBanner>("work_banner");
        QVERIFY(banner->isVisible());
        QVERIFY(banner->sentence().contains(QStringLiteral("68,451,303,424")));
        QCOMPARE(desk.shape(), QStringLiteral("(None, 512, 512, 1)"));
        desk.click("work_button");
        QCOMPARE(desk.window.presenter()->activity(), Activity::computing);
        desk.click("work_button");
        QCOMPARE(desk.window.presenter()->activity(), Activity::asking);
        desk.window.document()->undoStack()->undo();
        QVERIFY(!banner->isVisible());
        QVERIFY(desk.pane().is_current());
    }
};

QTEST_MAIN(TestPresenter)
#include "tst_presenter.moc"
