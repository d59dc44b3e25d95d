// SPDX-License-Identifier: MIT
// UpSampling2D on the stage: the input, the output, and the sum of the output cell looked at.
#include <algorithm>
#include <cmath>

#include "ui/diagram/readings/upsampling.h"

namespace ui::diagram {

using engine::Cell;

GridFigure draw_output(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room,
                       const std::function<void(CellLook&, Cell)>& mark) {
    builder.group(QStringLiteral("output"), Stage::tr("Output"));
    const engine::Geometry& g = scene.geometry();
    GridFigure figure =
        grid_at({Grid::full_output, 0}, Stage::tr("output"), g.rows.out, g.columns.out, at, pitch);
    figure.tint = Role::output_strong;
    figure.text_columns = scene.output_characters(pitch);
    const Shade shade(scene.shown.values.values());
    figure.greatest = figure.is_image() ? shade.greatest() : scene.greatest_output();
    const QString empty = Stage::tr("empty");
    if (figure.is_image()) figure.source = CellSource(OutputNumbers{scene.shown, empty});
    figure.shade = [&](int row, int column) {
        return scene.shown.visited_at(row, column) ? shade(scene.shown.values.at(row, column, 0))
                                                   : 0.0;
    };
    figure.lit = scene.spot.output ? cells_around({*scene.spot.output}) : scene.targets.around();
    figure.look = [&](int row, int column) {
        CellLook look;
        const bool selected = scene.spot.output && *scene.spot.output == Cell{row, column};
        const bool lit = selected || scene.targets.contains({row, column});
        if (!scene.shown.visited_at(row, column)) {
            look.line = {lit ? Role::output_line : Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.spoken = empty;
            return look;
        }
        const float value = scene.shown.values.at(row, column, 0);
        figure.say(look, value);
        look.ink = {Role::output_text, 1};
        look.fill = {Role::output_fill, 1};
        look.line = {Role::output_line, lit ? 1 : 0.75};
        look.line_width = selected ? 3 : lit ? 2.2 : 1;
        look.weight = lit ? FontWeight::bold : FontWeight::regular;
        if (mark) mark(look, {row, column});
        return look;
    };
    draw_grid(builder, figure);
    std::set<int> rows, columns;
    if (scene.spot.output) {
        rows.insert(scene.spot.output->row);
        columns.insert(scene.spot.output->column);
    }
    draw_rulers(builder, figure, scene.text(11), rows, columns);
    draw_caption(builder, figure, Stage::tr("output %1 × %2").arg(g.rows.out).arg(g.columns.out),
                 scene.text(11), room);
    return figure;
}

namespace {

/// Where everything stands in a room, solved before any of it is drawn.
struct Layout {
    double input_pitch = 0, output_pitch = 0;
    QPointF input, output;
    Span input_caption, output_caption;
    Span arrow;         ///< room for it
    double middle = 0;  ///< of its height
    QRectF sum;
};

Layout solve(const Scene& scene, const QRectF& room, double header) {
    constexpr double pad = 18;
    const engine::Geometry& g = scene.geometry();
    const double sum_width = sum_column_width(room.width(), scene.options.text_scale);
    const double ruler = scene.text(18);
    const double caption = scene.text(28);
    const double fixed_wide = 2 * pad + 90 + sum_width + 30;
    const double fixed_high = header + ruler + caption + 10;
    const double pitch =
        std::min({(room.width() - fixed_wide) / (g.columns.in + g.columns.out),
                  (room.height() - fixed_high) / std::max(g.rows.in, g.rows.out), scene.text(60)});
    Layout layout;
    layout.output_pitch = pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);
    // An output of cells below a pixel is a picture of another scale: a small input stays legible
    // beside it.
    const double legible = std::min(scene.text(22), 44.0 / std::max(g.rows.in, g.columns.in));
    layout.input_pitch =
        layout.output_pitch < 1 ? std::max(layout.output_pitch, legible) : layout.output_pitch;

    const double in_wide = g.columns.in * layout.input_pitch;
    const double out_wide = g.columns.out * layout.output_pitch;
    const double spare = std::max(0.0, room.width() - (in_wide + out_wide + fixed_wide));
    const double top = room.top() + header + ruler;
    const double sum_left = room.right() - pad - sum_width;
    layout.middle = top + (room.bottom() - caption - top) / 2;
    layout.output = {std::round(sum_left - 24 - out_wide - spare / 4),
                     std::round(layout.middle - g.rows.out * layout.output_pitch / 2)};
    layout.input = {std::round(room.left() + pad + ruler + spare / 4),
                    std::round(layout.middle - g.rows.in * layout.input_pitch / 2)};
    const double between = (layout.input.x() + in_wide + layout.output.x()) / 2;
    layout.input_caption = {room.left() + 12, between - 6};
    layout.output_caption = {between + 6, sum_left - 8};
    layout.arrow = {layout.input.x() + in_wide + 14, layout.output.x() - ruler - 14};
    // Beside the output's first row, where there is room for all of it below that.
    const double first = room.top() + header + 6;
    const double sum_top =
        std::max(first, std::min(layout.output.y(), room.bottom() - scene.text(300)));
    layout.sum = {sum_left, sum_top, sum_width, room.bottom() - sum_top - 10};
    return layout;
}

}  // namespace

void draw_upsampling(Builder& builder, const Scene& scene, const QRectF& area,
                     const UpsamplingParts& parts) {
    builder.group(QStringLiteral("upsampling_lane"), Stage::tr("UpSampling2D"));
    const QString name = Stage::tr("UpSampling2D");
    const double ts = scene.options.text_scale;
    const double header =
        scene.text(40) + panel_head_growth(name, parts.explanation, area.width(), ts);
    const Layout layout = solve(scene, area, header);
    const std::size_t panel = builder.diagram().items.size();
    draw_panel(builder, area, name, parts.explanation, ts);
    const GridFigure input = draw_input(builder, scene, layout.input, layout.input_pitch,
                                        layout.input_caption, parts.mark);
    if (parts.draw_on_input) parts.draw_on_input(builder, scene, input);
    if (layout.arrow.width() > 14) {
        const double centre = (layout.arrow.left + layout.arrow.right) / 2;
        const double half = std::min(layout.arrow.width() / 2, 26.0);
        builder.line({centre - half, layout.middle}, {centre + half, layout.middle},
                     {Role::ink_faint, 1}, 1.6, Stroke::solid, true);
    }
    const GridFigure output =
        draw_output(builder, scene, layout.output, layout.output_pitch, layout.output_caption, {});
    const FootLegend legend(scene, output, layout.sum);
    const QRectF sum = legend.above();
    if (parts.draw_between_steps) parts.draw_between_steps(builder, scene, input, output);
    if (!scene.spot.output) return legend.draw(builder, 0);
    const double height = draw_sum(builder, scene, *scene.spot.output, {sum, false});
    const double end = parts.draw_below_sum ? parts.draw_below_sum(builder, scene, sum, height)
                                            : sum.top() + height;
    legend.draw(builder, end - sum.top());
    const double bottom = end - area.bottom();
    if (bottom > 0) {  // the panel and the page hold what is written
        QRectF& rect = std::get<Box>(builder.diagram().items[panel].mark).rect;
        rect.setBottom(rect.bottom() + bottom);
        QSizeF& size = builder.diagram().size;
        size.setHeight(size.height() + bottom);
    }
}

}  // namespace ui::diagram
