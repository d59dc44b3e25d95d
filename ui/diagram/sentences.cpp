// SPDX-License-Identifier: MIT
// The headings of the stage: sentences with the present numbers, never more than is computed.
#include "engine/interpolation.h"
#include "ui/diagram/scene.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Reading;

namespace {

QString size_text(int rows, int columns) { return Stage::tr("%1 × %2").arg(rows).arg(columns); }

QString span_text(int first, int last) {
    return first == last ? QString::number(first) : QStringLiteral("%1–%2").arg(first).arg(last);
}

QString activation_text(const Scene& scene) {
    const std::string_view name = engine::name_of(engine::activation_of(scene.spec));
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// Cells of the full output that no input reaches, and cells appended beyond it.
int unreached_cells(const engine::Geometry& g) {
    const auto reached = [](const engine::Axis& axis) {
        int cells = 0;
        for (int cell = 0; cell < axis.natural; ++cell)
            cells += engine::inputs_reaching(axis, cell) > 0 ? 1 : 0;
        return cells;
    };
    return g.rows.canvas() * g.columns.canvas() - reached(g.rows) * reached(g.columns);
}

Heading start_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const QString from = size_text(g.rows.in, g.columns.in);
    const QString to = size_text(g.rows.out, g.columns.out);
    switch (scene.view.reading) {
        case Reading::stamp:
            return {Stage::tr("%1 grows to %2: every input lays down one %3 stamp")
                        .arg(from, to, size_text(g.rows.kernel, g.columns.kernel)),
                    Stage::tr("%n stamp(s), added up on a full output of %1. Press Space to play.",
                              nullptr, g.rows.in * g.columns.in)
                        .arg(size_text(g.rows.natural, g.columns.natural))};
        case Reading::slide:
            return {Stage::tr("%1 grows to %2: a window slides over the input with zeros in it")
                        .arg(from, to),
                    Stage::tr("Insert zeros, add a border, turn the kernel, then move the window "
                              "by 1. Press Space to play.")};
        case Reading::why_equal:
            return {Stage::tr("Two readings of one layer: %1 grows to %2 in both").arg(from, to),
                    Stage::tr("Above, every input lays down a stamp. Below, a window collects from "
                              "the input with zeros. Press Space to compare them.")};
    }
    return {};
}

Heading stamp_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const Cell cell = scene.active.cell;
    const int top = cell.row * g.rows.stride;
    const int left = cell.column * g.columns.stride;
    const QString name = Stage::tr("in[%1, %2]").arg(cell.row).arg(cell.column);
    const QString value = number_text(scene.input_value(cell));
    return {
        scene.channels() > 1 ? Stage::tr("%1 stamps rows %2, columns %3; all %4 channels are added")
                                   .arg(name, span_text(top, top + g.rows.extent - 1),
                                        span_text(left, left + g.columns.extent - 1))
                                   .arg(scene.channels())
                             : Stage::tr("%1 = %2 stamps rows %3, columns %4 of the output")
                                   .arg(name, value, span_text(top, top + g.rows.extent - 1),
                                        span_text(left, left + g.columns.extent - 1)),
        Stage::tr(
            "%1 × the kernel gives %n product(s), laid where %2 × strides says: row %3, column %4.",
            nullptr, g.rows.kernel * g.columns.kernel)
            .arg(value, name)
            .arg(top)
            .arg(left)};
}

Heading cell_heading(const Scene& scene, Cell output) {
    const std::vector<engine::Tap> taps = scene.trace.taps_into(output);
    const auto inputs = static_cast<int>(scene.contributors(output).size());
    const QString name = Stage::tr("out[%1, %2]").arg(output.row).arg(output.column);
    const QString value = number_text(engine::sum(taps));
    const bool both = scene.view.reading == Reading::why_equal;
    if (both) {
        const bool agree = engine::sum(taps) == scene.window_sum(output);
        const QString title = agree
                                  ? Stage::tr("%1 = %2: two readings, one number").arg(name, value)
                                  : Stage::tr("%1: %2 above, %3 below")
                                        .arg(name, value, number_text(scene.window_sum(output)));
        if (inputs == 0)
            return {
                title,
                Stage::tr(
                    "No input reaches this cell: no stamp covers it, the window sees only zeros.")};
        return {title, Stage::tr("%n input(s) reach this cell. Above, the stamps meet in it. "
                                 "Below, one window collects them.",
                                 nullptr, inputs)};
    }
    if (scene.view.reading == Reading::slide &&
        std::holds_alternative<engine::Conv2DTranspose>(scene.spec)) {
        const engine::Geometry& g = scene.geometry();
        const int zeros = g.rows.kernel * g.columns.kernel - inputs;
        return {
            Stage::tr("%1 = %2: the window covers %n input(s)", nullptr, inputs).arg(name, value),
            Stage::tr("The other %n weight(s) meet zeros. The window always moves by 1; the "
                      "strides are in the zeros.",
                      nullptr, zeros)};
    }
    return {Stage::tr("%1 = %2").arg(name, value),
            Stage::tr("%n input(s) reach this cell.", nullptr, inputs)};
}

