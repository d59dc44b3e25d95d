// SPDX-License-Identifier: MIT
// Rows become columns: weights whose channels lie side by side, packed so that their filters do.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/transpose.cpp"
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"
// Not before Highway: this file is read once for each target.
#include "engine/kernels/work.h"

HWY_BEFORE_NAMESPACE();
namespace engine {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::ptrdiff_t;

void transpose_numbers(const float* from, ptrdiff_t stride, int rows, int first_column,
                       int end_column, int width, float* to) {
    for (int column = first_column; column < end_column; ++column)
        for (int row = 0; row < rows; ++row)
            to[ptrdiff_t{row} * width + column] = from[column * stride + row];
}

#if HWY_TARGET == HWY_SCALAR
void transpose(const float* from, ptrdiff_t stride, int rows, int columns, int width, float* to) {
    transpose_numbers(from, stride, rows, 0, columns, width, to);
}
#else
/// Four by four numbers at a time, which is what 16 bytes hold on every target.
void transpose(const float* from, ptrdiff_t stride, int rows, int columns, int width, float* to) {
    if (rows == 0) return;  // `to` may be null
    const hn::Full128<float> d;
    const hn::RepartitionToWide<decltype(d)> pairs;
    const int whole_rows = rows & ~3;
    const int whole_columns = columns & ~3;
    // The columns are far apart, often a page or more: their lines are asked for well ahead.
    constexpr int ahead = 8;
    constexpr int line = 16;
    for (int column = 0; column < whole_columns; column += 4) {
        if (column + ahead + 4 <= columns)
            for (int next = column + ahead; next < column + ahead + 4; ++next)
                for (int row = 0; row < rows; row += line)
                    hwy::Prefetch(from + next * stride + row);
        const float* source = from + column * stride;
        float* target = to + column;
        for (int row = 0; row < whole_rows; row += 4, source += 4, target += ptrdiff_t{4} * width) {
            const auto a = hn::LoadU(d, source);
            const auto b = hn::LoadU(d, source + stride);
            const auto c = hn::LoadU(d, source + 2 * stride);
            const auto e = hn::LoadU(d, source + 3 * stride);
            const auto ab_low = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
            const auto ab_high = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
            const auto ce_low = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
            const auto ce_high = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
            hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, ab_low, ce_low)), d, target);
            hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, ab_low, ce_low)), d,
                       target + width);
            hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, ab_high, ce_high)), d,
                       target + 2 * ptrdiff_t{width});
            hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, ab_high, ce_high)), d,
                       target + 3 * ptrdiff_t{width});
        }
        transpose_numbers(source, stride, rows - whole_rows, 0, 4, width, target);
    }
    transpose_numbers(from, stride, rows, whole_columns, columns, width, to);
}
#endif

Transpose choose_transpose() { return &transpose; }

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_transpose);

Transpose transpose_kernel() { return HWY_DYNAMIC_DISPATCH(choose_transpose)(); }

}  // namespace engine
#endif
