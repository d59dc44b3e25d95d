// SPDX-License-Identifier: MIT
// All drawing of diagrams by QPainter: screen, PNG and tests.
#pragma once

#include <span>

#include <QPainter>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

namespace ui::paint {

class ImageCache;

struct PaintOptions {
    diagram::Theme theme;
    QPointF offset;      ///< device-independent pixels: where the diagram's origin goes
    double scale = 1;    ///< diagram units to device-independent pixels
    bool paper = true;   ///< fill the diagram's rectangle first; false: transparent
    double opacity = 1;  ///< of the whole picture, laid on paper
    QRectF exposed;      ///< diagram coordinates; items outside are skipped. Null: everything
    /// Items by their index, ascending, that something else is painted for.
    std::span<const std::size_t> left_out = {};
    /// Given: a screen. Edges and numbers on whole pixels, text as the system draws it, small
    /// things kept as images. Null: a file. Everything where it is to the fraction, text as glyph
    /// outlines, the same shapes as in SVG.
    ImageCache* images = nullptr;
};

void paint(QPainter& painter, const diagram::Diagram& diagram, const PaintOptions& options);

}  // namespace ui::paint
