// SPDX-License-Identifier: MIT
// The commands: what they print, and the files they write.
#include <algorithm>

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "engine/kernels/kernels.h"
#include "tests/support/program.h"

using namespace program;

class TestCli : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();

    void versionAndHelp();
    void lessonsAreListedAndPrinted();
    void lessonsAreWrittenAsPages();
    void summaryIsKerass();
    void theTutorialsCaseIsAnswered();
    void oneBadCaseStopsNoOther();
    void casesBeyondTheLayer();
    void shapesAreALedger();
    void shapesAnswerTheReaders();
    void shapesTakeEveryDialect();
    void shapesSpeakJson();
    void designFindsTheWays();
    void renderDrawsThePuzzle();
    void renderTakesEveryOption();
    void renderOfAStepIsNotTheEnd();
    void renderedTwiceIsTheSameFile_data();
    void renderedTwiceIsTheSameFile();
    void animatePlaysIntoAFile_data();
    void animatePlaysIntoAFile();
    void animateRefusesWhatItCannot();
    void standardInputIsAFile();
    void everyTargetCanBeForced();

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void TestCli::initTestCase() { QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path())); }

void TestCli::versionAndHelp() {
    const Outcome version = run("--version");
    QCOMPARE(version.code, 0);
    const QByteArray target = QByteArray::fromStdString(engine::active_target());
    QVERIFY(version.out.startsWith("Stridescope "));
    QVERIFY2(version.out.contains(target), version.out.constData());
    QCOMPARE(version.err, QByteArray());

    const Outcome help = run("--help");
    QCOMPARE(help.code, 0);
    for (const char* command :
         {"render", "animate", "eval", "shapes", "design", "summary", "lessons"}) {
        QVERIFY(help.out.contains(command));
        const Outcome own =
            run(QStringList{QString::fromLatin1(command), QStringLiteral("--help")});
        QCOMPARE(own.code, 0);
        QVERIFY2(own.out.startsWith("Usage: stridescope "), own.out.constData());
        QVERIFY(own.out.contains(command));
        QCOMPARE(own.err, QByteArray());
    }
}

void TestCli::lessonsAreListedAndPrinted() {
    const Outcome list = run("lessons");
    QCOMPARE(list.code, 0);
    QVERIFY(list.out.startsWith("readers_puzzle\tIt tiles\n"));
    static const QRegularExpression row(QStringLiteral("^[a-z0-9_]+\\t[^\\t]+$"));
    const QStringList lines = QString::fromUtf8(list.out).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(lines.size() >= 16);
    for (const QString& line : lines) QVERIFY(row.match(line).hasMatch());

    const Outcome one = run("lessons readers_puzzle");
    QCOMPARE(one.code, 0);
    QCOMPARE(object(one.out)[u"stridescope"], QJsonValue(1));
    QVERIFY(one.out.contains("\"data\": [\n      1, 2,\n      3, 4\n    ]"));
}

// A page for each, and a list that leads to every one of them.
void TestCli::lessonsAreWrittenAsPages() {
#ifdef STRIDESCOPE_SANITIZED
    QSKIP("All of them take minutes here; tst_html_page has some.");
#endif
    const Outcome written = run("lessons --html pages");
    QVERIFY2(written.code == 0, written.err.constData());
    const QByteArray index = contents(path("pages/index.html"));
    const QStringList names =
        QString::fromUtf8(run("lessons").out).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : names) {
        const QString page = line.section(u'\t', 0, 0) + QStringLiteral(".html");
        QVERIFY2(index.contains("href=\"" + page.toUtf8() + '"'), qPrintable(page));
        const QByteArray text = contents(m_folder.filePath(QStringLiteral("pages/") + page));
        QVERIFY2(text.startsWith("<!DOCTYPE html>"), qPrintable(page));
    }
    QCOMPARE(run("lessons --html pages").code, 1);  // they are there already
    QCOMPARE(contents(path("pages/index.html")), index);
    QCOMPARE(run("lessons --html other holes").code, 2);
    QCOMPARE(run("lessons --theme dark").code, 2);
}

