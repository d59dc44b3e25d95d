// SPDX-License-Identifier: MIT
// Grids from and to spreadsheets, Python, NumPy, PyTorch, TensorFlow, MATLAB and C.
#include <cmath>
#include <cstring>
#include <random>

#include <QTest>

#include "ui/formats/grid_copy.h"
#include "ui/words/error_text.h"

using namespace ui::formats;

namespace {

const GridRows counting{{1, 2}, {3, 4}};

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

/// "1 2 / 3 4", in few digits.
QString told(const GridRows& rows) {
    QStringList lines;
    for (const auto& row : rows) {
        QStringList cells;
        for (const float value : row) cells << QString::number(double{value}, 'g', 6);
        lines << cells.join(u' ');
    }
    return lines.join(text(" / "));
}

/// Numbers of any size and sign, −0 among them.
CopiedRows any_rows(std::mt19937& random) {
    CopiedRows rows(1 + random() % 4);
    const std::size_t columns = 1 + random() % 4;
    const bool usual = random() % 2 == 0;
    for (auto& row : rows) {
        for (std::size_t i = 0; i < columns; ++i) {
            const auto bits = static_cast<std::uint32_t>(random());
            float value = 0;
            std::memcpy(&value, &bits, sizeof value);
            if (usual || !std::isfinite(value))
                value = static_cast<float>(static_cast<int>(bits % 20001) - 10000) /
                        static_cast<float>(1 << (bits % 7));
            if (bits % 50 == 0) value = -0.0F;
            row.emplace_back(value);
        }
    }
    return rows;
}

/// Bit for bit; an empty cell became 0.
bool is_same(const GridRows& rows, const CopiedRows& copied) {
    if (rows.size() != copied.size()) return false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].size() != copied[row].size()) return false;
        for (std::size_t i = 0; i < rows[row].size(); ++i) {
            const float expected = copied[row][i].value_or(0);
            if (std::memcmp(&rows[row][i], &expected, sizeof expected) != 0) return false;
        }
    }
    return true;
}

const std::array locales{"C", "de_DE", "fr_FR", "en_IN", "de_CH", "sv_SE", "pt_BR"};

}  // namespace

class TestGridText : public QObject {
    Q_OBJECT
private slots:
    void readsTheTutorialsGrid_data();
    void readsTheTutorialsGrid();
    void knowsTheLocale_data();
    void knowsTheLocale();
    void readsNumbersInBrackets_data();
    void readsNumbersInBrackets();
    void saysWhatWasNotAsked();
    void copiesInThreeForms();
    void whatIsCopiedComesBack();
    void anotherProgramsOwnFormIsDistrusted();
    void refusesWithThePlace_data();
    void refusesWithThePlace();
    void refusesTooMuch();
};

