// SPDX-License-Identifier: MIT
// The window's way through lessons: the course, where it has come to, and the notes of each.
#include <algorithm>

#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/controls/tab_order.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/stage_area.h"
#include "ui/words/lesson_notes.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

/// Read once: notes are shown anew with every edit.
const std::vector<formats::ShippedLesson>& lessons_that_come_along() {
    static const std::vector<formats::ShippedLesson> lessons = formats::shipped_lessons();
    return lessons;
}

QString shipped_title(const QString& name) {
    const auto& lessons = lessons_that_come_along();
    const auto found = std::ranges::find(lessons, name, &formats::ShippedLesson::name);
    return found == lessons.end() ? QString() : words::harmless(found->title, longest_name);
}

}  // namespace

void MainWindow::connectCourse() {
    NotesBanner* banner = m_stage->notes();
    connect(banner, &NotesBanner::nextRequested, this, [this] { goToLesson(lessonBeside(1)); });
    connect(banner, &NotesBanner::backRequested, this, [this] {
        if (m_courseEnded)
            endCourse(false);
        else
            goToLesson(lessonBeside(-1));
    });
    connect(banner, &NotesBanner::continueRequested, this, [this] {
        if (m_player->isPlaying())
            m_player->phaseForward();
        else
            m_player->play();
    });
    connect(banner, &NotesBanner::endRequested, this, [this] { endCourse(true); });
    connect(banner, &NotesBanner::courseRequested, this, &MainWindow::startCourse);
    connect(banner, &NotesBanner::puzzleRequested, this, [this] {
        if (openLesson(QStringLiteral("readers_puzzle"))) leaveCourse();
    });
    connect(banner, &NotesBanner::shapeRequested, this, [this] {
        m_columns->showRail(true);
        if (QWidget* first = next_by_tab(m_rail, nullptr, true))
            first->setFocus(Qt::TabFocusReason);
    });
    connect(banner->words(), &NotesText::returnRequested, this, &MainWindow::returnToNotes);
    connect(banner, &NotesBanner::closed, this, [this] {
        m_closedNotes = m_document->lesson().notes;
        leaveCourse();
    });
}

void MainWindow::leaveCourse() {
    m_course.clear();
    m_courseEnded = false;
    showNotes();
}

void MainWindow::endCourse(bool ended) {
    m_courseEnded = ended;
    showNotes();
}

void MainWindow::startCourse() {
    const std::vector<QString> course = formats::first_launch_course();
    if (course.empty() || !openLesson(course.front())) return;
    m_course = course;
    m_seen.clear();
    m_phasesLeft = true;
    followCourse();
    showNotes();
    m_player->play();
}

void MainWindow::goToLesson(const QString& name) {
    if (name.isEmpty() || !openLesson(name)) return;
    if (!m_course.empty()) m_player->play();
    m_canvas->setFocus();
}

std::vector<QString> MainWindow::lessonsInOrder() const {
    return m_course.empty() ? formats::lessons_to_go_through() : m_course;
}

QString MainWindow::lessonBeside(int by) const {
    const std::vector<QString> names = lessonsInOrder();
    const auto here = std::ranges::find(names, m_lessonName);
    if (here == names.end()) return {};
    const auto index = here - names.begin() + by;
    return index < 0 || index >= std::ssize(names) ? QString()
                                                   : names[static_cast<std::size_t>(index)];
}

/// What the way on is. In a course nobody is led past phases that were not seen.
Way::Ahead MainWindow::ahead() const {
    if (m_course.empty() || m_lessonName.isEmpty()) return Way::Ahead::lesson;
    if (m_courseEnded) return Way::Ahead::nothing;
    if (m_phasesLeft) return Way::Ahead::phases;
    return m_lessonName == m_course.back() ? Way::Ahead::ending : Way::Ahead::lesson;
}

/// Seen is what was played or stepped to its end, once: one may go back without being held.
void MainWindow::followCourse() {
    const document::PresentedPane& now = played();
    if (now.state == document::PresentedPane::State::waiting) return;
    const bool plays = now.is_current() && now.computed->trace.timeline().segments().size() > 1;
    const bool seen = !plays || now.view.moment.step >= now.computed->trace.step_count();
    const bool known = std::ranges::find(m_seen, m_lessonName) != m_seen.end();
    if (plays && seen && !known) m_seen.push_back(m_lessonName);
    const bool left = m_phasesLeft && !seen && !known;
    if (left == m_phasesLeft) return;
    m_phasesLeft = left;
    showNotes();
}

void MainWindow::showNotes() {
    NotesBanner* banner = m_stage->notes();
    if (m_closedNotes == m_document->lesson().notes) return banner->hide();
    const std::vector<QString> names = lessonsInOrder();
    const auto here = std::ranges::find(names, m_lessonName);
    Way way{.back = shipped_title(lessonBeside(-1)),
            .next = shipped_title(lessonBeside(1)),
            .ahead = ahead()};
    // A model loaded on the way is none of the lessons.
    if (here != names.end() && nameOfShipped() == m_lessonName)
        way.place = tr("%1 of %2", "lesson 3 of 6").arg(here - names.begin() + 1).arg(names.size());
    const ShownNotes ending{
        tr("That was the course: copies, weights, tiles, collisions, and one output read in two "
           "ways. Everything can be changed: click a number, turn an argument, play again. The "
           "menu Lessons has more.")};
    banner->show(m_courseEnded ? ending : notesShown(), way);
}

/// Filled in from what they are about: what is shown, or what was.
ShownNotes MainWindow::notesShown() const {
    const QString notes = QString::fromStdString(m_document->lesson().notes);
    const engine::Lesson* then = m_document->writtenFor();
    const bool hold = m_document->doNotesHold();
    ShownNotes shown_notes{notes, !hold, !hold && then != nullptr};
    if (hold) {
        // An impossible setting leaves the last good picture, and its numbers.
        const auto& good = played().computed;
        const bool faded = played().shapes.error && good;
        std::vector<engine::Geometry> geometries = played().shapes.geometries;
        if (faded) {
            geometries.clear();
            for (const auto& layer : good->run.layers) geometries.push_back(layer.geometry);
        }
        shown_notes.text =
            words::filled_notes(notes, faded ? good->lesson : played().lesson, geometries).text;
    } else if (then != nullptr) {
        const auto shapes = engine::infer_model(then->layers, then->input.shape());
        shown_notes.text = words::filled_notes(notes, *then, shapes.geometries).text;
    }
    shown_notes.text = harmless_paragraphs(shown_notes.text);
    return shown_notes;
}

void MainWindow::returnToNotes() {
    const engine::Lesson* then = m_document->writtenFor();
    if (then != nullptr) editWhole(*then, tr("Return to the lesson of the notes"));
}

/// A lesson or model that came with the program goes by its own name, however it was loaded.
QString MainWindow::nameOfShipped() const {
    const auto& lessons = lessons_that_come_along();
    const auto found =
        std::ranges::find(lessons, QString::fromStdString(m_document->lesson().title),
                          &formats::ShippedLesson::title);
    return found == lessons.end() ? QString() : found->name;
}

}  // namespace ui::widgets
