// SPDX-License-Identifier: MIT
// What is looked at: saved with a lesson's file, never on the undo stack.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/lessons/trace.h"
#include "ui/diagram/diagram.h"

namespace ui::diagram {

/// `step` steps are done (0: before the first); `progress` in [0, 1) only moves things towards the
/// next.
struct Moment {
    int step = 0;
    double progress = 0;
    bool operator==(const Moment&) const = default;
};

/// Significant digits that numbers in cells may have at most; 0: all of them.
inline constexpr std::array digits_choices{2, 3, 4, 0};
inline constexpr int usual_digits = 4;
/// "3", or "all": in files and on the command line.
std::string_view name_of_digits(int digits);
std::optional<int> digits_named(std::string_view name);

struct View {
    int focus = 0;    ///< layer on the stage
    int filter = 0;   ///< output channel shown
    int channel = 0;  ///< input channel shown
    engine::Reading reading = engine::Reading::stamp;
    Moment moment;
    bool turn_kernel = true;    ///< why_equal, one_input: false shows what happens without the turn
    int digits = usual_digits;  ///< of numbers in cells, one of digits_choices
    std::optional<CellRef> pinned;   ///< followed through all steps, whatever these are about
    std::optional<CellRef> hovered;  ///< passing, and only while nothing moves; not saved
    bool operator==(const View&) const = default;
};

}  // namespace ui::diagram
