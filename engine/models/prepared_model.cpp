// SPDX-License-Identifier: MIT
// The one place where layers are computed: by their plan, or by what their definition says.
#include "engine/models/prepared_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

double greatest(const Tensor& tensor) {
    double most = 0;
    for (const float value : tensor.values())
        most = std::max(most, std::abs(static_cast<double>(value)));
    return most;
}

/// An output that float32 does not hold is told by what it was made of.
Result<Tensor> finite(Tensor output, const Tensor& input, const Tensor& kernel) {
    const std::int64_t index = first_not_finite(output.values());
    if (index < 0) return output;
    Error error{.code = ErrorCode::not_finite, .subject = "output", .given = {index}};
    error.given_real = {greatest(input)};
    if (!kernel.empty()) error.given_real.push_back(greatest(kernel));
    return error;
}

/// What a plan makes of the input, activated where it lies; nothing if it was stopped.
std::optional<Tensor> computed(const Plan& plan, const Tensor& input, const Shape& output,
                               ActivationKind activation, ThreadPool* pool, const Watch& watch) {
    constexpr double planned_share = 0.9;
    std::vector<float> out(static_cast<std::size_t>(output.count()));
    plan.run(input.data(), out.data(), pool, part_of(watch, 0, planned_share));
    if (watch && !watch(planned_share)) return std::nullopt;
    activate_in_place(activation, out, static_cast<std::size_t>(output[output.rank() - 1]));
    return Tensor(output, std::move(out));
}

std::optional<Plan> plan_of(const LayerSpec& spec, const Geometry& geometry,
                            const Weights& weights) {
    return can_plan(spec) ? std::optional(Plan::make(spec, geometry, weights)) : std::nullopt;
}

Error in_layer(Error error, std::size_t index) {
    error.layer = static_cast<int>(index);
    return error;
}

}  // namespace

PreparedLayer::PreparedLayer(const Shape& input, const LayerSpec& spec, const Geometry& geometry,
                             WeightSetting setting, Weights weights, std::optional<Plan> plan)
    : m_input(input),
      m_spec(spec),
      m_geometry(geometry),
      m_setting(std::move(setting)),
      m_weights(std::move(weights)),
      m_plan(std::move(plan)) {}

PreparedLayer::PreparedLayer(const LayerSpec& spec, const Geometry& geometry,
                             const Weights& weights)
    : PreparedLayer(geometry.input, spec, geometry, {std::nullopt, weights}, weights,
                    plan_of(spec, geometry, weights)) {}

Result<PreparedLayer> PreparedLayer::make(const LayerSpec& spec, const Geometry& geometry,
                                          const WeightSetting& setting) {
    Weights weights = materialize(setting, spec, geometry);
    if (auto wrong = check_weights(spec, geometry, weights)) return *wrong;
    std::optional<Plan> plan = plan_of(spec, geometry, weights);
    return PreparedLayer(geometry.input, spec, geometry, setting, std::move(weights),
                         std::move(plan));
}

std::optional<PreparedLayer> PreparedLayer::make_merged(const Layer& upsampling,
                                                        const Geometry& upsampled,
                                                        const Layer& convolution,
                                                        const Geometry& convolved) {
    const auto* first = std::get_if<UpSampling2D>(&upsampling.spec);
    const auto* second = std::get_if<Conv2D>(&convolution.spec);
    if (!first || !second) return std::nullopt;
    const std::int64_t sums_of_a_cell = std::int64_t{first->size.height} * first->size.width;
    const std::int64_t cells = std::int64_t{upsampled.input.height()} * upsampled.input.width();
    if (sums_of_a_cell > cells) return std::nullopt;
    const Weights weights = materialize(convolution.weights, convolution.spec, convolved);
    if (check_weights(convolution.spec, convolved, weights)) return std::nullopt;
    auto plan = Plan::make_merged(*first, upsampled, *second, convolved, weights);
    if (!plan) return std::nullopt;
    return PreparedLayer(upsampled.input, convolution.spec, convolved, convolution.weights, {},
                         std::move(plan));
}

bool PreparedLayer::is_for(const LayerSpec& spec, const Geometry& geometry,
                           const WeightSetting& setting) const {
    return m_spec == spec && m_geometry == geometry && m_setting == setting &&
           (!m_plan || m_plan->target() == active_target());
}

