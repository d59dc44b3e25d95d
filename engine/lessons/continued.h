// SPDX-License-Identifier: MIT
// What new rows, columns, channels, filters and units begin with: numbers that show, not zeros.
#pragma once

#include "engine/lessons/lesson.h"

namespace engine {

/// A copy with more slices along `axis`, one behind the first axes: the rows and columns of ranks 3
/// and 4, the inputs of rank 2. So that there is something to see in it, a new slice holds the
/// numbers of the one before it, all moved on by one cell.
Tensor continued(const Tensor& tensor, int axis, int size);

/// The tensor at another size of the same rank: what is kept stays where it is, and what comes to
/// it repeats the pattern of what there is.
Tensor repeated(const Tensor& tensor, const Shape& shape);

/// The same, but first of all what was there `before` comes back: numbers that a smaller size had
/// set aside. Ignored if it has another rank or other channels.
Tensor regrown(const Tensor& tensor, const Shape& shape, const Tensor& before);

/// The lesson with every stored kernel continued where its layer has come to have more channels,
/// filters or units, and repeated where it has come to have more rows or columns. Numbers that an
/// initializer would make stay what it makes.
Lesson with_continued_kernels(Lesson lesson);

}  // namespace engine
