// SPDX-License-Identifier: MIT
// Does a layer fit its input, and can it be computed? The rules of each layer stand in layers/.
#include "engine/layers/axis_rules.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

using WindowKind = LayerDefinition::Window;

Check check_input(const Shape& input) {
    if (input.rank() < 1 || input.rank() > 3)
        return Error{.code = ErrorCode::rank_mismatch,
                     .subject = "input",
                     .given = {input.rank()},
                     .limit = {1, 2, 3}};
    for (const int size : input.sizes())
        if (size < 1 && size != Shape::unknown)
            return mistake(ErrorCode::not_positive, "input", size, 1);
    return in_shape_count("input", input.count());
}

/// Sizes and strides that are computed with; filters and units are only counted.
struct Computable {
    std::string_view name;

    Check whole(int value, int axis) const {
        if (value <= max_computed_argument) return std::nullopt;
        return mistake(ErrorCode::too_large, name, value, max_computed_argument, axis);
    }
    Check operator()(const Size2D& value) const {
        return first_of(whole(value.height, 0), whole(value.width, 1));
    }
    Check operator()(const std::optional<Size2D>& value) const {
        return value ? (*this)(*value) : std::nullopt;
    }
    Check operator()(const Padding& value) const {
        const auto* given = std::get_if<Explicit>(&value);
        return given ? (*this)(given->padding) : std::nullopt;
    }
    template <typename Other>
    Check operator()(const Other&) const {
        return std::nullopt;
    }
};

/// Not longer than a side of a feature map may be.
Check in_length(const char* subject, std::int64_t cells, int axis) {
    if (cells <= max_side) return std::nullopt;
    return mistake(ErrorCode::too_large, subject, cells, max_side, axis);
}

/// Every tap of every cell it is laid on: of the output, or of a transposed layer's input.
Check in_tap_pairs(const Axis& axis, WindowKind window, int index) {
    const std::int64_t cells = window == WindowKind::stamps ? axis.in : axis.out;
    const std::int64_t tap_pairs = cells * axis.kernel;
    if (tap_pairs <= max_tap_pairs) return std::nullopt;
    return mistake(ErrorCode::too_much_work, "kernel", tap_pairs, max_tap_pairs, index);
}

Check check_axis(const Axis& axis, WindowKind window, int index) {
    const bool stamps = window == WindowKind::stamps;
    return first_of(in_length("input", axis.in, index), in_length("kernel", axis.extent, index),
                    in_length(stamps ? "uncropped" : "output", axis.canvas(), index),
                    window == WindowKind::none ? std::nullopt : in_tap_pairs(axis, window, index));
}

}  // namespace

Result<Geometry> infer(const LayerSpec& spec, const Shape& input) {
    if (Check wrong = check_input(input)) return *wrong;
    if (Check wrong = check_limits(spec)) return *wrong;
    Result<Geometry> geometry = definition_of(spec).infer(spec, input);
    if (!geometry) return geometry;
    // What is cropped away has to be counted as well.
    if (Check wrong = first_of(in_shape_count("output", geometry->output.count()),
                               in_shape_count("uncropped", geometry->canvas().count())))
        return *wrong;
    const WeightShapes shapes = weight_shapes(spec, *geometry);
    for (const WeightSlot& slot : weight_slots())
        if (Check wrong = in_shape_count(slot.name, (shapes.*slot.shape).count())) return *wrong;
    return geometry;
}

std::optional<Error> check_computable(const LayerSpec& spec, const Geometry& geometry) {
    if (!geometry.input.is_known() || !geometry.output.is_known())
        return Error{.code = ErrorCode::unknown_size, .subject = "input"};
    for (const Argument& argument : definition_of(spec).arguments)
        if (Check wrong = std::visit(Computable{argument.name}, argument.value_in(spec)))
            return wrong;
    const WindowKind window = definition_of(spec).window;
    if (Check wrong = first_of(
            in_budget("input", geometry.input.count()), check_axis(geometry.rows, window, 0),
            check_axis(geometry.columns, window, 1), in_budget("output", geometry.output.count()),
            in_budget("uncropped", geometry.canvas().count())))
        return wrong;
    const WeightShapes shapes = weight_shapes(spec, geometry);
    for (const WeightSlot& slot : weight_slots())
        if (Check wrong = in_budget(slot.name, (shapes.*slot.shape).count())) return wrong;
    return std::nullopt;
}

Result<Shape> resized(const Shape& input, Size2D output_size) {
    if (Check wrong = check_input(input)) return *wrong;
    if (Check wrong = is_feature_map(input)) return *wrong;
    if (!input.is_known()) return Error{.code = ErrorCode::unknown_size, .subject = "input"};
    if (Check wrong = in_range("out_size", output_size, 1)) return *wrong;
    const Shape output{output_size.height, output_size.width, input.channels()};
    if (Check wrong =
            first_of(in_budget("input", input.count()), in_length("input", input.height(), 0),
                     in_length("input", input.width(), 1), in_length("output", output.height(), 0),
                     in_length("output", output.width(), 1), in_budget("output", output.count())))
        return *wrong;
    return output;
}

}  // namespace engine
