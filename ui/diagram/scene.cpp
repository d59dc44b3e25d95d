// SPDX-License-Identifier: MIT
#include "ui/diagram/scene.h"

#include <algorithm>

#include "engine/lessons/both_ways.h"
#include "ui/diagram/number_text.h"

namespace ui::diagram {

using engine::Cell;
using engine::Domain;
using engine::Phase;
using engine::Position;

namespace {

/// The input cell whose stamp a grid is.
Cell stamped_input(GridRef stamp, const engine::Geometry& g) {
    if (stamp.index < 0) return {-1, -1};
    return {stamp.index / g.columns.in, stamp.index % g.columns.in};
}

/// What a cell of some grid stands for; a stamp's cell stands for the output cell it is laid on.
Spot spot_of_reference(const CellRef& ref, const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const Cell cell{ref.row, ref.column};
    Spot spot;
    switch (ref.grid.grid) {
        case Grid::input:
            if (inside(cell, g.rows.in, g.columns.in)) spot.input = cell;
            break;
        case Grid::kernel:
            if (inside(cell, g.rows.kernel, g.columns.kernel)) spot.tap = cell;
            break;
        case Grid::stamp: {
            const Cell input = stamped_input(ref.grid, g);
            if (inside(input, g.rows.in, g.columns.in) &&
                inside(cell, g.rows.kernel, g.columns.kernel)) {
                spot.output = Cell{engine::landing(g.rows, input.row, cell.row),
                                   engine::landing(g.columns, input.column, cell.column)};
            }
            break;
        }
        case Grid::full_output:
            if (inside(cell, g.rows.canvas(), g.columns.canvas())) spot.output = cell;
            break;
        default:
            for (const ReadingDefinition* reading : all_readings())
                if (reading->spot_of)
                    if (const auto own = reading->spot_of(ref, scene)) spot = *own;
            break;
    }
    return spot;
}

std::optional<Spot> spot_of_reference(const std::optional<CellRef>& ref, const Scene& scene,
                                      Spot::By by) {
    if (!ref) return std::nullopt;
    Spot spot = spot_of_reference(*ref, scene);
    spot.by = by;
    return spot.is_anywhere() ? std::optional(spot) : std::nullopt;
}

Spot spot_of_step(const Scene& scene) {
    Spot spot;
    const Cell cell = scene.active.cell;
    switch (scene.domain()) {
        case Domain::input_cell:
            spot.input = cell;
            break;
        case Domain::output_cell:
            spot.output = cell;
            break;
        case Domain::tap:  // each of the one input
            spot.input = scene.trace.lone_input();
            spot.tap = cell;
            break;
        case Domain::whole:
            break;
    }
    return spot;
}

/// Output cells a stamp covers, or all cells in which one weight lands.
Targets targets_of(const Scene& scene) {
    Targets targets;
    if (scene.spot.output) return targets;
    if (scene.spot.input) {
        for (const engine::Tap& tap : scene.trace.taps_from(*scene.spot.input)) {
            targets.rows.insert(tap.output.row);
            targets.columns.insert(tap.output.column);
        }
    } else if (scene.spot.tap) {
        const auto [rows, columns] = scene.trace.landings_of(*scene.spot.tap);
        targets.rows.insert(rows.begin(), rows.end());
        targets.columns.insert(columns.begin(), columns.end());
    }
    return targets;
}

std::vector<Cell> sources_of(const Scene& scene) {
    if (scene.spot.output) return scene.contributors(*scene.spot.output);
    if (scene.spot.input) return {*scene.spot.input};
    return {};
}

/// The stamps of what is lit, else the last one laid down.
std::vector<Cell> stamped_inputs(const Scene& scene) {
    if (!scene.sources.empty() || scene.step == 0 || scene.spot.tap || scene.spot.output)
        return scene.sources;
    const engine::Geometry& g = scene.geometry();
    return {Cell{g.rows.in - 1, g.columns.in - 1}};
}

/// The step's cell decides which stamps are shown, or the pinned one while it has none; a hovered
/// one then moves the light. What moves is not disturbed by where the pointer rests.
void choose_spot(Scene& scene) {
    scene.spot = spot_of_step(scene);
    scene.pin = spot_of_reference(scene.view.pinned, scene, Spot::By::pin);
    if (scene.pin && !scene.spot.is_anywhere()) scene.spot = *scene.pin;
    scene.sources = sources_of(scene);
    scene.stamped = stamped_inputs(scene);
    const auto hovered = spot_of_reference(scene.view.hovered, scene, Spot::By::pointer);
    if (hovered && !scene.is_under_way()) {
        scene.spot = *hovered;
        scene.sources = sources_of(scene);
        if (scene.view.hovered->grid.grid != Grid::stamp) scene.stamped = stamped_inputs(scene);
    }
    scene.targets = targets_of(scene);
}

}  // namespace

QRect Targets::around() const {
    if (rows.empty() || columns.empty()) return {};
    return {QPoint(*columns.begin(), *rows.begin()), QPoint(*columns.rbegin(), *rows.rbegin())};
}

QRect cells_around(const std::vector<Cell>& cells) {
    QRect around;
    for (const Cell cell : cells) around |= QRect(cell.column, cell.row, 1, 1);
    return around;
}

Scene make_scene(const engine::Lesson& lesson, const engine::Run& run, const View& view,
                 const StageOptions& options, const engine::Trace* kept) {
    const auto focus = static_cast<std::size_t>(view.focus);
    const engine::LayerRun& layer = run.layers[focus];
    const engine::LayerSpec& spec = lesson.layers[focus].spec;
    engine::Trace trace = kept ? *kept : trace_of(lesson, run, view);
    if (!kept) trace.keep_sums();
    engine::Trace lower = trace;
    Scene scene{.lesson = lesson,
                .layer = layer,
                .spec = spec,
                .view = view,
                .options = options,
                .reading = reading_of(spec, view.reading),
                .trace = std::move(trace),
                .lower = std::move(lower)};
    if (scene.trace.step_count() == 0) return scene;
    scene.step = std::clamp(view.moment.step, 0, scene.trace.step_count());
    scene.progress = scene.step < scene.trace.step_count() ? view.moment.progress : 0;
    scene.now = scene.trace.at(scene.step);
    scene.active = scene.progress > 0 ? scene.trace.at(scene.step + 1) : scene.now;
    choose_spot(scene);
    if (scene.reading.fill)
        scene.reading.fill(scene);
    else
        scene.shown = scene.shown_below = scene.trace.partial(scene.step);
    return scene;
}

int Scene::output_characters(double pitch) const {
    constexpr std::int64_t most_cells = 4096;
    int widest = 2;
    if (cell_type(pitch, 1).size <= smallest_cell_type ||
        trace.geometry().canvas().count() > most_cells)
        return widest;
    for (const float value : finished().values.values())
        widest = std::max(widest, wanted_characters(value, view.digits));
    return widest;
}

bool Scene::has_negative(bool is_image) const {
    const auto below_zero = [](const engine::Tensor& tensor) {
        return std::ranges::any_of(tensor.values(), [](float value) { return value < 0; });
    };
    return below_zero(is_image ? shown.values : finished().values) || below_zero(trace.input()) ||
           below_zero(trace.kernel());
}

double Scene::greatest_output() const { return Shade(finished().values.values()).greatest(); }

const engine::Partial& Scene::finished() const {
    if (!kept_finished) kept_finished = trace.partial(trace.step_count());
    return *kept_finished;
}

engine::Domain Scene::domain() const {
    return active.segment < 0 ? Domain::whole
                              : trace.segments()[static_cast<std::size_t>(active.segment)].domain;
}

bool Scene::is_last_of_phase() const {
    return active.segment >= 0 &&
           active.index + 1 == trace.segments()[static_cast<std::size_t>(active.segment)].count;
}

GridRef Scene::stamp_of(Cell input) const {
    return {Grid::stamp, input.row * geometry().columns.in + input.column};
}

bool Scene::is_summed_up(Cell output) const {
    if (!shown.visited_at(output.row, output.column)) return false;
    const bool all = now.index + 1 == trace.segments()[static_cast<std::size_t>(now.segment)].count;
    switch (now.phase) {
        case Phase::one_input:
            return false;
        case Phase::accumulate:
        case Phase::add_inputs:
            return all || trace.timeline().domain_at(step) == Domain::output_cell;
        default:
            return true;
    }
}

bool Scene::is_in(Cell input) const {
    const auto [first, end] = inputs_in();
    const int index = input.row * geometry().columns.in + input.column;
    return index >= first && index < end;
}

std::pair<int, int> Scene::inputs_in() const {
    const int columns = geometry().columns.in;
    const std::pair all{0, geometry().rows.in * columns};
    if (active.segment < 0) return all;
    if (active.phase == Phase::one_input) {
        const Cell lone = trace.lone_input();
        const int index = lone.row * columns + lone.column;
        return {index, index + 1};
    }
    if (active.phase != Phase::add_inputs) return all;
    return {0, now.segment == active.segment ? now.index + 1 : 0};
}

bool Scene::has(Phase phase) const {
    return std::ranges::any_of(
        trace.segments(), [&](const engine::Segment& segment) { return segment.phase == phase; });
}

double Scene::amount(Phase phase, double absent) const {
    const std::vector<engine::Segment>& segments = trace.segments();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].phase != phase) continue;
        const int before = trace.timeline().first_step(static_cast<int>(i)) - 1;
        return std::clamp((step + progress - before) / segments[i].count, 0.0, 1.0);
    }
    return absent;
}

