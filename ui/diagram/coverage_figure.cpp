// SPDX-License-Identifier: MIT
// Inputs that touch each output cell, on an input large enough to show the inside, and what follows.
#include <algorithm>
#include <cmath>

#include "engine/coverage.h"
#include "ui/diagram/scene.h"

namespace ui::diagram {

double coverage_height(double text_scale) { return 134 * text_scale; }

namespace {

QString counts_text(const std::vector<int>& counts) {
    QStringList texts;
    for (int count : counts) texts << QString::number(count);
    if (texts.size() < 2) return texts.join(QString());
    const QString last = texts.takeLast();
    return Stage::tr("%1 or %2").arg(texts.join(Stage::tr(", ")), last);
}

QString by_axis(int rows, int columns) {
    return rows == columns ? QString::number(rows) : Stage::tr("%1 × %2").arg(rows).arg(columns);
}

QString verdict_text(const engine::Coverage& map, const engine::Geometry& g) {
    const QString kernel = by_axis(g.rows.kernel, g.columns.kernel);
    const QString strides = by_axis(g.rows.stride, g.columns.stride);
    switch (map.verdict) {
        case engine::CoverageVerdict::holes:
            return Stage::tr(
                       "%1 of them: kernel_size %2 is too small for strides %3, so some cells get "
                       "no input at all and hold the bias only.")
                .arg(counts_text(map.inside), kernel, strides);
        case engine::CoverageVerdict::tiles:
            return Stage::tr(
                       "One each: kernel_size %1 with strides %2 tiles, no stamp touches another.")
                .arg(kernel, strides);
        case engine::CoverageVerdict::even:
            return Stage::tr(
                       "%1 each inside, fewer at the rim: kernel_size %2 covers strides %3 evenly. "
                       "Training can still learn a pattern.")
                .arg(counts_text(map.inside), kernel, strides);
        case engine::CoverageVerdict::uneven:
            return Stage::tr(
                       "%1 of them inside: kernel_size %2 does not cover strides %3 evenly, so a "
                       "checkerboard is likely.")
                .arg(counts_text(map.inside), kernel, strides);
    }
    return {};
}

QString grey_text(const Scene& scene) {
    std::vector<float> grey = engine::flat_response(scene.spec, scene.layer.geometry,
                                                    scene.layer.weights, scene.view.filter);
    if (grey.empty()) return {};
    const auto [low, high] = std::ranges::minmax(grey);
    if (low == high)
        return Stage::
            tr("These weights on flat grey (all inputs 1) give %1 everywhere inside: no pattern.")
                .arg(number_text(low));
    std::vector<float> distinct;
    for (float value : grey) {
        if (std::ranges::find(distinct, value) == distinct.end()) distinct.push_back(value);
    }
    if (distinct.size() > 4) {
        return Stage::tr(
                   "These weights on flat grey (all inputs 1) give %n different values inside, "
                   "from %1 to %2.",
                   nullptr, static_cast<int>(distinct.size()))
            .arg(number_text(low), number_text(high));
    }
    QStringList texts;
    for (float value : distinct) texts << number_text(value);
    const QString last = texts.takeLast();
    return Stage::tr("These weights on flat grey (all inputs 1) give %1 and %2 by turns.")
        .arg(texts.join(Stage::tr(", ")), last);
}

}  // namespace

void draw_coverage(Builder& builder, const Scene& scene, const QRectF& area) {
    const engine::Extent size = engine::telling_input(scene.layer.geometry);
    // Fewer rows than columns show the same inside in less height.
    const int rows_shown = std::max(2, size.height - 2);
    const engine::Shape larger{rows_shown, size.width, scene.layer.geometry.input.channels()};
    const engine::Result<engine::Geometry> geometry = engine::infer(scene.spec, larger);
    if (!geometry) return;
    const engine::Coverage map = engine::coverage(*geometry);
    builder.group(QStringLiteral("coverage"), Stage::tr("Inputs that touch each output cell"));
    const double top = area.top() + scene.text(8);
    builder.label(
        {area.left() + 2, top}, scene.text(12.5),
        {words(Stage::tr("Inputs that touch each output cell"), {Role::ink, 1}, Weight::bold),
         words(Stage::tr("   on a %1 × %2 input").arg(rows_shown).arg(size.width),
               {Role::ink_soft, 1})});
    const QPointF origin(area.left() + 2, top + scene.text(14));
    const double room = area.bottom() - origin.y() - 4;
    const double pitch =
        std::clamp(std::floor(std::min(room / map.height, 0.42 * area.width() / map.width)), 3.0,
                   scene.text(16));
    GridFigure figure =
        grid_at({Grid::coverage, 0}, Stage::tr("inputs that touch each output cell"), map.height,
                map.width, origin, pitch);
    figure.cell = pitch > 4 ? pitch - 1 : pitch;
    const int most = *std::max_element(map.counts.begin(), map.counts.end());
    figure.look = [&](int row, int column) {
        const int count = map.at(row, column);
        CellLook look;
        look.text = QString::number(count);
        const double share = most > 0 ? static_cast<double>(count) / most : 0;
        look.fill = {Role::output_strong, count == 0 ? 0 : 0.12 + 0.78 * (share * share)};
        if (count == 0) {
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dashed;
        }
        look.ink = {share * share > 0.55 ? Role::on_strong : Role::output_text, 1};
        look.shade = share;
        return look;
    };
    figure.tint = Role::output_strong;
    draw_grid(builder, figure);
    const double text_left = figure.rect().right() + scene.text(20);
    const double width = area.right() - text_left - 4;
    if (width < scene.text(120)) return;
    const QString verdict = verdict_text(map, *geometry);
    const double size_px = scene.text(12.5);
    // Words average about half an em; the second sentence starts below the lines the first takes.
    const double lines = std::ceil(static_cast<double>(verdict.size()) * size_px * 0.5 / width);
    builder.label({text_left, origin.y() + scene.text(9)}, size_px, {words(verdict)}, Align::left,
                  width, true);
    builder.label({text_left, origin.y() + scene.text(9) + lines * size_px * 1.35 + scene.text(7)},
                  size_px, {words(grey_text(scene), {Role::ink_soft, 1})}, Align::left, width,
                  true);
}

}  // namespace ui::diagram
