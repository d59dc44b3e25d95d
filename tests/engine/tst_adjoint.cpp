// SPDX-License-Identifier: MIT
// A transposed convolution is the transpose of a convolution: as a matrix, as an inner product, and
// in both readings. Whole numbers, so every equality is exact.
#include <Eigen/SparseCore>
#include <QtTest>
#include <iterator>

#include "engine/kernels/kernels.h"
#include "engine/lessons/trace.h"
#include "tests/support/transposed_settings.h"

using namespace engine;
using support::random_transposed;
using support::TransposedSetting;

namespace {

constexpr int settings_tried = 200;

/// C of y = C x for the direct convolution without padding from the full output (full rows ×
/// full columns × filters) down to the transposed layer's input, written down tap by tap.
using Matrix = Eigen::SparseMatrix<double>;

Eigen::VectorXd vector_of(std::span<const float> values) {
    return Eigen::Map<const Eigen::VectorXf>(values.data(), std::ssize(values)).cast<double>();
}

Matrix direct_convolution(const TransposedSetting& setting) {
    const Conv2DTranspose& layer = setting.layer;
    const Shape& small = setting.geometry.input;
    const Shape large = setting.geometry.full();
    std::vector<Eigen::Triplet<double>> entries;
    const int group_small = small.channels() / layer.groups;
    const int group_large = layer.filters / layer.groups;
    for (int y = 0; y < small.height(); ++y)
        for (int x = 0; x < small.width(); ++x)
            for (int c = 0; c < small.channels(); ++c)
                for (int ty = 0; ty < layer.kernel_size.height; ++ty)
                    for (int tx = 0; tx < layer.kernel_size.width; ++tx)
                        for (int f = 0; f < group_large; ++f) {
                            const int row = (y * small.width() + x) * small.channels() + c;
                            const int large_y =
                                y * layer.strides.height + ty * layer.dilation_rate.height;
                            const int large_x =
                                x * layer.strides.width + tx * layer.dilation_rate.width;
                            const int column =
                                (large_y * large.width() + large_x) * large.channels() +
                                c / group_small * group_large + f;
                            entries.emplace_back(
                                row, column,
                                static_cast<double>(setting.weights.kernel.at(ty, tx, f, c)));
                        }
    Matrix matrix(small.count(), large.count());
    matrix.setFromTriplets(entries.begin(), entries.end());
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

/// One filter of the full output at the end of a reading's linear part.
Tensor played(const TransposedSetting& setting, int filter, Reading reading, Phase last) {
    const Trace trace(setting.layer, setting.geometry, setting.weights, setting.input, filter,
                      reading);
    int step = 0;
    for (int i = 1; i <= trace.step_count(); ++i)
        if (trace.at(i).phase == last) step = i;
    const Shape full = trace.geometry().full();
    const Tensor canvas = trace.partial(step).values;
    return canvas.resized(full, 0);
}

/// 1 10 under the kernel 1 2 3 with strides 2.
TransposedSetting one_row() {
    TransposedSetting setting;
    setting.layer.kernel_size = {1, 3};
    setting.layer.strides = {1, 2};
    setting.input = Tensor(Shape{1, 2, 1}, {1, 10});
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{1, 3, 1, 1}, {1, 2, 3});
    return setting;
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
    // From 5 down to 2, and back up.
    //     C = 1 2 3 . .
    //         . . 1 2 3
    const TransposedSetting setting = one_row();
    const Matrix matrix = direct_convolution(setting);
    const Eigen::MatrixXd expected{{1, 2, 3, 0, 0}, {0, 0, 1, 2, 3}};
    QVERIFY(matrix.toDense() == expected);
    const Eigen::VectorXd grown = matrix.transpose() * vector_of(setting.input.values());
    const Eigen::VectorXd by_hand{{1, 2, 13, 20, 30}};
    QVERIFY(grown == by_hand);
}

void TestAdjoint::stamp_slide_and_matrix_agree() {
    SeededRandom random(1);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Tensor full =
            linear_full(setting.layer, setting.geometry, setting.weights, setting.input);
        const Eigen::VectorXd product =
            direct_convolution(setting).transpose() * vector_of(setting.input.values());
        QVERIFY2(product == vector_of(full.values()), setting.text().c_str());
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
        const Tensor x = support::whole_numbers(random, setting.geometry.full());
        const Tensor y = convolved(setting, Valid{}, x);
        QCOMPARE(y.shape(), setting.geometry.input);
        const Eigen::VectorXd product = direct_convolution(setting) * vector_of(x.values());
        QVERIFY2(product == vector_of(y.values()), setting.text().c_str());
    }
}

void TestAdjoint::inner_products_agree_on_the_full_output() {
    SeededRandom random(3);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Tensor x = support::whole_numbers(random, setting.geometry.full());
        const Tensor down = convolved(setting, Valid{}, x);
        const Tensor up =
            linear_full(setting.layer, setting.geometry, setting.weights, setting.input);
        QVERIFY2(inner_product(down, setting.input) == inner_product(x, up),
                 setting.text().c_str());
    }
}

void TestAdjoint::inner_products_agree_under_padding_same() {
    // Keras defines the transposed layer's crop by exactly this: it undoes the padding of Conv2D
    // same.
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
    const TransposedSetting setting = one_row();
    const Tensor up = linear_full(setting.layer, setting.geometry, setting.weights, setting.input);
    QCOMPARE(convolved(setting, Valid{}, up), Tensor(Shape{1, 2, 1}, {44, 143}));
}

QTEST_APPLESS_MAIN(TestAdjoint)
#include "tst_adjoint.moc"
