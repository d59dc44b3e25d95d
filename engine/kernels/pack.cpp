// SPDX-License-Identifier: MIT
// Weights laid out as the convolution kernels read them, and what each way of computing would cost
// (a matrix: pack_matrix.cpp).
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/kernels/work.h"

namespace engine {

namespace {

int round_up(int value, int unit) { return (value + unit - 1) / unit * unit; }
int floor_divide(int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

std::size_t product(std::initializer_list<int> factors) {
    std::size_t result = 1;
    for (const int factor : factors) result *= static_cast<std::size_t>(factor);
    return result;
}

/// The narrowest vector, of at least four lanes if there are such, that holds `count` floats.
int narrow_lanes(int count, int widest) {
    const int wanted = std::max(4, static_cast<int>(std::bit_ceil(static_cast<unsigned>(count))));
    return std::min(widest, wanted);
}

/// What a kernel needs of it once the weights are packed.
Convolution without_weights(Convolution convolution) {
    convolution.kernel = convolution.bias = nullptr;
    return convolution;
}

std::vector<float> bias_or_zeros(const Convolution& convolution) {
    const auto count = static_cast<std::size_t>(convolution.total_filters());
    if (convolution.bias == nullptr) return std::vector<float>(count, 0.0F);
    return {convolution.bias, convolution.bias + count};
}

/// to[row * width + column] = from[row * row_stride + column * column_stride], 0 in columns beyond
/// `columns`. One of the strides is 1.
void copy_rows(const float* from, std::ptrdiff_t row_stride, std::ptrdiff_t column_stride, int rows,
               int columns, int width, Transpose transpose, float* to) {
    if (column_stride == 1)
        for (int row = 0; row < rows; ++row)
            std::copy_n(from + row * row_stride, columns, to + std::ptrdiff_t{row} * width);
    else
        transpose(from, column_stride, rows, columns, width, to);
    if (columns == width) return;
    for (int row = 0; row < rows; ++row)
        std::fill(to + std::ptrdiff_t{row} * width + columns, to + std::ptrdiff_t{row + 1} * width,
                  0.0F);
}

// Costs are counted in instructions of one group, roughly; they need only rank the ways.

double pixels(const Convolution& convolution) {
    return static_cast<double>(convolution.out_rows) * convolution.out_columns;
}

/// Pairs of an output pixel and a tap that meets a real input there.
double visits(const Convolution& convolution) {
    return convolution.multiply_adds() / convolution.channels / convolution.filters;
}

/// Pieces of the output that have taps of their own each cost some bookkeeping.
double cost_of_patches(const Convolution& convolution) {
    return 20.0 * static_cast<double>(convolution.rows.size() * convolution.columns.size());
}

}  // namespace

FilterWork arrange_filters(const Convolution& convolution, VectorUnit unit) {
    FilterWork work;
    const std::ptrdiff_t depth = std::ptrdiff_t{convolution.taps()} * convolution.channels;
    // As few blocks as registers allow, of about the same width: the inputs are gone through once
    // for each. Only with many channels is it worth going through them once more for what fills
    // less than half of a vector of sixteen.
    const int rest = convolution.filters % unit.lanes;
    const bool rest_alone =
        unit.lanes >= 16 && rest <= unit.lanes / 2 && convolution.channels >= 16;
    int vectors = (convolution.filters - (rest_alone ? rest : 0) + unit.lanes - 1) / unit.lanes;
    int blocks = (vectors + unit.tile_vectors - 1) / unit.tile_vectors;
    for (int first = 0; first < convolution.filters; --blocks) {
        FilterWork::Block block;
        block.first = first;
        block.vectors = vectors > 0 ? (vectors + blocks - 1) / blocks : 1;
        vectors -= block.vectors;
        const int left = convolution.filters - first;
        block.lanes = block.vectors == 1 ? narrow_lanes(left, unit.lanes) : unit.lanes;
        const int width = block.vectors * block.lanes;
        block.count = std::min(left, width);
        block.weights = work.group_weights;
        block.bias = work.group_bias;
        // Every block begins on a boundary of the widest vector.
        work.group_weights += (depth * width + unit.lanes - 1) / unit.lanes * unit.lanes;
        work.group_bias += round_up(width, unit.lanes);
        work.blocks.push_back(block);
        first += block.count;
    }
    return work;
}

double cost_of_value(const FilterWork& work, double pixels, VectorUnit unit) {
    // A broadcast for all vectors of a block, a load of weights for the six pixels of a tile.
    // Vectors of sixteen take twice the time of narrower ones on many processors.
    double sum = 0;
    for (const FilterWork::Block& block : work.blocks)
        sum += (1 + block.vectors * (1 + 1.0 / std::min(6.0, pixels))) *
               (unit.lanes >= 16 && block.lanes < unit.lanes ? 0.5 : 1);
    return sum;
}

double cost(const FilterWork& work, const Convolution& convolution, VectorUnit unit) {
    const double of_value = cost_of_value(work, pixels(convolution), unit);
    const double of_tiles = (30 * pixels(convolution) + 10 * visits(convolution)) / 6;
    return visits(convolution) * convolution.channels * of_value +
           (of_tiles + cost_of_patches(convolution)) * static_cast<double>(work.blocks.size());
}

void fill(FilterWork& work, const Convolution& convolution) {
    work.shape = without_weights(convolution);
    work.weights = AlignedFloats::for_overwrite(
        static_cast<std::size_t>(work.group_weights * convolution.groups));
    work.bias = AlignedFloats(static_cast<std::size_t>(work.group_bias * convolution.groups));
    const Transpose transpose = transpose_kernel();
    for (int group = 0; group < convolution.groups; ++group)
        for (std::size_t i = 0; i < work.blocks.size(); ++i) {
            const FilterWork::Block& block = work.blocks[i];
            const int width = block.vectors * block.lanes;
            float* weights = work.weights.data() + group * work.group_weights + block.weights;
            // By pieces that stay in the first cache, whichever of channels and filters lie side by
            // side.
            constexpr int piece = 64;
            for (int tap = 0; tap < convolution.taps(); ++tap)
                for (int first = 0; first < convolution.channels; first += piece) {
                    const int channels = std::min(piece, convolution.channels - first);
                    copy_rows(&convolution.kernel[group * convolution.group_stride +
                                                  tap * convolution.tap_stride +
                                                  first * convolution.channel_stride +
                                                  block.first * convolution.filter_stride],
                              convolution.channel_stride, convolution.filter_stride, channels,
                              block.count, width, transpose, weights);
                    weights += channels * width;
                }
            // What is left of the last vector, up to the next block.
            const std::ptrdiff_t end =
                group * work.group_weights +
                (i + 1 < work.blocks.size() ? work.blocks[i + 1].weights : work.group_weights);
            std::fill(weights, work.weights.data() + end, 0.0F);
            if (convolution.bias != nullptr)
                std::copy_n(convolution.bias + group * convolution.filters + block.first,
                            block.count, work.bias.data() + group * work.group_bias + block.bias);
        }
}

std::optional<ChannelWork> arrange_channels(const Convolution& convolution, VectorUnit unit) {
    const int channels = convolution.channels;
    if (channels < std::min(4, unit.lanes)) return std::nullopt;
    ChannelWork work;
    const int fitting = static_cast<int>(std::bit_floor(static_cast<unsigned>(channels)));
    work.lanes = std::min(unit.lanes, fitting);
    work.chunks = round_up(channels, work.lanes) / work.lanes;
    return work;
}

double cost(const ChannelWork& work, const Convolution& convolution, VectorUnit /*unit*/) {
    // Each vector of inputs is loaded once for up to three filters, weights once for several
    // pixels.
    const double of_product =
        1.55 + 1.0 / std::min(3, convolution.filters) + 1.0 / std::min(4.0, pixels(convolution));
    const double of_reduction = 2 + 2 * std::log2(work.lanes);
    return visits(convolution) * convolution.filters * work.chunks * of_product +
           pixels(convolution) * convolution.filters * of_reduction + cost_of_patches(convolution);
}

void fill(ChannelWork& work, const Convolution& convolution) {
    const int width = work.chunks * work.lanes;
    const int overlap = width - convolution.channels;
    work.shape = without_weights(convolution);
    work.bias = bias_or_zeros(convolution);
    work.weights = AlignedFloats(
        product({convolution.groups, convolution.taps(), convolution.filters, width}));
    float* weights = work.weights.data();
    for (int group = 0; group < convolution.groups; ++group)
        for (int tap = 0; tap < convolution.taps(); ++tap)
            for (int filter = 0; filter < convolution.filters; ++filter, weights += width)
                for (int channel = 0; channel < convolution.channels; ++channel) {
                    // The last chunk begins `overlap` channels early.
                    const bool in_last = channel >= width - work.lanes;
                    weights[channel + (in_last ? overlap : 0)] =
                        convolution.weight(group, tap, channel, filter);
                }
}

std::optional<ColumnWork> arrange_columns(const Convolution& convolution, VectorUnit unit) {
    const Lattice& lattice = convolution.lattice;
    ColumnWork work;
    work.planes = lattice.in_step;
    work.phases = static_cast<int>(lattice.phases.size());

    const auto load_of = [&](int delta) {
        const int shift = floor_divide(delta, lattice.in_step);
        return ColumnWork::Load{delta - shift * lattice.in_step, shift};
    };
    std::vector<int> deltas;
    for (const auto& taps : lattice.phases)
        for (const Lattice::Tap& tap : taps) deltas.push_back(tap.delta);
    std::ranges::sort(deltas);
    deltas.erase(std::unique(deltas.begin(), deltas.end()), deltas.end());
    int reach = 0;
    if (!deltas.empty()) {
        work.first_shift = load_of(deltas.front()).shift;
        reach = load_of(deltas.back()).shift - work.first_shift;
    }
    for (const int delta : deltas) {
        work.loads.push_back(load_of(delta));
        work.loads.back().shift -= work.first_shift;
    }

    std::size_t row_tap_pairs = 0;
    for (const CellRun& run : convolution.rows)
        row_tap_pairs = std::max(row_tap_pairs, run.tap_pairs.size());
    work.ring_rows = convolution.rows_needed();
    // In double: these products may be far beyond what fits.
    const double rows = static_cast<double>(row_tap_pairs) * convolution.channels;
    const double planes =
        static_cast<double>(work.ring_rows) * convolution.channels * lattice.in_step;
    const double streams = static_cast<double>(work.phases) * convolution.filters;
    const int outputs = (convolution.out_columns + work.phases - 1) / work.phases;
    const double weights = static_cast<double>(convolution.groups) * convolution.kernel_rows *
                           convolution.channels * static_cast<double>(work.loads.size()) * streams;
    if (weights > static_cast<double>(max_tensor_count)) return std::nullopt;
    for (const int vectors : {32, 16, 4, 1}) {
        work.segment = std::min(vectors * unit.lanes, round_up(outputs, unit.lanes));
        work.plane_length = work.segment + reach;
        if (planes <= ColumnWork::max_planes &&
            rows * static_cast<double>(work.loads.size()) <= ColumnWork::max_loads &&
            planes * work.plane_length <= ColumnWork::plane_floats &&
            streams * work.segment <= ColumnWork::interleaved_floats)
            return work;
    }
    return std::nullopt;
}

double cost(const ColumnWork& work, const Convolution& convolution, VectorUnit unit) {
    const int outputs = (convolution.out_columns + work.phases - 1) / work.phases;
    double row_products = 0;
    double rows_laid_out = 0;
    for (const CellRun& run : convolution.rows) {
        const double products_of_run = static_cast<double>(run.tap_pairs.size()) * run.count;
        row_products += products_of_run;
        rows_laid_out += std::min(products_of_run, 1.0 * run.count * run.in_step + work.ring_rows);
    }

    const double vectors = std::ceil(static_cast<double>(outputs) / unit.lanes);
    const double streams = static_cast<double>(work.phases) * convolution.filters;
    // A load serves up to four streams, a weight up to two vectors where there are as many streams.
    const double loads =
        row_products * convolution.channels * static_cast<double>(work.loads.size());
    const double sums = loads * (6 + streams * std::ceil(vectors / 2) +
                                 vectors * (streams + 1.5 * std::ceil(streams / 4)));
    const bool contiguous = work.planes == 1 && convolution.input_pixel == 1;
    const double segments = std::ceil(static_cast<double>(outputs) / work.segment);
    const double planes = rows_laid_out * convolution.channels * work.planes * segments *
                          (10 + work.plane_length * (contiguous ? 2.0 / unit.lanes : 1.5));
    const bool interleaved =
        convolution.groups == 1 && ColumnWork::can_interleave(work.phases * convolution.filters);
    const double interleaving = pixels(convolution) * convolution.filters *
                                (interleaved               ? 3.0 / unit.lanes
                                 : convolution.groups == 1 ? 1.0
                                                           : 2.0);
    // Each row begins anew, and what does not fill a vector is interleaved number by number.
    const double tail = interleaved ? 7.0 * streams * (outputs % unit.lanes) : 0;
    const double beginnings = convolution.out_rows * ((40.0 + 4.0 * unit.lanes) * segments + tail);
    return sums + planes + interleaving + beginnings;
}

void fill(ColumnWork& work, const Convolution& convolution) {
    work.shape = without_weights(convolution);
    const std::vector<float> bias = bias_or_zeros(convolution);
    const Lattice& lattice = convolution.lattice;
    const auto filters = static_cast<std::size_t>(convolution.filters);
    const std::size_t streams = filters * static_cast<std::size_t>(work.phases);
    const std::size_t loads = work.loads.size();
    work.weights.assign(
        product({convolution.groups, convolution.kernel_rows, convolution.channels}) * loads *
            streams,
        0.0F);
    for (int group = 0; group < convolution.groups; ++group) {
        for (std::size_t phase = 0; phase < lattice.phases.size(); ++phase)
            for (std::size_t filter = 0; filter < filters; ++filter)
                work.bias.push_back(bias[static_cast<std::size_t>(group) * filters + filter]);
        for (int row_tap = 0; row_tap < convolution.kernel_rows; ++row_tap)
            for (int channel = 0; channel < convolution.channels; ++channel) {
                float* weights =
                    work.weights.data() + ((static_cast<std::size_t>(group) *
                                                static_cast<std::size_t>(convolution.kernel_rows) +
                                            static_cast<std::size_t>(row_tap)) *
                                               static_cast<std::size_t>(convolution.channels) +
                                           static_cast<std::size_t>(channel)) *
                                              loads * streams;
                for (std::size_t phase = 0; phase < lattice.phases.size(); ++phase)
                    for (const Lattice::Tap& tap : lattice.phases[phase]) {
                        const int shift = floor_divide(tap.delta, lattice.in_step);
                        const auto load = std::ranges::find_if(
                            work.loads, [&](const ColumnWork::Load& candidate) {
                                return candidate.shift == shift - work.first_shift &&
                                       candidate.plane == tap.delta - shift * lattice.in_step;
                            });
                        float* of_load =
                            weights + static_cast<std::size_t>(load - work.loads.begin()) * streams;
                        for (std::size_t filter = 0; filter < filters; ++filter)
                            of_load[phase * filters + filter] = convolution.weight(
                                group, row_tap * convolution.kernel_columns + tap.tap, channel,
                                static_cast<int>(filter));
                    }
            }
    }
}

}  // namespace engine
