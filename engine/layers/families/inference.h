// SPDX-License-Identifier: MIT
// What the size rules of several layers share.
#pragma once

#include "engine/layers/axis_rules.h"

namespace engine {

inline Check is_feature_map(const Shape& input) {
    if (input.rank() == 3) return std::nullopt;
    return mistake(ErrorCode::rank_mismatch, "input", input.rank(), 3);
}

/// The last axis: what weights are made for.
inline Check knows_channels(const Shape& input) {
    if (input[input.rank() - 1] != Shape::unknown) return std::nullopt;
    return Error{.code = ErrorCode::unknown_size, .subject = "input"};
}

inline int channels_of(const Shape& input) {
    return input.rank() == 0 ? 0 : std::max(input[input.rank() - 1], 0);
}

inline Result<Geometry> of_shape(const Shape& input, const Shape& output) {
    return Geometry{input, output, {}, {}};
}

/// For layers whose output has their input's shape.
inline Result<Geometry> unchanged(const LayerSpec&, const Shape& input) {
    return of_shape(input, input);
}

/// The input with another last size.
inline Shape with_channels(const Shape& input, int channels) {
    std::array<int, 4> sizes{};
    std::ranges::copy(input.sizes(), sizes.begin());
    const auto rank = static_cast<std::size_t>(input.rank());
    sizes[rank - 1] = channels;
    return Shape(std::span<const int>(sizes).first(rank));
}

/// Both axes by one rule: rule(axis, cells of the input along it).
template <typename Rule>
Result<Geometry> feature_map(const Shape& input, int channels, Rule rule) {
    const Result<Axis> rows = rule(0, input.height());
    if (!rows) return rows.error();
    const Result<Axis> columns = rule(1, input.width());
    if (!columns) return columns.error();
    return Geometry{input, {rows->out, columns->out, channels}, *rows, *columns};
}

}  // namespace engine
