// SPDX-License-Identifier: MIT
#include "app/option_values.h"

#include <charconv>
#include <cmath>

#include "ui/words/error_text.h"

namespace app {

namespace {

/// A number and nothing else: [+-]?[0-9]+ for an int, blanks around it apart.
template <typename Number>
struct Parsed {
    Number value{};
    std::errc error{};  ///< result_out_of_range: a number, but not of this type
};
template <typename Number>
Parsed<Number> parse(const QString& text) {
    QByteArray written = text.toUtf8().trimmed();
    if (written.startsWith('+') && !written.startsWith("+-")) written.remove(0, 1);
    const char* const end = written.constData() + written.size();
    Parsed<Number> parsed;
    const auto result = std::from_chars(written.constData(), end, parsed.value);
    parsed.error = result.ptr == end ? result.ec : std::errc::invalid_argument;
    return parsed;
}

QString option(const char* name) { return QStringLiteral("--") % QString::fromLatin1(name); }

}  // namespace

int OptionValues::whole(const char* name, int otherwise, Range range, const QString& wanted) {
    if (!m_command.has(name)) return otherwise;
    return in_range(name, m_command.value(name), range,
                    wanted.isEmpty() ? Words::tr("a whole number") : wanted);
}

engine::Size2D OptionValues::extent(const char* name, engine::Size2D otherwise, Range range) {
    if (!m_command.has(name)) return otherwise;
    const auto sizes = list(name, u'x', 1, 2, range, Words::tr("a number or a pair such as 3x2"));
    return sizes.empty() ? otherwise : engine::Size2D{sizes.front(), sizes.back()};
}

std::vector<int> OptionValues::list(const char* name, QChar separator, qsizetype fewest,
                                    qsizetype as_many, Range range, const QString& wanted) {
    std::vector<int> numbers;
    const QStringList parts = m_command.value(name).split(separator);
    if (parts.size() < fewest || parts.size() > as_many) refuse(name, wanted);
    if (m_code) return numbers;
    for (const QString& part : parts) numbers.push_back(in_range(name, part, range, wanted));
    return m_code ? std::vector<int>() : numbers;
}

double OptionValues::number(const char* name, double otherwise, double least, double most) {
    if (!m_command.has(name)) return otherwise;
    const QString text = m_command.value(name);
    const auto [value, error] = parse<double>(text);
    const bool out_of_range = error == std::errc::result_out_of_range;
    if (!out_of_range && (error != std::errc{} || !std::isfinite(value))) {
        refuse(name, Words::tr("a number from %1 to %2").arg(least).arg(most));
    } else if (!m_code && (out_of_range || value < least || value > most)) {
        m_code = fail(not_understood, Words::tr("%1 is %2, but must be from %3 to %4.")
                                          .arg(option(name), shown(text), QString::number(least),
                                               QString::number(most)));
    }
    return m_code ? otherwise : value;
}

void OptionValues::at_most(const char* name, int value, int most) {
    if (value <= most || m_code) return;
    if (m_command.has(name))
        return out_of_range(name, m_command.value(name), false, {0, most, could_not});
    m_code = fail(
        {.code = engine::ErrorCode::too_large, .subject = name, .given = {value}, .limit = {most}});
}

void OptionValues::refuse(const char* name, const QString& wanted) {
    if (m_code) return;
    m_code = fail(not_understood, Words::tr("%1 does not understand “%2”; give %3.")
                                      .arg(option(name), shown(m_command.value(name)), wanted));
}

int OptionValues::in_range(const char* name, const QString& text, Range range,
                           const QString& wanted) {
    const auto [value, error] = parse<int>(text);
    const bool beyond = error == std::errc::result_out_of_range;
    const bool negative = text.trimmed().startsWith(u'-');
    if (error != std::errc{} && !beyond) {
        refuse(name, wanted);
    } else if (beyond ? negative : value < range.least) {
        out_of_range(name, text, true, range);
    } else if (beyond ? range.most < Range().most : value > range.most) {
        out_of_range(name, text, false, range);
    }
    return beyond ? range.most : value;
}

void OptionValues::out_of_range(const char* name, const QString& text, bool low, Range range) {
    if (m_code) return;
    const engine::Error error{
        .code = low ? engine::ErrorCode::not_positive : engine::ErrorCode::too_large,
        .subject = option(name).toStdString(),
        .limit = {low ? range.least : range.most},
        .text = text.toStdString()};
    m_code = fail(range.code, ui::words::error_text(error));
}

}  // namespace app
