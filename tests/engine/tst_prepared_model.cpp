// SPDX-License-Identifier: MIT
// Layers made ready once: what an edit makes anew, what a second run finds, and that no number
// depends on it.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/thread_pool.h"
#include "engine/lessons/effort.h"
#include "engine/lessons/lesson.h"
#include "tests/support/random_layers.h"
#include "tests/support/targets.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::convolution;
using support::normal_numbers;

namespace {

/// The tutorial's two generators in one: a latent vector, a picture of 5 × 5, and both ways to make
/// it larger.
Lesson generator() {
    return {.input = random_input({100}, 1),
            .layers = {
                {Dense{.units = 3200}, {}},
                {Reshape{{5, 5, 128}}, {}},
                {convolution<Conv2DTranspose>(16, {3, 3}, {2, 2}, Same{}), {}},
                {LeakyReLU{}, {}},
                {UpSampling2D{.size = {2, 2}}, {}},
                {convolution<Conv2D>(1, {3, 3}, {1, 1}, Same{}), {}},
            }};
}
constexpr int planned_layers = 4;

std::vector<Geometry> geometries_of(const Lesson& lesson) {
    return infer_model(lesson.layers, lesson.input.shape()).geometries;
}

/// Each layer computed on its own, nothing kept.
Tensor one_by_one(const Lesson& lesson) {
    Tensor current = lesson.input;
    for (const Layer& layer : lesson.layers) {
        const Geometry geometry = infer(layer.spec, current.shape()).value();
        const Weights weights = materialize(layer.weights, layer.spec, geometry);
        current = forward(layer.spec, geometry, weights, current).value();
    }
    return current;
}

bool same_bits(const Tensor& a, const Tensor& b) {
    return a.shape() == b.shape() &&
           std::ranges::equal(a.values(), b.values(), [](float x, float y) {
               return x == y && std::signbit(x) == std::signbit(y);
           });
}

Tensor end_of(PreparedModel& model, const Lesson& lesson, ThreadPool* pool = nullptr) {
    return model.end_of(lesson.layers, geometries_of(lesson), lesson.input, pool).value();
}

/// UpSampling2D and the Conv2D behind it, with weights drawn for them.
Lesson pair_of(const UpSampling2D& upsampling, const Conv2D& conv, const Shape& input) {
    SeededRandom random(11);
    Lesson lesson{.input = normal_numbers(random, input), .layers = {{upsampling, {}}}};
    const Geometry upsampled = infer(upsampling, input).value();
    if (const auto convolved = infer(conv, upsampled.output))
        lesson.layers.push_back(
            {conv, {std::nullopt, support::weights_of(normal_numbers, random, conv, *convolved)}});
    return lesson;
}

}  // namespace

