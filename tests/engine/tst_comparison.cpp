// SPDX-License-Identifier: MIT
// Two models on one input: the identities that are taught, for any numbers, and how difference is
// counted.
#include <QtTest>
#include <cmath>

#include "engine/kernels/kernels.h"
#include "engine/lessons/comparison.h"
#include "engine/lessons/same_place.h"
#include "tests/support/random_layers.h"

using namespace engine;
using support::whole_numbers;

namespace {

Layer layer_with(LayerSpec spec, Tensor kernel = {}) {
    Layer layer{.spec = std::move(spec)};
    if (kernel.empty()) return layer;
    layer.weights.recipe.reset();
    layer.weights.values.kernel = std::move(kernel);
    return layer;
}

Tensor output_of(const Tensor& input, const std::vector<Layer>& layers) {
    Lesson lesson;
    lesson.input = input;
    lesson.layers = layers;
    return run(lesson)->layers.back().output;
}

template <typename Convolution2D>
Convolution2D square(int kernel, int stride, const Padding& padding, int filters = 1) {
    Convolution2D layer;
    layer.filters = filters;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {stride, stride};
    layer.padding = padding;
    return layer;
}

/// A square kernel of one channel and one filter, number by number.
template <typename Number>
Tensor kernel_of(int side, Number number) {
    std::vector<float> values;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) values.push_back(number(row, column));
    return Tensor({side, side, 1, 1}, std::move(values));
}

}  // namespace

class TestComparison : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(force_target("reference").has_value()); }

    // What is taught
    void copies_are_stamps_of_ones();
    void a_tent_is_bilinear_inside();
    void upsample_then_convolve_is_one_transposed_convolution();
    void sub_pixel_convolution_is_a_transposed_convolution();
    void the_shape_returns_the_values_do_not();
    void same_size_shifted_by_one();

    // How it is counted
    void sides_are_lessons_of_their_own();
    void a_difference_counts_cells_and_knows_the_largest();
    void rounding_is_told_from_a_difference();
    void outputs_of_other_shapes_are_not_subtracted();
    void costs_add_up_over_a_model();
    void the_moment_beside_never_goes_back();
};

void TestComparison::copies_are_stamps_of_ones() {
    SeededRandom random(51);
    for (int factor = 1; factor <= 4; ++factor) {
        const Tensor input =
            support::normal_numbers(random, {1 + random.below(5), 1 + random.below(5), 1});
        const Tensor ones = kernel_of(factor, [](int, int) { return 1.0F; });
        const Difference difference = difference_of(
            output_of(input, {layer_with(UpSampling2D{{factor, factor}})}),
            output_of(input, {layer_with(square<Conv2DTranspose>(factor, factor, Valid{}), ones)}));
        QVERIFY(difference.is_equal());
    }
}

void TestComparison::a_tent_is_bilinear_inside() {
    SeededRandom random(52);
    const Tensor input = whole_numbers(random, {5, 4, 1});
    Layer tent{.spec = square<Conv2DTranspose>(4, 2, Same{})};
    tent.weights.recipe = WeightRecipe{Initializer::bilinear};
    const Tensor stamped = output_of(input, {tent});
    const Tensor sampled =
        output_of(input, {layer_with(UpSampling2D{{2, 2}, Interpolation::bilinear})});
    const Difference difference = difference_of(stamped, sampled);
    QVERIFY(difference.is_known() && !difference.is_equal() && difference.apart > 0);
    QCOMPARE(difference.rim, 1);
    for (int row = 1; row < 9; ++row)
        for (int column = 1; column < 7; ++column)
            QCOMPARE(difference.values.at(row, column, 0), 0.0F);
}

