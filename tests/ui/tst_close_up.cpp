// SPDX-License-Identifier: MIT
// What a zoomed or scrolled view adds to a picture: every number that is written is the tensor's,
// large enough and in its cell; rulers name their rows and columns; the title stays.
#include <cmath>
#include <functional>
#include <map>
#include <random>

#include <QtTest>

#include "tests/support/readings.h"
#include "ui/diagram/cell_numbers.h"
#include "ui/diagram/close_up.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/stage.h"
#include "ui/diagram/theme.h"

using namespace ui::diagram;
using engine::Reading;

namespace {

constexpr GridRef input_grid{Grid::input, 0};
constexpr GridRef output_grid{Grid::full_output, 0};

engine::Tensor random_map(int side, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values;
    for (int i = 0; i < side * side; ++i)
        values.push_back(static_cast<float>(static_cast<int>(random() % 2001) - 1000) / 100.0F);
    return {{side, side, 1}, std::move(values)};
}

/// An input of that size, doubled or convolved, and its picture at the end.
struct Shown {
    engine::Lesson lesson;
    engine::Run run;
    View view;
    Diagram picture;

    explicit Shown(int side, engine::LayerSpec layer = engine::UpSampling2D{{2, 2}},
                   Reading reading = Reading::stamp, int digits = usual_digits) {
        lesson.input = random_map(side, 7);
        lesson.layers.push_back({std::move(layer), {}});
        auto made = engine::run(lesson);
        if (!made) qFatal("no run");
        run = *std::move(made);
        view.reading = reading;
        view.digits = digits;
        view.moment.step = 1 << 30;
        picture = build_stage(lesson, run, view);
    }
    QRectF page() const { return {{0, 0}, picture.size}; }
    const GridInfo& grid(GridRef ref) const { return *picture.grid(ref); }
    /// The part of the picture that a window of the usual size shows around a cell.
    QRectF around(GridRef ref, int row, int column, double scale) const {
        const QSizeF size(1040 / scale, 740 / scale);
        return {grid(ref).cell_rect(row, column).center() -
                    QPointF(size.width() / 2, size.height() / 2),
                size};
    }
};

std::vector<Label> labels_of(const CloseUp& close) {
    std::vector<Label> labels;
    for (const Item& item : close.marks.items)
        if (const auto* label = std::get_if<Label>(&item.mark)) labels.push_back(*label);
    return labels;
}

bool is_in_strip(const CloseUp& close, QPointF point) {
    return std::ranges::any_of(close.strips,
                               [&](const QRectF& strip) { return strip.contains(point); });
}

/// The labels of a grid's cells, by cell.
std::map<std::pair<int, int>, Label> numbers_in(const CloseUp& close, const GridInfo& grid) {
    std::map<std::pair<int, int>, Label> found;
    for (const Label& label : labels_of(close)) {
        if (label.align != Align::centre || !grid.rect.contains(label.anchor)) continue;
        const int row = static_cast<int>((label.anchor.y() - grid.rect.top()) /
                                         (grid.rect.height() + 1e-9) * grid.rows);
        const int column = static_cast<int>((label.anchor.x() - grid.rect.left()) /
                                            (grid.rect.width() + 1e-9) * grid.columns);
        const QPointF middle = grid.cell_rect(row, column).center();
        if ((middle - label.anchor).manhattanLength() < 1e-6)
            found.emplace(std::pair(row, column), label);
    }
    return found;
}

}  // namespace

