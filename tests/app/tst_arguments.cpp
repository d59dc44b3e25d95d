// SPDX-License-Identifier: MIT
// What layers are told, and what of it is refused, kept or counted: eval, files and summaries
// agree.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include "app/eval.h"
#include "engine/models/summary.h"
#include "ui/formats/stride.h"
#include "ui/words/error_text.h"
#include "ui/words/model_summary.h"
#include "ui/words/translations.h"

using app::evaluate;

namespace {

QJsonObject answer_to(const QByteArray& one_case) {
    const auto answers = evaluate("{\"cases\": [" + one_case + "]}");
    if (!answers) qFatal("the file was not understood");
    return QJsonDocument::fromJson(*answers).object()[u"cases"].toArray().first().toObject();
}

/// The numbers of the output along one row, or the sentence that says why there are none.
QString said(const QByteArray& layer, const QByteArray& arguments, const QByteArray& numbers,
             const QByteArray& shape) {
    const QJsonObject answer =
        answer_to(R"({"id": 1, "layer": ")" + layer + R"(", "args": {)" + arguments +
                  R"(}, "input": {"shape": )" + shape + R"(, "data": [)" + numbers + "]}}");
    if (answer.contains(u"error")) return answer[u"error"][u"message"].toString();
    QStringList words;
    const QJsonArray data = answer[u"output"][u"data"].toArray();
    for (const QJsonValue& number : data) words << QString::number(number.toDouble(), 'g', 5);
    return words.join(u' ');
}

QByteArray row_shape(const QByteArray& numbers) {
    return "[1, " + QByteArray::number(numbers.count(',') + 1) + ']';
}
QByteArray line_shape(const QByteArray& numbers) {
    return "[1, 1, " + QByteArray::number(numbers.count(',') + 1) + ", 1]";
}

/// The text of a release.
QString summary(const QByteArray& layers, const QByteArray& input_shape, const char* release,
                const QByteArray& more = {}) {
    const QJsonObject answer =
        answer_to(R"({"id": 1, "layer": "model_summary", "layers": [)" + layers +
                  R"(], "input_shape": )" + input_shape + more + "}");
    if (answer.contains(u"error")) return answer[u"error"][u"message"].toString();
    return answer[u"texts"][QLatin1String(release)].toString();
}

constexpr std::array releases{"keras 2.2.4",   "keras 2.3.1",   "tf.keras 2.6",
                              "tf.keras 2.11", "tf.keras 2.15", "keras 3.13.0, 80 columns"};

}  // namespace

class TestArguments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::words::install_translations(); }
    void activationsTakeTheirArguments_data();
    void activationsTakeTheirArguments();
    void resizingSpeaksOnnxAndPytorch_data();
    void resizingSpeaksOnnxAndPytorch();
    void whatALayerDoesNotHaveIsRefused_data();
    void whatALayerDoesNotHaveIsRefused();
    void whatChangesNothingIsTaken();
    void summariesCountWhatIsTrained();
    void summariesCountBytesByType();
    void summariesShowNamesBatchesAndNone();
    void aFunctionalModelListsItsInput();
    void shapesBeyondComputingAreAnswered();
    void filesKeepWhatTheyDoNotUnderstand();
    void filesKeepNamesAndTypes();
    void namesArePrintedHarmless();
};

void TestArguments::activationsTakeTheirArguments_data() {
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("numbers");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* layer, const char* arguments, const char* numbers,
                        const char* wanted) {
        QTest::addRow("%s %s", layer, arguments)
            << QByteArray(layer) << QByteArray(arguments) << QByteArray(numbers)
            << QString::fromUtf8(wanted);
    };
    row("re_lu", R"("negative_slope": 0.1)", "0.015924, -0.0205, -0.07421",
        "0.015924 -0.00205 -0.007421");
    row("re_lu", R"("max_value": 6)", "-2, 1, 5, 10", "0 1 5 6");
    row("re_lu", R"("threshold": 2)", "-2, 1, 5, 10", "0 0 5 10");
    row("relu", R"("max_value": 6, "threshold": 2, "negative_slope": 0.1)", "-2, 2, 7", "-0.4 0 6");
    row("re_lu", R"("max_value": -1)", "1", "max_value is -1, but must be at least 0.");
    row("re_lu", R"("threshold": -2)", "1", "threshold is -2, but must be at least 0.");
    row("dropout", R"("rate": 1.1)", "1", "rate is 1.1, but must lie between 0 and 1.");
    row("elu", R"("alpha": 2)", "1, 0", "1 0");
    row("softmax", "", "0, 0", "0.5 0.5");
    row("activation", R"("activation": "silu")", "0", "0");
    row("activation", R"("activation": "mish")", "0, 1", "0 0.8651");
    row("batch_normalization", R"("axis": 2)", "1", "axis 2 is not computed by this program.");
    row("depth_to_space", R"("block_size": 2)", "1", "input has rank 1, but rank 3 is needed.");
}

