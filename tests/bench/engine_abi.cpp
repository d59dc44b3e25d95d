// SPDX-License-Identifier: MIT
// The C interface on top of the engine's public one: infer, check_weights, Plan.
#include "tests/bench/engine_abi.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/kernels/aligned_floats.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/thread_pool.h"

namespace {

using namespace engine;

/// Layers one after the other, each with a buffer for what it makes but the last.
class Chain {
public:
    Chain(const Shape& input, const PlanOptions& options)
        : m_last(input), m_options(options), m_pool(options.threads) {}

    /// False if the layer does not fit. `kernel` and `bias` may be null where it has none.
    bool add(const LayerSpec& spec, const float* kernel, const float* bias) {
        const auto geometry = infer(spec, m_last);
        if (!geometry) return false;
        const auto weights = checked_weights(spec, *geometry, kernel, bias);
        if (!weights) return false;
        append(Plan::make(spec, *geometry, *weights, m_options), *geometry, geometry->output);
        return true;
    }
    /// UpSampling2D and a convolution behind it as one layer.
    bool add_merged(const UpSampling2D& upsampling, const Conv2D& convolution, const float* kernel,
                    const float* bias) {
        const auto upsampled = infer(upsampling, m_last);
        if (!upsampled) return false;
        const auto convolved = infer(convolution, upsampled->output);
        if (!convolved) return false;
        const auto weights = checked_weights(convolution, *convolved, kernel, bias);
        if (!weights) return false;
        auto plan =
            Plan::make_merged(upsampling, *upsampled, convolution, *convolved, *weights, m_options);
        if (!plan) return false;
        append(*std::move(plan), *upsampled, convolved->output);
        return true;
    }
    /// The same numbers in another shape.
    void reshape(const Shape& shape) { m_last = shape; }

    void run(const float* in, float* out) {
        for (std::size_t i = 0; i < m_plans.size(); ++i) {
            float* to = i < m_between.size() ? m_between[i].data() : out;
            m_plans[i].run(in, to, &m_pool);
            in = to;
        }
    }

private:
    static Tensor copied(const Shape& shape, const float* values) {
        return {shape, std::vector<float>(values, values + shape.count())};
    }
    static std::optional<Weights> checked_weights(const LayerSpec& spec, const Geometry& geometry,
                                                  const float* kernel, const float* bias) {
        const WeightShapes shapes = weight_shapes(spec, geometry);
        Weights weights;
        if (shapes.kernel.rank() > 0) weights.kernel = copied(shapes.kernel, kernel);
        if (shapes.bias.rank() > 0) weights.bias = copied(shapes.bias, bias);
        if (check_weights(spec, geometry, weights)) return std::nullopt;
        return weights;
    }
    void append(Plan plan, const Geometry& geometry, const Shape& output) {
        if (!m_plans.empty())
            m_between.emplace_back(static_cast<std::size_t>(geometry.input.count()) *
                                   static_cast<std::size_t>(m_options.batch));
        m_plans.push_back(std::move(plan));
        m_last = output;
    }

    Shape m_last;
    PlanOptions m_options;
    ThreadPool m_pool;
    std::vector<Plan> m_plans;
    std::vector<AlignedFloats> m_between;
};

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

void* up_engine_create(const up_workload* workload, int threads) {
    if (workload->struct_size != sizeof(up_workload)) return nullptr;
    const Shape map{workload->h, workload->w, workload->ic};
    const bool generator =
        workload->kind == UP_DENSE_CONV2D_TRANSPOSE || workload->kind == UP_DENSE_NEAREST_CONV2D;
    const Shape input = generator                    ? Shape{workload->latent}
                        : workload->kind == UP_DENSE ? Shape{workload->ic}
                                                     : map;
    auto made = std::make_unique<Chain>(input, PlanOptions{workload->n, threads});
    Chain& chain = *made;
    if (generator) {
        const Dense dense{.units = static_cast<int>(map.count())};
        if (!chain.add(dense, workload->kernel2, workload->bias2)) return nullptr;
        chain.reshape(map);
    }
    if (!add_layers(chain, *workload)) return nullptr;
    return made.release();
}

void up_engine_run(void* chain, const float* in, float* out) {
    static_cast<Chain*>(chain)->run(in, out);
}

void up_engine_destroy(void* chain) { delete static_cast<Chain*>(chain); }
