// SPDX-License-Identifier: MIT
// The window's dealings with files, lessons, the course and what it remembers between runs.
#include <algorithm>
#include <utility>

#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStyle>
#include <QUrl>

#include "ui/files/settings.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/export_dialog.h"
#include "ui/widgets/inspector/inspector.h"
#include "ui/widgets/main_menu.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/stage_area.h"
#include "ui/words/error_text.h"
#include "ui/words/lesson_notes.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

/// Read once: notes are shown anew with every edit.
const std::vector<formats::ShippedLesson>& lessons_that_come_along() {
    static const std::vector<formats::ShippedLesson> lessons = formats::shipped_lessons();
    return lessons;
}

QString file_filter() { return MainWindow::tr("Stridescope lessons (*.stride)"); }

/// What "New" begins with: a grid to change and a layer that shows something.
formats::LessonFile blank_lesson() {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = engine::Same{};
    formats::LessonFile file;
    file.lesson.title = MainWindow::tr("New lesson").toStdString();
    file.lesson.input = engine::counting_input({3, 3, 1});
    file.lesson.layers = {{layer, {engine::WeightRecipe{engine::Initializer::tens, 1}, {}}}};
    return file;
}

}  // namespace

void MainWindow::restoreSettings() {
    const Preferences kept = preferences_of(files::Settings());
    m_appearance->setChoice(kept.theme);
    m_menu->showTheme(m_appearance->choice());
    m_menu->showTextScale(text_scale());
    m_player->setReducedMotion(kept.reduced_motion);
    m_menu->showReducedMotion(kept.reduced_motion);
    m_rail->setSummaryStyle(kept.summary_style);
    m_menu->showRecent(kept.recent_files);
    // Title bar and frame want a place on the screen, too.
    const int frame = style()->pixelMetric(QStyle::PM_TitleBarHeight);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - QSize(0, frame)));
    restore_place(*this, kept.geometry);
}

void MainWindow::keep(const QString& key, const QJsonValue& value) {
    const auto problem = files::Settings().keep(key, value);
    if (!problem || std::exchange(m_saidForgetful, true)) return;
    const QString sentence = tr("Settings are not kept: %1").arg(words::error_text(*problem));
    say(m_message.isEmpty() ? sentence : m_message % u' ' % sentence);
}

void MainWindow::replaceDocument(formats::LessonFile file, const QString& path,
                                 const QString& lessonName) {
    m_player->pause();
    m_canvas->setCurrentCell(std::nullopt);
    m_presenter->forget();
    m_message.clear();
    m_lessonName = lessonName;
    m_closedNotes.reset();
    m_document->reset(std::move(file), path);
    m_inspector->openFor(shown().lesson, shown().view.focus);
    showNotes();
}

bool MainWindow::openFile(const QString& path) {
    const QString name = words::harmless(QFileInfo(path).fileName(), longest_name);
    const auto file = formats::load_lesson(path);
    if (!file) {
        const QString problem = words::error_text(file.error());
        return refuse(problem.contains(name) ? problem
                                             : tr("%1: %2", "file: problem").arg(name, problem));
    }
    if (!mayDiscard()) return false;
    m_course.clear();
    // What came from standard input has no file to be saved to.
    const bool piped = path == QStringLiteral("-");
    replaceDocument(*file, piped ? QString() : path, {});
    sayWhatIsNotUnderstood(*file);
    if (!piped) remember(path);
    return true;
}

void MainWindow::sayWhatIsNotUnderstood(const formats::LessonFile& file) {
    const auto warnings = formats::warnings_of(file);
    if (warnings.empty()) return sayWhatNotesDoNotName(file);
    QString sentence = words::kept_text(warnings.front());
    if (const auto others = static_cast<int>(warnings.size()) - 1; others > 0)
        sentence = tr("%1 So are %n more arguments.", nullptr, others).arg(sentence);
    say(sentence);
}

void MainWindow::sayWhatNotesDoNotName(const formats::LessonFile& file) {
    const QString notes = QString::fromStdString(file.lesson.notes);
    const auto unknown = words::filled_notes(notes, file.lesson, shown().shapes.geometries).unknown;
    if (unknown.empty()) return;
    QString sentence = tr("The notes name %1, which is no number of this lesson.")
                           .arg(words::harmless(unknown.front(), longest_name));
    if (const auto others = static_cast<int>(unknown.size()) - 1; others > 0)
        sentence = tr("%1 Nor are %n more names.", nullptr, others).arg(sentence);
    say(sentence);
}

/// What cannot be opened leaves what is open as it was.
bool MainWindow::refuse(const QString& problem) {
    if (!isAnythingOpen()) newLesson();
    say(problem);
    return false;
}

bool MainWindow::openLesson(const QString& name) {
    const auto file = formats::shipped_lesson(name);
    if (!file) return refuse(words::error_text(file.error()));
    // A course invites to change things and to go on; elsewhere unsaved changes are asked about.
    if (m_course.empty() && !mayDiscard()) return false;
    replaceDocument(*file, {}, name);
    return true;
}

void MainWindow::startCourse() {
    m_course = formats::first_launch_course();
    if (!m_course.empty() && openLesson(m_course.front())) m_player->play();
}

void MainWindow::nextLesson() {
    const QString next = nextLessonName();
    if (next.isEmpty() || !openLesson(next)) return;
    if (!m_course.empty()) m_player->play();
    m_canvas->setFocus();
}

QString MainWindow::nextLessonName() const {
    const std::vector<QString> names =
        m_course.empty() ? formats::shipped_lesson_names() : m_course;
    const auto here = std::find(names.begin(), names.end(), m_lessonName);
    return here == names.end() || here + 1 == names.end() ? QString() : *(here + 1);
}

