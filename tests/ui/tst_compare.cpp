// SPDX-License-Identifier: MIT
// Two lessons beside each other: files, picture and window.
#include <set>

#include "engine/kernels/kernels.h"
#include "engine/lessons/comparison.h"
#include "tests/support/open_window.h"
#include "ui/diagram/comparison.h"
#include "ui/document/session.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/formats/stride.h"
#include "ui/paint/export_job.h"
#include "ui/words/translations.h"

using namespace ui;
using diagram::Diagram;
using diagram::GridRef;
using engine::Lesson;
using support::CellRef;
using support::Grid;
using support::OpenWindow;

namespace {

std::array<engine::Run, 2> runs_of(const Lesson& lesson) {
    return {*engine::run(engine::side_of(lesson, 0)), *engine::run(engine::side_of(lesson, 1))};
}

Diagram picture_of(const formats::LessonFile& file, QSizeF size = {1200, 760}) {
    diagram::View view = file.view;
    view.moment = {1 << 20, 0};
    return diagram::build_comparison(file.lesson, runs_of(file.lesson), view, {size, 1});
}

QStringList labels_in(const Diagram& picture, const QString& group) {
    QStringList labels;
    for (const diagram::Item& item : picture.items)
        if (const auto* label = std::get_if<diagram::Label>(&item.mark);
            label && picture.groups[static_cast<std::size_t>(item.group)].id == group)
            labels << label->text();
    return labels;
}

std::vector<formats::ShippedLesson> compared_lessons() {
    std::vector<formats::ShippedLesson> lessons;
    for (const formats::ShippedLesson& lesson : formats::shipped_lessons())
        if (lesson.compares) lessons.push_back(lesson);
    return lessons;
}

}  // namespace

class TestCompare : public QObject {
    Q_OBJECT
private slots:
    void init() { support::forget_settings(); }
    void initTestCase() {
        support::begin_window_tests();
        words::install_translations();
        QVERIFY(engine::force_target("reference").has_value());
    }

    void a_tick_is_what_was_computed_data();
    void a_tick_is_what_was_computed();
    void the_map_is_the_first_output_minus_the_second();
    void every_group_and_grid_is_told_apart();
    void narrow_rooms_stack_the_sides();
    void other_sizes_are_said_not_subtracted();
    void a_file_keeps_both_sides();
    void an_exported_picture_holds_both();
    void both_sides_show_the_same_moment_and_hover();

    void a_comparison_begins_equal_and_shows_what_is_changed();
    void the_side_one_clicks_in_is_worked_on();
    void undo_swap_and_stop();
};

void TestCompare::a_tick_is_what_was_computed_data() {
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* lesson, const char* verdict) {
        QTest::newRow(lesson) << QString::fromUtf8(verdict);
    };
    row("compare_nearest", "✓ equal");
    row("compare_bilinear", "≠ equal inside");
    row("compare_up_conv", "✓ equal");
    row("compare_depth_to_space", "✓ equal");
    row("compare_k3_k4", "≠ not equal");
    row("compare_keras_pytorch", "≠ not equal");
    row("compare_round_trip", "≠ not equal");
}