void TestArguments::activationsTakeTheirArguments() {
    QFETCH(QByteArray, layer);
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, numbers);
    QFETCH(QString, wanted);
    QString answer = said(layer, arguments, numbers, row_shape(numbers));
    answer.replace(QStringLiteral("The input"), QStringLiteral("input"));
    QCOMPARE(answer, wanted);
}

void TestArguments::resizingSpeaksOnnxAndPytorch_data() {
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("numbers");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* arguments, const char* numbers, const char* wanted) {
        QTest::addRow("%s", arguments)
            << QByteArray(arguments) << QByteArray(numbers) << QString::fromUtf8(wanted);
    };
    const char* asymmetric =
        R"("mode": "linear", "coordinate_transformation_mode": "asymmetric", "out_size": [1, 4])";
    row(asymmetric, "1, 2", "1 1.5 2 2");
    row(R"("mode": "linear", "align_corners": true, "out_size": [1, 4])", "1, 2",
        "1 1.3333 1.6667 2");
    row(R"("mode": "bilinear", "align_corners": false, "size": [1, 4])", "1, 2", "1 1.25 1.75 2");
    row(R"("mode": "nearest", "nearest_mode": "ceil",
           "coordinate_transformation_mode": "asymmetric", "out_size": [1, 6])",
        "1, 2, 3, 4", "1 2 3 3 4 4");
    row(R"("mode": "nearest", "nearest_mode": "floor", "coordinate_transformation": "asymmetric",
           "sizes": [1, 1, 6, 1])",
        "1, 2, 3, 4", "1 1 2 3 3 4");
    // By the scale: the ratio of the sizes would give 1.5 and 3.5.
    row(R"("mode": "linear", "coordinate_transformation_mode": "half_pixel", "scales": [1, 0.6])",
        "1, 2, 3, 4", "1.3333 3");
    row(R"("mode": "linear", "scales": [1, 1, 1, 0.6])", "1, 2, 3, 4", "1.3333 3");
    row(R"("mode": "linear", "scales": [1, 1, 0.6, 1])", "1, 2, 3, 4", "1.3333 3");
    row(R"("mode": "bilinear", "scale_factor": [1, 0.6], "recompute_scale_factor": true)",
        "1, 2, 3, 4", "1.5 3.5");
    row(R"("mode": "linear", "coordinate_transformation_mode": "half_pixel_symmetric",
           "scales": [1, 0.6])",
        "1, 2, 3, 4", "1.6667 3.3333");
    row(R"("mode": "linear", "coordinate_transformation_mode": "pytorch_half_pixel",
           "out_size": [1, 1])",
        "1, 2, 3, 4", "1");
    // ONNX's defaults, where its words are used: half_pixel and round_prefer_floor.
    row(R"("nearest_mode": "round_prefer_floor", "out_size": [1, 2])", "1, 2, 3, 4", "1 3");
    row(R"("nearest_mode": "round_prefer_ceil", "out_size": [1, 2])", "1, 2, 3, 4", "2 4");
    row(R"("coordinate_transformation_mode": "tf_crop_and_resize", "out_size": [1, 2])", "1, 2",
        "coordinate_transformation_mode tf_crop_and_resize is not computed by this program.");
    row(R"("coordinate_transformation_mode": "corners", "out_size": [1, 2])", "1, 2",
        "“corners” is not a known coordinate_transformation_mode.");
    row(R"("out_size": [1, 2], "scales": [1, 2])", "1, 2",
        "scales and out_size speak of the same thing; give one of them.");
    row(R"("out_size": [1, 2], "nearest_mod": "ceil")", "1, 2",
        "resize has no argument nearest_mod; nearest_mode is its name in ONNX.");
    row(R"("out_size": [1, 2], "antialias": 1)", "1, 2",
        "antialias 1 is not computed by this program.");
    row(R"("scales": [1, 0])", "1, 2",
        "scales is 0, but must lie between 1.5258789e-05 and 65536.");
}

