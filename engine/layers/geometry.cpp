// SPDX-License-Identifier: MIT
// What follows from a Geometry once infer (infer.cpp, axis_rules.cpp) has made it.
#include "engine/layers/geometry.h"

#include <algorithm>
#include <limits>

#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

/// Layers without a window, an activation for instance, leave the axes at their defaults.
bool has_axes(const Geometry& geometry) {
    const Shape& output = geometry.output;
    return output.rank() == 3 && geometry.rows.out == output.height() &&
           geometry.columns.out == output.width();
}

}  // namespace

Shape Geometry::full() const {
    if (!has_axes(*this)) return output;
    return {rows.full, columns.full, output.channels()};
}

Shape Geometry::canvas() const {
    if (!has_axes(*this)) return output;
    return {rows.canvas(), columns.canvas(), output.channels()};
}

std::optional<Error> keras_refuses(const LayerSpec& spec) {
    const auto refuse = [](const auto& layer) -> std::optional<Error> {
        const Size2D s = layer.strides;
        const Size2D d = layer.dilation_rate;
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

std::int64_t saturated_product(std::int64_t a, std::int64_t b) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return b > 0 && a > most / b ? most : a * b;
}

std::int64_t multiply_adds(const LayerSpec& spec, const Geometry& geometry) {
    const auto count = definition_of(spec).multiply_adds;
    return count ? count(spec, geometry) : 0;
}

std::int64_t work(const LayerSpec& spec, const Geometry& geometry) {
    const auto count = definition_of(spec).work;
    if (count) return count(spec, geometry);
    return std::max(multiply_adds(spec, geometry), geometry.output.count());
}

std::int64_t real_products(const Axis& axis) {
    // So many that nobody computes them, nor counts the few that fall on padding.
    constexpr int longest = 1 << 22;
    if (std::min(axis.kernel, axis.out) > longest) return saturated_product(axis.kernel, axis.out);
    const bool few_taps = axis.kernel < axis.out;
    // Of all taps for one output, or of all outputs for one tap: 0 <= start + i * step < in.
    const std::int64_t step = few_taps ? axis.stride : axis.dilation;
    const std::int64_t other_step = few_taps ? axis.dilation : axis.stride;
    const int count = few_taps ? axis.out : axis.kernel;
    std::int64_t products = 0;
    for (int i = 0; i < (few_taps ? axis.kernel : axis.out); ++i) {
        const std::int64_t start = i * other_step - axis.pad_before;
        if (start >= axis.in) break;
        const std::int64_t first = start >= 0 ? 0 : (-start + step - 1) / step;
        const std::int64_t last = std::min<std::int64_t>((axis.in - 1 - start) / step, count - 1);
        products += std::max<std::int64_t>(last - first + 1, 0);
    }
    return products;
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

int window_with(const Axis& axis, int tap, int input_cell) {
    const int begin = input_cell + axis.pad_before - tap * axis.dilation;
    if (begin < 0 || begin % axis.stride != 0) return -1;
    const int output = begin / axis.stride;
    return output < axis.out ? output : -1;
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
    for (int cell = 0; cell < axis.full; ++cell) most = std::max(most, inputs_reaching(axis, cell));
    return most;
}

std::optional<Overlap> first_overlap(const Axis& axis) {
    for (int output = 0; output < axis.full; ++output) {
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
        axis->crop_after = axis->full - axis->out;
    }
    return geometry;
}

}  // namespace engine
