// SPDX-License-Identifier: MIT
// `stridescope animate`: options → AnimationJob.
#include <QFileInfo>

#include "app/long_work.h"
#include "app/picture_options.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/picture_format.h"

namespace app {

namespace {

using ui::paint::AnimationJob;
using ui::paint::AnimationOptions;

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
    command.option("loop", Words::tr("How often it plays; 0 without an end (%1).").arg(usual.loops),
                   QStringLiteral("N"));
    command.flag("still", Words::tr("One frame for each step: nothing moves within it."));
    command.option("scale",
                   Words::tr("Pixels per unit, %1 to %2 (%3).")
                       .arg(ui::paint::smallest_scale)
                       .arg(ui::paint::largest_scale)
                       .arg(ui::paint::usual_moving_scale),
                   QStringLiteral("S"));
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
    options.loops = values.whole("loop", options.loops, {0, ui::paint::most_loops, could_not});
    options.moves = !command.has("still");
    if (!command.has("range")) return;
    const QString wanted = Words::tr("first-last, such as 0-4");
    const auto range = values.list("range", u'-', 2, 2, {0}, wanted);
    if (range.empty()) return;
    if (range[0] > range[1]) return values.refuse("range", wanted);
    options.from = range[0];
    options.to = range[1];
}

/// The film of one lesson.
int play(const Command& command, const Picture& picture, Turn& turn, AnimationJob job,
         PictureRequest request) {
    if (picture.path != stream)
        if (const auto refusal = ui::files::refusal_to_write(picture.path)) return fail(*refusal);
    OptionValues values(command);
    if (const auto code = open_picture(command, picture, turn, values, request)) return *code;
    job.picture = std::move(request.job);
    if (job.options.to)
        values.at_most("range", *job.options.to, ui::paint::step_count(job.picture));
    if (values.code()) return *values.code();
    const auto bytes = [&] {
        ProgressLine progress(command.name());
        return ui::paint::render_animation(job, turn.is_alone ? progress.watch() : engine::Watch());
    }();
    return write_picture(command, bytes, job.picture);
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
    OptionValues values(command);
    read_playing(command, values, job.options);
    if (const auto code = read_options(command, values, request)) return *code;
    const Pictures pictures = pictures_of(command);
    if (pictures.code) return *pictures.code;
    return draw_all(command, pictures.all, [&](const Picture& picture, Turn& turn) {
        return play(command, picture, turn, job, request);
    });
}

}  // namespace app
