// SPDX-License-Identifier: MIT
// What the readings of layers with filters say alike: an output cell's sum, then bias and
// activation.
#pragma once

#include "ui/diagram/scene.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

/// What bias and activation have made of a sum so far.
struct Finished {
    bool changed = false;
    QString story;  ///< "Sum 140, bias 1, then relu."
};
/// An output cell, and what is known of it at the moment.
struct CellSum {
    engine::Cell cell;
    float sum = 0;   ///< of its products
    int inputs = 0;  ///< that reach it
    float held = 0;
    bool visited = false;
    bool under_way = false;  ///< the step that makes it is not done: its number is not told yet
    Finished after;
    /// "out[2, 1] = 140", or what it will be; "out[2, 1]" while that is under way.
    QString statement(const Scene& scene) const;
};

Heading cell_heading(const Scene& scene, engine::Cell output,
                     Heading (*of_sum)(const Scene&, const CellSum&));
/// While bias or activation are under way or just done; none in other phases.
std::optional<Heading> heading_after_sums(const Scene& scene);

}  // namespace ui::diagram
