// SPDX-License-Identifier: MIT
// A lesson → one HTML file that plays it, needs no network, and computes its numbers again when
// some are edited in the page.
#pragma once

#include <optional>
#include <span>

#include "engine/values/result.h"
#include "ui/paint/animation.h"
#include "ui/paint/export_job.h"

namespace ui::paint {

class PictureSink;

/// What a page plays.
struct HtmlPlay {
    const ExportJob& picture;
    std::span<const Frame> frames;
    double speed = 1;         ///< at which the frames were made; the reader can change it
    bool loops = false;       ///< begins again
    double scale = 1;         ///< CSS pixels per unit, at most: a narrow page shows it smaller
    int start = 0;            ///< steps done when it is opened
};

/// The whole page in UTF-8. Steps that have no frame of their own can be stepped to all the same.
std::optional<engine::Error> write_html(const HtmlPlay& play, PictureSink& sink);

/// JSON that can stand inside a script element, whatever is in its strings.
QByteArray json_for_html(const QByteArray& json);

}  // namespace ui::paint