double Scene::frame_strength() const {
    if (!has(Phase::crop)) return 0;
    return std::max(amount(Phase::crop, 0), amount(Phase::one_output, 0) > 0 ? 1.0 : 0.0);
}

QString Scene::tag(Cell input) const {
    static const QString letters = QStringLiteral("ABCDEFGHJKLMNOPQRSTUVWXYZ");  // I reads as 1
    const engine::Shape& shape = layer.input.shape();
    if (shape.height() * shape.width() <= letters.size())
        return letters.mid(input.row * shape.width() + input.column, 1);
    return QStringLiteral("%1,%2").arg(input.row).arg(input.column);
}

int Scene::channel_number(int channel) const {
    return trace.channels()[static_cast<std::size_t>(channel)];
}

QString Scene::channel_name(int channel) const {
    return Stage::tr("channel %1").arg(channel_number(channel));
}

QString Scene::channel_text() const {
    const int count = layer.input.shape().channels();
    if (count == 1) return {};
    return Stage::tr("channel %1 of %2").arg(channel_number(channel())).arg(count);
}

QString Scene::name_of_input(Cell input) {
    return Stage::tr("in[%1, %2]").arg(input.row).arg(input.column);
}

QString Scene::name_of(Cell output) const {
    const engine::Geometry& g = geometry();
    const bool beyond = output.row >= g.rows.full || output.column >= g.columns.full;
    if (beyond && engine::is_kept(g.rows, output.row) && engine::is_kept(g.columns, output.column))
        return Stage::tr("out[%1, %2]")
            .arg(output.row - g.rows.crop_before)
            .arg(output.column - g.columns.crop_before);
    const QString name = has(Phase::crop) ? Stage::tr("full[%1, %2]") : Stage::tr("out[%1, %2]");
    return name.arg(output.row).arg(output.column);
}

float Scene::input_value(Cell cell) const {
    return trace.input().at(cell.row, cell.column, channel());
}

float Scene::kernel_value(Cell tap) const {
    return trace.kernel().at(tap.row, tap.column, 0, channel());
}

bool Scene::uses_bias() const {
    const auto* transpose = std::get_if<engine::Conv2DTranspose>(&spec);
    return transpose && transpose->use_bias;
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
    return engine::window_sum(geometry(), trace.input(), lower.kernel(), output);
}

}  // namespace ui::diagram