class TestPreparedModel : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(force_target(runnable_targets().front())); }

    void a_second_run_makes_no_plan_data() { support::add_targets(); }
    void a_second_run_makes_no_plan() {
        support::force_target();
        const Lesson lesson = generator();
        PreparedModel prepared;
        const Tensor first = run(lesson, {.prepared = &prepared})->layers.back().output;
        QCOMPARE(prepared.plans_made(), planned_layers);
        const Tensor second = run(lesson, {.prepared = &prepared})->layers.back().output;
        QCOMPARE(prepared.plans_made(), planned_layers);
        QVERIFY(same_bits(first, second));
        QVERIFY(same_bits(first, one_by_one(lesson)));
        QVERIFY(same_bits(first, run(lesson)->layers.back().output));
    }

    void an_edit_makes_what_it_changes() {
        Lesson lesson = generator();
        PreparedModel prepared;
        const auto plans_for = [&](const Lesson& edited) {
            const int before = prepared.plans_made();
            const Tensor output = run(edited, {.prepared = &prepared})->layers.back().output;
            if (!same_bits(output, one_by_one(edited))) qFatal("other numbers than without");
            return prepared.plans_made() - before;
        };
        QCOMPARE(plans_for(lesson), planned_layers);
        lesson.input = lesson.input.with_value(7, 3);
        QCOMPARE(plans_for(lesson), 0);
        lesson.title = "The same numbers";
        QCOMPARE(plans_for(lesson), 0);
        lesson.layers[2].weights.recipe = WeightRecipe{Initializer::ones};
        QCOMPARE(plans_for(lesson), 1);
        lesson.layers[2].weights.values.bias = Tensor::filled({16}, 0.5F);
        QCOMPARE(plans_for(lesson), 1);
        // The same numbers in another place are the same.
        lesson.layers[2].weights.values.bias = Tensor::filled({16}, 0.5F);
        QCOMPARE(plans_for(lesson), 0);
        std::get<Conv2D>(lesson.layers[5].spec).activation = ActivationKind::tanh;
        QCOMPARE(plans_for(lesson), 1);
        // Strides of 1: the two layers behind it stand on another shape.
        std::get<Conv2DTranspose>(lesson.layers[2].spec).strides = {1, 1};
        QCOMPARE(plans_for(lesson), 3);
        lesson.layers.pop_back();
        QCOMPARE(plans_for(lesson), 0);
        lesson.layers.push_back(generator().layers.back());
        QCOMPARE(plans_for(lesson), 1);
    }

    void a_plan_is_of_one_target() {
        const Lesson lesson = generator();
        PreparedModel prepared;
        QVERIFY(run(lesson, {.prepared = &prepared}));
        QVERIFY(force_target("reference"));
        const Tensor output = run(lesson, {.prepared = &prepared})->layers.back().output;
        QCOMPARE(prepared.plans_made(), 2 * planned_layers);
        QVERIFY(same_bits(output, one_by_one(lesson)));
    }

    void a_copy_keeps_what_it_has() {
        Lesson lesson = generator();
        PreparedModel prepared;
        QVERIFY(run(lesson, {.prepared = &prepared}));
        const PreparedModel before = prepared;
        lesson.layers[0].weights.recipe = WeightRecipe{Initializer::zeros};
        QVERIFY(run(lesson, {.prepared = &prepared}));
        const Lesson old = generator();
        QVERIFY(before.has(0, old.layers[0], geometries_of(old)[0]));
        QVERIFY(!prepared.has(0, old.layers[0], geometries_of(old)[0]));
    }

    void ready_layers_take_less_time() {
        const Lesson lesson = generator();
        const auto geometries = geometries_of(lesson);
        PreparedModel prepared;
        QVERIFY(run(lesson, {.prepared = &prepared}));
        QVERIFY(seconds(run_effort(lesson.layers, geometries, prepared), {}) <
                seconds(run_effort(lesson.layers, geometries), {}) / 2);
    }

    /// However many threads: the same numbers to the last bit.
    void any_pool_gives_the_same_numbers_data() { support::add_targets(); }
    void any_pool_gives_the_same_numbers() {
        support::force_target();
        Lesson lesson = generator();
        std::get<Conv2DTranspose>(lesson.layers[2].spec).filters = 64;
        PreparedModel prepared;
        const Tensor alone = run(lesson, {.prepared = &prepared})->layers.back().output;
        PreparedModel model;
        const Tensor merged = end_of(model, lesson);
        for (const int threads : {1, 2, 3}) {
            ThreadPool pool(threads);
            const auto shared = run(lesson, {.prepared = &prepared, .pool = &pool});
            QVERIFY(same_bits(shared->layers.back().output, alone));
            QVERIFY(same_bits(end_of(model, lesson, &pool), merged));
        }
        QCOMPARE(prepared.plans_made(), planned_layers);
        QCOMPARE(model.plans_made(), planned_layers - 1);
    }

    // Weights and plans count among the numbers a run holds; without room for them they are made
    // each time.
    void what_does_not_fit_is_let_go_of() {
        const Lesson lesson = generator();
        const Held held = held_by_run(lesson, geometries_of(lesson), 2);
        QVERIFY(held.focus < held.focus_prepared && held.focus_prepared < held.all_prepared);
        QVERIFY(held.focus <= held.all && held.all < held.all_prepared);
        std::int64_t ready = 0;  // Dense, Conv2DTranspose, Conv2D: as they are and packed
        for (const std::int64_t weights : {101 * 3200, (9 * 128 + 1) * 16, 9 * 16 + 1})
            ready += 2 * weights;
        const Tensor expected = one_by_one(lesson);
        PreparedModel prepared;
        const auto run_within = [&](std::int64_t numbers) {
            const auto result =
                run(lesson, {.focus = 5, .max_numbers = numbers, .prepared = &prepared});
            return same_bits(result->layers.back().output, expected);
        };
        QVERIFY(run_within(held.all_prepared));
        QCOMPARE(prepared.held(), ready);
        const int plans = prepared.plans_made();
        QVERIFY(run_within(held.all_prepared));
        QCOMPARE(prepared.plans_made(), plans);
        QVERIFY(run_within(held.all_prepared - 1));
        QCOMPARE(prepared.held(), 0);
    }

    /// Large maps of few weights: only the layer in focus is kept, but every plan.
    void plans_may_fit_where_the_maps_do_not() {
        Lesson lesson{.input = counting_input({64, 64, 1}), .layers = {}};
        for (int i = 0; i < 8; ++i)
            lesson.layers.push_back({convolution<Conv2D>(1, {3, 3}, {1, 1}, Same{}), {}});
        const Held held = held_by_run(lesson, geometries_of(lesson), 1);
        QVERIFY(held.focus_prepared < held.all);
        PreparedModel prepared;
        for (int i = 0; i < 2; ++i) {
            const auto result = run(
                lesson, {.focus = 1, .max_numbers = held.focus_prepared, .prepared = &prepared});
            QVERIFY(result->layers[1].is_kept() && !result->layers[2].is_kept());
            QCOMPARE(prepared.plans_made(), 8);
        }
    }

    void a_stopped_run_can_be_run_again() {
        const Lesson lesson = generator();
        PreparedModel prepared;
        ThreadPool pool(2);
        int told = 0;
        QVERIFY(run(lesson, {.watch = [&](double) { return ++told > 0; }, .prepared = &prepared}));
        for (int stop = 0; stop < told; ++stop) {
            int asked = 0;
            const auto stopped = run(lesson, {.watch = [&](double) { return asked++ < stop; },
                                              .prepared = &prepared,
                                              .pool = &pool});
            QCOMPARE(stopped.error().code, ErrorCode::cancelled);
            QVERIFY2(asked <= stop + 4, "it goes on although it was stopped");
        }
        QVERIFY(same_bits(run(lesson, {.prepared = &prepared})->layers.back().output,
                          one_by_one(lesson)));
        QCOMPARE(prepared.plans_made(), planned_layers);
    }

    /// Only the end is asked for: UpSampling2D and Conv2D become one plan, and the next input makes
    /// none.
    void only_the_end_merges_data() { support::add_targets(); }
    void only_the_end_merges() {
        support::force_target();
        Lesson lesson = generator();
        PreparedModel model;
        for (int item = 0; item < 3; ++item) {
            lesson.input = random_input({100}, static_cast<std::uint64_t>(item));
            const Tensor end = end_of(model, lesson);
            QCOMPARE(model.plans_made(), planned_layers - 1);
            const Tensor expected = one_by_one(lesson);
            for (std::size_t i = 0; i < end.values().size(); ++i)
                QVERIFY(std::abs(end.values()[i] - expected.values()[i]) < 1e-6F);
        }
        lesson.layers[5].weights.recipe = WeightRecipe{Initializer::ones};
        end_of(model, lesson);
        QCOMPARE(model.plans_made(), planned_layers);
        std::get<UpSampling2D>(lesson.layers[4].spec).interpolation = Interpolation::bilinear;
        QVERIFY(same_bits(end_of(model, lesson), one_by_one(lesson)));
        QCOMPARE(model.plans_made(), planned_layers + 2);
    }

    void merged_and_separate_agree_data() { support::add_targets(); }
    void merged_and_separate_agree() {
        support::force_target();
        int merged = 0;
        for (const Size2D size : {Size2D{2, 2}, Size2D{1, 3}, Size2D{4, 2}, Size2D{3, 3}})
            for (int kernel = 1; kernel <= 5; ++kernel)
                for (const int side : {1, 3, 6})
                    for (const int channels : {1, 3, 16})
                        for (const int filters : {1, 3, 18})
                            for (const Padding& padding : {Padding(Valid{}), Padding(Same{})}) {
                                const Lesson lesson =
                                    pair_of({size, Interpolation::nearest},
                                            convolution<Conv2D>(filters, {kernel, 1 + kernel % 4},
                                                                {1, 1}, padding),
                                            {side, 1 + side, channels});
                                if (lesson.layers.size() < 2) continue;
                                PreparedModel model;
                                const Tensor end = end_of(model, lesson);
                                merged += model.plans_made() == 1 ? 1 : 0;
                                const Tensor expected = one_by_one(lesson);
                                float error = 0, largest = 0;
                                for (std::size_t i = 0; i < end.values().size(); ++i) {
                                    const float wanted = expected.values()[i];
                                    error = std::max(error, std::abs(end.values()[i] - wanted));
                                    largest = std::max(largest, std::abs(wanted));
                                }
                                QVERIFY2(error <= 1e-6F * largest,
                                         QByteArray::number(double{error / largest}).constData());
                            }
        QVERIFY(merged > 500);
    }

    void what_is_not_merged() {
        const UpSampling2D twice{{2, 2}, Interpolation::nearest};
        const auto plans_of = [](const UpSampling2D& upsampling, Size2D strides,
                                 const Shape& input) {
            const Lesson lesson =
                pair_of(upsampling, convolution<Conv2D>(2, {3, 3}, strides, Same{}), input);
            PreparedModel model;
            end_of(model, lesson);
            return model.plans_made();
        };
        QCOMPARE(plans_of(twice, {1, 1}, {2, 2, 3}), 1);
        QCOMPARE(plans_of(twice, {1, 2}, {2, 2, 3}), 2);
        QCOMPARE(plans_of({{2, 2}, Interpolation::bilinear}, {1, 1}, {2, 2, 3}), 2);
        // Adding up the taps of 4 × 4 places would not repay itself on 3 × 5 cells.
        QCOMPARE(plans_of({{4, 4}, Interpolation::nearest}, {1, 1}, {3, 5, 3}), 2);
        QCOMPARE(plans_of({{4, 4}, Interpolation::nearest}, {1, 1}, {4, 4, 3}), 1);
    }

    // Two taps of 3e38 are no float when added up; on zeros the layers one by one make zeros.
    void taps_too_large_to_be_added_up() {
        Lesson lesson{.input = Tensor::filled({2, 2, 1}, 0), .layers = {{UpSampling2D{}, {}}}};
        lesson.layers.push_back(
            {convolution<Conv2D>(1, {3, 3}, {1, 1}, Same{}),
             {std::nullopt,
              {.kernel = Tensor::filled({3, 3, 1, 1}, 3e38F), .bias = Tensor::filled({1}, 1)}}});
        PreparedModel model;
        QCOMPARE(end_of(model, lesson), Tensor::filled({4, 4, 1}, 1));
        lesson.input = Tensor::filled({2, 2, 1}, 1);
        const auto error = model.end_of(lesson.layers, geometries_of(lesson), lesson.input).error();
        QCOMPARE(support::text_of(error), "not_finite output given 0 given 1 3e+38 layer 1");
    }
};

QTEST_GUILESS_MAIN(TestPreparedModel)
#include "tst_prepared_model.moc"
