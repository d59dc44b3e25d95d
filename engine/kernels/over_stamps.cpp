// SPDX-License-Identifier: MIT
// Transposed layers with few filters: a matrix product makes the stamps of a row of input pixels,
// which are then added up where they overlap.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_stamps.cpp"
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

using D = hn::ScalableTag<float>;
constexpr ptrdiff_t lanes = hn::MaxLanes(D());

/// Output columns are cut into segments of `phases` each, segment i beginning where the stamp of
/// input column i does. A tile is a range of segments; the stamps it needs begin `parts` - 1
/// columns earlier.
struct Tile {
    ptrdiff_t begin, end;
    ptrdiff_t first_pixel, pixels;
};

/// Stamps of one input row; those of columns beyond the rim are zero.
void make_stamps(const StampWork& work, const Tile& tile, const float* input_row, float* stamps) {
    const ptrdiff_t size = work.stamp_floats();
    const ptrdiff_t end = tile.first_pixel + tile.pixels;
    const ptrdiff_t real_begin = std::clamp<ptrdiff_t>(0, tile.first_pixel, end);
    const ptrdiff_t real_end = std::clamp<ptrdiff_t>(work.in_columns, real_begin, end);
    std::fill_n(stamps, (real_begin - tile.first_pixel) * size, 0.0F);
    work.multiply(work.products, static_cast<int>(real_end - real_begin),
                  input_row + real_begin * work.products.shape.input_pixel,
                  stamps + (real_begin - tile.first_pixel) * size);
    std::fill_n(stamps + (real_end - tile.first_pixel) * size, (end - real_end) * size, 0.0F);
}

/// What is added up for the segments of one output row: sources[i] + segment * stamp_floats, whole
/// ones first; of the others, the last parts of stamps, only the first `rest` floats belong to the
/// stamp's row.
struct Sources {
    const float* from[StampWork::max_sources];
    int whole = 0, count = 0;
    ptrdiff_t rest = 0;
};

void find_sources(const StampWork& work, const Tile& tile, ptrdiff_t row, const float* ring,
                  Sources& sources) {
    const ptrdiff_t size = work.stamp_floats();
    const ptrdiff_t parts = work.parts();
    sources.rest = work.row_floats() - (parts - 1) * work.advance();
    const bool all_whole = sources.rest == work.advance();
    const std::span<const TapPair> tap_pairs = work.rows.of(static_cast<int>(row));
    const auto add = [&](const TapPair& m, ptrdiff_t part) {
        const float* stamps = ring + m.input % work.ring_rows * tile.pixels * size;
        // Segment tile.begin finds its own stamp parts - 1 places after the first.
        sources.from[sources.count++] = stamps + (parts - 1 - part) * size +
                                        ptrdiff_t{m.tap} * work.row_floats() +
                                        part * work.advance();
    };
    for (const TapPair& m : tap_pairs)
        for (ptrdiff_t part = 0; part < parts - (all_whole ? 0 : 1); ++part) add(m, part);
    sources.whole = sources.count;
    if (all_whole) return;
    for (const TapPair& m : tap_pairs) add(m, parts - 1);
}

/// Vectors of `B` segments that begin `at` floats after the segments do, stored one after the
/// other: what a vector holds beyond its segment is overwritten by the next.
template <int B>
void add_up(const StampWork& work, const Sources& sources, ptrdiff_t segment, ptrdiff_t at,
            float* out, ptrdiff_t out_step) {
    const D d;
    const ptrdiff_t size = work.stamp_floats();
    hn::Vec<D> sums[B];
    const auto bias = hn::LoadU(d, work.bias.data() + at);
    for (int b = 0; b < B; ++b) sums[b] = bias;
    int i = 0;
    for (; i < sources.whole; ++i) {
        const float* from = sources.from[i] + segment * size + at;
        for (int b = 0; b < B; ++b) sums[b] = hn::Add(sums[b], hn::LoadU(d, from + b * size));
    }
    if (i < sources.count && at < sources.rest) {
        const auto real =
            hn::FirstN(d, static_cast<std::size_t>(std::min(lanes, sources.rest - at)));
        for (; i < sources.count; ++i) {
            const float* from = sources.from[i] + segment * size + at;
            for (int b = 0; b < B; ++b)
                sums[b] = hn::Add(sums[b], hn::IfThenElseZero(real, hn::LoadU(d, from + b * size)));
        }
    }
    for (int b = 0; b < B; ++b) hn::StoreU(sums[b], d, out + b * out_step);
}