void TestCli::summaryIsKerass() {
    const QJsonArray cases =
        object(contents(QStringLiteral(TESTS_DIR "/vectors/13_model_summary.json")))[u"cases"]
            .toArray();
    const auto verify = [&](const char* arguments, const char* id, const char* release) {
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 0);
        for (const QJsonValue& expected : cases)
            if (expected[u"id"].toString() == QLatin1String(id))
                QCOMPARE(QString::fromUtf8(outcome.out),
                         expected[u"texts"][QString::fromLatin1(release)].toString());
    };
    verify("summary generator_upsampling", "summary_seed_generator_upsampling", "keras 2.2.4");
    verify("summary upsampling_2x2", "summary_seed_upsampling", "keras 2.2.4");
    verify("summary transpose_k1_s2", "summary_seed_transpose", "keras 2.2.4");
    const char* generator = "summary_seed_generator_transpose";
    verify("summary generator_transpose", generator, "keras 2.2.4");
    verify("summary generator_transpose --style keras-2.2", generator, "keras 2.2.4");
    verify("summary generator_transpose --style tf-2.15", generator, "tf.keras 2.15");
    verify("summary generator_transpose --style keras-3", generator, "keras 3.13.0, 80 columns");
    const QByteArray torchinfo = run("summary generator_transpose --style torchinfo").out;
    QVERIFY(torchinfo.contains("├─ConvTranspose2d: 1-3                   [1, 1, 11, 11]"));
    QVERIFY(torchinfo.contains("Estimated Total Size (MB): 1.32\n"));
    verify("summary generator_transpose --style keras-3 --width 60", generator,
           "keras 3.13.0, 60 columns");
}

void TestCli::theTutorialsCaseIsAnswered() {
    write(path("cases.json"), R"({"cases": [{"id": "k1 s2", "layer": "conv2d_transpose",
        "args": {"filters": 1, "kernel_size": 1, "strides": 2},
        "input": {"shape": [1, 2, 2, 1], "data": [1, 2, 3, 4]},
        "weights": {"kernel": {"shape": [1, 1, 1, 1], "data": [1]}, "bias": {"shape": [1], "data": [0]}}}]})");
    const Outcome outcome = run(QStringList{QStringLiteral("eval"), path("cases.json")});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.err, QByteArray());
    QCOMPARE(
        outcome.out,
        QByteArray(
            "{\"cases\": [\n{\"id\": \"k1 s2\", \"output\": {\"shape\": [1, 4, 4, 1], \"data\": "
            "[1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0]}, "
            "\"crop_top_bottom_left_right\": [0, -1, 0, -1]}\n]}\n"));
}

