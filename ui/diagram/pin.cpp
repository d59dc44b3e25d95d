// SPDX-License-Identifier: MIT
#include "ui/diagram/pin.h"

#include "engine/layers/activation.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

using engine::Cell;
using engine::Tap;

namespace {

/// "90", or "empty": what a cell of an output holds.
QString held_text(const engine::Partial& partial, Cell cell) {
    if (!partial.visited_at(cell.row, cell.column)) return Stage::tr("empty");
    return said_number(partial.values.at(cell.row, cell.column, 0));
}

/// " = 1 × 90 + 2 × 70", if it is short and the sum is what the cell ends in.
QString sum_text(const Scene& scene, Cell output, const QString& last) {
    constexpr std::size_t most = 4;
    const std::vector<Tap> taps = scene.trace.taps_into(output);
    if (scene.channels() > 1 || taps.empty() || taps.size() > most) return {};
    const float total = engine::sum(taps);
    if (said_number(total) != last) return {};
    QStringList products;
    bool exact = is_shown_exactly(total);
    for (const Tap& tap : taps) {
        products << QStringLiteral("%1 × %2").arg(number_text(tap.value), number_text(tap.weight));
        exact = exact && is_shown_exactly(tap.value) && is_shown_exactly(tap.weight);
    }
    return (exact ? QStringLiteral(" = ") : QStringLiteral(" ≈ ")) +
           products.join(QStringLiteral(" + "));
}

/// "Pinned out[2, 2]: 90 now, 360 in the end = 1 × 90 + 2 × 70 + 3 × 30 + 4 × 10."
QString output_text(const Scene& scene, Cell output) {
    const engine::Geometry& g = scene.geometry();
    const QString above = held_text(scene.shown, output);
    const QString below = held_text(scene.shown_below, output);
    const QString now =
        above == below ? above : Stage::tr("%1 above and %2 below").arg(above, below);
    const QString last = held_text(scene.trace.partial(scene.trace.step_count()), output);
    const bool cut =
        !engine::is_kept(g.rows, output.row) || !engine::is_kept(g.columns, output.column);
    const QString name = scene.name_of(output);
    QString text = now == last ? Stage::tr("Pinned %1: %2 now and in the end").arg(name, last)
                               : Stage::tr("Pinned %1: %2 now, %3 in the end").arg(name, now, last);
    text += sum_text(scene, output, last);
    return cut ? Stage::tr("%1, then cut away.").arg(text) : Stage::tr("%1.").arg(text);
}

/// What a reading says of an input cell or a weight where the pointer is on it.
QString heading_text(const Scene& scene) {
    Scene pointed = scene;
    pointed.spot = *scene.pin;
    pointed.spot.by = Spot::By::pointer;
    const QString text = Stage::tr("Pinned: %1.").arg(scene.reading.heading(pointed).title);
    return scene.pin->input && !scene.is_in(*scene.pin->input)
               ? text + Stage::tr(" Now it counts as 0.")
               : text;
}

std::optional<Cell> cell_in(GridRef ref, const Spot& spot, const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    switch (ref.grid) {
        case Grid::input:
            return spot.input;
        case Grid::kernel:
            return spot.tap;
        case Grid::full_output:
            return spot.output;
        case Grid::stamp: {
            if (!spot.output || ref.index < 0) return std::nullopt;
            const Cell input = engine::cell_at(ref.index, g.columns.in);
            const Cell tap{engine::tap_joining(g.rows, input.row, spot.output->row),
                           engine::tap_joining(g.columns, input.column, spot.output->column)};
            return tap.row < 0 || tap.column < 0 ? std::nullopt : std::optional(tap);
        }
        default:
            for (const ReadingDefinition* reading : all_readings())
                if (reading->cell_of)
                    if (const auto cell = reading->cell_of(ref, spot, scene)) return cell;
            return std::nullopt;
    }
}

}  // namespace

std::optional<Pin> pin_of(const Scene& scene) {
    if (!scene.pin) return std::nullopt;
    return Pin{
        {}, scene.pin->output ? output_text(scene, *scene.pin->output) : heading_text(scene), {}};
}

void draw_pin_head(Builder& builder, QPointF centre, double radius) {
    const QRectF head(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    builder.add(Box{head, {Role::ink, 1}, {Role::panel, 1}, 1.2, radius, Stroke::solid, false});
}

void draw_pin(Builder& builder, const Scene& scene) {
    if (!builder.diagram().pin) return;
    builder.group(QStringLiteral("pin"), Stage::tr("Pin"));
    const std::vector<GridInfo> grids = builder.diagram().grids;
    for (const GridInfo& grid : grids) {
        const auto cell = cell_in(grid.grid, *scene.pin, scene);
        if (!cell || !inside(*cell, grid.rows, grid.columns)) continue;
        builder.diagram().pin->cells.push_back({grid.grid, cell->row, cell->column});
        const QRectF rect = grid.cell_rect(cell->row, cell->column);
        const double air = rect.width() < 9 ? 3 : 1;
        const QRectF frame = rect.adjusted(-air, -air, air, air);
        builder.add(Box{frame, {}, {Role::ink, 1}, 1.6, 4, Stroke::solid, false});
        draw_pin_head(builder, frame.topLeft() + QPointF(1, 1),
                      std::clamp(rect.width() * 0.11, 2.5, 4.5));
    }
}

}  // namespace ui::diagram
