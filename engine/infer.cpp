// SPDX-License-Identifier: MIT
// Does a layer fit its input? Every argument of every layer is checked here.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "engine/axis_rules.h"
#include "engine/weights.h"

namespace engine {

namespace {

Check padding_in_range(const Padding& padding) {
    const Explicit* given = std::get_if<Explicit>(&padding);
    return given ? in_range("padding", given->padding, 0) : std::nullopt;
}

Check divisible(const char* subject, int channels, int groups) {
    if (channels % groups == 0) return std::nullopt;
    return mistake(ErrorCode::indivisible_channels, subject, channels, groups);
}

Check is_feature_map(const Shape& input) {
    if (input.rank() == 3) return std::nullopt;
    return mistake(ErrorCode::rank_mismatch, "input", input.rank(), 3);
}

Check has_rank_1_to_3(const char* subject, const Shape& shape) {
    if (shape.rank() >= 1 && shape.rank() <= 3) return std::nullopt;
    return Error{.code = ErrorCode::rank_mismatch,
                 .subject = subject,
                 .given = {shape.rank()},
                 .limit = {1, 2, 3}};
}

Check check_input(const Shape& input) {
    if (Check wrong = has_rank_1_to_3("input", input)) return wrong;
    for (const int size : input.sizes()) {
        if (size < 1) return mistake(ErrorCode::not_positive, "input", size, 1);
    }
    return in_budget("input", input.count());
}

/// The first objection of several, asked in order.
template <typename... Checks>
Check first_of(Checks... checks) {
    Check first;
    ((first = first ? first : checks), ...);
    return first;
}

/// Both axes by one rule: rule(axis, cells of the input along it).
template <typename Rule>
Result<Geometry> feature_map(const Shape& input, int channels, Rule rule) {
    const Result<Axis> rows = rule(0, input.height());
    if (!rows) return rows.error();
    const Result<Axis> columns = rule(1, input.width());
    if (!columns) return columns.error();
    Geometry geometry{input, {rows->out, columns->out, channels}, *rows, *columns};
    // What is cropped away has to be computed and drawn, so it counts as well.
    if (Check wrong = first_of(in_budget("output", geometry.output.count()),
                               in_budget("uncropped", geometry.canvas().count()))) {
        return *wrong;
    }
    return geometry;
}

Result<Geometry> of_shape(const Shape& input, const Shape& output) {
    return Geometry{input, output, {}, {}};
}

/// One overload a layer; the input has passed check_input.
struct Inference {
    const Shape& input;

    Result<Geometry> operator()(const UpSampling2D& layer) const {
        if (Check wrong = first_of(in_range("size", layer.size, 1), is_feature_map(input))) {
            return *wrong;
        }
        // As a transposed convolution this is a kernel of ones as large as its strides.
        return feature_map(input, input.channels(), [&](int axis, int in) {
            const int factor = along(layer.size, axis);
            return transposed_axis(in, {factor, factor, 1}, Valid{}, std::nullopt, axis);
        });
    }

    Result<Geometry> operator()(const Conv2DTranspose& layer) const {
        if (Check wrong = check_convolution(layer)) return *wrong;
        return feature_map(input, layer.filters, [&](int axis, int in) {
            std::optional<int> output_padding;
            if (layer.output_padding) output_padding = along(*layer.output_padding, axis);
            return transposed_axis(in, window_of(layer, axis), layer.padding, output_padding, axis);
        });
    }

    Result<Geometry> operator()(const Conv2D& layer) const {
        if (Check wrong = check_convolution(layer)) return *wrong;
        return feature_map(input, layer.filters, [&](int axis, int in) {
            return window_axis(in, window_of(layer, axis), layer.padding, axis);
        });
    }

    Result<Geometry> operator()(const Dense& layer) const {
        if (Check wrong = in_range("units", layer.units, 1)) return *wrong;
        std::array<int, 4> sizes{};
        std::ranges::copy(input.sizes(), sizes.begin());
        const auto rank = static_cast<std::size_t>(input.rank());
        sizes[rank - 1] = layer.units;
        const Shape output(std::span<const int>(sizes).first(rank));
        if (Check wrong = in_budget("output", output.count())) return *wrong;
        return of_shape(input, output);
    }

    Result<Geometry> operator()(const Reshape& layer) const {
        const Shape& target = layer.target_shape;
        if (Check wrong = has_rank_1_to_3("target_shape", target)) return *wrong;
        std::array<int, 4> sizes{};
        std::ranges::copy(target.sizes(), sizes.begin());
        const auto wanted = std::span<int>(sizes).first(static_cast<std::size_t>(target.rank()));
        const auto open = std::ranges::find(wanted, -1);
        if (open != wanted.end()) *open = 1;
        for (const int size : wanted) {
            if (size < 1) return mistake(ErrorCode::not_positive, "target_shape", size, 1);
        }
        const std::int64_t found = input.count();
        const std::int64_t known = Shape(wanted).count();
        if (open != wanted.end() && found % known == 0) {
            *open = static_cast<int>(found / known);
        } else if (known != found) {
            return mistake(ErrorCode::size_mismatch, "target_shape", known, found);
        }
        return of_shape(input, Shape(wanted));
    }

