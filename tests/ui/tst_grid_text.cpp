// SPDX-License-Identifier: MIT
// Grids from and to spreadsheets and Python.
#include <cmath>

#include <QTest>

#include "ui/formats/grid_text.h"
#include "ui/words/error_text.h"

using ui::formats::GridRows;
using ui::formats::parse_grid;

namespace {
const GridRows counting{{1, 2}, {3, 4}};
}

class TestGridText : public QObject {
    Q_OBJECT
private slots:
    void readsTheTutorialsGrid_data();
    void readsTheTutorialsGrid();
    void readsNumbersAsWritten();
    void writesWhatItReads();
    void refusesWithThePlace_data();
    void refusesWithThePlace();
    void refusesTooMuch();
};

void TestGridText::readsTheTutorialsGrid_data() {
    QTest::addColumn<QString>("text");
    QTest::addRow("spreadsheet") << QStringLiteral("1\t2\n3\t4\n");
    QTest::addRow("spreadsheet, CR LF") << QStringLiteral("1\t2\r\n3\t4\r\n");
    QTest::addRow("CSV") << QStringLiteral("1,2\n3,4");
    QTest::addRow("CSV, blanks") << QStringLiteral(" 1, 2 \n 3, 4 \n\n");
    QTest::addRow("CSV, semicolons") << QStringLiteral("1;2\n3;4");
    QTest::addRow("blanks") << QStringLiteral("1 2\n  3   4");
    QTest::addRow("Python") << QStringLiteral("[[1, 2], [3, 4]]");
    QTest::addRow("Python, tuples") << QStringLiteral("((1, 2), (3, 4))");
    QTest::addRow("Python, trailing commas") << QStringLiteral("[[1, 2,], [3, 4,],]");
    QTest::addRow("a kernel") << QStringLiteral("[[[[1]], [[2]]], [[[3]], [[4]]]]");
    QTest::addRow("an input with its batch") << QStringLiteral("[[[[1.], [2.]], [[3.], [4.]]]]");
    QTest::addRow("NumPy prints") << QStringLiteral("[[1. 2.]\n [3. 4.]]");
    QTest::addRow("NumPy repr") << QStringLiteral(
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)");
    QTest::addRow("PyTorch") << QStringLiteral("torch.tensor([[1., 2.], [3., 4.]])");
}

void TestGridText::readsTheTutorialsGrid() {
    QFETCH(QString, text);
    const auto grid = parse_grid(text);
    if (!grid) QFAIL(ui::words::error_text(grid.error()).toUtf8().constData());
    QVERIFY(*grid == counting);
}

void TestGridText::readsNumbersAsWritten() {
    const auto one = [](const QString& text) {
        const auto grid = parse_grid(text);
        return grid && grid->size() == 1 && grid->front().size() == 1 ? grid->front().front() : NAN;
    };
    QCOMPARE(one(QStringLiteral("5")), 5.0F);
    QCOMPARE(one(QStringLiteral("[5]")), 5.0F);
    QCOMPARE(one(QStringLiteral("-1.25e-3")), -1.25e-3F);
    QCOMPARE(one(QStringLiteral("\u22121.5")), -1.5F);
    QCOMPARE(one(QStringLiteral(".5")), 0.5F);
    QCOMPARE(one(QStringLiteral("0.1")), 0.1F);
    // A decimal comma where something else separates the cells.
    QVERIFY(*parse_grid(QStringLiteral("1,5\t2")) == (GridRows{{1.5F, 2}}));
    QVERIFY(*parse_grid(QStringLiteral("1,5;2")) == (GridRows{{1.5F, 2}}));
    QVERIFY(*parse_grid(QStringLiteral("[1, 2, 3]")) == (GridRows{{1, 2, 3}}));
    QVERIFY(*parse_grid(QStringLiteral("[[1], [2]]")) == (GridRows{{1}, {2}}));
}

void TestGridText::writesWhatItReads() {
    QCOMPARE(ui::formats::grid_as_tsv(counting), QStringLiteral("1\t2\n3\t4\n"));
    QCOMPARE(ui::formats::grid_as_nested_list(counting), QStringLiteral("[[1, 2],\n [3, 4]]"));
    const GridRows odd{{0.1F, -0.0F, 1e-30F}, {16777216, 3.4e38F, -1.0F / 3}};
    QVERIFY(*parse_grid(ui::formats::grid_as_tsv(odd)) == odd);
    QVERIFY(*parse_grid(ui::formats::grid_as_nested_list(odd)) == odd);
}

void TestGridText::refusesWithThePlace_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* text, const char* sentence) {
        QTest::addRow("%s", name) << QString::fromUtf8(text) << QString::fromUtf8(sentence);
    };
    row("nothing", "", "The text cannot be read.");
    row("blank", " \n\t ", "The text cannot be read.");
    row("a word", "1\t2\n3\tfour", "“four” cannot be read (line 2, column 3).");
    row("an empty cell", "1\t\t3",
        "A value is missing, or the text ends too early (line 1, column 3).");
    row("ragged", "1 2\n3", "Row 2 is 1 long, but the first row is 2 long.");
    row("ragged list", "[[1, 2], [3]]", "“[3]” cannot be read (line 1, column 10).");
    row("open list", "[[1, 2], [3, 4]",
        "A value is missing, or the text ends too early (line 1, column 16).");
    row("closed twice", "[[1, 2]]]", "“]” cannot be read (line 1, column 9).");
    row("mixed depth", "[[1, 2], 3]", "“3” cannot be read (line 1, column 10).");
    row("empty list", "[]", "“[]” cannot be read (line 1, column 1).");
    row("nan", "1\tnan", "“nan” cannot be read (line 1, column 3).");
    row("inf", "[inf]", "“inf” cannot be read (line 1, column 2).");
    row("beyond float32", "1e39", "“1e39” cannot be read (line 1, column 1).");
    row("beyond double", "1e999", "“1e999” cannot be read (line 1, column 1).");
    row("several channels", "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]",
        "list has rank 3, but rank 1 or 2 is needed.");
    row("binary", "\x01\x02\x03", "“���” cannot be read (line 1, column 1).");
}

void TestGridText::refusesWithThePlace() {
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    const auto grid = parse_grid(text);
    QVERIFY(!grid);
    QCOMPARE(ui::words::error_text(grid.error()), sentence);
}

void TestGridText::refusesTooMuch() {
    const QString wide = QStringLiteral("1 ").repeated(1025);
    QCOMPARE(parse_grid(wide).error().code, engine::ErrorCode::too_large);
    const QString tall = QStringLiteral("1\n").repeated(1025);
    QCOMPARE(parse_grid(tall).error().code, engine::ErrorCode::too_large);
    QVERIFY(parse_grid(QStringLiteral("1 ").repeated(1024)).has_value());
    const QString deep = QStringLiteral("[").repeated(100000);
    QCOMPARE(parse_grid(deep).error().code, engine::ErrorCode::bad_syntax);
}

QTEST_GUILESS_MAIN(TestGridText)
#include "tst_grid_text.moc"
