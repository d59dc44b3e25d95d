// SPDX-License-Identifier: MIT
#include "engine/lessons/timeline.h"

#include <algorithm>

#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// The first cell along an axis that 0, 1, … inputs reach; -1 where none is reached so often.
std::vector<int> first_reached(const Axis& axis) {
    std::vector<int> first;
    for (int cell = 0; cell < axis.full; ++cell) {
        const std::size_t count = index(inputs_reaching(axis, cell));
        if (first.size() <= count) first.resize(count + 1, -1);
        if (first[count] < 0) first[count] = cell;
    }
    return first;
}

bool cuts(const Axis& axis) { return axis.crop_before != 0 || axis.crop_after != 0; }

Segment inputs(Phase phase, const Geometry& g) {
    return {phase, g.rows.in * g.columns.in, Domain::input_cell, g.columns.in};
}
Segment outputs(Phase phase, const Geometry& g) {
    return {phase, g.rows.full * g.columns.full, Domain::output_cell, g.columns.full};
}
Segment taps(Phase phase, const Geometry& g) {
    return {phase, g.rows.kernel * g.columns.kernel, Domain::tap, g.columns.kernel};
}
Segment whole(Phase phase) { return {phase, 1, Domain::whole, 1}; }

}  // namespace

constexpr Reading::Steps stamp_steps{
    [](const Geometry& g) -> std::vector<Segment> { return {inputs(Phase::accumulate, g)}; }};
constexpr Reading::Steps slide_steps{[](const Geometry& g) -> std::vector<Segment> {
    return {whole(Phase::insert_zeros), whole(Phase::pad_border), whole(Phase::turn_kernel),
            outputs(Phase::accumulate, g)};
}};
constexpr Reading::Steps why_equal_steps{[](const Geometry& g) -> std::vector<Segment> {
    return {taps(Phase::one_input, g), inputs(Phase::add_inputs, g), outputs(Phase::one_output, g)};
}};
constexpr Reading::Steps window_steps{[](const Geometry& g) -> std::vector<Segment> {
    const bool is_padded = g.rows.padded() > g.rows.in || g.columns.padded() > g.columns.in;
    std::vector<Segment> steps{outputs(Phase::accumulate, g)};
    if (is_padded) steps.insert(steps.begin(), whole(Phase::pad_border));
    return steps;
}};
constexpr Reading::Steps copy_steps{
    [](const Geometry& g) -> std::vector<Segment> { return {inputs(Phase::accumulate, g)}; }};
constexpr Reading::Steps sample_steps{
    [](const Geometry& g) -> std::vector<Segment> { return {outputs(Phase::accumulate, g)}; }};

std::vector<Segment> Reading::linear_part(const Geometry& geometry) const {
    return m_steps ? m_steps->linear_part(geometry) : std::vector<Segment>();
}

OutputOrder::OutputOrder(const Geometry& geometry) : m_width(geometry.columns.full) {
    const std::vector<int> rows = first_reached(geometry.rows);
    const std::vector<int> columns = first_reached(geometry.columns);
    for (const int wanted : {1, 2, 4}) {
        int first = -1;
        for (int of_row = 1; of_row <= wanted && of_row < std::ssize(rows); ++of_row) {
            if (wanted % of_row != 0 || wanted / of_row >= std::ssize(columns)) continue;
            const int row = rows[index(of_row)];
            const int column = columns[index(wanted / of_row)];
            if (row < 0 || column < 0) continue;
            const int cell = row * m_width + column;
            if (first < 0 || cell < first) first = cell;
        }
        if (first >= 0) m_chosen[index(m_count++)] = first;
    }
}

Cell OutputOrder::at(int i) const {
    if (i < m_count) return cell_at(m_chosen[index(i)], m_width);
    // The rest in reading order: each of the chosen that is passed makes it one cell more.
    const int rest = i - m_count;
    int cell = rest;
    for (int round = 0; round < m_count; ++round) {
        int passed = 0;
        for (int k = 0; k < m_count; ++k) passed += m_chosen[index(k)] <= cell ? 1 : 0;
        cell = rest + passed;
    }
    return cell_at(cell, m_width);
}

Timeline::Timeline(const LayerSpec& spec, const Geometry& geometry, Reading reading, float bias) {
    if (!has_trace(spec)) return;
    for (const Segment& segment : reading.linear_part(geometry)) {
        if (segment.phase == Phase::one_output) m_output_order = OutputOrder(geometry);
        add(segment);
    }
    if (bias != 0) add(whole(Phase::add_bias));
    if (activation_of(spec) != ActivationKind::linear) add(whole(Phase::activate));
    if (cuts(geometry.rows) || cuts(geometry.columns)) add(whole(Phase::crop));
}

void Timeline::add(const Segment& segment) {
    m_segments.push_back(segment);
    m_step_count += segment.count;
}

int Timeline::first_step(int segment) const {
    int step = 1;
    for (int i = 0; i < segment; ++i) step += m_segments[index(i)].count;
    return step;
}

Position Timeline::at(int step) const {
    int left = std::clamp(step, 0, m_step_count) - 1;
    if (left < 0) return {};
    int number = 0;
    while (left >= m_segments[index(number)].count) left -= m_segments[index(number++)].count;
    const Segment& segment = m_segments[index(number)];
    const bool ordered = segment.phase == Phase::one_output;
    return {number, segment.phase, left,
            ordered ? m_output_order.at(left) : cell_at(left, segment.row)};
}

Domain Timeline::domain_at(int step) const {
    if (m_segments.empty()) return Domain::whole;
    return m_segments[index(std::max(at(step).segment, 0))].domain;
}

bool has_trace(const LayerSpec& spec) {
    return plays_filters(spec) || std::holds_alternative<UpSampling2D>(spec);
}

int kept_step(const Timeline& before, int step, const Timeline& after) {
    if (step <= 0) return 0;
    if (step >= before.step_count()) return after.step_count();
    const Position was = before.at(step);
    const std::vector<Segment>& segments = after.segments();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        if (segment.phase != was.phase) continue;
        const int first = after.first_step(static_cast<int>(i));
        // Orders of their own keep the index.
        if (segment.phase == Phase::one_output || segment.domain == Domain::tap)
            return first + std::min(was.index, segment.count - 1);
        // In reading order the cell itself, or the last one before it where the grid became
        // smaller.
        const int rows = segment.count / segment.row;
        const Cell wanted = was.cell;
        if (wanted.row >= rows) return first + segment.count - 1;
        return first + wanted.row * segment.row + std::min(wanted.column, segment.row - 1);
    }
    return std::min(step, after.step_count());
}

}  // namespace engine