Heading crop_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const auto& layer = std::get<engine::Conv2DTranspose>(scene.spec);
    const QString padding =
        std::holds_alternative<engine::Same>(layer.padding)    ? QStringLiteral("same")
        : std::holds_alternative<engine::Valid>(layer.padding) ? QStringLiteral("valid")
                                                               : QStringLiteral("padding");
    const auto axis = [](const engine::Axis& a) {
        return a.crop_after < 0
                   ? Stage::tr("%1 cut before, %2 added after")
                         .arg(a.crop_before)
                         .arg(-a.crop_after)
                   : Stage::tr("%1 cut before, %2 after").arg(a.crop_before).arg(a.crop_after);
    };
    const bool alike =
        g.rows.crop_before == g.columns.crop_before && g.rows.crop_after == g.columns.crop_after;
    const QString cut =
        alike ? Stage::tr("Rows and columns: %1.").arg(axis(g.rows))
              : Stage::tr("Rows: %1. Columns: %2.").arg(axis(g.rows), axis(g.columns));
    const QString kept = size_text(g.rows.out, g.columns.out);
    const QString full = size_text(g.rows.natural, g.columns.natural);
    const bool adds = g.rows.crop_after < 0 || g.columns.crop_after < 0;
    return {adds ? Stage::tr("%1 makes %2 of the full %3: added cells hold no sum")
                       .arg(padding, kept, full)
                 : Stage::tr("%1 keeps %2 of the full %3").arg(padding, kept, full),
            cut};
}

}  // namespace

