// SPDX-License-Identifier: MIT
// Nothing on the stage overlaps, is cut off or too small to read: the shipped lessons and a few
// hard layers, in every reading, in small and large rooms, with plain and doubled text.
#include <map>
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
        // A plate lies over cells, with the number of the one it stands for.
        const bool on_plate = std::ranges::any_of(picture.items, [&](const Item& other) {
            const auto* box = std::get_if<Box>(&other.mark);
            return box && other.cell && box->fill == Ink{Role::panel, 1} &&
                   box->rect.contains(rect);
        });
        bool in_cell = on_plate;
        for (const Item& other : picture.items) {
            const auto* box = std::get_if<Box>(&other.mark);
            if (on_plate || !box || !other.cell || !is_seen(*box)) continue;
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
        const double least = in_cell ? 8.99 : text_scale > 1 && text.size() > 2 ? 11 : 6.8;
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

QRectF grid_rect(const Diagram& picture, Grid grid) {
    const GridInfo* info = picture.grid({grid, 0});
    return info ? info->rect : QRectF();
}

int group_named(const Diagram& picture, const char* id) {
    for (std::size_t i = 0; i < picture.groups.size(); ++i)
        if (picture.groups[i].id == QLatin1String(id)) return static_cast<int>(i);
    return -1;
}

/// A shipped lesson that holds a Conv2DTranspose in focus, computed.
struct Opened {
    QString name;
    engine::Lesson lesson;
    engine::Run run;
    View view;
};
std::vector<Opened> transposed_lessons() {
    std::vector<Opened> opened;
    for (const auto& shipped : ui::formats::shipped_lessons()) {
        const auto file = ui::formats::shipped_lesson(shipped.name);
        if (!file) continue;
        const auto focus = static_cast<std::size_t>(file->view.focus);
        if (!std::holds_alternative<engine::Conv2DTranspose>(file->lesson.layers[focus].spec))
            continue;
        auto run = engine::run(file->lesson);
        if (run) opened.push_back({shipped.name, file->lesson, *std::move(run), file->view});
    }
    return opened;
}

/// The stage of windows of 1440 × 900, 1366 × 768, 1024 × 640 and 960 × 540.
constexpr QSizeF rooms[] = {{840, 716}, {766, 584}, {744, 456}, {690, 360}};

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
    void the_output_stands_at_the_same_place_in_all_readings();
    void grids_of_a_lane_share_a_row_and_do_not_move();
    void cells_are_as_large_as_fits();
    void threads_are_there_while_it_plays_and_cross_no_words();
    void a_sum_is_of_one_size();
    void large_text_leaves_the_figure_its_room();
    void what_the_words_are_about_is_written_data();
    void what_the_words_are_about_is_written();
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
                                                        {{766, 584}, 1},
                                                        {{740, 440}, 1},
                                                        {{690, 360}, 1},
                                                        {{1040, 740}, 1},
                                                        {{840, 716}, 2},
                                                        {{600, 500}, 2},
                                                        {{950, 360}, 2}})
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

void StageLayout::the_output_stands_at_the_same_place_in_all_readings() {
    for (const QSizeF room : rooms) {
        std::set<double> right_edges;
        for (const Opened& opened : transposed_lessons()) {
            View view = opened.view;
            const auto shown = [&](int reading) {
                view.reading = support::reading_at(reading);
                view.moment = {3, 0};
                return build_stage(opened.lesson, opened.run, view, {room, 1});
            };
            // Pages made to be scrolled give every reading the height it needs.
            if (shown(0).size.height() > room.height() + 25) continue;
            const QRectF stamp = grid_rect(shown(0), Grid::full_output);
            const QRectF slide = grid_rect(shown(1), Grid::slide_output);
            QVERIFY2(stamp == slide, qPrintable(opened.name));
            const Diagram equal = shown(2);
            const QRectF above = grid_rect(equal, Grid::full_output);
            const QRectF below = grid_rect(equal, Grid::slide_output);
            QCOMPARE(above.left(), below.left());
            QCOMPARE(above.size(), below.size());
            // The page was solved to be scrolled: large cells are all that counts.
            if (equal.size.height() > room.height() + 25) continue;
            for (const QRectF& output : {stamp, above}) right_edges.insert(output.right());
        }
        // But for the gap behind the last cell.
        if (!right_edges.empty()) QVERIFY(*right_edges.rbegin() - *right_edges.begin() <= 4);
    }
}

