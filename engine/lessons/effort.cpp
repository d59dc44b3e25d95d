// SPDX-License-Identifier: MIT
#include "engine/lessons/effort.h"

#include <algorithm>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/trace.h"

namespace engine {

namespace {

// Nominal nanoseconds for each number, good to a factor of two.
constexpr double of_written_number = 1.5;  // fresh memory, and the look for what is not finite
constexpr double of_made_weight = 10;      // SplitMix64, one draw
constexpr double of_packed_weight = 4;
constexpr double of_activated_number = 15;
constexpr double of_listed_tap = 200;  // made, gone through and drawn

std::int64_t saturated_sum(std::int64_t a, std::int64_t b) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return a > most - b ? most : a + b;
}

double planned(const LayerSpec& spec, const Geometry& geometry) {
    // Choosing among the ways of computing takes longer than computing what is small.
    constexpr std::int64_t small = std::int64_t{1} << 20;
    constexpr double of_small_product = 0.5;
    const std::int64_t products = work(spec, geometry);
    if (products < small) return of_small_product * static_cast<double>(products);
    return nominal_nanoseconds(spec, geometry);
}

double activated(const LayerSpec& spec, const Geometry& geometry) {
    const ActivationKind kind = activation_of(spec);
    if (kind == ActivationKind::linear) return 0;
    const double of_number = kind == ActivationKind::relu ? 1 : of_activated_number;
    return of_number * static_cast<double>(geometry.output.count());
}

}  // namespace

Effort& Effort::operator+=(const Effort& other) {
    kernels += other.kernels;
    loops += other.loops;
    products = saturated_sum(products, other.products);
    return *this;
}

Effort Effort::operator*(std::int64_t times) const {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const auto factor = static_cast<double>(times);
    return {kernels * factor, loops * factor,
            times > 0 && products > most / times ? most : products * times};
}

double seconds(const Effort& effort, const Pace& pace) {
    return 1e-9 * (effort.kernels * pace.kernels + effort.loops * pace.loops);
}

Effort forward_effort(const LayerSpec& spec, const Geometry& geometry) {
    Effort effort;
    effort.loops = of_written_number * static_cast<double>(geometry.output.count()) +
                   activated(spec, geometry);
    const LayerDefinition& layer = definition_of(spec);
    if (can_plan(spec)) effort.kernels = planned(spec, geometry);
    if (can_plan(spec) || layer.work) effort.products = work(spec, geometry);
    if (layer.loop_nanoseconds) effort.loops += layer.loop_nanoseconds(spec, geometry);
    return effort;
}

Effort layer_effort(const LayerSpec& spec, const Geometry& geometry) {
    Effort effort = forward_effort(spec, geometry);
    effort.loops += (of_made_weight + of_packed_weight) *
                    static_cast<double>(parameter_count(spec, geometry).total);
    return effort;
}

Effort effort_in_run(std::size_t index, const Layer& layer, const Geometry& geometry,
                     const PreparedModel& prepared) {
    const bool ready = prepared.has(index, layer, geometry);
    return ready ? forward_effort(layer.spec, geometry) : layer_effort(layer.spec, geometry);
}

Effort run_effort(std::span<const Layer> layers, std::span<const Geometry> geometries,
                  const PreparedModel& prepared) {
    Effort effort;
    for (std::size_t i = 0; i < geometries.size(); ++i)
        effort += effort_in_run(i, layers[i], geometries[i], prepared);
    return effort;
}

Effort picture_effort(const LayerSpec& spec, const Geometry& geometry) {
    if (!has_trace(spec)) return {};
    const std::int64_t products = traced_products(spec, geometry);
    const std::int64_t cells = geometry.canvas().count() / geometry.output.channels();
    Effort effort{.loops = of_written_number * 4 * static_cast<double>(cells) +
                           of_listed_tap * static_cast<double>(taps_of_a_step(spec, geometry))};
    if (products <= max_exact_products)
        effort.loops += 2 * nominal_plain_product * static_cast<double>(products);
    else
        effort.kernels = planned(spec, geometry) / geometry.output.channels();
    return effort;
}

}  // namespace engine
