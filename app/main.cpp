// SPDX-License-Identifier: MIT
// The program's door: a window, or a command that needs no display.
#include <cstdio>
#include <new>

#include <QApplication>

#include "app/cli.h"
#include "app/gui.h"
#include "app/locale.h"
#include "ui/files/process.h"

namespace {

QStringList arguments_of(int argc, char** argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

/// Commands say what went wrong in one sentence; remarks of libraries have no place between.
void only_what_is_fatal(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (type == QtFatalMsg) qt_message_output(type, context, message);
}

/// Nothing is allocated any more.
int fail_without_memory() {
    std::fputs("The system has too little memory for this; use smaller sizes.\n", stderr);
    return app::could_not;
}

int run(int argc, char** argv) {
    QCoreApplication::setApplicationName(QStringLiteral("stridescope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(STRIDESCOPE_VERSION));
    QStringList arguments = arguments_of(argc, argv);

    switch (app::request_of(arguments)) {
        case app::Request::command: {
            qInstallMessageHandler(only_what_is_fatal);
            const QCoreApplication application(argc, argv);
            return app::run_command(arguments);
        }
        case app::Request::render: {
            qInstallMessageHandler(only_what_is_fatal);
            qputenv("QT_QPA_PLATFORM", "offscreen");
            const QGuiApplication application(argc, argv);
            return app::run_command(arguments);
        }
        case app::Request::window:
            break;
    }
    app::use_locale(QLocale::system());
    if (const auto code = app::take_target(arguments)) return *code;
    if (const auto code = app::refuse_window(arguments)) return *code;
    app::Application application(argc, argv);
    // Qt has taken its own options out; --target, long obeyed, is taken out once more.
    arguments = QCoreApplication::arguments();
    if (const auto code = app::take_target(arguments)) return *code;
    return app::run_gui(application, app::lesson_argument(arguments));
}

}  // namespace

int main(int argc, char** argv) {
    ui::files::prepare_process();
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return fail_without_memory();
    }
}
