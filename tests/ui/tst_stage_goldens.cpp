// SPDX-License-Identifier: MIT
// The stage of the shipped lessons as text, at the steps a learner stops at, and the pictures that
// stand beside it. No font is needed.
// REGENERATE_GOLDENS=1 ctest -R tst_stage_goldens rewrites them on purpose.
#include <numeric>

#include <QtTest>

#include "engine/kernels/kernels.h"
#include "tests/support/golden.h"
#include "tests/support/readings.h"
#include "ui/diagram/comparison.h"
#include "ui/diagram/stage.h"
#include "ui/diagram/weights_figure.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/words/translations.h"

using engine::Reading;

class StageGoldens : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        ui::words::install_translations();
        QVERIFY(engine::force_target("reference").has_value());
    }
    void stage_data();
    void stage();
    void comparison_data();
    void comparison();
    void laid_over();
    void brackets_data();
    void brackets();
};

void StageGoldens::stage_data() {
    QTest::addColumn<QString>("lesson");
    QTest::addColumn<int>("reading");
    QTest::addColumn<int>("step");
    const auto row = [](const char* lesson, Reading reading, int step) {
        QTest::addRow("%s_%d_%d", lesson, support::number_of(reading), step)
            << QString::fromLatin1(lesson) << support::number_of(reading) << step;
    };
    row("readers_puzzle", Reading::stamp, 0);
    row("readers_puzzle", Reading::stamp, 4);
    row("first_collide", Reading::stamp, 2);
    row("first_collide", Reading::slide, 1);
    row("first_collide", Reading::slide, 2);
    row("first_collide", Reading::slide, 3);
    row("first_collide", Reading::slide, 10);
    row("first_collide", Reading::why_equal, 5);
    row("first_collide", Reading::why_equal, 11);
    row("first_collide", Reading::why_equal, 25);
    row("first_collide", Reading::why_equal, 99);
    row("holes", Reading::stamp, 99);
    row("channels_to_one", Reading::stamp, 2);
    row("upsampling_2x3", Reading::stamp, 2);
    row("upsampling_bilinear", Reading::stamp, 6);
    row("convolution", Reading::stamp, 0);
    row("convolution", Reading::stamp, 2);
    row("convolution", Reading::stamp, 99);
}

void StageGoldens::stage() {
    QFETCH(QString, lesson);
    QFETCH(int, reading);
    QFETCH(int, step);
    const auto file = ui::formats::shipped_lesson(lesson);
    QVERIFY(file.has_value());
    const auto run = engine::run(file->lesson);
    QVERIFY(run.has_value());
    ui::diagram::View view = file->view;
    view.reading = support::reading_at(reading);
    view.moment = {step, 0};
    const ui::diagram::Diagram diagram =
        ui::diagram::build_stage(file->lesson, *run, view, {QSizeF(840, 716), 1});
    COMPARE_GOLDEN(QStringLiteral("stage/%1.txt").arg(QString::fromLatin1(QTest::currentDataTag())),
                   ui::diagram::dump(diagram));
}

void StageGoldens::comparison_data() {
    QTest::addColumn<QString>("lesson");
    QTest::addColumn<int>("step");
    const auto row = [](const char* lesson, int step) {
        QTest::addRow("%s_%d", lesson, step) << QString::fromLatin1(lesson) << step;
    };
    row("compare_nearest", 0);
    row("compare_keras_pytorch", 7);
    row("compare_round_trip", 99);
}

/// Both sides, the map of their difference, and what they cost.
void StageGoldens::comparison() {
    QFETCH(QString, lesson);
    QFETCH(int, step);
    const auto file = ui::formats::shipped_lesson(lesson);
    QVERIFY(file.has_value());
    const std::array runs{*engine::run(engine::side_of(file->lesson, 0)),
                          *engine::run(engine::side_of(file->lesson, 1))};
    ui::diagram::View view = file->view;
    view.moment = {step, 0};
    COMPARE_GOLDEN(QStringLiteral("stage/%1.txt").arg(QString::fromLatin1(QTest::currentDataTag())),
                   ui::diagram::dump(ui::diagram::build_comparison(file->lesson, runs, view,
                                                                   {QSizeF(1200, 716), 1})));
}

/// Keras's crop and PyTorch's over each other.
void StageGoldens::laid_over() {
    const auto file = ui::formats::shipped_lesson(QStringLiteral("first_collide"));
    QVERIFY(file.has_value());
    ui::diagram::View view = file->view;
    view.beside = ui::diagram::OtherCrop{1, 1, QStringLiteral("Keras"), QStringLiteral("PyTorch")};
    COMPARE_GOLDEN(QStringLiteral("stage/laid_over.txt"),
                   ui::diagram::dump(ui::diagram::build_stage(
                       file->lesson, *engine::run(file->lesson), view, {QSizeF(840, 716), 1})));
}

void StageGoldens::brackets_data() {
    QTest::addColumn<double>("turned");
    QTest::newRow("brackets_keras") << 1.0;
    QTest::newRow("brackets_turning") << 0.5;
}

/// The four brackets of a kernel, at rest and between Keras's order of axes and PyTorch's.
void StageGoldens::brackets() {
    QFETCH(double, turned);
    engine::Conv2DTranspose layer;
    layer.kernel_size = {2, 2};
    layer.filters = 2;
    const engine::Shape shape{2, 2, 2, 3};
    std::vector<float> numbers(static_cast<std::size_t>(shape.count()));
    std::iota(numbers.begin(), numbers.end(), 1.0F);
    engine::Weights weights;
    weights.kernel = engine::Tensor(shape, std::move(numbers));
    ui::diagram::WeightsView view;
    view.turned = turned;
    COMPARE_GOLDEN(QStringLiteral("stage/%1.txt").arg(QString::fromLatin1(QTest::currentDataTag())),
                   ui::diagram::dump(ui::diagram::weights_picture(layer, weights, view)));
}

QTEST_GUILESS_MAIN(StageGoldens)
#include "tst_stage_goldens.moc"
