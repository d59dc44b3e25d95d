// SPDX-License-Identifier: MIT
#include "engine/frameworks/design.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <map>
#include <utility>

#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

using Size = std::int64_t;

/// What an axis must keep to.
struct AxisQuestion {
    int from = 1, to = 1;
    int least_kernel = 1, most_kernel = 1;
    int least_strides = 1, most_strides = 1;
    std::optional<int> padding, output_padding;
    bool operator==(const AxisQuestion&) const = default;
};

std::optional<int> along(const std::optional<Size2D>& pair, int axis) {
    return pair ? std::optional(engine::along(*pair, axis)) : std::nullopt;
}

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

/// Ways that Keras could say a crop along one axis; both axes must share one.
enum KerasForm : unsigned { valid = 1, same = 2, valid_extra = 4, same_extra = 8 };

/// One axis of a layer: before and after are cells cut, or zeros put around.
struct AxisWay {
    int kernel = 1, strides = 1;
    int before = 0, after = 0;
    unsigned keras = 0;
    bool pytorch = false;
    int score = 0;  ///< less is better
};
using AxisWays = std::vector<AxisWay>;

Tiling overlap_of(const AxisWay& way) {
    if (way.kernel < way.strides) return Tiling::holes;
    if (way.kernel == way.strides && way.kernel > 1) return Tiling::tiles;
    if (way.kernel % way.strides == 0) return way.kernel == 1 ? Tiling::tiles : Tiling::even;
    return Tiling::uneven;
}

// What makes a way worse. Points are of one axis; those of two axes are added.
constexpr int of_hand_cut = 30'000;  // for each of Keras and PyTorch that needs one
constexpr int of_holes = 200'000;
constexpr int of_uneven = 100'000;
constexpr int of_uneven_crop = 20'000;
constexpr int of_mixture = 40'000;  // axes or steps that have unlike kernels
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
        if (axis && axis->out == asked.to && axis->crop_before == way.before) forms |= form;
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

AxisWays transposed_ways(const AxisQuestion& asked) {
    AxisWays ways;
    for (int strides = asked.least_strides; strides <= asked.most_strides; ++strides)
        for (int kernel = asked.least_kernel; kernel <= asked.most_kernel; ++kernel)
            add_crops(ways, asked, kernel, strides);
    return ways;
}

/// UpSampling2D by `strides`, which is 2 or more, then a window of stride 1 with zeros around.
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

/// Both axes of a step.
struct Step {
    WayKind kind = WayKind::transposed;
    AxisWay rows, columns;
    int score = 0;
};

bool in_keras(const Step& step) { return (step.rows.keras & step.columns.keras) != 0; }
bool in_pytorch(const Step& step) { return step.rows.pytorch && step.columns.pytorch; }

/// Is there such a layer? A Conv2D has "same" on both axes, or as many zeros before as after.
bool exists(const Step& step) {
    return step.kind == WayKind::transposed || in_keras(step) || in_pytorch(step);
}

/// Without a slice behind it. Whoever has neither Keras's words nor ONNX's pads cuts as PyTorch
/// does.
bool said_by(Framework framework, const Step& step) {
    // PyTorch has 'same' for windows of stride 1, too.
    if (framework == Framework::onnx || step.kind != WayKind::transposed)
        return framework != Framework::keras || in_keras(step);
    return framework == Framework::keras ? in_keras(step) : in_pytorch(step);
}

