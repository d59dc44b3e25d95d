// SPDX-License-Identifier: MIT
// Where a step lies when the same layer is read in another way.
#pragma once

#include "engine/lessons/timeline.h"

namespace engine {

/// The step of `after` that is about the same cell, or else about one that belongs to it: the
/// output cell that an input's stamp begins in, the last input that reaches an output cell. Bias,
/// activation and crop stay what they are, the beginning and the end too.
int same_place(const Timeline& before, int step, const Timeline& after, const Geometry& geometry);

/// The step of another layer's timeline that stands beside this one: as far into the same part
/// (zeros, border, turn, products, bias, activation, crop). It never goes back as `step` goes on,
/// and begins and ends with it; of two alike timelines it is the same step.
int beside_place(const Timeline& timeline, int step, const Timeline& beside);

}  // namespace engine
