// SPDX-License-Identifier: MIT
// Convolutions of either kind with few filters and few channels: vectors of neighbouring outputs in
// a row.
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
struct RowPiece {
    const ColumnWork& work;
    const CellRun& rows;
    ptrdiff_t begin;
    ptrdiff_t count;
};

/// Cells first, first + step, … of one channel of an input row as a plane of `length` floats; 0
/// beyond the rim.
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

/// Planes of some input rows, kept for the next output rows.
struct Ring {
    alignas(64) float scratch[ColumnWork::plane_floats];
    ptrdiff_t held[ColumnWork::max_planes];  ///< the input row in each place; -1: none yet
};

/// Where each plane of the segment is found, by (row tap pair, channel, plane): in the input itself
/// if it lies there just so, else in the ring.
void find_planes(const RowPiece& segment, const float* input, ptrdiff_t out_row, Ring& ring,
                 const float** planes) {
    const ColumnWork& work = segment.work;
    const Convolution& shape = work.shape;
    const ptrdiff_t step = shape.lattice.in_step;
    const ptrdiff_t first = (segment.begin + work.first_shift) * step;
    const bool in_place = shape.input_pixel == 1 && step == 1 && first >= 0 &&
                          first + work.plane_length <= shape.in_columns;
    for (const TapPair& tap_pair : segment.rows.tap_pairs) {
        const ptrdiff_t in_row = tap_pair.input + out_row * segment.rows.in_step;
        const float* row = input + in_row * shape.input_row;
        if (in_place) {
            *planes++ = row + first;
            continue;
        }
        const ptrdiff_t place = in_row % work.ring_rows;
        float* plane = ring.scratch + place * shape.channels * work.planes * work.plane_length;
        const bool held = ring.held[place] == in_row;
        ring.held[place] = in_row;
        for (int channel = 0; channel < shape.channels; ++channel)
            for (int p = 0; p < work.planes; ++p, plane += work.plane_length) {
                if (!held)
                    fill_plane(row + channel, shape.input_pixel, shape.in_columns, first + p, step,
                               work.plane_length, plane);
                *planes++ = plane;
            }
    }
}

/// A plane from the first input on that a row of outputs meets there, and a weight for each stream.
struct Term {
    const float* plane;
    const float* weights;
};

/// Says how many there are.
int find_terms(const RowPiece& segment, int group, const float* const* planes, Term* terms) {
    const ColumnWork& work = segment.work;
    const ptrdiff_t channels = work.shape.channels;
    const ptrdiff_t streams = work.streams();
    const ptrdiff_t of_channel = static_cast<ptrdiff_t>(work.loads.size()) * streams;
    const Term* const first = terms;
    for (const TapPair& tap_pair : segment.rows.tap_pairs) {
        const float* weights =
            work.weights.data() +
            (ptrdiff_t{group} * work.shape.kernel_rows + tap_pair.tap) * channels * of_channel;
        for (ptrdiff_t channel = 0; channel < channels; ++channel, planes += work.planes)
            for (const ColumnWork::Load& load : work.loads) {
                *terms++ = {planes[load.plane] + load.shift, weights};
                weights += streams;
            }
    }
    return static_cast<int>(terms - first);
}

/// Numbers of up to four vectors in turn.
template <int N>
HWY_INLINE void interleave(const hn::Vec<D> (&v)[N], float* out) {
    const D d;
    if constexpr (N == 1)
        hn::StoreU(v[0], d, out);
    else if constexpr (N == 2)
        hn::StoreInterleaved2(v[0], v[1], d, out);
    else if constexpr (N == 3)
        hn::StoreInterleaved3(v[0], v[1], v[2], d, out);
    else
        hn::StoreInterleaved4(v[0], v[1], v[2], v[3], d, out);
}

/// Lays the vectors of `S` streams side by side. Of more than four, those that lie three or four
/// apart are zipped first, so that three or four are left.
template <int S>
HWY_INLINE void store_interleaved(const hn::Vec<D> (&sums)[S], float* out) {
    if constexpr (S <= 4) {
        interleave<S>(sums, out);
    } else {
        const D d;
        constexpr int zips = S % 3 == 0 ? 3 : 4;
        constexpr int zipped_together = S / zips;
        alignas(64) float zipped[S * lanes];
        HWY_UNROLL(4)
        for (int z = 0; z < zips; ++z) {
            hn::Vec<D> apart[zipped_together];
            HWY_UNROLL(4)
            for (int i = 0; i < zipped_together; ++i) apart[i] = sums[z + i * zips];
            interleave<zipped_together>(apart, zipped + z * zipped_together * lanes);
        }
        HWY_UNROLL(4)
        for (int part = 0; part < zipped_together; ++part) {
            hn::Vec<D> of_zips[zips];
            HWY_UNROLL(4)
            for (int z = 0; z < zips; ++z)
                of_zips[z] = hn::Load(d, zipped + (z * zipped_together + part) * lanes);
            interleave<zips>(of_zips, out + part * zips * lanes);
        }
    }
}