void StageLayout::grids_of_a_lane_share_a_row_and_do_not_move() {
    for (const QSizeF room : rooms) {
        for (const Opened& opened : transposed_lessons()) {
            View view = opened.view;
            for (const int reading : {0, 1, 2}) {
                view.reading = support::reading_at(reading);
                const int steps = trace_of(opened.lesson, opened.run, view).step_count();
                std::map<Grid, QRectF> places;
                for (const int step : {1, steps / 3, steps / 2, steps}) {
                    view.moment = {step, 0};
                    const Diagram picture = build_stage(opened.lesson, opened.run, view, {room, 1});
                    for (const Grid grid : {Grid::full_output, Grid::slide_output, Grid::kernel,
                                            Grid::bordered_input, Grid::coverage}) {
                        const QRectF rect = grid_rect(picture, grid);
                        if (rect.isNull() || (grid == Grid::kernel && reading == 1)) continue;
                        const auto [known, is_new] = places.try_emplace(grid, rect);
                        QVERIFY2(known->second == rect, qPrintable(opened.name));
                    }
                    const double row = grid_rect(picture, Grid::full_output).center().y();
                    if (reading == 1) continue;
                    // Where the kernel stands under the input, both together are centred.
                    const QRectF input = grid_rect(picture, Grid::input);
                    const QRectF kernel = grid_rect(picture, Grid::kernel);
                    const bool stacked = kernel.top() > input.bottom();
                    const double other = (stacked ? input | kernel : kernel).center().y();
                    QVERIFY2(std::abs(row - other) <= (stacked ? 14 : 2), qPrintable(opened.name));
                }
            }
        }
    }
}

/// Either the cells are so large that larger ones would not be read better, or one more pixel for
/// each would not fit: across, or down in all lanes together.
void StageLayout::cells_are_as_large_as_fits() {
    for (const QSizeF room : rooms) {
        for (const Opened& opened : transposed_lessons()) {
            View view = opened.view;
            for (const int reading : {0, 1, 2}) {
                view.reading = support::reading_at(reading);
                view.moment = {3, 0};
                const Diagram picture = build_stage(opened.lesson, opened.run, view, {room, 1});
                double pitch = 0;
                double cells_high = 0;
                double grids_high = 0;
                double lanes_high = 0;
                for (const Grid grid : {Grid::full_output, Grid::slide_output}) {
                    const GridInfo* output = picture.grid({grid, 0});
                    if (!output) continue;
                    pitch = output->pitch.width();
                    QRectF lane;
                    for (const Item& item : picture.items) {
                        const auto* box = std::get_if<Box>(&item.mark);
                        if (box && box->fill.role == Role::panel && box->radius == 10 &&
                            box->rect.contains(output->rect))
                            lane = box->rect;
                    }
                    double highest = 0;
                    int most = 0;
                    for (const GridInfo& other : picture.grids) {
                        if (!lane.contains(other.rect)) continue;
                        highest = std::max(highest, other.rect.height());
                        most = std::max(most, other.rows);
                    }
                    cells_high += most;
                    grids_high += highest;
                    lanes_high += lane.height();
                }
                const double largest = reading == 2 ? 40 : 56;
                // Heads, rulers, captions and the reason under a kernel take about so much.
                const double words = (reading == 2 ? 2 : 1) * 150;
                const bool fills_height = grids_high + words + cells_high >= lanes_high;
                double across = 0;
                for (const GridInfo& grid : picture.grids)
                    if (grid.grid.grid != Grid::coverage && grid.rect.height() > 0)
                        across = std::max(across, grid.rect.right());
                double grids_wide = 0;
                for (const GridInfo& grid : picture.grids)
                    if (grid.grid.grid != Grid::coverage && grid.grid.grid != Grid::slide_output)
                        grids_wide += grid.rect.width();
                const bool fills_width = grids_wide >= 0.45 * (across - 16);
                // What would have had to squeeze its numbers grows downwards, no more than it must.
                const bool scrolls = picture.size.height() > room.height() + 1;
                QVERIFY2(pitch >= largest || fills_height || fills_width || scrolls,
                         qPrintable(QStringLiteral("%1, reading %2 in %3 × %4: pitch %5")
                                        .arg(opened.name)
                                        .arg(reading)
                                        .arg(room.width())
                                        .arg(room.height())
                                        .arg(pitch)));
            }
        }
    }
    // What was too small to be read from the back row.
    for (const Opened& opened : transposed_lessons()) {
        if (opened.name != QLatin1String("first_collide")) continue;
        View view = opened.view;
        view.reading = support::reading_at(2);
        const Diagram picture = build_stage(opened.lesson, opened.run, view, {{840, 716}, 1});
        QVERIFY(picture.grid({Grid::full_output, 0})->pitch.width() >= 28);
        QVERIFY(picture.grid({Grid::bordered_input, 0})->pitch.width() >= 22);
    }
}

