// SPDX-License-Identifier: MIT
// Every error of the program as one sentence.
#include "ui/document/error_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui::document {

namespace {

using engine::Error;
using engine::ErrorCode;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::document::error_text)
};

QString number(std::int64_t value) { return QString::number(value); }

/// Counts run into millions: grouped as the locale does it.
QString count(std::int64_t value) { return QLocale().toString(qlonglong{value}); }

std::int64_t given(const Error& error, std::size_t index = 0) {
    return index < error.given.size() ? error.given[index] : 0;
}
std::int64_t limit(const Error& error, std::size_t index = 0) {
    return index < error.limit.size() ? error.limit[index] : 0;
}

/// "(5, 5, 128)": sizes as Keras prints them, without the batch.
QString shape(const std::vector<std::int64_t>& sizes) {
    QStringList parts;
    for (const std::int64_t size : sizes) parts << number(size);
    return u'(' % parts.join(QStringLiteral(", ")) %
           (parts.size() == 1 ? QStringLiteral(",)") : QStringLiteral(")"));
}

/// "3", "1 or 3", "1, 2 or 3"
QString alternatives(const std::vector<std::int64_t>& values) {
    QString text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == 0)
            text = number(values[i]);
        else if (i + 1 < values.size())
            text += QStringLiteral(", ") % number(values[i]);
        else
            text = Words::tr("%1 or %2").arg(text, number(values[i]));
    }
    return text;
}

/// " (rows)" where the mistake is on one axis only.
QString on_axis(const Error& error) {
    if (error.axis == 0) return Words::tr(" (rows)");
    if (error.axis == 1) return Words::tr(" (columns)");
    return {};
}

/// "line 3, column 5", or nothing if the place is not known.
QString place(const Error& error) {
    if (error.given.size() < 2) return {};
    return Words::tr("line %1, column %2").arg(number(error.given[0]), number(error.given[1]));
}

/// Fragments of what the user wrote are shown, but never a whole file and no control characters.
QString fragment(const std::string& text) {
    constexpr int longest = 60;
    QString shown = QString::fromStdString(text).simplified();
    for (QChar& c : shown)
        if (!c.isPrint()) c = QChar::ReplacementCharacter;
    if (shown.size() > longest) shown = shown.left(longest - 1) % QChar(0x2026);
    return shown;
}

QString subject(const Error& error, const QString& otherwise) {
    const QString name = fragment(error.subject);
    return name.isEmpty() ? otherwise : name;
}

QString not_positive(const Error& error) {
    return Words::tr("%1%2 is %3, but must be at least %4.")
        .arg(subject(error, Words::tr("The number")), on_axis(error), number(given(error)),
             number(error.limit.empty() ? 1 : limit(error)));
}

QString output_padding_too_large(const Error& error) {
    const std::int64_t strides = limit(error);
    const QString name = subject(error, QStringLiteral("output_padding"));
    QString wayOut;
    if (strides <= 1)
        wayOut = Words::tr("use 0");
    else if (strides == 2)
        wayOut = Words::tr("use 0 or 1");
    else
        wayOut = Words::tr("use 0 to %1").arg(number(strides - 1));
    return Words::tr("%1 %2 must be less than strides %3%4; %5.")
        .arg(name, number(given(error)), number(strides), on_axis(error), wayOut);
}

QString strides_with_dilation(const Error& error) {
    // given holds strides then dilation_rate: one number each or a pair each.
    const std::size_t half = error.given.size() / 2;
    const std::vector<std::int64_t> strides(error.given.begin(),
                                            error.given.begin() + static_cast<long>(half));
    const std::vector<std::int64_t> rates(error.given.begin() + static_cast<long>(half),
                                          error.given.end());
    const auto written = [](const std::vector<std::int64_t>& values) {
        return values.size() == 1 ? number(values.front()) : shape(values);
    };
    return Words::tr(
               "Keras refuses strides %1 together with dilation_rate %2; set one of them to 1.")
        .arg(written(strides), written(rates));
}

QString empty_output(const Error& error) {
    return Words::tr(
               "The output would have %1 cells%2; use a larger input or kernel, or less "
               "padding or cropping.")
        .arg(number(given(error)), on_axis(error));
}

QString shape_mismatch(const Error& error) {
    return Words::tr("%1 has shape %2, but %3 is needed.")
        .arg(subject(error, Words::tr("The tensor")), shape(error.given), shape(error.limit));
}

QString unknown_name(const Error& error) {
    return Words::tr("“%1” is not a known %2.")
        .arg(fragment(error.text), subject(error, Words::tr("name")));
}

