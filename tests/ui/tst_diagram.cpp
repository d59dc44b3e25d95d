// SPDX-License-Identifier: MIT
// A picture as a value: its cells are found, cut out, dumped, and its colours stay legible.
#include <QtTest>

#include "ui/diagram/builder.h"
#include "ui/diagram/grid_figure.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/theme.h"

using namespace ui::diagram;

namespace {

/// A 2 × 3 grid of 20-unit cells at (10, 10) in a group of its own, and a label beside it.
Diagram small_picture() {
    Builder builder(QSizeF(200, 100));
    builder.label({150, 20}, 12, {words(QStringLiteral("beside"))});
    builder.group(QStringLiteral("input"), QStringLiteral("Input"));
    GridFigure figure = grid_at({Grid::input, 0}, QStringLiteral("input"), 2, 3, {10, 10}, 20);
    figure.look = [](int row, int column) {
        CellLook look;
        look.text = QString::number(3 * row + column);
        look.fill = {Role::input_fill, 1};
        look.line = {Role::input_line, 1};
        return look;
    };
    draw_grid(builder, figure);
    return builder.diagram();
}

}  // namespace

class DiagramTest : public QObject {
    Q_OBJECT
private slots:
    void a_point_finds_its_cell() {
        const Diagram picture = small_picture();
        QCOMPARE(hit(picture, {15, 15}), (CellRef{{Grid::input, 0}, 0, 0}));
        QCOMPARE(hit(picture, {55, 35}), (CellRef{{Grid::input, 0}, 1, 2}));
        QVERIFY(!hit(picture, {150, 20}));
    }

    void a_large_grid_is_an_image_whose_cells_are_found() {
        Builder builder(QSizeF(300, 300));
        GridFigure figure =
            grid_at({Grid::full_output, 0}, QStringLiteral("output"), 100, 200, {0, 0}, 1);
        figure.shade = [](int row, int) { return row == 3 ? 1.0 : 0.0; };
        figure.lit = QRect(5, 3, 2, 1);
        draw_grid(builder, figure);
        const Diagram& picture = builder.diagram();
        const QImage image = std::get<Raster>(picture.items.front().mark).image;
        QCOMPARE(image.constScanLine(3)[199], uchar{255});
        QCOMPARE(image.constScanLine(4)[0], uchar{0});
        QVERIFY(bounds(picture.items.back().mark).contains(figure.cell_rect(3, 6)));
        QVERIFY(std::holds_alternative<Raster>(picture.items.front().mark));
        QCOMPARE(hit(picture, {120.5, 7.5}), (CellRef{{Grid::full_output, 0}, 7, 120}));
        QVERIFY(picture.grids.front().values.empty());
    }

    void the_grid_is_a_table() {
        const Diagram picture = small_picture();
        const GridInfo* grid = picture.grid({Grid::input, 0});
        QVERIFY(grid);
        QCOMPARE(grid->rows, 2);
        QCOMPARE(grid->columns, 3);
        QCOMPARE(grid->values[5].text(), QStringLiteral("5"));
        QCOMPARE(grid->cell_rect(1, 2).topLeft(), QPointF(50, 30));
        QVERIFY(!picture.grid({Grid::kernel, 0}));
    }

    void a_cell_says_its_number_in_a_pattern() {
        QCOMPARE(Spoken(2.5F).text(), QStringLiteral("2.5"));
        QCOMPARE(Spoken(1.0F / 3).text(), QStringLiteral("≈ 0.3333"));
        QCOMPARE(Spoken(1.0F / 3).text_in_full(), QStringLiteral("0.33333334"));
        QCOMPARE(Spoken(1.0F / 3, QStringLiteral("%1, cropped")).number(), 1.0F / 3);
        QVERIFY(!Spoken(QStringLiteral("3")).number());
        QCOMPARE(Spoken(-3, QStringLiteral("%1, cropped")).text(), QStringLiteral("−3, cropped"));
        QCOMPARE(Spoken(QStringLiteral("empty")).text(), QStringLiteral("empty"));
        QVERIFY(Spoken().isEmpty());
        QVERIFY(!Spoken(0.0F).isEmpty());
    }