void StageLayout::threads_are_there_while_it_plays_and_cross_no_words() {
    for (const QSizeF room : {rooms[0], rooms[1]}) {
        for (const Opened& opened : transposed_lessons()) {
            View view = opened.view;
            view.reading = support::reading_at(2);
            const engine::Trace trace = trace_of(opened.lesson, opened.run, view);
            for (int step = 1; step < trace.step_count(); step += 7) {
                for (const double progress : {0.0, 0.5}) {
                    view.moment = {step, progress};
                    if (trace.at(progress > 0 ? step + 1 : step).phase != engine::Phase::one_output)
                        continue;
                    const Diagram picture = build_stage(opened.lesson, opened.run, view, {room, 1});
                    if (picture.grid({Grid::full_output, 0})->values.empty()) continue;
                    const int threads = group_named(picture, "threads");
                    QVERIFY2(threads >= 0, qPrintable(opened.name));
                    for (const Item& thread : picture.items) {
                        const auto* line = std::get_if<Line>(&thread.mark);
                        if (!line || thread.group != threads) continue;
                        const QLineF along(line->points[0], line->points[1]);
                        for (const Item& item : picture.items) {
                            const auto* label = std::get_if<Label>(&item.mark);
                            if (!label || label->text().trimmed().isEmpty()) continue;
                            if (!reach(*label).intersects(reach(*line))) continue;
                            const QRectF rect = letters(*label).adjusted(1, 1, -1, -1);
                            if (!QRectF(along.p1(), along.p2())
                                     .normalized()
                                     .adjusted(-1, -1, 1, 1)
                                     .intersects(rect))
                                continue;
                            for (double at = 0; at <= 1; at += 2 / std::max(along.length(), 2.0))
                                QVERIFY2(!rect.contains(along.pointAt(at)),
                                         qPrintable(opened.name + u' ' + label->text()));
                        }
                    }
                }
            }
        }
    }
}

void StageLayout::a_sum_is_of_one_size() {
    for (const Opened& opened : transposed_lessons()) {
        View view = opened.view;
        view.reading = support::reading_at(2);
        const int steps = trace_of(opened.lesson, opened.run, view).step_count();
        for (int step = 1; step <= steps; step += 2) {
            view.moment = {step, 0};
            const Diagram picture = build_stage(opened.lesson, opened.run, view, {{766, 584}, 1});
            for (const char* id : {"sum", "window_sum"}) {
                const int sum = group_named(picture, id);
                std::set<double> sizes;
                for (const Item& item : picture.items) {
                    const auto* label = std::get_if<Label>(&item.mark);
                    if (!label || item.group != sum || label->align == Align::right) continue;
                    sizes.insert(std::round(ui::paint::lay_out(*label).front().size * 10));
                }
                QVERIFY2(sizes.size() <= 1, qPrintable(opened.name));
            }
        }
    }
}

