// SPDX-License-Identifier: MIT
// Small layers as a sparse matrix, a vector of outputs at a time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_outputs.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include "engine/kernels/work.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <std::size_t most>
void multiply(const MatrixWork& work, Share /*always the whole*/, const float* input,
              float* output) {
    const hn::CappedTag<float, most> d;
    constexpr std::ptrdiff_t lanes = hn::MaxLanes(hn::CappedTag<float, most>());
    const float* bias = work.bias.data();
    const float* weights = work.weights.data();
    const std::int32_t* inputs = work.inputs.data();
    for (const MatrixWork::Block& block : work.blocks) {
        auto sum = hn::Load(d, bias);
        bias += lanes;
        for (std::ptrdiff_t term = block.first_term; term < block.end_term; ++term) {
            sum = hn::MulAdd(hn::Set(d, input[inputs[term]]), hn::Load(d, weights), sum);
            weights += lanes;
        }
        hn::StoreU(sum, d, output + block.first_output);
    }
}

Kernel<MatrixWork> choose_matrix_kernel(int lanes) {
    if (lanes >= 16) return &multiply<16>;
    if (lanes >= 8) return &multiply<8>;
    if (lanes >= 4) return &multiply<4>;
    if (lanes >= 2) return &multiply<2>;
    return &multiply<1>;
}

template <std::size_t most>
void shuffle(const ShuffleWork& work, Share /*always the whole*/, const float* input,
             float* output) {
    const hn::CappedTag<float, most> d;
    const hn::RebindToSigned<decltype(d)> places;
    constexpr std::ptrdiff_t lanes = hn::MaxLanes(hn::CappedTag<float, most>());
    const float* bias = work.bias.data();
    const float* terms = work.terms.data();
    std::ptrdiff_t term = 0;
    for (const ShuffleWork::Block& block : work.blocks) {
        auto sum = hn::Load(d, bias);
        bias += lanes;
        for (; term < block.end_term; ++term) {
            const auto shuffles = hn::BitCast(places, hn::Load(d, terms));
            const auto shuffled = hn::TableLookupLanes(hn::LoadU(d, input + work.windows[term]),
                                                       hn::IndicesFromVec(d, shuffles));
            sum = hn::MulAdd(shuffled, hn::Load(d, terms + lanes), sum);
            terms += 2 * lanes;
        }
        hn::StoreU(sum, d, output + block.first_output);
    }
}

Kernel<ShuffleWork> choose_shuffle_kernel(int lanes) {
    if (lanes >= 16) return &shuffle<16>;
    if (lanes >= 8) return &shuffle<8>;
    return &shuffle<4>;
}

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_matrix_kernel);
HWY_EXPORT(choose_shuffle_kernel);

Kernel<MatrixWork> matrix_kernel(int lanes) {
    return HWY_DYNAMIC_DISPATCH(choose_matrix_kernel)(lanes);
}

Kernel<ShuffleWork> shuffle_kernel(int lanes) {
    return HWY_DYNAMIC_DISPATCH(choose_shuffle_kernel)(lanes);
}

}  // namespace engine
#endif