Heading transpose_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (scene.spot.chosen && scene.spot.output) return cell_heading(scene, *scene.spot.output);
    if (scene.active.segment < 0) return start_heading(scene);
    const int zeros_down = g.rows.stride - 1;
    const int zeros_right = g.columns.stride - 1;
    switch (scene.active.phase) {
        case Phase::insert_zeros:
            if (zeros_down == 0 && zeros_right == 0) {
                return {Stage::tr("strides 1 inserts no zeros: %1 stays %1")
                            .arg(size_text(g.rows.in, g.columns.in)),
                        Stage::tr("Zeros come between the cells only when strides is 2 or more.")};
            }
            return {Stage::tr("strides %1 puts %2 between neighbours: %3 becomes %4")
                        .arg(g.rows.stride == g.columns.stride
                                 ? QString::number(g.rows.stride)
                                 : size_text(g.rows.stride, g.columns.stride),
                             zeros_down == zeros_right
                                 ? Stage::tr("%n zero(s)", nullptr, zeros_down)
                                 : Stage::tr("%1 and %2 zeros").arg(zeros_down).arg(zeros_right),
                             size_text(g.rows.in, g.columns.in),
                             size_text(g.rows.stretched(), g.columns.stretched())),
                    Stage::tr("Only between the cells: none after the last. The zeros are fixed, "
                              "nothing is learnt there.")};
        case Phase::pad_border:
            return {Stage::tr("A border of %1 zeros on each side: %2")
                        .arg(g.rows.border() == g.columns.border()
                                 ? QString::number(g.rows.border())
                                 : size_text(g.rows.border(), g.columns.border()),
                             size_text(g.rows.bordered(), g.columns.bordered())),
                    Stage::tr("One less than the kernel reaches, so that every weight meets every "
                              "input once.")};
        case Phase::turn_kernel:
            return {Stage::tr("The kernel turns by 180°"),
                    Stage::tr("Seen from an output cell, the upper input uses the kernel's bottom "
                              "row and the lower input its top row.")};
        case Phase::accumulate:
            return scene.view.reading == Reading::stamp ? stamp_heading(scene)
                                                        : cell_heading(scene, scene.active.cell);
        case Phase::one_input: {
            const Cell lone = scene.trace.lone_input();
            return {scene.lanes_agree()
                        ? Stage::tr("One input alone: the turned kernel paints the kernel upright")
                        : Stage::tr("Not turned, the window paints the kernel upside down"),
                    Stage::tr("Only in[%1, %2] = %3 is not zero. Above its stamp, below what the "
                              "window leaves behind.")
                        .arg(lone.row)
                        .arg(lone.column)
                        .arg(number_text(scene.input_value(lone)))};
        }
        case Phase::add_inputs:
            return {scene.lanes_agree() ? Stage::tr("%n input(s) in: both outputs have grown alike",
                                                    nullptr, scene.active.index + 1)
                                        : Stage::tr("%n input(s) in: the outputs differ", nullptr,
                                                    scene.active.index + 1),
                    Stage::tr("in[%1, %2] = %3 was added last.")
                        .arg(scene.active.cell.row)
                        .arg(scene.active.cell.column)
                        .arg(number_text(scene.input_value(scene.active.cell)))};
        case Phase::one_output:
            return cell_heading(scene, scene.active.cell);
        case Phase::add_bias: {
            const int alone = unreached_cells(g);
            return {
                Stage::tr("bias %1 is added to every cell").arg(number_text(scene.trace.bias())),
                alone > 0 ? Stage::tr("%n cell(s) no input reaches now hold the bias only.",
                                      nullptr, alone)
                          : Stage::tr("The same number for the whole filter.")};
        }
        case Phase::activate:
            return {Stage::tr("%1 is applied to every cell").arg(activation_text(scene)),
                    Stage::tr("After the sum and the bias, cell by cell.")};
        case Phase::crop:
            return crop_heading(scene);
    }
    return {};
}

Heading upsampling_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const auto& layer = std::get<engine::UpSampling2D>(scene.spec);
    const QString from = size_text(g.rows.in, g.columns.in);
    const QString to = size_text(g.rows.out, g.columns.out);
    const bool nearest = layer.interpolation == engine::Interpolation::nearest;
    if (scene.spot.output) {
        const Cell out = *scene.spot.output;
        const QString name = Stage::tr("out[%1, %2]").arg(out.row).arg(out.column);
        const std::vector<engine::Tap> taps = scene.trace.taps_into(out);
        const QString value = number_text(engine::sum(taps));
        if (nearest && !taps.empty()) {
            return {Stage::tr("%1 = in[%2, %3] = %4")
                        .arg(name)
                        .arg(taps.front().input.row)
                        .arg(taps.front().input.column)
                        .arg(value),
                    Stage::tr("A copy: no weights, no sum.")};
        }
        return {
            Stage::tr("%1 = %2, from %n input cell(s)", nullptr, static_cast<int>(taps.size()))
                .arg(name, value),
            Stage::tr(
                "Its centre lies at row %1, column %2 of the input; the nearer cells weigh more.")
                .arg(number_text(
                         static_cast<float>(engine::source_position(layer.size.height, out.row))),
                     number_text(static_cast<float>(
                         engine::source_position(layer.size.width, out.column))))};
    }
    if (scene.spot.input && scene.active.segment >= 0) {
        const Cell cell = *scene.spot.input;
        return {Stage::tr("in[%1, %2] = %3 is copied %n time(s)", nullptr,
                          layer.size.height * layer.size.width)
                    .arg(cell.row)
                    .arg(cell.column)
                    .arg(number_text(scene.input_value(cell))),
                Stage::tr("%1 rows × %2 columns, each the same number.")
                    .arg(layer.size.height)
                    .arg(layer.size.width)};
    }
    return {Stage::tr("%1 grows to %2: rows × %3, columns × %4")
                .arg(from, to)
                .arg(layer.size.height)
                .arg(layer.size.width),
            nearest ? Stage::tr(
                          "size is (rows, columns). Every value is repeated. Press Space to play.")
                    : Stage::tr("size is (rows, columns). Every output samples the input between "
                                "its cells. Press Space to play.")};
}

}  // namespace ui::diagram
