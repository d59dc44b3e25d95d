// SPDX-License-Identifier: MIT
// One line below padding: what it keeps and cuts at these sizes. True for every setting.
#pragma once

#include <QString>

#include "engine/layers/geometry.h"

namespace ui::widgets {

/// "same keeps 4 × 4 (2 × stride 2): the last row and column of 5 × 5 are cut away."
/// UpSampling2D: "2 × 2 grows to 4 × 4: every cell becomes 2 × 2." Empty for other layers.
QString size_sentence(const engine::LayerSpec& spec, const engine::Geometry& geometry);

}  // namespace ui::widgets
