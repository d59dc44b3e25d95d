// SPDX-License-Identifier: MIT
// UpSampling2D, nearest and bilinear.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/upsample.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include <algorithm>

#include "engine/kernels/work.h"
#include "hwy/cache_control.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::ptrdiff_t;

using Full = hn::ScalableTag<float>;
constexpr ptrdiff_t full_lanes = hn::MaxLanes(Full());

/// How vectors are written. Past the caches where the output would not stay in them anyway: a line written by an
/// ordinary store is read first.
struct Store {
    template <class D>
    static void store(hn::Vec<D> values, D d, float* to) {
        hn::StoreU(values, d, to);
    }
};
struct Stream {
    template <class D>
    static void store(hn::Vec<D> values, D d, float* to) {
        hn::Stream(values, d, to);
    }
};

/// Whether to write past the caches, which takes rows that begin on cache lines.
bool streams(const float* output, ptrdiff_t rows, ptrdiff_t row_floats) {
    constexpr ptrdiff_t cached_floats = ptrdiff_t{2} << 20;  // 8 MiB
    return rows * row_floats > cached_floats && row_floats % 16 == 0 &&
           reinterpret_cast<std::uintptr_t>(output) % 64 == 0;
}

/// Vectors that cover `channels`, at least one vector full, begin at 0, lanes … and last at channels - lanes.
template <class D>
ptrdiff_t vector_begin(ptrdiff_t channel, ptrdiff_t channels) {
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    return std::min(channel, channels - lanes);
}

/// Where the copies of one input row go.
struct Copies {
    float* first;
    ptrdiff_t row;  ///< floats from one to the next
    ptrdiff_t count;
};

/// Cells from `begin` on, each `factor` times.
template <class D>
void repeat_cells(const float* in, ptrdiff_t begin, ptrdiff_t cells, ptrdiff_t channels,
                  ptrdiff_t factor, const Copies& out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    for (ptrdiff_t cell = begin; cell < cells; ++cell)
        for (ptrdiff_t channel = 0; channel < channels; channel += lanes) {
            const ptrdiff_t c = vector_begin<D>(channel, channels);
            const auto values = hn::LoadU(d, in + cell * channels + c);
            float* to = out.first + cell * channels * factor + c;
            for (ptrdiff_t i = 0; i < out.count; ++i, to += out.row)
                for (ptrdiff_t j = 0; j < factor; ++j) hn::StoreU(values, d, to + j * channels);
        }
}

using Table = decltype(hn::SetTableIndices(Full(), static_cast<const std::int32_t*>(nullptr)));

/// As many cells as whole periods cover without reading beyond the row; says how many. A pattern of `N` vectors stays
/// in registers; 0 stands for any number.
template <int N, typename How>
ptrdiff_t repeat_pattern(const Permutation& permutation, const float* in, ptrdiff_t cells,
                         ptrdiff_t channels, const Copies& copies) {
    const Full d;
    const Permutation::Pick* const picks = permutation.before.data();
    const ptrdiff_t vectors = N > 0 ? N : static_cast<ptrdiff_t>(permutation.before.size());
    Table kept[N > 0 ? N : 1];
    for (ptrdiff_t v = 0; v < N; ++v) kept[v] = hn::SetTableIndices(d, picks[v].indices.data());
    const ptrdiff_t end = cells * channels - permutation.reach;
    float* out = copies.first;
    ptrdiff_t source = 0;
    for (; source <= end; source += permutation.advance)
        for (ptrdiff_t v = 0; v < vectors; ++v, out += full_lanes) {
            const Table table =
                N > 0 ? kept[N > 0 ? v : 0] : hn::SetTableIndices(d, picks[v].indices.data());
            const auto values =
                hn::TableLookupLanes(hn::LoadU(d, in + source + picks[v].source), table);
            for (ptrdiff_t i = 0; i < copies.count; ++i)
                How::store(values, d, out + i * copies.row);
        }
    return source / channels;
}

using Repeat = ptrdiff_t (*)(const Permutation&, const float*, ptrdiff_t, ptrdiff_t, const Copies&);

template <typename How>
ptrdiff_t repeat_by_permutation(const Permutation& permutation, const float* in, ptrdiff_t cells,
                                ptrdiff_t channels, const Copies& copies) {
    switch (permutation.before.size()) {
        case 1:
            return repeat_pattern<1, How>(permutation, in, cells, channels, copies);
        case 3:
            return repeat_pattern<3, How>(permutation, in, cells, channels, copies);
        default:
            return repeat_pattern<0, How>(permutation, in, cells, channels, copies);
    }
}

