// SPDX-License-Identifier: MIT
// Threads that wait to share one job: made by whoever wants them and passed to the plans that are run.
#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace engine {

/// The calling thread takes part, so a pool of two starts one thread. Between jobs the others look out for the next
/// one for some tens of microseconds, then they sleep. A pool may be shared: a caller who finds it at work does its
/// whole job alone, so nobody ever waits for somebody else's job.
class ThreadPool {
public:
    /// At least 1; how many are of use is the caller's to know (std::thread::hardware_concurrency).
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(m_workers.size()) + 1; }

    /// Calls job(0) … job(shares - 1), each once, at the same time as far as there are threads, and returns after the
    /// last. Allocates nothing. `job` must not throw, nor use this pool.
    template <typename Job>
    void run(int shares, const Job& job) {
        run(
            shares, [](const void* any, int share) { (*static_cast<const Job*>(any))(share); },
            &job);
    }

private:
    using Task = void (*)(const void* job, int share);
    enum State : int { idle, at_work, ended };
    struct alignas(64) Worker {
        std::atomic<int> state = idle;
        std::thread thread;
    };

    void run(int shares, Task task, const void* job);
    void work(int index, std::atomic<int>& state);

    std::vector<std::unique_ptr<Worker>> m_workers;
    std::atomic<bool> m_taken = false;
    // Written before a worker's state says at_work, read after.
    Task m_task = nullptr;
    const void* m_job = nullptr;
    int m_shares = 0;
};

}  // namespace engine
