// SPDX-License-Identifier: MIT
#include "ui/formats/number_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using State = ReadNumber::State;

constexpr qsizetype longest_word = 400;
constexpr QChar minus_sign(u'−');

QChar sign_of(DecimalSign sign) { return sign == DecimalSign::point ? u'.' : u','; }

/// Sets thousands apart in every locale, and nothing else: spaces that do not break, apostrophes,
/// the Arabic sign.
bool groups_everywhere(QChar c) { return QStringView(u"\u00A0\u202F\u2009'’٬").contains(c); }

/// Python's, which may stand anywhere between digits.
constexpr QChar underscore(u'_');

/// Walks through one number and writes it down as C does.
class Scanner {
public:
    Scanner(QStringView word, const NumberRules& rules) : m_word(word), m_rules(rules) {}

    bool scan() {
        if (at(u'-') || at(minus_sign)) {
            m_plain += '-';
            ++m_at;
        } else if (at(u'+')) {
            ++m_at;
        }
        const bool whole = scan_whole();
        if (m_grouped && !whole) return false;
        if (at(sign_of(m_rules.decimal)) || at(u'٫')) {
            m_plain += '.';
            ++m_at;
            const bool fraction = scan_digits() > 0;
            // "1." is written by Python; a comma at the end of a word only separates.
            if (!fraction && (!whole || m_rules.decimal == DecimalSign::comma)) return false;
            m_is_whole = false;
        } else if (!whole) {
            return false;
        }
        if (!scan_exponent()) return false;
        const bool suffix = !m_is_whole && m_rules.decimal == DecimalSign::point;
        if (suffix && (at(u'f') || at(u'F'))) ++m_at;
        return m_at == m_word.size();
    }

    const std::string& plain() const { return m_plain; }
    bool grouped() const { return m_grouped; }
    bool padded() const { return m_padded; }
    bool is_whole() const { return m_is_whole; }

private:
    bool at(QChar c) const { return m_at < m_word.size() && m_word[m_at] == c; }

    qsizetype scan_digits() {
        const qsizetype start = m_at;
        for (; m_at < m_word.size() && m_word[m_at].isDigit(); ++m_at)
            m_plain += static_cast<char>('0' + m_word[m_at].digitValue());
        return m_at - start;
    }

    bool groups_here(QChar c) const {
        return c == sign_of(other_than(m_rules.decimal)) || c == underscore ||
               groups_everywhere(c) || (m_rules.spaces && c == u' ');
    }

    /// False where no digit stands, or where what should be thousands are not.
    bool scan_whole() {
        const std::size_t start = m_plain.size();
        std::vector<qsizetype> lengths{scan_digits()};
        QChar sign;
        while (lengths.back() > 0 && m_at + 1 < m_word.size() && groups_here(m_word[m_at]) &&
               m_word[m_at + 1].isDigit()) {
            if (!sign.isNull() && m_word[m_at] != sign) return false;
            sign = m_word[m_at++];
            lengths.push_back(scan_digits());
        }
        const bool zero = start < m_plain.size() && m_plain[start] == '0';
        m_padded = zero && m_plain.size() - start > 1;
        if (sign.isNull() || sign == underscore) return lengths.front() > 0;
        m_grouped = true;
        const bool thousands = std::all_of(lengths.begin() + 1, lengths.end(),
                                           [](qsizetype length) { return length == 3; });
        // 12,34,567 in India
        const bool lakhs = lengths.size() > 2 && lengths.back() == 3 && lengths.front() <= 2 &&
                           std::all_of(lengths.begin() + 1, lengths.end() - 1,
                                       [](qsizetype length) { return length == 2; });
        return !zero && ((thousands && lengths.front() <= 3) || lakhs);
    }

    bool scan_exponent() {
        constexpr std::array<QStringView, 3> times_ten{u"×10^", u"·10^", u"*10^"};
        const QStringView rest = m_word.mid(m_at);
        const auto* times = std::ranges::find_if(
            times_ten, [rest](QStringView sign) { return rest.startsWith(sign); });
        if (times != times_ten.end())
            m_at += times->size();
        else if (at(u'e') || at(u'E'))
            ++m_at;
        else
            return true;
        m_plain += 'e';
        if (at(u'-') || at(minus_sign)) {
            m_plain += '-';
            ++m_at;
        } else if (at(u'+')) {
            ++m_at;
        }
        m_is_whole = false;
        return scan_digits() > 0;
    }

