// SPDX-License-Identifier: MIT
// Every argument of every layer in `eval`'s JSON with every kind of wrong value: the right reason,
// in one sentence.
#include <array>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "app/eval.h"
#include "tests/support/argument_faults.h"
#include "ui/words/translations.h"

namespace {

constexpr std::array<const char*, 25> values{"-1",          "0",
                                             "2147483648",  "9223372036854775808",
                                             "-2147483649", "1e400",
                                             "-1e400",      "NaN",
                                             "1.5",         "\"\"",
                                             "\"abc\"",     "\"１２\"",
                                             "\" 3 \"",     "\"3\"",
                                             "true",        "{}",
                                             "[]",          "[3]",
                                             "[3, 3, 3]",   "[3, 0]",
                                             "[3, -1]",     "[2147483648, 3]",
                                             "[3, 1e400]",  "[3, 1.5]",
                                             "[3, \"3\"]"};
/// Words of the answers to `values`, in their order; nullptr: the value is taken, or the layer
/// finds fault with it.
using Answers = std::array<const char*, values.size()>;

constexpr const char* taken = nullptr;
constexpr const char* whole = " must be a whole number (line ";
constexpr const char* pair = " must be a whole number or a pair of them (line ";
constexpr const char* list = " must be a list of whole numbers (line ";
constexpr const char* half = " whole number";  // a bare one, or inside of a list
constexpr const char* number = " must be a number (line ";
constexpr const char* low = " is -1, but must be at least ";
constexpr const char* zero = " is 0, but must be at least 1.";
constexpr const char* high31 = " is 2147483648, but must be at most 1073741824.";
constexpr const char* high63 = " is 9223372036854775808, but must be at most 1073741824.";
constexpr const char* low31 = " is -2147483649, but must be at least 0.";
constexpr const char* high400 = " is 1e400, but must be at most 1073741824.";
constexpr const char* low400 = " is -1e400, but must be at least 0.";

constexpr Answers counts{low,   zero,  high31, high63, low31, high400, low400, whole, whole,
                         whole, whole, whole,  whole,  whole, whole,   whole,  whole, whole,
                         whole, whole, whole,  whole,  whole, whole,   whole};
constexpr Answers pairs{low,  zero, high31, high63, low31,   high400, low400, half, half,
                        pair, pair, pair,   pair,   pair,    pair,    pair,   pair, pair,
                        pair, zero, low,    high31, high400, list,    pair};
/// Where 0 is fine.
constexpr Answers edges{low,  taken, high31, high63, low31,   high400, low400, half, half,
                        pair, pair,  pair,   pair,   pair,    pair,    pair,   pair, pair,
                        pair, taken, low,    high31, high400, list,    pair};
/// A word or PyTorch's number.
constexpr const char* padding = "padding must be valid or same.";
constexpr const char* unknown = " is not a known padding.";
constexpr Answers paddings{padding, padding, high31,  high63,  low31,
                           high400, low400,  half,    half,    "padding must not be empty.",
                           unknown, unknown, unknown, unknown, pair,
                           pair,    pair,    pair,    pair,    padding,
                           padding, high31,  high400, list,    pair};
constexpr const char* beyond = ", which is not a finite number in float32.";
constexpr Answers numbers{taken,  taken,  taken,  taken,  taken,  beyond, beyond, beyond, taken,
                          number, number, number, number, number, number, number, number, number,
                          number, number, number, number, number, number, number};
constexpr const char* rate = " must lie between 0 and 1.";
constexpr Answers rates{rate,   taken,  rate,   rate,   rate,   beyond, beyond, beyond, rate,
                        number, number, number, number, number, number, number, number, number,
                        number, number, number, number, number, number, number};

struct Place {
    const char* layer;
    const char* arguments;  ///< with $ for the value
    const Answers& answers;
};
const std::array<Place, 32> places{{
    {"conv2d_transpose", R"("filters": $, "kernel_size": 3)", counts},
    {"conv2d_transpose", R"("filters": 1, "kernel_size": $)", pairs},
    {"conv2d_transpose", R"("filters": 1, "kernel_size": 3, "strides": $)", pairs},
    {"conv2d_transpose", R"("filters": 1, "kernel_size": 3, "dilation_rate": $)", pairs},
    {"conv2d_transpose", R"("filters": 3, "kernel_size": 3, "groups": $)", counts},
    {"conv2d_transpose", R"("filters": 1, "kernel_size": 3, "strides": 4, "output_padding": $)",
     edges},
    {"conv2d_transpose", R"("filters": 1, "kernel_size": 3, "padding": $)", paddings},
    {"conv2d", R"("filters": $, "kernel_size": 3)", counts},
    {"conv2d", R"("filters": 1, "kernel_size": $)", pairs},
    {"conv2d", R"("filters": 1, "kernel_size": 3, "strides": $)", pairs},
    {"conv2d", R"("filters": 1, "kernel_size": 3, "dilation_rate": $)", pairs},
    {"conv2d", R"("filters": 3, "kernel_size": 3, "groups": $)", counts},
    {"conv_transpose2d_torch", R"("out_channels": $, "kernel_size": 3)", counts},
    {"conv_transpose2d_torch", R"("out_channels": 1, "kernel_size": $)", pairs},
    {"conv_transpose2d_torch", R"("out_channels": 1, "kernel_size": 3, "stride": $)", pairs},
    {"conv_transpose2d_torch", R"("out_channels": 1, "kernel_size": 3, "dilation": $)", pairs},
    {"conv_transpose2d_torch", R"("out_channels": 1, "kernel_size": 3, "padding": $)", edges},
    {"conv_transpose2d_torch",
     R"("out_channels": 1, "kernel_size": 9, "stride": 4, "output_padding": $)", edges},
    {"conv_transpose2d_torch", R"("out_channels": 3, "kernel_size": 3, "groups": $)", counts},
    {"upsampling2d", R"("size": $)", pairs},
    {"max_pooling2d", R"("pool_size": $)", pairs},
    {"average_pooling2d", R"("strides": $)", pairs},
    {"zero_padding2d", R"("padding": [$, 1])", edges},
    {"zero_padding2d", R"("padding": [[1, 1], $])", edges},
    {"cropping2d", R"("cropping": [$, [1, 1]])", edges},
    {"dense", R"("units": $)", counts},
    {"dropout", R"("rate": $)", rates},
    {"leaky_relu", R"("alpha": $)", numbers},
    {"leaky_relu", R"("negative_slope": $)", numbers},
    {"batch_normalization", R"("epsilon": $)", numbers},
    {"resize", R"("out_size": $)", pairs},
    {"resize", R"("out_size": 3, "mode": "cubic", "cubic_coeff_a": $)", numbers},
}};

/// The message of the only answer; empty if it is an output.
QString message(const QByteArray& layer, const QByteArray& arguments, const QByteArray& input) {
    const auto answers =
        app::evaluate(R"({"cases": [{"id": 1, "layer": ")" + layer + R"(", "args": {)" + arguments +
                      R"(}, "input": {"shape": )" + input + "}}]}");
    if (!answers) return QStringLiteral("the file was not understood");
    const auto answer = QJsonDocument::fromJson(*answers).object()[u"cases"].toArray().first();
    return answer[u"error"][u"message"].toString();
}

}  // namespace

