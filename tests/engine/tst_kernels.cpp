// SPDX-License-Identifier: MIT
// The fast kernels against the oracle, on every instruction set this machine has: the tutorial's
// numbers, then the targets, then sweeps in which whole numbers must agree exactly and floats
// within the stated error.
#include <QTest>
#include <limits>
#include <numeric>
#include <set>

#include "tests/engine/kernel_case.h"
#include "tests/support/targets.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::convolution;
using support::Sweep;

namespace {

/// Kernels, strides, dilation and paddings on maps of few channels and all widths.
template <typename Layer>
void sweep_settings(Sweep& sweep) {
    int width = 0;
    for (int kernel = 1; kernel <= 7; ++kernel)
        for (int stride = 1; stride <= 4; ++stride)
            for (int dilation = 1; dilation <= 3; ++dilation)
                for (const Padding& padding :
                     {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 2}})}) {
                    width = width % 19 + 1;
                    auto layer = convolution<Layer>(1 + width % 3, {kernel, 1 + kernel % 4},
                                                    {stride, 1 + (stride + dilation) % 4}, padding);
                    layer.dilation_rate = {dilation, 1 + dilation % 3};
                    const Shape input{1 + width * 7 % 9, width, 1 + kernel % 3};
                    sweep.add(layer, input);
                    std::swap(layer.kernel_size.height, layer.kernel_size.width);
                    std::swap(layer.strides.height, layer.strides.width);
                    layer.use_bias = false;
                    sweep.add(layer, input);
                }
}

template <typename Layer>
void sweep_channels(Sweep& sweep) {
    constexpr int counts[] = {1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 66};
    int turn = 0;
    for (const int channels : counts)
        for (const int filters : counts) {
            const int k = 1 + ++turn % 5, s = 1 + turn % 3;
            sweep.add(convolution<Layer>(filters, {k, k}, {s, s}, Same{}),
                      {1 + turn % 4, 1 + turn % 7, channels});
        }
}

template <typename Layer>
void sweep_widths(Sweep& sweep) {
    for (int width = 1; width <= 19; ++width)
        for (int stride = 1; stride <= 5; ++stride)
            for (const int filters : {1, 3})
                sweep.add(convolution<Layer>(filters, {4, 4}, {stride, stride}, Same{}),
                          {2, width, filters});
    // Several segments of a row, with and without a rest; a row longer than all scratch.
    for (const int width : {255, 256, 257, 700})
        for (const int stride : {1, 2, 3})
            sweep.add(convolution<Layer>(1, {3, 3}, {stride, stride}, Same{}), {2, width, 1});
    sweep.add(convolution<Layer>(2, {1, 3}, {1, 2}, Same{}), {1, 20000, 2});
}

template <typename Layer>
void sweep_groups(Sweep& sweep) {
    for (const int groups : {2, 3})
        for (const int channels : {1, 2, 4, 17})
            for (const int filters : {1, 3, 16, 18}) {
                auto layer = convolution<Layer>(groups * filters, {3, 2}, {2, 1}, Explicit{{1, 0}});
                layer.groups = groups;
                sweep.add(layer, {4, 9, groups * channels});
            }
    auto depthwise = convolution<Layer>(33, {3, 3}, {2, 2}, Same{});
    depthwise.groups = 33;
    sweep.add(depthwise, {5, 6, 33});
}

}  // namespace

class TestKernels : public QObject {
    Q_OBJECT

private:
    static void report(const Sweep& sweep, int at_least) {
        QVERIFY2(sweep.wrong.isEmpty(), sweep.wrong.constData());
        QVERIFY2(sweep.cases >= at_least, QByteArray::number(sweep.cases).constData());
    }

private slots:
    void cleanup() { QVERIFY(force_target(runnable_targets().front())); }

