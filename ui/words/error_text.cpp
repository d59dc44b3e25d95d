// SPDX-License-Identifier: MIT
// Every error of the program as one sentence.
#include "ui/words/error_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "ui/words/plain_text.h"

namespace ui::words {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::words::error_text)
};
}  // namespace

QString duration_text(std::int64_t milliseconds) {
    constexpr std::int64_t second = 1000;
    constexpr std::int64_t minute = 60 * second;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    constexpr std::int64_t year = 365 * day;
    const auto rounded = [&](std::int64_t unit) {
        return QString::number((milliseconds + unit / 2) / unit);
    };
    if (milliseconds < 10 * second)
        return Words::tr("%1 s").arg(
            QLocale().toString(static_cast<double>(milliseconds) / second, 'g', 2));
    if (milliseconds < 2 * minute) return Words::tr("%1 s").arg(rounded(second));
    if (milliseconds < 2 * hour) return Words::tr("%1 min").arg(rounded(minute));
    if (milliseconds < 2 * day) return Words::tr("%1 h").arg(rounded(hour));
    if (milliseconds < 2 * year) return Words::tr("%1 days").arg(rounded(day));
    return Words::tr("years");
}

namespace {

using engine::Error;
using engine::ErrorCode;

QString number(std::int64_t value) { return QString::number(value); }

/// Counts run into millions: grouped as the locale does it.
QString count(std::int64_t value) { return QLocale().toString(qlonglong{value}); }

std::int64_t given(const Error& error, std::size_t index = 0) {
    return index < error.given.size() ? error.given[index] : 0;
}
std::int64_t limit(const Error& error, std::size_t index = 0) {
    return index < error.limit.size() ? error.limit[index] : 0;
}

/// "(5, 5, 128)": sizes as Keras prints them, without the batch; 0 is one that nobody knows.
QString shape(const std::vector<std::int64_t>& sizes) {
    QStringList parts;
    for (const std::int64_t size : sizes) parts << (size == 0 ? QStringLiteral("?") : number(size));
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
    constexpr qsizetype longest = 60;
    return harmless(QString::fromStdString(text), longest);
}

/// What is meant by a subject that is no argument of a layer.
struct Phrase {
    const char* subject;
    const char* words;
};
constexpr std::array<Phrase, 28> phrases{{
    {"input", QT_TRANSLATE_NOOP("ui::words::error_text", "The input")},
    {"output", QT_TRANSLATE_NOOP("ui::words::error_text", "The output")},
    {"uncropped", QT_TRANSLATE_NOOP("ui::words::error_text", "The full output")},
    {"kernel", QT_TRANSLATE_NOOP("ui::words::error_text", "The kernel")},
    {"parameters", QT_TRANSLATE_NOOP("ui::words::error_text", "The parameters of all layers")},
    {"run", QT_TRANSLATE_NOOP("ui::words::error_text", "The whole model")},
    {"answers", QT_TRANSLATE_NOOP("ui::words::error_text", "The answers to the whole file")},
    {"file", QT_TRANSLATE_NOOP("ui::words::error_text", "The file")},
    {"byte count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of bytes")},
    {"layer count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of layers")},
    {"value count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of values in the file")},
    {"bracket depth", QT_TRANSLATE_NOOP("ui::words::error_text", "The depth of brackets")},
    {"character count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of characters")},
    {"number count", QT_TRANSLATE_NOOP("ui::words::error_text", "The count of numbers")},
    {"row count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of rows")},
    {"column count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of columns")},
    {"pixels", QT_TRANSLATE_NOOP("ui::words::error_text", "The picture’s number of pixels")},
    {"pixels on a side", QT_TRANSLATE_NOOP("ui::words::error_text", "The picture’s longer side")},
    {"pixels in all frames",
     QT_TRANSLATE_NOOP("ui::words::error_text", "The number of pixels in all frames")},
    {"array", QT_TRANSLATE_NOOP("ui::words::error_text", "The array")},
    {"header bytes", QT_TRANSLATE_NOOP("ui::words::error_text", "The array’s header in bytes")},
    {"array count", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of arrays")},
    {"unpacked bytes",
     QT_TRANSLATE_NOOP("ui::words::error_text", "The number of bytes that it unpacks to")},
    {"frames", QT_TRANSLATE_NOOP("ui::words::error_text", "The number of frames")},
    {"step", QT_TRANSLATE_NOOP("ui::words::error_text", "The step")},
    {"pictures on a sheet",
     QT_TRANSLATE_NOOP("ui::words::error_text", "The number of pictures on the sheet")},
    {"width in inches",
     QT_TRANSLATE_NOOP("ui::words::error_text", "The picture’s width in inches")},
    {"rectangles",
     QT_TRANSLATE_NOOP("ui::words::error_text", "The number of rectangles that TeX would need")},
}};

