// SPDX-License-Identifier: MIT
#include "engine/lessons/coverage.h"

#include <algorithm>

namespace engine {

namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Output phase (o mod stride) that a tap of any input cell lands in.
int phase_of(const Axis& axis, int tap) { return landing(axis, 0, tap) % axis.stride; }

/// Per output phase along an axis, how many taps meet in a cell away from the rim.
std::vector<int> inside_counts(const Axis& axis) {
    std::vector<int> counts(index(axis.stride));
    for (int tap = 0; tap < axis.kernel; ++tap) ++counts[index(phase_of(axis, tap))];
    return counts;
}

std::vector<int> counts_along(const Axis& axis) {
    std::vector<int> counts(index(axis.full));
    for (int cell = 0; cell < axis.full; ++cell) counts[index(cell)] = inputs_reaching(axis, cell);
    return counts;
}

CoverageVerdict verdict_of(const std::vector<int>& inside) {
    if (inside.front() == 0) return CoverageVerdict::holes;
    if (inside.size() > 1) return CoverageVerdict::uneven;
    return inside.front() == 1 ? CoverageVerdict::tiles : CoverageVerdict::even;
}

/// The fewest inputs along an axis between whose rims every output phase stands `times` times.
/// Inside cells lie between the far reach of the first input and the landing of the last; with n
/// inputs these are (n - 1) * stride - extent + 2.
int inputs_showing_phases(const Axis& axis, int times) {
    const int distance = times * axis.stride + axis.extent - 2;
    return 1 + (distance + axis.stride - 1) / axis.stride;
}

int telling_length(const Axis& axis) {
    constexpr int comfortable = 5;
    constexpr int map_length = 15;
    const auto full = [&](int inputs) { return landing(axis, inputs - 1, axis.kernel - 1) + 1; };
    const int generous = std::max(comfortable, inputs_showing_phases(axis, 3));
    return full(generous) <= map_length ? generous : inputs_showing_phases(axis, 2);
}

}  // namespace

Coverage coverage(const Geometry& geometry) {
    Coverage map;
    map.height = geometry.rows.full;
    map.width = geometry.columns.full;
    const std::vector<int> row_counts = counts_along(geometry.rows);
    const std::vector<int> column_counts = counts_along(geometry.columns);
    map.counts.reserve(row_counts.size() * column_counts.size());
    for (const int row : row_counts)
        for (const int column : column_counts) map.counts.push_back(row * column);

    for (const int row : inside_counts(geometry.rows))
        for (const int column : inside_counts(geometry.columns)) map.inside.push_back(row * column);
    std::sort(map.inside.begin(), map.inside.end());
    map.inside.erase(std::unique(map.inside.begin(), map.inside.end()), map.inside.end());
    map.verdict = verdict_of(map.inside);
    return map;
}

Size2D telling_input(const Geometry& geometry) {
    return {telling_length(geometry.rows), telling_length(geometry.columns)};
}

int fewest_telling(const Axis& axis) { return std::max(3, inputs_showing_phases(axis, 1)); }

bool touches_every_phase(const Axis& axis) {
    return std::ranges::count(inside_counts(axis), 0) == 0;
}

bool touches_evenly(const Axis& axis) {
    const std::vector<int> counts = inside_counts(axis);
    return std::ranges::count(counts, counts.front()) == std::ssize(counts);
}

std::vector<float> flat_response(const LayerSpec& spec, const Geometry& geometry,
                                 const Weights& weights, int filter) {
    if (std::holds_alternative<UpSampling2D>(spec)) return {1.0F};  // shares of a cell add up to 1
    const auto* layer = std::get_if<Conv2DTranspose>(&spec);
    if (layer == nullptr) return {};

    const int group_in = geometry.input.channels() / layer->groups;
    const int group_out = layer->filters / layer->groups;
    const int first_channel = filter / group_out * group_in;
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    const double bias = layer->use_bias && !weights.bias.empty()
                            ? static_cast<double>(weights.bias.at(filter))
                            : 0.0;
    std::vector<double> sums(index(rows.stride * columns.stride), bias);
    for (int row = 0; row < rows.kernel; ++row)
        for (int column = 0; column < columns.kernel; ++column)
            for (int channel = first_channel; channel < first_channel + group_in; ++channel)
                sums[index(phase_of(rows, row) * columns.stride + phase_of(columns, column))] +=
                    static_cast<double>(
                        weights.kernel.at(row, column, filter % group_out, channel));

    std::vector<float> distinct;
    for (const double sum : sums) {
        const auto value = static_cast<float>(sum);
        if (std::find(distinct.begin(), distinct.end(), value) == distinct.end())
            distinct.push_back(value);
    }
    return distinct;
}

}  // namespace engine
