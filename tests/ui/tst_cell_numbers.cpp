// SPDX-License-Identifier: MIT
// Numbers fit their cells: digits are cut to the cell, never the type below what is read; shades
// stand for what has no room, and leave numbers on them legible.
#include <QtTest>

#include <random>

#include "ui/diagram/grid_figure.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/theme.h"

using namespace ui::diagram;

namespace {

/// A grid of the values, drawn.
Diagram drawn(const std::vector<float>& values, int columns, double pitch) {
    Builder builder(QSizeF(4000, 4000));
    const int rows = static_cast<int>(values.size()) / columns;
    GridFigure figure =
        grid_at({Grid::kernel, 0}, QStringLiteral("grid"), rows, columns, {20, 20}, pitch);
    figure.tint = Role::weight_line;
    figure.greatest = Shade(values).greatest();
    figure.look = [&](int row, int column) {
        CellLook look;
        figure.say(look, values[static_cast<std::size_t>(row * columns + column)]);
        look.fill = {Role::weight_fill, 1};
        look.ink = {Role::weight_text, 1};
        look.line = {Role::weight_line, 0.8};
        return look;
    };
    draw_grid(builder, figure);
    draw_legend(builder, figure, false, {0, 4000}, 1);
    return builder.diagram();
}

std::vector<Label> labels_of(const Diagram& picture) {
    std::vector<Label> labels;
    for (const Item& item : picture.items)
        if (const auto* label = std::get_if<Label>(&item.mark)) labels.push_back(*label);
    return labels;
}

std::vector<Box> cells_of(const Diagram& picture) {
    std::vector<Box> cells;
    for (const Item& item : picture.items)
        if (const auto* box = std::get_if<Box>(&item.mark); box && item.cell) cells.push_back(*box);
    return cells;
}

/// Two opaque colours, one laid on the other.
QColor mixed(const QColor& above, const QColor& below) {
    const auto channel = [&](float a, float b) {
        return a * above.alphaF() + b * (1 - above.alphaF());
    };
    return QColor::fromRgbF(channel(above.redF(), below.redF()),
                            channel(above.greenF(), below.greenF()),
                            channel(above.blueF(), below.blueF()));
}

}  // namespace

class CellNumbers : public QObject {
    Q_OBJECT
private slots:
    void digits_are_cut_first_and_then_the_point_is_moved_data() {
        QTest::addColumn<float>("value");
        QTest::addColumn<int>("characters");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, float value, int characters, const char* text) {
            QTest::newRow(name) << value << characters << QString::fromUtf8(text);
        };
        row("all of it", 0.00079F, 7, "0.00079");
        row("one digit", 0.00079F, 6, "0.0008");
        row("power of ten", 0.00079F, 5, "8e−4");
        row("power of ten, narrow", 0.00079F, 4, "8e−4");
        row("no room", 0.00079F, 3, "");
        row("rounded up to ten", 0.00099F, 4, "1e−3");
        row("whole", 840, 3, "840");
        row("whole, no room", 840, 2, "");
        row("zero", 0, 1, "0");
        row("fraction, no room", 0.25F, 2, "");
        row("negative", -0.25F, 5, "−0.25");
        row("negative, no room", -0.25F, 3, "");
        row("large", 1234567, 3, "1e6");
        // "2e3" for 1640 would be off by a fifth: its shade tells more.
        row("thousands, narrow", 1640, 3, "");
        row("below zero, narrow", -1640, 4, "");
        row("thousands with a fraction, narrow", 1640.5F, 3, "");
        row("thousands", 1640, 4, "1640");
    }
    void digits_are_cut_first_and_then_the_point_is_moved() {
        QFETCH(float, value);
        QFETCH(int, characters);
        QFETCH(QString, text);
        QCOMPARE(cut_number(value, characters), text);
    }

    /// Whatever stands in it: in any cell type of at least 9, inside the cell, and nobody is made
    /// smaller by a long neighbour.
    void numbers_stay_in_their_cells() {
        std::mt19937 random(11);
        std::uniform_real_distribution<float> exponent(-7, 9);
        for (int side = 4; side <= 64; ++side) {
            std::vector<float> values;
            for (int i = 0; i < 49; ++i)
                values.push_back((i % 2 ? 1.0F : -1.0F) * std::pow(10.0F, exponent(random)));
            for (const Label& label : labels_of(drawn(values, 7, side))) {
                if (label.anchor.y() > 1000) continue;  // the legend
                QVERIFY(label.size >= 9);
                const double wide =
                    static_cast<double>(label.text().size()) * mono_advance * label.size;
                QVERIFY2(wide <= side, qPrintable(label.text()));
            }
        }
    }

    void one_long_number_does_not_make_all_small() {
        std::vector<float> values(64, 1);
        values[9] = 0.00079F;
        const std::vector<Label> labels = labels_of(drawn(values, 8, 30));
        QVERIFY(labels.size() >= 64);
        for (const Label& label : labels) QVERIFY(label.size >= 10);
    }

    void large_grids_are_shaded_and_small_ones_are_plain() {
        const auto fills = [](int side, double pitch) {
            std::vector<float> values;
            for (int i = 0; i < side * side; ++i) values.push_back(static_cast<float>(i % 7));
            std::set<double> found;
            for (const Box& cell : cells_of(drawn(values, side, pitch)))
                found.insert(cell.fill.alpha);
            return found.size();
        };
        QCOMPARE(fills(5, 30), 1U);
        QCOMPARE(fills(6, 30), 7U);
        QCOMPARE(fills(5, 6), 7U);  // no room for numbers
    }

    void numbers_below_zero_are_hatched() {
        std::vector<float> values(36, 2);
        values[7] = -2;
        const std::vector<Box> cells = cells_of(drawn(values, 6, 24));
        for (std::size_t i = 0; i < cells.size(); ++i) QCOMPARE(cells[i].hatched, i == 7);
    }

    void a_legend_stands_where_cells_are_shaded() {
        const auto has_legend = [](const Diagram& picture) {
            return std::ranges::any_of(picture.groups, [](const Group& group) {
                return group.id == QLatin1String("legend");
            });
        };
        QVERIFY(has_legend(drawn(std::vector<float>(36, 3), 6, 24)));
        QVERIFY(!has_legend(drawn(std::vector<float>(25, 3), 5, 24)));
    }

    void numbers_are_legible_on_every_shade() {
        std::vector<float> values;
        for (int i = 0; i < 36; ++i) values.push_back(static_cast<float>(i));
        const std::vector<Box> cells = cells_of(drawn(values, 6, 30));
        for (const QString& name : theme_names()) {
            const Theme theme{*theme_named(name)};
            for (const Role tint : {Role::input_line, Role::weight_line, Role::output_strong}) {
                for (const Box& cell : cells) {
                    const QColor ground =
                        mixed(theme.colour({tint, cell.fill.alpha}), theme.colour(Role::panel));
                    QVERIFY(contrast(theme.colour(Role::ink), ground) >= 4.5);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(CellNumbers)
#include "tst_cell_numbers.moc"
