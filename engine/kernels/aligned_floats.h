// SPDX-License-Identifier: MIT
// Numbers that begin on a cache line, so that no vector of packed weights straddles two.
#pragma once

#include <cstddef>
#include <vector>

namespace engine {

class AlignedFloats {
public:
    AlignedFloats() = default;
    /// `count` zeros.
    explicit AlignedFloats(std::size_t count) : m_lines((count + line - 1) / line) {}

    float* data() { return m_lines.empty() ? nullptr : m_lines.front().values; }
    const float* data() const { return m_lines.empty() ? nullptr : m_lines.front().values; }

private:
    static constexpr std::size_t line = 16;
    struct alignas(64) Line {
        float values[line] = {};
    };
    std::vector<Line> m_lines;
};

}  // namespace engine
