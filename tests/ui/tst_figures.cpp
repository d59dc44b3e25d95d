// SPDX-License-Identifier: MIT
// What stands beside the stage on paper: captions, contact sheets.
#include <QtTest>

#include "engine/layers/layer_definition.h"
#include "engine/lessons/comparison.h"
#include "tests/ui/picture_job.h"
#include "ui/figures/caption.h"
#include "ui/figures/regions.h"
#include "ui/figures/sheet.h"
#include "ui/paint/export_job.h"
#include "ui/paint/fonts.h"
#include "ui/paint/text_layout.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

using namespace ui;
using diagram::Diagram;

namespace {

Diagram box_of(double width, double height) {
    Diagram diagram;
    diagram.size = {width, height};
    diagram.title = QStringLiteral("a box");
    diagram::Box box;
    box.rect = {10, 10, width - 20, height - 20};
    diagram.items.push_back({box, 0, std::nullopt});
    return diagram;
}

std::vector<figures::Caption> captions(const char* lesson) {
    const paint::ExportJob job = support::job_of(lesson, engine::Reading::stamp, 1, "a.png");
    const std::array runs{&job.run, &job.against_run};
    return figures::captions_of(job.lesson, runs, job.view);
}

/// Everything, where it stands on the page, is on the page.
QString what_leaves(const Diagram& diagram) {
    const QRectF page(QPointF(-0.5, -0.5), diagram.size + QSizeF(1, 1));
    for (const diagram::Item& item : diagram.items) {
        const auto* label = std::get_if<diagram::Label>(&item.mark);
        const QRectF area = label ? paint::measured(*label) : diagram::bounds(item.mark);
        if (!area.isEmpty() && !page.contains(area))
            return label ? label->text() : QStringLiteral("a box or a line");
    }
    return {};
}

}  // namespace

