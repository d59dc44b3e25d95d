// SPDX-License-Identifier: MIT
// Pictures that are drawn at once have together the memory that one alone may have.
#pragma once

#include <cstdint>

namespace app {

/// A picture's part of it, as float32 numbers, until the end of this value's life.
class MemoryShare {
public:
    MemoryShare() = default;
    ~MemoryShare();
    MemoryShare(const MemoryShare&) = delete;
    MemoryShare& operator=(const MemoryShare&) = delete;

    /// Waits until there is room beside the others', or nobody else has any. Once for each picture:
    /// who waits holds nothing.
    void take(std::int64_t numbers);

private:
    std::int64_t m_numbers = 0;
};

}  // namespace app
