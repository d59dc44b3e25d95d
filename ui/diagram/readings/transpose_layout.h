// SPDX-License-Identifier: MIT
// Where everything of a Conv2DTranspose's picture stands: solved once for a room, then drawn as it
// is.
#pragma once

#include <optional>

#include "ui/diagram/readings/transpose.h"
#include "ui/diagram/readings/transpose_parts.h"

namespace ui::diagram {

/// A lane's output: from the right edge, so that it stands at the same place in both.
struct OutputPlace {
    QPointF at;
    Span caption;  ///< room for it
    QRectF sum;    ///< what stands beside or below: a cell's sum, or the collisions of a stamp
};

struct StampLane {
    QRectF panel;
    LaneHead head;
    QPointF times;  ///< the sign, and its size
    double times_size = 0;
    QPointF input, kernel;
    Span input_caption, kernel_caption;
    QPointF equals;
    StampPlaces stamps;
    double arrow_end = 0;  ///< of the arrow from the stamps to the output
    OutputPlace output;
};

struct SlideLane {
    QRectF panel;
    LaneHead head;
    QPointF bordered_input;
    Span input_caption;
    OutputPlace output;
    TurningKernelPlace kernel;
};

struct TransposeLayout {
    double pitch = 0;           ///< of the feature maps
    double kernel_pitch = 0;    ///< of kernel and stamps: where that is smaller they stay legible
    double bordered_pitch = 0;  ///< of the input with its zeros
    std::optional<StampLane> stamp;
    std::optional<SlideLane> slide;
    double threads_top = 0;  ///< those between the outputs begin no higher
    std::optional<CoverageStrip> coverage;
    QRectF coverage_area;
    double bottom = 0;  ///< lower than the room's if it does not hold all
};

TransposeLayout solve(const Scene& scene, Lanes lanes, const QRectF& room);

}  // namespace ui::diagram
