// SPDX-License-Identifier: MIT
// A small layer as a sparse matrix: which inputs reach which vector of outputs, and with what weights.
#include <algorithm>
#include <bit>

#include "engine/kernels/work.h"

namespace engine {

namespace {

/// Calls f(input, output, tap, group, channel, filter) for every product, inputs and outputs as indices of floats.
template <typename F>
void for_each_product(const Convolution& c, F&& f) {
    const auto along = [](const std::vector<CellRun>& runs, auto&& visit) {
        for (const CellRun& run : runs)
            for (int i = 0; i < run.count; ++i)
                for (const Meeting& meeting : run.meetings)
                    visit(meeting.input + i * run.in_step, run.out_begin + i * run.out_step,
                          meeting.tap);
    };
    along(c.rows, [&](int in_row, int out_row, int row_tap) {
        along(c.columns, [&](int in_column, int out_column, int column_tap) {
            const std::ptrdiff_t in = in_row * c.input_row + in_column * c.input_pixel;
            const std::ptrdiff_t out = out_row * c.output_row + out_column * c.output_pixel;
            const int tap = row_tap * c.kernel_columns + column_tap;
            for (int group = 0; group < c.groups; ++group)
                for (int channel = 0; channel < c.channels; ++channel)
                    for (int filter = 0; filter < c.filters; ++filter)
                        f(static_cast<std::int32_t>(in + group * c.channels + channel),
                          static_cast<std::int32_t>(out + group * c.filters + filter), tap, group,
                          channel, filter);
        });
    });
}

/// Calls f(block, lane) for the block that holds an output, or the last two where they overlap.
template <typename F>
void for_each_place(const MatrixWork& work, std::int32_t output, F&& f) {
    const auto usual = static_cast<std::size_t>(output / work.lanes);
    const std::size_t last = work.blocks.size() - 1;
    if (usual < last) f(usual, output - work.blocks[usual].first_output);
    if (output >= work.blocks[last].first_output) f(last, output - work.blocks[last].first_output);
}

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

    std::vector<std::vector<std::int32_t>> reaching(work.blocks.size());
    for_each_product(convolution, [&](std::int32_t input, std::int32_t output, int, int, int, int) {
        for_each_place(work, output,
                       [&](std::size_t block, int) { reaching[block].push_back(input); });
    });
    for (std::size_t i = 0; i < reaching.size(); ++i) {
        std::vector<std::int32_t>& inputs = reaching[i];
        std::ranges::sort(inputs);
        inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
        work.blocks[i].first_term = static_cast<std::int32_t>(work.inputs.size());
        work.inputs.insert(work.inputs.end(), inputs.begin(), inputs.end());
        work.blocks[i].end_term = static_cast<std::int32_t>(work.inputs.size());
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
    for_each_product(convolution, [&](std::int32_t input, std::int32_t output, int tap, int group,
                                      int channel, int filter) {
        for_each_place(work, output, [&](std::size_t index, int lane) {
            const MatrixWork::Block& block = work.blocks[index];
            const auto begin = work.inputs.begin();
            const auto term =
                std::lower_bound(begin + block.first_term, begin + block.end_term, input);
            work.weights.data()[static_cast<std::size_t>(term - begin) * lanes +
                                static_cast<std::size_t>(lane)] +=
                convolution.weight(group, tap, channel, filter);
        });
    });
    if (convolution.bias == nullptr) return;
    for (std::size_t block = 0; block < work.blocks.size(); ++block)
        for (int lane = 0; lane < work.lanes; ++lane)
            work.bias.data()[block * lanes + static_cast<std::size_t>(lane)] =
                convolution
                    .bias[(work.blocks[block].first_output + lane) % convolution.total_filters()];
}

}  // namespace engine
