// SPDX-License-Identifier: MIT
// What a picture needs besides when only a part of it is seen, perhaps enlarged: the numbers that
// had no room, rulers and title where they are scrolled out. Pure, and bounded by what is seen.
#pragma once

#include <vector>

#include "ui/diagram/diagram.h"

namespace ui::diagram {

struct CloseUp {
    Diagram marks;  ///< over the picture, in its coordinates; its items are all there is to it
    /// Items of the picture that marks stand for, in ascending order: numbers that were cut and now
    /// have room for more of their digits.
    std::vector<std::size_t> replaced;
    std::vector<QRectF> strips;  ///< what rulers and title cover
    bool operator==(const CloseUp&) const = default;
    bool is_empty() const { return marks.items.empty() && replaced.empty(); }
};

/// `visible`: in the picture's units; `scale`: pixels of one. Of a whole picture at its own size
/// there is nothing to add.
CloseUp close_up(const Diagram& picture, const QRectF& visible, double scale);

}  // namespace ui::diagram
