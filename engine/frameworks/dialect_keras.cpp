// SPDX-License-Identifier: MIT
// Layers in Keras's words.
#include <algorithm>
#include <array>

#include "engine/frameworks/dialect_rows.h"

namespace engine {

namespace {

std::string code(const Padding& padding) {
    return std::holds_alternative<Same>(padding) ? "'same'" : "'valid'";
}

template <typename Convolution>
Arguments shared_arguments(const Convolution& layer) {
    Arguments text;
    text.add("kernel_size", code(layer.kernel_size));
    text.add("strides", code(layer.strides));
    text.add("padding", code(layer.padding));
    if constexpr (requires { layer.output_padding; })
        if (layer.output_padding) text.add("output_padding", code(*layer.output_padding));
    text.add_unless({1, 1}, "dilation_rate", layer.dilation_rate);
    return text;
}

/// "((1, 0), (1, 0))", as Cropping2D and ZeroPadding2D are told.
std::string edges_code(const Edges& edges) {
    return pair_code(pair_code(edges.top, edges.bottom), pair_code(edges.left, edges.right));
}

/// The same arithmetic: sizes, and what is cut or put around.
bool agree(const Geometry& a, const Geometry& b) {
    return a.rows == b.rows && a.columns == b.columns;
}

/// What is cut from `whole` to leave `kept`; both start at the same full cell.
Edges cut_between(const Geometry& whole, const Geometry& kept) {
    const auto after = [](const Axis& all, const Axis& some) {
        return all.out - some.crop_before - some.out;
    };
    return {kept.rows.crop_before, after(whole.rows, kept.rows), kept.columns.crop_before,
            after(whole.columns, kept.columns)};
}

/// The layer with Keras's padding for this geometry, if it has one.
template <typename Convolution>
std::optional<Convolution> padded_for(const Geometry& geometry, Convolution layer) {
    for (const Padding& padding : {Padding(Valid{}), Padding(Same{})}) {
        layer.padding = padding;
        const Result<Geometry> inferred = infer(layer, geometry.input);
        if (inferred && agree(*inferred, geometry)) return layer;
    }
    return std::nullopt;
}

}  // namespace

std::string keras_arguments(const Conv2DTranspose& layer) { return shared_arguments(layer).text(); }

std::string keras_arguments(const Conv2D& layer) {
    Arguments text = shared_arguments(layer);
    if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text.text();
}

DialectRows keras_rows(const Conv2DTranspose& layer, const Geometry& geometry) {
    if (layer.groups != 1) return {no_form(Framework::keras, Lack::groups)};
    Conv2DTranspose other = layer;
    other.padding = Valid{};
    if (keras_refuses(other)) return {no_form(Framework::keras, Lack::strides_with_dilation)};

    const Size2D appended{std::max(-geometry.rows.crop_after, 0),
                          std::max(-geometry.columns.crop_after, 0)};
    DialectRow row{
        .framework = Framework::keras, .output = geometry.output, .edges = crops(geometry)};
    // None reads better than 0 where it is as good.
    const std::array extras{std::optional<Size2D>(), std::optional(appended)};
    for (const std::optional<Size2D>& extra : extras) {
        other.output_padding = extra;
        if (const auto padded = padded_for(geometry, other)) {
            row.spec = *padded;
            row.arguments = keras_arguments(*padded);
            return {row};
        }
    }
    for (const std::optional<Size2D>& extra : extras) {
        other.output_padding = extra;
        const Result<Geometry> whole = infer(other, geometry.input);
        if (!whole) continue;
        const Edges cut = cut_between(*whole, geometry);
        if (std::min({cut.top, cut.bottom, cut.left, cut.right}) < 0) continue;
        row.spec = other;
        row.cut_after = cut;
        row.arguments = keras_arguments(other) + ", then Cropping2D(" + edges_code(cut) + ")";
        return {row};
    }
    return {no_form(Framework::keras, Lack::appended_cells)};
}

DialectRows keras_rows(const Conv2D& layer, const Geometry& geometry) {
    Conv2D other = layer;
    other.padding = Valid{};
    if (keras_refuses(other)) return {no_form(Framework::keras, Lack::strides_with_dilation)};
    DialectRow row{
        .framework = Framework::keras, .output = geometry.output, .edges = zeros(geometry)};
    if (const auto padded = padded_for(geometry, other)) {
        row.spec = *padded;
        row.arguments = keras_arguments(*padded);
        return {row};
    }
    row.spec = other;
    row.pad_first = row.edges;
    row.arguments = "ZeroPadding2D(" + edges_code(row.edges) + "), then " + keras_arguments(other);
    return {row};
}

DialectRows keras_rows(const UpSampling2D& layer, const Geometry& geometry) {
    Arguments text;
    text.add("size", code(layer.size));
    text.add("interpolation", quoted(name_of(layer.interpolation)));
    return {{.spec = layer, .arguments = text.text(), .output = geometry.output}};
}

}  // namespace engine
