// SPDX-License-Identifier: MIT
// What others wrote (in a file, an argument, the clipboard), made fit to be shown on one line.
#pragma once

#include <QString>

namespace ui::words {

/// The text on one line of at most `longest` UTF-16 code units (at least 1), the last of them “…”
/// where it was cut, never half a character. White space and line ends become single blanks. What
/// is not seen or turns the line around (controls, directions, zero-width, private, unassigned,
/// lone halves) becomes U+FFFD; joiners, which only shape their neighbours, are left out. Markup is
/// not looked at: show it as plain text.
QString harmless(const QString& text, qsizetype longest);

}  // namespace ui::words
