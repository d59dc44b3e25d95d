// SPDX-License-Identifier: MIT
// Convolutions of either kind with many filters: tiles of pixels times vectors of filters.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_filters.cpp"
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

/// What all tiles of one block of filters and one pair of runs have in common.
struct FilterTile {
    const Convolution& shape;
    const CellRun& rows;
    const CellRun& columns;
    const float* weights;
    const float* bias;
    int count;
};

constexpr int tile_pixels = 6;

/// The first `count` lanes, at least one.
template <class D>
void store_first(D d, hn::Vec<D> values, ptrdiff_t count, float* to) {
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    if (count == lanes) return hn::StoreU(values, d, to);
    alignas(64) float all[lanes];
    hn::Store(values, d, all);
    for (ptrdiff_t i = 0; i < std::min(count, lanes); ++i) to[i] = all[i];
}

/// `P` pixels, `V` vectors of filters. The sums stay in registers across all taps and channels.
template <class D, int P, int V>
void filter_tile(const FilterTile& tile, const float* const* in, float* const* out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    // A small tile alternates between sets of sums: a multiply-add takes four cycles, two start in
    // each.
    constexpr int sets = P * V >= 8 ? 1 : P * V >= 4 ? 2 : 4;
    const Convolution& shape = tile.shape;
    const ptrdiff_t channels = shape.channels;

    hn::Vec<D> sums[sets][P][V];
    for (int p = 0; p < P; ++p)
        for (int v = 0; v < V; ++v) sums[0][p][v] = hn::Load(d, tile.bias + v * lanes);
    for (int s = 1; s < sets; ++s)
        for (int p = 0; p < P; ++p)
            for (int v = 0; v < V; ++v) sums[s][p][v] = hn::Zero(d);

    for (const TapPair& y : tile.rows.tap_pairs)
        for (const TapPair& x : tile.columns.tap_pairs) {
            const ptrdiff_t offset = y.input * shape.input_row + x.input * shape.input_pixel;
            const float* pixels[P];
            for (int p = 0; p < P; ++p) pixels[p] = in[p] + offset;
            const float* weights =
                tile.weights +
                (ptrdiff_t{y.tap} * shape.kernel_columns + x.tap) * channels * V * lanes;
            ptrdiff_t c = 0;
            for (; c + sets <= channels; c += sets, weights += sets * V * lanes)
                for (int s = 0; s < sets; ++s) {
                    hn::Vec<D> w[V];
                    for (int v = 0; v < V; ++v) w[v] = hn::Load(d, weights + (s * V + v) * lanes);
                    for (int p = 0; p < P; ++p) {
                        const auto value = hn::Set(d, pixels[p][c + s]);
                        for (int v = 0; v < V; ++v)
                            sums[s][p][v] = hn::MulAdd(value, w[v], sums[s][p][v]);
                    }
                }
            for (; c < channels; ++c, weights += V * lanes)
                for (int p = 0; p < P; ++p) {
                    const auto value = hn::Set(d, pixels[p][c]);
                    for (int v = 0; v < V; ++v)
                        sums[0][p][v] =
                            hn::MulAdd(value, hn::Load(d, weights + v * lanes), sums[0][p][v]);
                }
        }

    for (int s = 1; s < sets; ++s)
        for (int p = 0; p < P; ++p)
            for (int v = 0; v < V; ++v) sums[0][p][v] = hn::Add(sums[0][p][v], sums[s][p][v]);
    // Of the last vector only the lanes that are filters may be written.
    const ptrdiff_t last = tile.count - (V - 1) * lanes;
    for (int p = 0; p < P; ++p) {
        for (int v = 0; v < V - 1; ++v) hn::StoreU(sums[0][p][v], d, out[p] + v * lanes);
        store_first(d, sums[0][p][V - 1], last, out[p] + (V - 1) * lanes);
    }
}

using TileFunction = void (*)(const FilterTile&, const float* const*, float* const*);