// out[o] = Σ_u w[u] up[o + u − p] with p = (k − 1) / 2, and `up` repeats an input s times: its
// stamp has k + s − 1 taps, tap t being the sum of those w[u] with 0 ≤ t + u − (k − 1) < s.
void TestComparison::upsample_then_convolve_is_one_transposed_convolution() {
    SeededRandom random(53);
    for (const std::pair<int, int>& sides :
         std::initializer_list<std::pair<int, int>>{{3, 2}, {1, 2}, {5, 2}, {3, 3}, {5, 3}}) {
        const int kernel = sides.first;
        const int factor = sides.second;
        const Tensor input = whole_numbers(random, {4, 3, 1});
        const Tensor weights = whole_numbers(random, {kernel, kernel, 1, 1});
        const auto sum = [&](int row, int column) {
            float total = 0;
            for (int y = 0; y < kernel; ++y)
                for (int x = 0; x < kernel; ++x) {
                    const int down = row + y - (kernel - 1);
                    const int right = column + x - (kernel - 1);
                    if (down >= 0 && down < factor && right >= 0 && right < factor)
                        total += weights.at(y, x, 0, 0);
                }
            return total;
        };
        const int taps = kernel + factor - 1;
        QVERIFY(difference_of(
                    output_of(input, {layer_with(UpSampling2D{{factor, factor}}),
                                      layer_with(square<Conv2D>(kernel, 1, Same{}), weights)}),
                    output_of(input, {layer_with(square<Conv2DTranspose>(taps, factor, Same{}),
                                                 kernel_of(taps, sum))}))
                    .is_equal());
    }
}

// Filter f = r b + c makes the cells (r, c) of all blocks: tap b (k − 1 − u) + r of the transposed
// layer is its weight u.
void TestComparison::sub_pixel_convolution_is_a_transposed_convolution() {
    SeededRandom random(54);
    for (const int block : {2, 3}) {
        constexpr int kernel = 3;
        const Tensor input = whole_numbers(random, {3, 4, 1});
        const Tensor weights = whole_numbers(random, {kernel, kernel, 1, block * block});
        const auto woven = [&](int row, int column) {
            return weights.at(kernel - 1 - row / block, kernel - 1 - column / block, 0,
                              row % block * block + column % block);
        };
        const int taps = kernel * block;
        QVERIFY(difference_of(
                    output_of(input, {layer_with(square<Conv2D>(kernel, 1, Same{}, block * block),
                                                 weights),
                                      layer_with(DepthToSpace{block, DepthMode::dcr})}),
                    output_of(input, {layer_with(square<Conv2DTranspose>(taps, block, Same{}),
                                                 kernel_of(taps, woven))}))
                    .is_equal());
    }
}

void TestComparison::the_shape_returns_the_values_do_not() {
    SeededRandom random(55);
    const Tensor input = whole_numbers(random, {4, 4, 1});
    const Tensor kernel =
        kernel_of(3, [](int row, int column) { return static_cast<float>(1 + row + column); });
    const Tensor back =
        output_of(input, {layer_with(square<Conv2D>(3, 2, Same{}), kernel),
                          layer_with(square<Conv2DTranspose>(3, 2, Same{}), kernel)});
    QCOMPARE(back.shape(), input.shape());
    QVERIFY(difference_of(back, input).apart > 0);
}

void TestComparison::same_size_shifted_by_one() {
    SeededRandom random(56);
    const Tensor input = whole_numbers(random, {3, 3, 1});
    const Tensor kernel = whole_numbers(random, {3, 3, 1, 1});
    const Tensor keras =
        output_of(input, {layer_with(square<Conv2DTranspose>(3, 2, Same{}), kernel)});
    Conv2DTranspose layer = square<Conv2DTranspose>(3, 2, Explicit{{1, 1}});
    layer.output_padding = Size2D{1, 1};
    const Tensor pytorch = output_of(input, {layer_with(layer, kernel)});
    QCOMPARE(keras.shape(), pytorch.shape());
    for (int row = 1; row < 6; ++row)
        for (int column = 1; column < 6; ++column)
            QCOMPARE(keras.at(row, column, 0), pytorch.at(row - 1, column - 1, 0));
}

