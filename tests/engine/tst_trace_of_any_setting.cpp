// SPDX-License-Identifier: MIT
// Stepping through a layer: what must hold at every step of any setting.
#include <QtTest>
#include <algorithm>

#include "engine/kernels/kernels.h"
#include "tests/support/traces.h"

using namespace support;

namespace {

constexpr int settings_tried = 150;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

/// The step after which the linear part is complete: the last before bias, activation and crop.
int last_linear_step(const Trace& trace) {
    int step = trace.step_count();
    while (step > 0 &&
           (trace.at(step).phase == Phase::add_bias || trace.at(step).phase == Phase::activate ||
            trace.at(step).phase == Phase::crop))
        --step;
    return step;
}

}  // namespace

class TestTraceOfAnySetting : public QObject {
    Q_OBJECT

private slots:
    // The written sums and the reference agree to the bit; other targets are compared in
    // tst_kernels.
    void initTestCase() { QVERIFY(force_target("reference").has_value()); }

    void the_last_step_is_the_layers_output();
    void stamp_slide_and_window_agree();
    void each_step_is_the_result_of_a_masked_input();
    void visited_cells_are_those_a_stamp_covers();
    void slide_visits_in_reading_order();
    void one_output_visits_each_cell_once();
    void steps_can_be_asked_for_in_any_order();
    void taps_into_a_cell_are_the_taps_from_all_that_land_there();
    void written_sums_are_the_pictures_numbers_to_the_last_bit();
    void positions_count_through_the_segments();
    void kept_sums_change_no_picture();
};

void TestTraceOfAnySetting::the_last_step_is_the_layers_output() {
    SeededRandom random(1);
    for (int i = 0; i < settings_tried; ++i) {
        TransposedSetting setting = random_transposed(random);
        if (i % 3 == 0) setting.layer.activation = ActivationKind::tanh;
        const auto output =
            forward(setting.layer, setting.geometry, setting.weights, setting.input);
        QVERIFY(output.has_value());
        for (int filter = 0; filter < setting.layer.filters; ++filter)
            for (const Reading reading : readings) {
                const Trace trace = trace_of(setting, reading, filter);
                const Partial last = trace.partial(trace.step_count());
                QVERIFY2(kept(last.values, setting.geometry) == output->channel(filter),
                         setting.text().c_str());
                // Everything the frame keeps has been seen.
                QVERIFY2(std::ranges::count(last.visited, 0) == 0, setting.text().c_str());
            }
    }
}

void TestTraceOfAnySetting::stamp_slide_and_window_agree() {
    SeededRandom random(2);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const int filter = random.below(setting.layer.filters);
        const Trace stamp = trace_of(setting, Reading::stamp, filter);
        const Trace slide = trace_of(setting, Reading::slide, filter);
        const Partial finished = stamp.partial(last_linear_step(stamp));
        QVERIFY2(picture(finished) == picture(slide.partial(last_linear_step(slide))),
                 setting.text().c_str());

        // The turned kernel moved by 1 over the bordered input, by hand.
        const Axis& rows = setting.geometry.rows;
        const Axis& columns = setting.geometry.columns;
        for (const Cell out : cells_of(rows.full, columns.full)) {
            float total = 0;
            for (const Cell tap : cells_of(rows.kernel, columns.kernel)) {
                const SlideCell cell =
                    slide_cell(setting.geometry, out.row + tap.row * rows.dilation,
                               out.column + tap.column * columns.dilation);
                if (cell.material != Material::value) continue;
                for (int c = 0; c < slide.input().shape().channels(); ++c)
                    total +=
                        slide.input().at(cell.input.row, cell.input.column, c) *
                        slide.kernel().at(turned(rows, tap.row), turned(columns, tap.column), 0, c);
            }
            QVERIFY2(total == finished.values.at(out.row, out.column, 0), setting.text().c_str());
        }
    }
}

void TestTraceOfAnySetting::each_step_is_the_result_of_a_masked_input() {
    SeededRandom random(3);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const int filter = random.below(setting.layer.filters);
        const Trace trace = trace_of(setting, Reading::stamp, filter);
        for (int step = 1; step <= last_linear_step(trace); ++step) {
            const Tensor plain = linear_full(setting.layer, setting.geometry, setting.weights,
                                             keep_first(setting.input, step))
                                     .channel(filter);
            const Tensor canvas = trace.partial(step).values;
            for (const Cell cell : cells_of(plain.shape().height(), plain.shape().width()))
                QVERIFY2(plain.at(cell.row, cell.column, 0) == canvas.at(cell.row, cell.column, 0),
                         setting.text().c_str());
        }
    }
}

