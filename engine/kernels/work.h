// SPDX-License-Identifier: MIT
// What a plan prepares and a kernel consumes. One struct for each way of computing; beside it the
// question which function does it on the chosen target.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/kernels/aligned_floats.h"
#include "engine/kernels/convolution.h"
#include "engine/layers/interpolation.h"
#include "engine/layers/layer_spec.h"

namespace engine {

/// Numbers in, numbers out, NHWC: nothing but arithmetic happens inside. Computes one share of the
/// outputs.
template <typename Work>
using Kernel = void (*)(const Work& work, Share share, const float* input, float* output);

/// What packing has to know about the chosen target.
struct VectorUnit {
    int lanes = 1;         ///< floats in its widest vector
    int tile_vectors = 1;  ///< vectors of filters that a tile of six pixels can keep in registers
};
VectorUnit vector_unit();

/// to[row * width + column] = from[column * stride + row]
using Transpose = void (*)(const float* from, std::ptrdiff_t stride, int rows, int columns,
                           int width, float* to);
Transpose transpose_kernel();

// A convolution can be computed in seven ways. `arrange` decides the layout of one (nothing, if it
// does not apply), `cost` estimates it, `fill` packs the weights of the one that is chosen.

/// Many filters: each vector holds neighbouring filters of one pixel, each input number is
/// broadcast. Six pixels share every weight that is loaded.
struct FilterWork {
    struct Block {
        int first = 0;    ///< filter, inside its group
        int count = 0;    ///< at most vectors * lanes; the rest of the last vector is not stored
        int vectors = 1;  ///< at most VectorUnit::tile_vectors
        int lanes = 1;
        std::ptrdiff_t weights =
            0;  ///< floats before it; then (row tap, column tap, channel, lane)
        std::ptrdiff_t bias = 0;
    };
    Convolution shape;
    std::vector<Block> blocks;  ///< of one group
    AlignedFloats weights, bias;
    std::ptrdiff_t group_weights = 0, group_bias = 0;
};
FilterWork arrange_filters(const Convolution& convolution, VectorUnit unit);
double cost(const FilterWork& work, const Convolution& convolution, VectorUnit unit);
/// Of an input number of one of `pixels` outputs, with all filters.
double cost_of_value(const FilterWork& work, double pixels, VectorUnit unit);
void fill(FilterWork& work, const Convolution& convolution);
Kernel<FilterWork> filter_kernel();

/// The same for a convolution of 1x1, on `pixels` neighbours of one row.
using PixelKernel = void (*)(const FilterWork& work, int pixels, const float* input, float* output);
PixelKernel pixel_kernel();

/// Few filters of a transposed layer: the numbers that all taps and filters make of one input
/// pixel, its stamp, are neighbours in vectors, as if they were filters of a 1x1 convolution. The
/// stamps of a few input rows are kept in a ring, from which output rows are added up.
struct StampWork {
    static constexpr int ring_floats = 16384;  ///< scratch on the stack, 64 KiB
    static constexpr int max_sources = 256;
    static constexpr int max_ring_rows = 64;

    FilterWork products;  ///< channels -> stamp: (row tap, column, filter)
    PixelKernel multiply = nullptr;
    int stamp_columns = 1;  ///< of outputs, gaps between taps included
    int first_column = 0;   ///< of the stamp of input column 0
    int phases = 1;         ///< output columns from one stamp to the next
    int ring_rows = 1;      ///< input rows between the first and the last that an output row needs
    int tile_pixels = 1;    ///< input columns whose stamps fit into the ring
    int in_columns = 1, out_columns = 1, filters = 1;
    std::ptrdiff_t input_row = 0;
    OutputTapPairs rows;
    AlignedFloats bias;  ///< of the outputs from one stamp to the next, and a vector more

    int row_floats() const { return stamp_columns * filters; }  ///< of a stamp's row
    int advance() const { return phases * filters; }
    /// Stamps that meet in an output.
    int parts() const { return (stamp_columns + phases - 1) / phases; }
    std::ptrdiff_t stamp_floats() const { return products.shape.output_pixel; }
};
/// None for other layers, for groups or a single tap, and where the ring would be too small.
std::optional<StampWork> arrange_stamps(const Convolution& convolution, VectorUnit unit);
double cost(const StampWork& work, const Convolution& convolution, VectorUnit unit);
void fill(StampWork& work, const Convolution& convolution);
Kernel<StampWork> stamp_kernel();

/// Few filters, many channels: each vector holds neighbouring channels; all products of an output
/// are added up in one vector, which is reduced at the end.
struct ChannelWork {
    Convolution shape;
    int lanes = 1;
    int chunks = 1;  ///< vectors that cover the channels; the last one may overlap its neighbour
    AlignedFloats
        weights;  ///< (group, row tap, column tap, filter, chunk, lane); 0 where overlapped
    std::vector<float> bias;
};
/// None if there are fewer channels than the narrowest vector has lanes.
std::optional<ChannelWork> arrange_channels(const Convolution& convolution, VectorUnit unit);
double cost(const ChannelWork& work, const Convolution& convolution, VectorUnit unit);
void fill(ChannelWork& work, const Convolution& convolution);
Kernel<ChannelWork> channel_kernel(int lanes);

/// Few filters, few channels: each vector holds neighbouring outputs of one row, phase and filter;
/// these three make a stream. Input rows are first laid out as planes, one for each channel and
/// each input column modulo in_step, with zeros beyond the rim (or read in place, where they lie so
/// already). Each piece of a plane that is loaded serves all streams, whose sums are interleaved
/// together.
struct ColumnWork {
    // Scratch on the stack, 60 KiB.
    static constexpr int plane_floats = 8192;
    static constexpr int interleaved_floats = 4096;
    static constexpr int max_planes = 256;
    static constexpr int max_loads = 512;  ///< for an output

