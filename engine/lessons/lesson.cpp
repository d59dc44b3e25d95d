// SPDX-License-Identifier: MIT
// Running a lesson, and lessons with one thing changed; inputs.cpp draws the inputs.
#include "engine/lessons/lesson.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/layers/kernel_axes.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/comparison.h"
#include "engine/lessons/effort.h"

namespace engine {

namespace {

/// `to` with one argument as `from` has it, where both have it.
LayerSpec with_same(std::string_view name, const LayerSpec& from, LayerSpec to) {
    const Argument* given = argument_named(definition_of(from), Framework::keras, name);
    const Argument* wanted = argument_named(definition_of(to), Framework::keras, name);
    if (given != nullptr && wanted != nullptr) wanted->put(to, given->value_in(from));
    return to;
}

Error in_layer(Error error, std::size_t index) {
    error.layer = static_cast<int>(index);
    return error;
}

/// What part of a run each layer is.
class Milestones {
public:
    Milestones(const Lesson& lesson, std::span<const Geometry> geometries,
               const PreparedModel& prepared, const Watch& watch)
        : m_watch(watch) {
        if (!watch) return;
        double end = 0;
        for (std::size_t i = 0; i < geometries.size(); ++i) {
            end += seconds(effort_in_run(i, lesson.layers[i], geometries[i], prepared), {});
            m_ends.push_back(end);
        }
    }
    Watch of_layer(std::size_t i) const {
        if (!m_watch) return {};
        const double whole = std::max(m_ends.back(), 1e-9);
        return part_of(m_watch, i > 0 ? m_ends[i - 1] / whole : 0, m_ends[i] / whole);
    }

private:
    const Watch& m_watch;
    std::vector<double> m_ends;  ///< seconds from the beginning
};

/// What is known of every layer's tensors, also where the layers do not fit together.
std::vector<WeightShapes> known_weight_shapes(const Lesson& lesson) {
    const std::vector<Geometry> fit = infer_model(lesson.layers, lesson.input.shape()).geometries;
    std::vector<WeightShapes> known;
    Shape input = lesson.input.shape();
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        known.push_back(weight_shapes(lesson.layers[i].spec, input));
        input = i < fit.size() ? fit[i].output : Shape();
    }
    return known;
}

}  // namespace

std::vector<Tensor> tensors_of(const Lesson& lesson) {
    std::vector<Tensor> tensors;
    const auto add = [&](const Tensor& tensor) {
        if (!tensor.empty()) tensors.push_back(tensor);
    };
    add(lesson.input);
    for (const std::vector<Layer>* side : {&lesson.layers, &lesson.against})
        for (const Layer& layer : *side)
            for (const WeightSlot& slot : weight_slots()) add(layer.weights.values.*slot.tensor);
    return tensors;
}

Held held_by_run(const Lesson& lesson, std::span<const Geometry> geometries, int focus) {
    std::int64_t own = 0;
    for (const Tensor& tensor : tensors_of(lesson)) own += tensor.shape().count();

    Held held{own, own, own, own};
    std::int64_t all = own;
    std::int64_t in_focus = own;
    std::int64_t ready = 0;  // weights and plans of all layers
    std::int64_t maps = own;
    std::int64_t most_maps = own;
    // Between the layers the input of the first is the lesson's own.
    std::int64_t arriving = 0;
    for (std::size_t i = 0; i < geometries.size(); ++i) {
        const LayerSpec& spec = lesson.layers[i].spec;
        const std::int64_t output =
            definition_of(spec).passes_on ? 0 : geometries[i].output.count();
        const std::int64_t weights = parameter_count(spec, geometries[i]).total;
        // If they are not kept, packed weights live as long as the layer is computed.
        const std::int64_t packed = packed_count(spec, geometries[i]);
        held.all = std::max(held.all, all + weights + output + packed);
        held.focus = std::max(held.focus, in_focus + arriving + weights + output + packed);
        held.all_prepared += weights + output + packed;
        most_maps = std::max(most_maps, maps + arriving + output);
        ready += weights + packed;
        all += weights + output;
        if (static_cast<int>(i) == focus) {
            in_focus += arriving + weights + output;
            maps += arriving + output;
        }
        arriving = static_cast<int>(i) == focus ? 0 : output;
    }
    held.focus_prepared = ready + most_maps;
    return held;
}

namespace {

struct Keeping {
    bool every_layer = false;
    bool prepared = false;
};

/// As much as there is room for; what can be shown comes before what only saves time.
Keeping what_is_kept(const Lesson& lesson, std::span<const Geometry> geometries,
                     const RunOptions& options) {
    const Held held = held_by_run(lesson, geometries, options.focus);
    const auto fits = [&](std::int64_t numbers) {
        return numbers + options.besides <= options.max_numbers;
    };
    const bool every_layer = fits(held.all);
    return {every_layer, fits(every_layer ? held.all_prepared : held.focus_prepared)};
}

}  // namespace

bool keeps_prepared(const Lesson& lesson, std::span<const Geometry> geometries,
                    const RunOptions& options) {
    return what_is_kept(lesson, geometries, options).prepared;
}

