// SPDX-License-Identifier: MIT
// The embedded faces. Called first by everyone who paints or measures.
#pragma once

#include <QFont>

#include "ui/diagram/diagram.h"

namespace ui::paint {

/// Registers Inter and DejaVu Sans Mono from the program's resources; once, cheap afterwards.
/// False if a face is missing (a broken build).
bool load_fonts();

/// The font of a text run at a pixel size: no hinting, no subpixel antialiasing, so that every
/// device agrees.
QFont font_of(diagram::Face face, diagram::FontWeight weight, double pixel_size);

}  // namespace ui::paint
