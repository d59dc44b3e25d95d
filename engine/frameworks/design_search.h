// SPDX-License-Identifier: MIT
// Behind design.h: every setting that leads from a size to a size, one axis at a time, then both.
#pragma once

#include <functional>

#include "engine/frameworks/design.h"

namespace engine {

/// What an axis must keep to.
struct AxisQuestion {
    int from = 1, to = 1;
    int least_kernel = 1, most_kernel = 1;
    int least_strides = 1, most_strides = 1;
    std::optional<int> padding, output_padding;
    bool operator==(const AxisQuestion&) const = default;
};
AxisQuestion axis_of(const DesignQuestion& asked, int axis);

/// Ways that Keras could say a crop along one axis; both axes must share one.
struct KerasForm {
    enum : unsigned { valid = 1, same = 2, valid_extra = 4, same_extra = 8 };
};

/// One axis of a layer: before and after are cells cut, or zeros put around.
struct AxisWay {
    int kernel = 1, strides = 1;
    int before = 0, after = 0;
    unsigned keras = 0;
    bool pytorch = false;
    int score = 0;  ///< less is better
};
using AxisWays = std::vector<AxisWay>;
Tiling overlap_of(const AxisWay& way);

/// Every kernel, strides and crop of a transposed layer.
AxisWays transposed_ways(const AxisQuestion& asked);
/// UpSampling2D by `strides`, which is 2 or more, then a window of stride 1 with zeros around.
AxisWays resized_ways(const AxisQuestion& asked);

/// Both axes of a step.
struct Step {
    WayKind kind = WayKind::transposed;
    AxisWay rows, columns;
    int score = 0;
};
/// Points of axes or steps that have unlike kernels; see score_of.
inline constexpr int of_mixture = 40'000;
bool better(const Step& a, const Step& b);
/// Without a slice behind it. Whoever has neither Keras's words nor ONNX's pads cuts as PyTorch
/// does.
bool said_by(Framework framework, const Step& step);

using KeepStep = std::function<bool(const Step&)>;
/// All steps of a kind, or of very many those that can be among the best.
struct Steps {
    std::vector<Step> list;
    std::int64_t count = 0;
};
/// `alike`: the columns have the numbers of the rows, and are not looked at.
Steps steps_of(WayKind kind, AxisWays rows, AxisWays columns, bool alike, int most,
               const KeepStep& keep);

/// The size nearest to the one asked for that a single transposed layer has along an axis; of two
/// as near, the larger.
int nearest_to(const AxisQuestion& asked);

}  // namespace engine
