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

/// Runs a command; `arguments` as of QCoreApplication::arguments(). Errors are one sentence on
/// stderr.
int run_command(const QStringList& arguments);

/// The options every call understands, taken out of the arguments: --target is obeyed at once.
/// An exit code if the program should end.
std::optional<int> take_target(QStringList& arguments);

/// Before a window: an exit code if the arguments make no sense, or if there is no display.
std::optional<int> refuse_window(const QStringList& arguments);

/// The file or lesson to open, once Qt took its options; empty if there is none.
QString lesson_argument(const QStringList& arguments);

/// Prints a sentence to stderr and returns the code.
int fail(ExitCode code, const QString& sentence);

}  // namespace app
