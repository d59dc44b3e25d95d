// SPDX-License-Identifier: MIT
// Diagram → SVG: viewBox, title, description, a group per part, an id per cell.
#pragma once

#include "ui/paint/picture_format.h"

namespace ui::paint {

/// UTF-8. The scale is in the width and height attributes; the viewBox stays in diagram units.
std::optional<engine::Error> write_svg(std::span<const diagram::Diagram> frames,
                                       const diagram::Theme& theme, const PictureOptions& options,
                                       PictureSink& sink);

/// When the items of a picture are seen, by a style sheet of the file's own.
struct SvgTimes {
    static constexpr int always = -1;
    struct Rule {
        QString name;          ///< of a class in the style, which comes with the class "play"
        bool seen_without_it;  ///< where no style sheet plays
    };
    std::vector<Rule> rules;
    std::vector<int> rule_of;  ///< of each item: index into rules, or always
    QString style;
};
/// The picture whose items come and go; `options` holds a value for each that SVG has.
void write_svg_items(const diagram::Diagram& items, const diagram::Theme& theme,
                     const PictureOptions& options, const SvgTimes& times, PictureSink& sink);

}  // namespace ui::paint
