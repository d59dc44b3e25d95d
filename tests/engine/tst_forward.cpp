// SPDX-License-Identifier: MIT
// Layers on numbers small enough to check by eye, then the laws that tie them together.
#include <QTest>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/layers/activation.h"
#include "engine/models/forward.h"
#include "tests/support/tensor_text.h"
#include "tests/support/transposed_settings.h"

using namespace engine;
using support::grid;
using support::kernel;
using support::whole_numbers;

namespace {

Tensor output_of(const LayerSpec& spec, const Tensor& input, const Weights& weights = {}) {
    const Result<Geometry> geometry = infer(spec, input.shape());
    if (!geometry) qFatal("%s", support::text_of(geometry.error()).constData());
    if (const auto wrong = check_weights(spec, *geometry, weights)) {
        qFatal("%s", support::text_of(*wrong).constData());
    }
    const Result<Tensor> output = forward(spec, *geometry, weights, input);
    if (!output) qFatal("%s", support::text_of(output.error()).constData());
    return *output;
}

Weights weights_of(const Tensor& kernel, float bias) {
    return {.kernel = kernel, .bias = support::vector({bias})};
}

double dot(const Tensor& a, const Tensor& b) {
    return std::inner_product(a.values().begin(), a.values().end(), b.values().begin(), 0.0);
}

/// Output cell (row, column) lies at (row + crop_before) of the uncropped map; beyond it is zero.
Tensor cropped(const Tensor& full, const Geometry& geometry) {
    const Shape& shape = geometry.output;
    std::vector<float> values;
    for (int row = 0; row < shape.height(); ++row) {
        for (int column = 0; column < shape.width(); ++column) {
            const int r = row + geometry.rows.crop_before;
            const int c = column + geometry.columns.crop_before;
            const bool inside = r < full.shape().height() && c < full.shape().width();
            for (int channel = 0; channel < shape.channels(); ++channel) {
                values.push_back(inside ? full.at(r, c, channel) : 0.0F);
            }
        }
    }
    return Tensor(shape, std::move(values));
}

constexpr double inf = std::numeric_limits<double>::infinity();

}  // namespace

class ForwardTest : public QObject {
    Q_OBJECT
private slots:
    void convolution_does_not_turn_its_kernel() {
        const Conv2D layer{.kernel_size = {2, 2}};
        QCOMPARE(
            output_of(layer, grid("1 2 3 / 4 5 6 / 7 8 9"), weights_of(kernel("1 2 / 3 4"), 0)),
            grid("37 47 / 67 77"));
    }

    void convolution_same_puts_the_odd_zero_at_the_end() {
        const Conv2D layer{.kernel_size = {2, 2}, .padding = Same{}};
        QCOMPARE(output_of(layer, grid("1 2 / 3 4"), weights_of(kernel("1 1 / 1 1"), 0.5F)),
                 grid("10.5 6.5 / 7.5 4.5"));
    }

    void holes_and_appended_cells_hold_the_bias() {
        const Conv2DTranspose layer{.strides = {3, 2}};
        QCOMPARE(output_of(layer, grid("1 2"), weights_of(kernel("10"), 0.5F)),
                 grid("10.5 0.5 20.5 0.5 / 0.5 0.5 0.5 0.5 / 0.5 0.5 0.5 0.5"));
    }

    void activation_comes_after_the_bias() {
        const Conv2DTranspose layer{.strides = {1, 2}, .activation = ActivationKind::relu};
        QCOMPARE(output_of(layer, grid("1 -2"), weights_of(kernel("1"), 1)), grid("2 1 0 1"));
    }

    void dense_is_a_row_of_sums() {
        Weights weights;
        weights.kernel = Tensor({2, 3}, {1, 2, 3, 4, 5, 6});
        weights.bias = support::vector({0, 0, 100});
        QCOMPARE(output_of(Dense{.units = 3}, support::vector({1, 10}), weights),
                 support::vector({41, 52, 163}));
    }

