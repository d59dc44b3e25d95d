// SPDX-License-Identifier: MIT
// The two readings of a transposed convolution, each computed its own way, so that their equality
// is found and not assumed. Linear part, one filter, full output; `kernel` is (kh, kw, 1,
// channels) as stored.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/lessons/trace.h"

namespace engine {

/// What the stamps add up to in every full output cell, row-major: input by input in reading
/// order, each its channels in order, products added in double and rounded once.
std::vector<float> stamp_sums(const Geometry& geometry, const Tensor& input, const Tensor& kernel);

/// What the window over one full output cell collects: it walks the cells of the bordered input
/// under the turned kernel, zeros and all, adds in double and rounds once.
float window_sum(const Geometry& geometry, const Tensor& input, const Tensor& kernel, Cell output);
/// The same for every full output cell, row-major.
std::vector<float> window_sums(const Geometry& geometry, const Tensor& input, const Tensor& kernel);

/// How many products window_sums looks at, those with zeros included.
std::int64_t window_work(const Geometry& geometry);

}  // namespace engine
