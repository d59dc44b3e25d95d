// SPDX-License-Identifier: MIT
// Keeps what is shown up to date: at once where that is quick, beside the window where it is not.
#pragma once

#include <atomic>
#include <optional>
#include <thread>

#include <QObject>

#include "ui/document/present.h"
#include "ui/document/work_pool.h"

namespace ui::document {

/// A request is answered at once. What would hold up the window is computed by a thread of its own
/// meanwhile, the last picture staying, and answered again when it is there; a newer request stops
/// an older one. What would take long is not begun unless computeAnyway() asks for it.
class Presenter : public QObject {
    Q_OBJECT
public:
    enum class Activity {
        none,
        computing,
        asking,  ///< it would take expectedSeconds(): nothing is done until computeAnyway()
    };

    explicit Presenter(QObject* parent = nullptr);
    ~Presenter() override;

    void request(const Session& session, const Room& room);
    void computeAnyway();
    void stop();    ///< the computing; asks again
    void forget();  ///< the next request has nothing to do with the last

    const Presented& presented() const { return m_shown; }
    Activity activity() const { return m_activity; }
    double expectedSeconds() const { return m_expected; }
    std::int64_t products() const { return m_products; }  ///< multiply-adds of the same

    /// Numbers that others hold (an undo history): what may be computed is so much smaller.
    void setHeldElsewhere(std::int64_t numbers) { m_heldElsewhere = numbers; }
    /// Everything is computed at once, however long it takes: for tests and benchmarks that do not
    /// wait.
    void setPatient(bool patient) { m_patient = patient; }

    /// What takes longer than this is not done by the window's own thread, or not without being
    /// asked for.
    static constexpr double at_once_seconds = 0.01;
    static constexpr double unasked_seconds = 0.5;

signals:
    /// Something else is shown than `before`.
    void presentedChanged(const ui::document::Presented& before);
    void activityChanged();
    void progressed(double done);  ///< 0 to 1, while computing

private:
    void answer();
    void compute(bool asked);
    void start();
    void finish(const Presented& presented);
    Presenting limits(std::int64_t kept) const;
    void show(Presented presented, Activity activity);

    Session m_session;
    Room m_room;
    std::optional<Presented> m_base;  ///< the last that was computed: what the next is made from
    Presented m_shown;
    Activity m_activity = Activity::none;
    double m_expected = 0;
    std::int64_t m_products = 0;
    WorkPool m_pool;
    engine::ThreadPool* m_threads = nullptr;  ///< for what was asked for last
    std::int64_t m_heldElsewhere = 0;
    bool m_patient = false;

    std::thread m_worker;
    Session m_job;  ///< what it computes
    std::atomic<bool> m_stopped = false;
    std::optional<Session> m_wanted;  ///< what computeAnyway was said of
    bool m_again = false;             ///< when the worker ends: the request has changed meanwhile
};

}  // namespace ui::document
