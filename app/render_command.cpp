// SPDX-License-Identifier: MIT
// `stridescope render`: options → ExportJob.
#include <QFileInfo>

#include "app/command.h"
#include "app/long_work.h"
#include "engine/effort.h"
#include "ui/diagram/stage.h"
#include "ui/document/lesson_json.h"
#include "ui/document/view_json.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/export_job.h"

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using ui::diagram::View;
using ui::paint::ExportJob;

std::optional<int> refuse_beyond(const char* what, int given, int limit) {
    if (given <= limit) return std::nullopt;
    return fail(
        Error{.code = ErrorCode::too_large, .subject = what, .given = {given}, .limit = {limit}});
}

/// Options that say where to look. Filters and channels are counted from 0, as the stage writes them.
std::optional<int> read_view(const Command& command, ExportJob& job) {
    View& view = job.view;
    if (command.has("reading")) {
        const auto reading = ui::document::reading_named(command.value("reading").toStdString());
        if (!reading)
            return refuse_value("reading", command.value("reading"),
                                QStringLiteral("stamp, slide, why_equal"));
        view.reading = *reading;
    }
    for (const auto& [name, index] :
         {std::pair{"filter", &view.filter}, {"channel", &view.channel}}) {
        if (!command.has(name)) continue;
        const auto number = parse_whole(command.value(name));
        if (!number || *number < 0)
            return refuse_value(name, command.value(name), Words::tr("a number from 0"));
        *index = *number;
    }
    return std::nullopt;
}

/// Options that say how to draw.
std::optional<int> read_style(const Command& command, ExportJob& job) {
    if (command.has("theme")) {
        const auto theme = ui::diagram::theme_named(command.value("theme"));
        if (!theme)
            return refuse_value("theme", command.value("theme"),
                                ui::diagram::theme_names().join(QStringLiteral(", ")));
        job.theme = *theme;
    }
    if (command.has("size")) {
        const auto size = parse_extent(command.value("size"));
        const bool pair = command.value("size").contains(u'x');
        if (!size || !pair || size->height < 1 || size->width < 1)
            return refuse_value("size", command.value("size"),
                                Words::tr("width x height, such as 1040x740"));
        job.size = QSizeF(size->height, size->width);  // the first number is the width
        const qint64 pixels = qint64{size->height} * size->width;
        if (pixels > ui::paint::max_export_pixels)
            return fail(Error{.code = ErrorCode::too_large,
                              .subject = "pixels",
                              .given = {pixels},
                              .limit = {ui::paint::max_export_pixels}});
    }
    if (command.has("scale")) {
        bool ok = false;
        job.scale = command.value("scale").toDouble(&ok);
        if (!ok || !(job.scale >= ui::paint::smallest_scale) ||
            job.scale > ui::paint::largest_scale)
            return refuse_value("scale", command.value("scale"),
                                Words::tr("a number from %1 to %2")
                                    .arg(ui::paint::smallest_scale)
                                    .arg(ui::paint::largest_scale));
    }
    if (command.has("text")) {
        const QString text = command.value("text");
        if (text != QStringLiteral("outlines") && text != QStringLiteral("real"))
            return refuse_value("text", text, QStringLiteral("outlines, real"));
        job.text_as_outlines = text == QStringLiteral("outlines");
    }
    if (command.has("region")) job.region = command.value("region");
    job.transparent = command.has("transparent");
    return std::nullopt;
}

/// The lesson's run, unless that or its picture would take too long.
std::optional<Error> compute(ExportJob& job, const ui::document::TimeLimit& limit) {
    const auto& layers = job.lesson.layers;
    job.view.focus = std::clamp(job.view.focus, 0, static_cast<int>(layers.size()) - 1);
    const auto shapes = engine::infer_model(layers, job.lesson.input.shape());
    if (shapes.error) return shapes.error;
    const auto focus = static_cast<std::size_t>(job.view.focus);
    engine::Effort effort = engine::run_effort(layers, shapes.geometries);
    effort += engine::picture_effort(layers[focus].spec, shapes.geometries[focus]);
    if (auto error = limit.refuses(effort)) return error;

    ProgressLine progress(QStringLiteral("render"));
    auto run = engine::run(job.lesson, {.focus = job.view.focus,
                                        .besides = engine::held_by_picture(
                                            layers[focus].spec, shapes.geometries[focus]),
                                        .watch = progress.watch()});
    if (!run) return run.error();
    job.run = *std::move(run);
    return std::nullopt;
}

engine::Result<QString> draw(const ExportJob& job) {
    ProgressLine progress(QStringLiteral("render"));
    return ui::paint::run_export(job, progress.watch());
}

/// The moment to draw. Without --step it is the one saved in the lesson, but a lesson saved before its first
/// step is drawn finished: nobody wants an empty picture.
std::optional<int> read_moment(const Command& command, ExportJob& job) {
    const auto& layer = job.run.layers[static_cast<std::size_t>(job.view.focus)];
    const auto channels = [](const engine::Shape& shape) { return shape[shape.rank() - 1]; };
    if (auto code = refuse_beyond("filter", job.view.filter, channels(layer.geometry.output) - 1))
        return code;
    if (auto code = refuse_beyond("channel", job.view.channel, channels(layer.geometry.input) - 1))
        return code;

    const int last =
        ui::diagram::timeline_of(job.lesson.layers[static_cast<std::size_t>(job.view.focus)],
                                 layer.geometry, job.view)
            .step_count();
    const QString step = command.value("step");
    if (step == QStringLiteral("last") || (step.isEmpty() && job.view.moment.step == 0)) {
        job.view.moment = {last, 0};
    } else if (!step.isEmpty()) {
        const auto number = parse_whole(step);
        if (!number || *number < 0)
            return refuse_value("step", step, Words::tr("a number from 0, or last"));
        if (auto code = refuse_beyond("step", *number, last)) return code;
        job.view.moment = {*number, 0};
    }
    job.view = ui::diagram::clamped(job.view, job.lesson, job.run);
    return std::nullopt;
}

/// Which parts there are depends on the lesson and the moment.
int refuse_region(const ExportJob& job) {
    QStringList names{QStringLiteral("stage")};
    for (const ui::diagram::Group& group : ui::paint::export_regions(job)) names << group.id;
    return refuse_value("region", job.region, names.join(QStringLiteral(", ")));
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
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    ui::document::TimeLimit limit;
    if (const auto code = read_limit(command, limit)) return *code;

    ExportJob job;
    job.path = command.value("output");
    if (job.path.isEmpty())
        return fail(not_understood,
                    Words::tr("Say where to write: -o picture.png or -o picture.svg."));
    const auto format = ui::paint::format_of_path(job.path);
    if (!format)
        return fail(
            not_understood,
            Words::tr("“%1” does not end in .png or .svg.").arg(QFileInfo(job.path).fileName()));
    job.format = *format;
    // Before the work is done, not after it.
    if (const auto refusal = ui::files::refusal_to_write(job.path)) return fail(*refusal);
    if (const auto code = read_style(command, job)) return *code;

    const auto file = ui::document::open_lesson(command.argument(0));
    if (!file) return fail(file.error());
    job.lesson = file->lesson;
    job.view = file->view;
    if (const auto code = read_view(command, job)) return *code;
    if (const auto error = compute(job, limit)) return fail(*error);
    if (const auto code = read_moment(command, job)) return *code;
    const auto written = draw(job);
    if (written) return done;
    return written.error().subject == "region" ? refuse_region(job) : fail(written.error());
}

}  // namespace app
