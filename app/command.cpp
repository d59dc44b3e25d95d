// SPDX-License-Identifier: MIT
// Options, output and errors of the commands.
#include "app/command.h"

#include <algorithm>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include "ui/files/file_bytes.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace app {

Command::Command(const char* name, const QString& description) : m_name(QString::fromLatin1(name)) {
    m_parser.setApplicationDescription(description);
    m_parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    m_parser.addPositionalArgument(m_name, description, m_name);
    m_parser.addOption(
        {{QStringLiteral("h"), QStringLiteral("help")}, Words::tr("Print this help.")});
}

void Command::positional(const QString& name, const QString& description, const QString& syntax) {
    m_parser.addPositionalArgument(name, description, syntax);
}

void Command::option(const char* name, const QString& description, const QString& value) {
    const QStringList names = QString::fromLatin1(name).split(u'|');
    m_parser.addOption({names, description, value});
    m_names << names.last();
}

void Command::flag(const char* name, const QString& description) {
    m_parser.addOption({QString::fromLatin1(name), description});
    m_names << QString::fromLatin1(name);
}

/// Nothing that is given is passed over: no option twice (which one would count?), none without a
/// value.
std::optional<int> Command::refuse_options() const {
    const QStringList given = m_parser.optionNames();  // as often, and spelled, as they stand there
    for (const QString& name : m_names) {
        const QStringList values = m_parser.values(name);
        const qsizetype times = std::max(values.size(), given.count(name));
        if (times > 1)
            return fail(not_understood, Words::tr("--%1 is given twice; give it once.").arg(name));
        if (times == 1 && !values.isEmpty() && values.first().isEmpty())
            return fail(not_understood, Words::tr("--%1 needs a value.").arg(name));
    }
    return std::nullopt;
}

std::optional<int> Command::parse(const QStringList& arguments, int min_positional,
                                  int max_positional) {
    // The parser takes the first argument for the program's name.
    const bool good = m_parser.parse(QStringList(QCoreApplication::applicationName()) + arguments);
    const QStringList unknown = m_parser.unknownOptionNames();
    if (!unknown.isEmpty()) {
        const auto dashes =
            unknown.first().size() == 1 ? QStringLiteral("-") : QStringLiteral("--");
        return fail(not_understood, Words::tr("%1 has no option “%2”; see “stridescope %1 --help”.")
                                        .arg(arguments.first(), dashes % shown(unknown.first())));
    }
    if (!good) return fail(not_understood, shown(m_parser.errorText()));
    if (has("help")) {
        // The usage line as people type it, not where the program happens to lie.
        const QString program = QCoreApplication::arguments().value(0);
        return print(
            m_parser.helpText().replace(program, QCoreApplication::applicationName()).toUtf8());
    }
    if (const auto code = refuse_options()) return code;
    const QStringList words = m_parser.positionalArguments();
    if (words.contains(QString()))
        return fail(
            not_understood,
            Words::tr("An argument is empty; see “stridescope %1 --help”.").arg(arguments.first()));
    const auto given = words.size() - 1;
    if (given < min_positional) return refuse_few();
    if (given > max_positional)
        return fail(
            not_understood,
            Words::tr("There is an argument too many: “%1”.").arg(shown(argument(max_positional))));
    return std::nullopt;
}

int Command::refuse_few() const {
    return fail(not_understood,
                Words::tr("An argument is missing; see “stridescope %1 --help”.").arg(m_name));
}

namespace {

thread_local QStringList* kept_complaints = nullptr;

}  // namespace

Complaints::Complaints() { kept_complaints = &m_said; }
Complaints::~Complaints() { kept_complaints = nullptr; }

void complain(const QString& sentence) {
    if (kept_complaints)
        *kept_complaints << sentence;
    else
        print_complaint(sentence);
}

void print_complaint(const QString& sentence) {
    // One line that is only read, whatever a file's name holds.
    constexpr qsizetype longest = 1000;
    QString line = ui::words::harmless(sentence, longest);
    if (line.endsWith(QStringLiteral(".."))) line.chop(1);
    if (!line.endsWith(u'.')) line += u'.';
    const QByteArray text = line.toUtf8() + '\n';
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
}

int fail(ExitCode code, const QString& sentence) {
    complain(sentence);
    return code;
}

int fail(const engine::Error& error) { return fail(could_not, ui::words::error_text(error)); }

int fail_to_read(const engine::Error& error) {
    const bool unread =
        error.code == engine::ErrorCode::cannot_read || error.subject == "byte count";
    return fail(unread ? could_not : not_understood, ui::words::error_text(error));
}

void warn_of(const ui::formats::OpenedLesson& opened) {
    for (const engine::Error& warning : opened.warnings) complain(ui::words::warning_text(warning));
}

QString shown(const QString& argument) {
    constexpr qsizetype longest = 60;
    return ui::words::harmless(argument, longest);
}

bool is_terminal_output() {
#ifdef Q_OS_UNIX
    return isatty(STDOUT_FILENO) == 1;
#else
    return false;
#endif
}

int print(const QByteArray& text) {
    const auto error = ui::files::write_output(text);
    return error ? fail(*error) : done;
}

}  // namespace app