void TestCompare::a_tick_is_what_was_computed() {
    QFETCH(QString, verdict);
    const auto file = formats::shipped_lesson(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(file.has_value());
    QCOMPARE(labels_in(picture_of(*file), QStringLiteral("verdict")).front(), verdict);
    // One weight more or less, and nothing is equal any more.
    formats::LessonFile other = *file;
    other.lesson.input = other.lesson.input.with_value(0, other.lesson.input.at(0, 0, 0));
    other.lesson.layers.back().weights.recipe.reset();
    engine::Tensor& kernel = other.lesson.layers.back().weights.values.kernel;
    kernel = runs_of(file->lesson)[0].layers.back().weights.kernel;
    kernel = kernel.with_value(0, kernel.values()[0] + 100);
    QVERIFY(labels_in(picture_of(other), QStringLiteral("verdict")).front() !=
            QStringLiteral("✓ equal"));
}

void TestCompare::the_map_is_the_first_output_minus_the_second() {
    for (const formats::ShippedLesson& lesson : compared_lessons()) {
        const auto file = formats::shipped_lesson(lesson.name);
        const auto runs = runs_of(file->lesson);
        const Diagram picture = picture_of(*file);
        const diagram::GridInfo* map = picture.grid({Grid::difference, 0});
        QVERIFY(map);
        const engine::Tensor& a = runs[0].layers.back().output;
        const engine::Tensor& b = runs[1].layers.back().output;
        QCOMPARE(map->rows, a.shape().height());
        for (int row = 0; row < map->rows; ++row)
            for (int column = 0; column < map->columns; ++column)
                QCOMPARE(map->said(row, column).number(),
                         std::optional(a.at(row, column, 0) - b.at(row, column, 0)));
    }
}

void TestCompare::every_group_and_grid_is_told_apart() {
    for (const formats::ShippedLesson& lesson : compared_lessons()) {
        const Diagram picture = picture_of(*formats::shipped_lesson(lesson.name));
        std::set<QString> ids;
        for (const diagram::Group& group : picture.groups) QVERIFY(ids.insert(group.id).second);
        for (std::size_t i = 0; i < picture.grids.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY2(picture.grids[i].grid != picture.grids[j].grid, qPrintable(lesson.name));
        // Everything lies inside.
        const QRectF page(QPointF(), picture.size);
        for (const diagram::Item& item : picture.items)
            if (std::holds_alternative<diagram::Box>(item.mark))
                QVERIFY2(page.contains(diagram::bounds(item.mark)), qPrintable(lesson.name));
    }
}

void TestCompare::narrow_rooms_stack_the_sides() {
    const auto file = formats::shipped_lesson(QStringLiteral("compare_nearest"));
    const auto place_of = [&](QSizeF room, int pane) {
        return picture_of(*file, room).grid({Grid::full_output, 0, pane})->rect;
    };
    const QSizeF wide(1300, 800), narrow(830, 716);
    QVERIFY(place_of(wide, 0).right() < place_of(wide, 1).left());
    QVERIFY(place_of(narrow, 0).bottom() < place_of(narrow, 1).top());
}

void TestCompare::other_sizes_are_said_not_subtracted() {
    auto file = formats::shipped_lesson(QStringLiteral("compare_k3_k4"));
    engine::Conv2DTranspose layer =
        std::get<engine::Conv2DTranspose>(file->lesson.against.front().spec);
    layer.padding = engine::Valid{};
    file->lesson.against.front().spec = layer;
    const Diagram picture = picture_of(*file);
    QVERIFY(!picture.grid({Grid::difference, 0}));
    const QStringList said = labels_in(picture, QStringLiteral("verdict"));
    QCOMPARE(said.front(), QStringLiteral("≠ other sizes"));
    QVERIFY(said.back().contains(QStringLiteral("8 × 8 × 1 and 10 × 10 × 1")));
    QVERIFY(labels_in(picture, QStringLiteral("costs")).contains(QStringLiteral("10 × 10 × 1")));
}

void TestCompare::a_file_keeps_both_sides() {
    for (const formats::ShippedLesson& lesson : compared_lessons()) {
        auto file = formats::shipped_lesson(lesson.name);
        file->view.against_focus = 0;
        const auto again = formats::read_stride(formats::write_stride(*file));
        QVERIFY(again.has_value());
        QVERIFY2(*again == *file, qPrintable(lesson.name));
    }
    // What is not known is kept in the second side, too; what does not fit is refused.
    const QByteArray kept =
        R"({"stridescope": 1, "layers": [{"class_name": "UpSampling2D", "size": [2, 2]}],
            "input": {"shape": [1, 1, 1], "data": [1]},
            "against": {"layers": [{"class_name": "UpSampling2D", "size": [2, 2], "colour": "red"}],
                        "remark": "twice"}})";
    const auto file = formats::read_stride(kept);
    QVERIFY(file.has_value());
    const QByteArray written = formats::write_stride(*file);
    QVERIFY(written.contains("\"colour\": \"red\"") && written.contains("\"remark\": \"twice\""));
    QVERIFY(*formats::read_stride(written) == *file);
    QByteArray wrong = kept;
    QVERIFY(!formats::read_stride(wrong.replace("UpSampling2D\", \"size\": [2, 2], \"colour",
                                                "Nonsense\", \"size\": [2, 2], \"colour")));
    wrong = kept;
    QVERIFY(!formats::read_stride(wrong.replace("\"against\": {", "\"against\": 3, \"then\": {")));
}

