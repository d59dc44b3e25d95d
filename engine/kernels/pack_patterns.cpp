// SPDX-License-Identifier: MIT
// Transposed layers of pictures with few channels: what each vector of an output row picks from the
// input rows, and after how many vectors that repeats.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>

#include "engine/kernels/work.h"

namespace engine {

namespace {

/// A product of an output with one input row: where in the window the input lies, and what its
/// weight belongs to.
struct Product {
    int input = 0;  ///< floats
    int column_tap = 0;
    int channel = 0;
    bool operator==(const Product&) const = default;
};

/// A vector of neighbouring numbers of an output row, and the products of its lanes.
struct Block {
    int first_output = 0;  ///< floats
    int window = 0;        ///< floats
    std::vector<Product> products;
    std::vector<int> begin{0};  ///< of each lane, in there

    std::span<const Product> of(std::size_t lane) const {
        return std::span(products).subspan(static_cast<std::size_t>(begin[lane]),
                                           static_cast<std::size_t>(begin[lane + 1] - begin[lane]));
    }
    bool shuffles_like(const Block& other) const {
        return products == other.products && begin == other.begin;
    }
};

class Blocks {
public:
    Blocks(const Convolution& convolution, int lanes)
        : m_convolution(convolution),
          m_columns(convolution.columns, convolution.out_columns),
          m_lanes(lanes) {}

    /// None if the block's inputs do not fit into one window.
    std::optional<Block> at(int first_output) const {
        const Convolution& c = m_convolution;
        const int row = static_cast<int>(c.input_row);
        Block block{first_output, row, {}};
        int last = -1;
        for (int lane = 0; lane < m_lanes; ++lane) {
            for (const TapPair& tap_pair : m_columns.of((first_output + lane) / c.filters))
                for (int channel = 0; channel < c.channels; ++channel) {
                    const int input = tap_pair.input * static_cast<int>(c.input_pixel) + channel;
                    block.products.push_back({input, tap_pair.tap, channel});
                    block.window = std::min(block.window, input);
                    last = std::max(last, input);
                }
            block.begin.push_back(static_cast<int>(block.products.size()));
        }
        block.window = std::min(block.window, row - m_lanes);
        if (last >= block.window + m_lanes) return std::nullopt;
        for (Product& product : block.products) product.input -= block.window;
        return block;
    }

private:
    const Convolution& m_convolution;
    OutputTapPairs m_columns;
    int m_lanes;
};

/// Inputs that a number of the output draws on in one input row, at most.
int most_shuffles(const Convolution& convolution) {
    std::size_t most = 0;
    for (const CellRun& run : convolution.columns) most = std::max(most, run.tap_pairs.size());
    // Either may be large by itself.
    return static_cast<int>(std::min<std::size_t>(most, PatternWork::max_shuffles + 1)) *
           std::min(convolution.channels, PatternWork::max_shuffles + 1);
}

}  // namespace

std::optional<PatternWork> arrange_patterns(const Convolution& convolution, VectorUnit unit) {
    constexpr int least_lanes = 4;
    constexpr int most_row = 1 << 16;
    const Lattice& lattice = convolution.lattice;
    const std::ptrdiff_t shorter = std::min(convolution.input_row, convolution.output_row);
    if (convolution.groups != 1 || shorter < least_lanes || convolution.output_row > most_row)
        return std::nullopt;
    PatternWork work;
    work.shuffles = most_shuffles(convolution);
    if (work.shuffles < 1 || work.shuffles > PatternWork::max_shuffles) return std::nullopt;
    work.lanes =
        std::min(unit.lanes, static_cast<int>(std::bit_floor(static_cast<std::size_t>(shorter))));
    const int row = static_cast<int>(convolution.output_row);
    const int cell = static_cast<int>(lattice.phases.size()) * convolution.filters;
    work.out_step = std::lcm(work.lanes, cell);
    work.in_step =
        work.out_step / cell * lattice.in_step * static_cast<int>(convolution.input_pixel);
    const int whole = row / work.lanes * work.lanes;

    const Blocks blocks(convolution, work.lanes);
    const auto add = [&](int first, int end) {
        std::optional<Block> span;  // the first of those that are alike
        for (int output = first; output < end; output += work.out_step) {
            const auto block = blocks.at(output);
            if (!block) return false;
            PatternWork::Span* last = span ? &work.spans.back() : nullptr;
            if (last && span->shuffles_like(*block) &&
                block->window == span->window + last->count * work.in_step) {
                ++last->count;
                continue;
            }
            work.spans.push_back({output, block->window, 1});
            span = block;
        }
        return static_cast<int>(work.spans.size()) <= PatternWork::max_spans;
    };
    for (int first = 0; first < std::min(work.out_step, whole); first += work.lanes)
        if (!add(first, whole)) return std::nullopt;
    if (whole < row && !add(row - work.lanes, row - work.lanes + 1)) return std::nullopt;
    const double weights = static_cast<double>(work.spans.size()) * convolution.kernel_rows *
                           work.shuffles * work.lanes;
    if (weights > PatternWork::max_weights) return std::nullopt;
    work.rows = OutputTapPairs(convolution.rows, convolution.out_rows);
    work.input_row = convolution.input_row;
    work.output_row = convolution.output_row;
    work.kernel_rows = convolution.kernel_rows;
    return work;
}

double cost(const PatternWork& work, const Convolution& convolution, VectorUnit /*unit*/) {
    const double blocks = std::ceil(static_cast<double>(work.output_row) / work.lanes);
    const double rows = convolution.out_rows;
    const auto tap_pairs = static_cast<double>(work.rows.count());
    // Of permutations across 32 bytes more are made at a time than of others.
    const double of_block = work.lanes == 8 ? 0.5 : work.lanes > 8 ? 1 : 0.75;
    return of_block * blocks * (tap_pairs * (1.0 + 1.5 * work.shuffles) + 2.0 * rows) +
           static_cast<double>(work.spans.size()) * (5.0 * rows + 2.0 * tap_pairs) + 15.0 * rows;
}

void fill(PatternWork& work, const Convolution& convolution) {
    const auto lanes = static_cast<std::size_t>(work.lanes);
    const auto shuffles = static_cast<std::size_t>(work.shuffles);
    const auto row_taps = static_cast<std::size_t>(work.kernel_rows);
    const std::size_t spans = work.spans.size();
    work.places = AlignedFloats(spans * shuffles * lanes);
    work.weights = AlignedFloats(spans * row_taps * shuffles * lanes);
    work.bias = AlignedFloats(spans * lanes);
    const Blocks blocks(convolution, work.lanes);
    for (std::size_t s = 0; s < spans; ++s) {
        const Block block = blocks.at(work.spans[s].first_output).value();
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const int filter = (block.first_output + static_cast<int>(lane)) % convolution.filters;
            if (convolution.bias != nullptr)
                work.bias.data()[s * lanes + lane] = convolution.bias[filter];
            const std::span<const Product> products = block.of(lane);
            for (std::size_t shuffle = 0; shuffle < products.size(); ++shuffle) {
                const Product& product = products[shuffle];
                work.places.data()[(s * shuffles + shuffle) * lanes + lane] =
                    std::bit_cast<float>(static_cast<std::int32_t>(product.input));
                for (std::size_t row_tap = 0; row_tap < row_taps; ++row_tap)
                    work.weights
                        .data()[((s * row_taps + row_tap) * shuffles + shuffle) * lanes + lane] =
                        convolution.weight(0,
                                           static_cast<int>(row_tap) * convolution.kernel_columns +
                                               product.column_tap,
                                           product.channel, filter);
            }
        }
    }
}

}  // namespace engine
