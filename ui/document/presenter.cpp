// SPDX-License-Identifier: MIT
// One worker at most; it gets values and hands back a value.
#include "ui/document/presenter.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "ui/document/time_limit.h"

namespace ui::document {

namespace {

/// A run of more numbers, 100 MiB, is let go of before the next is computed beside the window.
constexpr std::int64_t most_kept_beside = std::int64_t{25} << 20;

/// Would the same lessons and traces be computed for both?
bool asks_for_the_same(const Session& a, const Session& b) {
    return std::ranges::equal(a.panes, b.panes, [](const Pane& x, const Pane& y) {
        return x.lesson == y.lesson && x.view.focus == y.view.focus &&
               x.view.filter == y.view.filter && x.view.reading == y.view.reading;
    });
}

}  // namespace

Presenter::Presenter(QObject* parent) : QObject(parent) {}

Presenter::~Presenter() {
    m_stopped = true;
    if (m_worker.joinable()) m_worker.join();
}

void Presenter::forget() { m_base.reset(); }

void Presenter::request(const Session& session, const Room& room) {
    m_session = session;
    m_room = room;
    answer();
}

void Presenter::answer() {
    const Presented* base = m_base ? &*m_base : nullptr;
    Presenting how = limits(0);
    how.compute = false;
    Presented now = present(m_session, m_room, base, how);
    const bool waits = std::ranges::any_of(now.panes, [](const PresentedPane& pane) {
        return pane.state == PresentedPane::State::waiting;
    });
    const engine::Effort effort = waits ? effort_of(m_session, base) : engine::Effort();
    m_expected = m_patient ? 0 : expected_seconds(effort);
    m_products = effort.products;
    m_threads = m_pool.for_work(effort);
    if (m_expected <= at_once_seconds) {
        m_stopped = true;  // whatever is under way
        m_again = false;
        m_base = waits ? present(m_session, m_room, base, limits(0)) : std::move(now);
        return show(*m_base, Activity::none);
    }
    const bool goes_on = m_activity == Activity::computing && asks_for_the_same(m_session, m_job);
    const bool wanted = m_wanted && asks_for_the_same(m_session, *m_wanted);
    const bool asks = !goes_on && !wanted && m_expected > unasked_seconds;
    show(std::move(now), asks ? Activity::asking : Activity::computing);
    if (asks)
        m_stopped = true;
    else if (!goes_on)
        start();
}

void Presenter::computeAnyway() {
    if (m_activity != Activity::asking) return;
    m_wanted = m_session;
    m_activity = Activity::computing;
    emit activityChanged();
    start();
}

void Presenter::stop() {
    if (m_activity != Activity::computing) return;
    m_wanted.reset();
    m_stopped = true;
    m_again = false;
    m_activity = Activity::asking;
    emit activityChanged();
}

void Presenter::start() {
    if (m_worker.joinable()) {  // its answer is no longer wanted, but its memory is still in use
        m_stopped = true;
        m_again = true;
        return;
    }
    m_stopped = false;
    m_again = false;
    m_job = m_session;
    // What was shown before makes room for what comes, if there is not enough for both; its picture
    // stays.
    std::int64_t kept = m_base ? held_by(*m_base) : 0;
    if (kept > most_kept_beside) {
        make_room(*m_base, m_session, limits(0));
        show(present(m_session, m_room, &*m_base, {.compute = false}), m_activity);
        kept = 0;
    }
    const auto job = [this, session = m_session, room = m_room, base = m_base, how = limits(kept)] {
        Presenting watched = how;
        int told = -1;
        watched.watch = [this, &told](double done) {
            const int percent = static_cast<int>(100 * done);
            if (percent != told) {
                told = percent;
                QMetaObject::invokeMethod(this, [this, done] { emit progressed(done); });
            }
            return !m_stopped;
        };
        Presented result = present(session, room, base ? &*base : nullptr, watched);
        QMetaObject::invokeMethod(this, [this, result = std::move(result)] { finish(result); });
    };
    try {
        m_worker = std::thread(job);
    } catch (const std::system_error&) {  // no thread to be had: rather late than never
        job();
    }
}

void Presenter::finish(const Presented& presented) {
    if (m_worker.joinable()) m_worker.join();
    if (m_stopped && !m_again) return;
    if (!m_stopped) m_base = presented;
    m_activity = Activity::none;
    answer();  // what is looked at may have changed meanwhile
}

Presenting Presenter::limits(std::int64_t kept) const {
    return {.max_numbers = engine::max_held_count - m_heldElsewhere - kept, .pool = m_threads};
}

void Presenter::show(Presented presented, Activity activity) {
    const Presented before = std::exchange(m_shown, std::move(presented));
    const bool changed = activity != m_activity;
    m_activity = activity;
    emit presentedChanged(before);
    if (changed) emit activityChanged();
}

}  // namespace ui::document
