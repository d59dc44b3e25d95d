// SPDX-License-Identifier: MIT
// Models as Keras's to_json() writes them, in the words of each release; and lessons written so.
#include <algorithm>
#include <set>

#include <QTest>

#include "engine/layers/layer_definition.h"
#include "tests/fuzz/recipe.h"
#include "tests/support/damaged_json.h"
#include "ui/formats/keras_json.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/formats/stride.h"
#include "ui/words/error_text.h"

using namespace ui::formats;
using namespace engine;

namespace {

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

QString refusal(const QByteArray& json) {
    const auto opened = read_lesson(json);
    return opened ? text("read") : ui::words::error_text(opened.error());
}

OpenedLesson opened(const QByteArray& json) {
    auto file = read_lesson(json);
    if (!file) {
        qWarning("%s", qPrintable(ui::words::error_text(file.error())));
        return {};
    }
    return *file;
}

QStringList warnings(const QByteArray& json) {
    QStringList sentences;
    for (const Error& warning : opened(json).warnings)
        sentences << ui::words::warning_text(warning);
    return sentences;
}

/// "dense_1 Dense (3,)", a layer a line, after the input's shape.
QStringList outline(const Lesson& lesson) {
    const auto written = [](const Shape& shape) {
        QStringList sizes;
        for (const int size : shape.sizes()) sizes << QString::number(size);
        return sizes.join(u' ');
    };
    QStringList lines{written(lesson.input.shape())};
    const auto shapes = infer_model(lesson.layers, lesson.input.shape());
    for (std::size_t i = 0; i < shapes.geometries.size(); ++i)
        lines << QString::fromStdString(lesson.layers[i].config.name) + u' ' +
                     QString::fromStdString(class_name(lesson.layers[i].spec)) + u' ' +
                     written(shapes.geometries[i].output);
    if (shapes.error) lines << ui::words::error_text(*shapes.error);
    return lines;
}

// ---- the same little generator in the words of each release -------------------------------------

constexpr const char* keras_2_2 = R"({"class_name": "Sequential", "config": {"name": "sequential_1",
 "layers": [
 {"class_name": "Dense", "config": {"name": "dense_1", "trainable": true,
  "batch_input_shape": [null, 5], "dtype": "float32", "units": 12, "activation": "relu",
  "use_bias": true, "kernel_initializer": {"class_name": "VarianceScaling", "config":
  {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": 7}},
  "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": null,
  "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null,
  "bias_constraint": null}},
 {"class_name": "Reshape", "config": {"name": "reshape_1", "trainable": true,
  "target_shape": [2, 2, 3]}},
 {"class_name": "BatchNormalization", "config": {"name": "batch_normalization_1",
  "trainable": false, "axis": -1, "momentum": 0.99, "epsilon": 0.001, "center": true,
  "scale": true, "beta_initializer": {"class_name": "Zeros", "config": {}},
  "gamma_initializer": {"class_name": "Ones", "config": {}}}},
 {"class_name": "Conv2DTranspose", "config": {"name": "conv2d_transpose_1", "trainable": true,
  "filters": 1, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same",
  "data_format": "channels_last", "activation": "linear", "use_bias": true,
  "kernel_initializer": {"class_name": "RandomNormal", "config": {"mean": 0.0, "stddev": 0.02,
  "seed": null}}, "output_padding": null, "dilation_rate": [1, 1]}},
 {"class_name": "LeakyReLU", "config": {"name": "leaky_re_lu_1", "trainable": true,
  "alpha": 0.20000000298023224}}]},
 "keras_version": "2.2.4", "backend": "tensorflow"})";