/// The functions for 1, 2 … tile_pixels pixels.
template <class D, int V>
const TileFunction* tiles_of() {
    static constexpr TileFunction functions[tile_pixels] = {
        &filter_tile<D, 1, V>, &filter_tile<D, 2, V>, &filter_tile<D, 3, V>,
        &filter_tile<D, 4, V>, &filter_tile<D, 5, V>, &filter_tile<D, 6, V>};
    return functions;
}

const TileFunction* tiles_for(const FilterWork::Block& block) {
    using Full = hn::ScalableTag<float>;
#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86
    if (block.vectors == 4) return tiles_of<Full, 4>();
    if (block.vectors == 3) return tiles_of<Full, 3>();
#endif
    if (block.vectors == 2) return tiles_of<Full, 2>();
    if (block.lanes <= 4) return tiles_of<hn::CappedTag<float, 4>, 1>();
    if (block.lanes <= 8) return tiles_of<hn::CappedTag<float, 8>, 1>();
    return tiles_of<Full, 1>();
}

void over_filters(const FilterWork& work, Share share, const float* input, float* output) {
    const Convolution& shape = work.shape;
    std::ptrdiff_t vectors = 0;
    for (const FilterWork::Block& block : work.blocks) vectors += block.vectors;
    Part part(share, shape.groups * vectors * cost_of_tiles(shape, tile_pixels));
    for (int group = 0; group < shape.groups; ++group)
        for (const FilterWork::Block& block : work.blocks) {
            const TileFunction* functions = tiles_for(block);
            const float* group_in = input + group * shape.channels;
            float* group_out = output + group * shape.filters + block.first;
            for (const CellRun& rows : shape.rows)
                for (const CellRun& columns : shape.columns) {
                    const FilterTile tile{
                        shape,
                        rows,
                        columns,
                        work.weights.data() + group * work.group_weights + block.weights,
                        work.bias.data() + group * work.group_bias + block.bias,
                        block.count};
                    const Part::Range range = part.next(tiles(rows, columns, tile_pixels),
                                                        block.vectors * tile_cost(rows, columns));
                    for_each_tile<tile_pixels>(
                        shape, rows, columns, tile_pixels, group_in, group_out, range,
                        [&](int pixels, const float* const* in, float* const* out) {
                            functions[pixels - 1](tile, in, out);
                        });
                }
        }
}

void multiply_pixels(const FilterWork& work, int pixels, const float* input, float* output) {
    const Convolution& shape = work.shape;
    const float* in[tile_pixels];
    float* out[tile_pixels];
    for (const FilterWork::Block& block : work.blocks) {
        const TileFunction* functions = tiles_for(block);
        const FilterTile tile{shape,
                              shape.rows.front(),
                              shape.columns.front(),
                              work.weights.data() + block.weights,
                              work.bias.data() + block.bias,
                              block.count};
        for (int first = 0; first < pixels; first += tile_pixels) {
            const int count = std::min(tile_pixels, pixels - first);
            for (int p = 0; p < count; ++p) {
                in[p] = input + (first + p) * shape.input_pixel;
                out[p] = output + (first + p) * shape.output_pixel + block.first;
            }
            functions[count - 1](tile, in, out);
        }
    }
}

Kernel<FilterWork> choose_filter_kernel() { return &over_filters; }
PixelKernel choose_pixel_kernel() { return &multiply_pixels; }

VectorUnit this_vector_unit() {
    // Thirty-two registers hold 6 x 4 sums, four weights and a broadcast; sixteen hold 6 x 2.
    return {static_cast<int>(hn::Lanes(hn::ScalableTag<float>())),
            HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3 ? 4 : 2};
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_filter_kernel);
HWY_EXPORT(choose_pixel_kernel);
HWY_EXPORT(this_vector_unit);

Kernel<FilterWork> filter_kernel() { return HWY_DYNAMIC_DISPATCH(choose_filter_kernel)(); }
PixelKernel pixel_kernel() { return HWY_DYNAMIC_DISPATCH(choose_pixel_kernel)(); }
VectorUnit vector_unit() { return HWY_DYNAMIC_DISPATCH(this_vector_unit)(); }

}  // namespace engine
#endif