Result<Tensor> PreparedLayer::run(const Tensor& input, ThreadPool* pool, const Watch& watch) const {
    assert(input.shape() == m_input);
    std::optional<Tensor> output;
    if (m_plan)
        output = computed(*m_plan, input, m_geometry.output, activation_of(m_spec), pool, watch);
    else
        output = definition_of(m_spec).forward(m_spec, {m_geometry, m_weights, input, watch});
    if (!output || (watch && !watch(1))) return Error{.code = ErrorCode::cancelled};
    return finite(*std::move(output), input, m_weights.kernel);
}

PreparedSampling::PreparedSampling(const Sampling2D& sampling, const Shape& input,
                                   const Shape& output)
    : m_input(input), m_output(output), m_plan(Plan::make(sampling, input, output)) {}

Result<Tensor> PreparedSampling::run(const Tensor& input) const {
    assert(input.shape() == m_input);
    return finite(*computed(m_plan, input, m_output, ActivationKind::linear, nullptr, {}), input,
                  {});
}

bool PreparedModel::has(std::size_t index, const Layer& layer, const Geometry& geometry) const {
    return index < m_layers.size() && m_layers[index] &&
           m_layers[index]->is_for(layer.spec, geometry, layer.weights);
}

Result<const PreparedLayer*> PreparedModel::layer(std::size_t index, const Layer& layer,
                                                  const Geometry& geometry) {
    if (!has(index, layer, geometry)) {
        let_go_of(index);  // before there are two
        auto made = PreparedLayer::make(layer.spec, geometry, layer.weights);
        if (!made) return made.error();
        if (made->has_plan()) ++m_plans_made;
        if (index >= m_layers.size()) m_layers.resize(index + 1);
        m_layers[index] = std::make_shared<const PreparedLayer>(*std::move(made));
    }
    return m_layers[index].get();
}

bool PreparedModel::Pair::is_for(std::span<const Layer> layers,
                                 std::span<const Geometry> geometries, std::size_t index) const {
    return upsampling == layers[index].spec && upsampled == geometries[index] &&
           convolution == layers[index + 1] && convolved == geometries[index + 1] &&
           (!merged || merged->is_for(convolution.spec, convolved, convolution.weights));
}

const PreparedLayer* PreparedModel::merged(std::size_t index, std::span<const Layer> layers,
                                           std::span<const Geometry> geometries) {
    if (index + 1 >= layers.size()) return nullptr;
    if (m_pairs.size() < layers.size()) m_pairs.resize(layers.size());
    std::optional<Pair>& pair = m_pairs[index];
    if (pair && pair->is_for(layers, geometries, index)) return pair->merged.get();
    pair.reset();  // before there are two
    auto made = PreparedLayer::make_merged(layers[index], geometries[index], layers[index + 1],
                                           geometries[index + 1]);
    if (made) ++m_plans_made;
    // That they do not merge is kept, too: the next item of a batch asks again.
    pair = Pair{layers[index].spec, geometries[index], layers[index + 1], geometries[index + 1],
                made ? std::make_shared<const PreparedLayer>(*std::move(made)) : nullptr};
    return pair->merged.get();
}

Result<Tensor> PreparedModel::end_of(std::span<const Layer> layers,
                                     std::span<const Geometry> geometries, const Tensor& input,
                                     ThreadPool* pool) {
    Tensor current = input;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (const PreparedLayer* pair = merged(i, layers, geometries)) {
            // Weights added up may be too large for a float where the layers' own sums are not:
            // these decide then.
            if (auto output = pair->run(current, pool)) {
                current = *std::move(output);
                ++i;
                continue;
            }
        }
        const auto ready = layer(i, layers[i], geometries[i]);
        if (!ready) return in_layer(ready.error(), i);
        auto output = (*ready)->run(current, pool);
        if (!output) return in_layer(output.error(), i);
        current = *std::move(output);
    }
    return current;
}

void PreparedModel::keep_only(std::span<const Layer> layers, std::span<const Geometry> geometries) {
    const std::size_t count = std::min(layers.size(), geometries.size());
    m_pairs.clear();
    if (m_layers.size() > count) m_layers.resize(count);
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        if (!has(i, layers[i], geometries[i])) m_layers[i].reset();
}

void PreparedModel::let_go_of(std::size_t index) {
    if (index < m_layers.size()) m_layers[index].reset();
}

std::int64_t PreparedModel::held() const {
    std::int64_t numbers = 0;
    for (const Pointer& layer : m_layers)
        if (layer)
            numbers += parameter_count(layer->spec(), layer->geometry()).total +
                       packed_count(layer->spec(), layer->geometry());
    return numbers;
}

std::int64_t packed_count(const LayerSpec& spec, const Geometry& geometry) {
    return can_plan(spec) ? parameter_count(spec, geometry).total : 0;
}

}  // namespace engine
