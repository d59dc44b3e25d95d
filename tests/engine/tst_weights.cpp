// SPDX-License-Identifier: MIT
// The frozen generator, the recipes for kernels, and what happens to stored weights.
#include <QTest>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "engine/models/forward.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::grid;
using support::kernel;

namespace {

/// The one-filter, one-channel kernel of a recipe, printed as rows.
Tensor picture(Initializer initializer, int height, int width) {
    const Conv2DTranspose layer{.kernel_size = {height, width}};
    return make_kernel({.initializer = initializer}, layer, {height, width, 1, 1})
        .reshaped({height, width, 1});
}

QByteArray mistake(const LayerSpec& spec, const Shape& input, const Weights& weights) {
    const auto error = check_weights(spec, *infer(spec, input), weights);
    return error ? support::text_of(*error) : "none";
}

double sum(const Tensor& tensor) {
    double total = 0;
    for (const float value : tensor.values()) total += static_cast<double>(value);
    return total;
}

}  // namespace

class WeightsTest : public QObject {
    Q_OBJECT
private slots:
    // Published outputs of SplitMix64 for seed 1234567.
    void the_generator_is_splitmix64() {
        SeededRandom random(1234567);
        QCOMPARE(random.next(), 6457827717110365317U);
        QCOMPARE(random.next(), 3203168211198807973U);
        QCOMPARE(random.next(), 9817491932198370423U);
        QCOMPARE(random.next(), 4593380528125082431U);
        QCOMPARE(random.next(), 16408922859458223821U);
    }

    // A seed in a file means these numbers for ever: this test is never to be adapted.
    void the_numbers_of_seed_1_are_frozen() {
        SeededRandom bits(1);
        QCOMPARE(bits.next(), 10451216379200822465U);
        SeededRandom uniform(1);
        QVERIFY(uniform.uniform() == 0x1.22145bd91204bp-1);
        QVERIFY(uniform.uniform() == 0x1.7dd71b42cb1ddp-1);
        const Tensor made =
            make_kernel({.seed = 1}, Conv2DTranspose{.kernel_size = {2, 2}}, {2, 2, 1, 1});
        QCOMPARE(made, kernel("0.115288027 0.425706506 / 0.815800726 -0.096372664"));
        SeededRandom digits(1);
        QByteArray drawn;
        for (int i = 0; i < 12; ++i) drawn += QByteArray::number(digits.below(10));
        QCOMPARE(drawn, "579447852746");
    }

    void draws_keep_to_their_range_and_mean() {
        SeededRandom random(7);
        double total = 0;
        double squares = 0;
        constexpr int draws = 20000;
        for (int i = 0; i < draws; ++i) {
            const double u = random.uniform();
            QVERIFY(u >= 0 && u < 1);
            const int below = random.below(3);
            QVERIFY(below >= 0 && below < 3);
            const double x = random.normal();
            total += x;
            squares += x * x;
        }
        QVERIFY(std::abs(total / draws) < 0.03);
        QVERIFY(std::abs(squares / draws - 1) < 0.03);
    }

    void pictures() {
        QCOMPARE(picture(Initializer::zeros, 1, 2), grid("0 0"));
        QCOMPARE(picture(Initializer::ones, 2, 2), grid("1 1 / 1 1"));
        QCOMPARE(picture(Initializer::tens, 2, 2), grid("10 20 / 30 40"));
        QCOMPARE(picture(Initializer::identity, 3, 3), grid("0 0 0 / 0 1 0 / 0 0 0"));
        QCOMPARE(picture(Initializer::checkerboard, 2, 3), grid("1 0 1 / 0 1 0"));
        QCOMPARE(picture(Initializer::sharpen, 3, 3), grid("0 -1 0 / -1 5 -1 / 0 -1 0"));
        QCOMPARE(picture(Initializer::sharpen, 1, 1), grid("1"));
        QCOMPARE(picture(Initializer::sobel, 3, 3), grid("-1 0 1 / -2 0 2 / -1 0 1"));
        QCOMPARE(picture(Initializer::sobel, 1, 5), grid("-1 -2 0 2 1"));
        QCOMPARE(picture(Initializer::gaussian, 3, 1), grid("0.25 / 0.5 / 0.25"));
        QCOMPARE(picture(Initializer::bilinear, 1, 4), grid("0.25 0.75 0.75 0.25"));
        QCOMPARE(picture(Initializer::bilinear, 1, 3), grid("0.5 1 0.5"));
        QCOMPARE(picture(Initializer::bilinear, 1, 2), grid("0.5 0.5"));
    }

    void sums() {
        for (int size = 1; size <= 80; ++size) {
            QVERIFY(std::abs(sum(picture(Initializer::gaussian, size, size)) - 1) < 1e-4);
            QVERIFY(std::abs(sum(picture(Initializer::sharpen, size, size)) - 1) < 1e-6);
            QCOMPARE(sum(picture(Initializer::identity, size, size)), 1.0);
        }
        QCOMPARE(sum(picture(Initializer::bilinear, 4, 4)), 4.0);
    }

