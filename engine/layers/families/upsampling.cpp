// SPDX-License-Identifier: MIT
// UpSampling2D.
#include <array>

#include "engine/frameworks/dialect.h"
#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

Result<Geometry> infer_upsampling(const UpSampling2D& layer, const Shape& input) {
    if (Check wrong = is_feature_map(input)) return *wrong;
    // As a transposed convolution this is a kernel of ones as large as its strides.
    return feature_map(input, input.channels(), [&](int axis, int in) {
        const int factor = along(layer.size, axis);
        return transposed_axis(in, {factor, factor, 1}, Valid{}, std::nullopt, axis);
    });
}

Formula sizes_of_upsampling(const UpSampling2D&, const Geometry& geometry) {
    return grown_formula(geometry, "size");
}

void modules_of_upsampling(const UpSampling2D& layer, TorchModules& modules) {
    const std::vector<DialectRow> forms = dialects(layer, modules.geometry);
    const bool exists = forms[1].agreement != Agreement::no_form;
    modules.add(exists ? "Upsample" : "UpSampling2D");
}

const std::array rows{LayerDefinition{
    .class_name = "UpSampling2D",
    .defaults = UpSampling2D{},
    .example = UpSampling2D{},
    .arguments = {defining(argument<&UpSampling2D::size>(
                      "size", {1, max_argument}, {.pytorch = "scale_factor", .onnx = "scales"})),
                  defining(argument<&UpSampling2D::interpolation>(
                      "interpolation", {}, {.pytorch = "mode", .onnx = "mode"}))},
    .name_in_pytorch = "Upsample",
    .name_in_onnx = "Resize",
    .infer = erased<infer_upsampling>,
    .window = LayerDefinition::Window::stamps,
    .sizes = erased<sizes_of_upsampling>,
    .torch_modules = erased<modules_of_upsampling>,
}};

}  // namespace

Definitions UpSampling2D::definitions() { return rows; }

}  // namespace engine
