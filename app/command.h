// SPDX-License-Identifier: MIT
// What the commands share: options, output and errors.
#pragma once

#include <QCommandLineParser>
#include <QCoreApplication>

#include "app/cli.h"
#include "engine/values/result.h"
#include "ui/formats/lesson_format.h"

namespace app {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(app)
};

/// A command's arguments, read by QCommandLineParser, and its own help.
class Command {
public:
    Command(const char* name, const QString& description);

    void positional(const QString& name, const QString& description, const QString& syntax);
    /// An option with a value; `value` is its name in the help.
    void option(const char* name, const QString& description, const QString& value);
    void flag(const char* name, const QString& description);

    /// An exit code if there is nothing more to do: help was asked for, or the arguments make no
    /// sense.
    std::optional<int> parse(const QStringList& arguments, int min_positional, int max_positional);

    /// Says that an argument is missing.
    int refuse_few() const;

    QString name() const { return m_name; }
    QStringList arguments() const { return m_parser.positionalArguments().mid(1); }
    QString argument(int index) const { return m_parser.positionalArguments().value(index + 1); }
    bool has(const char* name) const { return m_parser.isSet(QLatin1String(name)); }
    QStringList given() const { return m_parser.optionNames(); }  ///< as they are spelled there
    QString value(const char* name) const { return m_parser.value(QLatin1String(name)); }

private:
    std::optional<int> refuse_options() const;

    QString m_name;
    QCommandLineParser m_parser;
    QStringList m_names;  ///< of every option the one that help and errors call it by
};

int fail(const engine::Error& error);  ///< could_not, with the error's sentence
/// The same for what a command was given to read: not_understood, unless it could not be read at
/// all.
int fail_to_read(const engine::Error& error);

/// What was given on the command line, made fit for a sentence.
QString shown(const QString& argument);

/// Prints to stdout; an exit code. A full disk or a closed pipe is an error like any other.
int print(const QByteArray& text);
/// Whether what is printed there is for eyes.
bool is_terminal_output();
/// One sentence on the error stream, unless this thread keeps what it complains of.
void complain(const QString& sentence);
void print_complaint(const QString& sentence);  ///< at once

/// As long as it lives, what this thread complains of is kept to be printed in another's turn.
class Complaints {
public:
    Complaints();
    ~Complaints();
    Complaints(const Complaints&) = delete;
    Complaints& operator=(const Complaints&) = delete;
    const QStringList& said() const { return m_said; }

private:
    QStringList m_said;
};

/// On the error stream, what is to be said of a lesson that was opened.
void warn_of(const ui::formats::OpenedLesson& opened);

// The commands; `arguments` without the program's name, the command first.
int run_render(const QStringList& arguments);
int run_animate(const QStringList& arguments);
int run_design(const QStringList& arguments);
int run_lessons(const QStringList& arguments);
int run_shapes(const QStringList& arguments);

}  // namespace app
