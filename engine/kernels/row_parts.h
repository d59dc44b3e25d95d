// SPDX-License-Identifier: MIT
// A row that is widened by periods which read neighbours too: cut so that nothing beyond the row is
// read.
#pragma once

#include <algorithm>
#include <cstddef>

#include "engine/kernels/work.h"

namespace engine {

/// What all rows of a map have in common.
struct RowParts {
    const Permutation& permutation;
    std::ptrdiff_t columns, channels;
    std::ptrdiff_t margin;  ///< cells looked at beyond either end; they are as the last ones inside
    std::ptrdiff_t out_floats;          ///< of an output row
    std::ptrdiff_t cells, out_advance;  ///< of a period, read and written
    std::ptrdiff_t begin, end;   ///< periods that read nothing beyond the row; none if it is short
    std::ptrdiff_t read_floats;  ///< by all periods, beyond the end too, where there is no margin

    RowParts(const Permutation& permutation_, int columns_, int channels_, int factor, int margin_)
        : permutation(permutation_), columns(columns_), channels(channels_), margin(margin_) {
        const std::ptrdiff_t row_floats = columns * channels;
        out_floats = row_floats * factor;
        cells = permutation.advance / channels;
        out_advance = std::ptrdiff_t{permutation.advance} * factor;
        const std::ptrdiff_t room = row_floats + margin * channels - permutation.reach;
        begin = margin > 0 ? 1 : 0;
        end = room < 0 ? 0 : room / permutation.advance + 1;
        // Copying a short row costs less than two more parts.
        constexpr std::ptrdiff_t is_short = 256;
        if (margin > 0 && row_floats <= is_short) end = begin;
        read_floats = (columns - 1) / cells * permutation.advance + permutation.reach;
    }

    /// Calls widen(sources, at, floats) for up to three parts of an output row: the outputs from
    /// `at` on, whose first period begins at `sources`, one for each of the `rows`. Where a period
    /// would read beyond a row, it reads a copy.
    template <std::size_t R, typename Widen>
    void for_each(const float* const (&rows)[R], Widen widen) const {
        const float* sources[R];
        alignas(64) float copies[R][Permutation::max_rest];
        const auto copied = [&](std::ptrdiff_t first, std::ptrdiff_t last) {
            for (std::size_t r = 0; r < R; ++r) {
                copy_cells(rows[r], first - margin, last - margin, copies[r]);
                sources[r] = copies[r];
            }
        };
        std::ptrdiff_t done = 0;
        if (begin < end) {
            if (begin > 0) {
                copied(0, (permutation.reach - 1) / channels + 1);
                widen(sources, 0, out_advance);
            }
            for (std::size_t r = 0; r < R; ++r)
                sources[r] = rows[r] + begin * permutation.advance - margin * channels;
            widen(sources, begin * out_advance, (end - begin) * out_advance);
            done = end;
        }
        if (const std::ptrdiff_t rest = out_floats - done * out_advance; rest > 0) {
            copied(done * cells, columns + 2 * margin);
            widen(sources, done * out_advance, rest);
        }
    }

private:
    /// Cells first … last - 1, which may lie in the margins, and zeros behind them as far as a
    /// period may look.
    void copy_cells(const float* row, std::ptrdiff_t first, std::ptrdiff_t last, float* to) const {
        const auto copy = [&](std::ptrdiff_t cell, std::ptrdiff_t count) {
            to = std::copy_n(row + cell * channels, count * channels, to);
        };
        for (; first < std::min<std::ptrdiff_t>(last, 0); ++first) copy(0, 1);
        if (const std::ptrdiff_t inside = std::min(last, columns) - first; inside > 0) {
            copy(first, inside);
            first += inside;
        }
        for (; first < last; ++first) copy(columns - 1, 1);
        std::fill_n(to, permutation.reach, 0.0F);
    }
};

}  // namespace engine
