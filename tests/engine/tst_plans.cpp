// SPDX-License-Identifier: MIT
// Plans beyond one layer on one input and one thread: the two layers of the tutorial merged into one, and work shared
// between threads.
#include <QTest>
#include <atomic>
#include <cmath>
#include <thread>

#include "engine/forward.h"
#include "engine/kernels/kernels.h"
#include "engine/kernels/thread_pool.h"
#include "tests/support/targets.h"
#include "tests/support/tensor_text.h"

using namespace engine;

namespace {

Tensor normal_numbers(SeededRandom& random, const Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values) value = static_cast<float>(random.normal());
    return {shape, std::move(values)};
}

Weights normal_weights(SeededRandom& random, const LayerSpec& spec, const Geometry& geometry) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    Weights weights;
    if (shapes.kernel.rank() > 0) weights.kernel = normal_numbers(random, shapes.kernel);
    if (shapes.bias.rank() > 0) weights.bias = normal_numbers(random, shapes.bias);
    return weights;
}

Conv2D convolution(int filters, Extent kernel_size, Padding padding, Extent dilation = {1, 1}) {
    Conv2D layer;
    layer.filters = filters;
    layer.kernel_size = kernel_size;
    layer.padding = padding;
    layer.dilation_rate = dilation;
    return layer;
}

/// The largest difference between the merged layer and the two one after the other, over the largest output; none
/// where the convolution does not fit.
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

    /// 1 2 / 3 4 made larger, then 3x3 ones: whole numbers, so the order of the sums does not matter.
    void upsampling_and_convolution_data() { support::add_targets(); }
    void upsampling_and_convolution() {
        support::force_target();
        const UpSampling2D twice{{2, 2}, Interpolation::nearest};
        const Conv2D sum = convolution(1, {3, 3}, Same{});
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
        for (const Extent size : {Extent{2, 2}, Extent{1, 3}, Extent{4, 2}, Extent{1, 1}})
            for (int kernel = 1; kernel <= 5; ++kernel)
                for (const Extent dilation : {Extent{1, 1}, Extent{2, 1}, Extent{1, 3}})
                    for (const Padding& padding :
                         {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 2}})})
                        for (const int channels : {1, 3, 16, 40})
                            for (const int filters : {1, 3, 18}) {
                                const UpSampling2D upsampling{size, Interpolation::nearest};
                                const Conv2D conv = convolution(filters, {kernel, 1 + kernel % 4},
                                                                padding, dilation);
                                const auto error =
                                    merging_error(upsampling, conv, {3, 1 + kernel, channels});
                                if (!error) continue;
                                ++cases;
                                QVERIFY2(*error <= 1e-6, QByteArray::number(*error).constData());
                            }
        QVERIFY(cases > 1500);
    }

    void what_cannot_be_merged() {
        const Shape map{4, 4, 2};
        const auto merges = [&](Interpolation interpolation, Extent strides) {
            const UpSampling2D upsampling{{2, 2}, interpolation};
            Conv2D conv = convolution(1, {3, 3}, Same{});
            conv.strides = strides;
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
        const Conv2D conv = convolution(60, {3, 3}, Same{});
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
        const auto transposed = [](int filters, int k, int s) {
            Conv2DTranspose layer;
            layer.filters = filters;
            layer.kernel_size = {k, k};
            layer.strides = {s, s};
            layer.padding = Same{};
            return layer;
        };
        const std::vector<std::pair<LayerSpec, Shape>> layers{
            {transposed(128, 4, 2), {7, 9, 64}},
            {transposed(40, 5, 3), {16, 16, 33}},
            {transposed(3, 4, 2), {33, 17, 64}},
            {transposed(1, 3, 2), {30, 31, 128}},
            {transposed(1, 4, 2), {150, 170, 1}},
            {convolution(2, {3, 3}, Same{}), {150, 150, 2}},
            {UpSampling2D{{2, 2}, Interpolation::nearest}, {101, 90, 3}},
            {UpSampling2D{{2, 3}, Interpolation::bilinear}, {99, 101, 3}},
            {UpSampling2D{{2, 2}, Interpolation::bilinear}, {41, 37, 64}},
            {UpSampling2D{{2, 2}, Interpolation::lanczos3}, {61, 67, 4}},
            {Dense{.units = 4000}, {100}},
        };
        ThreadPool pool(3);
        for (const auto& [spec, shape] : layers) {
            const Geometry geometry = infer(spec, shape).value();
            SeededRandom random(5);
            const Weights weights = normal_weights(random, spec, geometry);
            const Tensor input = normal_numbers(random, {2, static_cast<int>(shape.count())});
            const auto outputs = [&](int batch, int threads) {
                const Plan plan = Plan::make(spec, geometry, weights, {batch, threads});
                if (plan.target() != "reference") {
                    if ((plan.shares() > 1) != (threads > 1))
                        qFatal("%s: %d shares", class_name(spec).c_str(), plan.shares());
                }
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

    void small_work_stays_on_one_thread() {
        Conv2DTranspose layer;
        layer.kernel_size = {3, 3};
        layer.strides = {2, 2};
        const Geometry geometry = infer(layer, {8, 8, 1}).value();
        SeededRandom random(5);
        const Weights weights = normal_weights(random, layer, geometry);
        QCOMPARE(Plan::make(layer, geometry, weights, {.threads = 8}).shares(), 1);
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
