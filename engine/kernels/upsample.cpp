// SPDX-License-Identifier: MIT
// UpSampling2D, nearest and bilinear.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/upsample.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include <algorithm>
#include <type_traits>

#include "engine/kernels/row_parts.h"
#include "hwy/cache_control.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::ptrdiff_t;

using Full = hn::ScalableTag<float>;
constexpr ptrdiff_t full_lanes = hn::MaxLanes(Full());

/// How vectors are written. Past the caches where the output would not stay in them anyway: a line
/// written by an ordinary store is read first.
struct Store {
    void store(hn::Vec<Full> values, float* to) const { hn::StoreU(values, Full(), to); }
};
struct Stream {
    void store(hn::Vec<Full> values, float* to) const { hn::Stream(values, Full(), to); }
};
/// The first of them only.
struct StoreFirst {
    ptrdiff_t count;
    void store(hn::Vec<Full> values, float* to) const {
        alignas(64) float all[full_lanes];
        hn::Store(values, Full(), all);
        std::copy_n(all, count, to);
    }
};

/// Whether to write past the caches, which takes rows that begin on cache lines.
bool streams(const float* output, ptrdiff_t rows, ptrdiff_t row_floats) {
    constexpr ptrdiff_t cached_floats = ptrdiff_t{2} << 20;  // 8 MiB
    return rows * row_floats > cached_floats && row_floats % 16 == 0 &&
           reinterpret_cast<std::uintptr_t>(output) % 64 == 0;
}

/// Vectors that cover `channels`, at least one vector full, begin at 0, lanes … and last at
/// channels - lanes.
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

/// Each cell `factor` times.
template <class D>
void repeat_cells(const float* in, ptrdiff_t cells, ptrdiff_t channels, ptrdiff_t factor,
                  const Copies& out) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    for (ptrdiff_t cell = 0; cell < cells; ++cell)
        for (ptrdiff_t channel = 0; channel < channels; channel += lanes) {
            const ptrdiff_t c = vector_begin<D>(channel, channels);
            const auto values = hn::LoadU(d, in + cell * channels + c);
            float* to = out.first + cell * channels * factor + c;
            for (ptrdiff_t i = 0; i < out.count; ++i, to += out.row)
                for (ptrdiff_t j = 0; j < factor; ++j) hn::StoreU(values, d, to + j * channels);
        }
}

using Table = decltype(hn::SetTableIndices(Full(), static_cast<const std::int32_t*>(nullptr)));

/// Outputs picked from sources, `floats` of them in a row: put(values, at, how) for neighbouring
/// vectors, as many as `values` has, the first of which are the outputs from `at` on. A pattern of
/// `N` vectors stays in registers; 0 stands for any number.
template <int N, typename Shuffle, typename How, typename Put>
void shuffle_outputs(const Permutation& permutation, const float* const* sources, ptrdiff_t floats,
                     How how, Put put) {
    const float* from[Shuffle::rows];
    std::copy_n(sources, Shuffle::rows, from);
    const ptrdiff_t advance = permutation.advance;
    ptrdiff_t source = 0;
    ptrdiff_t at = 0;
    if constexpr (N > 0) {
        // While outputs stream out, the processor is late in fetching the one row that is new.
        constexpr ptrdiff_t ahead = 128;
        constexpr int lines = (N * full_lanes / 2 + 15) / 16;  // of a period that is doubled
        Shuffle shuffles[N];
        for (std::size_t v = 0; v < N; ++v) shuffles[v].load(permutation, v);
        for (; at + N * full_lanes <= floats; at += N * full_lanes) {
            typename Shuffle::Values values[N];
            for (int v = 0; v < N; ++v) values[v] = shuffles[v].values(from, source);
            if constexpr (std::is_same_v<How, Stream>)
                for (int line = 0; line < lines; ++line)
                    hwy::Prefetch(from[Shuffle::rows - 1] + source + ahead + line * 16);
            put(values, at, how);
            source += advance;
        }
    }
    for (; at < floats; source += advance)
        for (std::size_t v = 0; v < permutation.before.size() && at < floats;
             ++v, at += full_lanes) {
            Shuffle shuffle;
            shuffle.load(permutation, v);
            const typename Shuffle::Values values[1] = {shuffle.values(from, source)};
            if (floats - at >= full_lanes)
                put(values, at, how);
            else
                put(values, at, StoreFirst{floats - at});
        }
}