/// The sums of one segment: terms, and where they go.
struct Sums {
    const Term* terms;
    int count;
    const float* bias;
    float* scratch;             ///< (stream, output): where they are not interleaved at once
    ptrdiff_t length;           ///< of a stream in scratch
    float* interleaved;         ///< null: none
    ptrdiff_t interleaved_end;  ///< outputs that may be interleaved
};

/// `B` vectors of `S` streams, from output `at` on. Unrolled, so that no sum is kept in memory.
template <int S, int B>
void add_terms(const Sums& job, ptrdiff_t stream, ptrdiff_t at) {
    const D d;
    hn::Vec<D> sums[B][S];
    HWY_UNROLL(12)
    for (int b = 0; b < B; ++b) HWY_UNROLL(12)
    for (int s = 0; s < S; ++s) sums[b][s] = hn::Set(d, job.bias[stream + s]);
    for (int t = 0; t < job.count; ++t) {
        const float* plane = job.terms[t].plane + at;
        const float* weights = job.terms[t].weights + stream;
        hn::Vec<D> values[B];
        HWY_UNROLL(12)
        for (int b = 0; b < B; ++b) values[b] = hn::LoadU(d, plane + b * lanes);
        HWY_UNROLL(12)
        for (int s = 0; s < S; ++s) {
            const auto weight = hn::Set(d, weights[s]);
            HWY_UNROLL(12)
            for (int b = 0; b < B; ++b) sums[b][s] = hn::MulAdd(weight, values[b], sums[b][s]);
        }
    }
    if (at + B * lanes > job.interleaved_end) {
        HWY_UNROLL(12)
        for (int b = 0; b < B; ++b) HWY_UNROLL(12)
        for (int s = 0; s < S; ++s)
            hn::Store(sums[b][s], d, job.scratch + (stream + s) * job.length + at + b * lanes);
        return;
    }
    float* interleaved = job.interleaved + at * S;
    HWY_UNROLL(12)
    for (int b = 0; b < B; ++b) store_interleaved<S>(sums[b], interleaved + b * lanes * S);
}

/// All outputs of `S` streams.
template <int S>
void add_streams(const Sums& job, ptrdiff_t stream, ptrdiff_t outputs) {
    constexpr ptrdiff_t most = S == 1 ? 8 : S == 2 ? 4 : S >= 8 ? 1 : 2;
    // The last one alone may have to be kept back.
    ptrdiff_t at = 0;
    for (; at + most * lanes <= std::max(outputs - lanes, job.interleaved_end); at += most * lanes)
        add_terms<S, most>(job, stream, at);
    for (; at < outputs; at += lanes) add_terms<S, 1>(job, stream, at);
}

/// `streams` is 1 to 4, or what can be interleaved.
void add_streams(const Sums& job, ptrdiff_t streams, ptrdiff_t first, ptrdiff_t outputs) {
    switch (streams) {
        case 1:
            return add_streams<1>(job, first, outputs);
        case 2:
            return add_streams<2>(job, first, outputs);
        case 3:
            return add_streams<3>(job, first, outputs);
        case 4:
            return add_streams<4>(job, first, outputs);
        case 6:
            return add_streams<6>(job, first, outputs);
        case 8:
            return add_streams<8>(job, first, outputs);
        case 9:
            return add_streams<9>(job, first, outputs);
        default:
            return add_streams<12>(job, first, outputs);
    }
}