    void tutorial_data() { support::add_targets(); }
    void tutorial() {
        support::force_target();
        Weights weights{.kernel = support::kernel("1 2 3 / 4 5 6 / 7 8 9"),
                        .bias = support::vector({0})};
        const Conv2DTranspose layer = convolution<Conv2DTranspose>(1, {3, 3}, {2, 2}, Valid{});
        const Tensor input = support::grid("1 2 / 3 4");
        const Geometry geometry = infer(layer, input.shape()).value();
        std::vector<float> out(25);
        Plan::make(layer, geometry, weights).run(input.data(), out.data());
        QCOMPARE(
            Tensor(geometry.output, out),
            support::grid("1 2 5 4 6 / 4 5 14 10 12 / 10 14 36 24 30 / 12 15 34 20 24 / 21 24 55 "
                          "32 36"));

        const UpSampling2D twice{{1, 2}, Interpolation::bilinear};
        const Tensor pair = support::grid("1 2");
        const Geometry widened = infer(twice, pair.shape()).value();
        out.resize(4);
        Plan::make(twice, widened, {}).run(pair.data(), out.data());
        QCOMPARE(Tensor(widened.output, out), support::grid("1 1.25 1.75 2"));
    }

    void targets() {
        const auto compiled = compiled_targets();
        const auto runnable = runnable_targets();
        QCOMPARE(compiled.back(), std::string("reference"));
        QCOMPARE(runnable.back(), std::string("reference"));
        for (const std::string& name : runnable)
            QVERIFY2(std::find(compiled.begin(), compiled.end(), name) != compiled.end(),
                     name.c_str());
        QCOMPARE(std::set<std::string>(compiled.begin(), compiled.end()).size(), compiled.size());
        QCOMPARE(active_target(), runnable.front());
        for (const std::string& name : runnable) {
            QCOMPARE(force_target(name).value(), name);
            QCOMPARE(active_target(), name);
            QCOMPARE(runnable_targets(), runnable);
        }
        const auto unknown = force_target("abacus");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::unknown_name);
        QCOMPARE(unknown.error().text, std::string("abacus"));
        QCOMPARE(active_target(), runnable.back());  // unchanged
        for (const std::string& name : compiled)
            if (std::find(runnable.begin(), runnable.end(), name) == runnable.end())
                QCOMPARE(force_target(name).error().code, ErrorCode::unsupported);
    }

    void a_plan_keeps_its_target() {
        const Tensor input = support::grid("1 2 3");
        const UpSampling2D layer{{2, 2}, Interpolation::nearest};
        const Geometry geometry = infer(layer, input.shape()).value();
        QVERIFY(force_target("reference"));
        const Plan plan = Plan::make(layer, geometry, {});
        QVERIFY(force_target(runnable_targets().front()));
        QCOMPARE(plan.target(), std::string("reference"));
    }

    void transposed_settings_data() { support::add_targets(); }
    void transposed_settings() {
        support::force_target();
        Sweep sweep;
        sweep_settings<Conv2DTranspose>(sweep);
        for (int stride = 2; stride <= 4; ++stride)
            for (int op = 0; op < stride; ++op)
                for (const Padding& padding :
                     {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 1}})}) {
                    auto layer = convolution<Conv2DTranspose>(2, {3, 4}, {stride, stride}, padding);
                    layer.output_padding = {op, stride - 1 - op};
                    sweep.add(layer, {3, 5, 2});
                }
        report(sweep, 900);
    }

    void convolution_settings_data() { support::add_targets(); }
    void convolution_settings() {
        support::force_target();
        Sweep sweep;
        sweep_settings<Conv2D>(sweep);
        report(sweep, 600);
    }

    void channels_and_filters_data() { support::add_targets(); }
    void channels_and_filters() {
        support::force_target();
        Sweep sweep;
        sweep_channels<Conv2DTranspose>(sweep);
        sweep_channels<Conv2D>(sweep);
        report(sweep, 480);
    }

    void widths_data() { support::add_targets(); }
    void widths() {
        support::force_target();
        Sweep sweep;
        sweep_widths<Conv2DTranspose>(sweep);
        sweep_widths<Conv2D>(sweep);
        report(sweep, 700);
    }

    void groups_data() { support::add_targets(); }
    void groups() {
        support::force_target();
        Sweep sweep;
        sweep_groups<Conv2DTranspose>(sweep);
        sweep_groups<Conv2D>(sweep);
        report(sweep, 130);
    }

    void dense_data() { support::add_targets(); }
    void dense() {
        support::force_target();
        Sweep sweep;
        for (const int units : {1, 2, 3, 7, 8, 16, 17, 31, 64, 65, 130})
            for (const int in : {1, 2, 3, 5, 16, 33, 100}) {
                Dense layer;
                layer.units = units;
                sweep.add(layer, {in});
                layer.use_bias = false;
                sweep.add(layer, {3, 5, in});
            }
        report(sweep, 300);
    }

    void upsampling_data() { support::add_targets(); }
    void upsampling() {
        support::force_target();
        Sweep sweep;
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::bilinear})
            for (int factor = 1; factor <= 7; ++factor)
                for (const int channels : {1, 2, 3, 4, 5, 8, 15, 16, 17, 33})
                    for (int width = 1; width <= 19; width += 1 + (factor + channels) % 3)
                        sweep.add(UpSampling2D{{1 + width % 3, factor}, kind},
                                  {1 + width % 4, width, channels});
        // Patterns too long for permutations.
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::bilinear})
            for (const int factor : {65, 67})
                for (const int channels : {1, 2, 3})
                    sweep.add(UpSampling2D{{2, factor}, kind}, {3, 5, channels});
        // Long rows, of few and of many channels.
        for (const int channels : {1, 3, 3000})
            sweep.add(UpSampling2D{{2, 2}, Interpolation::bilinear},
                      {2, 9000 / channels, channels});
        report(sweep, 2000);
    }

    void resampling_data() { support::add_targets(); }
    void resampling() {
        support::force_target();
        Sweep sweep;
        for (const Interpolation kind :
             {Interpolation::bicubic, Interpolation::lanczos3, Interpolation::lanczos5,
              Interpolation::gaussian, Interpolation::mitchellcubic})
            for (int factor = 1; factor <= 5; ++factor)
                for (const int channels : {1, 2, 3, 4, 7, 8, 16, 17})
                    for (int width = 1; width <= 13; width += 1 + (factor + channels) % 4)
                        sweep.add(UpSampling2D{{1 + width % 4, factor}, kind},
                                  {1 + width % 7, width, channels});
        // Several tiles of columns, and several of channels.
        sweep.add(UpSampling2D{{2, 3}, Interpolation::bicubic}, {6, 1500, 3});
        sweep.add(UpSampling2D{{2, 2}, Interpolation::lanczos5}, {12, 3, 1200});
        report(sweep, 500);
    }

    void rows_become_columns_data() { support::add_targets(); }
    void rows_become_columns() {
        support::force_target();
        for (int rows = 0; rows <= 21; ++rows)
            for (int columns = 0; columns <= 37; ++columns) {
                const int stride = rows + columns % 3;
                const int width = columns + rows % 5;
                std::vector<float> from(static_cast<std::size_t>(stride * columns));
                std::iota(from.begin(), from.end(), 1.0F);
                std::vector<float> to(static_cast<std::size_t>(width * rows)), expected(to.size());
                for (int row = 0; row < rows; ++row)
                    for (int column = 0; column < columns; ++column)
                        expected[static_cast<std::size_t>(row * width + column)] =
                            from[static_cast<std::size_t>(column * stride + row)];
                transpose_kernel()(from.data(), stride, rows, columns, width, to.data());
                QVERIFY2(to == expected, qPrintable(QString("%1 %2").arg(rows).arg(columns)));
            }
    }

    /// Any finite number may come: weights of a third must not overflow on the way.
    void upsampling_of_the_largest_numbers_data() { support::add_targets(); }
    void upsampling_of_the_largest_numbers() {
        support::force_target();
        constexpr float largest = std::numeric_limits<float>::max();
        for (int factor = 1; factor <= 7; ++factor) {
            const UpSampling2D layer{{factor, factor}, Interpolation::bilinear};
            const Tensor input = Tensor::filled({3, 3, 1}, largest / 2);
            const Geometry geometry = infer(layer, input.shape()).value();
            std::vector<float> out(static_cast<std::size_t>(geometry.output.count()));
            Plan::make(layer, geometry, {}).run(input.data(), out.data());
            QCOMPARE(first_not_finite(out), -1);
        }
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "tst_kernels.moc"
