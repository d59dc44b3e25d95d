// SPDX-License-Identifier: MIT
// A kernel's four brackets as nested boxes, in Keras's order of axes and in PyTorch's.
#pragma once

#include "engine/layers/kernel_axes.h"
#include "engine/layers/weights.h"
#include "ui/diagram/diagram.h"

namespace ui::diagram {

/// The weights of one input channel and filter are a grid: Grid::weights with this index.
int weights_slice(const engine::Shape& kernel_in_keras, const engine::LayerSpec& spec, int filter,
                  int channel);
/// The way back.
struct WeightsSlice {
    int filter = 0;
    int channel = 0;
};
WeightsSlice weights_slice(const engine::Shape& kernel_in_keras, const engine::LayerSpec& spec,
                           int index);

struct WeightsView {
    engine::KernelOrder order = engine::KernelOrder::keras;
    double turned = 1;                ///< 0: still in the other order; between: on its way
    std::optional<CellRef> lit = {};  ///< of a Grid::weights
    double text_scale = 1;
};

/// Of a layer with such a kernel. The outermost bracket is the whole, what is in it stands from top
/// to bottom; what is in those from left to right, and so on. Of long axes the middle is left out.
/// `size` of the picture is what it needs.
Diagram weights_picture(const engine::LayerSpec& spec, const engine::Weights& weights,
                        const WeightsView& view);

}  // namespace ui::diagram
