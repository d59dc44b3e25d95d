// SPDX-License-Identifier: MIT
// The door to the fast arithmetic: which instruction set is used, and layers prepared for one
// shape. No SIMD type or macro passes this header.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernels/share.h"
#include "engine/layers/geometry.h"
#include "engine/layers/interpolation.h"
#include "engine/layers/weights.h"
#include "engine/values/watch.h"

namespace engine {

/// Targets compiled into this binary that this machine can run, widest first, then "reference" (the
/// plain loops). Names: avx512, avx2, sse4, ssse3, scalar, reference (others on other processors).
std::vector<std::string> runnable_targets();

/// Names compiled in, whether or not this machine can run them.
std::vector<std::string> compiled_targets();

/// The one in use; the widest unless forced.
std::string active_target();

/// Forces one for the whole process (the engine's single piece of global state, set once by the
/// program or a test). unknown_name if it is not compiled in, unsupported if this machine lacks it.
Result<std::string> force_target(std::string_view name);

class ThreadPool;  // engine/kernels/thread_pool.h

/// How a plan will be run.
struct PlanOptions {
    int batch = 1;  ///< inputs of one run, one after another in memory; 0: a run does nothing
};

/// A layer prepared for one geometry: weights packed, kernel chosen. Immutable; may be shared
/// between threads. Made for Conv2D, Conv2DTranspose, UpSampling2D and Dense, and computes the
/// linear part with bias, before the activation. A run locks nothing and, but on the target
/// "reference", allocates nothing.
///
/// Accuracy: sums are float32 in an order of each target's own. Where every sum is exact in float32
/// (whole numbers and small binary fractions; nearest; bilinear by powers of two) the result equals
/// the oracle's. Else a sum of n products (of bilinear always four) lies within (n + 1) * 2^-24 of
/// the sum of their magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 3.1),
/// mostly far closer. Inputs and weights are finite: some kernels put zeros into gaps, and infinity
/// times 0 is not a number where the oracle has no product. Targets need not agree in the last bit;
/// for one target the numbers are the same to the last bit with any pool.
class Plan {
public:
    /// Checks nothing: `geometry` is the proof that the layer fits, check_weights that the weights
    /// do.
    static Plan make(const LayerSpec& spec, const Geometry& geometry, const WeightsView& weights,
                     const PlanOptions& options = {});

    /// Feature maps of another height and width, sampled by another rule than UpSampling2D's (ONNX
    /// Resize). Both shapes are (height, width, channels) with the same channels, within the
    /// budget.
    static Plan make(const Sampling2D& sampling, const Shape& in, const Shape& out,
                     const PlanOptions& options = {});

    /// UpSampling2D and the Conv2D behind it as one layer that never makes the larger map: taps
    /// that read the same source cell are added up beforehand, in double. So size 2 and a kernel of
    /// 3x3 become a Conv2DTranspose of 4x4 with strides 2: 4 products for 9. Sums are added in
    /// another order than by the two layers one after the other: results agree within about 1e-6 of
    /// the largest. Nothing unless the interpolation is nearest and the convolution's strides are
    /// 1, nor where a large size makes more different sums than a tensor may hold.
    static std::optional<Plan> make_merged(const UpSampling2D& upsampling,
                                           const Geometry& upsampled, const Conv2D& convolution,
                                           const Geometry& convolved, const WeightsView& weights,
                                           const PlanOptions& options = {});

    /// `input` and `output` hold batch times as many numbers as their shapes (geometry.input,
    /// geometry.output), NHWC. Any alignment; they must not overlap. Without a pool, or where there
    /// is too little to share, the calling thread does everything. What UpSampling2D makes of few
    /// channels is written past the caches if it is larger than 8 MiB and every row begins on a
    /// line of 64 bytes, which is up to twice as fast. A watched run goes in pieces of some
    /// hundredths of a second; stopped, it leaves the output half written.
    void run(const float* input, float* output, ThreadPool* pool = nullptr,
             const Watch& watch = {}) const;

    const std::string& target() const;  ///< the target it was made for
    /// Parts that a pool of so many threads divides its work into; 1 if it is too small.
    int shares(int threads) const;

    struct State;

private:
    explicit Plan(std::shared_ptr<const State> state) : m_state(std::move(state)) {}
    std::shared_ptr<const State> m_state;
};

/// Layers a Plan can be made for.
bool can_plan(const LayerSpec& spec);

/// What a run of such a layer takes on one thread of a nominal machine that has the chosen target,
/// told from the shape alone: nothing is packed. Plans choose their way of computing by the same
/// costs. How fast the machine at hand is beside that machine its owner measures.
double nominal_nanoseconds(const LayerSpec& spec, const Geometry& geometry);
/// A product of the oracle on that machine, in nanoseconds.
inline constexpr double nominal_plain_product = 1.5;

/// The oracle: loops as in the textbook, double accumulation in reading order, float32 out. Linear
/// part with bias, before the activation; every layer a Plan can be made for, and with_bias = false
/// for the linear part alone. Each computes one share of the output's rows (of Dense's units).
namespace reference {
void conv2d(const Conv2D& spec, const Geometry& geometry, const Weights& weights,
            const float* input, float* output, Share share = {});
/// Cropped output with bias (appended cells hold the bias).
void conv2d_transpose(const Conv2DTranspose& spec, const Geometry& geometry, const Weights& weights,
                      const float* input, float* output, Share share = {});
/// The full output, no bias: geometry.full().
void conv2d_transpose_full(const Conv2DTranspose& spec, const Geometry& geometry,
                           const Weights& weights, const float* input, float* output);
void upsampling2d(const UpSampling2D& spec, const Geometry& geometry, const float* input,
                  float* output, Share share = {});
/// Shapes (height, width, channels).
void resample(const Sampling2D& sampling, const Shape& in, const Shape& out, const float* input,
              float* output, Share share = {});
void dense(const Dense& spec, const Geometry& geometry, const Weights& weights, const float* input,
           float* output, Share share = {});
}  // namespace reference

}  // namespace engine
