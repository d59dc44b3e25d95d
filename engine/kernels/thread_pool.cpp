// SPDX-License-Identifier: MIT
#include "engine/kernels/thread_pool.h"

#include <algorithm>

#include "hwy/cache_control.h"

namespace engine {

namespace {

/// A pause lasts 10 to 50 nanoseconds.
constexpr int pauses_before_sleep = 1500;

/// Returns once `state` is another one.
void await_change(const std::atomic<int>& state, int from) {
    for (int i = 0; i < pauses_before_sleep; ++i) {
        if (state.load(std::memory_order_acquire) != from) return;
        hwy::Pause();
    }
    state.wait(from, std::memory_order_acquire);
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
    for (int i = 1; i < threads; ++i) {
        m_workers.push_back(std::make_unique<Worker>());
        Worker& worker = *m_workers.back();
        worker.thread = std::thread([this, i, &worker] { work(i, worker.state); });
    }
}

ThreadPool::~ThreadPool() {
    for (const auto& worker : m_workers) {
        worker->state.store(ended, std::memory_order_release);
        worker->state.notify_one();
        worker->thread.join();
    }
}

void ThreadPool::work(int index, std::atomic<int>& state) {
    for (;;) {
        await_change(state, idle);
        if (state.load(std::memory_order_acquire) == ended) return;
        for (int share = index; share < m_shares; share += threads()) m_task(m_job, share);
        state.store(idle, std::memory_order_release);
        state.notify_one();
    }
}

void ThreadPool::run(int shares, Task task, const void* job) {
    const auto helpers =
        std::min(m_workers.size(), static_cast<std::size_t>(std::max(0, shares - 1)));
    if (helpers == 0 || m_taken.exchange(true, std::memory_order_acquire)) {
        for (int share = 0; share < shares; ++share) task(job, share);
        return;
    }
    m_task = task;
    m_job = job;
    m_shares = shares;
    for (std::size_t i = 0; i < helpers; ++i) {
        m_workers[i]->state.store(at_work, std::memory_order_release);
        m_workers[i]->state.notify_one();
    }
    for (int share = 0; share < shares; share += threads()) task(job, share);
    for (std::size_t i = 0; i < helpers; ++i) await_change(m_workers[i]->state, at_work);
    m_taken.store(false, std::memory_order_release);
}

}  // namespace engine
