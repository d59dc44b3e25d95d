// SPDX-License-Identifier: MIT
#pragma once

#include "engine/values/tensor.h"

namespace engine {

/// Where the channels of a feature map's cell begin.
inline std::size_t cell_index(const Shape& shape, int row, int column) {
    return (static_cast<std::size_t>(row) * static_cast<std::size_t>(shape.width()) +
            static_cast<std::size_t>(column)) *
           static_cast<std::size_t>(shape.channels());
}

}  // namespace engine
