// SPDX-License-Identifier: MIT
// Layers in ONNX's words: attributes as they are handed to onnx.helper.make_node.
#include <algorithm>
#include <array>

#include "engine/frameworks/dialect_rows.h"
#include "engine/layers/layer_definition.h"

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

/// Conv; ConvTranspose has what it has and more.
Arguments conv_arguments(const Conv2D& layer, AutoPad auto_pad, const Edges& pads) {
    Arguments text;
    text.add_window("kernel_shape", list(layer.kernel_size));
    text.add_window("strides", list(layer.strides));
    if (auto_pad == AutoPad::notset)
        text.add("pads", list(pads));
    else
        text.add("auto_pad", quoted(name_of(auto_pad)));
    if (layer.dilation_rate != Size2D{1, 1}) text.add("dilations", list(layer.dilation_rate));
    if (layer.groups != 1) text.add("group", std::to_string(layer.groups));
    return text;
}

Arguments arguments_of(const OnnxConvTranspose& layer) {
    Arguments text;
    text.add_window("kernel_shape", list(layer.kernel_shape));
    text.add_window("strides", list(layer.strides));
    if (layer.auto_pad != AutoPad::notset)
        text.add("auto_pad", quoted(name_of(layer.auto_pad)));
    else if (!layer.output_shape)
        text.add("pads", list(layer.pads));
    if (layer.output_shape) text.add("output_shape", list(*layer.output_shape));
    if (layer.output_padding != Size2D{0, 0})
        text.add("output_padding", list(layer.output_padding));
    if (layer.dilations != Size2D{1, 1}) text.add("dilations", list(layer.dilations));
    if (layer.group != 1) text.add("group", std::to_string(layer.group));
    return text;
}

/// The row in its words, and as a node.
DialectRow node_row(DialectRow row, const Arguments& arguments) {
    const std::string name(definition_of(row.spec).name_in_onnx);
    row.framework = Framework::onnx;
    row = worded(std::move(row), name, {arguments});
    const auto has_bias = [](const auto& layer) {
        if constexpr (requires { layer.use_bias; }) return layer.use_bias;
        return false;
    };
    row.code = "onnx.helper.make_node('" + name + "', ['X', 'W'" +
               (std::visit(has_bias, row.spec) ? ", 'B'" : "") + "], ['Y'], " + arguments.text() +
               ")\n";
    return row;
}

/// "((kernel_shape − 1) × dilations + 1)"
std::string extent(const std::string& kernel, const std::string& dilation) {
    return "((" + kernel + ' ' + signs::minus + " 1) " + signs::times + ' ' + dilation + " + 1)";
}

/// The formulas of ConvTranspose's page.
SizeSums transposed_sums(const OnnxConvTranspose& layer, const Geometry& geometry) {
    return sums_of(geometry, [&](const Axis& axis, int index) {
        const int extra = of_axis(layer.output_padding, index);
        const Ends pads = layer.auto_pad == AutoPad::notset ? of_axis(layer.pads, index) : Ends{};
        SumLine line(axis);
        if (layer.output_shape) return std::move(line.wanted("output_shape")).equals(axis.out);
        if (layer.auto_pad == AutoPad::same_upper || layer.auto_pad == AutoPad::same_lower)
            return std::move(line.blocks("strides")).equals(axis.out);
        line.steps("strides", true);
        line.add(Purpose::appended, "output_padding", digits(extra), extra,
                 appended_cells(axis, extra));
        line.last_stamp(extent("kernel_shape", "dilations"),
                        extent(digits(axis.kernel), digits(axis.dilation)));
        line.subtract(Purpose::cut_begin, "pads_begin", digits(pads.begin), pads.begin,
                      {cells_from(0, pads.begin)});
        line.subtract(Purpose::cut_end, "pads_end", digits(pads.end), pads.end,
                      {cells_before(axis.full + extra, pads.end)});
        return std::move(line).equals(axis.out);
    });
}

/// The formulas of Conv's page, which are those of its pooling.
SizeSums convolution_sums(AutoPad auto_pad, const Geometry& geometry) {
    return sums_of(geometry, [&](const Axis& axis, int) {
        SumLine line(axis);
        if (auto_pad != AutoPad::notset)
            return std::move(line.rounded_up("strides")).equals(axis.out);
        line.input("\u230a(");
        line.zeros(Purpose::zeros_begin, "pads_begin", digits(axis.pad_before), axis.pad_before, 0);
        line.zeros(Purpose::zeros_end, "pads_end", digits(axis.pad_after), 0, axis.pad_after);
        return std::move(line.windows(extent("kernel_shape", "dilations"),
                                      extent(digits(axis.kernel), digits(axis.dilation)),
                                      "strides"))
            .equals(axis.out);
    });
}

