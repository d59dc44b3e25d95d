// SPDX-License-Identifier: MIT
#include "ui/words/plain_text.h"

namespace ui::words {

namespace {

bool is_joiner(char32_t c) { return c == U'\u200C' || c == U'\u200D'; }

/// Blank although Unicode counts them among the letters, marks and symbols.
bool is_invisible(char32_t c) {
    for (const char32_t filler : U"\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0")
        if (c == filler) return true;
    return false;
}

void cut(QString& text, qsizetype longest) {
    text.truncate(longest - 1);
    if (text.endsWith(u' ') || (!text.isEmpty() && text.back().isHighSurrogate())) text.chop(1);
    text += QChar(0x2026);
}

}  // namespace

QString harmless(const QString& text, qsizetype longest) {
    Q_ASSERT(longest >= 1);
    QString shown;
    bool blank = false;  // white space since the last character
    for (qsizetype i = 0; i < text.size() && shown.size() <= longest; ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (QChar::isSpace(c)) {
            blank = !shown.isEmpty();
        } else if (!is_joiner(c)) {
            if (blank) shown += u' ';
            blank = false;
            if (!QChar::isPrint(c) || is_invisible(c)) c = QChar::ReplacementCharacter;
            shown += QStringView(QChar::fromUcs4(c));
        }
    }
    if (shown.size() > longest) cut(shown, longest);
    return shown;
}

}  // namespace ui::words
