// SPDX-License-Identifier: MIT
// The table of layers: what every row promises, and the layers that are small enough to be checked
// by hand.
#include <cmath>
#include <numeric>
#include <set>

#include <QTest>

#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/trace.h"
#include "engine/models/forward.h"
#include "tests/support/tensor_text.h"

using namespace engine;

namespace {

Tensor row(std::vector<float> values) {
    const auto count = static_cast<int>(values.size());
    return {Shape({count}), std::move(values)};
}

Tensor output_of(const LayerSpec& spec, const Tensor& input, const Weights& weights = {}) {
    const Result<Geometry> geometry = infer(spec, input.shape());
    if (!geometry) qFatal("%s", support::text_of(geometry.error()).constData());
    return *forward(spec, *geometry, weights, input);
}

/// 0, 1, 2, …
Tensor counting_numbers(const Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    std::iota(values.begin(), values.end(), 0.0F);
    return {shape, std::move(values)};
}

QByteArray mistake(const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    return geometry ? "none" : support::text_of(geometry.error());
}

}  // namespace

class TestLayers : public QObject {
    Q_OBJECT
private slots:
    void relu_with_its_arguments();
    void elu_prelu_and_softmax();
    void silu_and_mish();
    void pooling_globally_may_keep_its_axes();
    void normalization_names_its_axis_by_number();
    void depth_becomes_space();
    void depth_to_space_as_onnx_defines_it();
    void large_blocks_are_not_played();
    void every_row_is_found_by_each_of_its_names();
    void every_example_fits_something();
    void every_argument_is_put_and_read_back();
    void names_of_other_frameworks_are_known();
    void what_changes_nothing_is_known();
};

// TensorFlow's code compares x > threshold, its page says >=; the code decides.
void TestLayers::relu_with_its_arguments() {
    const Tensor sloped =
        output_of(ReLU{.negative_slope = 0.1F}, row({0.015924F, -0.0205F, -0.07421F}));
    QCOMPARE(sloped.at(0), 0.015924F);
    QVERIFY(std::abs(sloped.at(1) + 0.00205F) < 1e-9F);
    QVERIFY(std::abs(sloped.at(2) + 0.007421F) < 1e-9F);
    QCOMPARE(output_of(ReLU{.max_value = 6.0F}, row({-2, 1, 5, 10})), row({0, 1, 5, 6}));
    QCOMPARE(output_of(ReLU{.threshold = 2}, row({-2, 1, 5, 10})), row({0, 0, 5, 10}));
    const ReLU all{.max_value = 6.0F, .negative_slope = 0.1F, .threshold = 2};
    QCOMPARE(output_of(all, row({-2, 2, 7})), row({-0.4F, 0, 6}));
    // A slope of 0 makes no negative zeros: they would be written as -0.
    QVERIFY(!std::signbit(output_of(ReLU{.threshold = 2}, row({-2})).at(0)));
    QCOMPARE(mistake(ReLU{.max_value = -1.0F}, {3}), "out_of_range max_value given -1 limit 0 any");
    QCOMPARE(mistake(ReLU{.negative_slope = -1}, {3}),
             "out_of_range negative_slope given -1 limit 0 any");
    QCOMPARE(mistake(ReLU{.threshold = -0.5F}, {3}),
             "out_of_range threshold given -0.5 limit 0 any");
}

void TestLayers::elu_prelu_and_softmax() {
    const Tensor exponential = output_of(ELU{.alpha = 2}, row({1, -1}));
    QCOMPARE(exponential.at(0), 1.0F);
    QCOMPARE(exponential.at(1), static_cast<float>(2 * std::expm1(-1.0)));

    // One slope a number, or one for all cells of a channel.
    const PReLU own{};
    QCOMPARE(parameter_count(own, *infer(own, {8, 8, 4})).total, 256);
    const PReLU shared{.shared_axes = {1, 2}};
    QCOMPARE(parameter_count(shared, *infer(shared, {8, 8, 4})).total, 4);
    const Tensor map{{1, 2, 2}, {-1, -1, -2, -2}};
    QCOMPARE(output_of(shared, map, {.alpha = Tensor({1, 1, 2}, {0.5F, 2})}),
             Tensor({1, 2, 2}, {-0.5F, -2, -1, -4}));
    QCOMPARE(output_of(own, map, {.alpha = Tensor({1, 2, 2}, {1, 2, 3, 4})}),
             Tensor({1, 2, 2}, {-1, -2, -6, -8}));
    QCOMPARE(mistake(PReLU{.shared_axes = {3}}, {8, 8}), "too_large shared_axes given 3 limit 2");

    // Columns of a map, of which the last axis has the channels.
    const Tensor even{{2, 1, 2}, {1, 5, 1, 5}};
    QCOMPARE(output_of(Softmax{}, row({0, 0})), row({0.5F, 0.5F}));
    QCOMPARE(output_of(Softmax{.axis = 1}, even), Tensor({2, 1, 2}, {0.5F, 0.5F, 0.5F, 0.5F}));
    QCOMPARE(output_of(Softmax{.axis = 3}, even), output_of(Softmax{.axis = -1}, even));
    QCOMPARE(mistake(Softmax{.axis = 0}, {3}), "unsupported axis text 0");
    QCOMPARE(mistake(Softmax{.axis = 2}, {3}), "unsupported axis text 2");
}

