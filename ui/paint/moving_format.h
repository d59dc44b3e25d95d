// SPDX-License-Identifier: MIT
// The table of files that move. A format is a row and a file of its own.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QStringList>

#include "engine/values/result.h"
#include "ui/paint/changes.h"

namespace ui::paint {

class PictureSink;

/// What is said of a moving picture beside its pixels.
struct MovingLabels {
    QString title = {};
    QString description = {};
    QString licence = {};  ///< see metadata.h
};

struct MovingFormat {
    const char* name;                  ///< "GIF", for people
    std::vector<const char*> endings;  ///< of its files, in small letters, the usual one first
    /// Writes the changes, played `loops` times (0: without an end). An error, or nothing when the
    /// sink has it all.
    std::optional<engine::Error> (*write)(const Changes& changes, int loops,
                                          const MovingLabels& labels, PictureSink& sink);

    QString ending() const { return QLatin1Char('.') + QLatin1String(endings.front()); }
};

/// Every format, the usual one first.
std::span<const MovingFormat> moving_formats();
/// By the file name's ending; null if it says none.
const MovingFormat* moving_format_of(const QString& path);
QString moving_format_names();  ///< "GIF, WebP"
/// Their endings: ".gif, .webp".
QString moving_endings();

}  // namespace ui::paint