/// Where the cells of a vector are found.
struct Shuffle {
    ptrdiff_t source;
    Table table;

    void load(const Permutation::Shuffle& shuffle) {
        source = shuffle.source;
        table = hn::SetTableIndices(Full(), shuffle.indices.data());
    }
};

/// Outputs that are copies of cells.
struct Copied {
    static constexpr int rows = 1;
    using Values = hn::Vec<Full>;
    Shuffle cells;

    void load(const Permutation& permutation, std::size_t vector) {
        cells.load(permutation.before[vector]);
    }
    Values values(const float* const* sources, ptrdiff_t source) const {
        return hn::TableLookupLanes(hn::LoadU(Full(), *sources + source + cells.source),
                                    cells.table);
    }
};

/// A row of cells repeated by permutation, into all its copies. What lies behind it may be read up
/// to `input_end`.
template <int N, typename How>
void repeat_row(const RowParts& parts, const float* row, const float* input_end,
                const Copies& copies) {
    const auto repeat = [&](const float* const* sources, ptrdiff_t first, ptrdiff_t floats) {
        // By value, for a vector that is stored might change what a reference refers to.
        const auto put = [first, copies](const auto& values, ptrdiff_t at, auto how) HWY_ATTR {
            float* out = copies.first + first + at;
            for (ptrdiff_t i = 0; i < copies.count; ++i, out += copies.row) {
                float* to = out;
                for (const auto& vector : values) {
                    how.store(vector, to);
                    to += full_lanes;
                }
            }
        };
        shuffle_outputs<N, Copied>(parts.permutation, sources, floats, How(), put);
    };
    if (input_end - row >= parts.read_floats)
        repeat(&row, 0, parts.out_floats);
    else
        parts.for_each({row}, repeat);
}

template <typename How>
auto choose_repeating(const NearestWork& work) {
    const std::size_t pattern = work.permutation ? work.permutation->before.size() : 0;
    if (pattern == 1) return &repeat_row<1, How>;
    if (pattern == 3) return &repeat_row<3, How>;
    return &repeat_row<0, How>;
}

template <class D>
void nearest(const NearestWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    const bool stream = streams(output, ptrdiff_t{work.rows} * work.size.height, out_row);
    const auto repeat = stream ? choose_repeating<Stream>(work) : choose_repeating<Store>(work);
    std::optional<RowParts> parts;
    if (work.permutation)
        parts.emplace(*work.permutation, work.columns, work.channels, work.size.width, 0);
    for (ptrdiff_t row = share.begin(work.rows); row < share.end(work.rows); ++row) {
        const float* in = input + row * in_row;
        const Copies copies{output + row * work.size.height * out_row, out_row, work.size.height};
        if (parts)
            repeat(*parts, in, input + work.rows * in_row, copies);
        else
            repeat_cells<D>(in, work.columns, work.channels, work.size.width, copies);
    }
    if (stream) hwy::FlushStream();
}

/// Neighbouring output rows between the same two input rows.
struct Between {
    const float* above;
    const float* below;
    const Blend* blends;  ///< of the output rows
    ptrdiff_t count;
    float* first;
    ptrdiff_t row;  ///< floats from one to the next

    Between from(ptrdiff_t later) const {
        return {above, below, blends + later, count - later, first + later * row, row};
    }
};

