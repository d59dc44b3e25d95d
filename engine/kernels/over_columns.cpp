// SPDX-License-Identifier: MIT
// Convolutions of either kind with few filters and few channels: vectors of neighbouring outputs in a row.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/over_columns.cpp"
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

/// One piece of an output row: `count` outputs of each phase from `begin` on.
struct Segment {
    const ColumnWork& work;
    const CellRun& rows;
    ptrdiff_t begin;
    ptrdiff_t count;
};

/// Cells first, first + step, … of one channel of an input row as a plane of `length` floats; 0 beyond the rim.
void fill_plane(const float* row, ptrdiff_t pixel, ptrdiff_t columns, ptrdiff_t first,
                ptrdiff_t step, ptrdiff_t length, float* plane) {
    const ptrdiff_t begin = std::min(length, first < 0 ? (-first + step - 1) / step : 0);
    const ptrdiff_t end = std::clamp((columns - first + step - 1) / step, begin,
                                     length);  // first cell beyond the rim
    std::fill_n(plane, begin, 0.0F);
    if (begin < end) {
        const float* from = row + (first + begin * step) * pixel;
        const ptrdiff_t stride = step * pixel;
        if (stride == 1)
            std::copy_n(from, end - begin, plane + begin);
        else
            for (ptrdiff_t i = 0; i < end - begin; ++i) plane[begin + i] = from[i * stride];
    }
    std::fill_n(plane + end, length - end, 0.0F);
}

/// Where each plane of the segment is found, by (row meeting, channel, plane): in the input itself if it lies
/// there just so, else in `scratch`.
void find_planes(const Segment& segment, const float* input, ptrdiff_t out_row, float* scratch,
                 const float** planes) {
    const ColumnWork& work = segment.work;
    const Convolution& shape = work.shape;
    const ptrdiff_t step = shape.lattice.in_step;
    const ptrdiff_t first = (segment.begin + work.first_shift) * step;
    const bool in_place = shape.input_pixel == 1 && step == 1 && first >= 0 &&
                          first + work.plane_length <= shape.in_columns;
    for (const Meeting& meeting : segment.rows.meetings) {
        const float* row =
            input + (meeting.input + out_row * segment.rows.in_step) * shape.input_row;
        for (int channel = 0; channel < shape.channels; ++channel)
            for (int plane = 0; plane < work.planes; ++plane) {
                if (in_place) {
                    *planes++ = row + first;
                    continue;
                }
                fill_plane(row + channel, shape.input_pixel, shape.in_columns, first + plane, step,
                           work.plane_length, scratch);
                *planes++ = scratch;
                scratch += work.plane_length;
            }
    }
}

/// One product of every output of a phase: a weight times the plane from there on.
struct Term {
    float weight;
    const float* plane;
};

/// The products of one phase and filter; says how many.
int find_terms(const Segment& segment, const std::vector<ColumnWork::Tap>& taps,
               const float* const* planes, const float* weights, Term* terms) {
    const Convolution& shape = segment.work.shape;
    const Term* const first = terms;
    for (const Meeting& meeting : segment.rows.meetings) {
        const float* row_weights =
            weights + ptrdiff_t{meeting.tap} * shape.kernel_columns * shape.channels;
        for (const ColumnWork::Tap& tap : taps)
            for (int channel = 0; channel < shape.channels; ++channel)
                *terms++ = {
                    row_weights[ptrdiff_t{tap.tap} * shape.channels + channel],
                    planes[ptrdiff_t{channel} * segment.work.planes + tap.plane] + tap.shift};
        planes += ptrdiff_t{shape.channels} * segment.work.planes;
    }
    return static_cast<int>(terms - first);
}

/// `B` vectors of outputs of one phase and filter, from output `at` on.
template <int B>
void add_terms(const Term* terms, int count, float bias, ptrdiff_t at, float* stream) {
    const D d;
    hn::Vec<D> sums[B];
    for (int b = 0; b < B; ++b) sums[b] = hn::Set(d, bias);
    for (int t = 0; t < count; ++t) {
        const auto weight = hn::Set(d, terms[t].weight);
        const float* plane = terms[t].plane + at;
        for (int b = 0; b < B; ++b)
            sums[b] = hn::MulAdd(weight, hn::LoadU(d, plane + b * lanes), sums[b]);
    }
    for (int b = 0; b < B; ++b) hn::Store(sums[b], d, stream + at + b * lanes);
}

