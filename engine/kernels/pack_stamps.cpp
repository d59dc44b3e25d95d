// SPDX-License-Identifier: MIT
// The weights of a transposed layer as a matrix that makes the whole stamp of an input pixel.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/work.h"

namespace engine {

namespace {

/// Outputs from the first of input column 0 to the one that a tap carries it to.
int column_of(const Lattice& lattice, int phase, const Lattice::Tap& tap) {
    return phase - tap.delta * static_cast<int>(lattice.phases.size());
}

/// As a convolution of 1x1 of one row of pixels; the weights are attached later.
Convolution products(const Convolution& convolution, int stamp_floats, int lanes) {
    Convolution c;
    c.channels = convolution.channels;
    c.filters = stamp_floats;
    c.input_pixel = convolution.input_pixel;
    c.output_pixel = (stamp_floats + lanes - 1) / lanes * lanes;
    c.rows = c.columns = {CellRun{0, 1, 1, 1, {TapPair{0, 0}}}};
    c.channel_stride = stamp_floats;
    c.filter_stride = 1;
    return c;
}

}  // namespace

std::optional<StampWork> arrange_stamps(const Convolution& convolution, VectorUnit unit) {
    const Lattice& lattice = convolution.lattice;
    if (convolution.groups != 1 || lattice.in_step != 1 || convolution.taps() == 1)
        return std::nullopt;
    int first = std::numeric_limits<int>::max();
    int last = std::numeric_limits<int>::min();
    for (int phase = 0; phase < static_cast<int>(lattice.phases.size()); ++phase)
        for (const Lattice::Tap& tap : lattice.phases[static_cast<std::size_t>(phase)]) {
            first = std::min(first, column_of(lattice, phase, tap));
            last = std::max(last, column_of(lattice, phase, tap));
        }
    if (first > last) return std::nullopt;

    StampWork work;
    work.phases = static_cast<int>(lattice.phases.size());
    work.first_column = first;
    work.stamp_columns = last - first + 1;
    work.filters = convolution.filters;
    work.in_columns = convolution.in_columns;
    work.out_columns = convolution.out_columns;
    work.input_row = convolution.input_row;
    // In double: the product may be far beyond what fits.
    const double stamp_floats =
        static_cast<double>(convolution.kernel_rows) * work.stamp_columns * convolution.filters;
    // With dilation the gaps between taps are weights too.
    if (stamp_floats > StampWork::ring_floats ||
        stamp_floats * convolution.channels > static_cast<double>(max_tensor_count))
        return std::nullopt;

    // Before they are laid out for each row, which may be many.
    std::size_t most = 0;
    for (const CellRun& run : convolution.rows) most = std::max(most, run.tap_pairs.size());
    work.ring_rows = convolution.rows_needed();
    if (work.ring_rows > StampWork::max_ring_rows ||
        most * static_cast<std::size_t>(work.parts()) > StampWork::max_sources)
        return std::nullopt;

    work.rows = OutputTapPairs(convolution.rows, convolution.out_rows);
    work.products =
        arrange_filters(products(convolution, static_cast<int>(stamp_floats), unit.lanes), unit);
    work.products.shape = products(convolution, static_cast<int>(stamp_floats), unit.lanes);
    work.tile_pixels =
        static_cast<int>(StampWork::ring_floats / (work.ring_rows * work.stamp_floats()));
    work.tile_pixels = std::min(work.tile_pixels, work.in_columns + 2 * work.parts());
    // What tiles share is computed twice.
    if (work.tile_pixels < std::min(4 * work.parts(), work.in_columns + work.parts()))
        return std::nullopt;
    return work;
}

double cost(const StampWork& work, const Convolution& convolution, VectorUnit unit) {
    const double halo =
        static_cast<double>(work.tile_pixels) / (work.tile_pixels - work.parts() + 1);
    const double pixels = static_cast<double>(convolution.in_rows) * convolution.in_columns * halo;
    const double of_value = cost_of_value(work.products, pixels, unit);
    const double of_tiles = 25.0 * static_cast<double>(work.products.blocks.size());
    const double sources =
        static_cast<double>(work.rows.count()) * work.parts() + 2.0 * convolution.out_rows;
    const double segments = static_cast<double>(convolution.out_columns) / work.phases + 1;
    const double vectors = std::ceil(static_cast<double>(work.advance()) / unit.lanes);
    return pixels * (convolution.channels * of_value + of_tiles) +
           2.5 * sources * segments * vectors + 100.0 * convolution.out_rows;
}

void fill(StampWork& work, const Convolution& convolution) {
    const Lattice& lattice = convolution.lattice;
    const auto size = static_cast<std::size_t>(work.products.shape.filters);
    std::vector<float> matrix(static_cast<std::size_t>(convolution.channels) * size);
    for (int row_tap = 0; row_tap < convolution.kernel_rows; ++row_tap)
        for (int phase = 0; phase < work.phases; ++phase)
            for (const Lattice::Tap& tap : lattice.phases[static_cast<std::size_t>(phase)]) {
                const int column = column_of(lattice, phase, tap) - work.first_column;
                const auto place = static_cast<std::size_t>(
                    (row_tap * work.stamp_columns + column) * work.filters);
                for (int channel = 0; channel < convolution.channels; ++channel)
                    for (int filter = 0; filter < work.filters; ++filter)
                        matrix[static_cast<std::size_t>(channel) * size + place +
                               static_cast<std::size_t>(filter)] =
                            convolution.weight(0, row_tap * convolution.kernel_columns + tap.tap,
                                               channel, filter);
            }
    Convolution described = work.products.shape;
    described.kernel = matrix.data();
    fill(work.products, described);
    work.multiply = pixel_kernel();

    constexpr std::size_t widest = 16;
    const auto advance = static_cast<std::size_t>(work.advance());
    work.bias = AlignedFloats(advance + widest);
    if (convolution.bias == nullptr) return;
    for (std::size_t i = 0; i < advance; ++i)
        work.bias.data()[i] = convolution.bias[i % static_cast<std::size_t>(work.filters)];
}

}  // namespace engine
