// SPDX-License-Identifier: MIT
#include "ui/diagram/scene.h"

#include <algorithm>

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Position;
using engine::Reading;

namespace {

/// The kernel with rows and columns reversed: what sliding without the turn amounts to.
engine::Weights reversed(engine::Weights weights) {
    const engine::Shape& shape = weights.kernel.shape();
    const int kh = shape[0];
    const int kw = shape[1];
    const std::size_t slice =
        static_cast<std::size_t>(shape[2]) * static_cast<std::size_t>(shape[3]);
    const std::span<const float> from = weights.kernel.values();
    std::vector<float> values(from.size());
    for (int row = 0; row < kh; ++row) {
        for (int column = 0; column < kw; ++column) {
            const auto source = static_cast<std::size_t>(row * kw + column) * slice;
            const auto target =
                static_cast<std::size_t>((kh - 1 - row) * kw + (kw - 1 - column)) * slice;
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(source), slice,
                        values.begin() + static_cast<std::ptrdiff_t>(target));
        }
    }
    weights.kernel = engine::Tensor(shape, std::move(values));
    return weights;
}

bool inside(Cell cell, int rows, int columns) {
    return cell.row >= 0 && cell.column >= 0 && cell.row < rows && cell.column < columns;
}

Spot spot_of_reference(const CellRef& ref, const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const Cell cell{ref.row, ref.column};
    Spot spot;
    spot.chosen = true;
    switch (ref.grid.grid) {
        case Grid::input:
            if (inside(cell, g.rows.in, g.columns.in)) spot.input = cell;
            break;
        case Grid::bordered_input: {
            const engine::SlideCell slide = engine::slide_cell(g, cell.row, cell.column);
            if (slide.material == engine::Material::value) spot.input = slide.input;
            break;
        }
        case Grid::kernel:
            spot.tap = cell;
            break;
        case Grid::turned_kernel:
            spot.tap =
                Cell{engine::turned(g.rows, cell.row), engine::turned(g.columns, cell.column)};
            break;
        case Grid::full_output:
        case Grid::slide_output:
            if (inside(cell, g.rows.natural, g.columns.natural)) spot.output = cell;
            break;
        default:
            break;
    }
    spot.chosen = spot.input || spot.output || spot.tap;
    return spot;
}

Spot spot_of_step(const Scene& scene) {
    Spot spot;
    const Position& at = scene.active;
    if (at.segment < 0) return spot;
    const bool is_transpose = std::holds_alternative<engine::Conv2DTranspose>(scene.spec);
    switch (at.phase) {
        case Phase::accumulate:
            if (is_transpose ? scene.view.reading == Reading::slide
                             : std::get<engine::UpSampling2D>(scene.spec).interpolation !=
                                   engine::Interpolation::nearest) {
                spot.output = at.cell;
            } else {
                spot.input = at.cell;
            }
            break;
        case Phase::one_input:
            spot.input = scene.trace.lone_input();
            spot.tap = at.cell;
            break;
        case Phase::add_inputs:
            spot.input = at.cell;
            break;
        case Phase::one_output:
            spot.output = at.cell;
            break;
        default:
            break;
    }
    return spot;
}

int widest_number(const engine::Partial& partial) {
    int widest = 2;
    const std::span<const float> values = partial.values.values();
    if (values.size() > 4096) return widest;
    for (std::size_t i = 0; i < values.size(); ++i) {
        widest = std::max(widest, static_cast<int>(number_text(values[i], 2).size()));
    }
    return widest;
}

}  // namespace

Scene make_scene(const engine::Lesson& lesson, const engine::Run& run, const View& view,
                 const StageOptions& options) {
    const auto focus = static_cast<std::size_t>(view.focus);
    const engine::LayerRun& layer = run.layers[focus];
    const engine::LayerSpec& spec = lesson.layers[focus].spec;
    engine::Trace trace(spec, layer.geometry, layer.weights, layer.input, view.filter,
                        view.reading);
    const bool unturned = !view.turn_kernel && view.reading == Reading::why_equal &&
                          std::holds_alternative<engine::Conv2DTranspose>(spec);
    engine::Trace lower = unturned ? engine::Trace(spec, layer.geometry, reversed(layer.weights),
                                                   layer.input, view.filter, view.reading)
                                   : trace;

    Scene scene{lesson, layer, spec, view, options, std::move(trace), std::move(lower), 0, 0, {},
                {},     {},    {},   {},   2};
    scene.step = std::clamp(view.moment.step, 0, scene.trace.step_count());
    scene.progress = scene.step < scene.trace.step_count() ? view.moment.progress : 0;
    scene.now = scene.trace.at(scene.step);
    scene.active = scene.progress > 0 ? scene.trace.at(scene.step + 1) : scene.now;
    scene.shown_below = scene.lower.partial(scene.step);
    // The stamp of the act's one input lies there at once; below, the window paints it weight by weight.
    const bool stamped = scene.now.segment >= 0 && scene.now.phase == Phase::one_input;
    scene.shown = scene.trace.partial(stamped ? scene.trace.segments().front().count : scene.step);
    scene.number_columns = widest_number(scene.trace.partial(scene.trace.step_count()));
    for (const std::optional<CellRef>& chosen : {view.hovered, view.pinned}) {
        if (chosen && !scene.spot.chosen) scene.spot = spot_of_reference(*chosen, scene);
    }
    if (!scene.spot.chosen) scene.spot = spot_of_step(scene);
    return scene;
}

