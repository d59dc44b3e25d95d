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
#include <QMimeData>
#include <QScreen>
#include <QStyle>
#include <QUrl>

#include "ui/files/settings.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/inspector/inspector.h"
#include "ui/widgets/main_menu.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/questions.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/stage_area.h"
#include "ui/widgets/weights_window.h"
#include "ui/words/error_text.h"
#include "ui/words/lesson_notes.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

QString filter_of(const formats::LessonFormat& format) {
    return MainWindow::tr("%1 (%2)", "a file format and its files")
        .arg(format.title(), format.patterns());
}

/// What a dialog lists. Any file may be one, since the content decides.
QString filters_to_open() {
    QStringList all;
    QStringList filters;
    for (const formats::LessonFormat* format : formats::lesson_formats()) {
        all << format->patterns();
        filters << filter_of(*format);
    }
    if (filters.size() > 1)
        filters.prepend(MainWindow::tr("Lessons and models (%1)").arg(all.join(u' ')));
    filters << MainWindow::tr("All files (*)");
    return filters.join(QStringLiteral(";;"));
}

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
    m_folder = kept.folder;
    m_exported = kept.exported;
    m_digits = kept.digits;
    // Title bar and frame want a place on the screen, too.
    const int frame = style()->pixelMetric(QStyle::PM_TitleBarHeight);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - QSize(0, frame)));
    restore_place(*this, kept.geometry);
}

void MainWindow::keep(const QString& key, const QJsonValue& value) {
    const auto problem = files::Settings().keep(key, value);
    if (!problem || std::exchange(m_saidForgetful, true)) return;
    const QString sentence = tr("Settings are not kept: %1").arg(words::error_text(*problem));
    say(m_message.sentence.isEmpty() ? sentence : m_message.sentence % u' ' % sentence);
}

void MainWindow::replaceDocument(formats::LessonFile file, const QString& path,
                                 const formats::LessonFormat& format, const QString& lessonName) {
    m_side = 0;
    m_player->pause();
    m_canvas->setCurrentCell(std::nullopt);
    m_presenter->forget();
    m_message = {};
    m_lessonName = lessonName;
    // As many as the user chose, unless the lesson asks for a number of its own.
    if (file.view.digits == diagram::usual_digits) file.view.digits = m_digits;
    m_closedNotes.reset();
    m_courseEnded = false;
    m_phasesLeft = true;
    m_document->reset(std::move(file), path, format);
    m_inspector->openFor(shown().lesson, shown().view.focus);
    showNotes();
}

bool MainWindow::openFile(const QString& path) {
    const QString name = words::harmless(QFileInfo(path).fileName(), longest_name);
    const auto opened = formats::load_lesson(path);
    if (!opened) {
        const QString problem = words::error_text(opened.error());
        return refuse(problem.contains(name) ? problem
                                             : tr("%1: %2", "file: problem").arg(name, problem));
    }
    if (!mayDiscard()) return false;
    m_course.clear();
    // What came from standard input has no file to be saved to.
    const bool piped = path == QStringLiteral("-");
    replaceDocument(opened->file, piped ? QString() : path, *opened->format, {});
    if (opened->warnings.empty())
        sayWhatNotesDoNotName();
    else
        say(words::warnings_text(opened->warnings));
    if (!piped) remember(path);
    return true;
}

void MainWindow::sayWhatNotesDoNotName() {
    const engine::Lesson& lesson = m_document->lesson();
    const auto unknown = words::filled_notes(QString::fromStdString(lesson.notes), lesson,
                                             played().shapes.geometries)
                             .unknown;
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
    if (!mayDiscard()) return false;
    replaceDocument(*file, {}, formats::own_format(), name);
    return true;
}

void MainWindow::newLesson() {
    m_course.clear();
    replaceDocument(blank_lesson(), {}, formats::own_format(), {});
}

void MainWindow::open() {
    // Any file may be tried: what it is instead is said.
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a lesson"), folder_to_start_in(m_folder), filters_to_open());
    if (!path.isEmpty()) openFile(path);
}

void MainWindow::openPreset(const QString& lesson) {
    const auto file = formats::shipped_lesson(lesson);
    if (!file) return say(words::error_text(file.error()));
    editWhole(file->lesson, tr("Load model"));
    look(file->view);
}

bool MainWindow::mayDiscard() {
    if (!m_document->isModified()) return true;
    switch (ask_about_changes(this, title())) {
        case Answer::save:
            return save();
        case Answer::discard:
            return true;
        case Answer::cancel:
            break;
    }
    return false;
}

/// True if the lesson is in the file, all of it.
bool MainWindow::saveTo(const QString& path, const formats::LessonFormat& format) {
    const auto saved = m_document->saveAs(path, format);
    if (!saved) {
        say(words::error_text(saved.error()));
        return false;
    }
    remember(path);
    if (saved->left_out.empty()) return true;
    const QString name = words::harmless(QFileInfo(path).fileName(), longest_name);
    say(words::left_out_text(name, saved->left_out, filter_of(formats::own_format())));
    return false;
}

bool MainWindow::save() {
    const bool again = !m_document->path().isEmpty() && m_document->format().write;
    return again ? saveTo(m_document->path(), m_document->format()) : saveAs();
}

bool MainWindow::saveAs() {
    const formats::LessonFormat* usual = &m_document->format();
    if (!usual->write) usual = &formats::own_format();
    QString suggestion = m_document->path();
    if (suggestion.isEmpty())
        suggestion = QDir(folder_to_start_in(m_folder)).filePath(fileStem() + usual->ending());
    else if (usual != &m_document->format())
        suggestion = QFileInfo(suggestion).dir().filePath(fileStem() + usual->ending());
    QStringList filters;
    for (const formats::LessonFormat* format : formats::lesson_formats())
        if (format->write) filters << filter_of(*format);
    QString filter = filter_of(*usual);
    // Asked here about a file that is there: only now is it known what it is called.
    QString path = QFileDialog::getSaveFileName(this, tr("Save the lesson"), suggestion,
                                                filters.join(QStringLiteral(";;")), &filter,
                                                QFileDialog::DontConfirmOverwrite);
    if (path.isEmpty()) return false;
    for (const formats::LessonFormat* format : formats::lesson_formats())
        if (format->write && filter_of(*format) == filter) usual = format;
    if (QFileInfo(path).suffix().isEmpty()) path += usual->ending();
    const bool its_own = QFileInfo(path) == QFileInfo(m_document->path());
    return (its_own || may_replace(this, path)) &&
           saveTo(path, formats::lesson_format_to_write(path, *usual));
}

QString MainWindow::fileStem() const {
    if (!m_document->path().isEmpty())
        return words::harmless(QFileInfo(m_document->path()).completeBaseName(), longest_name);
    if (QString name = nameOfShipped(); !name.isEmpty()) return name;
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
    rememberFolder(path);
}

void MainWindow::rememberFolder(const QString& path) {
    const QString folder = QFileInfo(path).absolutePath();
    if (folder == m_folder) return;
    m_folder = folder;
    if (m_weights != nullptr) m_weights->setFolder(m_folder);
    keep(preference::folder, m_folder);
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
