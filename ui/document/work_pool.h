// SPDX-License-Identifier: MIT
// The threads of this machine, for whoever lets the engine work.
#pragma once

#include <memory>

#include "engine/lessons/effort.h"

namespace ui::document {

/// Started when work comes for the first time that is worth it; it must outlive that work. What is
/// told beforehand of how long something takes does not count on them: other programs may have
/// them.
class WorkPool {
public:
    WorkPool();
    ~WorkPool();
    /// Null: one thread does it as quickly.
    engine::ThreadPool* for_work(const engine::Effort& effort);

private:
    std::unique_ptr<engine::ThreadPool> m_pool;
};

}  // namespace ui::document
