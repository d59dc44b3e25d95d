// SPDX-License-Identifier: MIT
// Layers in ONNX's words: attributes as they are handed to onnx.helper.make_node.
#include <algorithm>

#include "engine/frameworks/dialect_rows.h"

namespace engine {

namespace {

/// "[2, 2]"
std::string list(std::initializer_list<int> numbers) {
    std::string text;
    for (const int number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return '[' + text + ']';
}
std::string list(Size2D extent) { return list({extent.height, extent.width}); }
/// ONNX has both beginnings first, then both ends.
std::string list(const Edges& pads) { return list({pads.top, pads.left, pads.bottom, pads.right}); }

const char* name_of(AutoPad auto_pad) {
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

/// Conv; ConvTranspose has what it has and more.
std::string conv_arguments(const Conv2D& layer, AutoPad auto_pad, const Edges& pads) {
    Arguments text;
    text.add("kernel_shape", list(layer.kernel_size));
    text.add("strides", list(layer.strides));
    if (auto_pad == AutoPad::notset)
        text.add("pads", list(pads));
    else
        text.add("auto_pad", quoted(name_of(auto_pad)));
    if (layer.dilation_rate != Size2D{1, 1}) text.add("dilations", list(layer.dilation_rate));
    if (layer.groups != 1) text.add("group", std::to_string(layer.groups));
    return text.text();
}

}  // namespace

std::string onnx_arguments(const OnnxConvTranspose& layer) {
    Arguments text;
    text.add("kernel_shape", list(layer.kernel_shape));
    text.add("strides", list(layer.strides));
    if (layer.auto_pad != AutoPad::notset)
        text.add("auto_pad", quoted(name_of(layer.auto_pad)));
    else if (!layer.output_shape)
        text.add("pads", list(layer.pads));
    if (layer.output_shape) text.add("output_shape", list(*layer.output_shape));
    if (layer.output_padding != Size2D{0, 0})
        text.add("output_padding", list(layer.output_padding));
    if (layer.dilations != Size2D{1, 1}) text.add("dilations", list(layer.dilations));
    if (layer.group != 1) text.add("group", std::to_string(layer.group));
    return text.text();
}

/// By pads; and by auto_pad where Keras's same says it, except where it would append cells, which
/// ONNX Runtime does not do.
DialectRows onnx_rows(const Conv2DTranspose& layer, const Geometry& geometry) {
    const OnnxConvTranspose by_pads = in_onnx(layer, geometry);
    Conv2DTranspose uncut = uncut_layer(by_pads);
    uncut.output_padding = by_pads.output_padding;
    DialectRow row{.framework = Framework::onnx,
                   .spec = uncut,
                   .cut_after = by_pads.pads,
                   .arguments = onnx_arguments(by_pads),
                   .output = geometry.output,
                   .edges = crops(geometry)};
    DialectRows rows{row};
    const bool appends = by_pads.output_padding != Size2D{0, 0};
    if (std::holds_alternative<Same>(layer.padding) && !layer.output_padding && !appends) {
        OnnxConvTranspose by_size = by_pads;
        by_size.auto_pad = AutoPad::same_upper;
        row.arguments = onnx_arguments(by_size);
        rows.push_back(row);
    }
    return rows;
}

/// By pads; and by auto_pad where Keras's same says it, which ONNX Runtime has without dilation
/// only.
DialectRows onnx_rows(const Conv2D& layer, const Geometry& geometry) {
    const Edges edges = zeros(geometry);
    Conv2D unpadded = layer;
    unpadded.padding = Explicit{};
    DialectRow row{.framework = Framework::onnx,
                   .spec = unpadded,
                   .pad_first = edges,
                   .arguments = conv_arguments(layer, AutoPad::notset, edges),
                   .output = geometry.output,
                   .edges = edges};
    DialectRows rows{row};
    if (std::holds_alternative<Same>(layer.padding) && layer.dilation_rate == Size2D{1, 1}) {
        row.arguments = conv_arguments(layer, AutoPad::same_upper, edges);
        rows.push_back(row);
    }
    return rows;
}

DialectRows onnx_rows(const UpSampling2D& layer, const Geometry& geometry) {
    Arguments text;
    switch (layer.interpolation) {
        case Interpolation::nearest:
        case Interpolation::area:  // by whole factors, area is nearest
            text.add("mode", "'nearest'");
            text.add("coordinate_transformation_mode", "'asymmetric'");
            text.add("nearest_mode", "'floor'");
            break;
        case Interpolation::bilinear:
            text.add("mode", "'linear'");
            text.add("coordinate_transformation_mode", "'half_pixel'");
            break;
        case Interpolation::bicubic:
            text.add("mode", "'cubic'");
            text.add("coordinate_transformation_mode", "'half_pixel'");
            text.add("cubic_coeff_a", "-0.5");
            text.add("exclude_outside", "1");
            break;
        default:
            return {no_form(Framework::onnx, Lack::interpolation)};
    }
    text.add("scales", list({1, 1, layer.size.height, layer.size.width}));
    return {{.framework = Framework::onnx,
             .spec = layer,
             .arguments = text.text(),
             .output = geometry.output}};
}

}  // namespace engine
