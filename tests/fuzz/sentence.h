// SPDX-License-Identifier: MIT
// What every refusal must be.
#pragma once

#include <string>

#include <QList>
#include <QString>

namespace fuzz {

/// A refusal is one sentence of bearable length without anything that is not seen.
inline std::string complaint_about_sentence(const QString& sentence) {
    constexpr qsizetype longest = 1000;
    if (sentence.size() < 3) return "refused without a word";
    if (sentence.size() > longest) return "a refusal of " + std::to_string(sentence.size());
    if (!sentence.endsWith(u'.')) return "no sentence: " + sentence.toStdString();
    for (const char32_t c : sentence.toUcs4())
        if (!QChar::isPrint(c)) return "a control in: " + sentence.toStdString();
    return {};
}

}  // namespace fuzz
