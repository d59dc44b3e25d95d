// SPDX-License-Identifier: MIT
// Options, output and errors of the commands.
#include "app/command.h"

#include <cstdio>

#include "ui/document/error_text.h"
#include "ui/files/file_bytes.h"

namespace app {

Command::Command(const char* name, const QString& description) {
    m_parser.setApplicationDescription(description);
    m_parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const QString command = QString::fromLatin1(name);
    m_parser.addPositionalArgument(command, description, command);
    m_parser.addOption(
        {{QStringLiteral("h"), QStringLiteral("help")}, Words::tr("Print this help.")});
}

void Command::positional(const QString& name, const QString& description, const QString& syntax) {
    m_parser.addPositionalArgument(name, description, syntax);
}

void Command::option(const char* name, const QString& description, const QString& value) {
    m_parser.addOption({QString::fromLatin1(name).split(u'|'), description, value});
}

void Command::flag(const char* name, const QString& description) {
    m_parser.addOption({QString::fromLatin1(name), description});
}

std::optional<int> Command::parse(const QStringList& arguments, int min_positional,
                                  int max_positional) {
    // The parser takes the first argument for the program's name.
    if (!m_parser.parse(QStringList(QCoreApplication::applicationName()) + arguments))
        return fail(not_understood, m_parser.errorText() % u'.');
    if (has("help")) {
        // The usage line as people type it, not where the program happens to lie.
        const QString program = QCoreApplication::arguments().value(0);
        return print(
            m_parser.helpText().replace(program, QCoreApplication::applicationName()).toUtf8());
    }
    const auto given = m_parser.positionalArguments().size() - 1;
    if (given < min_positional)
        return fail(not_understood,
                    Words::tr("An argument is missing; see “stridescope %1 --help”.")
                        .arg(arguments.first()));
    if (given > max_positional)
        return fail(
            not_understood,
            Words::tr("There is an argument too many: “%1”.").arg(argument(max_positional)));
    return std::nullopt;
}

int fail(ExitCode code, const QString& sentence) {
    // One line, whatever a file's name holds.
    QString line = sentence.simplified();
    if (line.endsWith(QStringLiteral(".."))) line.chop(1);
    const QByteArray text = line.toUtf8() + '\n';
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
    return code;
}

int fail(const engine::Error& error) { return fail(could_not, ui::document::error_text(error)); }

int refuse_value(const char* option, const QString& value, const QString& wanted) {
    return fail(not_understood, Words::tr("--%1 does not understand “%2”; give %3.")
                                    .arg(QString::fromLatin1(option), value, wanted));
}

int print(const QByteArray& text) {
    const auto error = ui::files::write_output(text);
    return error ? fail(*error) : done;
}

std::optional<int> parse_whole(const QString& text) {
    bool ok = false;
    const int value = text.toInt(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<engine::Extent> parse_extent(const QString& text) {
    const QStringList parts = text.split(u'x');
    const auto first = parse_whole(parts.first());
    const auto last = parse_whole(parts.last());
    if (parts.size() > 2 || !first || !last) return std::nullopt;
    return engine::Extent{*first, *last};
}

}  // namespace app
