// SPDX-License-Identifier: MIT
// Playing as arithmetic: time fills the running step, whole steps are carried over.
#include "ui/widgets/stage/player.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QTimer>

#include "ui/diagram/pace.h"

namespace ui::widgets {

using diagram::Moment;
using engine::Segment;

namespace {

constexpr int frame_ms = 16;
constexpr int longest_frame_ms = 100;  // a stalled screen loses time, never a step
constexpr int loop_rest_ms = 1500;     // the finished picture is looked at before it starts over

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
    double duration() const { return diagram::step_milliseconds(segments, step); }
    /// Of the motion; 1 while its result stands still.
    double fraction() const { return diagram::moved_share(spent, duration()); }
    Moment moment() const {
        if (reduced_motion) return {step, 0};
        return diagram::moment_within(step, spent, duration());
    }
    void set(Moment moment) {
        const int count = step_count();
        step = std::clamp(moment.step, 0, count);
        spent = step < count ? diagram::milliseconds_to(moment.progress, duration()) : 0;
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
        if (first >= from && first < to) sum += diagram::phase_milliseconds(segment);
        first += segment.count;
    }
    return sum / d->speed;
}

double Player::longestPlayMilliseconds() const {
    double longest = 0;
    double all = 0;
    for (const Segment& segment : d->segments) {
        const double one = diagram::phase_milliseconds(segment);
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
