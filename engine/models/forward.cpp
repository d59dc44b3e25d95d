// SPDX-License-Identifier: MIT
// A layer prepared for one input; the linear part alone.
#include "engine/models/forward.h"

#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/models/prepared_model.h"

namespace engine {

Result<Tensor> forward(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                       const Tensor& input, const Watch& watch) {
    return PreparedLayer(spec, geometry, weights).run(input, nullptr, watch);
}

// Always the reference: it adds in double and rounds once, so the sums that are written out beside
// a cell (trace.h) give exactly the number in it.
Tensor linear_full(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                   const Tensor& input) {
    assert(input.shape() == geometry.input);
    const Shape shape = geometry.full();
    std::vector<float> out(static_cast<std::size_t>(shape.count()));
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec)) {
        reference::conv2d_transpose_full(*transposed, geometry, weights, input.data(), out.data());
    } else if (const auto* convolution = std::get_if<Conv2D>(&spec)) {
        Conv2D linear = *convolution;
        linear.use_bias = false;
        reference::conv2d(linear, geometry, weights, input.data(), out.data());
    } else {
        reference::upsampling2d(std::get<UpSampling2D>(spec), geometry, input.data(), out.data());
    }
    return Tensor(shape, std::move(out));
}

}  // namespace engine
