// SPDX-License-Identifier: MIT
// Looks for cliffs: walks along every parameter of a convolution through many base shapes, with one
// thread, and lists neighbours on such a walk (one parameter, one step of a grid) whose times per
// multiply-add differ by more than half, unless the numbers written explain it.
//
//     bench_sweep [TARGET]
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "tests/bench/chain.h"

using namespace engine;

namespace {

enum Parameter { size, channels, filters, kernel, strides, parameters };
constexpr std::array parameter_names{"size", "channels", "filters", "kernel", "strides"};
using Values = std::array<int, parameters>;

// Powers of two, one beside them where vectors end, and what lies between.
const std::array<std::vector<int>, parameters> grid{{
    {2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 32, 33, 48, 64, 96, 128, 192, 256},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 64, 65, 96, 128, 192, 256, 512},
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 64, 65, 96, 128, 192, 256, 512},
    {1, 2, 3, 4, 5, 6, 7},
    {1, 2, 3, 4},
}};

enum Kind { transposed, plain, merged, kinds };
constexpr std::array kind_names{"Conv2DTranspose", "Conv2D", "UpSampling2D+Conv2D"};

// Walks cross at every combination of these.
const std::array<std::array<std::vector<int>, parameters>, kinds> crossings{{
    {{{4, 16, 64}, {1, 3, 16, 128}, {1, 3, 16, 128}, {3, 4, 5}, {1, 2}}},
    {{{8, 64}, {1, 16, 128}, {1, 3, 64}, {3}, {1, 2}}},
    {{{8, 32}, {1, 16, 128}, {1, 3, 64}, {3}, {2}}},
}};

// Below the first, what a call costs decides; the others bound the time that the sweep takes.
constexpr double least_microseconds = 2;
constexpr double most_products = 5e7;
constexpr double most_numbers = 4e6;  ///< of an input, an output or a kernel
constexpr double cliff = 1.5;

struct Layer {
    Kind kind = transposed;
    Values values = {};
    auto operator<=>(const Layer&) const = default;
};

struct Pair {
    Layer smaller, larger;
    Parameter changed = size;
    auto operator<=>(const Pair&) const = default;
};

struct Measured {
    double microseconds = 0;
    double products = 0;
    double outputs = 0;
    double nanoseconds_each() const { return microseconds * 1000 / products; }  ///< of a product
};

template <typename Convolution>
Convolution convolution(const Values& values, int strides) {
    Convolution layer;
    layer.filters = values[filters];
    layer.kernel_size = {values[kernel], values[kernel]};
    layer.strides = {strides, strides};
    layer.padding = Same{};
    return layer;
}

bool is_small_enough(const Layer& layer) {
    const Values& v = layer.values;
    const double cells = static_cast<double>(v[size]) * v[size];
    const double taps = static_cast<double>(v[kernel]) * v[kernel];
    const double larger = layer.kind == plain ? 1 : static_cast<double>(v[strides]) * v[strides];
    return cells * v[channels] <= most_numbers && cells * larger * v[filters] <= most_numbers &&
           taps * v[channels] * v[filters] <= most_numbers;
}

/// Pairs of neighbours on all walks, each once.
std::set<Pair> neighbours() {
    std::set<Pair> pairs;
    for (int kind = 0; kind < kinds; ++kind) {
        const auto& at = crossings[static_cast<std::size_t>(kind)];
        for (const int s : at[size])
            for (const int c : at[channels])
                for (const int f : at[filters])
                    for (const int k : at[kernel])
                        for (const int stride : at[strides])
                            for (std::size_t p = 0; p < parameters; ++p) {
                                Layer smaller{static_cast<Kind>(kind), {s, c, f, k, stride}};
                                Layer larger = smaller;
                                for (std::size_t i = 1; i < grid[p].size(); ++i) {
                                    smaller.values[p] = grid[p][i - 1];
                                    larger.values[p] = grid[p][i];
                                    if (is_small_enough(smaller) && is_small_enough(larger))
                                        pairs.insert({smaller, larger, static_cast<Parameter>(p)});
                                }
                            }
    }
    return pairs;
}

class Sweep {
public:
    Sweep() : m_numbers(count), m_output(count) {
        SeededRandom random(1);
        std::generate_n(m_numbers.data(), count,
                        [&] { return static_cast<float>(random.uniform() - 0.5); });
    }

    /// Measured at the first question. A layer that would take too long has a time of 0.
    const Measured& known(const Layer& layer) {
        const auto [known, is_new] = m_known.try_emplace(layer);
        if (is_new) measure(layer);
        return known->second;
    }
    /// Once more: what else the machine does only ever adds, so the least time counts.
    void measure(const Layer& layer) {
        bench::Chain chain({layer.values[size], layer.values[size], layer.values[channels]}, {}, 1);
        if (!add(chain, layer) || chain.multiply_adds() > most_products) return;
        const double time = least_time(chain);
        Measured& known = m_known[layer];
        known.microseconds = known.products > 0 ? std::min(known.microseconds, time) : time;
        known.products = chain.multiply_adds();
        known.outputs = static_cast<double>(chain.outputs());
    }
    std::ptrdiff_t measured() const {
        return std::ranges::count_if(m_known,
                                     [](const auto& known) { return known.second.products > 0; });
    }

private:
    static constexpr auto count = static_cast<std::size_t>(most_numbers);

