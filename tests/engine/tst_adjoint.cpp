// SPDX-License-Identifier: MIT
// A transposed convolution is the transpose of a convolution: as a matrix, as an inner product, and
// in both readings. Whole numbers, so every equality is exact.
#include <QtTest>

#include "engine/kernels/kernels.h"
#include "engine/trace.h"
#include "tests/support/transposed_settings.h"

using namespace engine;
using support::random_transposed;
using support::TransposedSetting;

namespace {

constexpr int settings_tried = 200;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

/// C of y = C x for the direct convolution without padding from the full output (natural rows ×
/// natural columns × filters) down to the transposed layer's input, written down tap by tap; row-major.
struct Matrix {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::vector<double> values;

    std::vector<double> times(std::span<const float> x) const {
        std::vector<double> y(at(rows));
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c)
                y[at(r)] += values[at(r * columns + c)] * static_cast<double>(x[at(c)]);
        return y;
    }
    std::vector<double> transposed_times(std::span<const float> y) const {
        std::vector<double> x(at(columns));
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c)
                x[at(c)] += values[at(r * columns + c)] * static_cast<double>(y[at(r)]);
        return x;
    }
};

Matrix direct_convolution(const TransposedSetting& setting) {
    const Conv2DTranspose& layer = setting.layer;
    const Shape& small = setting.geometry.input;
    const Shape large = setting.geometry.uncropped();
    Matrix matrix{small.count(), large.count(), {}};
    matrix.values.resize(at(matrix.rows * matrix.columns));
    const int group_small = small.channels() / layer.groups;
    const int group_large = layer.filters / layer.groups;
    for (int y = 0; y < small.height(); ++y)
        for (int x = 0; x < small.width(); ++x)
            for (int c = 0; c < small.channels(); ++c)
                for (int ty = 0; ty < layer.kernel_size.height; ++ty)
                    for (int tx = 0; tx < layer.kernel_size.width; ++tx)
                        for (int f = 0; f < group_large; ++f) {
                            const std::int64_t row =
                                (std::int64_t{y} * small.width() + x) * small.channels() + c;
                            const std::int64_t large_y =
                                y * layer.strides.height + ty * layer.dilation_rate.height;
                            const std::int64_t large_x =
                                x * layer.strides.width + tx * layer.dilation_rate.width;
                            const std::int64_t column =
                                (large_y * large.width() + large_x) * large.channels() +
                                c / group_small * group_large + f;
                            matrix.values[at(row * matrix.columns + column)] =
                                static_cast<double>(setting.weights.kernel.at(ty, tx, f, c));
                        }
    return matrix;
}

/// x through the direct convolution as a layer: the very same kernel tensor, in and out exchanged.
Tensor convolved(const TransposedSetting& setting, Padding padding, const Tensor& x) {
    const Conv2D direct{.filters = setting.geometry.input.channels(),
                        .kernel_size = setting.layer.kernel_size,
                        .strides = setting.layer.strides,
                        .padding = padding,
                        .dilation_rate = setting.layer.dilation_rate,
                        .groups = setting.layer.groups,
                        .use_bias = false};
    const Geometry geometry = infer(direct, x.shape()).value();
    return forward(direct, geometry, setting.weights, x).value();
}

double inner_product(const Tensor& a, const Tensor& b) {
    double total = 0;
    for (std::int64_t i = 0; i < a.shape().count(); ++i)
        total += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
    return total;
}

std::vector<double> doubles(std::span<const float> values) {
    return {values.begin(), values.end()};
}

/// One filter of the full output at the end of a reading's linear part.
Tensor played(const TransposedSetting& setting, int filter, Reading reading, Phase last) {
    const Trace trace(setting.layer, setting.geometry, setting.weights, setting.input, filter,
                      reading);
    int step = 0;
    for (int i = 1; i <= trace.step_count(); ++i)
        if (trace.at(i).phase == last) step = i;
    const Shape natural = trace.geometry().uncropped();
    const Tensor canvas = trace.partial(step).values;
    return canvas.resized(natural, 0);
}

}  // namespace

class TestAdjoint : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(force_target("reference").has_value()); }

    void the_tutorials_matrix();
    void stamp_slide_and_matrix_agree();
    void the_convolution_layer_is_the_matrix();
    void inner_products_agree_on_the_full_output();
    void inner_products_agree_under_padding_same();
    void it_is_not_an_inverse();
};