void TestGridText::readsTheTutorialsGrid_data() {
    QTest::addColumn<QString>("clipboard");
    const auto row = [](const char* name, const char* utf8) {
        QTest::addRow("%s", name) << text(utf8);
    };
    row("spreadsheet", "1\t2\n3\t4\n");
    row("spreadsheet, CR LF", "1\t2\r\n3\t4\r\n");
    row("spreadsheet, CR", "1\t2\r3\t4\r");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "1\t2\n3\t4");
    row("CSV, blanks", " 1, 2 \n 3, 4 \n\n");
    row("CSV, semicolons", "1;2\n3;4");
    row("blanks", "1 2\n  3   4");
    row("blanks that do not break",
        "1\xC2\xA0"
        "2\n3\xC2\xA0"
        "4");
    row("lines of a list", "1, 2,\n3, 4");
    row("Python", "[[1, 2], [3, 4]]");
    row("Python, tuples", "((1, 2), (3, 4))");
    row("Python, trailing commas", "[[1, 2,], [3, 4,],]");
    row("a kernel", "[[[[1]], [[2]]], [[[3]], [[4]]]]");
    row("an input with its batch", "[[[[1.], [2.]], [[3.], [4.]]]]");
    row("NumPy prints", "[[1. 2.]\n [3. 4.]]");
    row("NumPy repr", "array([[1., 2.],\n       [3., 4.]], dtype=float32)");
    row("NumPy 2 repr", "[[np.float32(1.0), np.float32(2.0)], [np.float32(3.0), np.float32(4.0)]]");
    row("PyTorch", "torch.tensor([[1., 2.], [3., 4.]])");
    row("PyTorch prints",
        "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0', "
        "grad_fn=<AddBackward0>)");
    row("PyTorch parameter",
        "Parameter containing:\ntensor([[1., 2.],\n        [3., 4.]], "
        "requires_grad=True)");
    row("TensorFlow", "tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)");
    row("TensorFlow repr",
        "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[1., 2.],\n"
        "       [3., 4.]], dtype=float32)>");
    row("TensorFlow variable",
        "<tf.Variable 'kernel:0' shape=(2, 2) dtype=float32, numpy=\n"
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)>");
    row("get_weights() with a bias",
        "[array([[[[1.]],\n\n        [[2.]]],\n\n\n       [[[3.]],\n\n        [[4.]]]], "
        "dtype=float32), array([0.], dtype=float32)]");
    row("get_weights() without one",
        "[array([[[[1.]], [[2.]]], [[[3.]], [[4.]]]], dtype=float32)]");
    row("an assignment", "kernel = [[1, 2], [3, 4]]");
    row("an assignment of an array", "w: np.ndarray = np.array([[1, 2], [3, 4]], dtype=\"f4\")");
    row("MATLAB", "[1 2; 3 4]");
    row("MATLAB, commas", "A = [1, 2; 3, 4];");
    row("MATLAB, lines", "[1 2\n 3 4]");
    row("MATLAB, without brackets", "1 2; 3 4");
    row("C", "{{1,2},{3,4}}");
    row("C, an array", "static const float kernel[2][2] = {{1.0f, 2.f}, {3.0f, 4.f}};");
    row("JavaScript", "const k = [new Float32Array([1, 2]), new Float32Array([3, 4])];");
    row("in quarters", "[4 8; 12 16] / 4");
    row("a quarter of", "1/4 * np.array([[4, 8], [12, 16]])");
    row("a quarter of, in parentheses", "(1/4) * [[4, 8], [12, 16]]");
    row("fractions", "4/4 8/4\n6/2 12/3");
    row("fractions in a list", "[[4/4, 8 / 4], [6/2, 4]]");
}

void TestGridText::readsTheTutorialsGrid() {
    QFETCH(QString, clipboard);
    for (const char* locale : locales) {
        const auto read = read_grid(clipboard, QLocale(text(locale)));
        if (!read) QFAIL(ui::words::error_text(read.error()).toUtf8().constData());
        QVERIFY2(read->taken.rows == counting, qPrintable(told(read->taken.rows)));
    }
}