void TestArguments::resizingSpeaksOnnxAndPytorch() {
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, numbers);
    QFETCH(QString, wanted);
    QCOMPARE(said("resize", arguments, numbers, line_shape(numbers)), wanted);
}

void TestArguments::whatALayerDoesNotHaveIsRefused_data() {
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* layer, const char* arguments, const char* wanted) {
        QTest::addRow("%s %s", layer, arguments)
            << QByteArray(layer) << QByteArray(arguments) << QString::fromUtf8(wanted);
    };
    row("conv2d_transpose", R"("filters": 1, "kernel_size": 1, "stride": 2)",
        "Conv2DTranspose has no argument stride; strides is its name in Keras.");
    row("conv_transpose2d_torch", R"("out_channels": 1, "kernel_size": 1, "strides": 2)",
        "ConvTranspose2d has no argument strides; stride is its name in PyTorch.");
    row("upsampling2d", R"("scale_factor": 2)",
        "UpSampling2D has no argument scale_factor; size is its name in Keras.");
    row("conv2d", R"("filters": 1, "kernel_sise": 1, "kernel_size": 1)",
        "Conv2D has no argument kernel_sise; kernel_size is its name in Keras.");
    row("flatten", R"("gamma_initializer": "ones")", "Flatten has no argument gamma_initializer.");
    row("leaky_relu", R"("alpha": 0.1, "negative_slope": 0.2)",
        "LeakyReLU has no argument alpha; negative_slope is its name in Keras.");
    row("dense", R"("units": 1, "dtype": "float16")",
        "dtype float16 is not computed by this program.");
    row("dense", R"("units": 1, "dtype": "float8")", "“float8” is not a known dtype.");
}

void TestArguments::whatALayerDoesNotHaveIsRefused() {
    QFETCH(QByteArray, layer);
    QFETCH(QByteArray, arguments);
    QFETCH(QString, wanted);
    QCOMPARE(said(layer, arguments, "1", "[1, 1, 1, 1]"), wanted);
}

void TestArguments::whatChangesNothingIsTaken() {
    QCOMPARE(said("flatten", R"("name": "flat", "trainable": false, "dtype": "float32",
                  "module": "keras.layers", "build_config": {}, "registered_name": null,
                  "batch_input_shape": [null, 2], "unheard_of": null)",
                  "1, 2", "[1, 2]"),
             QStringLiteral("1 2"));
    QCOMPARE(
        said("max_pooling2d", R"("pool_size": [1, 2], "padding": "SAME")", "1, 2", "[1, 1, 2, 1]"),
        QStringLiteral("2"));
    QCOMPARE(said("dropout", R"("rate": 0.5, "noise_shape": null, "seed": 3)", "1", "[1, 1]"),
             QStringLiteral("1"));
    QCOMPARE(
        said("flatten", R"("batch_input_shape": [4, 2], "input_shape": [2])", "1, 2", "[1, 2]"),
        QStringLiteral("1 2"));
    QCOMPARE(
        said("flatten", R"("batch_input_shape": [4, 2], "input_shape": [3])", "1, 2", "[1, 2]"),
        QStringLiteral("input_shape and batch_input_shape speak of the same thing; give one "
                       "of them."));
    // Another shape than the layer says of itself is refused like any other.
    QCOMPARE(said("flatten", R"("batch_input_shape": [null, 3])", "1, 2", "[1, 2]"),
             QStringLiteral("The input has shape (2,), but (3,) is needed."));
}

