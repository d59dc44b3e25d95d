// SPDX-License-Identifier: MIT
// Conv2DTranspose as a window that slides over the input with zeros between and around its cells.
#include <algorithm>

#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/transpose.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

/// Zeros come between cells that strides part, and around them where the kernel reaches further.
Heading start(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const QString growth = growth_text(g);
    const bool between = g.rows.stretched() != g.rows.in || g.columns.stretched() != g.columns.in;
    const bool around = g.rows.border() > 0 || g.columns.border() > 0;
    if (between && around)
        return {
            Stage::tr("%1: a window slides over the input with zeros in and around it").arg(growth),
            Stage::tr("Insert zeros, add a border, turn the kernel, then move the window "
                      "by 1. Press Space to play.")};
    if (between)
        return {Stage::tr("%1: a window slides over the input with zeros in it").arg(growth),
                Stage::tr("Insert zeros, turn the kernel, then move the window by 1. Press Space "
                          "to play.")};
    if (around)
        return {Stage::tr("%1: a window slides over the input with zeros around it").arg(growth),
                Stage::tr("Add a border, turn the kernel, then move the window by 1. Press Space "
                          "to play.")};
    return {Stage::tr("%1: a window slides over the input").arg(growth),
            Stage::tr("Turn the kernel, then move the window by 1. Press Space to play.")};
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

Heading of_sum(const Scene& scene, const CellSum& cell) {
    const QString statement = cell.statement(scene);
    if (cell.after.changed) return {statement, cell.after.story};
    const int inputs = cell.inputs;
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

QString lands() { return Stage::tr("%1 reaches %2, %3 of the full output"); }

Heading of_step(const Scene& scene) {
    switch (scene.active.phase) {
        case Phase::insert_zeros:
            return zeros_heading(scene.geometry());
        case Phase::pad_border:
            return border_heading(scene.geometry());
        case Phase::turn_kernel:
            return {scene.is_under_way() ? Stage::tr("The kernel turns by 180°")
                                         : Stage::tr("The kernel is turned by 180°"),
                    turn_reason(scene.geometry())};
        default:
            return cell_heading(scene, scene.active.cell, of_sum);
    }
}

Heading heading(const Scene& scene) {
    return transpose_heading(scene, {start, of_step, of_sum, lands});
}

std::optional<Spot> spot_of(const CellRef& ref, const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    Spot spot;
    switch (ref.grid.grid) {
        case Grid::bordered_input: {
            const engine::SlideCell cell = engine::slide_cell(g, ref.row, ref.column);
            if (cell.material == engine::Material::value) spot.input = cell.input;
            return spot;
        }
        case Grid::turned_kernel:
            if (inside({ref.row, ref.column}, g.rows.kernel, g.columns.kernel))
                spot.tap =
                    Cell{engine::turned(g.rows, ref.row), engine::turned(g.columns, ref.column)};
            return spot;
        case Grid::slide_output:
            if (inside({ref.row, ref.column}, g.rows.canvas(), g.columns.canvas()))
                spot.output = Cell{ref.row, ref.column};
            return spot;
        default:
            return std::nullopt;
    }
}

std::optional<Cell> cell_of(GridRef ref, const Spot& spot, const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (ref.grid == Grid::bordered_input && spot.input)
        return Cell{engine::bordered_cell(g.rows, spot.input->row),
                    engine::bordered_cell(g.columns, spot.input->column)};
    if (ref.grid == Grid::turned_kernel && spot.tap)
        return Cell{engine::turned(g.rows, spot.tap->row),
                    engine::turned(g.columns, spot.tap->column)};
    if (ref.grid == Grid::slide_output) return spot.output;
    return std::nullopt;
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    draw_transpose(builder, scene, {.slide = true}, area);
}

}  // namespace

extern const ReadingDefinition slide_reading;
constinit const ReadingDefinition slide_reading{
    .id = "slide",
    .applies_to = is_transpose,
    .steps = engine::Reading::slide,
    .name = QT_TRANSLATE_NOOP("Stage", "Slide"),
    .menu_name = QT_TRANSLATE_NOOP("Stage", "S&lide"),
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Slide"),
    .heading = heading,
    .spot_of = spot_of,
    .cell_of = cell_of,
    .draw = draw,
};

}  // namespace ui::diagram