    void one_group_is_cut_out_and_moved_to_the_margin() {
        const auto extent = extent_of(small_picture(), QStringLiteral("input"));
        QVERIFY(extent);
        const Diagram part = only(small_picture(), QStringLiteral("input"), *extent, 16);
        QCOMPARE(part.grids.front().rect.topLeft(), QPointF(16, 16));
        for (const Item& item : part.items)
            QCOMPARE(part.groups[static_cast<std::size_t>(item.group)].id, QStringLiteral("input"));
        QVERIFY(!extent_of(small_picture(), QStringLiteral("no such group")));
    }

    void the_dump_names_roles_and_cells() {
        const QString text = dump(small_picture());
        QVERIFY(text.contains(QStringLiteral("box 10,10 19x19 fill input_fill line input_line 1")));
        QVERIFY(text.contains(QStringLiteral("\"beside\" ink")));
        QVERIFY(text.contains(QStringLiteral("cell input 1,2")));
        QVERIFY(text.contains(QStringLiteral("grid input \"input\" 2 x 3 at 10,10 59x39")));
    }

    void texts_are_legible_on_their_fills_data() {
        QTest::addColumn<int>("theme");
        for (const QString& name : theme_names())
            QTest::addRow("%s", qPrintable(name)) << static_cast<int>(*theme_named(name));
    }
    void texts_are_legible_on_their_fills() {
        QFETCH(int, theme);
        const Theme colours{static_cast<ThemeName>(theme)};
        const auto ratio = [&](Role text, Role ground) {
            return contrast(colours.colour(text), colours.colour(ground));
        };
        const auto check = [&](Role text, Role ground, double least) {
            // Every text of high contrast is WCAG 2 AAA, the incidental too.
            if (colours.name == ThemeName::high_contrast) least = 7;
            QVERIFY2(ratio(text, ground) >= least,
                     qPrintable(QStringLiteral("%1 on %2: %3")
                                    .arg(name_of(text), name_of(ground))
                                    .arg(ratio(text, ground))));
        };
        // WCAG 2 AA for text, and its bound for large or incidental signs.
        check(Role::input_text, Role::input_fill, 4.5);
        check(Role::weight_text, Role::weight_fill, 4.5);
        check(Role::output_text, Role::output_fill, 4.5);
        check(Role::on_strong, Role::output_strong, 4.5);
        for (const Role ground : {Role::panel, Role::paper, Role::sunken}) {
            check(Role::ink, ground, 4.5);
            check(Role::ink_soft, ground, 4.5);
            check(Role::ink_faint, ground, 3);
            check(Role::warning, ground, 4.5);
        }
        check(Role::zero_text, Role::zero_fill, 3);
        check(Role::zero_text, Role::panel, 3);
        for (const Role text : {Role::input_text, Role::weight_text, Role::output_text})
            check(text, Role::panel, 4.5);
    }

    void print_is_told_apart_in_grey_and_saves_ink() {
        const Theme print{ThemeName::print};
        QCOMPARE(print.colour(Role::paper), QColor(Qt::white));
        QCOMPARE(print.colour(Role::panel), QColor(Qt::white));
        QCOMPARE(print.colour(Role::zero_fill), QColor(Qt::white));  // whose cells are hatched
        const auto grey = [&](Role role) { return qGray(print.colour(role).rgb()); };
        // Inserted zeros, input, weights, output: each a step darker, none dark.
        const std::array fills{Role::zero_fill, Role::input_fill, Role::weight_fill,
                               Role::output_fill};
        for (std::size_t i = 1; i < fills.size(); ++i)
            QVERIFY2(grey(fills[i - 1]) - grey(fills[i]) >= 6, qPrintable(name_of(fills[i])));
        for (const Role fill : fills) QVERIFY(grey(fill) > 200);
        for (const Role line : {Role::input_line, Role::weight_line, Role::output_line})
            QVERIFY(contrast(print.colour(line), Qt::white) >= 4.5);
    }
};

QTEST_GUILESS_MAIN(DiagramTest)
#include "tst_diagram.moc"
