// SPDX-License-Identifier: MIT
// Conv2D as a window that slides over the input with its padding, `strides` cells at a time.
#include <algorithm>
#include <cmath>

#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/filters.h"
#include "ui/diagram/readings/window_figure.h"

namespace ui::diagram {

using engine::Axis;
using engine::Cell;
using engine::Phase;

namespace {

bool is_convolution(const engine::LayerSpec& layer) {
    return std::holds_alternative<engine::Conv2D>(layer);
}

QString jump_text(const engine::Geometry& g) { return by_axis(g.rows.stride, g.columns.stride); }

QString padding_name(const engine::LayerSpec& spec) {
    const engine::Padding& padding = std::get<engine::Conv2D>(spec).padding;
    if (std::holds_alternative<engine::Valid>(padding)) return QStringLiteral("valid");
    if (std::holds_alternative<engine::Same>(padding)) return QStringLiteral("same");
    const engine::Size2D given = std::get<engine::Explicit>(padding).padding;
    return by_axis(given.height, given.width);
}

/// "The last row and 2 columns are met by no window: strides step past them." or nothing.
QString left_over_text(const engine::Geometry& g) {
    const int rows = engine::cells_left_over(g.rows);
    const int columns = engine::cells_left_over(g.columns);
    if (rows == 0 && columns == 0) return {};
    const QString down = Stage::tr("%n row(s)", nullptr, rows);
    const QString across = Stage::tr("%n column(s)", nullptr, columns);
    const QString what = columns == 0 ? down
                         : rows == 0  ? across
                                      : Stage::tr("%1 and %2").arg(down, across);
    return Stage::tr(" No window reaches the last %1: another step would leave the input.")
        .arg(what);
}

Heading start(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const QString first = scene.has(Phase::pad_border) ? Stage::tr("Add a border of zeros, then")
                                                       : Stage::tr("padding valid adds no border:");
    return {Stage::tr("%1: a window slides over the input").arg(growth_text(g)),
            Stage::tr("%1 move the window by %2. The kernel stays as it is. Press Space to play.")
                    .arg(first, jump_text(g)) +
                left_over_text(g)};
}

/// "0 above and 1 below"
QString border_heading_axis(const Axis& axis, const QString& words) {
    return words.arg(axis.pad_before).arg(axis.pad_after);
}

Heading border_heading(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const bool alike =
        g.rows.pad_before == g.columns.pad_before && g.rows.pad_after == g.columns.pad_after;
    const bool even = alike && g.rows.pad_before == g.rows.pad_after;
    const QString zeros =
        even ? Stage::tr("%n zero(s) on each side", nullptr, g.rows.pad_before)
        : alike
            ? border_heading_axis(g.rows, Stage::tr("%1 zeros above and left, %2 below and right"))
            : border_heading_axis(g.rows, Stage::tr("zeros: %1 above, %2 below, ")) +
                  border_heading_axis(g.columns, Stage::tr("%1 left, %2 right"));
    const bool same =
        std::holds_alternative<engine::Same>(std::get<engine::Conv2D>(scene.spec).padding);
    return {
        Stage::tr("padding %1 puts %2: %3 becomes %4")
            .arg(padding_name(scene.spec), zeros, size_text(g.rows.in, g.columns.in),
                 size_text(g.rows.padded(), g.columns.padded())),
        same ? Stage::tr("As many as let %1 windows stand, %2 apart; an odd one goes to the end.")
                   .arg(size_text(g.rows.out, g.columns.out), jump_text(g))
             : Stage::tr("They let the window stand beyond the rim.")};
}

Heading of_sum(const Scene& scene, const CellSum& cell) {
    const QString statement = cell.statement(scene);
    if (cell.after.changed) return {statement, cell.after.story};
    const engine::Geometry& g = scene.geometry();
    const int weights = g.rows.kernel * g.columns.kernel;
    const QString jump =
        std::max(g.rows.stride, g.columns.stride) > 1
            ? Stage::tr(" The window moves by %1: here the strides are steps, not zeros.")
                  .arg(jump_text(g))
            : QString();
    const QString on_border = cell.inputs == weights
                                  ? Stage::tr("Every weight meets an input.")
                                  : Stage::tr("The other %n weight(s) lie on the border’s zeros.",
                                              nullptr, weights - cell.inputs);
    return {Stage::tr("%1: the window meets %n input(s)", nullptr, cell.inputs).arg(statement),
            on_border + jump};
}

Heading input_heading(const Scene& scene, Cell input) {
    const bool several = scene.channels() > 1;
    const QString name = several ? Scene::name_of_input(input)
                                 : Stage::tr("%1 %2").arg(Scene::name_of_input(input),
                                                          equals_number(scene.input_value(input)));
    const auto windows = std::ssize(scene.trace.taps_from(input)) / scene.channels();
    if (windows == 0)
        return {Stage::tr("%1 lies under no window").arg(name),
                Stage::tr("The strides step past it: it changes nothing.")};
    return {Stage::tr("%1 lies under %n window(s)", nullptr, static_cast<int>(windows)).arg(name),
            Stage::tr("Each takes it times another weight, in the lit cells of the output.")};
}

Heading weight_heading(const Scene& scene, Cell tap) {
    const auto [rows, columns] = scene.trace.landings_of(tap);
    const auto met = static_cast<int>(rows.size() * columns.size());
    const engine::Geometry& g = scene.geometry();
    const int windows = g.rows.out * g.columns.out;
    return {Stage::tr("kernel[%1, %2] %3 meets %n input(s), one in a window", nullptr, met)
                .arg(tap.row)
                .arg(tap.column)
                .arg(equals_number(scene.kernel_value(tap))),
            met == windows ? Stage::tr("One in every window.")
                           : Stage::tr("In the other %n window(s) it lies on the border’s zeros.",
                                       nullptr, windows - met)};
}

Heading heading(const Scene& scene) {
    if (scene.spot.by == Spot::By::pointer) {
        if (scene.spot.output) return cell_heading(scene, *scene.spot.output, of_sum);
        if (scene.spot.input) return input_heading(scene, *scene.spot.input);
        if (scene.spot.tap) return weight_heading(scene, *scene.spot.tap);
    }
    if (scene.active.segment < 0) return start(scene);
    if (scene.active.phase == Phase::pad_border) return border_heading(scene);
    if (auto after = heading_after_sums(scene)) return *after;
    return cell_heading(scene, scene.active.cell, of_sum);
}

std::optional<Spot> spot_of(const CellRef& ref, const Scene& scene) {
    if (ref.grid.grid != Grid::padded_input) return std::nullopt;
    const engine::SlideCell cell = engine::padded_cell(scene.geometry(), ref.row, ref.column);
    Spot spot;
    if (cell.material == engine::Material::value) spot.input = cell.input;
    return spot;
}

std::optional<Cell> cell_of(GridRef ref, const Spot& spot, const Scene& scene) {
    if (ref.grid != Grid::padded_input || !spot.input) return std::nullopt;
    return engine::cell_in_padded(scene.geometry(), *spot.input);
}

}  // namespace

extern const ReadingDefinition window_reading;
constinit const ReadingDefinition window_reading{
    .applies_to = is_convolution,
    .steps = engine::Reading::window,
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Slide"),
    .heading = heading,
    .spot_of = spot_of,
    .cell_of = cell_of,
    .draw = draw_window,
};

}  // namespace ui::diagram
