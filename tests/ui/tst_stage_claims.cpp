// SPDX-License-Identifier: MIT
// What the stage says is so, at every moment: computed again from the lesson and compared.
#include <QtTest>

#include "engine/layers/weights.h"
#include "tests/support/claims.h"
#include "tests/support/transposed_settings.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"

using namespace ui::diagram;
using engine::Reading;

namespace {

engine::Lesson lesson_of(const engine::LayerSpec& layer) {
    engine::Lesson lesson;
    lesson.input = engine::Tensor({2, 2, 1}, {1, 2, 3, 4});
    lesson.layers.push_back({layer, {}});
    return lesson;
}

engine::Conv2DTranspose transpose(engine::Size2D kernel, engine::Size2D strides) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = kernel;
    layer.strides = strides;
    return layer;
}

Diagram stage_of(const engine::Lesson& lesson, const View& view) {
    const auto run = engine::run(lesson);
    return run ? build_stage(lesson, *run, view, {QSizeF(1040, 740), 1}) : Diagram();
}

using support::words_of;

/// As far as four digits and two orders of adding tell.
bool about_equal(float a, float b) {
    return std::abs(a - b) <= 2e-3F * std::max(1.0F, std::abs(b));
}

/// A setting as a lesson, now and then with an activation.
engine::Lesson lesson_of(const support::TransposedSetting& setting, bool with_relu) {
    engine::Conv2DTranspose layer = setting.layer;
    if (with_relu) layer.activation = engine::ActivationKind::relu;
    engine::Lesson lesson;
    lesson.input = setting.input;
    lesson.layers.push_back({layer, {std::nullopt, setting.weights}});
    return lesson;
}

/// Steps worth a look: around the beginning and end of each act, and one inside.
std::vector<int> telling_steps(const std::vector<int>& ends, engine::SeededRandom& random) {
    std::set<int> steps{0, 1};
    int begin = 0;
    for (const int end : ends) {
        steps.insert({begin, begin + 1, end - 1, end});
        steps.insert(begin + random.below(std::max(1, end - begin)));
        begin = end;
    }
    return {steps.begin(), steps.end()};
}

std::optional<CellRef> random_cell(engine::SeededRandom& random, const Diagram& picture) {
    std::vector<const GridInfo*> grids;
    for (const GridInfo& grid : picture.grids)
        if (grid.grid.grid != Grid::coverage && grid.grid.index >= 0) grids.push_back(&grid);
    if (grids.empty()) return std::nullopt;
    const GridInfo& grid =
        *grids[static_cast<std::size_t>(random.below(static_cast<int>(grids.size())))];
    return CellRef{grid.grid, random.below(grid.rows), random.below(grid.columns)};
}

}  // namespace

