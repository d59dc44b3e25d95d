// SPDX-License-Identifier: MIT
// One description for everything that multiplies inputs by a kernel: Conv2D, Conv2DTranspose and Dense
// differ only in which input meets which tap in which output.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/geometry.h"
#include "engine/weights.h"

namespace engine {

/// Along one axis: this tap carries this input cell to the output cell asked about.
struct Meeting {
    int tap = 0;
    int input = 0;
    bool operator==(const Meeting&) const = default;
};

/// Outputs along one axis that use the same taps. Output out_begin + i * out_step is met by inputs
/// meeting.input + i * in_step. A transposed layer has such a run for each phase (out_step = stride), a
/// convolution one (in_step = stride); at the rim, where taps fall outside, there are shorter runs. So only
/// products with real inputs are ever computed: no zero is inserted, none is padded, no crop is wasted.
struct CellRun {
    int out_begin = 0;
    int out_step = 1;
    int count = 0;
    int in_step = 1;
    std::vector<Meeting> meetings;  ///< taps ascending; empty: a hole that holds only the bias
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

    /// Where the weight of (group, row tap, column tap, channel, filter) is found, whatever the layout.
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
};

/// Calls tile(count, in, out) for the pixels of two runs in reading order, `size` (at most `most`) at a
/// time: pointers to the input cell that an input of 0 in a Meeting stands for, and to the output cell.
template <int most, typename Tile>
void for_each_tile(const Convolution& shape, const CellRun& rows, const CellRun& columns, int size,
                   const float* input, float* output, Tile&& tile) {
    const float* in[most];
    float* out[most];
    int count = 0;
    for (std::ptrdiff_t i = 0; i < rows.count; ++i)
        for (std::ptrdiff_t j = 0; j < columns.count; ++j) {
            in[count] = input + i * rows.in_step * shape.input_row +
                        j * columns.in_step * shape.input_pixel;
            out[count] = output + (rows.out_begin + i * rows.out_step) * shape.output_row +
                         (columns.out_begin + j * columns.out_step) * shape.output_pixel;
            if (++count == size) {
                tile(count, in, out);
                count = 0;
            }
        }
    if (count > 0) tile(count, in, out);
}

/// The weights are referred to, not copied.
Convolution describe(const Conv2D& spec, const Geometry& geometry, const Weights& weights);
Convolution describe(const Conv2DTranspose& spec, const Geometry& geometry, const Weights& weights);
/// Over the last axis: a 1x1 convolution of a row of vectors.
Convolution describe(const Dense& spec, const Geometry& geometry, const Weights& weights);

}  // namespace engine
