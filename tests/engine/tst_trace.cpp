// SPDX-License-Identifier: MIT
// Stepping through a layer: the tutorial's stamps, then bias, holes, activation and the other
// layers.
#include <QtTest>

#include "engine/kernels/kernels.h"
#include "engine/layers/interpolation.h"
#include "tests/support/traces.h"

using namespace support;

namespace {

/// The tutorial's layer: 1 2 / 3 4, kernel 10 … 90, strides 2, padding same.
TransposedSetting tutorial() {
    TransposedSetting setting;
    setting.layer.kernel_size = {3, 3};
    setting.layer.strides = {2, 2};
    setting.layer.padding = Same{};
    setting.input = map(2, 2, {1, 2, 3, 4});
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{3, 3, 1, 1}, {10, 20, 30, 40, 50, 60, 70, 80, 90});
    setting.weights.bias = Tensor(Shape{1}, {0});
    return setting;
}

std::vector<Segment> segments(std::initializer_list<Segment> list) { return list; }

}  // namespace

class TestTrace : public QObject {
    Q_OBJECT

private slots:
    // The written sums and the reference agree to the bit; other targets are compared in
    // tst_kernels.
    void initTestCase() { QVERIFY(force_target("reference").has_value()); }

    // The tutorial
    void nothing_is_there_at_step_0();
    void the_first_stamp_is_the_kernel();
    void the_second_stamp_collides();
    void all_four_stamps_then_the_crop();
    void out_2_1_is_140();
    void slide_turns_the_kernel_and_goes_cell_by_cell();
    void why_equal_has_acts();
    void one_input_paints_the_kernel_upright();
    void one_output_meets_once_twice_four_times_first();
    void the_bordered_input();

    // Bias, holes, appended cells, activation
    void holes_show_zero_when_the_last_stamp_is_down();
    void bias_reaches_holes_and_appended_cells();
    void activation_comes_after_the_bias();
    void softmax_looks_at_all_filters();

    // UpSampling2D
    void nearest_copies_input_by_input();
    void bilinear_goes_output_by_output();
    void sources_and_targets_of_upsampling_agree();

    // Other layers
    void layers_without_a_reading_have_no_steps();
};

void TestTrace::nothing_is_there_at_step_0() {
    for (const Reading reading : readings) {
        const Trace trace = trace_of(tutorial(), reading);
        QCOMPARE(trace.at(0), Position{});
        QCOMPARE(trace.at(-7), Position{});
        QCOMPARE(picture(trace.partial(0)), std::vector<float>(25, empty));
    }
}

void TestTrace::the_first_stamp_is_the_kernel() {
    const Trace trace = trace_of(tutorial(), Reading::stamp);
    QCOMPARE(picture(trace.partial(1)), (std::vector<float>{
                                            10,    20,    30,    empty, empty,  //
                                            40,    50,    60,    empty, empty,  //
                                            70,    80,    90,    empty, empty,  //
                                            empty, empty, empty, empty, empty,  //
                                            empty, empty, empty, empty, empty,
                                        }));
    QCOMPARE(trace.at(1).cell, (Cell{0, 0}));
}

void TestTrace::the_second_stamp_collides() {
    const Trace trace = trace_of(tutorial(), Reading::stamp);
    // The column where both stamps lie: 30 + 2 × 10, 60 + 2 × 40, 90 + 2 × 70.
    QCOMPARE(picture(trace.partial(2)), (std::vector<float>{
                                            10,    20,    50,    40,    60,     //
                                            40,    50,    140,   100,   120,    //
                                            70,    80,    230,   160,   180,    //
                                            empty, empty, empty, empty, empty,  //
                                            empty, empty, empty, empty, empty,
                                        }));
    QCOMPARE(trace.at(2).cell, (Cell{0, 1}));
}

void TestTrace::all_four_stamps_then_the_crop() {
    const Trace trace = trace_of(tutorial(), Reading::stamp);
    QCOMPARE(trace.segments(),
             segments({{Phase::accumulate, 4, Domain::input_cell, 2}, {Phase::crop, 1}}));
    QCOMPARE(trace.step_count(), 5);
    const std::vector<float> full{
        10,  20,  50,  40,  60,   //
        40,  50,  140, 100, 120,  //
        100, 140, 360, 240, 300,  //
        120, 150, 340, 200, 240,  //
        210, 240, 550, 320, 360,
    };
    QCOMPARE(picture(trace.partial(4)), full);
    QCOMPARE(picture(trace.partial(5)), full);   // the frame is drawn around it; no number changes
    QCOMPARE(picture(trace.partial(99)), full);  // clamped
    QCOMPARE(trace.at(5), (Position{1, Phase::crop, 0, {}}));
}