class StageClaims : public QObject {
    Q_OBJECT
private:
    static QStringList faults_of_a_layer(const engine::Lesson& lesson, const engine::Run& run,
                                         const View& view, const Diagram& picture,
                                         const engine::Trace& trace) {
        const engine::Tensor whole = run.layers[0].output.channel(view.filter);
        const bool under_way = view.moment.progress > 0 && view.moment.step < trace.step_count();
        const int number = under_way ? view.moment.step + 1 : view.moment.step;
        QStringList faults;
        const auto say = [&](const char* what, const QString& text) {
            faults << support::utf8(what) + QStringLiteral(": ") + text;
        };
        const GridInfo* output = picture.grid({Grid::full_output, 0});
        if (!output) return {QStringLiteral("no output")};
        const auto value_of = [&](int row, int column) {
            const QString text =
                output->values[static_cast<std::size_t>(row * output->columns + column)].text();
            const bool right =
                text == QStringLiteral("empty") ||
                about_equal(static_cast<float>(support::number_in(text)), whole.at(row, column, 0));
            if (!right) say("holds another number", text);
            return text;
        };
        int filled = 0;
        for (int row = 0; row < output->rows; ++row)
            for (int column = 0; column < output->columns; ++column)
                filled += value_of(row, column) != QStringLiteral("empty") ? 1 : 0;
        const int cells = output->rows * output->columns;
        if (filled != cells * view.moment.step / trace.step_count())
            say("another number of cells is there", QString::number(filled));

        const QRegularExpression holds(QStringLiteral(
            R"(out\[(\d+), (\d+)\]( [=≈] | will be |: )(?:≈ )?([−\d][−\d.,e]*|empty))"));
        for (const QString& text : {picture.title, picture.pin ? picture.pin->text : QString()})
            for (auto it = holds.globalMatch(text); it.hasNext();) {
                const auto match = it.next();
                const int row = match.captured(1).toInt();
                const int column = match.captured(2).toInt();
                const bool later = match.captured(3) == QStringLiteral(" will be ");
                const QString held = value_of(row, column);
                const QString told =
                    match.captured(4).remove(QRegularExpression(QStringLiteral("[,.]$")));
                const bool right =
                    later ? about_equal(static_cast<float>(support::number_in(told)),
                                        whole.at(row, column, 0))
                    : held == QStringLiteral("empty")
                        ? told == held
                        : told == number_text(static_cast<float>(support::number_in(held)));
                if (!right) say("told otherwise", text);
            }
        if (!picture.pin || picture.pin->cells.empty()) say("no pin", picture.title);
        const QString counter = counter_text(trace.timeline(), trace.geometry(), view.moment);
        const QString wanted = number == 0
                                   ? QString::number(trace.step_count())
                                   : QStringLiteral("%1 of %2").arg(number).arg(trace.step_count());
        if (!counter.contains(wanted)) say("counter", counter);
        if (number > 0 && number <= trace.step_count()) {
            const engine::Position at = trace.at(number);
            const QString cell = QStringLiteral("[%1, %2]").arg(at.cell.row).arg(at.cell.column);
            if (!picture.title.contains(cell)) say("of another cell", picture.title);
        }
        Q_UNUSED(lesson)
        return faults;
    }

    static void check(const support::TransposedSetting& setting, const engine::Lesson& lesson,
                      const engine::Run& run, const View& view, const engine::Trace& kept) {
        const auto& layer = std::get<engine::Conv2DTranspose>(lesson.layers[0].spec);
        const support::StageOracle oracle(layer, setting.geometry, setting.weights, setting.input,
                                          view);
        const Diagram picture = build_stage(lesson, run, view, {QSizeF(1040, 740), 1}, &kept);
        const QString counter = counter_text(kept.timeline(), kept.geometry(), view.moment);
        QStringList faults = support::Claims(oracle, view, picture, counter).faults();
        const QString spoken = step_sentence(lesson, run, view);
        if (!spoken.startsWith(picture.title) || !spoken.endsWith(picture.description))
            faults << QStringLiteral("spoken otherwise: ") + spoken;
        View bare = view;
        bare.pinned.reset();
        if (view.pinned && build_stage(lesson, run, bare, {}, &kept).title != picture.title)
            faults << QStringLiteral("the pin holds the title: ") + picture.title;
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(),
                 qPrintable(QStringLiteral("%1, reading %2, filter %3, step %4 + %5: %6")
                                .arg(QString::fromStdString(setting.text()))
                                .arg(QString::fromUtf8(name_of(view.reading).data()))
                                .arg(view.filter)
                                .arg(view.moment.step)
                                .arg(view.moment.progress)
                                .arg(faults.mid(0, 6).join(u'\n'))));
    }

