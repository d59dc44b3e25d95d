// SPDX-License-Identifier: MIT
// UpSampling2D on the stage: copies for nearest, sample points with their weights for the interpolations.
#include <algorithm>
#include <cmath>

#include "engine/interpolation.h"
#include "ui/diagram/scene.h"

namespace ui::diagram {

using engine::Cell;

namespace {

struct Sampling {
    const engine::UpSampling2D& layer;
    bool copies;  ///< nearest: a step an input cell
};

GridFigure draw_source(Builder& builder, const Scene& scene, const Sampling& sampling, QPointF at,
                       double pitch, Span room) {
    std::vector<engine::Tap> shares;
    if (scene.spot.output && !sampling.copies) shares = scene.trace.taps_into(*scene.spot.output);
    const auto mark_share = [&](CellLook& look, Cell cell) {
        const auto share = std::ranges::find(shares, cell, &engine::Tap::input);
        if (share == shares.end()) return;
        look.mark = QStringLiteral("×%1").arg(number_text(share->weight));
        look.mark_below = true;
    };
    GridFigure figure = draw_input(builder, scene, at, pitch, room, mark_share);
    if (scene.spot.output && !sampling.copies && pitch >= 9) {
        const double u =
            engine::source_position(sampling.layer.size.height, scene.spot.output->row);
        const double v =
            engine::source_position(sampling.layer.size.width, scene.spot.output->column);
        const QPointF point =
            at + QPointF(v * pitch + figure.cell / 2, u * pitch + figure.cell / 2);
        const double r = std::clamp(pitch * 0.13, 3.0, 7.0);
        builder.add(Box{QRectF(point.x() - r, point.y() - r, 2 * r, 2 * r),
                        {Role::output_strong, 1},
                        {Role::panel, 1},
                        1.6,
                        r,
                        Stroke::solid,
                        false});
    }
    return figure;
}

GridFigure draw_result(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room) {
    builder.group(QStringLiteral("output"), Stage::tr("Output"));
    const engine::Geometry& g = scene.geometry();
    GridFigure figure =
        grid_at({Grid::full_output, 0}, Stage::tr("output"), g.rows.out, g.columns.out, at, pitch);
    figure.tint = Role::output_strong;
    figure.text_columns = scene.number_columns;
    const Shade shade(scene.shown.values.values());
    const QString empty = Stage::tr("empty");
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
        look.weight = lit ? Weight::bold : Weight::regular;
        look.shade = shade(value);
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

/// Copies on their way from the input cell to its block.
void draw_copies(Builder& builder, const Scene& scene, const Sampling& sampling,
                 const GridFigure& source, const GridFigure& result) {
    if (!sampling.copies || scene.progress <= 0 || scene.spot.chosen || scene.active.segment < 0)
        return;
    if (result.is_image()) return;
    builder.group(QStringLiteral("flight"), Stage::tr("Copies on their way"));
    const Cell input = scene.active.cell;
    const double way = std::clamp((scene.progress - 0.25) / 0.75, 0.0, 1.0);
    const QRectF from = source.cell_rect(input.row, input.column);
    for (const engine::Tap& copy : scene.trace.taps_from(input)) {
        const QRectF to = result.cell_rect(copy.output.row, copy.output.column);
        const QRectF rect(from.topLeft() + (to.topLeft() - from.topLeft()) * way, to.size());
        builder.add(Box{
            rect, {Role::input_fill, 0.9}, {Role::input_line, 0.9}, 1, 4, Stroke::solid, false});
        if (result.is_numbered()) {
            builder.label(rect.center(), number_size(result.cell, 3),
                          {digits(number_text(copy.value), {Role::input_text, 1})}, Align::centre,
                          result.cell * 0.96);
        }
    }
}

/// The shares of each axis, from `below` down; returns where they end.
double draw_axis_weights(Builder& builder, const Scene& scene, const Sampling& sampling,
                         const QRectF& area, double below) {
    if (sampling.copies || !scene.spot.output) return area.top() + below;
    const engine::Geometry& g = scene.geometry();
    const auto line = [&](int in, int factor, int output, const QString& part) {
        QString sum;
        for (const engine::Sample& sample :
             engine::samples(sampling.layer.interpolation, in, factor, output)) {
            const bool takes = sample.weight < 0;
            if (!sum.isEmpty() || takes)
                sum += takes ? QStringLiteral(" − ") : QStringLiteral(" + ");
            sum += part.arg(number_text(static_cast<float>(std::abs(sample.weight))))
                       .arg(sample.source);
        }
        return sum.trimmed();
    };
    double y = area.top() + below + scene.text(16);
    const auto put = [&](const QString& name, const QString& text) {
        builder.label(
            {area.left(), y}, scene.text(11),
            {words(name, {Role::ink_soft, 1}, Weight::semibold), digits(text, {Role::ink, 1})},
            Align::left, area.width(), true);
        y += lines_of(name + text, scene.text(11.5), area.width()) * line_spacing * scene.text(11) +
             scene.text(5);
    };
    put(Stage::tr("Down: "), line(g.rows.in, sampling.layer.size.height, scene.spot.output->row,
                                  Stage::tr("%1 × row %2")));
    put(Stage::tr("Across: "), line(g.columns.in, sampling.layer.size.width,
                                    scene.spot.output->column, Stage::tr("%1 × column %2")));
    return y;
}

}  // namespace

void draw_upsampling(Builder& builder, const Scene& scene, const QRectF& area) {
    const auto& layer = std::get<engine::UpSampling2D>(scene.spec);
    const Sampling sampling{layer, layer.interpolation == engine::Interpolation::nearest};
    const engine::Geometry& g = scene.geometry();
    builder.group(QStringLiteral("upsampling_lane"), Stage::tr("UpSampling2D"));
    const QString name = Stage::tr("UpSampling2D");
    const QString explanation =
        sampling.copies
            ? Stage::tr("every value is copied into a block of %1 × %2; there is nothing to learn")
                  .arg(layer.size.height)
                  .arg(layer.size.width)
        : layer.interpolation == engine::Interpolation::area
            ? Stage::tr(
                  "every output cell takes the input cell it lies in; there is nothing to "
                  "learn")
            : Stage::tr(
                  "every output cell looks at the input cells around its centre; there is "
                  "nothing to learn");
    const double ts = scene.options.text_scale;
    const std::size_t panel = builder.diagram().items.size();
    draw_panel(builder, area, name, explanation, ts);
    const double sum_width = scene.text(std::clamp(area.width() * 0.2, 130.0, 190.0));
    const double header = scene.text(40) + panel_head_growth(name, explanation, area.width(), ts);
    const double ruler = scene.text(18);
    const double caption = scene.text(28);
    const double fixed_wide = 2 * 18 + 90 + sum_width + 30;
    const double pitch_wide = (area.width() - fixed_wide) / (g.columns.in + g.columns.out);
    const double pitch_high =
        (area.height() - header - ruler - caption - 10) / std::max(g.rows.in, g.rows.out);
    double pitch = std::min({pitch_wide, pitch_high, scene.text(60)});
    pitch = pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);
    // An output of cells below a pixel is a picture of another scale: a small input stays legible beside it.
    const double legible = std::min(scene.text(22), 44.0 / std::max(g.rows.in, g.columns.in));
    const double source_pitch = pitch < 1 ? std::max(pitch, legible) : pitch;
    const double top = area.top() + header + ruler;
    const double middle = top + (area.bottom() - caption - top) / 2;
    const double source_wide = g.columns.in * source_pitch;
    const double used = source_wide + g.columns.out * pitch + fixed_wide;
    const double spare = std::max(0.0, area.width() - used);
    const QPointF out{
        std::round(area.right() - 18 - sum_width - 24 - g.columns.out * pitch - spare / 4),
        std::round(middle - g.rows.out * pitch / 2)};
    const QPointF in{std::round(area.left() + 18 + ruler + spare / 4),
                     std::round(middle - g.rows.in * source_pitch / 2)};
    const double between = (in.x() + source_wide + out.x()) / 2;
    const GridFigure source =
        draw_source(builder, scene, sampling, in, source_pitch, {area.left() + 12, between - 6});
    const double from = in.x() + source_wide + 14;
    const double to = out.x() - ruler - 14;
    if (to - from > 14) {
        const double centre = (from + to) / 2;
        const double half = std::min((to - from) / 2, 26.0);
        builder.line({centre - half, middle}, {centre + half, middle}, {Role::ink_faint, 1}, 1.6,
                     Stroke::solid, true);
    }
    const GridFigure result =
        draw_result(builder, scene, out, pitch, {between + 6, area.right() - 18 - sum_width - 8});
    draw_copies(builder, scene, sampling, source, result);
    if (scene.spot.output) {
        const QRectF sum_area(area.right() - 18 - sum_width, area.top() + header + 6, sum_width,
                              area.height() - header - 16);
        const double height = draw_sum(builder, scene, *scene.spot.output, {sum_area, false});
        const double bottom =
            draw_axis_weights(builder, scene, sampling, sum_area, height) - area.bottom();
        if (bottom > 0) {  // the panel and the page hold what is written
            QRectF& rect = std::get<Box>(builder.diagram().items[panel].mark).rect;
            rect.setBottom(rect.bottom() + bottom);
            QSizeF& size = builder.diagram().size;
            size.setHeight(size.height() + bottom);
        }
    }
}

}  // namespace ui::diagram
