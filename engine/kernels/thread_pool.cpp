// SPDX-License-Identifier: MIT
#include "engine/kernels/thread_pool.h"

#include <algorithm>
#include <exception>

#include "hwy/cache_control.h"

namespace engine {

namespace {

/// A pause lasts 10 to 50 nanoseconds.
constexpr int pauses_before_sleep = 1500;

/// Returns once `value` is no longer `old`.
void await_change(const std::atomic<int>& value, int old) {
    for (int i = 0; i < pauses_before_sleep; ++i) {
        if (value.load(std::memory_order_acquire) != old) return;
        hwy::Pause();
    }
    value.wait(old, std::memory_order_acquire);
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
    try {
        for (int i = 1; i < threads; ++i) m_threads.emplace_back([this] { wait_for_jobs(); });
    } catch (const std::exception&) {
        // The system has no more threads to give, or no memory for them: those it gave do the work.
    }
}

int ThreadPool::threads_of_machine() {
    constexpr unsigned most = 256;
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, most));
}

ThreadPool::~ThreadPool() {
    m_ended = true;
    ++m_call;
    m_call.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

void ThreadPool::wait_for_jobs() {
    for (int call = 0;; call = m_call.load(std::memory_order_acquire)) {
        take_shares();
        if (m_ended) return;
        await_change(m_call, call);
    }
}

/// A thread that comes late may find the next job's shares instead: it is as welcome there.
void ThreadPool::take_shares() {
    while (m_left.load(std::memory_order_relaxed) > 0) {
        const int share = m_left.fetch_sub(1, std::memory_order_acquire) - 1;
        if (share < 0) return;
        m_task(m_job, share);
        if (m_unfinished.fetch_sub(1, std::memory_order_acq_rel) == 1) m_unfinished.notify_one();
    }
}

void ThreadPool::run(int shares, Task task, const void* job) {
    if (shares < 2 || m_threads.empty() || m_taken.exchange(true, std::memory_order_acquire)) {
        for (int share = 0; share < shares; ++share) task(job, share);
        return;
    }
    m_task = task;
    m_job = job;
    m_unfinished.store(shares, std::memory_order_relaxed);
    m_left.store(shares, std::memory_order_release);
    m_call.fetch_add(1, std::memory_order_release);
    m_call.notify_all();
    take_shares();
    for (int left; (left = m_unfinished.load(std::memory_order_acquire)) > 0;)
        await_change(m_unfinished, left);
    m_taken.store(false, std::memory_order_release);
}

}  // namespace engine