bool Scene::has(Phase phase) const {
    return std::ranges::any_of(
        trace.segments(), [&](const engine::Segment& segment) { return segment.phase == phase; });
}

double Scene::amount(Phase phase, double absent) const {
    const std::vector<engine::Segment>& segments = trace.segments();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].phase != phase) continue;
        const int before = trace.first_step(static_cast<int>(i)) - 1;
        return std::clamp((step + progress - before) / segments[i].count, 0.0, 1.0);
    }
    return absent;
}

double Scene::frame_strength() const {
    if (!has(Phase::crop)) return 0;
    if (view.reading == Reading::why_equal && has(Phase::one_output)) {
        return std::max(amount(Phase::crop, 0), amount(Phase::one_output, 0) > 0 ? 1.0 : 0.0);
    }
    return amount(Phase::crop, 0);
}

QString Scene::tag(Cell input) const {
    const engine::Shape& shape = layer.input.shape();
    if (shape.height() * shape.width() <= 26) {
        return QString(
            QChar(u'A' + static_cast<char16_t>(input.row * shape.width() + input.column)));
    }
    return QStringLiteral("%1,%2").arg(input.row).arg(input.column);
}

float Scene::input_value(Cell cell) const {
    return trace.input().at(cell.row, cell.column, std::min(channel(), channels() - 1));
}

float Scene::kernel_value(Cell tap) const {
    return trace.kernel().at(tap.row, tap.column, 0, std::min(channel(), channels() - 1));
}

bool Scene::is_editable_input() const { return view.focus == 0; }

std::vector<Cell> Scene::contributors(Cell output) const {
    std::vector<Cell> cells;
    for (const engine::Tap& tap : trace.taps_into(output)) {
        if (cells.empty() || cells.back() != tap.input) cells.push_back(tap.input);
    }
    return cells;
}

float Scene::window_sum(Cell output) const {
    const engine::Geometry& g = geometry();
    const engine::Tensor& weights = lower.kernel();
    double sum = 0;
    for (int row = 0; row < g.rows.kernel; ++row) {
        for (int column = 0; column < g.columns.kernel; ++column) {
            const engine::SlideCell covered = engine::slide_cell(
                g, output.row + row * g.rows.dilation, output.column + column * g.columns.dilation);
            if (covered.material != engine::Material::value) continue;
            for (int c = 0; c < channels(); ++c) {
                sum += static_cast<double>(
                           trace.input().at(covered.input.row, covered.input.column, c)) *
                       static_cast<double>(weights.at(engine::turned(g.rows, row),
                                                      engine::turned(g.columns, column), 0, c));
            }
        }
    }
    return static_cast<float>(sum);
}

bool Scene::lanes_agree() const {
    const engine::Geometry& g = geometry();
    const Position at = trace.at(step);
    const auto agrees_at = [&](Cell cell) {
        return engine::sum(trace.taps_into(cell)) == window_sum(cell);
    };
    if (at.phase == Phase::one_output && spot.output) return agrees_at(*spot.output);
    if (at.phase == Phase::one_input) {
        // Only the lone input counts: tap by tap, the stamp's product against what the window paints there.
        for (const engine::Tap& upper : trace.taps_from(trace.lone_input())) {
            bool same = false;
            for (const engine::Tap& below : lower.taps_from(trace.lone_input())) {
                if (below.output == upper.output && below.channel == upper.channel)
                    same = below.product == upper.product;
            }
            if (!same) return false;
        }
        return true;
    }
    constexpr int affordable = 33 * 33;
    if (g.rows.natural * g.columns.natural > affordable)
        return !spot.output || agrees_at(*spot.output);
    for (int row = 0; row < g.rows.natural; ++row) {
        for (int column = 0; column < g.columns.natural; ++column) {
            if (!agrees_at({row, column})) return false;
        }
    }
    return true;
}

}  // namespace ui::diagram
