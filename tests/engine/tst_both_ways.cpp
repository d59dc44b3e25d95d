// SPDX-License-Identifier: MIT
// Stamps and the sliding window, each computed its own way, end in the same numbers, to the last
// bit.
#include <QtTest>

#include "engine/lessons/both_ways.h"
#include "engine/lessons/coverage.h"
#include "tests/support/transposed_settings.h"

using namespace engine;

class TestBothWays : public QObject {
    Q_OBJECT
private slots:
    void the_tutorials_collision();
    void a_window_that_is_not_turned_differs();
    void stamps_and_window_agree_to_the_last_bit();
    void the_window_finds_every_input_where_it_stands();
    void the_fewest_inputs_show_every_phase();
};

namespace {

const Shape two_by_two{2, 2, 1};

Geometry k3_s2() {
    Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    return infer(layer, two_by_two).value();
}
const Tensor counting(two_by_two, {1, 2, 3, 4});
const Tensor tens(Shape{3, 3, 1, 1}, {10, 20, 30, 40, 50, 60, 70, 80, 90});

}  // namespace

void TestBothWays::the_tutorials_collision() {
    // 1 × 80 from the upper stamp, 3 × 20 from the lower.
    QCOMPARE(window_sum(k3_s2(), counting, tens, {2, 1}), 140.0F);
    QCOMPARE(stamp_sums(k3_s2(), counting, tens)[2 * 5 + 1], 140.0F);
    QCOMPARE(window_work(k3_s2()), 25 * 9);
}

void TestBothWays::a_window_that_is_not_turned_differs() {
    const Tensor reversed(Shape{3, 3, 1, 1}, {90, 80, 70, 60, 50, 40, 30, 20, 10});
    QVERIFY(stamp_sums(k3_s2(), counting, tens) == window_sums(k3_s2(), counting, tens));
    QVERIFY(stamp_sums(k3_s2(), counting, tens) != window_sums(k3_s2(), counting, reversed));
}

void TestBothWays::stamps_and_window_agree_to_the_last_bit() {
    SeededRandom random(5);
    for (int i = 0; i < 200; ++i) {
        const support::TransposedSetting setting = support::random_transposed(random);
        const Trace trace(setting.layer, setting.geometry, setting.weights, setting.input, 0,
                          Reading::why_equal);
        const Geometry& geometry = trace.geometry();
        // Thirds, so that every sum is rounded.
        std::vector<float> values(trace.input().values().begin(), trace.input().values().end());
        for (float& value : values) value /= 3;
        const Tensor input(trace.input().shape(), values);
        const std::vector<float> stamps = stamp_sums(geometry, input, trace.kernel());
        QVERIFY2(stamps == window_sums(geometry, input, trace.kernel()), setting.text().c_str());

        const std::vector<float> whole = stamp_sums(geometry, trace.input(), trace.kernel());
        for (int row = 0; row < geometry.rows.full; ++row)
            for (int column = 0; column < geometry.columns.full; ++column)
                QCOMPARE(whole[static_cast<std::size_t>(row * geometry.columns.full + column)],
                         sum(trace.taps_into({row, column})));
    }
}

void TestBothWays::the_window_finds_every_input_where_it_stands() {
    SeededRandom random(6);
    for (int i = 0; i < 200; ++i) {
        const Geometry geometry = support::random_transposed(random).geometry;
        const Axis& axis = geometry.rows;
        std::vector<bool> reached(static_cast<std::size_t>(axis.canvas()), false);
        for (int input = 0; input < axis.in; ++input)
            for (int tap = 0; tap < axis.kernel; ++tap) {
                const int output = landing(axis, input, tap);
                QCOMPARE(window_cell_over(axis, output, bordered_cell(axis, input)),
                         turned(axis, tap));
                QCOMPARE(covered_cell(axis, output, turned(axis, tap)), bordered_cell(axis, input));
                reached[static_cast<std::size_t>(output)] = true;
            }
        QVERIFY(reached_cells(axis) == reached);
    }
}

void TestBothWays::the_fewest_inputs_show_every_phase() {
    for (int kernel = 1; kernel <= 11; ++kernel)
        for (int strides = 1; strides <= 8; ++strides) {
            Conv2DTranspose layer;
            layer.kernel_size = {kernel, 1};
            layer.strides = {strides, 1};
            const Axis one = infer(layer, two_by_two).value().rows;
            const int inputs = fewest_telling(one);
            const Axis axis = infer(layer, Shape{inputs, 2, 1}).value().rows;
            // From the far reach of the first input to the landing of the last.
            const int inside = landing(axis, inputs - 1, 0) - (axis.extent - 1) + 1;
            QVERIFY(inside >= strides);
            QCOMPARE(touches_every_phase(axis), kernel >= strides);
            QCOMPARE(touches_evenly(axis), kernel % strides == 0);
        }
}

QTEST_APPLESS_MAIN(TestBothWays)
#include "tst_both_ways.moc"
