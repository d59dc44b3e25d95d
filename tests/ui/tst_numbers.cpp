// SPDX-License-Identifier: MIT
// Numbers as they are shown, typed and kept: the one writer and the one reader.
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>

#include <QTest>

#include "ui/diagram/number_text.h"
#include "ui/formats/number_reader.h"
#include "ui/words/error_text.h"

using namespace ui::diagram;
using ui::formats::read_typed_number;

namespace {

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

/// Every bit pattern may come up; infinities and what is no number are made ordinary.
float any_float(std::mt19937& random) {
    const auto bits = static_cast<std::uint32_t>(random());
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return std::isfinite(value) ? value : static_cast<float>(bits % 1000) / 8;
}

/// Numbers as they come up in lessons: few digits, quotients, sums of tenths.
float usual_float(std::mt19937& random) {
    const auto whole = static_cast<int>(random() % 200001) - 100000;
    constexpr std::array divisors{1, 2, 3, 7, 8, 9, 10, 16, 100, 1000, 65536};
    return static_cast<float>(whole) / static_cast<float>(divisors[random() % divisors.size()]);
}

/// What a number comes to in whole decimal arithmetic: mantissa × 10^exponent, no zeros at the end.
struct Decimal {
    std::int64_t mantissa = 0;
    int exponent = 0;
    bool operator==(const Decimal&) const = default;
    Decimal normal() const {
        Decimal decimal = *this;
        while (decimal.mantissa != 0 && decimal.mantissa % 10 == 0) {
            decimal.mantissa /= 10;
            ++decimal.exponent;
        }
        if (decimal.mantissa == 0) decimal.exponent = 0;
        return decimal;
    }
};

Decimal decimal_of(const QString& written) {
    Decimal decimal;
    const QString plain = QString(written).replace(QChar(u'−'), u'-');
    const QStringList parts = plain.split(u'e');
    QString digits = parts[0];
    if (const qsizetype point = digits.indexOf(u'.'); point >= 0) {
        decimal.exponent = -static_cast<int>(digits.size() - point - 1);
        digits.remove(point, 1);
    }
    decimal.mantissa = digits.toLongLong();
    if (parts.size() > 1) decimal.exponent += parts[1].toInt();
    return decimal.normal();
}

int digits_of(std::int64_t mantissa) { return static_cast<int>(QString::number(mantissa).size()); }

/// Rounded half away, as on paper.
Decimal rounded(float value, int digits) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific)
                         .ptr;
    Decimal exact = decimal_of(QString::fromLatin1(buffer.data(), end - buffer.data()));
    const int before_point = digits_of(exact.mantissa) + exact.exponent;
    if (before_point > 0 && before_point <= 7) digits = std::max(digits, before_point);
    std::int64_t part = 1;
    for (int i = digits_of(exact.mantissa); i > digits; --i) {
        part *= 10;
        ++exact.exponent;
    }
    exact.mantissa = (exact.mantissa + part / 2) / part;
    if (std::signbit(value)) exact.mantissa = -exact.mantissa;
    return exact.normal();
}

const std::array locales{"C", "de_DE", "fr_FR", "en_IN", "de_CH", "sv_SE", "pt_BR", "ar_EG"};

/// Sets the default locale for as long as it lives.
class Abroad {
public:
    explicit Abroad(const char* name) { QLocale::setDefault(QLocale(QString::fromLatin1(name))); }
    ~Abroad() { QLocale::setDefault(m_before); }

private:
    QLocale m_before;
};

}  // namespace

class TestNumbers : public QObject {
    Q_OBJECT
private slots:
    void numbers_are_short_and_exact_in_full_data() {
        QTest::addColumn<float>("value");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("full");
        const auto row = [](float value, const char* shown, const char* full) {
            QTest::addRow("%s", full) << value << text(shown) << text(full);
        };
        row(0.5F, "0.5", "0.5");
        row(-1.25F, "−1.25", "−1.25");
        row(-0.0F, "0", "0");
        row(1.3e-5F, "1.3e−5", "1.3e−5");
        row(0.0001F, "0.0001", "0.0001");
        row(0.33333334F, "0.3333", "0.33333334");
        row(140, "140", "140");
        row(12345, "12345", "12345");
        row(100000, "100000", "100000");
        row(9999999, "9999999", "9999999");
        row(-0.58342797F, "−0.5834", "−0.58342797");
        row(123.456F, "123.5", "123.456");
        row(123456.789F, "123457", "123456.79");
        row(0.99999F, "1", "0.99999");
        row(1.00005F, "1.0001", "1.00005");
        row(3.4028235e38F, "3.403e38", "3.4028235e38");
        row(67108864, "6.711e7", "6.7108864e7");
    }
    void numbers_are_short_and_exact_in_full() {
        QFETCH(float, value);
        if (value == 1.00005F) {  // a half in the fifth digit goes up as on paper
            QCOMPARE(number_text(value, 5), text("1.0001"));
            return;
        }
        QTEST(number_text(value), "shown");
        QTEST(full_number_text(value), "full");
        QCOMPARE(is_shown_exactly(value), number_text(value) == full_number_text(value));
    }

    // A half is not rounded to the even digit, and not by what lies behind the decimals.
    void halves_go_away_from_zero() {
        QCOMPARE(number_text(1.125F, 3), text("1.13"));
        QCOMPARE(number_text(1.375F, 3), text("1.38"));
        QCOMPARE(number_text(-1.125F, 3), text("−1.13"));
        QCOMPARE(number_text(2.5F, 1), text("3"));
        QCOMPARE(number_text(0.15F, 1), text("0.2"));
        QCOMPARE(number_text(0.35F, 1), text("0.4"));  // as a float below 0.35
        QCOMPARE(number_text(9.995F, 3), text("10"));
    }