void TestGridText::knowsTheLocale_data() {
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<QString>("taken");
    QTest::addColumn<QString>("other");
    const auto row = [](const char* locale, const char* clipboard, const char* taken,
                        const char* other = "") {
        QTest::addRow("%s, %s", locale, qPrintable(QString(text(clipboard)).replace(u'\n', u'|')))
            << text(locale) << text(clipboard) << text(taken) << text(other);
    };
    // Three numbers where the comma is the decimal sign, a 3 × 2 table of CSV where it is not.
    row("de_DE", "0,5\n1,5\n2,5", "0.5 / 1.5 / 2.5", "0 5 / 1 5 / 2 5");
    row("C", "0,5\n1,5\n2,5", "0 5 / 1 5 / 2 5", "0.5 / 1.5 / 2.5");
    // The same number, typed or pasted.
    row("C", "2,590", "2590", "2.59");
    row("de_DE", "2,590", "2.59");
    row("de_DE", "2.590", "2590", "2.59");
    row("C", "2.590", "2.59");
    row("de_DE", "0,5", "0.5");
    row("de_DE", "0.5", "0.5");
    row("C", "0.5", "0.5");
    row("C", "0,5", "0 5", "0.5");
    for (const char* locale : locales) {
        row(locale, "12,5\t1.000,5", "12.5 1000.5");
        row(locale, "12.5\t1,000.5", "12.5 1000.5");
        row(locale, "1 000,45", "1000.45");
        row(locale, "1'000.5", "1000.5");
        row(locale, "1,5;2", "1.5 2");
        row(locale, "1,5 2,5\n3,5 4", "1.5 2.5 / 3.5 4");
        row(locale, "1,2,3\n4,5,6", "1 2 3 / 4 5 6");
        row(locale, "1.5,2.5", "1.5 2.5");
        row(locale, "1, 2\n3, 4", "1 2 / 3 4");
        row(locale, "255,128,255\n128,255,128", "255 128 255 / 128 255 128");
        // Inside brackets commas separate everywhere.
        row(locale, "[0,5; 1,5]", "0 5 / 1 5");
        row(locale, "[1.5 2.5]", "1.5 2.5");
        row(locale, "[1,000]", "1 0");
        // Tabs are positions, an empty cell is 0.
        row(locale, "\t\t3", "0 0 3");
        row(locale, "1\t2\t", "1 2 0");
        row(locale, "1\t\t3\n\t\t\n\t5\t", "1 0 3 / 0 0 0 / 0 5 0");
        row(locale, "1;;3", "1 0 3");
        row(locale, "1,,3", "1 0 3");
        row(locale, "1\n\n3", "1 / 0 / 3", "1 / 3");
        row(locale, "[1 2\n3 4]", "1 2 / 3 4", "1 2 3 4");
        row(locale, "[1, 2,\n 3, 4]", "1 2 3 4");
    }
    row("C", "1,500\t2,500", "1500 2500", "1.5 2.5");
    row("de_DE", "1,500\t2,500", "1.5 2.5");
    row("de_DE", "1.250\t2.500", "1250 2500", "1.25 2.5");
    // One decision: 0.125 has no thousands, so nothing else has.
    row("de_DE", "1.250\t0.125", "1.25 0.125");
    row("C", "1,250\t0,125", "1.25 0.125");
    row("de_DE", "0,5, 1,5", "0.5 1.5", "0 5 1 5");
    row("C", "0,5, 1,5", "0 5 1 5", "0.5 1.5");
    row("C", "1,234.5", "1234.5", "1 234.5");
    row("fr_FR", "1 000", "1000");
    row("fr_FR", "100 200", "100200", "100 200");
    row("fr_FR", "100 200\n300 400", "100 200 / 300 400", "100200 / 300400");
    row("C", "100 200\n300 400", "100 200 / 300 400");
    row("de_DE", "1 234,5\n2 345,5", "1234.5 / 2345.5", "1 234.5 / 2 345.5");
}

void TestGridText::knowsTheLocale() {
    QFETCH(QString, locale);
    QFETCH(QString, clipboard);
    QFETCH(QString, taken);
    QFETCH(QString, other);
    const auto read = read_grid(clipboard, QLocale(locale));
    if (!read) QFAIL(ui::words::error_text(read.error()).toUtf8().constData());
    QCOMPARE(told(read->taken.rows), taken);
    QCOMPARE(read->other ? told(read->other->rows) : QString(), other);
}

void TestGridText::readsNumbersInBrackets_data() {
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<QString>("taken");
    const auto row = [](const char* clipboard, const char* taken) {
        QTest::addRow("%s", clipboard) << text(clipboard) << text(taken);
    };
    row("5", "5");
    row("x = 5", "5");
    row("[5]", "5");
    row("tensor(5.)", "5");
    row("-1.25e-3", "-0.00125");
    row("−1.5", "-1.5");
    row(".5", "0.5");
    row("1/9", "0.111111");
    row("[1, 2, 3]", "1 2 3");
    row("[[1], [2]]", "1 / 2");
    row("[1;2;3]", "1 / 2 / 3");
    row("c(1, 2, 3)", "1 2 3");
    row("{1.5f, -2F, 3.e2f}", "");
    row("{1.5f, -2.F, 3.e2f}", "1.5 -2 300");
    row("[1 2 1; 2 4 2; 1 2 1]/16", "0.0625 0.125 0.0625 / 0.125 0.25 0.125 / 0.0625 0.125 0.0625");
}

void TestGridText::readsNumbersInBrackets() {
    QFETCH(QString, clipboard);
    QFETCH(QString, taken);
    const auto read = read_grid(clipboard, QLocale::c());
    QCOMPARE(read ? told(read->taken.rows) : QString(), taken);
}

void TestGridText::saysWhatWasNotAsked() {
    const auto weights = read_grid(text("[array([[1.]]), array([0., 1.]), array([[[2.]]])]"));
    QVERIFY(weights);
    QCOMPARE(weights->taken.left_out, 2);
    QCOMPARE(told(weights->taken.rows), text("1"));
    QCOMPARE(read_grid(text("1\t\t3"))->taken.empty_cells, 1);
    QCOMPARE(read_grid(text("1,500\t7\t2,500"), QLocale::c())->doubtful, text("1,500"));
    QCOMPARE(read_grid(text("7\t2.500"), QLocale(text("de_DE")))->doubtful, text("2.500"));
}

