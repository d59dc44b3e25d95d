// SPDX-License-Identifier: MIT
#include "engine/layers/kernel_axes.h"

#include <algorithm>
#include <vector>

namespace engine {

namespace {

/// For each axis of the second order, its number in the first.
std::array<std::size_t, 4> places_of(const KernelAxes& from, const KernelAxes& to) {
    std::array<std::size_t, 4> places{};
    for (std::size_t axis = 0; axis < to.size(); ++axis)
        places[axis] = static_cast<std::size_t>(std::ranges::find(from, to[axis]) - from.begin());
    return places;
}

}  // namespace

bool has_kernel_axes(const LayerSpec& spec) {
    return std::holds_alternative<Conv2D>(spec) || std::holds_alternative<Conv2DTranspose>(spec);
}

KernelAxes kernel_axes(const LayerSpec& spec, KernelOrder order) {
    using enum KernelAxis;
    const bool transposed = std::holds_alternative<Conv2DTranspose>(spec);
    if (order == KernelOrder::keras)
        return transposed ? KernelAxes{row, column, filter, input_channel}
                          : KernelAxes{row, column, input_channel, filter};
    return transposed ? KernelAxes{input_channel, filter, row, column}
                      : KernelAxes{filter, input_channel, row, column};
}

std::array<int, 4> reordered(const std::array<int, 4>& place, const KernelAxes& from,
                             const KernelAxes& to) {
    const auto places = places_of(from, to);
    std::array<int, 4> moved{};
    for (std::size_t axis = 0; axis < 4; ++axis) moved[axis] = place[places[axis]];
    return moved;
}

Shape reordered(const Shape& shape, const KernelAxes& from, const KernelAxes& to) {
    const std::array<int, 4> given{shape[0], shape[1], shape[2], shape[3]};
    const std::array<int, 4> sizes = reordered(given, from, to);
    return {sizes[0], sizes[1], sizes[2], sizes[3]};
}

Tensor reordered(const Tensor& kernel, const KernelAxes& from, const KernelAxes& to) {
    const Shape& shape = kernel.shape();
    const auto places = places_of(from, to);
    const std::array<std::int64_t, 4> steps{std::int64_t{shape[1]} * shape[2] * shape[3],
                                            std::int64_t{shape[2]} * shape[3], shape[3], 1};
    const Shape moved = reordered(shape, from, to);
    std::vector<float> values;
    values.reserve(kernel.values().size());
    for (int a = 0; a < moved[0]; ++a)
        for (int b = 0; b < moved[1]; ++b)
            for (int c = 0; c < moved[2]; ++c)
                for (int d = 0; d < moved[3]; ++d)
                    values.push_back(kernel.data()[a * steps[places[0]] + b * steps[places[1]] +
                                                   c * steps[places[2]] + d * steps[places[3]]]);
    return {moved, std::move(values)};
}

}  // namespace engine