/// `output` is the row's first float.
void add_row(const StampWork& work, const Tile& tile, const Sources& sources, float* output) {
    const ptrdiff_t advance = work.advance();
    const ptrdiff_t written = (advance + lanes - 1) / lanes * lanes;
    const ptrdiff_t row_floats = ptrdiff_t{work.out_columns} * work.filters;
    const ptrdiff_t origin = ptrdiff_t{work.first_column} * work.filters;
    for (ptrdiff_t segment = tile.begin; segment < tile.end;) {
        const ptrdiff_t from = origin + segment * advance;
        const auto inside = [&](ptrdiff_t segments) {
            return from >= 0 && segment + segments <= tile.end &&
                   from + (segments - 1) * advance + written <= row_floats;
        };
        const ptrdiff_t index = segment - tile.begin;
        // Segments narrower than a vector must be written in order, vector by vector.
        if (advance <= lanes && inside(4)) {
            add_up<4>(work, sources, index, 0, output + from, advance);
            segment += 4;
        } else if (inside(1)) {
            for (ptrdiff_t at = 0; at < advance; at += lanes)
                add_up<1>(work, sources, index, at, output + from + at, 0);
            ++segment;
        } else {
            for (ptrdiff_t at = 0; at < advance; at += lanes) {
                alignas(64) float part[lanes];
                add_up<1>(work, sources, index, at, part, 0);
                const ptrdiff_t begin = std::max<ptrdiff_t>(0, -(from + at));
                const ptrdiff_t end = std::min({lanes, advance - at, row_floats - (from + at)});
                for (ptrdiff_t i = begin; i < end; ++i) output[from + at + i] = part[i];
            }
            ++segment;
        }
    }
}

void over_stamps(const StampWork& work, Share share, const float* input, float* output) {
    // A vector more, for loads of a stamp's last row reach beyond it. What they find there (another
    // stamp, or numbers that were never set) ends in lanes that are masked or overwritten.
    alignas(64) float ring[StampWork::ring_floats + lanes];
    const ptrdiff_t size = work.stamp_floats();
    const ptrdiff_t rows = work.rows.outputs();
    const ptrdiff_t halo = work.parts() - 1;
    const ptrdiff_t phases = work.phases;
    // Segments that hold a column of the output.
    const ptrdiff_t first = work.first_column > 0 ? -((work.first_column + phases - 1) / phases)
                                                  : -work.first_column / phases;
    const ptrdiff_t last = (work.out_columns - 1 - work.first_column) / phases;
    const ptrdiff_t step = work.tile_pixels - halo;
    for (ptrdiff_t begin = first; begin <= last; begin += step) {
        const ptrdiff_t end = std::min(begin + step, last + 1);
        const Tile tile{begin, end, begin - halo, end - begin + halo};
        ptrdiff_t held[StampWork::max_ring_rows];  // input row of each place in the ring
        std::fill_n(held, work.ring_rows, -1);
        for (ptrdiff_t row = share.begin(rows); row < share.end(rows); ++row) {
            for (const TapPair& tap_pair : work.rows.of(static_cast<int>(row))) {
                const ptrdiff_t needed = tap_pair.input;
                const ptrdiff_t place = needed % work.ring_rows;
                if (held[place] == needed) continue;
                make_stamps(work, tile, input + needed * work.input_row,
                            ring + place * tile.pixels * size);
                held[place] = needed;
            }
            Sources sources;
            find_sources(work, tile, row, ring, sources);
            add_row(work, tile, sources, output + row * work.out_columns * work.filters);
        }
    }
}

Kernel<StampWork> choose_stamp_kernel() { return &over_stamps; }

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_stamp_kernel);

Kernel<StampWork> stamp_kernel() { return HWY_DYNAMIC_DISPATCH(choose_stamp_kernel)(); }

}  // namespace engine
#endif
