// SPDX-License-Identifier: MIT
// Layers in PyTorch's words.
#include <algorithm>

#include "engine/frameworks/dialect_rows.h"

namespace engine {

namespace {

template <typename Convolution>
std::string arguments_of(const Convolution& layer) {
    Arguments text;
    text.add("kernel_size", code(layer.kernel_size));
    text.add("stride", code(layer.strides));
    const Explicit* padding = std::get_if<Explicit>(&layer.padding);
    text.add("padding", padding ? code(padding->padding) : "'same'");
    if constexpr (requires { layer.output_padding; })
        text.add_unless({0, 0}, "output_padding", layer.output_padding.value_or(Size2D{0, 0}));
    text.add_unless({1, 1}, "dilation", layer.dilation_rate);
    if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text.text();
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

}  // namespace

std::string pytorch_arguments(const Conv2DTranspose& layer) { return arguments_of(layer); }
std::string pytorch_arguments(const Conv2D& layer) { return arguments_of(layer); }

/// The exact form if there is one, and the plain one where Keras's valid is not PyTorch's default;
/// otherwise the one of equal size, and the one cut by hand.
DialectRows pytorch_rows(const Conv2DTranspose& layer, const Geometry& geometry) {
    DialectRows rows;
    const auto add = [&](Cut down, Cut across) {
        const Conv2DTranspose other = with(layer, down, across);
        const Result<Geometry> result = infer(other, geometry.input);
        if (!result) return false;
        rows.push_back({.framework = Framework::pytorch,
                        .spec = other,
                        .arguments = pytorch_arguments(other),
                        .output = result->output,
                        .edges = crops(*result)});
        return true;
    };
    const Cut down = exact(geometry.rows);
    const Cut across = exact(geometry.columns);
    if (add(down, across)) {  // infer refuses what is negative
        const bool gives_back = down.output_padding > 0 || across.output_padding > 0;
        if (gives_back && std::holds_alternative<Valid>(layer.padding)) add({}, {});
        return rows;
    }
    add(same_size(geometry.rows), same_size(geometry.columns));

    const Conv2DTranspose whole = with(layer, uncut(geometry.rows), uncut(geometry.columns));
    const Result<Geometry> result = infer(whole, geometry.input);
    if (!result) {
        rows.push_back(no_form(Framework::pytorch, Lack::appended_cells));
        return rows;
    }
    rows.push_back({.framework = Framework::pytorch,
                    .spec = whole,
                    .cut_after = sliced_away(*result, geometry),
                    .arguments = pytorch_arguments(whole) + ", then " + slice_code(geometry),
                    .output = geometry.output,
                    .edges = crops(geometry)});
    return rows;
}

/// PyTorch pads both ends alike; an odd zero goes to the end only by padding='same', which needs
/// stride 1, or by hand.
DialectRows pytorch_rows(const Conv2D& layer, const Geometry& geometry) {
    const Edges edges = zeros(geometry);
    Conv2D other = layer;
    DialectRow row{.framework = Framework::pytorch, .output = geometry.output, .edges = edges};
    if (edges.top == edges.bottom && edges.left == edges.right) {
        other.padding = Explicit{{edges.top, edges.left}};
        row.arguments = pytorch_arguments(other);
    } else if (layer.strides == Size2D{1, 1} && std::holds_alternative<Same>(layer.padding)) {
        row.arguments = pytorch_arguments(other);
    } else {
        other.padding = Explicit{};
        row.pad_first = edges;
        row.arguments = "F.pad(x, (" + std::to_string(edges.left) + ", " +
                        std::to_string(edges.right) + ", " + std::to_string(edges.top) + ", " +
                        std::to_string(edges.bottom) + ")), then " + pytorch_arguments(other);
    }
    row.spec = other;
    return {row};
}

DialectRows pytorch_rows(const UpSampling2D& layer, const Geometry& geometry) {
    Arguments text;
    text.add("scale_factor", code(layer.size));
    DialectRow row{.framework = Framework::pytorch, .spec = layer, .output = geometry.output};
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
    row.arguments = text.text();
    return {row};
}

}  // namespace engine
