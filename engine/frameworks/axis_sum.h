// SPDX-License-Identifier: MIT
// How a framework's documentation adds up a size along one axis, term by term.
#pragma once

#include <string>
#include <vector>

#include "engine/layers/formula.h"
#include "engine/layers/size_term.h"

namespace engine {

/// One term, in symbols and with its numbers.
struct Term {
    const char* sign = "";   ///< before it; empty before the first
    std::string symbols{};   ///< "(in − 1) × strides"
    std::string numbers{};   ///< "(2 − 1) × 2"
    std::int64_t value = 0;  ///< what it adds, or cuts if negative; of `every_stride` the divisor
    Purpose purpose = Purpose::steps;
    CellRanges cells{};  ///< that it adds or cuts, none if it is 0
    /// Another framework's term does to an end of the axis what the layer shown does not.
    bool differs = false;
    bool operator==(const Term&) const = default;
};

/// The size along one axis.
struct AxisSum {
    std::vector<Term> terms;  ///< none: no form, or the input's size is not known
    int out = 0;
    /// What the size may be where the framework leaves a number to choose: the Guide's a.
    int least = 0, most = 0;
    bool operator==(const AxisSum&) const = default;
};

/// Both axes; equal where they have the same numbers.
struct SizeSums {
    AxisSum rows, columns;
    bool operator==(const SizeSums&) const = default;
};

std::string symbols_of(const AxisSum& sum);  ///< "in × strides"
std::string numbers_of(const AxisSum& sum);  ///< "2 × 2 = 4"

/// What is cut or put at the ends of an axis.
struct Ends {
    int begin = 0;
    int end = 0;
};

/// Marks the terms that make of an end what the layer shown does not make of it.
void mark_differences(AxisSum& sum, Ends ends, Ends shown);

/// Writes terms down, in the order of a framework's documentation.
class SumLine {
public:
    explicit SumLine(const Axis& axis);

    /// "(in − 1) × stride", or the other way round.
    SumLine& steps(const char* stride, bool stride_first = false);
    SumLine& last_stamp(const std::string& symbols, const std::string& numbers);
    SumLine& blocks(const char* factor);
    SumLine& wanted(const char* name);

    SumLine& add(Purpose purpose, const std::string& symbols, const std::string& numbers,
                 std::int64_t value, CellRanges cells = {});
    SumLine& subtract(Purpose purpose, const std::string& symbols, const std::string& numbers,
                      std::int64_t value, CellRanges cells = {});
    /// 2 × padding, from both ends of the full output.
    SumLine& cut_both(const std::string& symbols, int padding);
    /// What a slice or a cropping layer behind takes, if anything.
    SumLine& sliced(int begin, int end);

    // The fraction of a convolution.
    /// The input, with the brackets before it.
    SumLine& input(const char* brackets);
    SumLine& zeros(Purpose purpose, const std::string& symbols, const std::string& numbers,
                   int before, int after);
    /// What the first window covers leaves the fraction, which is closed by the strides.
    SumLine& windows(const std::string& symbols, const std::string& numbers, const char* stride);
    /// ⌈in / strides⌉
    SumLine& rounded_up(const char* stride);

    const Axis& axis() const { return m_axis; }
    AxisSum equals(int out) &&;

private:
    SumLine& put(const char* sign, Term term);

    Axis m_axis;
    AxisSum m_sum;
};

}  // namespace engine
