// SPDX-License-Identifier: MIT
// What the stage says is so: no tick before both lanes are there, no bias where there is none, a
// pin stays.
#include <QtTest>

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

QString words_of(const Diagram& picture) {
    QStringList texts;
    for (const Item& item : picture.items)
        if (const auto* label = std::get_if<Label>(&item.mark)) texts << label->text();
    return texts.join(u'\n');
}

}  // namespace

class StageClaims : public QObject {
    Q_OBJECT
private slots:
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

    /// 1 2 3 4 through a Conv2D of one weight, 10: numbers stand wherever a cell has room for them.
    void a_card_shows_the_numbers_of_its_maps() {
        engine::Lesson lesson = lesson_of(engine::Conv2D{});
        lesson.layers[0].weights = {engine::WeightRecipe{engine::Initializer::tens, 1}, {}};
        const QString words = words_of(stage_of(lesson, {}));
        for (const char* number : {"1", "2", "3", "4", "10", "20", "30", "40"})
            QVERIFY2(words.split(u'\n').contains(QString::fromLatin1(number)), qPrintable(words));
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
        const QString title = stage_of(lesson, view).title;
        QVERIFY2(title.startsWith(QStringLiteral("out[1, 3]")), qPrintable(title));
        for (const int step : {1, 3, 4}) {
            view.moment.step = step;
            QVERIFY(stage_of(lesson, view).title.startsWith(QStringLiteral("out[1, 3]")));
        }
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