/// `biased`: an argument of other frameworks, here an input of the node.
DialectRow by_pads_row(const OnnxConvTranspose& layer, const Geometry& geometry, bool biased) {
    Conv2DTranspose uncut = uncut_layer(layer);
    uncut.output_padding = layer.output_padding;
    uncut.use_bias = biased;
    return node_row({.spec = uncut,
                     .cut_after = layer.pads,
                     .output = geometry.output,
                     .edges = crops(geometry),
                     .sums = transposed_sums(layer, geometry)},
                    arguments_of(layer));
}

/// By pads; and by auto_pad where Keras's same says it, except where it would append cells, which
/// ONNX Runtime does not do.
DialectRows transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    const OnnxConvTranspose by_pads = in_onnx(layer, geometry);
    DialectRow row = by_pads_row(by_pads, geometry, layer.use_bias);
    DialectRows rows{row};
    const bool appends = by_pads.output_padding != Size2D{0, 0};
    if (std::holds_alternative<Same>(layer.padding) && !layer.output_padding && !appends) {
        OnnxConvTranspose by_size = by_pads;
        by_size.auto_pad = AutoPad::same_upper;
        row.sums = transposed_sums(by_size, geometry);
        rows.push_back(node_row(std::move(row), arguments_of(by_size)));
    }
    return rows;
}

/// By pads; and by auto_pad where Keras's same says it, which ONNX Runtime has without dilation
/// only.
DialectRows convolution(const Conv2D& layer, const Geometry& geometry) {
    const Edges edges = zeros(geometry);
    Conv2D unpadded = layer;
    unpadded.padding = Explicit{};
    DialectRow row = node_row({.spec = unpadded,
                               .pad_first = edges,
                               .output = geometry.output,
                               .edges = edges,
                               .sums = convolution_sums(AutoPad::notset, geometry)},
                              conv_arguments(layer, AutoPad::notset, edges));
    DialectRows rows{row};
    if (std::holds_alternative<Same>(layer.padding) && layer.dilation_rate == Size2D{1, 1}) {
        row.sums = convolution_sums(AutoPad::same_upper, geometry);
        rows.push_back(node_row(std::move(row), conv_arguments(layer, AutoPad::same_upper, edges)));
    }
    return rows;
}

DialectRows upsampling(const UpSampling2D& layer, const Geometry& geometry) {
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
    // An input of the node, as the weights of others are.
    const std::string scales = list({1, 1, layer.size.height, layer.size.width});
    const std::string node = "onnx.helper.make_node('Resize', ['X', '', 'scales'], ['Y'], " +
                             text.text() + ")  # scales = " + scales + '\n';
    text.add("scales", scales);
    DialectRow row = node_row(
        {.spec = layer, .output = geometry.output, .sums = scaled_sums(geometry, "scales")}, text);
    row.code = node;
    return {row};
}

Result<Wording> read(const Told& told) {
    return Wording(OnnxConvTranspose{.filters = told.filters,
                                     .kernel_shape = told.kernel_size,
                                     .strides = told.strides,
                                     .dilations = told.dilation,
                                     .group = told.groups,
                                     .auto_pad = told.auto_pad,
                                     .pads = told.pads,
                                     .output_padding = told.output_padding.value_or(Size2D{0, 0}),
                                     .output_shape = told.output_shape});
}

constexpr std::array words{Word::output_padding, Word::dilation, Word::groups,
                           Word::pads,           Word::auto_pad, Word::output_shape};

}  // namespace

/// The arguments as they were given; computed, and cut, by the pads they come to.
DialectRow onnx_row(const OnnxConvTranspose& layer, const Geometry& geometry) {
    DialectRow row = by_pads_row(in_onnx(uncut_layer(layer), geometry), geometry, true);
    row.sums = transposed_sums(layer, geometry);
    return node_row(std::move(row), arguments_of(layer));
}

constinit const Dialect onnx_dialect{.framework = Framework::onnx,
                                     .key = "onnx",
                                     .name = "ONNX",
                                     .words = words,
                                     .transposed = transposed,
                                     .convolution = convolution,
                                     .upsampling = upsampling,
                                     .read = read};

}  // namespace engine
