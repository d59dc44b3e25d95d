// SPDX-License-Identifier: MIT
// UpSampling2D, nearest and bilinear.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/upsample.cpp"
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

/// Calls f(c) for vectors that cover `channels`, at least one vector full; the last may overlap.
template <class D, typename F>
void for_each_vector(ptrdiff_t channels, F&& f) {
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    for (ptrdiff_t c = 0; c < channels; c += lanes) f(std::min(c, channels - lanes));
}

/// Cells from `begin` on, each `factor` times.
template <class D>
void repeat_cells(const float* in, ptrdiff_t begin, ptrdiff_t cells, ptrdiff_t channels,
                  ptrdiff_t factor, float* out) {
    const D d;
    for (ptrdiff_t cell = begin; cell < cells; ++cell) {
        const float* from = in + cell * channels;
        float* to = out + cell * channels * factor;
        for_each_vector<D>(channels, [=](ptrdiff_t c) HWY_ATTR {
            const auto values = hn::LoadU(d, from + c);
            for (ptrdiff_t j = 0; j < factor; ++j) hn::StoreU(values, d, to + j * channels + c);
        });
    }
}

/// As many cells as whole periods cover without reading beyond the row; says how many.
ptrdiff_t repeat_by_permutation(const Permutation& permutation, const float* in, ptrdiff_t cells,
                                ptrdiff_t channels, float* out) {
    const Full d;
    const ptrdiff_t end = cells * channels - permutation.reach;
    ptrdiff_t source = 0;
    for (; source <= end; source += permutation.advance)
        for (const Permutation::Pick& pick : permutation.before) {
            const auto indices = hn::SetTableIndices(d, pick.indices.data());
            hn::StoreU(hn::TableLookupLanes(hn::LoadU(d, in + source + pick.source), indices), d,
                       out);
            out += full_lanes;
        }
    return source / channels;
}

template <class D>
void nearest(const NearestWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    for (ptrdiff_t row = share.begin(work.rows); row < share.end(work.rows); ++row) {
        const float* in = input + row * in_row;
        float* out = output + row * work.size.height * out_row;
        ptrdiff_t done = 0;
        if (work.permutation)
            done = repeat_by_permutation(*work.permutation, in, work.columns, work.channels, out);
        repeat_cells<D>(in, done, work.columns, work.channels, work.size.width, out);
        for (int copy = 1; copy < work.size.height; ++copy)
            std::copy_n(out, out_row, out + copy * out_row);
    }
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

/// Many channels: vectors of one cell and its neighbours, both directions in one pass.
template <class D>
void widen_cells(const BilinearWork& work, const Rows& rows, float* out) {
    const D d;
    const ptrdiff_t channels = work.channels;
    const auto divisor = hn::Set(d, work.divisor);
    const bool divide = work.divisor != 1.0F;
    for (ptrdiff_t cell = 0; cell < work.columns; ++cell) {
        const ptrdiff_t left = std::max<ptrdiff_t>(cell - 1, 0) * channels;
        const ptrdiff_t right = std::min<ptrdiff_t>(cell + 1, work.columns - 1) * channels;
        float* to = out + cell * work.size.width * channels;
        for_each_vector<D>(channels, [&](ptrdiff_t c) HWY_ATTR {
            const auto before = blend_rows(d, rows, left + c);
            const auto here = blend_rows(d, rows, cell * channels + c);
            const auto after = blend_rows(d, rows, right + c);
            float* at = to + c;
            for (const Blend& column : work.column_blends) {
                auto value = column.shift < 0 ? blend(d, before, column.before, here, column.after)
                                              : blend(d, here, column.before, after, column.after);
                if (divide) value = hn::Div(value, divisor);
                hn::StoreU(value, d, at);
                at += channels;
            }
        });
    }
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

/// Few channels: a row is blended first, then widened by permutation.
void widen_by_permutation(const BilinearWork& work, const Rows& rows, float* out) {
    alignas(64) float blended[BilinearWork::row_floats];
    const Full d;
    const Permutation& permutation = *work.permutation;
    const auto divisor = hn::Set(d, work.divisor);
    const bool divide = work.divisor != 1.0F;
    for (ptrdiff_t begin = 0; begin < work.columns; begin += work.tile) {
        const ptrdiff_t cells = std::min<ptrdiff_t>(work.tile, work.columns - begin);
        blend_tile(work, rows, begin, cells, blended);
        const float* source = blended;
        ptrdiff_t left = cells * work.size.width * work.channels;
        for (; left > 0; source += permutation.advance)
            for (std::size_t v = 0; v < permutation.before.size() && left > 0; ++v) {
                const Permutation::Pick& before = permutation.before[v];
                const Permutation::Pick& after = permutation.after[v];
                const auto sum = hn::MulAdd(
                    hn::TableLookupLanes(hn::LoadU(d, source + after.source),
                                         hn::SetTableIndices(d, after.indices.data())),
                    hn::Load(d, after.weights.data()),
                    hn::Mul(hn::TableLookupLanes(hn::LoadU(d, source + before.source),
                                                 hn::SetTableIndices(d, before.indices.data())),
                            hn::Load(d, before.weights.data())));
                const auto value = divide ? hn::Div(sum, divisor) : sum;
                if (left >= full_lanes) {
                    hn::StoreU(value, d, out);
                } else {
                    alignas(64) float rest[full_lanes];
                    hn::Store(value, d, rest);
                    std::copy_n(rest, left, out);
                }
                const ptrdiff_t written = std::min(left, full_lanes);
                out += written;
                left -= written;
            }
    }
}

template <class D>
void bilinear(const BilinearWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    output += share.begin(work.rows) * work.size.height * out_row;
    for (ptrdiff_t row = share.begin(work.rows); row < share.end(work.rows); ++row)
        for (const Blend& part : work.row_blends) {
            const ptrdiff_t last = work.rows - 1;
            const Rows rows{input + std::clamp<ptrdiff_t>(row + part.shift, 0, last) * in_row,
                            input + std::clamp<ptrdiff_t>(row + part.shift + 1, 0, last) * in_row,
                            part.before, part.after};
            if (work.permutation)
                widen_by_permutation(work, rows, output);
            else
                widen_cells<D>(work, rows, output);
            output += out_row;
        }
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