void MainWindow::showNotes() {
    NotesBanner* banner = m_stage->notes();
    const engine::Lesson& lesson = m_document->lesson();
    if (m_closedNotes == lesson.notes) return banner->hide();
    QString place;
    const auto here = std::find(m_course.begin(), m_course.end(), m_lessonName);
    // A model loaded on the way is no part of the course.
    if (here != m_course.end() && fileStem() == m_lessonName)
        place = tr("%1 of %2").arg(here - m_course.begin() + 1).arg(m_course.size());
    const QString next = nextLessonName();
    QString next_title;
    for (const formats::ShippedLesson& one : lessons_that_come_along())
        if (one.name == next) next_title = words::harmless(one.title, longest_name);
    banner->show(place, notesShown(), next_title);
}

/// Filled in from what they are about: what is shown, or what was.
ShownNotes MainWindow::notesShown() const {
    const QString notes = QString::fromStdString(m_document->lesson().notes);
    const engine::Lesson* then = m_document->writtenFor();
    const bool hold = m_document->doNotesHold();
    ShownNotes shown_notes{notes, !hold, !hold && then != nullptr};
    if (hold) {
        // An impossible setting leaves the last good picture, and its numbers.
        const auto& good = shown().computed;
        const bool faded = shown().shapes.error && good;
        std::vector<engine::Geometry> geometries = shown().shapes.geometries;
        if (faded) {
            geometries.clear();
            for (const auto& layer : good->run.layers) geometries.push_back(layer.geometry);
        }
        shown_notes.text =
            words::filled_notes(notes, faded ? good->lesson : shown().lesson, geometries).text;
    } else if (then != nullptr) {
        const auto shapes = engine::infer_model(then->layers, then->input.shape());
        shown_notes.text = words::filled_notes(notes, *then, shapes.geometries).text;
    }
    shown_notes.text = harmless_paragraphs(shown_notes.text);
    return shown_notes;
}

void MainWindow::returnToNotes() {
    const engine::Lesson* then = m_document->writtenFor();
    if (then != nullptr) edit(*then, tr("Return to the lesson of the notes"));
}

void MainWindow::newLesson() {
    m_course.clear();
    replaceDocument(blank_lesson(), {}, {});
}

void MainWindow::open() {
    const QString folder = QFileInfo(m_document->path()).path();
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a lesson"), folder, file_filter());
    if (!path.isEmpty()) openFile(path);
}

void MainWindow::openPreset(const QString& lesson) {
    const auto file = formats::shipped_lesson(lesson);
    if (!file) return say(words::error_text(file.error()));
    edit(file->lesson, tr("Load model"));
    look(file->view);
}

bool MainWindow::mayDiscard() {
    if (!m_document->isModified()) return true;
    QMessageBox question(QMessageBox::NoIcon, tr("Unsaved changes"), {},
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question.setTextFormat(Qt::PlainText);  // first, since words are read aloud at once
    question.setText(tr("“%1” has changes that are not saved.").arg(title()));
    question.setObjectName(QStringLiteral("unsaved_question"));
    question.setDefaultButton(QMessageBox::Save);
    switch (question.exec()) {
        case QMessageBox::Save:
            return save();
        case QMessageBox::Discard:
            return true;
        default:
            return false;
    }
}

bool MainWindow::saveTo(const QString& path) {
    const auto saved = m_document->saveAs(path);
    if (!saved) {
        say(words::error_text(saved.error()));
        return false;
    }
    remember(path);
    return true;
}

bool MainWindow::save() {
    return m_document->path().isEmpty() ? saveAs() : saveTo(m_document->path());
}

bool MainWindow::saveAs() {
    QString suggestion = m_document->path();
    if (suggestion.isEmpty())
        suggestion = QDir::home().filePath(fileStem() + QStringLiteral(".stride"));
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the lesson"), suggestion, file_filter());
    if (path.isEmpty()) return false;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".stride");
    return saveTo(path);
}

QString MainWindow::fileStem() const {
    if (!m_document->path().isEmpty())
        return words::harmless(QFileInfo(m_document->path()).completeBaseName(), longest_name);
    // A lesson or model that came with the program goes by its own name, however it was loaded.
    const QString own = QString::fromStdString(m_document->lesson().title);
    for (const formats::ShippedLesson& lesson : lessons_that_come_along())
        if (lesson.title == own) return lesson.name;
    QString stem;
    for (const QChar letter : title().toLower())
        stem += letter.isLetterOrNumber() ? letter : QChar(u'_');
    return stem;
}

void MainWindow::remember(const QString& path) {
    QStringList recent = preferences_of(files::Settings()).recent_files;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    recent = recent.mid(0, max_recent_files);
    m_menu->showRecent(recent);
    keep(preference::recent_files, QJsonArray::fromStringList(recent));
}

void MainWindow::exportPicture() {
    const auto& computed = shown().computed;
    if (!computed) return say(shown().problem_named);
    paint::ExportJob job;
    job.lesson = computed->lesson;
    job.run = computed->run;
    job.view = computed->view;
    job.view.hovered.reset();
    job.theme = m_appearance->theme().name;
    const QSize room = m_canvas->room().toSize();
    job.size = {room.width(), room.height()};
    auto* dialog = new ExportDialog(job, fileStem(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showEvent(QShowEvent* event) {
    if (!isAnythingOpen()) newLesson();
    QMainWindow::showEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayDiscard()) return event->ignore();
    keep(preference::geometry, QString::fromLatin1(saveGeometry().toBase64()));
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    openFile(event->mimeData()->urls().front().toLocalFile());
}

}  // namespace ui::widgets
