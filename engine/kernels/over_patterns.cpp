// SPDX-License-Identifier: MIT
// Pictures made larger by a transposed layer: each vector of an output row picks its inputs from one window of each
// input row.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_patterns.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include "engine/kernels/work.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::ptrdiff_t;

/// One output row's part in a span: `picks` products of each lane with each input row.
template <std::size_t most, int picks>
struct PatternRow {
    using D = hn::CappedTag<float, most>;
    static constexpr ptrdiff_t lanes = hn::MaxLanes(D());
    using Places = decltype(hn::IndicesFromVec(D(), hn::Zero(hn::RebindToSigned<D>())));

    const PatternWork& work;
    std::span<const Meeting> meetings;
    const float* input;
    float* output;

    /// `B` blocks of the span at once, so that each weight is loaded once for them.
    template <int B>
    void blocks(ptrdiff_t first, const float* in, const float* weights, const float* bias,
                const Places (&places)[picks], float* out) const {
        const D d;
        hn::Vec<D> sums[B];
        const auto start = hn::Load(d, bias);
        for (int b = 0; b < B; ++b) sums[b] = start;
        for (const Meeting& meeting : meetings) {
            const float* row = in + meeting.input * work.input_row + first * work.in_step;
            const float* of_tap = weights + ptrdiff_t{meeting.tap} * picks * lanes;
            hn::Vec<D> windows[B];
            for (int b = 0; b < B; ++b) windows[b] = hn::LoadU(d, row + b * work.in_step);
            for (int pick = 0; pick < picks; ++pick) {
                const auto weight = hn::Load(d, of_tap + pick * lanes);
                for (int b = 0; b < B; ++b)
                    sums[b] =
                        hn::MulAdd(hn::TableLookupLanes(windows[b], places[pick]), weight, sums[b]);
            }
        }
        for (int b = 0; b < B; ++b) hn::StoreU(sums[b], d, out + (first + b) * work.out_step);
    }

    void span(std::size_t index) const {
        const D d;
        const hn::RebindToSigned<D> integers;
        const PatternWork::Span& span = work.spans[index];
        const auto at = static_cast<ptrdiff_t>(index);
        const float* weights = work.weights.data() + at * work.kernel_rows * picks * lanes;
        const float* bias = work.bias.data() + at * lanes;
        Places places[picks];
        for (int pick = 0; pick < picks; ++pick)
            places[pick] = hn::IndicesFromVec(
                d, hn::BitCast(integers,
                               hn::Load(d, work.places.data() + (at * picks + pick) * lanes)));
        const float* in = input + span.window;
        float* out = output + span.first_output;
        ptrdiff_t block = 0;
        for (; block + 4 <= span.count; block += 4)
            blocks<4>(block, in, weights, bias, places, out);
        for (; block < span.count; ++block) blocks<1>(block, in, weights, bias, places, out);
    }
};

template <std::size_t most, int picks>
void over_patterns(const PatternWork& work, Share share, const float* input, float* output) {
    const ptrdiff_t rows = work.rows.outputs();
    for (ptrdiff_t row = share.begin(rows); row < share.end(rows); ++row) {
        const PatternRow<most, picks> part{work, work.rows.of(static_cast<int>(row)), input,
                                           output + row * work.output_row};
        for (std::size_t span = 0; span < work.spans.size(); ++span) part.span(span);
    }
}

template <std::size_t most>
Kernel<PatternWork> of_lanes(int picks) {
    static_assert(PatternWork::max_picks == 4);
    switch (picks) {
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

Kernel<PatternWork> choose_pattern_kernel(int lanes, int picks) {
    if (lanes >= 16) return of_lanes<16>(picks);
    if (lanes >= 8) return of_lanes<8>(picks);
    return of_lanes<4>(picks);
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_pattern_kernel);

Kernel<PatternWork> pattern_kernel(int lanes, int picks) {
    return HWY_DYNAMIC_DISPATCH(choose_pattern_kernel)(lanes, picks);
}

}  // namespace engine
#endif