    QStringView m_word;
    NumberRules m_rules;
    qsizetype m_at = 0;
    std::string m_plain;
    bool m_grouped = false;
    bool m_padded = false;
    bool m_is_whole = true;
};

/// Of a number that no double holds: is it too large, or too small?
bool is_above_one(const std::string& plain) {
    const std::size_t e = std::min(plain.find('e'), plain.size());
    const std::size_t point = std::min(plain.find('.'), e);
    const std::size_t first = plain.find_first_of("123456789");
    if (first >= e) return false;
    std::int64_t power = 0;
    if (e < plain.size()) {
        constexpr std::int64_t far = 1'000'000;  // beyond what any word can outweigh
        const char* const end = plain.data() + plain.size();
        if (std::from_chars(plain.data() + e + 1, end, power).ec != std::errc())
            power = plain[e + 1] == '-' ? -far : far;
    }
    return static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first) + power > 0;
}

/// As a double, infinite where that is too small for it.
double wide(const std::string& plain) {
    double value = 0;
    const auto end = plain.data() + plain.size();
    if (std::from_chars(plain.data(), end, value).ec == std::errc()) return value;
    return is_above_one(plain) ? HUGE_VAL : 0;
}

ReadNumber narrowed(double value) {
    const auto narrow = static_cast<float>(value);
    if (!std::isfinite(narrow)) return {.state = State::too_large};
    return {.state = State::number, .value = narrow};
}

ReadNumber read_plain(QStringView word, const NumberRules& rules) {
    Scanner scanner(word, rules);
    if (!scanner.scan()) return {};
    const std::string& plain = scanner.plain();
    // Straight to float32: through a double it would be rounded twice.
    float value = 0;
    const bool fits =
        std::from_chars(plain.data(), plain.data() + plain.size(), value).ec == std::errc();
    ReadNumber number =
        fits ? ReadNumber{.state = State::number, .value = value} : narrowed(wide(plain));
    number.grouped = scanner.grouped();
    number.padded = scanner.padded();
    number.rounded = scanner.is_whole() && static_cast<double>(number.value) != wide(plain);
    return number;
}

/// "1/9", divided as double and rounded once.
ReadNumber read_fraction(QStringView above, QStringView below, const NumberRules& rules) {
    Scanner numerator(above.trimmed(), rules);
    Scanner denominator(below.trimmed(), rules);
    if (!numerator.scan() || !denominator.scan()) return {};
    const double by = wide(denominator.plain());
    if (by == 0) return {};
    ReadNumber number = narrowed(wide(numerator.plain()) / by);
    number.grouped = numerator.grouped() || denominator.grouped();
    number.padded = numerator.padded() || denominator.padded();
    return number;
}

}  // namespace

NumberRules rules_of(const QLocale& locale) {
    const QString decimal = locale.decimalPoint();
    const QString group = locale.groupSeparator();
    return {.decimal = decimal == QStringLiteral(",") ? DecimalSign::comma : DecimalSign::point,
            .spaces = group.size() == 1 && group.front().isSpace()};
}

ReadNumber read_number(QStringView word, const NumberRules& rules) {
    word = word.trimmed();
    if (word.isEmpty() || word.size() > longest_word) return {};
    const qsizetype slash = word.indexOf(u'/');
    if (slash < 0) return read_plain(word, rules);
    return read_fraction(word.first(slash), word.mid(slash + 1), rules);
}

engine::Result<TypedNumber> read_typed_number(QStringView text, const QLocale& locale) {
    // Where only one number fits, a space can do nothing but set thousands apart.
    const NumberRules here{rules_of(locale).decimal, true};
    const NumberRules there{other_than(here.decimal), true};
    const ReadNumber read = read_number(text, here);
    const ReadNumber otherwise = read_number(text, there);
    if (read.state == State::number) {
        const bool doubtful =
            read.grouped && otherwise.state == State::number && otherwise.value != read.value;
        return TypedNumber{read.value, doubtful ? std::optional(otherwise.value) : std::nullopt};
    }
    if (otherwise.state == State::number) return TypedNumber{otherwise.value, {}};
    const bool too_large = read.state == State::too_large || otherwise.state == State::too_large;
    return Error{.code = too_large ? ErrorCode::not_finite : ErrorCode::bad_syntax,
                 .subject = too_large ? "float32" : "",
                 .text = text.trimmed().left(longest_word).toString().toStdString()};
}

}  // namespace ui::formats
