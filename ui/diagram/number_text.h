// SPDX-License-Identifier: MIT
// Numbers as they stand in cells and sums.
#pragma once

#include <optional>

#include <QLocale>

namespace ui::diagram {

/// What is written where no locale is asked for: 67,108,864 and 0.5.
QLocale plain_locale();

/// The locale, if its digits are Latin, as they are everywhere here; else plain_locale, since its
/// signs would stand among strangers.
QLocale with_latin_digits(const QLocale& locale);

/// Shortest form that reads back as the same float32, but at most `digits` significant ones
/// (whole numbers below ten million keep all of theirs): "0.5", "−1.25",
/// "1.3e−5". U+2212 for minus; the decimal sign of the default QLocale, with_latin_digits.
QString number_text(float value, int digits = 4);

/// Shortest form that reads back as the same float32, all digits.
QString full_number_text(float value);

/// The reader's counterpart of full_number_text: accepts both minus signs, and the decimal sign and
/// digits of C, of the default QLocale or of the system's; nothing if it is not a finite float32.
std::optional<float> parse_number(const QString& text);

}  // namespace ui::diagram
