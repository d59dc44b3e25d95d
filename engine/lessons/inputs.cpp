// SPDX-License-Identifier: MIT
// The inputs that are a click away.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/lessons/lesson.h"

namespace engine {

namespace {

/// Any rank as a picture: a vector is one row, a matrix has one channel.
struct Picture {
    int height, width, channels;
};

Picture picture_of(const Shape& shape) {
    switch (shape.rank()) {
        case 1:
            return {1, shape[0], 1};
        case 2:
            return {shape[0], shape[1], 1};
        default:
            return {shape.height(), shape.width(), shape.channels()};
    }
}

/// value(row, column, channel) in every cell.
template <typename Value>
Tensor each_cell(const Shape& shape, Value value) {
    const Picture picture = picture_of(shape);
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(shape.count()));
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            for (int channel = 0; channel < picture.channels; ++channel) {
                values.push_back(static_cast<float>(value(row, column, channel)));
            }
        }
    }
    return Tensor(shape, std::move(values));
}

struct Point {
    double x, y;
};

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// A stroke along a circle from one angle to another, in degrees from the right, y downwards.
class Arc {
public:
    Arc(Point centre, double radius, double from, double to)
        : m_centre(centre),
          m_radius(radius),
          m_begin(at(from)),
          m_end(at(to)),
          m_middle(at((from + to) / 2)),
          m_cosine(std::cos((to - from) / 2 * degree)) {}

    /// Straight to the stroke inside the sector it spans, else to the nearer of its ends.
    double distance_from(Point p) const {
        const double away = distance(p, m_centre);
        const double along = ((p.x - m_centre.x) * (m_middle.x - m_centre.x) +
                              (p.y - m_centre.y) * (m_middle.y - m_centre.y)) /
                             m_radius;
        if (along >= away * m_cosine) return std::abs(away - m_radius);
        return std::min(distance(p, m_begin), distance(p, m_end));
    }

private:
    static constexpr double degree = std::numbers::pi / 180;

    Point at(double angle) const {
        return {m_centre.x + m_radius * std::cos(angle * degree),
                m_centre.y + m_radius * std::sin(angle * degree)};
    }

    Point m_centre;
    double m_radius;
    Point m_begin, m_end, m_middle;
    double m_cosine;
};

/// Ink of a 3 drawn with a round pen in the unit square, 0 to 1: two bowls that meet in the middle.
double ink(Point p) {
    static const std::array<Arc, 2> strokes{Arc({0.5, 0.295}, 0.195, -150, 90),
                                            Arc({0.5, 0.695}, 0.205, -90, 150)};
    constexpr double pen = 0.085;
    constexpr double soft = 0.05;
    const double nearest = std::min(strokes[0].distance_from(p), strokes[1].distance_from(p));
    return std::clamp((pen - nearest) / soft + 0.5, 0.0, 1.0);
}

}  // namespace

Tensor counting_input(const Shape& shape) {
    const Picture picture = picture_of(shape);
    return each_cell(shape, [picture](int row, int column, int channel) {
        return (static_cast<double>(channel) * picture.height + row) * picture.width + column + 1;
    });
}

Tensor one_hot_input(const Shape& shape) {
    const Picture picture = picture_of(shape);
    return each_cell(shape, [picture](int row, int column, int) {
        return row == picture.height / 2 && column == picture.width / 2 ? 1.0 : 0.0;
    });
}

Tensor checkerboard_input(const Shape& shape) {
    return each_cell(shape,
                     [](int row, int column, int) { return (row + column) % 2 == 0 ? 1.0 : 0.0; });
}

Tensor gradient_input(const Shape& shape) {
    const Picture picture = picture_of(shape);
    const int steps = std::max(picture.height + picture.width - 2, 1);
    return each_cell(shape, [steps](int row, int column, int) {
        return static_cast<double>(row + column) / steps;
    });
}

Tensor digit_input(const Shape& shape) {
    // The mean ink over the cell, from samples fine enough for the pen even when one cell is all.
    const Picture picture = picture_of(shape);
    const int down = std::max(64 / picture.height, 1);
    const int across = std::max(64 / picture.width, 1);
    std::vector<double> cells;
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            double sum = 0;
            for (int i = 0; i < down; ++i) {
                for (int j = 0; j < across; ++j) {
                    sum += ink({(column + (j + 0.5) / across) / picture.width,
                                (row + (i + 0.5) / down) / picture.height});
                }
            }
            cells.push_back(sum / (down * across));
        }
    }
    return each_cell(shape, [&](int row, int column, int) {
        return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(column)];
    });
}

Tensor random_input(const Shape& shape, std::uint64_t seed) {
    SeededRandom random(seed);
    const bool latent = shape.rank() == 1;
    return each_cell(shape, [&](int, int, int) {
        return latent ? random.normal() : static_cast<double>(random.below(10));
    });
}

}  // namespace engine