    void the_largest_kernels_stay_finite() {
        for (const Initializer initializer :
             {Initializer::sobel, Initializer::gaussian, Initializer::bilinear}) {
            QCOMPARE(first_not_finite(picture(initializer, 1, 65536).values()), -1);
        }
    }

    // The reason for the tent: away from the rim a transposed convolution with it is bilinear x2.
    void bilinear_kernel_makes_bilinear_upsampling() {
        const Tensor input = grid("1 5 2 8 / 3 3 7 1 / 9 4 6 2 / 5 8 1 4");
        const Conv2DTranspose layer{
            .kernel_size = {4, 4}, .strides = {2, 2}, .padding = Same{}, .use_bias = false};
        const UpSampling2D wanted{.interpolation = Interpolation::bilinear};
        Weights weights;
        weights.kernel = picture(Initializer::bilinear, 4, 4).reshaped({4, 4, 1, 1});
        const Tensor ours = *forward(layer, *infer(layer, input.shape()), weights, input);
        const Tensor theirs = *forward(wanted, *infer(wanted, input.shape()), {}, input);
        QCOMPARE(ours.shape(), theirs.shape());
        for (int row = 1; row < 7; ++row) {
            for (int column = 1; column < 7; ++column) {
                QCOMPARE(ours.at(row, column, 0), theirs.at(row, column, 0));
            }
        }
    }

