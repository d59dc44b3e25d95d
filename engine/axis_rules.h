// SPDX-License-Identifier: MIT
// The arithmetic of one axis, and the checks its arguments need; used by infer (infer.cpp, onnx.cpp) only. All
// sizes are computed in 64 bits and narrowed after they passed the budget, so that no argument can overflow.
#pragma once

#include <optional>

#include "engine/geometry.h"

namespace engine {

/// What is wrong, if anything.
using Check = std::optional<Error>;

/// An error about one number. `axis`: 0 rows, 1 columns, -1 neither.
Error mistake(ErrorCode code, const char* subject, std::int64_t given, std::int64_t limit,
              int axis = -1);

/// `subject` takes so much of the cells along an axis that nothing is left.
Error empty_output(const char* subject, std::int64_t taken, std::int64_t cells, int axis);

/// At least `least` and at most what any argument may be.
Check in_range(const char* subject, int value, int least, int axis = -1);
Check in_range(const char* subject, Extent value, int least);
Check in_budget(const char* subject, std::int64_t count);
/// Not longer than a side of a feature map may be.
Check in_length(const char* subject, std::int64_t cells, int axis);

/// The number of a pair that belongs to an axis.
inline int along(Extent extent, int axis) { return axis == 0 ? extent.height : extent.width; }

/// What slides or stamps along an axis, before anything is known about the input.
struct Window {
    int kernel = 1;
    int stride = 1;
    int dilation = 1;
    const char* name = "kernel";  ///< to users
    std::int64_t extent() const { return std::int64_t{dilation} * (kernel - 1) + 1; }
};

/// Transposed convolution: the table of rules in geometry.h.
Result<Axis> transposed_axis(int in, const Window& window, const Padding& padding,
                             std::optional<int> output_padding, int axis);

/// Convolution and pooling.
Result<Axis> window_axis(int in, const Window& window, const Padding& padding, int axis);

/// ZeroPadding2D and Cropping2D.
Result<Axis> padded_axis(int in, int before, int after, int axis);
Result<Axis> cropped_axis(int in, int before, int after, int axis);

}  // namespace engine