    void reshape_and_flatten_keep_the_order() {
        const Tensor input = support::vector({1, 2, 3, 4});
        QCOMPARE(output_of(Reshape{{2, 2, 1}}, input), grid("1 2 / 3 4"));
        QCOMPARE(output_of(Flatten{}, grid("1 2 / 3 4")), input);
        QCOMPARE(output_of(Dropout{}, input), input);
    }

    void batch_normalization_per_channel() {
        Weights weights;
        weights.gamma = support::vector({2, 1});
        weights.beta = support::vector({0, 10});
        weights.moving_mean = support::vector({1, 0});
        weights.moving_variance = support::vector({4, 1});
        const Tensor input({1, 2, 2}, {5, 1, 1, -1});
        QCOMPARE(output_of(BatchNormalization{.epsilon = 0}, input, weights),
                 Tensor({1, 2, 2}, {4, 11, 0, 9}));
        QCOMPARE(output_of(BatchNormalization{.epsilon = 0, .center = false, .scale = false}, input,
                           weights),
                 Tensor({1, 2, 2}, {2, 1, 0, -1}));
    }

    void pooling() {
        const Tensor input = grid("1 2 3 / 4 5 6 / 7 8 9");
        QCOMPARE(output_of(Pooling2D{}, input), grid("5"));
        QCOMPARE(output_of(Pooling2D{.kind = PoolKind::average}, input), grid("3"));
        QCOMPARE(output_of(Pooling2D{.padding = Same{}}, input), grid("5 6 / 8 9"));
        QCOMPARE(output_of(Pooling2D{.strides = Size2D{1, 1}}, input), grid("5 6 / 8 9"));
        // The windows at the end hold two cells and one: their mean is over those.
        QCOMPARE(output_of(Pooling2D{.kind = PoolKind::average, .padding = Same{}}, input),
                 grid("3 4.5 / 7.5 9"));
        QCOMPARE(output_of(Pooling2D{}, grid("-3 -2 / -4 -5")), grid("-2"));
        QCOMPARE(output_of(Pooling2D{.pool_size = {3, 3}, .padding = Explicit{{1, 1}}},
                           grid("-3 -2 / -4 -5")),
                 grid("-2"));
    }

    void global_pooling_leaves_the_channels() {
        const Tensor input({2, 1, 2}, {1, 10, 3, 30});
        QCOMPARE(output_of(GlobalPooling2D{PoolKind::average}, input), support::vector({2, 20}));
        QCOMPARE(output_of(GlobalPooling2D{PoolKind::max}, input), support::vector({3, 30}));
    }

    void zero_padding_and_cropping() {
        QCOMPARE(output_of(ZeroPadding2D{{1, 0, 0, 2}}, grid("1 2 / 3 4")),
                 grid("0 0 0 0 / 1 2 0 0 / 3 4 0 0"));
        QCOMPARE(output_of(Cropping2D{{1, 0, 0, 2}}, grid("0 0 0 0 / 1 2 0 0 / 3 4 0 0")),
                 grid("1 2 / 3 4"));
        const Tensor channels({1, 3, 2}, {1, 2, 3, 4, 5, 6});
        QCOMPARE(output_of(Cropping2D{{0, 0, 1, 1}}, channels), Tensor({1, 1, 2}, {3, 4}));
    }