void TestCli::oneBadCaseStopsNoOther() {
    write(path("mixed.json"), R"({"schema": 1, "cases": [
        3,
        {"id": "no layer"},
        {"id": 7, "layer": "conv9d", "input": {"shape": [1, 2, 2, 1]}},
        {"id": "resize", "layer": "resize", "args": {"out_size": 4, "coordinate_transformation_mode": "tf_crop_and_resize"},
            "input": {"shape": [1, 2, 2, 1]}},
        {"id": "weights that add up to 0", "layer": "resize", "args": {"out_size": 2, "mode": "cubic",
            "cubic_coeff_a": 18, "exclude_outside": 1}, "input": {"shape": [1, 1, 1, 1], "data": [1]}},
        {"id": "padding", "layer": "conv2d_transpose", "args": {"filters": 1, "kernel_size": 3, "strides": 2,
            "output_padding": 2}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": "dilation", "layer": "conv2d_transpose", "args": {"filters": 1, "kernel_size": 3, "strides": 2,
            "dilation_rate": 2}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": "torch's padding", "layer": "conv2d", "args": {"filters": 1, "kernel_size": 3, "padding": [1, 1]},
            "input": {"shape": [1, 2, 2, 1]}},
        {"id": "weights", "layer": "dense", "args": {"units": 2}, "input": {"shape": [1, 1], "data": [1]}},
        {"id": "bias", "layer": "dense", "args": {"units": 1}, "input": {"shape": [1, 1], "data": [1]},
            "weights": {"kernel": {"shape": [1, 1], "data": [1]}}},
        {"id": "shape", "layer": "dense", "args": {"units": 2}, "input": {"shape": [1, 1], "data": [1]},
            "weights": {"kernel": {"shape": [1, 1], "data": [1]}}},
        {"id": "count", "layer": "flatten", "input": {"shape": [1, 2, 2, 1], "data": [1, 2, 3]}},
        {"id": "nan", "layer": "flatten", "input": {"shape": [1, 2], "data": [1, NaN]}},
        {"id": "inf", "layer": "flatten", "input": {"shape": [1, 2], "data": [1, 1e999]}},
        {"id": "huge", "layer": "upsampling2d", "args": {"size": 1000000}, "input": {"shape": [1, 1024, 1024, 1]}},
        {"id": "long", "layer": "sequential", "args": {"layers": [{"class_name": "UpSampling2D", "size": [1, 65536]},
            {"class_name": "UpSampling2D", "size": [1, 1024], "interpolation": "lanczos5"},
            {"class_name": "GlobalMaxPooling2D"}]}, "input": {"shape": [1, 1, 1, 1], "data": [1]}},
        {"id": "hours", "layer": "sequential", "args": {"layers": [{"class_name": "UpSampling2D", "size": 4000},
            {"class_name": "MaxPooling2D", "pool_size": 4000, "strides": 1, "padding": "same"},
            {"class_name": "GlobalMaxPooling2D"}]}, "input": {"shape": [1, 1, 1, 1], "data": [1]},
            "weights": {"layers": [{}, {}, {}]}},
        {"id": "gigabytes", "layer": "upsampling2d", "args": {"size": 8192},
            "input": {"shape": [1, 1, 1, 1], "data": [0.1]}},
        {"id": "grows beyond float32", "layer": "activation", "args": {"activation": "exponential"},
            "input": {"shape": [1, 1], "data": [1000]}},
        {"id": "negative", "layer": "flatten", "input": {"shape": [1, -2]}},
        {"id": "no input", "layer": "flatten"},
        {"id": "cubic", "layer": "upsampling2d", "args": {"interpolation": "cubist"},
            "input": {"shape": [1, 2, 2, 1]}},
        {"id": "axis", "layer": "batch_normalization", "args": {"axis": 1}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": "join", "layer": "sequential", "args": {"layers": [{"class_name": "Flatten"},
            {"class_name": "Conv2D", "filters": 1, "kernel_size": 1}]}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": "good", "layer": "reshape", "args": {"target_shape": [2, -1]},
            "input": {"shape": [1, 4], "data": [1, 2, 3, 0.1]}}]})");
    const Outcome outcome = run(QStringList{QStringLiteral("eval"), path("mixed.json")});
    QCOMPARE(outcome.code, 0);
    const QJsonArray answers = object(outcome.out)[u"cases"].toArray();
    const QStringList codes{QStringLiteral("wrong_type"),
                            QStringLiteral("wrong_type"),
                            QStringLiteral("unknown_name"),
                            QStringLiteral("unsupported"),
                            QStringLiteral("out_of_range"),
                            QStringLiteral("output_padding_too_large"),
                            QStringLiteral("strides_with_dilation"),
                            QStringLiteral("wrong_type"),
                            QStringLiteral("missing_weights"),
                            QStringLiteral("missing_weights"),
                            QStringLiteral("shape_mismatch"),
                            QStringLiteral("size_mismatch"),
                            QStringLiteral("not_finite"),
                            QStringLiteral("not_finite"),
                            QStringLiteral("over_budget"),
                            QStringLiteral("too_large"),
                            QStringLiteral("too_much_work"),
                            QStringLiteral("over_budget"),
                            QStringLiteral("not_finite"),
                            QStringLiteral("not_positive"),
                            QStringLiteral("wrong_type"),
                            QStringLiteral("unknown_name"),
                            QStringLiteral("unsupported"),
                            QStringLiteral("rank_mismatch")};
    QCOMPARE(answers.size(), codes.size() + 1);
    for (qsizetype i = 0; i < codes.size(); ++i) {
        QCOMPARE(answers[i][u"error"][u"code"].toString(), codes[i]);
        QVERIFY(is_sentence(answers[i][u"error"][u"message"].toString().toUtf8() + '\n'));
        QVERIFY(answers[i][u"output"].isUndefined());
    }
    QVERIFY(answers[0][u"id"].isNull());
    QCOMPARE(answers[2][u"id"], QJsonValue(7));
    QVERIFY(answers[23][u"error"][u"message"].toString().startsWith(QStringLiteral("Layer 2: ")));
    QVERIFY(outcome.out.contains("\"output\": {\"shape\": [1, 2, 2], \"data\": [1, 2, 3, 0.1]}"));
}

