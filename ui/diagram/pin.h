// SPDX-License-Identifier: MIT
// The cell that the user follows: what is said of it, and its mark in every grid.
#pragma once

#include "ui/diagram/scene.h"

namespace ui::diagram {

/// None if nothing is pinned, or nothing that this layer has.
std::optional<Pin> pin_of(const Scene& scene);

/// A mark on its cell in each grid of the picture, and which these are.
void draw_pin(Builder& builder, const Scene& scene);
/// The mark itself.
void draw_pin_head(Builder& builder, QPointF centre, double radius);

}  // namespace ui::diagram