    void what_is_not_the_number_is_marked() {
        QCOMPARE(said_number(0.25F), text("0.25"));
        QCOMPARE(said_number(1.0F / 3), text("≈ 0.3333"));
        QCOMPARE(equals_number(123456.789F), text("≈ 123457"));
        QCOMPARE(equals_number(360), text("= 360"));
        QCOMPARE(equals_number(0.1F), text("= 0.1"));
    }

    void rounding_agrees_with_decimal_arithmetic() {
        std::mt19937 random(11);
        for (int round = 0; round < 60000; ++round) {
            const float value = round % 2 == 0 ? any_float(random) : usual_float(random);
            for (const int digits : {1, 2, 3, 4, 6}) {
                const QString shown = number_text(value, digits);
                QVERIFY2(decimal_of(shown) == rounded(value, digits),
                         qPrintable(QStringLiteral("%1 in %2 digits: %3")
                                        .arg(double{value}, 0, 'g', 12)
                                        .arg(digits)
                                        .arg(shown)));
                QCOMPARE(is_shown_exactly(value, digits),
                         decimal_of(shown) == decimal_of(full_number_text(value)));
            }
        }
    }

    // What is written can be typed again, wherever it was written.
    void what_is_written_is_read() {
        for (const char* name : locales) {
            const Abroad abroad(name);
            std::mt19937 random(5);
            for (int round = 0; round < 4000; ++round) {
                const float value = round % 2 == 0 ? any_float(random) : usual_float(random);
                const QString written = full_number_text(value);
                const auto read = read_typed_number(written, with_latin_digits(QLocale()));
                QVERIFY2(read && read->value == value && !read->other,
                         qPrintable(text(name) + u' ' + written));
            }
        }
    }

    // Latin digits everywhere, decimal signs by language.
    void numbers_are_read_in_the_locale_they_are_written_in() {
        const QLocale before;
        for (const QLocale& locale : QLocale::matchingLocales(
                 QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory)) {
            QLocale::setDefault(locale);
            for (const float value : {-1234.5F, 0.5F, 1.3e-5F, 67108864.0F}) {
                const QString written = full_number_text(value);
                for (const QChar c : written)
                    QVERIFY2(!c.isDigit() || (c >= u'0' && c <= u'9'), qPrintable(written));
                QVERIFY(written.contains(with_latin_digits(locale).decimalPoint()));
                const auto read = read_typed_number(written);
                QVERIFY2(read && read->value == value, qPrintable(locale.name() + u' ' + written));
            }
        }
        QLocale::setDefault(before);
    }

    void typed_numbers_are_read_data() {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("other");  // as it could be read as well; 0: it could not
        const auto row = [](const char* locale, const char* typed, double value, double other = 0) {
            QTest::addRow("%s, %s", locale, typed) << text(locale) << text(typed) << value << other;
        };
        row("C", "2,590", 2590, 2.59);
        row("de_DE", "2,590", 2.59);
        row("de_DE", "2.590", 2590, 2.59);
        row("C", "2.590", 2.59);
        row("C", "1,5", 1.5);
        row("de_DE", "1.5", 1.5);
        row("de_DE", "1.000,5", 1000.5);
        row("de_DE", "1 000,45", 1000.45F);
        row("C", "1 000,45", 1000.45F);
        row("fr_FR", "1 000", 1000);
        row("de_CH", "1’000.5", 1000.5);
        row("en_IN", "12,34,567", 1234567);
        row("C", " −2.5 ", -2.5);
        row("C", "+3", 3);
        row("C", ".5", 0.5);
        row("de_DE", ",5", 0.5);
        row("C", "1/9", 1.0F / 9);
        row("C", "-1/3", -1.0F / 3);
        row("C", "1.5f", 1.5);
        row("C", "1_000", 1000);
        row("C", "1e-46", 0);
        row("C", "1.5×10^3", 1500);
        row("C", "٣٫٥", 3.5);
        row("C", "3.4028235677973366e38", 3.4028235e38F);  // halfway, minus one
    }
    void typed_numbers_are_read() {
        QFETCH(QString, locale);
        QFETCH(QString, typed);
        QFETCH(double, value);
        QFETCH(double, other);
        const auto read = read_typed_number(typed, QLocale(locale));
        QVERIFY(read);
        QCOMPARE(read->value, static_cast<float>(value));
        QCOMPARE(read->other.value_or(0), static_cast<float>(other));
    }

    void what_is_no_finite_number_is_refused() {
        for (const char* typed : {"", "abc", "nan", "inf", "1 2", "--1", "0x10", "1/0", "1/2/3",
                                  "/", "1..2", "1,2,3", "1.2.3", "e5", "1e", "0,500.5", "1/"})
            QVERIFY2(!read_typed_number(text(typed), QLocale::c()), typed);
    }

    void what_is_too_large_is_said_to_be() {
        for (const char* typed : {"1e39", "-1e39", "1e999", "1e9999999999", "3.5e38",
                                  "340282356779733661637539395458142568448"}) {
            const auto read = read_typed_number(text(typed), QLocale::c());
            QVERIFY2(!read, typed);
            QCOMPARE(ui::words::error_text(read.error()),
                     text(typed) + text(" is too large for float32, which ends at 3.4e38."));
        }
        // Too small is zero, however it is written.
        for (const char* typed : {"1e-99999999999", "0e999999999999"})
            QCOMPARE(read_typed_number(text(typed), QLocale::c())->value, 0.0F);
        const QString long_and_small = u'1' + QString(300, u'0') + QStringLiteral("e-300");
        QCOMPARE(read_typed_number(long_and_small, QLocale::c())->value, 1.0F);
    }
};

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
