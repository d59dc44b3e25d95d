// SPDX-License-Identifier: MIT
#include "engine/lessons/joins.h"

#include <algorithm>

#include "engine/layers/interpolation.h"

namespace engine {

namespace {

using Joins = std::vector<Join>;

// Conv2DTranspose: an input cell is laid on every cell that a tap of its stamp falls on.

Joins from(const Conv2DTranspose&, const Axis& axis, int input) {
    Joins joins;
    for (int tap = 0; tap < axis.kernel; ++tap)
        joins.push_back({input, tap, landing(axis, input, tap)});
    return joins;
}

Joins into(const Conv2DTranspose&, const Axis& axis, int output) {
    Joins joins;
    const CellRange inputs = inputs_spanning(axis, output);
    for (int input = inputs.first; input <= inputs.last; ++input)
        if (const int tap = tap_joining(axis, input, output); tap >= 0)
            joins.push_back({input, tap, output});
    return joins;
}

Joins by(const Conv2DTranspose&, const Axis& axis, int tap) {
    Joins joins;
    for (int input = 0; input < axis.in; ++input)
        joins.push_back({input, tap, landing(axis, input, tap)});
    return joins;
}

// Conv2D: the window of an output cell lies on the inputs under its taps, or on padding.

Joins from(const Conv2D&, const Axis& axis, int input) {
    Joins joins;
    for (int tap = 0; tap < axis.kernel; ++tap)
        if (const int output = window_with(axis, tap, input); output >= 0)
            joins.push_back({input, tap, output});
    return joins;
}

Joins into(const Conv2D&, const Axis& axis, int output) {
    Joins joins;
    for (int tap = 0; tap < axis.kernel; ++tap)
        if (const int input = input_under(axis, output, tap); input >= 0)
            joins.push_back({input, tap, output});
    return joins;
}

Joins by(const Conv2D&, const Axis& axis, int tap) {
    Joins joins;
    for (int output = 0; output < axis.out; ++output)
        if (const int input = input_under(axis, output, tap); input >= 0)
            joins.push_back({input, tap, output});
    return joins;
}

// UpSampling2D: an output cell is weighed from the inputs around its centre.

Joins into(const UpSampling2D& layer, const Axis& axis, int output) {
    Joins joins;
    for (const Sample& sample : samples(layer.interpolation, axis.in, axis.stride, output))
        joins.push_back({sample.source, -1, output, sample.weight});
    return joins;
}

Joins from(const UpSampling2D& layer, const Axis& axis, int input) {
    // The widest rule, lanczos5, reaches 5 cells from an output's centre; edges are clamped or cut.
    constexpr int reach = 6;
    const int first = std::max(input - reach, 0) * axis.stride;
    const int last = std::min(input + reach + 1, axis.in) * axis.stride;
    Joins joins;
    for (int output = first; output < last; ++output)
        for (const Join& join : into(layer, axis, output))
            if (join.input == input) joins.push_back(join);
    return joins;
}

// Layers that nobody plays.

template <typename Other>
Joins from(const Other&, const Axis&, int) {
    return {};
}
template <typename Other>
Joins into(const Other&, const Axis&, int) {
    return {};
}
template <typename Other>
Joins by(const Other&, const Axis&, int) {
    return {};
}

}  // namespace

Joins joins_from(const LayerSpec& spec, const Axis& axis, int input) {
    return std::visit([&](const auto& layer) { return from(layer, axis, input); }, spec);
}
Joins joins_into(const LayerSpec& spec, const Axis& axis, int output) {
    return std::visit([&](const auto& layer) { return into(layer, axis, output); }, spec);
}
Joins joins_by(const LayerSpec& spec, const Axis& axis, int tap) {
    return std::visit([&](const auto& layer) { return by(layer, axis, tap); }, spec);
}

}  // namespace engine
