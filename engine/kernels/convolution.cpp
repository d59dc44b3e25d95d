// SPDX-License-Identifier: MIT
#include "engine/kernels/convolution.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace engine {

namespace {

/// What distinguishes the two directions along one axis: tap t of output o reads the input at
/// (o * in_step + offset + t * tap_step) / out_step, where that is whole. A convolution has
/// out_step 1, a transposed one in_step 1.
struct Direction {
    int in_step, out_step, offset, tap_step;
};

Direction forwards(const Axis& axis) { return {axis.stride, 1, -axis.pad_before, axis.dilation}; }
Direction backwards(const Axis& axis) { return {1, axis.stride, axis.crop_before, -axis.dilation}; }

/// Would one more output with these tap pairs go on as the run does?
bool continues(const CellRun& run, const std::vector<TapPair>& tap_pairs) {
    const int advance = run.count * run.in_step;
    return std::equal(run.tap_pairs.begin(), run.tap_pairs.end(), tap_pairs.begin(),
                      tap_pairs.end(), [advance](const TapPair& first, const TapPair& next) {
                          return next == TapPair{first.tap, first.input + advance};
                      });
}

/// The taps that meet a cell of the input when 0 lies at `origin`: neighbours, as deltas only
/// ascend or only descend.
std::span<const Lattice::Tap> reaching(const std::vector<Lattice::Tap>& taps, int origin, int in) {
    const bool ascending = taps.empty() || taps.front().delta <= taps.back().delta;
    const auto before = [&](const Lattice::Tap& tap) {
        return ascending ? origin + tap.delta < 0 : origin + tap.delta >= in;
    };
    const auto not_beyond = [&](const Lattice::Tap& tap) {
        return ascending ? origin + tap.delta < in : origin + tap.delta >= 0;
    };
    const auto begin = std::partition_point(taps.begin(), taps.end(), before);
    return {begin, std::partition_point(begin, taps.end(), not_beyond)};
}

/// What the lattice says of `out` outputs, with the taps left out that meet none of `in` inputs.
std::vector<CellRun> runs(const Lattice& lattice, int in, int out) {
    std::vector<CellRun> found;
    std::vector<TapPair> tap_pairs;
    const int phases = static_cast<int>(lattice.phases.size());
    for (int phase = 0; phase < phases; ++phase)
        for (int output = phase; output < out; output += phases) {
            const int origin = output / phases * lattice.in_step;
            tap_pairs.clear();
            for (const Lattice::Tap& tap :
                 reaching(lattice.phases[static_cast<std::size_t>(phase)], origin, in))
                tap_pairs.push_back({tap.tap, origin + tap.delta});
            if (output != phase && continues(found.back(), tap_pairs))
                ++found.back().count;
            else
                found.push_back({output, phases, 1, lattice.in_step, tap_pairs});
        }
    return found;
}

Lattice lattice(const Axis& axis, const Direction& d) {
    Lattice found;
    found.in_step = d.in_step;
    found.phases.resize(static_cast<std::size_t>(std::min(d.out_step, axis.out)));
    for (int phase = 0; phase < static_cast<int>(found.phases.size()); ++phase) {
        const int last = (axis.out - 1 - phase) / d.out_step * d.in_step;
        for (int tap = 0; tap < axis.kernel; ++tap) {
            const int scaled = phase * d.in_step + d.offset + tap * d.tap_step;
            if (scaled % d.out_step != 0) continue;
            const int delta = scaled / d.out_step;
            if (delta < axis.in && delta + last >= 0)
                found.phases[static_cast<std::size_t>(phase)].push_back({tap, delta});
        }
    }
    return found;
}

/// Everything but weights and kernel sizes: a layer between feature maps.
Convolution over_map(const Shape& in, const Shape& out, int groups, const Lattice& rows,
                     const Lattice& columns) {
    Convolution c;
    c.groups = groups;
    c.channels = in.channels() / groups;
    c.filters = out.channels() / groups;
    c.input_pixel = in.channels();
    c.input_row = c.input_pixel * in.width();
    c.output_pixel = out.channels();
    c.output_row = c.output_pixel * out.width();
    c.in_rows = in.height();
    c.in_columns = in.width();
    c.out_rows = out.height();
    c.out_columns = out.width();
    c.rows = runs(rows, in.height(), out.height());
    c.columns = runs(columns, in.width(), out.width());
    c.lattice = columns;
    return c;
}

/// Both kinds of convolution.
Convolution over_map(const Geometry& geometry, int groups, bool transposed) {
    const auto direction = transposed ? backwards : forwards;
    Convolution c = over_map(geometry.input, geometry.output, groups,
                             lattice(geometry.rows, direction(geometry.rows)),
                             lattice(geometry.columns, direction(geometry.columns)));
    c.kernel_rows = geometry.rows.kernel;
    c.kernel_columns = geometry.columns.kernel;
    return c;
}

/// Along one axis, the taps of a convolution behind UpSampling2D by `factor` that read the same
/// source cell for the same outputs: merged tap k stands for the taps sources[k].
struct MergedAxis {
    Lattice lattice;
    std::vector<std::vector<int>> sources;

