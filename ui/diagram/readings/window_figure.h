// SPDX-License-Identifier: MIT
// The picture of a convolution: the padded input under the window, the kernel, the output.
#pragma once

#include "ui/diagram/scene.h"

namespace ui::diagram {

void draw_window(Builder& builder, const Scene& scene, const QRectF& area);

}  // namespace ui::diagram
