// SPDX-License-Identifier: MIT
// Shape inference and every check on arguments. All sizes are computed in 64 bits and narrowed only
// after they passed the budget, so that no argument, however large, can overflow.
#include "engine/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/interpolation.h"
#include "engine/weights.h"

namespace engine {

namespace {

using Size = std::int64_t;
using Check = std::optional<Error>;

/// No argument of a layer may exceed this, whatever the layer makes of it.
constexpr int max_argument = 65536;

Error error_on_axis(ErrorCode code, const char* subject, Size given, Size limit, int axis = -1) {
    return {.code = code, .subject = subject, .given = {given}, .limit = {limit}, .axis = axis};
}

Error empty_output(Size out, int axis) {
    return {.code = ErrorCode::empty_output, .subject = "output", .given = {out}, .axis = axis};
}

Check in_range(const char* subject, int value, int least, int axis = -1) {
    if (value < least) {
        return error_on_axis(ErrorCode::not_positive, subject, value, least, axis);
    }
    if (value > max_argument) {
        return error_on_axis(ErrorCode::too_large, subject, value, max_argument, axis);
    }
    return std::nullopt;
}

Check in_range(const char* subject, Extent value, int least) {
    if (Check wrong = in_range(subject, value.height, least, 0)) return wrong;
    return in_range(subject, value.width, least, 1);
}

Check in_range(const char* subject, const Edges& value) {
    for (const int edge : {value.top, value.bottom}) {
        if (Check wrong = in_range(subject, edge, 0, 0)) return wrong;
    }
    for (const int edge : {value.left, value.right}) {
        if (Check wrong = in_range(subject, edge, 0, 1)) return wrong;
    }
    return std::nullopt;
}

Check in_range(const Padding& padding) {
    const Explicit* given = std::get_if<Explicit>(&padding);
    return given ? in_range("padding", given->padding, 0) : std::nullopt;
}

Check in_budget(const char* subject, Size count, int axis = -1) {
    if (count <= max_tensor_count) return std::nullopt;
    return error_on_axis(ErrorCode::over_budget, subject, count, max_tensor_count, axis);
}

Check divisible(const char* subject, int channels, int groups) {
    if (channels % groups == 0) return std::nullopt;
    return error_on_axis(ErrorCode::indivisible_channels, subject, channels, groups);
}

Check is_feature_map(const Shape& input) {
    if (input.rank() == 3) return std::nullopt;
    return error_on_axis(ErrorCode::rank_mismatch, "input", input.rank(), 3);
}

/// The first objection of several, asked in order.
template <typename... Checks>
Check first_of(Checks... checks) {
    Check first;
    ((first = first ? first : checks), ...);
    return first;
}

/// The explicit padding along one axis (0 rows, 1 columns).
Size along(const Explicit& padding, int axis) {
    return axis == 0 ? padding.padding.height : padding.padding.width;
}

Size floor_divide(Size a, Size b) { return a / b - (a % b < 0 ? 1 : 0); }

/// The window of one axis before anything is known about the input.
struct Window {
    int kernel = 1;
    int stride = 1;
    int dilation = 1;
    Size extent() const { return Size{dilation} * (kernel - 1) + 1; }
};

/// An axis from sizes that all lie inside the budget.
Axis narrow(int in, const Window& window, Size natural, Size out) {
    Axis axis;
    axis.in = in;
    axis.kernel = window.kernel;
    axis.stride = window.stride;
    axis.dilation = window.dilation;
    axis.extent = static_cast<int>(window.extent());
    axis.natural = static_cast<int>(natural);
    axis.out = static_cast<int>(out);
    return axis;
}

/// The table of rules in geometry.h.
Result<Axis> transposed_axis(int in, const Window& window, const Padding& padding,
                             std::optional<int> output_padding, int axis) {
    if (output_padding) {
        if (Check wrong = in_range("output_padding", *output_padding, 0, axis)) return *wrong;
        const int limit = std::holds_alternative<Explicit>(padding)
                              ? std::max(window.stride, window.dilation)
                              : window.stride;
        if (*output_padding >= limit) {
            return error_on_axis(ErrorCode::output_padding_too_large, "output_padding",
                                 *output_padding, limit, axis);
        }
    }

    const Size extent = window.extent();
    const Size natural = (Size{in} - 1) * window.stride + extent;
    const Size extra = output_padding.value_or(0);
    Size out = 0;
    Size crop_before = 0;
    if (const Explicit* given = std::get_if<Explicit>(&padding)) {
        crop_before = along(*given, axis);
        out = natural - 2 * crop_before + extra;
    } else if (std::holds_alternative<Valid>(padding)) {
        out = output_padding ? natural + extra
                             : Size{in} * window.stride + std::max<Size>(extent - window.stride, 0);
    } else {
        out = output_padding ? natural - 2 * (extent / 2) + extra : Size{in} * window.stride;
        crop_before = std::max<Size>(natural - out, 0) / 2;
    }
    if (out < 1) return empty_output(out, axis);
    const Size crop_after = natural - out - crop_before;
    if (Check wrong = in_budget("uncropped", std::max(natural, natural - crop_after), axis)) {
        return *wrong;
    }

    Axis result = narrow(in, window, natural, out);
    result.crop_before = static_cast<int>(crop_before);
    result.crop_after = static_cast<int>(crop_after);
    return result;
}

/// Convolution and pooling.
Result<Axis> window_axis(int in, const Window& window, const Padding& padding, int axis) {
    const Size extent = window.extent();
    if (Check wrong = in_budget("kernel", extent, axis)) return *wrong;
    Size out = 0;
    Size before = 0;
    Size after = 0;
    if (std::holds_alternative<Same>(padding)) {
        out = (Size{in} + window.stride - 1) / window.stride;
        const Size total = std::max<Size>((out - 1) * window.stride + extent - in, 0);
        before = total / 2;
        after = total - before;
    } else {
        if (const Explicit* given = std::get_if<Explicit>(&padding)) {
            before = after = along(*given, axis);
        }
        out = floor_divide(in + before + after - extent, window.stride) + 1;
    }
    if (out < 1) return empty_output(out, axis);
    if (Check wrong = in_budget("output", out, axis)) return *wrong;

    Axis result = narrow(in, window, out, out);
    result.pad_before = static_cast<int>(before);
    result.pad_after = static_cast<int>(after);
    return result;
}

/// A feature map from two axes, once everything it needs is inside the budget.
Result<Geometry> feature_map(const Shape& input, const Axis& rows, const Axis& columns,
                             int channels) {
    Geometry geometry{input, {rows.out, columns.out, channels}, rows, columns};
    if (Check wrong = first_of(in_budget("output", geometry.output.count()),
                               in_budget("uncropped", geometry.canvas().count()))) {
        return *wrong;
    }
    return geometry;
}

Result<Geometry> same_shape(const Shape& input) { return Geometry{input, input, {}, {}}; }

/// One overload a layer; the input is of rank 1 to 3, positive and inside the budget.
struct Inference {
    const Shape& input;

