// SPDX-License-Identifier: MIT
#include "ui/diagram/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace ui::diagram {

namespace {

constexpr QChar minus_sign(u'−');

/// The default locale's decimal sign. Asking it costs a microsecond, and a grid has thousands of
/// numbers, so it is kept until the default changes.
const QString& decimal_sign() {
    struct Sign {
        QLocale locale;
        QString text = with_latin_digits(locale).decimalPoint();
    };
    thread_local Sign kept{QLocale()};
    if (const QLocale now; kept.locale != now) kept = {now};
    return kept.text;
}

/// The decimal digits of a number, the shortest that name this float32: 0.d₁d₂d₃… × 10^power.
struct Decimal {
    bool negative = false;
    std::string digits;  ///< neither end is a zero; empty for 0
    int power = 0;
};

Decimal decimal_of(float value) {
    Decimal decimal;
    decimal.negative = value < 0;  // −0 is 0 to a learner
    if (value == 0) return decimal;
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific)
                         .ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t e = text.find('e');
    for (const char c : text.substr(0, e))
        if (c != '.') decimal.digits += c;
    while (decimal.digits.ends_with('0')) decimal.digits.pop_back();
    const std::size_t exponent = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + exponent, text.data() + text.size(), decimal.power);
    ++decimal.power;
    return decimal;
}

/// Rounded as on paper: a half goes away from zero.
void round_to(Decimal& decimal, int digits) {
    const auto kept = static_cast<std::size_t>(std::max(digits, 0));
    if (decimal.digits.size() <= kept) return;
    const bool up = decimal.digits[kept] >= '5';
    decimal.digits.resize(kept);
    if (up) {
        while (decimal.digits.ends_with('9')) decimal.digits.pop_back();
        if (decimal.digits.empty()) {
            decimal.digits = '1';
            ++decimal.power;
        } else {
            ++decimal.digits.back();
        }
    }
    while (decimal.digits.ends_with('0')) decimal.digits.pop_back();
}

/// Numbers between the two are written without an exponent.
constexpr int least_plain_power = -3;  // 0.0001
constexpr int most_plain_power = 7;    // 9999999

Decimal shown(float value, int digits) {
    Decimal decimal = decimal_of(value);
    // Of a number written without an exponent the whole part is always kept.
    if (decimal.power > 0 && decimal.power <= most_plain_power)
        digits = std::max(digits, decimal.power);
    round_to(decimal, digits);
    return decimal;
}

/// As people write it: a real minus, the locale's decimal sign, a short exponent.
QString written(const Decimal& decimal) {
    if (decimal.digits.empty()) return QStringLiteral("0");
    const QString digits = QString::fromStdString(decimal.digits);
    const auto count = static_cast<int>(digits.size());
    const QString sign = decimal.negative ? QString(minus_sign) : QString();
    if (decimal.power < least_plain_power || decimal.power > most_plain_power) {
        const int exponent = decimal.power - 1;
        const QString fraction = count > 1 ? decimal_sign() % digits.mid(1) : QString();
        const QString raised =
            (exponent < 0 ? QString(minus_sign) : QString()) % QString::number(std::abs(exponent));
        return sign % digits.left(1) % fraction % u'e' % raised;
    }
    if (decimal.power <= 0)
        return sign % u'0' % decimal_sign() % QString(-decimal.power, u'0') % digits;
    if (decimal.power >= count) return sign % digits % QString(decimal.power - count, u'0');
    return sign % digits.left(decimal.power) % decimal_sign() % digits.mid(decimal.power);
}

}  // namespace

QLocale plain_locale() {
    QLocale locale = QLocale::c();
    locale.setNumberOptions(QLocale::DefaultNumberOptions);  // C alone sets no thousands apart
    return locale;
}

QLocale with_latin_digits(const QLocale& locale) {
    return locale.zeroDigit() == QStringLiteral("0") ? locale : plain_locale();
}

QString number_text(float value, int digits) { return written(shown(value, digits)); }

bool is_shown_exactly(float value, int digits) {
    return shown(value, digits).digits == decimal_of(value).digits;
}

QString said_number(float value, int digits) {
    const QString text = number_text(value, digits);
    return is_shown_exactly(value, digits) ? text : QStringLiteral("≈ ") % text;
}

QString equals_number(float value, int digits) {
    return equals_sign({value}, digits) % u' ' % number_text(value, digits);
}

QString equals_sign(std::initializer_list<float> shown, int digits) {
    const bool exact = std::ranges::all_of(
        shown, [digits](float value) { return is_shown_exactly(value, digits); });
    return exact ? QStringLiteral("=") : QStringLiteral("≈");
}

QString full_number_text(float value) { return written(decimal_of(value)); }

}  // namespace ui::diagram