    /// Where the inputs of a vector of outputs begin, in the planes of one row and channel.
    struct Load {
        int plane = 0;
        int shift = 0;  ///< along the plane, from 0
    };
    Convolution shape;
    std::vector<Load> loads;
    int phases = 1;
    int first_shift = 0;  ///< cell of a plane that a shift of 0 stands for, relative to the output
    int planes = 1;       ///< per row and channel: in_step
    int ring_rows = 1;    ///< input rows between the first and the last that an output row needs
    int segment = 1;      ///< outputs of one phase computed together; a multiple of lanes
    int plane_length = 1;
    /// (group, row tap, channel, load, stream); 0 where the phase has no such tap. A stream is
    /// phase * filters + filter.
    std::vector<float> weights;
    std::vector<float> bias;  ///< (group, stream)

    int streams() const { return phases * shape.filters; }
    /// Numbers of streams whose vectors are laid side by side without going through memory one by
    /// one.
    static bool can_interleave(int streams) {
        return streams <= 4 || streams == 6 || streams == 8 || streams == 9 || streams == 12;
    }
};
/// None if the scratch would be too large.
std::optional<ColumnWork> arrange_columns(const Convolution& convolution, VectorUnit unit);
double cost(const ColumnWork& work, const Convolution& convolution, VectorUnit unit);
void fill(ColumnWork& work, const Convolution& convolution);
Kernel<ColumnWork> column_kernel();

/// Few multiply-adds: the layer as a sparse matrix. Each vector holds neighbouring numbers of the
/// flattened output, whatever pixels and filters they are; each input that reaches one of them is
/// broadcast and meets a vector of weights, 0 where it reaches nothing. No loop knows of rows,
/// phases or rims.
struct MatrixWork {
    static constexpr int max_weights = 8192;  ///< floats, 32 KiB: they stay in the first cache

    struct Block {
        std::int32_t first_output = 0;  ///< of `lanes`; the last block may overlap the one before
        std::int32_t first_term = 0, end_term = 0;
    };
    int lanes = 1;
    std::vector<Block> blocks;
    std::vector<std::int32_t> inputs;  ///< of each term; ascending within a block
    AlignedFloats weights;             ///< (term, lane)
    AlignedFloats bias;                ///< (block, lane)
};
/// None if the matrix would be too large.
std::optional<MatrixWork> arrange_matrix(const Convolution& convolution, VectorUnit unit);
double cost(const MatrixWork& work, const Convolution& convolution, VectorUnit unit);
void fill(MatrixWork& work, const Convolution& convolution);
Kernel<MatrixWork> matrix_kernel(int lanes);

/// The same matrix where inputs that meet in a vector of outputs lie close together. A term loads a
/// window of neighbouring inputs; each lane picks one of them and has a weight of its own, 0 if it
/// needs none of them.
struct ShuffleWork {
    static constexpr int max_weights = 8192;

    struct Block {
        std::int32_t first_output = 0;  ///< of `lanes`; the last block may overlap the one before
        std::int32_t end_term = 0;      ///< its terms follow those of the block before
    };
    int lanes = 1;
    std::vector<Block> blocks;
    std::vector<std::int32_t> windows;  ///< of each term, the first of `lanes` inputs
    /// (term, lane) twice: of each term first the places in its window, whole numbers from 0 to
    /// lanes - 1 in the bits of a float, then the weights.
    AlignedFloats terms;
    AlignedFloats bias;  ///< (block, lane)
};
/// None if the matrix would be too large, or input or output smaller than a vector of four.
std::optional<ShuffleWork> arrange_shuffles(const Convolution& convolution, VectorUnit unit);
double cost(const ShuffleWork& work, const Convolution& convolution, VectorUnit unit);
void fill(ShuffleWork& work, const Convolution& convolution);
Kernel<ShuffleWork> shuffle_kernel(int lanes);

/// Few filters and hardly more than one channel of a transposed layer: pictures. Each vector holds
/// neighbouring numbers of an output row, whatever pixels and filters they are. All of them draw on
/// one window of each input row, from which each lane picks its inputs, one after the other; along
/// the row the shuffles repeat.
struct PatternWork {
    static constexpr int max_shuffles = 4;  ///< of a lane from one window
    static constexpr int max_spans = 64;
    static constexpr int max_weights = 8192;

