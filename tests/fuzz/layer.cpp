// SPDX-License-Identifier: MIT
// Bytes read as a recipe: which layer, with which arguments, on which input. Every string of bytes is one; what is
// missing at its end reads as 0.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "engine/forward.h"
#include "engine/kernels/kernels.h"
#include "tests/fuzz/entry_points.h"

namespace fuzz {

namespace {

using namespace engine;

class Recipe {
public:
    explicit Recipe(Bytes bytes) : m_bytes(bytes) {}

    /// 0 … bound - 1
    int below(int bound) {
        if (m_at >= m_bytes.size()) return 0;
        return m_bytes[m_at++] % bound;
    }
    bool yes() { return below(2) == 1; }

    /// An argument: mostly from `least` up, sometimes wrong, at a limit or beyond.
    int size(int least, int usual) {
        constexpr int limit = 65536;
        constexpr std::array odd{0,         -1,        std::numeric_limits<int>::max(),
                                 limit,     limit + 1, std::numeric_limits<int>::min(),
                                 limit - 1, 64 << 20,  4096,
                                 257};
        const int choice = below(256);
        if (choice >= 240) return odd[static_cast<std::size_t>(choice - 240) % odd.size()];
        return least + choice % usual;
    }
    Extent extent(int least, int usual) {
        const int height = size(least, usual);
        return {height, size(least, usual)};
    }
    template <typename Choices>
    auto one_of(const Choices& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(std::size(choices))))];
    }
    /// Mostly whole and small, so that sums are exact; else any finite number.
    float number(bool whole) {
        if (whole) return static_cast<float>(below(15) - 7);
        const int mantissa = below(256) * 256 + below(256) - 32768;
        return std::ldexp(static_cast<float>(mantissa), below(16) - 24);
    }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
};

Padding read_padding(Recipe& recipe) {
    switch (recipe.below(3)) {
        case 0:
            return Valid{};
        case 1:
            return Same{};
        default:
            return Explicit{recipe.extent(0, 4)};
    }
}

constexpr std::array all_activations{
    ActivationKind::linear,   ActivationKind::relu,       ActivationKind::relu6,
    ActivationKind::sigmoid,  ActivationKind::leaky_relu, ActivationKind::hard_sigmoid,
    ActivationKind::elu,      ActivationKind::selu,       ActivationKind::tanh,
    ActivationKind::softplus, ActivationKind::softsign,   ActivationKind::softmax,
    ActivationKind::swish,    ActivationKind::gelu,       ActivationKind::exponential};

template <typename Convolution>
Convolution read_convolution(Recipe& recipe) {
    Convolution layer;
    layer.kernel_size = recipe.extent(1, 7);
    layer.strides = recipe.extent(1, 5);
    layer.padding = read_padding(recipe);
    layer.dilation_rate = recipe.extent(1, 4);
    layer.groups = recipe.yes() ? recipe.size(1, 5) : 1;
    layer.filters = recipe.size(1, 40);
    const bool divisible = recipe.yes() && layer.filters < 64 && std::abs(layer.groups) < 64;
    if (divisible && layer.filters > 0) layer.filters *= layer.groups;
    layer.use_bias = recipe.yes();
    layer.activation = recipe.one_of(all_activations);
    return layer;
}