constexpr const char* tensorflow_2_6 = R"({"class_name": "Functional", "config": {"name": "model",
 "layers": [
 {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 5], "dtype": "float32",
  "sparse": false, "ragged": false, "name": "input_1"}, "name": "input_1", "inbound_nodes": []},
 {"class_name": "Dense", "config": {"name": "dense_1", "trainable": true, "dtype": "float32",
  "units": 12, "activation": "relu", "use_bias": true, "kernel_initializer": {"class_name":
  "GlorotUniform", "config": {"seed": 7}}}, "name": "dense_1",
  "inbound_nodes": [[["input_1", 0, 0, {}]]]},
 {"class_name": "Reshape", "config": {"name": "reshape_1", "trainable": true, "dtype": "float32",
  "target_shape": [2, 2, 3]}, "name": "reshape_1", "inbound_nodes": [[["dense_1", 0, 0, {}]]]},
 {"class_name": "BatchNormalization", "config": {"name": "batch_normalization_1",
  "trainable": false, "dtype": "float32", "axis": [3], "momentum": 0.99, "epsilon": 0.001},
  "name": "batch_normalization_1",
  "inbound_nodes": [[["reshape_1", 0, 0, {"training": false}]]]},
 {"class_name": "Conv2DTranspose", "config": {"name": "conv2d_transpose_1", "trainable": true,
  "dtype": "float32", "filters": 1, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same",
  "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "linear",
  "use_bias": true, "output_padding": null}, "name": "conv2d_transpose_1",
  "inbound_nodes": [[["batch_normalization_1", 0, 0, {}]]]},
 {"class_name": "LeakyReLU", "config": {"name": "leaky_re_lu_1", "trainable": true,
  "dtype": "float32", "alpha": 0.20000000298023224}, "name": "leaky_re_lu_1",
  "inbound_nodes": [[["conv2d_transpose_1", 0, 0, {}]]]}],
 "input_layers": [["input_1", 0, 0]], "output_layers": [["leaky_re_lu_1", 0, 0]]},
 "keras_version": "2.6.0", "backend": "tensorflow"})";

constexpr const char* tensorflow_2_15 = R"({"class_name": "Sequential", "config": {
 "name": "sequential_1", "layers": [
 {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_input_shape": [null, 5],
  "dtype": "float32", "sparse": false, "ragged": false, "name": "dense_1_input"},
  "registered_name": null},
 {"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense_1", "trainable": true,
  "dtype": "float32", "batch_input_shape": [null, 5], "units": 12, "activation": "relu",
  "use_bias": true, "kernel_initializer": {"module": "keras.initializers",
  "class_name": "GlorotUniform", "config": {"seed": 7}, "registered_name": null}},
  "registered_name": null, "build_config": {"input_shape": [null, 5]}},
 {"module": "keras.layers", "class_name": "Reshape", "config": {"name": "reshape_1",
  "trainable": true, "dtype": "float32", "target_shape": [2, 2, 3]}, "registered_name": null,
  "build_config": {"input_shape": [null, 12]}},
 {"module": "keras.layers", "class_name": "BatchNormalization", "config":
  {"name": "batch_normalization_1", "trainable": false, "dtype": "float32", "axis": [3],
  "momentum": 0.99, "epsilon": 0.001, "synchronized": false}, "registered_name": null},
 {"module": "keras.layers", "class_name": "Conv2DTranspose", "config":
  {"name": "conv2d_transpose_1", "trainable": true, "dtype": "float32", "filters": 1,
  "kernel_size": [3, 3], "strides": [2, 2], "padding": "same", "data_format": "channels_last",
  "dilation_rate": [1, 1], "groups": 1, "output_padding": null}, "registered_name": null},
 {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky_re_lu_1",
  "trainable": true, "dtype": "float32", "alpha": 0.20000000298023224}, "registered_name": null}]},
 "keras_version": "2.15.0", "backend": "tensorflow"})";

