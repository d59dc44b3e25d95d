// SPDX-License-Identifier: MIT
// What the readings of UpSampling2D share: input and output beside each other, their words.
#pragma once

#include "ui/diagram/scene.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

/// What a reading adds to the picture that all have; null: nothing.
struct UpsamplingParts {
    QString explanation;                                ///< in the panel's head
    std::function<void(CellLook&, engine::Cell)> mark;  ///< of the input's cells
    void (*draw_on_input)(Builder&, const Scene&, const GridFigure& input) = nullptr;
    void (*draw_between_steps)(Builder&, const Scene&, const GridFigure& input,
                               const GridFigure& output) = nullptr;
    /// Below the sum, from `top` of its area down; returns where it ends.
    double (*draw_below_sum)(Builder&, const Scene&, const QRectF& area, double top) = nullptr;
};
/// A panel that is too low for the sum grows, and the page with it.
void draw_upsampling(Builder& builder, const Scene& scene, const QRectF& area,
                     const UpsamplingParts& parts);

/// The output with what is there at the moment, its caption in `room`; `mark` adds to what filled
/// cells look like.
GridFigure draw_output(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room,
                       const std::function<void(CellLook&, engine::Cell)>& mark);

Heading upsampling_heading(const Scene& scene);

}  // namespace ui::diagram
