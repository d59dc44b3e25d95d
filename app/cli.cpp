// SPDX-License-Identifier: MIT
// Finding the command, and the commands that are short.
#include "app/cli.h"

#include <algorithm>
#include <array>

#include "app/eval.h"
#include "app/locale.h"
#include "app/long_work.h"
#include "app/option_values.h"
#include "engine/kernels/kernels.h"
#include "engine/models/summary.h"
#include "ui/diagram/number_text.h"
#include "ui/files/file_bytes.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/paint/moving_format.h"
#include "ui/paint/picture_format.h"
#include "ui/words/error_text.h"
#include "ui/words/model_summary.h"
#include "ui/words/translations.h"

namespace app {

namespace {

int run_eval(const QStringList& arguments) {
    Command command("eval",
                    Words::tr("Answer cases in the schema of the test vectors with numbers."));
    command.positional(QStringLiteral("CASES.json"), Words::tr("The cases; - is standard input."),
                       QStringLiteral("CASES.json"));
    add_limit_option(command);
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    OptionValues values(command);
    app::EvalOptions options;
    read_limit(command, values, options.limit);
    if (values.code()) return *values.code();
    const auto cases = ui::files::read_file(command.argument(0), ui::formats::max_file_size);
    if (!cases) return fail_to_read(cases.error());
    const auto answers = [&] {
        ProgressLine progress(QStringLiteral("eval"));
        options.watch = progress.watch();
        return app::evaluate(*cases, options);
    }();
    if (!answers) return fail_to_read(answers.error());
    return print(*answers);
}

int run_summary(const QStringList& arguments) {
    Command command(
        "summary", Words::tr("Print the model's summary in the exact text of Keras or torchinfo."));
    command.positional(
        QStringLiteral("FILE|MODEL"),
        Words::tr("A lesson file (%1), a shipped lesson such as generator_transpose, or - for "
                  "standard input.")
            .arg(ui::formats::lesson_endings()),
        QStringLiteral("FILE|MODEL"));
    QStringList styles;
    for (const engine::SummaryStyle style : engine::summary_styles) {
        const std::string_view name = engine::name_of(style);
        styles << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    command.option("style", Words::tr("Whose text: %1.").arg(styles.join(QStringLiteral(", "))),
                   QStringLiteral("style"));
    command.option("width", Words::tr("Columns of the terminal, which Keras 3 fits its table to."),
                   QStringLiteral("columns"));
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    OptionValues values(command);
    const auto style = values.named(
        "style", engine::SummaryStyle::keras_2_2,
        [](const QString& name) { return engine::summary_style_named(name.toStdString()); },
        styles.join(QStringLiteral(", ")));
    engine::TerminalColumns terminal;
    terminal.count = values.whole("width", terminal.count, {terminal.least, terminal.most});
    if (values.code()) return *values.code();

    const auto opened = ui::formats::open_lesson(command.argument(0));
    if (!opened) return fail_to_read(opened.error());
    warn_of(*opened);
    const engine::Lesson& lesson = opened->file.lesson;
    const auto& layers = lesson.layers;
    const auto shapes = engine::infer_model(layers, lesson.input.shape());
    if (shapes.error) return fail(*shapes.error);
    if (!lesson.against.empty())
        complain(Words::tr("This is the first model; the one it is compared with is not printed."));
    const auto summary = engine::summarize(layers, shapes.geometries, style, {.name = lesson.name});
    return print(QByteArray::fromStdString(engine::summary_text(summary, terminal)));
}

struct CommandName {
    const char* name;
    Request request;
    int (*run)(const QStringList& arguments);
};

constexpr std::array<CommandName, 7> commands{{
    {"render", Request::render, run_render},
    {"animate", Request::render, run_animate},
    {"eval", Request::command, run_eval},
    {"shapes", Request::command, run_shapes},
    {"design", Request::command, run_design},
    {"summary", Request::command, run_summary},
    {"lessons", Request::render, run_lessons},
}};

const CommandName* command_named(const QString& name) {
    for (const CommandName& command : commands)
        if (name == QLatin1String(command.name)) return &command;
    return nullptr;
}

bool asks_for(const QStringList& arguments, const char* short_name, const char* long_name) {
    return arguments.contains(QLatin1String(short_name)) ||
           arguments.contains(QLatin1String(long_name));
}

int print_version() {
    return print(Words::tr("Stridescope %1, SIMD target %2\n")
                     .arg(QCoreApplication::applicationVersion(),
                          QString::fromStdString(engine::active_target()))
                     .toUtf8());
}

int print_help() {
    QStringList targets;
    for (const std::string& target : engine::runnable_targets())
        targets << QString::fromStdString(target);
    return print(
        Words::tr(
            "Shows how an image grows inside a neural network.\n"
            "\n"
            "  stridescope [FILE|LESSON]                 open the window\n"
            "  stridescope render FILE|LESSON -o OUT     draw to a file: %2\n"
            "  stridescope animate FILE|LESSON -o OUT    play into a file: %4\n"
            "  stridescope eval CASES.json               answer test cases with numbers\n"
            "  stridescope shapes LAYER --input 2x2 …    the layer's size in Keras, PyTorch, ONNX "
            "and the Guide\n"
            "  stridescope design --from 4 --to 16       the layers that lead from a size to a "
            "size\n"
            "  stridescope summary FILE|LESSON           the model's summary, in exact text\n"
            "  stridescope lessons [NAME]                list the lessons, or print one\n"
            "  stridescope lessons --html FOLDER         all of them as pages that play\n"
            "  stridescope COMMAND --help                a command's options\n"
            "\n"
            "  --version        the version, and the SIMD target in use\n"
            "  --target NAME    force the arithmetic: %1\n"
            "  --help           this text\n"
            "\n"
            "An argument with / or . in it is a file, any other a lesson's name; - is standard "
            "input.\n"
            "A file holds a lesson: %3.\n"
            "Exit codes: 0 done, 1 could not, 2 not understood.\n")
            .arg(targets.join(QStringLiteral(", ")), ui::paint::picture_format_names(),
                 ui::formats::lesson_format_names(), ui::paint::moving_format_names())
            .toUtf8());
}

/// Options of QApplication that take a value; it removes them itself.
bool is_qt_option(const QString& argument) {
    static const QStringList names{
        QStringLiteral("platform"),        QStringLiteral("platformpluginpath"),
        QStringLiteral("platformtheme"),   QStringLiteral("plugin"),
        QStringLiteral("qwindowgeometry"), QStringLiteral("qwindowicon"),
        QStringLiteral("qwindowtitle"),    QStringLiteral("session"),
        QStringLiteral("display"),         QStringLiteral("geometry"),
        QStringLiteral("fontengine"),      QStringLiteral("style"),
        QStringLiteral("stylesheet")};
    const qsizetype dashes = argument.startsWith(QStringLiteral("--")) ? 2 : 1;
    return names.contains(argument.mid(dashes).section(u'=', 0, 0));
}

}  // namespace

std::optional<int> take_target(QStringList& arguments) {
    const QString option = QStringLiteral("--target");
    QStringList names;
    for (qsizetype i = 1; i < arguments.size();) {
        if (arguments[i] == option) {
            names << arguments.value(i + 1);
            arguments.remove(i, std::min<qsizetype>(2, arguments.size() - i));
        } else if (arguments[i].startsWith(option % u'=')) {
            names << arguments.takeAt(i).mid(option.size() + 1);
        } else {
            ++i;
        }
    }
    if (names.isEmpty()) return std::nullopt;
    if (names.size() > 1)
        return fail(not_understood, Words::tr("--target is given twice; give it once."));
    if (names.first().isEmpty()) return fail(not_understood, Words::tr("--target needs a value."));
    const auto target = engine::force_target(names.first().toStdString());
    if (target) return std::nullopt;
    return fail(not_understood, ui::words::error_text(target.error()));
}

std::optional<int> refuse_window(const QStringList& arguments) {
    // Looked at before Qt starts, since without a display it would not come to that.
    QStringList files;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (!argument.startsWith(u'-') || argument == QStringLiteral("-"))
            files << argument;
        else if (!is_qt_option(argument))
            return fail(not_understood,
                        Words::tr("There is no option “%1”; see “stridescope --help”.")
                            .arg(shown(argument)));
        else if (!argument.contains(u'='))
            ++i;  // its value
    }
    if (files.size() > 1)
        return fail(not_understood,
                    Words::tr("One lesson at a time: “%1” is too many.").arg(shown(files[1])));
    if (files.contains(QString()))
        return fail(not_understood, Words::tr("An argument is empty; see “stridescope --help”."));
    const QString word = files.value(0);
    if (ui::formats::is_lesson_name(word) && !ui::formats::shipped_lesson(word))
        return fail(not_understood,
                    Words::tr("“%1” is neither a command nor a lesson; see “stridescope --help”.")
                        .arg(shown(word)));
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    const bool display = qEnvironmentVariableIsSet("DISPLAY") ||
                         qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
                         qEnvironmentVariableIsSet("QT_QPA_PLATFORM") ||
                         arguments.contains(QStringLiteral("-platform"));
    if (!display)
        return fail(could_not,
                    Words::tr("There is no display to open a window on; commands such as "
                              "“stridescope render” need none."));
#endif
    return std::nullopt;
}

QString lesson_argument(const QStringList& arguments) { return arguments.value(1); }

Request request_of(const QStringList& arguments) {
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == QStringLiteral("--target")) {
            ++i;
        } else if (const CommandName* command = command_named(arguments[i])) {
            return command->request;
        } else if (!arguments[i].startsWith(QStringLiteral("--target="))) {
            break;
        }
    }
    const bool prints =
        asks_for(arguments, "-h", "--help") || asks_for(arguments, "-v", "--version");
    return prints ? Request::command : Request::window;
}

int run_command(const QStringList& arguments) {
    ui::words::install_translations();
    use_locale(ui::diagram::plain_locale());
    QStringList rest = arguments;
    if (const auto code = take_target(rest)) return *code;
    rest.removeFirst();
    const CommandName* command = rest.isEmpty() ? nullptr : command_named(rest.first());
    if (command) return command->run(rest);
    return asks_for(rest, "-v", "--version") ? print_version() : print_help();
}

}  // namespace app