template <class D>
void nearest(const NearestWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    const bool stream = streams(output, ptrdiff_t{work.rows} * work.size.height, out_row);
    const Repeat repeat = stream ? &repeat_by_permutation<Stream> : &repeat_by_permutation<Store>;
    for (ptrdiff_t row = share.begin(work.rows); row < share.end(work.rows); ++row) {
        const float* in = input + row * in_row;
        const Copies copies{output + row * work.size.height * out_row, out_row, work.size.height};
        ptrdiff_t done = 0;
        if (work.permutation)
            done = repeat(*work.permutation, in, work.columns, work.channels, copies);
        repeat_cells<D>(in, done, work.columns, work.channels, work.size.width, copies);
    }
    if (stream) hwy::FlushStream();
}

/// The two input rows an output row lies between, and their shares.
struct Rows {
    const float* above;
    const float* below;
    float above_share;
    float below_share;
};

template <class D>
hn::Vec<D> blend(D d, hn::Vec<D> before, float before_share, hn::Vec<D> after, float after_share) {
    return hn::MulAdd(after, hn::Set(d, after_share), hn::Mul(before, hn::Set(d, before_share)));
}

template <class D>
hn::Vec<D> blend_rows(D d, const Rows& rows, ptrdiff_t i) {
    return blend(d, hn::LoadU(d, rows.above + i), rows.above_share, hn::LoadU(d, rows.below + i),
                 rows.below_share);
}

/// Many channels: `V` vectors of a cell and its neighbours from `channel` on, both directions in one pass.
template <class D, int V>
void widen_cells(const BilinearWork& work, const Rows& rows, ptrdiff_t channel, float* out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    const ptrdiff_t channels = work.channels;
    const auto divisor = hn::Set(d, work.divisor);
    const bool divide = work.divisor != 1.0F;
    hn::Vec<D> before[V], here[V], after[V];
    for (int v = 0; v < V; ++v) before[v] = here[v] = blend_rows(d, rows, channel + v * lanes);
    float* to = out + channel;
    for (ptrdiff_t cell = 0; cell < work.columns; ++cell) {
        const ptrdiff_t right = std::min<ptrdiff_t>(cell + 1, work.columns - 1) * channels;
        for (int v = 0; v < V; ++v) after[v] = blend_rows(d, rows, right + channel + v * lanes);
        for (const Blend& column : work.column_blends) {
            const auto left_share = hn::Set(d, column.before);
            const auto right_share = hn::Set(d, column.after);
            for (int v = 0; v < V; ++v) {
                const auto left = column.shift < 0 ? before[v] : here[v];
                const auto right_cell = column.shift < 0 ? here[v] : after[v];
                auto value = hn::MulAdd(right_cell, right_share, hn::Mul(left, left_share));
                if (divide) value = hn::Div(value, divisor);
                hn::StoreU(value, d, to + v * lanes);
            }
            to += channels;
        }
        for (int v = 0; v < V; ++v) {
            before[v] = here[v];
            here[v] = after[v];
        }
    }
}

template <class D>
void widen_cells(const BilinearWork& work, const Rows& rows, float* out) {
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    const ptrdiff_t channels = work.channels;
    ptrdiff_t channel = 0;
    for (; channel + 4 * lanes <= channels; channel += 4 * lanes)
        widen_cells<D, 4>(work, rows, channel, out);
    for (; channel < channels; channel += lanes)
        widen_cells<D, 1>(work, rows, vector_begin<D>(channel, channels), out);
}

/// Cells begin - 1 … begin + cells of the blended rows, held at the rim, one after another.
void blend_tile(const BilinearWork& work, const Rows& rows, ptrdiff_t begin, ptrdiff_t cells,
                float* blended) {
    const Full d;
    const ptrdiff_t channels = work.channels;
    const ptrdiff_t first = std::max<ptrdiff_t>(begin - 1, 0);
    const ptrdiff_t last = std::min<ptrdiff_t>(begin + cells, work.columns - 1);
    float* to = blended + (first - (begin - 1)) * channels;
    const ptrdiff_t count = (last - first + 1) * channels;
    const ptrdiff_t from = first * channels;
    ptrdiff_t i = 0;
    for (; i + full_lanes <= count; i += full_lanes)
        hn::StoreU(blend_rows(d, rows, from + i), d, to + i);
    const hn::CappedTag<float, 1> one;
    for (; i < count; ++i) hn::StoreU(blend_rows(one, rows, from + i), one, to + i);
    if (begin == 0) std::copy_n(to, channels, blended);
    if (begin + cells == work.columns) std::copy_n(to + count - channels, channels, to + count);
}

/// One vector of outputs.
struct Pick {
    const Permutation::Pick* pick;
    Table table;
    hn::Vec<Full> weights;

    void load(const Permutation::Pick& from) {
        const Full d;
        pick = &from;
        table = hn::SetTableIndices(d, from.indices.data());
        weights = hn::Load(d, from.weights.data());
    }
    hn::Vec<Full> values(const float* source) const {
        return hn::TableLookupLanes(hn::LoadU(Full(), source + pick->source), table);
    }
};

