// SPDX-License-Identifier: MIT
// The shape rule of ONNX's ConvTranspose: its text worked by hand, then against ONNX Runtime.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "engine/frameworks/dialect.h"

using namespace engine;

namespace {

/// One axis; the other is one cell under a 1 × 1 window, which every rule leaves alone.
OnnxConvTranspose rows_only(int kernel, int stride, int dilation = 1) {
    return {.kernel_shape = {kernel, 1}, .strides = {stride, 1}, .dilations = {dilation, 1}};
}

/// "out 6 cut 0 1"
QByteArray sizes(const OnnxConvTranspose& layer, int in) {
    const auto geometry = infer(layer, {in, 1, 1});
    if (!geometry) return code_name(geometry.error().code);
    const Axis& axis = geometry->rows;
    return QStringLiteral("out %1 cut %2 %3")
        .arg(axis.out)
        .arg(axis.crop_before)
        .arg(axis.crop_after)
        .toLatin1();
}

QByteArray sizes(OnnxConvTranspose layer, AutoPad auto_pad, int in) {
    layer.auto_pad = auto_pad;
    return sizes(layer, in);
}

AutoPad auto_pad_named(const QString& mode) {
    if (mode == QStringLiteral("SAME_UPPER")) return AutoPad::same_upper;
    if (mode == QStringLiteral("SAME_LOWER")) return AutoPad::same_lower;
    if (mode == QStringLiteral("VALID")) return AutoPad::valid;
    return AutoPad::notset;
}

}  // namespace

class OnnxTest : public QObject {
    Q_OBJECT
private slots:
    void padsCutBothEnds() {
        OnnxConvTranspose layer = rows_only(3, 2);  // full = 2 * 2 + 3 = 7
        QCOMPARE(sizes(layer, 3), "out 7 cut 0 0");
        layer.pads = {1, 2, 0, 0};
        QCOMPARE(sizes(layer, 3), "out 4 cut 1 2");
        layer.output_padding = {1, 0};
        QCOMPARE(sizes(layer, 3), "out 5 cut 1 1");
        layer.pads = {};
        QCOMPARE(sizes(layer, 3), "out 8 cut 0 -1");
        // Order of edges: columns are cut by left and right alone.
        layer.pads = {0, 0, 0, 1};
        layer.strides = {2, 3};
        QCOMPARE(infer(layer, {3, 4, 1})->columns.out, 9);
    }

    void autoPadSplitsWhatIsTooMuch() {
        const OnnxConvTranspose k3 = rows_only(3, 2);  // one too many
        QCOMPARE(sizes(k3, AutoPad::valid, 3), "out 7 cut 0 0");
        QCOMPARE(sizes(k3, AutoPad::same_upper, 3), "out 6 cut 0 1");
        QCOMPARE(sizes(k3, AutoPad::same_lower, 3), "out 6 cut 1 0");
        const OnnxConvTranspose k5 = rows_only(5, 2);  // three too many
        QCOMPARE(sizes(k5, AutoPad::same_upper, 3), "out 6 cut 1 2");
        QCOMPARE(sizes(k5, AutoPad::same_lower, 3), "out 6 cut 2 1");
        // Too little is made up for at the end.
        QCOMPARE(sizes(rows_only(1, 3), AutoPad::same_upper, 3), "out 9 cut 0 -2");
        QCOMPARE(sizes(rows_only(1, 3), AutoPad::same_lower, 3), "out 9 cut 0 -2");
    }

    void outputShapeCutsTheOddCellFirst() {
        OnnxConvTranspose layer = rows_only(5, 2);  // full = 9
        layer.output_shape = Size2D{6, 1};
        QCOMPARE(sizes(layer, 3), "out 6 cut 2 1");
        QCOMPARE(sizes(layer, AutoPad::same_lower, 3), "out 6 cut 2 1");
        QCOMPARE(sizes(layer, AutoPad::same_upper, 3), "out 6 cut 1 2");
        layer.pads = {4, 4, 0, 0};  // not read
        QCOMPARE(sizes(layer, 3), "out 6 cut 2 1");
        layer.output_shape = Size2D{11, 1};
        QCOMPARE(sizes(layer, 3), "out 11 cut 0 -2");
    }

    void sameUpperIsKerassSame() {
        for (int in = 1; in <= 4; ++in)
            for (int kernel = 1; kernel <= 7; ++kernel)
                for (int stride = 1; stride <= 4; ++stride) {
                    OnnxConvTranspose onnx = rows_only(kernel, stride);
                    onnx.auto_pad = AutoPad::same_upper;
                    Conv2DTranspose keras;
                    keras.kernel_size = onnx.kernel_shape;
                    keras.strides = onnx.strides;
                    keras.padding = Same{};
                    QCOMPARE(*infer(onnx, {in, 1, 1}), *infer(keras, {in, 1, 1}));
                }
    }