    /// Vectors of a row that pick alike: number i begins at output first_output + i * out_step, its
    /// windows at input window + i * in_step, both in floats of their rows.
    struct Span {
        int first_output = 0;
        int window = 0;
        int count = 1;
    };
    int lanes = 1;
    int shuffles = 1;
    int kernel_rows = 1;
    int out_step = 1, in_step = 1;
    std::ptrdiff_t input_row = 0, output_row = 0;
    std::vector<Span> spans;
    OutputTapPairs rows;
    AlignedFloats
        places;  ///< (span, shuffle, lane), whole numbers below `lanes` in the bits of a float
    AlignedFloats weights;  ///< (span, row tap, shuffle, lane); 0 where a lane picks nothing
    AlignedFloats bias;     ///< (span, lane)
};
/// None with groups, for rows shorter than a vector of four, and where a window or the shuffles
/// would not do.
std::optional<PatternWork> arrange_patterns(const Convolution& convolution, VectorUnit unit);
double cost(const PatternWork& work, const Convolution& convolution, VectorUnit unit);
void fill(PatternWork& work, const Convolution& convolution);
Kernel<PatternWork> pattern_kernel(int lanes, int shuffles);

/// One output row or column of a cell: it lies between the source cells shift and shift + 1,
/// counted from that cell.
struct Blend {
    int shift = 0;
    float before = 1;
    float after = 0;
};

/// How a row of cells with few channels is widened: each vector of outputs is picked from one
/// vector of sources before it and one after it. The pattern repeats every before.size() vectors.
struct Permutation {
    static constexpr int max_rest = 1024;  ///< floats that the last periods of a row read, at most

    /// `lanes` indices into the vector of sources that begins at `source` in the pattern's first
    /// period, and a weight for each.
    struct Shuffle {
        int source = 0;
        std::vector<std::int32_t> indices;
        AlignedFloats weights;
    };
    std::vector<Shuffle> before, after;
    bool joint = true;  ///< both begin at the same source, everywhere
    int advance = 0;    ///< source floats per period
    int reach = 0;      ///< source floats that one period reads, at least `advance`
};

struct NearestWork {
    int rows = 1, columns = 1, channels = 1;
    Size2D size;
    std::optional<Permutation> permutation;  ///< only `before`, without its weights
};
NearestWork prepare_nearest(const Geometry& geometry, Size2D size, VectorUnit unit);
Kernel<NearestWork> nearest_kernel(int channels);

/// Weights are whole numbers over a power of two, hence exact; for factors that are no power of two
/// `divisor` makes up the difference by one division. So whole numbers give the exact result,
/// rounded once.
struct BilinearWork {
    int rows = 1, columns = 1, channels = 1;
    Size2D size;
    std::vector<Blend> row_blends;  ///< for each output row between two input rows …
    int rows_above =
        0;  ///< … of which so many belong to the one below, hence lie above the first input row
    std::vector<Blend> column_blends;  ///< the same of a row …
    int columns_left = 0;              ///< … of which so many belong to the cell on the right
    float divisor = 1;
    std::optional<Permutation> permutation;  ///< of rows that begin with the cell before the first
};
BilinearWork prepare_bilinear(const Geometry& geometry, Size2D size, VectorUnit unit);
Kernel<BilinearWork> bilinear_kernel(int channels);

/// Any other sampling: rows are widened once each and kept in a ring, from which output rows are
/// blended. Columns are worked off in tiles so that the ring stays on the stack and in the first
/// cache.
struct ResampleWork {
    static constexpr int ring_floats = 12288;  ///< scratch on the stack, 48 KiB

    /// Of all output cells of an axis, one after another; cell j has samples begin[j] … begin[j +
    /// 1] - 1.
    struct Samples {
        std::vector<int> begin;
        std::vector<std::int32_t> sources;
        std::vector<float> weights;
    };
    int columns = 1, channels = 1;  ///< of the input
    Samples row_samples, column_samples;
    int ring_rows = 1;  ///< source rows between the first and the last that an output row looks at
    int tile_channels = 1;  ///< of one cell worked off together
    int tile_columns = 1;   ///< output columns of a tile
};
ResampleWork prepare_resampling(const Sampling2D& sampling, const Shape& in, const Shape& out);
Kernel<ResampleWork> resample_kernel();

}  // namespace engine
