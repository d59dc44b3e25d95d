// SPDX-License-Identifier: MIT
// Shape arithmetic and the copying operations of Tensor.
#include "engine/values/tensor.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace engine {

namespace {

std::size_t index_of(const Shape& shape, std::initializer_list<int> position) {
    assert(static_cast<int>(position.size()) == shape.rank());
    std::size_t index = 0;
    int axis = 0;
    for (const int p : position) {
        assert(p >= 0 && p < shape[axis]);
        index = index * static_cast<std::size_t>(shape[axis++]) + static_cast<std::size_t>(p);
    }
    return index;
}

/// The sizes with ones in front, so that every rank is walked by the same four loops.
std::array<int, 4> as_rank_4(const Shape& shape) {
    std::array<int, 4> sizes{1, 1, 1, 1};
    std::copy(shape.sizes().begin(), shape.sizes().end(), sizes.end() - shape.rank());
    return sizes;
}

}  // namespace

Shape::Shape(std::initializer_list<int> sizes) : Shape(std::span(sizes.begin(), sizes.size())) {}

Shape::Shape(std::span<const int> sizes) : m_rank(static_cast<int>(sizes.size())) {
    assert(sizes.size() <= m_sizes.size());
    std::copy(sizes.begin(), sizes.end(), m_sizes.begin());
}

std::int64_t Shape::count() const {
    if (m_rank == 0) return 0;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t product = 1;
    for (const int size : sizes()) {
        if (size <= 0) return 0;
        product = product > most / size ? most : product * size;
    }
    return product;
}

bool Shape::is_known() const { return std::ranges::find(sizes(), unknown) == sizes().end(); }

bool agree(const Shape& a, const Shape& b) {
    if (a.rank() != b.rank()) return false;
    for (int axis = 0; axis < a.rank(); ++axis)
        if (a[axis] != b[axis] && a[axis] != Shape::unknown && b[axis] != Shape::unknown)
            return false;
    return true;
}

Tensor::Tensor(Shape shape, std::vector<float> values)
    : m_shape(shape), m_values(std::make_shared<const std::vector<float>>(std::move(values))) {
    assert(static_cast<std::int64_t>(m_values->size()) == m_shape.count());
}

Tensor Tensor::filled(Shape shape, float value) {
    return Tensor(shape, std::vector<float>(static_cast<std::size_t>(shape.count()), value));
}

std::span<const float> Tensor::values() const {
    if (!m_values) return {};
    return *m_values;
}

float Tensor::at(int i) const { return values()[index_of(m_shape, {i})]; }
float Tensor::at(int i, int j) const { return values()[index_of(m_shape, {i, j})]; }
float Tensor::at(int row, int column, int channel) const {
    return values()[index_of(m_shape, {row, column, channel})];
}
float Tensor::at(int i, int j, int k, int l) const {
    return values()[index_of(m_shape, {i, j, k, l})];
}

Tensor Tensor::reshaped(Shape shape) const {
    assert(shape.count() == m_shape.count());
    Tensor result = *this;
    result.m_shape = shape;
    return result;
}

Tensor Tensor::with_value(std::int64_t index, float value) const {
    assert(index >= 0 && index < m_shape.count());
    std::vector<float> copy(values().begin(), values().end());
    copy[static_cast<std::size_t>(index)] = value;
    return Tensor(m_shape, std::move(copy));
}

Tensor Tensor::resized(Shape shape, float fill) const {
    assert(shape.rank() == m_shape.rank());
    if (shape == m_shape) return *this;
    const std::array<int, 4> from = as_rank_4(m_shape);
    const std::array<int, 4> to = as_rank_4(shape);
    const auto offset = [](const std::array<int, 4>& sizes, int i, int j, int k) {
        return ((static_cast<std::ptrdiff_t>(i) * sizes[1] + j) * sizes[2] + k) * sizes[3];
    };
    std::vector<float> result(static_cast<std::size_t>(shape.count()), fill);
    for (int i = 0; i < std::min(from[0], to[0]); ++i) {
        for (int j = 0; j < std::min(from[1], to[1]); ++j) {
            for (int k = 0; k < std::min(from[2], to[2]); ++k) {
                std::copy_n(values().begin() + offset(from, i, j, k), std::min(from[3], to[3]),
                            result.begin() + offset(to, i, j, k));
            }
        }
    }
    return Tensor(shape, std::move(result));
}

Tensor Tensor::channel(int index) const {
    assert(m_shape.rank() == 3 && index >= 0 && index < m_shape.channels());
    if (m_shape.channels() == 1) return *this;
    const auto step = static_cast<std::size_t>(m_shape.channels());
    std::vector<float> result;
    result.reserve(values().size() / step);
    for (auto i = static_cast<std::size_t>(index); i < values().size(); i += step) {
        result.push_back(values()[i]);
    }
    return Tensor({m_shape.height(), m_shape.width(), 1}, std::move(result));
}

bool Tensor::operator==(const Tensor& other) const {
    if (m_shape != other.m_shape) return false;
    if (m_values == other.m_values) return true;
    return std::ranges::equal(values(), other.values());
}

std::int64_t first_not_finite(std::span<const float> values) {
    // An exponent of all ones is what infinities and NaNs have in common. A piece is looked at as a
    // whole, without a branch for each number, which compilers do in vectors.
    constexpr std::uint32_t exponent = 0x7f800000;
    constexpr std::size_t piece = 1024;
    const auto is_not_finite = [](float value) {
        return (std::bit_cast<std::uint32_t>(value) & exponent) == exponent;
    };
    for (std::size_t begin = 0; begin < values.size(); begin += piece) {
        const auto part = values.subspan(begin, std::min(piece, values.size() - begin));
        int found = 0;
        for (const float value : part) found |= is_not_finite(value) ? 1 : 0;
        if (found != 0)
            return std::ranges::find_if(values.subspan(begin), is_not_finite) - values.begin();
    }
    return -1;
}

}  // namespace engine