    MergedAxis(const Axis& convolved, int factor) {
        lattice.phases.resize(static_cast<std::size_t>(std::min(factor, convolved.out)));
        for (int phase = 0; phase < static_cast<int>(lattice.phases.size()); ++phase) {
            auto& taps = lattice.phases[static_cast<std::size_t>(phase)];
            for (int tap = 0; tap < convolved.kernel; ++tap) {
                const int cell = phase + tap * convolved.dilation - convolved.pad_before;
                const int delta = (cell - ((cell % factor) + factor) % factor) / factor;
                if (taps.empty() || taps.back().delta != delta) {
                    taps.push_back({static_cast<int>(sources.size()), delta});
                    sources.emplace_back();
                }
                sources.back().push_back(tap);
            }
        }
    }
};

void attach(Convolution& convolution, const WeightsView& weights, bool use_bias) {
    convolution.kernel = weights.kernel.data();
    convolution.bias = use_bias ? weights.bias.data() : nullptr;
}

}  // namespace

double Convolution::multiply_adds() const {
    const auto products = [](const std::vector<CellRun>& runs) {
        double sum = 0;
        for (const CellRun& run : runs)
            sum += static_cast<double>(run.tap_pairs.size()) * run.count;
        return sum;
    };
    return products(rows) * products(columns) * channels * filters;
}

int Convolution::rows_needed() const {
    int most = 1;
    for (const CellRun& run : rows) {
        if (run.tap_pairs.empty()) continue;
        const auto [low, high] = std::ranges::minmax(run.tap_pairs, {}, &TapPair::input);
        most = std::max(most, high.input - low.input + 1);
    }
    return most;
}

OutputTapPairs::OutputTapPairs(const std::vector<CellRun>& runs, int outputs)
    : m_begin(static_cast<std::size_t>(outputs) + 1) {
    for (const CellRun& run : runs)
        for (int i = 0; i < run.count; ++i)
            m_begin[static_cast<std::size_t>(run.out_begin + i * run.out_step) + 1] =
                static_cast<int>(run.tap_pairs.size());
    std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
    m_tap_pairs.resize(static_cast<std::size_t>(m_begin.back()));
    for (const CellRun& run : runs) {
        // Taps ascend, so inputs only ascend or only descend.
        const bool descending =
            !run.tap_pairs.empty() && run.tap_pairs.front().input > run.tap_pairs.back().input;
        for (int i = 0; i < run.count; ++i) {
            const int output = run.out_begin + i * run.out_step;
            TapPair* to = m_tap_pairs.data() + m_begin[static_cast<std::size_t>(output)];
            const auto moved = [&](const TapPair& m) {
                return TapPair{m.tap, m.input + i * run.in_step};
            };
            if (descending)
                std::transform(run.tap_pairs.rbegin(), run.tap_pairs.rend(), to, moved);
            else
                std::transform(run.tap_pairs.begin(), run.tap_pairs.end(), to, moved);
        }
    }
}

