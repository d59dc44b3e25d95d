// SPDX-License-Identifier: MIT
// What computing costs, told from the shapes before anything is computed.
#pragma once

#include <span>

#include "engine/models/prepared_model.h"

namespace engine {

/// Time as nominal nanoseconds of one thread, in two kinds, since machines and instruction sets
/// speed them up unlike.
struct Effort {
    double kernels = 0;  ///< by plans: nominal_nanoseconds
    double loops =
        0;  ///< by plain loops: weights made and packed, activations, pooling, sums in double
    std::int64_t products = 0;  ///< multiply-adds, zeros of the padding included

    Effort& operator+=(const Effort& other);
    Effort operator*(std::int64_t times) const;
    bool operator==(const Effort&) const = default;
};

/// How slow a machine is beside the nominal one, measured for the chosen target by whoever has a
/// clock.
struct Pace {
    double kernels = 1;
    double loops = 1;
};
double seconds(const Effort& effort, const Pace& pace);

/// One layer: its weights made and packed once, its output computed once.
Effort layer_effort(const LayerSpec& spec, const Geometry& geometry);
/// The same, the weights being ready.
Effort forward_effort(const LayerSpec& spec, const Geometry& geometry);
/// What a run computes for layer `index`, which `prepared` may have ready.
Effort effort_in_run(std::size_t index, const Layer& layer, const Geometry& geometry,
                     const PreparedModel& prepared);
/// What run (lesson.h) computes; the layers that `prepared` has are ready.
Effort run_effort(std::span<const Layer> layers, std::span<const Geometry> geometries,
                  const PreparedModel& prepared = {});
/// What a picture of the layer computes besides: the sums of a Trace for one filter.
Effort picture_effort(const LayerSpec& spec, const Geometry& geometry);

}  // namespace engine
