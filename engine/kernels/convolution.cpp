// SPDX-License-Identifier: MIT
#include "engine/kernels/convolution.h"

#include <algorithm>

namespace engine {

namespace {

/// What distinguishes the two directions along one axis: tap t of output o reads the input at
/// (o * in_step + offset + t * tap_step) / out_step, where that is whole. A convolution has out_step 1, a
/// transposed one in_step 1.
struct Direction {
    int in_step, out_step, offset, tap_step;
};

Direction forwards(const Axis& axis) { return {axis.stride, 1, -axis.pad_before, axis.dilation}; }
Direction backwards(const Axis& axis) { return {1, axis.stride, axis.crop_before, -axis.dilation}; }

void find_meetings(const Axis& axis, const Direction& d, int output, std::vector<Meeting>& found) {
    found.clear();
    for (int tap = 0; tap < axis.kernel; ++tap) {
        const int scaled = output * d.in_step + d.offset + tap * d.tap_step;
        if (scaled < 0 || scaled % d.out_step != 0) continue;
        if (scaled / d.out_step < axis.in) found.push_back({tap, scaled / d.out_step});
    }
}

/// Would one more output with these meetings go on as the run does?
bool continues(const CellRun& run, const std::vector<Meeting>& meetings) {
    const int advance = run.count * run.in_step;
    return std::equal(run.meetings.begin(), run.meetings.end(), meetings.begin(), meetings.end(),
                      [advance](const Meeting& first, const Meeting& next) {
                          return next == Meeting{first.tap, first.input + advance};
                      });
}

std::vector<CellRun> runs(const Axis& axis, const Direction& d) {
    std::vector<CellRun> found;
    std::vector<Meeting> meetings;
    for (int phase = 0; phase < std::min(d.out_step, axis.out); ++phase)
        for (int output = phase; output < axis.out; output += d.out_step) {
            find_meetings(axis, d, output, meetings);
            if (output != phase && continues(found.back(), meetings))
                ++found.back().count;
            else
                found.push_back({output, d.out_step, 1, d.in_step, meetings});
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

/// Everything but weights: both kinds of convolution of a feature map.
Convolution over_map(const Geometry& geometry, int groups, bool transposed) {
    const auto direction = transposed ? backwards : forwards;
    const Shape& in = geometry.input;
    const Shape& out = geometry.output;
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
    c.kernel_rows = geometry.rows.kernel;
    c.kernel_columns = geometry.columns.kernel;
    c.rows = runs(geometry.rows, direction(geometry.rows));
    c.columns = runs(geometry.columns, direction(geometry.columns));
    c.lattice = lattice(geometry.columns, direction(geometry.columns));
    return c;
}

void attach(Convolution& convolution, const Weights& weights, bool use_bias) {
    convolution.kernel = weights.kernel.data();
    convolution.bias = use_bias ? weights.bias.data() : nullptr;
}

}  // namespace

double Convolution::multiply_adds() const {
    const auto products = [](const std::vector<CellRun>& runs) {
        double sum = 0;
        for (const CellRun& run : runs) sum += static_cast<double>(run.meetings.size()) * run.count;
        return sum;
    };
    return products(rows) * products(columns) * channels * filters;
}

Convolution describe(const Conv2D& spec, const Geometry& geometry, const Weights& weights) {
    Convolution c = over_map(geometry, spec.groups, false);
    attach(c, weights, spec.use_bias);  // (kh, kw, in / groups, filters)
    c.filter_stride = 1;
    c.channel_stride = c.total_filters();
    c.tap_stride = c.channel_stride * c.channels;
    c.group_stride = c.filters;
    return c;
}

Convolution describe(const Conv2DTranspose& spec, const Geometry& geometry,
                     const Weights& weights) {
    Convolution c = over_map(geometry, spec.groups, true);
    attach(c, weights, spec.use_bias);  // (kh, kw, filters / groups, in)
    c.channel_stride = 1;
    c.filter_stride = geometry.input.channels();
    c.tap_stride = c.filter_stride * c.filters;
    c.group_stride = c.channels;
    return c;
}

Convolution describe(const Dense& spec, const Geometry& geometry, const Weights& weights) {
    const int in = geometry.input[geometry.input.rank() - 1];
    const int vectors = static_cast<int>(geometry.input.count() / in);
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
