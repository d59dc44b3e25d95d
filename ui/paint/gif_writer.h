// SPDX-License-Identifier: MIT
#pragma once

#include "ui/paint/changes.h"
#include "ui/paint/moving_format.h"

namespace ui::paint {

/// One palette for all frames, of at most 255 colours: those that there are, or where there are
/// more, those that median cut finds. Times are hundredths of a second.
std::optional<engine::Error> write_gif(const Changes& changes, int loops,
                                       const MovingLabels& labels, PictureSink& sink);

}  // namespace ui::paint
