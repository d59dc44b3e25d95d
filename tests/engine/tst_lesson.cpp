// SPDX-License-Identifier: MIT
// Running a lesson, its budget and mistakes, changed copies of it, and the inputs a click away.
#include <QTest>
#include <algorithm>
#include <limits>

#include "engine/kernels/kernels.h"
#include "engine/lessons/continued.h"
#include "engine/lessons/lesson.h"
#include "tests/support/random_layers.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::grid;

namespace {

Lesson puzzle() {
    WeightSetting tens;
    tens.recipe = WeightRecipe{Initializer::tens};
    return {.title = "The readers' puzzle",
            .input = grid("1 2 / 3 4"),
            .layers = {{Conv2DTranspose{.kernel_size = {2, 2}, .strides = {2, 2}}, tens}}};
}

QByteArray mistake(const Lesson& lesson) {
    const Result<Run> result = run(lesson);
    return result ? "none" : support::text_of(result.error());
}

/// A layer of any class with weights, of settings that fit about as often as not.
LayerSpec any_layer(SeededRandom& random) {
    const auto size = [&random] { return random.below(5); };  // 0 is no size
    const auto convolution = [&]<typename Layer>(Layer layer) {
        layer.filters = size();
        layer.kernel_size = {size(), size()};
        layer.strides = {random.below(3), 1};
        layer.groups = random.below(4) == 0 ? size() : 1;
        layer.use_bias = random.below(2) == 0;
        return layer;
    };
    switch (random.below(6)) {
        case 0:
            return convolution(Conv2D{});
        case 1:
            return Dense{.units = size()};
        case 2:
            return BatchNormalization{.scale = random.below(2) == 0};
        case 3:
            return random.below(2) == 0 ? LayerSpec(Flatten{}) : LayerSpec(ReLU{});
        default:
            return convolution(Conv2DTranspose{});
    }
}

/// Stored numbers left over from whatever stood there before.
Weights any_weights(SeededRandom& random) {
    Weights weights;
    const auto some = [&random](int rank) {
        std::vector<int> sizes;
        while (static_cast<int>(sizes.size()) < rank) sizes.push_back(1 + random.below(4));
        return support::whole_numbers(random, Shape(sizes));
    };
    if (random.below(4) != 0) weights.kernel = some(random.below(3) == 0 ? 2 : 4);
    for (Tensor Weights::*each : {&Weights::bias, &Weights::gamma, &Weights::moving_mean})
        if (random.below(2) == 0) weights.*each = some(1);
    return weights;
}

QByteArray stored_mistake(const Lesson& lesson) {
    const auto error = check_stored(lesson);
    return error ? support::text_of(*error) : "none";
}

}  // namespace

class LessonTest : public QObject {
    Q_OBJECT
private slots:
    void a_run_holds_every_number_of_every_layer() {
        Lesson lesson = puzzle();
        lesson.layers.push_back({GlobalPooling2D{}, {}});
        const Result<Run> result = run(lesson);
        QVERIFY(result);
        QCOMPARE(result->layers.size(), std::size_t{2});
        const LayerRun& first = result->layers[0];
        QCOMPARE(first.input, lesson.input);
        QCOMPARE(first.weights.kernel, support::kernel("10 20 / 30 40"));
        QCOMPARE(first.weights.bias, support::vector({0}));
        QCOMPARE(first.output, grid("10 20 20 40 / 30 40 60 80 / 30 60 40 80 / 90 120 120 160"));
        QCOMPARE(result->layers[1].input, first.output);
        QCOMPARE(result->layers[1].output, support::vector({62.5F}));
    }

