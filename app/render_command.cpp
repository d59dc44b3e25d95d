// SPDX-License-Identifier: MIT
// `stridescope render`: options → ExportJob.
#include <QFileInfo>

#include "app/long_work.h"
#include "app/picture_options.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/moving_format.h"
#include "ui/paint/picture_format.h"
#include "ui/words/error_text.h"

namespace app {

namespace {

using ui::paint::ExportJob;
using ui::paint::Letters;
using ui::paint::PictureFormat;
using ui::paint::PictureOption;

/// What is given and the format cannot do is not passed over.
std::optional<int> refuse_options(const Command& command, const PictureFormat& format) {
    for (const PictureOption option : ui::paint::picture_options) {
        const char* name = ui::paint::name_of(option);
        if (!command.has(name) || format.options.has(option)) continue;
        return fail(not_understood, Words::tr("--%1 is not for %2 files; it is for %3.")
                                        .arg(QLatin1String(name), QLatin1String(format.name),
                                             ui::paint::picture_format_names(option)));
    }
    return std::nullopt;
}

engine::Result<QString> draw(const ExportJob& job) {
    ProgressLine progress(QStringLiteral("render"));
    return ui::paint::run_export(job, progress.watch());
}

/// "85mm"
void read_sizes(OptionValues& values, const Command& command, ui::paint::PictureOptions& options) {
    if (command.has("width"))
        options.width = values.named(
            "width", ui::paint::Length{}, ui::paint::length_named,
            Words::tr("a length such as 85mm; units are %1").arg(ui::paint::length_unit_names()));
    if (command.has("dpi"))
        options.dpi =
            values.number("dpi", ui::paint::paper_dpi, ui::paint::least_dpi, ui::paint::most_dpi);
}

/// "all", or "0,4,9".
void read_sheet(OptionValues& values, const Command& command, ExportJob& job) {
    if (!command.has("steps")) return;
    job.sheet.emplace();
    constexpr qsizetype most_listed = 1000;
    if (command.value("steps") != QStringLiteral("all"))
        job.sheet->steps = values.list("steps", u',', 1, most_listed, {0},
                                       Words::tr("all, or steps such as 0,4,9"));
    job.sheet->columns = values.whole("columns", 0, {1, ui::paint::most_sheet_pictures});
}

/// Options that some formats have and some do not, with what they are if not given.
void add_format_options(Command& command) {
    const auto without = [](PictureOption option, auto value) {
        QStringList values;
        for (const PictureFormat& format : ui::paint::picture_formats())
            if (format.options.has(option))
                values << QString::fromLatin1(format.name) % u' ' % value(format.options);
        return values.join(QStringLiteral(", "));
    };
    command.option(
        "scale",
        Words::tr("Pixels per unit, %1 to %2 (%3).")
            .arg(ui::paint::smallest_scale)
            .arg(ui::paint::largest_scale)
            .arg(without(PictureOption::scale,
                         [](const auto& options) { return QString::number(*options.scale); })),
        QStringLiteral("S"));
    command.option("width",
                   Words::tr("How wide the picture is to be seen, such as 85mm, 240pt or 1040px "
                             "(units: %1); its height follows. Instead of --scale.")
                       .arg(ui::paint::length_unit_names()),
                   QStringLiteral("LENGTH"));
    command.option("dpi",
                   Words::tr("Pixels in an inch, %1 to %2, for %3 (%4 where --width is on paper). "
                             "Instead of --scale.")
                       .arg(ui::paint::least_dpi)
                       .arg(ui::paint::most_dpi)
                       .arg(ui::paint::picture_format_names(PictureOption::dpi))
                       .arg(ui::paint::paper_dpi),
                   QStringLiteral("N"));
    command.flag("transparent", Words::tr("No paper behind the picture."));
    command.option(
        "text",
        Words::tr("Letters: outlines (look the same everywhere) or real (can be edited "
                  "and found) (%1).")
            .arg(without(PictureOption::letters,
                         [](const auto& options) { return ui::paint::name_of(*options.letters); })),
        ui::paint::letters_names().join(u'|'));
}

}  // namespace

int run_render(const QStringList& arguments) {
    Command command("render", Words::tr("Draw a lesson to a file, as the window would show it."));
    add_files(command, ui::paint::picture_endings());
    command.option("step",
                   Words::tr("Steps done: a number, or last (the lesson's own, if it has one)."),
                   QStringLiteral("N|last"));
    command.option("steps",
                   Words::tr("A contact sheet of these steps, numbered: all, or such as 0,4,9. "
                             "Instead of --step."),
                   QStringLiteral("all|N,N,…"));
    command.option("columns", Words::tr("Of the contact sheet (about as many as rows)."),
                   QStringLiteral("N"));
    command.flag("caption",
                 Words::tr("Below the picture: the layer with every argument, and its sizes."));
    add_look_options(command);
    add_format_options(command);
    add_work_options(command);
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    PictureRequest request;
    ExportJob& job = request.job;
    job.path = command.value("output");
    if (job.path.isEmpty())
        return fail(not_understood, Words::tr("Say where to write: -o picture%1.")
                                        .arg(ui::paint::picture_formats().front().ending()));
    const QString name = shown(QFileInfo(job.path).fileName());
    job.format = ui::paint::picture_format_of(job.path);
    if (!job.format && ui::paint::moving_format_of(job.path) != nullptr)
        return fail(not_understood,
                    Words::tr("“%1” would move: stridescope animate writes such files.").arg(name));
    if (!job.format)
        return fail(not_understood,
                    Words::tr("“%1” ends in none of %2.").arg(name, ui::paint::picture_endings()));
    if (const auto code = refuse_options(command, *job.format)) return *code;
    if (command.has("step") && command.has("steps"))
        return fail(not_understood, Words::tr("--step is one picture, and --steps are several on "
                                              "a page; give one of them."));
    if (command.has("columns") && !command.has("steps"))
        return fail(not_understood,
                    Words::tr("--columns is for a contact sheet; give --steps too."));
    // Before the work is done, not after it.
    if (const auto refusal = ui::files::refusal_to_write(job.path)) return fail(*refusal);
    OptionValues values(command);
    if (command.has("text"))
        job.options.letters = values.named("text", Letters::outlines, ui::paint::letters_named,
                                           ui::paint::letters_names().join(QStringLiteral(", ")));
    read_sizes(values, command, job.options);
    read_sheet(values, command, job);
    job.caption = command.has("caption");
    if (command.has("transparent")) job.options.transparent = true;
    request.look.last_step = command.value("step") == QStringLiteral("last");
    if (!request.look.last_step && command.has("step"))
        request.look.step = values.whole("step", 0, {}, Words::tr("a whole number, or last"));
    if (const auto code = read_options(command, values, request)) return *code;
    if (const auto code = open_picture(command, values, request)) return *code;
    if (const auto error = ui::paint::refuse_sheet(job))
        return fail(could_not, ui::words::error_text(*error));
    return written(command, draw(job), job);
}

}  // namespace app
