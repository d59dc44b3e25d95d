// SPDX-License-Identifier: MIT
// Why the sliding reading turns the kernel, said in the present numbers.
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

QString turn_reason(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (!scene.kernel_turned) {
        if (!scene.lanes_agree) return Stage::tr("Not turned: compare with the stamp above.");
        return *scene.lanes_agree
                   ? Stage::tr("Not turned, and still equal here.")
                   : Stage::tr(
                         "Not turned, the window meets every input with the wrong weight: "
                         "compare with the stamp above.");
    }
    if (!scene.spot.output) return turn_reason(g);
    const std::vector<engine::Tap> taps = scene.trace.taps_into(*scene.spot.output);
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
    return Stage::tr("One input reaches %1: it meets kernel[%2, %3] %4.")
        .arg(scene.name_of(*scene.spot.output))
        .arg(first.kernel.row)
        .arg(first.kernel.column)
        .arg(equals_number(scene.kernel_value(first.kernel)));
}

}  // namespace ui::diagram