void TestLayers::silu_and_mish() {
    QVERIFY(activation_named("silu") == ActivationKind::swish);
    const double x = 1.5;
    QCOMPARE(activate(ActivationKind::swish, x), x / (1 + std::exp(-x)));
    QCOMPARE(activate(ActivationKind::mish, x), x * std::tanh(std::log1p(std::exp(x))));
}

void TestLayers::pooling_globally_may_keep_its_axes() {
    const GlobalPooling2D kept{.kind = PoolKind::average, .keepdims = true};
    QCOMPARE(infer(kept, {8, 8, 4})->output, Shape({1, 1, 4}));
    QCOMPARE(output_of(kept, Tensor({1, 2, 1}, {1, 3})), Tensor({1, 1, 1}, {2}));
    const Conv2D behind{.filters = 4};
    QCOMPARE(parameter_count(behind, *infer(behind, {1, 1, 4})).total, 20);
}

void TestLayers::normalization_names_its_axis_by_number() {
    QCOMPARE(mistake(BatchNormalization{.axis = 1}, {6}), "none");
    QCOMPARE(mistake(BatchNormalization{.axis = 3}, {4, 4, 2}), "none");
    QCOMPARE(mistake(BatchNormalization{.axis = 1}, {4, 4, 2}), "unsupported axis text 1");
}

// DCR is TensorFlow's order, CRD PyTorch's.
void TestLayers::depth_becomes_space() {
    const Tensor four{{1, 1, 4}, {0, 1, 2, 3}};
    for (const DepthMode mode : {DepthMode::dcr, DepthMode::crd})
        QCOMPARE(output_of(DepthToSpace{2, mode}, four), Tensor({2, 2, 1}, {0, 1, 2, 3}));
    const Tensor eight{{1, 1, 8}, {0, 1, 2, 3, 4, 5, 6, 7}};
    QCOMPARE(output_of(DepthToSpace{2, DepthMode::dcr}, eight),
             Tensor({2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7}));
    QCOMPARE(output_of(DepthToSpace{2, DepthMode::crd}, eight),
             Tensor({2, 2, 2}, {0, 4, 1, 5, 2, 6, 3, 7}));
    QCOMPARE(mistake(DepthToSpace{}, {2, 2, 6}), "indivisible_channels input given 6 limit 4");
    QCOMPARE(mistake(DepthToSpace{0}, {2, 2, 4}), "not_positive block_size given 0 limit 1");
    QCOMPARE(infer(DepthToSpace{3}, {Shape::unknown, 5, 18})->output,
             Shape({Shape::unknown, 15, 2}));
}

// reshape, transpose and reshape, in the words of ONNX's DepthToSpace-13, turned to channels last:
//   DCR  [h, w, b, b, c'] -> [h, b, w, b, c']        CRD  [h, w, c', b, b] -> [h, b, w, b, c']
void TestLayers::depth_to_space_as_onnx_defines_it() {
    for (const int block : {1, 2, 3, 4})
        for (const int depth : {1, 2, 5})
            for (const DepthMode mode : {DepthMode::dcr, DepthMode::crd}) {
                const Shape shape{3, 2, block * block * depth};
                const Tensor input = counting_numbers(shape);
                const Tensor output = output_of(DepthToSpace{block, mode}, input);
                for (int row = 0; row < 3; ++row)
                    for (int column = 0; column < 2; ++column)
                        for (int y = 0; y < block; ++y)
                            for (int x = 0; x < block; ++x)
                                for (int c = 0; c < depth; ++c) {
                                    const int channel = mode == DepthMode::dcr
                                                            ? (y * block + x) * depth + c
                                                            : (c * block + y) * block + x;
                                    QCOMPARE(output.at(row * block + y, column * block + x, c),
                                             input.at(row, column, channel));
                                }
                // What is played ends in the same numbers.
                const LayerSpec spec = DepthToSpace{block, mode};
                const Geometry geometry = *infer(spec, shape);
                for (int filter = 0; filter < depth; ++filter) {
                    const Trace trace(spec, geometry, {}, input, filter, Reading::stamp);
                    QCOMPARE(trace.partial(trace.step_count()).values, output.channel(filter));
                }
            }
}

