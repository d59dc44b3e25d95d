// SPDX-License-Identifier: MIT
// One description for everything that multiplies inputs by a kernel: Conv2D, Conv2DTranspose and
// Dense differ only in which input meets which tap in which output.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/kernels/share.h"
#include "engine/layers/geometry.h"
#include "engine/layers/weights.h"

namespace engine {

/// Along one axis: this tap carries this input cell to the output cell asked about.
struct TapPair {
    int tap = 0;
    int input = 0;
    bool operator==(const TapPair&) const = default;
};

/// Outputs along one axis that use the same taps. Output out_begin + i * out_step is met by inputs
/// tap_pair.input + i * in_step. A transposed layer has such a run for each phase (out_step =
/// stride), a convolution one (in_step = stride); at the rim, where taps fall outside, there are
/// shorter runs. So only products with real inputs are ever computed: no zero is inserted, none is
/// padded, no crop is wasted.
struct CellRun {
    int out_begin = 0;
    int out_step = 1;
    int count = 0;
    int in_step = 1;
    std::vector<TapPair> tap_pairs;  ///< taps ascending; empty: a hole that holds only the bias
};

/// The same axis without regard to the rim: outputs phase + i * phases are met by inputs
/// i * in_step + delta, which may lie outside and then count as zero.
struct Lattice {
    struct Tap {
        int tap = 0;
        int delta = 0;
    };
    int in_step = 1;
    std::vector<std::vector<Tap>> phases;
};

struct Convolution {
    int groups = 1;
    int channels = 1;  ///< input channels of one group
    int filters = 1;   ///< of one group
    /// Floats from one cell to the next; a pixel is groups * channels (or filters) floats.
    std::ptrdiff_t input_row = 0, input_pixel = 1;
    std::ptrdiff_t output_row = 0, output_pixel = 1;
    int in_rows = 1, in_columns = 1;
    int out_rows = 1, out_columns = 1;
    int kernel_rows = 1, kernel_columns = 1;
    std::vector<CellRun> rows, columns;
    Lattice lattice;  ///< of the columns

    /// Where the weight of (group, row tap, column tap, channel, filter) is found, whatever the
    /// layout.
    const float* kernel = nullptr;
    const float* bias = nullptr;  ///< null: none
    std::ptrdiff_t group_stride = 0, tap_stride = 0, channel_stride = 0, filter_stride = 0;
    float weight(int group, int tap, int channel, int filter) const {
        return kernel[group * group_stride + tap * tap_stride + channel * channel_stride +
                      filter * filter_stride];
    }
    int taps() const { return kernel_rows * kernel_columns; }
    int total_filters() const { return groups * filters; }
    /// Multiply-adds on real inputs that are kept, for one group.
    double multiply_adds() const;
    /// Input rows from the first to the last that any one output row needs; at least 1.
    int rows_needed() const;
};

/// The tap pairs of each output along one axis, one output's after another's; inputs ascending.
struct OutputTapPairs {
    OutputTapPairs() = default;
    OutputTapPairs(const std::vector<CellRun>& runs, int outputs);

    int outputs() const { return static_cast<int>(m_begin.size()) - 1; }
    std::span<const TapPair> of(int output) const {
        const int begin = m_begin[static_cast<std::size_t>(output)];
        return {m_tap_pairs.data() + begin,
                m_tap_pairs.data() + m_begin[static_cast<std::size_t>(output) + 1]};
    }
    std::size_t count() const { return m_tap_pairs.size(); }

private:
    std::vector<int> m_begin{0};
    std::vector<TapPair> m_tap_pairs;
};

/// Pixels of two runs in reading order, `size` of them at a time.
inline std::ptrdiff_t tiles(const CellRun& rows, const CellRun& columns, int size) {
    return (std::ptrdiff_t{rows.count} * columns.count + size - 1) / size;
}

/// Multiply-adds of a tile, in a unit that is the same for all tiles of a convolution; 1 for a tile
/// of holes.
inline std::ptrdiff_t tile_cost(const CellRun& rows, const CellRun& columns) {
    return std::max<std::ptrdiff_t>(
        1, static_cast<std::ptrdiff_t>(rows.tap_pairs.size() * columns.tap_pairs.size()));
}
inline std::ptrdiff_t cost_of_tiles(const Convolution& shape, int size) {
    std::ptrdiff_t sum = 0;
    for (const CellRun& rows : shape.rows)
        for (const CellRun& columns : shape.columns)
            sum += tiles(rows, columns, size) * tile_cost(rows, columns);
    return sum;
}

/// Calls tile(count, in, out) for the tiles `range` of two runs: pointers to the input
/// cell that an input of 0 in a TapPair stands for, and to the output cell. `size` is at most
/// `most`.
template <int most, typename Tile>
void for_each_tile(const Convolution& shape, const CellRun& rows, const CellRun& columns, int size,
                   const float* input, float* output, Part::Range range, Tile&& tile) {
    const std::ptrdiff_t pixels = std::ptrdiff_t{rows.count} * columns.count;
    const std::ptrdiff_t end = std::min(range.end * size, pixels);
    std::ptrdiff_t i = 0;
    std::ptrdiff_t j = 0;
    if (range.begin > 0) {
        i = range.begin * size / columns.count;
        j = range.begin * size % columns.count;
    }
    const std::ptrdiff_t in_step = columns.in_step * shape.input_pixel;
    const std::ptrdiff_t out_step = columns.out_step * shape.output_pixel;
    const std::ptrdiff_t in_row = rows.in_step * shape.input_row;
    const std::ptrdiff_t out_row = rows.out_step * shape.output_row;
    const float* from = input + i * in_row + j * in_step;
    float* to = output + rows.out_begin * shape.output_row + i * out_row +
                columns.out_begin * shape.output_pixel + j * out_step;
    const float* in[most];
    float* out[most];
    for (std::ptrdiff_t pixel = range.begin * size; pixel < end;) {
        const int count = static_cast<int>(std::min<std::ptrdiff_t>(size, end - pixel));
        for (int p = 0; p < count; ++p) {
            in[p] = from;
            out[p] = to;
            from += in_step;
            to += out_step;
            if (++j == columns.count) {
                j = 0;
                from += in_row - columns.count * in_step;
                to += out_row - columns.count * out_step;
            }
        }
        tile(count, in, out);
        pixel += count;
    }
}

/// The weights are referred to, not copied.
Convolution describe(const Conv2D& spec, const Geometry& geometry, const WeightsView& weights);
Convolution describe(const Conv2DTranspose& spec, const Geometry& geometry,
                     const WeightsView& weights);
/// UpSampling2D (nearest) and the Conv2D with strides 1 behind it, whose taps were added up where
/// they read the same source cell. The convolution refers to `kernel` (row taps, column taps, in /
/// groups, filters).
struct MergedConvolution {
    MergedConvolution() = default;
    MergedConvolution(MergedConvolution&&) = default;  // a copy would refer to the other's numbers
    Convolution convolution;
    std::vector<float> kernel;
};
/// None if so many different sums would be larger than a tensor may be.
std::optional<MergedConvolution> describe(const UpSampling2D& upsampling, const Geometry& upsampled,
                                          const Conv2D& spec, const Geometry& convolved,
                                          const WeightsView& weights);
/// Over the last axis: a 1x1 convolution of a row of vectors. `batch` inputs are only more vectors:
/// 1, or so few that all their vectors are at most max_side.
Convolution describe(const Dense& spec, const Geometry& geometry, const WeightsView& weights,
                     int batch = 1);

}  // namespace engine