class TestFigures : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        paint::load_fonts();
        words::install_translations();
    }

    void every_argument_is_spelled_as_Keras_spells_it() {
        QCOMPARE(captions("first_collide").front().text(),
                 QStringLiteral("Conv2DTranspose(filters=1, kernel_size=(3, 3), strides=(2, 2), "
                                "padding='same', output_padding=None, dilation_rate=(1, 1), "
                                "activation='linear', use_bias=True). Input 2 × 2 × 1, kernel "
                                "3 × 3 × 1 × 1, bias 1, output 4 × 4 × 1."));
        QCOMPARE(captions("generator_transpose").front().lead, QStringLiteral("Layer 3 of 3: "));
        engine::ReLU relu;
        relu.max_value = 6;
        relu.negative_slope = 0.1F;
        QVERIFY2(figures::keras_arguments(relu).contains(
                     QStringLiteral("max_value=6.0, negative_slope=0.1")),
                 qPrintable(figures::keras_arguments(relu)));
        for (const engine::LayerDefinition* definition : engine::layer_definitions())
            for (const engine::Argument& argument : definition->arguments) {
                const bool is_none = argument.name == "groups";
                const QString name = QString::fromUtf8(argument.name.data(), argument.name.size());
                QVERIFY(is_none || figures::keras_arguments(definition->defaults)
                                       .contains(name + QStringLiteral("=")));
            }
    }

    void a_caption_is_broken_within_the_width_data() {
        QTest::addColumn<double>("width");
        for (const double width : {100.0, 360.0, 700.0, 1040.0, 4000.0})
            QTest::addRow("%g", width) << width;
    }
    void a_caption_is_broken_within_the_width() {
        QFETCH(double, width);
        const Diagram bare = box_of(width, 200);
        const Diagram figure = figures::captioned(bare, captions("first_collide"), paint::measured);
        QCOMPARE(what_leaves(figure), QString());
        QVERIFY(figure.size.height() > bare.size.height());
        QVERIFY(figure.size.width() >= 360);
        QCOMPARE(figure.groups.back().id, QStringLiteral("caption"));
        // Nothing lies on the figure itself.
        for (const diagram::Item& item : figure.items)
            if (const auto* label = std::get_if<diagram::Label>(&item.mark))
                QVERIFY(paint::measured(*label).top() >= bare.size.height() - 8);
    }

    void a_sheet_is_read_as_lines_are() {
        std::vector<figures::Moment> moments;
        for (const int step : {1, 5, 9, 20, 21}) moments.push_back({step, box_of(200, 100)});
        const Diagram sheet = figures::sheet_of(moments, 2);
        QCOMPARE(what_leaves(sheet), QString());
        QStringList numbers;
        QList<QPointF> boxes;
        for (const diagram::Item& item : sheet.items) {
            if (const auto* label = std::get_if<diagram::Label>(&item.mark))
                numbers << label->text();
            else if (const QRectF area = diagram::bounds(item.mark); area.width() == 180)
                boxes << area.topLeft();
        }
        QCOMPARE(numbers, QStringList({"1", "1 step done", "5", "5 steps done", "9", "9 steps done",
                                       "20", "20 steps done", "21", "21 steps done"}));
        QCOMPARE(boxes.size(), 5);
        QVERIFY(boxes[1].x() > boxes[0].x() + 180 && boxes[1].y() == boxes[0].y());
        QVERIFY(boxes[2].x() == boxes[0].x() && boxes[2].y() > boxes[0].y() + 80);
        // About as many columns as rows, if nobody says how many.
        QCOMPARE(figures::sheet_of(moments).size.width(), 3 * 224 + 24.0);
        QCOMPARE(figures::sheet_of({moments.data(), 1}, 7).size.width(), 248.0);
    }

    void a_sheet_is_written_in_every_format() {
        for (const paint::PictureFormat& format : paint::picture_formats()) {
            paint::ExportJob job =
                support::job_of("first_collide", engine::Reading::stamp, 1, "a.png");
            job.format = &format;
            job.sheet.emplace();
            job.caption = true;
            const auto bytes = paint::render_export(job);
            QVERIFY2(bytes && bytes->size() > 1000, format.name);
        }
    }

    void steps_that_there_are_not_are_refused_with_their_number() {
        paint::ExportJob job = support::job_of("first_collide", engine::Reading::stamp, 1, "a.svg");
        job.sheet = paint::SheetWish{.steps = {1, 99}};
        QCOMPARE(words::error_text(paint::render_export(job).error()),
                 QStringLiteral("The step is 99, but must be at most 5."));
        job.sheet = paint::SheetWish{.steps = std::vector<int>(65, 1)};
        QCOMPARE(words::error_text(paint::render_export(job).error()),
                 QStringLiteral("The number of pictures on the sheet is 65, but must be at most "
                                "64."));
    }

    // Every figure of every shipped lesson stands on its page, has a name, and says what it shows.
    void figures_stand_on_their_pages() {
        QSet<QString> drawn;
        for (const auto& shipped : formats::shipped_lessons()) {
            const paint::ExportJob job = support::job_of(shipped.name.toLatin1().constData(),
                                                         engine::Reading::stamp, 1, "a.svg");
            if (!job.lesson.against.empty()) continue;  // with a run of its own, below
            const std::array runs{&job.run, &job.against_run};
            for (const figures::Region& region : figures::regions()) {
                const auto figure = figures::draw_region(region, job.lesson, runs, job.view, 1040);
                if (!figure) continue;
                drawn << QString::fromLatin1(region.id);
                const QString where = shipped.name + u' ' + QString::fromLatin1(region.id);
                QVERIFY2(what_leaves(*figure).isEmpty(),
                         qPrintable(where + QStringLiteral(": ") + what_leaves(*figure)));
                QVERIFY2(!figure->title.isEmpty() && !figure->description.isEmpty(),
                         qPrintable(where));
                QVERIFY2(std::ranges::any_of(figure->groups,
                                             [&](const diagram::Group& group) {
                                                 return group.id == QLatin1String(region.id) ||
                                                        group.id == QLatin1String("coverage");
                                             }),
                         qPrintable(where));
            }
        }
        QCOMPARE(drawn.size(), static_cast<qsizetype>(figures::regions().size()));
    }

    void figures_say_the_lessons_numbers() {
        const auto said = [](const char* lesson, const char* region) {
            const paint::ExportJob job =
                support::job_of(lesson, engine::Reading::stamp, 1, "a.svg");
            const std::array runs{&job.run, &job.against_run};
            const auto figure =
                figures::draw_region(*figures::region_named(QString::fromLatin1(region)),
                                     job.lesson, runs, job.view, 1040);
            return figure ? figure->description : QString();
        };
        QVERIFY2(said("first_collide", "formula")
                     .startsWith(QStringLiteral("out = in × strides = 2 × 2 = 4\n")),
                 qPrintable(said("first_collide", "formula")));
        QVERIFY(said("first_collide", "ledger").contains(QStringLiteral("same picture")));
        QVERIFY(said("generator_transpose", "summary")
                    .contains(QStringLiteral("Total params: 324,353")));
        QVERIFY(said("first_collide", "touch_map").contains(QStringLiteral("checkerboard")));
        QVERIFY2(
            said("generator_transpose", "model")
                .contains(QStringLiteral("Conv2DTranspose makes 10 × 10 × 1, 1,153 parameters.")),
            qPrintable(said("generator_transpose", "model")));
        // What there is nothing to say of has no figure.
        QVERIFY(said("convolution", "touch_map").isEmpty());
    }

    void two_sides_stand_one_below_the_other() {
        paint::ExportJob job = support::job_of("compare_k3_k4", engine::Reading::stamp, 1, "a.svg");
        job.against_run = engine::run(engine::side_of(job.lesson, 1)).value();
        const std::array runs{&job.run, &job.against_run};
        const auto figure = figures::draw_region(*figures::region_named(QStringLiteral("formula")),
                                                 job.lesson, runs, job.view, 1040);
        QCOMPARE(what_leaves(*figure), QString());
        QVERIFY(figure->description.startsWith(QStringLiteral("A: ")));
        QVERIFY(figure->description.contains(QStringLiteral(" B: ")));
    }

    void a_sheet_can_be_cancelled() {
        paint::ExportJob job = support::job_of("first_collide", engine::Reading::stamp, 1, "a.svg");
        job.sheet.emplace();
        int asked = 0;
        const auto bytes = paint::render_export(job, [&](double) { return ++asked < 4; });
        QCOMPARE(bytes.error().code, engine::ErrorCode::cancelled);
    }
};

QTEST_MAIN(TestFigures)
#include "tst_figures.moc"