    void a_generator_runs_from_a_latent_vector() {
        const Lesson lesson{
            .input = random_input({100}, 1),
            .layers = {
                {Dense{.units = 3200}, {}},
                {Reshape{{5, 5, 128}}, {}},
                {Conv2DTranspose{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}}, {}},
            }};
        const Result<Run> result = run(lesson);
        QVERIFY(result);
        QCOMPARE(result->layers.back().output.shape(), Shape({10, 10, 1}));
        QCOMPARE(run(lesson)->layers.back().output, result->layers.back().output);
    }

    void a_lesson_without_layers_runs() { QCOMPARE(run(Lesson{})->layers.size(), std::size_t{0}); }

    // An edit may leave numbers over; a lesson from outside has none that would be cut or filled
    // without a word.
    void stored_weights_have_the_shape_of_their_layer() {
        Lesson lesson = puzzle();
        QCOMPARE(stored_mistake(lesson), "none");
        Weights& stored = lesson.layers[0].weights.values;
        stored.kernel = support::kernel("1 2 3 / 4 5 6 / 7 8 9");
        QCOMPARE(stored_mistake(lesson),
                 "shape_mismatch kernel given 3 3 1 1 limit 2 2 1 1 layer 0");
        QVERIFY(run(lesson));
        stored.kernel = support::vector({1, 2, 3, 4});
        QCOMPARE(stored_mistake(lesson), "shape_mismatch kernel given 4 limit 2 2 1 1 layer 0");
        stored.kernel = support::kernel("1 2 / 3 4");
        stored.bias = support::vector({1, 2});
        QCOMPARE(stored_mistake(lesson), "shape_mismatch bias given 2 limit 1 layer 0");
        stored.bias = {};
        stored.gamma = support::vector({1, 2});  // of no use here
        QCOMPARE(stored_mistake(lesson), "none");

        lesson.layers.push_back({BatchNormalization{}, {}});
        lesson.layers[1].weights.values.moving_mean = support::vector({1, 2});
        QCOMPARE(stored_mistake(lesson), "shape_mismatch moving_mean given 2 limit 1 layer 1");
    }

    // Where layers do not fit together, what their own arguments say is known all the same.
    void weights_of_an_impossible_setting_are_checked_as_far_as_it_is_known() {
        Lesson lesson = puzzle();
        Conv2DTranspose layer{.kernel_size = {2, 2}, .strides = {0, 2}};
        const auto with = [&](const Tensor& kernel) {
            Lesson changed = with_layer(lesson, 0, layer);
            changed.layers[0].weights.values.kernel = kernel;
            return stored_mistake(changed);
        };
        QCOMPARE(with(support::kernel("1 2 / 3 4")), "none");
        QCOMPARE(with(support::kernel("1 2 3")),
                 "shape_mismatch kernel given 1 3 1 1 limit 2 2 1 1 layer 0");
        layer.kernel_size = {0, 2};  // no size to hold a kernel to
        QCOMPARE(with(support::kernel("1 2 / 3 4")), "none");
        QCOMPARE(with(support::kernel("1 2 3")),
                 "shape_mismatch kernel given 1 3 1 1 limit 0 2 1 1 layer 0");
        layer.kernel_size = {2, 2};
        layer.groups = 0;
        QCOMPARE(with(Tensor::filled({2, 2, 5, 1}, 0)), "none");
        lesson.input = random_input({100}, 1);  // no feature map: its channels are not known
        QCOMPARE(with(Tensor::filled({2, 2, 5, 7}, 0)), "none");
        // What comes after the layer that does not fit has an input nobody knows.
        lesson.layers.push_back({Dense{.units = 3}, {}});
        lesson.layers[1].weights.values.kernel = Tensor::filled({7, 3}, 0);
        QCOMPARE(stored_mistake(lesson), "none");
        lesson.layers[1].weights.values.kernel = Tensor::filled({7, 4}, 0);
        QCOMPARE(stored_mistake(lesson), "shape_mismatch kernel given 7 4 limit 0 3 layer 1");
        // Nor are numbers made for a kernel that nobody could compute with.
        layer = {.kernel_size = {65536, 65536}};
        lesson = with_layer(puzzle(), 0, layer);
        lesson.layers[0].weights.values.kernel = support::kernel("1");
        QVERIFY(with_fitted_weights(lesson).layers[0].weights.values.kernel.empty());
    }

    void fitted_weights_pass_and_run_the_same() {
        SeededRandom random(1);
        int ran = 0, cut = 0;
        for (int round = 0; round < 5000; ++round) {
            Lesson lesson{.input = support::whole_numbers(random, {3, 3, 1 + random.below(3)})};
            for (int layers = 1 + random.below(3); layers > 0; --layers) {
                WeightSetting setting{.values = any_weights(random)};
                if (random.below(3) > 0) setting.recipe.reset();
                lesson.layers.push_back({any_layer(random), setting});
            }
            const Lesson fitted = with_fitted_weights(lesson);
            QCOMPARE(stored_mistake(fitted), "none");
            QVERIFY(with_fitted_weights(fitted) == fitted);
            QCOMPARE(stored_mistake(lesson) == "none", fitted == lesson);
            cut += fitted == lesson ? 0 : 1;
            const Result<Run> before = run(lesson);
            const Result<Run> after = run(fitted);
            QCOMPARE(before.has_value(), after.has_value());
            if (!before) continue;
            ++ran;
            QCOMPARE(before->layers.back().output, after->layers.back().output);
        }
        QVERIFY(ran > 500 && cut > 500);
    }

    void mistakes_name_their_layer() {
        Lesson lesson = puzzle();
        lesson.layers.push_back({Dense{.units = 0}, {}});
        QCOMPARE(mistake(lesson), "not_positive units given 0 limit 1 layer 1");

        lesson = puzzle();
        lesson.layers.push_back({Activation{ActivationKind::exponential}, {}});
        QCOMPARE(mistake(lesson), "not_finite output given 12 given 160 layer 1");

        constexpr float infinity = std::numeric_limits<float>::infinity();
        lesson = puzzle();
        lesson.layers[0].weights.values.bias = support::vector({infinity});
        QCOMPARE(mistake(lesson), "not_finite bias given 0 layer 0");
        QCOMPARE(mistake(with_input(puzzle(), grid("1 2 / 3 4").with_value(2, infinity))),
                 "not_finite input given 2");
        QCOMPARE(mistake(with_input(puzzle(), {})),
                 "rank_mismatch input given 0 limit 1 2 3 layer 0");
    }

    // Each tensor alone would pass; input, output and what is between them do not all fit.
    void a_run_that_would_not_fit_keeps_the_layer_in_focus() {
        Lesson lesson{.input = grid("1"), .layers = {}};
        lesson.layers.push_back({UpSampling2D{.size = {512, 512}}, {}});
        for (int i = 0; i < 3; ++i) lesson.layers.push_back({LeakyReLU{}, {}});
        const auto geometries = infer_model(lesson.layers, lesson.input.shape()).geometries;
        const std::int64_t map = std::int64_t{512} * 512;
        const Held held = held_by_run(lesson, geometries, 2);
        QCOMPARE(held.all, 1 + 4 * map);
        QCOMPARE(held.focus, 1 + 3 * map);

        const Run all = run(lesson, {.focus = 2, .max_numbers = held.all}).value();
        for (const LayerRun& layer : all.layers) QVERIFY(layer.is_kept());
        const Run one = run(lesson, {.focus = 2, .max_numbers = held.all - 1}).value();
        for (std::size_t i = 0; i < 4; ++i) QCOMPARE(one.layers[i].is_kept(), i == 2);
        QVERIFY(one.layers[2].output == all.layers[2].output);
        QVERIFY(one.layers[2].input == all.layers[2].input);

        const auto refused = run(lesson, {.focus = 2, .max_numbers = held.focus - 1});
        QCOMPARE(refused.error(), (Error{.code = ErrorCode::over_budget,
                                         .subject = "run",
                                         .given = {held.focus},
                                         .limit = {held.focus - 1}}));
    }

    void the_whole_run_has_a_budget() {
        Lesson lesson{.input = grid("1"), .layers = {}};
        lesson.layers.push_back({UpSampling2D{.size = {8192, 8192}}, {}});
        for (int i = 0; i < 3; ++i) lesson.layers.push_back({LeakyReLU{}, {}});
        const auto geometries = infer_model(lesson.layers, lesson.input.shape()).geometries;
        // An input, an output and the one between, 64 Mi each: what the budget has room for.
        QVERIFY(held_by_run(lesson, geometries, 0).focus <= max_held_count);
        QVERIFY(held_by_run(lesson, geometries, 0).all > max_held_count);
    }

    // Stopped at any moment it is asked, a run answers so; never stopped, it is told of the way
    // from 0 to 1.
    void a_watched_run_says_how_far_it_is_and_can_be_stopped() {
        Lesson lesson{.input = counting_input({48, 48, 8}), .layers = {}};
        lesson.layers.push_back(
            {Conv2D{.filters = 64, .kernel_size = {15, 15}, .padding = Same{}}, {}});
        lesson.layers.push_back({Pooling2D{.pool_size = {5, 5}, .strides = Size2D{1, 1}}, {}});
        lesson.layers.push_back({Activation{ActivationKind::tanh}, {}});
        for (const char* target : {"", "reference"}) {
            const std::string before = active_target();
            if (*target) QVERIFY(force_target(target));
            const Run unwatched = run(lesson).value();
            std::vector<double> told;
            const auto watched = run(lesson, {.watch = [&](double done) {
                                         told.push_back(done);
                                         return true;
                                     }});
            QVERIFY(watched->layers.back().output == unwatched.layers.back().output);
            QVERIFY(std::ranges::is_sorted(told));
            QVERIFY(told.front() >= 0 && told.back() <= 1 + 1e-9 && told.size() > 20);
            for (std::size_t stop = 0; stop < told.size(); stop += 7) {
                std::size_t asked = 0;
                const auto stopped = run(lesson, {.watch = [&](double) { return asked++ < stop; }});
                QCOMPARE(stopped.error().code, ErrorCode::cancelled);
                QVERIFY2(asked <= stop + 4, "it goes on although it was stopped");
            }
            QVERIFY(force_target(before));
        }
    }

    void changed_lessons_leave_the_first_as_it_was() {
        const Lesson lesson = puzzle();
        const Lesson kept = lesson;

        const Lesson other_layer = with_layer(lesson, 0, UpSampling2D{});
        QCOMPARE(lesson == kept, true);
        QCOMPARE(other_layer == lesson, false);
        QVERIFY(std::holds_alternative<UpSampling2D>(other_layer.layers[0].spec));
        QVERIFY(other_layer.layers[0].weights == lesson.layers[0].weights);
        QVERIFY(with_layer(other_layer, 0, lesson.layers[0].spec) == lesson);

        WeightSetting ones;
        ones.recipe = WeightRecipe{Initializer::ones};
        const Lesson other_weights = with_weights(lesson, 0, ones);
        QVERIFY(!(other_weights == lesson));
        QVERIFY(with_weights(other_weights, 0, lesson.layers[0].weights) == lesson);

        const Lesson other_input = with_input(lesson, lesson.input.with_value(0, 9));
        QCOMPARE(other_input.input, grid("9 2 / 3 4"));
        QCOMPARE(lesson.input, grid("1 2 / 3 4"));
        QVERIFY(with_input(other_input, lesson.input) == lesson);
    }

    void copies_share_their_numbers() {
        const Lesson lesson = with_input(puzzle(), counting_input({512, 512, 4}));
        const Lesson copy = with_layer(lesson, 0, UpSampling2D{});
        QCOMPARE(copy.input.data(), lesson.input.data());
    }

    void tensors() {
        const Tensor map = grid("1 2 / 3 4");
        QCOMPARE(map.resized({3, 1, 1}, 0), grid("1 / 3 / 0"));
        QCOMPARE(map.resized({1, 3, 1}, 7), grid("1 2 7"));
        QCOMPARE(map.resized({2, 2, 2}, 0), Tensor({2, 2, 2}, {1, 0, 2, 0, 3, 0, 4, 0}));
        QCOMPARE(map.resized({2, 2, 2}, 0).channel(0), map);
        QCOMPARE(map.resized({2, 2, 2}, 5).channel(1), grid("5 5 / 5 5"));
        QCOMPARE(map.reshaped({4}).at(2), 3.0F);
        QCOMPARE(map.reshaped({4}).data(), map.data());
        QCOMPARE(support::vector({0.0F}), support::vector({-0.0F}));
        QVERIFY(!(map == map.reshaped({4})));
        QVERIFY(Tensor().empty());
        QCOMPARE(Shape().count(), 0);
        constexpr int most = std::numeric_limits<int>::max();
        QCOMPARE(Shape({most, most, most}).count(), std::numeric_limits<std::int64_t>::max());
    }

    // Channels, filters and units: the numbers of the one before, moved on by one cell.
    void new_slices_continue_the_old_ones() {
        const Tensor map({2, 2, 1}, {1, 2, 3, 4});
        QCOMPARE(engine::continued(map, 2, 1), map);
        const Tensor more = engine::continued(map, 2, 3);
        QCOMPARE(more.channel(0), map);
        QCOMPARE(more.channel(1), Tensor({2, 2, 1}, {2, 3, 4, 1}));
        QCOMPARE(more.channel(2), Tensor({2, 2, 1}, {3, 4, 1, 2}));
        QCOMPARE(engine::continued(engine::continued(map, 2, 2), 2, 3),
                 more);  // in steps or at once
        const Tensor kernel({1, 2, 1, 2}, {1, 2, 3, 4});
        QCOMPARE(engine::continued(kernel, 2, 2), Tensor({1, 2, 2, 2}, {1, 2, 3, 4, 3, 4, 1, 2}));
        QCOMPARE(engine::continued(kernel, 3, 3), Tensor({1, 2, 1, 3}, {1, 2, 4, 3, 4, 2}));
        QCOMPARE(engine::continued(Tensor({2, 1}, {5, 6}), 1, 2), Tensor({2, 2}, {5, 6, 6, 5}));
        QCOMPARE(engine::continued(Tensor({1, 1, 1}, {7}), 2, 2), Tensor({1, 1, 2}, {7, 7}));
    }

    // Rows and columns: the pattern goes on; what had been set aside comes back first.
    void larger_grids_repeat_the_smaller_ones() {
        const Tensor map = grid("5 6 / 7 8");
        QCOMPARE(engine::repeated(map, {3, 3, 1}), grid("5 6 5 / 7 8 7 / 5 6 5"));
        QCOMPARE(engine::repeated(map, {1, 3, 1}), grid("5 6 5"));
        QCOMPARE(engine::repeated(support::vector({1, 2}), {5}), support::vector({1, 2, 1, 2, 1}));
        const Tensor kernel({1, 2, 1, 2}, {1, 2, 3, 4});
        QCOMPARE(engine::repeated(kernel, {1, 3, 1, 2}), Tensor({1, 3, 1, 2}, {1, 2, 3, 4, 1, 2}));
        const Tensor before = grid("1 2 3 / 4 5 6");
        QCOMPARE(engine::regrown(map, {3, 4, 1}, before), grid("5 6 3 6 / 7 8 6 8 / 5 6 5 6"));
        // Numbers of another kind are none of these.
        QCOMPARE(engine::regrown(map, {2, 3, 1}, counting_input({3, 3, 2})), grid("5 6 5 / 7 8 7"));
    }

    // At every size, growing shows numbers and takes none away, and there and back changes nothing.
    void no_growing_makes_zeros() {
        engine::SeededRandom random(21);
        for (int i = 0; i < 200; ++i) {
            const auto size = [&] { return 1 + random.below(6); };
            const Shape from{size(), size(), 1 + random.below(2)};
            const Shape to{from.height() + random.below(5), from.width() + random.below(5),
                           from.channels()};
            std::vector<float> values;
            for (std::int64_t j = 0; j < from.count(); ++j)
                values.push_back(static_cast<float>(1 + random.below(9)));
            const Tensor map(from, values);
            const Tensor grown = engine::repeated(map, to);
            QVERIFY(std::ranges::find(grown.values(), 0.F) == grown.values().end());
            QCOMPARE(grown.resized(from, 0), map);
            const Tensor cut = grown.resized(from, 0);
            QCOMPARE(engine::regrown(cut, to, grown), grown);
        }
    }

    // A stored kernel goes on as what it is taken for, else it is repeated.
    void larger_kernels_show_numbers() {
        engine::Conv2DTranspose layer;
        layer.kernel_size = {3, 3};
        const auto grown = [&](std::vector<float> numbers) {
            engine::Lesson lesson;
            lesson.input = counting_input({2, 2, 1});
            lesson.layers = {
                {layer, {std::nullopt, {.kernel = Tensor({2, 2, 1, 1}, std::move(numbers))}}}};
            return engine::with_continued_kernels(lesson).layers[0].weights.values.kernel.reshaped(
                {3, 3, 1});
        };
        QCOMPARE(grown({10, 20, 30, 40}), grid("10 20 30 / 40 50 60 / 70 80 90"));
        QCOMPARE(grown({1, 1, 1, 1}), grid("1 1 1 / 1 1 1 / 1 1 1"));
        QCOMPARE(grown({5, -1, 2, 7}), grid("5 -1 5 / 2 7 2 / 5 -1 5"));
        // One that is large enough keeps what it has set aside.
        layer.kernel_size = {1, 1};
        engine::Lesson lesson;
        lesson.input = counting_input({2, 2, 1});
        const Tensor kept({2, 2, 1, 1}, {5, -1, 2, 7});
        lesson.layers = {{layer, {std::nullopt, {.kernel = kept}}}};
        QCOMPARE(engine::with_continued_kernels(lesson).layers[0].weights.values.kernel, kept);
    }

    void inputs() {
        QCOMPARE(counting_input({2, 3, 1}), grid("1 2 3 / 4 5 6"));
        QCOMPARE(counting_input({2, 2, 2}).channel(1), grid("5 6 / 7 8"));
        QCOMPARE(counting_input({3}), support::vector({1, 2, 3}));
        QCOMPARE(one_hot_input({3, 3, 1}), grid("0 0 0 / 0 1 0 / 0 0 0"));
        QCOMPARE(checkerboard_input({2, 3, 1}), grid("1 0 1 / 0 1 0"));
        QCOMPARE(gradient_input({3, 3, 1}), grid("0 .25 .5 / .25 .5 .75 / .5 .75 1"));
        QCOMPARE(gradient_input({1, 1, 1}), grid("0"));
    }

    void a_digit_is_a_three_at_any_size() {
        const Tensor digit = digit_input({9, 9, 1});
        QByteArray drawing;
        for (int row = 0; row < 9; ++row) {
            for (int column = 0; column < 9; ++column) {
                drawing += digit.at(row, column, 0) > 0.5F ? '#' : '.';
            }
            drawing += '\n';
        }
        QCOMPARE(drawing,
                 "...###...\n"
                 "..#####..\n"
                 ".....##..\n"
                 ".....##..\n"
                 "....###..\n"
                 ".....##..\n"
                 "......#..\n"
                 "..#####..\n"
                 "...###...\n");
        for (const int size : {1, 2, 5, 28, 200}) {
            const Tensor scaled = digit_input({size, size, 2});
            double mean = 0;
            for (const float value : scaled.values()) {
                QVERIFY(value >= 0 && value <= 1);
                mean += static_cast<double>(value);
            }
            mean /= static_cast<double>(scaled.values().size());
            QVERIFY(mean > 0.1 && mean < 0.3);
            QCOMPARE(scaled.channel(0), scaled.channel(1));
        }
    }

    void random_inputs_are_digits_and_latent_vectors_are_normal() {
        const Tensor map = random_input({4, 4, 1}, 1);
        QCOMPARE(map, random_input({4, 4, 1}, 1));
        QVERIFY(!(map == random_input({4, 4, 1}, 2)));
        for (const float value : map.values()) {
            QVERIFY(value >= 0 && value <= 9 && value == std::floor(value));
        }
        const Tensor latent = random_input({100}, 1);
        QVERIFY(std::ranges::any_of(latent.values(), [](float value) { return value < 0; }));
    }
};

QTEST_GUILESS_MAIN(LessonTest)
#include "tst_lesson.moc"
