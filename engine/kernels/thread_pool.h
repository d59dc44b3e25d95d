// SPDX-License-Identifier: MIT
// Threads that wait to share one job: made by whoever wants them and passed to the plans that are
// run.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace engine {

/// The calling thread takes part, so a pool of two starts one thread. Whoever is free takes the
/// next share of the job, so a thread that the system holds back delays no more than its share.
/// Between jobs the threads look out for the next one for some tens of microseconds, then they
/// sleep. A pool may be shared: a caller who finds it at work does its whole job alone, so nobody
/// ever waits for somebody else's job.
class ThreadPool {
public:
    /// At least 1. Fewer are made where the system gives no more.
    explicit ThreadPool(int threads);
    /// So many can run at the same time: more are of no use.
    static int threads_of_machine();
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Calls job(0) … job(shares - 1), each once, at the same time as far as there are threads, and
    /// returns after the last. Allocates nothing. `job` must not throw, nor use this pool.
    template <typename Job>
    void run(int shares, const Job& job) {
        run(
            shares, [](const void* any, int share) { (*static_cast<const Job*>(any))(share); },
            &job);
    }

private:
    using Task = void (*)(const void* job, int share);

    void run(int shares, Task task, const void* job);
    void take_shares();
    void wait_for_jobs();

    std::atomic<bool> m_taken = false;  ///< by a caller
    // Written while nothing is left to take, read by those who took a share.
    Task m_task = nullptr;
    const void* m_job = nullptr;
    alignas(64) std::atomic<int> m_left = 0;        ///< shares not yet taken; not above 0: none
    alignas(64) std::atomic<int> m_unfinished = 0;  ///< shares not yet done
    alignas(64) std::atomic<int> m_call = 0;        ///< changes with each job
    std::atomic<bool> m_ended = false;
    std::vector<std::thread> m_threads;
};

}  // namespace engine
