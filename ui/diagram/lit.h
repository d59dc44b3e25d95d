// SPDX-License-Identifier: MIT
// What is pointed at from beside the picture, over all grids that show it.
#pragma once

#include "ui/diagram/builder.h"
#include "ui/diagram/view.h"

namespace ui::diagram {

/// Bands over the rows and columns that are lit, in every grid of their kinds that stands in the
/// picture so far: framed where cells are put, dashed where they are cut.
void draw_lit(Builder& builder, const std::vector<Lit>& lit);

}  // namespace ui::diagram