void TestCompare::an_exported_picture_holds_both() {
    const auto file = formats::shipped_lesson(QStringLiteral("compare_nearest"));
    paint::ExportJob job;
    job.lesson = file->lesson;
    const auto runs = runs_of(file->lesson);
    job.run = runs[0];
    job.against_run = runs[1];
    job.view = file->view;
    std::set<QString> ids;
    for (const diagram::Group& region : paint::export_regions(job)) ids.insert(region.id);
    QVERIFY(ids.contains(QStringLiteral("input")) && ids.contains(QStringLiteral("b_input")) &&
            ids.contains(QStringLiteral("difference")));
    QVERIFY(paint::render_export(job).has_value());
}

void TestCompare::both_sides_show_the_same_moment_and_hover() {
    const auto file = formats::shipped_lesson(QStringLiteral("compare_k3_k4"));
    diagram::View view = file->view;
    view.moment = {3, 0.25};
    view.hovered = CellRef{{Grid::input, 0, 1}, 1, 1};
    const document::Session session = document::session_of(file->lesson, view);
    QCOMPARE(session.panes.size(), std::size_t{2});
    QCOMPARE(session.panes[1].view.moment, view.moment);  // both count 16 inputs
    QCOMPARE(session.panes[0].view.hovered->grid.pane, 0);
    QCOMPARE(session.panes[1].view.hovered->grid.pane, 1);
    QCOMPARE(session.panes[1].lesson.input, session.panes[0].lesson.input);
}

void TestCompare::a_comparison_begins_equal_and_shows_what_is_changed() {
    OpenWindow open("first_collide");
    const auto verdict = [&] {
        return labels_in(open.canvas()->diagram(), QStringLiteral("verdict")).front();
    };
    open.press(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(open.lesson().against.size(), std::size_t{1});
    QCOMPARE(verdict(), QStringLiteral("✓ equal"));
    // The second side is the one that is changed.
    open.choose("padding", 0);
    QVERIFY(std::holds_alternative<engine::Same>(open.layer().padding));
    QCOMPARE(verdict(), QStringLiteral("≠ other sizes"));
    open.choose("padding", 1);
    open.enter("kernel_size_rows", 2);
    QCOMPARE(verdict(), QStringLiteral("≠ not equal"));
    QCOMPARE(open.layer().kernel_size, (engine::Size2D{3, 3}));
}

void TestCompare::the_side_one_clicks_in_is_worked_on() {
    OpenWindow open("compare_k3_k4");
    auto* sides = open.part<support::Segmented>("sides");
    QVERIFY(sides->isVisible());
    auto* rows = open.part<QSpinBox>("kernel_size_rows");
    QCOMPARE(rows->value(), 3);
    open.canvas()->setCurrentCell(CellRef{{Grid::input, 0, 1}, 0, 0});
    QCOMPARE(rows->value(), 4);
    open.choose("sides", 0);
    QCOMPARE(rows->value(), 3);
    // A number typed into the input of either side is in both.
    open.canvas()->setCurrentCell(CellRef{{Grid::input, 0, 1}, 0, 0});
    open.canvas()->setFocus();
    QTest::keyClicks(open.canvas(), QStringLiteral("7"));
    open.press(Qt::Key_Return);
    QCOMPARE(open.lesson().input.at(0, 0, 0), 7.0F);
    QCOMPARE(open.canvas()->diagram().grid({Grid::input, 0, 0})->said(0, 0).number(),
             std::optional(7.0F));
    QCOMPARE(open.canvas()->diagram().grid({Grid::input, 0, 1})->said(0, 0).number(),
             std::optional(7.0F));
}

void TestCompare::undo_swap_and_stop() {
    OpenWindow open("first_collide");
    const Lesson before = open.lesson();
    open.press(Qt::Key_B, Qt::ControlModifier);
    open.enter("kernel_size_rows", 4);
    open.window.document()->undoStack()->undo();
    QVERIFY(open.lesson().against == before.layers);
    open.window.document()->undoStack()->redo();
    open.press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(open.lesson() == before);
    QVERIFY(!open.part<QWidget>("sides")->isVisible());
    open.window.document()->undoStack()->undo();
    QCOMPARE(open.lesson().against.size(), std::size_t{1});
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
