// SPDX-License-Identifier: MIT
// A small layer as a sparse matrix: which inputs reach which vector of outputs, and with what
// weights. Once with a term for each input, once with a term for each window of inputs.
#include <algorithm>
#include <bit>
#include <limits>

#include "engine/kernels/work.h"

namespace engine {

namespace {

/// Which products a number of the flattened output is the sum of.
class Products {
public:
    explicit Products(const Convolution& convolution)
        : m_convolution(convolution),
          m_rows(convolution.rows, convolution.out_rows),
          m_columns(convolution.columns, convolution.out_columns) {}

    /// Calls f(input, weight) for each: an index of floats, ascending, and where the kernel has the
    /// weight.
    template <typename F>
    void for_each(std::int32_t output, F&& f) const {
        const Convolution& c = m_convolution;
        const int total = c.total_filters();
        const int pixel = output / total;
        const int group = output % total / c.filters;
        const int filter = output % total % c.filters;
        for (const TapPair& row : m_rows.of(pixel / c.out_columns))
            for (const TapPair& column : m_columns.of(pixel % c.out_columns)) {
                const int tap = row.tap * c.kernel_columns + column.tap;
                const std::ptrdiff_t first = row.input * c.input_row +
                                             column.input * c.input_pixel +
                                             std::ptrdiff_t{group} * c.channels;
                const float* weight = c.kernel + group * c.group_stride + tap * c.tap_stride +
                                      filter * c.filter_stride;
                for (int channel = 0; channel < c.channels; ++channel)
                    f(static_cast<std::int32_t>(first + channel),
                      weight + channel * c.channel_stride);
            }
    }

private:
    const Convolution& m_convolution;
    OutputTapPairs m_rows, m_columns;
};

/// Whether there are few outputs and products, as far as can be said before they are looked at.
bool is_small(const Convolution& convolution, int max_weights) {
    const double outputs = static_cast<double>(convolution.out_rows) * convolution.out_columns *
                           convolution.total_filters();
    return outputs <= max_weights &&
           convolution.multiply_adds() * convolution.groups <= max_weights;
}

int outputs_of(const Convolution& convolution) {
    return convolution.out_rows * convolution.out_columns * convolution.total_filters();
}

/// Of all blocks, whose lanes are outputs from first_output on.
template <typename Block>
AlignedFloats bias_of(const std::vector<Block>& blocks, int lanes, const Convolution& convolution) {
    AlignedFloats bias(blocks.size() * static_cast<std::size_t>(lanes));
    if (convolution.bias == nullptr) return bias;
    float* to = bias.data();
    for (const Block& block : blocks)
        for (int lane = 0; lane < lanes; ++lane)
            *to++ = convolution.bias[(block.first_output + lane) % convolution.total_filters()];
    return bias;
}

/// A product of an output: the input, and where its weight is.
struct Product {
    std::int32_t input = 0;
    const float* weight = nullptr;
};

/// The products of a block's outputs, sorted into terms. In each of them a lane has at most one
/// product, so a block has as many terms as one of its outputs has products, or more where a window
/// cannot reach the inputs of all lanes.
class Terms {
public:
    Terms(const Convolution& convolution, int lanes)
        : m_products(convolution),
          m_lanes(lanes),
          m_last_window(static_cast<std::int32_t>(convolution.input_row * convolution.in_rows) -
                        lanes),
          m_left(static_cast<std::size_t>(lanes)) {}