void TestCli::casesBeyondTheLayer() {
    // Channels first is the same arithmetic with the axes moved; torch computes what Keras refuses;
    // a bias that is null is none; shapes need no weights.
    write(path("more.json"), R"({"cases": [
        {"id": "first", "layer": "upsampling2d", "args": {"size": [1, 2], "data_format": "channels_first"},
            "input": {"shape": [1, 2, 1, 2], "data": [1, 2, 3, 4]}},
        {"id": "torch", "layer": "conv_transpose2d_torch", "args": {"out_channels": 1, "kernel_size": 2, "stride": 2,
            "dilation": 2}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": "null", "layer": "dense", "args": {"units": 1}, "input": {"shape": [2, 1], "data": [1, 2]},
            "weights": {"kernel": {"shape": [1, 1], "data": [3]}, "bias": null}},
        {"id": "model", "layer": "sequential", "args": {"layers": [{"class_name": "Dense", "units": 3200},
            {"class_name": "Reshape", "target_shape": [5, 5, 128]},
            {"class_name": "Conv2DTranspose", "filters": 1, "kernel_size": 3, "strides": 2, "padding": "same"}]},
            "input": {"shape": [7, 100]}}]})");
    const QJsonArray answers =
        object(run(QStringList{QStringLiteral("eval"), path("more.json")}).out)[u"cases"].toArray();
    QCOMPARE(answers.size(), 4);
    QCOMPARE(answers[0][u"output"][u"shape"].toArray(), (QJsonArray{1, 2, 1, 4}));
    QCOMPARE(answers[0][u"output"][u"data"].toArray(), (QJsonArray{1, 1, 2, 2, 3, 3, 4, 4}));
    QCOMPARE(answers[1][u"output"][u"shape"].toArray(), (QJsonArray{1, 5, 5, 1}));
    QCOMPARE(answers[2][u"output"][u"data"].toArray(), (QJsonArray{3, 6}));
    QCOMPARE(answers[3][u"output"][u"shape"].toArray(), (QJsonArray{7, 10, 10, 1}));
    QCOMPARE(answers[3][u"param_count"], QJsonValue(324353));
    QCOMPARE(answers[3][u"layer_output_shapes"].toArray(),
             (QJsonArray{QJsonArray{3200}, QJsonArray{5, 5, 128}, QJsonArray{10, 10, 1}}));
}

void TestCli::shapesAreALedger() {
    const Outcome same =
        run("shapes conv2d_transpose --input 2x2 --kernel 3 --strides 2 --padding same");
    QCOMPARE(same.code, 0);
    const QList<QByteArray> lines = same.out.split('\n');
    const QByteArrayList wanted{
        "framework arguments output crop rows crop columns size",
        "Keras kernel_size=3, strides=2, padding='same' 4x4x1 0,1 0,1 2 × 2 = 4",
        "PyTorch kernel_size=3, stride=2, padding=1, output_padding=1 4x4x1 1,0 1,0 "
        "(2 − 1) × 2 − 2 × 1 + 1 × (3 − 1) + 1 + 1 = 4 "
        "same size, shifted by 1 px up and 1 px left",
        "PyTorch kernel_size=3, stride=2, padding=0, then [:, :, 0:4, 0:4] 4x4x1 0,1 0,1 "
        "(2 − 1) × 2 − 2 × 0 + 1 × (3 − 1) + 0 + 1 − 1 = 4 same picture",
        "ONNX kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1] 4x4x1 0,1 0,1 "
        "2 × (2 − 1) + 0 + ((3 − 1) × 1 + 1) − 0 − 1 = 4 same picture",
        "ONNX kernel_shape=[3, 3], strides=[2, 2], auto_pad='SAME_UPPER' 4x4x1 0,1 0,1 "
        "2 × 2 = 4 same picture",
        "Guide relationship 14: k=3, s=2, p=1, a=1 4x4x1 1,0 1,0 "
        "2 × (2 − 1) + 1 + 3 − 2 × 1 = 4 "
        "same size, shifted by 1 px up and 1 px left; 3–4 over all a"};
    for (qsizetype i = 0; i < wanted.size(); ++i) QCOMPARE(lines.value(i).simplified(), wanted[i]);
    // Columns begin below each other.
    const auto place = [](const QByteArray& line, const char* text) {
        return QString::fromUtf8(line).indexOf(QLatin1String(text));
    };
    for (const QByteArray& line : lines.mid(1, wanted.size() - 1))
        QCOMPARE(place(line, "4x4x1"), place(lines[0], "output"));
    // The readers' argument: 4 is Keras, 3 is PyTorch.
    const Outcome one = run("shapes conv2d_transpose --input 2x2 --kernel 1 --strides 2");
    const QByteArray words = one.out.simplified();
    QVERIFY(words.contains("Keras kernel_size=1, strides=2, padding='valid' 4x4x1"));
    QVERIFY(words.contains("PyTorch kernel_size=1, stride=2, padding=0 3x3x1"));
    // ONNX's words in, Keras's out; and a layer that Keras does not have.
    QVERIFY(run("shapes conv2d_transpose --input 4x4 --kernel 3 --strides 2 --pads 0,0,1,1")
                .out.contains("Keras      kernel_size=3, strides=2, padding='same'"));
    QVERIFY(
        run("shapes conv2d_transpose --input 4x4x2 --kernel 3 --padding 1 --groups 2 --filters 2")
            .out.contains("no such layer: no groups"));
    QVERIFY(run("shapes conv2d --input 5x5x3 --kernel 3 --padding same --filters 8")
                .out.contains("5x5x8"));
    QVERIFY(run("shapes upsampling2d --input 2x2 --size 2x3").out.contains("4x6x1"));
}

