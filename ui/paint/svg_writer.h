// SPDX-License-Identifier: MIT
// Diagram → SVG: viewBox, title, description, a group per part, an id per cell.
#pragma once

#include <QByteArray>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

namespace ui::paint {

struct SvgOptions {
    diagram::Theme theme;
    bool text_as_outlines = true;  ///< looks the same everywhere; false: real, editable text
    bool paper = true;
    double scale = 1;  ///< width and height attributes; the viewBox stays in diagram units
};

/// The whole file, UTF-8.
QByteArray write_svg(const diagram::Diagram& diagram, const SvgOptions& options);

}  // namespace ui::paint
