// SPDX-License-Identifier: MIT
// Recipes for kernels and the frozen random generator behind them.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/layers/weights.h"

namespace engine {

namespace {

constexpr std::array<std::pair<Initializer, std::string_view>, 10> names{{
    {Initializer::zeros, "zeros"},
    {Initializer::ones, "ones"},
    {Initializer::tens, "tens"},
    {Initializer::identity, "identity"},
    {Initializer::bilinear, "bilinear"},
    {Initializer::gaussian, "gaussian"},
    {Initializer::sobel, "sobel"},
    {Initializer::sharpen, "sharpen"},
    {Initializer::checkerboard, "checkerboard"},
    {Initializer::glorot_uniform, "glorot_uniform"},
}};

using Profile = std::vector<double>;

std::size_t index_of(int i) { return static_cast<std::size_t>(i); }

/// The tap that stands on its own cell under padding same: crop and border before are (k - 1) / 2.
int middle(int size) { return (size - 1) / 2; }

/// The tent of fully convolutional networks (Long, Shelhamer, Darrell 2015): 4 taps give
/// 0.25 0.75 0.75 0.25, which with strides 2 interpolates linearly between pixel centres.
Profile tent(int size) {
    const int factor = (size + 1) / 2;
    const double centre = size % 2 == 1 ? factor - 1 : factor - 0.5;
    Profile taps;
    for (int i = 0; i < size; ++i) taps.push_back(1 - std::abs(i - centre) / factor);
    return taps;
}

/// Binomial coefficients over their sum: 1 2 1 over 4. Long rows are their limit, the normal curve.
Profile bell(int size) {
    constexpr int longest_exact = 32;
    if (size <= longest_exact) {
        Profile taps{1.0};
        for (int n = 1; n < size; ++n) {
            taps.push_back(0);
            for (std::size_t i = taps.size(); i-- > 0;) {
                taps[i] = (taps[i] + (i > 0 ? taps[i - 1] : 0)) / 2;
            }
        }
        return taps;
    }
    Profile taps;
    double sum = 0;
    for (int i = 0; i < size; ++i) {
        const double x = i - (size - 1) / 2.0;
        taps.push_back(std::exp(-2 * x * x / (size - 1)));  // variance (size - 1) / 4
        sum += taps.back();
    }
    for (double& tap : taps) tap /= sum;
    return taps;
}

/// The bell with whole numbers, 1 2 1, as far as float32 holds them.
Profile whole_bell(int size) {
    Profile taps = bell(size);
    for (double& tap : taps) tap = std::ldexp(tap, std::min(size - 1, 24));
    return taps;
}

/// The bell two taps shorter, differentiated by -1 0 1: 3 taps -1 0 1, 5 taps -1 -2 0 2 1. One tap
/// has no difference and is 0.
Profile slope(int size) {
    if (size == 1) return {0.0};
    if (size == 2) return {-1.0, 1.0};
    const Profile smooth = whole_bell(size - 2);
    Profile taps(index_of(size), 0.0);
    for (std::size_t i = 0; i < smooth.size(); ++i) {
        taps[i] -= smooth[i];
        taps[i + 2] += smooth[i];
    }
    return taps;
}

Profile outer(const Profile& rows, const Profile& columns) {
    Profile picture;
    picture.reserve(rows.size() * columns.size());
    for (const double r : rows) {
        for (const double c : columns) picture.push_back(r * c);
    }
    return picture;
}

template <typename Rule>
Profile each_cell(int height, int width, Rule rule) {
    Profile picture;
    picture.reserve(index_of(height) * index_of(width));
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) picture.push_back(rule(row, column));
    }
    return picture;
}