void TestArguments::summariesCountWhatIsTrained() {
    const QByteArray frozen =
        R"({"class_name": "Conv2D", "filters": 16, "kernel_size": 3, "trainable": false})";
    for (const char* release : releases) {
        const QString text = summary(frozen, "[32, 32, 3]", release);
        QVERIFY2(text.contains(QRegularExpression(QStringLiteral("\nN|\n N"))), release);
        QVERIFY2(
            text.contains(QRegularExpression(QStringLiteral("(?m)^ ?Trainable params: 0( |$)"))),
            qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("Non-trainable params: 448")), qPrintable(text));
    }
    const QByteArray pooled = R"({"class_name": "GlobalAveragePooling2D", "keepdims": true},
        {"class_name": "Conv2D", "filters": 4, "kernel_size": 1})";
    QVERIFY(
        summary(pooled, "[8, 8, 4]", "keras 2.2.4").contains(QStringLiteral("(None, 1, 1, 4)")));
    QVERIFY(summary(pooled, "[8, 8, 4]", "keras 2.2.4").contains(QStringLiteral("params: 20")));
    const QByteArray normalized =
        R"({"class_name": "Dense", "units": 6}, {"class_name": "BatchNormalization", "axis": [1]})";
    const QString text = summary(normalized, "[6]", "keras 2.2.4");
    QVERIFY(text.contains(QStringLiteral("Total params: 66\n")));
    QVERIFY(text.contains(QStringLiteral("Non-trainable params: 12\n")));
    QVERIFY(summary(R"({"class_name": "PReLU"})", "[8, 8, 4]", "keras 2.2.4")
                .contains(QStringLiteral("Total params: 256\n")));
    QVERIFY(summary(R"({"class_name": "PReLU", "shared_axes": [1, 2]})", "[8, 8, 4]", "keras 2.2.4")
                .contains(QStringLiteral("Total params: 4\n")));
}

void TestArguments::summariesCountBytesByType() {
    const QByteArray half = R"({"class_name": "Dense", "units": 16, "dtype": "float16"})";
    QVERIFY(summary(half, "[16]", "keras 3.13.0, 80 columns")
                .contains(QStringLiteral("Total params: 272 (544.00 B)")));
    QVERIFY(summary(half, "[16]", "tf.keras 2.15")
                .contains(QStringLiteral("Total params: 272 (544.00 Byte)")));
    const QByteArray policy = R"({"class_name": "Dense", "units": 16, "dtype": {"module": "keras",
        "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}}})";
    QVERIFY(
        summary(policy, "[16]", "keras 3.13.0, 80 columns").contains(QStringLiteral("1.06 KB")));
}

void TestArguments::summariesShowNamesBatchesAndNone() {
    const QByteArray layers = R"({"class_name": "Conv2D", "name": "eyes", "filters": 16,
        "kernel_size": 3, "padding": "same", "batch_input_shape": [32, null, null, 3]},
        {"class_name": "Conv2D", "filters": 1, "kernel_size": 1})";
    const QString text = summary(layers, "[null, null, 3]", "tf.keras 2.6", R"(, "name": "face")");
    QVERIFY2(text.startsWith(QStringLiteral("Model: \"face\"\n")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("eyes (Conv2D)                (32, None, None, 16)")),
             qPrintable(text));
    // A name of its own takes no number away.
    QVERIFY2(text.contains(QStringLiteral("\nconv2d (Conv2D) ")), qPrintable(text));
    // Keras 2 counts characters, the table of Keras 3 the columns of a terminal.
    const QByteArray wide = R"({"class_name": "Flatten", "name": "平ら"})";
    QVERIFY(summary(wide, "[2, 2]", "keras 2.2.4")
                .contains(QStringLiteral("\n平ら (Flatten)                 (None, 4)")));
    QVERIFY(summary(wide, "[2, 2]", "keras 3.13.0, 80 columns")
                .contains(QStringLiteral("│ 平ら (Flatten)                  │")));
}

void TestArguments::aFunctionalModelListsItsInput() {
    const QByteArray layers = R"({"class_name": "InputLayer", "batch_shape": [null, 8]},
        {"class_name": "Dense", "units": 2})";
    QVERIFY(!summary(layers, "null", "tf.keras 2.6").contains(QStringLiteral("InputLayer")));
    const QByteArray functional = R"(, "class_name": "Functional")";
    QVERIFY(summary(layers, "null", "tf.keras 2.6", functional)
                .contains(QStringLiteral("input_1 (InputLayer)         [(None, 8)]")));
    QVERIFY(summary(layers, "null", "keras 3.13.0, 80 columns", functional)
                .contains(QStringLiteral("input_layer (InputLayer)        │ (None, 8) ")));
}

