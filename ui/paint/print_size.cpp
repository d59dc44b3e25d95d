// SPDX-License-Identifier: MIT
#include "ui/paint/print_size.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ui/paint/picture_format.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

constexpr LengthUnit units_table[]{
    {"px", css_pixels_per_inch, false},
    {"pt", points_per_inch, true},
    {"mm", 25.4, true},
    {"cm", 2.54, true},
    {"in", 1, true},
};

}  // namespace

std::span<const LengthUnit> length_units() { return units_table; }

QString Length::text() const { return QString::number(value, 'g', 6) + QLatin1String(unit->name); }

std::optional<Length> length_named(const QString& text) {
    const QByteArray written = text.toUtf8().trimmed();
    for (const LengthUnit& unit : units_table) {
        if (!written.endsWith(unit.name)) continue;
        const QByteArray number = written.chopped(qstrlen(unit.name)).trimmed();
        Length length{0, &unit};
        const char* end = number.constData() + number.size();
        const auto [stopped, error] =
            std::from_chars(number.constData(), end, length.value, std::chars_format::fixed);
        if (stopped != end || error != std::errc{} || !(length.value > 0) ||
            !std::isfinite(length.value))
            return std::nullopt;
        return length;
    }
    return std::nullopt;
}

QString length_unit_names() {
    QStringList names;
    for (const LengthUnit& unit : units_table) names << QString::fromLatin1(unit.name);
    return names.join(QStringLiteral(", "));
}

std::optional<Error> refuse_sizes(const PictureOptions& options) {
    if (!options.scale) return std::nullopt;
    for (const auto& [given, name] : {std::pair{options.width.has_value(), PictureOption::width},
                                      {options.dpi.has_value(), PictureOption::dpi}})
        if (given)
            return Error{.code = ErrorCode::given_twice,
                         .subject = name_of(name),
                         .text = name_of(PictureOption::scale)};
    return std::nullopt;
}

engine::Result<PictureOptions> sized(const PictureFormat& format, const PictureOptions& given,
                                     QSizeF units) {
    PictureOptions options = given.value_or(format.options);
    const bool has_width = options.width && options.width->value > 0;
    if (has_width) {
        const double inches = options.width->inches();
        if (inches < least_inches || inches > most_inches)
            return Error{.code = ErrorCode::out_of_range,
                         .subject = "width in inches",
                         .given_real = {std::round(inches * 1000) / 1000},
                         .limit_real = {least_inches, most_inches}};
        if (format.of_pixels && !given.dpi)
            options.dpi = options.width->unit->of_paper ? paper_dpi : css_pixels_per_inch;
        const double per_inch = format.of_pixels ? *options.dpi : css_pixels_per_inch;
        options.scale = inches * per_inch / units.width();
    } else if (format.of_pixels) {
        if (given.dpi)
            options.scale = *given.dpi / css_pixels_per_inch;
        else
            options.dpi = *options.scale * css_pixels_per_inch;
    }
    if (format.of_pixels) {
        const QSize pixels = pixels_of(units, *options.scale);
        const std::int64_t count = std::int64_t{pixels.width()} * pixels.height();
        if (count > max_picture_pixels)
            return Error{.code = ErrorCode::too_large,
                         .subject = "pixels",
                         .given = {count},
                         .limit = {max_picture_pixels}};
    }
    return options;
}

}  // namespace ui::paint
