// SPDX-License-Identifier: MIT
// The commands that need no display.
#pragma once

#include <optional>

#include <QStringList>

namespace app {

enum ExitCode { done = 0, could_not = 1, not_understood = 2 };

/// What the arguments ask for, decided before any application object exists.
enum class Request {
    window,   ///< [FILE]
    command,  ///< needs no fonts: a QCoreApplication is enough
    render,   ///< draws: a QGuiApplication on the offscreen platform
};
Request request_of(const QStringList& arguments);

/// Runs a command; `arguments` as of QCoreApplication::arguments(). Errors are one sentence on stderr.
int run_command(const QStringList& arguments);

/// The options every call understands, taken out of the arguments: --target is obeyed at once.
/// An exit code if the program should end.
std::optional<int> take_target(QStringList& arguments);

/// Before a window: an exit code if there is no display, or if the first word means nothing.
std::optional<int> refuse_window(const QStringList& arguments);

/// What is left once Qt took its options: at most one file or lesson. An exit code if there is more.
std::optional<int> read_file_argument(const QStringList& arguments, QString& file);

/// Prints a sentence to stderr and returns the code.
int fail(ExitCode code, const QString& sentence);

}  // namespace app
