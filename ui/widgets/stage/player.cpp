// SPDX-License-Identifier: MIT
// Playing as arithmetic: time fills the running step, whole steps are carried over.
#include "ui/widgets/stage/player.h"

#include <algorithm>
#include <cmath>

#include <QElapsedTimer>
#include <QTimer>

namespace ui::widgets {

using diagram::Moment;
using engine::Phase;
using engine::Segment;

namespace {

constexpr int frame_ms = 16;
constexpr int longest_frame_ms = 100;  // a stalled screen loses time, never a step
constexpr int loop_rest_ms = 1500;     // the finished picture is looked at before it starts over
constexpr double moving_share = 0.7;   // of a step's time; then its result stands still to be read

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

double duration_in(const Segment& segment, int index) {
    const Pace pace = pace_of(segment);
    return index < pace.followed ? unhurried(segment, index) * pace.share : pace.alike_ms;
}

}  // namespace

struct Player::Private {
    std::vector<Segment> segments;
    int step = 0;
    double spent =
        0;  // ms at speed 1 inside the running step: whole numbers stay exact at every speed
    int rested_ms = 0;  // on the last picture, before a loop starts over
    bool playing = false;
    double speed = 1;
    bool stops_at_phases = true;
    bool loops = false;
    bool reduced_motion = false;
    QTimer timer;
    QElapsedTimer since_frame;

