// SPDX-License-Identifier: MIT
#include "ui/paint/live_numbers.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/lessons/joins.h"

namespace ui::paint {

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

/// What diagram::Shade calls the greatest where all are 0.
constexpr float least_greatest = 1e-30F;

float greatest(const std::vector<float>& values, int channel, int channels) {
    float largest = least_greatest;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (channel < 0 || i % at(channels) == at(channel))
            largest = std::max(largest, std::abs(values[i]));
    return largest;
}

}  // namespace

LiveInputs inputs_of(const engine::Trace& trace) {
    const auto list = [](const engine::Tensor& tensor) {
        return tensor.empty() ? std::vector<float>()
                              : std::vector<float>(tensor.values().begin(), tensor.values().end());
    };
    return {list(trace.input()), list(trace.kernel()), trace.bias()};
}

bool LiveNumbers::can_follow(const engine::LayerSpec& spec, const engine::Geometry& geometry) {
    const std::int64_t taps = engine::traced_products(spec, geometry);
    return taps > 0 && taps <= most_taps && geometry.canvas().count() <= most_taps;
}

LiveNumbers::LiveNumbers(const engine::LayerSpec& spec, const engine::Trace& trace)
    : m_channels(trace.input().shape().channels()),
      m_input_count(static_cast<int>(trace.input().shape().count())),
      m_kernel_count(static_cast<int>(trace.kernel().shape().count())),
      m_activation(engine::activation_of(spec)) {
    const engine::Shape canvas = trace.geometry().canvas();
    const int width = trace.input().shape().width();
    const auto input_index = [&](engine::Cell cell, int channel) {
        return (cell.row * width + cell.column) * m_channels + channel;
    };
    for (int row = 0; row < canvas.height(); ++row)
        for (int column = 0; column < canvas.width(); ++column) {
            std::vector<LiveTap>& taps = m_taps.emplace_back();
            if (m_kernel_count > 0) {
                const int kernel_width = trace.kernel().shape()[1];
                for (const engine::Tap& tap : trace.taps_into({row, column}))
                    taps.push_back(
                        {input_index(tap.input, tap.channel),
                         (tap.kernel.row * kernel_width + tap.kernel.column) * m_channels +
                             tap.channel});
                continue;
            }
            // A Tap's weight is rounded, and its product is not.
            for (const engine::Join& y : engine::joins_into(spec, trace.geometry().rows, row))
                for (const engine::Join& x :
                     engine::joins_into(spec, trace.geometry().columns, column))
                    taps.push_back({input_index({y.input, x.input}, 0), -1, y.share * x.share});
        }
}

float LiveNumbers::sum(const Quantity& quantity, const LiveInputs& inputs) const {
    const std::vector<LiveTap>& taps = m_taps[at(quantity.first)];
    // As the engine adds up: the bias first, then tap by tap, all in double.
    double sum = quantity.after == Quantity::After::linear ? 0.0 : double{inputs.bias};
    for (int i = quantity.begin; i < quantity.end; ++i) {
        const LiveTap& tap = taps[at(i)];
        if (quantity.channel >= 0 && tap.input % m_channels != quantity.channel) continue;
        const double weight = tap.weight < 0 ? tap.share : double{inputs.kernel[at(tap.weight)]};
        sum += weight * double{inputs.input[at(tap.input)]};
    }
    const auto rounded = static_cast<float>(sum);
    if (quantity.after != Quantity::After::activation) return rounded;
    std::array<float, 1> value{rounded};
    engine::activate_in_place(m_activation, value, 1);
    return value[0];
}

float LiveNumbers::value(const Quantity& quantity, const LiveInputs& inputs) const {
    switch (quantity.kind) {
        case Quantity::Kind::input:
            return inputs.input[at(quantity.first)];
        case Quantity::Kind::weight:
            return inputs.kernel[at(quantity.first)];
        case Quantity::Kind::bias:
            return inputs.bias;
        case Quantity::Kind::sum:
            return sum(quantity, inputs);
        case Quantity::Kind::greatest_input:
            return greatest(inputs.input, quantity.first, m_channels);
        case Quantity::Kind::greatest_weight:
            return greatest(inputs.kernel, quantity.first, m_channels);
        case Quantity::Kind::greatest_output: {
            float largest = least_greatest;
            for (std::size_t cell = 0; cell < m_taps.size(); ++cell)
                largest =
                    std::max(largest, std::abs(sum({.kind = Quantity::Kind::sum,
                                                    .first = static_cast<int>(cell),
                                                    .end = static_cast<int>(m_taps[cell].size()),
                                                    .after = quantity.after},
                                                   inputs)));
            return largest;
        }
    }
    return 0;
}

std::vector<Quantity> LiveNumbers::all() const {
    using Kind = Quantity::Kind;
    using After = Quantity::After;
    std::vector<Quantity> all;
    all.reserve(static_cast<std::size_t>(m_input_count) + static_cast<std::size_t>(m_kernel_count));
    for (int i = 0; i < m_input_count; ++i) all.push_back({.kind = Kind::input, .first = i});
    for (int i = 0; i < m_kernel_count; ++i) all.push_back({.kind = Kind::weight, .first = i});
    all.push_back({.kind = Kind::bias});
    // Softmax needs the other filters, too.
    std::vector<After> afters{After::linear, After::bias};
    if (m_activation != engine::ActivationKind::softmax &&
        m_activation != engine::ActivationKind::linear)
        afters.push_back(After::activation);
    for (std::size_t cell = 0; cell < m_taps.size(); ++cell) {
        const auto first = static_cast<int>(cell);
        const auto count = static_cast<int>(m_taps[cell].size());
        const auto sum = [&](int begin, int end, int channel = -1) {
            all.push_back({Kind::sum, first, begin, end, channel});
        };
        for (const After after : afters)
            all.push_back({.kind = Kind::sum, .first = first, .end = count, .after = after});
        for (int i = 0; i < count; ++i) sum(i, i + 1);
        // The channels of an input cell come together.
        for (int i = m_channels; i < count; i += m_channels) sum(0, i);
        if (m_channels == 1) continue;
        for (int i = 0; i + m_channels <= count; i += m_channels) sum(i, i + m_channels);
        for (int channel = 0; channel < m_channels; ++channel) sum(0, count, channel);
    }
    for (int channel = -1; channel < (m_channels > 1 ? m_channels : 0); ++channel) {
        all.push_back({.kind = Kind::greatest_input, .first = channel});
        if (m_kernel_count > 0) all.push_back({.kind = Kind::greatest_weight, .first = channel});
    }
    for (const After after : afters) all.push_back({.kind = Kind::greatest_output, .after = after});
    return all;
}

}  // namespace ui::paint
