// SPDX-License-Identifier: MIT
// Where two pictures of the same size differ: what the screen must repaint for a step.
#pragma once

#include <vector>

#include <QRectF>

#include "ui/diagram/diagram.h"

namespace ui::diagram {

/// A few rectangles in diagram units that hold every item that is not the same in both; none if the
/// pictures look alike. Text is taken generously, as nothing is measured.
std::vector<QRectF> difference(const Diagram& before, const Diagram& after);

}  // namespace ui::diagram
