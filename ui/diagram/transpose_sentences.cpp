// SPDX-License-Identifier: MIT
// Headings of Conv2DTranspose: sentences with the present numbers, never more than is computed.
#include <algorithm>

#include "ui/diagram/number_text.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Reading;

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

QString activation_text(const Scene& scene) {
    const std::string_view name = engine::name_of(engine::activation_of(scene.spec));
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

Heading start_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    switch (scene.view.reading) {
        case Reading::stamp:
            return {Stage::tr("%1: every input lays down one %2 stamp")
                        .arg(growth_text(g), size_text(g.rows.kernel, g.columns.kernel)),
                    Stage::tr("%n stamp(s), added up on a full output of %1. Press Space to play.",
                              nullptr, g.rows.in * g.columns.in)
                        .arg(size_text(g.rows.natural, g.columns.natural))};
        case Reading::slide:
            return {Stage::tr("%1: a window slides over the input with zeros around it")
                        .arg(growth_text(g)),
                    Stage::tr("Insert zeros, add a border, turn the kernel, then move the window "
                              "by 1. Press Space to play.")};
        case Reading::why_equal:
            return {Stage::tr("%1: two readings of one layer").arg(growth_text(g)),
                    Stage::tr("Above, every input lays down a stamp. Below, a window collects from "
                              "the input with zeros. Press Space to compare them.")};
    }
    return {};
}

/// Where an input's products land.
Heading input_heading(const Scene& scene, Cell cell) {
    const engine::Geometry& g = scene.geometry();
    const bool several = scene.channels() > 1;
    const QString value = number_text(scene.input_value(cell));
    const QString name = several ? Scene::name_of_input(cell)
                                 : Stage::tr("%1 = %2").arg(Scene::name_of_input(cell), value);
    const QString rows = (g.rows.kernel > 1 ? Stage::tr("rows %1") : Stage::tr("row %1"))
                             .arg(reach_text(g.rows, cell.row));
    const QString columns =
        (g.columns.kernel > 1 ? Stage::tr("columns %1") : Stage::tr("column %1"))
            .arg(reach_text(g.columns, cell.column));
    const QString title = scene.view.reading == Reading::stamp
                              ? Stage::tr("%1 stamps %2, %3 of the full output")
                              : Stage::tr("%1 reaches %2, %3 of the full output");
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
    return {title.arg(name, rows, columns),
            several ? Stage::tr("In %1, %2").arg(scene.channel_name(scene.channel()), products) +
                          Stage::tr(" All channels are added up.")
                    : products + place};
}

Heading weight_heading(const Scene& scene, Cell tap) {
    const engine::Geometry& g = scene.geometry();
    return {Stage::tr("kernel[%1, %2] = %3 meets every input once")
                .arg(tap.row)
                .arg(tap.column)
                .arg(number_text(scene.kernel_value(tap))),
            Stage::tr("%n product(s), one for each input, in the lit cells of the output.", nullptr,
                      g.rows.in * g.columns.in)};
}

/// What bias and activation have made of the sum so far.
struct Finished {
    bool changed = false;
    QString story;  ///< "Sum 140, bias 1, then relu."
};
Finished finished(const Scene& scene, float sum) {
    QStringList parts{Stage::tr("Sum %1").arg(number_text(sum))};
    if (scene.amount(Phase::add_bias, 0) >= 1)
        parts << Stage::tr("bias %1").arg(number_text(scene.trace.bias()));
    if (scene.amount(Phase::activate, 0) >= 1)
        parts << Stage::tr("then %1").arg(activation_text(scene));
    return {parts.size() > 1, Stage::tr("%1.").arg(parts.join(Stage::tr(", ")))};
}

Heading both_heading(const Scene& scene, Cell output, int inputs, float above, float below) {
    const QString name = scene.name_of(output);
    const bool equal = above == below;
    const Finished after = finished(scene, above);
    const float shown = after.changed ? scene.shown.values.at(output.row, output.column, 0) : above;
    const QString title =
        equal
            ? Stage::tr("%1 = %2: two readings, one number").arg(name, number_text(shown))
            : Stage::tr("%1: %2 above, %3 below").arg(name, number_text(above), number_text(below));
    if (inputs == 0) {
        return {title, Stage::tr("No input reaches this cell: no stamp covers it, the window "
                                 "meets only zeros.")};
    }
    if (after.changed && equal) return {title, after.story};
    return {title, Stage::tr("%n input(s) reach this cell. Above, the stamps meet in it. "
                             "Below, one window collects them.",
                             nullptr, inputs)};
}

