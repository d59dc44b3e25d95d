// SPDX-License-Identifier: MIT
// Inputs that touch each output cell, on an input large enough to show the inside, and what
// follows.
#include <algorithm>
#include <cmath>

#include "engine/layers/activation.h"
#include "engine/lessons/coverage.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

namespace {

/// A map that is drawn as an image.
struct Counts {
    std::vector<int> counts;
    int columns = 1;
    Spoken at(int row, int column) const {
        return Spoken(static_cast<float>(counts[static_cast<std::size_t>(row * columns + column)]));
    }
    bool operator==(const Counts&) const = default;
};

QString counts_text(const std::vector<int>& counts) {
    QStringList texts;
    for (int count : counts) texts << QString::number(count);
    if (texts.size() < 2) return texts.join(QString());
    const QString last = texts.takeLast();
    return Stage::tr("%1 or %2").arg(texts.join(Stage::tr(", ")), last);
}

/// Does an axis leave cells that no input reaches because dilation passes over them, although the
/// kernel is as long as the stride?
bool dilation_leaves_holes(const engine::Axis& axis) {
    return axis.kernel >= axis.stride && !engine::touches_every_phase(axis);
}

QString holes_text(const engine::Geometry& g, bool uses_bias) {
    const QString hold = uses_bias ? Stage::tr("hold the bias only") : Stage::tr("stay 0");
    if (dilation_leaves_holes(g.rows) || dilation_leaves_holes(g.columns)) {
        return Stage::tr(
                   "dilation_rate %1 with strides %2 passes over cells, so some get no input "
                   "at all and %3.")
            .arg(by_axis(g.rows.dilation, g.columns.dilation),
                 by_axis(g.rows.stride, g.columns.stride), hold);
    }
    return Stage::tr(
               "kernel_size %1 is too small for strides %2, so some cells get no input at "
               "all and %3.")
        .arg(by_axis(g.rows.kernel, g.columns.kernel), by_axis(g.rows.stride, g.columns.stride),
             hold);
}

/// Names the counts, then what kernel_size and strides make of them for any weights.
QString verdict_text(const engine::Coverage& map, const engine::Geometry& g, bool uses_bias) {
    const QString kernel = by_axis(g.rows.kernel, g.columns.kernel);
    const QString strides = by_axis(g.rows.stride, g.columns.stride);
    const QString counts = counts_text(map.inside);
    switch (map.verdict) {
        case engine::CoverageVerdict::holes:
            return Stage::tr("%1 inputs: %2").arg(counts, holes_text(g, uses_bias));
        case engine::CoverageVerdict::tiles:
            return Stage::tr(
                       "1 input each: kernel_size %1 with strides %2 tiles, no stamp "
                       "overlaps another.")
                .arg(kernel, strides);
        case engine::CoverageVerdict::even: {
            const QString even = Stage::tr(
                                     "%1 inputs each inside, fewer at the rim: kernel_size "
                                     "%2 covers strides %3 evenly.")
                                     .arg(counts, kernel, strides);
            return g.rows.stride == 1 && g.columns.stride == 1
                       ? even + Stage::tr(" No checkerboard can arise inside.")
                       : even + Stage::tr(" Training can still learn a pattern.");
        }
        case engine::CoverageVerdict::uneven: {
            const bool rows = !engine::touches_evenly(g.rows);
            const bool columns = !engine::touches_evenly(g.columns);
            return Stage::tr(
                       "%1 inputs inside: kernel_size %2 does not cover strides %3 evenly, "
                       "so %4 likely.")
                .arg(counts, kernel, strides,
                     rows && columns ? Stage::tr("a checkerboard is") : Stage::tr("stripes are"));
        }
    }
    return {};
}

/// "These weights and the bias 0.5 on flat grey (all inputs 1) give 4 everywhere, before relu"
QString on_grey(const Scene& scene, const QString& give) {
    const float bias = scene.trace.bias();
    const engine::ActivationKind activation = engine::activation_of(scene.spec);
    const std::string_view name = engine::name_of(activation);
    const QString text =
        bias == 0 ? Stage::tr("These weights on flat grey (all inputs 1) give %1").arg(give)
                  : Stage::tr("These weights and the bias %1 on flat grey (all inputs 1) give %2")
                        .arg(said_number(bias), give);
    return activation == engine::ActivationKind::linear
               ? text
               : Stage::tr("%1, before %2")
                     .arg(text,
                          QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
}

QString grey_text(const Scene& scene) {
    const std::vector<float> grey = engine::flat_response(scene.spec, scene.layer.geometry,
                                                          scene.layer.weights, scene.view.filter);
    if (grey.empty()) return {};
    const auto [low, high] = std::ranges::minmax(grey);
    const QString least = said_number(low);
    if (low == high) {
        return Stage::tr("%1: no pattern.")
            .arg(on_grey(scene, Stage::tr("%1 everywhere inside").arg(least)));
    }
    if (number_text(low) == number_text(high)) {
        return Stage::tr("%1: hardly a pattern.")
            .arg(on_grey(scene, Stage::tr("about %1 everywhere inside").arg(number_text(low))));
    }
    if (grey.size() > 4) {
        return Stage::tr("%1.").arg(
            on_grey(scene, Stage::tr("%n different value(s) inside, from %1 to %2", nullptr,
                                     static_cast<int>(grey.size()))
                               .arg(least, said_number(high))));
    }
    QStringList texts;
    for (const float value : grey) texts << said_number(value);
    const QString last = texts.takeLast();
    return Stage::tr("%1.").arg(on_grey(
        scene, Stage::tr("%1 and %2 by turns inside").arg(texts.join(Stage::tr(", ")), last)));
}

constexpr double text_size = 12.5;
constexpr double widest_map = 0.42;  ///< of the room
/// A longer map has more cells than the page has pixels for it.
constexpr int largest_map = 1024;

}  // namespace

std::optional<CoverageStrip> solve_coverage(const Scene& scene, double width) {
    // The fewest rows that show the inside: width is at hand here, height is not.
    const engine::Size2D input{engine::fewest_telling(scene.layer.geometry.rows),
                               engine::telling_input(scene.layer.geometry).width};
    const engine::Shape larger{input.height, input.width, scene.layer.geometry.input.channels()};
    const engine::Result<engine::Geometry> geometry = engine::infer(scene.spec, larger);
    if (!geometry) return std::nullopt;
    if (std::max(geometry->rows.full, geometry->columns.full) > largest_map) return std::nullopt;
    CoverageStrip strip{input, engine::coverage(*geometry), {}, grey_text(scene)};
    strip.on_any_weights = verdict_text(strip.map, *geometry, scene.uses_bias());
    const double size = scene.text(text_size);
    const QString words = strip.on_any_weights + QStringLiteral(" ") + strip.on_these;
    const double words_width = (1 - widest_map) * width - scene.text(26);
    const double words_height = lines_of(words, size, words_width) * line_spacing * size;
    strip.height = std::max(scene.text(118), scene.text(22) + words_height);
    return strip;
}

void draw_coverage(Builder& builder, const Scene& scene, const CoverageStrip& strip,
                   const QRectF& area) {
    const engine::Coverage& map = strip.map;
    builder.group(QStringLiteral("coverage"), Stage::tr("Inputs that touch each output cell"));
    const double top = area.top() + scene.text(8);
    builder.label(
        {area.left() + 2, top}, scene.text(12.5),
        {words(Stage::tr("Inputs that touch each output cell"), {Role::ink, 1}, FontWeight::bold),
         words(Stage::tr("   on a %1 × %2 input").arg(strip.input.height).arg(strip.input.width),
               {Role::ink_soft, 1})},
        Align::left, area.width());
    const QPointF origin(area.left() + 2, top + scene.text(14));
    const double room = area.bottom() - origin.y() - 4;
    const double fits =
        std::min({room / map.height, widest_map * area.width() / map.width, scene.text(16)});
    const double pitch = fits >= 1 ? std::floor(fits) : fits;
    GridFigure figure =
        grid_at({Grid::coverage, 0}, Stage::tr("inputs that touch each output cell"), map.height,
                map.width, origin, pitch);
    figure.cell = pitch > 4 ? pitch - 1 : pitch;
    const int most = *std::max_element(map.counts.begin(), map.counts.end());
    figure.shade = [&](int row, int column) {
        return most > 0 ? static_cast<double>(map.at(row, column)) / most : 0;
    };
    figure.look = [&](int row, int column) {
        const int count = map.at(row, column);
        CellLook look;
        look.text = QString::number(count);
        look.spoken = Spoken(static_cast<float>(count));
        const double share = figure.shade(row, column);
        look.fill = {Role::output_strong, count == 0 ? 0 : 0.12 + 0.78 * (share * share)};
        if (count == 0) {
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dashed;
        }
        look.ink = {share * share > 0.55 ? Role::on_strong : Role::output_text, 1};
        return look;
    };
    if (figure.is_image()) figure.source = CellSource(Counts{map.counts, map.width});
    figure.tint = Role::output_strong;
    draw_grid(builder, figure);
    const double text_left = figure.rect().right() + scene.text(20);
    const double width = area.right() - text_left - 4;
    const double size = scene.text(text_size);
    const double first = origin.y() + scene.text(9);
    builder.label({text_left, first}, size,
                  {words(strip.on_any_weights + QStringLiteral(" ")),
                   words(strip.on_these, {Role::ink_soft, 1})},
                  Align::left, width, true);
}

}  // namespace ui::diagram