void TestTrace::out_2_1_is_140() {
    const std::vector<Tap> taps = trace_of(tutorial(), Reading::stamp).taps_into({2, 1});
    QCOMPARE(taps.size(), std::size_t{2});
    QCOMPARE(taps[0], (Tap{{0, 0}, 0, {2, 1}, {2, 1}, 1, 80, 80}));
    QCOMPARE(taps[1], (Tap{{1, 0}, 0, {0, 1}, {2, 1}, 3, 20, 60}));
    QCOMPARE(sum(taps), 140.0F);
}

void TestTrace::slide_turns_the_kernel_and_goes_cell_by_cell() {
    const Trace trace = trace_of(tutorial(), Reading::slide);
    QCOMPARE(trace.segments(), segments({{Phase::insert_zeros, 1},
                                         {Phase::pad_border, 1},
                                         {Phase::turn_kernel, 1},
                                         {Phase::accumulate, 25, Domain::output_cell, 5},
                                         {Phase::crop, 1}}));
    QCOMPARE(trace.timeline().first_step(3), 4);
    QCOMPARE(picture(trace.partial(3)), std::vector<float>(25, empty));
    std::vector<float> seven(25, empty);
    std::ranges::copy(std::vector<float>{10, 20, 50, 40, 60, 40, 50}, seven.begin());
    QCOMPARE(picture(trace.partial(10)), seven);
    QCOMPARE(trace.at(10), (Position{3, Phase::accumulate, 6, {1, 1}}));
    QCOMPARE(picture(trace.partial(28)), picture(trace_of(tutorial(), Reading::stamp).partial(4)));
}

void TestTrace::why_equal_has_acts() {
    const Trace trace = trace_of(tutorial(), Reading::why_equal);
    QCOMPARE(trace.segments(), segments({{Phase::one_input, 9, Domain::tap, 3},
                                         {Phase::add_inputs, 4, Domain::input_cell, 2},
                                         {Phase::one_output, 25, Domain::output_cell, 5},
                                         {Phase::crop, 1}}));
    const Trace stamp = trace_of(tutorial(), Reading::stamp);
    for (int inputs = 1; inputs <= 4; ++inputs)
        QCOMPARE(picture(trace.partial(9 + inputs)), picture(stamp.partial(inputs)));
    QCOMPARE(picture(trace.partial(39)), picture(stamp.partial(5)));
}

void TestTrace::one_input_paints_the_kernel_upright() {
    TransposedSetting setting = tutorial();
    setting.input = map(2, 2, {0, 2, 3, 4});  // the first that is not zero is B
    const Trace trace = trace_of(setting, Reading::why_equal);
    QCOMPARE(trace.lone_input(), (Cell{0, 1}));
    QCOMPARE(trace.at(5), (Position{0, Phase::one_input, 4, {1, 1}}));
    QCOMPARE(picture(trace.partial(5)), (std::vector<float>{
                                            empty, empty, 20,    40,    60,     //
                                            empty, empty, 80,    100,   empty,  //
                                            empty, empty, empty, empty, empty,  //
                                            empty, empty, empty, empty, empty,  //
                                            empty, empty, empty, empty, empty,
                                        }));
    setting.input = map(2, 2, {0, 0, -3, 4});
    QCOMPARE(trace_of(setting, Reading::why_equal).lone_input(), (Cell{1, 0}));
    setting.input = map(2, 2, {0, 0, 0, 0});
    QCOMPARE(trace_of(setting, Reading::why_equal).lone_input(), (Cell{0, 0}));
}

void TestTrace::one_output_meets_once_twice_four_times_first() {
    const Trace trace = trace_of(tutorial(), Reading::why_equal);
    const OutputOrder order(trace.geometry());
    const std::vector<Cell> first{{0, 0}, {0, 2}, {2, 2}, {0, 1}, {0, 3}};
    for (std::size_t i = 0; i < first.size(); ++i)
        QCOMPARE(order.at(static_cast<int>(i)), first[i]);
    QCOMPARE(trace.taps_into(order.at(1)).size(), std::size_t{2});
    QCOMPARE(trace.taps_into(order.at(2)).size(), std::size_t{4});
    std::vector<float> three(25, empty);
    three[0] = 10;
    three[2] = 50;
    three[12] = 360;
    QCOMPARE(picture(trace.partial(9 + 4 + 3)), three);
}

void TestTrace::the_bordered_input() {
    const Geometry geometry = tutorial().geometry;
    // . . . . . . .    border of 2, zeros between
    // . . . . . . .
    // . . 1 0 2 . .
    // . . 0 0 0 . .
    // . . 3 0 4 . .
    QCOMPARE(geometry.rows.bordered(), 7);
    QCOMPARE(slide_cell(geometry, 1, 2).material, Material::border_zero);
    QCOMPARE(slide_cell(geometry, 2, 3).material, Material::inserted_zero);
    QCOMPARE(slide_cell(geometry, 3, 3).material, Material::inserted_zero);
    QCOMPARE(slide_cell(geometry, 4, 5).material, Material::border_zero);
    QCOMPARE(slide_cell(geometry, 4, 4).material, Material::value);
    QCOMPARE(slide_cell(geometry, 4, 4).input, (Cell{1, 1}));
}

