// SPDX-License-Identifier: MIT
// Shapes through a sequence of layers.
#include "engine/models/model.h"

#include <array>

#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

constexpr std::array data_types{
    named(DataType::float32, "float32"),
    named(DataType::float16, "float16"),
    named(DataType::bfloat16, "bfloat16"),
    named(DataType::float64, "float64"),
    named(DataType::mixed_float16, "mixed_float16"),
    named(DataType::mixed_bfloat16, "mixed_bfloat16"),
};

std::vector<std::int64_t> sizes_of(const Shape& shape) {
    return {shape.sizes().begin(), shape.sizes().end()};
}

Result<Geometry> infer_layer(const Layer& layer, const Shape& input) {
    const std::optional<BatchShape>& declared = layer.config.batch_shape;
    if (declared && declared->sizes.rank() > 0 && !agree(declared->sizes, input))
        return Error{.code = ErrorCode::shape_mismatch,
                     .subject = "input",
                     .given = sizes_of(input),
                     .limit = sizes_of(declared->sizes)};
    return infer(layer.spec, input);
}

Error in_layer(Error error, std::size_t index) {
    error.layer = static_cast<int>(index);
    return error;
}

}  // namespace

const ChoiceNames& choice_names(DataType) {
    static constexpr ChoiceNames names{data_types};
    return names;
}

int bytes_of(DataType type) {
    switch (type) {
        case DataType::float16:
        case DataType::bfloat16:
            return 2;
        case DataType::float64:
            return 8;
        case DataType::float32:
        case DataType::mixed_float16:
        case DataType::mixed_bfloat16:
            break;
    }
    return 4;
}

ModelShapes infer_model(std::span<const Layer> layers, const Shape& input) {
    ModelShapes shapes;
    Shape current = input;
    std::int64_t parameters = 0;
    for (const Layer& layer : layers) {
        const std::size_t index = shapes.geometries.size();
        const Result<Geometry> geometry = infer_layer(layer, current);
        if (!geometry) {
            shapes.error = in_layer(geometry.error(), index);
            break;
        }
        parameters += parameter_count(layer.spec, *geometry).total;
        if (Check wrong = in_shape_count("parameters", parameters)) {
            shapes.error = in_layer(*wrong, index);
            break;
        }
        shapes.geometries.push_back(*geometry);
        current = geometry->output;
    }
    return shapes;
}

std::optional<Error> check_computable(std::span<const Layer> layers,
                                      std::span<const Geometry> geometries) {
    for (std::size_t i = 0; i < geometries.size(); ++i) {
        const DataType type = layers[i].config.dtype;
        if (type != DataType::float32)
            return in_layer(
                {.code = ErrorCode::unsupported,
                 .subject = "dtype",
                 .text = std::string(name_of(choice_names(type), static_cast<int>(type)))},
                i);
        if (auto wrong = check_computable(layers[i].spec, geometries[i]))
            return in_layer(*wrong, i);
    }
    return std::nullopt;
}

BatchShape declared_input(std::span<const Layer> layers) {
    for (const Layer& layer : layers)
        if (layer.config.batch_shape) return *layer.config.batch_shape;
    return {};
}

}  // namespace engine
