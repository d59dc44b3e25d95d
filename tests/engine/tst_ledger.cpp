// SPDX-License-Identifier: MIT
// Every row of the ledger adds up: in numbers, and cell by cell on the full output.
#include <map>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "engine/frameworks/ledger.h"

using namespace engine;

namespace {

Conv2DTranspose transposed(Size2D kernel, Size2D strides, Padding padding) {
    Conv2DTranspose layer;
    layer.kernel_size = kernel;
    layer.strides = strides;
    layer.padding = padding;
    return layer;
}

/// "Keras 4, PyTorch 3": what plain kernel and strides come to; a range where there is one.
QByteArray plain_sizes(int kernel, int strides, int in) {
    QByteArrayList list;
    for (const DialectRow& row : plain_rows({kernel, kernel}, {strides, strides}, {in, in, 1})) {
        const AxisSum& sum = row.sums.rows;
        if (sum != row.sums.columns) return "axes differ";
        QByteArray size = QByteArray::number(sum.least);
        if (sum.most != sum.least) size += '-' + QByteArray::number(sum.most);
        list << size;
    }
    return list.join('/');
}

/// Every term puts its cells on the full output or takes them off; what is kept is left, once.
void adds_up(const AxisSum& sum, int crop_before, const std::string& arguments) {
    const auto fail = [&](const char* why) {
        qFatal("%s: %s, %s", arguments.c_str(), numbers_of(sum).c_str(), why);
    };
    if (sum.terms.empty()) fail("no terms");
    std::int64_t total = 0;
    std::map<int, int> cells;
    for (const Term& term : sum.terms) {
        total += term.value;
        std::int64_t count = 0;
        for (const CellRange& range : term.cells)
            for (int cell = range.first; cell <= range.last; ++cell) {
                cells[cell] += term.value < 0 ? -1 : 1;
                ++count;
            }
        if (count != std::abs(term.value)) fail("cells are not the value");
    }
    if (total != sum.out) fail("the sum is another");
    for (const auto& [cell, times] : cells) {
        const bool kept = cell >= crop_before && cell < crop_before + sum.out;
        if (times != (kept ? 1 : 0)) fail("other cells are left");
    }
}

/// "Guide relationship 13: …": the row of a framework, its first.
DialectRow row_of(Framework framework, const Ledger& ledger) {
    for (const DialectRow& row : ledger.rows)
        if (row.framework == framework) return row;
    qFatal("no row");
    return {};
}

QByteArray marked(const AxisSum& sum) {
    QByteArrayList list;
    for (const Term& term : sum.terms)
        if (term.differs) list << QByteArray::fromStdString(term.symbols);
    return list.join(", ");
}

AutoPad auto_pad_named(const QString& name) {
    for (const AutoPad kind : {AutoPad::same_upper, AutoPad::same_lower, AutoPad::valid})
        if (name == QString::fromStdString(std::string(name_of(kind)))) return kind;
    return AutoPad::notset;
}

/// The rows that other programs answered, each with its columns by name.
QList<QJsonObject> answered(const char* framework) {
    QFile file(QStringLiteral(TESTS_DIR "/vectors/shapes.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no vectors");
    const QJsonObject part =
        QJsonDocument::fromJson(file.readAll()).object()[QLatin1String(framework)].toObject();
    const QJsonArray columns = part[u"columns"].toArray();
    QList<QJsonObject> list;
    for (const QJsonValue& row : part[u"rows"].toArray()) {
        QJsonObject named;
        for (qsizetype i = 0; i < columns.size(); ++i) named[columns[i].toString()] = row[i];
        list << named;
    }
    return list;
}

Told told_by(const QJsonObject& row) {
    const int stride = row[u"stride"].toInt();
    Told told{.kernel_size = {row[u"kernel"].toInt(), 1},
              .strides = {stride, 1},
              .dilation = {row[u"dilation"].toInt(), 1}};
    if (row[u"output_padding"].isDouble())
        told.output_padding = Size2D{row[u"output_padding"].toInt(), 0};
    return told;
}

}  // namespace

class TestLedger : public QObject {
    Q_OBJECT
private slots:
    void theReadersFourCases();
    void formulasAreEachFrameworksOwn();
    void theRightTermsDiffer();
    void everyRowAddsUp();
    void theGuidesRelationships();
    void whatTheGuideLacks();
    void anyFrameworksWordsAreRead();
    void ofConvolutionsAndResizing();
    void everyRowOfTheVectors();
};

void TestLedger::theReadersFourCases() {
    QByteArrayList sizes;
    for (const auto& [kernel, strides] : readers_cases)
        sizes << plain_sizes(kernel, strides, readers_input);
    QCOMPARE(sizes, (QByteArrayList{"2/2/2/2", "4/4/4/4", "4/3/3/3-4", "5/5/5/5-6"}));
}

void TestLedger::formulasAreEachFrameworksOwn() {
    const LayerSpec layer = transposed({1, 1}, {2, 2}, Valid{});
    const Ledger ledger = *ledger_of(Framework::keras, layer, {2, 2, 1});
    const auto lines = [&ledger](std::size_t row) {
        const AxisSum& sum = ledger.rows[row].sums.rows;
        return symbols_of(sum) + " = " + numbers_of(sum);
    };
    QCOMPARE(lines(0), std::string("in × strides + max(kernel_size − strides, 0) = "
                                   "2 × 2 + max(1 − 2, 0) = 4"));
    QCOMPARE(lines(1), std::string("(in − 1) × stride − 2 × padding + dilation × (kernel_size − 1) "
                                   "+ output_padding + 1 = "
                                   "(2 − 1) × 2 − 2 × 0 + 1 × (1 − 1) + 1 + 1 = 4"));
    QCOMPARE(lines(3), std::string("strides × (in − 1) + output_padding + "
                                   "((kernel_shape − 1) × dilations + 1) − pads_begin − pads_end = "
                                   "2 × (2 − 1) + 1 + ((1 − 1) × 1 + 1) − 0 − 0 = 4"));
    QCOMPARE(lines(5), std::string("s × (i' − 1) + a + k − 2 × p = 2 × (2 − 1) + 1 + 1 − 2 × 0 = "
                                   "4"));
    QCOMPARE(lines(6), std::string("s × (i' − 1) + k = 2 × (2 − 1) + 1 = 3"));
}

void TestLedger::theRightTermsDiffer() {
    const LayerSpec same = transposed({3, 3}, {2, 2}, Same{});
    const Ledger shifted = *ledger_of(Framework::keras, same, {2, 2, 1});
    QCOMPARE(marked(shifted.rows[0].sums.rows), QByteArray());
    QCOMPARE(marked(shifted.rows[1].sums.rows), QByteArray("2 × padding, output_padding"));
    QCOMPARE(marked(shifted.rows[2].sums.rows), QByteArray());  // sliced: the same cells
    QCOMPARE(marked(row_of(Framework::guide, shifted).sums.rows), QByteArray("a, 2 × p"));
    // The last row of zeros: what PyTorch has 0 of.
    const LayerSpec one = transposed({1, 3}, {2, 2}, Valid{});
    const Ledger other = *ledger_of(Framework::keras, one, {2, 2, 1});
    QCOMPARE(other.rows[2].arguments, std::string("kernel_size=(1, 3), stride=2, padding=0"));
    QCOMPARE(marked(other.rows[2].sums.rows), QByteArray("2 × padding, output_padding"));
    QCOMPARE(marked(other.rows[2].sums.columns), QByteArray());
    const Ledger back =
        *ledger_of(Framework::pytorch, transposed({1, 1}, {2, 2}, Explicit{}), {2, 2, 1});
    const DialectRow& plain = back.rows[2];
    QCOMPARE(plain.arguments, std::string("kernel_size=1, strides=2, padding='valid'"));
    QCOMPARE(plain.agreement, Agreement::other_size);
    // Two blocks of two cells reach beyond the full output's three.
    QCOMPARE(marked(plain.sums.rows), QByteArray("in × strides, max(kernel_size − strides, 0)"));
}

void TestLedger::everyRowAddsUp() {
    int rows = 0;
    const auto check = [&rows](const Result<Ledger>& ledger) {
        if (!ledger) return;
        for (const DialectRow& row : ledger->rows) {
            if (row.agreement == Agreement::no_form) continue;
            if (row.sums.rows.out != row.output.height()) qFatal("%s", row.arguments.c_str());
            if (row.sums.columns.out != row.output.width()) qFatal("%s", row.arguments.c_str());
            adds_up(row.sums.rows, row.edges.top, row.arguments);
            adds_up(row.sums.columns, row.edges.left, row.arguments);
            ++rows;
        }
    };
    for (int kernel = 1; kernel <= 5; ++kernel)
        for (int strides = 1; strides <= 4; ++strides)
            for (int padding = 0; padding <= 4; ++padding)
                for (int extra = -1; extra < 4; ++extra)
                    for (int dilation = 1; dilation <= 2; ++dilation) {
                        Told told{.kernel_size = {kernel, 3},
                                  .strides = {strides, 2},
                                  .dilation = {dilation, 1}};
                        if (extra >= 0) told.output_padding = Size2D{extra, 1};
                        const Shape input{3, 2, 1};
                        if (padding < 2) {
                            if (padding == 1) told.padding = Same{};
                            check(ledger_of(Framework::keras, told, input));
                        }
                        told.padding = Explicit{{padding, 1}};
                        check(ledger_of(Framework::pytorch, told, input));
                        told.padding.reset();
                        told.pads = {padding, 1, 0, 2};
                        check(ledger_of(Framework::onnx, told, input));
                        told.pads = {};
                        for (const AutoPad kind :
                             {AutoPad::same_upper, AutoPad::same_lower, AutoPad::valid}) {
                            told.auto_pad = kind;
                            check(ledger_of(Framework::onnx, told, input));
                        }
                        told.auto_pad = AutoPad::notset;
                        told.output_shape = Size2D{2 + padding, 4};
                        check(ledger_of(Framework::onnx, told, input));
                        if (dilation > 1 || extra < 0) continue;
                        check(ledger_of(Framework::guide,
                                        Told{.kernel_size = {kernel, 3},
                                             .strides = {strides, 2},
                                             .padding = Explicit{{padding, 1}},
                                             .a = {extra, 1}},
                                        input));
                    }
    QVERIFY(rows > 10000);
}

// Each relationship where the paper has it, with the paper's own examples where it draws one.
void TestLedger::theGuidesRelationships() {
    struct Example {
        int in, k, s, p, a, relationship, out;
    };
    for (const auto& [in, k, s, p, a, relationship, out] :
         {Example{2, 3, 1, 0, 0, 8, 4}, Example{5, 4, 1, 2, 0, 9, 4}, Example{5, 3, 1, 1, 0, 10, 5},
          Example{7, 3, 1, 2, 0, 11, 5}, Example{2, 3, 2, 0, 0, 12, 5},
          Example{3, 3, 2, 1, 0, 13, 5}, Example{3, 3, 2, 1, 1, 14, 6},
          Example{4, 1, 1, 0, 0, 8, 4}}) {
        const auto ledger = ledger_of(
            Framework::guide,
            Told{
                .kernel_size = {k, k}, .strides = {s, s}, .padding = Explicit{{p, p}}, .a = {a, a}},
            {in, in, 1});
        QVERIFY(ledger.has_value());
        const DialectRow& row = ledger->rows.front();
        QCOMPARE(row.framework, Framework::guide);
        QCOMPARE(row.agreement, Agreement::given);
        QCOMPARE(row.relationship, (Size2D{relationship, relationship}));
        QCOMPARE(row.output, (Shape{out, out, 1}));
        QCOMPARE(row.sums.rows.least, out - a);
        QCOMPARE(row.sums.rows.most, out - a + s - 1);
    }
}

void TestLedger::whatTheGuideLacks() {
    const auto lack = [](const Told& told, Framework framework = Framework::pytorch) {
        return row_of(Framework::guide, *ledger_of(framework, told, {4, 4, 1})).lack;
    };
    const Told dilated{.kernel_size = {3, 3}, .dilation = {2, 1}};
    QCOMPARE(lack(dilated), Lack::dilation);
    const Told wide{.kernel_size = {2, 2}, .strides = {2, 2}, .padding = Explicit{{2, 2}}};
    QCOMPARE(lack(wide), Lack::border);
    const Told beyond{.kernel_size = {1, 1}, .output_shape = Size2D{6, 6}};
    QCOMPARE(lack(beyond, Framework::onnx), Lack::appended_cells);
    // What it cannot be told, either.
    const auto mistake = [](const Told& told) {
        const auto ledger = ledger_of(Framework::guide, told, {4, 4, 1});
        return ledger ? Error{} : ledger.error();
    };
    QCOMPARE(mistake({.kernel_size = {3, 3}, .padding = Explicit{{0, 3}}}),
             (Error{.code = ErrorCode::too_large,
                    .subject = "padding",
                    .given = {3},
                    .limit = {2},
                    .axis = 1}));
    QCOMPARE(mistake({.kernel_size = {3, 3}, .strides = {2, 2}, .a = {2, 0}}).code,
             ErrorCode::output_padding_too_large);
}

void TestLedger::anyFrameworksWordsAreRead() {
    const auto keras = [](Framework framework, const Told& told) {
        const Ledger ledger = *ledger_of(framework, told, {4, 4, 1});
        if (ledger.rows.front().framework != framework) qFatal("another begins");
        return row_of(Framework::keras, ledger).arguments;
    };
    const std::string same = "kernel_size=4, strides=2, padding='same'";
    Told told{.kernel_size = {4, 4}, .strides = {2, 2}, .padding = Same{}};
    QCOMPARE(keras(Framework::keras, told), same);
    told.padding = Explicit{{1, 1}};
    QCOMPARE(keras(Framework::pytorch, told), same);
    QCOMPARE(keras(Framework::guide, told), same);
    told.padding.reset();
    told.auto_pad = AutoPad::same_upper;
    QCOMPARE(keras(Framework::onnx, told), same);
    told.auto_pad = AutoPad::notset;
    told.output_shape = Size2D{8, 8};
    QCOMPARE(keras(Framework::onnx, told), same);
    for (const Framework framework : all_frameworks()) {
        QCOMPARE(framework_with_key(key_of(framework)), framework);
        QVERIFY(!name_of(framework).empty());
    }
    QCOMPARE(framework_with_key("caffe"), std::nullopt);
}

void TestLedger::ofConvolutionsAndResizing() {
    const Conv2D layer{.kernel_size = {3, 2}, .strides = {2, 1}, .padding = Explicit{{1, 0}}};
    const Ledger ledger = *ledger_of(Framework::pytorch, layer, {6, 6, 1});
    QVERIFY(ledger.edges_are_zeros);
    const auto numbers = [&ledger](Framework framework) {
        const SizeSums sums = row_of(framework, ledger).sums;
        return numbers_of(sums.rows) + "; " + numbers_of(sums.columns);
    };
    QCOMPARE(numbers(Framework::pytorch),
             std::string("⌊(6 + 2 × 1 − 1 × (3 − 1) − 1) / 2⌋ + 1 = 3; "
                         "⌊(6 + 2 × 0 − 1 × (2 − 1) − 1) / 1⌋ + 1 = 5"));
    QCOMPARE(numbers(Framework::keras),
             std::string("⌊(6 + 1 + 1 − 3) / 2⌋ + 1 = 3; ⌊(6 − 2) / 1⌋ + 1 = 5"));
    QCOMPARE(numbers(Framework::onnx),
             std::string("⌊(6 + 1 + 1 − ((3 − 1) × 1 + 1)) / 2⌋ + 1 = 3; "
                         "⌊(6 + 0 + 0 − ((2 − 1) × 1 + 1)) / 1⌋ + 1 = 5"));
    QCOMPARE(numbers(Framework::guide),
             std::string("⌊(6 + 2 × 1 − 3) / 2⌋ + 1 = 3; ⌊(6 − 2) / 1⌋ + 1 = 5"));
    QCOMPARE(row_of(Framework::guide, ledger).relationship, (Size2D{6, 1}));
    const Conv2D same{.kernel_size = {2, 2}, .padding = Same{}};
    QCOMPARE(row_of(Framework::guide, *ledger_of(Framework::keras, same, {6, 6, 1})).lack,
             Lack::uneven_zeros);

    const Ledger twice = *ledger_of(Framework::keras, UpSampling2D{{2, 3}}, {4, 5, 1});
    QCOMPARE(numbers_of(twice.rows[0].sums.columns), std::string("5 × 3 = 15"));
    QCOMPARE(symbols_of(twice.rows[1].sums.rows), std::string("in × scale_factor"));
    QCOMPARE(symbols_of(twice.rows[2].sums.rows), std::string("in × scales"));
}

// The first row is the size and the crop that the framework itself answered.
void TestLedger::everyRowOfTheVectors() {
    for (const QJsonObject& row : answered("keras")) {
        Told told = told_by(row);
        if (row[u"padding"] == QStringLiteral("same")) told.padding = Same{};
        const auto ledger = ledger_of(Framework::keras, told, {row[u"input"].toInt(), 1, 1});
        if (!ledger) {  // Keras refuses it; the rows are its arithmetic's
            QCOMPARE(ledger.error().code, ErrorCode::strides_with_dilation);
            continue;
        }
        const DialectRow& first = ledger->rows.front();
        QCOMPARE(first.sums.rows.out, row[u"output"].toInt());
        QCOMPARE(first.edges.top, row[u"crop_before"].toInt());
        QCOMPARE(first.edges.bottom, row[u"crop_after"].toInt());
        adds_up(first.sums.rows, first.edges.top, first.arguments);
    }
    for (const QJsonObject& row : answered("torch")) {
        Told told = told_by(row);
        told.padding = Explicit{{row[u"padding"].toInt(), 0}};
        const auto ledger = ledger_of(Framework::pytorch, told, {row[u"input"].toInt(), 1, 1});
        QCOMPARE(ledger.has_value(), row[u"output"].isDouble());
        if (ledger) QCOMPARE(ledger->rows.front().sums.rows.out, row[u"output"].toInt());
    }
    int kept_promises = 0;
    for (const QJsonObject& row : answered("onnx")) {
        Told told = told_by(row);
        told.auto_pad = auto_pad_named(row[u"mode"].toString());
        told.pads = {row[u"pad_begin"].toInt(), row[u"pad_end"].toInt(), 0, 0};
        if (row[u"output_shape"].isDouble())
            told.output_shape = Size2D{row[u"output_shape"].toInt(), 1};
        const auto ledger = ledger_of(Framework::onnx, told, {row[u"input"].toInt(), 1, 1});
        QVERIFY(ledger.has_value());
        const DialectRow& first = ledger->rows.front();
        adds_up(first.sums.rows, first.edges.top, first.arguments);
        // Where ONNX Runtime departs from the text: tst_onnx.
        if (first.sums.rows.out == row[u"output"].toInt()) ++kept_promises;
    }
    QCOMPARE(kept_promises, 1192);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
