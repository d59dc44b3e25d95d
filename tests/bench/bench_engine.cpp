// SPDX-License-Identifier: MIT
// How long the engine takes: one thread, warm, a plan made once. Prints microseconds per call (the least of many)
// on every instruction set this machine has, and how many times faster than the plain loops each is.
//
//     bench_engine [part of a workload's name]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

#include "engine/kernels/aligned_floats.h"
#include "engine/kernels/kernels.h"

using namespace engine;

namespace {

struct Workload {
    const char* name;
    LayerSpec spec;
    Shape input;
};

template <typename Layer>
Layer convolution(int filters, int kernel, int strides) {
    Layer layer;
    layer.filters = filters;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = Same{};
    return layer;
}

constexpr auto transposed = convolution<Conv2DTranspose>;
constexpr UpSampling2D nearest{{2, 2}, Interpolation::nearest};
constexpr UpSampling2D bilinear{{2, 2}, Interpolation::bilinear};

Dense dense(int units) {
    Dense layer;
    layer.units = units;
    return layer;
}

std::vector<Workload> workloads() {
    return {
        {"tiny 2x2 k3 s2", transposed(1, 3, 2), {2, 2, 1}},
        {"tiny 8x8 k3 s2", transposed(1, 3, 2), {8, 8, 1}},
        {"seed 5x5x128 to 1 k3 s2", transposed(1, 3, 2), {5, 5, 128}},
        {"seed conv 10x10x128 to 1 k3", convolution<Conv2D>(1, 3, 1), {10, 10, 128}},
        {"dcgan1 4x4x1024 to 512 k4 s2", transposed(512, 4, 2), {4, 4, 1024}},
        {"dcgan3 16x16x256 to 128 k4 s2", transposed(128, 4, 2), {16, 16, 256}},
        {"dcgan4 32x32x128 to 3 k4 s2", transposed(3, 4, 2), {32, 32, 128}},
        {"fcn8s 28x28x21 k16 s8", transposed(21, 16, 8), {28, 28, 21}},
        {"image 512x512x1 k4 s2", transposed(1, 4, 2), {512, 512, 1}},
        {"image conv 512x512x1 k3", convolution<Conv2D>(1, 3, 1), {512, 512, 1}},
        {"nearest 1024x1024x3", nearest, {1024, 1024, 3}},
        {"nearest 64x64x64", nearest, {64, 64, 64}},
        {"bilinear 1024x1024x3", bilinear, {1024, 1024, 3}},
        {"bilinear 64x64x64", bilinear, {64, 64, 64}},
        {"Dense 100 to 3200", dense(3200), {100}},
    };
}

std::vector<float> numbers(const Shape& shape) {
    SeededRandom random(1);
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values) value = static_cast<float>(random.normal());
    return values;
}

/// Least time of one call in microseconds, measured for about `milliseconds` but at least twice.
template <typename F>
double least_time(F&& call, double milliseconds) {
    using Clock = std::chrono::steady_clock;
    const auto microseconds = [&](int calls) {
        const auto start = Clock::now();
        for (int i = 0; i < calls; ++i) call();
        return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
    };
    double least = microseconds(1);
    // A sample lasts 20 microseconds or more, so that the clock itself does not count.
    const int calls = std::max(1, static_cast<int>(20 / std::max(least, 0.01)));
    double spent = 0;
    do {
        const double sample = microseconds(calls);
        least = std::min(least, sample / calls);
        spent += sample;
    } while (spent < milliseconds * 1000);
    return least;
}

void measure(const Workload& workload, const std::vector<std::string>& targets) {
    const Geometry geometry = infer(workload.spec, workload.input).value();
    const WeightShapes shapes = weight_shapes(workload.spec, geometry);
    Weights weights;
    if (shapes.kernel.rank() > 0) weights.kernel = {shapes.kernel, numbers(shapes.kernel)};
    if (shapes.bias.rank() > 0) weights.bias = {shapes.bias, numbers(shapes.bias)};
    // On cache lines: else the luck of the allocator would be measured.
    const std::vector<float> values = numbers(workload.input);
    AlignedFloats input(values.size());
    std::copy(values.begin(), values.end(), input.data());
    AlignedFloats output(static_cast<std::size_t>(geometry.output.count()));

    std::vector<double> times;
    for (const std::string& target : targets) {
        if (!force_target(target)) return;
        const Plan plan = Plan::make(workload.spec, geometry, weights);
        times.push_back(least_time([&] { plan.run(input.data(), output.data()); }, 200));
    }
    std::printf("%-30s", workload.name);
    for (const double time : times) std::printf(" %10.3f %5.0fx", time, times.back() / time);
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> targets = runnable_targets();  // the plain loops come last
    std::printf("%-30s", "microseconds");
    for (const std::string& target : targets) std::printf(" %17s", target.c_str());
    std::printf("\n");
    for (const Workload& workload : workloads())
        if (argc < 2 || std::strstr(workload.name, argv[1])) measure(workload, targets);
}
