// SPDX-License-Identifier: MIT
// Pictures made larger by a transposed layer: each vector of an output row picks its inputs from
// one window of each input row.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_patterns.cpp"
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

/// `R` neighbouring output rows that meet the same input rows, so that what is picked serves all of
/// them: `shuffles` of each lane from each input row.
template <std::size_t most, int shuffles, int R>
struct PatternRows {
    using D = hn::CappedTag<float, most>;
    static constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    using Places = decltype(hn::IndicesFromVec(D(), hn::Zero(hn::RebindToSigned<D>())));

    const PatternWork& work;
    ptrdiff_t first;  ///< output row
    const float* input;
    float* output;

    struct Span {
        const float* in;
        const float* weights;
        const float* bias;
        float* out;
        Places places[shuffles];
    };

    /// `B` blocks of a span at once, so that each weight is loaded once for them.
    template <int B>
    void blocks(const Span& span, ptrdiff_t block) const {
        const D d;
        std::span<const TapPair> tap_pairs[R];
        for (int r = 0; r < R; ++r) tap_pairs[r] = work.rows.of(static_cast<int>(first) + r);
        hn::Vec<D> sums[R][B];
        const auto bias = hn::Load(d, span.bias);
        HWY_UNROLL(2)
        for (int r = 0; r < R; ++r) HWY_UNROLL(4)
        for (int b = 0; b < B; ++b) sums[r][b] = bias;
        for (std::size_t m = 0; m < tap_pairs[0].size(); ++m) {
            const float* row =
                span.in + tap_pairs[0][m].input * work.input_row + block * work.in_step;
            const float* weights[R];
            for (int r = 0; r < R; ++r)
                weights[r] = span.weights + ptrdiff_t{tap_pairs[r][m].tap} * shuffles * lanes;
            hn::Vec<D> windows[B];
            HWY_UNROLL(4)
            for (int b = 0; b < B; ++b) windows[b] = hn::LoadU(d, row + b * work.in_step);
            HWY_UNROLL(4)
            for (int shuffle = 0; shuffle < shuffles; ++shuffle) {
                HWY_UNROLL(4)
                for (int b = 0; b < B; ++b) {
                    const auto shuffled = hn::TableLookupLanes(windows[b], span.places[shuffle]);
                    HWY_UNROLL(2)
                    for (int r = 0; r < R; ++r)
                        sums[r][b] = hn::MulAdd(shuffled, hn::Load(d, weights[r] + shuffle * lanes),
                                                sums[r][b]);
                }
            }
        }
        HWY_UNROLL(2)
        for (int r = 0; r < R; ++r) HWY_UNROLL(4)
        for (int b = 0; b < B; ++b)
            hn::StoreU(sums[r][b], d, span.out + r * work.output_row + (block + b) * work.out_step);
    }

    void add(std::size_t index) const {
        const D d;
        const hn::RebindToSigned<D> integers;
        const PatternWork::Span& described = work.spans[index];
        const auto at = static_cast<ptrdiff_t>(index);
        Span span{input + described.window,
                  work.weights.data() + at * work.kernel_rows * shuffles * lanes,
                  work.bias.data() + at * lanes,
                  output + first * work.output_row + described.first_output,
                  {}};
        for (int shuffle = 0; shuffle < shuffles; ++shuffle)
            span.places[shuffle] = hn::IndicesFromVec(
                d, hn::BitCast(integers, hn::Load(d, work.places.data() +
                                                         (at * shuffles + shuffle) * lanes)));
        ptrdiff_t block = 0;
        for (; block + 4 <= described.count; block += 4) blocks<4>(span, block);
        for (; block < described.count; ++block) blocks<1>(span, block);
    }

    void add_all() const {
        for (std::size_t span = 0; span < work.spans.size(); ++span) add(span);
    }
};

bool meet_the_same(std::span<const TapPair> a, std::span<const TapPair> b) {
    return std::ranges::equal(a, b, {}, &TapPair::input, &TapPair::input);
}

template <std::size_t most, int shuffles>
void over_patterns(const PatternWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t rows = work.rows.outputs();
    const ptrdiff_t end = share.end(rows);
    for (ptrdiff_t row = share.begin(rows); row < end;) {
        const auto of = [&](ptrdiff_t r) { return work.rows.of(static_cast<int>(r)); };
        if (row + 1 < end && meet_the_same(of(row), of(row + 1))) {
            PatternRows<most, shuffles, 2>{work, row, input, output}.add_all();
            row += 2;
        } else {
            PatternRows<most, shuffles, 1>{work, row, input, output}.add_all();
            ++row;
        }
    }
}

template <std::size_t most>
Kernel<PatternWork> of_lanes(int shuffles) {
    static_assert(PatternWork::max_shuffles == 4);
    switch (shuffles) {
        case 1:
            return &over_patterns<most, 1>;
        case 2:
            return &over_patterns<most, 2>;
        case 3:
            return &over_patterns<most, 3>;
        default:
            return &over_patterns<most, 4>;
    }
}

Kernel<PatternWork> choose_pattern_kernel(int lanes, int shuffles) {
    if (lanes >= 16) return of_lanes<16>(shuffles);
    if (lanes >= 8) return of_lanes<8>(shuffles);
    return of_lanes<4>(shuffles);
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_pattern_kernel);

Kernel<PatternWork> pattern_kernel(int lanes, int shuffles) {
    return HWY_DYNAMIC_DISPATCH(choose_pattern_kernel)(lanes, shuffles);
}

}  // namespace engine
#endif
