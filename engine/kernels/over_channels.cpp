// SPDX-License-Identifier: MIT
// Convolutions of either kind with few filters and many channels: vectors of channels, reduced once
// for each output.
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
    const CellRun& rows;
    const CellRun& columns;
    const float* weights;  ///< of the first filter
    const float* bias;
};

#if HWY_TARGET == HWY_SCALAR
template <class D, int Count>
HWY_INLINE void reduce(D, const hn::Vec<D> (&sums)[Count], float* totals) {
    for (int i = 0; i < Count; ++i) totals[i] = hn::GetLane(sums[i]);
}
#else
/// The blocks of four lanes of a longer vector, added up.
template <class D>
auto add_blocks(D, hn::Vec<D> values) {
    if constexpr (hn::MaxLanes(D()) == 4) {
        return values;
    } else {
        const hn::Half<D> half;
        return add_blocks(half, hn::Add(hn::LowerHalf(half, values), hn::UpperHalf(half, values)));
    }
}

/// x0 + x2, y0 + y2, x1 + x3, y1 + y3 in each block.
template <class D>
hn::Vec<D> fold(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Add(hn::InterleaveLower(d, x, y), hn::InterleaveUpper(d, x, y));
}

/// The lanes of each vector added up: totals[i] for sums[i], four at a time, which takes half as
/// many steps as one after the other.
template <class D, int Count>
HWY_INLINE void reduce(D d, const hn::Vec<D> (&sums)[Count], float* totals) {
    const hn::Repartition<double, D> pairs;
    const auto zero = hn::Zero(d);
    for (int i = 0; i < Count; i += 4) {
        const auto ab = hn::BitCast(pairs, fold(d, sums[i], i + 1 < Count ? sums[i + 1] : zero));
        const auto cd = hn::BitCast(
            pairs, fold(d, i + 2 < Count ? sums[i + 2] : zero, i + 3 < Count ? sums[i + 3] : zero));
        const auto abcd = hn::Add(hn::BitCast(d, hn::InterleaveLower(pairs, ab, cd)),
                                  hn::BitCast(d, hn::InterleaveUpper(pairs, ab, cd)));
        hn::Store(add_blocks(d, abcd), hn::CappedTag<float, 4>(), totals + i);
    }
}
#endif

/// `P` pixels, `F` filters, one vector of sums for each pair.
template <class D, int P, int F>
void channel_tile(const ChannelTile& tile, const float* const* in, float* const* out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    const Convolution& shape = tile.work.shape;
    const ptrdiff_t chunks = tile.work.chunks;
    const ptrdiff_t last = shape.channels - lanes;  // where the overlapping chunk begins

    hn::Vec<D> sums[P * F];
    for (int i = 0; i < P * F; ++i) sums[i] = hn::Zero(d);
    for (const TapPair& y : tile.rows.tap_pairs)
        for (const TapPair& x : tile.columns.tap_pairs) {
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
                    for (int f = 0; f < F; ++f)
                        sums[p * F + f] = hn::MulAdd(values, w[f], sums[p * F + f]);
                }
            }
        }
    alignas(16) float totals[(P * F + 3) / 4 * 4];
    reduce(d, sums, totals);
    for (int p = 0; p < P; ++p)
        for (int f = 0; f < F; ++f) out[p][f] = tile.bias[f] + totals[p * F + f];
}

using TileFunction = void (*)(const ChannelTile&, const float* const*, float* const*);

constexpr int most_pixels = 8;
constexpr int most_filters = 3;

/// Pixels that share the weights of so many filters: thirty-two registers hold 8 x 3 sums, sixteen
/// 4 x 3.
constexpr int tile_pixels(int filters) {
    return filters == 1 || (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3) ? most_pixels : 4;
}

/// The functions for 1, 2 … pixels.
template <class D, int F>
const TileFunction* tiles_of() {
    constexpr int most = tile_pixels(F);
    static constexpr TileFunction functions[most_pixels] = {&channel_tile<D, 1, F>,
                                                            &channel_tile<D, 2, F>,
                                                            &channel_tile<D, 3, F>,
                                                            &channel_tile<D, 4, F>,
                                                            &channel_tile<D, std::min(5, most), F>,
                                                            &channel_tile<D, std::min(6, most), F>,
                                                            &channel_tile<D, std::min(7, most), F>,
                                                            &channel_tile<D, std::min(8, most), F>};
    return functions;
}

template <class D>
const TileFunction* tiles_for(int filters) {
    if (filters == 1) return tiles_of<D, 1>();
    return filters == 2 ? tiles_of<D, 2>() : tiles_of<D, 3>();
}

template <class D>
void over_channels_by(const ChannelWork& work, Share share, const float* input, float* output) {
    const Convolution& shape = work.shape;
    const ptrdiff_t filter_weights = ptrdiff_t{work.chunks} * work.lanes;
    ptrdiff_t total = 0;
    for (int first = 0; first < shape.filters; first += most_filters) {
        const int filters = std::min(most_filters, shape.filters - first);
        total += filters * cost_of_tiles(shape, tile_pixels(filters));
    }
    Part part(share, shape.groups * total);
    for (int group = 0; group < shape.groups; ++group)
        for (int first = 0; first < shape.filters; first += most_filters) {
            const int filters = std::min(most_filters, shape.filters - first);
            const int filter = group * shape.filters + first;
            const float* group_in = input + group * shape.channels;
            float* group_out = output + filter;
            const TileFunction* functions = tiles_for<D>(filters);
            const int size = tile_pixels(filters);
            for (const CellRun& rows : shape.rows)
                for (const CellRun& columns : shape.columns) {
                    const ChannelTile tile{
                        work, rows, columns,
                        work.weights.data() +
                            (ptrdiff_t{group} * shape.taps() * shape.filters + first) *
                                filter_weights,
                        work.bias.data() + filter};
                    const Part::Range range =
                        part.next(tiles(rows, columns, size), filters * tile_cost(rows, columns));
                    for_each_tile<most_pixels>(
                        shape, rows, columns, size, group_in, group_out, range,
                        [&](int pixels, const float* const* in, float* const* out) {
                            functions[pixels - 1](tile, in, out);
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
