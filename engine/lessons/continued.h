// SPDX-License-Identifier: MIT
// What new channels, filters and units begin with: numbers that show, not zeros.
#pragma once

#include "engine/lessons/lesson.h"

namespace engine {

/// A copy with more slices along `axis`, one behind the first axes: the rows and columns of ranks 3
/// and 4, the inputs of rank 2. So that there is something to see in it, a new slice holds the
/// numbers of the one before it, all moved on by one cell.
Tensor continued(const Tensor& tensor, int axis, int size);

/// The lesson with every stored kernel continued where its layer has come to have more channels,
/// filters or units.
Lesson with_continued_kernels(Lesson lesson);

}  // namespace engine
