// SPDX-License-Identifier: MIT
// Traces of settings, and their pictures as plain lists.
#pragma once

#include <vector>

#include "engine/lessons/trace.h"
#include "tests/support/transposed_settings.h"

namespace support {

using namespace engine;

inline constexpr Reading readings[] = {Reading::stamp, Reading::slide, Reading::why_equal};

inline Reading reading_of(Interpolation interpolation) {
    return interpolation == Interpolation::nearest ? Reading::copy : Reading::sample;
}

inline constexpr float empty = -12345;  ///< stands for a cell that is not visited

inline Tensor map(int height, int width, std::vector<float> values) {
    return Tensor(Shape{height, width, 1}, std::move(values));
}

inline Trace trace_of(const TransposedSetting& setting, Reading reading, int filter = 0) {
    return Trace(setting.layer, setting.geometry, setting.weights, setting.input, filter, reading);
}

/// The canvas row by row, `empty` where nothing has been.
inline std::vector<float> picture(const Partial& partial) {
    const auto values = partial.values.values();
    std::vector<float> cells(values.begin(), values.end());
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (partial.visited[i] == 0) cells[i] = empty;
    return cells;
}

/// What padding keeps of a canvas.
inline Tensor kept(const Tensor& canvas, const Geometry& geometry) {
    std::vector<float> values;
    for (int row = 0; row < geometry.rows.out; ++row)
        for (int column = 0; column < geometry.columns.out; ++column)
            values.push_back(canvas.at(geometry.rows.crop_before + row,
                                       geometry.columns.crop_before + column, 0));
    return map(geometry.rows.out, geometry.columns.out, std::move(values));
}

inline std::vector<Cell> cells_of(int height, int width) {
    std::vector<Cell> cells;
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) cells.push_back({row, column});
    return cells;
}

/// Every product of the layer, tried one by one.
inline std::vector<Tap> all_taps(const Trace& trace) {
    std::vector<Tap> taps;
    for (const Cell input : cells_of(trace.geometry().rows.in, trace.geometry().columns.in)) {
        const auto from = trace.taps_from(input);
        taps.insert(taps.end(), from.begin(), from.end());
    }
    return taps;
}

}  // namespace support
