// SPDX-License-Identifier: MIT
// UpSampling2D, nearest: every input cell is copied into its block.
#include <algorithm>

#include "ui/diagram/readings/upsampling.h"

namespace ui::diagram {

namespace {

bool copies(const engine::LayerSpec& layer) {
    const auto* upsampling = std::get_if<engine::UpSampling2D>(&layer);
    return upsampling && upsampling->interpolation == engine::Interpolation::nearest;
}

/// Copies on their way from the input cell to its block.
void draw_copies(Builder& builder, const Scene& scene, const GridFigure& source,
                 const GridFigure& result) {
    if (!scene.is_under_way() || scene.spot.is_chosen() || scene.active.segment < 0) return;
    if (result.is_image()) return;
    builder.group(QStringLiteral("flight"), Stage::tr("Copies on their way"));
    const engine::Cell input = scene.active.cell;
    const double way = std::clamp((scene.progress - 0.25) / 0.75, 0.0, 1.0);
    const QRectF from = source.cell_rect(input.row, input.column);
    const int characters = scene.output_characters(result.pitch_x);
    for (const engine::Tap& copy : scene.trace.taps_from(input)) {
        const QRectF to = result.cell_rect(copy.output.row, copy.output.column);
        const QRectF rect(from.topLeft() + (to.topLeft() - from.topLeft()) * way, to.size());
        builder.add(Box{
            rect, {Role::input_fill, 0.9}, {Role::input_line, 0.9}, 1, 4, Stroke::solid, false});
        draw_moving_number(builder, rect, copy.value, characters, {Role::input_text, 1});
    }
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    const engine::Size2D size = std::get<engine::UpSampling2D>(scene.spec).size;
    UpsamplingParts parts;
    parts.explanation =
        Stage::tr("every value is copied into a block of %1 × %2; there is nothing to learn")
            .arg(size.height)
            .arg(size.width);
    parts.draw_between_steps = draw_copies;
    draw_upsampling(builder, scene, area, parts);
}

}  // namespace

extern const ReadingDefinition copy_reading;
constinit const ReadingDefinition copy_reading{
    .applies_to = copies,
    .steps = engine::Reading::copy,
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Copy"),
    .heading = upsampling_heading,
    .draw = draw,
};

}  // namespace ui::diagram
