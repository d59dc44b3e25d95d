// SPDX-License-Identifier: MIT
// How a job is divided between threads: into parts of equal cost.
#pragma once

#include <algorithm>
#include <cstddef>

namespace engine {

/// One of `count` equal shares of a kernel's job; the shares together write every output, each
/// once.
struct Share {
    int index = 0;
    int count = 1;

    /// Of `things` of equal cost, numbered from 0, those from begin() to before end() are this
    /// share's.
    std::ptrdiff_t begin(std::ptrdiff_t things) const { return things * index / count; }
    std::ptrdiff_t end(std::ptrdiff_t things) const { return things * (index + 1) / count; }
};

/// A share of things of unequal cost that are passed in runs, always in the same order.
class Part {
public:
    /// From the one numbered begin to before end.
    struct Range {
        std::ptrdiff_t begin, end;
    };

    Part(Share share, std::ptrdiff_t total_cost)
        : m_begin(share.begin(total_cost)), m_end(share.end(total_cost)) {}

    /// Those of the next `things`, which cost `cost` each, that begin inside the share.
    Range next(std::ptrdiff_t things, std::ptrdiff_t cost) {
        const std::ptrdiff_t first = m_at;
        m_at += things * cost;
        if (first >= m_begin && m_at <= m_end) return {0, things};  // without a division
        const auto before = [&](std::ptrdiff_t at) {
            return std::clamp<std::ptrdiff_t>((at - first + cost - 1) / cost, 0, things);
        };
        return {before(std::max(m_begin, first)), before(std::max(m_end, first))};
    }

private:
    std::ptrdiff_t m_begin, m_end, m_at = 0;
};

}  // namespace engine
