// SPDX-License-Identifier: MIT
#include "ui/diagram/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
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

/// A C-locale number ("-1.5e-05") as people write it: short exponent, real minus, the locale's
/// decimal sign.
QString dressed(std::string_view plain) {
    QString text;
    std::size_t i = 0;
    for (; i < plain.size() && plain[i] != 'e'; ++i) {
        if (plain[i] == '-')
            text += minus_sign;
        else if (plain[i] == '.')
            text += decimal_sign();
        else
            text += QLatin1Char(plain[i]);
    }
    if (i == plain.size()) return text;
    text += QLatin1Char('e');
    if (plain[++i] == '-') text += minus_sign;
    ++i;
    while (i + 1 < plain.size() && plain[i] == '0') ++i;
    for (; i < plain.size(); ++i) text += QLatin1Char(plain[i]);
    return text;
}

QString shortest(float value, int digits) {
    if (value == 0.0F) return dressed("0");  // −0 is 0 to a learner
    std::array<char, 64> buffer{};
    char* const first = buffer.data();
    char* const last = first + buffer.size();
    std::to_chars_result exact = std::to_chars(first, last, value);
    const auto significant = [&] {
        int count = 0;
        bool leading = true;
        for (const char* c = first; c != exact.ptr && *c != 'e'; ++c) {
            if (*c < '0' || *c > '9') continue;
            leading = leading && *c == '0';
            if (!leading) ++count;
        }
        return count;
    };
    const float size = std::abs(value);
    const bool whole = size < 1e7F && value == std::trunc(value);
    if (digits > 0 && !whole && significant() > digits) {
        const bool plain = size >= 1e-4F && size < 1e7F;
        if (plain) {
            const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
            exact = std::to_chars(first, last, value, std::chars_format::fixed,
                                  std::max(0, digits - before));
            std::string_view text(first, static_cast<std::size_t>(exact.ptr - first));
            if (text.find('.') != std::string_view::npos) {
                while (text.ends_with('0')) text.remove_suffix(1);
                if (text.ends_with('.')) text.remove_suffix(1);
            }
            return dressed(text);
        }
        exact = std::to_chars(first, last, value, std::chars_format::scientific, digits - 1);
        std::string text(first, exact.ptr);
        const std::size_t e = text.find('e');
        std::size_t end = e;
        if (text.find('.') < e) {
            while (text[end - 1] == '0') --end;
            if (text[end - 1] == '.') --end;
        }
        text.erase(end, e - end);
        return dressed(text);
    }
    return dressed(std::string_view(first, static_cast<std::size_t>(exact.ptr - first)));
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

QString number_text(float value, int digits) { return shortest(value, digits); }

QString full_number_text(float value) { return shortest(value, 0); }

std::optional<float> parse_number(const QString& text) {
    QString plain = text.trimmed();
    if (plain.size() > 64) return std::nullopt;
    plain.replace(minus_sign, QLatin1Char('-'));
    bool ok = false;
    double value = QLocale::c().toDouble(plain, &ok);
    // As it is written here: some locales have another exponent.
    if (!ok)
        value =
            QLocale::c().toDouble(QString(plain).replace(decimal_sign(), QStringLiteral(".")), &ok);
    for (const QLocale& locale : {QLocale(), QLocale::system()})
        if (!ok) value = locale.toDouble(plain, &ok);
    const auto narrow = static_cast<float>(value);
    if (!ok || !std::isfinite(value) || !std::isfinite(narrow)) return std::nullopt;
    return narrow;
}

}  // namespace ui::diagram
