// SPDX-License-Identifier: MIT
#include "ui/widgets/inspector/stage_layers.h"

#include <algorithm>
#include <array>

namespace ui::widgets {

namespace {

template <typename Convolution2D>
Convolution2D three_by_three() {
    Convolution2D layer;
    layer.kernel_size = {3, 3};
    layer.padding = engine::Same{};
    return layer;
}

}  // namespace

std::span<const StageLayer> stage_layers() {
    static const std::array rows{
        StageLayer{engine::UpSampling2D{}, {"size", "interpolation"}},
        StageLayer{three_by_three<engine::Conv2DTranspose>(),
                   {"kernel_size", "strides", "padding"},
                   {"output_padding", "dilation_rate", "use_bias", "activation"}},
        StageLayer{three_by_three<engine::Conv2D>(),
                   {"kernel_size", "strides", "padding"},
                   {"dilation_rate", "groups", "use_bias", "activation"}},
    };
    return rows;
}

int stage_layer_of(const engine::LayerSpec& spec) {
    const auto rows = stage_layers();
    const auto found = std::ranges::find_if(
        rows, [&](const StageLayer& row) { return row.first.index() == spec.index(); });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

}  // namespace ui::widgets