/// In a low window title and white give way: the figure begins without scrolling.
void StageLayout::large_text_leaves_the_figure_its_room() {
    constexpr QSizeF low(1000, 340);
    for (const Opened& opened : transposed_lessons()) {
        View view = opened.view;
        view.reading = engine::Reading::stamp;
        view.moment = {1, 0};
        const Diagram picture = build_stage(opened.lesson, opened.run, view, {low, 2});
        const QRectF output = grid_rect(picture, Grid::full_output);
        const double pitch = output.height() / picture.grid({Grid::full_output, 0})->rows;
        QVERIFY2(output.top() + std::min(pitch, 30.0) < low.height(), qPrintable(opened.name));
    }
}

void StageLayout::what_the_words_are_about_is_written_data() {
    QTest::addColumn<int>("input");
    QTest::addColumn<int>("kernel_size");
    QTest::addColumn<QSizeF>("room");
    for (const auto& [input, kernel_size] : {std::pair(6, 3), {8, 4}, {12, 5}, {16, 3}})
        for (const QSizeF room : {QSizeF(740, 560), QSizeF(600, 440), QSizeF(1040, 740)})
            QTest::addRow("%d k%d in %g", input, kernel_size, room.width())
                << input << kernel_size << room;
}

/// However small the cells are, those that title and sum speak of show their numbers.
void StageLayout::what_the_words_are_about_is_written() {
    QFETCH(int, input);
    QFETCH(int, kernel_size);
    QFETCH(QSizeF, room);
    engine::Conv2DTranspose layer;
    layer.kernel_size = {kernel_size, kernel_size};
    layer.strides = {2, 2};
    const engine::Lesson lesson = lesson_of(layer, {input, input, 1});
    const auto run = engine::run(lesson);
    QVERIFY(run.has_value());
    int seen = 0;
    for (const int reading : {0, 1, 2}) {
        View view;
        view.reading = support::reading_at(reading);
        const int steps = trace_of(lesson, *run, view).step_count();
        for (const int step : {1, 7, steps / 3, steps / 2, 3 * steps / 4}) {
            view.moment = {step, 0};
            const Diagram picture = build_stage(lesson, *run, view, {room, 1});
            std::map<std::pair<Grid, int>, std::vector<QRectF>> chosen;
            std::vector<QRectF> written;
            for (const Item& item : picture.items) {
                if (const auto* label = std::get_if<Label>(&item.mark))
                    written.push_back(letters(*label));
                const auto* box = std::get_if<Box>(&item.mark);
                if (!box || !item.cell || box->line_width < 2.2) continue;
                const GridInfo* grid = picture.grid(item.cell->grid);
                if (!grid || grid->pitch.width() > 1.5 * grid->cell.width()) continue;  // spread
                if (grid->rect.width() < 40) continue;  // all of it is smaller than a number
                const bool is_plate = box->fill == Ink{Role::panel, 1};
                const bool is_here = grid->rect.intersects(box->rect);  // not among the zeros
                if (!is_here) continue;
                // Plates never cover each other: one of neighbours is enough.
                if (is_plate)
                    written.push_back(box->rect.adjusted(-box->rect.width(), -box->rect.height(),
                                                         box->rect.width(), box->rect.height()));
                if (!is_plate)
                    chosen[{item.cell->grid.grid, item.cell->grid.index}].push_back(box->rect);
            }
            for (const auto& [grid, cells] : chosen) {
                if (cells.size() > 4) continue;  // a stretch of them, which its frame tells of
                for (const QRectF& cell : cells) {
                    ++seen;
                    QVERIFY2(std::ranges::any_of(
                                 written, [&](const QRectF& text) { return overlap(text, cell); }),
                             qPrintable(QStringLiteral("%1 of %4 x %5 at step %2 of reading %3")
                                            .arg(name_of(grid.first))
                                            .arg(step)
                                            .arg(reading)
                                            .arg(cell.width())
                                            .arg(cell.height())));
                }
            }
        }
    }
    QVERIFY(seen > 4);
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
