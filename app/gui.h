// SPDX-License-Identifier: MIT
// The program with its window.
#pragma once

class QApplication;
class QString;

namespace app {

/// Opens the window with a lesson, by name or file (empty: the first launch's course, later the readers'
/// puzzle), and runs until it is closed. Returns the exit code.
int run_gui(QApplication& application, const QString& lesson);

}  // namespace app
