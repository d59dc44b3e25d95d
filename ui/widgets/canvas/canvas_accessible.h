// SPDX-License-Identifier: MIT
// The canvas for screen readers: a named picture whose grids are tables.
#pragma once

#include <QAccessible>

#include "ui/diagram/diagram.h"

namespace ui::widgets {

class Canvas;

void install_canvas_accessibility();  ///< once; later calls do nothing

/// Before a canvas goes: nobody may ask a half-destroyed one.
void forget_canvas(Canvas* canvas);

/// Told by the canvas; cheap while nobody listens.
void announce_picture(Canvas* canvas, const diagram::Diagram& before);  ///< the title is spoken
void announce_cell(Canvas* canvas);  ///< the keyboard went to another cell

}  // namespace ui::widgets
