// SPDX-License-Identifier: MIT
#include "ui/widgets/export_format.h"

#include <QFileInfo>

namespace ui::widgets {

paint::PictureOptions ExportFormat::options() const {
    return still ? still->options : moving->options;
}

const std::vector<ExportFormat>& export_formats() {
    static const std::vector<ExportFormat> all = [] {
        std::vector<ExportFormat> formats;
        for (const paint::PictureFormat& row : paint::picture_formats())
            formats.push_back({.still = &row});
        for (const paint::MovingFormat& row : paint::moving_formats())
            formats.push_back({.moving = &row});
        return formats;
    }();
    return all;
}

std::optional<ExportFormat> export_format_of(const QString& path, const ExportFormat& chosen) {
    const ExportFormat still{.still = paint::picture_format_of(path)};
    const ExportFormat moving{.moving = paint::moving_format_of(path)};
    if (moving.moving != nullptr && (still.still == nullptr || moving == chosen)) return moving;
    if (still.still != nullptr) return still;
    return std::nullopt;
}

QString with_ending(const QString& path, const ExportFormat& format) {
    const auto known = export_format_of(path, format);
    if (known == format) return path;
    if (!known) return path + format.ending();
    return path.left(path.size() - QFileInfo(path).suffix().size() - 1) + format.ending();
}

}  // namespace ui::widgets
