// SPDX-License-Identifier: MIT
#include "app/picture_options.h"

#include "app/locale.h"
#include "app/long_work.h"
#include "engine/lessons/comparison.h"
#include "engine/lessons/effort.h"
#include "ui/diagram/comparison.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"
#include "ui/document/work_pool.h"
#include "ui/files/file_bytes.h"
#include "ui/formats/lesson_door.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_format.h"

namespace app {

namespace {

using ui::diagram::View;
using ui::paint::ExportJob;
using ui::paint::PictureSize;

QStringList reading_names() {
    QStringList names;
    for (const ui::diagram::ReadingDefinition* reading : ui::diagram::named_readings())
        names << QString::fromUtf8(reading->id.data(), static_cast<qsizetype>(reading->id.size()));
    return names;
}

QStringList digits_names() {
    QStringList names;
    for (const int digits : ui::diagram::digits_choices) {
        const std::string_view name = ui::diagram::name_of_digits(digits);
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names;
}

void read_look(const Command& command, OptionValues& values, Look& look) {
    const auto whole = [&](const char* name) {
        return command.has(name) ? std::optional(values.whole(name, 0, {})) : std::nullopt;
    };
    if (command.has("reading"))
        look.reading = values.named(
            "reading", engine::Reading::stamp,
            [](const QString& name) { return ui::diagram::reading_named(name.toStdString()); },
            reading_names().join(QStringLiteral(", ")));
    if (command.has("digits"))
        look.digits = values.named(
            "digits", ui::diagram::usual_digits,
            [](const QString& name) { return ui::diagram::digits_named(name.toStdString()); },
            digits_names().join(QStringLiteral(", ")));
    look.filter = whole("filter");
    look.channel = whole("channel");
}

/// "1040x740"
QString size_text(const PictureSize& size) {
    return QString::number(size.width) % u'x' % QString::number(size.height);
}

/// Options that say how to draw.
void read_style(const Command& command, OptionValues& values, ExportJob& job) {
    job.theme = values.named("theme", job.theme, ui::diagram::theme_named,
                             ui::diagram::theme_names().join(QStringLiteral(", ")));
    if (command.has("size")) {
        const auto sides = values.list("size", u'x', 2, 2, {1},
                                       Words::tr("width x height, such as %1").arg(size_text({})));
        if (!sides.empty()) job.size = {sides[0], sides[1]};
    }
    if (command.has("scale"))
        job.options.scale =
            values.number("scale", 1, ui::paint::smallest_scale, ui::paint::largest_scale);
    if (command.has("region")) job.region = command.value("region");
    if (!command.has("licence")) return;
    job.options.licence = command.value("licence");
    if (job.options.licence.size() > ui::paint::longest_licence)
        values.refuse("licence",
                      Words::tr("a text of at most %1 letters").arg(ui::paint::longest_licence));
}

/// An image's pixels take as much room as as many numbers.
std::int64_t pixels_of(const ExportJob& job) {
    if (!job.format->of_pixels) return 0;
    const auto options = ui::paint::sized(*job.format, job.options, job.size.units());
    const double asked = job.options.value_or(job.format->options).scale.value_or(1);
    const double scale = options ? options->scale.value_or(1) : asked;
    const QSize size = ui::paint::pixels_of(job.size.units(), scale);
    return std::int64_t{size.width()} * size.height();
}

/// What the picture holds besides the run that it is made of.
std::int64_t held_besides(const ExportJob& job, const engine::Layer& layer,
                          const engine::Geometry& geometry) {
    return pixels_of(job) + engine::held_by_picture(layer.spec, geometry);
}

/// Numbers that a side and its picture hold, or those that are too many.
std::int64_t held_by(const engine::Lesson& side, int focus, const ExportJob& job) {
    const auto shapes = engine::infer_model(side.layers, side.input.shape());
    if (shapes.error) return 0;  // it will not be run
    const auto at = static_cast<std::size_t>(focus);
    return engine::held_by_run(side, shapes.geometries, focus).all +
           held_besides(job, side.layers[at], shapes.geometries[at]);
}

/// The run of a side, unless that or its picture would take too long.
engine::Result<engine::Run> run_of(const QString& command, const engine::Lesson& side,
                                   int focus_of_view, const ExportJob& job, const Turn& turn,
                                   const ui::document::TimeLimit& limit) {
    const auto& layers = side.layers;
    const auto shapes = engine::infer_model(layers, side.input.shape());
    if (shapes.error) return *shapes.error;
    const auto focus = static_cast<std::size_t>(focus_of_view);
    engine::Effort effort = engine::run_effort(layers, shapes.geometries);
    effort += engine::picture_effort(layers[focus].spec, shapes.geometries[focus]);
    if (auto error = limit.refuses(effort)) return *error;

    ProgressLine progress(command);
    ui::document::WorkPool pool;
    return engine::run(side, {.focus = focus_of_view,
                              .besides = held_besides(job, layers[focus], shapes.geometries[focus]),
                              .watch = turn.is_alone ? progress.watch() : engine::Watch(),
                              .pool = turn.is_alone ? pool.for_work(effort) : nullptr});
}

/// What the picture is made of.
std::optional<engine::Error> compute(const QString& command, ExportJob& job, Turn& turn,
                                     const ui::document::TimeLimit& limit) {
    job.view.focus = std::clamp(job.view.focus, 0, static_cast<int>(job.lesson.layers.size()) - 1);
    const bool is_pair = engine::side_count(job.lesson) == 2;
    const int other_focus = is_pair ? ui::diagram::view_beside(job.lesson, job.view).focus : 0;
    if (!turn.is_alone)
        turn.memory.take(held_by(engine::side_of(job.lesson, 0), job.view.focus, job) +
                         (is_pair ? held_by(engine::side_of(job.lesson, 1), other_focus, job) : 0));
    auto run = run_of(command, engine::side_of(job.lesson, 0), job.view.focus, job, turn, limit);
    if (!run) return run.error();
    job.run = *std::move(run);
    if (!is_pair) return std::nullopt;
    auto other = run_of(command, engine::side_of(job.lesson, 1), other_focus, job, turn, limit);
    if (!other) return other.error();
    job.against_run = *std::move(other);
    return std::nullopt;
}

/// Where the picture of so many units has more pixels than any may have, or is meant to be too
/// large. How high a part of it is nobody knows before it is drawn.
std::optional<int> refuse_size(const Command& command, const ExportJob& job) {
    const PictureSize& size = job.size;
    if (qint64{size.width} * size.height > ui::paint::max_picture_pixels)
        return fail(could_not, Words::tr("--size %1 is too large; a picture has at most %2 pixels.")
                                   .arg(shown(command.value("size")),
                                        QLocale().toString(ui::paint::max_picture_pixels)));
    if (command.name() != QStringLiteral("render")) return std::nullopt;  // films have limits too
    if (const auto error = ui::paint::refuse_sizes(job.options))
        return fail(
            not_understood,
            Words::tr("--%1 and --%2 both say how large the picture is; give one of them.")
                .arg(QString::fromStdString(error->subject), QString::fromStdString(error->text)));
    const bool is_whole = job.region == ui::paint::whole_stage;
    const QSizeF units = is_whole ? size.units() : QSizeF(size.width, 1);
    const auto sized = ui::paint::sized(*job.format, job.options, units);
    return sized ? std::nullopt : std::optional(fail(sized.error()));
}

/// The view to draw, which the run bounds. Without --step its moment is the one saved in the
/// lesson, but a lesson saved before its first step is drawn finished: nobody wants an empty
/// picture.
View view_of(const Look& look, const ExportJob& job, OptionValues& values) {
    View view = job.view;
    view.reading = look.reading.value_or(view.reading);
    view.filter = look.filter.value_or(view.filter);
    view.channel = look.channel.value_or(view.channel);
    view.digits = look.digits.value_or(view.digits);
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
QString region_names(const Command& command, const ExportJob& job) {
    QStringList names{QStringLiteral("stage")};
    if (command.name() == QStringLiteral("render"))
        for (const ui::diagram::Group& group : ui::paint::figure_regions(job)) names << group.id;
    for (const ui::diagram::Group& group : ui::paint::export_regions(job)) names << group.id;
    return names.join(QStringLiteral(", "));
}

}  // namespace

void add_look_options(Command& command) {
    QStringList readings = reading_names();
    const QString last_reading = readings.takeLast();
    command.option("reading",
                   Words::tr("%1 or %2.").arg(readings.join(QStringLiteral(", ")), last_reading),
                   QStringLiteral("reading"));
    command.option("filter", Words::tr("Filter shown, from 0."), QStringLiteral("N"));
    command.option("channel", Words::tr("Input channel shown, from 0."), QStringLiteral("N"));
    command.option(
        "digits",
        Words::tr("Digits that a number in a cell has at most (the lesson's own, else %1).")
            .arg(ui::diagram::usual_digits),
        digits_names().join(u'|'));
    command.option("against",
                   Words::tr("A second lesson, whose layers stand beside on the same input, with "
                             "the difference of both outputs."),
                   QStringLiteral("FILE|LESSON"));
    command.option("region", Words::tr("stage (everything), or one part such as input or output."),
                   QStringLiteral("region"));
    command.option("theme",
                   Words::tr("%1.").arg(ui::diagram::theme_names().join(QStringLiteral(", "))),
                   QStringLiteral("theme"));
    command.option("size", Words::tr("Room for the picture (%1).").arg(size_text({})),
                   QStringLiteral("WxH"));
}

void add_work_options(Command& command) {
    add_limit_option(command);
    command.option("locale",
                   Words::tr("Whose decimal signs: C (0.5), or a name such as de_DE (0,5)."),
                   QStringLiteral("name"));
    command.option("licence",
                   Words::tr("What others may use the picture under, which its file says: %1, %2 "
                             "or a text (the lesson's own, else %3).")
                       .arg(ui::paint::licence_names().join(QStringLiteral(", ")),
                            ui::paint::no_licence, ui::paint::usual_licence),
                   QStringLiteral("licence"));
    command.flag("force", Words::tr("Write OUT even if it is FILE itself, or a link to it."));
}

std::optional<int> read_options(const Command& command, OptionValues& values,
                                PictureRequest& request) {
    const QLocale locale = values.named("locale", ui::diagram::plain_locale(), locale_named,
                                        Words::tr("a name such as de_DE, or C"));
    read_style(command, values, request.job);
    read_limit(command, values, request.limit);
    read_look(command, values, request.look);
    if (values.code()) return values.code();
    use_locale(locale);
    return refuse_size(command, request.job);
}

std::optional<int> open_picture(const Command& command, const Picture& picture, Turn& turn,
                                OptionValues& values, PictureRequest& request) {
    ExportJob& job = request.job;
    job.path = picture.path;
    const auto opened = ui::formats::open_lesson(picture.input);
    if (!opened) return fail_to_read(opened.error());
    warn_of(*opened);
    job.lesson = opened->file.lesson;
    job.view = opened->file.view;
    if (!command.has("licence") && !opened->file.licence.empty())
        job.options.licence = QString::fromStdString(opened->file.licence);
    if (command.has("against")) {
        const auto other = ui::formats::open_lesson(command.value("against"));
        if (!other) return fail_to_read(other.error());
        warn_of(*other);
        job.lesson.against = other->file.lesson.layers;
    }
    if (const auto error = compute(command.name(), job, turn, request.limit)) return fail(*error);
    job.view = view_of(request.look, job, values);
    return values.code();
}

int write_picture(const Command& command, const engine::Result<QByteArray>& bytes,
                  const ExportJob& job) {
    if (bytes) {
        if (job.path == stream) return print(*bytes);
        const auto file = ui::files::write_file(job.path, *bytes);
        return file ? done : fail(file.error());
    }
    if (bytes.error().subject != "region") return fail(bytes.error());
    OptionValues values(command);
    values.refuse("region", region_names(command, job));
    return *values.code();
}

}  // namespace app
