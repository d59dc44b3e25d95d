// SPDX-License-Identifier: MIT
// Plans beyond one layer on one input and one thread: the two layers of the tutorial merged into
// one, and work shared between threads.
#include <QTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <span>
#include <thread>
#if defined(__linux__)
#include <sys/resource.h>
#endif

#include "engine/kernels/aligned_floats.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/thread_pool.h"
#include "engine/models/forward.h"
#include "tests/support/random_layers.h"
#include "tests/support/targets.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::convolution;
using support::normal_numbers;

namespace {

Weights normal_weights(SeededRandom& random, const LayerSpec& spec, const Geometry& geometry) {
    return support::weights_of(normal_numbers, random, spec, geometry);
}

/// Rows that begin on cache lines are written past the caches where there are many.
QByteArray fault_past_the_caches(const UpSampling2D& layer) {
    const Geometry geometry = infer(layer, {600, 600, 3}).value();
    SeededRandom random(7);
    const Tensor input = normal_numbers(random, geometry.input);
    const auto count = static_cast<std::size_t>(geometry.output.count());
    AlignedFloats aligned(count), shifted(count + 1);
    ThreadPool pool(3);
    const Plan plan = Plan::make(layer, geometry, {});
    plan.run(input.data(), shifted.data() + 1);
    for (ThreadPool* const with : {static_cast<ThreadPool*>(nullptr), &pool}) {
        std::fill_n(aligned.data(), count, std::numeric_limits<float>::quiet_NaN());
        plan.run(input.data(), aligned.data(), with);
        if (!std::equal(aligned.data(), aligned.data() + count, shifted.data() + 1))
            return with == nullptr ? "alone" : "with a pool";
    }
    return {};
}

/// The largest difference between the merged layer and the two one after the other, over the
/// largest output; none where the convolution does not fit.
std::optional<double> merging_error(const UpSampling2D& upsampling, const Conv2D& conv,
                                    const Shape& input_shape) {
    const auto upsampled = infer(upsampling, input_shape);
    const auto convolved = infer(conv, upsampled->output);
    if (!convolved) return std::nullopt;
    SeededRandom random(11);
    const Tensor input = normal_numbers(random, input_shape);
    const Weights weights = normal_weights(random, conv, *convolved);
    std::vector<float> merged(static_cast<std::size_t>(convolved->output.count()));
    Plan::make_merged(upsampling, *upsampled, conv, *convolved, weights)
        ->run(input.data(), merged.data());

    std::vector<float> larger(static_cast<std::size_t>(upsampled->output.count()));
    std::vector<float> expected(merged.size());
    reference::upsampling2d(upsampling, *upsampled, input.data(), larger.data());
    reference::conv2d(conv, *convolved, weights, larger.data(), expected.data());
    double error = 0, largest = 0;
    for (std::size_t i = 0; i < merged.size(); ++i) {
        error = std::max(error, std::abs(double{merged[i]} - expected[i]));
        largest = std::max(largest, std::abs(double{expected[i]}));
    }
    return error / largest;
}

}  // namespace

