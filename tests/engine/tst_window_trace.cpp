// SPDX-License-Identifier: MIT
// Stepping through a Conv2D: the same settings the other way round, then any setting.
#include <QtTest>
#include <algorithm>
#include <tuple>

#include "engine/kernels/kernels.h"
#include "engine/lessons/joins.h"
#include "engine/lessons/lesson.h"
#include "tests/support/random_layers.h"
#include "tests/support/traces.h"

using namespace support;

namespace {

/// A Conv2D that fits its input, with whole numbers, whose sums are exact in any order.
struct ConvolutionSetting {
    Conv2D layer;
    Geometry geometry;
    Weights weights;
    Tensor input;
};

ConvolutionSetting random_convolution(SeededRandom& random) {
    const auto pair = [&](int largest) {
        return Size2D{1 + random.below(largest), 1 + random.below(largest)};
    };
    for (;;) {
        ConvolutionSetting setting;
        Conv2D& layer = setting.layer;
        layer.groups = 1 + random.below(2);
        layer.filters = layer.groups * (1 + random.below(2));
        layer.kernel_size = pair(4);
        layer.strides = pair(3);
        layer.dilation_rate = random.below(3) == 0 ? pair(3) : Size2D{1, 1};
        const int padding = random.below(3);
        if (padding == 1) layer.padding = Same{};
        if (padding == 2) layer.padding = Explicit{{random.below(4), random.below(4)}};
        const Shape shape{1 + random.below(6), 1 + random.below(6),
                          layer.groups * (1 + random.below(2))};
        const auto geometry = infer(layer, shape);
        if (!geometry) continue;
        setting.geometry = *geometry;
        setting.input = whole_numbers(random, shape);
        setting.weights = weights_of(whole_numbers, random, layer, *geometry);
        return setting;
    }
}

Trace trace_of(const ConvolutionSetting& setting, int filter) {
    return {setting.layer, setting.geometry, setting.weights,
            setting.input, filter,           Reading::window};
}

using Triple = std::tuple<int, int, int>;  ///< smaller side, tap, larger side

}  // namespace

class TestWindowTrace : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(force_target("reference").has_value()); }

    void four_becomes_two_where_the_transposed_layer_makes_eight();
    void the_window_jumps_by_its_strides();
    void the_border_is_a_step_only_where_there_is_one();
    void a_row_that_strides_step_past_is_under_no_window();
    void the_last_step_is_the_layers_output();
    void products_from_and_into_and_by_are_the_same();
    void the_transposed_layer_joins_the_same_cells_the_other_way();
    void a_kernel_keeps_its_numbers_when_the_layer_turns_round();
};

void TestWindowTrace::four_becomes_two_where_the_transposed_layer_makes_eight() {
    Conv2DTranspose grows;
    grows.kernel_size = {3, 3};
    grows.strides = {2, 2};
    grows.padding = Same{};
    const LayerSpec shrinks = carried_over(grows, Conv2D{});
    QCOMPARE(std::get<Conv2D>(shrinks).kernel_size, grows.kernel_size);
    QCOMPARE(std::get<Conv2D>(shrinks).strides, grows.strides);
    QVERIFY(std::get<Conv2D>(shrinks).padding == grows.padding);
    QCOMPARE(infer(grows, {4, 4, 1})->output, (Shape{8, 8, 1}));
    QCOMPARE(infer(shrinks, {4, 4, 1})->output, (Shape{2, 2, 1}));
    // UpSampling2D's size is the same growth.
    QCOMPARE(std::get<UpSampling2D>(carried_over(shrinks, UpSampling2D{})).size, grows.strides);
}

void TestWindowTrace::the_window_jumps_by_its_strides() {
    ConvolutionSetting setting;
    setting.layer.kernel_size = {2, 2};
    setting.layer.strides = {2, 2};
    setting.input = map(4, 4, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{2, 2, 1, 1}, {1, 10, 100, 1000});
    setting.weights.bias = Tensor(Shape{1}, {0});
    const Trace trace = trace_of(setting, 0);
    QCOMPARE(trace.step_count(), 4);
    // 1 × 1 + 2 × 10 + 5 × 100 + 6 × 1000, then two cells further: nothing is turned.
    QCOMPARE(picture(trace.partial(1)), (std::vector<float>{6521, empty, empty, empty}));
    QCOMPARE(picture(trace.partial(2)), (std::vector<float>{6521, 8743, empty, empty}));
    const std::vector<Tap> taps = trace.taps_into({1, 0});
    QCOMPARE(taps.size(), std::size_t{4});
    QCOMPARE(taps[0].input, (Cell{2, 0}));
    QCOMPARE(taps[0].kernel, (Cell{0, 0}));
}

void TestWindowTrace::the_border_is_a_step_only_where_there_is_one() {
    Conv2D layer;
    layer.kernel_size = {3, 3};
    const auto first_phase = [&] {
        const Geometry geometry = infer(layer, {5, 5, 1}).value();
        return Timeline(layer, geometry, Reading::window, 0).at(1).phase;
    };
    QCOMPARE(first_phase(), Phase::accumulate);
    layer.padding = Same{};
    QCOMPARE(first_phase(), Phase::pad_border);
}