/// Many channels: `V` vectors of each cell from `channel` on, of `R` output rows. What lies between
/// two cells is made of what both rows have there, and that is kept for what lies on its other
/// side.
template <class D, int V, int R, bool exact>
void widen_cells(const BilinearWork& work, const Between& rows, ptrdiff_t channel) {
    const D d;
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    const ptrdiff_t channels = work.channels;
    const ptrdiff_t factor = work.size.width;
    const ptrdiff_t columns = work.columns * factor;
    const auto divisor = hn::Set(d, work.divisor);
    hn::Vec<D> left[R][V], right[R][V];
    for (auto& row : right) std::fill_n(row, V, hn::Zero(d));
    float* to = rows.first + channel;
    for (ptrdiff_t gap = 0; gap <= work.columns; ++gap) {
        const ptrdiff_t cell = std::min<ptrdiff_t>(gap, work.columns - 1) * channels + channel;
        HWY_UNROLL(4)
        for (int v = 0; v < V; ++v) {
            const auto above = hn::LoadU(d, rows.above + cell + v * lanes);
            const auto below = hn::LoadU(d, rows.below + cell + v * lanes);
            HWY_UNROLL(2)
            for (int r = 0; r < R; ++r) {
                const auto kept = right[r][v];
                right[r][v] = hn::MulAdd(below, hn::Set(d, rows.blends[r].after),
                                         hn::Mul(above, hn::Set(d, rows.blends[r].before)));
                left[r][v] = gap == 0 ? right[r][v] : kept;
            }
        }
        const ptrdiff_t first = (gap - 1) * factor + work.columns_left;
        const ptrdiff_t end = std::min(first + factor, columns);
        const Blend* blend = work.column_blends.data() + std::max<ptrdiff_t>(-first, 0);
        for (ptrdiff_t column = std::max<ptrdiff_t>(first, 0); column < end; ++column, ++blend) {
            const auto left_share = hn::Set(d, blend->before);
            const auto right_share = hn::Set(d, blend->after);
            HWY_UNROLL(2)
            for (int r = 0; r < R; ++r) {
                HWY_UNROLL(4)
                for (int v = 0; v < V; ++v) {
                    const auto value =
                        hn::MulAdd(right[r][v], right_share, hn::Mul(left[r][v], left_share));
                    hn::StoreU(exact ? value : hn::Div(value, divisor), d,
                               to + r * rows.row + v * lanes);
                }
            }
            to += channels;
        }
    }
}

template <class D, int R, bool exact>
void widen_cells(const BilinearWork& work, const Between& rows) {
    constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    constexpr int vectors = lanes >= 16 ? 4 : 2;  // as many as registers can hold
    const ptrdiff_t channels = work.channels;
    ptrdiff_t channel = 0;
    for (; channel + vectors * lanes <= channels; channel += vectors * lanes)
        widen_cells<D, vectors, R, exact>(work, rows, channel);
    for (; channel < channels; channel += lanes)
        widen_cells<D, 1, R, exact>(work, rows, vector_begin<D>(channel, channels));
}

template <class D, bool exact>
void widen_cells(const BilinearWork& work, Between rows) {
    for (; rows.count >= 2; rows = rows.from(2)) widen_cells<D, 2, exact>(work, rows);
    if (rows.count == 1) widen_cells<D, 1, exact>(work, rows);
}

/// Outputs that lie between a cell and the next, of the input rows above and below them. `joint`:
/// one vector holds the sources on both sides.
template <bool joint>
struct Blended {
    static constexpr int rows = 2;
    struct Values {
        hn::Vec<Full> above, below;
    };
    Shuffle before, after;
    hn::Vec<Full> before_share, after_share;

    void load(const Permutation& permutation, std::size_t vector) {
        before.load(permutation.before[vector]);
        after.load(permutation.after[vector]);
        before_share = hn::Load(Full(), permutation.before[vector].weights.data());
        after_share = hn::Load(Full(), permutation.after[vector].weights.data());
    }
    hn::Vec<Full> of_row(const float* sources) const {
        const auto left = hn::LoadU(Full(), sources + before.source);
        const auto right = joint ? left : hn::LoadU(Full(), sources + after.source);
        return hn::MulAdd(hn::TableLookupLanes(right, after.table), after_share,
                          hn::Mul(hn::TableLookupLanes(left, before.table), before_share));
    }
    Values values(const float* const* sources, ptrdiff_t source) const {
        return {of_row(sources[0] + source), of_row(sources[1] + source)};
    }
};

