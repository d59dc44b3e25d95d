// SPDX-License-Identifier: MIT
#include "ui/paint/moving_format.h"

#include <QFileInfo>

#include "ui/paint/animated_svg.h"
#include "ui/paint/apng_writer.h"
#include "ui/paint/frames_writer.h"
#include "ui/paint/gif_writer.h"
#include "ui/paint/html_page.h"
#include "ui/paint/pixels.h"
#include "ui/paint/video_writer.h"
#include "ui/paint/webp_writer.h"

namespace ui::paint {

namespace {

const MovingFormat formats[]{
    {.name = "GIF",
     .endings = {"gif"},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = true,
     .write = write_changes<write_gif>},
    {.name = "WebP",
     .endings = {"webp"},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = true,
     .write = write_changes<write_webp>},
    {.name = "APNG",
     .endings = {"apng"},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = true,
     .write = write_changes<write_apng>},
    {.name = "Animated SVG",
     .endings = {"svg"},
     .options = {.scale = 1, .letters = Letters::outlines, .transparent = false},
     .of_pixels = false,
     .loops = true,
     .write = write_animated_svg},
    {.name = "HTML page",
     .endings = {"html", "htm"},
     .options = {.scale = 1},
     .of_pixels = false,
     .loops = true,
     .write = write_html},
    {.name = "MP4",
     .endings = {"mp4"},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = false,
     .program = "ffmpeg",
     .write = write_mp4},
    {.name = "WebM",
     .endings = {"webm"},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = false,
     .program = "ffmpeg",
     .write = write_webm},
    {.name = "PNG frames",
     .endings = {},
     .options = {.scale = 1},
     .of_pixels = true,
     .loops = false,
     .files = {frame_name(1), durations_name},
     .write = write_frames},
};

QString names_of(const std::function<bool(const MovingFormat&)>& wanted) {
    QStringList names;
    for (const MovingFormat& format : formats)
        if (wanted(format)) names << QString::fromLatin1(format.name);
    return names.join(QStringLiteral(", "));
}

}  // namespace

std::span<const MovingFormat> moving_formats() { return formats; }

const MovingFormat* moving_format_of(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    const bool is_folder = path.endsWith(QLatin1Char('/'));
    for (const MovingFormat& format : formats) {
        if (is_folder && format.is_folder()) return &format;
        for (const char* known : format.endings)
            if (ending == QLatin1String(known)) return &format;
    }
    return nullptr;
}

QString moving_format_names() {
    return names_of([](const MovingFormat&) { return true; });
}

QString moving_format_names(PictureOption option) {
    return names_of([option](const MovingFormat& format) { return format.options.has(option); });
}

QString looping_format_names() {
    return names_of([](const MovingFormat& format) { return format.loops; });
}

QString moving_endings() {
    QStringList endings;
    for (const MovingFormat& format : formats) {
        if (format.is_folder()) endings << QStringLiteral("FOLDER/");
        for (const char* ending : format.endings)
            endings << QLatin1Char('.') + QLatin1String(ending);
    }
    return endings.join(QStringLiteral(", "));
}

}  // namespace ui::paint