void TestTraceOfAnySetting::visited_cells_are_those_a_stamp_covers() {
    SeededRandom random(4);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Trace trace = trace_of(setting, Reading::stamp);
        const auto inputs = cells_of(setting.geometry.rows.in, setting.geometry.columns.in);
        std::vector<std::uint8_t> covered(at(trace.geometry().canvas().count()));
        for (int step = 1; step < std::ssize(inputs); ++step) {
            for (const Tap& tap : trace.taps_from(inputs[at(step - 1)]))
                covered[at(tap.output.row * setting.geometry.columns.canvas() +
                           tap.output.column)] = 1;
            QVERIFY2(trace.partial(step).visited == covered, setting.text().c_str());
        }
        // With the last one every full cell is known; appended cells are not.
        const Partial all = trace.partial(static_cast<int>(inputs.size()));
        for (const Cell cell : cells_of(all.values.shape().height(), all.values.shape().width()))
            QCOMPARE(all.visited_at(cell.row, cell.column),
                     cell.row < setting.geometry.rows.full &&
                         cell.column < setting.geometry.columns.full);
    }
}

void TestTraceOfAnySetting::slide_visits_in_reading_order() {
    SeededRandom random(6);
    for (int i = 0; i < 40; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Trace trace = trace_of(setting, Reading::slide);
        const auto outputs = cells_of(setting.geometry.rows.full, setting.geometry.columns.full);
        for (int done = 0; done <= std::ssize(outputs); ++done) {
            const Partial partial = trace.partial(3 + done);
            QCOMPARE(std::ranges::count(partial.visited, 1), done);
            if (done == 0) continue;
            const Cell cell = outputs[at(done - 1)];
            QCOMPARE(trace.at(3 + done).cell, cell);
            QVERIFY(partial.visited_at(cell.row, cell.column));
            QCOMPARE(partial.values.at(cell.row, cell.column, 0), sum(trace.taps_into(cell)));
        }
    }
}

void TestTraceOfAnySetting::one_output_visits_each_cell_once() {
    SeededRandom random(7);
    for (int i = 0; i < 40; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Trace trace = trace_of(setting, Reading::why_equal);
        const int before = trace.timeline().first_step(2) - 1;
        const OutputOrder order(setting.geometry);
        const Segment& segment = trace.segments()[2];
        QCOMPARE(segment.phase, Phase::one_output);
        QCOMPARE(segment.count, setting.geometry.rows.full * setting.geometry.columns.full);
        for (int done = 1; done <= segment.count; ++done) {
            const Partial partial = trace.partial(before + done);
            const Cell cell = order.at(done - 1);
            QCOMPARE(trace.at(before + done).cell, cell);
            QCOMPARE(std::ranges::count(partial.visited, 1), done);
            QVERIFY(partial.visited_at(cell.row, cell.column));
            QCOMPARE(partial.values.at(cell.row, cell.column, 0), sum(trace.taps_into(cell)));
        }
    }
}

void TestTraceOfAnySetting::steps_can_be_asked_for_in_any_order() {
    SeededRandom random(8);
    for (int i = 0; i < 20; ++i) {
        const TransposedSetting setting = random_transposed(random);
        for (const Reading reading : readings) {
            const Trace trace = trace_of(setting, reading);
            std::vector<std::vector<float>> forwards;
            for (int step = 0; step <= trace.step_count(); ++step)
                forwards.push_back(picture(trace.partial(step)));
            for (int step = trace.step_count(); step >= 0; --step)
                QCOMPARE(picture(trace_of(setting, reading).partial(step)), forwards[at(step)]);
        }
    }
}

