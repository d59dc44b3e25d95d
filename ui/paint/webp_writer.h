// SPDX-License-Identifier: MIT
#pragma once

#include "ui/paint/changes.h"
#include "ui/paint/moving_format.h"

namespace ui::paint {

/// Every pixel as it is.
std::optional<engine::Error> write_webp(const Changes& changes, int loops,
                                        const MovingLabels& labels, PictureSink& sink);

}  // namespace ui::paint
