// SPDX-License-Identifier: MIT
#include "ui/paint/picture_format.h"

#include <algorithm>
#include <cmath>

#include <QFileInfo>

#include "ui/paint/pdf_writer.h"
#include "ui/paint/png_writer.h"
#include "ui/paint/svg_writer.h"
#include "ui/paint/tikz_writer.h"

namespace ui::paint {

namespace {

const PictureFormat formats[]{
    {.name = "PNG",
     .endings = {"png"},
     .options = {.scale = 2, .transparent = false, .width = Length{}, .dpi = 0},
     .of_pixels = true,
     .write = write_png},
    {.name = "SVG",
     .endings = {"svg"},
     // A unit is a pixel of CSS: so wide a page shows it.
     .options = {.scale = 1, .letters = Letters::outlines, .transparent = false, .width = Length{}},
     .of_pixels = false,
     .write = write_svg},
    {.name = "PDF",
     .endings = {"pdf"},
     .options = {.letters = Letters::real, .transparent = false, .width = Length{}},
     .of_pixels = false,
     .write = write_pdf},
    {.name = "TikZ",
     .endings = {"tex"},
     .options = {.scale = 1, .letters = Letters::real, .transparent = false, .width = Length{}},
     .of_pixels = false,
     .write = write_tikz},
};

struct LettersName {
    Letters letters;
    const char* name;
};
constexpr LettersName letters_table[]{{Letters::outlines, "outlines"}, {Letters::real, "real"}};

}  // namespace

QString name_of(Letters letters) {
    return QString::fromLatin1(
        std::ranges::find(letters_table, letters, &LettersName::letters)->name);
}

std::optional<Letters> letters_named(const QString& name) {
    for (const auto& [letters, known] : letters_table)
        if (name == QLatin1String(known)) return letters;
    return std::nullopt;
}

QStringList letters_names() {
    QStringList names;
    for (const LettersName& row : letters_table) names << QString::fromLatin1(row.name);
    return names;
}

QSize pixels_of(QSizeF units, double scale) {
    constexpr double rounding = 1e-6;  // of a scale that follows from a width
    const auto whole = [scale](double length) {
        return static_cast<int>(std::min(std::ceil(length * scale - rounding), 1e9));
    };
    return {whole(units.width()), whole(units.height())};
}

const char* name_of(PictureOption option) {
    switch (option) {
        case PictureOption::scale:
            return "scale";
        case PictureOption::letters:
            return "text";
        case PictureOption::transparent:
            return "transparent";
        case PictureOption::width:
            return "width";
        case PictureOption::dpi:
            return "dpi";
    }
    return "";
}

bool PictureOptions::has(PictureOption option) const {
    switch (option) {
        case PictureOption::scale:
            return scale.has_value();
        case PictureOption::letters:
            return letters.has_value();
        case PictureOption::transparent:
            return transparent.has_value();
        case PictureOption::width:
            return width.has_value();
        case PictureOption::dpi:
            return dpi.has_value();
    }
    return false;
}

PictureOptions PictureOptions::value_or(const PictureOptions& others) const {
    return {scale ? scale : others.scale,
            letters ? letters : others.letters,
            transparent ? transparent : others.transparent,
            width ? width : others.width,
            dpi ? dpi : others.dpi,
            licence};
}

std::span<const PictureFormat> picture_formats() { return formats; }

const PictureFormat* picture_format_of(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    for (const PictureFormat& format : formats)
        for (const char* known : format.endings)
            if (ending == QLatin1String(known)) return &format;
    return nullptr;
}

QString picture_format_names(std::optional<PictureOption> option) {
    QStringList names;
    for (const PictureFormat& format : formats)
        if (!option || format.options.has(*option)) names << QString::fromLatin1(format.name);
    return names.join(QStringLiteral(", "));
}

QString picture_endings() {
    QStringList endings;
    for (const PictureFormat& format : formats)
        for (const char* ending : format.endings)
            endings << QLatin1Char('.') + QLatin1String(ending);
    return endings.join(QStringLiteral(", "));
}

}  // namespace ui::paint
