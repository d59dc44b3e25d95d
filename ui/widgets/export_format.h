// SPDX-License-Identifier: MIT
// What can be exported to: the rows of both tables, of pictures and of files that move.
#pragma once

#include <optional>
#include <vector>

#include "ui/paint/moving_format.h"
#include "ui/paint/picture_format.h"

namespace ui::widgets {

/// A row of one of them.
struct ExportFormat {
    const paint::PictureFormat* still = nullptr;
    const paint::MovingFormat* moving = nullptr;

    QString name() const { return QLatin1String(still ? still->name : moving->name); }
    const std::vector<const char*>& endings() const {
        return still ? still->endings : moving->endings;
    }
    QString ending() const { return still ? still->ending() : moving->ending(); }
    /// Which options it has, and what they are where nobody says otherwise.
    paint::PictureOptions options() const;
    bool is_folder() const { return moving != nullptr && moving->is_folder(); }
    bool operator==(const ExportFormat&) const = default;
};

/// Pictures first.
const std::vector<ExportFormat>& export_formats();
/// By the file name's ending (of a folder the slash), if it says one. Of two that have the same
/// ending it is `chosen`, or the picture.
std::optional<ExportFormat> export_format_of(const QString& path, const ExportFormat& chosen);
/// The path with an ending of the format; another format's is taken away.
QString with_ending(const QString& path, const ExportFormat& format);

}  // namespace ui::widgets
