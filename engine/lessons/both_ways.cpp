// SPDX-License-Identifier: MIT
#include "engine/lessons/both_ways.h"

namespace engine {

namespace {

double product(const Tensor& input, Cell cell, const Tensor& kernel, Cell tap, int channel) {
    return static_cast<double>(input.at(cell.row, cell.column, channel)) *
           static_cast<double>(kernel.at(tap.row, tap.column, 0, channel));
}

}  // namespace

std::vector<float> stamp_sums(const Geometry& geometry, const Tensor& input, const Tensor& kernel) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    std::vector<double> sums(static_cast<std::size_t>(rows.full) *
                             static_cast<std::size_t>(columns.full));
    const auto stamp = [&](Cell cell) {
        for (int row = 0; row < rows.kernel; ++row)
            for (int column = 0; column < columns.kernel; ++column) {
                const auto output = static_cast<std::size_t>(landing(rows, cell.row, row)) *
                                        static_cast<std::size_t>(columns.full) +
                                    static_cast<std::size_t>(landing(columns, cell.column, column));
                for (int channel = 0; channel < input.shape().channels(); ++channel)
                    sums[output] += product(input, cell, kernel, {row, column}, channel);
            }
    };
    for (int row = 0; row < rows.in; ++row)
        for (int column = 0; column < columns.in; ++column) stamp({row, column});
    return {sums.begin(), sums.end()};
}

float window_sum(const Geometry& geometry, const Tensor& input, const Tensor& kernel, Cell output) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    double sum = 0;
    for (int row = 0; row < rows.kernel; ++row)
        for (int column = 0; column < columns.kernel; ++column) {
            const SlideCell covered = slide_cell(geometry, covered_cell(rows, output.row, row),
                                                 covered_cell(columns, output.column, column));
            if (covered.material != Material::value) continue;
            const Cell tap{turned(rows, row), turned(columns, column)};
            for (int channel = 0; channel < input.shape().channels(); ++channel)
                sum += product(input, covered.input, kernel, tap, channel);
        }
    return static_cast<float>(sum);
}

std::vector<float> window_sums(const Geometry& geometry, const Tensor& input,
                               const Tensor& kernel) {
    std::vector<float> sums;
    for (int row = 0; row < geometry.rows.full; ++row)
        for (int column = 0; column < geometry.columns.full; ++column)
            sums.push_back(window_sum(geometry, input, kernel, {row, column}));
    return sums;
}

std::int64_t window_work(const Geometry& geometry) {
    const auto along = [](const Axis& axis) { return std::int64_t{axis.full} * axis.kernel; };
    return along(geometry.rows) * along(geometry.columns) * geometry.input.channels();
}

}  // namespace engine