    void activations_data() {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("expected");
        const auto rows = [](const char* name,
                             std::initializer_list<std::pair<double, double>> pairs) {
            for (const auto& [x, y] : pairs) QTest::addRow("%s(%g)", name, x) << x << y;
        };
        rows("linear", {{-1.5, -1.5}, {2, 2}});
        rows("relu", {{-1, 0}, {2, 2}});
        rows("relu6", {{-1, 0}, {5, 5}, {7, 6}});
        rows("leaky_relu", {{-1, -0.2}, {2, 2}});
        rows("elu", {{-1, -0.6321205588285577}, {2, 2}});
        rows("selu", {{-1, -1.1113307378125628}, {2, 2.101401974710961}});
        rows("sigmoid", {{0, 0.5}, {1, 0.7310585786300049}, {-1000, 0}, {1000, 1}});
        rows("hard_sigmoid", {{0, 0.5}, {1, 0.7}, {-3, 0}, {3, 1}});
        rows("tanh", {{0.5, 0.46211715726000975}});
        rows("softplus",
             {{0, 0.6931471805599453}, {1, 1.3132616875182228}, {1000, 1000}, {-1000, 0}});
        rows("softsign", {{-1, -0.5}, {3, 0.75}});
        rows("softmax", {{3, 1}});
        rows("swish", {{1, 0.7310585786300049}, {-1000, 0}});
        rows("gelu", {{1, 0.8413447460685429}, {-1, -0.15865525393145707}});
        rows("exponential", {{0, 1}, {1, 2.718281828459045}});
    }
    void activations() {
        const QByteArray row = QTest::currentDataTag();
        const auto kind = activation_named(row.left(row.indexOf('(')).toStdString());
        QVERIFY(kind);
        QFETCH(double, x);
        QFETCH(double, expected);
        QVERIFY(std::abs(activate(*kind, x) - expected) < 1e-14);
        const Tensor output = apply_activation(*kind, support::vector({static_cast<float>(x)}));
        QVERIFY(std::abs(static_cast<double>(output.at(0)) - expected) <
                1e-6 * std::abs(expected) + 1e-7);
    }

    void softmax_runs_over_the_last_axis() {
        const Tensor input({1, 2, 2}, {0, 0, 1000, -1000});
        QCOMPARE(output_of(Activation{ActivationKind::softmax}, input),
                 Tensor({1, 2, 2}, {0.5F, 0.5F, 1, 0}));
    }

    void leaky_relu_layer_has_its_own_slope() {
        QCOMPARE(output_of(LeakyReLU{}, support::vector({-10, 10})), support::vector({-3, 10}));
        QCOMPARE(output_of(LeakyReLU{0.5F}, support::vector({-10, 10})), support::vector({-5, 10}));
        QCOMPARE(output_of(ReLU{}, support::vector({-10, 10})), support::vector({0, 10}));
    }

    void activation_of_each_layer() {
        QCOMPARE(activation_of(Dense{.activation = ActivationKind::tanh}), ActivationKind::tanh);
        QCOMPARE(activation_of(ReLU{}), ActivationKind::relu);
        QCOMPARE(activation_of(UpSampling2D{}), ActivationKind::linear);
    }

    void a_result_that_is_not_finite_is_an_error() {
        const Activation layer{ActivationKind::exponential};
        const Tensor input = support::vector({1, 100});
        const Result<Tensor> output = forward(layer, *infer(layer, input.shape()), {}, input);
        QVERIFY(!output);
        QCOMPARE(support::text_of(output.error()), "not_finite output given 1 given 100");
        QCOMPARE(activate(ActivationKind::exponential, 1000), inf);
    }

    void linear_uncropped_leaves_bias_activation_and_crop_out() {
        const Conv2DTranspose layer{.kernel_size = {3, 3},
                                    .strides = {2, 2},
                                    .padding = Same{},
                                    .activation = ActivationKind::relu};
        const Weights weights = weights_of(kernel("1 2 3 / 4 5 6 / 7 8 9"), 100);
        const Tensor input = grid("-1");
        const Geometry geometry = *infer(layer, input.shape());
        QCOMPARE(geometry.output, Shape({2, 2, 1}));
        QCOMPARE(linear_full(layer, geometry, weights, input),
                 grid("-1 -2 -3 / -4 -5 -6 / -7 -8 -9"));
    }

    void linear_uncropped_of_an_upsampling_is_its_output() {
        const UpSampling2D layer{.interpolation = Interpolation::bilinear};
        const Tensor input = grid("1 2 / 3 4");
        const Geometry geometry = *infer(layer, input.shape());
        QCOMPARE(linear_full(layer, geometry, {}, input), output_of(layer, input));
    }

