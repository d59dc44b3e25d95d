// SPDX-License-Identifier: MIT
#include "ui/paint/animation.h"

#include <algorithm>
#include <cmath>

#include "ui/diagram/pace.h"

namespace ui::paint {

using diagram::Moment;

namespace {

/// Frames with the moments at which they begin; how long each stands follows from the next.
class Film {
public:
    explicit Film(double interval) : m_interval(interval) {}

    void show(Moment moment, double at) {
        // What would stand for less than half a frame is passed over.
        if (!m_frames.empty() && at - m_begins.back() < m_interval / 2) {
            m_frames.back().moment = moment;
            return;
        }
        if (!m_frames.empty() && m_frames.back().moment == moment) return;
        m_frames.push_back({moment, 0});
        m_begins.push_back(at);
    }
    std::size_t size() const { return m_frames.size(); }
    /// Each begins at a whole millisecond: what is rounded away never adds up.
    std::vector<Frame> until(double end) && {
        m_begins.push_back(end);
        for (std::size_t i = 0; i < m_frames.size(); ++i)
            m_frames[i].milliseconds =
                static_cast<int>(std::lround(m_begins[i + 1]) - std::lround(m_begins[i]));
        return std::move(m_frames);
    }

private:
    double m_interval;
    std::vector<Frame> m_frames;
    std::vector<double> m_begins;  ///< ms
};

bool ends_phase(std::span<const engine::Segment> segments, int done) {
    for (const engine::Segment& segment : segments) {
        done -= segment.count;
        if (done <= 0) return done == 0;
    }
    return false;
}

}  // namespace

engine::Result<std::vector<Frame>> frames_of(std::span<const engine::Segment> segments,
                                             const AnimationOptions& options) {
    int count = 0;
    for (const engine::Segment& segment : segments) count += segment.count;
    const int to = options.to.value_or(count);
    const double interval = 1000 / options.frames_per_second;
    const auto too_many = [](std::size_t frames) {
        return engine::Error{.code = engine::ErrorCode::too_large,
                             .subject = "frames",
                             .given = {static_cast<std::int64_t>(frames)},
                             .limit = {static_cast<std::int64_t>(most_frames)}};
    };
    Film film(interval);
    double at = 0;
    film.show({options.from, 0}, at);
    for (int step = options.from; step < to; ++step) {
        const double milliseconds = diagram::step_milliseconds(segments, step);
        const double moving = diagram::moving_milliseconds(milliseconds) / options.speed;
        if (options.moves) {
            for (int i = 1; i * interval < moving; ++i)
                film.show(diagram::moment_within(step, i * interval * options.speed, milliseconds),
                          at + i * interval);
        }
        const double whole = milliseconds / options.speed;
        film.show({step + 1, 0}, at + (options.moves ? moving : whole));
        at += whole;
        if (step + 1 < to && ends_phase(segments, step + 1)) at += options.stop_ms;
        if (film.size() > most_frames) return too_many(film.size());
    }
    return std::move(film).until(at + options.end_ms);
}

}  // namespace ui::paint
