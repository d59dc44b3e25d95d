// SPDX-License-Identifier: MIT
// The table of files that move. A format is a row and a file of its own; it need not be of pixels.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <QStringList>

#include "engine/values/result.h"
#include "ui/paint/animation.h"
#include "ui/paint/export_job.h"

namespace ui::paint {

class PictureSink;

/// What is said of a moving picture beside what it shows.
struct MovingLabels {
    QString title = {};
    QString description = {};
    QString licence = {};  ///< see metadata.h
};

/// All that a format may need of what is played. Formats of pixels have a shortcut (pixels.h).
struct Play {
    const ExportJob& picture;       ///< lesson, run, view, region, theme; its moment is a frame's
    std::span<const Frame> frames;  ///< never none
    int loops = 0;                  ///< how often it plays; 0: without an end
    double speed = 1;               ///< that the frames' times have already
    double frames_per_second = 25;  ///< of what moves
    PictureOptions options;         ///< a value for each that the format's row has
    MovingLabels labels;            ///< of the last frame: what all leads to
    QSizeF size;                    ///< of the picture of every frame, in diagram units
    /// The picture of one, of that size, its region cut out.
    std::function<diagram::Diagram(const Frame&)> diagram;
};

struct MovingFormat {
    const char* name;                  ///< "GIF", for people
    std::vector<const char*> endings;  ///< of its file, in small letters, the usual one first
    PictureOptions options;            ///< which it has, and what they are where nobody says so
    bool of_pixels;  ///< there are at most max_moving_pixels, in all frames together
    bool loops;      ///< the file says how often it plays
    /// Names of files that it writes into a folder, whose path ends in a slash, in any case; none:
    /// it is a file.
    QStringList files = {};
    const char* program = nullptr;  ///< that makes it and must be in PATH, if it is not ours
    /// An error, or nothing when the sink has it all.
    std::optional<engine::Error> (*write)(const Play& play, PictureSink& sink);

    bool is_folder() const { return !files.isEmpty(); }
    QString ending() const {
        return is_folder() ? QStringLiteral("/")
                           : QLatin1Char('.') + QLatin1String(endings.front());
    }
};

/// Every format, the usual one first.
std::span<const MovingFormat> moving_formats();
/// By the file name's ending; null if it says none.
const MovingFormat* moving_format_of(const QString& path);
QString moving_format_names();  ///< "GIF, WebP"
/// Of those that have an option, or say how often they play.
QString moving_format_names(PictureOption option);
QString looping_format_names();
/// Their endings: ".gif, .webp, FOLDER/".
QString moving_endings();

}  // namespace ui::paint