/// 5 in the middle, -1 at its four neighbours; neighbours outside do not count, so the sum stays 1.
Profile sharpened(int height, int width) {
    Profile picture(index_of(height) * index_of(width), 0.0);
    const int row = middle(height);
    const int column = middle(width);
    double& centre = picture[index_of(row) * index_of(width) + index_of(column)];
    centre = 1;
    constexpr std::array<std::pair<int, int>, 4> neighbours{{{-1, 0}, {0, -1}, {0, 1}, {1, 0}}};
    for (const auto& [down, right] : neighbours) {
        const int r = row + down;
        const int c = column + right;
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        picture[index_of(r) * index_of(width) + index_of(c)] = -1;
        centre += 1;
    }
    return picture;
}

/// The (height, width) picture that every pair of channels gets.
Profile picture_of(Initializer initializer, int height, int width) {
    switch (initializer) {
        case Initializer::zeros:
        case Initializer::glorot_uniform:
            break;
        case Initializer::ones:
            return Profile(index_of(height) * index_of(width), 1.0);
        case Initializer::tens:
            return each_cell(height, width, [width](int r, int c) {
                return 10.0 * (static_cast<double>(r) * width + c + 1);
            });
        case Initializer::identity:
            return each_cell(height, width, [height, width](int r, int c) {
                return r == middle(height) && c == middle(width) ? 1.0 : 0.0;
            });
        case Initializer::bilinear:
            return outer(tent(height), tent(width));
        case Initializer::gaussian:
            return outer(bell(height), bell(width));
        case Initializer::sobel:
            return outer(whole_bell(height), slope(width));
        case Initializer::sharpen:
            return sharpened(height, width);
        case Initializer::checkerboard:
            return each_cell(height, width,
                             [](int r, int c) { return (r + c) % 2 == 0 ? 1.0 : 0.0; });
    }
    return Profile(index_of(height) * index_of(width), 0.0);
}

std::vector<float> glorot(std::uint64_t seed, int receptive, int fan_a, int fan_b) {
    const double fans = static_cast<double>(receptive) * (static_cast<double>(fan_a) + fan_b);
    const double limit = std::sqrt(6.0 / fans);
    SeededRandom random(seed);
    std::vector<float> values(index_of(receptive) * index_of(fan_a) * index_of(fan_b));
    for (float& value : values) value = static_cast<float>((2 * random.uniform() - 1) * limit);
    return values;
}

}  // namespace

std::string_view name_of(Initializer initializer) {
    for (const auto& [kind, name] : names) {
        if (kind == initializer) return name;
    }
    return {};
}

std::optional<Initializer> initializer_named(std::string_view name) {
    for (const auto& [kind, known] : names) {
        if (known == name) return kind;
    }
    return std::nullopt;
}

Tensor make_kernel(const WeightRecipe& recipe, const LayerSpec&, const Shape& kernel_shape) {
    // Dense kernels (in, units) are 1x1 pictures; the last two axes are the channels either way.
    const int rank = kernel_shape.rank();
    const int height = rank == 4 ? kernel_shape[0] : 1;
    const int width = rank == 4 ? kernel_shape[1] : 1;
    const int a = kernel_shape[rank - 2];
    const int b = kernel_shape[rank - 1];
    if (recipe.initializer == Initializer::glorot_uniform) {
        return Tensor(kernel_shape, glorot(recipe.seed, height * width, a, b));
    }

    const bool diagonal = recipe.initializer == Initializer::identity;
    const int smaller = std::min(a, b);
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(kernel_shape.count()));
    for (const double tap : picture_of(recipe.initializer, height, width)) {
        const auto value = static_cast<float>(tap);
        for (int i = 0; i < a; ++i) {
            for (int j = 0; j < b; ++j) {
                values.push_back(!diagonal || i % smaller == j % smaller ? value : 0.0F);
            }
        }
    }
    return Tensor(kernel_shape, std::move(values));
}

std::uint64_t SeededRandom::next() {
    m_state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

double SeededRandom::uniform() { return std::ldexp(static_cast<double>(next() >> 11), -53); }

int SeededRandom::below(int bound) { return static_cast<int>(uniform() * bound); }

double SeededRandom::normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));  // 1 - u is never 0
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

}  // namespace engine