/// Few channels: both input rows are widened by permutation, then blended, without leaving the
/// registers.
template <int N, bool joint, bool exact, typename How>
void widen_rows(const BilinearWork& work, const RowParts& parts, const Between& rows) {
    const auto widen = [&](const float* const* sources, ptrdiff_t first, ptrdiff_t floats) {
        const auto divisor = hn::Set(Full(), work.divisor);
        const auto put = [first, divisor, rows](const auto& values, ptrdiff_t at,
                                                auto how) HWY_ATTR {
            float* out = rows.first + first + at;
            for (ptrdiff_t i = 0; i < rows.count; ++i, out += rows.row) {
                const auto above_share = hn::Set(Full(), rows.blends[i].before);
                const auto below_share = hn::Set(Full(), rows.blends[i].after);
                float* to = out;
                for (const auto& vector : values) {
                    const auto value =
                        hn::MulAdd(vector.below, below_share, hn::Mul(vector.above, above_share));
                    how.store(exact ? value : hn::Div(value, divisor), to);
                    to += full_lanes;
                }
            }
        };
        shuffle_outputs<N, Blended<joint>>(parts.permutation, sources, floats, How(), put);
    };
    parts.for_each({rows.above, rows.below}, widen);
}

/// `exact`: there is nothing to divide by.
template <bool exact, typename How>
auto choose_widening(const BilinearWork& work) {
    const std::size_t pattern = work.permutation ? work.permutation->before.size() : 0;
    const bool joint = work.permutation && work.permutation->joint;
    if (pattern == 1)
        return joint ? &widen_rows<1, true, exact, How> : &widen_rows<1, false, exact, How>;
    if (pattern == 3)
        return joint ? &widen_rows<3, true, exact, How> : &widen_rows<3, false, exact, How>;
    return &widen_rows<0, false, exact, How>;
}
template <typename How>
auto choose_widening(const BilinearWork& work) {
    return work.divisor == 1 ? choose_widening<true, How>(work) : choose_widening<false, How>(work);
}

template <class D>
void bilinear(const BilinearWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t in_row = ptrdiff_t{work.columns} * work.channels;
    const ptrdiff_t out_row = in_row * work.size.width;
    const ptrdiff_t factor = work.size.height;
    const ptrdiff_t out_rows = work.rows * factor;
    const bool stream = streams(output, out_rows, out_row);
    const auto widen = stream ? choose_widening<Stream>(work) : choose_widening<Store>(work);
    std::optional<RowParts> parts;
    if (work.permutation)
        parts.emplace(*work.permutation, work.columns, work.channels, work.size.width, 1);
    // Gap i lies between the input rows i - 1 and i; outside the map are rows like those at the
    // rim.
    const ptrdiff_t gaps = ptrdiff_t{work.rows} + 1;
    for (ptrdiff_t gap = share.begin(gaps); gap < share.end(gaps); ++gap) {
        const ptrdiff_t first = (gap - 1) * factor + work.rows_above;
        const ptrdiff_t end = std::min(first + factor, out_rows);
        const float* above = input + std::max<ptrdiff_t>(gap - 1, 0) * in_row;
        const float* below = input + std::min<ptrdiff_t>(gap, work.rows - 1) * in_row;
        for (ptrdiff_t row = std::max<ptrdiff_t>(first, 0), count; row < end; row += count) {
            // Few at a time: of many rows far apart, neighbours would drive each other out of the
            // first cache.
            constexpr ptrdiff_t most = 4;
            const Blend* blends = work.row_blends.data() + (row - first);
            float* out = output + row * out_row;
            count = std::min(most, end - row);
            const Between rows{above, below, blends, count, out, out_row};
            if (parts)
                widen(work, *parts, rows);
            else if (work.divisor == 1)
                widen_cells<D, true>(work, rows);
            else
                widen_cells<D, false>(work, rows);
        }
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
