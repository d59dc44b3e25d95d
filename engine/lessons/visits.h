// SPDX-License-Identifier: MIT
// Which cells of the output a trace has seen.
#pragma once

#include "engine/lessons/trace.h"

namespace engine {

/// Marks on the cells of a canvas, row-major, as in Partial.
class Visits {
public:
    explicit Visits(const Shape& canvas);

    void mark(Cell cell);
    /// The first `count` full cells in reading order.
    void mark_first(const Geometry& geometry, int count);
    /// Full cells that the stamps of the first `count` input cells touch.
    void mark_stamps(const Geometry& geometry, int count);

    std::vector<std::uint8_t> take() && { return std::move(m_marks); }

private:
    void mark(const std::vector<bool>& rows, const std::vector<bool>& columns);

    int m_width;
    std::vector<std::uint8_t> m_marks;
};

}  // namespace engine
