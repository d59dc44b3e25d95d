// SPDX-License-Identifier: MIT
// A picture on paper.
#pragma once

#include <QPagedPaintDevice>

#include "ui/diagram/diagram.h"

namespace ui::paint {

/// Lying if the picture is wider than high.
QPageLayout::Orientation orientation_of(const diagram::Diagram& picture);
/// As large as the page's margins let it be, in the middle, in the colours of paper. False: the
/// device cannot be painted on.
bool paint_on_page(QPagedPaintDevice& page, const diagram::Diagram& picture);

}  // namespace ui::paint
