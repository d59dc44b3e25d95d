// SPDX-License-Identifier: MIT
// An SVG that plays by itself, by CSS alone: no script, nothing from elsewhere, so also where a
// page shows it by <img>. W3C, "CSS Animations Level 1".
#pragma once

#include "ui/paint/moving_format.h"

namespace ui::paint {

/// The finished picture is what it holds; the rest is hidden until an animation shows it. Whoever
/// does not animate, or was asked for less motion, shows the finished picture.
std::optional<engine::Error> write_animated_svg(const Play& play, PictureSink& sink);

}  // namespace ui::paint
