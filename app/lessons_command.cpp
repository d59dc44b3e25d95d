// SPDX-License-Identifier: MIT
// `stridescope lessons`: the shipped lessons listed, printed, or written as pages that play them.
#include <algorithm>
#include <vector>

#include "app/cli.h"
#include "app/locale.h"
#include "app/long_work.h"
#include "app/option_values.h"
#include "engine/lessons/comparison.h"
#include "ui/diagram/comparison.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/stage.h"
#include "ui/files/folder_bytes.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/html_page.h"
#include "ui/paint/picture_sink.h"
#include "ui/words/lesson_notes.h"

namespace app {

namespace {

using ui::files::NamedBytes;
using ui::paint::AnimationJob;
using ui::paint::ExportJob;

const QString index_name = QStringLiteral("index.html");
QString page_name(const QString& lesson) { return lesson + QStringLiteral(".html"); }

/// What pages are played with: fewer frames than a film, since a page's reader can step.
constexpr double page_frames_per_second = 12;

engine::Result<ExportJob> job_of(const QString& name, ui::diagram::ThemeName theme) {
    auto file = ui::formats::shipped_lesson(name);
    if (!file) return file.error();
    ExportJob job;
    job.lesson = std::move(file->lesson);
    job.view = std::move(file->view);
    job.theme = theme;
    auto run = engine::run(engine::side_of(job.lesson, 0), {.focus = job.view.focus});
    if (!run) return run.error();
    job.run = *std::move(run);
    if (engine::side_count(job.lesson) == 2) {
        auto other = engine::run(engine::side_of(job.lesson, 1),
                                 {.focus = ui::diagram::view_beside(job.lesson, job.view).focus});
        if (!other) return other.error();
        job.against_run = *std::move(other);
    }
    return job;
}

engine::Result<QByteArray> page_of(const ExportJob& job, const engine::Watch& watch) {
    AnimationJob playing;
    playing.picture = job;
    playing.format = ui::paint::moving_format_of(index_name);
    playing.options.frames_per_second = page_frames_per_second;
    playing.options.loops = 1;
    // Layers that nobody plays stand still.
    std::vector<ui::paint::Frame> frames{{}};
    if (ui::paint::step_count(job) > 0) {
        auto played = ui::paint::frames_of(playing);
        if (!played) return played.error();
        frames = *std::move(played);
    }
    ui::paint::PictureSink sink(watch);
    const ui::paint::Play play{.picture = playing.picture,
                               .frames = frames,
                               .loops = 1,
                               .options = playing.format->options,
                               .labels = {},
                               .size = {},
                               .diagram = {}};
    if (const auto error = ui::paint::write_html(play, sink)) return *error;
    return sink.bytes();
}

/// One entry of the list: the lesson's title, and what it is about.
QByteArray entry_of(const QString& name, const engine::Lesson& lesson) {
    const auto shapes = engine::infer_model(lesson.layers, lesson.input.shape());
    const QString title = QString::fromStdString(lesson.title);
    const QString notes =
        ui::words::filled_notes(QString::fromStdString(lesson.notes), lesson, shapes.geometries)
            .text;
    const QString entry = QStringLiteral("<li><a href=\"%1\">%2</a>\n<p>%3</p></li>\n");
    return entry.arg(page_name(name).toHtmlEscaped(), title.toHtmlEscaped(), notes.toHtmlEscaped())
        .toUtf8();
}

engine::Result<std::vector<NamedBytes>> pages_of(const std::vector<QString>& names,
                                                 ui::diagram::ThemeName theme,
                                                 const engine::Watch& watch) {
    std::vector<NamedBytes> pages;
    QByteArray entries;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto job = job_of(names[i], theme);
        if (!job) return job.error();
        const auto count = static_cast<double>(names.size());
        auto page = page_of(*job, engine::part_of(watch, static_cast<double>(i) / count,
                                                  static_cast<double>(i + 1) / count));
        if (!page) return page.error();
        pages.push_back({page_name(names[i]), *std::move(page)});
        entries += entry_of(names[i], job->lesson);
    }
    pages.push_back(
        {index_name,
         ui::paint::html_from(
             "index.html", theme,
             {{"title", Words::tr("How an image grows").toHtmlEscaped().toUtf8()},
              {"introduction",
               Words::tr("Each lesson plays in this folder, without a network. Where one layer "
                         "plays, its numbers can be changed in the page: all that follows from "
                         "them is computed again.")
                   .toHtmlEscaped()
                   .toUtf8()},
              {"lessons", entries}})});
    return pages;
}

int write_pages(const Command& command) {
    OptionValues values(command);
    const auto theme =
        values.named("theme", ui::diagram::ThemeName::light, ui::diagram::theme_named,
                     ui::diagram::theme_names().join(QStringLiteral(", ")));
    const QLocale locale = values.named("locale", ui::diagram::plain_locale(), locale_named,
                                        Words::tr("a name such as de_DE, or C"));
    if (values.code()) return *values.code();
    use_locale(locale);
    QString folder = command.value("html");
    if (!folder.endsWith(u'/')) folder += u'/';
    const auto names = ui::formats::lessons_to_go_through();
    const auto old =
        command.has("force") ? ui::files::OldFiles::replace : ui::files::OldFiles::keep;
    QStringList files{index_name};
    for (const QString& name : names) files << page_name(name);
    if (const auto refusal = ui::files::refusal_to_write_folder(folder, files, old))
        return fail(*refusal);
    const auto pages = [&] {
        ProgressLine progress(QStringLiteral("lessons"));
        return pages_of(names, theme, progress.watch());
    }();
    if (!pages) return fail(pages.error());
    const auto written = ui::files::write_folder(folder, *pages, old);
    return written ? done : fail(written.error());
}

}  // namespace

int run_lessons(const QStringList& arguments) {
    Command command("lessons",
                    Words::tr("List the shipped lessons, print one as a %1 file, or write all as "
                              "pages that play them.")
                        .arg(ui::formats::own_format().ending()));
    command.positional(QStringLiteral("NAME"), Words::tr("The lesson to print."),
                       QStringLiteral("[NAME]"));
    command.option("html",
                   Words::tr("Write every lesson as a page with numbers that can be changed, and "
                             "a list of them, index.html, into this folder."),
                   QStringLiteral("FOLDER"));
    command.option(
        "theme",
        Words::tr("Of pages: %1.").arg(ui::diagram::theme_names().join(QStringLiteral(", "))),
        QStringLiteral("theme"));
    command.option("locale",
                   Words::tr("Whose decimal signs pages have: C (0.5), or a name such as de_DE "
                             "(0,5)."),
                   QStringLiteral("name"));
    command.flag("force", Words::tr("Replace pages of these names that are in the folder."));
    if (const auto code = command.parse(arguments, 0, 1)) return *code;
    const QString name = command.argument(0);
    if (command.has("html")) {
        if (!name.isEmpty())
            return fail(not_understood,
                        Words::tr("--html writes all lessons; leave out “%1”.").arg(shown(name)));
        return write_pages(command);
    }
    for (const char* option : {"theme", "locale", "force"})
        if (command.has(option))
            return fail(
                not_understood,
                Words::tr("--%1 is of pages: say --html FOLDER.").arg(QLatin1String(option)));
    if (!name.isEmpty()) {
        const auto text = ui::formats::shipped_lesson_text(name);
        return text ? print(*text) : fail_to_read(text.error());
    }
    QByteArray list;
    for (const auto& lesson : ui::formats::shipped_lessons())
        list += lesson.name.toUtf8() + '\t' + lesson.title.toUtf8() + '\n';
    return print(list);
}

}  // namespace app