/// Lays `streams` rows of sums side by side: out[i * pitch + s] = sums[s * length + i].
void weave(const float* sums, ptrdiff_t length, ptrdiff_t streams, ptrdiff_t count, float* out) {
    const D d;
    ptrdiff_t i = 0;
    const float* s0 = sums;
    const float* s1 = sums + length;
    const float* s2 = sums + 2 * length;
    const float* s3 = sums + 3 * length;
    switch (streams) {
        case 1:
            std::copy_n(sums, count, out);
            return;
        case 2:
            for (; i + lanes <= count; i += lanes)
                hn::StoreInterleaved2(hn::Load(d, s0 + i), hn::Load(d, s1 + i), d, out + 2 * i);
            break;
        case 3:
            for (; i + lanes <= count; i += lanes)
                hn::StoreInterleaved3(hn::Load(d, s0 + i), hn::Load(d, s1 + i), hn::Load(d, s2 + i),
                                      d, out + 3 * i);
            break;
        case 4:
            for (; i + lanes <= count; i += lanes)
                hn::StoreInterleaved4(hn::Load(d, s0 + i), hn::Load(d, s1 + i), hn::Load(d, s2 + i),
                                      hn::Load(d, s3 + i), d, out + 4 * i);
            break;
        default:
            break;
    }
    for (; i < count; ++i)
        for (ptrdiff_t s = 0; s < streams; ++s) out[i * streams + s] = sums[s * length + i];
}

/// One row of one group. `output` is the row's first number of the group.
void over_row(const Segment& segment, int group, const float* const* planes, float* output) {
    alignas(64) float sums[ColumnWork::weave_floats];
    Term terms[ColumnWork::max_terms];
    const ColumnWork& work = segment.work;
    const Convolution& shape = work.shape;
    const ptrdiff_t phases = static_cast<ptrdiff_t>(work.phases.size());
    const ptrdiff_t filter_weights = ptrdiff_t{shape.taps()} * shape.channels;
    for (ptrdiff_t phase = 0; phase < phases; ++phase)
        for (ptrdiff_t filter = 0; filter < shape.filters; ++filter) {
            const auto& taps = work.phases[static_cast<std::size_t>(phase)];
            const ptrdiff_t index = group * shape.filters + filter;
            const float* weights = work.weights.data() + index * filter_weights;
            const float bias = work.bias[static_cast<std::size_t>(index)];
            float* stream = sums + (phase * shape.filters + filter) * work.segment;
            const int count = find_terms(segment, taps, planes, weights, terms);
            ptrdiff_t at = 0;
            for (; at + 7 * lanes < segment.count; at += 8 * lanes)
                add_terms<8>(terms, count, bias, at, stream);
            for (; at + lanes < segment.count; at += 2 * lanes)
                add_terms<2>(terms, count, bias, at, stream);
            if (at < segment.count) add_terms<1>(terms, count, bias, at, stream);
        }

    // Outputs begin * phases … of the row; the last ones may lack their last phases.
    float* out = output + segment.begin * phases * shape.output_pixel;
    const ptrdiff_t cells =
        std::min(segment.count * phases, shape.out_columns - segment.begin * phases);
    const ptrdiff_t whole = shape.groups == 1 ? cells / phases : 0;
    if (whole > 0) weave(sums, work.segment, phases * shape.filters, whole, out);
    for (ptrdiff_t cell = whole * phases; cell < cells; ++cell)
        for (ptrdiff_t filter = 0; filter < shape.filters; ++filter)
            out[cell * shape.output_pixel + filter] =
                sums[(cell % phases * shape.filters + filter) * work.segment + cell / phases];
}

/// Of each row, in rows of sums; laying planes out and weaving count as one.
ptrdiff_t row_cost(const CellRun& rows) { return static_cast<ptrdiff_t>(rows.meetings.size()) + 1; }

void over_columns(const ColumnWork& work, Share share, const float* input, float* output) {
    alignas(64) float scratch[ColumnWork::plane_floats];
    const float* planes[ColumnWork::max_planes];
    const Convolution& shape = work.shape;
    const ptrdiff_t phases = static_cast<ptrdiff_t>(work.phases.size());
    const ptrdiff_t outputs = (shape.out_columns + phases - 1) / phases;
    ptrdiff_t total = 0;
    for (const CellRun& rows : shape.rows) total += rows.count * row_cost(rows);
    Part part(share, total);
    for (const CellRun& rows : shape.rows) {
        const Part::Range range = part.next(rows.count, row_cost(rows));
        for (ptrdiff_t i = range.begin; i < range.end; ++i)
            for (int group = 0; group < shape.groups; ++group)
                for (ptrdiff_t begin = 0; begin < outputs; begin += work.segment) {
                    const Segment segment{work, rows, begin,
                                          std::min<ptrdiff_t>(work.segment, outputs - begin)};
                    find_planes(segment, input + group * shape.channels, i, scratch, planes);
                    over_row(segment, group, planes,
                             output + (rows.out_begin + i * rows.out_step) * shape.output_row +
                                 group * shape.filters);
                }
    }
}

Kernel<ColumnWork> choose_column_kernel() { return &over_columns; }

}  // namespace HWY_NAMESPACE
}  // namespace engine
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine {

HWY_EXPORT(choose_column_kernel);

Kernel<ColumnWork> column_kernel() { return HWY_DYNAMIC_DISPATCH(choose_column_kernel)(); }

}  // namespace engine
#endif