    bool add(bench::Chain& chain, const Layer& layer) const {
        const Values& values = layer.values;
        const float* weights = m_numbers.data();
        switch (layer.kind) {
            case transposed:
                return chain.add(convolution<Conv2DTranspose>(values, values[strides]), weights,
                                 weights);
            case plain:
                return chain.add(convolution<Conv2D>(values, values[strides]), weights, weights);
            default:
                return chain.add_merged({.size = {values[strides], values[strides]}},
                                        convolution<Conv2D>(values, 1), weights, weights);
        }
    }
    /// Microseconds of a call; samples last long enough for the clock not to count.
    double least_time(bench::Chain& chain) {
        using Clock = std::chrono::steady_clock;
        const auto microseconds = [&](int calls) {
            const auto start = Clock::now();
            for (int i = 0; i < calls; ++i) chain.run(m_numbers.data(), m_output.data());
            return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
        };
        microseconds(1);
        double least = microseconds(1);
        const int calls = std::max(1, static_cast<int>(20 / std::max(least, 0.01)));
        double spent = 0;
        for (int samples = 0; samples < 3 || spent < 1000; ++samples) {
            const double sample = microseconds(calls);
            least = std::min(least, sample / calls);
            spent += sample;
        }
        return least;
    }

    AlignedFloats m_numbers, m_output;
    std::map<Layer, Measured> m_known;
};

struct Step {
    Pair pair;
    Measured smaller, larger;
    bool climbs() const { return larger.nanoseconds_each() > smaller.nanoseconds_each(); }
    double height() const {
        const double ratio = larger.nanoseconds_each() / smaller.nanoseconds_each();
        return std::max(ratio, 1 / ratio);
    }
    bool is_high() const { return height() > cliff; }
    /// Not if the time of a number written changes less, or the other way: then writing decides,
    /// not multiplying.
    bool is_cliff() const {
        const double ratio =
            larger.microseconds / larger.outputs / (smaller.microseconds / smaller.outputs);
        return is_high() && (climbs() ? ratio : 1 / ratio) > cliff;
    }
};

/// The pairs that are neither too small nor too large to tell.
std::vector<Step> compared(const std::set<Pair>& pairs, Sweep& sweep) {
    std::vector<Step> steps;
    for (const Pair& pair : pairs) {
        const Step step{pair, sweep.known(pair.smaller), sweep.known(pair.larger)};
        if (std::min(step.smaller.microseconds, step.larger.microseconds) >= least_microseconds)
            steps.push_back(step);
    }
    return steps;
}

void print(const Step& step) {
    std::printf("%5.2f  %-19s", step.height(), kind_names[step.pair.smaller.kind]);
    for (std::size_t p = 0; p < parameters; ++p) {
        const int from = step.pair.smaller.values[p];
        const int to = step.pair.larger.values[p];
        std::printf("  %s %d", parameter_names[p], from);
        if (from != to) std::printf("->%d", to);
    }
    std::printf("   %.4f -> %.4f ns, %.1f -> %.1f us\n", step.smaller.nanoseconds_each(),
                step.larger.nanoseconds_each(), step.smaller.microseconds,
                step.larger.microseconds);
}

/// How many cliffs of how many steps, by layer and parameter.
void print_counts(const std::vector<Step>& all) {
    std::printf("\n%-19s", "cliffs/steps");
    for (const char* name : parameter_names) std::printf(" %12s", name);
    for (int kind = 0; kind < kinds; ++kind) {
        std::printf("\n%-19s", kind_names[static_cast<std::size_t>(kind)]);
        for (int p = 0; p < parameters; ++p) {
            const auto is_here = [&](const Step& step) {
                return step.pair.smaller.kind == kind && step.pair.changed == p;
            };
            const auto is_cliff = [&](const Step& step) {
                return is_here(step) && step.is_cliff();
            };
            std::printf(" %5td / %4td", std::ranges::count_if(all, is_cliff),
                        std::ranges::count_if(all, is_here));
        }
    }
    std::printf("\n");
}

template <typename Wanted>
void print_those(const char* title, const std::vector<Step>& all, Wanted&& wanted) {
    std::printf("\n%s\n", title);
    for (const Step& step : all)
        if (wanted(step)) print(step);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && !force_target(argv[1])) {
        std::fprintf(stderr, "This machine does not run %s.\n", argv[1]);
        return 2;
    }
    Sweep sweep;
    const std::set<Pair> pairs = neighbours();
    std::vector<Step> all = compared(pairs, sweep);
    for (int again = 0; again < 2; ++again) {
        for (const Step& step : all)
            if (step.is_high()) {
                sweep.measure(step.pair.smaller);
                sweep.measure(step.pair.larger);
            }
        all = compared(pairs, sweep);
    }
    std::ranges::sort(all, std::greater(), &Step::height);

    std::printf("%s: %td layers, %zu steps of %.0f us or more, %td cliffs of more than %.1f\n",
                active_target().c_str(), sweep.measured(), all.size(), least_microseconds,
                std::ranges::count_if(all, &Step::is_cliff), cliff);
    print_counts(all);
    print_those("The larger value costs more for each multiply-add", all,
                [](const Step& step) { return step.is_cliff() && step.climbs(); });
    print_those("The larger value costs less for each multiply-add", all,
                [](const Step& step) { return step.is_cliff() && !step.climbs(); });
    print_those("Not cliffs, because not so for each number written", all,
                [](const Step& step) { return step.is_high() && !step.is_cliff(); });
}