void TestWindowTrace::a_row_that_strides_step_past_is_under_no_window() {
    Conv2D layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    const Geometry geometry = infer(layer, {6, 5, 1}).value();
    QCOMPARE(cells_left_over(geometry.rows), 1);
    QCOMPARE(cells_left_over(geometry.columns), 0);
    QVERIFY(joins_from(layer, geometry.rows, 5).empty());
    QVERIFY(!joins_from(layer, geometry.columns, 4).empty());
}

void TestWindowTrace::the_last_step_is_the_layers_output() {
    SeededRandom random(31);
    for (int i = 0; i < 200; ++i) {
        ConvolutionSetting setting = random_convolution(random);
        if (i % 3 == 0) setting.layer.activation = ActivationKind::tanh;
        if (i % 7 == 0) setting.layer.activation = ActivationKind::softmax;
        const auto output =
            forward(setting.layer, setting.geometry, setting.weights, setting.input);
        QVERIFY(output.has_value());
        for (int filter = 0; filter < setting.layer.filters; ++filter) {
            Trace trace = trace_of(setting, filter);
            for (const bool kept : {false, true}) {
                if (kept) QVERIFY(trace.keep_sums());
                const Partial last = trace.partial(trace.step_count());
                QVERIFY(last.values == output->channel(filter));
                QCOMPARE(std::ranges::count(last.visited, 0), std::ptrdiff_t{0});
            }
        }
    }
}

void TestWindowTrace::products_from_and_into_and_by_are_the_same() {
    SeededRandom random(32);
    for (int i = 0; i < 100; ++i) {
        const ConvolutionSetting setting = random_convolution(random);
        const Trace trace = trace_of(setting, 0);
        const Geometry& g = setting.geometry;
        std::vector<Tap> from = all_taps(trace);
        std::size_t into = 0;
        for (const Cell output : cells_of(g.rows.out, g.columns.out)) {
            const std::vector<Tap> taps = trace.taps_into(output);
            into += taps.size();
            for (const Tap& tap : taps) QVERIFY(std::ranges::count(from, tap) == 1);
            // And they make the number in the cell.
            Conv2D plain = setting.layer;
            plain.use_bias = false;
            QCOMPARE(sum(taps), linear_full(plain, g, setting.weights, setting.input)
                                    .at(output.row, output.column, 0));
        }
        QCOMPARE(into, from.size());
        std::size_t by = 0;
        for (const Cell tap : cells_of(g.rows.kernel, g.columns.kernel)) {
            const auto [rows, columns] = trace.landings_of(tap);
            by += rows.size() * columns.size() * trace.channels().size();
        }
        QCOMPARE(by, from.size());
    }
}

// Confusion of the two directions dissolved: which cell meets which through which weight is one and
// the same list, read from the other side.
void TestWindowTrace::the_transposed_layer_joins_the_same_cells_the_other_way() {
    SeededRandom random(33);
    for (int i = 0; i < 200; ++i) {
        Conv2D shrinks;
        shrinks.kernel_size = {1 + random.below(5), 1};
        shrinks.strides = {1 + random.below(4), 1};
        shrinks.dilation_rate = {1 + random.below(3), 1};
        const auto small = infer(shrinks, {1 + random.below(12), 1, 1});
        if (!small) continue;
        const Conv2DTranspose grows =
            std::get<Conv2DTranspose>(carried_over(shrinks, Conv2DTranspose{}));
        const Geometry large = infer(grows, {small->rows.out, 1, 1}).value();
        std::vector<Triple> down, up;
        for (int input = 0; input < small->rows.in; ++input)
            for (const Join& join : joins_from(shrinks, small->rows, input))
                down.emplace_back(join.output, join.tap, join.input);
        for (int input = 0; input < large.rows.in; ++input)
            for (const Join& join : joins_from(grows, large.rows, input))
                up.emplace_back(join.input, join.tap, join.output);
        std::ranges::sort(down);
        std::ranges::sort(up);
        QCOMPARE(down, up);
    }
}

void TestWindowTrace::a_kernel_keeps_its_numbers_when_the_layer_turns_round() {
    SeededRandom random(34);
    Conv2DTranspose grows;
    grows.filters = 2;
    grows.kernel_size = {2, 3};
    Lesson lesson;
    lesson.input = whole_numbers(random, {2, 2, 3});
    lesson.layers = {{.spec = grows}};
    lesson.layers[0].weights.recipe.reset();
    lesson.layers[0].weights.values.kernel = whole_numbers(random, {2, 3, 2, 3});
    const Lesson round = with_layer(lesson, 0, carried_over(grows, Conv2D{}));
    const Tensor& before = lesson.layers[0].weights.values.kernel;
    const Tensor& after = round.layers[0].weights.values.kernel;
    QCOMPARE(after.shape(), (Shape{2, 3, 3, 2}));
    for (const Cell tap : cells_of(2, 3))
        for (int filter = 0; filter < 2; ++filter)
            for (int channel = 0; channel < 3; ++channel)
                QCOMPARE(after.at(tap.row, tap.column, channel, filter),
                         before.at(tap.row, tap.column, filter, channel));
    QVERIFY(with_layer(round, 0, grows).layers[0].weights.values.kernel == before);
}

QTEST_APPLESS_MAIN(TestWindowTrace)
#include "tst_window_trace.moc"
