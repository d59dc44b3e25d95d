// SPDX-License-Identifier: MIT
// The layers one draws with: those the choice at the inspector's top offers. A new one is a row.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/layers/layer_definition.h"

namespace ui::widgets {

struct StageLayer {
    engine::LayerSpec first;                 ///< what it is before anything carried over
    std::vector<std::string_view> in_sight;  ///< arguments always seen, in Keras's names
    /// Those under More, `filters` before them.
    std::vector<std::string_view> folded = {};
};

std::span<const StageLayer> stage_layers();
/// Its row, or -1.
int stage_layer_of(const engine::LayerSpec& spec);

}  // namespace ui::widgets
