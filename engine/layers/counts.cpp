// SPDX-License-Identifier: MIT
#include "engine/layers/counts.h"

#include <algorithm>

#include "engine/layers/families/equation_line.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

using Size = std::int64_t;
using namespace signs;

bool slides(const LayerSpec& spec) {
    return definition_of(spec).window == LayerDefinition::Window::slides;
}

/// Most cells one step apart that `cells` neighbours, each `extent` wide or apart, can share.
Size gathered(Size cells, const Axis& axis) {
    return (cells - 1 + axis.extent + axis.stride - 1) / axis.stride;
}
Size spread(Size cells, const Axis& axis) { return (cells - 1) * axis.stride + axis.extent; }

Size seen(bool slides, Size cells, const Axis& axis) {
    const Size most = slides ? spread(cells, axis) : gathered(cells, axis);
    return std::min<Size>(most, axis.in);
}
Size touched(bool slides, Size cells, const Axis& axis) {
    const Size most = slides ? gathered(cells, axis) : spread(cells, axis);
    return std::min<Size>(most, axis.out);
}

/// Pairs of an input and a tap along an axis of a transposed layer whose product is kept.
Size kept_products(const Axis& axis) {
    Size products = 0;
    for (int tap = 0; tap < axis.kernel; ++tap) {
        // 0 <= input * stride + offset < out
        const Size offset = Size{tap} * axis.dilation - axis.crop_before;
        const Size first = offset >= 0 ? 0 : (-offset + axis.stride - 1) / axis.stride;
        if (offset >= axis.out) break;
        const Size last = std::min<Size>((axis.out - 1 - offset) / axis.stride, axis.in - 1);
        products += std::max<Size>(last - first + 1, 0);
    }
    return products;
}

struct Channels {
    Size in = 1;   ///< that one filter looks at
    Size out = 1;  ///< that one input goes into
    Size all_in = 1;
    Size filters = 1;
};
template <typename Convolution>
Channels channels(const Convolution& layer, const Geometry& geometry) {
    const Size in = geometry.input.channels();
    return {in / layer.groups, layer.filters / layer.groups, in, layer.filters};
}

/// rows × columns × kernel rows × kernel columns × channels, whatever they are of.
Equation product(Quantity cells, Size2D map, const Geometry& geometry, Size in, Size filters) {
    EquationLine line = line_for_parameters();
    line.count(cells, map.height).sign(times).count(cells, map.width).sign(times);
    line.count(Quantity::kernel_size, geometry.rows.kernel).sign(times);
    line.count(Quantity::kernel_size, geometry.columns.kernel).sign(times);
    line.count(Quantity::input_channels, in).sign(times).count(Quantity::filters, filters);
    Size all = 1;
    for (const Size factor : {Size{map.height}, Size{map.width}, Size{geometry.rows.kernel},
                              Size{geometry.columns.kernel}, in, filters})
        all = saturated_product(all, factor);
    return std::move(line).equals(all);
}

}  // namespace

Reach reach(std::span<const LayerSpec> layers, std::span<const Geometry> geometries) {
    Reach all;
    for (const auto& [axis, size] :
         {std::pair(&Geometry::rows, &Size2D::height), {&Geometry::columns, &Size2D::width}}) {
        Size sees = 1;
        Size touches = 1;
        for (std::size_t i = layers.size(); i-- > 0;)
            sees = seen(slides(layers[i]), sees, geometries[i].*axis);
        for (std::size_t i = 0; i < layers.size(); ++i)
            touches = touched(slides(layers[i]), touches, geometries[i].*axis);
        all.output_sees.*size = static_cast<int>(sees);
        all.input_touches.*size = static_cast<int>(touches);
    }
    return all;
}

Reach reach(const LayerSpec& spec, const Geometry& geometry) {
    return reach(std::span(&spec, 1), std::span(&geometry, 1));
}

std::optional<Counts> counts(const LayerSpec& spec, const Geometry& geometry) {
    if (!geometry.input.is_known() || !geometry.output.is_known()) return std::nullopt;
    Counts all;
    const Size2D in{geometry.rows.in, geometry.columns.in};
    const Size2D out{geometry.rows.out, geometry.columns.out};
    Channels of;
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec)) {
        of = channels(*layer, geometry);
        all.from_inputs = product(Quantity::in, in, geometry, of.all_in, of.out);
        all.met = multiply_adds(spec, geometry);
        all.kept = saturated_product(
            saturated_product(kept_products(geometry.rows), kept_products(geometry.columns)),
            saturated_product(of.all_in, of.out));
    } else if (const auto* convolution = std::get_if<Conv2D>(&spec)) {
        of = channels(*convolution, geometry);
        all.met = all.kept = multiply_adds(spec, geometry);
        all.from_inputs = line_for_parameters().equals(all.met);
    } else {
        return std::nullopt;
    }
    all.from_outputs = product(Quantity::out, out, geometry, of.in, of.filters);
    all.parameters = explain(spec, geometry).parameters;
    all.reach = reach(spec, geometry);
    return all;
}

}  // namespace engine
