// SPDX-License-Identifier: MIT
// ZeroPadding2D and Cropping2D.
#include <algorithm>
#include <array>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/cells.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_padding(const ZeroPadding2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return *wrong;
    const Edges& edges = layer.padding;
    return feature_map(input, input.channels(), [&](int axis, int in) {
        return axis == 0 ? padded_axis(in, edges.top, edges.bottom, axis)
                         : padded_axis(in, edges.left, edges.right, axis);
    });
}

Result<Geometry> infer_cropping(const Cropping2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return *wrong;
    const Edges& edges = layer.cropping;
    return feature_map(input, input.channels(), [&](int axis, int in) {
        return axis == 0 ? cropped_axis(in, edges.top, edges.bottom, axis)
                         : cropped_axis(in, edges.left, edges.right, axis);
    });
}

/// The input shifted by pad_before - crop_before onto a plain of zeros.
Tensor shifted_onto_zeros(const LayerSpec&, const LayerInput& from) {
    const Geometry& geometry = from.geometry;
    const Tensor& input = from.input;
    const Shape& shape = geometry.output;
    const int down = geometry.rows.pad_before - geometry.rows.crop_before;
    const int right = geometry.columns.pad_before - geometry.columns.crop_before;
    const int first = std::max(right, 0);
    const int last = std::min(input.shape().width() + right, shape.width());
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    for (int row = std::max(down, 0); row < std::min(input.shape().height() + down, shape.height());
         ++row) {
        const float* source = input.data() + cell_index(input.shape(), row - down, first - right);
        std::copy_n(source, (last - first) * shape.channels(), &out[cell_index(shape, row, first)]);
    }
    return Tensor(shape, std::move(out));
}

AxisFormula padded(const Axis& axis, const char* before, const char* after) {
    EquationLine line = line_for_out();
    line.in(axis).sign(signs::plus).term(Quantity::padding, before, axis.pad_before);
    line.sign(signs::plus).term(Quantity::padding, after, axis.pad_after);
    return {{std::move(line).equals(axis.out)}, 0, 0};
}

AxisFormula cropped(const Axis& axis, const char* before, const char* after) {
    EquationLine line = line_for_out();
    line.in(axis).sign(signs::minus).term(Quantity::crop_before, before, axis.crop_before);
    line.sign(signs::minus).term(Quantity::crop_after, after, axis.crop_after);
    return {{std::move(line).equals(axis.out)}, axis.crop_before, axis.crop_after};
}

// Keras's names for the four edges.
Formula sizes_of_padding(const ZeroPadding2D&, const Geometry& geometry) {
    return of_axes(padded(geometry.rows, "top_pad", "bottom_pad"),
                   padded(geometry.columns, "left_pad", "right_pad"));
}
Formula sizes_of_cropping(const Cropping2D&, const Geometry& geometry) {
    return of_axes(cropped(geometry.rows, "top_crop", "bottom_crop"),
                   cropped(geometry.columns, "left_crop", "right_crop"));
}

void zero_pad(const LayerSpec&, TorchModules& modules) { modules.add("ZeroPad2d"); }

const std::array padding_rows{LayerDefinition{
    .class_name = "ZeroPadding2D",
    .defaults = ZeroPadding2D{},
    .example = ZeroPadding2D{},
    .arguments = {defining(
        argument<&ZeroPadding2D::padding>("padding", {0, max_argument}, {.onnx = "pads"}))},
    .name_in_pytorch = "ZeroPad2d",
    .name_in_onnx = "Pad",
    .infer = erased<infer_padding>,
    .forward = shifted_onto_zeros,
    .sizes = erased<sizes_of_padding>,
    .torch_modules = zero_pad,
}};

const std::array cropping_rows{LayerDefinition{
    .class_name = "Cropping2D",
    .defaults = Cropping2D{},
    .example = Cropping2D{{.bottom = 1, .right = 1}},
    .arguments = {defining(argument<&Cropping2D::cropping>("cropping", {0, max_argument}))},
    .infer = erased<infer_cropping>,
    .forward = shifted_onto_zeros,
    .sizes = erased<sizes_of_cropping>,
    .torch_modules = zero_pad,
}};

}  // namespace

Definitions ZeroPadding2D::definitions() { return padding_rows; }
Definitions Cropping2D::definitions() { return cropping_rows; }

}  // namespace engine
