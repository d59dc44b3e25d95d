// SPDX-License-Identifier: MIT
// Labels measured and broken into placed runs: the same for the screen, PNG and SVG.
#pragma once

#include <vector>

#include <QPainterPath>

#include "ui/diagram/diagram.h"

namespace ui::paint {

/// A stretch of text with its place, in diagram units.
struct PlacedRun {
    QString text;
    diagram::Ink ink;
    diagram::Face face = diagram::Face::words;
    diagram::Weight weight = diagram::Weight::regular;
    double size = 12;  ///< pixel size after any shrinking
    QPointF baseline;  ///< left end of the baseline
    double width = 0;
};

/// Runs in reading order. Needs load_fonts().
std::vector<PlacedRun> lay_out(const diagram::Label& label);

/// The run's glyphs as one shape, its baseline starting at the origin, in diagram units.
QPainterPath outline_of(const PlacedRun& run);

/// Width of a text at a size, in diagram units.
double text_width(const QString& text, diagram::Face face, diagram::Weight weight, double size);

}  // namespace ui::paint
