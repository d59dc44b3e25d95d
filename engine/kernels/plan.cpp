// SPDX-License-Identifier: MIT
// A layer prepared for one shape.
#include "engine/interpolation.h"
#include "engine/kernels/kernels.h"

namespace engine {

struct Plan::State {
    LayerSpec spec;
    Geometry geometry;
    Weights weights;
    std::string target;
};

Plan Plan::make(const LayerSpec& spec, const Geometry& geometry, const Weights& weights) {
    return Plan(std::make_shared<const State>(State{spec, geometry, weights, active_target()}));
}

void Plan::run(const float* input, float* output) const {
    const Geometry& geometry = m_state->geometry;
    const Weights& weights = m_state->weights;
    if (const auto* convolution = std::get_if<Conv2D>(&m_state->spec))
        reference::conv2d(*convolution, geometry, weights, input, output);
    else if (const auto* transposed = std::get_if<Conv2DTranspose>(&m_state->spec))
        reference::conv2d_transpose(*transposed, geometry, weights, input, output);
    else if (const auto* upsampling = std::get_if<UpSampling2D>(&m_state->spec))
        reference::upsampling2d(*upsampling, geometry, input, output);
    else if (const auto* dense = std::get_if<Dense>(&m_state->spec))
        reference::dense(*dense, geometry, weights, input, output);
}

const std::string& Plan::target() const { return m_state->target; }

bool can_plan(const LayerSpec& spec) {
    if (const auto* upsampling = std::get_if<UpSampling2D>(&spec))
        return is_supported(upsampling->interpolation);
    return std::holds_alternative<Conv2D>(spec) || std::holds_alternative<Conv2DTranspose>(spec) ||
           std::holds_alternative<Dense>(spec);
}

}  // namespace engine