LayerSpec read_layer(Recipe& recipe) {
    switch (recipe.below(15)) {
        case 0:
            return UpSampling2D{recipe.extent(1, 8), recipe.one_of(all_interpolations)};
        case 1: {
            auto layer = read_convolution<Conv2DTranspose>(recipe);
            if (recipe.yes()) layer.output_padding = recipe.extent(0, 4);
            return layer;
        }
        case 2:
            return read_convolution<Conv2D>(recipe);
        case 3:
            return Dense{recipe.size(1, 70), recipe.one_of(all_activations), recipe.yes()};
        case 4: {
            std::array<int, 4> sizes{};
            for (int& size : sizes) size = recipe.yes() ? -1 : recipe.size(1, 12);
            const auto rank = static_cast<std::size_t>(recipe.below(5));
            return Reshape{Shape(std::span<const int>(sizes).first(rank))};
        }
        case 5:
            return Flatten{};
        case 6:
            return Activation{recipe.one_of(all_activations)};
        case 7:
            return LeakyReLU{recipe.number(false)};
        case 8:
            return ReLU{};
        case 9:
            return BatchNormalization{recipe.number(false), recipe.yes(), recipe.yes()};
        case 10:
            return Dropout{recipe.number(false)};
        case 11: {
            Pooling2D layer;
            layer.kind = recipe.yes() ? PoolKind::max : PoolKind::average;
            layer.pool_size = recipe.extent(1, 5);
            if (recipe.yes()) layer.strides = recipe.extent(1, 5);
            layer.padding = read_padding(recipe);
            return layer;
        }
        case 12:
            return GlobalPooling2D{recipe.yes() ? PoolKind::max : PoolKind::average};
        case 13:
            return ZeroPadding2D{
                {recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5)}};
        default:
            return Cropping2D{
                {recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5)}};
    }
}

Shape read_shape(Recipe& recipe) {
    std::array<int, 4> sizes{};
    const int unusual_rank = recipe.below(8);
    const auto rank = static_cast<std::size_t>(unusual_rank < 5 ? unusual_rank : 3);
    for (std::size_t axis = 0; axis < rank; ++axis) sizes[axis] = recipe.size(1, 20);
    return Shape(std::span<const int>(sizes).first(rank));
}

Tensor read_tensor(Recipe& recipe, const Shape& shape, bool whole) {
    if (shape.rank() == 0) return {};
    // A few numbers of the recipe, over and over, with a step that shares no factor with usual sizes.
    std::array<float, 29> numbers;
    for (float& number : numbers) number = recipe.number(whole);
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = numbers[i % numbers.size()];
    return {shape, std::move(values)};
}

bool is_within(const Axis& axis) {
    return axis.in >= 1 && axis.out >= 1 && axis.natural >= 1 && axis.extent >= 1 &&
           axis.natural == axis.out + axis.crop_before + axis.crop_after && axis.crop_before >= 0 &&
           axis.pad_before >= 0 && axis.pad_after >= 0 && axis.canvas() >= axis.natural;
}

/// What infer promises about every layer it accepts.
std::string complaint_about(const LayerSpec& spec, const Shape& input, const Geometry& geometry) {
    if (geometry.input != input) return "the geometry is of another input";
    for (const int size : geometry.output.sizes())
        if (size < 1) return "an output without cells";
    const bool convolved = std::holds_alternative<Conv2D>(spec) ||
                           std::holds_alternative<Conv2DTranspose>(spec) ||
                           std::holds_alternative<UpSampling2D>(spec);
    const WeightShapes shapes = weight_shapes(spec, geometry);
    for (const std::int64_t count :
         {geometry.output.count(), shapes.kernel.count(), shapes.bias.count()})
        if (count > max_tensor_count) return "a tensor beyond the budget";
    if (!convolved) return {};
    if (!is_within(geometry.rows) || !is_within(geometry.columns))
        return "an axis that does not add up";
    if (geometry.rows.out != geometry.output.height() ||
        geometry.columns.out != geometry.output.width())
        return "axes that disagree with the output";
    if (geometry.canvas().count() > max_tensor_count) return "a canvas beyond the budget";
    if (multiply_adds(spec, geometry) < 0) return "fewer than no products";
    return {};
}

/// Products and cells looked at, so that one input never takes long.
bool is_small(const LayerSpec& spec, const Geometry& geometry) {
    constexpr std::int64_t most_cells = 10'000;
    constexpr std::int64_t most_products = 300'000;
    const std::int64_t window =
        std::int64_t{geometry.rows.kernel} * std::int64_t{geometry.columns.kernel};
    const std::int64_t spread =
        std::holds_alternative<Pooling2D>(spec) ? window * geometry.output.count() : 0;
    return geometry.input.count() <= most_cells && geometry.output.count() <= most_cells &&
           geometry.rows.natural <= most_cells && geometry.columns.natural <= most_cells &&
           weight_shapes(spec, geometry).kernel.count() <= most_cells && spread <= most_products &&
           multiply_adds(spec, geometry) <= most_products;
}

