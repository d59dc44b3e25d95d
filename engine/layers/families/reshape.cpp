// SPDX-License-Identifier: MIT
// Layers whose output is their input: Reshape, Flatten, Dropout at inference, and InputLayer.
#include <algorithm>
#include <array>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_reshape(const Reshape& layer, const Shape& input) {
    const Shape& target = layer.target_shape;
    if (target.rank() < 1 || target.rank() > 3)
        return Error{.code = ErrorCode::rank_mismatch,
                     .subject = "target_shape",
                     .given = {target.rank()},
                     .limit = {1, 2, 3}};
    std::array<int, 4> sizes{};
    std::ranges::copy(target.sizes(), sizes.begin());
    const auto wanted = std::span<int>(sizes).first(static_cast<std::size_t>(target.rank()));
    const auto open = std::ranges::find(wanted, -1);
    if (open != wanted.end()) *open = 1;
    for (const int size : wanted) {
        if (size < 1) return mistake(ErrorCode::not_positive, "target_shape", size, 1);
    }
    if (!input.is_known()) {
        // As Keras has it: what is given holds, what is left over is unknown.
        if (open != wanted.end()) *open = Shape::unknown;
        return of_shape(input, Shape(wanted));
    }
    const std::int64_t found = input.count();
    const std::int64_t known = Shape(wanted).count();
    if (open != wanted.end() && found % known == 0) {
        if (Check wrong = in_size("target_shape", found / known)) return *wrong;
        *open = static_cast<int>(found / known);
    } else if (known != found) {
        return mistake(ErrorCode::size_mismatch, "target_shape", known, found);
    }
    return of_shape(input, Shape(wanted));
}

Result<Geometry> infer_flatten(const Flatten&, const Shape& input) {
    if (!input.is_known()) return of_shape(input, {Shape::unknown});
    if (Check wrong = in_size("output", input.count())) return *wrong;
    return of_shape(input, {static_cast<int>(input.count())});
}

Tensor passed_on(const LayerSpec&, const LayerInput& from) {
    return from.input.reshaped(from.geometry.output);
}

void modules_of_reshape(const Reshape&, TorchModules& modules) {
    const Geometry& geometry = modules.geometry;
    const bool to_one_axis = geometry.output.rank() == 1;
    const Shape flat{static_cast<int>(geometry.output.count())};
    if (geometry.input.rank() > 1 || to_one_axis) modules.add("Flatten", flat);
    if (!to_one_axis) modules.add("Unflatten");
}

const std::array reshape_rows{LayerDefinition{
    .class_name = "Reshape",
    .defaults = Reshape{},
    .example = Reshape{{4, 4, -1}},
    .arguments = {required(
        argument<&Reshape::target_shape>("target_shape", {}, {.onnx = "shape"}))},
    .name_in_pytorch = "Unflatten",
    .infer = erased<infer_reshape>,
    .forward = passed_on,
    .passes_on = true,
    .torch_modules = erased<modules_of_reshape>,
}};

const std::array flatten_rows{LayerDefinition{
    .class_name = "Flatten",
    .defaults = Flatten{},
    .example = Flatten{},
    .infer = erased<infer_flatten>,
    .forward = passed_on,
    .passes_on = true,
    .torch_modules = [](const LayerSpec&, TorchModules& modules) { modules.add("Flatten"); },
}};

const std::array dropout_rows{LayerDefinition{
    .class_name = "Dropout",
    .defaults = Dropout{},
    .example = Dropout{},
    .arguments = {defining(
        argument<&Dropout::rate>("rate", {0, 1}, {.pytorch = "p", .onnx = "ratio"}))},
    .harmless = {"noise_shape", "seed"},
    .infer = unchanged,
    .forward = passed_on,
    .passes_on = true,
    .torch_modules = [](const LayerSpec&, TorchModules& modules) { modules.add("Dropout"); },
}};

const std::array input_rows{LayerDefinition{
    .class_name = "InputLayer",
    .defaults = InputLayer{},
    .example = InputLayer{},
    .harmless = {"sparse", "ragged", "optional", "input_tensor", "type_spec"},
    .infer = unchanged,
    .forward = passed_on,
    .passes_on = true,
}};

}  // namespace

Definitions Reshape::definitions() { return reshape_rows; }
Definitions Flatten::definitions() { return flatten_rows; }
Definitions Dropout::definitions() { return dropout_rows; }
Definitions InputLayer::definitions() { return input_rows; }

}  // namespace engine
