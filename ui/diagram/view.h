// SPDX-License-Identifier: MIT
// What is looked at: saved with a lesson's file, never on the undo stack.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <QString>

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

/// Significant digits that numbers in cells may have at most; 0: all that are
/// reliable (cell_numbers.h).
inline constexpr std::array digits_choices{2, 3, 4, 0};
inline constexpr int usual_digits = 4;
/// "3", or "all": in files and on the command line.
std::string_view name_of_digits(int digits);
std::optional<int> digits_named(std::string_view name);

/// Rows and columns of all grids of a kind, pointed at from beside the picture.
struct Lit {
    Grid grid = Grid::none;
    std::vector<engine::CellRange> rows = {};  ///< in the grid's own numbers; beyond its last where
    std::vector<engine::CellRange> columns = {};  ///< cells would be appended
    bool cut = false;                             ///< taken away, not put there
    bool each = false;                            ///< one by one, as they are counted
    bool crossed = false;                         ///< only where the rows and the columns meet
    bool operator==(const Lit&) const = default;
};
/// What is pointed at, and the sentence about it: it takes the place of the line below the title.
struct Pointed {
    std::vector<Lit> lit = {};
    QString sentence = {};
    bool operator==(const Pointed&) const = default;
};

/// The same full output cut elsewhere: another result of the same size.
struct OtherCrop {
    int row = 0, column = 0;  ///< its first cell, of the full output
    QString own_name = {};    ///< "Keras": who keeps what the layer keeps
    QString name = {};        ///< "PyTorch"
    bool operator==(const OtherCrop&) const = default;
};

struct View {
    int focus = 0;  ///< layer on the stage
    /// Of what a lesson is compared with; none: its last layer.
    std::optional<int> against_focus = {};
    int filter = 0;   ///< output channel shown
    int channel = 0;  ///< input channel shown
    engine::Reading reading = engine::Reading::stamp;
    Moment moment;
    bool turn_kernel = true;    ///< why_equal, one_input: false shows what happens without the turn
    int digits = usual_digits;  ///< of numbers in cells, one of digits_choices
    std::optional<CellRef> pinned;  ///< followed through all steps, whatever these are about
    // Passing, and not saved.
    std::optional<CellRef> hovered;  ///< only while nothing moves
    Pointed pointed = {};
    std::optional<OtherCrop> beside = {};  ///< shown together with the result, instead of the steps
    bool operator==(const View&) const = default;
};

/// The view without what is only passing.
View settled(View view);

}  // namespace ui::diagram
