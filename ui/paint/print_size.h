// SPDX-License-Identifier: MIT
// How large a picture is meant to be seen: lengths on a screen and on paper, and what follows from
// them for a file.
#pragma once

#include <optional>
#include <span>

#include <QSizeF>
#include <QString>
#include <QStringList>

#include "engine/values/result.h"

namespace ui::paint {

struct PictureFormat;
struct PictureOptions;

/// A row of the table of units.
struct LengthUnit {
    const char* name;  ///< as SVG and CSS have it: "mm"
    double per_inch;
    bool of_paper;  ///< else of screens
};
std::span<const LengthUnit> length_units();

/// A length that is more than nothing: "85mm".
struct Length {
    double value = 0;
    const LengthUnit* unit = length_units().data();
    double inches() const { return value / unit->per_inch; }
    QString text() const;
    bool operator==(const Length&) const = default;
};
/// Nothing if it is none; whatever the locale, with a point.
std::optional<Length> length_named(const QString& text);
/// "px, pt, mm, cm, in"
QString length_unit_names();

/// Pixels of CSS, and points of PostScript and PDF, in an inch.
inline constexpr double css_pixels_per_inch = 96;
inline constexpr double points_per_inch = 72;

// Of a picture's width, in inches: one letter, and what the largest page of a PDF measures.
inline constexpr double least_inches = 0.05;
inline constexpr double most_inches = 200;
// Pixels in an inch that a file of pixels may have, and has on paper if nobody says otherwise.
inline constexpr double least_dpi = 24;
inline constexpr double most_dpi = 2400;
inline constexpr double paper_dpi = 300;

/// The options where they say how large a picture of so many units is to be: its scale, in a file
/// of pixels with the dots per inch that make it as large as it is meant. What they lack the format
/// adds. Too large a picture is an error with its number.
engine::Result<PictureOptions> sized(const PictureFormat& format, const PictureOptions& options,
                                     QSizeF units);

/// Why the options say two things about the size, if they do.
std::optional<engine::Error> refuse_sizes(const PictureOptions& options);

}  // namespace ui::paint
