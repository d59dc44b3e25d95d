// SPDX-License-Identifier: MIT
// The patterns by which upsampling widens rows: weights and permutations for one factor.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/kernels/work.h"
#include "engine/layers/interpolation.h"

namespace engine {

namespace {

constexpr int longest_pattern = 64;  // vectors; beyond, tables cost more than they save

/// 2 * factor and the power of two above it: weights of bilinear are whole numbers over the first.
int denominator(int factor) { return 2 * factor; }
int power_above(int factor) {
    return static_cast<int>(std::bit_ceil(static_cast<unsigned>(denominator(factor))));
}

std::vector<Blend> blends(int factor) {
    std::vector<Blend> found;
    for (int j = 0; j < factor; ++j) {
        // In the middle of three cells no neighbour is clamped.
        const auto pair = samples(Interpolation::bilinear, 3, factor, factor + j);
        const auto exact = [factor](double weight) {
            return static_cast<float>(std::round(weight * denominator(factor))) /
                   static_cast<float>(power_above(factor));
        };
        found.push_back({pair.front().source - 1, exact(pair.front().weight),
                         pair.size() == 2 ? exact(pair.back().weight) : 0.0F});
    }
    return found;
}

double divisor(int factor) {
    return static_cast<double>(denominator(factor)) / power_above(factor);
}

/// Sources are counted from cell -1 if `margin` is 1. None where a cell fills a vector by itself or
/// a pattern would be too long. That sources lie too far apart, or a rest is too long, happens for
/// no vector of up to sixteen lanes.
std::optional<Permutation> permute(const std::vector<Blend>& blends, int channels, int margin,
                                   VectorUnit unit) {
    const int factor = static_cast<int>(blends.size());
    const std::int64_t cell_floats = std::int64_t{channels} * factor;
    const std::int64_t pattern = cell_floats / std::gcd(cell_floats, std::int64_t{unit.lanes});
    if (channels >= unit.lanes || pattern > longest_pattern) return std::nullopt;

    Permutation permutation;
    permutation.advance = static_cast<int>(pattern) * unit.lanes / factor;
    const auto shuffle = [&](int vector, bool after) {
        Permutation::Shuffle found;
        found.weights = AlignedFloats(static_cast<std::size_t>(unit.lanes));
        for (int lane = 0; lane < unit.lanes; ++lane) {
            const int output = vector * unit.lanes + lane;
            const int cell = output / static_cast<int>(cell_floats);
            const Blend& blend = blends[static_cast<std::size_t>(output / channels % factor)];
            // A cell that has no share is not read: it might lie outside.
            const int shift = blend.shift + (after && blend.after > 0 ? 1 : 0);
            found.indices.push_back((cell + shift + margin) * channels + output % channels);
            found.weights.data()[lane] = after ? blend.after : blend.before;
        }
        return found;
    };
    const auto begin_at = [&](int source, Permutation::Shuffle& found) {
        found.source = source;
        for (std::int32_t& index : found.indices) index -= source;
        permutation.reach = std::max(permutation.reach, source + unit.lanes);
        return std::ranges::max(found.indices) < unit.lanes;
    };
    for (int vector = 0; vector < static_cast<int>(pattern); ++vector) {
        Permutation::Shuffle before = shuffle(vector, false);
        Permutation::Shuffle after = shuffle(vector, true);
        const int first = std::ranges::min(before.indices);
        const int last = std::ranges::max(after.indices);
        const bool joint = last - first < unit.lanes;
        permutation.joint = permutation.joint && joint;
        if (!begin_at(first, before) ||
            !begin_at(joint ? first : std::ranges::min(after.indices), after))
            return std::nullopt;
        permutation.before.push_back(std::move(before));
        permutation.after.push_back(std::move(after));
    }
    // A rest reads less than that, and zeros as far as a period looks.
    if (permutation.advance + 2 * permutation.reach + 2 * channels > Permutation::max_rest)
        return std::nullopt;
    return permutation;
}

template <typename Work>
Work over_map(const Geometry& geometry, Size2D size) {
    Work work;
    work.rows = geometry.input.height();
    work.columns = geometry.input.width();
    work.channels = geometry.input.channels();
    work.size = size;
    return work;
}

}  // namespace

NearestWork prepare_nearest(const Geometry& geometry, Size2D size, VectorUnit unit) {
    auto work = over_map<NearestWork>(geometry, size);
    const std::vector<Blend> repeat(static_cast<std::size_t>(size.width));
    work.permutation = permute(repeat, work.channels, 0, unit);
    return work;
}

BilinearWork prepare_bilinear(const Geometry& geometry, Size2D size, VectorUnit unit) {
    auto work = over_map<BilinearWork>(geometry, size);
    work.row_blends = blends(size.height);
    work.column_blends = blends(size.width);
    work.permutation = permute(work.column_blends, work.channels, 1, unit);
    // Those that lie before their cell come last: they are between it and the cell before.
    const auto by_gaps = [](std::vector<Blend>& of_cell) {
        const auto after = std::partition_point(of_cell.begin(), of_cell.end(),
                                                [](const Blend& blend) { return blend.shift < 0; });
        const auto before = static_cast<int>(after - of_cell.begin());
        std::rotate(of_cell.begin(), after, of_cell.end());
        return before;
    };
    work.rows_above = by_gaps(work.row_blends);
    work.columns_left = by_gaps(work.column_blends);
    work.divisor = static_cast<float>(divisor(size.height) * divisor(size.width));
    return work;
}

ResampleWork prepare_resampling(const Sampling2D& sampling, const Shape& in, const Shape& out) {
    ResampleWork work;
    work.columns = in.width();
    work.channels = in.channels();
    const auto flat = [](const std::vector<std::vector<Sample>>& cells) {
        ResampleWork::Samples list;
        list.begin.push_back(0);
        for (const std::vector<Sample>& cell : cells) {
            for (const Sample& sample : cell) {
                list.sources.push_back(sample.source);
                list.weights.push_back(static_cast<float>(sample.weight));
            }
            list.begin.push_back(static_cast<int>(list.sources.size()));
        }
        return list;
    };
    const auto rows = all_samples(sampling.rows, in.height(), out.height());
    for (const std::vector<Sample>& row : rows)
        work.ring_rows = std::max(work.ring_rows, row.back().source - row.front().source + 1);
    work.row_samples = flat(rows);
    work.column_samples = flat(all_samples(sampling.columns, in.width(), out.width()));
    const int row_floats = ResampleWork::ring_floats / work.ring_rows;
    work.tile_channels = std::min(work.channels, row_floats);
    work.tile_columns = std::min(out.width(), row_floats / work.tile_channels);
    return work;
}

}  // namespace engine