/// What a lesson consists of beside its layers' arguments.
constexpr std::array<Phrase, 5> parts{{
    {"title", QT_TRANSLATE_NOOP("ui::words::error_text", "the title")},
    {"notes", QT_TRANSLATE_NOOP("ui::words::error_text", "the notes")},
    {"input", QT_TRANSLATE_NOOP("ui::words::error_text", "the numbers of the input")},
    {"weights", QT_TRANSLATE_NOOP("ui::words::error_text", "the weights")},
    {"against", QT_TRANSLATE_NOOP("ui::words::error_text", "the layers it is compared with")},
}};

/// The kinds that `wrong_type` speaks of; written here once more for the translators.
[[maybe_unused]] constexpr std::array<const char*, 16> kinds{
    QT_TRANSLATE_NOOP("ui::words::error_text", "given"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "an object"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "text"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "true or false"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a number"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a whole number"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a whole number from 0 to 2^64 - 1"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a whole number or a pair of them"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a list of numbers"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a list of whole numbers"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a list of objects"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "valid or same"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "[[top, bottom], [left, right]]"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "a number or a list of numbers"),
    QT_TRANSLATE_NOOP(
        "ui::words::error_text",
        "one number for rows and columns, a pair, or four with 1 for batch and channels"),
    QT_TRANSLATE_NOOP("ui::words::error_text", "sizes of the output with the input’s channels"),
};

QString subject(const Error& error, const QString& otherwise) {
    for (const Phrase& phrase : phrases)
        if (error.subject == phrase.subject) return Words::tr(phrase.words);
    const QString name = fragment(error.subject);
    return name.isEmpty() ? otherwise : name;
}

/// The number found; as it was written where it is too long to be known.
QString found(const Error& error) {
    return error.given.empty() && !error.text.empty() ? fragment(error.text) : number(given(error));
}

QString not_positive(const Error& error) {
    return Words::tr("%1%2 is %3, but must be at least %4.")
        .arg(subject(error, Words::tr("The number")), on_axis(error), found(error),
             number(error.limit.empty() ? 1 : limit(error)));
}

QString too_large(const Error& error) {
    if (error.text == "length")
        return Words::tr("%1 has length %2, but may have at most %3.")
            .arg(subject(error, Words::tr("The text")), count(given(error)), count(limit(error)));
    return Words::tr("%1%2 is %3, but must be at most %4.")
        .arg(subject(error, Words::tr("The number")), on_axis(error), found(error),
             number(limit(error)));
}

QString too_much_work(const Error& error) {
    if (error.subject == "kernel")
        return Words::tr(
                   "The kernel’s weights and the cells%1 meet %2 times, but at most %3 are "
                   "computed; use a smaller kernel.")
            .arg(on_axis(error), count(given(error)), count(limit(error)));
    const QString expected = duration_text(given(error));
    const QString allowed = duration_text(limit(error));
    const QString products = count(given(error, 1));
    if (error.text.empty())
        return Words::tr("This would take %1 (%2 multiply-adds), but %3 is the limit.")
            .arg(expected, products, allowed);
    return Words::tr(
               "This would take %1 (%2 multiply-adds), but %3 is the limit; use smaller sizes, "
               "or a larger %4.")
        .arg(expected, products, allowed, fragment(error.text));
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
    return Words::tr("%1 %2 must be less than strides %3; %4%5.")
        .arg(name, number(given(error)), number(strides), wayOut, on_axis(error));
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

/// "9 rows"
QString cells(std::int64_t count, int axis) {
    const int n = static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
    if (axis == 0) return Words::tr("%Ln row(s)", nullptr, n);
    if (axis == 1) return Words::tr("%Ln column(s)", nullptr, n);
    return Words::tr("%Ln cell(s)", nullptr, n);
}

QString empty_output(const Error& error) {
    const QString what = subject(error, Words::tr("The crop"));
    const QString taken = cells(given(error), error.axis);
    const QString there = count(limit(error));
    if (error.subject == "kernel" || error.subject == "pool_size")
        return Words::tr(
                   "%1 spans %2, but the input with its padding has only %3; use a smaller one or "
                   "a larger input.")
            .arg(what, taken, there);
    if (error.subject == "cropping")
        return Words::tr("%1 would take away %2, but the input has only %3; take away less.")
            .arg(what, taken, there);
    return Words::
        tr("%1 would take away %2, but the full output has only %3; take away less or use a larger "
           "input.")
            .arg(what, taken, there);
}

constexpr std::array<Phrase, 4> axes{{
    {"row", QT_TRANSLATE_NOOP("ui::words::error_text", "rows")},
    {"column", QT_TRANSLATE_NOOP("ui::words::error_text", "columns")},
    {"input_channel", QT_TRANSLATE_NOOP("ui::words::error_text", "input channels")},
    {"filter", QT_TRANSLATE_NOOP("ui::words::error_text", "filters")},
}};

/// "filters: 1, not 2; input channels: 1, not 4"; empty if the text names no axis.
QString wrong_axes(const Error& error) {
    QStringList wrong;
    const QStringList names = QString::fromStdString(error.text).split(u',');
    for (std::size_t i = 0; i < std::min(error.given.size(), error.limit.size()); ++i)
        for (const Phrase& axis : axes)
            if (names.value(static_cast<int>(i)) == QLatin1String(axis.subject))
                wrong << Words::tr("%1: %2, not %3", "filters: 1, not 2")
                             .arg(Words::tr(axis.words), number(error.given[i]),
                                  number(error.limit[i]));
    return wrong.join(QStringLiteral("; "));
}

QString shape_mismatch(const Error& error) {
    const QString name = subject(error, Words::tr("The tensor"));
    const QString wrong = wrong_axes(error);
    return wrong.isEmpty() ? Words::tr("%1 has shape %2, but %3 is needed.")
                                 .arg(name, shape(error.given), shape(error.limit))
                           : Words::tr("%1 has shape %2, but %3 is needed (%4).")
                                 .arg(name, shape(error.given), shape(error.limit), wrong);
}

QString unknown_name(const Error& error) {
    if (error.text.empty())
        return Words::tr("%1 must not be empty.").arg(subject(error, Words::tr("The name")));
    return Words::tr("“%1” is not a known %2.")
        .arg(fragment(error.text),
             error.subject.empty() ? Words::tr("name") : fragment(error.subject));
}

/// The shortest text that is this number: 1.1, though the nearest float is 1.10000002384.
QString real(double value) {
    std::array<char, 32> text{};
    const auto narrow = static_cast<float>(value);
    char* const begin = text.data();
    char* const end = begin + text.size();
    const auto written = static_cast<double>(narrow) == value ? std::to_chars(begin, end, narrow)
                                                              : std::to_chars(begin, end, value);
    return QString::fromLatin1(begin, written.ptr - begin);
}

QString out_of_range(const Error& error) {
    const QString name = subject(error, Words::tr("The number"));
    const double found = error.given_real.empty() ? 0 : error.given_real.front();
    const bool known = error.limit_real.size() == 2;
    const double least = known ? error.limit_real[0] : 0;
    const double most = known ? error.limit_real[1] : 0;
    if (most == std::numeric_limits<double>::max())
        return Words::tr("%1 is %2, but must be at least %3.").arg(name, real(found), real(least));
    return Words::tr("%1 is %2, but must lie between %3 and %4.")
        .arg(name, real(found), real(least), real(most));
}

QString unknown_argument(const Error& error) {
    const QString sentence =
        Words::tr("%1 has no argument %2").arg(fragment(error.subject), fragment(error.text));
    if (error.meant.empty()) return Words::tr("%1.").arg(sentence);
    return Words::tr("%1; %2 is its name in %3.")
        .arg(sentence, fragment(error.meant), fragment(error.dialect));
}

QString unsupported(const Error& error) {
    const QString what = fragment(error.text);
    if (error.subject == "target")
        return Words::tr("This machine lacks the SIMD target %1.").arg(what);
    if (error.subject.empty()) return Words::tr("%1 is not computed by this program.").arg(what);
    return Words::tr("%1 %2 is not computed by this program.").arg(fragment(error.subject), what);
}

QString no_such_item(const Error& error) {
    if (error.subject == "lesson")
        return Words::tr("There is no lesson named “%1”; “stridescope lessons” lists them.")
            .arg(fragment(error.text));
    return Words::tr("There is no %1 named “%2”.")
        .arg(fragment(error.subject), fragment(error.text));
}

QString bad_syntax(const Error& error) {
    const QString where = place(error);
    const QString what = fragment(error.text);
    if (where.isEmpty()) {
        return what.isEmpty() ? Words::tr("The text cannot be read.")
                              : Words::tr("“%1” cannot be read.").arg(what);
    }
    if (error.subject == "number")
        return Words::tr("The number %1 is too large to be read (%2).").arg(what, where);
    if (what == QChar(QChar::ReplacementCharacter))
        return Words::tr("The text holds bytes that are not text in UTF-8 (%1).").arg(where);
    if (error.meant == ",")
        return Words::tr("“%1” cannot be read: before it stands a decimal comma (%2).")
            .arg(what, where);
    if (error.meant == ".")
        return Words::tr("“%1” cannot be read: before it stands a decimal point (%2).")
            .arg(what, where);
    return what.isEmpty()
               ? Words::tr("A value is missing, or the text ends too early (%1).").arg(where)
               : Words::tr("“%1” cannot be read (%2).").arg(what, where);
}

QString duplicate_key(const Error& error) {
    return Words::tr("The key “%1” stands twice in one object (%2); keep one.")
        .arg(fragment(error.text), place(error));
}

QString wrong_type(const Error& error) {
    const QString name = subject(error, Words::tr("The value"));
    const QString kind = Words::tr(fragment(error.text).toUtf8().constData());
    const QString where = place(error);
    if (where.isEmpty()) return Words::tr("%1 must be %2.").arg(name, kind);
    return Words::tr("%1 must be %2 (%3).").arg(name, kind, where);
}

QString not_finite(const Error& error) {
    if (error.subject == "float32") {  // a number that was written
        const QString written = fragment(error.text);
        const QString where = place(error);
        return where.isEmpty()
                   ? Words::tr("%1 is too large for float32, which ends at 3.4e38.").arg(written)
                   : Words::tr("%1 is too large for float32, which ends at 3.4e38 (%2).")
                         .arg(written, where);
    }
    if (error.given_real.size() == 2)
        return Words::tr("The cells reach %1 × %2: beyond what float32 holds.")
            .arg(real(error.given_real[0]).remove(u'+'), real(error.given_real[1]).remove(u'+'));
    if (error.given_real.size() == 1)
        return Words::tr("What is made of cells up to %1 is beyond what float32 holds.")
            .arg(real(error.given_real[0]).remove(u'+'));
    const QString what = subject(error, Words::tr("The tensor"));
    if (error.given.empty() && !error.text.empty())
        return Words::tr("%1 is %2, which is not a finite number in float32.")
            .arg(what, fragment(error.text));
    return Words::tr("%1 holds a number that is not finite in float32 (number %2).")
        .arg(what, count(given(error) + 1));
}

QString size_mismatch(const Error& error) {
    if (error.subject == "row")
        return Words::tr("Row %1 is %2 long, but the first row is %3 long.")
            .arg(number(given(error, 1)), count(given(error)), count(limit(error)));
    if (error.subject == "weights")
        return Words::tr("weights must hold %Ln object(s), one a layer, not %1.", nullptr,
                         static_cast<int>(limit(error)))
            .arg(count(given(error)));
    return Words::tr("%1 must hold %Ln number(s), not %2.", nullptr, static_cast<int>(limit(error)))
        .arg(subject(error, Words::tr("The data")), count(given(error)));
}

/// What of a lesson is left out of a file, as one of a list.
QString part_text(const Error& error) {
    QString part = fragment(error.subject);
    for (const Phrase& phrase : parts)
        if (error.subject == phrase.subject) part = Words::tr(phrase.words);
    if (error.layer < 0) return part;
    return Words::tr("%1 of layer %2").arg(part, number(error.layer + 1));
}

QString indivisible_channels(const Error& error) {
    const QString whole = error.subject == "input"
                              ? Words::tr("The input’s %1 channels").arg(number(given(error)))
                              : subject(error, Words::tr("channels")) % u' ' % number(given(error));
    return Words::tr("%1 cannot be split into %2 equal groups; use a multiple of %2.")
        .arg(whole, number(limit(error)));
}

QString not_a_chain(const Error& error) {
    if (error.text.empty())
        return Words::tr(
                   "%1 has %2 layers, but must have one: only models that are one chain of "
                   "layers are computed.")
            .arg(fragment(error.subject), number(given(error)));
    return Words::tr(
               "“%1” breaks the chain: only models are computed in which every layer takes "
               "what the one before it makes, and is used once.")
        .arg(fragment(error.text));
}

QString not_in_dialect(const Error& error) {
    if (error.text.empty())
        return Words::tr("%1 has no layer %2.")
            .arg(fragment(error.dialect), fragment(error.subject));
    return Words::tr("%1 cannot say this %2 of %3.")
        .arg(fragment(error.dialect), fragment(error.text), fragment(error.subject));
}

QString sentence(const Error& error) {
    switch (error.code) {
        case ErrorCode::not_positive:
            return not_positive(error);
        case ErrorCode::too_large:
            return too_large(error);
        case ErrorCode::over_budget:
            return Words::tr(
                       "%1 would hold %2 numbers, but at most %3 are allowed; use smaller sizes.")
                .arg(subject(error, Words::tr("The tensor")), count(given(error)),
                     count(limit(error)));
        case ErrorCode::too_much_work:
            return too_much_work(error);
        case ErrorCode::output_padding_too_large:
            return output_padding_too_large(error);
        case ErrorCode::strides_with_dilation:
            return strides_with_dilation(error);
        case ErrorCode::empty_output:
            return empty_output(error);
        case ErrorCode::rank_mismatch:
            return Words::tr("%1 has rank %2, but rank %3 is needed.")
                .arg(subject(error, Words::tr("The input")), number(given(error)),
                     alternatives(error.limit));
        case ErrorCode::shape_mismatch:
            return shape_mismatch(error);
        case ErrorCode::size_mismatch:
            return size_mismatch(error);
        case ErrorCode::indivisible_channels:
            return indivisible_channels(error);
        case ErrorCode::missing_weights:
            return Words::tr("The weights lack %1; give its numbers.")
                .arg(error.subject.empty() ? Words::tr("a tensor") : fragment(error.subject));
        case ErrorCode::not_finite:
            return not_finite(error);
        case ErrorCode::out_of_range:
            return out_of_range(error);
        case ErrorCode::unknown_name:
            return unknown_name(error);
        case ErrorCode::unknown_argument:
            return unknown_argument(error);
        case ErrorCode::unknown_size:
            return Words::tr("%1 has a size that is not known (None); give it as a number.")
                .arg(subject(error, Words::tr("The input")));
        case ErrorCode::given_twice:
            return Words::tr("%1 and %2 speak of the same thing; give one of them.")
                .arg(fragment(error.subject), fragment(error.text));
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
        case ErrorCode::not_a_chain:
            return not_a_chain(error);
        case ErrorCode::not_in_dialect:
            return not_in_dialect(error);
        case ErrorCode::assumed:
            return Words::tr("%1 has sizes that are not known (None); %2 is taken.")
                .arg(subject(error, Words::tr("The input")), shape(error.given));
        case ErrorCode::computed_as:
            return Words::tr("%1 is computed as in %2; other releases have other numbers.")
                .arg(fragment(error.subject), fragment(error.text));
        case ErrorCode::unfolded:
            return Words::tr("“%1” is a model inside the model; its layers stand in its place.")
                .arg(fragment(error.text));
        case ErrorCode::unknown_format:
            return Words::tr("The content seems to be %1; what can be opened: %2.")
                .arg(Words::tr(error.text.c_str()), QString::fromStdString(error.meant));
        case ErrorCode::left_out:
            return Words::tr("The file cannot hold this: %1.").arg(part_text(error));
        case ErrorCode::cannot_read:
            return Words::tr("%1 cannot be read: %2.")
                .arg(error.subject.empty() ? Words::tr("The file") : fragment(error.subject),
                     fragment(error.text));
        case ErrorCode::cannot_write:
            return Words::tr("%1 cannot be written: %2.")
                .arg(error.subject.empty() ? Words::tr("The file") : fragment(error.subject),
                     fragment(error.text));
        case ErrorCode::out_of_memory:
            return Words::tr("The system has too little memory for this; use smaller sizes.");
        case ErrorCode::cancelled:
            return Words::tr("Cancelled; nothing was written.");
    }
    return {};
}

}  // namespace

QString error_text(const Error& error) {
    // A part that is left out says itself of which layer it is.
    if (error.layer < 0 || error.code == ErrorCode::left_out) return sentence(error);
    return Words::tr("Layer %1: %2").arg(number(error.layer + 1), sentence(error));
}

QString warning_text(const Error& warning) {
    const QString sentence = error_text(warning);
    const bool kept = warning.code == ErrorCode::unknown_argument;
    return kept ? Words::tr("%1 It is kept, but changes nothing here.").arg(sentence) : sentence;
}

QString warnings_text(std::span<const Error> warnings) {
    constexpr qsizetype most = 3;
    QStringList sentences;
    int more_arguments = 0;
    int more = 0;
    qsizetype place_of_arguments = -1;
    for (const Error& warning : warnings) {
        const bool is_argument = warning.code == ErrorCode::unknown_argument;
        if (is_argument && place_of_arguments >= 0) {
            ++more_arguments;
            continue;
        }
        if (sentences.size() == most) {
            ++more;
            continue;
        }
        if (is_argument) place_of_arguments = sentences.size();
        sentences << warning_text(warning);
    }
    if (more_arguments > 0)
        sentences[place_of_arguments] =
            Words::tr("%1 So are %n more arguments.", nullptr, more_arguments)
                .arg(sentences[place_of_arguments]);
    if (more > 0) sentences << Words::tr("There are %n more such remarks.", nullptr, more);
    return sentences.join(u' ');
}

QString left_out_text(const QString& file, std::span<const Error> left_out,
                      const QString& format_of_all) {
    constexpr std::size_t most = 6;
    QStringList listed;
    for (const Error& one : left_out.first(std::min(most, left_out.size())))
        listed << part_text(one);
    if (left_out.size() > most)
        listed << Words::tr("%n more", nullptr, static_cast<int>(left_out.size() - most));
    return Words::tr("%1 is written, but cannot hold these: %2. %3 holds all.")
        .arg(file, listed.join(QStringLiteral(", ")), format_of_all);
}

}  // namespace ui::words
