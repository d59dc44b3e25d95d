// SPDX-License-Identifier: MIT
#include "ui/diagram/readings/filters.h"

#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"
#include "ui/diagram/number_text.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

QString activation_text(const Scene& scene) {
    const std::string_view name = engine::name_of(engine::activation_of(scene.spec));
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

Heading activation_heading(const Scene& scene) {
    const bool across = engine::activation_of(scene.spec) == engine::ActivationKind::softmax;
    return {Stage::tr("%1 is applied to every cell").arg(activation_text(scene)),
            across ? Stage::tr("It makes the %n filter(s) of a cell add up to 1.", nullptr,
                               scene.layer.geometry.output.channels())
            : scene.has(Phase::add_bias) ? Stage::tr("After the sum and the bias, cell by cell.")
                                         : Stage::tr("After the sum, cell by cell.")};
}

Finished finished(const Scene& scene, float sum) {
    QStringList parts{Stage::tr("Sum %1").arg(said_number(sum))};
    if (scene.amount(Phase::add_bias, 0) >= 1)
        parts << Stage::tr("bias %1").arg(said_number(scene.trace.bias()));
    if (scene.amount(Phase::activate, 0) >= 1)
        parts << Stage::tr("then %1").arg(activation_text(scene));
    return {parts.size() > 1, Stage::tr("%1.").arg(parts.join(Stage::tr(", ")))};
}

/// "bias 1 is added to every cell"
Heading bias_heading(const Scene& scene) {
    const auto alone = static_cast<int>(scene.trace.cells_without_taps());
    return {Stage::tr("bias %1 is added to every cell").arg(said_number(scene.trace.bias())),
            alone == 0 ? Stage::tr("One number for the whole filter.")
            : scene.is_under_way()
                ? Stage::tr("%n cell(s) no input reaches will hold the bias only.", nullptr, alone)
                : Stage::tr("%n cell(s) no input reaches now hold the bias only.", nullptr, alone)};
}

}  // namespace

QString CellSum::statement(const Scene& scene) const {
    if (under_way) return scene.name_of(cell);
    const bool complete = scene.is_summed_up(cell) || (visited && held == sum);
    const float value = after.changed ? held : sum;
    return complete ? Stage::tr("%1 %2").arg(scene.name_of(cell), equals_number(value))
                    : Stage::tr("%1 will be %2").arg(scene.name_of(cell), said_number(value));
}

Heading cell_heading(const Scene& scene, Cell output,
                     Heading (*of_sum)(const Scene&, const CellSum&)) {
    const engine::Geometry& g = scene.geometry();
    const float sum = engine::sum(scene.trace.taps_into(output));
    const CellSum cell{output,
                       sum,
                       static_cast<int>(scene.contributors(output).size()),
                       scene.shown.values.at(output.row, output.column, 0),
                       scene.shown.visited_at(output.row, output.column),
                       scene.is_under_way(output),
                       finished(scene, sum)};
    if (output.row >= g.rows.full || output.column >= g.columns.full) {
        return {Stage::tr("%1 lies beyond the last stamp").arg(scene.name_of(output)),
                cell.visited
                    ? Stage::tr("It is appended to reach the size asked for: no input reaches "
                                "it, it holds %1.")
                          .arg(said_number(cell.held))
                    : Stage::tr("It is appended in the end to reach the size asked for: no input "
                                "reaches it.")};
    }
    return of_sum(scene, cell);
}

std::optional<Heading> heading_after_sums(const Scene& scene) {
    switch (scene.active.phase) {
        case Phase::add_bias:
            return bias_heading(scene);
        case Phase::activate:
            return activation_heading(scene);
        default:
            return std::nullopt;
    }
}

}  // namespace ui::diagram
