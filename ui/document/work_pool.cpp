// SPDX-License-Identifier: MIT
#include "ui/document/work_pool.h"

#include "engine/kernels/thread_pool.h"

namespace ui::document {

WorkPool::WorkPool() = default;
WorkPool::~WorkPool() = default;

engine::ThreadPool* WorkPool::for_work(const engine::Effort& effort) {
    // Starting threads takes some hundredths of it.
    constexpr double worth_sharing = 0.001;
    if (engine::seconds(effort, {}) < worth_sharing) return nullptr;
    if (!m_pool)
        m_pool = std::make_unique<engine::ThreadPool>(engine::ThreadPool::threads_of_machine());
    return m_pool.get();
}

}  // namespace ui::document
