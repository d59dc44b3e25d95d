// SPDX-License-Identifier: MIT
// What the readings of Conv2DTranspose share: their words, and the picture of one lane or two.
#pragma once

#include "ui/diagram/readings/filters.h"

namespace ui::diagram {

bool is_transpose(const engine::LayerSpec& layer);

/// What a reading says in its own way; the rest is said alike in all.
struct TransposeWords {
    Heading (*at_start)(const Scene&);
    Heading (*of_step)(const Scene&);  ///< while its own phases are under way
    Heading (*of_sum)(const Scene&, const CellSum&);
    QString (*lands)();  ///< "%1 stamps %2, %3 of the full output": an input, its rows and columns
};
Heading transpose_heading(const Scene& scene, const TransposeWords& words);

/// Where an input's products land.
Heading input_heading(const Scene& scene, engine::Cell cell, const QString& lands);

/// Name and explanation at the top of a lane's panel.
struct LaneHead {
    QString name;
    QString explanation;
};
LaneHead head_of_stamp_lane(const Scene& scene);
LaneHead head_of_slide_lane(const Scene& scene);

/// Why the kernel turns, in the numbers of the output cell looked at.
QString turn_reason(const Scene& scene);
/// The same in those of the layer.
QString turn_reason(const engine::Geometry& geometry);

/// Which lanes are shown; of two the stamping one stands above.
struct Lanes {
    bool stamp = false;
    bool slide = false;
    bool both() const { return stamp && slide; }
};
void draw_transpose(Builder& builder, const Scene& scene, Lanes lanes, const QRectF& area);

}  // namespace ui::diagram