LayerSpec without_activation(LayerSpec spec) {
    std::visit(
        [](auto& layer) {
            if constexpr (requires { layer.use_bias; }) layer.activation = ActivationKind::linear;
        },
        spec);
    return spec;
}

Tensor magnitudes(const Tensor& tensor) {
    if (tensor.empty()) return tensor;
    std::vector<float> values(tensor.values().begin(), tensor.values().end());
    for (float& value : values) value = std::abs(value);
    return {tensor.shape(), std::move(values)};
}

std::vector<float> run_plan(const Plan& plan, const Tensor& input, const Shape& output) {
    // Allocated anew and no longer than needed, so that the address sanitizer sees every step beyond.
    std::vector<float> out(static_cast<std::size_t>(output.count()),
                           std::numeric_limits<float>::quiet_NaN());
    plan.run(input.data(), out.data());
    return out;
}

/// The first output that differs by more than is allowed, in words. Not a number differs from every number.
std::string difference(const std::vector<float>& found, const std::vector<float>& expected,
                       const std::vector<double>& allowed) {
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double away = std::abs(double{found[i]} - double{expected[i]});
        if (away <= allowed[i]) continue;
        return "output " + std::to_string(i) + " is " + std::to_string(found[i]) + ", not " +
               std::to_string(expected[i]) + ": " + std::to_string(away / allowed[i]) +
               " times what is allowed";
    }
    return {};
}

/// Of the sum of the magnitudes of a sample's products (kernels.h), and the rounding of the result itself.
constexpr double sampling_error_share = 1e-6 + std::numeric_limits<float>::epsilon();

/// Runs make_plan() on every target; the oracle comes first.
template <typename MakePlan>
std::string compare_targets(MakePlan make_plan, const Tensor& input, const Shape& output,
                            const std::vector<double>& allowed) {
    const std::string before = active_target();
    std::string wrong;
    (void)force_target("reference");
    const std::vector<float> expected = run_plan(make_plan(), input, output);
    for (const std::string& target : runnable_targets()) {
        (void)force_target(target);
        const std::string here =
            difference(run_plan(make_plan(), input, output), expected, allowed);
        if (wrong.empty() && !here.empty()) wrong = target + ", " + here;
    }
    (void)force_target(before);
    return wrong;
}

/// Sum of the magnitudes of an output cell's shares, the largest there is.
double largest_share(const Sampling& sampling, int in, int out) {
    double largest = 0;
    for (const auto& cell : all_samples(sampling, in, out)) {
        double sum = 0;
        for (const Sample& sample : cell) sum += std::abs(sample.weight);
        largest = std::max(largest, sum);
    }
    return largest;
}

std::vector<double> sampling_error(const Sampling& sampling, const Tensor& input,
                                   const Shape& output) {
    const Tensor sizes = magnitudes(input);
    const double bound = sampling_error_share *
                         static_cast<double>(std::ranges::max(sizes.values())) *
                         largest_share(sampling, input.shape().height(), output.height()) *
                         largest_share(sampling, input.shape().width(), output.width());
    return std::vector<double>(static_cast<std::size_t>(output.count()), bound);
}

std::vector<double> product_error(const LayerSpec& spec, const Geometry& geometry,
                                  const Weights& weights, const Tensor& input, bool whole) {
    const auto count = static_cast<std::size_t>(geometry.output.count());
    if (whole) return std::vector<double>(count, 0.0);
    const Weights sizes{.kernel = magnitudes(weights.kernel), .bias = magnitudes(weights.bias)};
    const std::string before = active_target();
    (void)force_target("reference");
    const std::vector<float> sums =
        run_plan(Plan::make(spec, geometry, sizes), magnitudes(input), geometry.output);
    (void)force_target(before);
    // n products and a bias added in float32 in any order: Higham, "Accuracy and stability of numerical algorithms",
    // section 3.1. Constant numbers, which fuzzing likes, round the same way every time and come near it.
    const int filters = geometry.output[geometry.output.rank() - 1];
    const double products = static_cast<double>(weights.kernel.shape().count()) / filters;
    std::vector<double> allowed(sums.begin(), sums.end());
    for (double& value : allowed) value *= (products + 2) * std::ldexp(1.0, -24);
    return allowed;
}

