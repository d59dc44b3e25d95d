// SPDX-License-Identifier: MIT
#include "engine/lessons/same_place.h"

#include <algorithm>
#include <array>

namespace engine {

namespace {

const Segment& segment_of(const Timeline& timeline, const Position& at) {
    return timeline.segments()[static_cast<std::size_t>(at.segment)];
}

/// The last segment that is wanted; -1 if there is none.
template <typename Wanted>
int segment_where(const Timeline& timeline, Wanted wanted) {
    for (int i = static_cast<int>(timeline.segments().size()) - 1; i >= 0; --i)
        if (wanted(timeline.segments()[static_cast<std::size_t>(i)])) return i;
    return -1;
}

int step_at(const Timeline& timeline, int segment, Cell cell) {
    const int first = timeline.first_step(segment);
    const int count = timeline.segments()[static_cast<std::size_t>(segment)].count;
    for (int step = first; step < first + count; ++step)
        if (timeline.at(step).cell == cell) return step;
    return first;
}

/// The last input whose stamp spans an output cell, or the nearest there is.
int last_input(const Axis& axis, int output) {
    return std::clamp(inputs_spanning(axis, output).last, 0, axis.in - 1);
}

}  // namespace

int same_place(const Timeline& before, int step, const Timeline& after, const Geometry& geometry) {
    if (step <= 0) return 0;
    if (step >= before.step_count()) return after.step_count();
    const Position was = before.at(step);
    const Domain counted = segment_of(before, was).domain;
    if (counted == Domain::whole) {
        const int same = segment_where(
            after, [&](const Segment& segment) { return segment.phase == was.phase; });
        return same < 0 ? 0 : after.first_step(same);
    }
    if (counted == Domain::tap) return 0;  // about one input alone
    const int same =
        segment_where(after, [&](const Segment& segment) { return segment.domain == counted; });
    if (same >= 0) return step_at(after, same, was.cell);
    const Domain other = counted == Domain::input_cell ? Domain::output_cell : Domain::input_cell;
    const int there =
        segment_where(after, [&](const Segment& segment) { return segment.domain == other; });
    if (there < 0) return 0;
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    const Cell cell =
        other == Domain::output_cell
            ? Cell{landing(rows, was.cell.row, 0), landing(columns, was.cell.column, 0)}
            : Cell{last_input(rows, was.cell.row), last_input(columns, was.cell.column)};
    return step_at(after, there, cell);
}

namespace {

/// Parts that all readings have in this order, whatever phases they are played in.
constexpr int part_count = 7;
int part_of(Phase phase) {
    switch (phase) {
        case Phase::insert_zeros:
            return 0;
        case Phase::pad_border:
            return 1;
        case Phase::turn_kernel:
            return 2;
        case Phase::accumulate:
        case Phase::one_input:
        case Phase::add_inputs:
        case Phase::one_output:
            return 3;
        case Phase::add_bias:
            return 4;
        case Phase::activate:
            return 5;
        case Phase::crop:
            return 6;
    }
    return 0;
}

/// Steps of each part.
std::array<std::int64_t, part_count> steps_of_parts(const Timeline& timeline) {
    std::array<std::int64_t, part_count> steps{};
    for (const Segment& segment : timeline.segments())
        steps[static_cast<std::size_t>(part_of(segment.phase))] += segment.count;
    return steps;
}

}  // namespace

int beside_place(const Timeline& timeline, int step, const Timeline& beside) {
    if (step <= 0) return 0;
    if (step >= timeline.step_count()) return beside.step_count();
    const auto own = steps_of_parts(timeline);
    const auto others = steps_of_parts(beside);
    std::int64_t left = step;
    std::int64_t done = 0;
    for (std::size_t part = 0; left > own[part]; ++part) {
        left -= own[part];
        done += others[part];
    }
    const auto part = static_cast<std::size_t>(part_of(timeline.at(step).phase));
    return static_cast<int>(done + left * others[part] / own[part]);
}

}  // namespace engine
