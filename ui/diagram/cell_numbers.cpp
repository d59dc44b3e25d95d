// SPDX-License-Identifier: MIT
#include "ui/diagram/cell_numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "ui/diagram/diagram.h"
#include "ui/diagram/number_text.h"

namespace ui::diagram {

namespace {

constexpr double largest_cell_type = 30;
constexpr double easy_cell_type = 15;
/// Of a cell's side, what its number may take of it.
constexpr double usable = 0.97;
constexpr double comfortable = 0.88;
/// Smaller numbers with a whole part are written out, or left to their shade.
constexpr float least_power_of_ten = 1e5F;

/// "8e−4": the shortest decimal form of the number, rounded to one digit.
QString power_of_ten(float value) {
    std::array<char, 32> buffer{};
    const std::to_chars_result end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                                   std::abs(value), std::chars_format::scientific);
    const std::string text(buffer.data(), end.ptr);
    const std::size_t e = text.find('e');
    int digit = text[0] - '0';
    int exponent = std::stoi(text.substr(e + 1));
    if (e > 2 && text[2] >= '5') ++digit;  // half away from zero, as people do on paper
    if (digit == 10) {
        digit = 1;
        ++exponent;
    }
    const QString minus(QChar(u'−'));
    return (value < 0 ? minus : QString()) + QString::number(digit) + QLatin1Char('e') +
           (exponent < 0 ? minus : QString()) + QString::number(std::abs(exponent));
}

}  // namespace

CellType cell_type(double cell, int characters, int digits) {
    // Four characters are worth smaller type, and a fifth that leaves nothing out; more of them
    // only while that stays large, or where they were asked for.
    const double worth = digits == 0 ? smallest_cell_type : easy_cell_type;
    const auto easy = static_cast<int>(usable * cell / (worth * mono_advance));
    const int held = std::clamp(characters, 1, std::max(characters == 5 ? 5 : 4, easy));
    const double by_height = 0.42 * cell;
    const double by_width = comfortable * cell / (held * mono_advance);
    CellType type;
    type.size = std::clamp(std::min(by_height, by_width), smallest_cell_type, largest_cell_type);
    type.characters = static_cast<int>(usable * cell / (type.size * mono_advance) + 1e-6);
    return type;
}

int wanted_characters(float value, int digits) {
    return static_cast<int>(number_text(value, digits == 0 ? reliable_digits : digits).size());
}

QString cut_number(float value, int characters, int digits) {
    if (digits == 0) digits = reliable_digits;
    const bool whole = value == std::trunc(value);
    // "0.5" at least.
    if (!whole && characters < (value < 0 ? 4 : 3) && std::abs(value) < 1) return {};
    for (int kept = digits; kept > 0; --kept) {
        QString text = number_text(value, kept);
        if (text.size() <= characters) return text;
        if (whole && text.indexOf(QLatin1Char('e')) < 0) break;  // which keeps all of its digits
    }
    // One digit and a power of ten say little of a number that people write out.
    if (const float size = std::abs(value); size >= 1 && size < least_power_of_ten) return {};
    QString text = power_of_ten(value);
    return text.size() <= characters ? text : QString();
}

}  // namespace ui::diagram
