// SPDX-License-Identifier: MIT
// Convolutions of either kind with few filters and many channels: vectors of channels, reduced once for
// each output.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_channels.cpp"
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

struct ChannelTile {
    const ChannelWork& work;
    const Run& rows;
    const Run& columns;
    const float* weights;  ///< of the first filter
    const float* bias;
};

/// `P` pixels, `F` filters, one vector of sums for each pair.
template <class D, int P, int F>
void channel_tile(const ChannelTile& tile, const float* const* in, float* const* out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    const Convolution& shape = tile.work.shape;
    const ptrdiff_t chunks = tile.work.chunks;
    const ptrdiff_t last = shape.channels - lanes;  // where the overlapping chunk begins

    hn::Vec<D> sums[P][F];
    for (int p = 0; p < P; ++p)
        for (int f = 0; f < F; ++f) sums[p][f] = hn::Zero(d);
    for (const Meeting& y : tile.rows.meetings)
        for (const Meeting& x : tile.columns.meetings) {
            const ptrdiff_t offset = y.input * shape.input_row + x.input * shape.input_pixel;
            const float* pixels[P];
            for (int p = 0; p < P; ++p) pixels[p] = in[p] + offset;
            const float* weights =
                tile.weights +
                (ptrdiff_t{y.tap} * shape.kernel_columns + x.tap) * shape.filters * chunks * lanes;
            for (ptrdiff_t chunk = 0; chunk < chunks; ++chunk, weights += lanes) {
                const ptrdiff_t c = std::min(chunk * lanes, last);
                hn::Vec<D> w[F];
                for (int f = 0; f < F; ++f) w[f] = hn::Load(d, weights + f * chunks * lanes);
                for (int p = 0; p < P; ++p) {
                    const auto values = hn::LoadU(d, pixels[p] + c);
                    for (int f = 0; f < F; ++f) sums[p][f] = hn::MulAdd(values, w[f], sums[p][f]);
                }
            }
        }
    for (int p = 0; p < P; ++p)
        for (int f = 0; f < F; ++f)
            out[p][f] = tile.bias[f] + hn::GetLane(hn::SumOfLanes(d, sums[p][f]));
}

using TileFunction = void (*)(const ChannelTile&, const float* const*, float* const*);

constexpr int most_pixels = 8;
constexpr int most_filters = 3;

/// For one filter up to eight pixels share its weights, for two or three filters four do.
template <class D>
TileFunction tile_of(int pixels, int filters) {
    static constexpr TileFunction one[most_pixels] = {
        &channel_tile<D, 1, 1>, &channel_tile<D, 2, 1>, &channel_tile<D, 3, 1>,
        &channel_tile<D, 4, 1>, &channel_tile<D, 5, 1>, &channel_tile<D, 6, 1>,
        &channel_tile<D, 7, 1>, &channel_tile<D, 8, 1>};
    static constexpr TileFunction two[] = {&channel_tile<D, 1, 2>, &channel_tile<D, 2, 2>,
                                           &channel_tile<D, 3, 2>, &channel_tile<D, 4, 2>};
    static constexpr TileFunction three[] = {&channel_tile<D, 1, 3>, &channel_tile<D, 2, 3>,
                                             &channel_tile<D, 3, 3>, &channel_tile<D, 4, 3>};
    return (filters == 1 ? one : filters == 2 ? two : three)[pixels - 1];
}

template <class D>
void over_channels_by(const ChannelWork& work, const float* input, float* output) {
    const Convolution& shape = work.shape;
    const ptrdiff_t filter_weights = ptrdiff_t{work.chunks} * work.lanes;
    for (int group = 0; group < shape.groups; ++group)
        for (int first = 0; first < shape.filters; first += most_filters) {
            const int filters = std::min(most_filters, shape.filters - first);
            const int filter = group * shape.filters + first;
            const float* group_in = input + group * shape.channels;
            float* group_out = output + filter;
            for (const Run& rows : shape.rows)
                for (const Run& columns : shape.columns) {
                    const ChannelTile tile{
                        work, rows, columns,
                        work.weights.data() +
                            (ptrdiff_t{group} * shape.taps() * shape.filters + first) *
                                filter_weights,
                        work.bias.data() + filter};
                    for_each_tile<most_pixels>(
                        shape, rows, columns, filters == 1 ? most_pixels : 4, group_in, group_out,
                        [&](int pixels, const float* const* in, float* const* out) {
                            tile_of<D>(pixels, filters)(tile, in, out);
                        });
                }
        }
}

Kernel<ChannelWork> choose_channel_kernel(int lanes) {
    if (lanes <= 4) return &over_channels_by<hn::CappedTag<float, 4>>;
    if (lanes <= 8) return &over_channels_by<hn::CappedTag<float, 8>>;
    return &over_channels_by<hn::ScalableTag<float>>;
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_channel_kernel);

Kernel<ChannelWork> channel_kernel(int lanes) {
    return HWY_DYNAMIC_DISPATCH(choose_channel_kernel)(lanes);
}

}  // namespace engine
#endif
