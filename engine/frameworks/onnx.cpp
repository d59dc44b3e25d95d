// SPDX-License-Identifier: MIT
#include "engine/frameworks/onnx.h"

#include <algorithm>

#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

using Size = std::int64_t;

/// What is left of the full output along one axis.
struct Kept {
    Size begin = 0;
    Size out = 0;
};

Kept kept_of(Size full, Size out, AutoPad auto_pad) {
    const Size total = std::max<Size>(full - out, 0);
    return {auto_pad == AutoPad::same_upper ? total / 2 : total - total / 2, out};
}

Kept kept_along(const OnnxConvTranspose& layer, const Axis& whole, int axis) {
    const Size full = whole.out;
    if (layer.output_shape) return kept_of(full, along(*layer.output_shape, axis), layer.auto_pad);
    const Edges& pads = layer.pads;
    switch (layer.auto_pad) {
        case AutoPad::notset:
            return axis == 0 ? Kept{pads.top, full - pads.top - pads.bottom}
                             : Kept{pads.left, full - pads.left - pads.right};
        case AutoPad::valid:
            break;
        case AutoPad::same_upper:
        case AutoPad::same_lower:
            return kept_of(full, Size{whole.in} * whole.stride, layer.auto_pad);
    }
    return {0, full};
}

Result<Axis> cut(Axis whole, Kept kept, int axis) {
    if (kept.out < 1) return empty_output("pads", whole.out - kept.out, whole.out, axis);
    if (Check wrong = in_size("output", kept.begin + kept.out, axis)) return *wrong;
    whole.out = static_cast<int>(kept.out);
    whole.crop_before = static_cast<int>(kept.begin);
    whole.crop_after = whole.full - whole.out - whole.crop_before;
    return whole;
}

Check check_pads(const Edges& pads) {
    for (const auto& [edge, axis] :
         {std::pair{pads.top, 0}, {pads.bottom, 0}, {pads.left, 1}, {pads.right, 1}})
        if (Check wrong = in_range("pads", edge, 0, axis)) return wrong;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(AutoPad auto_pad) {
    switch (auto_pad) {
        case AutoPad::notset:
            return "NOTSET";
        case AutoPad::same_upper:
            return "SAME_UPPER";
        case AutoPad::same_lower:
            return "SAME_LOWER";
        case AutoPad::valid:
            return "VALID";
    }
    return "";
}

Conv2DTranspose uncut_layer(const OnnxConvTranspose& layer) {
    return {.filters = layer.filters,
            .kernel_size = layer.kernel_shape,
            .strides = layer.strides,
            .padding = Explicit{},
            .dilation_rate = layer.dilations,
            .groups = layer.group};
}

Result<Geometry> infer(const OnnxConvTranspose& layer, const Shape& input) {
    if (Check wrong = check_pads(layer.pads)) return *wrong;
    if (layer.output_shape)
        if (Check wrong = in_range("output_shape", *layer.output_shape, 1)) return *wrong;
    Conv2DTranspose whole = uncut_layer(layer);
    whole.output_padding = layer.output_padding;
    Result<Geometry> geometry = infer(whole, input);
    if (!geometry) return geometry.error();

    const Result<Axis> rows = cut(geometry->rows, kept_along(layer, geometry->rows, 0), 0);
    if (!rows) return rows.error();
    const Result<Axis> columns = cut(geometry->columns, kept_along(layer, geometry->columns, 1), 1);
    if (!columns) return columns.error();
    geometry.value().rows = *rows;
    geometry.value().columns = *columns;
    geometry.value().output = {rows->out, columns->out, layer.filters};
    if (Check wrong = in_shape_count("output", geometry->canvas().count())) return *wrong;
    return geometry;
}

OnnxConvTranspose in_onnx(const Conv2DTranspose& layer, const Geometry& geometry) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    return {.filters = layer.filters,
            .kernel_shape = layer.kernel_size,
            .strides = layer.strides,
            .dilations = layer.dilation_rate,
            .group = layer.groups,
            .pads = {rows.crop_before, std::max(rows.crop_after, 0), columns.crop_before,
                     std::max(columns.crop_after, 0)},
            .output_padding = {std::max(-rows.crop_after, 0), std::max(-columns.crop_after, 0)}};
}

}  // namespace engine