constexpr const char* keras_3 = R"({"module": "keras", "class_name": "Functional", "config": {
 "name": "functional_1", "trainable": true, "layers": [
 {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 5],
  "dtype": "float32", "sparse": false, "ragged": false, "name": "input_1"},
  "registered_name": null, "name": "input_1", "inbound_nodes": []},
 {"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense_1", "trainable": true,
  "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"},
  "registered_name": null, "shared_object_id": 1}, "units": 12, "activation": "relu",
  "use_bias": true, "kernel_initializer": {"module": "keras.initializers",
  "class_name": "GlorotUniform", "config": {"seed": 7}, "registered_name": null},
  "quantization_config": null}, "registered_name": null,
  "build_config": {"input_shape": [null, 5]}, "name": "dense_1", "inbound_nodes": [{"args":
  [{"class_name": "__keras_tensor__", "config": {"shape": [null, 5], "dtype": "float32",
  "keras_history": ["input_1", 0, 0]}}], "kwargs": {}}]},
 {"module": "keras.layers", "class_name": "Reshape", "config": {"name": "reshape_1",
  "trainable": true, "dtype": "float32", "target_shape": [2, 2, 3]}, "registered_name": null,
  "name": "reshape_1", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config":
  {"shape": [null, 12], "dtype": "float32", "keras_history": ["dense_1", 0, 0]}}],
  "kwargs": {}}]},
 {"module": "keras.layers", "class_name": "BatchNormalization", "config":
  {"name": "batch_normalization_1", "trainable": false, "dtype": "float32", "axis": -1,
  "momentum": 0.99, "epsilon": 0.001, "synchronized": false}, "registered_name": null,
  "name": "batch_normalization_1", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
  "config": {"shape": [null, 2, 2, 3], "dtype": "float32", "keras_history": ["reshape_1", 0, 0]}}],
  "kwargs": {"mask": null, "training": null}}]},
 {"module": "keras.layers", "class_name": "Conv2DTranspose", "config":
  {"name": "conv2d_transpose_1", "trainable": true, "dtype": "float32", "filters": 1,
  "kernel_size": [3, 3], "strides": [2, 2], "padding": "same", "data_format": "channels_last",
  "output_padding": null, "dilation_rate": [1, 1]}, "registered_name": null,
  "name": "conv2d_transpose_1", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
  "config": {"shape": [null, 2, 2, 3], "dtype": "float32",
  "keras_history": ["batch_normalization_1", 0, 0]}}], "kwargs": {}}]},
 {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"name": "leaky_re_lu_1",
  "trainable": true, "dtype": "float32", "negative_slope": 0.2}, "registered_name": null,
  "name": "leaky_re_lu_1", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__",
  "config": {"shape": [null, 4, 4, 1], "dtype": "float32",
  "keras_history": ["conv2d_transpose_1", 0, 0]}}], "kwargs": {}}]}],
 "input_layers": ["input_1", 0, 0], "output_layers": ["leaky_re_lu_1", 0, 0]},
 "registered_name": "Functional", "build_config": {"input_shape": null},
 "compile_config": null})";

/// A Sequential of these layers.
QByteArray sequential(const QByteArray& layers) {
    return R"({"class_name": "Sequential", "config": {"name": "m", "layers": [)" + layers +
           "]}, \"keras_version\": \"2.4.0\"}";
}
/// A layer, whose first it is.
QByteArray first(const char* class_name, const QByteArray& arguments,
                 const char* shape = "[null, 4, 4, 2]") {
    return QByteArray("{\"class_name\": \"") + class_name +
           "\", \"config\": {\"name\": \"a\", \"batch_input_shape\": " + shape +
           (arguments.isEmpty() ? "" : ", ") + arguments + "}}";
}

bool is_same(const LayerSpec& a, const LayerSpec& b) { return a == b; }

}  // namespace

