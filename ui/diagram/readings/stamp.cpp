// SPDX-License-Identifier: MIT
// Conv2DTranspose as stamps: every input cell times the kernel, laid down and added up.
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/transpose.h"

namespace ui::diagram {

namespace {

Heading start(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    return {Stage::tr("%1: every input lays down one %2 stamp")
                .arg(growth_text(g), size_text(g.rows.kernel, g.columns.kernel)),
            Stage::tr("%n stamp(s), added up on a full output of %1. Press Space to play.", nullptr,
                      g.rows.in * g.columns.in)
                .arg(size_text(g.rows.full, g.columns.full))};
}

Heading of_sum(const Scene& scene, const CellSum& cell) {
    const QString statement = cell.statement(scene);
    if (cell.after.changed) return {statement, cell.after.story};
    const QString reach = Stage::tr("%n input(s) reach this cell.", nullptr, cell.inputs);
    return {statement, cell.visited && cell.held != cell.sum
                           ? reach + Stage::tr(" So far it holds %1.").arg(said_number(cell.held))
                           : reach};
}

QString lands() { return Stage::tr("%1 stamps %2, %3 of the full output"); }

Heading of_step(const Scene& scene) { return input_heading(scene, scene.active.cell, lands()); }

Heading heading(const Scene& scene) {
    return transpose_heading(scene, {start, of_step, of_sum, lands});
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    draw_transpose(builder, scene, {.stamp = true}, area);
}

}  // namespace

extern const ReadingDefinition stamp_reading;
constinit const ReadingDefinition stamp_reading{
    .id = "stamp",
    .applies_to = is_transpose,
    .steps = engine::Reading::stamp,
    .name = QT_TRANSLATE_NOOP("Stage", "Stamp"),
    .menu_name = QT_TRANSLATE_NOOP("Stage", "&Stamp"),
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Stamp"),
    .heading = heading,
    .draw = draw,
};

}  // namespace ui::diagram
