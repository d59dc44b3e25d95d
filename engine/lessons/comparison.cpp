// SPDX-License-Identifier: MIT
#include "engine/lessons/comparison.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/layers/geometry.h"

namespace engine {

Lesson side_of(const Lesson& lesson, int side) {
    Lesson alone = lesson;
    if (side == 1) alone.layers = lesson.against;
    alone.against.clear();
    return alone;
}

Lesson with_side(const Lesson& lesson, int side, Lesson edited) {
    if (side == 0) {
        edited.against = lesson.against;
    } else {
        edited.against = std::exchange(edited.layers, lesson.layers);
    }
    return edited;
}

Lesson with_against(Lesson lesson, std::vector<Layer> against) {
    lesson.against = std::move(against);
    return lesson;
}

Lesson with_sides_swapped(Lesson lesson) {
    if (!lesson.against.empty()) std::swap(lesson.layers, lesson.against);
    return lesson;
}

Costs costs_of(const std::vector<Layer>& layers, const ModelShapes& shapes) {
    Costs costs;
    for (std::size_t i = 0; i < shapes.geometries.size(); ++i) {
        costs.parameters += parameter_count(layers[i].spec, shapes.geometries[i]).total;
        costs.multiply_adds += multiply_adds(layers[i].spec, shapes.geometries[i]);
        costs.output = shapes.geometries[i].output;
    }
    return costs;
}

Difference difference_of(const Tensor& first, const Tensor& second) {
    Difference difference;
    if (first.shape().rank() != 3 || first.shape() != second.shape()) return difference;
    const auto a = first.values();
    const auto b = second.values();
    float greatest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        greatest = std::max({greatest, std::abs(a[i]), std::abs(b[i])});
    const float rounding = greatest * rounding_share;
    const Shape& shape = first.shape();
    const auto cell_of = [&](std::size_t i) {
        return cell_at(static_cast<int>(i) / shape.channels(), shape.width());
    };
    const auto from_edge = [&](Cell cell) {
        return 1 + std::min({cell.row, cell.column, shape.height() - 1 - cell.row,
                             shape.width() - 1 - cell.column});
    };
    std::vector<float> values(a.size());
    std::size_t at = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        values[i] = a[i] - b[i];
        const float size = std::abs(values[i]);
        difference.differing += a[i] == b[i] ? 0 : 1;
        if (size > rounding) {
            ++difference.apart;
            difference.rim = std::max(difference.rim, from_edge(cell_of(i)));
        }
        if (size <= difference.largest) continue;
        difference.largest = size;
        at = i;
    }
    difference.at = cell_of(at);
    if (2 * difference.rim >= std::min(shape.height(), shape.width())) difference.rim = 0;
    difference.values = Tensor(shape, std::move(values));
    return difference;
}

}  // namespace engine