/// Any number of streams, four at a time: out[i * streams + s] = scratch[s * length + i] for as
/// many outputs as it can without writing beyond `count` of them; says how many.
ptrdiff_t interleave_by_fours(const float* scratch, ptrdiff_t length, ptrdiff_t streams,
                              ptrdiff_t count, float* out) {
    constexpr ptrdiff_t most_fours = 16;
    const ptrdiff_t fours = (streams + 3) / 4;
    if (fours > most_fours || lanes < 4) return 0;
    const D d;
    const hn::CappedTag<float, 4> four;
    alignas(64) float interleaved[most_fours * 4 * lanes];
    const auto stream = [&](ptrdiff_t s, ptrdiff_t i) HWY_ATTR {
        return hn::Load(d, scratch + std::min(s, streams - 1) * length + i);
    };
    ptrdiff_t i = 0;
    for (; i + lanes < count; i += lanes) {
        for (ptrdiff_t f = 0; f < fours; ++f)
            hn::StoreInterleaved4(stream(4 * f, i), stream(4 * f + 1, i), stream(4 * f + 2, i),
                                  stream(4 * f + 3, i), d, interleaved + f * 4 * lanes);
        // What the last four hold beyond an output is overwritten by the next.
        for (ptrdiff_t k = 0; k < lanes; ++k, out += streams)
            for (ptrdiff_t f = 0; f < fours; ++f)
                hn::StoreU(hn::Load(four, interleaved + (f * lanes + k) * 4), four, out + 4 * f);
    }
    return i;
}

/// One row of one group. `output` is the row's first number of the group.
void over_row(const RowPiece& segment, int group, const float* const* planes, float* output) {
    alignas(64) float scratch[ColumnWork::interleaved_floats];
    Term terms[ColumnWork::max_loads];
    const ColumnWork& work = segment.work;
    const Convolution& shape = work.shape;
    const ptrdiff_t phases = work.phases;
    const ptrdiff_t streams = work.streams();
    // Outputs begin * phases … of the row; the last ones may lack their last phases.
    float* out = output + segment.begin * phases * shape.output_pixel;
    const ptrdiff_t cells =
        std::min(segment.count * phases, shape.out_columns - segment.begin * phases);
    const bool interleaves = shape.groups == 1 && ColumnWork::can_interleave(work.streams());
    const ptrdiff_t interleaved_end = interleaves ? cells / phases : 0;
    const Sums job{terms,
                   find_terms(segment, group, planes, terms),
                   work.bias.data() + group * streams,
                   scratch,
                   work.segment,
                   out,
                   interleaved_end};
    for (ptrdiff_t stream = 0; stream < streams;) {
        const ptrdiff_t next = interleaves ? streams : std::min<ptrdiff_t>(streams - stream, 4);
        add_streams(job, next, stream, segment.count);
        stream += next;
    }
    ptrdiff_t done = interleaved_end / lanes * lanes;
    if (shape.groups == 1 && !interleaves)
        done = interleave_by_fours(scratch, work.segment, streams, cells / phases, out);
    // What did not fill a vector, or all.
    const ptrdiff_t filters = shape.filters;
    for (ptrdiff_t i = done, cell = i * phases; cell < cells; ++i)
        for (ptrdiff_t phase = 0; phase < phases && cell < cells; ++phase, ++cell) {
            const float* from = scratch + phase * filters * work.segment + i;
            float* to = out + cell * shape.output_pixel;
            for (ptrdiff_t filter = 0; filter < filters; ++filter)
                to[filter] = from[filter * work.segment];
        }
}

/// Of each row, in rows of sums; laying planes out and interleaving count as one.
ptrdiff_t row_cost(const CellRun& rows) {
    return static_cast<ptrdiff_t>(rows.tap_pairs.size()) + 1;
}

void over_columns(const ColumnWork& work, Share share, const float* input, float* output) {
    Ring ring;
    const float* planes[ColumnWork::max_planes];
    const Convolution& shape = work.shape;
    const ptrdiff_t phases = work.phases;
    const ptrdiff_t outputs = (shape.out_columns + phases - 1) / phases;
    ptrdiff_t total = 0;
    for (const CellRun& rows : shape.rows) total += rows.count * row_cost(rows);
    Part part(share, total);
    for (const CellRun& rows : shape.rows) {
        const Part::Range range = part.next(rows.count, row_cost(rows));
        for (int group = 0; group < shape.groups; ++group)
            for (ptrdiff_t begin = 0; begin < outputs; begin += work.segment) {
                const RowPiece segment{work, rows, begin,
                                       std::min<ptrdiff_t>(work.segment, outputs - begin)};
                std::fill_n(ring.held, work.ring_rows, -1);
                for (ptrdiff_t i = range.begin; i < range.end; ++i) {
                    find_planes(segment, input + group * shape.channels, i, ring, planes);
                    over_row(segment, group, planes,
                             output + (rows.out_begin + i * rows.out_step) * shape.output_row +
                                 group * shape.filters);
                }
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
