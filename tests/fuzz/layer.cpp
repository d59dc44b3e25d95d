// SPDX-License-Identifier: MIT
// A layer made of bytes, computed on every target and held to what the engine promises.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/models/forward.h"
#include "tests/fuzz/recipe.h"

namespace fuzz {

namespace {

using namespace engine;

bool is_within(const Axis& axis) {
    return axis.in >= 1 && axis.out >= 1 && axis.full >= 1 && axis.extent >= 1 &&
           axis.full == axis.out + axis.crop_before + axis.crop_after && axis.crop_before >= 0 &&
           axis.pad_before >= 0 && axis.pad_after >= 0 && axis.canvas() >= axis.full;
}

/// What infer promises about every layer it accepts.
std::string complaint_about(const LayerSpec& spec, const Shape& input, const Geometry& geometry) {
    if (geometry.input != input) return "the geometry is of another input";
    for (const int size : geometry.output.sizes())
        if (size < 1 && (input.is_known() || size != Shape::unknown))
            return "an output without cells";
    if (!input.is_known()) return {};
    const bool convolved = std::holds_alternative<Conv2D>(spec) ||
                           std::holds_alternative<Conv2DTranspose>(spec) ||
                           std::holds_alternative<UpSampling2D>(spec);
    const WeightShapes shapes = weight_shapes(spec, geometry);
    for (const std::int64_t count :
         {geometry.output.count(), shapes.kernel.count(), shapes.bias.count()})
        if (count > max_shape_count) return "more numbers than can be counted";
    if (!check_computable(spec, geometry)) {
        for (const std::int64_t count :
             {geometry.output.count(), geometry.canvas().count(), shapes.kernel.count()})
            if (count > max_tensor_count) return "a tensor beyond the budget";
    }
    if (!convolved) return {};
    if (!is_within(geometry.rows) || !is_within(geometry.columns))
        return "an axis that does not add up";
    if (geometry.rows.out != geometry.output.height() ||
        geometry.columns.out != geometry.output.width())
        return "axes that disagree with the output";
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
    return !check_computable(spec, geometry) && geometry.input.count() <= most_cells &&
           geometry.output.count() <= most_cells && geometry.rows.full <= most_cells &&
           geometry.columns.full <= most_cells &&
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
    // Allocated anew and no longer than needed, so that the address sanitizer sees every step
    // beyond.
    std::vector<float> out(static_cast<std::size_t>(output.count()),
                           std::numeric_limits<float>::quiet_NaN());
    plan.run(input.data(), out.data());
    return out;
}

/// The first output that differs by more than is allowed, in words. Not a number differs from every
/// number.
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

/// Of the sum of the magnitudes of a sample's products (kernels.h), and the rounding of the result
/// itself.
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
    // n products and a bias added in float32 in any order: Higham, "Accuracy and stability of
    // numerical algorithms", section 3.1. Constant numbers, which fuzzing likes, round the same way
    // every time and come near it.
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
    Weights weights;
    for (const WeightSlot& slot : weight_slots())
        weights.*slot.tensor = read_tensor(recipe, shapes.*slot.shape, whole);
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
    constexpr std::array coordinates{
        Coordinates::half_pixel,           Coordinates::asymmetric,
        Coordinates::align_corners,        Coordinates::pytorch_half_pixel,
        Coordinates::half_pixel_symmetric, Coordinates::tf_half_pixel_for_nn};
    constexpr std::array modes{NearestMode::floor, NearestMode::ceil,
                               NearestMode::round_prefer_floor, NearestMode::round_prefer_ceil};
    Sampling sampling;
    sampling.filter = recipe.one_of(filters);
    sampling.coordinates = recipe.one_of(coordinates);
    sampling.nearest_mode = recipe.one_of(modes);
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
