// SPDX-License-Identifier: MIT
// Two models on one input: their sides as lessons of their own, and how far their outputs are
// apart.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/lessons/lesson.h"
#include "engine/lessons/timeline.h"

namespace engine {

/// 1, or 2 where something is compared.
inline int side_count(const Lesson& lesson) { return lesson.against.empty() ? 1 : 2; }
/// One side alone: 0 the lesson itself, 1 what stands against it.
Lesson side_of(const Lesson& lesson, int side);
/// The lesson with one of its sides as it has become; input, title and notes are those of both.
Lesson with_side(const Lesson& lesson, int side, Lesson edited);
/// With another model against it; none ends the comparison.
Lesson with_against(Lesson lesson, std::vector<Layer> against);
/// The sides change places.
Lesson with_sides_swapped(Lesson lesson);

/// What a model costs, and what it makes.
struct Costs {
    Shape output = {};
    std::int64_t parameters = 0;
    std::int64_t multiply_adds = 0;
    bool operator==(const Costs&) const = default;
};
/// `shapes` are infer_model's, without an error.
Costs costs_of(const std::vector<Layer>& layers, const ModelShapes& shapes);

/// Two outputs of one shape. Two ways of adding up the same products end a last bit or two apart in
/// float32: that is told from a difference.
struct Difference {
    Tensor values = {};          ///< first - second; empty where the shapes are not the same
    std::int64_t differing = 0;  ///< numbers that are not equal to the last bit
    std::int64_t apart = 0;      ///< of them those that rounding does not explain
    float largest = 0;           ///< size of the largest difference
    Cell at = {};                ///< where it is, in whatever channel
    /// Rows and columns from the edges in which all that is apart lies; 0 where nothing is, or
    /// where that would be the whole map.
    int rim = 0;

    bool is_known() const { return !values.empty(); }
    bool is_equal() const { return is_known() && differing == 0; }
    bool is_rounding() const { return is_known() && differing > 0 && apart == 0; }
};
/// Of feature maps. As rounding counts what is at most rounding_share of the greatest number.
Difference difference_of(const Tensor& first, const Tensor& second);
/// Eight units in the last place of the greatest number.
inline constexpr float rounding_share = 8 * 0x1p-23F;

}  // namespace engine