namespace {

/// (kh, kw, in / groups, filters), or the same with merged taps
void set_strides(Convolution& c) {
    c.filter_stride = 1;
    c.channel_stride = c.total_filters();
    c.tap_stride = c.channel_stride * c.channels;
    c.group_stride = c.filters;
}

}  // namespace

Convolution describe(const Conv2D& spec, const Geometry& geometry, const WeightsView& weights) {
    Convolution c = over_map(geometry, spec.groups, false);
    attach(c, weights, spec.use_bias);
    set_strides(c);
    return c;
}

std::optional<MergedConvolution> describe(const UpSampling2D& upsampling, const Geometry& upsampled,
                                          const Conv2D& spec, const Geometry& convolved,
                                          const WeightsView& weights) {
    const MergedAxis rows(convolved.rows, upsampling.size.height);
    const MergedAxis columns(convolved.columns, upsampling.size.width);
    MergedConvolution merged;
    Convolution& c = merged.convolution;
    c = over_map(upsampled.input, convolved.output, spec.groups, rows.lattice, columns.lattice);
    attach(c, weights, spec.use_bias);
    set_strides(c);
    c.kernel_rows = static_cast<int>(rows.sources.size());
    c.kernel_columns = static_cast<int>(columns.sources.size());

    if (static_cast<double>(rows.sources.size()) * static_cast<double>(columns.sources.size()) *
            static_cast<double>(c.tap_stride) >
        static_cast<double>(max_tensor_count))
        return std::nullopt;

    const auto tap_floats = static_cast<std::size_t>(c.tap_stride);
    std::vector<double> sums(tap_floats);
    merged.kernel.reserve(static_cast<std::size_t>(c.taps()) * tap_floats);
    for (const std::vector<int>& row_taps : rows.sources)
        for (const std::vector<int>& column_taps : columns.sources) {
            std::ranges::fill(sums, 0.0);
            for (const int y : row_taps)
                for (const int x : column_taps) {
                    const float* tap =
                        weights.kernel.data() +
                        (std::ptrdiff_t{y} * convolved.columns.kernel + x) * c.tap_stride;
                    for (std::size_t i = 0; i < tap_floats; ++i) sums[i] += tap[i];
                }
            for (const double sum : sums) merged.kernel.push_back(static_cast<float>(sum));
        }
    c.kernel = merged.kernel.data();
    return merged;
}

Convolution describe(const Conv2DTranspose& spec, const Geometry& geometry,
                     const WeightsView& weights) {
    Convolution c = over_map(geometry, spec.groups, true);
    attach(c, weights, spec.use_bias);  // (kh, kw, filters / groups, in)
    c.channel_stride = 1;
    c.filter_stride = geometry.input.channels();
    c.tap_stride = c.filter_stride * c.filters;
    c.group_stride = c.channels;
    return c;
}

Convolution describe(const Dense& spec, const Geometry& geometry, const WeightsView& weights,
                     int batch) {
    const int in = geometry.input[geometry.input.rank() - 1];
    const int vectors = static_cast<int>(geometry.input.count() / in) * batch;
    Geometry row_of_vectors;
    row_of_vectors.input = {1, vectors, in};
    row_of_vectors.output = {1, vectors, spec.units};
    row_of_vectors.columns.in = row_of_vectors.columns.out = vectors;
    Convolution c = over_map(row_of_vectors, 1, false);
    attach(c, weights, spec.use_bias);  // (in, units)
    c.filter_stride = 1;
    c.channel_stride = spec.units;
    return c;
}

}  // namespace engine
