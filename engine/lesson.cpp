// SPDX-License-Identifier: MIT
// Running a lesson, and lessons with one thing changed; inputs.cpp draws the inputs.
#include "engine/lesson.h"

#include <utility>

namespace engine {

namespace {

Error in_layer(Error error, std::size_t index) {
    error.layer = static_cast<int>(index);
    return error;
}

/// The first layer with which the whole run holds too many numbers or takes too many products.
std::optional<Error> check_run_budget(const Lesson& lesson, std::span<const Geometry> geometries) {
    std::int64_t numbers = lesson.input.shape().count();
    std::int64_t products = 0;
    for (std::size_t i = 0; i < geometries.size(); ++i) {
        numbers += geometries[i].output.count();
        numbers += parameter_count(lesson.layers[i].spec, geometries[i]).total;
        if (numbers > max_run_count) {
            return in_layer({.code = ErrorCode::over_budget,
                             .subject = "run",
                             .given = {numbers},
                             .limit = {max_run_count}},
                            i);
        }
        products += work(lesson.layers[i].spec, geometries[i]);
        if (products > max_work) {
            return in_layer({.code = ErrorCode::too_much_work,
                             .subject = "run",
                             .given = {products},
                             .limit = {max_work}},
                            i);
        }
    }
    return std::nullopt;
}

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

Result<Run> run(const Lesson& lesson) {
    if (const std::int64_t index = first_not_finite(lesson.input.values()); index >= 0) {
        return Error{.code = ErrorCode::not_finite, .subject = "input", .given = {index}};
    }
    // All shapes before any number, so that a lesson that cannot run costs nothing.
    const ModelShapes shapes = infer_model(lesson.layers, lesson.input.shape());
    if (shapes.error) return *shapes.error;
    if (std::optional<Error> wrong = check_run_budget(lesson, shapes.geometries)) return *wrong;

    Run result;
    Tensor current = lesson.input;
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        const Layer& layer = lesson.layers[i];
        const Geometry& geometry = shapes.geometries[i];
        Weights weights = materialize(layer.weights, layer.spec, geometry);
        if (std::optional<Error> wrong = check_weights(layer.spec, geometry, weights)) {
            return in_layer(*wrong, i);
        }
        const Result<Tensor> output = forward(layer.spec, geometry, weights, current);
        if (!output) return in_layer(output.error(), i);
        result.layers.push_back({geometry, std::move(weights), current, *output});
        current = *output;
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
    const std::vector<WeightShapes> known = known_weight_shapes(lesson);
    for (std::size_t i = 0; i < known.size(); ++i) {
        Weights& stored = lesson.layers[i].weights.values;
        stored = fitted(stored, known[i]);
    }
    return lesson;
}

Lesson with_layer(Lesson lesson, int index, LayerSpec spec) {
    lesson.layers[static_cast<std::size_t>(index)].spec = spec;
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
