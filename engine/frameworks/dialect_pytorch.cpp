// SPDX-License-Identifier: MIT
// Layers in PyTorch's words.
#include <algorithm>
#include <array>

#include "engine/frameworks/dialect_rows.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

template <typename Convolution>
Arguments arguments_of(const Convolution& layer) {
    Arguments text;
    text.add_window("kernel_size", code(layer.kernel_size));
    text.add_window("stride", code(layer.strides));
    const Explicit* padding = std::get_if<Explicit>(&layer.padding);
    text.add("padding", padding ? code(padding->padding) : "'same'");
    if constexpr (requires { layer.output_padding; })
        text.add_unless({0, 0}, "output_padding", layer.output_padding.value_or(Size2D{0, 0}));
    text.add_unless({1, 1}, "dilation", layer.dilation_rate);
    if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text;
}

/// The row in its words, and as a module; where something is done by hand, as what makes y of x.
template <typename Layer>
DialectRow pytorch_row(const Layer& layer, const Arguments& arguments, int channels, DialectRow row,
                       const std::string& first = {}, const std::string& then = {}) {
    const std::string name(definition_of(layer).name_in_pytorch);
    row.framework = Framework::pytorch;
    row.spec = layer;
    row = worded(std::move(row), name, {arguments, first, then});
    row.code = "torch.nn." + name + '(';
    if constexpr (requires { layer.filters; })
        row.code += std::to_string(channels) + ", " + std::to_string(layer.filters) + ", ";
    row.code += arguments.text();
    if constexpr (requires { layer.filters; })
        if (!layer.use_bias) row.code += ", bias=False";
    row.code += ')';
    if (!first.empty())
        row.code = "y = " + row.code + "(torch.nn.functional" + first.substr(1) + ')';
    if (!then.empty()) row.code = "y = " + row.code + "(x)" + then;
    row.code += '\n';
    return row;
}

/// Arguments of nn.ConvTranspose2d along one axis: padding cuts both ends, output_padding gives
/// back at the second.
struct Cut {
    int padding = 0;
    int output_padding = 0;
};

/// What cuts exactly crop_before and crop_after, if PyTorch has it.
Cut exact(const Axis& axis) { return {axis.crop_before, axis.crop_before - axis.crop_after}; }

/// What keeps the size where the ends cannot be cut so: the odd cell is given back.
Cut same_size(const Axis& axis) {
    const int cut = std::max(axis.crop_before + axis.crop_after, 0);
    const int padding = (cut + 1) / 2;
    return {padding, 2 * padding - axis.crop_before - axis.crop_after};
}

/// Nothing cut, the cells beyond the full output appended.
Cut uncut(const Axis& axis) { return {0, std::max(-axis.crop_after, 0)}; }

Conv2DTranspose with(Conv2DTranspose layer, Cut rows, Cut columns) {
    layer.padding = Explicit{{rows.padding, columns.padding}};
    layer.output_padding = Size2D{rows.output_padding, columns.output_padding};
    return layer;
}

/// "[:, :, 0:4, 1:5]"
std::string slice_code(const Geometry& kept) {
    const auto range = [](const Axis& axis) {
        return std::to_string(axis.crop_before) + ':' + std::to_string(axis.crop_before + axis.out);
    };
    return "[:, :, " + range(kept.rows) + ", " + range(kept.columns) + ']';
}

/// What such a slice takes away at each edge.
Edges sliced_away(const Geometry& whole, const Geometry& kept) {
    const Axis& rows = kept.rows;
    const Axis& columns = kept.columns;
    return {rows.crop_before, whole.rows.out - rows.crop_before - rows.out, columns.crop_before,
            whole.columns.out - columns.crop_before - columns.out};
}

/// "2 × padding", or that with its number
std::string twice(const std::string& padding) {
    return std::string("2 ") + signs::times + ' ' + padding;
}
/// "dilation × (kernel_size − 1)"
std::string spread(const std::string& dilation, const std::string& kernel) {
    return dilation + ' ' + signs::times + " (" + kernel + ' ' + signs::minus + " 1)";
}

/// The formula of ConvTranspose2d's page, then what the slice takes.
SizeSums transposed_sums(const Conv2DTranspose& layer, const Geometry& geometry,
                         const Edges& cut = {}) {
    const Size2D padding = std::get<Explicit>(layer.padding).padding;
    const Size2D extra = layer.output_padding.value_or(Size2D{0, 0});
    return sums_of(geometry, [&](const Axis& axis, int index) {
        const int taken = of_axis(padding, index);
        const int back = of_axis(extra, index);
        const Ends sliced = of_axis(cut, index);
        SumLine line(axis);
        line.steps("stride").cut_both(twice("padding"), taken);
        line.add(Purpose::rest_of_stamp, spread("dilation", "kernel_size"),
                 spread(digits(axis.dilation), digits(axis.kernel)), axis.extent - 1,
                 rest_of_stamp_cells(axis));
        line.add(Purpose::given_back, "output_padding", digits(back), back,
                 given_back_cells(axis, taken, back));
        line.add(Purpose::first_cell, "1", "1", 1, first_cell_cells(axis));
        return std::move(line.sliced(sliced.begin, sliced.end))
            .equals(axis.out - sliced.begin - sliced.end);
    });
}