void TestTrace::holes_show_zero_when_the_last_stamp_is_down() {
    // k1 s2: the tutorial's 1 0 2 0 / 0 0 0 0 / 3 0 4 0 / 0 0 0 0
    TransposedSetting setting = tutorial();
    setting.layer.kernel_size = {1, 1};
    setting.layer.padding = Valid{};
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{1, 1, 1, 1}, {1});
    const std::vector<float> full{
        1,     0,     2,     empty,  //
        0,     0,     0,     empty,  //
        3,     0,     4,     empty,  //
        empty, empty, empty, empty,
    };
    std::vector<float> finished = full;
    std::ranges::replace(finished, empty, 0.0F);

    const Trace stamp = trace_of(setting, Reading::stamp);
    QCOMPARE(stamp.segments(),
             segments({{Phase::accumulate, 4, Domain::input_cell, 2}, {Phase::crop, 1}}));
    std::vector<float> three(16, empty);
    three[0] = 1;
    three[2] = 2;
    three[8] = 3;
    QCOMPARE(picture(stamp.partial(3)), three);
    QCOMPARE(picture(stamp.partial(4)), full);
    QCOMPARE(picture(stamp.partial(5)), finished);

    const Trace slide = trace_of(setting, Reading::slide);
    QCOMPARE(picture(slide.partial(3 + 9)), full);
    QCOMPARE(picture(slide.partial(3 + 2)).at(1), 0.0F);  // the hole has its own step
}

void TestTrace::bias_reaches_holes_and_appended_cells() {
    TransposedSetting setting = tutorial();
    setting.layer.kernel_size = {1, 1};
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{1, 1, 1, 1}, {1});
    setting.weights.bias = Tensor(Shape{1}, {0.5F});
    const Trace trace = trace_of(setting, Reading::stamp);
    QCOMPARE(trace.bias(), 0.5F);
    QCOMPARE(trace.segments(), segments({{Phase::accumulate, 4, Domain::input_cell, 2},
                                         {Phase::add_bias, 1},
                                         {Phase::crop, 1}}));
    QCOMPARE(picture(trace.partial(5)), (std::vector<float>{
                                            1.5F,
                                            0.5F,
                                            2.5F,
                                            0.5F,  //
                                            0.5F,
                                            0.5F,
                                            0.5F,
                                            0.5F,  //
                                            3.5F,
                                            0.5F,
                                            4.5F,
                                            0.5F,  //
                                            0.5F,
                                            0.5F,
                                            0.5F,
                                            0.5F,
                                        }));
}

void TestTrace::activation_comes_after_the_bias() {
    TransposedSetting setting = tutorial();
    setting.layer.kernel_size = {2, 2};
    setting.layer.activation = ActivationKind::relu;
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    setting.weights.kernel = Tensor(Shape{2, 2, 1, 1}, {1, -1, 2, -2});
    setting.weights.bias = Tensor(Shape{1}, {-3});
    const Trace trace = trace_of(setting, Reading::stamp);
    // Nothing is cut: no crop.
    QCOMPARE(trace.segments(), segments({{Phase::accumulate, 4, Domain::input_cell, 2},
                                         {Phase::add_bias, 1},
                                         {Phase::activate, 1}}));
    QCOMPARE(trace.partial(4).values.at(1, 2, 0), 4.0F);
    QCOMPARE(trace.partial(5).values.at(1, 2, 0), 1.0F);
    QCOMPARE(trace.partial(5).values.at(0, 0, 0), -2.0F);
    QCOMPARE(trace.partial(6).values.at(1, 2, 0), 1.0F);
    QCOMPARE(trace.partial(6).values.at(0, 0, 0), 0.0F);
}

void TestTrace::softmax_looks_at_all_filters() {
    TransposedSetting setting = tutorial();
    setting.layer.filters = 2;
    setting.layer.activation = ActivationKind::softmax;
    setting.geometry = infer(setting.layer, setting.input.shape()).value();
    std::vector<float> kernel(18);
    for (std::size_t i = 0; i < kernel.size(); ++i) kernel[i] = static_cast<float>(i % 5) / 4;
    setting.weights.kernel = Tensor(Shape{3, 3, 2, 1}, std::move(kernel));
    setting.weights.bias = Tensor(Shape{2}, {0.25F, -0.5F});
    const Tensor output =
        forward(setting.layer, setting.geometry, setting.weights, setting.input).value();
    for (int filter = 0; filter < 2; ++filter) {
        const Trace trace = trace_of(setting, Reading::stamp, filter);
        QCOMPARE(kept(trace.partial(trace.step_count()).values, setting.geometry),
                 output.channel(filter));
    }
}