private slots:
    /// Random layers in every reading, at every step and between, with and without a pin, a pointer
    /// and the turn.
    void every_claim_is_so() {
        engine::SeededRandom random(11);
        int pictures = 0;
        for (int i = 0; i < 24; ++i) {
            const support::TransposedSetting setting = support::random_transposed(random);
            const engine::Lesson lesson = lesson_of(setting, random.below(4) == 0);
            const auto& layer = std::get<engine::Conv2DTranspose>(lesson.layers[0].spec);
            const auto run = engine::run(lesson);
            QVERIFY(run.has_value());
            View view;
            view.filter = random.below(setting.layer.filters);
            view.channel = random.below(2);
            for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
                view.reading = reading;
                view.turn_kernel = random.below(3) > 0;
                view.moment = {};
                view.pinned.reset();
                view.hovered.reset();
                const engine::Trace kept = trace_of(lesson, *run, view);
                const Diagram first =
                    build_stage(lesson, *run, view, {QSizeF(1040, 740), 1}, &kept);
                const auto pin = random_cell(random, first);
                const auto ends = support::StageOracle(layer, setting.geometry, setting.weights,
                                                       setting.input, view)
                                      .ends();
                QCOMPARE(kept.step_count(), ends.back());
                for (const int step : telling_steps(ends, random)) {
                    const double between = 0.05 + 0.9 * random.uniform();
                    for (const double progress : {0.0, between}) {
                        view.moment = {step, progress};
                        view.pinned = random.below(3) == 0 ? pin : std::nullopt;
                        view.hovered.reset();
                        if (random.below(4) == 0) view.hovered = random_cell(random, first);
                        check(setting, lesson, *run, view, kept);
                        ++pictures;
                        if (QTest::currentTestFailed()) return;
                    }
                }
            }
        }
        QVERIFY(pictures > 1000);
    }

    /// The sweep has eyes: a picture of the moment before or after is not taken for this one.
    void a_picture_of_another_moment_is_noticed() {
        engine::SeededRandom random(14);
        const support::TransposedSetting setting = support::random_transposed(random);
        const engine::Lesson lesson = lesson_of(setting, false);
        const auto& layer = std::get<engine::Conv2DTranspose>(lesson.layers[0].spec);
        const auto run = engine::run(lesson);
        QVERIFY(run.has_value());
        for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
            View view;
            view.reading = reading;
            const engine::Trace trace = trace_of(lesson, *run, view);
            for (int step = 1; step <= trace.step_count(); ++step) {
                if (trace.timeline().domain_at(step) == engine::Domain::whole) continue;
                view.moment = {step, 0};
                const support::StageOracle oracle(layer, setting.geometry, setting.weights,
                                                  setting.input, view);
                const QString counter =
                    counter_text(trace.timeline(), trace.geometry(), view.moment);
                for (const Moment other : {Moment{step - 1, 0}, Moment{step - 1, 0.9}}) {
                    View wrong = view;
                    wrong.moment = other;
                    // A stamp of zeros on zeros leaves everything as it was.
                    const support::StageOracle before(layer, setting.geometry, setting.weights,
                                                      setting.input, wrong);
                    if (reading == Reading::stamp && other.progress > 0 &&
                        before.above() == oracle.above())
                        continue;
                    const Diagram picture =
                        build_stage(lesson, *run, wrong, {QSizeF(1040, 740), 1}, &trace);
                    QVERIFY(!support::Claims(oracle, view, picture, counter).faults().isEmpty());
                }
            }
        }
    }

    /// Layers without lanes: what is told of a cell is what the layer makes of it, and not before.
    void every_claim_of_the_other_layers_is_so() {
        engine::SeededRandom random(12);
        std::vector<engine::LayerSpec> layers;
        for (const engine::Interpolation kind : engine::all_interpolations)
            layers.push_back(engine::UpSampling2D{{1 + random.below(3), 2}, kind});
        layers.push_back(engine::DepthToSpace{2, engine::DepthMode::dcr});
        layers.push_back(engine::DepthToSpace{2, engine::DepthMode::crd});
        for (const engine::LayerSpec& layer : layers) {
            engine::Lesson lesson = lesson_of(layer);
            const int channels = std::holds_alternative<engine::DepthToSpace>(layer) ? 8 : 2;
            lesson.input = support::whole_numbers(random, {4, 3, channels});
            const auto run = engine::run(lesson);
            QVERIFY(run.has_value());
            View view;
            view.filter = 1;
            const engine::Trace trace = trace_of(lesson, *run, view);
            const int count = trace.step_count();
            for (int step = 0; step <= count; step += 1 + random.below(3))
                for (const double progress : {0.0, 0.6}) {
                    view.moment = {step, progress};
                    view.pinned.reset();
                    const Diagram bare = build_stage(lesson, *run, view, {QSizeF(1040, 740), 1});
                    view.pinned = CellRef{{Grid::full_output, 0}, 2, 1};
                    const Diagram picture = build_stage(lesson, *run, view, {QSizeF(1040, 740), 1});
                    QCOMPARE(picture.title, bare.title);
                    const QStringList faults =
                        faults_of_a_layer(lesson, *run, view, picture, trace);
                    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
                }
        }
    }

    /// On an input of ones large enough to have an inside: with its bias.
    void flat_grey_is_what_the_layer_makes_of_it() {
        engine::SeededRandom random(13);
        for (int i = 0; i < 40; ++i) {
            const support::TransposedSetting setting = support::random_transposed(random);
            const bool relu = random.below(4) == 0;
            const engine::Lesson lesson = lesson_of(setting, relu);
            View view;
            view.filter = random.below(setting.layer.filters);
            const QString words = words_of(stage_of(lesson, view)).replace(u'\n', u' ');
            const QString told =
                words.mid(words.indexOf(QStringLiteral("on flat grey"))).section(u'.', 0, 0);
            QVERIFY2(told.contains(QStringLiteral("give ")), qPrintable(words));
            QCOMPARE(told.contains(QStringLiteral("before relu")), relu);

            const int channels = setting.input.shape().channels();
            const engine::Tensor ones = engine::Tensor::filled({16, 16, channels}, 1);
            engine::Conv2DTranspose layer = setting.layer;
            layer.padding = engine::Valid{};
            layer.output_padding.reset();
            const auto geometry = engine::infer(layer, ones.shape());
            QVERIFY(geometry.has_value());
            const support::StageOracle oracle(layer, *geometry, setting.weights, ones, view);
            std::set<float> inside;
            const support::Map map = oracle.in_the_end();
            for (int row = 0; row < layer.strides.height; ++row)
                for (int column = 0; column < layer.strides.width; ++column)
                    inside.insert(
                        map.at({oracle.full_rows / 2 + row, oracle.full_columns / 2 + column}));
            QStringList values;
            for (const float value : inside) values << number_text(value);
            if (inside.size() == 1)
                QVERIFY2(told.contains(QStringLiteral("give %1 everywhere").arg(values.front())),
                         qPrintable(told));
            else if (inside.size() <= 4)
                for (const QString& value : values)
                    QVERIFY2(told.contains(value), qPrintable(told));
            else
                QVERIFY2(
                    told.contains(QStringLiteral("%1 different").arg(inside.size())) &&
                        told.contains(
                            QStringLiteral("from %1 to %2").arg(values.front(), values.back())),
                    qPrintable(told));
        }
    }

    void the_tick_waits_for_the_last_weight() {
        const engine::Lesson lesson = lesson_of(transpose({3, 3}, {2, 2}));
        View view;
        view.reading = Reading::why_equal;
        for (const bool turned : {true, false}) {
            view.turn_kernel = turned;
            for (int weight = 1; weight <= 9; ++weight) {
                view.moment = {weight, 0};
                const QString words = words_of(stage_of(lesson, view));
                const bool ticked = words.contains(QStringLiteral("✓ equal")) ||
                                    words.contains(QStringLiteral("≠ not equal"));
                QCOMPARE(ticked, weight == 9);
            }
        }
    }

    /// 1 2 3 4 through an activation: numbers stand wherever a cell has room for them.
    void a_card_shows_the_numbers_of_its_maps() {
        engine::Lesson lesson = lesson_of(engine::UpSampling2D{});
        lesson.layers = {{.spec = engine::ReLU{.threshold = 2}}};
        const QStringList words = words_of(stage_of(lesson, {})).split(u'\n');
        for (const char* number : {"1", "2", "3", "4", "0"})
            QVERIFY2(words.contains(QString::fromLatin1(number)), qPrintable(words.join(u'|')));
    }

    /// Nearer cells weigh more only where no weight is below zero.
    void negative_weights_are_named() {
        using engine::Interpolation;
        const QString below = QStringLiteral("less than nothing");
        for (const Interpolation kind : engine::all_interpolations) {
            engine::Lesson lesson = lesson_of(engine::UpSampling2D{{2, 2}, kind});
            lesson.input = engine::Tensor::filled({5, 5, 1}, 1);
            View view;
            view.moment = {56, 0};  // output 5, 5 of 10 × 10: away from the rim
            const QString words = words_of(stage_of(lesson, view));
            const bool dips = kind == Interpolation::bicubic || kind == Interpolation::lanczos3 ||
                              kind == Interpolation::lanczos5 ||
                              kind == Interpolation::mitchellcubic;
            QCOMPARE(words.contains(below), dips);
            QCOMPARE(words.contains(QStringLiteral("nearer cells weigh more")),
                     kind == Interpolation::bilinear || kind == Interpolation::gaussian);
            QVERIFY(!words.contains(QStringLiteral("+ −")));
        }
    }

    void cells_without_input_hold_a_bias_only_if_there_is_one() {
        engine::Conv2DTranspose layer = transpose({2, 2}, {3, 3});
        View view;
        QVERIFY(words_of(stage_of(lesson_of(layer), view)).contains(QStringLiteral("bias only")));
        layer.use_bias = false;
        const QString words = words_of(stage_of(lesson_of(layer), view));
        QVERIFY(!words.contains(QStringLiteral("bias")));
        QVERIFY(words.contains(QStringLiteral("stay 0")));
    }

    void a_pinned_stamp_cell_stays_with_its_input() {
        const engine::Lesson lesson = lesson_of(transpose({2, 2}, {2, 2}));
        View view;
        view.moment = {2, 0};
        const Diagram picture = stage_of(lesson, view);
        const auto stamp = std::ranges::find_if(
            picture.grids, [](const GridInfo& grid) { return grid.grid.grid == Grid::stamp; });
        QVERIFY(stamp != picture.grids.end());
        view.pinned = CellRef{stamp->grid, 1, 1};
        for (const int step : {1, 2, 3, 4}) {
            view.moment.step = step;
            const Diagram pinned = stage_of(lesson, view);
            QVERIFY(pinned.pin.has_value());
            QVERIFY2(pinned.pin->text.startsWith(QStringLiteral("Pinned out[1, 3]")),
                     qPrintable(pinned.pin->text));
            const CellRef marked{{Grid::full_output, 0}, 1, 3};
            QVERIFY(std::ranges::find(pinned.pin->cells, marked) != pinned.pin->cells.end());
        }
    }

    /// The number that is final and the one that is shown, at each step; the title is the step's.
    void a_pin_says_what_is_now_and_what_is_final() {
        engine::Lesson lesson = lesson_of(transpose({3, 3}, {2, 2}));
        lesson.layers[0].weights = {engine::WeightRecipe{engine::Initializer::tens, 1}, {}};
        View view;
        view.reading = Reading::why_equal;
        view.pinned = CellRef{{Grid::full_output, 0}, 2, 2};
        const auto text_at = [&](Moment moment) {
            view.moment = moment;
            const Diagram picture = stage_of(lesson, view);
            return picture.pin ? picture.pin->text : QString();
        };
        QVERIFY2(
            text_at({9, 0}).startsWith(QStringLiteral("Pinned out[2, 2]: 90 now, 360 in the end")),
            qPrintable(text_at({9, 0})));
        QVERIFY(text_at({10, 0.5}).contains(QStringLiteral(": 90 now, 360 in the end")));
        QVERIFY(text_at({13, 0}).contains(QStringLiteral(": 360 now and in the end")));
        QVERIFY(text_at({14, 0.5}).contains(QStringLiteral(": empty now, 360 in the end")));
        QVERIFY(text_at({999, 0}).contains(
            QStringLiteral("360 now and in the end = 1 × 90 + 2 × 70 + 3 × 30 + 4 × 10")));
        View bare = view;
        bare.pinned.reset();
        for (int step = 0; step < 40; ++step)
            for (const double progress : {0.0, 0.5}) {
                view.moment = bare.moment = {step, progress};
                QCOMPARE(stage_of(lesson, view).title, stage_of(lesson, bare).title);
            }
    }

    /// Where the pointer rests says nothing of what moves.
    void what_moves_is_not_about_the_pointer() {
        const engine::Lesson lesson = lesson_of(transpose({3, 3}, {2, 2}));
        for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
            View view;
            view.reading = reading;
            const auto run = engine::run(lesson);
            QVERIFY(run.has_value());
            const int last = trace_of(lesson, *run, view).step_count() - 1;
            for (const int step : {0, 1, 2, 3, 9, 12, 20}) {
                view.moment = {std::min(step, last), 0.4};
                view.hovered.reset();
                const Diagram alone = stage_of(lesson, view);
                view.hovered = CellRef{{Grid::input, 0}, 1, 0};
                QCOMPARE(dump(stage_of(lesson, view)), dump(alone));
            }
        }
    }

    /// "Don't turn" is a matter of the first act: it goes back by itself.
    void without_the_turn_only_one_act_is_different() {
        const engine::Lesson lesson = lesson_of(transpose({3, 3}, {2, 2}));
        View turned, kept;
        turned.reading = kept.reading = Reading::why_equal;
        kept.turn_kernel = false;
        for (int step = 0; step < 38; ++step)
            for (const double progress : {0.0, 0.5}) {
                turned.moment = kept.moment = {step, progress};
                const bool same = dump(stage_of(lesson, turned)) == dump(stage_of(lesson, kept));
                QCOMPARE(same, step > 9 || (step == 9 && progress > 0));
            }
    }

    /// A kernel that equals its turn but for two corners.
    void without_the_turn_the_cells_that_differ_are_counted() {
        engine::Lesson lesson = lesson_of(transpose({3, 3}, {2, 2}));
        engine::Weights weights;
        weights.kernel = engine::Tensor({3, 3, 1, 1}, {5, 2, 3, 2, 9, 2, 3, 2, 1});
        weights.bias = engine::Tensor({1}, {0});
        lesson.layers[0].weights = {std::nullopt, weights};
        View view;
        view.reading = Reading::why_equal;
        view.turn_kernel = false;
        view.moment = {9, 0};
        const Diagram picture = stage_of(lesson, view);
        QVERIFY2(picture.title.contains(QStringLiteral("2 of 9 cell")), qPrintable(picture.title));
        const QString words = words_of(picture);
        QVERIFY(!words.contains(QStringLiteral("every input")));
        QVERIFY2(words.contains(QStringLiteral("out[0, 0], out[2, 2]")), qPrintable(words));
    }

    void a_layer_of_one_reading_is_shown_in_any() {
        View view;
        for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
            view.reading = reading;
            view.moment = {3, 0};
            QVERIFY(!stage_of(lesson_of(engine::UpSampling2D{}), view).title.isEmpty());
        }
    }

    void shares_are_a_sum_of_rows_and_one_of_columns() {
        engine::UpSampling2D layer;
        layer.interpolation = engine::Interpolation::bilinear;
        View view;
        view.moment = {6, 0};
        const QString words = words_of(stage_of(lesson_of(layer), view));
        QVERIFY2(words.contains(QStringLiteral("Down: 0.75 × row 0 + 0.25 × row 1")),
                 qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("Across: 0.75 × column 0 + 0.25 × column 1")),
                 qPrintable(words));
    }
};

QTEST_GUILESS_MAIN(StageClaims)
#include "tst_stage_claims.moc"