void TestAdjoint::the_tutorials_matrix() {
    // One row of cells, kernel 1 2 3, strides 2: from 5 down to 2, and back up.
    //     C = 1 2 3 . .
    //         . . 1 2 3
    TransposedSetting setting;
    setting.layer.kernel_size = {1, 3};
    setting.layer.strides = {1, 2};
    setting.input = Tensor(Shape{1, 2, 1}, {1, 10});
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{1, 3, 1, 1}, {1, 2, 3});
    const Matrix matrix = direct_convolution(setting);
    QCOMPARE(matrix.values, (std::vector<double>{1, 2, 3, 0, 0, 0, 0, 1, 2, 3}));
    QCOMPARE(matrix.transposed_times(setting.input.values()),
             (std::vector<double>{1, 2, 13, 20, 30}));
}

void TestAdjoint::stamp_slide_and_matrix_agree() {
    SeededRandom random(1);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Tensor full =
            linear_uncropped(setting.layer, setting.geometry, setting.weights, setting.input);
        QVERIFY2(direct_convolution(setting).transposed_times(setting.input.values()) ==
                     doubles(full.values()),
                 setting.text().c_str());
        for (int filter = 0; filter < setting.layer.filters; ++filter) {
            const Tensor wanted = full.channel(filter);
            QVERIFY2(played(setting, filter, Reading::stamp, Phase::accumulate) == wanted,
                     setting.text().c_str());
            QVERIFY2(played(setting, filter, Reading::slide, Phase::accumulate) == wanted,
                     setting.text().c_str());
            QVERIFY2(played(setting, filter, Reading::why_equal, Phase::add_inputs) == wanted,
                     setting.text().c_str());
            QVERIFY2(played(setting, filter, Reading::why_equal, Phase::one_output) == wanted,
                     setting.text().c_str());
        }
    }
}

void TestAdjoint::the_convolution_layer_is_the_matrix() {
    SeededRandom random(2);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Tensor x = support::whole_numbers(random, setting.geometry.uncropped());
        const Tensor y = convolved(setting, Valid{}, x);
        QCOMPARE(y.shape(), setting.geometry.input);
        QVERIFY2(direct_convolution(setting).times(x.values()) == doubles(y.values()),
                 setting.text().c_str());
    }
}

void TestAdjoint::inner_products_agree_on_the_full_output() {
    SeededRandom random(3);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Tensor x = support::whole_numbers(random, setting.geometry.uncropped());
        const Tensor down = convolved(setting, Valid{}, x);
        const Tensor up =
            linear_uncropped(setting.layer, setting.geometry, setting.weights, setting.input);
        QVERIFY2(inner_product(down, setting.input) == inner_product(x, up),
                 setting.text().c_str());
    }
}

void TestAdjoint::inner_products_agree_under_padding_same() {
    // Keras defines the transposed layer's crop by exactly this: it undoes the padding of Conv2D same.
    SeededRandom random(4);
    for (int i = 0; i < settings_tried; ++i) {
        TransposedSetting setting = random_transposed(random);
        setting.layer.padding = Same{};
        setting.layer.output_padding.reset();
        setting.layer.use_bias = false;
        setting.geometry = infer(setting.layer, setting.input.shape()).value();
        const Tensor x = support::whole_numbers(random, setting.geometry.output);
        const Tensor down = convolved(setting, Same{}, x);
        const Tensor up =
            forward(setting.layer, setting.geometry, setting.weights, setting.input).value();
        QVERIFY2(inner_product(down, setting.input) == inner_product(x, up),
                 setting.text().c_str());
    }
}

void TestAdjoint::it_is_not_an_inverse() {
    // Up and down again: the shape returns, the numbers do not.
    TransposedSetting setting;
    setting.layer.kernel_size = {1, 3};
    setting.layer.strides = {1, 2};
    setting.input = Tensor(Shape{1, 2, 1}, {1, 10});
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{1, 3, 1, 1}, {1, 2, 3});
    const Tensor up =
        linear_uncropped(setting.layer, setting.geometry, setting.weights, setting.input);
    QCOMPARE(convolved(setting, Valid{}, up), Tensor(Shape{1, 2, 1}, {44, 143}));
}

QTEST_APPLESS_MAIN(TestAdjoint)
#include "tst_adjoint.moc"
