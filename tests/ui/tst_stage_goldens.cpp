// SPDX-License-Identifier: MIT
// The stage of the shipped lessons as text, at the steps a learner stops at. No font is needed.
// REGENERATE_GOLDENS=1 ctest -R tst_stage_goldens rewrites them on purpose.
#include <QtTest>

#include "engine/kernels/kernels.h"
#include "tests/support/golden.h"
#include "tests/support/readings.h"
#include "ui/diagram/stage.h"
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

QTEST_GUILESS_MAIN(StageGoldens)
#include "tst_stage_goldens.moc"
