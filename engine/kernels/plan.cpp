// SPDX-License-Identifier: MIT
// A layer prepared for one shape: which way of computing it is the cheapest, and the numbers it needs.
#include <algorithm>
#include <limits>
#include <utility>

#include "engine/interpolation.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/work.h"

namespace engine {

struct Plan::State {
    std::string target;

    State() : target(active_target()) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    virtual ~State() = default;
    virtual void run(const float* input, float* output) const = 0;
};

namespace {

/// A kernel and the work it was chosen for.
template <typename Work>
struct Prepared final : Plan::State {
    Work work;
    Kernel<Work> kernel;

    Prepared(Work work_, Kernel<Work> kernel_) : work(std::move(work_)), kernel(kernel_) {}
    void run(const float* input, float* output) const override { kernel(work, input, output); }
};

using StatePointer = std::shared_ptr<const Plan::State>;

template <typename Work>
StatePointer prepared(Work work, Kernel<Work> kernel) {
    return std::make_shared<const Prepared<Work>>(std::move(work), kernel);
}

StatePointer plan_convolution(const Convolution& convolution) {
    const VectorUnit unit = vector_unit();
    auto by_filters = arrange_filters(convolution, unit);
    auto by_channels = arrange_channels(convolution, unit);
    auto by_columns = arrange_columns(convolution, unit);
    auto by_matrix = arrange_matrix(convolution, unit);
    constexpr double never = std::numeric_limits<double>::infinity();
    const double filters_cost = cost(by_filters, convolution);
    const double channels_cost = by_channels ? cost(*by_channels, convolution) : never;
    const double columns_cost = by_columns ? cost(*by_columns, convolution, unit) : never;
    const double matrix_cost = by_matrix ? cost(*by_matrix, convolution) : never;

    if (by_matrix && matrix_cost < std::min({filters_cost, channels_cost, columns_cost})) {
        fill(*by_matrix, convolution);
        const int lanes = by_matrix->lanes;
        return prepared(*std::move(by_matrix), matrix_kernel(lanes));
    }
    if (by_columns && columns_cost < std::min(filters_cost, channels_cost)) {
        fill(*by_columns, convolution);
        return prepared(*std::move(by_columns), column_kernel());
    }
    if (by_channels && channels_cost < filters_cost) {
        fill(*by_channels, convolution);
        const int lanes = by_channels->lanes;
        return prepared(*std::move(by_channels), channel_kernel(lanes));
    }
    fill(by_filters, convolution);
    return prepared(std::move(by_filters), filter_kernel());
}

struct ReferenceWork {
    LayerSpec spec;
    Geometry geometry;
    Weights weights;
};

void run_reference(const ReferenceWork& work, const float* input, float* output) {
    if (const auto* convolution = std::get_if<Conv2D>(&work.spec))
        reference::conv2d(*convolution, work.geometry, work.weights, input, output);
    else if (const auto* transposed = std::get_if<Conv2DTranspose>(&work.spec))
        reference::conv2d_transpose(*transposed, work.geometry, work.weights, input, output);
    else if (const auto* upsampling = std::get_if<UpSampling2D>(&work.spec))
        reference::upsampling2d(*upsampling, work.geometry, input, output);
    else if (const auto* dense = std::get_if<Dense>(&work.spec))
        reference::dense(*dense, work.geometry, work.weights, input, output);
}

struct ReferenceResampling {
    Sampling sampling;
    Shape in, out;
};

void resample_by_reference(const ReferenceResampling& work, const float* input, float* output) {
    reference::resample(work.sampling, work.in, work.out, input, output);
}

StatePointer plan_resampling(const Sampling& sampling, const Shape& in, const Shape& out) {
    if (active_target() == "reference")
        return prepared(ReferenceResampling{sampling, in, out}, &resample_by_reference);
    return prepared(prepare_resampling(sampling, in, out), resample_kernel());
}

StatePointer plan_upsampling(const UpSampling2D& spec, const Geometry& geometry) {
    const int channels = geometry.input.channels();
    switch (spec.interpolation) {
        case Interpolation::nearest:
        case Interpolation::area:  // whole factors
            return prepared(prepare_nearest(geometry, spec.size, vector_unit()),
                            nearest_kernel(channels));
        case Interpolation::bilinear:
            return prepared(prepare_bilinear(geometry, spec.size, vector_unit()),
                            bilinear_kernel(channels));
        default:
            return plan_resampling(sampling_of(spec.interpolation), geometry.input,
                                   geometry.output);
    }
}

StatePointer plan(const LayerSpec& spec, const Geometry& geometry, const Weights& weights) {
    if (active_target() != "reference") {
        if (const auto* convolution = std::get_if<Conv2D>(&spec))
            return plan_convolution(describe(*convolution, geometry, weights));
        if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec))
            return plan_convolution(describe(*transposed, geometry, weights));
        if (const auto* upsampling = std::get_if<UpSampling2D>(&spec))
            return plan_upsampling(*upsampling, geometry);
        if (const auto* dense = std::get_if<Dense>(&spec))
            return plan_convolution(describe(*dense, geometry, weights));
    }
    return prepared(ReferenceWork{spec, geometry, weights}, &run_reference);
}

}  // namespace

Plan Plan::make(const LayerSpec& spec, const Geometry& geometry, const Weights& weights) {
    return Plan(plan(spec, geometry, weights));
}

Plan Plan::make(const Sampling& sampling, const Shape& in, const Shape& out) {
    return Plan(plan_resampling(sampling, in, out));
}

void Plan::run(const float* input, float* output) const { m_state->run(input, output); }

const std::string& Plan::target() const { return m_state->target; }

bool can_plan(const LayerSpec& spec) {
    return std::holds_alternative<Conv2D>(spec) || std::holds_alternative<Conv2DTranspose>(spec) ||
           std::holds_alternative<UpSampling2D>(spec) || std::holds_alternative<Dense>(spec);
}

}  // namespace engine
