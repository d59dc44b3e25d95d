// SPDX-License-Identifier: MIT
#include "app/pictures.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <new>

#include <QDir>
#include <QFileInfo>
#include <QThreadPool>

#include "app/long_work.h"
#include "app/option_values.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/words/error_text.h"

namespace app {

namespace {

/// Whether the output is the input, however it is spelled or linked; also where the input comes
/// through a redirection.
bool names_one_file(const QString& input, const QString& output) {
    if (output == stream || ui::formats::is_lesson_name(input)) return false;
    const QString read = input == stream ? QStringLiteral("/dev/stdin") : input;
    std::error_code missing;  // a file that is not there is no other one
    return std::filesystem::equivalent(QFileInfo(read).filesystemFilePath(),
                                       QFileInfo(output).filesystemFilePath(), missing);
}

/// ".png, .svg" as names of formats.
QStringList formats_of(const QString& endings) {
    return QString(endings).remove(u'.').split(QStringLiteral(", "));
}

/// What stands for a lesson in a file's name.
QString name_of(const QString& input) {
    if (input == stream) return QStringLiteral("stdin");
    return ui::formats::is_lesson_name(input) ? input : QFileInfo(input).completeBaseName();
}

/// One path for one file, which need not be there yet.
QString one_path(const QString& path) {
    const QFileInfo file(path);
    const QString folder = QFileInfo(file.path()).canonicalFilePath();
    return (folder.isEmpty() ? file.absolutePath() : folder) % u'/' % file.fileName();
}

int refuse_many(qsizetype count) {
    return fail(not_understood,
                Words::tr("%n lesson(s) would be written to one place; name the files apart by "
                          "%1, such as -o figures/%1.svg.",
                          nullptr, static_cast<int>(count))
                    .arg(name_place));
}

/// An exit code if two files would become one, or a lesson be written over.
std::optional<int> refuse_clashes(const Command& command, const std::vector<Picture>& pictures) {
    std::map<QString, QString> inputs;  // by what they are drawn to
    for (const Picture& picture : pictures) {
        if (picture.path == stream) continue;
        const auto [before, is_new] = inputs.emplace(one_path(picture.path), picture.input);
        if (!is_new)
            return fail(could_not,
                        Words::tr("“%1” and “%2” would both be written to “%3”; nothing "
                                  "is written.")
                            .arg(shown(before->second), shown(picture.input), shown(picture.path)));
        if (command.has("force") || !QFileInfo::exists(picture.path)) continue;
        for (const Picture& other : pictures)
            if (names_one_file(other.input, picture.path))
                return fail(could_not,
                            Words::tr("“%1” is the lesson itself and would be written over; "
                                      "--force does so all the same.")
                                .arg(shown(QFileInfo(picture.path).fileName())));
    }
    return std::nullopt;
}

/// What was said of one picture, and whether it is done with.
struct Outcome {
    QStringList said;
    int code = done;
    bool is_over = false;
};

int draw_many(const Command& command, const std::vector<Picture>& pictures,
              const std::function<int(const Picture&, Turn&)>& draw) {
    std::vector<Outcome> outcomes(pictures.size());
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;  // of all that follows
    std::size_t over = 0;
    std::size_t printed = 0;
    ProgressLine progress(command.name());
    const engine::Watch watch = progress.watch();

    const auto draw_one = [&](std::size_t i) {
        Complaints complaints;
        int code = could_not;
        try {
            Turn turn{.is_alone = false};
            code = draw(pictures[i], turn);
        } catch (const std::bad_alloc&) {
            fail({.code = engine::ErrorCode::out_of_memory});
        }
        const std::lock_guard lock(mutex);
        outcomes[i] = {complaints.said(), code, true};
        ++over;
        for (; printed < outcomes.size() && outcomes[printed].is_over; ++printed) {
            if (!outcomes[printed].said.isEmpty()) progress.wipe();
            for (const QString& sentence : outcomes[printed].said)
                print_complaint(Words::tr("%1: %2").arg(shown(pictures[printed].input), sentence));
        }
        if (watch) watch(static_cast<double>(over) / static_cast<double>(outcomes.size()));
    };
    QThreadPool pool;
    const int threads = static_cast<int>(
        std::min<std::size_t>(static_cast<std::size_t>(pool.maxThreadCount()), pictures.size()));
    pool.setMaxThreadCount(threads);
    for (int thread = 0; thread < threads; ++thread)
        pool.start([&] {
            for (std::size_t i = next++; i < pictures.size(); i = next++) draw_one(i);
        });
    pool.waitForDone();
    const bool good =
        std::ranges::all_of(outcomes, [](const auto& one) { return one.code == done; });
    return good ? done : could_not;
}

}  // namespace

void add_files(Command& command, const QString& endings) {
    command.positional(
        QStringLiteral("FILE|LESSON…"),
        Words::tr("Lesson files (%1), folders of them, shipped lessons, or - for standard input.")
            .arg(ui::formats::lesson_endings()),
        QStringLiteral("[FILE|LESSON…]"));
    command.option("lessons",
                   Words::tr("Many shipped lessons: all, the course of the first start, or the "
                             "figures of the Guide to convolution arithmetic."),
                   ui::formats::lesson_series_names().join(u'|'));
    command.option("o|output",
                   Words::tr("The file to write, whose ending says which format: %1; or - for "
                             "standard output. %2 stands for each lesson's name.")
                       .arg(endings, name_place),
                   QStringLiteral("OUT"));
    command.option("format",
                   Words::tr("The format, where no ending says it: %1.")
                       .arg(formats_of(endings).join(QStringLiteral(", "))),
                   QStringLiteral("format"));
}

FormatName format_name(const Command& command, const QString& endings) {
    const QStringList formats = formats_of(endings);
    const QString& usual = formats.first();
    const QString output = command.value("output");
    if (output.isEmpty())
        return {{},
                fail(not_understood, Words::tr("Say where to write: -o %1.%2.")
                                         .arg(command.name() == QStringLiteral("animate")
                                                  ? QStringLiteral("film")
                                                  : QStringLiteral("picture"),
                                              usual))};
    if (command.has("format")) {
        const QString format = command.value("format").toLower();
        if (!formats.contains(format)) {
            OptionValues values(command);
            values.refuse("format", formats.join(QStringLiteral(", ")));
            return {{}, values.code()};
        }
        const QString ending = QFileInfo(output).suffix().toLower();
        if (!ending.isEmpty() && ending != format)
            return {
                {},
                fail(not_understood,
                     Words::tr("“%1” ends in .%2, which is not the --format %3.")
                         .arg(shown(QFileInfo(output).fileName()), shown(ending), shown(format)))};
        return {QStringLiteral("format.") % format};
    }
    if (output == stream)
        return {{},
                fail(not_understood, Words::tr("Say which format goes to standard output: "
                                               "--format %1.")
                                         .arg(usual))};
    return {output};
}

Pictures pictures_of(const Command& command) {
    Pictures pictures;
    const QString output = command.value("output");
    const auto refused = [](int code) { return Pictures{{}, code}; };
    bool many = command.arguments().size() > 1;
    std::vector<QString> inputs;
    if (command.has("lessons")) {
        OptionValues values(command);
        inputs = values.named("lessons", inputs, ui::formats::lesson_series,
                              ui::formats::lesson_series_names().join(QStringLiteral(", ")));
        if (values.code()) return refused(*values.code());
        many = true;
    } else if (command.arguments().isEmpty()) {
        return refused(command.refuse_few());
    }
    for (const QString& argument : command.arguments()) {
        if (ui::formats::is_lesson_name(argument) || !QFileInfo(argument).isDir()) {
            inputs.push_back(argument);
            continue;
        }
        const auto files = ui::formats::lesson_files_in(argument);
        if (!files) return refused(fail_to_read(files.error()));
        inputs.insert(inputs.end(), files->begin(), files->end());
        many = true;
    }
    if (many && !output.contains(name_place))
        return refused(refuse_many(static_cast<qsizetype>(inputs.size())));
    if (many && command.value("against") == stream)
        return refused(fail(not_understood, Words::tr("--against - is for one lesson: standard "
                                                      "input can be read once.")));
    if (output == stream && is_terminal_output())
        return refused(fail(could_not, Words::tr("Standard output is a terminal, which shows no "
                                                 "files; send it on by > or |.")));
    for (const QString& input : inputs)
        pictures.all.push_back({input, QString(output).replace(name_place, name_of(input))});
    pictures.code = refuse_clashes(command, pictures.all);
    return pictures;
}

int draw_all(const Command& command, const std::vector<Picture>& pictures,
             const std::function<int(const Picture&, Turn&)>& draw) {
    if (pictures.size() > 1) return draw_many(command, pictures, draw);
    Turn turn;
    return draw(pictures.front(), turn);
}

}  // namespace app
