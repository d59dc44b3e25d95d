// SPDX-License-Identifier: MIT
// `stridescope animate`: options → AnimationJob.
#include <QFileInfo>

#include "app/long_work.h"
#include "app/picture_options.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/picture_format.h"

namespace app {

namespace {

using ui::paint::AnimationJob;
using ui::paint::AnimationOptions;
using ui::paint::Letters;
using ui::paint::PictureOption;

void add_playing_options(Command& command) {
    const AnimationOptions usual;
    command.option("range", Words::tr("Steps done at the beginning and at the end (all)."),
                   QStringLiteral("FROM-TO"));
    command.option("fps",
                   Words::tr("Frames in a second of what moves, %1 to %2 (%3).")
                       .arg(ui::paint::least_rate)
                       .arg(ui::paint::most_rate)
                       .arg(usual.frames_per_second),
                   QStringLiteral("N"));
    command.option("speed",
                   Words::tr("Times as fast as the window at 1 ×, %1 to %2 (%3).")
                       .arg(ui::paint::least_speed)
                       .arg(ui::paint::most_speed)
                       .arg(usual.speed),
                   QStringLiteral("N"));
    command.option(
        "hold",
        Words::tr("Milliseconds longer that the end of a phase stands (%1).").arg(usual.stop_ms),
        QStringLiteral("MS"));
    command.option(
        "end-hold",
        Words::tr("Milliseconds longer that the last picture stands (%1).").arg(usual.end_ms),
        QStringLiteral("MS"));
    command.option(
        "loop", Words::tr("How often it plays; 0 without an end (%1).").arg(ui::paint::usual_loops),
        QStringLiteral("N"));
    command.flag("still", Words::tr("One frame for each step: nothing moves within it."));
    command.option("scale",
                   Words::tr("Pixels per unit, %1 to %2 (%3).")
                       .arg(ui::paint::smallest_scale)
                       .arg(ui::paint::largest_scale)
                       .arg(*ui::paint::moving_formats().front().options.scale),
                   QStringLiteral("S"));
    command.flag("transparent",
                 Words::tr("No paper behind the picture (%1).")
                     .arg(ui::paint::moving_format_names(PictureOption::transparent)));
    command.option(
        "text",
        Words::tr("Letters: outlines (look the same everywhere) or real (can be edited and "
                  "found) (%1).")
            .arg(ui::paint::moving_format_names(PictureOption::letters)),
        ui::paint::letters_names().join(u'|'));
}

void read_playing(const Command& command, OptionValues& values, AnimationOptions& options) {
    const auto number = [&](const char* name, double& value, double least, double most) {
        if (command.has(name)) value = values.number(name, value, least, most);
    };
    number("fps", options.frames_per_second, ui::paint::least_rate, ui::paint::most_rate);
    number("speed", options.speed, ui::paint::least_speed, ui::paint::most_speed);
    const Range hold{0, ui::paint::longest_hold_ms, could_not};
    options.stop_ms = values.whole("hold", options.stop_ms, hold);
    options.end_ms = values.whole("end-hold", options.end_ms, hold);
    if (command.has("loop"))
        options.loops =
            values.whole("loop", ui::paint::usual_loops, {0, ui::paint::most_loops, could_not});
    options.moves = !command.has("still");
    if (!command.has("range")) return;
    const QString wanted = Words::tr("first-last, such as 0-4");
    const auto range = values.list("range", u'-', 2, 2, {0}, wanted);
    if (range.empty()) return;
    if (range[0] > range[1]) return values.refuse("range", wanted);
    options.from = range[0];
    options.to = range[1];
}

/// What is given and the format cannot do is not passed over.
std::optional<int> refuse_options(const Command& command, const ui::paint::MovingFormat& format) {
    const auto refused = [&](const char* name, const QString& others) {
        return fail(not_understood,
                    Words::tr("--%1 is not for %2 files; it is for %3.")
                        .arg(QLatin1String(name), QLatin1String(format.name), others));
    };
    for (const PictureOption option : ui::paint::picture_options) {
        const char* name = ui::paint::name_of(option);
        if (command.has(name) && !format.options.has(option))
            return refused(name, ui::paint::moving_format_names(option));
    }
    if (command.has("loop") && !format.loops)
        return refused("loop", ui::paint::looping_format_names());
    return std::nullopt;
}

/// The film of one lesson.
int play(const Command& command, const Picture& picture, Turn& turn, AnimationJob job,
         PictureRequest request) {
    job.picture.path = picture.path;
    if (picture.path == stream && job.format->is_folder())
        return fail(not_understood, Words::tr("%1 are several files, which standard output cannot "
                                              "tell apart; name a folder, such as -o frames/.")
                                        .arg(QLatin1String(job.format->name)));
    if (picture.path != stream)
        if (const auto refusal = ui::paint::refusal_to_write(job)) return fail(*refusal);
    OptionValues values(command);
    if (const auto code = open_picture(command, picture, turn, values, request)) return *code;
    job.picture = std::move(request.job);
    if (job.options.to)
        values.at_most("range", *job.options.to, ui::paint::step_count(job.picture));
    if (values.code()) return *values.code();
    ProgressLine progress(command.name());
    const engine::Watch watch = turn.is_alone ? progress.watch() : engine::Watch();
    if (!job.format->is_folder())
        return write_picture(command, ui::paint::render_animation(job, watch), job.picture);
    const auto folder = ui::paint::run_animation(job, watch);
    return folder ? done : write_picture(command, folder.error(), job.picture);
}

}  // namespace

int run_animate(const QStringList& arguments) {
    Command command("animate", Words::tr("Play lessons into files that move."));
    add_files(command, ui::paint::moving_endings());
    add_playing_options(command);
    add_look_options(command);
    add_work_options(command);
    if (const auto code = command.parse(arguments, 0, most_arguments)) return *code;
    const auto format = format_name(command, ui::paint::moving_endings());
    if (format.code) return *format.code;
    PictureRequest request;
    AnimationJob job;
    job.format = ui::paint::moving_format_of(format.name);
    const QString name = shown(QFileInfo(format.name).fileName());
    if (job.format == nullptr && ui::paint::picture_format_of(format.name) != nullptr)
        return fail(
            not_understood,
            Words::tr("“%1” would not move: stridescope render writes such files.").arg(name));
    if (job.format == nullptr)
        return fail(not_understood,
                    Words::tr("“%1” ends in none of %2.").arg(name, ui::paint::moving_endings()));
    if (const auto code = refuse_options(command, *job.format)) return *code;
    if (command.has("force")) job.old = ui::files::OldFiles::replace;
    OptionValues values(command);
    read_playing(command, values, job.options);
    if (command.has("transparent")) request.job.options.transparent = true;
    if (command.has("text"))
        request.job.options.letters =
            values.named("text", Letters::outlines, ui::paint::letters_named,
                         ui::paint::letters_names().join(QStringLiteral(", ")));
    if (const auto code = read_options(command, values, request)) return *code;
    if (command.value("output").contains(step_place))
        return fail(
            not_understood,
            Words::tr("A film holds all steps; %1 is for stridescope render.").arg(step_place));
    const Pictures pictures = pictures_of(command);
    if (pictures.code) return *pictures.code;
    return draw_all(command, pictures.all, [&](const Picture& picture, Turn& turn) {
        return play(command, picture, turn, job, request);
    });
}

}  // namespace app
