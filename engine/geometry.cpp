// SPDX-License-Identifier: MIT
// What follows from a Geometry once infer (infer.cpp, axis_rules.cpp) has made it.
#include "engine/geometry.h"

#include <algorithm>

namespace engine {

namespace {

/// Pairs (output, tap) along one axis of a convolution whose input is a real cell, not padding.
std::int64_t real_products(const Axis& axis) {
    std::int64_t products = 0;
    for (int tap = 0; tap < axis.kernel; ++tap) {
        // 0 <= o * stride + offset < in
        const std::int64_t offset = std::int64_t{tap} * axis.dilation - axis.pad_before;
        if (offset >= axis.in) break;
        const std::int64_t first = offset >= 0 ? 0 : (-offset + axis.stride - 1) / axis.stride;
        const std::int64_t last =
            std::min<std::int64_t>((axis.in - 1 - offset) / axis.stride, axis.out - 1);
        products += std::max<std::int64_t>(last - first + 1, 0);
    }
    return products;
}

/// Layers without a window, an activation for instance, leave the axes at their defaults.
bool has_axes(const Geometry& geometry) {
    const Shape& output = geometry.output;
    return output.rank() == 3 && geometry.rows.out == output.height() &&
           geometry.columns.out == output.width();
}

}  // namespace

Shape Geometry::uncropped() const {
    if (!has_axes(*this)) return output;
    return {rows.natural, columns.natural, output.channels()};
}

Shape Geometry::canvas() const {
    if (!has_axes(*this)) return output;
    return {rows.canvas(), columns.canvas(), output.channels()};
}

std::optional<Error> keras_refuses(const LayerSpec& spec) {
    const auto refuse = [](const auto& layer) -> std::optional<Error> {
        const Extent s = layer.strides;
        const Extent d = layer.dilation_rate;
        if (std::holds_alternative<Explicit>(layer.padding) || std::max(s.height, s.width) <= 1 ||
            std::max(d.height, d.width) <= 1) {
            return std::nullopt;
        }
        return Error{.code = ErrorCode::strides_with_dilation,
                     .subject = "strides",
                     .given = {s.height, s.width, d.height, d.width}};
    };
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec)) return refuse(*layer);
    if (const auto* layer = std::get_if<Conv2D>(&spec)) return refuse(*layer);
    return std::nullopt;
}

std::int64_t multiply_adds(const LayerSpec& spec, const Geometry& geometry) {
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec)) {
        return geometry.input.count() * layer->kernel_size.height * layer->kernel_size.width *
               (layer->filters / layer->groups);
    }
    if (const auto* layer = std::get_if<Conv2D>(&spec)) {
        return real_products(geometry.rows) * real_products(geometry.columns) *
               (geometry.input.channels() / layer->groups) * layer->filters;
    }
    if (const auto* layer = std::get_if<Dense>(&spec)) {
        return geometry.input.count() * layer->units;
    }
    return 0;
}

std::int64_t work(const LayerSpec& spec, const Geometry& geometry) {
    // No overflow: a tensor has at most 2^26 numbers.
    if (const auto* layer = std::get_if<Conv2D>(&spec)) {
        const std::int64_t window = std::int64_t{geometry.rows.kernel} * geometry.columns.kernel;
        return geometry.output.count() * window * (geometry.input.channels() / layer->groups);
    }
    if (std::holds_alternative<Pooling2D>(spec)) {
        const auto cells = [](const Axis& axis) { return std::min(axis.kernel, axis.in); };
        return geometry.output.count() * cells(geometry.rows) * cells(geometry.columns);
    }
    return std::max(multiply_adds(spec, geometry), geometry.output.count());
}

int tap_joining(const Axis& axis, int input_cell, int output_cell) {
    const int distance = output_cell - input_cell * axis.stride;
    if (distance < 0 || distance % axis.dilation != 0) return -1;
    const int tap = distance / axis.dilation;
    return tap < axis.kernel ? tap : -1;
}

CellRange inputs_spanning(const Axis& axis, int output_cell) {
    const int earliest = std::max(output_cell - axis.extent + 1, 0);
    return {(earliest + axis.stride - 1) / axis.stride,
            std::min(output_cell / axis.stride, axis.in - 1)};
}

int inputs_reaching(const Axis& axis, int output_cell) {
    const CellRange range = inputs_spanning(axis, output_cell);
    int count = 0;
    for (int input = range.first; input <= range.last; ++input) {
        if (tap_joining(axis, input, output_cell) >= 0) ++count;
    }
    return count;
}

std::vector<bool> reached_cells(const Axis& axis) {
    std::vector<bool> reached(static_cast<std::size_t>(axis.canvas()), false);
    for (int input = 0; input < axis.in; ++input)
        for (int tap = 0; tap < axis.kernel; ++tap)
            reached[static_cast<std::size_t>(landing(axis, input, tap))] = true;
    return reached;
}

int most_inputs_reaching(const Axis& axis) {
    int most = 0;
    for (int cell = 0; cell < axis.natural; ++cell)
        most = std::max(most, inputs_reaching(axis, cell));
    return most;
}

std::optional<Overlap> first_overlap(const Axis& axis) {
    for (int output = 0; output < axis.natural; ++output) {
        if (inputs_reaching(axis, output) < 2) continue;
        auto [first, last] = inputs_spanning(axis, output);
        while (tap_joining(axis, first, output) < 0) ++first;
        while (tap_joining(axis, last, output) < 0) --last;
        return Overlap{output, first, tap_joining(axis, first, output), last,
                       tap_joining(axis, last, output)};
    }
    return std::nullopt;
}

std::int64_t unreached_cells(const Geometry& geometry) {
    const auto reached = [](const Axis& axis) {
        return std::int64_t{std::ranges::count(reached_cells(axis), true)};
    };
    return geometry.canvas().height() * std::int64_t{geometry.canvas().width()} -
           reached(geometry.rows) * reached(geometry.columns);
}

int window_cell_over(const Axis& axis, int output_cell, int bordered_cell) {
    const int distance = bordered_cell - output_cell;
    if (distance < 0 || distance >= axis.extent || distance % axis.dilation != 0) return -1;
    return distance / axis.dilation;
}

Geometry without_crop(Geometry geometry) {
    geometry.output = geometry.canvas();
    for (Axis* axis : {&geometry.rows, &geometry.columns}) {
        axis->out = axis->canvas();
        axis->crop_before = 0;
        axis->crop_after = axis->natural - axis->out;
    }
    return geometry;
}

}  // namespace engine
