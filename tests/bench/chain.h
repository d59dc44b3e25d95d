// SPDX-License-Identifier: MIT
// Layers one after the other, prepared through the engine's public interface: what the programs of
// this folder measure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/kernels/aligned_floats.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/thread_pool.h"
#include "tests/bench/engine_abi.h"

namespace bench {

/// Each layer has a buffer for what it makes, but the last. Weights are checked as a user's would
/// be.
class Chain {
public:
    Chain(const engine::Shape& input, const engine::PlanOptions& options, int threads);

    /// Null if the workload is none that the engine has.
    static std::unique_ptr<Chain> of(const up_workload& workload, int threads);

    /// False if the layer does not fit. `kernel` and `bias` may be null where it has none.
    bool add(const engine::LayerSpec& spec, const float* kernel, const float* bias);
    /// UpSampling2D and a convolution behind it as one layer.
    bool add_merged(const engine::UpSampling2D& upsampling, const engine::Conv2D& convolution,
                    const float* kernel, const float* bias);
    /// The same numbers in another shape.
    void reshape(const engine::Shape& shape) { m_last = shape; }

    void run(const float* in, float* out);

    std::size_t inputs() const { return batched(m_first); }  ///< numbers that a run reads
    std::size_t outputs() const { return batched(m_last); }  ///< … and writes
    /// The products one run cannot do without: of real inputs, for outputs that are kept, taps of a
    /// merged layer that meet in one source cell counted once.
    double multiply_adds() const { return m_multiply_adds * m_options.batch; }

private:
    std::size_t batched(const engine::Shape& shape) const {
        return static_cast<std::size_t>(shape.count()) * static_cast<std::size_t>(m_options.batch);
    }
    void append(engine::Plan plan, const engine::Shape& output);

    engine::Shape m_first, m_last;
    engine::PlanOptions m_options;
    engine::ThreadPool m_pool;
    std::vector<engine::Plan> m_plans;
    std::vector<engine::AlignedFloats> m_between;
    double m_multiply_adds = 0;  ///< of one input
};

}  // namespace bench
