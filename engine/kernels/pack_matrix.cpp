// SPDX-License-Identifier: MIT
// A small layer as a sparse matrix: which inputs reach which vector of outputs, and with what weights.
#include <algorithm>
#include <bit>

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

    /// Calls f(input, weight) for each: input as an index of floats; weight() reads the kernel.
    template <typename F>
    void for_each(std::int32_t output, F&& f) const {
        const Convolution& c = m_convolution;
        const int total = c.total_filters();
        const int pixel = output / total;
        const int group = output % total / c.filters;
        const int filter = output % total % c.filters;
        for (const Meeting& row : m_rows.of(pixel / c.out_columns))
            for (const Meeting& column : m_columns.of(pixel % c.out_columns)) {
                const int tap = row.tap * c.kernel_columns + column.tap;
                const std::ptrdiff_t first = row.input * c.input_row +
                                             column.input * c.input_pixel +
                                             std::ptrdiff_t{group} * c.channels;
                for (int channel = 0; channel < c.channels; ++channel)
                    f(static_cast<std::int32_t>(first + channel),
                      [&] { return c.weight(group, tap, channel, filter); });
            }
    }

private:
    const Convolution& m_convolution;
    OutputMeetings m_rows, m_columns;
};

}  // namespace

std::optional<MatrixWork> arrange_matrix(const Convolution& convolution, VectorUnit unit) {
    const double outputs = static_cast<double>(convolution.out_rows) * convolution.out_columns *
                           convolution.total_filters();
    // A term takes part in one product at least.
    if (outputs > MatrixWork::max_weights ||
        convolution.multiply_adds() * convolution.groups > MatrixWork::max_weights)
        return std::nullopt;

    MatrixWork work;
    const int count = static_cast<int>(outputs);
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
                              [&](std::int32_t input, const auto&) { reaching.push_back(input); });
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

double cost(const MatrixWork& work, const Convolution& convolution) {
    // A broadcast and a multiply-add a term; costs are those of one group.
    return (2.0 * static_cast<double>(work.inputs.size()) +
            5.0 * static_cast<double>(work.blocks.size())) /
           convolution.groups;
}

void fill(MatrixWork& work, const Convolution& convolution) {
    const auto lanes = static_cast<std::size_t>(work.lanes);
    work.weights = AlignedFloats(work.inputs.size() * lanes);
    work.bias = AlignedFloats(work.blocks.size() * lanes);
    const Products products(convolution);
    for (const MatrixWork::Block& block : work.blocks) {
        const auto begin = work.inputs.begin() + block.first_term;
        const auto end = work.inputs.begin() + block.end_term;
        for (int lane = 0; lane < work.lanes; ++lane)
            products.for_each(
                block.first_output + lane, [&](std::int32_t input, const auto& weight) {
                    const auto term = std::lower_bound(begin, end, input) - work.inputs.begin();
                    work.weights.data()[static_cast<std::size_t>(term) * lanes +
                                        static_cast<std::size_t>(lane)] += weight();
                });
    }
    if (convolution.bias == nullptr) return;
    for (std::size_t block = 0; block < work.blocks.size(); ++block)
        for (int lane = 0; lane < work.lanes; ++lane)
            work.bias.data()[block * lanes + static_cast<std::size_t>(lane)] =
                convolution
                    .bias[(work.blocks[block].first_output + lane) % convolution.total_filters()];
}

}  // namespace engine
