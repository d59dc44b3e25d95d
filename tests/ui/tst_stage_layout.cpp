// SPDX-License-Identifier: MIT
// Nothing on the stage overlaps, is cut off or too small to read: the shipped lessons and a few
// hard layers, in every reading, in small and large rooms, with plain and doubled text.
#include <set>

#include <QtTest>

#include "tests/support/readings.h"
#include "ui/diagram/stage.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/paint/fonts.h"
#include "ui/paint/text_layout.h"
#include "ui/words/translations.h"

using namespace ui::diagram;

namespace {

struct Shown {
    engine::Lesson lesson;
    View view;
};

/// Where a label's letters stand: its lines without the room above capitals and below the baseline.
QRectF letters(const Label& label) {
    const double air = label.size * 0.22;
    return ui::paint::measured(label).adjusted(0, air, 0, -air);
}

bool overlap(const QRectF& a, const QRectF& b) {
    const QRectF both = a & b;
    return both.width() > 1 && both.height() > 1;
}

bool is_seen(const Box& box) {
    const auto seen = [](Ink ink) { return ink.role != Role::none && ink.alpha > 0; };
    return seen(box.fill) || seen(box.line);
}

engine::Lesson lesson_of(engine::Conv2DTranspose layer, engine::Shape input) {
    engine::Lesson lesson;
    lesson.input = engine::random_input(input, 3);
    lesson.layers.push_back({std::move(layer), {}});
    return lesson;
}

/// What is wrong with a picture, one line a fault.
QStringList faults(const Diagram& picture, double text_scale) {
    QStringList found;
    std::vector<std::pair<const Label*, QRectF>> labels;
    std::vector<QRectF> panels;
    const QRectF page = QRectF({0, 0}, picture.size).adjusted(-1, -1, 1, 1);
    for (const Item& item : picture.items) {
        if (const auto* raster = std::get_if<Raster>(&item.mark)) {
            if (!page.contains(raster->rect)) found << QStringLiteral("an image leaves the page");
        }
        if (const auto* box = std::get_if<Box>(&item.mark)) {
            if (box->fill.role == Role::panel && box->radius == 10) panels.push_back(box->rect);
        }
    }
    for (const Item& item : picture.items) {
        const auto* label = std::get_if<Label>(&item.mark);
        if (!label || label->text().trimmed().isEmpty()) continue;
        const QRectF rect = letters(*label);
        const auto at = QStringLiteral(" \"%1\" at %2,%3 %4x%5")
                            .arg(label->text())
                            .arg(rect.left(), 0, 'f', 0)
                            .arg(rect.top(), 0, 'f', 0)
                            .arg(rect.width(), 0, 'f', 0)
                            .arg(rect.height(), 0, 'f', 0);
        if (!page.contains(rect)) found << QStringLiteral("outside") + at;
        for (const QRectF& panel : panels) {
            if (panel.contains(label->anchor) && !panel.contains(rect))
                found << QStringLiteral("leaves its panel") + at;
        }
        bool in_cell = false;
        for (const Item& other : picture.items) {
            const auto* box = std::get_if<Box>(&other.mark);
            if (!box || !other.cell || !is_seen(*box)) continue;
            const bool inside = box->rect.contains(rect.center());
            in_cell = in_cell || inside;
            if (!inside && overlap(rect, box->rect)) {
                found << QStringLiteral("on cell %1 %2,%3")
                                 .arg(name_of(other.cell->grid.grid))
                                 .arg(other.cell->row)
                                 .arg(other.cell->column) +
                             at;
                break;
            }
        }
        const double size = ui::paint::lay_out(*label).front().size;
        const QString text = label->text();
        const double least = in_cell ? 3.6 : text_scale > 1 && text.size() > 2 ? 11 : 6.8;
        if (size < least) found << QStringLiteral("letters of %1").arg(size) + at;
        for (const auto& [earlier, its] : labels) {
            if (overlap(rect, its))
                found << QStringLiteral("over \"%1\"").arg(earlier->text()) + at;
        }
        for (const Item& other : picture.items) {
            const auto* line = std::get_if<Line>(&other.mark);
            if (!line || line->points.size() != 2) continue;
            const QRectF along = QRectF(line->points[0], line->points[1])
                                     .normalized()
                                     .adjusted(-0.5, -0.5, 0.5, 0.5);
            if (line->points[0].x() == line->points[1].x() ||
                line->points[0].y() == line->points[1].y()) {
                if (along.intersects(rect)) found << QStringLiteral("crossed by a line") + at;
            }
        }
        labels.emplace_back(label, rect);
    }
    return found;
}

}  // namespace

class StageLayout : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        ui::words::install_translations();
        ui::paint::load_fonts();
    }
    void nothing_overlaps_data();
    void nothing_overlaps();
    void thousands_of_cells_are_images_on_the_page_data();
    void thousands_of_cells_are_images_on_the_page();
};

