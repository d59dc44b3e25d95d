// SPDX-License-Identifier: MIT
// Shapes through a model, and summaries to the character.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "engine/models/summary.h"
#include "tests/support/tensor_text.h"

using namespace engine;

namespace {

const std::vector<Layer> generator{
    {Dense{.units = 3200}, {}},
    {Reshape{{5, 5, 128}}, {}},
    {Conv2DTranspose{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}}, {}},
};

Size2D extent_of(const QJsonValue& value) {
    if (!value.isArray()) return {1, 1};
    return {value[0].toInt(), value[1].toInt()};
}

Shape shape_of(const QJsonValue& value) {
    std::vector<int> sizes;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& size : array) sizes.push_back(size.toInt());
    return Shape(sizes);
}

/// Only what vectors file 13 uses.
LayerSpec layer_of(const QJsonObject& json) {
    const QString name = json[QLatin1String("class_name")].toString();
    const bool use_bias = json[QLatin1String("use_bias")].toBool(true);
    const auto convolution = [&](auto layer) {
        layer.filters = json[QLatin1String("filters")].toInt();
        layer.kernel_size = extent_of(json[QLatin1String("kernel_size")]);
        layer.strides = extent_of(json[QLatin1String("strides")]);
        layer.use_bias = use_bias;
        if (json[QLatin1String("padding")] == QLatin1String("same")) layer.padding = Same{};
        return layer;
    };
    if (name == QLatin1String("UpSampling2D")) {
        return UpSampling2D{.size = extent_of(json[QLatin1String("size")])};
    }
    if (name == QLatin1String("Conv2DTranspose")) return convolution(Conv2DTranspose{});
    if (name == QLatin1String("Conv2D")) return convolution(Conv2D{});
    if (name == QLatin1String("Dense")) {
        return Dense{.units = json[QLatin1String("units")].toInt(), .use_bias = use_bias};
    }
    if (name == QLatin1String("Reshape")) {
        return Reshape{shape_of(json[QLatin1String("target_shape")])};
    }
    if (name == QLatin1String("BatchNormalization")) return BatchNormalization{};
    if (name == QLatin1String("LeakyReLU")) return LeakyReLU{};
    if (name == QLatin1String("Activation")) return Activation{ActivationKind::tanh};
    qFatal("no such layer: %s", qPrintable(name));
    return {};
}

QByteArray torchinfo(const std::vector<Layer>& layers, const Shape& input) {
    const ModelShapes shapes = infer_model(layers, input);
    return QByteArray::fromStdString(
        summary_text(summarize(layers, shapes.geometries, SummaryStyle::torchinfo)));
}

std::string auto_name(const LayerSpec& spec) {
    const std::vector<Layer> layers{{spec, {}}};
    const ModelShapes shapes = infer_model(layers, {4, 4, 1});
    return summarize(layers, shapes.geometries).rows[0].name;
}

}  // namespace

class ModelTest : public QObject {
    Q_OBJECT
private slots:
    void the_tutorials_generator() {
        const ModelShapes shapes = infer_model(generator, {100});
        QVERIFY(!shapes.error);
        QCOMPARE(shapes.geometries[0].output, Shape({3200}));
        QCOMPARE(shapes.geometries[1].output, Shape({5, 5, 128}));
        QCOMPARE(shapes.geometries[2].output, Shape({10, 10, 1}));
        const Summary summary = summarize(generator, shapes.geometries);
        QCOMPARE(summary.rows[0].parameters, 323200);
        QCOMPARE(summary.rows[1].parameters, 0);
        QCOMPARE(summary.rows[2].parameters, 1153);
        QCOMPARE(summary.total, 324353);
        QCOMPARE(summary.trainable, 324353);
        QCOMPARE(summary.non_trainable, 0);
        QCOMPARE(QByteArray::fromStdString(summary_text(summary)),
                 "_________________________________________________________________\n"
                 "Layer (type)                 Output Shape              Param #   \n"
                 "=================================================================\n"
                 "dense_1 (Dense)              (None, 3200)              323200    \n"
                 "_________________________________________________________________\n"
                 "reshape_1 (Reshape)          (None, 5, 5, 128)         0         \n"
                 "_________________________________________________________________\n"
                 "conv2d_transpose_1 (Conv2DTr (None, 10, 10, 1)         1153      \n"
                 "=================================================================\n"
                 "Total params: 324,353\n"
                 "Trainable params: 324,353\n"
                 "Non-trainable params: 0\n"
                 "_________________________________________________________________\n");
    }