    // forward = crop of linear_full, zeros beyond its end, for every padding and both
    // dialects.
    void the_output_is_cut_from_the_uncropped_map() {
        SeededRandom random(1);
        for (int i = 0; i < 500; ++i) {
            support::TransposedSetting setting = support::random_transposed(random);
            setting.layer.use_bias = false;
            setting.layer.activation = ActivationKind::linear;
            const Tensor full =
                linear_full(setting.layer, setting.geometry, setting.weights, setting.input);
            QCOMPARE(full.shape(), setting.geometry.full());
            const Tensor output = output_of(setting.layer, setting.input, setting.weights);
            QVERIFY2(output == cropped(full, setting.geometry), setting.text().c_str());
        }
    }

    // <conv(x), y> = <x, conv_transpose(y)> with one and the same kernel array: Conv2D's
    // (kh, kw, in / groups, out) is Conv2DTranspose's (kh, kw, filters / groups, in).
    void transposed_convolution_is_the_adjoint_of_convolution() {
        SeededRandom random(2);
        int computed = 0;
        for (int i = 0; i < 600; ++i) {
            Conv2D forth;
            forth.kernel_size = {1 + random.below(4), 1 + random.below(4)};
            forth.strides = {1 + random.below(3), 1 + random.below(3)};
            forth.dilation_rate = {1 + random.below(2), 1 + random.below(2)};
            forth.groups = 1 + random.below(2);
            forth.filters = forth.groups * (1 + random.below(3));
            forth.use_bias = false;
            const bool same = random.below(2) == 0;
            if (same) {
                forth.padding = Same{};
            } else {
                forth.padding = Explicit{{random.below(2), random.below(2)}};
            }
            const Shape shape{
                (same ? forth.strides.height : 1) * (1 + random.below(6)),
                (same ? forth.strides.width : 1) * (1 + random.below(6)),
                forth.groups * (1 + random.below(3)),
            };
            const Result<Geometry> down = infer(forth, shape);
            if (!down) continue;

            Conv2DTranspose back;
            back.filters = shape.channels();
            back.kernel_size = forth.kernel_size;
            back.strides = forth.strides;
            back.padding = forth.padding;
            back.dilation_rate = forth.dilation_rate;
            back.groups = forth.groups;
            back.use_bias = false;
            if (!same) {
                // What the strides could not reach comes back as output_padding (guide, relation
                // 14).
                const auto unreached = [](const Axis& axis) {
                    return (axis.in + axis.pad_before + axis.pad_after - axis.extent) % axis.stride;
                };
                back.output_padding = {unreached(down->rows), unreached(down->columns)};
            }
            const Result<Geometry> up = infer(back, down->output);
            QVERIFY(up);
            QCOMPARE(up->output, shape);

            Weights weights;
            weights.kernel = whole_numbers(random, weight_shapes(forth, *down).kernel);
            QCOMPARE(weight_shapes(back, *up).kernel, weights.kernel.shape());
            const Tensor x = whole_numbers(random, shape);
            const Tensor y = whole_numbers(random, down->output);
            QCOMPARE(dot(output_of(forth, x, weights), y), dot(x, output_of(back, y, weights)));
            ++computed;
        }
        QVERIFY(computed > 300);
    }

    void nearest_upsampling_is_a_transposed_convolution_with_ones() {
        SeededRandom random(3);
        const Tensor input = whole_numbers(random, {3, 4, 1});
        Weights weights;
        weights.kernel = Tensor::filled({2, 3, 1, 1}, 1);
        QCOMPARE(
            output_of(UpSampling2D{.size = {2, 3}}, input),
            output_of(Conv2DTranspose{.kernel_size = {2, 3}, .strides = {2, 3}, .use_bias = false},
                      input, weights));
    }
};

QTEST_GUILESS_MAIN(ForwardTest)
#include "tst_forward.moc"
