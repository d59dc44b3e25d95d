// SPDX-License-Identifier: MIT
// The oracle: every layer as the textbook writes it, summed in double in reading order, rounded
// once.
#include "engine/kernels/kernels.h"
#include "engine/layers/interpolation.h"

namespace engine::reference {

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

/// Of `count` things the first of the share, and the one after its last.
int first_of(Share share, int count) { return static_cast<int>(share.begin(count)); }
int end_of(Share share, int count) { return static_cast<int>(share.end(count)); }

std::size_t map_index(const Shape& map, int row, int column, int channel) {
    return at((std::int64_t{row} * map.width() + column) * map.channels() + channel);
}

/// Row-major index into a kernel (kh, kw, a, b).
std::size_t kernel_index(const Shape& kernel, int row, int column, int a, int b) {
    return at(((std::int64_t{row} * kernel[1] + column) * kernel[2] + a) * kernel[3] + b);
}

double bias_of(const Weights& weights, bool use_bias, int filter) {
    return use_bias ? static_cast<double>(weights.bias.data()[filter]) : 0.0;
}

/// An input cell and the tap that carries it to the output cell asked about, along one axis.
struct Join {
    int input = 0;
    int tap = 0;
};

/// For each of `count` full output cells of a transposed layer from `begin` on: the input cells
/// that reach it, in reading order.
std::vector<std::vector<Join>> joins(const Axis& axis, int begin, int count) {
    std::vector<std::vector<Join>> found(at(count));
    for (int input = 0; input < axis.in; ++input)
        for (int tap = 0; tap < axis.kernel; ++tap) {
            const int o = input * axis.stride + tap * axis.dilation - begin;
            if (o >= 0 && o < count) found[at(o)].push_back({input, tap});
        }
    return found;
}

/// The window [row_begin, row_begin + out.height()) x … of the full output.
void transpose_window(const Conv2DTranspose& spec, const Geometry& geometry, const Weights& weights,
                      const Shape& out, int row_begin, int column_begin, bool use_bias,
                      const float* input, float* output, Share share) {
    const Shape& kernel = weights.kernel.shape();
    const float* kernel_values = weights.kernel.data();
    const int group_in = geometry.input.channels() / spec.groups;
    const int group_out = spec.filters / spec.groups;
    const auto row_joins = joins(geometry.rows, row_begin, out.height());
    const auto column_joins = joins(geometry.columns, column_begin, out.width());
    for (int row = first_of(share, out.height()); row < end_of(share, out.height()); ++row)
        for (int column = 0; column < out.width(); ++column)
            for (int filter = 0; filter < spec.filters; ++filter) {
                const int group = filter / group_out;
                double sum = bias_of(weights, use_bias, filter);
                for (const Join& y : row_joins[at(row)])
                    for (const Join& x : column_joins[at(column)])
                        for (int c = 0; c < group_in; ++c) {
                            const int channel = group * group_in + c;
                            const double value =
                                input[map_index(geometry.input, y.input, x.input, channel)];
                            sum += value * kernel_values[kernel_index(kernel, y.tap, x.tap,
                                                                      filter % group_out, channel)];
                        }
                output[map_index(out, row, column, filter)] = static_cast<float>(sum);
            }
}

}  // namespace

void conv2d(const Conv2D& spec, const Geometry& geometry, const Weights& weights,
            const float* input, float* output, Share share) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    const Shape& kernel = weights.kernel.shape();
    const float* kernel_values = weights.kernel.data();
    const int group_in = geometry.input.channels() / spec.groups;
    const int group_out = spec.filters / spec.groups;
    for (int row = first_of(share, rows.out); row < end_of(share, rows.out); ++row)
        for (int column = 0; column < columns.out; ++column)
            for (int filter = 0; filter < spec.filters; ++filter) {
                const int group = filter / group_out;
                double sum = bias_of(weights, spec.use_bias, filter);
                for (int ty = 0; ty < rows.kernel; ++ty) {
                    const int y = row * rows.stride + ty * rows.dilation - rows.pad_before;
                    if (y < 0 || y >= rows.in) continue;
                    for (int tx = 0; tx < columns.kernel; ++tx) {
                        const int x =
                            column * columns.stride + tx * columns.dilation - columns.pad_before;
                        if (x < 0 || x >= columns.in) continue;
                        for (int c = 0; c < group_in; ++c) {
                            const double value =
                                input[map_index(geometry.input, y, x, group * group_in + c)];
                            sum += value * kernel_values[kernel_index(kernel, ty, tx, c, filter)];
                        }
                    }
                }
                output[map_index(geometry.output, row, column, filter)] = static_cast<float>(sum);
            }
}

void conv2d_transpose(const Conv2DTranspose& spec, const Geometry& geometry, const Weights& weights,
                      const float* input, float* output, Share share) {
    transpose_window(spec, geometry, weights, geometry.output, geometry.rows.crop_before,
                     geometry.columns.crop_before, spec.use_bias, input, output, share);
}

void conv2d_transpose_full(const Conv2DTranspose& spec, const Geometry& geometry,
                           const Weights& weights, const float* input, float* output) {
    transpose_window(spec, geometry, weights, geometry.full(), 0, 0, false, input, output, {});
}

void upsampling2d(const UpSampling2D& spec, const Geometry& geometry, const float* input,
                  float* output, Share share) {
    resample(sampling_of(spec.interpolation), geometry.input, geometry.output, input, output,
             share);
}

void resample(const Sampling2D& sampling, const Shape& in, const Shape& out, const float* input,
              float* output, Share share) {
    const auto row_samples = all_samples(sampling.rows, in.height(), out.height());
    const auto column_samples = all_samples(sampling.columns, in.width(), out.width());
    for (int row = first_of(share, out.height()); row < end_of(share, out.height()); ++row)
        for (int column = 0; column < out.width(); ++column)
            for (int channel = 0; channel < out.channels(); ++channel) {
                double sum = 0;
                for (const Sample& y : row_samples[at(row)])
                    for (const Sample& x : column_samples[at(column)])
                        sum +=
                            y.weight * x.weight *
                            static_cast<double>(input[map_index(in, y.source, x.source, channel)]);
                output[map_index(out, row, column, channel)] = static_cast<float>(sum);
            }
}

void dense(const Dense& spec, const Geometry& geometry, const Weights& weights, const float* input,
           float* output, Share share) {
    const std::int64_t in = geometry.input[geometry.input.rank() - 1];
    const std::int64_t units = spec.units;
    const std::int64_t vectors = geometry.input.count() / in;
    const float* kernel = weights.kernel.data();
    for (std::int64_t vector = 0; vector < vectors; ++vector)
        for (std::int64_t unit = share.begin(units); unit < share.end(units); ++unit) {
            double sum = bias_of(weights, spec.use_bias, static_cast<int>(unit));
            for (std::int64_t i = 0; i < in; ++i)
                sum +=
                    static_cast<double>(input[at(vector * in + i)]) * kernel[at(i * units + unit)];
            output[at(vector * units + unit)] = static_cast<float>(sum);
        }
}

}  // namespace engine::reference
