// SPDX-License-Identifier: MIT
// Conv2D and Conv2DTranspose.
#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include "engine/frameworks/dialect.h"
#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

using namespace signs;

constexpr Limits from_one{1, max_argument};
constexpr Limits from_zero{0, max_argument};

Check divisible(const char* subject, int channels, int groups) {
    if (channels % groups == 0) return std::nullopt;
    return mistake(ErrorCode::indivisible_channels, subject, channels, groups);
}

template <typename Convolution2D>
Check fits(const Convolution2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return wrong;
    return first_of(knows_channels(input), divisible("input", input.channels(), layer.groups),
                    divisible("filters", layer.filters, layer.groups));
}

template <typename Convolution2D>
Window window_of(const Convolution2D& layer, int axis) {
    return {along(layer.kernel_size, axis), along(layer.strides, axis),
            along(layer.dilation_rate, axis)};
}

Result<Geometry> infer_convolution(const Conv2D& layer, const Shape& input) {
    if (Check wrong = fits(layer, input)) return *wrong;
    return feature_map(input, layer.filters, [&](int axis, int in) {
        return window_axis(in, window_of(layer, axis), layer.padding, axis);
    });
}

Result<Geometry> infer_transposed(const Conv2DTranspose& layer, const Shape& input) {
    if (Check wrong = fits(layer, input)) return *wrong;
    return feature_map(input, layer.filters, [&](int axis, int in) {
        std::optional<int> output_padding;
        if (layer.output_padding) output_padding = along(*layer.output_padding, axis);
        return transposed_axis(in, window_of(layer, axis), layer.padding, output_padding, axis);
    });
}

/// What lies in one of the groups; 0 if that is no whole positive number.
int share(int count, int groups) {
    return count > 0 && groups > 0 && count % groups == 0 ? count / groups : 0;
}

/// Only a feature map's last axis is what a window slides over.
int map_channels(const Shape& input) { return input.rank() == 3 ? channels_of(input) : 0; }

int known(int size) { return std::max(size, 0); }

WeightShapes weights_of_convolution(const Conv2D& layer, const Shape& input) {
    return {.kernel = {known(layer.kernel_size.height), known(layer.kernel_size.width),
                       share(map_channels(input), layer.groups), known(layer.filters)},
            .bias = layer.use_bias ? Shape{known(layer.filters)} : Shape()};
}

WeightShapes weights_of_transposed(const Conv2DTranspose& layer, const Shape& input) {
    return {.kernel = {known(layer.kernel_size.height), known(layer.kernel_size.width),
                       share(layer.filters, layer.groups), map_channels(input)},
            .bias = layer.use_bias ? Shape{known(layer.filters)} : Shape()};
}

std::int64_t product(std::initializer_list<std::int64_t> factors) {
    std::int64_t all = 1;
    for (const std::int64_t factor : factors) all = saturated_product(all, factor);
    return all;
}

std::int64_t multiply_adds_of_convolution(const Conv2D& layer, const Geometry& geometry) {
    if (!geometry.output.is_known()) return 0;
    return product({real_products(geometry.rows), real_products(geometry.columns),
                    geometry.input.channels() / layer.groups, layer.filters});
}

std::int64_t multiply_adds_of_transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    return product({geometry.input.count(), layer.kernel_size.height, layer.kernel_size.width,
                    layer.filters / layer.groups});
}

/// The zeros of the padding count.
std::int64_t work_of_convolution(const Conv2D& layer, const Geometry& geometry) {
    return product({geometry.output.count(), geometry.rows.kernel, geometry.columns.kernel,
                    geometry.input.channels() / layer.groups});
}

Formula sizes_of_convolution(const Conv2D& layer, const Geometry& geometry) {
    return of_axes(
        window_formula(geometry.rows, along_rows(layer.padding), Quantity::kernel_size),
        window_formula(geometry.columns, along_columns(layer.padding), Quantity::kernel_size));
}

Formula sizes_of_transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    PaddedAxis down = along_rows(layer.padding);
    PaddedAxis across = along_columns(layer.padding);
    if (layer.output_padding) {
        down.output_padding = layer.output_padding->height;
        across.output_padding = layer.output_padding->width;
    }
    return of_axes(transposed_formula(geometry.rows, down),
                   transposed_formula(geometry.columns, across));
}

/// One axis of the kernel after the other in Keras's order, then the bias.
template <typename Convolution2D>
EquationLine window_line(const Convolution2D& layer) {
    EquationLine line = line_for_parameters();
    line.count(Quantity::kernel_size, layer.kernel_size.height).sign(times);
    line.count(Quantity::kernel_size, layer.kernel_size.width).sign(times);
    return line;
}