std::string compute(Recipe& recipe, const LayerSpec& spec, const Geometry& geometry) {
    const bool whole = recipe.yes();
    const Tensor input = read_tensor(recipe, geometry.input, whole);
    const WeightShapes shapes = weight_shapes(spec, geometry);
    const Weights weights{.kernel = read_tensor(recipe, shapes.kernel, whole),
                          .bias = read_tensor(recipe, shapes.bias, whole),
                          .gamma = read_tensor(recipe, shapes.gamma, whole),
                          .beta = read_tensor(recipe, shapes.beta, whole),
                          .moving_mean = read_tensor(recipe, shapes.moving_mean, whole),
                          .moving_variance = read_tensor(recipe, shapes.moving_variance, whole)};
    if (check_weights(spec, geometry, weights)) return "weights of the right shapes are refused";
    if (const auto result = forward(spec, geometry, weights, input)) {
        if (result->shape() != geometry.output) return "an output of another shape";
        if (first_not_finite(result->values()) >= 0) return "an output that is not finite";
    }
    const LayerSpec linear = without_activation(spec);
    if (!can_plan(linear)) return {};
    const auto* upsampling = std::get_if<UpSampling2D>(&linear);
    return compare_targets(
        [&] { return Plan::make(linear, geometry, weights); }, input, geometry.output,
        upsampling ? sampling_error(sampling_of(upsampling->interpolation), input, geometry.output)
                   : product_error(linear, geometry, weights, input, whole));
}

/// Feature maps of any other size by any sampling rule.
std::string sample(Recipe& recipe) {
    constexpr std::array filters{Filter::nearest,  Filter::triangle, Filter::cubic,
                                 Filter::mitchell, Filter::lanczos3, Filter::lanczos5,
                                 Filter::gaussian};
    constexpr std::array coordinates{Coordinates::half_pixel, Coordinates::asymmetric,
                                     Coordinates::align_corners};
    Sampling sampling;
    sampling.filter = recipe.one_of(filters);
    sampling.coordinates = recipe.one_of(coordinates);
    // The nearest cell is the one at or before the centre, and that stands inside only then.
    if (sampling.filter == Filter::nearest) sampling.coordinates = Coordinates::asymmetric;
    sampling.rim = recipe.yes() ? Rim::renormalise : Rim::hold;
    sampling.cubic_coeff_a = -recipe.below(101) / 100.0;
    const Shape shape = read_shape(recipe);
    const auto output = resized(shape, recipe.extent(1, 40));
    if (!output) return {};
    if (output->count() > max_tensor_count) return "a tensor beyond the budget";
    if (shape.count() > 20'000 || output->count() > 20'000) return {};
    const Tensor input = read_tensor(recipe, shape, recipe.yes());
    return compare_targets([&] { return Plan::make(sampling, shape, *output); }, input, *output,
                           sampling_error(sampling, input, *output));
}

}  // namespace

std::string complaint_about_layer(Bytes bytes) {
    Recipe recipe(bytes);
    if (recipe.below(16) == 0) return sample(recipe);
    const LayerSpec spec = read_layer(recipe);
    const Shape shape = read_shape(recipe);
    const auto geometry = infer(spec, shape);
    if (!geometry) return {};
    std::string wrong = complaint_about(spec, shape, *geometry);
    if (wrong.empty() && is_small(spec, *geometry)) wrong = compute(recipe, spec, *geometry);
    return wrong.empty() ? wrong : class_name(spec) + ": " + wrong;
}

}  // namespace fuzz
