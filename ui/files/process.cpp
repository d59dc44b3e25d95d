// SPDX-License-Identifier: MIT
#include "ui/files/process.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "ui/files/unfinished.h"

namespace ui::files {

namespace {

/// Opened for the wrong direction, so that using it fails as if it were closed.
void occupy_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (fcntl(stream, F_GETFD) == -1)
            (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void go_on(int) {}

/// The signal itself has been set back to what it does by default (SA_RESETHAND), and comes when
/// this returns.
void tidy_up_and_end(int signal) {
    remove_unfinished();
    raise(signal);
}

void handle(int signal, void (*handler)(int), int flags) {
    struct sigaction before {};
    if (sigaction(signal, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) return;
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(signal, &action, nullptr);
}

}  // namespace

void prepare_process() {
    occupy_closed_streams();
    // Not SIG_IGN, which programs started from here would inherit.
    for (const int signal : {SIGXFSZ, SIGPIPE}) handle(signal, go_on, SA_RESTART);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU})
        handle(signal, tidy_up_and_end, static_cast<int>(SA_RESETHAND));
}

}  // namespace ui::files