template <typename Convolution2D>
Equation with_bias(const Convolution2D& layer, EquationLine line) {
    if (layer.use_bias) line.sign(plus).count(Quantity::bias, layer.filters);
    return std::move(line).equals(0);
}

Equation parameters_of_convolution(const Conv2D& layer, const Geometry& geometry) {
    EquationLine line = window_line(layer);
    line.count(Quantity::input_channels, geometry.input.channels() / layer.groups);
    line.sign(times).count(Quantity::filters, layer.filters);
    return with_bias(layer, std::move(line));
}

Equation parameters_of_transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    EquationLine line = window_line(layer);
    line.count(Quantity::filters, layer.filters / layer.groups);
    line.sign(times).count(Quantity::input_channels, geometry.input.channels());
    return with_bias(layer, std::move(line));
}

/// The layer exactly, with what has to be put around or cut by hand as modules of their own.
template <typename Convolution2D>
void add_modules(const char* type, const Convolution2D& layer, TorchModules& modules) {
    const std::vector<DialectRow> forms = dialects(layer, modules.geometry);
    const auto form = std::ranges::find_if(forms, [](const DialectRow& row) {
        return row.framework == Framework::pytorch &&
               (row.agreement == Agreement::given || row.agreement == Agreement::same);
    });
    assert(form != forms.end());
    Shape input = modules.geometry.input;
    if (form->pad_first != Edges{}) {
        input = infer(ZeroPadding2D{form->pad_first}, input)->output;
        modules.add("ZeroPad2d", input);
    }
    modules.add(type, infer(form->spec, input)->output, modules.parameters.total);
    if (form->cut_after != Edges{}) modules.add("ZeroPad2d");
    modules.add_activation(layer.activation);
}

void modules_of_convolution(const Conv2D& layer, TorchModules& modules) {
    add_modules("Conv2d", layer, modules);
}
void modules_of_transposed(const Conv2DTranspose& layer, TorchModules& modules) {
    add_modules("ConvTranspose2d", layer, modules);
}

template <typename Convolution2D>
int channels_of_group(const Convolution2D& layer, const Geometry& geometry) {
    return geometry.input.channels() / layer.groups;
}

/// Where a filter's numbers lie among those of a tap.
struct FilterPlace {
    int first = 0;     ///< of its numbers
    int step = 1;      ///< from one input channel to the next
    int channels = 1;  ///< of them
};

/// A kernel to (kh, kw, 1, channels): one filter, the input channels of its group.
Tensor kernel_of(const Tensor& kernel, const FilterPlace& place) {
    const Shape& shape = kernel.shape();
    const std::int64_t of_tap = std::int64_t{shape[2]} * shape[3];
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(std::int64_t{shape[0]} * shape[1] * place.channels));
    for (int tap = 0; tap < shape[0] * shape[1]; ++tap) {
        const float* weights = kernel.data() + tap * of_tap + place.first;
        for (int channel = 0; channel < place.channels; ++channel)
            values.push_back(weights[std::int64_t{channel} * place.step]);
    }
    return Tensor(Shape{shape[0], shape[1], 1, place.channels}, std::move(values));
}

/// The layer with that filter alone, and what it looks at.
template <typename Convolution2D>
OneFilter alone(Convolution2D layer, const Geometry& geometry, const Weights& weights, int filter,
                const FilterPlace& place) {
    OneFilter played;
    played.kernel = kernel_of(weights.kernel, place);
    played.channels.resize(static_cast<std::size_t>(place.channels));
    const int group = filter / (layer.filters / layer.groups);
    std::iota(played.channels.begin(), played.channels.end(),
              group * channels_of_group(layer, geometry));
    played.bias = layer.use_bias ? weights.bias.at(filter) : 0.0F;
    layer.filters = 1;
    layer.groups = 1;
    layer.use_bias = false;
    layer.activation = ActivationKind::linear;
    played.layer = layer;
    return played;
}

/// Kernel (kh, kw, filters / groups, in).
OneFilter filter_of_transposed(const Conv2DTranspose& layer, const Geometry& geometry,
                               const Weights& weights, int filter) {
    const int group_in = channels_of_group(layer, geometry);
    const int group_out = layer.filters / layer.groups;
    const int first =
        filter % group_out * geometry.input.channels() + filter / group_out * group_in;
    return alone(layer, geometry, weights, filter, {first, 1, group_in});
}

/// Kernel (kh, kw, in / groups, filters).
OneFilter filter_of_convolution(const Conv2D& layer, const Geometry& geometry,
                                const Weights& weights, int filter) {
    return alone(layer, geometry, weights, filter,
                 {filter, layer.filters, channels_of_group(layer, geometry)});
}

