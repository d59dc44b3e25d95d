// SPDX-License-Identifier: MIT
// Numbers as they stand in cells and sums.
#pragma once

#include <optional>

#include <QString>

namespace ui::diagram {

/// Shortest form that reads back as the same float32, but at most `digits` significant ones
/// (whole numbers below ten million keep all of theirs): "0.5", "−1.25",
/// "1.3e−5". U+2212 for minus; the decimal sign and digits of the default QLocale.
QString number_text(float value, int digits = 4);

/// number_text with as many digits (4 to 2) as leave the number legible in a cell of this side.
QString cell_text(float value, double cell);

/// Shortest form that reads back as the same float32, all digits.
QString full_number_text(float value);

/// The reader's counterpart of full_number_text: accepts both minus signs and the locale's or the C locale's
/// decimal sign; nothing if it is not a finite float32.
std::optional<float> parse_number(const QString& text);

}  // namespace ui::diagram