/// `floats` outputs from a row of blended cells. A pattern of `N` vectors stays in registers; 0 stands for any number.
template <int N, typename How>
void widen_by_permutation(const BilinearWork& work, const float* source, ptrdiff_t floats,
                          float* out) {
    const Full d;
    const Permutation& permutation = *work.permutation;
    const auto divisor = hn::Set(d, work.divisor);
    const bool divide = work.divisor != 1.0F;
    const auto value = [&](const Pick& before, const Pick& after) HWY_ATTR {
        const auto sum = hn::MulAdd(after.values(source), after.weights,
                                    hn::Mul(before.values(source), before.weights));
        return divide ? hn::Div(sum, divisor) : sum;
    };
    if constexpr (N > 0) {
        Pick before[N], after[N];
        for (std::size_t v = 0; v < N; ++v) {
            before[v].load(permutation.before[v]);
            after[v].load(permutation.after[v]);
        }
        for (; floats >= N * full_lanes; floats -= N * full_lanes) {
            for (int v = 0; v < N; ++v, out += full_lanes)
                How::store(value(before[v], after[v]), d, out);
            source += permutation.advance;
        }
    }
    for (; floats > 0; source += permutation.advance)
        for (std::size_t v = 0; v < permutation.before.size() && floats > 0; ++v) {
            Pick before, after;
            before.load(permutation.before[v]);
            after.load(permutation.after[v]);
            if (floats >= full_lanes) {
                How::store(value(before, after), d, out);
            } else {
                alignas(64) float rest[full_lanes];
                hn::Store(value(before, after), d, rest);
                std::copy_n(rest, floats, out);
            }
            out += full_lanes;
            floats -= full_lanes;
        }
}

/// Few channels: a row is blended first, then widened by permutation.
template <typename How>
void widen_row(const BilinearWork& work, const Rows& rows, float* out) {
    alignas(64) float blended[BilinearWork::row_floats];
    const std::size_t pattern = work.permutation->before.size();
    void (*widen)(const BilinearWork&, const float*, ptrdiff_t, float*) =
        &widen_by_permutation<0, How>;
    if (pattern == 1) widen = &widen_by_permutation<1, How>;
    if (pattern == 3) widen = &widen_by_permutation<3, How>;
    for (ptrdiff_t begin = 0; begin < work.columns; begin += work.tile) {
        const ptrdiff_t cells = std::min<ptrdiff_t>(work.tile, work.columns - begin);
        blend_tile(work, rows, begin, cells, blended);
        const ptrdiff_t floats = cells * work.size.width * work.channels;
        widen(work, blended, floats, out);
        out += floats;
    }
}

template <class D>
void bilinear(const BilinearWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    // A row of several tiles need not have each on a cache line.
    const bool stream = work.tile == work.columns &&
                        streams(output, ptrdiff_t{work.rows} * work.size.height, out_row);
    output += share.begin(work.rows) * work.size.height * out_row;
    for (ptrdiff_t row = share.begin(work.rows); row < share.end(work.rows); ++row)
        for (const Blend& part : work.row_blends) {
            const ptrdiff_t last = work.rows - 1;
            const Rows rows{input + std::clamp<ptrdiff_t>(row + part.shift, 0, last) * in_row,
                            input + std::clamp<ptrdiff_t>(row + part.shift + 1, 0, last) * in_row,
                            part.before, part.after};
            if (!work.permutation)
                widen_cells<D>(work, rows, output);
            else if (stream)
                widen_row<Stream>(work, rows, output);
            else
                widen_row<Store>(work, rows, output);
            output += out_row;
        }
    if (stream) hwy::FlushStream();
}

Kernel<NearestWork> choose_nearest_kernel(int channels) {
    if (channels < 4) return &nearest<hn::CappedTag<float, 1>>;
    if (channels < 8) return &nearest<hn::CappedTag<float, 4>>;
    if (channels < 16) return &nearest<hn::CappedTag<float, 8>>;
    return &nearest<Full>;
}

Kernel<BilinearWork> choose_bilinear_kernel(int channels) {
    if (channels < 4) return &bilinear<hn::CappedTag<float, 1>>;
    if (channels < 8) return &bilinear<hn::CappedTag<float, 4>>;
    if (channels < 16) return &bilinear<hn::CappedTag<float, 8>>;
    return &bilinear<Full>;
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_nearest_kernel);
HWY_EXPORT(choose_bilinear_kernel);

Kernel<NearestWork> nearest_kernel(int channels) {
    return HWY_DYNAMIC_DISPATCH(choose_nearest_kernel)(channels);
}
Kernel<BilinearWork> bilinear_kernel(int channels) {
    return HWY_DYNAMIC_DISPATCH(choose_bilinear_kernel)(channels);
}

}  // namespace engine
#endif
