// SPDX-License-Identifier: MIT
// How far shapes are answered, how far they are computed, and sizes that nobody knows.
#include <QTest>

#include "engine/layers/geometry.h"
#include "engine/layers/weights.h"
#include "tests/support/square_layers.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::convolution;
using support::none;
using support::transpose;

namespace {

/// Why there is no such layer, or why it is not computed.
QByteArray mistake(const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    if (!geometry) return support::text_of(geometry.error());
    const auto refusal = check_computable(spec, *geometry);
    return refusal ? support::text_of(*refusal) : "none";
}

QByteArray output(const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    return geometry ? support::text_of(geometry->output) : support::text_of(geometry.error());
}

}  // namespace

class TestSizeLimits : public QObject {
    Q_OBJECT
private slots:
    void sizes_over_the_budget() {
        constexpr std::int64_t budget = max_tensor_count;
        QCOMPARE(budget, 67108864);
        QCOMPARE(mistake(Dense{.units = 65536}, {1025}),
                 "over_budget kernel given 67174400 limit 67108864");
        QCOMPARE(mistake(Dense{.units = 65536}, {1024}), "none");
        QCOMPARE(mistake(UpSampling2D{.size = {8, 8}}, {1025, 1024, 1}),
                 "over_budget output given 67174400 limit 67108864");
        // The output is one cell, but 8193 x 8193 would have to be drawn before the crop.
        QCOMPARE(mistake(transpose(8193, 1, Same{}), {1, 1, 1}),
                 "over_budget uncropped given 67125249 limit 67108864");
        QCOMPARE(mistake(Flatten{}, {65536, 1025}),
                 "over_budget input given 67174400 limit 67108864");
    }

    // Questions about shapes and counts are bound by what can be counted, not by what can be
    // computed.
    void sizes_are_not_arithmetic() {
        QCOMPARE(output(Dense{.units = 131072}, {100}), "(131072)");
        const Conv2D large{.filters = 4096, .kernel_size = {7, 7}};
        const Geometry geometry = *infer(large, {7, 7, 512});
        QCOMPARE(parameter_count(large, geometry).total, 102764544);
        QCOMPARE(mistake(large, {7, 7, 512}), "over_budget kernel given 102760448 limit 67108864");
        QCOMPARE(output(UpSampling2D{.size = {4, 4}}, {957, 267, 64}), "(3828, 1068, 64)");
        // 2^53, beyond which a double does not hold the count.
        QCOMPARE(output(UpSampling2D{.size = {1 << 20, 1 << 20}}, {1 << 6, 1 << 6, 1}),
                 "(67108864, 67108864, 1)");
        QCOMPARE(output(UpSampling2D{.size = {1 << 20, 1 << 20}}, {1 << 7, 1 << 7, 1}),
                 "over_budget output given 18014398509481984 limit 9007199254740992");
        QCOMPARE(output(UpSampling2D{.size = {1 << 20, 1}}, {1 << 12, 1, 1}),
                 "too_large uncropped given 4294967296 limit 2147483647 axis 0");
        QCOMPARE(output(Flatten{}, {65536, 65536, 1}),
                 "too_large output given 4294967296 limit 2147483647");
    }

    // Keras's None goes through every layer as far as it can.
    void unknown_sizes_stay_unknown() {
        constexpr int None = Shape::unknown;
        const Shape any{None, None, 3};
        Conv2D same = convolution(3, 2, Same{});
        same.filters = 16;
        QCOMPARE(infer(same, any)->output, Shape({None, None, 16}));
        QCOMPARE(infer(transpose(3, 2, Valid{}), {None, 7, 3})->output, Shape({None, 15, 1}));
        QCOMPARE(infer(UpSampling2D{}, any)->output, any);
        QCOMPARE(infer(Pooling2D{}, {8, None, 3})->output, Shape({4, None, 3}));
        QCOMPARE(infer(ZeroPadding2D{}, any)->output, any);
        QCOMPARE(infer(Cropping2D{{1, 0, 0, 1}}, {4, None, 3})->output, Shape({3, None, 3}));
        QCOMPARE(infer(Dense{.units = 5}, any)->output, Shape({None, None, 5}));
        QCOMPARE(infer(GlobalPooling2D{}, any)->output, Shape({3}));
        QCOMPARE(infer(Flatten{}, any)->output, Shape({None}));
        QCOMPARE(infer(Reshape{{4, -1}}, any)->output, Shape({4, None}));
        QCOMPARE(infer(BatchNormalization{}, any)->output, any);
        QCOMPARE(parameter_count(same, *infer(same, any)).total, 3 * 3 * 3 * 16 + 16);
        // Weights are made for channels, so these have to be known; and nothing is computed without
        // sizes.
        QCOMPARE(output(same, {8, 8, None}), "unknown_size input");
        QCOMPARE(output(Dense{}, {None}), "unknown_size input");
        QCOMPARE(output(PReLU{}, any), "unknown_size input");
        QCOMPARE(infer(PReLU{.shared_axes = {1, 2}}, any)->output, any);
        QCOMPARE(mistake(same, any), "unknown_size input");
    }

