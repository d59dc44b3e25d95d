// SPDX-License-Identifier: MIT
// Numbers cut to the cell they stand in: never the type to the number.
#pragma once

#include <QString>

namespace ui::diagram {

/// No smaller type stands in a cell, in units of the picture.
inline constexpr double smallest_cell_type = 9;

/// Cells of at least this side hold a digit.
inline constexpr double smallest_numbered_cell = 10;

/// Where all digits are asked for: beyond these a sum in float32 tells how it was added up, not
/// what it is (126.419205 of numbers with two decimals).
inline constexpr int reliable_digits = 7;

/// The type of a grid's numbers, and how many characters of it a cell holds.
struct CellType {
    double size = smallest_cell_type;
    int characters = 1;
};
/// For cells of this side and numbers of up to so many characters; where these need smaller type
/// than can be read, their digits have to be cut. `digits` as in cut_number: where all are wanted
/// they are worth the smallest type.
CellType cell_type(double cell, int characters, int digits = 4);

/// How many characters a number asks for.
int wanted_characters(float value, int digits = 4);

/// The number in at most so many characters, with fewer digits first ("0.00079", "0.0008"), then,
/// if it is less than 1 or at least 100000, as a power of ten ("8e−4"); nothing where that is too
/// long as well. `digits`: at most so many, 0: all there are.
QString cut_number(float value, int characters, int digits = 4);

}  // namespace ui::diagram
