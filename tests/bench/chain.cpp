// SPDX-License-Identifier: MIT
// infer, check_weights and Plan in a row, and how many products they stand for.
#include "tests/bench/chain.h"

#include <utility>

using namespace engine;

namespace bench {

namespace {

/// Pairs of an input cell and an output cell of one axis that a tap of a convolution joins. Cells
/// of the input that are `copies` of one source cell count as one.
double joined(const Axis& axis, int copies) {
    double pairs = 0;
    for (int output = 0; output < axis.out; ++output) {
        int last_source = -1;
        for (int tap = 0; tap < axis.kernel; ++tap) {
            const int input = output * axis.stride + tap * axis.dilation - axis.pad_before;
            if (input < 0 || input >= axis.in || input / copies == last_source) continue;
            last_source = input / copies;
            ++pairs;
        }
    }
    return pairs;
}

double joined_transposed(const Axis& axis) {
    double pairs = 0;
    for (int input = 0; input < axis.in; ++input)
        for (int tap = 0; tap < axis.kernel; ++tap)
            pairs += is_kept(axis, landing(axis, input, tap));
    return pairs;
}

double products(const LayerSpec& spec, const Geometry& geometry, Size2D copies = {1, 1}) {
    const auto channels = static_cast<double>(geometry.input.sizes().back());
    if (const auto* dense = std::get_if<Dense>(&spec)) return channels * dense->units;
    if (const auto* layer = std::get_if<Conv2D>(&spec))
        return joined(geometry.rows, copies.height) * joined(geometry.columns, copies.width) *
               channels / layer->groups * layer->filters;
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec))
        return joined_transposed(geometry.rows) * joined_transposed(geometry.columns) * channels /
               layer->groups * layer->filters;
    return 0;
}

/// What the caller points to, if it is what the layer can take.
std::optional<WeightsView> checked_weights(const LayerSpec& spec, const Geometry& geometry,
                                           const float* kernel, const float* bias) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    const WeightsView weights({kernel, static_cast<std::size_t>(shapes.kernel.count())},
                              {bias, static_cast<std::size_t>(shapes.bias.count())});
    if (check_weights(spec, geometry, weights)) return std::nullopt;
    return weights;
}

template <typename Layer>
Layer convolution(const up_workload& workload, int strides) {
    Layer layer;
    layer.filters = workload.oc;
    layer.kernel_size = {workload.k, workload.k};
    layer.strides = {strides, strides};
    layer.padding = Same{};
    return layer;
}

bool add_layers(Chain& chain, const up_workload& workload) {
    const UpSampling2D larger{{workload.s, workload.s}, Interpolation::nearest};
    switch (workload.kind) {
        case UP_CONV2D_TRANSPOSE:
        case UP_DENSE_CONV2D_TRANSPOSE:
            return chain.add(convolution<Conv2DTranspose>(workload, workload.s), workload.kernel,
                             workload.bias);
        case UP_NEAREST_CONV2D:
        case UP_DENSE_NEAREST_CONV2D:
            return chain.add_merged(larger, convolution<Conv2D>(workload, 1), workload.kernel,
                                    workload.bias);
        case UP_NEAREST:
            return chain.add(larger, nullptr, nullptr);
        case UP_BILINEAR:
            return chain.add(UpSampling2D{larger.size, Interpolation::bilinear}, nullptr, nullptr);
        case UP_DENSE:
            return chain.add(Dense{.units = workload.oc}, workload.kernel, workload.bias);
        default:
            return false;
    }
}

}  // namespace

Chain::Chain(const Shape& input, const PlanOptions& options, int threads)
    : m_first(input), m_last(input), m_options(options), m_pool(threads) {}

std::unique_ptr<Chain> Chain::of(const up_workload& workload, int threads) {
    const Shape map{workload.h, workload.w, workload.ic};
    const bool generator =
        workload.kind == UP_DENSE_CONV2D_TRANSPOSE || workload.kind == UP_DENSE_NEAREST_CONV2D;
    const Shape input = generator                   ? Shape{workload.latent}
                        : workload.kind == UP_DENSE ? Shape{workload.ic}
                                                    : map;
    auto chain = std::make_unique<Chain>(input, PlanOptions{workload.n}, threads);
    if (generator) {
        const Dense dense{.units = static_cast<int>(map.count())};
        if (!chain->add(dense, workload.kernel2, workload.bias2)) return nullptr;
        chain->reshape(map);
    }
    if (!add_layers(*chain, workload)) return nullptr;
    return chain;
}

bool Chain::add(const LayerSpec& spec, const float* kernel, const float* bias) {
    const auto geometry = infer(spec, m_last);
    if (!geometry) return false;
    const auto weights = checked_weights(spec, *geometry, kernel, bias);
    if (!weights) return false;
    append(Plan::make(spec, *geometry, *weights, m_options), geometry->output);
    m_multiply_adds += products(spec, *geometry);
    return true;
}

bool Chain::add_merged(const UpSampling2D& upsampling, const Conv2D& convolution,
                       const float* kernel, const float* bias) {
    const auto upsampled = infer(upsampling, m_last);
    if (!upsampled) return false;
    const auto convolved = infer(convolution, upsampled->output);
    if (!convolved) return false;
    const auto weights = checked_weights(convolution, *convolved, kernel, bias);
    if (!weights) return false;
    auto plan =
        Plan::make_merged(upsampling, *upsampled, convolution, *convolved, *weights, m_options);
    if (!plan) return false;
    append(*std::move(plan), convolved->output);
    m_multiply_adds += products(convolution, *convolved, upsampling.size);
    return true;
}

void Chain::append(Plan plan, const Shape& output) {
    if (!m_plans.empty()) m_between.emplace_back(batched(m_last));
    m_plans.push_back(std::move(plan));
    m_last = output;
}

void Chain::run(const float* in, float* out) {
    for (std::size_t i = 0; i < m_plans.size(); ++i) {
        float* to = i < m_between.size() ? m_between[i].data() : out;
        m_plans[i].run(in, to, &m_pool);
        in = to;
    }
}

}  // namespace bench