std::optional<Error> check_run(const Lesson& lesson, const ModelShapes& shapes,
                               const RunOptions& options) {
    if (const std::int64_t index = first_not_finite(lesson.input.values()); index >= 0)
        return Error{.code = ErrorCode::not_finite, .subject = "input", .given = {index}};
    if (shapes.error) return shapes.error;
    if (auto wrong = check_computable(lesson.layers, shapes.geometries)) return wrong;
    const std::int64_t least =
        held_by_run(lesson, shapes.geometries, options.focus).focus + options.besides;
    if (least <= options.max_numbers) return std::nullopt;
    return Error{.code = ErrorCode::over_budget,
                 .subject = "run",
                 .given = {least},
                 .limit = {options.max_numbers}};
}

Result<Run> run(const Lesson& lesson, const RunOptions& options) {
    const ModelShapes shapes = infer_model(lesson.layers, lesson.input.shape());
    if (std::optional<Error> wrong = check_run(lesson, shapes, options)) return *wrong;
    const Keeping keeps = what_is_kept(lesson, shapes.geometries, options);
    const bool keeps_prepared = keeps.prepared && options.prepared;
    PreparedModel passing;
    PreparedModel& prepared = keeps_prepared ? *options.prepared : passing;
    if (options.prepared && !keeps_prepared) options.prepared->clear();
    prepared.keep_only(lesson.layers, shapes.geometries);

    const Milestones milestones(lesson, shapes.geometries, prepared, options.watch);
    Run result;
    Tensor current = lesson.input;
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        const Layer& layer = lesson.layers[i];
        const Geometry& geometry = shapes.geometries[i];
        const auto ready = prepared.layer(i, layer, geometry);
        if (!ready) return in_layer(ready.error(), i);
        Result<Tensor> output = (*ready)->run(current, options.pool, milestones.of_layer(i));
        if (!output) return in_layer(output.error(), i);
        // One by one here, never merged: no number depends on which layer is looked at.
        if (keeps.every_layer || static_cast<int>(i) == options.focus)
            result.layers.push_back({geometry, (*ready)->weights(), current, *output});
        else
            result.layers.push_back({geometry, {}, {}, {}});
        if (!keeps_prepared) prepared.let_go_of(i);
        current = *std::move(output);
    }
    return result;
}

std::optional<Error> check_stored(const Lesson& lesson) {
    const std::vector<WeightShapes> known = known_weight_shapes(lesson);
    for (std::size_t i = 0; i < known.size(); ++i)
        if (const auto wrong = check_stored(lesson.layers[i].weights.values, known[i]))
            return in_layer(*wrong, i);
    return std::nullopt;
}

Lesson with_fitted_weights(Lesson lesson) {
    for (int side = 0; side < side_count(lesson); ++side) {
        Lesson alone = side_of(lesson, side);
        const std::vector<WeightShapes> known = known_weight_shapes(alone);
        for (std::size_t i = 0; i < known.size(); ++i) {
            Weights& stored = alone.layers[i].weights.values;
            stored = fitted(stored, known[i]);
        }
        lesson = with_side(lesson, side, std::move(alone));
    }
    return lesson;
}

LayerSpec carried_over(const LayerSpec& from, LayerSpec to) {
    const LayerDefinition& given = definition_of(from);
    for (const Argument& argument : definition_of(to).arguments) {
        const auto same = std::ranges::find_if(given.arguments, [&](const Argument& other) {
            constexpr std::array<std::string_view, 2> growth{"size", "strides"};
            const bool both_grow = std::ranges::count(growth, other.name) > 0 &&
                                   std::ranges::count(growth, argument.name) > 0;
            return (other.name == argument.name || both_grow) &&
                   other.kind().index() == argument.kind().index();
        });
        if (same != given.arguments.end()) argument.put(to, same->value_in(from));
    }
    return to;
}

Lesson with_layer(Lesson lesson, int index, LayerSpec spec) {
    Layer& layer = lesson.layers[static_cast<std::size_t>(index)];
    Tensor& kernel = layer.weights.values.kernel;
    if (kernel.shape().rank() == 4 && has_kernel_axes(layer.spec) && has_kernel_axes(spec))
        kernel = reordered(kernel, kernel_axes(layer.spec, KernelOrder::keras),
                           kernel_axes(spec, KernelOrder::keras));
    layer.spec = std::move(spec);
    return lesson;
}

Lesson with_layers(Lesson lesson, int index, int count, const std::vector<LayerSpec>& specs) {
    const auto first = lesson.layers.begin() + index;
    const std::vector<Layer> before(first, first + count);
    const auto source = std::ranges::find_if(
        before, [](const Layer& layer) { return has_kernel_axes(layer.spec); });
    std::vector<Layer> layers;
    for (const LayerSpec& spec : specs) {
        Layer layer{spec};
        if (has_kernel_axes(spec) && source != before.end()) {
            layer = with_layer({.layers = {*source}}, 0, with_same("use_bias", source->spec, spec))
                        .layers.front();
            layer.config = {};
        }
        layers.push_back(std::move(layer));
    }
    layers.back().spec = with_same("activation", before.back().spec, layers.back().spec);
    if (layers.size() == 1 && count == 1) layers.front().config = before.front().config;
    lesson.layers.erase(first, first + count);
    lesson.layers.insert(lesson.layers.begin() + index, layers.begin(), layers.end());
    return lesson;
}

Lesson with_weights(Lesson lesson, int index, WeightSetting weights) {
    lesson.layers[static_cast<std::size_t>(index)].weights = std::move(weights);
    return lesson;
}

Lesson with_input(Lesson lesson, Tensor input) {
    lesson.input = std::move(input);
    return lesson;
}

}  // namespace engine
