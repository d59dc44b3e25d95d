// SPDX-License-Identifier: MIT
#pragma once

#include "ui/paint/changes.h"
#include "ui/paint/moving_format.h"

namespace ui::paint {

/// A PNG whose further frames programs that do not know them pass over.
std::optional<engine::Error> write_apng(const Changes& changes, int loops,
                                        const MovingLabels& labels, PictureSink& sink);

}  // namespace ui::paint