void TestCli::shapesAnswerTheReaders() {
    QCOMPARE(QString::fromUtf8(run("shapes readers_cases").out),
             QStringLiteral("kernel  strides  Keras  PyTorch  ONNX  Guide\n"
                            "1       1        2      2        2     2\n"
                            "3       1        4      4        4     4\n"
                            "1       2        4      3        3     3–4\n"
                            "3       2        5      5        5     5–6\n"));
    const QJsonArray cases = object(run("shapes readers_cases --json").out)[u"cases"].toArray();
    QCOMPARE(cases.size(), 4);
    QCOMPARE(cases[2][u"keras"].toArray(), (QJsonArray{4, 4}));
    QCOMPARE(cases[2][u"guide"].toArray(), (QJsonArray{3, 4}));
}

// One layer in the words of each: k4 s2, cut by one at each end.
void TestCli::shapesTakeEveryDialect() {
    const QString layer = QStringLiteral("shapes conv2d_transpose --input 4x4 --kernel 4 ");
    for (const char* words :
         {"--strides 2 --padding same", "--strides 2 --padding same --keras",
          "--strides 2 --padding 1", "--strides 2 --padding 1 --pytorch",
          "--strides 2 --pads 1,1,1,1", "--strides 2 --auto-pad SAME_UPPER",
          "--strides 2 --auto-pad same_lower --onnx", "--strides 2 --output-shape 8x8",
          "--strides 2 --output-shape 8 --output-padding 0", "--strides 2 --padding 1 --guide",
          "--strides 2 --padding 1 --a 0"}) {
        const Outcome outcome =
            run(QString(layer + QLatin1String(words)).split(u' ', Qt::SkipEmptyParts));
        QCOMPARE(outcome.err, QByteArray());
        const QByteArray table = outcome.out.simplified();
        for (const char* row : {"Keras kernel_size=4, strides=2, padding='same' 8x8x1 1,1 1,1",
                                "PyTorch kernel_size=4, stride=2, padding=1 8x8x1 1,1 1,1",
                                "8x8x1 1,1 1,1 2 × (4 − 1) + 0 + ((4 − 1) × 1 + 1) − 1 − 1 = 8",
                                "Guide relationship 13: k=4, s=2, p=1 8x8x1 1,1 1,1"})
            QVERIFY2(table.contains(row) || QByteArray(words).contains("output-shape") ||
                         QByteArray(words).contains("auto-pad"),
                     (QByteArray(words) + ": " + table).constData());
        QVERIFY2(table.contains("padding='same' 8x8x1 1,1 1,1"), table.constData());
    }
    // ONNX's output_shape takes the odd cell at the beginning, whatever output_padding adds.
    const Outcome onnx =
        run("shapes conv2d_transpose --input 4x4 --kernel 4 --strides 2 --output-shape 8x7 "
            "--output-padding 1");
    QVERIFY(onnx.out.contains("output_shape=[8, 7], output_padding=[1, 1]"));
    QVERIFY(onnx.out.contains("Cropping2D(((2, 0), (2, 1)))"));
    // --pytorch without padding is PyTorch's default, not Keras's.
    QVERIFY(run("shapes conv2d_transpose --input 2x2 --kernel 1 --strides 2 --pytorch")
                .out.simplified()
                .contains("PyTorch kernel_size=1, stride=2, padding=0 3x3x1"));
    QVERIFY(run("shapes conv2d --input 6x6 --kernel 3 --strides 2 --padding 1")
                .out.contains("relationship 6"));
}

