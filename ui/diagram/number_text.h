// SPDX-License-Identifier: MIT
// Numbers as they stand in cells and sums.
#pragma once

#include <initializer_list>

#include <QLocale>

namespace ui::diagram {

/// What is written where no locale is asked for: 67,108,864 and 0.5.
QLocale plain_locale();

/// The locale, if its digits are Latin, as they are everywhere here; else plain_locale, since its
/// signs would stand among strangers.
QLocale with_latin_digits(const QLocale& locale);

/// The decimal sign and the minus sign are the reader's: U+2212, and that of the default QLocale,
/// with_latin_digits. Without an exponent from 0.0001 to below ten million.
///
/// At most `digits` significant digits of the shortest decimal that names this float32, a half
/// rounded away from zero as on paper: "0.5", "1.13" of 1.125 in three digits, "1.3e−5". Whole
/// parts below ten million are always there: "123457".
QString number_text(float value, int digits = 4);

/// All digits: what reads back as the same float32.
QString full_number_text(float value);

/// Is number_text the number itself?
bool is_shown_exactly(float value, int digits = 4);

/// In a sentence: number_text, after a sign where it is not the number itself: "≈ 0.3333".
QString said_number(float value, int digits = 4);

/// Behind a sum or a name: "= 0.5", "≈ 0.3333".
QString equals_number(float value, int digits = 4);

/// "=" between numbers that are shown exactly, "≈" where one of them is not.
QString equals_sign(std::initializer_list<float> shown, int digits = 4);

}  // namespace ui::diagram
