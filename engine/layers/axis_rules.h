// SPDX-License-Identifier: MIT
// The arithmetic of one axis, and the checks its arguments need; used by infer (layers/, onnx.cpp)
// only. All sizes are computed in 64 bits and narrowed after they passed max_size, so that no
// argument can overflow.
#pragma once

#include <optional>
#include <string_view>

#include "engine/layers/geometry.h"

namespace engine {

/// What is wrong, if anything.
using Check = std::optional<Error>;

/// An error about one number. `axis`: 0 rows, 1 columns, -1 neither.
Error mistake(ErrorCode code, std::string_view subject, std::int64_t given, std::int64_t limit,
              int axis = -1);

/// `subject` takes so much of the cells along an axis that nothing is left.
Error empty_output(std::string_view subject, std::int64_t taken, std::int64_t cells, int axis);

/// At least `least` and at most what any argument may be.
Check in_range(std::string_view subject, int value, int least, int axis = -1);
Check in_range(std::string_view subject, Size2D value, int least);
/// Not more numbers than a tensor that is computed may hold.
Check in_budget(std::string_view subject, std::int64_t count);
/// Not more numbers than can be asked about.
Check in_shape_count(std::string_view subject, std::int64_t count);
/// Not longer than an axis may be.
Check in_size(std::string_view subject, std::int64_t cells, int axis = -1);

/// The first objection of several, asked in order.
template <typename... Checks>
Check first_of(Checks... checks) {
    Check first;
    ((first = first ? first : checks), ...);
    return first;
}

/// The number of a pair that belongs to an axis.
inline int along(Size2D extent, int axis) { return axis == 0 ? extent.height : extent.width; }

/// What slides or stamps along an axis, before anything is known about the input.
struct Window {
    int kernel = 1;
    int stride = 1;
    int dilation = 1;
    const char* name = "kernel";  ///< to users
    std::int64_t extent() const { return std::int64_t{dilation} * (kernel - 1) + 1; }
};

// Every rule passes an unknown input on as an unknown output.

/// Transposed convolution: the table of rules in geometry.h.
Result<Axis> transposed_axis(int in, const Window& window, const Padding& padding,
                             std::optional<int> output_padding, int axis);

/// Convolution and pooling.
Result<Axis> window_axis(int in, const Window& window, const Padding& padding, int axis);

/// ZeroPadding2D and Cropping2D.
Result<Axis> padded_axis(int in, int before, int after, int axis);
Result<Axis> cropped_axis(int in, int before, int after, int axis);

}  // namespace engine