Heading window_heading(const Scene& scene, const QString& statement, int inputs) {
    const engine::Geometry& g = scene.geometry();
    const int weights = g.rows.kernel * g.columns.kernel;
    if (inputs == 0) {
        return {Stage::tr("%1: the window meets no input").arg(statement),
                Stage::tr("%n weight(s), each on a zero.", nullptr, weights)};
    }
    const QString others = inputs == weights ? Stage::tr("Every weight meets an input.")
                                             : Stage::tr("The other %n weight(s) meet zeros.",
                                                         nullptr, weights - inputs);
    const QString always =
        std::max(g.rows.stride, g.columns.stride) > 1
            ? Stage::tr(" The window always moves by 1; the strides are in the zeros.")
            : QString();
    return {Stage::tr("%1: the window meets %n input(s)", nullptr, inputs).arg(statement),
            others + always};
}

Heading cell_heading(const Scene& scene, Cell output) {
    const engine::Geometry& g = scene.geometry();
    const float sum = engine::sum(scene.trace.taps_into(output));
    const auto inputs = static_cast<int>(scene.contributors(output).size());
    const bool slides = scene.view.reading == Reading::slide;
    const engine::Partial& partial = slides ? scene.shown_below : scene.shown;
    const float held = partial.values.at(output.row, output.column, 0);
    const bool visited = partial.visited_at(output.row, output.column);
    if (output.row >= g.rows.natural || output.column >= g.columns.natural) {
        return {Stage::tr("%1 lies beyond the last stamp").arg(scene.name_of(output)),
                visited ? Stage::tr("It is added to reach the size asked for: no input reaches "
                                    "it, it holds %1.")
                              .arg(number_text(held))
                        : Stage::tr("It is added in the end to reach the size asked for: no input "
                                    "reaches it.")};
    }
    if (scene.view.reading == Reading::why_equal)
        return both_heading(scene, output, inputs, sum, scene.window_sum(output));

    const Finished after = finished(scene, sum);
    const float value = after.changed ? held : sum;
    const bool complete = visited && (after.changed || held == sum);
    const QString statement = (complete ? Stage::tr("%1 = %2") : Stage::tr("%1 will be %2"))
                                  .arg(scene.name_of(output), number_text(value));
    if (after.changed) return {statement, after.story};
    if (slides) return window_heading(scene, statement, inputs);
    const QString reach = Stage::tr("%n input(s) reach this cell.", nullptr, inputs);
    return {statement, visited && !complete
                           ? reach + Stage::tr(" So far it holds %1.").arg(number_text(held))
                           : reach};
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
    return {adds ? Stage::tr("%1 makes %2 of the full %3").arg(padding, kept, full)
                 : Stage::tr("%1 keeps %2 of the full %3").arg(padding, kept, full),
            adds ? cut + Stage::tr(" No input reaches the added cells.") : cut};
}

Heading zeros_heading(const engine::Geometry& g) {
    const QString from = size_text(g.rows.in, g.columns.in);
    const QString strides = by_axis(g.rows.stride, g.columns.stride);
    if (g.rows.stretched() == g.rows.in && g.columns.stretched() == g.columns.in) {
        if (std::max(g.rows.stride, g.columns.stride) == 1) {
            return {Stage::tr("strides 1 inserts no zeros: %1 stays %1").arg(from),
                    Stage::tr("Zeros come between the cells only when strides is 2 or more.")};
        }
        return {Stage::tr("strides %1 inserts no zeros here: %2 stays %2").arg(strides, from),
                Stage::tr("Zeros come between neighbours, and there are none to part.")};
    }
    const int down = g.rows.stride - 1;
    const int right = g.columns.stride - 1;
    const QString zeros = down == right
                              ? Stage::tr("%n zero(s)", nullptr, down)
                              : Stage::tr("%1 (down) and %2 (across) zeros").arg(down).arg(right);
    return {Stage::tr("strides %1 puts %2 between neighbours: %3 becomes %4")
                .arg(strides, zeros, from, size_text(g.rows.stretched(), g.columns.stretched())),
            Stage::tr("Only between the cells: none after the last. The zeros are fixed, "
                      "nothing is learnt there.")};
}

Heading border_heading(const engine::Geometry& g) {
    const int down = g.rows.border();
    const int right = g.columns.border();
    const QString size = size_text(g.rows.bordered(), g.columns.bordered());
    if (down == 0 && right == 0) {
        return {Stage::tr("No border: %1 stays %1").arg(size),
                Stage::tr("A 1 × 1 window reaches one cell only.")};
    }
    return {down == right
                ? Stage::tr("A border of %n zero(s) on each side: %1", nullptr, down).arg(size)
                : Stage::tr("A border of zeros, %1 above and below, %2 left and right: %3")
                      .arg(down)
                      .arg(right)
                      .arg(size),
            Stage::tr("One less than the kernel reaches, so that every weight meets every "
                      "input once.")};
}

