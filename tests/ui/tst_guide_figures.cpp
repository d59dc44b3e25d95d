// SPDX-License-Identifier: MIT
// The Guide's figures: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning",
// chapter 4, and the names that their animations have in its collection.
#include <algorithm>

#include <QTest>

#include "engine/frameworks/ledger.h"
#include "engine/lessons/lesson.h"
#include "ui/formats/shipped_lessons.h"

namespace {

/// In the Guide's letters: k, s and p are the convolution's that the figure is the transpose of, i
/// the size of its image, and i' of what it makes of it.
struct Figure {
    const char* name;
    int i, k, s, p;
    int made;          ///< i'
    int relationship;  ///< that the Guide draws it for
};
constexpr Figure figures[]{
    {"no_padding_no_strides_transposed", 4, 3, 1, 0, 2, 8},
    {"arbitrary_padding_no_strides_transposed", 5, 4, 1, 2, 6, 9},
    {"same_padding_no_strides_transposed", 5, 3, 1, 1, 5, 10},
    {"full_padding_no_strides_transposed", 5, 3, 1, 2, 7, 11},
    {"no_padding_strides_transposed", 5, 3, 2, 0, 2, 12},
    {"padding_strides_transposed", 5, 3, 2, 1, 3, 13},
    {"padding_strides_odd_transposed", 6, 3, 2, 1, 3, 14},
    {"no_padding_strides_even_transposed", 4, 2, 2, 0, 2, 12},
};

engine::Lesson lesson_of(const Figure& figure) {
    return ui::formats::shipped_lesson(QString::fromLatin1(figure.name))->lesson;
}

/// The transpose of a convolution, written out: every value of the convolution's output is spread
/// over the window that it came from, and what lies in the padding is dropped. `size` squared.
std::vector<float> transposed(const Figure& figure, const engine::Tensor& input,
                              const engine::Tensor& kernel) {
    std::vector<float> image(static_cast<std::size_t>(figure.i * figure.i));
    for (int row = 0; row < figure.made; ++row)
        for (int column = 0; column < figure.made; ++column)
            for (int u = 0; u < figure.k; ++u)
                for (int v = 0; v < figure.k; ++v) {
                    const int y = row * figure.s + u - figure.p;
                    const int x = column * figure.s + v - figure.p;
                    if (y < 0 || x < 0 || y >= figure.i || x >= figure.i) continue;
                    const auto in = static_cast<std::size_t>(row * figure.made + column);
                    const auto weight = static_cast<std::size_t>(u * figure.k + v);
                    image[static_cast<std::size_t>(y * figure.i + x)] +=
                        input.values()[in] * kernel.values()[weight];
                }
    return image;
}

}  // namespace

class TestGuideFigures : public QObject {
    Q_OBJECT
private slots:
    void the_series_is_the_guides() {
        std::vector<QString> names;
        for (const Figure& figure : figures) names.push_back(QString::fromLatin1(figure.name));
        QCOMPARE(ui::formats::guide_figures(), names);
        QCOMPARE(ui::formats::lesson_series(QStringLiteral("guide")).value(), names);
        const auto order = ui::formats::shipped_lesson_names();
        const auto first = std::ranges::find(order, names.front());
        QVERIFY(std::ranges::equal(names, std::span(first, first + std::ssize(names))));
    }

    void sizes_are_the_guides_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < std::size(figures); ++i)
            QTest::newRow(figures[i].name) << static_cast<int>(i);
    }
    void sizes_are_the_guides() {
        QFETCH(int, row);
        const Figure& figure = figures[row];
        // What the convolution does: relationship 6, of which this is the way back.
        QCOMPARE((figure.i + 2 * figure.p - figure.k) / figure.s + 1, figure.made);
        const int a = (figure.i + 2 * figure.p - figure.k) % figure.s;
        QCOMPARE(a > 0, figure.relationship == 14);

        const engine::Lesson lesson = lesson_of(figure);
        QCOMPARE(lesson.input.shape(), (engine::Shape{figure.made, figure.made, 1}));
        const auto run = engine::run(lesson);
        QVERIFY(run);
        // Relationship 14, of which the others are cases.
        const int back = figure.s * (figure.made - 1) + a + figure.k - 2 * figure.p;
        QCOMPARE(back, figure.i);
        const engine::LayerRun& layer = run->layers.front();
        QCOMPARE(layer.geometry.output, (engine::Shape{back, back, 1}));
        QVERIFY(lesson.notes.find("relationship " + std::to_string(figure.relationship)) !=
                std::string::npos);

        const auto ledger = engine::ledger_of(engine::Framework::guide, lesson.layers.front().spec,
                                              lesson.input.shape());
        QVERIFY(ledger);
        const auto guide = std::ranges::find(ledger->rows, engine::Framework::guide,
                                             &engine::DialectRow::framework);
        QCOMPARE(guide->relationship, (engine::Size2D{figure.relationship, figure.relationship}));
    }

    // The odd figure too: what is more is at the end, below and on the right.
    void numbers_lie_where_the_convolution_took_them_from_data() { sizes_are_the_guides_data(); }
    void numbers_lie_where_the_convolution_took_them_from() {
        QFETCH(int, row);
        const Figure& figure = figures[row];
        const engine::Lesson lesson = lesson_of(figure);
        const auto run = engine::run(lesson);
        QVERIFY(run);
        const engine::LayerRun& layer = run->layers.front();
        const auto image = transposed(figure, lesson.input, layer.weights.kernel);
        QVERIFY(std::ranges::equal(layer.output.values(), image));
        QVERIFY(std::ranges::none_of(image, [](float value) { return value == 0; }));
    }
};

QTEST_GUILESS_MAIN(TestGuideFigures)
#include "tst_guide_figures.moc"
