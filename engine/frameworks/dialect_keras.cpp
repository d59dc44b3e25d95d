// SPDX-License-Identifier: MIT
// Layers in Keras's words.
#include <algorithm>
#include <array>

#include "engine/frameworks/backends.h"
#include "engine/frameworks/dialect_rows.h"
#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

std::string code(const Padding& padding) {
    return std::holds_alternative<Same>(padding) ? "'same'" : "'valid'";
}

template <typename Convolution>
Arguments arguments_of(const Convolution& layer) {
    Arguments text;
    text.add_window("kernel_size", code(layer.kernel_size));
    text.add_window("strides", code(layer.strides));
    text.add("padding", code(layer.padding));
    if constexpr (requires { layer.output_padding; })
        if (layer.output_padding) text.add("output_padding", code(*layer.output_padding));
    text.add_unless({1, 1}, "dilation_rate", layer.dilation_rate);
    if constexpr (!requires { layer.output_padding; })
        if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text;
}
Arguments arguments_of(const UpSampling2D& layer) {
    Arguments text;
    text.add("size", code(layer.size));
    text.add("interpolation", quoted(name_of(layer.interpolation)));
    return text;
}

/// A layer of a Sequential a line.
std::string line_of(std::string_view call) {
    return std::string("keras.layers.").append(call).append(",\n");
}

/// What a call says beside Arguments.
template <typename Layer>
std::string whole_call(const Layer& layer, const Arguments& arguments) {
    std::string text(definition_of(layer).class_name);
    text += '(';
    if constexpr (requires { layer.filters; })
        text += "filters=" + std::to_string(layer.filters) + ", ";
    text += arguments.text();
    if constexpr (requires { layer.filters; }) {
        if (layer.activation != ActivationKind::linear)
            text += ", activation=" + quoted(name_of(layer.activation));
        if (!layer.use_bias) text += ", use_bias=False";
    }
    return text + ')';
}

/// The row in its words; `first` and `then` are layers of their own.
template <typename Layer>
DialectRow keras_row(const Layer& layer, DialectRow row, const std::string& first = {},
                     const std::string& then = {}) {
    const Arguments arguments = arguments_of(layer);
    row.framework = Framework::keras;
    row.spec = layer;
    row = worded(std::move(row), definition_of(layer).class_name, {arguments, first, then});
    if (!first.empty()) row.code += line_of(first);
    row.code += line_of(whole_call(layer, arguments));
    if (!then.empty()) row.code += line_of(then);
    return row;
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
                line.add(Purpose::overhang, rest(span_name(axis), "strides"),
                         rest(span, digits(axis.stride)),
                         std::max(axis.full - axis.in * axis.stride, 0), overhang_cells(axis));
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
                          2 * std::int64_t{half}, both_ends_cells(axis, half));
            // Half of it comes back before, the odd cell behind.
            line.add(Purpose::given_back, "output_padding", digits(extra), extra,
                     given_back_cells(axis, half, extra));
        } else {
            line.add(Purpose::appended, "output_padding", digits(extra), extra,
                     appended_cells(axis, extra));
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

/// The layer with Keras's padding for this geometry, if it has one that every backend takes.
template <typename Convolution>
std::optional<Convolution> padded_for(const Geometry& geometry, Convolution layer) {
    for (const Padding& padding : {Padding(Valid{}), Padding(Same{})}) {
        layer.padding = padding;
        const Result<Geometry> inferred = infer(layer, geometry.input);
        if (!inferred || !agree(*inferred, geometry)) continue;
        if constexpr (requires { layer.output_padding; })
            if (std::holds_alternative<Same>(padding) &&
                !(is_gradient_of_same(inferred->rows) && is_gradient_of_same(inferred->columns)))
                continue;
        return layer;
    }
    return std::nullopt;
}

DialectRows transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    if (layer.groups != 1) return {no_form(Framework::keras, Lack::groups)};
    Conv2DTranspose other = layer;
    other.padding = Valid{};
    if (keras_refuses(other)) return {no_form(Framework::keras, Lack::strides_with_dilation)};

    const Size2D appended{std::max(-geometry.rows.crop_after, 0),
                          std::max(-geometry.columns.crop_after, 0)};
    DialectRow row{.output = geometry.output, .edges = crops(geometry)};
    // None reads better than 0 where it is as good.
    const std::array extras{std::optional<Size2D>(), std::optional(appended)};
    for (const std::optional<Size2D>& extra : extras) {
        other.output_padding = extra;
        if (const auto padded = padded_for(geometry, other)) {
            row.sums = transposed_sums(*padded, geometry);
            return {keras_row(*padded, row)};
        }
    }
    for (const std::optional<Size2D>& extra : extras) {
        other.output_padding = extra;
        const Result<Geometry> whole = infer(other, geometry.input);
        if (!whole) continue;
        const Edges cut = cut_between(*whole, geometry);
        if (std::min({cut.top, cut.bottom, cut.left, cut.right}) < 0) continue;
        row.cut_after = cut;
        row.sums = transposed_sums(other, *whole, cut);
        return {keras_row(other, row, {}, "Cropping2D(" + edges_code(cut) + ")")};
    }
    return {no_form(Framework::keras, Lack::appended_cells)};
}

DialectRows convolution(const Conv2D& layer, const Geometry& geometry) {
    Conv2D other = layer;
    other.padding = Valid{};
    if (keras_refuses(other)) return {no_form(Framework::keras, Lack::strides_with_dilation)};
    DialectRow row{.output = geometry.output, .edges = zeros(geometry)};
    if (const auto padded = padded_for(geometry, other)) {
        row.sums = convolution_sums(*padded, geometry);
        return {keras_row(*padded, row)};
    }
    row.pad_first = row.edges;
    row.sums = convolution_sums(other, geometry, row.pad_first);
    return {keras_row(other, row, "ZeroPadding2D(" + edges_code(row.edges) + ")")};
}

DialectRows upsampling(const UpSampling2D& layer, const Geometry& geometry) {
    return {keras_row(layer, {.output = geometry.output, .sums = scaled_sums(geometry, "size")})};
}

DialectRow given_transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    return keras_row(layer, {.output = geometry.output,
                             .edges = crops(geometry),
                             .sums = transposed_sums(layer, geometry)});
}
DialectRow given_convolution(const Conv2D& layer, const Geometry& geometry) {
    return keras_row(layer, {.output = geometry.output,
                             .edges = zeros(geometry),
                             .sums = convolution_sums(layer, geometry)});
}

Result<Wording> read(const Told& told) { return Wording(told_layer(told, Valid{})); }

constexpr std::array words{Word::padding, Word::output_padding, Word::dilation};

}  // namespace

constinit const Dialect keras_dialect{.framework = Framework::keras,
                                      .key = "keras",
                                      .name = "Keras",
                                      .words = words,
                                      .padding_is_named = true,
                                      .given_transposed = given_transposed,
                                      .given_convolution = given_convolution,
                                      .transposed = transposed,
                                      .convolution = convolution,
                                      .upsampling = upsampling,
                                      .read = read};

}  // namespace engine
