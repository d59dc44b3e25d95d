// SPDX-License-Identifier: MIT
// `stridescope render`: options → ExportJob.
#include <QFileInfo>

#include "app/long_work.h"
#include "app/picture_options.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/figure_words.h"
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

/// Which steps are drawn, each into a file of its own.
struct Steps {
    bool are_several = false;  ///< false: the one that is looked at
    int first = 0;
    int last = lessons_last;
    static constexpr int lessons_last = -1;
};

/// --step N or last is a moment to look at; A-B and all are many.
Steps read_steps(const Command& command, OptionValues& values, Look& look) {
    const QString step = command.value("step");
    const QString wanted = Words::tr("a whole number, last, all, or first-last such as 0-4");
    if (step == QStringLiteral("all")) return {true};
    look.last_step = step == QStringLiteral("last");
    if (look.last_step || !command.has("step")) return {};
    if (step.indexOf(u'-') <= 0) {
        look.step = values.whole("step", 0, {}, wanted);
        return {};
    }
    const auto ends = values.list("step", u'-', 2, 2, {0}, wanted);
    if (ends.empty()) return {};
    if (ends[0] > ends[1]) values.refuse("step", wanted);
    return {true, ends[0], ends[1]};
}

/// As many digits as the lesson's last step has: files by name are steps in order.
QString with_step(QString path, int step, int last) {
    const qsizetype digits = QString::number(last).size();
    return path.replace(step_place, QString::number(step).rightJustified(digits, u'0'));
}

/// The files of one lesson.
int draw_lesson(const Command& command, const Picture& picture, Turn& turn, PictureRequest request,
                const Steps& steps) {
    ExportJob& job = request.job;
    const auto first_path = [&] { return with_step(picture.path, 0, 0); };
    // Before the work is done, not after it.
    if (picture.path != stream)
        if (const auto refusal = ui::files::refusal_to_write(first_path())) return fail(*refusal);
    OptionValues values(command);
    if (const auto code = open_picture(command, picture, turn, values, request)) return *code;
    if (const auto error = ui::paint::refuse_sheet(job))
        return fail(could_not, ui::words::error_text(*error));
    const int last = ui::paint::step_count(job);
    const int from = steps.are_several ? steps.first : job.view.moment.step;
    const int asked = steps.last == Steps::lessons_last ? last : steps.last;
    const int to = steps.are_several ? asked : from;
    if (steps.are_several) values.at_most("step", to, last);
    if (values.code()) return *values.code();
    for (int step = from; step <= to; ++step) {
        if (steps.are_several) job.view.moment = {step, 0};
        job.path = with_step(picture.path, step, last);
        const auto bytes = [&] {
            ProgressLine progress(command.name());
            return ui::paint::render_export(job,
                                            turn.is_alone ? progress.watch() : engine::Watch());
        }();
        if (const int code = write_picture(command, bytes, job); code != done) return code;
    }
    return done;
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

/// --print: words instead of a picture, of one lesson.
int print_words(const Command& command) {
    for (const char* name : {"output", "format", "lessons"})
        if (command.has(name))
            return fail(
                not_understood,
                Words::tr("--print writes no file; leave out --%1.").arg(QLatin1String(name)));
    if (command.arguments().isEmpty()) return command.refuse_few();
    if (command.arguments().size() > 1)
        return fail(
            not_understood,
            Words::tr("There is an argument too many: “%1”.").arg(shown(command.argument(1))));
    OptionValues values(command);
    enum class Print { alternative, caption };
    const auto print_of = [](const QString& name) -> std::optional<Print> {
        if (name == QStringLiteral("alt")) return Print::alternative;
        if (name == QStringLiteral("caption")) return Print::caption;
        return std::nullopt;
    };
    const Print what =
        values.named("print", Print::alternative, print_of, QStringLiteral("alt, caption"));
    PictureRequest request;
    const Steps steps = read_steps(command, values, request.look);
    if (steps.are_several) values.refuse("step", Words::tr("one step"));
    if (const auto code = read_options(command, values, request)) return *code;
    Turn turn;
    const Picture one{command.argument(0), stream};
    if (const auto code = open_picture(command, one, turn, values, request)) return *code;
    const auto picture = ui::paint::picture_of(request.job);
    if (!picture) return write_picture(command, picture.error(), request.job);
    const QString words = what == Print::alternative ? ui::paint::alternative_text(*picture)
                                                     : ui::paint::caption_of(request.job, *picture);
    return print(QByteArray(words.toUtf8() + '\n'));
}

}  // namespace

int run_render(const QStringList& arguments) {
    Command command("render", Words::tr("Draw lessons to files, as the window would show them."));
    add_files(command, ui::paint::picture_endings());
    command.option("step",
                   Words::tr("Steps done: a number, or last (the lesson's own, if it has one); "
                             "several, %1 standing for each: 0-4, or all.")
                       .arg(step_place),
                   QStringLiteral("N|last|A-B|all"));
    command.option("steps",
                   Words::tr("A contact sheet of these steps, numbered: all, or such as 0,4,9. "
                             "Instead of --step."),
                   QStringLiteral("all|N,N,…"));
    command.option("columns", Words::tr("Of the contact sheet (about as many as rows)."),
                   QStringLiteral("N"));
    command.flag("caption",
                 Words::tr("Below the picture: the layer with every argument, and its sizes."));
    command.option("print",
                   Words::tr("Write no file, but print words for it: alt (for who does not see "
                             "it) or caption."),
                   QStringLiteral("alt|caption"));
    add_look_options(command);
    add_format_options(command);
    add_work_options(command);
    if (const auto code = command.parse(arguments, 0, most_arguments)) return *code;
    if (command.has("print")) return print_words(command);
    PictureRequest request;
    ExportJob& job = request.job;
    const auto format = format_name(command, ui::paint::picture_endings());
    if (format.code) return *format.code;
    const QString name = shown(QFileInfo(format.name).fileName());
    job.format = ui::paint::picture_format_of(format.name);
    if (!job.format && ui::paint::moving_format_of(format.name) != nullptr)
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
    OptionValues values(command);
    if (command.has("text"))
        job.options.letters = values.named("text", Letters::outlines, ui::paint::letters_named,
                                           ui::paint::letters_names().join(QStringLiteral(", ")));
    read_sizes(values, command, job.options);
    read_sheet(values, command, job);
    job.caption = command.has("caption");
    if (command.has("transparent")) job.options.transparent = true;
    const auto steps = read_steps(command, values, request.look);
    if (const auto code = read_options(command, values, request)) return *code;
    if (steps.are_several && !command.value("output").contains(step_place))
        return fail(not_understood,
                    Words::tr("Several steps would be written to one place; name the files apart "
                              "by %1, such as -o step%1%2.")
                        .arg(step_place, job.format->ending()));
    const Pictures pictures = pictures_of(command);
    if (pictures.code) return *pictures.code;
    return draw_all(command, pictures.all, [&](const Picture& picture, Turn& turn) {
        return draw_lesson(command, picture, turn, request, steps);
    });
}

}  // namespace app
