// SPDX-License-Identifier: MIT
#include "engine/frameworks/design_search.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <utility>

#include "engine/frameworks/backends.h"
#include "engine/layers/axis_rules.h"

namespace engine {

using Size = std::int64_t;

namespace {

std::optional<int> along(const std::optional<Size2D>& pair, int axis) {
    return pair ? std::optional(engine::along(*pair, axis)) : std::nullopt;
}

}  // namespace

AxisQuestion axis_of(const DesignQuestion& asked, int axis) {
    const auto kernel = along(asked.kernel, axis);
    const auto strides = along(asked.strides, axis);
    return {engine::along(asked.from, axis),
            engine::along(asked.to, axis),
            kernel.value_or(1),
            kernel.value_or(asked.largest_kernel),
            strides.value_or(1),
            strides.value_or(asked.largest_strides),
            along(asked.padding, axis),
            along(asked.output_padding, axis)};
}

Tiling overlap_of(const AxisWay& way) {
    if (way.kernel < way.strides) return Tiling::holes;
    if (way.kernel == way.strides && way.kernel > 1) return Tiling::tiles;
    if (way.kernel % way.strides == 0) return way.kernel == 1 ? Tiling::tiles : Tiling::even;
    return Tiling::uneven;
}

namespace {

// What makes a way worse. Points are of one axis; those of two axes are added.
constexpr int of_hand_cut = 30'000;  // for each of Keras and PyTorch that needs one
constexpr int of_holes = 200'000;
constexpr int of_uneven = 100'000;
constexpr int of_uneven_crop = 20'000;
constexpr int of_a_stretch = 1000;  // a cell by which in × strides is not the size
constexpr int of_a_cell = 10;       // of the kernel

int score_of(const AxisQuestion& asked, const AxisWay& way, bool resized) {
    constexpr Size farthest = 100;
    int score = way.before == way.after ? 0 : of_uneven_crop;
    const Size stretch = std::abs(Size{asked.from} * way.strides - asked.to);
    score += of_a_stretch * static_cast<int>(std::min(stretch, farthest));
    if (resized) return score + of_a_cell * std::abs(way.kernel - 3);  // 1 blends nothing
    if (overlap_of(way) == Tiling::holes) score += of_holes;
    if (overlap_of(way) == Tiling::uneven) score += of_uneven;
    return score + of_a_cell * way.kernel;
}

/// Which of Keras's forms cut so: its own rules are asked.
unsigned keras_forms(const AxisQuestion& asked, const AxisWay& way) {
    const Window window{way.kernel, way.strides, 1};
    const int full = (asked.from - 1) * way.strides + way.kernel;
    unsigned forms = 0;
    const auto try_form = [&](unsigned form, const Padding& padding, std::optional<int> extra) {
        if (extra && (*extra < 0 || *extra >= way.strides)) return;
        const Result<Axis> axis = transposed_axis(asked.from, window, padding, extra, 0);
        if (!axis || axis->out != asked.to || axis->crop_before != way.before) return;
        if (std::holds_alternative<Same>(padding) && !is_gradient_of_same(*axis)) return;
        forms |= form;
    };
    try_form(KerasForm::valid, Valid{}, std::nullopt);
    try_form(KerasForm::same, Same{}, std::nullopt);
    try_form(KerasForm::valid_extra, Valid{}, asked.to - full);
    try_form(KerasForm::same_extra, Same{}, asked.to - full + 2 * (way.kernel / 2));
    return forms;
}

/// The crops of one kernel and strides. With e cells to cut, negative if some are to be appended,
/// PyTorch cuts p before and p - output_padding after: 2 p - output_padding = e. ONNX's
/// output_shape halves e, and an odd cell goes to either end, to the end as Keras's same has it.
void add_crops(AxisWays& ways, const AxisQuestion& asked, int kernel, int strides) {
    const Size full = (Size{asked.from} - 1) * strides + kernel;
    const Size cut = full - asked.to;
    if (cut < 1 - strides || cut > 2 * (Size{kernel} - 1)) return;
    const int e = static_cast<int>(cut);
    const int first = e >= 0 ? e / 2 : 0;
    const int last = std::max((e + strides - 1) / 2, e >= 0 ? (e + 1) / 2 : 0);
    for (int before = first; before <= std::min(last, kernel - 1); ++before) {
        AxisWay way{.kernel = kernel, .strides = strides, .before = before, .after = e - before};
        if (way.after >= kernel) continue;
        const int extra = way.before - way.after;
        way.pytorch = extra >= 0 && extra < strides;
        if (asked.padding && (!way.pytorch || *asked.padding != before)) continue;
        if (asked.output_padding && (!way.pytorch || *asked.output_padding != extra)) continue;
        way.keras = keras_forms(asked, way);
        way.score = score_of(asked, way, false);
        ways.push_back(way);
    }
}

}  // namespace

AxisWays transposed_ways(const AxisQuestion& asked) {
    AxisWays ways;
    for (int strides = asked.least_strides; strides <= asked.most_strides; ++strides)
        for (int kernel = asked.least_kernel; kernel <= asked.most_kernel; ++kernel)
            add_crops(ways, asked, kernel, strides);
    return ways;
}

AxisWays resized_ways(const AxisQuestion& asked) {
    AxisWays ways;
    if (asked.output_padding) return ways;
    for (int factor = std::max(asked.least_strides, 2); factor <= asked.most_strides; ++factor)
        for (int kernel = asked.least_kernel; kernel <= asked.most_kernel; ++kernel) {
            const Size needed = asked.to - Size{asked.from} * factor + kernel - 1;
            if (needed < 0 || needed > 2 * (Size{kernel} - 1)) continue;
            const int zeros = static_cast<int>(needed);
            if (zeros % 2 != 0 && zeros != kernel - 1) continue;
            AxisWay way{.kernel = kernel, .strides = factor, .before = zeros / 2};
            way.after = zeros - way.before;
            if (asked.padding && (way.before != way.after || way.before != *asked.padding))
                continue;
            way.pytorch = way.before == way.after;
            if (zeros == 0) way.keras |= KerasForm::valid;
            if (zeros == kernel - 1) way.keras |= KerasForm::same;
            way.score = score_of(asked, way, true);
            ways.push_back(way);
        }
    return ways;
}

namespace {

bool in_keras(const Step& step) { return (step.rows.keras & step.columns.keras) != 0; }
bool in_pytorch(const Step& step) { return step.rows.pytorch && step.columns.pytorch; }

/// Is there such a layer? A Conv2D has "same" on both axes, or as many zeros before as after.
bool exists(const Step& step) {
    return step.kind == WayKind::transposed || in_keras(step) || in_pytorch(step);
}

}  // namespace

bool said_by(Framework framework, const Step& step) {
    // PyTorch has 'same' for windows of stride 1, too.
    if (framework == Framework::onnx || step.kind != WayKind::transposed)
        return framework != Framework::keras || in_keras(step);
    return framework == Framework::keras ? in_keras(step) : in_pytorch(step);
}

namespace {

/// How many pairs of a row's and a column's way are kept, by what each says of itself.
Size count_of(WayKind kind, const AxisWays& rows, const AxisWays& columns, const KeepStep& keep) {
    using Classes = std::map<std::pair<unsigned, bool>, Size>;
    const auto classes = [](const AxisWays& ways) {
        Classes counted;
        for (const AxisWay& way : ways) ++counted[{way.keras, way.pytorch}];
        return counted;
    };
    const auto example = [](const Classes::value_type& of) {
        return AxisWay{.keras = of.first.first, .pytorch = of.first.second};
    };
    Size count = 0;
    for (const auto& down : classes(rows))
        for (const auto& across : classes(columns)) {
            const Step step{kind, example(down), example(across)};
            if (exists(step) && keep(step)) count += down.second * across.second;
        }
    return count;
}

Step joined(WayKind kind, const AxisWay& rows, const AxisWay& columns) {
    Step step{kind, rows, columns, rows.score + columns.score};
    if (!in_keras(step)) step.score += of_hand_cut;
    if (!in_pytorch(step)) step.score += of_hand_cut;
    if (rows.kernel != columns.kernel) step.score += of_mixture;
    if (rows.strides != columns.strides) step.score += of_mixture;
    return step;
}

}  // namespace

bool better(const Step& a, const Step& b) {
    const auto key = [](const Step& step) {
        const auto of = [](const AxisWay& way) {
            return std::array{way.strides, way.kernel, way.before};
        };
        return std::tuple(step.score, of(step.rows), of(step.columns));
    };
    return key(a) < key(b);
}

Steps steps_of(WayKind kind, AxisWays rows, AxisWays columns, bool alike, int most,
               const KeepStep& keep) {
    Steps steps;
    steps.count = alike ? 0 : count_of(kind, rows, columns, keep);
    const auto add = [&](const AxisWay& down, const AxisWay& across) {
        const Step step = joined(kind, down, across);
        if (!exists(step) || !keep(step)) return;
        steps.list.push_back(step);
    };
    if (alike) {
        for (const AxisWay& way : rows) add(way, way);
        steps.count = static_cast<Size>(steps.list.size());
        return steps;
    }
    constexpr Size few = Size{1} << 14;
    const Size all = static_cast<Size>(rows.size()) * static_cast<Size>(columns.size());
    if (all <= few) {
        for (const AxisWay& down : rows)
            for (const AxisWay& across : columns) add(down, across);
        return steps;
    }
    // Too many to go through: of those with like kernels and of the rest, the best of each axis.
    const auto by_score = [](const AxisWay& a, const AxisWay& b) { return a.score < b.score; };
    std::ranges::stable_sort(rows, by_score);
    std::ranges::stable_sort(columns, by_score);
    const auto best = static_cast<std::size_t>(std::max(most, 64));
    const auto add_best = [&](const AxisWays& down, const AxisWays& across, bool like_ones) {
        for (std::size_t i = 0; i < std::min(down.size(), best); ++i)
            for (std::size_t j = 0; j < across.size() && (i + 1) * (j + 1) <= best; ++j)
                if (like_ones || down[i].kernel != across[j].kernel ||
                    down[i].strides != across[j].strides)
                    add(down[i], across[j]);
    };
    std::map<std::pair<int, int>, std::pair<AxisWays, AxisWays>> alike_kernels;
    for (const AxisWay& way : rows) alike_kernels[{way.kernel, way.strides}].first.push_back(way);
    for (const AxisWay& way : columns)
        alike_kernels[{way.kernel, way.strides}].second.push_back(way);
    for (const auto& [kernel, ways] : alike_kernels) add_best(ways.first, ways.second, true);
    add_best(rows, columns, false);
    return steps;
}

int nearest_to(const AxisQuestion& asked) {
    Size best = 0;
    const auto offer = [&](Size out) {
        const auto away = [&](Size size) { return std::abs(size - asked.to); };
        if (out < 1 || out > max_size) return;
        if (best == 0 || away(out) < away(best) || (away(out) == away(best) && out > best))
            best = out;
    };
    for (int strides = asked.least_strides; strides <= asked.most_strides; ++strides)
        for (int kernel = asked.least_kernel; kernel <= asked.most_kernel; ++kernel) {
            const Size full = (Size{asked.from} - 1) * strides + kernel;
            const int least_extra = asked.output_padding.value_or(0);
            const int most_extra = asked.output_padding.value_or(strides - 1);
            if (most_extra >= strides) continue;
            const int most_padding = std::min(asked.padding.value_or(kernel - 1), kernel - 1);
            for (int padding = asked.padding.value_or(0); padding <= most_padding; ++padding) {
                const Size cut = full - 2 * Size{padding};
                if (cut + most_extra < 1) break;
                offer(std::clamp<Size>(asked.to, std::max<Size>(cut + least_extra, 1),
                                       cut + most_extra));
            }
        }
    return static_cast<int>(best);
}

}  // namespace engine
