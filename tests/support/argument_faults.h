// SPDX-License-Identifier: MIT
// What no sentence about a wrong argument or file may hold, whatever was given.
#pragma once

#include <QRegularExpression>
#include <QString>

namespace support {

/// What is wrong with a sentence; empty if it is one line that ends with its only full stop, holds
/// nothing that a terminal obeys, and says nothing that only programmers understand.
inline QString fault_of_sentence(const QString& text) {
    for (const char32_t code : text.toUcs4())
        if (!QChar::isPrint(code)) return QStringLiteral("holds U+%1").arg(code, 4, 16);
    if (!text.endsWith(u'.') || text.endsWith(QStringLiteral("..")))
        return QStringLiteral("no end");
    if (text.size() < 10 || text.size() > 400) return QStringLiteral("length");
    static const QRegularExpression odd(
        QStringLiteral("would have .*cells|-[0-9,]+ "
                       "(cells|rows|columns)|%[0-9nL]|\\\\x|::|std|byte count|nullptr|\\bint\\b|"
                       "\\(s\\)|  | [.,;:]( |$)|“”"));
    const QRegularExpressionMatch match = odd.match(text);
    return match.hasMatch() ? QStringLiteral("says “%1”").arg(match.captured()) : QString();
}

}  // namespace support
