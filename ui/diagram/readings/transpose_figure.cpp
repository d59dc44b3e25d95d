// SPDX-License-Identifier: MIT
// Conv2DTranspose on the stage: draws what transpose_layout has placed.
#include "ui/diagram/readings/transpose_layout.h"

namespace ui::diagram {

namespace {

void draw_head(Builder& builder, const Scene& scene, const QRectF& panel, const LaneHead& head) {
    draw_panel(builder, panel, head.name, head.explanation, scene.options.text_scale);
}

void draw_sign(Builder& builder, QPointF at, double size, const QString& sign) {
    builder.label(at, size, {words(sign, {Role::ink_soft, 1})}, Align::centre);
}

void draw_stamp_lane(Builder& builder, const Scene& scene, const TransposeLayout& layout,
                     const StampLane& lane) {
    builder.group(QStringLiteral("stamp_lane"), Stage::tr("Stamp"));
    draw_head(builder, scene, lane.panel, lane.head);
    draw_sign(builder, lane.times, lane.times_size, QStringLiteral("×"));
    draw_input(builder, scene, lane.input, layout.pitch, lane.input_caption);
    draw_kernel(builder, scene, lane.kernel, layout.kernel_pitch, lane.kernel_caption);
    draw_sign(builder, lane.equals, scene.text(17), QStringLiteral("="));
    const std::vector<GridFigure> stamps =
        draw_stamps(builder, scene, lane.stamps, layout.kernel_pitch);

    const Span gap{stamps.back().rect().right() + 8, lane.arrow_end};
    if (gap.width() > 12) {
        const double centre = (gap.left + gap.right) / 2;
        const double half = std::min(gap.width() / 2, 17.0);
        const double y = lane.stamps.left_middle.y();
        builder.line({centre - half, y}, {centre + half, y}, {Role::ink_faint, 1}, 1.4,
                     Stroke::solid, true);
    }
    const GridFigure output = draw_output(builder, scene, scene.shown, {Grid::full_output, 0},
                                          lane.output.at, layout.pitch, lane.output.caption);
    draw_flight(builder, scene, stamps, output);
    const FootLegend legend(scene, output, lane.output.sum);
    legend.draw(builder, draw_lane_sum(builder, scene, {legend.above(), false}));
}

void draw_slide_lane(Builder& builder, const Scene& scene, const TransposeLayout& layout,
                     const SlideLane& lane) {
    builder.group(QStringLiteral("slide_lane"), Stage::tr("Slide"));
    draw_head(builder, scene, lane.panel, lane.head);
    draw_bordered_input(builder, scene, lane.bordered_input, layout.bordered_pitch,
                        lane.input_caption);
    const GridFigure output =
        draw_output(builder, scene, scene.shown_below, {Grid::slide_output, 0}, lane.output.at,
                    layout.pitch, lane.output.caption);
    // The upper lane's legend holds for both.
    const FootLegend legend(scene, output, lane.output.sum);
    const double used = draw_lane_sum(builder, scene,
                                      {.area = layout.stamp ? lane.output.sum : legend.above(),
                                       .as_window = true,
                                       .counts_zeros = true});
    if (!layout.stamp) legend.draw(builder, used);
    draw_turning_kernel(builder, scene, lane.kernel, layout.kernel_pitch);
}

}  // namespace

void draw_transpose(Builder& builder, const Scene& scene, Lanes lanes, const QRectF& area) {
    const TransposeLayout layout = solve(scene, lanes, area);
    if (layout.stamp) draw_stamp_lane(builder, scene, layout, *layout.stamp);
    if (layout.slide) draw_slide_lane(builder, scene, layout, *layout.slide);
    if (lanes.both()) draw_threads(builder, scene, layout.threads_top);
    if (layout.coverage) draw_coverage(builder, scene, *layout.coverage, layout.coverage_area);
    QSizeF& size = builder.diagram().size;
    const double needed = size.height() + layout.bottom - area.bottom();
    if (layout.bottom > area.bottom())
        builder.diagram().least_scale = 1;  // it grew so that its numbers can be read
    size.setHeight(std::max(needed, std::min(size.height(), scene.options.size.height())));
}

}  // namespace ui::diagram