void StageLayout::nothing_overlaps_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("reading");
    QTest::addColumn<QSizeF>("room");
    QTest::addColumn<double>("text_scale");
    QStringList names;
    for (const auto& lesson : ui::formats::shipped_lessons()) names << lesson.name;
    names << QStringLiteral("=k2s3") << QStringLiteral("=dilated") << QStringLiteral("=one")
          << QStringLiteral("=large") << QStringLiteral("=channels") << QStringLiteral("=padded");
    for (const QString& name : names) {
        for (const int reading : {0, 1, 2}) {
            for (const auto& [room, scale] :
                 std::vector<std::pair<QSizeF, double>>{{{840, 716}, 1},
                                                        {{740, 440}, 1},
                                                        {{1040, 740}, 1},
                                                        {{840, 716}, 2},
                                                        {{600, 500}, 2}})
                QTest::addRow("%s %d %gx%g at %g", qPrintable(name), reading, room.width(),
                              room.height(), scale)
                    << name << reading << room << scale;
        }
    }
}

void StageLayout::nothing_overlaps() {
    QFETCH(QString, name);
    QFETCH(int, reading);
    QFETCH(QSizeF, room);
    QFETCH(double, text_scale);
    Shown shown;
    if (name.startsWith(u'=')) {
        engine::Conv2DTranspose layer;
        engine::Shape input{3, 3, 1};
        layer.kernel_size = {3, 3};
        layer.strides = {2, 2};
        layer.padding = engine::Same{};
        if (name == QLatin1String("=k2s3")) {
            layer.kernel_size = {2, 2};
            layer.strides = {3, 3};
        }
        if (name == QLatin1String("=dilated")) {
            layer.strides = {1, 1};
            layer.dilation_rate = {2, 2};
        }
        if (name == QLatin1String("=one")) input = {1, 1, 1};
        if (name == QLatin1String("=large")) input = {32, 32, 1};
        if (name == QLatin1String("=channels")) {
            input = {3, 3, 3};
            layer.filters = 2;
        }
        if (name == QLatin1String("=padded")) layer.output_padding = {0, 0};
        shown.lesson = lesson_of(layer, input);
    } else {
        const auto file = ui::formats::shipped_lesson(name);
        QVERIFY(file.has_value());
        shown = {file->lesson, file->view};
    }
    const auto run = engine::run(shown.lesson);
    QVERIFY(run.has_value());
    shown.view.reading = support::reading_at(reading);
    const int steps = trace_of(shown.lesson, *run, shown.view).step_count();
    QStringList all;
    std::set<int> moments{0, 1, 2, 3, 4, 6, 11, 14, steps / 2, steps - 1, steps};
    for (const int step : moments) {
        if (step < 0 || step > steps) continue;
        shown.view.moment = {step, 0};
        const Diagram picture = build_stage(shown.lesson, *run, shown.view, {room, text_scale});
        for (const QString& fault : faults(picture, text_scale))
            all << QStringLiteral("step %1: %2").arg(step).arg(fault);
        if (picture.size.width() > room.width() + 0.5)
            all << QStringLiteral("wider than its room: %1").arg(picture.size.width());
    }
    for (const QString& fault : all) qInfo("%s", qPrintable(fault));
    QVERIFY(all.isEmpty());
}

void StageLayout::thousands_of_cells_are_images_on_the_page_data() {
    QTest::addColumn<engine::LayerSpec>("layer");
    QTest::addColumn<int>("reading");
    engine::Conv2DTranspose transpose;
    transpose.kernel_size = {1500, 1500};
    for (const int reading : {0, 1, 2})
        QTest::addRow("kernel 1500, reading %d", reading)
            << engine::LayerSpec{transpose} << reading;
    // Cells of a quarter of a pixel once pushed the output over the heading.
    engine::UpSampling2D upsampling;
    upsampling.size = {4000, 4000};
    QTest::newRow("size 4000") << engine::LayerSpec{upsampling} << 0;
}

void StageLayout::thousands_of_cells_are_images_on_the_page() {
    QFETCH(engine::LayerSpec, layer);
    QFETCH(int, reading);
    engine::Lesson lesson;
    lesson.input = engine::counting_input({1, 1, 1});
    lesson.layers.push_back({layer, {}});
    const auto run = engine::run(lesson);
    QVERIFY(run.has_value());
    View view;
    view.reading = support::reading_at(reading);
    const int steps = trace_of(lesson, *run, view).step_count();
    for (const Moment moment : {Moment{0, 0}, Moment{0, 0.5}, Moment{steps, 0}}) {
        view.moment = moment;
        const QStringList found = faults(build_stage(lesson, *run, view, {{840, 716}, 1}), 1);
        for (const QString& fault : found) qInfo("step %d: %s", moment.step, qPrintable(fault));
        QVERIFY(found.isEmpty());
    }
}

QTEST_MAIN(StageLayout)
#include "tst_stage_layout.moc"
