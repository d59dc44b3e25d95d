// SPDX-License-Identifier: MIT
// The program with its window.
#pragma once

#include <QApplication>

namespace app {

/// Goes on where a single action found too little memory, and says so.
class Application : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override;

signals:
    void outOfMemory();
};

/// Opens the window with a lesson, by name or file (empty: the first launch's course, later the
/// readers' puzzle), and runs until it is closed. Returns the exit code.
int run_gui(Application& application, const QString& lesson);

}  // namespace app
