// SPDX-License-Identifier: MIT
// Separable sampling by any weights: bicubic, Lanczos, Gaussian, Mitchell, and other conventions of
// linear and cubic.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/resample.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include <algorithm>

#include "engine/kernels/work.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::ptrdiff_t;

using Full = hn::ScalableTag<float>;
constexpr ptrdiff_t full_lanes = hn::MaxLanes(Full());

/// Output columns and channels worked off together.
struct Tile {
    ptrdiff_t first_column, columns;
    ptrdiff_t first_channel, channels;
    ptrdiff_t first_row, end_row;
    ptrdiff_t floats() const { return columns * channels; }
};

/// A sum of `count` rows of `floats` numbers, row i beginning at row(i) and weighted by weights[i].
template <typename Row>
void blend(const float* weights, ptrdiff_t count, ptrdiff_t floats, float* out, Row&& row) {
    const Full d;
    const auto add_up = [&](auto tag, ptrdiff_t at) HWY_ATTR {
        auto sum = hn::Mul(hn::LoadU(tag, row(0) + at), hn::Set(tag, weights[0]));
        for (ptrdiff_t i = 1; i < count; ++i)
            sum = hn::MulAdd(hn::LoadU(tag, row(i) + at), hn::Set(tag, weights[i]), sum);
        hn::StoreU(sum, tag, out + at);
    };
    ptrdiff_t at = 0;
    for (; at + full_lanes <= floats; at += full_lanes) add_up(d, at);
    for (; at < floats; ++at) add_up(hn::CappedTag<float, 1>(), at);
}

/// One input row → the tile's columns of it.
void widen(const ResampleWork& work, const Tile& tile, const float* in_row, float* widened) {
    const ResampleWork::Samples& list = work.column_samples;
    for (ptrdiff_t column = 0; column < tile.columns; ++column) {
        const int begin = list.begin[static_cast<std::size_t>(tile.first_column + column)];
        const int end = list.begin[static_cast<std::size_t>(tile.first_column + column + 1)];
        const std::int32_t* sources = list.sources.data() + begin;
        blend(list.weights.data() + begin, end - begin, tile.channels,
              widened + column * tile.channels, [&](ptrdiff_t i) {
                  return in_row + sources[i] * ptrdiff_t{work.channels} + tile.first_channel;
              });
    }
}

void resample_tile(const ResampleWork& work, const Tile& tile, const float* input, float* output) {
    alignas(64) float ring[ResampleWork::ring_floats];
    alignas(64) float blended[ResampleWork::ring_floats];
    const ResampleWork::Samples& list = work.row_samples;
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_columns = static_cast<ptrdiff_t>(work.column_samples.begin.size()) - 1;
    const bool whole_cells = tile.channels == work.channels;
    ptrdiff_t widened = 0;  // rows before it lie in the ring or were passed
    for (ptrdiff_t row = tile.first_row; row < tile.end_row; ++row) {
        const int begin = list.begin[static_cast<std::size_t>(row)];
        const int end = list.begin[static_cast<std::size_t>(row + 1)];
        const std::int32_t* sources = list.sources.data() + begin;
        const auto place = [&](ptrdiff_t source) {
            return ring + source % work.ring_rows * tile.floats();
        };
        // Sources ascend within a row and from row to row.
        widened = std::max<ptrdiff_t>(widened, sources[0]);
        for (; widened <= sources[end - begin - 1]; ++widened)
            widen(work, tile, input + widened * in_row, place(widened));

        float* to =
            output + (row * out_columns + tile.first_column) * work.channels + tile.first_channel;
        float* sums = whole_cells ? to : blended;
        blend(list.weights.data() + begin, end - begin, tile.floats(), sums,
              [&](ptrdiff_t i) { return place(sources[i]); });
        if (whole_cells) continue;
        for (ptrdiff_t column = 0; column < tile.columns; ++column)
            std::copy_n(blended + column * tile.channels, tile.channels,
                        to + column * work.channels);
    }
}

void resample(const ResampleWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t rows = static_cast<ptrdiff_t>(work.row_samples.begin.size()) - 1;
    const ptrdiff_t columns = static_cast<ptrdiff_t>(work.column_samples.begin.size()) - 1;
    for (ptrdiff_t channel = 0; channel < work.channels; channel += work.tile_channels)
        for (ptrdiff_t column = 0; column < columns; column += work.tile_columns)
            resample_tile(
                work,
                {column, std::min<ptrdiff_t>(work.tile_columns, columns - column), channel,
                 std::min<ptrdiff_t>(work.tile_channels, work.channels - channel),
                 share.begin(rows), share.end(rows)},
                input, output);
}

Kernel<ResampleWork> choose_resample_kernel() { return &resample; }

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_resample_kernel);

Kernel<ResampleWork> resample_kernel() { return HWY_DYNAMIC_DISPATCH(choose_resample_kernel)(); }

}  // namespace engine
#endif