void TestComparison::sides_are_lessons_of_their_own() {
    Lesson lesson;
    lesson.title = "one";
    lesson.input = Tensor({1, 1, 1}, {2});
    lesson.layers = {layer_with(UpSampling2D{})};
    QCOMPARE(side_count(lesson), 1);
    QVERIFY(side_of(lesson, 0) == lesson);
    lesson = with_against(lesson, {layer_with(square<Conv2DTranspose>(2, 2, Valid{}))});
    QCOMPARE(side_count(lesson), 2);
    for (int side = 0; side < 2; ++side) {
        const Lesson alone = side_of(lesson, side);
        QVERIFY(alone.against.empty());
        QVERIFY(with_side(lesson, side, alone) == lesson);
        // The input is that of both.
        const Lesson other = with_side(lesson, side, with_input(alone, Tensor({1, 1, 1}, {7})));
        QCOMPARE(side_of(other, 1 - side).input.at(0, 0, 0), 7.0F);
        QVERIFY(other.layers == lesson.layers && other.against == lesson.against);
    }
    QVERIFY(with_sides_swapped(with_sides_swapped(lesson)) == lesson);
    QVERIFY(with_sides_swapped(lesson).layers == lesson.against);
    QCOMPARE(tensors_of(lesson).size(), std::size_t{1});
}

void TestComparison::a_difference_counts_cells_and_knows_the_largest() {
    const Tensor first({2, 2, 1}, {1, 2, 3, 4});
    const Difference difference = difference_of(first, Tensor({2, 2, 1}, {1, 5, 3, 2}));
    QCOMPARE(difference.differing, 2);
    QCOMPARE(difference.apart, 2);
    QCOMPARE(difference.largest, 3.0F);
    QCOMPARE(difference.at, (Cell{0, 1}));
    QCOMPARE(difference.values.at(0, 1, 0), -3.0F);
    QCOMPARE(difference.rim, 0);  // there is no inside
    QVERIFY(difference_of(first, first).is_equal());
}

void TestComparison::rounding_is_told_from_a_difference() {
    const float up = std::nextafter(1000.0F, 2000.0F);
    const Difference rounded =
        difference_of(Tensor({1, 2, 1}, {1000, 1}), Tensor({1, 2, 1}, {up, 1}));
    QVERIFY(rounded.is_rounding() && !rounded.is_equal());
    QCOMPARE(rounded.differing, 1);
    const Difference apart =
        difference_of(Tensor({1, 2, 1}, {1000, 1}), Tensor({1, 2, 1}, {1000, 1.01F}));
    QVERIFY(!apart.is_rounding() && apart.apart == 1);
}

void TestComparison::outputs_of_other_shapes_are_not_subtracted() {
    QVERIFY(!difference_of(Tensor({1, 2, 1}, {1, 2}), Tensor({2, 1, 1}, {1, 2})).is_known());
    QVERIFY(!difference_of({}, {}).is_equal());
}

void TestComparison::costs_add_up_over_a_model() {
    const std::vector<Layer> layers{layer_with(UpSampling2D{}),
                                    layer_with(square<Conv2D>(3, 1, Same{}))};
    const Costs costs = costs_of(layers, infer_model(layers, {4, 4, 1}));
    QCOMPARE(costs.output, (Shape{8, 8, 1}));
    QCOMPARE(costs.parameters, 10);
    QCOMPARE(costs.multiply_adds, 22 * 22);  // products on real inputs: three a row, two at rims
}

void TestComparison::the_moment_beside_never_goes_back() {
    const Shape input{3, 3, 1};
    const std::vector<std::pair<LayerSpec, Reading>> played{
        {UpSampling2D{}, Reading::copy},
        {square<Conv2DTranspose>(3, 2, Same{}), Reading::stamp},
        {square<Conv2DTranspose>(3, 2, Same{}), Reading::slide},
        {square<Conv2DTranspose>(4, 2, Valid{}), Reading::why_equal},
        {square<Conv2D>(3, 1, Same{}), Reading::window}};
    for (const auto& [spec, reading] : played)
        for (const auto& [other, others_reading] : played) {
            const Timeline timeline(spec, infer(spec, input).value(), reading, 1);
            const Timeline beside(other, infer(other, input).value(), others_reading, 1);
            int last = 0;
            for (int step = 0; step <= timeline.step_count(); ++step) {
                const int now = beside_place(timeline, step, beside);
                QVERIFY(now >= last && now <= beside.step_count());
                if (timeline == beside) QCOMPARE(now, step);
                last = now;
            }
            QCOMPARE(beside_place(timeline, 0, beside), 0);
            QCOMPARE(last, beside.step_count());
        }
}

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