QString unsupported(const Error& error) {
    const QString what = fragment(error.text);
    const QString name = subject(error, {});
    if (name.isEmpty()) return Words::tr("%1 is not computed by this program.").arg(what);
    return Words::tr("%1 %2 is not computed by this program.").arg(name, what);
}

QString no_such_item(const Error& error) {
    return Words::tr("There is no %1 named “%2”.")
        .arg(subject(error, Words::tr("item")), fragment(error.text));
}

QString bad_syntax(const Error& error) {
    const QString where = place(error);
    const QString what = fragment(error.text);
    if (where.isEmpty()) {
        return what.isEmpty() ? Words::tr("The text cannot be read.")
                              : Words::tr("“%1” cannot be read.").arg(what);
    }
    return what.isEmpty() ? Words::tr("The text ends too early (%1).").arg(where)
                          : Words::tr("“%1” cannot be read (%2).").arg(what, where);
}

QString duplicate_key(const Error& error) {
    return Words::tr("The key “%1” stands twice in one object (%2); keep one.")
        .arg(fragment(error.text), place(error));
}

QString wrong_type(const Error& error) {
    const QString name = subject(error, Words::tr("The value"));
    const QString where = place(error);
    if (where.isEmpty()) return Words::tr("%1 must be %2.").arg(name, fragment(error.text));
    return Words::tr("%1 must be %2 (%3).").arg(name, fragment(error.text), where);
}

QString not_finite(const Error& error) {
    return Words::tr("%1 holds a number that is infinite or not a number (number %2).")
        .arg(subject(error, Words::tr("The tensor")), count(given(error) + 1));
}

QString sentence(const Error& error) {
    switch (error.code) {
        case ErrorCode::not_positive:
            return not_positive(error);
        case ErrorCode::too_large:
            return Words::tr("%1%2 is %3, but must be at most %4.")
                .arg(subject(error, Words::tr("The number")), on_axis(error), number(given(error)),
                     number(limit(error)));
        case ErrorCode::over_budget:
            return Words::tr(
                       "%1 would hold %2 numbers, but at most %3 are allowed; use smaller sizes.")
                .arg(subject(error, Words::tr("The tensor")), count(given(error)),
                     count(limit(error)));
        case ErrorCode::output_padding_too_large:
            return output_padding_too_large(error);
        case ErrorCode::strides_with_dilation:
            return strides_with_dilation(error);
        case ErrorCode::empty_output:
            return empty_output(error);
        case ErrorCode::rank_mismatch:
            return Words::tr("%1 has %2 axes, but must have %3.")
                .arg(subject(error, Words::tr("The input")), number(given(error)),
                     alternatives(error.limit));
        case ErrorCode::shape_mismatch:
            return shape_mismatch(error);
        case ErrorCode::size_mismatch:
            return Words::tr("%1 has %2 numbers, but %3 are needed.")
                .arg(subject(error, Words::tr("The data")), count(given(error)),
                     count(limit(error)));
        case ErrorCode::indivisible_channels:
            return Words::tr("%1 %2 cannot be split into %3 equal groups; use a multiple of %3.")
                .arg(subject(error, Words::tr("channels")), number(given(error)),
                     number(limit(error)));
        case ErrorCode::missing_weights:
            return Words::tr("The weights lack %1; give its numbers.")
                .arg(subject(error, Words::tr("a tensor")));
        case ErrorCode::not_finite:
            return not_finite(error);
        case ErrorCode::unknown_name:
            return unknown_name(error);
        case ErrorCode::unsupported:
            return unsupported(error);
        case ErrorCode::no_such_item:
            return no_such_item(error);
        case ErrorCode::bad_syntax:
            return bad_syntax(error);
        case ErrorCode::duplicate_key:
            return duplicate_key(error);
        case ErrorCode::wrong_type:
            return wrong_type(error);
        case ErrorCode::newer_version:
            return Words::tr(
                       "The file was written by a newer version (format %1, this program reads up "
                       "to %2); update the program.")
                .arg(number(given(error)), number(limit(error)));
        case ErrorCode::cannot_read:
            return Words::tr("%1 cannot be read: %2.")
                .arg(subject(error, Words::tr("The file")), fragment(error.text));
        case ErrorCode::cannot_write:
            return Words::tr("%1 cannot be written: %2.")
                .arg(subject(error, Words::tr("The file")), fragment(error.text));
        case ErrorCode::cancelled:
            return Words::tr("Cancelled; nothing was written.");
    }
    return {};
}

}  // namespace

QString error_text(const Error& error) {
    if (error.layer < 0) return sentence(error);
    return Words::tr("Layer %1: %2").arg(number(error.layer + 1), sentence(error));
}

}  // namespace ui::document