void TestTrace::nearest_copies_input_by_input() {
    const UpSampling2D layer{{2, 3}, Interpolation::nearest};
    const Tensor input = map(2, 2, {1, 2, 3, 4});
    const Geometry geometry = infer(layer, input.shape()).value();
    const Trace trace(layer, geometry, {}, input, 0, Reading::copy);
    QCOMPARE(trace.segments(), segments({{Phase::accumulate, 4, Domain::input_cell, 2}}));
    QCOMPARE(picture(trace.partial(2)), (std::vector<float>{
                                            1,     1,     1,     2,     2,     2,      //
                                            1,     1,     1,     2,     2,     2,      //
                                            empty, empty, empty, empty, empty, empty,  //
                                            empty, empty, empty, empty, empty, empty,
                                        }));
    QCOMPARE(trace.partial(4).values, forward(layer, geometry, {}, input).value());
    QCOMPARE(trace.at(3).cell, (Cell{1, 0}));
    QCOMPARE(trace.taps_from({1, 0}).size(), std::size_t{6});
    QCOMPARE(trace.taps_into({3, 5}), (std::vector<Tap>{{{1, 1}, 0, {-1, -1}, {3, 5}, 4, 1, 4}}));
}

void TestTrace::bilinear_goes_output_by_output() {
    const UpSampling2D layer{{2, 2}, Interpolation::bilinear};
    const Tensor input = map(2, 2, {1, 2, 3, 4});
    const Geometry geometry = infer(layer, input.shape()).value();
    const Trace trace(layer, geometry, {}, input, 0, Reading::sample);
    QCOMPARE(trace.segments(), segments({{Phase::accumulate, 16, Domain::output_cell, 4}}));
    std::vector<float> first_row(16, empty);
    std::ranges::copy(std::vector<float>{1, 1.25F, 1.75F, 2, 1.5F}, first_row.begin());
    QCOMPARE(picture(trace.partial(5)), first_row);
    QCOMPARE(trace.at(5).cell, (Cell{1, 0}));
    // out[1, 1] = 9/16 × 1 + 3/16 × 2 + 3/16 × 3 + 1/16 × 4
    const std::vector<Tap> taps = trace.taps_into({1, 1});
    QCOMPARE(taps.size(), std::size_t{4});
    QCOMPARE(taps[0].weight, 0.5625F);
    QCOMPARE(taps[2].input, (Cell{1, 0}));
    QCOMPARE(taps[3].weight, 0.0625F);
    QCOMPARE(sum(taps), 1.75F);
}

void TestTrace::sources_and_targets_of_upsampling_agree() {
    SeededRandom random(5);
    for (const Interpolation rule : {Interpolation::nearest, Interpolation::bilinear})
        for (const Size2D size : {Size2D{1, 2}, Size2D{3, 2}, Size2D{8, 5}}) {
            const UpSampling2D layer{size, rule};
            const Tensor input = support::whole_numbers(random, Shape{3, 4, 2});
            const Geometry geometry = infer(layer, input.shape()).value();
            const Tensor output = forward(layer, geometry, {}, input).value();
            const Trace trace(layer, geometry, {}, input, 1, reading_of(rule));
            QCOMPARE(trace.partial(trace.step_count()).values, output.channel(1));
            std::vector<Tap> from = all_taps(trace);
            std::size_t matched = 0;
            for (const Cell cell : cells_of(output.shape().height(), output.shape().width())) {
                const std::vector<Tap> into = trace.taps_into(cell);
                QCOMPARE(sum(into), output.at(cell.row, cell.column, 1));
                for (const Tap& tap : into) {
                    QCOMPARE(std::ranges::count(from, tap), 1);
                    ++matched;
                }
            }
            QCOMPARE(matched, from.size());
        }
}

void TestTrace::layers_without_a_reading_have_no_steps() {
    const Dense layer{3};
    const Tensor input(Shape{2}, {1, 2});
    const Geometry geometry = infer(layer, input.shape()).value();
    QVERIFY(!has_trace(layer));
    const Trace trace(layer, geometry, {}, input, 0, Reading::stamp);
    QCOMPARE(trace.step_count(), 0);
    QVERIFY(trace.segments().empty());
    QCOMPARE(trace.at(3), Position{});
    QVERIFY(trace.partial(0).values.empty());
    QVERIFY(trace.taps_from({0, 0}).empty() && trace.taps_into({0, 0}).empty());
}

QTEST_APPLESS_MAIN(TestTrace)
#include "tst_trace.moc"
