// SPDX-License-Identifier: MIT
// The course of the first launch: its order, its phases, its end.
#include <QMenu>

#include "tests/support/dialogs.h"
#include "tests/support/layout_faults.h"
#include "ui/formats/shipped_lessons.h"

using namespace support;

namespace {

/// As somebody who wants to get on: whatever the button offers, until it is the next lesson.
void see_all(OpenWindow& open) {
    auto* next = open.part<QPushButton>("next_lesson");
    for (int i = 0; i < 20 && next->text() == text("Continue"); ++i) open.click("next_lesson");
    QVERIFY(next->text() != text("Continue"));
}

}  // namespace

class TestCourse : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void the_first_course_goes_on_by_next_and_back() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        QVERIFY(open.player()->isPlaying());
        auto* notes = open.part<ui::widgets::NotesBanner>("notes_banner");
        QVERIFY(notes->isVisible());
        auto* back = open.part<QPushButton>("previous_lesson");
        auto* next = open.part<QPushButton>("next_lesson");
        QVERIFY(back->isVisible() && !back->isEnabled());
        const auto course = ui::formats::first_launch_course();
        const auto is_shown = [&](std::size_t i) {
            QCOMPARE(open.lesson().title, ui::formats::shipped_lesson(course[i])->lesson.title);
            QCOMPARE(open.part<QLabel>("lesson_place")->text(),
                     QStringLiteral("%1 of %2").arg(i + 1).arg(course.size()));
        };
        QCOMPARE(course.size(), std::size_t{6});
        QCoreApplication::processEvents();
        const QPoint place = back->mapTo(&open.window, QPoint(0, 0));
        for (std::size_t i = 1; i < course.size(); ++i) {
            // Poked: kept until one says that it may go.
            open.enter(i == 1 ? "size_rows" : "kernel_size_rows", 4);
            const engine::Lesson poked = open.lesson();
            bool asked = false;
            answer_unsaved(QMessageBox::Cancel, &asked);
            open.click("next_lesson");
            QVERIFY(asked);
            QCOMPARE(open.lesson(), poked);
            answer_unsaved(QMessageBox::Discard, &asked);
            open.click("next_lesson");
            is_shown(i);
            see_all(open);
            QCoreApplication::processEvents();
            QCOMPARE(back->mapTo(&open.window, QPoint(0, 0)), place);  // stays under the mouse
        }
        QCOMPARE(open.view().reading, engine::Reading::why_equal);
        QVERIFY(next->isVisible() && next->isEnabled());
        QCOMPARE(next->text(), text("Finish"));
        open.click("previous_lesson");
        is_shown(4);
        QCOMPARE(open.view().reading, engine::Reading::slide);
        open.click("previous_lesson");
        is_shown(3);
        open.click("next_lesson");
        is_shown(4);
        for (auto* button : notes->findChildren<QPushButton*>())
            if (button->accessibleName() == text("Close these notes"))
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!notes->isVisible());
    }

    // A lesson of several phases is played on by the button that leads on, phase by phase, until
    // all has been seen; then that leads to the next one, also from where one goes back to.
    void nobody_is_led_past_phases_that_were_not_seen() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        auto* next = open.part<QPushButton>("next_lesson");
        const auto course = ui::formats::first_launch_course();
        int with_phases = 0;
        for (const QString& name : course) {
            const auto phases = open.pane().computed->trace.timeline().segments().size();
            QVERIFY(open.player()->isPlaying());
            QCOMPARE(next->text() == text("Continue"), phases > 1);
            with_phases += phases > 1 ? 1 : 0;
            int pauses = 0;
            while (phases > 1 && next->text() == text("Continue")) {
                QVERIFY(++pauses < 10);
                open.player()->advance(200'000);  // to the end of the phase
                QVERIFY(!open.player()->isPlaying());
                if (next->text() != text("Continue")) break;
                open.click("next_lesson");
                QVERIFY(open.player()->isPlaying());
                QCOMPARE(open.part<QLabel>("lesson_place")->text().front(),
                         QString::number(&name - course.data() + 1).front());
            }
            if (phases > 1) QCOMPARE(static_cast<std::size_t>(pauses), phases);
            open.player()->first();  // what was seen once holds nobody
            QVERIFY(next->text() != text("Continue"));
            if (&name != &course.back()) open.click("next_lesson");
        }
        QVERIFY(with_phases >= 3);
        open.click("previous_lesson");
        QVERIFY(next->text() != text("Continue"));
    }

    // Playing and not to be waited for: the button goes on to the next phase at once.
    void phases_can_be_skipped() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        for (int i = 0; i < 3; ++i) open.click("next_lesson");
        QVERIFY(open.player()->isPlaying());
        open.click("next_lesson");
        QCOMPARE(open.view().moment.step, 4);
        QVERIFY(open.player()->isPlaying());
        // An impossible setting has nothing to be seen, and holds nobody either.
        open.enter("strides_rows", 0);
        QVERIFY(open.part<QPushButton>("next_lesson")->text() != text("Continue"));
    }

    // It says that it has ended, and what one may do next.
    void the_course_has_an_end() {
        for (const QSize size : {QSize(1440, 900), QSize(1024, 640), QSize(800, 480)}) {
            OpenWindow open(nullptr, size);
            open.window.startCourse();
            for (int i = 0; i < 5; ++i) {
                see_all(open);
                open.click("next_lesson");
            }
            see_all(open);
            auto* next = open.part<QPushButton>("next_lesson");
            auto* again = open.part<QPushButton>("course_again");
            QCOMPARE(next->text(), text("Finish"));
            QVERIFY(!again->isVisible());
            open.click("next_lesson");
            QCoreApplication::processEvents();
            QVERIFY(!next->isVisible() && again->isVisible());
            QVERIFY(open.part<QLabel>("notes")->text().startsWith(text("That was the course")));
            const QStringList faults = layout_faults(open.window);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
            if (!open.part<QPushButton>("previous_lesson")->isVisible()) {
                open.click("course_again");
                continue;
            }
            open.click("previous_lesson");  // to the last lesson, which was not left
            QVERIFY(!again->isVisible());
            QVERIFY(!open.part<QLabel>("notes")->text().startsWith(text("That was")));
            open.click("next_lesson");
            if (open.part<QPushButton>("course_shape")->isVisible()) {
                open.click("course_shape");
                QVERIFY(open.part<QWidget>("rail")->isVisible());
                QVERIFY(open.part<QWidget>("rail")->isAncestorOf(QApplication::focusWidget()));
            }
            open.click("course_again");
            QCOMPARE(open.lesson().title,
                     ui::formats::shipped_lesson(text("first_upsampling"))->lesson.title);
            QVERIFY(open.player()->isPlaying());
        }
    }

    void from_its_end_the_readers_puzzle_is_a_click_away() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        for (int i = 0; i < 5; ++i) {
            see_all(open);
            open.click("next_lesson");
        }
        see_all(open);
        open.click("next_lesson");
        open.click("course_puzzle");
        QCOMPARE(open.lesson().title,
                 ui::formats::shipped_lesson(text("readers_puzzle"))->lesson.title);
        QVERIFY(!open.part<QPushButton>("course_again")->isVisible());
        QVERIFY(open.part<QLabel>("lesson_place")->text().startsWith(text("3 of ")));
    }

    // One order for the course, the menu, and Back and Next outside the course.
    void the_menu_is_in_the_order_of_the_course() {
        OpenWindow open(nullptr);
        QMenu* menu = nullptr;
        for (auto* one : open.window.findChildren<QMenu*>())
            if (one->title().remove(u'&') == text("Lessons")) menu = one;
        QVERIFY(menu);
        emit menu->aboutToShow();
        QStringList titles;
        for (const QAction* action : menu->actions()) {
            if (action->menu())  // the Guide's figures
                for (const QAction* figure : action->menu()->actions()) titles << figure->text();
            else if (!action->isSeparator())
                titles << action->text();
        }
        titles.removeFirst();  // the course itself
        QStringList expected;
        for (const QString& name : ui::formats::first_launch_course())
            expected << QString::fromStdString(ui::formats::shipped_lesson(name)->lesson.title);
        QCOMPARE(titles.mid(0, expected.size()), expected);
        // Those that compare two models have a menu of their own.
        const auto lessons = ui::formats::shipped_lessons();
        QCOMPARE(titles.size(),
                 std::ranges::count(lessons, false, &ui::formats::ShippedLesson::compares));
        QVERIFY(open.window.openLesson(ui::formats::first_launch_course().front()));
        const std::vector<QString> all = ui::formats::lessons_to_go_through();
        for (const QString& name : all) {
            QCOMPARE(open.lesson().title, ui::formats::shipped_lesson(name)->lesson.title);
            auto* next = open.part<QPushButton>("next_lesson");
            QCOMPARE(next->isEnabled(), name != all.back());
            if (next->isEnabled()) open.click("next_lesson");
        }
    }

    // Asked and refused: one stays in the course, where one was.
    void a_course_is_not_left_by_a_question_that_is_cancelled() {
        OpenWindow open(nullptr);
        open.window.startCourse();
        open.enter("size_rows", 3);
        bool asked = false;
        answer_unsaved(QMessageBox::Cancel, &asked);
        QVERIFY(!open.window.openLesson(text("holes")));
        QVERIFY(asked);
        QCOMPARE(open.part<QLabel>("lesson_place")->text(), text("1 of 6"));
    }
};

QTEST_MAIN(TestCourse)
#include "tst_course.moc"
