// SPDX-License-Identifier: MIT
#include "ui/diagram/pace.h"

#include <algorithm>
#include <cmath>

namespace ui::diagram {

using engine::Phase;
using engine::Segment;

namespace {

constexpr double moving_share = 0.7;  // of a step's time; then its result stands still to be read

/// Cubic ease in and out, and its inverse: a moment set from outside plays on without a jump.
double eased(double t) { return t < 0.5 ? 4 * t * t * t : 1 - std::pow(2 - 2 * t, 3) / 2; }
double uneased(double p) { return p < 0.5 ? std::cbrt(p / 4) : 1 - std::cbrt(2 * (1 - p)) / 2; }

/// Steps that all tell the same story: the first few slowly enough to follow each, then ever
/// quicker.
constexpr int watched_steps = 25;
double paced(int index, int first, int next) {
    constexpr int followed = 9;  // a 3 × 3 input
    if (index == 0) return first;
    if (index < followed) return next;
    return index < watched_steps ? next / 3 : 150;
}

/// Of a phase that takes as long as it likes.
double unhurried(const Segment& segment, int index) {
    switch (segment.phase) {
        case Phase::insert_zeros:
            return 1500;
        case Phase::pad_border:
            return 1200;
        case Phase::turn_kernel:
            return 3000;
        case Phase::accumulate:
            // The first row of outputs is followed, the others are seen to go alike.
            if (segment.domain == engine::Domain::output_cell)
                return index < std::max(segment.row, 1) ? 600 : 150;
            return paced(index, 4000, 1500);
        case Phase::one_input:
            return paced(index, 1500, 1000);
        case Phase::add_inputs:
            return paced(index, 1500, 1200);
        case Phase::one_output:
            return index < 3 ? 2500 : 150;
        case Phase::add_bias:
        case Phase::activate:
            return 1200;
        case Phase::crop:
            return 1500;
    }
    return 1000;
}

/// How the steps of a phase go: the first ones are followed one by one, the others go alike.
struct Pace {
    int followed = 0;
    double followed_ms = 0;  ///< of them all
    double share = 1;        ///< of the time they would take
    double alike_ms = 0;     ///< of each of the others
    double total(int count) const { return followed_ms * share + (count - followed) * alike_ms; }
};

/// A phase is over within 90 s: what is followed may take half of that, the others hurry as much as
/// they must.
Pace pace_of(const Segment& segment) {
    constexpr double longest_ms = 90'000;
    Pace pace;
    pace.alike_ms = unhurried(segment, segment.count - 1);
    while (pace.followed < segment.count) {
        const double one = unhurried(segment, pace.followed);
        if (one <= pace.alike_ms) break;
        pace.followed_ms += one;
        ++pace.followed;
    }
    if (pace.total(segment.count) <= longest_ms) return pace;
    pace.share = std::min(1.0, longest_ms / 2 / std::max(pace.followed_ms, 1.0));
    const double left = longest_ms - pace.followed_ms * pace.share;
    pace.alike_ms = std::min(pace.alike_ms, left / std::max(segment.count - pace.followed, 1));
    return pace;
}

}  // namespace

double step_milliseconds(std::span<const Segment> segments, int step) {
    for (const Segment& segment : segments) {
        if (step >= segment.count) {
            step -= segment.count;
            continue;
        }
        const Pace pace = pace_of(segment);
        return step < pace.followed ? unhurried(segment, step) * pace.share : pace.alike_ms;
    }
    return 0;
}

double phase_milliseconds(const Segment& segment) { return pace_of(segment).total(segment.count); }

double moving_milliseconds(double milliseconds) { return moving_share * milliseconds; }

double moved_share(double spent, double milliseconds) {
    return spent > 0 ? std::min(spent / moving_milliseconds(milliseconds), 1.0) : 0;
}

Moment moment_within(int step, double spent, double milliseconds) {
    const double moved = moved_share(spent, milliseconds);
    return moved < 1 ? Moment{step, eased(moved)} : Moment{step + 1, 0};
}

double milliseconds_to(double progress, double milliseconds) {
    return uneased(std::clamp(progress, 0.0, 0.999)) * moving_milliseconds(milliseconds);
}

}  // namespace ui::diagram