void TestCli::shapesSpeakJson() {
    const Outcome outcome =
        run("shapes conv2d_transpose --input 2x2 --kernel 3 --strides 2 --padding same --json");
    const QJsonObject ledger = object(outcome.out);
    QCOMPARE(ledger[u"layer"].toString(), QStringLiteral("conv2d_transpose"));
    QCOMPARE(ledger[u"full"].toArray(), (QJsonArray{5, 5, 1}));
    const QJsonArray rows = ledger[u"rows"].toArray();
    QCOMPARE(rows.size(), 6);
    QCOMPARE(rows[0][u"framework"].toString(), QStringLiteral("Keras"));
    QCOMPARE(rows[0][u"crop_top_bottom_left_right"].toArray(), (QJsonArray{0, 1, 0, 1}));
    QCOMPARE(rows[1][u"agreement"].toString(), QStringLiteral("shifted"));
    QCOMPARE(rows[1][u"shift_down_right"].toArray(), (QJsonArray{-1, -1}));
    QCOMPARE(rows[2][u"agreement"].toString(), QStringLiteral("same"));
    QCOMPARE(rows[3][u"framework"].toString(), QStringLiteral("ONNX"));
    // Each term, the cells it cuts, and whether it is what differs.
    const QJsonArray terms = rows[1][u"row_sum"][u"terms"].toArray();
    QCOMPARE(terms.size(), 5);
    QCOMPARE(terms[1][u"symbols"].toString(), QStringLiteral("2 × padding"));
    QCOMPARE(terms[1][u"numbers"].toString(), QStringLiteral("2 × 1"));
    QCOMPARE(terms[1][u"value"], QJsonValue(-2));
    QCOMPARE(terms[1][u"purpose"].toString(), QStringLiteral("cut_both"));
    QCOMPARE(terms[1][u"cells"].toArray(), (QJsonArray{QJsonArray{0, 0}, QJsonArray{4, 4}}));
    QVERIFY(terms[1][u"differs"].toBool() && !terms[0][u"differs"].toBool());
    QCOMPARE(rows[5][u"relationship"].toArray(), (QJsonArray{14, 14}));
    QCOMPARE(rows[5][u"row_sum"][u"least_most"].toArray(), (QJsonArray{3, 4}));
    const Outcome lanczos = run("shapes upsampling2d --input 2x2 --interpolation lanczos3 --json");
    const QJsonValue pytorch = object(lanczos.out)[u"rows"][1];
    QCOMPARE(pytorch[u"agreement"].toString(), QStringLiteral("no_form"));
    QCOMPARE(pytorch[u"lack"].toString(), QStringLiteral("interpolation"));
    QVERIFY(pytorch[u"arguments"].isUndefined());
}

void TestCli::designFindsTheWays() {
    const Outcome four = run("design --from 4 --to 16 --most 6");
    QCOMPARE(four.err, QByteArray());
    const QByteArray table = four.out.simplified();
    QVERIFY2(table.startsWith("6 of "), table.constData());
    QVERIFY(table.contains("Keras Conv2DTranspose(kernel_size=4, strides=4, padding='valid')"));
    QVERIFY(table.contains("then Conv2DTranspose("));  // two steps
    QVERIFY(table.contains("UpSampling2D(size=4, interpolation='nearest'), then Conv2D("));
    // The forum's: rows and columns apart.
    const QByteArray apart =
        run("design --from 46x62 --to 368x489 --fix kernel=16 strides=8 framework=pytorch "
            "--most 1 --json")
            .out;
    const QJsonObject way = object(apart)[u"ways"][0].toObject();
    QCOMPARE(way[u"forms"][u"pytorch"].toString(),
             QStringLiteral("ConvTranspose2d(kernel_size=16, stride=8, padding=(4, 8), "
                            "output_padding=(0, 1))"));
    QVERIFY(way[u"forms"][u"keras"].toString().endsWith(
        QStringLiteral("padding='valid'), then Cropping2D(((4, 4), (8, 7)))")));
    QCOMPARE(way[u"needs_output_padding"], QJsonValue(true));
    QCOMPARE(way[u"overlap"].toString(), QStringLiteral("even"));
    // What is claimed, and does not hold.
    const Outcome claims =
        run(QStringList{QStringLiteral("design"), QStringLiteral("--from"), QStringLiteral("4"),
                        QStringLiteral("--to"), QStringLiteral("16"), QStringLiteral("--claim"),
                        QStringLiteral("k4 s2 p1, k5 s1 p0")});
    QVERIFY2(claims.out.startsWith("k4 s2 p1 and k5 s1 p0 both give 8, not 16.\n"),
             claims.out.constData());
    QVERIFY(run("design --from 4 --to 8 --claim k4s2p1").out.startsWith("k4 s2 p1 gives 8.\n"));
    const Outcome none = run("design --from 4 --to 17 --fix kernel=4 strides=2 padding=1");
    QCOMPARE(none.code, 0);
    QVERIFY2(none.out.startsWith("Nothing leads from 4x4 to 17x17; the nearest is 9x9.\n"),
             none.out.constData());
}