/// The formula of Conv2d's page, after F.pad.
SizeSums convolution_sums(const Conv2D& layer, const Geometry& geometry, const Edges& first = {}) {
    return sums_of(geometry, [&](const Axis& axis, int index) {
        SumLine line(axis);
        const auto* given = std::get_if<Explicit>(&layer.padding);
        if (!given) return std::move(line.input("")).equals(axis.out);  // 'same', of stride 1
        const int padding = of_axis(given->padding, index);
        const Ends zeros = of_axis(first, index);
        line.input("\u230a(");
        if (zeros.begin > 0)
            line.zeros(Purpose::zeros_begin, "before", digits(zeros.begin), zeros.begin, 0);
        if (zeros.end > 0) line.zeros(Purpose::zeros_end, "after", digits(zeros.end), 0, zeros.end);
        line.zeros(Purpose::zeros_both, twice("padding"), twice(digits(padding)), padding, padding);
        const std::string one = std::string(" ") + signs::minus + " 1";
        return std::move(line.windows(spread("dilation", "kernel_size") + one,
                                      spread(digits(axis.dilation), digits(axis.kernel)) + one,
                                      "stride"))
            .equals(axis.out);
    });
}

DialectRow given_transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    return pytorch_row(layer, arguments_of(layer), geometry.input.channels(),
                       {.output = geometry.output,
                        .edges = crops(geometry),
                        .sums = transposed_sums(layer, geometry)});
}
DialectRow given_convolution(const Conv2D& layer, const Geometry& geometry) {
    return pytorch_row(layer, arguments_of(layer), geometry.input.channels(),
                       {.output = geometry.output,
                        .edges = zeros(geometry),
                        .sums = convolution_sums(layer, geometry)});
}

/// The exact form if there is one; otherwise the one of equal size, and the one cut by hand.
DialectRows transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    DialectRows rows;
    const auto add = [&](Cut down, Cut across) {
        const Conv2DTranspose other = with(layer, down, across);
        const Result<Geometry> result = infer(other, geometry.input);
        if (!result) return false;
        rows.push_back(given_transposed(other, *result));
        return true;
    };
    const Cut down = exact(geometry.rows);
    const Cut across = exact(geometry.columns);
    if (add(down, across)) return rows;  // infer refuses what is negative
    add(same_size(geometry.rows), same_size(geometry.columns));

    const Conv2DTranspose whole = with(layer, uncut(geometry.rows), uncut(geometry.columns));
    const Result<Geometry> result = infer(whole, geometry.input);
    if (!result) {
        rows.push_back(no_form(Framework::pytorch, Lack::appended_cells));
        return rows;
    }
    const Edges cut = sliced_away(*result, geometry);
    rows.push_back(pytorch_row(whole, arguments_of(whole), geometry.input.channels(),
                               {.cut_after = cut,
                                .output = geometry.output,
                                .edges = crops(geometry),
                                .sums = transposed_sums(whole, *result, cut)},
                               {}, slice_code(geometry)));
    return rows;
}

/// PyTorch pads both ends alike; an odd zero goes to the end only by padding='same', which needs
/// stride 1, or by hand.
DialectRows convolution(const Conv2D& layer, const Geometry& geometry) {
    const Edges edges = zeros(geometry);
    Conv2D other = layer;
    DialectRow row{.output = geometry.output, .edges = edges};
    std::string first;
    if (edges.top == edges.bottom && edges.left == edges.right) {
        other.padding = Explicit{{edges.top, edges.left}};
    } else if (layer.strides != Size2D{1, 1} || !std::holds_alternative<Same>(layer.padding)) {
        other.padding = Explicit{};
        row.pad_first = edges;
        first = "F.pad(x, (" + std::to_string(edges.left) + ", " + std::to_string(edges.right) +
                ", " + std::to_string(edges.top) + ", " + std::to_string(edges.bottom) + "))";
    }
    row.sums = convolution_sums(other, geometry, row.pad_first);
    return {
        pytorch_row(other, arguments_of(other), geometry.input.channels(), std::move(row), first)};
}

DialectRows upsampling(const UpSampling2D& layer, const Geometry& geometry) {
    Arguments text;
    text.add("scale_factor", code(layer.size));
    DialectRow row{.output = geometry.output, .sums = scaled_sums(geometry, "scale_factor")};
    switch (layer.interpolation) {
        case Interpolation::nearest:
        case Interpolation::area:  // by whole factors, area is nearest
            text.add("mode", "'nearest'");
            break;
        case Interpolation::bicubic:  // a = -0.75 and the rim held; Keras has -0.5, renormalised
            row.agreement = Agreement::other_numbers;
            [[fallthrough]];
        case Interpolation::bilinear:
            text.add("mode", quoted(name_of(layer.interpolation)));
            text.add("align_corners", "False");
            break;
        default:
            return {no_form(Framework::pytorch, Lack::interpolation)};
    }
    return {pytorch_row(layer, text, geometry.input.channels(), std::move(row))};
}

Result<Wording> read(const Told& told) { return Wording(told_layer(told, Explicit{})); }

constexpr std::array words{Word::padding, Word::output_padding, Word::dilation, Word::groups};

}  // namespace

constinit const Dialect pytorch_dialect{.framework = Framework::pytorch,
                                        .key = "pytorch",
                                        .name = "PyTorch",
                                        .words = words,
                                        .given_transposed = given_transposed,
                                        .given_convolution = given_convolution,
                                        .transposed = transposed,
                                        .convolution = convolution,
                                        .upsampling = upsampling,
                                        .read = read};

}  // namespace engine
