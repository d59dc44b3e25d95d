// SPDX-License-Identifier: MIT
// How long the engine takes for 25 layers of the tutorial and of well-known networks, on every
// instruction set this machine has: warm with one thread and two, and cold. A program of Google
// Benchmark, whose options it takes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <thread>

#include "tests/bench/chain.h"

namespace {

using bench::Chain;

/// (height, width, channels) of the input, filters or units, kernel_size, strides or size; of the
/// generators the input is what their Dense layer makes.
struct Layer {
    const char* name;
    up_kind kind;
    int batch, height, width, channels, filters, kernel, strides;
};

// The names are those of the harness that measures the engine beside other libraries.
constexpr std::array layers{
    Layer{"a_seed_convt_5x5x128_1_k3s2", UP_CONV2D_TRANSPOSE, 1, 5, 5, 128, 1, 3, 2},
    Layer{"b_seed_up2conv_5x5x128_1_k3", UP_NEAREST_CONV2D, 1, 5, 5, 128, 1, 3, 2},
    Layer{"c_dcgan1_4x4x1024_512_k5s2", UP_CONV2D_TRANSPOSE, 1, 4, 4, 1024, 512, 5, 2},
    Layer{"c_dcgan2_8x8x512_256_k5s2", UP_CONV2D_TRANSPOSE, 1, 8, 8, 512, 256, 5, 2},
    Layer{"c_dcgan3_16x16x256_128_k5s2", UP_CONV2D_TRANSPOSE, 1, 16, 16, 256, 128, 5, 2},
    Layer{"c_dcgan4_32x32x128_3_k5s2", UP_CONV2D_TRANSPOSE, 1, 32, 32, 128, 3, 5, 2},
    Layer{"c_dcgan1_4x4x1024_512_k4s2", UP_CONV2D_TRANSPOSE, 1, 4, 4, 1024, 512, 4, 2},
    Layer{"c_dcgan2_8x8x512_256_k4s2", UP_CONV2D_TRANSPOSE, 1, 8, 8, 512, 256, 4, 2},
    Layer{"c_dcgan3_16x16x256_128_k4s2", UP_CONV2D_TRANSPOSE, 1, 16, 16, 256, 128, 4, 2},
    Layer{"c_dcgan4_32x32x128_3_k4s2", UP_CONV2D_TRANSPOSE, 1, 32, 32, 128, 3, 4, 2},
    Layer{"d_fcn8s_28x28x21_21_k16s8", UP_CONV2D_TRANSPOSE, 1, 28, 28, 21, 21, 16, 8},
    Layer{"e_unet_64x64x128_64_k4s2", UP_CONV2D_TRANSPOSE, 1, 64, 64, 128, 64, 4, 2},
    Layer{"e_pix2pix_128x128x64_3_k4s2", UP_CONV2D_TRANSPOSE, 1, 128, 128, 64, 3, 4, 2},
    Layer{"f_tiny_2x2x1_1_k3s2", UP_CONV2D_TRANSPOSE, 1, 2, 2, 1, 1, 3, 2},
    Layer{"f_tiny_8x8x1_1_k3s2", UP_CONV2D_TRANSPOSE, 1, 8, 8, 1, 1, 3, 2},
    Layer{"g_img_512x512x1_1_k4s2", UP_CONV2D_TRANSPOSE, 1, 512, 512, 1, 1, 4, 2},
    Layer{"g_up2_nearest_1024x1024x3", UP_NEAREST, 1, 1024, 1024, 3, 3, 1, 2},
    Layer{"g_up2_bilinear_1024x1024x3", UP_BILINEAR, 1, 1024, 1024, 3, 3, 1, 2},
    Layer{"g_up2_nearest_64x64x64", UP_NEAREST, 1, 64, 64, 64, 64, 1, 2},
    Layer{"g_up2_bilinear_64x64x64", UP_BILINEAR, 1, 64, 64, 64, 64, 1, 2},
    Layer{"h_dense_100_3200_b1", UP_DENSE, 1, 1, 1, 100, 3200, 1, 1},
    Layer{"h_gen_convt_b1", UP_DENSE_CONV2D_TRANSPOSE, 1, 5, 5, 128, 1, 3, 2},
    Layer{"h_gen_upconv_b1", UP_DENSE_NEAREST_CONV2D, 1, 5, 5, 128, 1, 3, 2},
    Layer{"h_gen_convt_b64", UP_DENSE_CONV2D_TRANSPOSE, 64, 5, 5, 128, 1, 3, 2},
    Layer{"h_gen_upconv_b64", UP_DENSE_NEAREST_CONV2D, 64, 5, 5, 128, 1, 3, 2},
};

/// Numbers in [-0.5, 0.5) for every input and every weight: as many as the largest kernel has.
const float* numbers() {
    static const engine::AlignedFloats values = [] {
        constexpr std::size_t count = 5 * 5 * 1024 * 512;
        engine::AlignedFloats made(count);
        engine::SeededRandom random(1);
        std::generate_n(made.data(), count,
                        [&] { return static_cast<float>(random.uniform() - 0.5); });
        return made;
    }();
    return values.data();
}

/// Made for the target, whichever is in use elsewhere.
std::unique_ptr<Chain> prepared(const Layer& layer, const std::string& target, int threads) {
    if (!engine::force_target(target)) return nullptr;
    up_workload workload{};
    workload.struct_size = sizeof(up_workload);
    workload.name = layer.name;
    workload.kind = layer.kind;
    workload.n = layer.batch;
    workload.h = layer.height;
    workload.w = layer.width;
    workload.ic = layer.channels;
    workload.oc = layer.filters;
    workload.k = layer.kernel;
    workload.s = layer.strides;
    workload.latent = 100;
    workload.kernel = workload.bias = workload.kernel2 = workload.bias2 = numbers();
    return Chain::of(workload, threads);
}

/// What one call does, as a rate: products where there are any, else bytes read and written.
void count(benchmark::State& state, const Chain& chain) {
    using benchmark::Counter;
    const double products = chain.multiply_adds();
    if (products > 0)
        state.counters["multiply_adds"] = Counter(products, Counter::kIsIterationInvariantRate);
    else
        state.counters["bytes"] =
            Counter(static_cast<double>((chain.inputs() + chain.outputs()) * sizeof(float)),
                    Counter::kIsIterationInvariantRate);
}

void warm(benchmark::State& state, const Layer& layer, const std::string& target) {
    const auto chain = prepared(layer, target, static_cast<int>(state.range(0)));
    if (!chain) return state.SkipWithError("refused");
    engine::AlignedFloats output(chain->outputs());
    for (auto _ : state) {
        chain->run(numbers(), output.data());
        benchmark::ClobberMemory();
    }
    count(state, *chain);
}

/// Weights checked and copied, plans made and run once. The machine's caches have seen code and
/// weights before.
void cold(benchmark::State& state, const Layer& layer, const std::string& target) {
    auto chain = prepared(layer, target, 1);
    if (!chain) return state.SkipWithError("refused");
    engine::AlignedFloats output(chain->outputs());
    chain.reset();
    for (auto _ : state) {
        chain = prepared(layer, target, 1);
        chain->run(numbers(), output.data());
        benchmark::ClobberMemory();
        state.PauseTiming();
        chain.reset();
        state.ResumeTiming();
    }
}

double least(const std::vector<double>& times) { return *std::ranges::min_element(times); }

void register_all() {
    const int most_threads = std::min(2, static_cast<int>(std::thread::hardware_concurrency()));
    for (const Layer& layer : layers)
        for (const std::string& target : engine::runnable_targets()) {
            const std::string name = std::string(layer.name) + '/' + target;
            auto* runs = benchmark::RegisterBenchmark(name.c_str(), warm, layer, target);
            runs->ArgName("threads")->Arg(1);
            if (most_threads > 1 && target != "reference") runs->Arg(most_threads);
            auto* first =
                benchmark::RegisterBenchmark((name + "/cold").c_str(), cold, layer, target);
            for (auto* any : {runs, first})
                any->UseRealTime()
                    ->Unit(benchmark::kMicrosecond)
                    ->ComputeStatistics("least", least);
        }
}

}  // namespace

int main(int argc, char** argv) {
    // Some 500 benchmarks in a minute or two; whoever says otherwise comes after and is heard.
    char short_time[] = "--benchmark_min_time=0.05";
    std::vector<char*> arguments(argv, argv + argc);
    arguments.insert(arguments.begin() + 1, short_time);
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;
    register_all();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