ActivationKind activation_of_convolution(const Conv2D& layer) { return layer.activation; }
ActivationKind activation_of_transposed(const Conv2DTranspose& layer) { return layer.activation; }

constexpr Argument::Spellings of_filters{.pytorch = "out_channels"};
constexpr Argument::Spellings of_kernel{.onnx = "kernel_shape"};
constexpr Argument::Spellings of_strides{.pytorch = "stride"};
constexpr Argument::Spellings of_padding{.onnx = "pads"};
constexpr Argument::Spellings of_dilation{.pytorch = "dilation", .onnx = "dilations"};
constexpr Argument::Spellings of_groups{.onnx = "group"};
constexpr Argument::Spellings of_bias{.pytorch = "bias"};

Conv2D convolution_example() {
    Conv2D layer;
    layer.kernel_size = {3, 3};
    layer.padding = Same{};
    return layer;
}

Conv2DTranspose transposed_example() {
    Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = Same{};
    return layer;
}

const std::array convolution_rows{LayerDefinition{
    .class_name = "Conv2D",
    .aliases = {"Convolution2D"},
    .defaults = Conv2D{},
    .example = convolution_example(),
    .arguments = {required(argument<&Conv2D::filters>("filters", from_one, of_filters)),
                  required(argument<&Conv2D::kernel_size>("kernel_size", from_one, of_kernel)),
                  defining(argument<&Conv2D::strides>("strides", from_one, of_strides)),
                  defining(argument<&Conv2D::padding>("padding", from_zero, of_padding)),
                  argument<&Conv2D::dilation_rate>("dilation_rate", from_one, of_dilation),
                  argument<&Conv2D::groups>("groups", from_one, of_groups),
                  argument<&Conv2D::activation>("activation", {},
                                                {.pytorch = no_name, .onnx = no_name}),
                  argument<&Conv2D::use_bias>("use_bias", {}, of_bias)},
    .tensors = {"kernel", "bias"},
    .name_in_pytorch = "Conv2d",
    .name_in_onnx = "Conv",
    .infer = erased<infer_convolution>,
    .weight_shapes = erased<weights_of_convolution>,
    .multiply_adds = erased<multiply_adds_of_convolution>,
    .work = erased<work_of_convolution>,
    .activation = erased<activation_of_convolution>,
    .one_filter = erased<filter_of_convolution>,
    .filter_channels = erased<channels_of_group<Conv2D>>,
    .window = LayerDefinition::Window::slides,
    .sizes = erased<sizes_of_convolution>,
    .parameters = erased<parameters_of_convolution>,
    .torch_modules = erased<modules_of_convolution>,
}};

const std::array transposed_rows{LayerDefinition{
    .class_name = "Conv2DTranspose",
    .aliases = {"Convolution2DTranspose", "Deconvolution2D"},
    .defaults = Conv2DTranspose{},
    .example = transposed_example(),
    .arguments = {required(argument<&Conv2DTranspose::filters>("filters", from_one, of_filters)),
                  required(
                      argument<&Conv2DTranspose::kernel_size>("kernel_size", from_one, of_kernel)),
                  defining(argument<&Conv2DTranspose::strides>("strides", from_one, of_strides)),
                  defining(argument<&Conv2DTranspose::padding>("padding", from_zero, of_padding)),
                  argument<&Conv2DTranspose::output_padding>("output_padding", from_zero),
                  argument<&Conv2DTranspose::dilation_rate>("dilation_rate", from_one, of_dilation),
                  argument<&Conv2DTranspose::groups>("groups", from_one, of_groups),
                  argument<&Conv2DTranspose::activation>("activation", {},
                                                         {.pytorch = no_name, .onnx = no_name}),
                  argument<&Conv2DTranspose::use_bias>("use_bias", {}, of_bias)},
    .tensors = {"kernel", "bias"},
    .name_in_pytorch = "ConvTranspose2d",
    .name_in_onnx = "ConvTranspose",
    .infer = erased<infer_transposed>,
    .weight_shapes = erased<weights_of_transposed>,
    .multiply_adds = erased<multiply_adds_of_transposed>,
    .activation = erased<activation_of_transposed>,
    .one_filter = erased<filter_of_transposed>,
    .filter_channels = erased<channels_of_group<Conv2DTranspose>>,
    .window = LayerDefinition::Window::stamps,
    .sizes = erased<sizes_of_transposed>,
    .parameters = erased<parameters_of_transposed>,
    .torch_modules = erased<modules_of_transposed>,
}};

}  // namespace

Definitions Conv2D::definitions() { return convolution_rows; }
Definitions Conv2DTranspose::definitions() { return transposed_rows; }

}  // namespace engine