void TestArguments::shapesBeyondComputingAreAnswered() {
    const auto shape = [](const QByteArray& layer, const QByteArray& arguments,
                          const QByteArray& input) {
        const QJsonObject answer =
            answer_to(R"({"id": 1, "layer": ")" + layer + R"(", "args": {)" + arguments +
                      R"(}, "input": {"shape": )" + input + "}}");
        return QJsonDocument(answer[u"output"][u"shape"].toArray()).toJson(QJsonDocument::Compact);
    };
    QCOMPARE(shape("dense", R"("units": 131072)", "[1, 100]"), "[1,131072]");
    QCOMPARE(shape("upsampling2d", R"("size": 4)", "[1, 957, 267, 64]"), "[1,3828,1068,64]");
    QCOMPARE(shape("conv2d", R"("filters": 16, "kernel_size": 3, "padding": "same")",
                   "[null, null, null, 3]"),
             "[null,null,null,16]");
    QVERIFY(summary(R"({"class_name": "Conv2D", "filters": 4096, "kernel_size": 7})", "[7, 7, 512]",
                    "keras 2.2.4")
                .contains(QStringLiteral("Total params: 102,764,544")));
    QCOMPARE(said("dense", R"("units": 131072)", "1", "[1, 1]"),
             QStringLiteral("The weights lack kernel; give its numbers."));
}

void TestArguments::filesKeepWhatTheyDoNotUnderstand() {
    const QByteArray file = R"({"stridescope": 1, "layers": [{"class_name": "UpSampling2D",
        "scale_factor": 3, "module": "keras.layers"}], "input": {"shape": [1, 1, 1], "data": [1]}})";
    const auto lesson = ui::formats::read_stride(file);
    QVERIFY(lesson.has_value());
    const auto warnings = ui::formats::warnings_of(*lesson);
    QCOMPARE(warnings.size(), std::size_t{1});
    QCOMPARE(ui::words::warning_text(warnings.front()),
             QStringLiteral("Layer 1: UpSampling2D has no argument scale_factor; size is its name "
                            "in Keras. It is kept, but changes nothing here."));
    const QByteArray written = ui::formats::write_stride(*lesson);
    QVERIFY(written.contains("\"scale_factor\": 3"));
    QVERIFY(written.contains("\"module\": \"keras.layers\""));
    QVERIFY(*ui::formats::read_stride(written) == *lesson);

    // A key without a name is none of the names that an argument does not have.
    QByteArray nameless = file;
    nameless.replace("\"scale_factor\"", "\"\"");
    const auto kept = ui::formats::read_stride(nameless);
    QVERIFY(kept.has_value());
    QCOMPARE(ui::formats::warnings_of(*kept).size(), std::size_t{1});
    QVERIFY(ui::formats::write_stride(*kept).contains("\"\": 3"));
}

void TestArguments::filesKeepNamesAndTypes() {
    const QByteArray file = R"({"stridescope": 1, "name": "face", "layers": [{"class_name": "Dense",
        "name": "eyes", "units": 2, "trainable": false, "dtype": "float16",
        "batch_input_shape": [32, 1]}], "input": {"shape": [1], "data": [1]}})";
    const auto lesson = ui::formats::read_stride(file);
    QVERIFY(lesson.has_value());
    QVERIFY(ui::formats::warnings_of(*lesson).empty());
    QCOMPARE(lesson->lesson.name, std::string("face"));
    const engine::LayerConfig& config = lesson->lesson.layers.front().config;
    QCOMPARE(config.name, std::string("eyes"));
    QVERIFY(!config.trainable);
    QVERIFY(config.dtype == engine::DataType::float16);
    QVERIFY(config.batch_shape == (engine::BatchShape{32, {1}}));
    QVERIFY(*ui::formats::read_stride(ui::formats::write_stride(*lesson)) == *lesson);
    const auto run = engine::run(lesson->lesson);
    QVERIFY(!run);
    QCOMPARE(ui::words::error_text(run.error()),
             QStringLiteral("Layer 1: dtype float16 is not computed by this program."));
}

// Escape sequences and line ends would do more to a terminal than to be shown.
void TestArguments::namesArePrintedHarmless() {
    engine::Lesson lesson;
    lesson.name = "face\x1b[2J";
    lesson.layers = {{engine::Flatten{}, {}, {.name = "eyes\nTotal params: 7"}}};
    const auto shapes = engine::infer_model(lesson.layers, {2, 2});
    for (const engine::SummaryStyle style : engine::summary_styles) {
        const std::string text =
            engine::summary_text(ui::words::summary_of(lesson, shapes.geometries, style));
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(text.find("\nTotal params: 7") == std::string::npos);
    }
    QCOMPARE(lesson.layers.front().config.name, std::string("eyes\nTotal params: 7"));
}

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
