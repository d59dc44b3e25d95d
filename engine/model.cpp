// SPDX-License-Identifier: MIT
// Shapes through a sequence of layers.
#include "engine/model.h"

namespace engine {

ModelShapes infer_model(std::span<const Layer> layers, const Shape& input) {
    ModelShapes shapes;
    Shape current = input;
    for (const Layer& layer : layers) {
        const Result<Geometry> geometry = infer(layer.spec, current);
        if (!geometry) {
            shapes.error = geometry.error();
            shapes.error->layer = static_cast<int>(shapes.geometries.size());
            break;
        }
        shapes.geometries.push_back(*geometry);
        current = geometry->output;
    }
    return shapes;
}

}  // namespace engine