    void identity_passes_every_channel_through() {
        const Tensor input({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
        for (const int size : {1, 2, 3, 4, 5}) {
            Conv2DTranspose layer{.filters = 2, .kernel_size = {size, size}, .padding = Same{}};
            const Geometry geometry = *infer(layer, input.shape());
            const WeightSetting setting{.recipe = WeightRecipe{Initializer::identity},
                                        .values = {}};
            QCOMPARE(*forward(layer, geometry, materialize(setting, layer, geometry), input),
                     input);
        }
    }

    void every_pair_of_channels_gets_the_same_picture() {
        const Conv2D layer{.filters = 3, .kernel_size = {1, 2}};
        QCOMPARE(make_kernel({Initializer::tens}, layer, {1, 2, 2, 3}),
                 Tensor({1, 2, 2, 3}, {10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20}));
        QCOMPARE(make_kernel({Initializer::identity}, Dense{.units = 3}, {2, 3}),
                 Tensor({2, 3}, {1, 0, 1, 0, 1, 0}));
    }

    void glorot_uniform_keeps_keras_limit() {
        const Conv2DTranspose layer{.filters = 4, .kernel_size = {3, 3}};
        const Shape shape{3, 3, 4, 16};
        const float limit = std::sqrt(6.0F / static_cast<float>(3 * 3 * (4 + 16)));
        const Tensor made = make_kernel({.seed = 9}, layer, shape);
        float largest = 0;
        for (const float value : made.values()) largest = std::max(largest, std::abs(value));
        QVERIFY(largest <= limit && largest > 0.95F * limit);
        QCOMPARE(make_kernel({.seed = 9}, layer, shape), made);
        QVERIFY(!(make_kernel({.seed = 10}, layer, shape) == made));
    }

    void names_of_initializers_read_back() {
        for (const Initializer initializer :
             {Initializer::zeros, Initializer::ones, Initializer::tens, Initializer::identity,
              Initializer::bilinear, Initializer::gaussian, Initializer::sobel,
              Initializer::sharpen, Initializer::checkerboard, Initializer::glorot_uniform}) {
            QVERIFY(!name_of(initializer).empty());
            QVERIFY(initializer_named(name_of(initializer)) == initializer);
        }
        QVERIFY(!initializer_named("he_normal"));
    }

    void shapes_put_filters_before_channels_in_a_transposed_layer() {
        const Shape input{5, 5, 128};
        const Conv2DTranspose transposed{.filters = 2, .kernel_size = {3, 4}};
        const Conv2D direct{.filters = 2, .kernel_size = {3, 4}, .use_bias = false};
        QCOMPARE(weight_shapes(transposed, *infer(transposed, input)).kernel,
                 Shape({3, 4, 2, 128}));
        QCOMPARE(weight_shapes(transposed, *infer(transposed, input)).bias, Shape({2}));
        QCOMPARE(weight_shapes(direct, *infer(direct, input)).kernel, Shape({3, 4, 128, 2}));
        QCOMPARE(weight_shapes(direct, *infer(direct, input)).bias, Shape());
    }

    void batch_normalization_counts_four_a_channel_two_of_them_fixed() {
        const BatchNormalization layer;
        QVERIFY((parameter_count(layer, *infer(layer, {16384})) ==
                 ParameterCount{.total = 65536, .non_trainable = 32768}));
        const BatchNormalization plain{.center = false, .scale = false};
        QVERIFY((parameter_count(plain, *infer(plain, {4, 4, 3})) ==
                 ParameterCount{.total = 6, .non_trainable = 6}));
    }

    void defaults_are_those_of_keras() {
        const BatchNormalization layer;
        const Weights made = materialize({}, layer, *infer(layer, {1, 1, 2}));
        QCOMPARE(made.gamma, support::vector({1, 1}));
        QCOMPARE(made.beta, support::vector({0, 0}));
        QCOMPARE(made.moving_mean, support::vector({0, 0}));
        QCOMPARE(made.moving_variance, support::vector({1, 1}));
        QVERIFY(made.kernel.empty());
    }

    // Turning kernel_size up and down again loses nothing.
    void stored_numbers_outlive_a_change_of_size() {
        WeightSetting setting;
        setting.recipe.reset();
        setting.values.kernel = kernel("1 2 / 3 4");
        setting.values.bias = support::vector({5});
        const auto made = [&](const Conv2DTranspose& layer) {
            return materialize(setting, layer, *infer(layer, {2, 2, 1}));
        };
        QCOMPARE(made({.kernel_size = {3, 3}}).kernel, kernel("1 2 0 / 3 4 0 / 0 0 0"));
        QCOMPARE(made({.kernel_size = {1, 2}}).kernel, kernel("1 2"));
        QCOMPARE(made({.kernel_size = {2, 2}}).kernel, kernel("1 2 / 3 4"));
        QCOMPARE(made({.filters = 2, .kernel_size = {2, 2}}).bias, support::vector({5, 0}));
        QVERIFY(made({.kernel_size = {2, 2}, .use_bias = false}).bias.empty());
        const Dense other;
        QCOMPARE(materialize(setting, other, *infer(other, {2})).kernel, Tensor({2, 1}, {0, 0}));
    }

    void weights_from_outside_are_checked() {
        const Conv2DTranspose layer{.kernel_size = {2, 2}};
        const Shape input{2, 2, 1};
        Weights weights;
        QCOMPARE(mistake(layer, input, weights), "missing_weights kernel limit 2 2 1 1");
        weights.kernel = kernel("1 2 3");
        QCOMPARE(mistake(layer, input, weights),
                 "shape_mismatch kernel given 1 3 1 1 limit 2 2 1 1");
        weights.kernel = kernel("1 2 / 3 4");
        QCOMPARE(mistake(layer, input, weights), "missing_weights bias limit 1");
        weights.bias = support::vector({std::numeric_limits<float>::quiet_NaN()});
        QCOMPARE(mistake(layer, input, weights), "not_finite bias given 0");
        weights.bias = support::vector({0});
        QCOMPARE(mistake(layer, input, weights), "none");
    }

    // Numbers that somebody else owns have no shape, but they have a count.
    void numbers_where_they_lie_are_checked() {
        const Conv2DTranspose layer{.kernel_size = {2, 2}};
        const Geometry geometry = *infer(layer, {2, 2, 1});
        const auto mistake_of = [&](const WeightsView& weights) {
            const auto error = check_weights(layer, geometry, weights);
            return error ? support::text_of(*error) : "none";
        };
        std::vector<float> taps{1, 2, 3, 4};
        const std::vector<float> bias{0};
        QCOMPARE(mistake_of({}), "missing_weights kernel limit 2 2 1 1");
        QCOMPARE(mistake_of({std::span(taps).first(3), bias}),
                 "shape_mismatch kernel given 3 limit 2 2 1 1");
        QCOMPARE(mistake_of({taps, {}}), "missing_weights bias limit 1");
        QCOMPARE(mistake_of({taps, taps}), "shape_mismatch bias given 4 limit 1");
        QCOMPARE(mistake_of({taps, bias}), "none");
        taps[2] = std::numeric_limits<float>::infinity();
        QCOMPARE(mistake_of({taps, bias}), "not_finite kernel given 2");
    }

    void the_first_number_that_is_not_finite_is_found() {
        using Limits = std::numeric_limits<float>;
        std::vector<float> values(3000, Limits::max());
        values[7] = -Limits::max();
        values[8] = Limits::denorm_min();
        QCOMPARE(first_not_finite({}), -1);
        QCOMPARE(first_not_finite(values), -1);
        for (const float strange : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()})
            for (const std::size_t place : {0, 1, 1022, 1023, 1024, 2048, 2999}) {
                std::vector<float> spoilt = values;
                spoilt[place] = spoilt.back() = strange;
                QCOMPARE(first_not_finite(spoilt), static_cast<std::int64_t>(place));
            }
    }
};

QTEST_GUILESS_MAIN(WeightsTest)
#include "tst_weights.moc"
