// SPDX-License-Identifier: MIT
#include "engine/frameworks/axis_sum.h"

#include <algorithm>
#include <utility>

namespace engine {

using namespace signs;

namespace {

bool decides_begin(const Term& term) {
    switch (term.purpose) {
        case Purpose::cut_both:
        case Purpose::cut_begin:
        case Purpose::sliced_begin:
        case Purpose::wanted:
        case Purpose::zeros_both:
        case Purpose::zeros_begin:
            return true;
        default:
            return false;
    }
}

bool decides_end(const Term& term) {
    switch (term.purpose) {
        case Purpose::cut_both:
        case Purpose::cut_end:
        case Purpose::sliced_end:
        case Purpose::wanted:
        case Purpose::given_back:
        case Purpose::appended:
        case Purpose::overhang:
        case Purpose::zeros_both:
        case Purpose::zeros_end:
            return true;
        default:
            return false;
    }
}

std::string joined(const AxisSum& sum, std::string Term::*text) {
    std::string line;
    for (const Term& term : sum.terms) {
        if (*term.sign != '\0') line += std::string(" ") + term.sign + ' ';
        line += term.*text;
    }
    return line;
}

}  // namespace

std::string symbols_of(const AxisSum& sum) { return joined(sum, &Term::symbols); }

std::string numbers_of(const AxisSum& sum) {
    return joined(sum, &Term::numbers) + " = " + digits(sum.out);
}

void mark_differences(AxisSum& sum, Ends ends, Ends shown) {
    const bool begin = ends.begin != shown.begin;
    const bool end = ends.end != shown.end;
    for (Term& term : sum.terms) {
        // Blocks with nothing behind them are what is kept.
        const bool is_all = term.purpose == Purpose::blocks && sum.out == term.value;
        term.differs =
            (begin && (is_all || decides_begin(term))) || (end && (is_all || decides_end(term)));
    }
}

SumLine::SumLine(const Axis& axis) : m_axis(axis) {}

SumLine& SumLine::put(const char* sign, Term term) {
    std::erase_if(term.cells, [](const CellRange& cells) { return cells.last < cells.first; });
    term.sign = m_sum.terms.empty() ? "" : sign;
    m_sum.terms.push_back(std::move(term));
    return *this;
}

SumLine& SumLine::add(Purpose purpose, const std::string& symbols, const std::string& numbers,
                      std::int64_t value, CellRanges cells) {
    return put(plus, {.symbols = symbols,
                      .numbers = numbers,
                      .value = value,
                      .purpose = purpose,
                      .cells = std::move(cells)});
}

SumLine& SumLine::subtract(Purpose purpose, const std::string& symbols, const std::string& numbers,
                           std::int64_t value, CellRanges cells) {
    return put(minus, {.symbols = symbols,
                       .numbers = numbers,
                       .value = -value,
                       .purpose = purpose,
                       .cells = std::move(cells)});
}

SumLine& SumLine::steps(const char* stride, bool stride_first) {
    const auto product = [&](const std::string& in, const std::string& by) {
        const std::string gaps = '(' + in + ' ' + minus + " 1)";
        return stride_first ? by + ' ' + times + ' ' + gaps : gaps + ' ' + times + ' ' + by;
    };
    const int length = (m_axis.in - 1) * m_axis.stride;
    return add(Purpose::steps, product("in", stride),
               product(digits(m_axis.in), digits(m_axis.stride)), length, steps_cells(m_axis));
}

SumLine& SumLine::last_stamp(const std::string& symbols, const std::string& numbers) {
    return add(Purpose::last_stamp, symbols, numbers, m_axis.extent, last_stamp_cells(m_axis));
}

SumLine& SumLine::blocks(const char* factor) {
    const int length = m_axis.in * m_axis.stride;
    const std::string by = std::string(" ") + times + ' ';
    return add(Purpose::blocks, "in" + by + factor, digits(m_axis.in) + by + digits(m_axis.stride),
               length, blocks_cells(m_axis));
}

SumLine& SumLine::wanted(const char* name) {
    return add(Purpose::wanted, name, digits(m_axis.out), m_axis.out, kept_cells(m_axis));
}

SumLine& SumLine::cut_both(const std::string& symbols, int padding) {
    return subtract(Purpose::cut_both, symbols, std::string("2 ") + times + ' ' + digits(padding),
                    2 * std::int64_t{padding},
                    both_ends_cells(m_axis, std::min(padding, m_axis.full)));
}

SumLine& SumLine::sliced(int begin, int end) {
    const int first = m_axis.crop_before;
    if (begin > 0)
        subtract(Purpose::sliced_begin, "before", digits(begin), begin, {cells_from(first, begin)});
    if (end > 0)
        subtract(Purpose::sliced_end, "after", digits(end), end,
                 {cells_before(first + m_axis.out, end)});
    return *this;
}

SumLine& SumLine::input(const char* brackets) {
    return add(Purpose::input, brackets + std::string("in"), brackets + digits(m_axis.in),
               m_axis.in, input_cells(m_axis));
}

SumLine& SumLine::zeros(Purpose purpose, const std::string& symbols, const std::string& numbers,
                        int before, int after) {
    return add(purpose, symbols, numbers, std::int64_t{before} + after,
               zeros_cells(m_axis, before, after));
}

SumLine& SumLine::windows(const std::string& symbols, const std::string& numbers,
                          const char* stride) {
    subtract(Purpose::first_window, symbols + ')', numbers + ')', m_axis.extent,
             first_window_cells(m_axis));
    put(over, {.symbols = stride + std::string(close_floor),
               .numbers = digits(m_axis.stride) + close_floor,
               .value = m_axis.stride,
               .purpose = Purpose::every_stride});
    return add(Purpose::first_place, "1", "1", 1);
}

SumLine& SumLine::rounded_up(const char* stride) {
    input(open_ceiling);
    return put(over, {.symbols = stride + std::string(close_ceiling),
                      .numbers = digits(m_axis.stride) + close_ceiling,
                      .value = m_axis.stride,
                      .purpose = Purpose::every_stride});
}

AxisSum SumLine::equals(int out) && {
    m_sum.out = m_sum.least = m_sum.most = out;
    if (m_axis.in == Shape::unknown) m_sum.terms.clear();
    return std::move(m_sum);
}

}  // namespace engine
