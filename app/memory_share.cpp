// SPDX-License-Identifier: MIT
#include "app/memory_share.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "engine/values/tensor.h"

namespace app {

namespace {

std::mutex mutex;
std::condition_variable given_back;
std::int64_t taken = 0;

}  // namespace

MemoryShare::~MemoryShare() {
    {
        const std::lock_guard lock(mutex);
        taken -= m_numbers;
    }
    given_back.notify_all();
}

void MemoryShare::take(std::int64_t numbers) {
    std::unique_lock lock(mutex);
    numbers = std::min(numbers, engine::max_held_count);
    given_back.wait(lock, [&] { return taken == 0 || taken + numbers <= engine::max_held_count; });
    taken += numbers;
    m_numbers += numbers;
}

}  // namespace app
