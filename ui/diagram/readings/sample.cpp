// SPDX-License-Identifier: MIT
// UpSampling2D, the interpolations: every output cell looks at the input cells around its centre.
#include <algorithm>
#include <cmath>

#include "engine/layers/interpolation.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/upsampling.h"

namespace ui::diagram {

using engine::Cell;

namespace {

bool samples_between(const engine::LayerSpec& layer) {
    const auto* upsampling = std::get_if<engine::UpSampling2D>(&layer);
    return upsampling && upsampling->interpolation != engine::Interpolation::nearest;
}

/// The place in the input that the output cell looks at, in cells from the first one's corner.
QPointF centre_of(const Scene& scene) {
    const engine::Size2D size = std::get<engine::UpSampling2D>(scene.spec).size;
    return {engine::source_position(size.width, scene.spot.output->column) + 0.5,
            engine::source_position(size.height, scene.spot.output->row) + 0.5};
}

/// A dot; in the middle of a cell, where a number stands, a ring around that.
void draw_centre(Builder& builder, const Scene& scene, const GridFigure& input) {
    const double pitch = input.pitch_x;
    if (!scene.spot.output || pitch < 9) return;
    const QPointF place = centre_of(scene);
    const QPointF from_middle(place.x() - std::floor(place.x()) - 0.5,
                              place.y() - std::floor(place.y()) - 0.5);
    const bool on_number = std::abs(from_middle.x()) < 0.2 && std::abs(from_middle.y()) < 0.2;
    const QPointF point =
        input.origin + (place - QPointF(0.5, 0.5)) * pitch + QPointF(input.cell, input.cell) / 2;
    const double r = on_number ? input.cell * 0.3 : std::clamp(pitch * 0.1, 3.0, 6.0);
    builder.add(Box{QRectF(point.x() - r, point.y() - r, 2 * r, 2 * r),
                    {Role::output_strong, on_number ? 0.0 : 1.0},
                    {on_number ? Role::output_strong : Role::panel, 1},
                    on_number ? 2.0 : 1.6,
                    r,
                    Stroke::solid,
                    false});
}

/// Keeps a cell's small words clear of the dot: its letter to the other side, its share above.
void keep_clear(CellLook& look, const Scene& scene, Cell cell) {
    if (!scene.spot.output) return;
    const QPointF in_cell = centre_of(scene) - QPointF(cell.column, cell.row);
    const bool is_here = QRectF(-0.1, -0.1, 1.2, 1.2).contains(in_cell);
    if (!is_here) return;
    look.tag_right = in_cell.x() < 0.5 && in_cell.y() < 0.5;
    look.laid_below = in_cell.y() <= 0.6;
}

/// The shares of each axis, from `below` down; returns where they end.
double draw_axis_weights(Builder& builder, const Scene& scene, const QRectF& area, double below) {
    const auto& layer = std::get<engine::UpSampling2D>(scene.spec);
    const engine::Geometry& g = scene.geometry();
    const auto line = [&](int in, int factor, int output, const QString& part) {
        QString sum;
        for (const engine::Sample& sample :
             engine::samples(layer.interpolation, in, factor, output)) {
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
            {words(name, {Role::ink_soft, 1}, FontWeight::semibold), digits(text, {Role::ink, 1})},
            Align::left, area.width(), true);
        y += lines_of(name + text, scene.text(11.5), area.width()) * line_spacing * scene.text(11) +
             scene.text(5);
    };
    put(Stage::tr("Down: "),
        line(g.rows.in, layer.size.height, scene.spot.output->row, Stage::tr("%1 × row %2")));
    put(Stage::tr("Across: "), line(g.columns.in, layer.size.width, scene.spot.output->column,
                                    Stage::tr("%1 × column %2")));
    return y;
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    const auto& layer = std::get<engine::UpSampling2D>(scene.spec);
    std::vector<engine::Tap> shares;
    if (scene.spot.output) shares = scene.trace.taps_into(*scene.spot.output);
    UpsamplingParts parts;
    parts.explanation =
        layer.interpolation == engine::Interpolation::area
            ? Stage::tr(
                  "every output cell takes the input cell it lies in; there is nothing to "
                  "learn")
            : Stage::tr(
                  "every output cell looks at the input cells around its centre; there is "
                  "nothing to learn");
    parts.mark = [&](CellLook& look, Cell cell) {
        const auto share = std::ranges::find(shares, cell, &engine::Tap::input);
        if (share == shares.end()) return;
        look.laid = share->weight;
        look.laid_below = true;
        keep_clear(look, scene, cell);
    };
    parts.draw_on_input = draw_centre;
    parts.draw_below_sum = draw_axis_weights;
    draw_upsampling(builder, scene, area, parts);
}

}  // namespace

extern const ReadingDefinition sample_reading;
constinit const ReadingDefinition sample_reading{
    .applies_to = samples_between,
    .steps = engine::Reading::sample,
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Sample"),
    .heading = upsampling_heading,
    .draw = draw,
};

}  // namespace ui::diagram