// A stamp of nearly all zeros would cost the block's cells squared.
void TestLayers::large_blocks_are_not_played() {
    for (const int block : {8, 9, 256}) {
        const LayerSpec spec = DepthToSpace{block};
        const Shape shape{1, 1, block * block};
        const Geometry geometry = *infer(spec, shape);
        QVERIFY(!check_computable(spec, geometry));
        QCOMPARE(has_trace(spec), block == 8);
        QVERIFY(held_by_picture(spec, geometry) <= 1 << 20);
        const Trace trace(spec, geometry, {}, counting_numbers(shape), 0, Reading::stamp);
        QCOMPARE(trace.step_count(), block == 8 ? 1 : 0);
    }
}

void TestLayers::every_row_is_found_by_each_of_its_names() {
    std::set<std::string_view> names;
    for (const LayerDefinition* row : layer_definitions()) {
        QVERIFY2(names.insert(row->class_name).second, row->class_name.data());
        QCOMPARE(definition_named(row->class_name), row);
        QCOMPARE(&definition_of(row->defaults), row);
        QCOMPARE(&definition_of(row->example), row);
        for (const std::string_view alias : row->aliases) {
            QVERIFY2(names.insert(alias).second, alias.data());
            QCOMPARE(definition_named(alias), row);
        }
    }
    QCOMPARE(definition_like("leaky_relu"), definition_named("LeakyReLU"));
    QCOMPARE(definition_like("up_sampling2d"), definition_named("UpSampling2D"));
    QCOMPARE(definition_like("upsampling2d"), definition_named("UpSampling2D"));
    QCOMPARE(definition_like("avg_pool2d"), definition_named("AveragePooling2D"));
    QVERIFY(!definition_like("lstm"));
    QVERIFY(!definition_named("conv2d"));
}

void TestLayers::every_example_fits_something() {
    for (const LayerDefinition* row : layer_definitions()) {
        const Result<Geometry> geometry = infer(row->example, {4, 4, 4});
        QVERIFY2(geometry.has_value(), row->class_name.data());
        QVERIFY2(!check_computable(row->example, *geometry), row->class_name.data());
    }
}

void TestLayers::every_argument_is_put_and_read_back() {
    for (const LayerDefinition* row : layer_definitions()) {
        std::set<std::string_view> names;
        LayerSpec copy = row->defaults;
        for (const Argument& argument : row->arguments) {
            QVERIFY2(names.insert(argument.name).second, argument.name.data());
            QVERIFY(!is_harmless(*row, argument.name));
            QCOMPARE(argument.value_in(copy).index(), argument.kind().index());
            argument.put(copy, argument.value_in(row->example));
            QVERIFY(argument.value_in(copy) == argument.value_in(row->example));
        }
        // What an argument does not name, an example cannot differ in.
        QVERIFY2(copy == row->example, row->class_name.data());
    }
}

void TestLayers::names_of_other_frameworks_are_known() {
    const auto sentence = [](const char* layer, Framework framework, const char* name) {
        const Error error = unknown_argument(*definition_named(layer), framework, name);
        return QByteArray::fromStdString(error.subject + ' ' + error.text + " -> " + error.meant +
                                         ' ' + error.dialect);
    };
    QCOMPARE(sentence("Conv2DTranspose", Framework::keras, "stride"),
             "Conv2DTranspose stride -> strides Keras");
    QCOMPARE(sentence("UpSampling2D", Framework::keras, "scale_factor"),
             "UpSampling2D scale_factor -> size Keras");
    QCOMPARE(sentence("Conv2DTranspose", Framework::pytorch, "strides"),
             "ConvTranspose2d strides -> stride PyTorch");
    QCOMPARE(sentence("Conv2D", Framework::keras, "kernel_sise"),
             "Conv2D kernel_sise -> kernel_size Keras");
    QCOMPARE(sentence("Conv2D", Framework::keras, "depth_multiplier"),
             "Conv2D depth_multiplier ->  ");
}

void TestLayers::what_changes_nothing_is_known() {
    const LayerDefinition& dense = *definition_named("Dense");
    for (const char* name : {"kernel_initializer", "bias_regularizer", "kernel_constraint",
                             "activity_regularizer", "build_config"})
        QVERIFY2(is_harmless(dense, name), name);
    for (const char* name :
         {"gamma_initializer", "momentum", "noise_shape", "initializer", "kernel"})
        QVERIFY2(!is_harmless(dense, name), name);
    QVERIFY(is_harmless(*definition_named("BatchNormalization"), "momentum"));
    QVERIFY(is_harmless(*definition_named("Dropout"), "seed"));
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