void TestCli::renderDrawsThePuzzle() {
    const Outcome png = run(QStringList{QStringLiteral("render"), QStringLiteral("readers_puzzle"),
                                        QStringLiteral("-o"), path("puzzle.png")});
    QCOMPARE(png.err, QByteArray());
    QCOMPARE(png.code, 0);
    const QImage image(path("puzzle.png"));
    QVERIFY(image.width() >= 1040 && image.height() >= 400);

    const Outcome svg = run(QStringList{QStringLiteral("render"), QStringLiteral("readers_puzzle"),
                                        QStringLiteral("-o"), path("puzzle.svg"),
                                        QStringLiteral("--text"), QStringLiteral("real")});
    QCOMPARE(svg.code, 0);
    QXmlStreamReader reader(contents(path("puzzle.svg")));
    QString text;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text().toString() + u' ';
    QVERIFY2(!reader.hasError(), reader.errorString().toUtf8().constData());
    for (const char* number : {"10", "160", "120"}) QVERIFY(text.contains(QLatin1String(number)));
}

void TestCli::renderTakesEveryOption() {
    const auto render = [this](const QStringList& options, const char* name) {
        return run(QStringList{QStringLiteral("render"), QStringLiteral("channels_to_one"),
                               QStringLiteral("-o"), path(name)} +
                   options)
            .code;
    };
    QCOMPARE(render({QStringLiteral("--theme=dark"), QStringLiteral("--scale=1"),
                     QStringLiteral("--size=1200x800")},
                    "dark.png"),
             0);
    QVERIFY(QImage(path("dark.png")).width() >= 1200);
    QCOMPARE(render({QStringLiteral("--scale=0.5"), QStringLiteral("--transparent")}, "clear.png"),
             0);
    QCOMPARE(QImage(path("clear.png")).pixelColor(0, 0).alpha(), 0);
    QCOMPARE(render({QStringLiteral("--region=input")}, "input.png"), 0);
    for (const char* digits : {"2", "3", "4", "all"})
        QCOMPARE(render({QStringLiteral("--digits=") + QLatin1String(digits)}, "digits.png"), 0);
    QVERIFY(QImage(path("input.png")).width() < QImage(path("dark.png")).width());
    for (const char* reading : {"stamp", "slide", "why_equal"})
        QCOMPARE(render({QStringLiteral("--reading"), QString::fromLatin1(reading),
                         QStringLiteral("--step"), QStringLiteral("2"), QStringLiteral("--channel"),
                         QStringLiteral("2")},
                        "reading.svg"),
                 0);
}

void TestCli::renderOfAStepIsNotTheEnd() {
    const auto render = [this](const QString& step) {
        const QString file = path("step.png");
        QFile::remove(file);
        return run(QStringList{QStringLiteral("render"), QStringLiteral("first_collide"),
                               QStringLiteral("-o"), file, QStringLiteral("--step"), step})
                           .code == 0
                   ? QImage(file)
                   : QImage();
    };
    const QImage start = render(QStringLiteral("0"));
    const QImage second = render(QStringLiteral("2"));
    const QImage end = render(QStringLiteral("last"));
    QVERIFY(!start.isNull() && !second.isNull() && !end.isNull());
    QVERIFY(start != second && second != end);
    // A lesson saved before its first step is drawn finished.
    QCOMPARE(run(QStringList{QStringLiteral("render"), QStringLiteral("first_collide"),
                             QStringLiteral("-o"), path("whole.png")})
                 .code,
             0);
    QVERIFY(QImage(path("whole.png")) == end);
}

void TestCli::renderedTwiceIsTheSameFile_data() {
    QTest::addColumn<QString>("file");
    for (const char* file : {"twice.png", "twice.svg", "twice.pdf"})
        QTest::newRow(file) << QString::fromLatin1(file);
}

/// Whatever order Qt's tables have in a process: tests alone give them none.
void TestCli::renderedTwiceIsTheSameFile() {
    QFETCH(QString, file);
    const QByteArray seed = qgetenv("QT_HASH_SEED");
    qunsetenv("QT_HASH_SEED");
    QSet<QByteArray> files;
    for (int round = 0; round < 4; ++round) {
        const Outcome outcome = run(QStringList{
            QStringLiteral("render"), QStringLiteral("first_collide"), QStringLiteral("--reading"),
            QStringLiteral("why_equal"), QStringLiteral("-o"), m_folder.filePath(file)});
        QCOMPARE(outcome.err, QByteArray());
        files << contents(m_folder.filePath(file));
    }
    qputenv("QT_HASH_SEED", seed);
    QCOMPARE(files.size(), 1);
    QVERIFY(files.values().first().size() > 1000);
}

void TestCli::animatePlaysIntoAFile_data() {
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("gif") << QByteArray("GIF89a");
    QTest::newRow("webp") << QByteArray("RIFF");
    QTest::newRow("apng") << QByteArray("\x89PNG");
}

