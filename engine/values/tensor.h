// SPDX-License-Identifier: MIT
// Sizes and numbers: Size2D, Shape and Tensor.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "engine/values/result.h"

namespace engine {

/// A pair for the two spatial axes: kernel_size, strides, size. Rows first, as in Keras.
struct Size2D {
    int height = 1;
    int width = 1;
    bool operator==(const Size2D&) const = default;
};

/// One to four sizes, without the batch. Feature maps are (height, width, channels), vectors
/// (units); kernels of convolutions have four axes. Keras prints (5, 5, 128) as (None, 5, 5, 128).
/// A size may be unknown where only shapes are asked for: Keras's None.
class Shape {
public:
    static constexpr int unknown = -1;
    Shape() = default;  ///< rank 0: "no tensor"
    Shape(std::initializer_list<int> sizes);
    explicit Shape(std::span<const int> sizes);  ///< at most 4 sizes

    int rank() const { return m_rank; }
    int operator[](int axis) const { return m_sizes[static_cast<std::size_t>(axis)]; }
    std::span<const int> sizes() const& {
        return {m_sizes.data(), static_cast<std::size_t>(m_rank)};
    }
    std::span<const int> sizes() const&& = delete;  ///< they would be gone
    /// Product of the sizes, at most INT64_MAX; 0 for rank 0, or where a size is unknown.
    std::int64_t count() const;
    bool is_known() const;  ///< every size is

    /// Names for the axes of a feature map (rank 3).
    int height() const { return m_sizes[0]; }
    int width() const { return m_sizes[1]; }
    int channels() const { return m_sizes[2]; }

    bool operator==(const Shape&) const = default;

private:
    std::array<int, 4> m_sizes{};
    int m_rank = 0;
};

/// Are they equal as far as both are known?
bool agree(const Shape& a, const Shape& b);

/// At most this many numbers in one tensor, and this long an axis, that is only asked about:
/// beyond, a double could not hold its count.
inline constexpr std::int64_t max_shape_count = std::int64_t{1} << 53;
inline constexpr std::int64_t max_size = 2'147'483'647;
/// At most this many numbers in one tensor that is computed.
inline constexpr std::int64_t max_tensor_count = std::int64_t{64} << 20;
/// At most this many numbers, 900 MiB, in all that a program holds: inputs, weights, what is
/// computed, packed and drawn.
inline constexpr std::int64_t max_held_count = std::int64_t{225} << 20;

/// float32 numbers in row-major order; the last axis (channels) is the fastest (NHWC). The storage
/// is shared and never changes, so copying a Tensor costs a pointer: undo snapshots are free.
class Tensor {
public:
    Tensor() = default;  ///< empty: rank 0, no numbers
    /// `values.size()` must equal `shape.count()`.
    Tensor(Shape shape, std::vector<float> values);
    static Tensor filled(Shape shape, float value);

    bool empty() const { return m_shape.rank() == 0; }
    const Shape& shape() const { return m_shape; }
    std::span<const float> values() const;
    /// Which numbers they are: tensors with the same storage share their memory. Null if empty.
    const void* storage() const { return m_values.get(); }
    const float* data() const { return values().data(); }

    float at(int i) const;                             ///< rank 1
    float at(int row, int column, int channel) const;  ///< rank 3
    float at(int i, int j, int k, int l) const;        ///< rank 4
    float at(int i, int j) const;                      ///< rank 2

    /// The same numbers under another shape of equal count; shares the storage.
    Tensor reshaped(Shape shape) const;
    /// A copy with one number (row-major index) replaced.
    Tensor with_value(std::int64_t index, float value) const;
    /// A copy of another size along the axes; numbers inside both stay, new ones are `fill`.
    /// Ranks must agree.
    Tensor resized(Shape shape, float fill) const;
    /// One channel of a feature map as (height, width, 1).
    Tensor channel(int index) const;

    /// Shapes and all numbers equal under == (−0 equals 0).
    bool operator==(const Tensor& other) const;

private:
    Shape m_shape;
    std::shared_ptr<const std::vector<float>> m_values;
};

/// Index of the first number that is infinite or not a number, or -1.
std::int64_t first_not_finite(std::span<const float> values);

}  // namespace engine
