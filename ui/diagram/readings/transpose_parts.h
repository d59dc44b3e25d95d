// SPDX-License-Identifier: MIT
// The grids of the two lanes: what each shows at a moment. Placed by transpose_layout.
#pragma once

#include "ui/diagram/scene.h"

namespace ui::diagram {

/// The weights of one input channel as stored, perhaps times an input.
struct WeightNumbers {
    engine::Tensor kernel;
    int channel = 0;
    float factor = 1;
    Spoken at(int row, int column) const {
        return Spoken(static_cast<float>(static_cast<double>(factor) *
                                         static_cast<double>(kernel.at(row, column, 0, channel))));
    }
    bool operator==(const WeightNumbers&) const = default;
};

/// Its caption stands in `room`.
GridFigure draw_kernel(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room);

/// Where stamps stand: left middle of a block of columns × rows slots.
struct StampPlaces {
    QPointF left_middle;
    int columns = 1, rows = 1;
};
/// Stamps in two rows are drawn smaller by this much.
inline constexpr double two_rows_scale = 0.66;
/// The products of the inputs the picture is about, one small grid each.
std::vector<GridFigure> draw_stamps(Builder& builder, const Scene& scene, const StampPlaces& places,
                                    double pitch);

/// The full output with what is kept of it.
GridFigure draw_output(Builder& builder, const Scene& scene, const engine::Partial& partial,
                       GridRef ref, QPointF at, double pitch, Span room);

/// A stamp on its way to the output, between two steps.
void draw_flight(Builder& builder, const Scene& scene, const std::vector<GridFigure>& stamps,
                 const GridFigure& output);

/// The zero-inserted, bordered input with the window on it.
void draw_bordered_input(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room);

/// Where the kernel turns, and the reason is told below it.
struct TurningKernelPlace {
    QRectF column;
    double x = 0, middle = 0;
    bool with_upright = false;  ///< the kernel as it is stored stands above
};
/// The kernel upright, turning or turned, with the reason.
void draw_turning_kernel(Builder& builder, const Scene& scene, const TurningKernelPlace& place,
                         double pitch);
/// Height of a reason, in the lines it takes at this width.
double kernel_note_height(const Scene& scene, const QString& reason, double width);

/// What stands right of an output: a cell's sum, or the collisions of a stamp; returns the height
/// used.
double draw_lane_sum(Builder& builder, const Scene& scene, const SumStyle& style);

/// Dotted threads between the same products and the same output cell of both lanes; they spare all
/// words and numbers, and those between outputs begin no higher than `begin`.
void draw_threads(Builder& builder, const Scene& scene, double begin);

}  // namespace ui::diagram
