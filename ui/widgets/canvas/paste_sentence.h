// SPDX-License-Identifier: MIT
// How pasted and typed numbers were understood, where that is not obvious.
#pragma once

#include <QString>

#include "ui/widgets/canvas/canvas.h"

namespace ui::widgets {

/// What was taken, and what would be taken instead on a click.
struct Understood {
    QString sentence;  ///< empty where nothing needs to be said
    QString other;     ///< a button's words; empty where there is no other reading
};

Understood understood(const formats::ReadGrid& read);
Understood understood(float taken, const CellEdits::Doubt& doubt);

}  // namespace ui::widgets