class TestCloseUp : public QObject {
    Q_OBJECT
private slots:
    void a_whole_picture_needs_nothing_data() {
        QTest::addColumn<int>("side");
        for (const int side : {1, 3, 5, 12, 40, 64, 65, 200}) QTest::addRow("%d", side) << side;
    }
    void a_whole_picture_needs_nothing() {
        QFETCH(int, side);
        for (const engine::LayerSpec& layer :
             {engine::LayerSpec{engine::UpSampling2D{{2, 2}}}, engine::LayerSpec{[] {
                  engine::Conv2DTranspose transpose;
                  transpose.kernel_size = {3, 3};
                  transpose.strides = {2, 2};
                  return transpose;
              }()}}) {
            for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
                const Shown shown(side, layer, reading);
                for (const double scale : {0.6, 1.0})
                    QVERIFY(close_up(shown.picture, shown.page(), scale).is_empty());
            }
        }
    }

    void numbers_come_back_at_every_size_data() {
        QTest::addColumn<int>("side");
        QTest::addColumn<double>("pixels");
        for (const int side : {12, 40, 64, 65, 200, 1024})
            for (const double pixels : {11.0, 26.0, 60.0})
                QTest::addRow("%d at %g px", side, pixels) << side << pixels;
    }
    void numbers_come_back_at_every_size() {
        QFETCH(int, side);
        QFETCH(double, pixels);
        const Shown shown(side);
        for (const GridRef ref : {input_grid, output_grid}) {
            const GridInfo& grid = shown.grid(ref);
            const engine::Tensor& map =
                ref == input_grid ? shown.run.layers[0].input : shown.run.layers[0].output;
            const double scale = pixels / grid.cell_rect(0, 0).width();
            if (scale < 1) continue;
            for (const auto& [row, column] :
                 {std::pair(0, 0), std::pair(grid.rows / 2, grid.columns / 3),
                  std::pair(grid.rows - 1, grid.columns - 1)}) {
                const QRectF visible = shown.around(ref, row, column, scale);
                const CloseUp close = close_up(shown.picture, visible, scale);
                const auto numbers = numbers_in(close, grid);
                const bool written =
                    grid.cell_rect(0, 0).width() >= smallest_numbered_cell && !grid.values.empty();
                for (const auto& [cell, label] : numbers) {
                    const QRectF rect = grid.cell_rect(cell.first, cell.second);
                    QVERIFY(rect.intersects(visible));
                    QVERIFY(label.size * scale >= 9 - 1e-9);
                    const double wide =
                        static_cast<double>(label.text().size()) * mono_advance * label.size;
                    QVERIFY(wide <= rect.width());
                    QVERIFY(label.size <= rect.height());
                }
                // As many characters for all that are seen; what the picture wrote may stay.
                int characters = 1;
                for (const auto& [cell, label] : numbers)
                    characters = std::max(characters, static_cast<int>(label.text().size()));
                const auto fault = [&](int most) {
                    for (const auto& [cell, label] : numbers) {
                        const float value = map.at(cell.first, cell.second, 0);
                        if (label.text() != cut_number(value, most))
                            return QStringLiteral("%1 is %2").arg(value).arg(label.text());
                    }
                    for (int r = 0; !written && r < grid.rows; ++r) {
                        const QRectF first = grid.cell_rect(r, 0);
                        if (first.bottom() < visible.top() || first.top() > visible.bottom())
                            continue;
                        for (int c = 0; c < grid.columns; ++c) {
                            if (!grid.cell_rect(r, c).intersects(visible) ||
                                numbers.contains({r, c}))
                                continue;
                            const QString text = cut_number(map.at(r, c, 0), most);
                            if (!text.isEmpty()) return text + QStringLiteral(" is missing");
                        }
                    }
                    return QString();
                };
                int most = characters;
                while (most < characters + 3 && !fault(most).isEmpty()) ++most;
                QVERIFY2(fault(most).isEmpty(), qPrintable(fault(characters)));
                if (written || pixels < 26) continue;
                QVERIFY(numbers.size() > 3);
            }
        }
    }

    void in_large_cells_nothing_is_cut() {
        const Shown shown(65);
        const GridInfo& grid = shown.grid(output_grid);
        const double scale = 100 / grid.cell_rect(0, 0).width();
        const CloseUp close =
            close_up(shown.picture, shown.around(output_grid, 60, 70, scale), scale);
        const auto numbers = numbers_in(close, grid);
        QVERIFY(numbers.size() > 20);
        for (const auto& [cell, label] : numbers)
            QCOMPARE(label.text(),
                     number_text(shown.run.layers[0].output.at(cell.first, cell.second, 0)));
    }

    void cut_numbers_get_their_digits_back() {
        const Shown shown(12);
        const GridInfo& grid = shown.grid(output_grid);
        const double scale = 80 / grid.cell_rect(0, 0).width();
        const CloseUp close =
            close_up(shown.picture, shown.around(output_grid, 12, 12, scale), scale);
        QVERIFY(!close.replaced.empty());
        QVERIFY(std::ranges::is_sorted(close.replaced));
        for (const std::size_t item : close.replaced)
            QVERIFY(std::holds_alternative<Label>(shown.picture.items[item].mark));
        for (const auto& [cell, label] : numbers_in(close, grid))
            QCOMPARE(label.text(),
                     number_text(shown.run.layers[0].output.at(cell.first, cell.second, 0)));
    }

    /// The input stands in the bordered input, which holds the same numbers.
    void a_number_of_two_grids_is_written_once() {
        engine::Conv2DTranspose layer;
        layer.kernel_size = {3, 3};
        layer.strides = {2, 2};
        int zeros = 0;
        for (const int side : {4, 8, 12, 40, 70}) {
            const Shown shown(side, layer, Reading::why_equal);
            const GridRef bordered{Grid::bordered_input, 0};
            const double scale = 40 / shown.grid(bordered).cell_rect(0, 0).width();
            const QRectF visible = shown.around(bordered, side, side, scale);
            const CloseUp close = close_up(shown.picture, visible, scale);
            QVERIFY(std::ranges::adjacent_find(close.replaced, std::greater_equal()) ==
                    close.replaced.end());
            std::vector<QPointF> anchors;
            for (std::size_t i = 0; i < shown.picture.items.size(); ++i) {
                const auto* label = std::get_if<Label>(&shown.picture.items[i].mark);
                if (label && label->runs.front().face == Face::numbers &&
                    !std::ranges::binary_search(close.replaced, i))
                    anchors.push_back(label->anchor);
            }
            for (const Label& label : labels_of(close)) {
                if (label.runs.front().face != Face::numbers || is_in_strip(close, label.anchor))
                    continue;
                if (label.text() == QLatin1String("0")) ++zeros;
                for (const QPointF& other : anchors)
                    QVERIFY((other - label.anchor).manhattanLength() > 1);
                anchors.push_back(label.anchor);
            }
        }
        QVERIFY(zeros > 20);
    }

    void digits_are_as_chosen() {
        const engine::UpSampling2D thirds{{2, 2}};
        for (const int digits : digits_choices) {
            Shown shown(65, thirds, Reading::stamp, digits);
            QCOMPARE(shown.picture.digits, digits);
            const GridInfo& grid = shown.grid(input_grid);
            const double scale = 120 / grid.cell_rect(0, 0).width();
            const CloseUp close =
                close_up(shown.picture, shown.around(input_grid, 30, 30, scale), scale);
            const auto numbers = numbers_in(close, grid);
            QVERIFY(!numbers.empty());
            for (const auto& [cell, label] : numbers) {
                const float value = shown.lesson.input.at(cell.first, cell.second, 0);
                QCOMPARE(label.text(),
                         digits == 0 ? full_number_text(value) : number_text(value, digits));
            }
        }
    }

    void digits_are_as_chosen_in_every_reading() {
        engine::Conv2DTranspose transpose;
        transpose.kernel_size = {2, 2};
        transpose.strides = {2, 2};
        const engine::UpSampling2D smooth{{2, 2}, engine::Interpolation::bilinear};
        for (const engine::LayerSpec& layer :
             {engine::LayerSpec{transpose}, engine::LayerSpec{engine::UpSampling2D{{2, 2}}},
              engine::LayerSpec{smooth}, engine::LayerSpec{engine::Conv2D{}}}) {
            for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
                for (const int digits : digits_choices) {
                    const Shown shown(3, layer, reading, digits);
                    int found = 0;
                    for (const Item& item : shown.picture.items) {
                        const auto* label = std::get_if<Label>(&item.mark);
                        if (!label || label->align != Align::centre || label->runs.size() != 1 ||
                            label->runs.front().face != Face::numbers)
                            continue;
                        for (const GridInfo& grid : shown.picture.grids) {
                            for (int i = 0; i < grid.rows * grid.columns; ++i) {
                                const int row = i / grid.columns;
                                const int column = i % grid.columns;
                                const QRectF cell = grid.cell_rect(row, column);
                                const auto number = grid.said(row, column).number();
                                if (!number || !cell.contains(label->anchor)) continue;
                                bool is_cut = false;
                                const auto size = static_cast<int>(label->text().size());
                                for (int most = size; most <= size + 3; ++most)
                                    is_cut = is_cut ||
                                             cut_number(*number, most, digits) == label->text();
                                QVERIFY2(is_cut, qPrintable(label->text()));
                                ++found;
                            }
                        }
                    }
                    QVERIFY(found > 8);
                }
            }
        }
    }

    void numbers_are_legible_on_dark_cells() {
        const Shown shown(65);
        const GridInfo& grid = shown.grid(input_grid);
        const double scale = 40 / grid.cell_rect(0, 0).width();
        const CloseUp close =
            close_up(shown.picture, shown.around(input_grid, 20, 20, scale), scale);
        const Raster* raster = nullptr;
        for (const Item& item : shown.picture.items)
            if (const auto* found = std::get_if<Raster>(&item.mark);
                found && item.cell->grid == input_grid)
                raster = found;
        QVERIFY(raster);
        std::map<std::pair<int, int>, double> grounds;
        for (const Item& item : close.marks.items)
            if (const auto* box = std::get_if<Box>(&item.mark);
                box && box->fill.role == Role::panel)
                grounds[{qRound(box->rect.center().x() * 8), qRound(box->rect.center().y() * 8)}] =
                    box->fill.alpha;
        int dark = 0;
        for (const auto& [cell, label] : numbers_in(close, grid)) {
            const double shade = raster->image.constScanLine(cell.first)[cell.second] / 255.0;
            const auto ground =
                grounds.find({qRound(label.anchor.x() * 8), qRound(label.anchor.y() * 8)});
            const double left = ground == grounds.end() ? shade : shade * (1 - ground->second);
            QVERIFY(left <= 0.5 + 1e-6);
            if (ground != grounds.end()) ++dark;
            QVERIFY(label.runs.front().ink == (Ink{Role::ink, 1}));
        }
        QVERIFY(dark > 0);
    }

    void rulers_stay_and_name_what_is_beside_them_data() {
        QTest::addColumn<int>("side");
        for (const int side : {12, 65, 1024}) QTest::addRow("%d", side) << side;
    }
    void rulers_stay_and_name_what_is_beside_them() {
        QFETCH(int, side);
        const Shown shown(side);
        for (const GridRef ref : {input_grid, output_grid}) {
            const GridInfo& grid = shown.grid(ref);
            const double scale = std::max(2.0, 30 / grid.cell_rect(0, 0).width());
            const QRectF visible = shown.around(ref, grid.rows / 2, grid.columns / 2, scale);
            const CloseUp close = close_up(shown.picture, visible, scale);
            int rows = 0;
            int columns = 0;
            for (const Label& label : labels_of(close)) {
                if (!is_in_strip(close, label.anchor)) continue;
                bool is_number = false;
                const int number = label.text().toInt(&is_number);
                if (!is_number || label.runs.front().face != Face::numbers) continue;
                QVERIFY(label.size * scale >= 9 - 1e-9);
                if (label.align == Align::centre && number < grid.columns &&
                    std::abs(grid.cell_rect(0, number).center().x() - label.anchor.x()) < 1e-6)
                    ++columns;
                else if (label.align == Align::right && number < grid.rows &&
                         std::abs(grid.cell_rect(number, 0).center().y() - label.anchor.y()) < 1e-6)
                    ++rows;
                else
                    QVERIFY(ref != input_grid || !grid.rect.contains(label.anchor));
                QVERIFY(visible.contains(label.anchor));
            }
            const bool left_out = grid.rect.left() < visible.left();
            const bool top_out = grid.rect.top() < visible.top();
            QCOMPARE(columns > 1, top_out);
            QCOMPARE(rows > 1, left_out);
            if (side > 12) QVERIFY(left_out && top_out);
        }
    }

    void the_title_stays_when_it_is_scrolled_out() {
        const Shown shown(65);
        const auto says_title = [&](const CloseUp& close) {
            for (const Label& label : labels_of(close)) {
                if (label.text() != shown.picture.title) continue;
                return is_in_strip(close, label.anchor) && label.max_width > 0 && !label.wrap;
            }
            return false;
        };
        const QSizeF size = shown.picture.size / 2;
        QVERIFY(!says_title(close_up(shown.picture, {{0, 0}, size}, 2)));
        QVERIFY(says_title(close_up(shown.picture, {{0, 100}, size}, 2)));
        QVERIFY(says_title(close_up(shown.picture, {{200, 0}, size}, 2)));
        const CloseUp down = close_up(shown.picture, {{0, 300}, shown.picture.size}, 1);
        QVERIFY(says_title(down));
        // Below the title, not on it.
        for (std::size_t i = 1; i < down.strips.size(); ++i)
            QVERIFY(!down.strips[i].intersects(down.strips[0]));
    }

    void a_source_says_what_a_list_would() {
        for (const Reading reading : {Reading::stamp, Reading::slide, Reading::why_equal}) {
            engine::Conv2DTranspose layer;
            layer.kernel_size = {3, 3};
            layer.strides = {2, 2};
            const Shown shown(70, layer, reading);
            for (const GridInfo& grid : shown.picture.grids) {
                if (!grid.values.empty()) continue;
                QVERIFY2(grid.source, qPrintable(grid.name));
                for (int i = 0; i < 200; ++i)
                    QVERIFY(!grid.said(i % grid.rows, (7 * i) % grid.columns).isEmpty());
                QVERIFY(grid.said(grid.rows, 0).isEmpty());
            }
            QCOMPARE(*shown.picture.grid(reading == Reading::slide ? GridRef{Grid::slide_output, 0}
                                                                   : output_grid),
                     *build_stage(shown.lesson, shown.run, shown.view)
                          .grid(reading == Reading::slide ? GridRef{Grid::slide_output, 0}
                                                          : output_grid));
        }
    }

    void another_number_is_another_grid() {
        const Shown shown(65);
        Shown doubled(65);
        std::vector<float> values;
        for (const float value : doubled.lesson.input.values()) values.push_back(2 * value);
        doubled.lesson.input = engine::Tensor({65, 65, 1}, std::move(values));
        doubled.run = *engine::run(doubled.lesson);
        doubled.picture = build_stage(doubled.lesson, doubled.run, doubled.view);
        QVERIFY(shown.picture == Shown(65).picture);
        QVERIFY(!(shown.grid(input_grid) == doubled.grid(input_grid)));
    }
};

QTEST_GUILESS_MAIN(TestCloseUp)
#include "tst_close_up.moc"
