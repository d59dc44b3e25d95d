// SPDX-License-Identifier: MIT
// The table of picture files. Whoever offers, names or writes one reads it here; a format is a row
// and a file of its own.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QSizeF>
#include <QStringList>

#include "engine/values/result.h"
#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"
#include "ui/paint/metadata.h"
#include "ui/paint/print_size.h"

namespace ui::paint {

class PictureSink;

/// Room offered to a picture, in diagram units: width first, where an engine::Size2D has its rows
/// first.
struct PictureSize {
    int width = 1040;
    int height = 740;
    QSizeF units() const { return QSizeF(width, height); }
    bool operator==(const PictureSize&) const = default;
};

/// The largest picture written, in pixels.
inline constexpr qint64 max_picture_pixels = 100'000'000;
/// Columns and rows of pixels that a picture of so many diagram units has at so many pixels a unit:
/// one that is begun is a whole one.
QSize pixels_of(QSizeF units, double scale);

/// Letters as shapes, which look the same everywhere, or as text that can be edited and found.
enum class Letters { outlines, real };
QString name_of(Letters letters);
std::optional<Letters> letters_named(const QString& name);
QStringList letters_names();

/// What somebody may wish of a picture's file, and not every format can do.
enum class PictureOption { scale, letters, transparent, width, dpi };
inline constexpr PictureOption picture_options[]{PictureOption::scale, PictureOption::letters,
                                                 PictureOption::transparent, PictureOption::width,
                                                 PictureOption::dpi};
/// As the command line has it: "scale", "text", "transparent", "width", "dpi".
const char* name_of(PictureOption option);

/// Values of the options. In a format's row: which of them it has, and what they are where nobody
/// says otherwise.
struct PictureOptions {
    std::optional<double> scale{};  ///< pixels per diagram unit, smallest_scale to largest_scale
    std::optional<Letters> letters{};
    std::optional<bool> transparent{};  ///< no paper behind the picture
    std::optional<Length> width{};  ///< of the whole picture; none of it: what follows from scale
    std::optional<double> dpi{};  ///< pixels in an inch, instead of scale; 0: what follows from it
    QString licence = usual_licence;  ///< every format's; see metadata.h
    bool has(PictureOption option) const;
    /// These, and the others' where there is none.
    PictureOptions value_or(const PictureOptions& others) const;
};
inline constexpr double smallest_scale = 0.25;
inline constexpr double largest_scale = 8;

struct PictureFormat {
    const char* name;                  ///< "PNG", for people
    std::vector<const char*> endings;  ///< of its files, in small letters, the usual one first
    PictureOptions options;
    bool of_pixels;  ///< it takes memory for each, and there are at most max_picture_pixels
    /// Writes the frames, of which a format that does not move has one; `options` holds a value for
    /// each that the row has. An error, or nothing when the sink has it all.
    std::optional<engine::Error> (*write)(std::span<const diagram::Diagram> frames,
                                          const diagram::Theme& theme,
                                          const PictureOptions& options, PictureSink& sink);

    QString ending() const { return QLatin1Char('.') + QLatin1String(endings.front()); }
};

/// Every format, the usual one first.
std::span<const PictureFormat> picture_formats();

/// By the file name's ending; null if it says none.
const PictureFormat* picture_format_of(const QString& path);

/// The names of all formats, or of those that have an option: "PNG, SVG".
QString picture_format_names(std::optional<PictureOption> option = {});
/// Their endings: ".png, .svg".
QString picture_endings();

}  // namespace ui::paint