void TestGridText::copiesInThreeForms() {
    const CopiedRows rows{{0.5F, std::nullopt}, {-1000.25F, 1e-7F}};
    const QLocale german(text("de_DE"));
    QCOMPARE(grid_as_text(rows, QLocale::c()), text("0.5\t\n-1000.25\t1e-07\n"));
    QCOMPARE(grid_as_text(rows, german), text("0,5\t\n-1000,25\t1e-07\n"));
    // Calc reads sdval as the language of sdnum does (1033: en-US), and only where both stand;
    // Excel reads x:num.
    const QString html = grid_as_html(rows, german);
    QVERIFY(html.contains(
        text("<td align=\"right\" sdval=\"0.5\" sdnum=\"1033;\" x:num=\"0.5\">0,5</td><td></td>")));
    QVERIFY(html.contains(text("sdval=\"-1000.25\" sdnum=\"1033;\" x:num=\"-1000.25\">-1000,25<")));
    QVERIFY(html.contains(text("sdval=\"1e-07\" sdnum=\"1033;\" x:num=\"1e-07\">1e-07<")));
    QVERIFY(html.contains(text("xmlns:x=\"urn:schemas-microsoft-com:office:excel\"")));
    QCOMPARE(html.count(text("<tr>")), 2);
    QCOMPARE(html.count(text("</tr>")), 2);
    QCOMPARE(grid_as_nested_list(counting), text("[[1, 2],\n [3, 4]]"));
    QCOMPARE(QString::fromUtf8(grid_as_json(rows)),
             text("{\"rows\": [[0.5, null],\n[-1000.25, 1e-07]]}\n"));
}

void TestGridText::whatIsCopiedComesBack() {
    std::mt19937 random(3);
    for (const char* name : locales) {
        const QLocale locale{text(name)};
        for (int round = 0; round < 1500; ++round) {
            CopiedRows rows = any_rows(random);
            const QString list = [&] {
                GridRows numbers;
                for (const auto& row : rows) {
                    numbers.emplace_back();
                    for (const auto& number : row) numbers.back().push_back(*number);
                }
                return grid_as_nested_list(numbers);
            }();
            const auto from_list = read_grid(list, locale);
            QVERIFY2(from_list && is_same(from_list->taken.rows, rows), qPrintable(list));
            const QString written = grid_as_text(rows, locale);
            const auto from_text = read_grid(written, locale);
            QVERIFY2(from_text && is_same(from_text->taken.rows, rows),
                     qPrintable(text(name) + u' ' + written));
            if (rows.front().size() > 1) rows.back().back().reset();  // not yet visited
            const auto own = read_grid_json(grid_as_json(rows));
            QVERIFY(own && is_same(own->taken.rows, rows));
        }
    }
}

void TestGridText::anotherProgramsOwnFormIsDistrusted() {
    for (const char* json :
         {"", "1", "[]", "{}", "{\"rows\": 1}", "{\"rows\": []}", "{\"rows\": [[]]}",
          "{\"rows\": [[1], [1, 2]]}", "{\"rows\": [[1e39]]}", "{\"rows\": [[1e39, null]]}",
          "{\"rows\": [[\"1\"]]}", "{\"rows\": [1, 2]}", "{\"rows\": [[1, [2]]]}",
          "{\"rows\": [[1]], \"rows\": [[2]]}"})
        QVERIFY2(!read_grid_json(json), json);
    const QByteArray wide = "{\"rows\": [[" + QByteArray("1,").repeated(1024) + "1]]}";
    QCOMPARE(read_grid_json(wide).error().code, engine::ErrorCode::too_large);
    const QByteArray tall = "{\"rows\": [" + QByteArray("[1],").repeated(1024) + "[1]]}";
    QCOMPARE(read_grid_json(tall).error().code, engine::ErrorCode::too_large);
}

