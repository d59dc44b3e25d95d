// SPDX-License-Identifier: MIT
// Bytes read as a recipe: which layer, with which arguments, on which input. Every string of bytes
// is one; what is missing at its end reads as 0.
#pragma once

#include <array>
#include <cmath>
#include <limits>

#include "engine/layers/layer_spec.h"
#include "tests/fuzz/entry_points.h"

namespace fuzz {

class Recipe {
public:
    explicit Recipe(Bytes bytes) : m_bytes(bytes) {}

    /// 0 … bound - 1
    int below(int bound) {
        if (m_at >= m_bytes.size()) return 0;
        return m_bytes[m_at++] % bound;
    }
    bool yes() { return below(2) == 1; }

    /// An argument: mostly from `least` up, sometimes wrong, at a limit or beyond.
    int size(int least, int usual) {
        constexpr int limit = 65536;
        constexpr std::array odd{0,         -1,        std::numeric_limits<int>::max(),
                                 limit,     limit + 1, std::numeric_limits<int>::min(),
                                 limit - 1, 64 << 20,  4096,
                                 257};
        const int choice = below(256);
        if (choice >= 240) return odd[static_cast<std::size_t>(choice - 240) % odd.size()];
        return least + choice % usual;
    }
    engine::Size2D extent(int least, int usual) {
        const int height = size(least, usual);
        return {height, size(least, usual)};
    }
    template <typename Choices>
    auto one_of(const Choices& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(std::size(choices))))];
    }
    /// Mostly whole and small, so that sums are exact; else any finite number.
    float number(bool whole) {
        if (whole) return static_cast<float>(below(15) - 7);
        const int mantissa = below(256) * 256 + below(256) - 32768;
        return std::ldexp(static_cast<float>(mantissa), below(16) - 24);
    }

    bool is_empty() const { return m_at >= m_bytes.size(); }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
};

/// Any layer with any arguments.
engine::LayerSpec read_layer(Recipe& recipe);
/// Mostly of rank 3, mostly small.
engine::Shape read_shape(Recipe& recipe);
/// A few numbers of the recipe over and over; empty for a shape of rank 0.
engine::Tensor read_tensor(Recipe& recipe, const engine::Shape& shape, bool whole);

}  // namespace fuzz
