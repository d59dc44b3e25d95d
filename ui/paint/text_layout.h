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
    diagram::FontWeight weight = diagram::FontWeight::regular;
    double size = 12;  ///< pixel size after any shrinking
    QPointF baseline;  ///< left end of the baseline
    double width = 0;
};

/// Runs in reading order. Needs load_fonts().
std::vector<PlacedRun> lay_out(const diagram::Label& label);

/// The rectangle the laid out label fills, from ascenders to descenders.
QRectF measured(const diagram::Label& label);

/// Width of a text at a size, in diagram units.
double text_width(const QString& text, diagram::Face face, diagram::FontWeight weight, double size);

/// A glyph of a run: kerning, ligatures and substitute faces are decided.
struct Glyph {
    QString id;            ///< the same for the same shape, valid in XML: "wb57" (words, bold)
    QPainterPath outline;  ///< at glyph_size, the origin on the baseline
    QPointF place;         ///< from the run's start, at glyph_size
};
inline constexpr double glyph_size = 100;

/// The run's visible glyphs; to be scaled by run.size / glyph_size.
std::vector<Glyph> glyphs_of(const PlacedRun& run);

}  // namespace ui::paint
