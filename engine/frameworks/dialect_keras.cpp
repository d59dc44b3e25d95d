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

/// The kernel's cells along an axis by the name that is true for them.
const char* span_name(const Axis& axis) {
    return axis.dilation == 1 ? "kernel_size" : "effective_kernel";
}

/// keras/src/backend/common/backend_utils.py; then what Cropping2D cuts.
SizeSums transposed_sums(const Conv2DTranspose& layer, const Geometry& geometry,
                         const Edges& cut = {}) {
    const bool same = std::holds_alternative<Same>(layer.padding);
    return sums_of(geometry, [&](const Axis& axis, int index) {
        const Ends sliced = of_axis(cut, index);
        const std::string span = digits(axis.extent);
        SumLine line(axis);
        if (!layer.output_padding) {
            line.blocks("strides");
            if (!same) {
                const auto rest = [&](const std::string& kernel, const std::string& strides) {
                    return "max(" + kernel + ' ' + signs::minus + ' ' + strides + ", 0)";
                };
                const int blocks = axis.in * axis.stride;
                line.add(Purpose::overhang, rest(span_name(axis), "strides"),
                         rest(span, digits(axis.stride)), std::max(axis.full - blocks, 0),
                         {{blocks, axis.full - 1}});
            }
            return std::move(line.sliced(sliced.begin, sliced.end))
                .equals(axis.out - sliced.begin - sliced.end);
        }
        const int extra = of_axis(*layer.output_padding, index);
        line.steps("strides").last_stamp(span_name(axis), span);
        if (same) {
            const int half = axis.extent / 2;
            const auto twice = [](const std::string& kernel) {
                return std::string("2 ") + signs::times + ' ' + signs::open_floor + kernel + ' ' +
                       signs::over + " 2" + signs::close_floor;
            };
            line.subtract(Purpose::cut_both, twice(span_name(axis)), twice(span),
                          2 * std::int64_t{half},
                          {{0, half - 1}, {axis.full - half, axis.full - 1}});
            // Half of it comes back before, the odd cell behind.
            const int before = half - axis.crop_before;
            line.add(Purpose::given_back, "output_padding", digits(extra), extra,
                     {{axis.crop_before, half - 1},
                      {axis.full - half, axis.full - half + extra - before - 1}});
        } else {
            line.add(Purpose::appended, "output_padding", digits(extra), extra,
                     {{axis.full, axis.full + extra - 1}});
        }
        return std::move(line.sliced(sliced.begin, sliced.end))
            .equals(axis.out - sliced.begin - sliced.end);
    });
}

SizeSums convolution_sums(const Conv2D& layer, const Geometry& geometry, const Edges& first = {}) {
    const bool same = std::holds_alternative<Same>(layer.padding);
    return sums_of(geometry, [&](const Axis& axis, int index) {
        SumLine line(axis);
        if (same) return std::move(line.rounded_up("strides")).equals(axis.out);
        const Ends zeros = of_axis(first, index);
        line.input("\u230a(");
        if (zeros.begin > 0)
            line.zeros(Purpose::zeros_begin, "before", digits(zeros.begin), zeros.begin, 0);
        if (zeros.end > 0) line.zeros(Purpose::zeros_end, "after", digits(zeros.end), 0, zeros.end);
        return std::move(line.windows(span_name(axis), digits(axis.extent), "strides"))
            .equals(axis.out);
    });
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

std::string arguments_of(const Conv2DTranspose& layer) { return shared_arguments(layer).text(); }

std::string arguments_of(const Conv2D& layer) {
    Arguments text = shared_arguments(layer);
    if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text.text();
}

DialectRows transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
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
            row.arguments = arguments_of(*padded);
            row.sums = transposed_sums(*padded, geometry);
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
        row.arguments = arguments_of(other) + ", then Cropping2D(" + edges_code(cut) + ")";
        row.sums = transposed_sums(other, *whole, cut);
        return {row};
    }
    return {no_form(Framework::keras, Lack::appended_cells)};
}

DialectRows convolution(const Conv2D& layer, const Geometry& geometry) {
    Conv2D other = layer;
    other.padding = Valid{};
    if (keras_refuses(other)) return {no_form(Framework::keras, Lack::strides_with_dilation)};
    DialectRow row{
        .framework = Framework::keras, .output = geometry.output, .edges = zeros(geometry)};
    if (const auto padded = padded_for(geometry, other)) {
        row.spec = *padded;
        row.arguments = arguments_of(*padded);
        row.sums = convolution_sums(*padded, geometry);
        return {row};
    }
    row.spec = other;
    row.pad_first = row.edges;
    row.arguments = "ZeroPadding2D(" + edges_code(row.edges) + "), then " + arguments_of(other);
    row.sums = convolution_sums(other, geometry, row.pad_first);
    return {row};
}

DialectRows upsampling(const UpSampling2D& layer, const Geometry& geometry) {
    Arguments text;
    text.add("size", code(layer.size));
    text.add("interpolation", quoted(name_of(layer.interpolation)));
    return {{.spec = layer,
             .arguments = text.text(),
             .output = geometry.output,
             .sums = scaled_sums(geometry, "size")}};
}

struct Given {
    const Geometry& geometry;

    DialectRow operator()(const Conv2DTranspose& layer) const {
        return {.spec = layer,
                .arguments = arguments_of(layer),
                .output = geometry.output,
                .edges = crops(geometry),
                .sums = transposed_sums(layer, geometry)};
    }
    DialectRow operator()(const Conv2D& layer) const {
        return {.spec = layer,
                .arguments = arguments_of(layer),
                .output = geometry.output,
                .edges = zeros(geometry),
                .sums = convolution_sums(layer, geometry)};
    }
    DialectRow operator()(const UpSampling2D& layer) const {
        return upsampling(layer, geometry).front();
    }
    template <typename Other>
    DialectRow operator()(const Other&) const {
        return {};
    }
};

DialectRow given(const LayerSpec& spec, const Geometry& geometry) {
    return std::visit(Given{geometry}, spec);
}

Result<Wording> read(const Told& told) {
    return Wording(Conv2DTranspose{.filters = told.filters,
                                   .kernel_size = told.kernel_size,
                                   .strides = told.strides,
                                   .padding = told.padding.value_or(Valid{}),
                                   .output_padding = told.output_padding,
                                   .dilation_rate = told.dilation});
}

constexpr std::array words{Word::padding, Word::output_padding, Word::dilation};

}  // namespace

constinit const Dialect keras_dialect{.framework = Framework::keras,
                                      .key = "keras",
                                      .name = "Keras",
                                      .words = words,
                                      .padding_is_named = true,
                                      .given = given,
                                      .transposed = transposed,
                                      .convolution = convolution,
                                      .upsampling = upsampling,
                                      .read = read};

}  // namespace engine