void TestGridText::refusesWithThePlace_data() {
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* clipboard, const char* sentence) {
        QTest::addRow("%s", name) << text(clipboard) << text(sentence);
    };
    row("nothing", "", "The text cannot be read.");
    row("blank", " \n\t ", "The text cannot be read.");
    row("commas alone", ",,", "“,,” cannot be read (line 1, column 1).");
    row("a word", "1\t2\n3\tfour", "“four” cannot be read (line 2, column 3).");
    row("a word behind blanks", "1 2\n3  four", "“four” cannot be read (line 2, column 4).");
    row("ragged", "1 2\n3", "Row 2 is 1 long, but the first row is 2 long.");
    row("ragged tabs", "1\t2\t3\n1\t2\t3\n1\t2", "Row 3 is 2 long, but the first row is 3 long.");
    row("ragged CSV", "1,2,3\n4,5", "Row 2 is 2 long, but the first row is 3 long.");
    row("ragged list", "[[1, 2], [3]]", "Row 2 is 1 long, but the first row is 2 long.");
    row("ragged MATLAB", "[1 2; 3 4 5]", "Row 2 is 3 long, but the first row is 2 long.");
    row("open list", "[[1, 2], [3, 4]",
        "A value is missing, or the text ends too early (line 1, column 16).");
    row("closed twice", "[[1, 2]]]", "“]” cannot be read (line 1, column 9).");
    row("closed by another", "[1, 2)", "“)” cannot be read (line 1, column 6).");
    row("a missing value", "[1,, 2]",
        "A value is missing, or the text ends too early (line 1, column 4).");
    row("mixed depth", "[[1, 2], 3]", "“3” cannot be read (line 1, column 10).");
    row("empty list", "[]", "“[]” cannot be read (line 1, column 1).");
    row("in an assignment", "x = [1, two]", "“two” cannot be read (line 1, column 9).");
    row("left out by NumPy", "[1 2 ... 9]", "“...” cannot be read (line 1, column 6).");
    row("transposed", "[1 2; 3 4]'", "“'” cannot be read (line 1, column 11).");
    row("nan", "1\tnan", "“nan” cannot be read (line 1, column 3).");
    row("inf", "[inf]", "“inf” cannot be read (line 1, column 2).");
    row("beyond float32", "1e39",
        "1e39 is too large for float32, which ends at 3.4e38 (line 1, column 1).");
    row("beyond double", "[1, 1e999]",
        "1e999 is too large for float32, which ends at 3.4e38 (line 1, column 5).");
    row("scaled beyond", "1e30 * [1e30]",
        "1e30 * [1e30] is too large for float32, which ends at 3.4e38 (line 1, column 1).");
    row("divided by nothing", "[1] / 0", "“0” cannot be read (line 1, column 7).");
    row("several channels", "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]",
        "list has rank 3, but rank 1 or 2 is needed.");
    row("two decimal signs", "1,5\t0.5",
        "“0.5” cannot be read: before it stands a decimal comma (line 1, column 5).");
    row("binary", "\x01\x02\x03", "“���” cannot be read (line 1, column 1).");
}

void TestGridText::refusesWithThePlace() {
    QFETCH(QString, clipboard);
    QFETCH(QString, sentence);
    const auto read = read_grid(clipboard, QLocale::c());
    QVERIFY(!read);
    QCOMPARE(ui::words::error_text(read.error()), sentence);
}

void TestGridText::refusesTooMuch() {
    const auto code = [](const QString& clipboard) { return read_grid(clipboard).error().code; };
    using engine::ErrorCode;
    QCOMPARE(code(QStringLiteral("1 ").repeated(1025)), ErrorCode::too_large);
    QCOMPARE(code(QStringLiteral("1\n").repeated(1025)), ErrorCode::too_large);
    QCOMPARE(code(u'[' + QStringLiteral("1 ").repeated(1025) + u']'), ErrorCode::too_large);
    QCOMPARE(code(u'[' + QStringLiteral("1;").repeated(1025) + u']'), ErrorCode::too_large);
    QVERIFY(read_grid(QStringLiteral("1 ").repeated(1024)).has_value());
    const QString deep = QStringLiteral("[").repeated(100000);
    QCOMPARE(code(deep), ErrorCode::bad_syntax);
    QCOMPARE(code(QStringLiteral("a(").repeated(100000)), ErrorCode::bad_syntax);
}

QTEST_GUILESS_MAIN(TestGridText)
#include "tst_grid_text.moc"