    // What is prepared for each row and column has to stay small too.
    void sides_of_maps_have_a_limit() {
        QCOMPARE(max_side, 1048576);
        const UpSampling2D twice{.size = {1, 2}};
        QCOMPARE(mistake(twice, {1, max_side / 2, 1}), "none");
        QCOMPARE(mistake(twice, {1, max_side / 2 + 1, 1}),
                 "too_large uncropped given 1048578 limit 1048576 axis 1");
        QCOMPARE(mistake(transpose(3, 1, Same{}), {max_side, 1, 1}),
                 "too_large uncropped given 1048578 limit 1048576 axis 0");
        QCOMPARE(mistake(convolution(3, 1, Same{}), {max_side, 3, 1}), "none");
        QCOMPARE(mistake(convolution(3, 1, Same{}), {3, max_side + 1, 1}),
                 "too_large input given 1048577 limit 1048576 axis 1");
        QCOMPARE(mistake(convolution(65536, 1, Same{}, 17), {3, 3, 1}),
                 "too_large kernel given 1114096 limit 1048576 axis 0");
        // Lists of which cell meets which tap would take gigabytes.
        QCOMPARE(mistake(convolution(65536, 1, Same{}), {65536, 3, 1}),
                 "too_much_work kernel given 4294967296 limit 16777216 axis 0");
        QCOMPARE(mistake(transpose(65536, 1, Same{}), {65536, 3, 1}),
                 "too_much_work kernel given 4294967296 limit 16777216 axis 0");
        QCOMPARE(mistake(transpose(2048, 1, Same{}), {8192, 3, 1}), "none");
        // No window looks at these.
        QCOMPARE(mistake(Flatten{}, {max_side + 1, 1, 1}), "none");
        QCOMPARE(mistake(GlobalPooling2D{}, {max_side + 1, 1, 1}), "none");
    }

    void absurd_arguments_neither_pass_nor_overflow() {
        constexpr int most = std::numeric_limits<int>::max();
        const Shape map{8192, 8192, 1};
        QCOMPARE(mistake(transpose(most, 1, Valid{}), map),
                 "too_large kernel_size given 2147483647 limit 1073741824 axis 0");
        QCOMPARE(mistake(transpose(3, 65537, Same{}), {1, 1, 1}),
                 "too_large strides given 65537 limit 65536 axis 0");
        QCOMPARE(mistake(transpose(3, 1, Explicit{{0, most}}), map),
                 "too_large padding given 2147483647 limit 1073741824 axis 1");
        QCOMPARE(mistake(transpose(3, 2, Same{}, most), map),
                 "too_large output_padding given 2147483647 limit 1073741824 axis 0");
        QCOMPARE(mistake(Dense{.units = most}, {4}),
                 "too_large units given 2147483647 limit 1073741824");

        constexpr int large = 65536;
        const Shape vector{static_cast<int>(max_tensor_count), 1, 1};
        const Shape channels{1, 1, static_cast<int>(max_tensor_count)};
        Conv2DTranspose wide = transpose(large, large, Valid{}, none, large);
        wide.filters = large;
        Conv2D deep = convolution(large, large, Same{}, large);
        deep.filters = large;
        const std::vector<LayerSpec> layers{
            wide,
            deep,
            transpose(large, large, Explicit{{large, large}}, large - 1, large),
            transpose(1, large, Same{}),
            convolution(large, 1, Same{}, large),
            convolution(large, 1, Same{}),
            UpSampling2D{.size = {large, large}},
            Pooling2D{.pool_size = {large, large}, .strides = Size2D{1, 1}, .padding = Same{}},
            ZeroPadding2D{{large, large, large, large}},
            Dense{.units = large},
            Reshape{{most, most, most}},
        };
        for (const LayerSpec& layer : layers) {
            for (const Shape& input : {map, vector, channels}) {
                const Result<Geometry> geometry = infer(layer, input);
                if (!geometry) continue;
                QVERIFY(geometry->output.count() <= max_shape_count);
                QVERIFY(geometry->canvas().count() <= max_shape_count);
                QVERIFY(weight_shapes(layer, *geometry).kernel.count() <= max_shape_count);
                QVERIFY(multiply_adds(layer, *geometry) >= 0);
                if (check_computable(layer, *geometry)) continue;
                QVERIFY(geometry->output.count() <= max_tensor_count);
                QVERIFY(geometry->canvas().count() <= max_tensor_count);
                QVERIFY(geometry->rows.bordered() > 0);
                QVERIFY(weight_shapes(layer, *geometry).kernel.count() <= max_tensor_count);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSizeLimits)
#include "tst_size_limits.moc"