Heading one_input_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const Cell lone = scene.trace.lone_input();
    const QString subtitle =
        Stage::tr(
            "Only %1 is kept, the other inputs count as 0. Above its stamp, below what the "
            "window leaves behind.")
            .arg(Scene::name_of_input(lone));
    if (!scene.lanes_agree) {
        const QString painted =
            scene.view.turn_kernel
                ? Stage::tr("One input alone: the turned kernel has painted %1 of %2 cells")
                : Stage::tr("One input alone: the kernel, not turned, has painted %1 of %2 cells");
        return {painted.arg(scene.active.index + 1).arg(g.rows.kernel * g.columns.kernel),
                subtitle};
    }
    const bool equal = *scene.lanes_agree;
    const QString title =
        !equal && scene.view.turn_kernel ? Stage::tr("One input alone")
        : scene.view.turn_kernel
            ? g.rows.kernel * g.columns.kernel > 1
                  ? Stage::tr("One input alone: the turned kernel paints the kernel upright")
                  : Stage::tr("One input alone: a 1 × 1 kernel paints one cell")
        : equal             ? Stage::tr("One input alone: not turned, and still the same here")
        : g.rows.kernel > 1 ? Stage::tr("Not turned, the window paints the kernel upside down")
                            : Stage::tr("Not turned, the window paints the kernel back to front");
    return {title, subtitle};
}

Heading add_inputs_heading(const Scene& scene) {
    const int count = scene.active.index + 1;
    const Cell last = scene.active.cell;
    return {
        !scene.lanes_agree ? Stage::tr("%n input(s) in", nullptr, count)
        : *scene.lanes_agree
            ? Stage::tr("%n input(s) in: both outputs have grown alike", nullptr, count)
            : Stage::tr("%n input(s) in: the outputs differ", nullptr, count),
        scene.channels() > 1
            ? Stage::tr("%1 was added last, with all its channels.").arg(Scene::name_of_input(last))
            : Stage::tr("%1 = %2 was added last.")
                  .arg(Scene::name_of_input(last), number_text(scene.input_value(last)))};
}

Heading activation_heading(const Scene& scene) {
    const bool across = engine::activation_of(scene.spec) == engine::ActivationKind::softmax;
    return {Stage::tr("%1 is applied to every cell").arg(activation_text(scene)),
            across ? Stage::tr("It makes the %n filter(s) of a cell add up to 1.", nullptr,
                               scene.layer.geometry.output.channels())
            : scene.has(Phase::add_bias) ? Stage::tr("After the sum and the bias, cell by cell.")
                                         : Stage::tr("After the sum, cell by cell.")};
}

}  // namespace

Heading transpose_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (scene.spot.chosen) {
        if (scene.spot.output) return cell_heading(scene, *scene.spot.output);
        if (scene.spot.input) return input_heading(scene, *scene.spot.input);
        if (scene.spot.tap) return weight_heading(scene, *scene.spot.tap);
    }
    if (scene.active.segment < 0) return start_heading(scene);
    switch (scene.active.phase) {
        case Phase::insert_zeros:
            return zeros_heading(g);
        case Phase::pad_border:
            return border_heading(g);
        case Phase::turn_kernel:
            return {Stage::tr("The kernel turns by 180°"), turn_reason(g)};
        case Phase::accumulate:
            return scene.view.reading == Reading::stamp ? input_heading(scene, scene.active.cell)
                                                        : cell_heading(scene, scene.active.cell);
        case Phase::one_input:
            return one_input_heading(scene);
        case Phase::add_inputs:
            return add_inputs_heading(scene);
        case Phase::one_output:
            return cell_heading(scene, scene.active.cell);
        case Phase::add_bias: {
            const auto alone = static_cast<int>(engine::unreached_cells(g));
            return {
                Stage::tr("bias %1 is added to every cell").arg(number_text(scene.trace.bias())),
                alone > 0 ? Stage::tr("%n cell(s) no input reaches now hold the bias only.",
                                      nullptr, alone)
                          : Stage::tr("One number for the whole filter.")};
        }
        case Phase::activate:
            return activation_heading(scene);
        case Phase::crop:
            return crop_heading(scene);
    }
    return {};
}

}  // namespace ui::diagram
