// SPDX-License-Identifier: MIT
#include "engine/lessons/same_place.h"

#include <algorithm>

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

}  // namespace engine