/// How many pairs of a row's and a column's way are kept, by what each says of itself.
template <typename Keep>
Size count_of(WayKind kind, const AxisWays& rows, const AxisWays& columns, Keep keep) {
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

bool better(const Step& a, const Step& b) {
    const auto key = [](const Step& step) {
        const auto of = [](const AxisWay& way) {
            return std::array{way.strides, way.kernel, way.before};
        };
        return std::tuple(step.score, of(step.rows), of(step.columns));
    };
    return key(a) < key(b);
}

/// All steps of a kind, or of very many those that can be among the best.
struct Steps {
    std::vector<Step> list;
    Size count = 0;
};

template <typename Keep>
Steps steps_of(WayKind kind, AxisWays rows, AxisWays columns, bool alike, int most, Keep keep) {
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

OnnxConvTranspose transposed_layer(const Step& step, const DesignQuestion& asked) {
    const auto pads = [](const AxisWay& way) { return std::max(way.after, 0); };
    return {.filters = asked.filters,
            .kernel_shape = {step.rows.kernel, step.columns.kernel},
            .strides = {step.rows.strides, step.columns.strides},
            .pads = {step.rows.before, pads(step.rows), step.columns.before, pads(step.columns)},
            .output_padding = {std::max(-step.rows.after, 0), std::max(-step.columns.after, 0)}};
}

Conv2D window_layer(const Step& step, const DesignQuestion& asked) {
    Conv2D layer{.filters = asked.filters, .kernel_size = {step.rows.kernel, step.columns.kernel}};
    const unsigned keras = step.rows.keras & step.columns.keras;
    if ((keras & KerasForm::same) != 0)
        layer.padding = Same{};
    else if ((keras & KerasForm::valid) == 0)
        layer.padding = Explicit{{step.rows.before, step.columns.before}};
    return layer;
}

/// A way, a step after the other. Its geometries prove that it leads there.
class WayLine {
public:
    WayLine(WayKind kind, const DesignQuestion& asked)
        : m_asked(asked), m_shape{asked.from.height, asked.from.width, asked.channels} {
        m_way.kind = kind;
    }

    WayLine& add(const Step& step) {
        if (step.kind == WayKind::transposed) {
            const OnnxConvTranspose layer = transposed_layer(step, m_asked);
            put(layer, uncut_layer(layer), infer(layer, m_shape));
            const Tiling worse = std::max(overlap_of(step.rows), overlap_of(step.columns));
            m_way.overlap = std::max(m_way.overlap.value_or(Tiling::tiles), worse);
        } else {
            const UpSampling2D resize{{step.rows.strides, step.columns.strides}};
            put(resize, resize, infer(resize, m_shape));
            const Conv2D window = window_layer(step, m_asked);
            put(window, window, infer(window, m_shape));
        }
        for (const AxisWay& axis : {step.rows, step.columns}) {
            m_way.symmetric = m_way.symmetric && axis.before == axis.after;
            if (step.kind == WayKind::transposed && axis.pytorch && axis.before > axis.after)
                m_way.needs_output_padding = true;
        }
        return *this;
    }

    Way done() {
        m_way.reach = reach(m_specs, m_way.geometries);
        return std::move(m_way);
    }

private:
    void put(const DesignLayer& layer, const LayerSpec& spec, const Result<Geometry>& geometry) {
        assert(geometry.has_value());
        m_way.layers.push_back(layer);
        m_way.geometries.push_back(*geometry);
        m_way.parameters += parameter_count(spec, *geometry).total;
        m_way.multiply_adds += multiply_adds(spec, *geometry);
        m_specs.push_back(spec);
        m_shape = geometry->output;
    }

    const DesignQuestion& m_asked;
    Shape m_shape;
    std::vector<LayerSpec> m_specs;
    Way m_way;
};

/// The first of a list, in order.
template <typename Item, typename Better>
void keep_first(std::vector<Item>& list, int most, Better better) {
    const auto end = list.begin() + std::min<std::ptrdiff_t>(std::ssize(list), most);
    std::partial_sort(list.begin(), end, list.end(), better);
    list.erase(end, list.end());
}

/// Two steps by their places among the steps that double a size.
struct Twice {
    std::size_t first = 0, second = 0;
    int score = 0;
};

/// Everything that keeps to the question, whatever the nearest size is.
Design ways(const DesignQuestion& asked) {
    const auto keep = [&asked](const Step& step) {
        return !asked.framework || said_by(*asked.framework, step);
    };
    const auto keep_all = [](const Step&) { return true; };
    const AxisQuestion down = axis_of(asked, 0);
    const AxisQuestion across = axis_of(asked, 1);
    const bool alike = down == across;
    const auto of_kind = [&](WayKind kind, auto ways_of, auto kept) {
        AxisWays rows = ways_of(down);
        return steps_of(kind, rows, alike ? AxisWays() : ways_of(across), alike, asked.most, kept);
    };
    Steps transposed = of_kind(WayKind::transposed, transposed_ways, keep);
    Steps resized = of_kind(WayKind::resized, resized_ways, keep);
    const bool cut_by_hand = asked.framework && transposed.count == 0;
    if (cut_by_hand) transposed = of_kind(WayKind::transposed, transposed_ways, keep_all);

    std::vector<Step> doubling;
    std::vector<Twice> pairs;
    const Size2D from = asked.from;
    if (Size{from.height} * 4 == asked.to.height && Size{from.width} * 4 == asked.to.width) {
        // The crop that doubles does not depend on the size: 1 to 2 stands for both steps.
        const auto doubled = [&](int axis) {
            AxisQuestion step = axis == 0 ? down : across;
            step.to = 2 * step.from;
            step.least_strides = std::max(step.least_strides, 2);
            step.most_strides = std::min(step.most_strides, 2);
            return step;
        };
        const AxisQuestion rows = doubled(0);
        const AxisQuestion columns = doubled(1);
        AxisQuestion any = columns;
        any.from = rows.from;
        any.to = rows.to;
        const bool like_axes = any == rows;
        for (Steps& steps :
             std::array{steps_of(WayKind::transposed, transposed_ways(rows),
                                 transposed_ways(columns), like_axes, asked.most, keep),
                        steps_of(WayKind::resized, resized_ways(rows), resized_ways(columns),
                                 like_axes, asked.most, keep)})
            doubling.insert(doubling.end(), steps.list.begin(), steps.list.end());
        for (std::size_t i = 0; i < doubling.size(); ++i)
            for (std::size_t j = 0; j < doubling.size(); ++j) {
                const Step& first = doubling[i];
                const Step& second = doubling[j];
                const bool unlike =
                    first.kind != second.kind || first.rows.kernel != second.rows.kernel;
                pairs.push_back({i, j, first.score + second.score + (unlike ? of_mixture : 0)});
            }
    }

    Design all;
    all.cut_by_hand = cut_by_hand && transposed.count > 0;
    all.count = transposed.count + resized.count + std::ssize(pairs);
    keep_first(transposed.list, asked.most, better);
    keep_first(resized.list, asked.most, better);
    keep_first(pairs, asked.most, [](const Twice& a, const Twice& b) {
        return std::tuple(a.score, a.first, a.second) < std::tuple(b.score, b.first, b.second);
    });
    for (std::size_t i = 0; std::ssize(all.ways) < asked.most; ++i) {
        const std::size_t before = all.ways.size();
        if (i < transposed.list.size())
            all.ways.push_back(WayLine(WayKind::transposed, asked).add(transposed.list[i]).done());
        if (i < pairs.size())
            all.ways.push_back(WayLine(WayKind::twice, asked)
                                   .add(doubling[pairs[i].first])
                                   .add(doubling[pairs[i].second])
                                   .done());
        if (i < resized.list.size())
            all.ways.push_back(WayLine(WayKind::resized, asked).add(resized.list[i]).done());
        if (all.ways.size() == before) break;
    }
    if (std::ssize(all.ways) > asked.most) all.ways.resize(static_cast<std::size_t>(asked.most));
    return all;
}

/// The size nearest to the one asked for that a single transposed layer has along an axis; of two
/// as near, the larger.
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

Check check_size(const char* subject, Size2D size, int most) {
    for (const int axis : {0, 1}) {
        const int value = engine::along(size, axis);
        if (value < 1) return mistake(ErrorCode::not_positive, subject, value, 1, axis);
        if (value > most) return mistake(ErrorCode::too_large, subject, value, most, axis);
    }
    return std::nullopt;
}

Check check_fixed(const char* subject, const std::optional<Size2D>& fixed, int least) {
    if (!fixed) return std::nullopt;
    for (const int axis : {0, 1}) {
        const int value = engine::along(*fixed, axis);
        if (value < least) return mistake(ErrorCode::not_positive, subject, value, least, axis);
        if (value > max_design_argument)
            return mistake(ErrorCode::too_large, subject, value, max_design_argument, axis);
    }
    return std::nullopt;
}

Check check_limit(const char* subject, int value, int most) {
    if (value < 1) return mistake(ErrorCode::not_positive, subject, value, 1);
    if (value > most) return mistake(ErrorCode::too_large, subject, value, most);
    return std::nullopt;
}

}  // namespace

Result<Design> design(const DesignQuestion& asked) {
    constexpr int largest_kernel = 64;
    constexpr int largest_strides = 32;
    if (Check wrong = first_of(
            check_size("from", asked.from, max_design_size),
            check_size("to", asked.to, max_design_size),
            check_fixed("kernel_size", asked.kernel, 1), check_fixed("strides", asked.strides, 1),
            check_fixed("padding", asked.padding, 0),
            check_fixed("output_padding", asked.output_padding, 0),
            check_limit("largest_kernel", asked.largest_kernel, largest_kernel),
            check_limit("largest_strides", asked.largest_strides, largest_strides),
            check_limit("channels", asked.channels, max_design_size),
            check_limit("filters", asked.filters, max_design_size),
            check_limit("most", asked.most, max_design_rows)))
        return *wrong;

    Design all = ways(asked);
    if (all.count > 0) return all;
    const Size2D nearest{nearest_to(axis_of(asked, 0)), nearest_to(axis_of(asked, 1))};
    if (nearest.height == 0 || nearest.width == 0 || nearest == asked.to) return all;
    DesignQuestion near = asked;
    near.to = nearest;
    all = ways(near);
    all.nearest = nearest;
    return all;
}

std::vector<DialectRow> forms(const OnnxConvTranspose& layer, const Geometry& geometry) {
    return dialects(layer, geometry);
}

bool Claim::holds(Size2D to) const {
    return geometry && geometry->rows.out == to.height && geometry->columns.out == to.width;
}

Claim claimed(const Told& told, Size2D from) {
    Conv2DTranspose layer{.filters = told.filters,
                          .kernel_size = told.kernel_size,
                          .strides = told.strides,
                          .padding = told.padding.value_or(Explicit{}),
                          .output_padding = told.output_padding};
    return {layer, infer(layer, {from.height, from.width, 1})};
}

}  // namespace engine