    /// Calls window(first input) for each term, and shuffle(lane, place in the window, weight) for
    /// its products.
    template <typename Window, typename Shuffle>
    void for_each(std::int32_t first_output, Window&& window, Shuffle&& shuffle) {
        for (int lane = 0; lane < m_lanes; ++lane) {
            Lane& left = m_left[static_cast<std::size_t>(lane)];
            left.products.clear();
            left.next = 0;
            m_products.for_each(first_output + lane, [&](std::int32_t input, const float* weight) {
                left.products.push_back({input, weight});
            });
        }
        constexpr std::int32_t none = std::numeric_limits<std::int32_t>::max();
        while (true) {
            std::int32_t nearest = none;
            for (const Lane& left : m_left)
                if (left.next < left.products.size())
                    nearest = std::min(nearest, left.products[left.next].input);
            if (nearest == none) return;
            const std::int32_t first = std::min(nearest, m_last_window);
            window(first);
            for (int lane = 0; lane < m_lanes; ++lane) {
                Lane& left = m_left[static_cast<std::size_t>(lane)];
                if (left.next == left.products.size()) continue;
                const Product& product = left.products[left.next];
                if (product.input >= first + m_lanes) continue;
                shuffle(lane, product.input - first, *product.weight);
                ++left.next;
            }
        }
    }

private:
    struct Lane {
        std::vector<Product> products;  ///< inputs ascending
        std::size_t next = 0;
    };
    Products m_products;
    int m_lanes;
    std::int32_t m_last_window;
    std::vector<Lane> m_left;
};

}  // namespace

std::optional<MatrixWork> arrange_matrix(const Convolution& convolution, VectorUnit unit) {
    // A term takes part in one product at least.
    if (!is_small(convolution, MatrixWork::max_weights)) return std::nullopt;
    MatrixWork work;
    const int count = outputs_of(convolution);
    work.lanes =
        std::min(unit.lanes, static_cast<int>(std::bit_floor(static_cast<unsigned>(count))));
    for (int first = 0; first < count; first += work.lanes)
        work.blocks.push_back({std::min(first, count - work.lanes), 0, 0});

    const Products products(convolution);
    std::vector<std::int32_t> reaching;
    for (MatrixWork::Block& block : work.blocks) {
        reaching.clear();
        for (int lane = 0; lane < work.lanes; ++lane)
            products.for_each(block.first_output + lane,
                              [&](std::int32_t input, const float*) { reaching.push_back(input); });
        std::ranges::sort(reaching);
        reaching.erase(std::unique(reaching.begin(), reaching.end()), reaching.end());
        block.first_term = static_cast<std::int32_t>(work.inputs.size());
        work.inputs.insert(work.inputs.end(), reaching.begin(), reaching.end());
        block.end_term = static_cast<std::int32_t>(work.inputs.size());
    }
    if (work.inputs.size() * static_cast<std::size_t>(work.lanes) > MatrixWork::max_weights)
        return std::nullopt;
    return work;
}

double cost(const MatrixWork& work, const Convolution& convolution, VectorUnit /*unit*/) {
    // A broadcast and a multiply-add a term; costs are those of one group.
    return (2.0 * static_cast<double>(work.inputs.size()) +
            5.0 * static_cast<double>(work.blocks.size())) /
           convolution.groups;
}

void fill(MatrixWork& work, const Convolution& convolution) {
    const auto lanes = static_cast<std::size_t>(work.lanes);
    work.weights = AlignedFloats(work.inputs.size() * lanes);
    work.bias = bias_of(work.blocks, work.lanes, convolution);
    const Products products(convolution);
    for (const MatrixWork::Block& block : work.blocks) {
        const auto begin = work.inputs.begin() + block.first_term;
        const auto end = work.inputs.begin() + block.end_term;
        for (int lane = 0; lane < work.lanes; ++lane)
            products.for_each(
                block.first_output + lane, [&](std::int32_t input, const float* weight) {
                    const auto term = std::lower_bound(begin, end, input) - work.inputs.begin();
                    work.weights.data()[static_cast<std::size_t>(term) * lanes +
                                        static_cast<std::size_t>(lane)] += *weight;
                });
    }
}

std::optional<ShuffleWork> arrange_shuffles(const Convolution& convolution, VectorUnit unit) {
    constexpr int least_lanes = 4;
    if (!is_small(convolution, ShuffleWork::max_weights)) return std::nullopt;
    const int count = outputs_of(convolution);
    const std::ptrdiff_t inputs = convolution.input_row * convolution.in_rows;
    const auto shorter = static_cast<unsigned>(std::min<std::ptrdiff_t>(count, inputs));
    ShuffleWork work;
    work.lanes = std::min(unit.lanes, static_cast<int>(std::bit_floor(shorter)));
    if (work.lanes < least_lanes) return std::nullopt;

    Terms terms(convolution, work.lanes);
    for (int first = 0; first < count; first += work.lanes) {
        const std::int32_t first_output = std::min(first, count - work.lanes);
        terms.for_each(
            first_output, [&](std::int32_t window) { work.windows.push_back(window); },
            [](int, std::int32_t, float) {});
        work.blocks.push_back({first_output, static_cast<std::int32_t>(work.windows.size())});
    }
    if (work.windows.size() * static_cast<std::size_t>(work.lanes) > ShuffleWork::max_weights)
        return std::nullopt;
    return work;
}

double cost(const ShuffleWork& work, const Convolution& convolution, VectorUnit /*unit*/) {
    return (3.0 * static_cast<double>(work.windows.size()) +
            5.0 * static_cast<double>(work.blocks.size())) /
           convolution.groups;
}

void fill(ShuffleWork& work, const Convolution& convolution) {
    const auto lanes = static_cast<std::size_t>(work.lanes);
    work.bias = bias_of(work.blocks, work.lanes, convolution);
    work.terms = AlignedFloats(work.windows.size() * 2 * lanes);  // places and weights of 0
    Terms terms(convolution, work.lanes);
    float* next = work.terms.data();
    for (const ShuffleWork::Block& block : work.blocks) {
        float* term = nullptr;
        terms.for_each(
            block.first_output,
            [&](std::int32_t) {
                term = next;
                next += 2 * lanes;
            },
            [&](int lane, std::int32_t place, float weight) {
                term[lane] = std::bit_cast<float>(place);
                term[static_cast<int>(lanes) + lane] = weight;
            });
    }
}

}  // namespace engine