class TestJsonArguments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::words::install_translations(); }
    void everyArgumentSaysTheRightReason_data();
    void everyArgumentSaysTheRightReason();
    void everyShapeSaysTheRightReason_data();
    void everyShapeSaysTheRightReason();
};

void TestJsonArguments::everyArgumentSaysTheRightReason_data() {
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("wanted");
    for (const auto& [layer, arguments, answers] : places)
        for (std::size_t i = 0; i < values.size(); ++i) {
            const QByteArray given = QByteArray(arguments).replace("$", values[i]);
            QTest::addRow("%s %s", layer, given.constData())
                << QByteArray(layer) << given << QString::fromUtf8(answers[i]);
        }
}

void TestJsonArguments::everyArgumentSaysTheRightReason() {
    QFETCH(QByteArray, layer);
    QFETCH(QByteArray, arguments);
    QFETCH(QString, wanted);
    const QString said = message(layer, arguments, "[1, 30, 30, 3]");
    QVERIFY2(said.contains(wanted), said.toUtf8().constData());
    if (!said.isEmpty()) QCOMPARE(support::fault_of_sentence(said), QString());
}

void TestJsonArguments::everyShapeSaysTheRightReason_data() {
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* shape, const char* wanted) {
        QTest::addRow("%s", shape) << QByteArray(shape) << QString::fromUtf8(wanted);
    };
    row("[2, 0]", "is 0, but must be at least 1.");
    row("[2, -1]", "is -1, but must be at least 1.");
    row("[2, 2147483648]", "is 2147483648, but must be at most ");
    row("[2, 1e400]", "is 1e400, but must be at most ");
    row("[2, -1e400]", "is -1e400, but must be at least 0.");
    row("[2, 1.5]", "must be a list of whole numbers (line");
    row("[2, \"3\"]", "must be a list of whole numbers (line");
    row("[2, NaN]", "must be a list of whole numbers (line");
    row("3", "must be a list of whole numbers (line");
    row("[]", "must be a list of whole numbers (line");
    row("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
        "has length 17, but may have at most 16.");
}

void TestJsonArguments::everyShapeSaysTheRightReason() {
    QFETCH(QByteArray, shape);
    QFETCH(QString, wanted);
    const QString of_input = message("flatten", "", shape);
    QVERIFY2(of_input.contains(wanted), of_input.toUtf8().constData());
    const QString of_target = message("reshape", "\"target_shape\": " + shape, "[1, 4]");
    for (const QString& said : {of_input, of_target})
        if (!said.isEmpty()) QCOMPARE(support::fault_of_sentence(said), QString());
}

QTEST_GUILESS_MAIN(TestJsonArguments)
#include "tst_json_arguments.moc"