    Result<Geometry> operator()(const Flatten&) const {
        return of_shape(input, {static_cast<int>(input.count())});
    }

    Result<Geometry> operator()(const Activation&) const { return of_shape(input, input); }
    Result<Geometry> operator()(const LeakyReLU&) const { return of_shape(input, input); }
    Result<Geometry> operator()(const ReLU&) const { return of_shape(input, input); }
    Result<Geometry> operator()(const BatchNormalization&) const { return of_shape(input, input); }

    Result<Geometry> operator()(const Dropout& layer) const {
        if (!(layer.rate >= 0.0F && layer.rate <= 1.0F)) {
            std::array<char, 32> text{};  // not std::to_string: it asks the locale
            const auto end = std::to_chars(text.data(), text.data() + text.size(), layer.rate);
            return Error{.code = ErrorCode::unknown_name,
                         .subject = "rate",
                         .text = std::string(text.data(), end.ptr)};
        }
        return of_shape(input, input);
    }

    Result<Geometry> operator()(const Pooling2D& layer) const {
        const Extent strides = layer.strides.value_or(layer.pool_size);
        if (Check wrong =
                first_of(in_range("pool_size", layer.pool_size, 1), in_range("strides", strides, 1),
                         padding_in_range(layer.padding), is_feature_map(input))) {
            return *wrong;
        }
        return feature_map(input, input.channels(), [&](int axis, int in) -> Result<Axis> {
            const int size = along(layer.pool_size, axis);
            const Explicit* given = std::get_if<Explicit>(&layer.padding);
            // PyTorch's rule; it also means that every window meets a real cell.
            if (given && along(given->padding, axis) > size / 2) {
                return mistake(ErrorCode::too_large, "padding", along(given->padding, axis),
                               size / 2, axis);
            }
            return window_axis(in, {size, along(strides, axis), 1, "pool_size"}, layer.padding,
                               axis);
        });
    }

    Result<Geometry> operator()(const GlobalPooling2D&) const {
        if (Check wrong = is_feature_map(input)) return *wrong;
        return of_shape(input, {input.channels()});
    }

    Result<Geometry> operator()(const ZeroPadding2D& layer) const {
        if (Check wrong = is_feature_map(input)) return *wrong;
        const Edges& edges = layer.padding;
        return feature_map(input, input.channels(), [&](int axis, int in) {
            return axis == 0 ? padded_axis(in, edges.top, edges.bottom, axis)
                             : padded_axis(in, edges.left, edges.right, axis);
        });
    }

    Result<Geometry> operator()(const Cropping2D& layer) const {
        if (Check wrong = is_feature_map(input)) return *wrong;
        const Edges& edges = layer.cropping;
        return feature_map(input, input.channels(), [&](int axis, int in) {
            return axis == 0 ? cropped_axis(in, edges.top, edges.bottom, axis)
                             : cropped_axis(in, edges.left, edges.right, axis);
        });
    }

private:
    /// What Conv2D and Conv2DTranspose have in common.
    template <typename Convolution2D>
    Check check_convolution(const Convolution2D& layer) const {
        if (Check wrong = first_of(in_range("filters", layer.filters, 1),
                                   in_range("kernel_size", layer.kernel_size, 1),
                                   in_range("strides", layer.strides, 1),
                                   in_range("dilation_rate", layer.dilation_rate, 1),
                                   in_range("groups", layer.groups, 1),
                                   padding_in_range(layer.padding), is_feature_map(input))) {
            return wrong;
        }
        return first_of(divisible("input", input.channels(), layer.groups),
                        divisible("filters", layer.filters, layer.groups));
    }

    template <typename Convolution2D>
    static Window window_of(const Convolution2D& layer, int axis) {
        return {along(layer.kernel_size, axis), along(layer.strides, axis),
                along(layer.dilation_rate, axis)};
    }
};

}  // namespace

Result<Geometry> infer(const LayerSpec& spec, const Shape& input) {
    if (Check wrong = check_input(input)) return *wrong;
    Result<Geometry> geometry = std::visit(Inference{input}, spec);
    if (!geometry) return geometry;
    if (Check wrong = in_budget("kernel", weight_shapes(spec, *geometry).kernel.count())) {
        return *wrong;
    }
    return geometry;
}

Result<Shape> resized(const Shape& input, Extent output_size) {
    if (Check wrong = check_input(input)) return *wrong;
    if (Check wrong = is_feature_map(input)) return *wrong;
    if (Check wrong = in_range("out_size", output_size, 1)) return *wrong;
    const Shape output{output_size.height, output_size.width, input.channels()};
    if (Check wrong = in_budget("output", output.count())) return *wrong;
    return output;
}

}  // namespace engine
