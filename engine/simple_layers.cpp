// SPDX-License-Identifier: MIT
#include "engine/simple_layers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace engine {

namespace {

std::size_t cell_index(const Shape& shape, int row, int column) {
    return (static_cast<std::size_t>(row) * static_cast<std::size_t>(shape.width()) +
            static_cast<std::size_t>(column)) *
           static_cast<std::size_t>(shape.channels());
}

/// Cells [first, last) of the input that a window covers along one axis, padding left out.
struct Range {
    int first;
    int last;
};

Range real_cells(const Axis& axis, int output) {
    const int start = output * axis.stride - axis.pad_before;
    return {std::max(start, 0), std::min(start + axis.kernel, axis.in)};
}

/// Max or mean over a block of cells, one result a channel.
void reduce(PoolKind kind, const Tensor& input, Range rows, Range columns, float* out) {
    const Shape& shape = input.shape();
    const std::span<const float> values = input.values();
    const double cells =
        static_cast<double>(rows.last - rows.first) * (columns.last - columns.first);
    for (int channel = 0; channel < shape.channels(); ++channel) {
        double sum = 0;
        float largest = -std::numeric_limits<float>::infinity();
        for (int row = rows.first; row < rows.last; ++row) {
            for (int column = columns.first; column < columns.last; ++column) {
                const float value =
                    values[cell_index(shape, row, column) + static_cast<std::size_t>(channel)];
                sum += value;
                largest = std::max(largest, value);
            }
        }
        out[channel] = kind == PoolKind::max ? largest : static_cast<float>(sum / cells);
    }
}

}  // namespace

Tensor normalize(const BatchNormalization& layer, const Weights& weights, const Tensor& input) {
    const std::size_t channels = weights.moving_mean.values().size();
    std::vector<float> out(input.values().begin(), input.values().end());
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const double gamma = layer.scale ? weights.gamma.values()[channel] : 1.0;
        const double beta = layer.center ? weights.beta.values()[channel] : 0.0;
        const double mean = weights.moving_mean.values()[channel];
        const double variance = weights.moving_variance.values()[channel];
        const double slope = gamma / std::sqrt(variance + static_cast<double>(layer.epsilon));
        for (std::size_t i = channel; i < out.size(); i += channels) {
            out[i] = static_cast<float>((out[i] - mean) * slope + beta);
        }
    }
    return Tensor(input.shape(), std::move(out));
}

Tensor leaky_relu(const LeakyReLU& layer, const Tensor& input) {
    std::vector<float> out(input.values().begin(), input.values().end());
    for (float& x : out) {
        if (x < 0) x *= layer.negative_slope;
    }
    return Tensor(input.shape(), std::move(out));
}

Tensor pool(const Pooling2D& layer, const Geometry& geometry, const Tensor& input,
            const Watch& watch) {
    const Shape& shape = geometry.output;
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    for (int row = 0; row < shape.height(); ++row) {
        if (watch && !watch(1.0 * row / shape.height())) break;
        for (int column = 0; column < shape.width(); ++column) {
            reduce(layer.kind, input, real_cells(geometry.rows, row),
                   real_cells(geometry.columns, column), &out[cell_index(shape, row, column)]);
        }
    }
    return Tensor(shape, std::move(out));
}

Tensor pool_globally(const GlobalPooling2D& layer, const Tensor& input) {
    const Shape& shape = input.shape();
    std::vector<float> out(static_cast<std::size_t>(shape.channels()));
    reduce(layer.kind, input, {0, shape.height()}, {0, shape.width()}, out.data());
    return Tensor({shape.channels()}, std::move(out));
}

Tensor shift_onto_zeros(const Geometry& geometry, const Tensor& input) {
    const Shape& shape = geometry.output;
    const int down = geometry.rows.pad_before - geometry.rows.crop_before;
    const int right = geometry.columns.pad_before - geometry.columns.crop_before;
    const int first = std::max(right, 0);
    const int last = std::min(input.shape().width() + right, shape.width());
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    for (int row = std::max(down, 0); row < std::min(input.shape().height() + down, shape.height());
         ++row) {
        const float* from = input.data() + cell_index(input.shape(), row - down, first - right);
        std::copy_n(from, (last - first) * shape.channels(), &out[cell_index(shape, row, first)]);
    }
    return Tensor(shape, std::move(out));
}

}  // namespace engine
