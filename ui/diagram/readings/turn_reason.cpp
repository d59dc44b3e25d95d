// SPDX-License-Identifier: MIT
// Why the sliding reading turns the kernel, said in the present numbers.
#include <algorithm>

#include "ui/diagram/number_text.h"
#include "ui/diagram/readings/transpose.h"

namespace ui::diagram {

using engine::Cell;

// On the first cells where inputs meet, else on the way the window comes.
QString turn_reason(const engine::Geometry& g) {
    const auto told = [](const QString& text, const engine::Overlap& m) {
        return text.arg(m.output).arg(m.first).arg(m.first_tap).arg(m.last).arg(m.last_tap);
    };
    if (const auto rows = engine::first_overlap(g.rows)) {
        return told(Stage::tr("Output row %1 gets input row %2 through kernel row %3 and input row "
                              "%4 through kernel row %5: seen from the output, the kernel stands "
                              "upside down."),
                    *rows);
    }
    if (const auto columns = engine::first_overlap(g.columns)) {
        return told(Stage::tr("Output column %1 gets input column %2 through kernel column %3 and "
                              "input column %4 through kernel column %5: seen from the output, the "
                              "kernel stands mirrored."),
                    *columns);
    }
    if (g.rows.kernel > 1) {
        return Stage::tr(
            "Moving down, the window meets an input with its bottom row first. That "
            "must be kernel row 0, the first row of the stamp: so the kernel turns.");
    }
    if (g.columns.kernel > 1) {
        return Stage::tr(
            "Moving right, the window meets an input with its last column first. That "
            "must be kernel column 0, the first of the stamp: so the kernel turns.");
    }
    return Stage::tr("A 1 × 1 kernel looks the same turned.");
}

namespace {

/// "out[0, 0], out[0, 2] and 4 more"
QString list_of(const Scene& scene, const std::vector<Cell>& cells) {
    constexpr std::size_t most = 4;
    QStringList names;
    for (std::size_t i = 0; i < std::min(cells.size(), most); ++i) names << scene.name_of(cells[i]);
    const QString list = names.join(Stage::tr(", "));
    return cells.size() > most ? Stage::tr("%1 and %2 more").arg(list).arg(cells.size() - most)
                               : list;
}

}  // namespace

QString turn_reason(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (!scene.kernel_turned) {
        if (!scene.lanes) return Stage::tr("Not turned: compare with the stamp above.");
        if (scene.lanes->none()) return Stage::tr("Not turned, and still equal here.");
        return Stage::tr("Not turned, %n cell(s) come out differently: %1.", nullptr,
                         static_cast<int>(scene.lanes->cells.size()))
            .arg(list_of(scene, scene.lanes->cells));
    }
    if (!scene.spot.output) return turn_reason(g);
    // Only of inputs that count at the moment: the others are drawn as zeros.
    std::vector<engine::Tap> taps = scene.trace.taps_into(*scene.spot.output);
    const auto left_out =
        std::erase_if(taps, [&](const engine::Tap& tap) { return !scene.is_in(tap.input); });
    if (taps.empty() && left_out > 0)
        return Stage::tr("No input that reaches %1 is in: every weight lies on a zero.")
            .arg(scene.name_of(*scene.spot.output));
    if (taps.empty()) return Stage::tr("Every weight of the window lies on a zero.");
    const engine::Tap& first = taps.front();
    const engine::Tap& last = taps.back();
    if (first.input.row != last.input.row) {
        return Stage::tr(
                   "The upper input (row %1) meets kernel row %2, the lower (row %3) kernel "
                   "row %4: seen from the output, the kernel stands upside down.")
            .arg(first.input.row)
            .arg(first.kernel.row)
            .arg(last.input.row)
            .arg(last.kernel.row);
    }
    if (first.input.column != last.input.column) {
        return Stage::tr(
                   "The left input (column %1) meets kernel column %2, the right (column %3) "
                   "kernel column %4: seen from the output, the kernel stands mirrored.")
            .arg(first.input.column)
            .arg(first.kernel.column)
            .arg(last.input.column)
            .arg(last.kernel.column);
    }
    return (left_out > 0 ? Stage::tr("One input that reaches %1 is in: it meets kernel[%2, %3] %4.")
                         : Stage::tr("One input reaches %1: it meets kernel[%2, %3] %4."))
        .arg(scene.name_of(*scene.spot.output))
        .arg(first.kernel.row)
        .arg(first.kernel.column)
        .arg(equals_number(scene.kernel_value(first.kernel)));
}

}  // namespace ui::diagram
