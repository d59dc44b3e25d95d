// SPDX-License-Identifier: MIT
// The only clock that looks at the engine: two small layers, one of each kind of work.
#include "ui/document/time_limit.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>

#include "engine/kernels/kernels.h"

namespace ui::document {

namespace {

/// The shortest of a few runs: whatever else the machine does only makes them longer.
template <typename Job>
double nanoseconds(const Job& job) {
    using Clock = std::chrono::steady_clock;
    constexpr int most_runs = 9;
    constexpr int least_runs = 3;  // one may have been held up
    constexpr double enough = 20e6;
    double least = 0;
    double all = 0;
    for (int i = 0; i < least_runs || (i < most_runs && all < enough); ++i) {
        const auto start = Clock::now();
        job();
        const std::chrono::duration<double, std::nano> taken = Clock::now() - start;
        least = i == 0 ? taken.count() : std::min(least, taken.count());
        all += taken.count();
    }
    return least;
}

engine::Conv2D convolution_of(int filters) {
    engine::Conv2D layer;
    layer.filters = filters;
    layer.kernel_size = {3, 3};
    layer.padding = engine::Same{};
    return layer;
}

/// A convolution that all targets have a good way for, with 2 million products, and a smaller one.
engine::Pace measured_pace() {
    const engine::Tensor input = engine::Tensor::filled({16, 16, 32}, 1);
    std::vector<float> output(static_cast<std::size_t>(input.shape().count()));

    const engine::Conv2D many = convolution_of(32);
    const engine::Geometry wide = engine::infer(many, input.shape()).value();
    const auto plan = engine::Plan::make(many, wide, engine::materialize({}, many, wide));
    const double kernels = nanoseconds([&] { plan.run(input.data(), output.data()); });

    const engine::Conv2D few = convolution_of(4);
    const engine::Geometry narrow = engine::infer(few, input.shape()).value();
    const engine::Weights weights = engine::materialize({}, few, narrow);
    const double loops = nanoseconds(
        [&] { engine::reference::conv2d(few, narrow, weights, input.data(), output.data()); });
    const auto products = static_cast<double>(engine::work(few, narrow));
    // The layer measured is one that every target does well; others take half as long again beside
    // their costs.
    constexpr double of_usual_layers = 1.5;
    return {of_usual_layers * kernels / engine::nominal_nanoseconds(many, wide),
            loops / (engine::nominal_plain_product * products)};
}

engine::Pace pace_of_target() {
    static std::mutex door;
    static std::map<std::string, engine::Pace> paces;
    const std::scoped_lock inside(door);
    const std::string target = engine::active_target();
    const auto known = paces.find(target);
    return known != paces.end() ? known->second
                                : paces.emplace(target, measured_pace()).first->second;
}

}  // namespace

double expected_seconds(const engine::Effort& effort) {
    constexpr double worth_measuring = 0.002;
    const double nominal = engine::seconds(effort, {});
    return nominal < worth_measuring ? nominal : engine::seconds(effort, pace_of_target());
}

std::optional<engine::Error> TimeLimit::refuses(const engine::Effort& effort) const {
    const double expected = expected_seconds(effort);
    if (!(expected > seconds)) return std::nullopt;
    const auto milliseconds = [](double s) {
        return static_cast<std::int64_t>(std::min(std::round(s * 1000), 1e18));
    };
    return engine::Error{.code = engine::ErrorCode::too_much_work,
                         .subject = "run",
                         .given = {milliseconds(expected), effort.products},
                         .limit = {milliseconds(seconds)},
                         .text = "--limit"};
}

}  // namespace ui::document