    void summaries_data() {
        QTest::addColumn<QJsonObject>("model");
        QFile file(QStringLiteral(TESTS_DIR "/vectors/13_model_summary.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases =
            QJsonDocument::fromJson(file.readAll())[QLatin1String("cases")].toArray();
        QCOMPARE(cases.size(), 6);
        for (const QJsonValue& model : cases) {
            QTest::newRow(qPrintable(model[QLatin1String("id")].toString())) << model.toObject();
        }
    }
    void summaries() {
        QFETCH(QJsonObject, model);
        std::vector<Layer> layers;
        const QJsonArray listed = model[QLatin1String("layers")].toArray();
        for (const QJsonValue& layer : listed) layers.push_back({layer_of(layer.toObject()), {}});
        const ModelShapes shapes =
            infer_model(layers, shape_of(model[QLatin1String("input_shape")]));
        QVERIFY(!shapes.error);
        const QJsonObject texts = model[QLatin1String("texts")].toObject();
        const auto text = [&](SummaryStyle style, int columns = 80) {
            return QString::fromStdString(
                summary_text(summarize(layers, shapes.geometries, style), {columns}));
        };
        QCOMPARE(text(SummaryStyle::keras_2_2), texts[u"keras 2.2.4"].toString());
        QCOMPARE(text(SummaryStyle::keras_2_3), texts[u"keras 2.3.1"].toString());
        QCOMPARE(text(SummaryStyle::tf_2_6), texts[u"tf.keras 2.6"].toString());
        QCOMPARE(text(SummaryStyle::tf_2_11), texts[u"tf.keras 2.11"].toString());
        QCOMPARE(text(SummaryStyle::tf_2_15), texts[u"tf.keras 2.15"].toString());
        for (const int columns : {60, 80, 100})
            QCOMPARE(text(SummaryStyle::keras_3, columns),
                     texts[QStringLiteral("keras 3.13.0, %1 columns").arg(columns)].toString());
        QCOMPARE(text(SummaryStyle::keras_3, 1000), text(SummaryStyle::keras_3, 92));
    }

    // torchinfo's text of the tutorial's generators, by its rules. PyTorch cannot cut 11 × 11 to
    // the first 10 × 10 within ConvTranspose2d.
    //   mult-adds          323,200 + 1,153 * 11 * 11 = 462,713
    //   twice the outputs  (3,200 + 121) * 8 bytes
    //   parameters         324,353 * 4 = 1,297,412 bytes
    //   in all             1,324,380 bytes, with 400 of input
    void torchinfo_of_the_tutorials_generator() {
        const QByteArray rule = QByteArray(90, '=') + '\n';
        const QByteArray head =
            rule + "Layer (type:depth-idx)                   Output Shape              Param #\n" +
            rule;
        const QByteArray totals = rule +
                                  "Total params: 324,353\n"
                                  "Trainable params: 324,353\n"
                                  "Non-trainable params: 0\n";
        const QByteArray sizes = rule +
                                 "Input size (MB): 0.00\n"
                                 "Forward/backward pass size (MB): 0.03\n"
                                 "Params size (MB): 1.30\n"
                                 "Estimated Total Size (MB): 1.32\n" +
                                 rule;
        QCOMPARE(torchinfo(generator, {100}),
                 head +
                     "Sequential                               [1, 1, 10, 10]            --\n"
                     "├─Linear: 1-1                            [1, 3200]                 323,200\n"
                     "├─Unflatten: 1-2                         [1, 128, 5, 5]            --\n"
                     "├─ConvTranspose2d: 1-3                   [1, 1, 11, 11]            1,153\n"
                     "├─ZeroPad2d: 1-4                         [1, 1, 10, 10]            --\n" +
                     totals + "Total mult-adds (M): 0.46\n" + sizes);

        std::vector<Layer> upsampling(generator.begin(), generator.begin() + 2);
        upsampling.push_back({UpSampling2D{}, {}});
        upsampling.push_back({Conv2D{.kernel_size = {3, 3}, .padding = Same{}}, {}});
        QCOMPARE(torchinfo(upsampling, {100}),
                 head +
                     "Sequential                               [1, 1, 10, 10]            --\n"
                     "├─Linear: 1-1                            [1, 3200]                 323,200\n"
                     "├─Unflatten: 1-2                         [1, 128, 5, 5]            --\n"
                     "├─Upsample: 1-3                          [1, 128, 10, 10]          --\n"
                     "├─Conv2d: 1-4                            [1, 1, 10, 10]            1,153\n" +
                     totals + "Total mult-adds (M): 0.44\n" + sizes);
    }

    void torchinfo_modules() {
        const auto modules = [](const std::vector<Layer>& layers, const Shape& input) {
            const ModelShapes shapes = infer_model(layers, input);
            const Summary summary = summarize(layers, shapes.geometries, SummaryStyle::torchinfo);
            QStringList names;
            for (const SummaryRow& row : summary.rows)
                names << QStringLiteral("%1 %2 %3")
                             .arg(QString::fromStdString(row.type),
                                  QString::fromStdString(keras_shape(row.output)))
                             .arg(row.parameters);
            return names.join(QStringLiteral("; ")).remove(QStringLiteral("None, "));
        };
        Conv2DTranspose even{.kernel_size = {4, 4}, .strides = {2, 2}, .padding = Same{}};
        even.activation = ActivationKind::tanh;
        QCOMPARE(modules({{even, {}}}, {4, 4, 3}),
                 QStringLiteral("ConvTranspose2d (8, 8, 1) 49; Tanh (8, 8, 1) 0"));
        const Conv2D odd{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}};
        QCOMPARE(modules({{odd, {}}}, {6, 6, 1}),
                 QStringLiteral("ZeroPad2d (7, 7, 1) 0; Conv2d (3, 3, 1) 10"));
        // Moving mean and variance are no parameters in PyTorch.
        QCOMPARE(modules({{BatchNormalization{}, {}}, {Dropout{}, {}}}, {4, 4, 3}),
                 QStringLiteral("BatchNorm2d (4, 4, 3) 6; Dropout (4, 4, 3) 0"));
        QCOMPARE(modules({{BatchNormalization{}, {}}}, {7}), QStringLiteral("BatchNorm1d (7) 14"));
        QCOMPARE(modules({{GlobalPooling2D{}, {}}}, {4, 4, 3}),
                 QStringLiteral("AdaptiveAvgPool2d (1, 1, 3) 0; Flatten (3) 0"));
        QCOMPARE(modules({{Reshape{{2, 8}}, {}}, {Dense{.units = 3}, {}}}, {4, 4, 1}),
                 QStringLiteral("Flatten (16) 0; Unflatten (2, 8) 0; Conv1d (2, 3) 27"));
        QCOMPARE(modules({{Dense{.units = 2}, {}}}, {4, 4, 3}),
                 QStringLiteral("Conv2d (4, 4, 2) 8"));
        QCOMPARE(modules({{Cropping2D{{0, 1, 0, 1}}, {}}, {Pooling2D{}, {}}}, {5, 5, 1}),
                 QStringLiteral("ZeroPad2d (4, 4, 1) 0; MaxPool2d (2, 2, 1) 0"));
        QCOMPARE(modules({{UpSampling2D{{2, 2}, Interpolation::lanczos3}, {}}}, {2, 2, 1}),
                 QStringLiteral("UpSampling2D (4, 4, 1) 0"));
    }

    /// 2,000,000 products are 2 million, not 2.00; a thousand million are a G.
    void torchinfo_counts_in_large_units() {
        const auto line = [](int units, const Shape& input) {
            const std::vector<Layer> layers{{Dense{.units = units, .use_bias = false}, {}}};
            const QByteArray text = torchinfo(layers, input);
            const qsizetype begin = text.indexOf("Total mult-adds");
            return text.mid(begin, text.indexOf('\n', begin) - begin);
        };
        QCOMPARE(line(2000, {1000}), "Total mult-adds (M): 2");
        QCOMPARE(line(5, {1001}), "Total mult-adds (M): 0.01");
        QCOMPARE(line(1000, {1500}), "Total mult-adds (M): 1.50");
        QCOMPARE(line(1000, {32, 32, 1500}), "Total mult-adds (G): 1.54");
        QCOMPARE(line(1000, {1000, 3000}), "Total mult-adds (G): 3");
        QCOMPARE(torchinfo({{ReLU{}, {}}}, {3}).count("--\n"), 2);
    }

    void an_impossible_join_names_its_layer() {
        std::vector<Layer> layers = generator;
        layers[1].spec = Reshape{{5, 5, 64}};
        const ModelShapes shapes = infer_model(layers, {100});
        QCOMPARE(shapes.geometries.size(), std::size_t{1});
        QVERIFY(shapes.error);
        QCOMPARE(support::text_of(*shapes.error),
                 "size_mismatch target_shape given 1600 limit 3200 layer 1");
        layers.erase(layers.begin() + 1);
        QCOMPARE(support::text_of(*infer_model(layers, {100}).error),
                 "rank_mismatch input given 1 limit 3 layer 1");
    }

    void a_model_without_layers_is_no_mistake() {
        const ModelShapes shapes = infer_model({}, {100});
        QVERIFY(!shapes.error);
        QVERIFY(shapes.geometries.empty());
        QCOMPARE(summarize({}, {}).total, 0);
        for (const SummaryStyle style : summary_styles)
            QVERIFY(!summary_text(summarize({}, {}, style)).empty());
    }

    void auto_names_are_keras_snake_case() {
        QCOMPARE(auto_name(UpSampling2D{}), std::string("up_sampling2d_1"));
        QCOMPARE(auto_name(Conv2DTranspose{}), std::string("conv2d_transpose_1"));
        QCOMPARE(auto_name(LeakyReLU{}), std::string("leaky_re_lu_1"));
        QCOMPARE(auto_name(ReLU{}), std::string("re_lu_1"));
        QCOMPARE(auto_name(BatchNormalization{}), std::string("batch_normalization_1"));
        QCOMPARE(auto_name(Pooling2D{}), std::string("max_pooling2d_1"));
        QCOMPARE(auto_name(GlobalPooling2D{}), std::string("global_average_pooling2d_1"));
        QCOMPARE(auto_name(ZeroPadding2D{}), std::string("zero_padding2d_1"));
        QCOMPARE(auto_name(Cropping2D{}), std::string("cropping2d_1"));
    }

    /// Every line of the table is as wide as the others, on any terminal.
    void tables_fit_their_terminal() {
        const ModelShapes shapes = infer_model(generator, {100});
        const Summary summary = summarize(generator, shapes.geometries, SummaryStyle::keras_3);
        for (int columns = TerminalColumns::least; columns <= 120; ++columns) {
            const auto lines =
                QString::fromStdString(summary_text(summary, {columns})).split(u'\n');
            for (const QString& line : lines)
                if (line.startsWith(u'│') || line.startsWith(u'┏') || line.startsWith(u'├'))
                    QCOMPARE(line.size(), std::min(columns - 4, 88));
        }
    }

    void memory() {
        QCOMPARE(memory_text(0, "B"), std::string("0.00 B"));
        QCOMPARE(memory_text(1020, "Byte"), std::string("1020.00 Byte"));
        QCOMPARE(memory_text(1024, "B"), std::string("1.00 KB"));
        QCOMPARE(memory_text(4 * 324353, "B"), std::string("1.24 MB"));
        QCOMPARE(memory_text(std::int64_t{1} << 30, "B"), std::string("1.00 GB"));
    }

    void names_read_back_in_any_case() {
        for (int i = 0; i <= static_cast<int>(ActivationKind::exponential); ++i) {
            const auto kind = static_cast<ActivationKind>(i);
            QVERIFY(!name_of(kind).empty());
            QVERIFY(activation_named(name_of(kind)) == kind);
        }
        for (int i = 0; i <= static_cast<int>(Interpolation::area); ++i) {
            const auto kind = static_cast<Interpolation>(i);
            QVERIFY(!name_of(kind).empty());
            QVERIFY(interpolation_named(name_of(kind)) == kind);
        }
        QVERIFY(activation_named("ReLU") == ActivationKind::relu);
        QVERIFY(interpolation_named("Bilinear") == Interpolation::bilinear);
        QVERIFY(!activation_named("rel"));
    }

    void shapes_and_numbers_as_keras_prints_them() {
        QCOMPARE(keras_shape({3200}), std::string("(None, 3200)"));
        QCOMPARE(keras_shape({5, 5, 128}), std::string("(None, 5, 5, 128)"));
        QCOMPARE(with_thousands(0), std::string("0"));
        QCOMPARE(with_thousands(999), std::string("999"));
        QCOMPARE(with_thousands(1153), std::string("1,153"));
        QCOMPARE(with_thousands(15310339), std::string("15,310,339"));
        QCOMPARE(with_thousands(-1234), std::string("-1,234"));
        QCOMPARE(with_thousands(-123), std::string("-123"));
    }
};

QTEST_GUILESS_MAIN(ModelTest)
#include "tst_model.moc"
