// SPDX-License-Identifier: MIT
// Text goldens: a picture or a table as lines, compared with a file under tests/golden.
#pragma once

#include <QDir>
#include <QFile>
#include <QString>
#include <QtTest>

namespace support {

/// Empty if `text` equals tests/golden/<name>; else a sentence with the first line that differs.
/// With REGENERATE_GOLDENS=1 in the environment the file is rewritten instead.
inline QString difference_from_golden(const QString& name, const QString& text) {
    const QString path = QStringLiteral(TESTS_DIR "/golden/") + name;
    if (qEnvironmentVariableIntValue("REGENERATE_GOLDENS") == 1) {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            return QStringLiteral("cannot write ") + path;
        return {};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("there is no golden ") + name +
               QStringLiteral("; REGENERATE_GOLDENS=1 writes it");
    const QStringList wanted = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    const QStringList found = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < std::max(wanted.size(), found.size()); ++i) {
        const QString w = i < wanted.size() ? wanted[i] : QStringLiteral("(end)");
        const QString f = i < found.size() ? found[i] : QStringLiteral("(end)");
        if (w != f)
            return QStringLiteral("%1, line %2:\n  golden: %3\n  found:  %4")
                .arg(name)
                .arg(i + 1)
                .arg(w, f);
    }
    return {};
}

}  // namespace support

#define COMPARE_GOLDEN(name, text)                                              \
    do {                                                                        \
        const QString difference = support::difference_from_golden(name, text); \
        QVERIFY2(difference.isEmpty(), qPrintable(difference));                 \
    } while (false)