class TestPlans : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(force_target(runnable_targets().front())); }

    /// 1 2 / 3 4 made larger, then 3x3 ones: whole numbers, so the order of the sums does not
    /// matter.
    void upsampling_and_convolution_data() { support::add_targets(); }
    void upsampling_and_convolution() {
        support::force_target();
        const UpSampling2D twice{{2, 2}, Interpolation::nearest};
        const Conv2D sum = convolution<Conv2D>(1, {3, 3}, {1, 1}, Same{});
        const Tensor input = support::grid("1 2 / 3 4");
        const Geometry upsampled = infer(twice, input.shape()).value();
        const Geometry convolved = infer(sum, upsampled.output).value();
        const Weights weights{.kernel = support::kernel("1 1 1 / 1 1 1 / 1 1 1"),
                              .bias = support::vector({0})};
        std::vector<float> out(16);
        Plan::make_merged(twice, upsampled, sum, convolved, weights)->run(input.data(), out.data());
        QCOMPARE(Tensor(convolved.output, out),
                 support::grid("4 8 10 8 / 10 18 21 16 / 14 24 27 20 / 12 20 22 16"));
    }

    void merged_taps_agree_data() { support::add_targets(); }
    void merged_taps_agree() {
        support::force_target();
        int cases = 0;
        for (const Size2D size : {Size2D{2, 2}, Size2D{1, 3}, Size2D{4, 2}, Size2D{1, 1}})
            for (int kernel = 1; kernel <= 5; ++kernel)
                for (const Size2D dilation : {Size2D{1, 1}, Size2D{2, 1}, Size2D{1, 3}})
                    for (const Padding& padding :
                         {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 2}})})
                        for (const int channels : {1, 3, 16, 40})
                            for (const int filters : {1, 3, 18}) {
                                const UpSampling2D upsampling{size, Interpolation::nearest};
                                Conv2D conv = convolution<Conv2D>(filters, {kernel, 1 + kernel % 4},
                                                                  {1, 1}, padding);
                                conv.dilation_rate = dilation;
                                const auto error =
                                    merging_error(upsampling, conv, {3, 1 + kernel, channels});
                                if (!error) continue;
                                ++cases;
                                QVERIFY2(*error <= 1e-6, QByteArray::number(*error).constData());
                            }
        QVERIFY(cases > 1500);
    }

    void merged_work_is_shared_data() { support::add_targets(); }
    void merged_work_is_shared() {
        support::force_target();
        const UpSampling2D upsampling{{2, 2}, Interpolation::nearest};
        const Conv2D conv = convolution<Conv2D>(24, {3, 3}, {1, 1}, Same{});
        const Geometry upsampled = infer(upsampling, {16, 17, 32}).value();
        const Geometry convolved = infer(conv, upsampled.output).value();
        SeededRandom random(9);
        const Weights weights = normal_weights(random, conv, convolved);
        const Tensor input = normal_numbers(random, {2, static_cast<int>(upsampled.input.count())});
        const auto outputs = [&](int threads) {
            ThreadPool pool(threads);
            const auto plan =
                Plan::make_merged(upsampling, upsampled, conv, convolved, weights, {.batch = 2});
            std::vector<float> out(static_cast<std::size_t>(2 * convolved.output.count()));
            plan->run(input.data(), out.data(), &pool);
            return out;
        };
        QVERIFY(outputs(1) == outputs(3));
    }

    void what_cannot_be_merged() {
        const Shape map{4, 4, 2};
        const auto merges = [&](Interpolation interpolation, Size2D strides) {
            const UpSampling2D upsampling{{2, 2}, interpolation};
            const Conv2D conv = convolution<Conv2D>(1, {3, 3}, strides, Same{});
            const Geometry upsampled = infer(upsampling, map).value();
            const Geometry convolved = infer(conv, upsampled.output).value();
            SeededRandom random(1);
            return Plan::make_merged(upsampling, upsampled, conv, convolved,
                                     normal_weights(random, conv, convolved))
                .has_value();
        };
        QVERIFY(merges(Interpolation::nearest, {1, 1}));
        QVERIFY(!merges(Interpolation::bilinear, {1, 1}));
        QVERIFY(!merges(Interpolation::nearest, {1, 2}));
        // Each of 1000 x 1000 outputs of a cell would have weights of its own.
        const UpSampling2D thousand{{1000, 1000}, Interpolation::nearest};
        const Conv2D conv = convolution<Conv2D>(60, {3, 3}, {1, 1}, Same{});
        const Geometry upsampled = infer(thousand, {1, 1, 2}).value();
        const Geometry convolved = infer(conv, upsampled.output).value();
        SeededRandom random(1);
        QVERIFY(!Plan::make_merged(thousand, upsampled, conv, convolved,
                                   normal_weights(random, conv, convolved)));
    }

    /// However many threads: the same numbers to the last bit.
    void shared_work_data() { support::add_targets(); }
    void shared_work() {
        support::force_target();
        const std::vector<std::pair<LayerSpec, Shape>> layers{
            {convolution<Conv2DTranspose>(128, {4, 4}, {2, 2}, Same{}), {7, 9, 64}},
            {convolution<Conv2DTranspose>(40, {5, 5}, {3, 3}, Same{}), {16, 16, 33}},
            {convolution<Conv2DTranspose>(3, {4, 4}, {2, 2}, Same{}), {33, 17, 64}},
            {convolution<Conv2DTranspose>(1, {3, 3}, {2, 2}, Same{}), {30, 31, 128}},
            {convolution<Conv2DTranspose>(1, {4, 4}, {2, 2}, Same{}), {150, 170, 1}},
            {convolution<Conv2D>(2, {3, 3}, {1, 1}, Same{}), {150, 150, 2}},
            {UpSampling2D{{2, 2}, Interpolation::nearest}, {101, 90, 3}},
            {UpSampling2D{{2, 3}, Interpolation::bilinear}, {99, 101, 3}},
            {UpSampling2D{{2, 2}, Interpolation::bilinear}, {41, 37, 64}},
            {UpSampling2D{{2, 2}, Interpolation::lanczos3}, {61, 67, 4}},
            {Dense{.units = 4000}, {100}},
        };
        for (const auto& layer : layers) {
            const LayerSpec& spec = layer.first;
            const Shape& shape = layer.second;
            const Geometry geometry = infer(spec, shape).value();
            SeededRandom random(5);
            const Weights weights = normal_weights(random, spec, geometry);
            const Tensor input = normal_numbers(random, {2, static_cast<int>(shape.count())});
            const auto outputs = [&](int batch, int threads) {
                const Plan plan = Plan::make(spec, geometry, weights, {batch});
                const int shares = plan.shares(threads);
                if ((shares > 1) != (threads > 1 && plan.target() != "reference"))
                    qFatal("%s: %d shares", class_name(spec).c_str(), shares);
                ThreadPool pool(threads);
                std::vector<float> out(static_cast<std::size_t>(geometry.output.count() * batch),
                                       std::numeric_limits<float>::quiet_NaN());
                plan.run(input.data(), out.data(), &pool);
                return out;
            };
            for (const int batch : {1, 2}) {
                const auto alone = outputs(batch, 1);
                for (const int threads : {2, 3, 5})
                    QVERIFY2(outputs(batch, threads) == alone, class_name(spec).c_str());
            }
        }
    }

    void past_the_caches_data() { support::add_targets(); }
    void past_the_caches() {
        support::force_target();
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::bilinear})
            for (const int width : {2, 4})
                QCOMPARE(fault_past_the_caches({{2, width}, kind}), QByteArray());
    }

    /// The kernel for sparse matrices does whole inputs only.
    void a_matrix_is_not_cut_data() { support::add_targets(); }
    void a_matrix_is_not_cut() {
        support::force_target();
        const LayerSpec layer = convolution<Conv2DTranspose>(1, {64, 64}, {1, 1}, Valid{});
        const Geometry geometry = infer(layer, {1, 1, 2}).value();
        SeededRandom random(3);
        const Weights weights = normal_weights(random, layer, geometry);
        const Tensor input = normal_numbers(random, {2});
        std::vector<float> alone(64 * 64), shared(64 * 64);
        Plan::make(layer, geometry, weights).run(input.data(), alone.data());
        ThreadPool pool(2);
        const Plan plan = Plan::make(layer, geometry, weights);
        QCOMPARE(plan.shares(2), 1);
        plan.run(input.data(), shared.data(), &pool);
        QVERIFY(shared == alone);
    }

    /// Kernels far longer than the map: only the taps that meet something are looked at.
    void long_kernels() {
        const int taps = 1 << 16;
        Conv2DTranspose stamp;
        stamp.kernel_size = {1, taps};
        const Geometry geometry = infer(stamp, {1, 2, 1}).value();
        SeededRandom random(4);
        const Weights weights = normal_weights(random, stamp, geometry);
        const Tensor input = normal_numbers(random, geometry.input);
        std::vector<float> found(static_cast<std::size_t>(geometry.output.count()));
        std::vector<float> expected(found.size());
        Plan::make(stamp, geometry, weights).run(input.data(), found.data());
        reference::conv2d_transpose(stamp, geometry, weights, input.data(), expected.data());
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i] - expected[i]) <= 1e-5F);
    }

    /// More vectors than a map may have columns are so many inputs, and no inputs are no work.
    void any_batch_of_vectors() {
        const Dense dense{.units = 1};
        const Geometry geometry = infer(dense, {1000, 1}).value();
        const Weights weights{.kernel = support::grid("2").reshaped({1, 1}),
                              .bias = support::vector({1})};
        for (const int batch : {0, 1, 1100}) {
            std::vector<float> input(1000 * static_cast<std::size_t>(batch));
            for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<float>(i % 977);
            std::vector<float> out(input.size());
            Plan::make(dense, geometry, weights, {.batch = batch}).run(input.data(), out.data());
            for (std::size_t i = 0; i < out.size(); ++i) QCOMPARE(out[i], 2 * input[i] + 1);
        }
    }

    /// A plan refers to no weights once it is made, whoever owned them.
    void weights_may_lie_anywhere_data() { support::add_targets(); }
    void weights_may_lie_anywhere() {
        support::force_target();
        const LayerSpec layer = convolution<Conv2DTranspose>(5, {3, 3}, {2, 2}, Same{});
        const Geometry geometry = infer(layer, {4, 4, 7}).value();
        SeededRandom random(6);
        const Weights weights = normal_weights(random, layer, geometry);
        const Tensor input = normal_numbers(random, geometry.input);
        const auto result_of = [&](const Plan& plan) {
            std::vector<float> out(static_cast<std::size_t>(geometry.output.count()));
            plan.run(input.data(), out.data());
            return out;
        };
        const auto from_elsewhere = [&] {
            const auto kernel = weights.kernel.values(), bias = weights.bias.values();
            std::vector<float> numbers(1, 0.0F);  // off every boundary
            numbers.insert(numbers.end(), kernel.begin(), kernel.end());
            numbers.insert(numbers.end(), bias.begin(), bias.end());
            const auto view = std::span<const float>(numbers);
            Plan plan =
                Plan::make(layer, geometry,
                           WeightsView(view.subspan(1, kernel.size()), view.last(bias.size())));
            std::ranges::fill(numbers, std::numeric_limits<float>::quiet_NaN());
            return plan;
        };
        QVERIFY(result_of(from_elsewhere()) == result_of(Plan::make(layer, geometry, weights)));
    }

    void small_work_stays_on_one_thread() {
        const LayerSpec layer = convolution<Conv2DTranspose>(1, {3, 3}, {2, 2}, Same{});
        const Geometry geometry = infer(layer, {8, 8, 1}).value();
        SeededRandom random(5);
        const Weights weights = normal_weights(random, layer, geometry);
        QCOMPARE(Plan::make(layer, geometry, weights).shares(8), 1);
    }

    void every_share_once() {
        for (const int threads : {1, 2, 4})
            for (const int shares : {0, 1, 2, 3, 9}) {
                ThreadPool pool(threads);
                QCOMPARE(pool.threads(), threads);
                for (int round = 0; round < 200; ++round) {
                    std::vector<std::atomic<int>> calls(static_cast<std::size_t>(shares));
                    pool.run(shares, [&](int share) { ++calls[static_cast<std::size_t>(share)]; });
                    for (const auto& count : calls) QCOMPARE(count.load(), 1);
                }
            }
    }

    /// Where the system gives no more threads, those there are do the work.
    void a_pool_of_fewer_threads() {
#if defined(__linux__) && !defined(STRIDESCOPE_SANITIZED)
        constexpr int wanted = 200;
        rlimit limit{};
        QCOMPARE(getrlimit(RLIMIT_AS, &limit), 0);
        const rlimit nothing_more{1 << 20, limit.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_AS, &nothing_more), 0);
        std::optional<ThreadPool> pool;
        pool.emplace(wanted);
        QCOMPARE(setrlimit(RLIMIT_AS, &limit), 0);
        QVERIFY(pool->threads() < wanted);
        std::atomic<int> sum = 0;
        pool->run(9, [&](int share) { sum += share + 1; });
        QCOMPARE(sum.load(), 45);
#else
        QSKIP("Only where memory for stacks can be held back.");
#endif
    }

    /// Who finds the pool at work does the whole job alone.
    void a_pool_with_two_callers() {
        ThreadPool pool(2);
        std::atomic<int> sum = 0;
        const auto caller = [&] {
            for (int round = 0; round < 2000; ++round)
                pool.run(3, [&](int share) { sum += share + 1; });
        };
        std::thread other(caller);
        caller();
        other.join();
        QCOMPARE(sum.load(), 2 * 2000 * 6);
    }

    void a_pool_that_slept() {
        ThreadPool pool(2);
        for (int round = 0; round < 3; ++round) {
            QTest::qSleep(20);
            std::atomic<int> sum = 0;
            pool.run(2, [&](int share) { sum += share + 1; });
            QCOMPARE(sum.load(), 3);
        }
    }
};

QTEST_APPLESS_MAIN(TestPlans)
#include "tst_plans.moc"
