// SPDX-License-Identifier: MIT
#include "engine/frameworks/design.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "engine/frameworks/design_search.h"
#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

using Size = std::int64_t;

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

namespace {

/// A transposed layer as layers that a lesson holds: a single one where Keras or PyTorch has it.
std::vector<LayerSpec> as_layers(const OnnxConvTranspose& layer, const Geometry& geometry,
                                 std::optional<Framework> in_words_of) {
    const std::vector<DialectRow> rows = forms(layer, geometry);
    const auto said = [&rows](Framework framework, bool whole) {
        return std::ranges::find_if(rows, [&](const DialectRow& row) {
            return row.framework == framework && row.agreement == Agreement::same &&
                   (!whole || row.cut_after == Edges{});
        });
    };
    std::vector<Framework> order{Framework::keras, Framework::pytorch};
    if (in_words_of == Framework::keras) order.pop_back();
    if (in_words_of == Framework::pytorch) std::ranges::reverse(order);
    for (const Framework framework : order)
        if (const auto row = said(framework, true); row != rows.end()) return {row->spec};
    // What is appended is less than the strides: Keras's valid has it.
    const auto row = said(Framework::keras, false);
    assert(row != rows.end());
    return {row->spec, Cropping2D{row->cut_after}};
}

}  // namespace

std::vector<LayerSpec> layers_of(const Way& way, std::optional<Framework> in_words_of) {
    std::vector<LayerSpec> layers;
    for (std::size_t i = 0; i < way.layers.size(); ++i) {
        const DesignLayer& layer = way.layers[i];
        if (const auto* transposed = std::get_if<OnnxConvTranspose>(&layer)) {
            for (LayerSpec& spec : as_layers(*transposed, way.geometries[i], in_words_of))
                layers.push_back(std::move(spec));
        } else if (const auto* resize = std::get_if<UpSampling2D>(&layer)) {
            layers.emplace_back(*resize);
        } else {
            layers.emplace_back(std::get<Conv2D>(layer));
        }
    }
    return layers;
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
