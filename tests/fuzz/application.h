// SPDX-License-Identifier: MIT
// The application object that commands and widgets expect. A test brings its own.
#pragma once

#include <QApplication>

namespace fuzz {

inline void need_application() {
    if (QCoreApplication::instance() != nullptr) return;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static int count = 1;
    static char name[] = "stridescope";
    static char* arguments[] = {name, nullptr};
    // Never deleted: at exit it would find Qt's own things gone.
    static const auto* application = new QApplication(count, arguments);
    Q_UNUSED(application);
    qInstallMessageHandler(
        [](QtMsgType type, const QMessageLogContext& context, const QString& message) {
            if (type == QtFatalMsg) qt_message_output(type, context, message);
        });
}

}  // namespace fuzz
