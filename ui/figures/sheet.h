// SPDX-License-Identifier: MIT
// Several moments of a lesson on one page.
#pragma once

#include <span>

#include "ui/diagram/diagram.h"

namespace ui::figures {

/// A picture of the sheet, and the steps that are done in it.
struct Moment {
    int step = 0;
    diagram::Diagram picture;
};

/// As many as look together; more would be more than a page holds.
inline constexpr int most_pictures = 64;

/// Beside each other from the left in so many columns, then below, in reading order, each with the
/// number of its step above; as wide and as high as the largest. Ids of groups begin with the step:
/// "s4_input". 0 columns: about as many as rows. There is at least one picture.
diagram::Diagram sheet_of(std::span<const Moment> moments, int columns = 0);

}  // namespace ui::figures
