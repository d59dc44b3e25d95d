// SPDX-License-Identifier: MIT
// The program as people and scripts run it, with no display. STRIDESCOPE is its path.
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace program {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs a program without display, session or settings.
inline Outcome run_other(const QString& executable, const QStringList& arguments,
                         const QByteArray& input = {}, const QProcessEnvironment& further = {}) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(further);
    process.setProcessEnvironment(environment);
    process.start(executable, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(180'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

inline Outcome run(const QStringList& arguments, const QByteArray& input = {},
                   const QProcessEnvironment& further = {}) {
    return run_other(QStringLiteral(STRIDESCOPE), arguments, input, further);
}

inline Outcome run(const char* line) { return run(QString::fromUtf8(line).split(u' ')); }

/// One line, one sentence.
inline bool is_sentence(const QByteArray& err) {
    const QString text = QString::fromUtf8(err);
    return text.endsWith(QStringLiteral(".\n")) && text.count(u'\n') == 1 && text.size() > 10;
}

inline QJsonObject object(const QByteArray& json) { return QJsonDocument::fromJson(json).object(); }

inline QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
}

}  // namespace program
