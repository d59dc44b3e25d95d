// SPDX-License-Identifier: MIT
#include "ui/diagram/readings/window_ground.h"

#include <algorithm>

namespace ui::diagram {

using engine::Cell;
using engine::Material;
using engine::Phase;

namespace {

void draw_zeros(Builder& builder, const Scene& scene, const GridFigure& frame,
                const WindowGround& ground) {
    GridFigure zeros = frame;
    const QString inserted_name = inserted_text();
    const QString border_name = border_text();
    zeros.look = [&](int row, int column) {
        const engine::SlideCell cell = ground.material(row, column);
        CellLook look;
        if (cell.material == Material::value) {
            look.spoken = scene.is_in(cell.input) ? Spoken(scene.input_value(cell.input))
                                                  : Spoken(not_in_text());
            return look;
        }
        const bool between = cell.material == Material::inserted_zero;
        const double strength = between ? ground.inserted : ground.bordered;
        look.line = {Role::zero_line, strength};
        look.stroke = between ? Stroke::solid : Stroke::dotted;
        look.hatched = between && strength > 0.5;
        if (between) look.fill = {Role::zero_fill, strength};
        if (strength > 0.6) look.text = QStringLiteral("0");
        look.ink = {Role::zero_text, 1};
        const QString& name = between ? inserted_name : border_name;
        look.spoken = strength > 0.6 ? Spoken(0.0F, name) : Spoken(name);
        look.laid = ground.laid(row, column);
        return look;
    };
    draw_grid(builder, zeros);
}

void draw_inputs(Builder& builder, const Scene& scene, const GridFigure& frame,
                 const WindowGround& ground) {
    const engine::Geometry& g = scene.geometry();
    const double pitch = frame.pitch_x;
    GridFigure input = frame;
    input.ref = {Grid::input, 0};
    input.name = input_name(scene);
    input.rows = g.rows.in;
    input.columns = g.columns.in;
    input.origin = frame.origin + QPointF(ground.first_column * pitch, ground.first_row * pitch);
    input.pitch_x = pitch * ground.spread_x;
    input.pitch_y = pitch * ground.spread_y;
    input.editable = scene.is_editable_input();
    const QString not_in = not_in_text();
    input.greatest = Shade(scene.trace.input().values()).greatest();
    input.look = [&](int row, int column) {
        const Cell cell{row, column};
        const bool on = std::ranges::find(scene.sources, cell) != scene.sources.end();
        const bool muted = !scene.is_in(cell);
        CellLook look;
        input.say(look, muted ? 0 : scene.input_value(cell));
        if (muted) look.spoken = not_in;
        look.ink = muted ? Ink{Role::zero_text, 1} : Ink{Role::input_text, 1};
        look.weight = FontWeight::bold;
        look.fill = {Role::input_fill, muted ? 0.35 : 1};
        look.line = {Role::input_line, on ? 1 : muted ? 0.35 : 0.8};
        look.line_width = on ? 2.4 : 1;
        if (on && !muted) look.tag = scene.tag(cell);
        const Cell place = ground.place(cell);
        look.laid = ground.laid(place.row, place.column);
        return look;
    };
    draw_grid(builder, input);
}

}  // namespace

QString not_in_text() { return Stage::tr("counts as 0 here"); }
QString inserted_text() { return Stage::tr("zero, inserted"); }
QString border_text() { return Stage::tr("zero, border"); }

QPointF window_place(const Scene& scene, Cell cell) {
    const QPointF to(cell.column, cell.row);
    const bool moves = scene.is_under_way() && !scene.spot.is_chosen() &&
                       scene.now.segment == scene.active.segment && scene.now.segment >= 0 &&
                       scene.active.phase == Phase::accumulate;
    if (!moves) return to;
    if (scene.now.cell.row != cell.row) return to;  // at the end of a row it starts anew
    const QPointF from(scene.now.cell.column, scene.now.cell.row);
    return from + (to - from) * scene.progress;
}

void draw_ground(Builder& builder, const Scene& scene, const WindowGround& ground, QPointF at,
                 double pitch, Span room) {
    const engine::Geometry& g = scene.geometry();
    GridFigure frame = grid_at(ground.ref, ground.name, ground.rows, ground.columns, at, pitch);
    if (frame.is_image()) {
        const Shade shade(scene.trace.input().values());
        frame.shade = [&](int row, int column) {
            const engine::SlideCell cell = ground.material(row, column);
            if (cell.material != Material::value) return 0.0;
            return 0.2 + (scene.is_in(cell.input) ? 0.8 * shade(scene.input_value(cell.input)) : 0);
        };
        frame.source = ground.source;
        draw_grid(builder, frame);
    } else {
        draw_zeros(builder, scene, frame, ground);
        draw_inputs(builder, scene, frame, ground);
    }
    if (ground.window) {
        const QRectF rect(at + *ground.window * pitch,
                          QSizeF((g.columns.extent - 1) * pitch + frame.cell,
                                 (g.rows.extent - 1) * pitch + frame.cell));
        builder.add(Box{rect.adjusted(-2, -2, 2, 2),
                        {Role::weight_fill, 0.28},
                        {Role::weight_line, 1},
                        2.6,
                        4,
                        Stroke::solid,
                        false});
    }
    draw_caption(builder, frame, ground.caption, scene.text(11), room);
}

}  // namespace ui::diagram
