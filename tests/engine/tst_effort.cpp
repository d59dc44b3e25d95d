// SPDX-License-Identifier: MIT
// What computing would cost, told before anything is computed.
#include <QTest>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/lessons/effort.h"
#include "engine/lessons/lesson.h"
#include "engine/lessons/trace.h"
#include "tests/support/tensor_text.h"

using namespace engine;

namespace {

Geometry geometry_of(const LayerSpec& spec, const Shape& input) {
    return infer(spec, input).value();
}

Conv2D square(int filters, int kernel) {
    return {.filters = filters, .kernel_size = {kernel, kernel}, .padding = Same{}};
}

}  // namespace

class EffortTest : public QObject {
    Q_OBJECT
private slots:
    // 2×2 inputs, each times a 2×2 kernel.
    void counts_the_multiply_adds_that_are_said() {
        const Conv2DTranspose puzzle{.kernel_size = {2, 2}, .strides = {2, 2}};
        QCOMPARE(forward_effort(puzzle, geometry_of(puzzle, {2, 2, 1})).products, 16);
        QCOMPARE(
            forward_effort(square(1, 511), geometry_of(square(1, 511), {512, 512, 1})).products,
            std::int64_t{512} * 512 * 511 * 511);
        QCOMPARE((forward_effort(puzzle, geometry_of(puzzle, {2, 2, 1})) * 1000).products, 16000);
    }

    void grows_with_every_size() {
        const Pace pace;
        double before = 0;
        for (const int side : {4, 16, 64, 256, 1024}) {
            const double now = seconds(
                layer_effort(square(4, 3), geometry_of(square(4, 3), {side, side, 8})), pace);
            QVERIFY(now > before);
            before = now;
        }
        before = 0;
        for (const int kernel : {1, 3, 15, 63, 255}) {
            const LayerSpec spec = square(1, kernel);
            const double now = seconds(layer_effort(spec, geometry_of(spec, {256, 256, 1})), pace);
            QVERIFY(now > before);
            before = now;
        }
    }

    // However many there are, nothing overflows and nothing comes out small.
    void no_sum_is_too_large_to_be_said() {
        const LayerSpec spec = square(1, 511);
        const Effort one = forward_effort(spec, geometry_of(spec, {512, 512, 1}));
        const Effort many = one * (std::int64_t{1} << 40);
        QCOMPARE(many.products, std::numeric_limits<std::int64_t>::max());
        Effort sum = many;
        sum += many;
        QCOMPARE(sum.products, std::numeric_limits<std::int64_t>::max());
        QVERIFY(std::isfinite(seconds(sum, {1e6, 1e6})));
    }

    // Every layer costs something that is neither nothing nor without end, on every target.
    void every_layer_has_a_cost_on_every_target() {
        const std::string usual = active_target();
        const std::vector<std::pair<LayerSpec, Shape>> layers{
            {Conv2DTranspose{.filters = 3, .kernel_size = {5, 5}, .strides = {2, 2}}, {64, 64, 32}},
            {square(32, 3), {64, 64, 32}},
            {UpSampling2D{}, {512, 512, 4}},
            {UpSampling2D{.interpolation = Interpolation::lanczos5}, {512, 512, 4}},
            {Dense{.units = 2048}, {2048}},
            {Activation{ActivationKind::tanh}, {64, 64, 4}},
            {BatchNormalization{}, {64, 64, 4}},
            {Pooling2D{}, {64, 64, 4}},
            {GlobalPooling2D{}, {64, 64, 4}},
            {ZeroPadding2D{}, {64, 64, 4}}};
        for (const std::string& target : runnable_targets()) {
            QVERIFY(force_target(target));
            for (const auto& [spec, shape] : layers) {
                const double cost = seconds(layer_effort(spec, geometry_of(spec, shape)), {});
                QVERIFY2(cost > 1e-7 && cost < 10, class_name(spec).data());
            }
        }
        QVERIFY(force_target(usual));
    }

    // On the oracle every sample of both axes counts.
    void interpolations_cost_their_samples_on_the_oracle() {
        const std::string usual = active_target();
        QVERIFY(force_target("reference"));
        const auto cost = [](Interpolation interpolation) {
            const UpSampling2D layer{.interpolation = interpolation};
            return forward_effort(layer, geometry_of(layer, {1024, 1024, 1})).kernels;
        };
        QCOMPARE(cost(Interpolation::bilinear), 4 * cost(Interpolation::nearest));
        QVERIFY(cost(Interpolation::lanczos5) > 60 * cost(Interpolation::nearest));
        QVERIFY(force_target(usual));
    }

    // A stamp of 511 x 511 weights in each of 256 channels: its products are listed to be drawn.
    void a_step_of_many_products_takes_room_and_time() {
        const Conv2DTranspose wide{.kernel_size = {511, 511}};
        const Geometry geometry = geometry_of(wide, {2, 2, 256});
        QCOMPARE(taps_of_a_step(wide, geometry), std::int64_t{511} * 511 * 256);
        QVERIFY(held_by_picture(wide, geometry) > max_held_count);
        QVERIFY(seconds(picture_effort(wide, geometry), {}) > 10);
    }

    // A picture of a large map takes its sums from the kernels, so it costs little beside the layer
    // itself.
    void pictures_cost_no_more_than_a_few_layers() {
        const Conv2DTranspose large{.kernel_size = {64, 64}, .padding = Same{}};
        const Geometry geometry = geometry_of(large, {1024, 1024, 1});
        QVERIFY(traced_products(large, geometry) > max_exact_products);
        QVERIFY(seconds(picture_effort(large, geometry), {}) <
                3 * seconds(layer_effort(large, geometry), {}));
        QCOMPARE(picture_effort(Flatten{}, geometry_of(Flatten{}, {2, 2, 1})), Effort{});
    }
};

QTEST_GUILESS_MAIN(EffortTest)
#include "tst_effort.moc"