    int step_count() const {
        int count = 0;
        for (const Segment& segment : segments) count += segment.count;
        return count;
    }
    /// Step numbers between phases: 0, the last step of each phase.
    std::vector<int> boundaries() const {
        std::vector<int> result{0};
        for (const Segment& segment : segments) result.push_back(result.back() + segment.count);
        return result;
    }
    bool ends_phase(int at) const {
        const std::vector<int> ends = boundaries();
        return std::find(ends.begin() + 1, ends.end(), at) != ends.end();
    }
    double duration() const { return durationOf(segments, step); }
    /// Of the motion; 1 while its result stands still.
    double fraction() const {
        return spent > 0 ? std::min(spent / (moving_share * duration()), 1.0) : 0;
    }
    Moment moment() const {
        if (reduced_motion) return {step, 0};
        return fraction() < 1 ? Moment{step, eased(fraction())} : Moment{step + 1, 0};
    }
    void set(Moment moment) {
        const int count = step_count();
        step = std::clamp(moment.step, 0, count);
        spent = step < count
                    ? uneased(std::clamp(moment.progress, 0.0, 0.999)) * moving_share * duration()
                    : 0;
        rested_ms = 0;
    }
};

Player::Player(QObject* parent) : QObject(parent), d(std::make_unique<Private>()) {
    d->timer.setTimerType(Qt::PreciseTimer);
    d->timer.setInterval(frame_ms);
    connect(&d->timer, &QTimer::timeout, this, [this] {
        const qint64 passed = std::min<qint64>(d->since_frame.restart(), longest_frame_ms);
        advance(static_cast<int>(passed));
    });
}

Player::~Player() = default;

void Player::setSegments(const std::vector<Segment>& segments) {
    if (segments == d->segments) return;
    pause();
    const Moment before = moment();
    d->segments = segments;
    d->set(before);
}

void Player::setMoment(Moment moment) {
    if (moment != d->moment()) d->set(moment);
}

Moment Player::moment() const { return d->moment(); }
int Player::stepCount() const { return d->step_count(); }
bool Player::isPlaying() const { return d->playing; }
double Player::speed() const { return d->speed; }
bool Player::stopsAtPhases() const { return d->stops_at_phases; }
bool Player::loops() const { return d->loops; }
bool Player::reducedMotion() const { return d->reduced_motion; }

const std::vector<double>& Player::speeds() {
    static const std::vector<double> values{0.25, 0.5, 1, 2, 4, 8};
    return values;
}

double Player::durationOf(const std::vector<Segment>& segments, int step) {
    for (const Segment& segment : segments) {
        if (step < segment.count) return duration_in(segment, step);
        step -= segment.count;
    }
    return 0;
}

double Player::playMilliseconds() const {
    const std::vector<int> ends = d->boundaries();
    const int last = ends.back();
    const int here = moment().step == last ? 0 : moment().step;
    int from = 0;
    int to = last;
    if (d->stops_at_phases)
        for (std::size_t i = 0; i + 1 < ends.size(); ++i)
            if (here >= ends[i] && here < ends[i + 1]) {
                from = ends[i];
                to = ends[i + 1];
            }
    double sum = 0;
    int first = 0;
    for (const Segment& segment : d->segments) {
        if (first >= from && first < to) sum += pace_of(segment).total(segment.count);
        first += segment.count;
    }
    return sum / d->speed;
}

double Player::longestPlayMilliseconds() const {
    double longest = 0;
    double all = 0;
    for (const Segment& segment : d->segments) {
        const double one = pace_of(segment).total(segment.count);
        longest = std::max(longest, one);
        all += one;
    }
    return (d->stops_at_phases ? longest : all) / d->speed;
}

void Player::advance(int ms) {
    if (!d->playing) return;
    const Moment before = moment();
    const int count = d->step_count();
    double left = ms;
    bool stops = false;
    while (left > 0 && !stops) {
        if (d->step == count) {  // only a loop plays on here
            const double rest = loop_rest_ms - d->rested_ms;
            if (left < rest) {
                d->rested_ms += static_cast<int>(left);
                break;
            }
            left -= rest;
            d->set({});
            continue;
        }
        const double needed = (d->duration() - d->spent) / d->speed;
        if (left < needed) {
            d->spent += left * d->speed;
            break;
        }
        left -= needed;
        d->step += 1;
        d->spent = 0;
        d->rested_ms = 0;
        stops = d->step == count ? !d->loops : d->stops_at_phases && d->ends_phase(d->step);
    }
    if (stops) d->timer.stop();
    if (moment() != before) emit momentChanged(moment());
    if (!stops) return;
    pause();
    if (d->step == count) emit finished();
}

void Player::play() {
    const int count = d->step_count();
    if (d->playing || count == 0) return;
    const bool starts_over = d->step == count;
    if (starts_over) d->set({});
    d->playing = true;
    d->since_frame.start();
    d->timer.start();
    emit playingChanged(true);
    if (starts_over) emit momentChanged(moment());
}

void Player::pause() {
    if (!d->playing) return;
    d->playing = false;
    d->timer.stop();
    if (!d->reduced_motion && d->fraction() >= 1) d->set(moment());  // its result stays
    emit playingChanged(false);
}

void Player::toggle() { d->playing ? pause() : play(); }

void Player::stepForward() { seek(moment().step + 1); }
void Player::stepBack() { seek(d->spent > 0 ? d->step : d->step - 1); }

// Skipping a phase while playing plays on in the next one.
void Player::phaseForward() {
    for (const int boundary : d->boundaries())
        if (boundary > moment().step) return skipTo(boundary);
}

void Player::phaseBack() {
    const std::vector<int> ends = d->boundaries();
    const double here = d->step + (d->reduced_motion ? 0 : d->fraction());
    const auto before =
        std::find_if(ends.rbegin(), ends.rend(), [here](int boundary) { return boundary < here; });
    if (before != ends.rend()) skipTo(*before);
}

void Player::skipTo(int step) {
    if (!d->playing || step == d->step_count()) return seek(step);
    const Moment before = moment();
    d->set({step, 0});
    if (moment() != before) emit momentChanged(moment());
}

void Player::first() { seek(0); }
void Player::last() { seek(d->step_count()); }
void Player::seek(int step) { seekTo({step, 0}); }

void Player::seekTo(Moment moment) {
    pause();
    const Moment before = d->moment();
    d->set(moment);
    if (d->moment() != before) emit momentChanged(d->moment());
}

void Player::setSpeed(double speed) {
    speed = std::clamp(speed, speeds().front(), speeds().back());
    if (speed == d->speed) return;
    d->speed = speed;
    emit speedChanged(speed);
}

void Player::faster() {
    const auto next = std::upper_bound(speeds().begin(), speeds().end(), d->speed);
    if (next != speeds().end()) setSpeed(*next);
}

void Player::slower() {
    const auto next = std::lower_bound(speeds().begin(), speeds().end(), d->speed);
    if (next != speeds().begin()) setSpeed(*std::prev(next));
}

void Player::setStopsAtPhases(bool on) {
    if (on == d->stops_at_phases) return;
    d->stops_at_phases = on;
    emit stopsAtPhasesChanged(on);
}

void Player::setLoops(bool on) {
    if (on == d->loops) return;
    d->loops = on;
    emit loopsChanged(on);
}

void Player::setReducedMotion(bool on) { d->reduced_motion = on; }

}  // namespace ui::widgets