    void mistakes() {
        const auto mistake = [](const OnnxConvTranspose& layer) {
            const auto geometry = infer(layer, {3, 3, 2});
            return geometry ? std::string() : geometry.error().subject;
        };
        OnnxConvTranspose layer;
        layer.pads = {0, 0, -1, 0};
        QCOMPARE(mistake(layer), std::string("pads"));
        layer.pads = {2, 1, 0, 0};  // 3 cells, 3 cut
        QCOMPARE(mistake(layer), std::string("pads"));
        layer.pads = {};
        layer.output_shape = Size2D{0, 1};
        QCOMPARE(mistake(layer), std::string("output_shape"));
        layer.output_shape = Size2D{1 << 30, 1 << 30};
        QCOMPARE(mistake(layer), std::string("output"));
        layer.output_shape.reset();
        layer.output_padding = {0, 1};
        QCOMPARE(mistake(layer), std::string("output_padding"));
        layer.output_padding = {};
        layer.kernel_shape = {0, 1};
        QVERIFY(!mistake(layer).empty());
        layer.kernel_shape = {1, 1};
        layer.group = 3;
        QVERIFY(!mistake(layer).empty());
    }

    // Rows made by ONNX Runtime 1.30. Where it departs from ONNX's text, the text is right:
    //   refuses      output_padding >= strides, which the text allows below dilations
    //   no promise   SAME_* with extent < strides: (in - 1) * strides + extent, not in * strides
    void everyRowOfOnnxRuntime() {
        QFile file(QStringLiteral(TESTS_DIR "/vectors/shapes.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject onnx =
            QJsonDocument::fromJson(file.readAll()).object()[u"onnx"].toObject();
        QHash<QString, int> column;
        for (const QJsonValue& name : onnx[u"columns"].toArray())
            column.insert(name.toString(), static_cast<int>(column.size()));
        int agreed = 0;
        int refused = 0;
        int broke_promise = 0;
        for (const QJsonValue& row : onnx[u"rows"].toArray()) {
            const auto cell = [&](const char* name) { return row[column[QLatin1String(name)]]; };
            const int in = cell("input").toInt();
            const int stride = cell("stride").toInt();
            const int dilation = cell("dilation").toInt();
            const QString mode = cell("mode").toString();
            OnnxConvTranspose layer = rows_only(cell("kernel").toInt(), stride, dilation);
            layer.auto_pad = auto_pad_named(mode);
            layer.pads = {cell("pad_begin").toInt(), cell("pad_end").toInt(), 0, 0};
            layer.output_padding = {cell("output_padding").toInt(), 0};
            if (cell("output_shape").isDouble())
                layer.output_shape = Size2D{cell("output_shape").toInt(), 1};

            const QByteArray text = QJsonDocument(row.toArray()).toJson(QJsonDocument::Compact);
            const auto geometry = infer(layer, {in, 1, 1});
            QVERIFY2(geometry.has_value(), text.constData());
            const Axis& axis = geometry->rows;
            if (cell("onnxruntime").toString() == QStringLiteral("refused")) {
                QVERIFY2(layer.output_padding.height >= stride, text.constData());
                QVERIFY2(layer.output_padding.height < dilation, text.constData());
                // "strides * (in - 1) + output_padding + extent - pads_begin - pads_end"
                QCOMPARE(axis.out, stride * (in - 1) + layer.output_padding.height + axis.extent -
                                       layer.pads.top - layer.pads.bottom);
                ++refused;
            } else if (mode.startsWith(QStringLiteral("SAME")) && axis.extent < stride) {
                QCOMPARE(cell("output").toInt(), (in - 1) * stride + axis.extent);
                QCOMPARE(axis.out, in * stride);
                ++broke_promise;
            } else {
                QVERIFY2(axis.out == cell("output").toInt(), text.constData());
                ++agreed;
            }

            // The same axis in PyTorch's words, by hand work included, and by pads.
            bool pytorch = false;
            for (const DialectRow& other : dialects(layer, *geometry)) {
                if (other.agreement != Agreement::same) continue;
                const Axis rows = infer(other.spec, {in, 1, 1})->rows;
                const Edges& cut = other.cut_after;
                QVERIFY2(rows.out - cut.top - cut.bottom == axis.out, text.constData());
                QVERIFY2(rows.crop_before + cut.top == axis.crop_before, text.constData());
                pytorch = pytorch || other.framework == Framework::pytorch;
            }
            QVERIFY2(pytorch, text.constData());
            QVERIFY2(*infer(in_onnx(uncut_layer(layer), *geometry), {in, 1, 1}) == *geometry,
                     text.constData());
        }
        QCOMPARE(refused, 59);
        QCOMPARE(broke_promise, 81);
        QCOMPARE(agreed, 1192);
    }
};

QTEST_GUILESS_MAIN(OnnxTest)
#include "tst_onnx.moc"
