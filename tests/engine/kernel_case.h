// SPDX-License-Identifier: MIT
// One layer on one input, through every way the kernels know, against the oracle.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/kernels/work.h"
#include "tests/support/random_layers.h"
#include "tests/support/tensor_text.h"

namespace support {

/// Of the sum of the magnitudes of an output's products: less than kernels.h allows beyond sixteen
/// of them.
inline constexpr double stated_error = 1e-6;

enum class Numbers { whole, floats };

/// Inputs at the heap's very end (so that the address sanitizer sees an overrun) or before numbers
/// that spoil every result they enter; outputs between guard words. Both begin off every vector's
/// boundary.
class Buffers {
public:
    Buffers(const engine::Tensor& input, std::int64_t outputs, bool at_the_end)
        : m_input(1, not_a_number), m_output(static_cast<std::size_t>(outputs) + 2 * guards, mark) {
        m_input.insert(m_input.end(), input.values().begin(), input.values().end());
        if (!at_the_end) m_input.insert(m_input.end(), guards, not_a_number);
        m_input.shrink_to_fit();
        std::fill(m_output.begin() + guards, m_output.end() - guards, not_a_number);
    }
    const float* input() const { return m_input.data() + 1; }
    float* output() { return m_output.data() + guards; }
    std::span<const float> outputs() const {
        return std::span(m_output).subspan(guards, m_output.size() - 2 * guards);
    }
    bool guards_stand() const {
        const auto untouched = [](float value) { return value == mark; };
        return std::all_of(m_output.begin(), m_output.begin() + guards, untouched) &&
               std::all_of(m_output.end() - guards, m_output.end(), untouched);
    }

private:
    static constexpr std::ptrdiff_t guards = 17;
    static constexpr float mark = 12345.5F;
    static constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> m_input;
    std::vector<float> m_output;
};

inline engine::Tensor magnitudes(const engine::Tensor& tensor) {
    if (tensor.empty()) return tensor;
    std::vector<float> values(tensor.values().begin(), tensor.values().end());
    for (float& value : values) value = std::abs(value);
    return {tensor.shape(), std::move(values)};
}

inline std::vector<float> oracle(const engine::LayerSpec& spec, const engine::Geometry& geometry,
                                 const engine::Weights& weights, const engine::Tensor& input) {
    std::vector<float> out(static_cast<std::size_t>(geometry.output.count()));
    if (const auto* transposed = std::get_if<engine::Conv2DTranspose>(&spec))
        engine::reference::conv2d_transpose(*transposed, geometry, weights, input.data(),
                                            out.data());
    else if (const auto* convolution = std::get_if<engine::Conv2D>(&spec))
        engine::reference::conv2d(*convolution, geometry, weights, input.data(), out.data());
    else if (const auto* upsampling = std::get_if<engine::UpSampling2D>(&spec))
        engine::reference::upsampling2d(*upsampling, geometry, input.data(), out.data());
    else if (const auto* dense = std::get_if<engine::Dense>(&spec))
        engine::reference::dense(*dense, geometry, weights, input.data(), out.data());
    return out;
}

/// A layer on an input, with what the oracle says.
struct Case {
    engine::LayerSpec spec;
    engine::Geometry geometry;
    engine::Weights weights;
    engine::Tensor input;
    Numbers kind;
    std::vector<float> expected;
    std::vector<float> allowed;  ///< absolute error of each output
};

inline std::optional<Case> make_case(const engine::LayerSpec& spec, const engine::Shape& shape,
                                     Numbers kind, std::uint64_t seed) {
    const auto geometry = engine::infer(spec, shape);
    if (!geometry) return std::nullopt;  // cropped to nothing
    engine::SeededRandom random(seed);
    const auto numbers = kind == Numbers::whole ? whole_numbers : normal_numbers;
    Case made{spec, *geometry, {}, numbers(random, shape), kind, {}, {}};
    made.weights = weights_of(numbers, random, spec, *geometry);
    made.expected = oracle(spec, *geometry, made.weights, made.input);
    const engine::Weights weights{.kernel = magnitudes(made.weights.kernel),
                                  .bias = magnitudes(made.weights.bias)};
    const auto* upsampling = std::get_if<engine::UpSampling2D>(&spec);
    if (upsampling &&
        engine::sampling_of(upsampling->interpolation).rim == engine::Rim::renormalise) {
        // Weights of both signs; their magnitudes add up to less than 3.
        const auto values = magnitudes(made.input);
        const float largest = std::ranges::max(values.values());
        made.allowed.assign(made.expected.size(), static_cast<float>(stated_error * 3 * largest));
        return made;
    }
    // The oracle itself rounds a bilinear weight of a third, in double; the kernels do not.
    const double error = kind == Numbers::floats ? stated_error : upsampling ? 1e-15 : 0;
    made.allowed = oracle(spec, *geometry, weights, magnitudes(made.input));
    for (float& value : made.allowed) value = static_cast<float>(value * error);
    return made;
}

inline QByteArray text_of(const engine::LayerSpec& spec, const engine::Shape& input) {
    const auto pair = [](engine::Size2D extent) {
        return QByteArray::number(extent.height) + 'x' + QByteArray::number(extent.width);
    };
    const auto convolution = [&](const auto& layer) {
        const char* padding = std::holds_alternative<engine::Valid>(layer.padding)  ? " valid"
                              : std::holds_alternative<engine::Same>(layer.padding) ? " same"
                                                                                    : " explicit";
        return " filters " + QByteArray::number(layer.filters) + " k " + pair(layer.kernel_size) +
               " s " + pair(layer.strides) + " d " + pair(layer.dilation_rate) + " groups " +
               QByteArray::number(layer.groups) + padding;
    };
    QByteArray text = (engine::class_name(spec) + " on ").c_str() + text_of(input);
    if (const auto* transposed = std::get_if<engine::Conv2DTranspose>(&spec)) {
        text += convolution(*transposed);
        if (transposed->output_padding) text += " op " + pair(*transposed->output_padding);
    } else if (const auto* direct = std::get_if<engine::Conv2D>(&spec)) {
        text += convolution(*direct);
    } else if (const auto* upsampling = std::get_if<engine::UpSampling2D>(&spec)) {
        text += ' ' + QByteArray(engine::name_of(upsampling->interpolation).data()) + ' ' +
                pair(upsampling->size);
    } else if (const auto* dense = std::get_if<engine::Dense>(&spec)) {
        text += " units " + QByteArray::number(dense->units);
    }
    return text;
}

/// What is wrong, or nothing.
inline QByteArray complaint(const Case& expected, const Buffers& buffers, const char* way) {
    const QByteArray where =
        QByteArray(way) + ", " + text_of(expected.spec, expected.geometry.input) + ": ";
    if (!buffers.guards_stand()) return where + "wrote outside the output";
    for (std::size_t i = 0; i < expected.expected.size(); ++i) {
        const float got = buffers.outputs()[i];
        // Written so that not a number is a complaint.
        if (std::abs(got - expected.expected[i]) <= expected.allowed[i]) continue;
        return where + "output " + QByteArray::number(qulonglong{i}) + " is " +
               QByteArray::number(static_cast<double>(got), 'g', 9) + ", not " +
               QByteArray::number(static_cast<double>(expected.expected[i]), 'g', 9);
    }
    return {};
}

template <typename Work>
QByteArray complaint_about(const Case& given, Work& work, engine::Kernel<Work> kernel,
                           const engine::Convolution& convolution, const char* way) {
    engine::fill(work, convolution);
    // A job done in shares, the last first: each output is some share's.
    const bool divisible =
        !std::is_same_v<Work, engine::MatrixWork> && !std::is_same_v<Work, engine::ShuffleWork>;
    for (const int shares : {1, 3}) {
        if (shares > 1 && !divisible) break;
        Buffers buffers(given.input, given.geometry.output.count(), true);
        for (int share = shares; share-- > 0;)
            kernel(work, {share, shares}, buffers.input(), buffers.output());
        const QByteArray wrong = complaint(given, buffers, way);
        if (!wrong.isEmpty()) return wrong + " (" + QByteArray::number(shares) + " shares)";
    }
    return {};
}

/// A plan takes the cheapest way; the others must be right too.
inline QByteArray complaint_about_ways(const Case& given, const engine::Convolution& convolution) {
    const engine::VectorUnit unit = engine::vector_unit();
    engine::FilterWork by_filters = engine::arrange_filters(convolution, unit);
    QByteArray wrong =
        complaint_about(given, by_filters, engine::filter_kernel(), convolution, "over filters");
    if (auto work = engine::arrange_channels(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::channel_kernel(work->lanes), convolution,
                                "over channels");
    if (auto work = engine::arrange_columns(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::column_kernel(), convolution, "over columns");
    if (auto work = engine::arrange_stamps(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::stamp_kernel(), convolution, "over stamps");
    if (auto work = engine::arrange_matrix(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::matrix_kernel(work->lanes), convolution,
                                "as a matrix");
    if (auto work = engine::arrange_shuffles(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::shuffle_kernel(work->lanes), convolution,
                                "as shuffles");
    if (auto work = engine::arrange_patterns(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, engine::pattern_kernel(work->lanes, work->shuffles),
                                convolution, "over patterns");
    return wrong;
}

/// The case `times` over, as one run's batch.
inline Case repeated(const Case& given, int times) {
    Case batch = given;
    std::vector<float> inputs;
    batch.expected.clear();
    batch.allowed.clear();
    for (int i = 0; i < times; ++i) {
        inputs.insert(inputs.end(), given.input.values().begin(), given.input.values().end());
        batch.expected.insert(batch.expected.end(), given.expected.begin(), given.expected.end());
        batch.allowed.insert(batch.allowed.end(), given.allowed.begin(), given.allowed.end());
    }
    batch.input = {{static_cast<int>(inputs.size())}, std::move(inputs)};
    return batch;
}

inline QByteArray complaint_about(const Case& given) {
    for (const bool at_the_end : {false, true}) {
        Buffers buffers(given.input, given.geometry.output.count(), at_the_end);
        engine::Plan::make(given.spec, given.geometry, given.weights)
            .run(buffers.input(), buffers.output());
        const QByteArray wrong = complaint(given, buffers, "plan");
        if (!wrong.isEmpty()) return wrong;
    }
    const Case batch = repeated(given, 3);
    Buffers buffers(batch.input, static_cast<std::int64_t>(batch.expected.size()), true);
    engine::Plan::make(given.spec, given.geometry, given.weights, {.batch = 3})
        .run(buffers.input(), buffers.output());
    if (const QByteArray wrong = complaint(batch, buffers, "batch of 3"); !wrong.isEmpty())
        return wrong;
    if (engine::active_target() == "reference") return {};
    if (const auto* transposed = std::get_if<engine::Conv2DTranspose>(&given.spec))
        return complaint_about_ways(given,
                                    engine::describe(*transposed, given.geometry, given.weights));
    if (const auto* direct = std::get_if<engine::Conv2D>(&given.spec))
        return complaint_about_ways(given,
                                    engine::describe(*direct, given.geometry, given.weights));
    if (const auto* dense = std::get_if<engine::Dense>(&given.spec))
        return complaint_about_ways(given,
                                    engine::describe(*dense, given.geometry, given.weights, 1));
    return {};
}

/// How many cases were compared, and the first complaint.
struct Sweep {
    int cases = 0;
    QByteArray wrong;

    void add(const engine::LayerSpec& spec, const engine::Shape& input) {
        for (const Numbers kind : {Numbers::whole, Numbers::floats}) {
            if (!wrong.isEmpty()) return;
            const auto given = make_case(spec, input, kind, 7 + static_cast<std::uint64_t>(cases));
            if (!given) return;
            ++cases;
            wrong = complaint_about(*given);
        }
    }
};

}  // namespace support