class TestKerasJson : public QObject {
    Q_OBJECT
private slots:
    void everyReleaseIsRead_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("functional");
        const QByteArray plain(keras_2_2);
        QTest::newRow("keras 2.2") << plain << false;
        QTest::newRow("tf 2.6") << QByteArray(tensorflow_2_6) << true;
        QTest::newRow("tf 2.15") << QByteArray(tensorflow_2_15) << false;
        QTest::newRow("keras 3") << QByteArray(keras_3) << true;
        QTest::newRow("in quotes") << json_string(plain.toStdString()) << false;
        // Up to Keras 2.2.2 the config was the list of layers.
        QByteArray list = plain;
        list.replace("{\"name\": \"sequential_1\",\n \"layers\": [", "[");
        list.replace("}}]},\n \"keras_version\"", "}}],\n \"keras_version\"");
        QTest::newRow("keras 2.1") << list << false;
    }
    void everyReleaseIsRead() {
        QFETCH(QByteArray, json);
        QFETCH(bool, functional);
        const OpenedLesson file = opened(json);
        const Lesson& lesson = file.file.lesson;
        QCOMPARE(file.warnings.size(), std::size_t{0});
        QStringList expected{text("5"),
                             text("dense_1 Dense 12"),
                             text("reshape_1 Reshape 2 2 3"),
                             text("batch_normalization_1 BatchNormalization 2 2 3"),
                             text("conv2d_transpose_1 Conv2DTranspose 4 4 1"),
                             text("leaky_re_lu_1 LeakyReLU 4 4 1")};
        if (functional) expected.insert(1, text("input_1 InputLayer 5"));
        QCOMPARE(outline(lesson), expected);
        const std::size_t at = functional ? 1 : 0;
        QVERIFY(is_same(lesson.layers[at].spec, Dense{12, ActivationKind::relu}));
        QVERIFY(lesson.layers[at].weights.recipe == (WeightRecipe{Initializer::glorot_uniform, 7}));
        QVERIFY(!lesson.layers[at + 2].config.trainable);
        Conv2DTranspose transposed{.filters = 1, .kernel_size = {3, 3}, .strides = {2, 2}};
        transposed.padding = Same{};
        QVERIFY(is_same(lesson.layers[at + 3].spec, transposed));
        QVERIFY(is_same(lesson.layers[at + 4].spec, LeakyReLU{0.2F}));
        QVERIFY(run(lesson).has_value());

        // What is written of it is the same, as each kind of file.
        const auto written = write_keras_json(file.file);
        QVERIFY(written.has_value() && written->left_out.empty());
        QVERIFY(opened(written->bytes).file == file.file);
        QVERIFY(read_stride(write_stride(file.file))->lesson == lesson);
        QVERIFY(written->bytes.contains("\"module\": \"keras\""));
    }

    void inputsAreMadeReady_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("shape");
        QTest::addColumn<QString>("warning");
        const auto row = [](const QByteArray& json, const char* shape, const char* warning = "") {
            QTest::addRow("%s", json.constData()) << json << text(shape) << text(warning);
        };
        row(sequential(first("Flatten", "")), "4 4 2");
        row(sequential(first("Flatten", "", "[32, 4, 4, 2]")), "4 4 2");
        row(sequential(first("UpSampling2D", "\"size\": [2, 2]", "[null, null, null, 3]")), "8 8 3",
            "The input has sizes that are not known (None); (8, 8, 3) is taken.");
        row(sequential(first("Cropping2D", "\"cropping\": [[9, 9], [9, 9]]", "[1, null, null, 3]")),
            "32 32 3", "The input has sizes that are not known (None); (32, 32, 3) is taken.");
        row(R"({"class_name": "Sequential", "config": {"build_input_shape": [null, 6],
               "layers": [{"class_name": "Dense", "config": {"units": 2}}]}})",
            "6");
        row(R"({"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense",
               "config": {"units": 2}, "build_config": {"input_shape": [null, 7]}}]}})",
            "7");
    }
    void inputsAreMadeReady() {
        QFETCH(QByteArray, json);
        QFETCH(QString, shape);
        QFETCH(QString, warning);
        QCOMPARE(outline(opened(json).file.lesson).front(), shape);
        QCOMPARE(warnings(json).join(u' '), warning);
        QVERIFY(opened(write_keras_json(opened(json).file)->bytes).file == opened(json).file);
    }

    void whatIsNotComputedIsRefusedByName_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* sentence, const QByteArray& json) {
            QTest::addRow("%s", sentence) << json << text(sentence);
        };
        row("Layer 2: lstm_1 (LSTM) is not computed by this program.",
            sequential(first("Flatten", "") +
                       ", {\"class_name\": \"LSTM\", \"config\": {\"name\": \"lstm_1\"}}"));
        row("Layer 1: a (DepthToSpace) is not computed by this program.",
            sequential(first("DepthToSpace", "\"block_size\": 2")));
        row("Layer 1: a (Flatten) is not computed by this program.",
            sequential(first("Flatten", "").replace("{\"class", "{\"module\": \"mine\", \"class")));
        row("“Bidirectional” is not a known class_name.",
            "{\"class_name\": \"Bidirectional\", \"config\": {}}");
        row("batch_input_shape must be given (line 1, column 1).",
            R"({"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense",
                "config": {"units": 2}}]}})");
        row("The input has a size that is not known (None); give it as a number.",
            sequential(first("Dense", "\"units\": 2", "[null, null]")));
        row("The number of layers is 0, but must be at least 1.", sequential(""));
        row("keras_version 1.2.2 is not computed by this program.",
            R"({"class_name": "Sequential", "config": [], "keras_version": "1.2.2"})");
        row("config.layers[0].config.data_format channels_first is not computed by this program.",
            sequential(first("Flatten", "\"data_format\": \"channels_first\"")));
        row("Layer 4: “batch_normalization_1” breaks the chain: only models are computed in which "
            "every layer takes what the one before it makes, and is used once.",
            QByteArray(tensorflow_2_6)
                .replace("[[[\"reshape_1\", 0, 0, {\"training\": false}]]]",
                         "[[[\"reshape_1\", 0, 0, {}], [\"dense_1\", 0, 0, {}]]]"));
        row("output_layers has 2 layers, but must have one: only models that are one chain of "
            "layers are computed.",
            QByteArray(tensorflow_2_6)
                .replace("[[\"leaky_re_lu_1\", 0, 0]]",
                         "[[\"leaky_re_lu_1\", 0, 0], [\"dense_1\", 0, 0]]"));
        row("batch_normalization_1 training=True is not computed by this program.",
            QByteArray(tensorflow_2_6).replace("\"training\": false", "\"training\": true"));
    }
    void whatIsNotComputedIsRefusedByName() {
        QFETCH(QByteArray, json);
        QFETCH(QString, sentence);
        QCOMPARE(refusal(json), sentence);
    }

    void whatIsReadOtherwiseIsSaid() {
        const QByteArray unknown =
            sequential(first("UpSampling2D", "\"scale_factor\": 3, \"size\": 2"));
        QCOMPARE(
            warnings(unknown),
            QStringList(text("Layer 1: UpSampling2D has no argument scale_factor; size is its name "
                             "in Keras. It is kept, but changes nothing here.")));
        QVERIFY(write_keras_json(opened(unknown).file)->bytes.contains("\"scale_factor\": 3"));
        const QByteArray inner = R"({"class_name": "Sequential", "config": {"name": "inner",
            "trainable": false, "layers": [{"class_name": "InputLayer", "config":
            {"batch_input_shape": [null, 32]}}, {"class_name": "Dense", "config":
            {"name": "d", "units": 2, "batch_input_shape": [null, 32]}}]}})";
        const QByteArray nested = sequential(first("Flatten", "") + ", " + inner);
        QCOMPARE(warnings(nested), QStringList(text("Layer 2: “inner” is a model inside the model; "
                                                    "its layers stand in its place.")));
        QCOMPARE(outline(opened(nested).file.lesson),
                 QStringList({text("4 4 2"), text("a Flatten 32"), text("d Dense 2")}));
        QVERIFY(!opened(nested).file.lesson.layers[1].config.trainable);
        QByteArray other = keras_3;
        other.replace("\"activation\": \"relu\"", "\"activation\": \"hard_sigmoid\"");
        QCOMPARE(warnings(other), QStringList(text("Layer 2: hard_sigmoid is computed as in Keras "
                                                   "2; other releases have other numbers.")));
    }

    // Any layer of the table that Keras has, with any arguments, comes back as it was.
    void lessonsComeBack() {
        std::mt19937 random(11);
        int written_ones = 0;
        std::set<std::string> classes;
        for (int round = 0; round < 3000; ++round) {
            std::array<std::uint8_t, 64> bytes{};
            for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
            fuzz::Recipe recipe(bytes);
            LessonFile file;
            file.lesson.name = file.lesson.title = "model_" + std::to_string(round);
            file.lesson.input = ready_input({4, 4, 4});
            const int count = 1 + recipe.below(3);
            for (int i = 0; i < count; ++i) {
                Layer layer{fuzz::read_layer(recipe), {}, {}};
                layer.config.name = "layer_" + std::to_string(i);
                layer.config.trainable = recipe.yes();
                layer.config.dtype = static_cast<DataType>(recipe.below(6));
                layer.weights.recipe->seed = static_cast<std::uint64_t>(recipe.below(200));
                const auto& tensors = definition_of(layer.spec).tensors;
                if (std::ranges::find(tensors, "kernel") == tensors.end()) layer.weights = {};
                file.lesson.layers.push_back(std::move(layer));
            }
            const auto written = write_keras_json(file);
            if (!written) {
                const QString why = ui::words::error_text(written.error());
                const bool says_why = written.error().code == ErrorCode::not_in_dialect ||
                                      written.error().code == ErrorCode::strides_with_dilation;
                // A shape that no list can hold is nothing to be read.
                QVERIFY2(says_why || written.error().subject.ends_with("target_shape"),
                         qPrintable(why));
                continue;
            }
            ++written_ones;
            QVERIFY(written->left_out.empty());
            const auto read = read_lesson(written->bytes);
            QVERIFY2(read.has_value(), written->bytes.constData());
            QVERIFY2(read->file.lesson == file.lesson, written->bytes.constData());
            for (const Layer& layer : file.lesson.layers) classes.insert(class_name(layer.spec));
        }
        QVERIFY(written_ones > 500);
        std::size_t in_keras = 0;
        for (const LayerDefinition* definition : layer_definitions())
            if (definition->is_in_keras) ++in_keras;
        QCOMPARE(classes.size(), in_keras);
    }

    void whatKerasCannotHoldIsSaid() {
        LessonFile file = *shipped_lesson(text("readers_puzzle"));
        const auto parts = [&file] {
            QStringList names;
            const auto written = write_keras_json(file);
            for (const Error& part : written->left_out) names << ui::words::error_text(part);
            return names;
        };
        file.lesson.input = ready_input(file.lesson.input.shape());
        file.lesson.layers[0].weights = {};
        file.lesson.notes.clear();
        file.lesson.name = file.lesson.title;
        QCOMPARE(parts(), QStringList());
        file.lesson.title = "another";
        file.lesson.notes = "notes";
        file.lesson.input = one_hot_input({2, 2, 1});
        file.lesson.layers[0].weights.recipe->initializer = Initializer::sobel;
        QCOMPARE(parts(),
                 QStringList({text("The file cannot hold this: the title."),
                              text("The file cannot hold this: the notes."),
                              text("The file cannot hold this: the numbers of the input."),
                              text("The file cannot hold this: the weights of layer 1.")}));
        auto& layer = std::get<Conv2DTranspose>(file.lesson.layers[0].spec);
        layer.padding = Explicit{{1, 1}};
        QCOMPARE(ui::words::error_text(write_keras_json(file).error()),
                 text("Layer 1: Keras cannot say this padding of Conv2DTranspose."));
        file.lesson.layers[0].spec = DepthToSpace{};
        QCOMPARE(ui::words::error_text(write_keras_json(file).error()),
                 text("Layer 1: Keras has no layer DepthToSpace."));
        // Two layers of one name are two layers.
        file.lesson.layers = {{Flatten{}, {}, {.name = "a"}}, {Dropout{}, {}, {.name = "a"}}};
        QVERIFY(parts().contains(text("The file cannot hold this: name of layer 2.")));
        file.lesson.layers.clear();
        QVERIFY(!write_keras_json(file));
    }

    void damagedFilesAreRefusedOrRead() {
        std::mt19937 random(5);
        for (int round = 0; round < 2000; ++round) {
            const std::array sources{keras_2_2, tensorflow_2_6, tensorflow_2_15, keras_3};
            const QByteArray json =
                support::damaged(sources[static_cast<std::size_t>(round) % sources.size()], random);
            const auto file = read_lesson(json);
            if (!file) {
                QVERIFY(ui::words::error_text(file.error()).endsWith(u'.'));
                continue;
            }
            const auto written = write_keras_json(file->file);
            if (!written) continue;
            const auto again = read_lesson(written->bytes);
            QVERIFY2(again.has_value(), json.constData());
            if (written->left_out.empty()) QVERIFY2(again->file == file->file, json.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestKerasJson)
#include "tst_keras_json.moc"
