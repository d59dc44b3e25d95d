// SPDX-License-Identifier: MIT
#include "engine/layers/axis_rules.h"

#include <algorithm>

namespace engine {

namespace {

using Size = std::int64_t;

Size floor_divide(Size a, Size b) { return a / b - (a % b < 0 ? 1 : 0); }

/// An axis from sizes that all lie inside max_size.
Axis narrow(int in, const Window& window, Size full, Size out) {
    Axis axis;
    axis.in = in;
    axis.kernel = window.kernel;
    axis.stride = window.stride;
    axis.dilation = window.dilation;
    axis.extent = static_cast<int>(window.extent());
    axis.full = static_cast<int>(full);
    axis.out = static_cast<int>(out);
    return axis;
}

Axis unknown_axis(const Window& window) {
    return narrow(Shape::unknown, window, Shape::unknown, Shape::unknown);
}

}  // namespace

Error empty_output(std::string_view subject, Size taken, Size cells, int axis) {
    return mistake(ErrorCode::empty_output, subject, taken, cells, axis);
}

Error mistake(ErrorCode code, std::string_view subject, Size given, Size limit, int axis) {
    return {.code = code,
            .subject = std::string(subject),
            .given = {given},
            .limit = {limit},
            .axis = axis};
}

Check in_range(std::string_view subject, int value, int least, int axis) {
    if (value < least) return mistake(ErrorCode::not_positive, subject, value, least, axis);
    if (value > max_argument) {
        return mistake(ErrorCode::too_large, subject, value, max_argument, axis);
    }
    return std::nullopt;
}

Check in_range(std::string_view subject, Size2D value, int least) {
    if (Check wrong = in_range(subject, value.height, least, 0)) return wrong;
    return in_range(subject, value.width, least, 1);
}

Check in_budget(std::string_view subject, Size count) {
    if (count <= max_tensor_count) return std::nullopt;
    return mistake(ErrorCode::over_budget, subject, count, max_tensor_count);
}

Check in_shape_count(std::string_view subject, Size count) {
    if (count <= max_shape_count) return std::nullopt;
    return mistake(ErrorCode::over_budget, subject, count, max_shape_count);
}

Check in_size(std::string_view subject, Size cells, int axis) {
    if (cells <= max_size) return std::nullopt;
    return mistake(ErrorCode::too_large, subject, cells, max_size, axis);
}

Result<Axis> transposed_axis(int in, const Window& window, const Padding& padding,
                             std::optional<int> output_padding, int axis) {
    const Explicit* pytorch = std::get_if<Explicit>(&padding);
    if (output_padding) {
        if (Check wrong = in_range("output_padding", *output_padding, 0, axis)) return *wrong;
        const int limit = pytorch ? std::max(window.stride, window.dilation) : window.stride;
        if (*output_padding >= limit) {
            return mistake(ErrorCode::output_padding_too_large, "output_padding", *output_padding,
                           limit, axis);
        }
    }

    const Size extent = window.extent();
    if (Check wrong = in_size("kernel", extent, axis)) return *wrong;
    if (in == Shape::unknown) return unknown_axis(window);
    const Size full = (Size{in} - 1) * window.stride + extent;
    const Size extra = output_padding.value_or(0);
    Size out = 0;
    Size crop_before = 0;
    if (pytorch) {
        crop_before = along(pytorch->padding, axis);
        out = full - 2 * crop_before + extra;
    } else if (std::holds_alternative<Valid>(padding)) {
        out = output_padding ? full + extra
                             : Size{in} * window.stride + std::max<Size>(extent - window.stride, 0);
    } else {
        out = output_padding ? full - 2 * (extent / 2) + extra : Size{in} * window.stride;
        crop_before = std::max<Size>(full - out, 0) / 2;
    }
    if (out < 1) {
        const Size whole = full + extra;
        return empty_output("padding", whole - out, whole, axis);
    }
    const Size crop_after = full - out - crop_before;
    if (Check wrong = in_size("uncropped", std::max(full, full - crop_after), axis)) {
        return *wrong;
    }

    Axis result = narrow(in, window, full, out);
    result.crop_before = static_cast<int>(crop_before);
    result.crop_after = static_cast<int>(crop_after);
    return result;
}

Result<Axis> window_axis(int in, const Window& window, const Padding& padding, int axis) {
    const Size extent = window.extent();
    if (Check wrong = in_size("kernel", extent, axis)) return *wrong;
    if (in == Shape::unknown) return unknown_axis(window);
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
            before = after = along(given->padding, axis);
        }
        out = floor_divide(in + before + after - extent, window.stride) + 1;
    }
    if (out < 1) return empty_output(window.name, extent, in + before + after, axis);
    if (Check wrong = in_size("output", out, axis)) return *wrong;

    Axis result = narrow(in, window, out, out);
    result.pad_before = static_cast<int>(before);
    result.pad_after = static_cast<int>(after);
    return result;
}

Result<Axis> padded_axis(int in, int before, int after, int axis) {
    if (in == Shape::unknown) return unknown_axis({});
    const Size out = Size{in} + before + after;
    if (Check wrong = in_size("output", out, axis)) return *wrong;
    Axis result = narrow(in, {}, out, out);
    result.pad_before = before;
    result.pad_after = after;
    return result;
}

Result<Axis> cropped_axis(int in, int before, int after, int axis) {
    if (in == Shape::unknown) return unknown_axis({});
    const Size out = Size{in} - before - after;
    if (out < 1) return empty_output("cropping", in - out, in, axis);
    Axis result = narrow(in, {}, in, out);
    result.crop_before = before;
    result.crop_after = after;
    return result;
}

}  // namespace engine
