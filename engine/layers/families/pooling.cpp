// SPDX-License-Identifier: MIT
// MaxPooling2D, AveragePooling2D and their global forms.
#include <algorithm>
#include <array>
#include <limits>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/cells.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_pooling(const Pooling2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return *wrong;
    const Size2D strides = layer.strides.value_or(layer.pool_size);
    return feature_map(input, input.channels(), [&](int axis, int in) -> Result<Axis> {
        const int size = along(layer.pool_size, axis);
        const Explicit* given = std::get_if<Explicit>(&layer.padding);
        // PyTorch's rule; it also means that every window meets a real cell.
        if (given && along(given->padding, axis) > size / 2) {
            return mistake(ErrorCode::too_large, "padding", along(given->padding, axis), size / 2,
                           axis);
        }
        return window_axis(in, {size, along(strides, axis), 1, "pool_size"}, layer.padding, axis);
    });
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

Tensor pooled(const Pooling2D& layer, const LayerInput& from) {
    const Geometry& geometry = from.geometry;
    const Shape& shape = geometry.output;
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    for (int row = 0; row < shape.height(); ++row) {
        if (from.watch && !from.watch(1.0 * row / shape.height())) break;
        for (int column = 0; column < shape.width(); ++column) {
            reduce(layer.kind, from.input, real_cells(geometry.rows, row),
                   real_cells(geometry.columns, column), &out[cell_index(shape, row, column)]);
        }
    }
    return Tensor(shape, std::move(out));
}

/// Every cell under a window.
std::int64_t work_of_pooling(const Pooling2D&, const Geometry& geometry) {
    const auto cells = [](const Axis& axis) { return std::min(axis.kernel, axis.in); };
    return saturated_product(geometry.output.count(),
                             std::int64_t{cells(geometry.rows)} * cells(geometry.columns));
}

constexpr double of_pooled_cell = 1;  // nanoseconds

double loops_of_pooling(const Pooling2D& layer, const Geometry& geometry) {
    return of_pooled_cell * static_cast<double>(work_of_pooling(layer, geometry));
}

Formula sizes_of_pooling(const Pooling2D& layer, const Geometry& geometry) {
    return of_axes(
        window_formula(geometry.rows, along_rows(layer.padding), Quantity::pool_size),
        window_formula(geometry.columns, along_columns(layer.padding), Quantity::pool_size));
}

void modules_of_pooling(const Pooling2D& layer, TorchModules& modules) {
    modules.add(layer.kind == PoolKind::max ? "MaxPool2d" : "AvgPool2d");
}

Result<Geometry> infer_global(const GlobalPooling2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return *wrong;
    const int channels = input.channels();
    return of_shape(input, layer.keepdims ? Shape{1, 1, channels} : Shape{channels});
}

Tensor pooled_globally(const GlobalPooling2D& layer, const LayerInput& from) {
    const Shape& shape = from.input.shape();
    std::vector<float> out(static_cast<std::size_t>(shape.channels()));
    reduce(layer.kind, from.input, {0, shape.height()}, {0, shape.width()}, out.data());
    return Tensor(from.geometry.output, std::move(out));
}

double loops_of_global(const LayerSpec&, const Geometry& geometry) {
    return of_pooled_cell * static_cast<double>(geometry.input.count());
}

void modules_of_global(const GlobalPooling2D& layer, TorchModules& modules) {
    modules.add(layer.kind == PoolKind::max ? "AdaptiveMaxPool2d" : "AdaptiveAvgPool2d",
                {1, 1, modules.geometry.input.channels()});
    if (!layer.keepdims) modules.add("Flatten");
}

template <typename Pooling, PoolKind kind>
bool is_of_kind(const LayerSpec& spec) {
    return std::get<Pooling>(spec).kind == kind;
}

template <PoolKind kind>
LayerDefinition pooling(std::string_view name, std::string_view alias, std::string_view pytorch,
                        std::string_view onnx) {
    constexpr Limits from_one{1, max_argument};
    return {
        .class_name = name,
        .aliases = {alias},
        .defaults = Pooling2D{kind},
        .example = Pooling2D{kind},
        .arguments = {defining(argument<&Pooling2D::pool_size>(
                          "pool_size", from_one,
                          {.pytorch = "kernel_size", .onnx = "kernel_shape"})),
                      argument<&Pooling2D::strides>("strides", from_one, {.pytorch = "stride"}),
                      defining(argument<&Pooling2D::padding>("padding", {0, max_argument},
                                                             {.onnx = "pads"}))},
        .name_in_pytorch = pytorch,
        .name_in_onnx = onnx,
        .describes = is_of_kind<Pooling2D, kind>,
        .infer = erased<infer_pooling>,
        .work = erased<work_of_pooling>,
        .loop_nanoseconds = erased<loops_of_pooling>,
        .forward = erased<pooled>,
        .window = LayerDefinition::Window::slides,
        .sizes = erased<sizes_of_pooling>,
        .torch_modules = erased<modules_of_pooling>,
    };
}

template <PoolKind kind>
LayerDefinition global(std::string_view name, std::string_view alias, std::string_view pytorch,
                       std::string_view onnx) {
    return {
        .class_name = name,
        .aliases = {alias},
        .defaults = GlobalPooling2D{kind},
        .example = GlobalPooling2D{kind},
        .arguments = {argument<&GlobalPooling2D::keepdims>("keepdims")},
        .name_in_pytorch = pytorch,
        .name_in_onnx = onnx,
        .describes = is_of_kind<GlobalPooling2D, kind>,
        .infer = erased<infer_global>,
        .loop_nanoseconds = loops_of_global,
        .forward = erased<pooled_globally>,
        .torch_modules = erased<modules_of_global>,
    };
}

const std::array pooling_rows{
    pooling<PoolKind::max>("MaxPooling2D", "MaxPool2D", "MaxPool2d", "MaxPool"),
    pooling<PoolKind::average>("AveragePooling2D", "AvgPool2D", "AvgPool2d", "AveragePool")};
const std::array global_rows{global<PoolKind::max>("GlobalMaxPooling2D", "GlobalMaxPool2D",
                                                   "AdaptiveMaxPool2d", "GlobalMaxPool"),
                             global<PoolKind::average>("GlobalAveragePooling2D", "GlobalAvgPool2D",
                                                       "AdaptiveAvgPool2d", "GlobalAveragePool")};

}  // namespace

Definitions Pooling2D::definitions() { return pooling_rows; }
Definitions GlobalPooling2D::definitions() { return global_rows; }

}  // namespace engine
