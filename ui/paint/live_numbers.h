// SPDX-License-Identifier: MIT
// The numbers of a lesson as functions of those that a reader may change: what a page computes
// again, by the same taps, in the same order and with the same rounding as the engine.
#pragma once

#include <vector>

#include "engine/layers/activation.h"
#include "engine/lessons/trace.h"

namespace ui::paint {

/// What one filter is computed from, as its Trace holds it.
struct LiveInputs {
    std::vector<float> input;   ///< cells in reading order, the filter's channels fastest
    std::vector<float> kernel;  ///< rows, columns, channels; empty for layers without a kernel
    float bias = 0;
};
LiveInputs inputs_of(const engine::Trace& trace);

/// One number that follows from them.
struct Quantity {
    enum class Kind {
        input,            ///< LiveInputs::input[first]
        weight,           ///< LiveInputs::kernel[first]
        bias,             ///< the filter's
        sum,              ///< of taps begin … end - 1 of the output cell `first`, in their order
        greatest_input,   ///< the largest size of a number of the channel `first`; -1: of all
        greatest_weight,  ///< likewise
        greatest_output,  ///< of all sums, each of all its taps
    };
    /// What has become of a sum.
    enum class After { linear, bias, activation };
    Kind kind = Kind::bias;
    int first = 0;
    int begin = 0, end = 0;
    int channel = -1;  ///< of a sum: only taps of this one; -1: of all
    After after = After::linear;
    bool operator==(const Quantity&) const = default;
};

/// One product: input × weight, or input × share where there is no kernel.
struct LiveTap {
    int input = 0;   ///< index into LiveInputs::input
    int weight = 0;  ///< index into LiveInputs::kernel; -1: `share` instead
    double share = 1;
    bool operator==(const LiveTap&) const = default;
};

class LiveNumbers {
public:
    LiveNumbers() = default;  ///< none
    /// More taps than this are too many to be looked for in pictures, and for a page.
    static constexpr std::int64_t most_taps = 20'000;
    /// Are there numbers to compute, and no more than most_taps?
    static bool can_follow(const engine::LayerSpec& spec, const engine::Geometry& geometry);
    /// `trace` is of one filter of the layer.
    LiveNumbers(const engine::LayerSpec& spec, const engine::Trace& trace);

    bool empty() const { return m_taps.empty(); }
    /// float32, rounded once.
    float value(const Quantity& quantity, const LiveInputs& inputs) const;
    /// Every number that a picture may show.
    std::vector<Quantity> all() const;

    /// For every cell of the canvas, in reading order, what it is the sum of.
    const std::vector<std::vector<LiveTap>>& taps() const { return m_taps; }
    engine::ActivationKind activation() const { return m_activation; }
    int channels() const { return m_channels; }

private:
    float sum(const Quantity& quantity, const LiveInputs& inputs) const;

    int m_channels = 1;
    int m_input_count = 0, m_kernel_count = 0;
    engine::ActivationKind m_activation = engine::ActivationKind::linear;
    std::vector<std::vector<LiveTap>> m_taps;
};

}  // namespace ui::paint