/// The readers' puzzle, still and moving; the same bytes each time.
void TestCli::animatePlaysIntoAFile() {
    QFETCH(QByteArray, begins);
    const QString name = QStringLiteral("film.") + QString::fromLatin1(QTest::currentDataTag());
    const QStringList still{QStringLiteral("animate"),
                            QStringLiteral("readers_puzzle"),
                            QStringLiteral("--still"),
                            QStringLiteral("--size"),
                            QStringLiteral("690x400"),
                            QStringLiteral("-o"),
                            name};
    QCOMPARE(run(still).err, QByteArray());
    const QByteArray once = contents(path(name.toLatin1().constData()));
    QVERIFY(once.startsWith(begins));
    QCOMPARE(run(still).code, 0);
    QVERIFY(contents(path(name.toLatin1().constData())) == once);
    const QStringList moving = still + QStringList{QStringLiteral("--range"), QStringLiteral("0-1"),
                                                   QStringLiteral("--fps"),   QStringLiteral("5"),
                                                   QStringLiteral("--speed"), QStringLiteral("4"),
                                                   QStringLiteral("--loop"),  QStringLiteral("2")};
    QCOMPARE(run(moving).code, 0);
    QVERIFY(contents(path(name.toLatin1().constData())) != once);
    QCOMPARE(QDir().entryList(QDir::Files).filter(name).size(), 1);
}

void TestCli::animateRefusesWhatItCannot() {
    const auto refused = [](const char* line, int code, const char* words) {
        const Outcome outcome = run(line);
        QCOMPARE(outcome.code, code);
        QVERIFY2(is_sentence(outcome.err) && outcome.err.contains(words), outcome.err.constData());
    };
    refused("animate readers_puzzle", 2, "-o film.gif");
    refused("animate readers_puzzle -o a.png", 2, "stridescope render");
    refused("render readers_puzzle -o a.gif", 2, "stridescope animate");
    refused("animate readers_puzzle -o a.mov", 2, ".gif, .webp, .apng");
    refused("animate readers_puzzle -o a.gif --range 3-99", 1, "99");
    refused("animate readers_puzzle -o a.gif --range 4-2", 2, "first-last");
    refused("animate readers_puzzle -o a.gif --fps 0", 2, "fps");
    refused("animate readers_puzzle -o a.gif --region nowhere", 2, "stage");
    refused("animate readers_puzzle -o a.gif --size 9000x9000 --scale 8", 1, "allowed");
    refused("animate readers_puzzle -o no/such/folder/a.gif", 1, "folder");
    QVERIFY(QDir().entryList({QStringLiteral("a.*")}, QDir::Files).isEmpty());
}

void TestCli::standardInputIsAFile() {
    const QByteArray lesson = run("lessons even_k4").out;
    QCOMPARE(run({QStringLiteral("summary"), QStringLiteral("-")}, lesson).out,
             run("summary even_k4").out);
    QCOMPARE(run({QStringLiteral("render"), QStringLiteral("-"), QStringLiteral("-o"),
                  path("piped.png")},
                 lesson)
                 .code,
             0);
    QCOMPARE(run({QStringLiteral("eval"), QStringLiteral("-")}, R"({"cases": []})").code, 0);
    write(path("saved.stride"), lesson);
    QCOMPARE(run(QStringList{QStringLiteral("summary"), path("saved.stride")}).out,
             run("summary even_k4").out);
}

void TestCli::everyTargetCanBeForced() {
    QByteArrayList answers;
    for (const std::string& target : engine::runnable_targets()) {
        const QString name = QString::fromStdString(target);
        const Outcome version =
            run({QStringLiteral("--target"), name, QStringLiteral("--version")});
        QVERIFY(version.out.contains(name.toUtf8()));
        const QString file = QStringLiteral(TESTS_DIR "/vectors/01_seed_examples.json");
        const Outcome before =
            run({QStringLiteral("--target"), name, QStringLiteral("eval"), file});
        const Outcome behind =
            run({QStringLiteral("eval"), file, QStringLiteral("--target=") + name});
        QCOMPARE(before.code, 0);
        QCOMPARE(before.out, behind.out);
    }
    for (const std::string& target : engine::compiled_targets()) {
        const auto runnable = engine::runnable_targets();
        if (std::find(runnable.begin(), runnable.end(), target) != runnable.end()) continue;
        const Outcome outcome = run({QStringLiteral("--target"), QString::fromStdString(target),
                                     QStringLiteral("--version")});
        QCOMPARE(outcome.code, 2);
        QVERIFY(is_sentence(outcome.err));
    }
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