    Result<Geometry> operator()(const UpSampling2D& layer) const {
        if (Check wrong = first_of(in_range("size", layer.size, 1), is_feature_map(input))) {
            return *wrong;
        }
        if (!is_supported(layer.interpolation)) {
            return Error{.code = ErrorCode::unsupported,
                         .subject = "interpolation",
                         .text = std::string(name_of(layer.interpolation))};
        }
        // As a transposed convolution this is a kernel of ones as large as its strides.
        const auto grown = [](int in, int factor, int axis) {
            return transposed_axis(in, {factor, factor, 1}, Valid{}, std::nullopt, axis);
        };
        const Result<Axis> rows = grown(input.height(), layer.size.height, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns = grown(input.width(), layer.size.width, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, input.channels());
    }

    Result<Geometry> operator()(const Conv2DTranspose& layer) const {
        if (Check wrong = check_convolution(layer)) return *wrong;
        const std::optional<Extent>& extra = layer.output_padding;
        const Result<Axis> rows = transposed_axis(
            input.height(),
            {layer.kernel_size.height, layer.strides.height, layer.dilation_rate.height},
            layer.padding, extra ? std::optional(extra->height) : std::nullopt, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns = transposed_axis(
            input.width(),
            {layer.kernel_size.width, layer.strides.width, layer.dilation_rate.width},
            layer.padding, extra ? std::optional(extra->width) : std::nullopt, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, layer.filters);
    }

    Result<Geometry> operator()(const Conv2D& layer) const {
        if (Check wrong = check_convolution(layer)) return *wrong;
        const Result<Axis> rows = window_axis(
            input.height(),
            {layer.kernel_size.height, layer.strides.height, layer.dilation_rate.height},
            layer.padding, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns =
            window_axis(input.width(),
                        {layer.kernel_size.width, layer.strides.width, layer.dilation_rate.width},
                        layer.padding, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, layer.filters);
    }

    Result<Geometry> operator()(const Dense& layer) const {
        if (Check wrong = in_range("units", layer.units, 1)) return *wrong;
        std::array<int, 4> sizes{};
        std::ranges::copy(input.sizes(), sizes.begin());
        const auto rank = static_cast<std::size_t>(input.rank());
        sizes[rank - 1] = layer.units;
        const Shape output(std::span<const int>(sizes).first(rank));
        if (Check wrong = in_budget("output", output.count())) return *wrong;
        return Geometry{input, output, {}, {}};
    }

    Result<Geometry> operator()(const Reshape& layer) const {
        const Shape& target = layer.target_shape;
        if (target.rank() < 1 || target.rank() > 3) {
            return Error{.code = ErrorCode::rank_mismatch,
                         .subject = "target_shape",
                         .given = {target.rank()},
                         .limit = {1, 2, 3}};
        }
        std::array<int, 4> sizes{};
        std::ranges::copy(target.sizes(), sizes.begin());
        const std::span<int> wanted =
            std::span(sizes).first(static_cast<std::size_t>(target.rank()));
        const auto open = std::ranges::find(wanted, -1);
        if (open != wanted.end()) *open = 1;
        for (const int size : wanted) {
            if (size < 1) {
                return error_on_axis(ErrorCode::not_positive, "target_shape", size, 1);
            }
        }
        const Size given = input.count();
        const Size known = Shape(wanted).count();
        if (open != wanted.end() && given % known == 0) {
            *open = static_cast<int>(given / known);
        } else if (known != given) {
            return error_on_axis(ErrorCode::size_mismatch, "target_shape", given, known);
        }
        return Geometry{input, Shape(wanted), {}, {}};
    }

    Result<Geometry> operator()(const Flatten&) const {
        return Geometry{input, {static_cast<int>(input.count())}, {}, {}};
    }

    Result<Geometry> operator()(const Activation&) const { return same_shape(input); }
    Result<Geometry> operator()(const LeakyReLU&) const { return same_shape(input); }
    Result<Geometry> operator()(const ReLU&) const { return same_shape(input); }
    Result<Geometry> operator()(const BatchNormalization&) const { return same_shape(input); }

    Result<Geometry> operator()(const Dropout& layer) const {
        if (!(layer.rate >= 0.0F && layer.rate <= 1.0F)) {
            return Error{.code = ErrorCode::unknown_name,
                         .subject = "rate",
                         .text = std::to_string(layer.rate)};
        }
        return same_shape(input);
    }

    Result<Geometry> operator()(const Pooling2D& layer) const {
        const Extent strides = layer.strides.value_or(layer.pool_size);
        if (Check wrong =
                first_of(in_range("pool_size", layer.pool_size, 1), in_range("strides", strides, 1),
                         in_range(layer.padding), is_feature_map(input))) {
            return *wrong;
        }
        if (const Explicit* given = std::get_if<Explicit>(&layer.padding)) {
            // PyTorch's rule; it also means that every window meets a real cell.
            for (const int axis : {0, 1}) {
                const int half = (axis == 0 ? layer.pool_size.height : layer.pool_size.width) / 2;
                if (along(*given, axis) > half) {
                    return error_on_axis(ErrorCode::too_large, "padding", along(*given, axis), half,
                                         axis);
                }
            }
        }
        const Result<Axis> rows = window_axis(
            input.height(), {layer.pool_size.height, strides.height, 1}, layer.padding, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns =
            window_axis(input.width(), {layer.pool_size.width, strides.width, 1}, layer.padding, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, input.channels());
    }

    Result<Geometry> operator()(const GlobalPooling2D&) const {
        if (Check wrong = is_feature_map(input)) return *wrong;
        return Geometry{input,
                        {input.channels()},
                        narrow(input.height(), {input.height(), 1, 1}, 1, 1),
                        narrow(input.width(), {input.width(), 1, 1}, 1, 1)};
    }

    Result<Geometry> operator()(const ZeroPadding2D& layer) const {
        const Edges& edges = layer.padding;
        if (Check wrong = first_of(in_range("padding", edges), is_feature_map(input))) {
            return *wrong;
        }
        const auto padded = [](int in, int before, int after, int axis) -> Result<Axis> {
            const Size out = Size{in} + before + after;
            if (Check wrong = in_budget("output", out, axis)) return *wrong;
            Axis result = narrow(in, {}, out, out);
            result.pad_before = before;
            result.pad_after = after;
            return result;
        };
        const Result<Axis> rows = padded(input.height(), edges.top, edges.bottom, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns = padded(input.width(), edges.left, edges.right, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, input.channels());
    }

    Result<Geometry> operator()(const Cropping2D& layer) const {
        const Edges& edges = layer.cropping;
        if (Check wrong = first_of(in_range("cropping", edges), is_feature_map(input))) {
            return *wrong;
        }
        const auto cropped = [](int in, int before, int after, int axis) -> Result<Axis> {
            const Size out = Size{in} - before - after;
            if (out < 1) return empty_output(out, axis);
            Axis result = narrow(in, {}, in, out);
            result.crop_before = before;
            result.crop_after = after;
            return result;
        };
        const Result<Axis> rows = cropped(input.height(), edges.top, edges.bottom, 0);
        if (!rows) return rows.error();
        const Result<Axis> columns = cropped(input.width(), edges.left, edges.right, 1);
        if (!columns) return columns.error();
        return feature_map(input, *rows, *columns, input.channels());
    }

private:
    /// What Conv2D and Conv2DTranspose have in common.
    template <typename Convolution>
    Check check_convolution(const Convolution& layer) const {
        if (Check wrong = first_of(in_range("filters", layer.filters, 1),
                                   in_range("kernel_size", layer.kernel_size, 1),
                                   in_range("strides", layer.strides, 1),
                                   in_range("dilation_rate", layer.dilation_rate, 1),
                                   in_range("groups", layer.groups, 1), in_range(layer.padding),
                                   is_feature_map(input))) {
            return wrong;
        }
        return first_of(divisible("input", input.channels(), layer.groups),
                        divisible("filters", layer.filters, layer.groups));
    }
};

Check check_input(const Shape& input) {
    if (input.rank() < 1 || input.rank() > 3) {
        return Error{.code = ErrorCode::rank_mismatch,
                     .subject = "input",
                     .given = {input.rank()},
                     .limit = {1, 2, 3}};
    }
    for (const int size : input.sizes()) {
        if (size < 1) return error_on_axis(ErrorCode::not_positive, "input", size, 1);
    }
    return in_budget("input", input.count());
}

/// Pairs (output, tap) along one axis of a convolution whose input is a real cell, not padding.
Size real_products(const Axis& axis) {
    Size products = 0;
    for (int tap = 0; tap < axis.kernel; ++tap) {
        // 0 <= o * stride + offset < in
        const Size offset = Size{tap} * axis.dilation - axis.pad_before;
        const Size first = offset >= 0 ? 0 : (-offset + axis.stride - 1) / axis.stride;
        const Size last =
            std::min<Size>(floor_divide(axis.in - 1 - offset, axis.stride), axis.out - 1);
        products += std::max<Size>(last - first + 1, 0);
    }
    return products;
}

}  // namespace

Shape Geometry::uncropped() const {
    if (output.rank() != 3) return output;
    return {rows.natural, columns.natural, output.channels()};
}

Shape Geometry::canvas() const {
    if (output.rank() != 3) return output;
    return {rows.canvas(), columns.canvas(), output.channels()};
}

Result<Geometry> infer(const LayerSpec& spec, const Shape& input) {
    if (Check wrong = check_input(input)) return *wrong;
    const Result<Geometry> geometry = std::visit(Inference{input}, spec);
    if (!geometry) return geometry;
    if (Check wrong = in_budget("kernel", weight_shapes(spec, *geometry).kernel.count())) {
        return *wrong;
    }
    return geometry;
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
