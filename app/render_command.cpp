// SPDX-License-Identifier: MIT
// `stridescope render`: options → ExportJob.
#include <cmath>
#include <filesystem>

#include <QFileInfo>

#include "app/locale.h"
#include "app/long_work.h"
#include "app/option_values.h"
#include "engine/effort.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/stage.h"
#include "ui/document/lesson_json.h"
#include "ui/document/view_json.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/export_job.h"

namespace app {

namespace {

using ui::diagram::View;
using ui::paint::ExportJob;

/// Options that say where to look; what is not given the lesson says itself. Filters and channels are counted from 0, as
/// the stage writes them.
struct Look {
    std::optional<engine::Reading> reading;
    std::optional<int> filter;
    std::optional<int> channel;
    std::optional<int> step;
    bool last_step = false;
};
Look read_look(const Command& command, OptionValues& values) {
    const auto whole = [&](const char* name, const QString& wanted = {}) {
        return command.has(name) ? std::optional(values.whole(name, 0, {}, wanted)) : std::nullopt;
    };
    Look look;
    if (command.has("reading"))
        look.reading = values.named(
            "reading", engine::Reading::stamp,
            [](const QString& name) { return ui::document::reading_named(name.toStdString()); },
            QStringLiteral("stamp, slide, why_equal"));
    look.filter = whole("filter");
    look.channel = whole("channel");
    look.last_step = command.value("step") == QStringLiteral("last");
    if (!look.last_step) look.step = whole("step", Words::tr("a whole number, or last"));
    return look;
}

/// Options that say how to draw.
void read_style(const Command& command, OptionValues& values, ExportJob& job) {
    job.theme = values.named("theme", job.theme, ui::diagram::theme_named,
                             ui::diagram::theme_names().join(QStringLiteral(", ")));
    if (command.has("size")) {
        const auto sides =
            values.list("size", u'x', 2, 2, {1}, Words::tr("width x height, such as 1040x740"));
        if (!sides.empty()) job.size = QSizeF(sides[0], sides[1]);
    }
    job.scale =
        values.number("scale", job.scale, ui::paint::smallest_scale, ui::paint::largest_scale);
    job.text_as_outlines = values.named(
        "text", job.text_as_outlines,
        [](const QString& name) -> std::optional<bool> {
            if (name == QStringLiteral("outlines")) return true;
            if (name == QStringLiteral("real")) return false;
            return std::nullopt;
        },
        QStringLiteral("outlines, real"));
    if (command.has("region")) job.region = command.value("region");
    job.transparent = command.has("transparent");
}

/// An image's pixels take as much room as as many numbers.
std::int64_t pixels_of(const ExportJob& job) {
    if (job.format != ui::paint::ExportFormat::png) return 0;
    return std::llround(job.size.width() * job.scale * job.size.height() * job.scale);
}

/// The lesson's run, unless that or its picture would take too long.
std::optional<engine::Error> compute(ExportJob& job, const ui::document::TimeLimit& limit) {
    const auto& layers = job.lesson.layers;
    job.view.focus = std::clamp(job.view.focus, 0, static_cast<int>(layers.size()) - 1);
    const auto shapes = engine::infer_model(layers, job.lesson.input.shape());
    if (shapes.error) return shapes.error;
    const auto focus = static_cast<std::size_t>(job.view.focus);
    engine::Effort effort = engine::run_effort(layers, shapes.geometries);
    effort += engine::picture_effort(layers[focus].spec, shapes.geometries[focus]);
    if (auto error = limit.refuses(effort)) return error;

    ProgressLine progress(QStringLiteral("render"));
    auto run = engine::run(
        job.lesson, {.focus = job.view.focus,
                     .besides = pixels_of(job) + engine::held_by_picture(layers[focus].spec,
                                                                         shapes.geometries[focus]),
                     .watch = progress.watch()});
    if (!run) return run.error();
    job.run = *std::move(run);
    return std::nullopt;
}

engine::Result<QString> draw(const ExportJob& job) {
    ProgressLine progress(QStringLiteral("render"));
    return ui::paint::run_export(job, progress.watch());
}

/// Where the picture of so many units has more pixels than any may have.
std::optional<int> refuse_size(const Command& command, const QSizeF& size) {
    if (size.width() * size.height() <= static_cast<double>(ui::paint::max_export_pixels))
        return std::nullopt;
    return fail(could_not, Words::tr("--size %1 is too large; a picture has at most %2 pixels.")
                               .arg(shown(command.value("size")),
                                    QLocale().toString(ui::paint::max_export_pixels)));
}

/// The view to draw, which the run bounds. Without --step its moment is the one saved in the lesson, but a lesson saved
/// before its first step is drawn finished: nobody wants an empty picture.
View view_of(const Look& look, const ExportJob& job, OptionValues& values) {
    View view = job.view;
    view.reading = look.reading.value_or(view.reading);
    view.filter = look.filter.value_or(view.filter);
    view.channel = look.channel.value_or(view.channel);
    const auto focus = static_cast<std::size_t>(view.focus);
    const auto& layer = job.run.layers[focus];
    const auto last_of = [](const engine::Shape& shape) { return shape[shape.rank() - 1] - 1; };
    values.at_most("filter", view.filter, last_of(layer.geometry.output));
    values.at_most("channel", view.channel, last_of(layer.geometry.input));
    if (values.code()) return view;

    const int last =
        ui::diagram::timeline_of(job.lesson.layers[focus], layer.geometry, view).step_count();
    if (look.step) {
        values.at_most("step", *look.step, last);
        view.moment = {std::min(*look.step, last), 0};
    } else if (look.last_step || view.moment.step == 0) {
        view.moment = {last, 0};
    }
    return ui::diagram::clamped(view, job.lesson, job.run);
}

/// Which parts there are depends on the lesson and the moment.
QString region_names(const ExportJob& job) {
    QStringList names{QStringLiteral("stage")};
    for (const ui::diagram::Group& group : ui::paint::export_regions(job)) names << group.id;
    return names.join(QStringLiteral(", "));
}

/// Whether the output is the input, however it is spelled or linked; also where the input comes through a redirection.
bool names_one_file(const QString& input, const QString& output) {
    if (ui::document::is_lesson_name(input)) return false;
    const QString read = input == QStringLiteral("-") ? QStringLiteral("/dev/stdin") : input;
    std::error_code missing;  // a file that is not there is no other one
    return std::filesystem::equivalent(QFileInfo(read).filesystemFilePath(),
                                       QFileInfo(output).filesystemFilePath(), missing);
}

}  // namespace

int run_render(const QStringList& arguments) {
    Command command("render", Words::tr("Draw a lesson to a file, as the window would show it."));
    command.positional(QStringLiteral("FILE|LESSON"),
                       Words::tr("A .stride file, a shipped lesson, or - for standard input."),
                       QStringLiteral("FILE|LESSON"));
    command.option("o|output", Words::tr("The file to write: .png or .svg."),
                   QStringLiteral("OUT"));
    command.option("step",
                   Words::tr("Steps done: a number, or last (the lesson's own, if it has one)."),
                   QStringLiteral("N|last"));
    command.option("reading", Words::tr("stamp, slide or why_equal."), QStringLiteral("reading"));
    command.option("filter", Words::tr("Filter shown, from 0."), QStringLiteral("N"));
    command.option("channel", Words::tr("Input channel shown, from 0."), QStringLiteral("N"));
    command.option("region", Words::tr("stage (everything), or one part such as input or output."),
                   QStringLiteral("region"));
    command.option("theme",
                   Words::tr("%1.").arg(ui::diagram::theme_names().join(QStringLiteral(", "))),
                   QStringLiteral("theme"));
    command.option("size", Words::tr("Room for the picture (1040x740)."), QStringLiteral("WxH"));
    command.option("scale", Words::tr("Pixels per unit of a PNG, 0.25 to 8 (2)."),
                   QStringLiteral("S"));
    command.flag("transparent", Words::tr("No paper behind the picture."));
    command.option("text",
                   Words::tr("SVG: outlines (looks the same everywhere) or real (editable)."),
                   QStringLiteral("outlines|real"));
    add_limit_option(command);
    command.option("locale",
                   Words::tr("Whose decimal signs: C (0.5), or a name such as de_DE (0,5)."),
                   QStringLiteral("name"));
    command.flag("force", Words::tr("Write OUT even if it is FILE itself, or a link to it."));
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    ExportJob job;
    job.path = command.value("output");
    if (job.path.isEmpty())
        return fail(not_understood,
                    Words::tr("Say where to write: -o picture.png or -o picture.svg."));
    const auto format = ui::paint::format_of_path(job.path);
    if (!format)
        return fail(not_understood, Words::tr("“%1” does not end in .png or .svg.")
                                        .arg(shown(QFileInfo(job.path).fileName())));
    job.format = *format;
    // Before the work is done, not after it.
    if (const auto refusal = ui::files::refusal_to_write(job.path)) return fail(*refusal);
    OptionValues values(command);
    const QLocale locale = values.named("locale", ui::diagram::plain_locale(), locale_named,
                                        Words::tr("a name such as de_DE, or C"));
    read_style(command, values, job);
    ui::document::TimeLimit limit;
    read_limit(command, values, limit);
    const Look look = read_look(command, values);
    if (values.code()) return *values.code();
    use_locale(locale);
    if (const auto code = refuse_size(command, job.size)) return *code;

    const QString input = command.argument(0);
    if (!command.has("force") && names_one_file(input, job.path))
        return fail(could_not, Words::tr("“%1” is the lesson itself and would be written over; "
                                         "--force does so all the same.")
                                   .arg(shown(QFileInfo(job.path).fileName())));
    const auto file = ui::document::open_lesson(input);
    if (!file) return fail_to_read(file.error());
    job.lesson = file->lesson;
    job.view = file->view;
    if (const auto error = compute(job, limit)) return fail(*error);
    job.view = view_of(look, job, values);
    if (values.code()) return *values.code();

    const auto written = draw(job);
    if (written) return done;
    if (written.error().subject != "region") return fail(written.error());
    values.refuse("region", region_names(job));
    return *values.code();
}

}  // namespace app