void TestTraceOfAnySetting::taps_into_a_cell_are_the_taps_from_all_that_land_there() {
    SeededRandom random(9);
    for (int i = 0; i < settings_tried; ++i) {
        const TransposedSetting setting = random_transposed(random);
        const Trace trace = trace_of(setting, Reading::stamp);
        const Tensor canvas = trace.partial(last_linear_step(trace)).values;
        // taps_from, gathered by cell: inputs already come in reading order, channels within.
        const auto before = [](const Tap& a, const Tap& b) {
            return std::tuple(a.input.row, a.input.column, a.channel) <
                   std::tuple(b.input.row, b.input.column, b.channel);
        };
        const std::vector<Tap> all = all_taps(trace);
        for (const Cell cell : cells_of(canvas.shape().height(), canvas.shape().width())) {
            std::vector<Tap> landing_here;
            std::ranges::copy_if(all, std::back_inserter(landing_here),
                                 [&](const Tap& tap) { return tap.output == cell; });
            std::ranges::sort(landing_here, before);
            const std::vector<Tap> into = trace.taps_into(cell);
            QVERIFY2(into == landing_here, setting.text().c_str());
            QCOMPARE(sum(into), canvas.at(cell.row, cell.column, 0));
        }
    }
}

void TestTraceOfAnySetting::written_sums_are_the_pictures_numbers_to_the_last_bit() {
    SeededRandom random(11);
    const auto fractions = [&](const Shape& shape) {
        std::vector<float> values(at(shape.count()));
        for (float& value : values) value = static_cast<float>(random.normal() * 1e3);
        return Tensor(shape, std::move(values));
    };
    for (int i = 0; i < settings_tried; ++i) {
        TransposedSetting setting = random_transposed(random);
        setting.input = fractions(setting.input.shape());
        setting.weights.kernel = fractions(setting.weights.kernel.shape());
        if (setting.layer.use_bias) setting.weights.bias = fractions(setting.weights.bias.shape());
        const Tensor output =
            forward(setting.layer, setting.geometry, setting.weights, setting.input).value();
        const Trace trace = trace_of(setting, Reading::stamp);
        QVERIFY2(
            kept(trace.partial(trace.step_count()).values, setting.geometry) == output.channel(0),
            setting.text().c_str());
        const Tensor linear = trace.partial(last_linear_step(trace)).values;
        for (const Cell cell : cells_of(linear.shape().height(), linear.shape().width()))
            QCOMPARE(sum(trace.taps_into(cell)), linear.at(cell.row, cell.column, 0));
    }
}

void TestTraceOfAnySetting::positions_count_through_the_segments() {
    SeededRandom random(10);
    for (int i = 0; i < 40; ++i) {
        const TransposedSetting setting = random_transposed(random);
        for (const Reading reading : readings) {
            const Trace trace = trace_of(setting, reading);
            int step = 0;
            for (int segment = 0; segment < std::ssize(trace.segments()); ++segment) {
                QCOMPARE(trace.timeline().first_step(segment), step + 1);
                for (int index = 0; index < trace.segments()[at(segment)].count; ++index) {
                    const Position position = trace.at(++step);
                    QCOMPARE(position.segment, segment);
                    QCOMPARE(position.index, index);
                    QCOMPARE(position.phase, trace.segments()[at(segment)].phase);
                }
            }
            QCOMPARE(trace.step_count(), step);
        }
    }
}

void TestTraceOfAnySetting::kept_sums_change_no_picture() {
    const auto compare = [](const Trace& trace) {
        Trace kept = trace;
        kept.keep_sums();
        for (int step = 0; step <= trace.step_count(); ++step)
            if (picture(kept.partial(step)) != picture(trace.partial(step))) return false;
        return true;
    };
    SeededRandom random(11);
    for (int i = 0; i < settings_tried; ++i) {
        TransposedSetting setting = random_transposed(random);
        if (i % 3 == 0) setting.layer.activation = ActivationKind::tanh;
        if (i % 7 == 0) setting.layer.activation = ActivationKind::softmax;
        for (const Reading reading : readings)
            QVERIFY2(compare(trace_of(setting, reading)), setting.text().c_str());
    }
    for (const Interpolation interpolation : all_interpolations) {
        const UpSampling2D layer{{2, 3}, interpolation};
        const Tensor input = support::whole_numbers(random, {3, 4, 2});
        const Geometry geometry = infer(layer, input.shape()).value();
        QVERIFY(compare(Trace(layer, geometry, {}, input, 1, reading_of(interpolation))));
    }
    Trace empty_trace(Flatten{}, infer(Flatten{}, {4}).value(), {}, map(4, 1, {1, 2, 3, 4}), 0,
                      Reading::stamp);
    empty_trace.keep_sums();
    QVERIFY(empty_trace.partial(0).values.empty());
}

QTEST_APPLESS_MAIN(TestTraceOfAnySetting)
#include "tst_trace_of_any_setting.moc"
