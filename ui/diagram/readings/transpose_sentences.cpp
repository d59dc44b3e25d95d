// SPDX-License-Identifier: MIT
// Headings of Conv2DTranspose: sentences with the present numbers, never more than is computed.
#include <algorithm>

#include "engine/layers/activation.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/transpose.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

/// The rows or columns one input's stamp touches: "4", "4–6" or, dilated, "4, 6, 8".
QString reach_text(const engine::Axis& axis, int input_cell) {
    const int first = engine::landing(axis, input_cell, 0);
    const int last = engine::landing(axis, input_cell, axis.kernel - 1);
    if (first == last) return QString::number(first);
    if (axis.dilation == 1) return QStringLiteral("%1–%2").arg(first).arg(last);
    QStringList cells;
    for (int tap = 0; tap < axis.kernel; ++tap)
        cells << QString::number(engine::landing(axis, input_cell, tap));
    if (cells.size() > 4) cells = {cells.first(), cells.at(1), QStringLiteral("…"), cells.last()};
    return cells.join(Stage::tr(", "));
}

Heading weight_heading(const Scene& scene, Cell tap) {
    const engine::Geometry& g = scene.geometry();
    return {Stage::tr("kernel[%1, %2] %3 meets every input once")
                .arg(tap.row)
                .arg(tap.column)
                .arg(equals_number(scene.kernel_value(tap))),
            Stage::tr("%n product(s), one for each input, in the lit cells of the output.", nullptr,
                      g.rows.in * g.columns.in)};
}

Heading crop_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const auto& layer = std::get<engine::Conv2DTranspose>(scene.spec);
    const auto* cut_by = std::get_if<engine::Explicit>(&layer.padding);
    const QString padding =
        std::holds_alternative<engine::Same>(layer.padding) ? QStringLiteral("same")
        : cut_by
            ? Stage::tr("padding %1").arg(by_axis(cut_by->padding.height, cut_by->padding.width))
            : QStringLiteral("valid");
    const auto axis = [](const engine::Axis& a) {
        if (a.crop_after >= 0)
            return Stage::tr("%1 cut before, %2 after").arg(a.crop_before).arg(a.crop_after);
        return a.crop_before == 0 ? Stage::tr("none cut, %1 appended").arg(-a.crop_after)
                                  : Stage::tr("%1 cut before, %2 appended after")
                                        .arg(a.crop_before)
                                        .arg(-a.crop_after);
    };
    const bool alike =
        g.rows.crop_before == g.columns.crop_before && g.rows.crop_after == g.columns.crop_after;
    const QString cut =
        alike ? Stage::tr("Rows and columns: %1.").arg(axis(g.rows))
              : Stage::tr("Rows: %1. Columns: %2.").arg(axis(g.rows), axis(g.columns));
    const QString kept = size_text(g.rows.out, g.columns.out);
    const QString full = size_text(g.rows.full, g.columns.full);
    const bool adds = g.rows.crop_after < 0 || g.columns.crop_after < 0;
    return {adds ? Stage::tr("%1 makes %2 of the full %3").arg(padding, kept, full)
                 : Stage::tr("%1 keeps %2 of the full %3").arg(padding, kept, full),
            adds ? cut + Stage::tr(" No input reaches the appended cells.") : cut};
}

}  // namespace

bool is_transpose(const engine::LayerSpec& layer) {
    return std::holds_alternative<engine::Conv2DTranspose>(layer);
}

Heading input_heading(const Scene& scene, Cell cell, const QString& lands) {
    const engine::Geometry& g = scene.geometry();
    const bool several = scene.channels() > 1;
    const QString value = said_number(scene.input_value(cell));
    const QString name = several ? Scene::name_of_input(cell)
                                 : Stage::tr("%1 %2").arg(Scene::name_of_input(cell),
                                                          equals_number(scene.input_value(cell)));
    const QString rows = (g.rows.kernel > 1 ? Stage::tr("rows %1") : Stage::tr("row %1"))
                             .arg(reach_text(g.rows, cell.row));
    const QString columns =
        (g.columns.kernel > 1 ? Stage::tr("columns %1") : Stage::tr("column %1"))
            .arg(reach_text(g.columns, cell.column));
    const QString products =
        Stage::tr("%1 × the kernel gives %n product(s).", nullptr, g.rows.kernel * g.columns.kernel)
            .arg(value);
    const QString place = Stage::tr(
                              " Position (%1, %2) × strides (%3, %4) puts the first at row "
                              "%5, column %6.")
                              .arg(cell.row)
                              .arg(cell.column)
                              .arg(g.rows.stride)
                              .arg(g.columns.stride)
                              .arg(engine::landing(g.rows, cell.row, 0))
                              .arg(engine::landing(g.columns, cell.column, 0));
    return {lands.arg(name, rows, columns),
            several ? Stage::tr("In %1, %2").arg(scene.channel_name(scene.channel()), products) +
                          Stage::tr(" All channels are added up.")
                    : products + place};
}

Heading transpose_heading(const Scene& scene, const TransposeWords& words) {
    // A pin has its own line: the title is the step's.
    if (scene.spot.by == Spot::By::pointer) {
        if (scene.spot.output) return cell_heading(scene, *scene.spot.output, words.of_sum);
        if (scene.spot.input) return input_heading(scene, *scene.spot.input, words.lands());
        if (scene.spot.tap) return weight_heading(scene, *scene.spot.tap);
    }
    if (scene.active.segment < 0) return words.at_start(scene);
    if (scene.active.phase == Phase::crop) return crop_heading(scene);
    if (auto after = heading_after_sums(scene)) return *after;
    return words.of_step(scene);
}

LaneHead head_of_stamp_lane(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    return {
        Stage::tr("Stamp"),
        g.rows.stride == g.columns.stride
            ? Stage::tr("each input × kernel, laid down every %n cell(s), added up", nullptr,
                        g.rows.stride)
            : Stage::tr("each input × kernel, laid down every %1 cells (rows × columns), added up")
                  .arg(by_axis(g.rows.stride, g.columns.stride))};
}

LaneHead head_of_slide_lane(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const QStringList parts{
        g.rows.stride == 1 && g.columns.stride == 1 ? Stage::tr("strides 1: no zeros between")
                                                    : Stage::tr("zeros inserted between"),
        g.rows.border() == 0 && g.columns.border() == 0 ? Stage::tr("no border")
        : g.rows.border() == g.columns.border()
            ? Stage::tr("border of %1").arg(g.rows.border())
            : Stage::tr("border of %1 and %2").arg(g.rows.border()).arg(g.columns.border()),
        scene.kernel_turned ? Stage::tr("kernel turned by 180°") : Stage::tr("kernel not turned"),
        Stage::tr("window moves by 1")};
    return {Stage::tr("Slide"), parts.join(QStringLiteral(", "))};
}

}  // namespace ui::diagram
