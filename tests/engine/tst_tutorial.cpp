// SPDX-License-Identifier: MIT
// Every number that the tutorial "How to use the UpSampling2D and Conv2DTranspose layers in Keras"
// prints, in its order, and the questions its readers asked below it.
#include <QTest>

#include "engine/lessons/lesson.h"
#include "engine/models/summary.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::grid;
using support::kernel;

namespace {

/// The output of one layer with these weights on this input.
Tensor output_of(const LayerSpec& spec, const Tensor& input, const Weights& weights = {}) {
    WeightSetting setting{.recipe = std::nullopt, .values = weights};
    const Result<Run> result = run({.input = input, .layers = {{spec, setting}}});
    if (!result) qFatal("%s", support::text_of(result.error()).constData());
    return result->layers.back().output;
}

Weights weights_of(const Tensor& kernel, float bias = 0) {
    return {.kernel = kernel, .bias = support::vector({bias})};
}

Summary summary_of(const std::vector<Layer>& layers, const Shape& input) {
    const ModelShapes shapes = infer_model(layers, input);
    if (shapes.error) qFatal("%s", support::text_of(*shapes.error).constData());
    return summarize(layers, shapes.geometries);
}

const Tensor tutorial_input = grid("1 2 / 3 4");

}  // namespace

class TutorialTest : public QObject {
    Q_OBJECT
private slots:
    void upsampling_repeats_rows_and_columns() {
        QCOMPARE(output_of(UpSampling2D{}, tutorial_input), grid("1 1 2 2 /"
                                                                 "1 1 2 2 /"
                                                                 "3 3 4 4 /"
                                                                 "3 3 4 4"));
    }

    void upsampling_has_no_parameters() {
        const Summary summary = summary_of({{UpSampling2D{}, {}}}, {2, 2, 1});
        QCOMPARE(summary.rows[0].name, std::string("up_sampling2d_1"));
        QCOMPARE(summary.rows[0].output, Shape({4, 4, 1}));
        QCOMPARE(summary.total, 0);
    }

    // The tutorial's sentence has height and width the other way round; its 4x6 is right.
    void size_2_3_doubles_the_height_and_triples_the_width() {
        QCOMPARE(output_of(UpSampling2D{.size = {2, 3}}, tutorial_input), grid("1 1 1 2 2 2 /"
                                                                               "1 1 1 2 2 2 /"
                                                                               "3 3 3 4 4 4 /"
                                                                               "3 3 3 4 4 4"));
    }

    void bilinear_interpolates_between_cell_centres() {
        const UpSampling2D layer{.interpolation = Interpolation::bilinear};
        QCOMPARE(output_of(layer, tutorial_input), grid("1   1.25 1.75 2   /"
                                                        "1.5 1.75 2.25 2.5 /"
                                                        "2.5 2.75 3.25 3.5 /"
                                                        "3   3.25 3.75 4"));
    }

    void generator_with_upsampling() {
        const std::vector<Layer> layers{
            {Dense{.units = 3200}, {}},
            {Reshape{{5, 5, 128}}, {}},
            {UpSampling2D{}, {}},
            {Conv2D{.filters = 1, .kernel_size = {3, 3}, .padding = Same{}}, {}},
        };
        const Summary summary = summary_of(layers, {100});
        QCOMPARE(summary.rows[0].parameters, 323200);
        QCOMPARE(summary.rows[1].output, Shape({5, 5, 128}));
        QCOMPARE(summary.rows[2].output, Shape({10, 10, 128}));
        QCOMPARE(summary.rows[3].output, Shape({10, 10, 1}));
        QCOMPARE(summary.rows[3].parameters, 1153);
        QCOMPARE(summary.total, 324353);
    }

    void transpose_1x1_strides_2_puts_zeros_between() {
        const Conv2DTranspose layer{.strides = {2, 2}};
        QCOMPARE(output_of(layer, tutorial_input, weights_of(kernel("1"))), grid("1 0 2 0 /"
                                                                                 "0 0 0 0 /"
                                                                                 "3 0 4 0 /"
                                                                                 "0 0 0 0"));
    }

    void transpose_1x1_has_two_parameters() {
        const Summary summary = summary_of({{Conv2DTranspose{.strides = {2, 2}}, {}}}, {2, 2, 1});
        QCOMPARE(summary.rows[0].name, std::string("conv2d_transpose_1"));
        QCOMPARE(summary.rows[0].output, Shape({4, 4, 1}));
        QCOMPARE(summary.total, 2);
    }

    void transpose_1x1_strides_1_is_the_input() {
        QCOMPARE(output_of(Conv2DTranspose{}, tutorial_input, weights_of(kernel("1"))),
                 tutorial_input);
    }

    void transpose_3x3_strides_2_same_gives_4x4() {
        const Conv2DTranspose layer{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}};
        const Weights weights = weights_of(kernel("0      -0.25   0.9375 /"
                                                  "0.6875  0.3125 -0.9375 /"
                                                  "0.625   0.4375 -0.1875"),
                                           2.25F);
        QCOMPARE(output_of(layer, tutorial_input, weights), grid("2.25   2      3.1875 1.75   /"
                                                                 "2.9375 2.5625 2.6875 2.875  /"
                                                                 "2.875  1.9375 6.125  2.125  /"
                                                                 "4.3125 3.1875 2.1875 3.5"));
    }

    void generator_with_transpose() {
        const std::vector<Layer> layers{
            {Dense{.units = 3200}, {}},
            {Reshape{{5, 5, 128}}, {}},
            {Conv2DTranspose{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}}, {}},
        };
        const Summary summary = summary_of(layers, {100});
        QCOMPARE(summary.rows[2].output, Shape({10, 10, 1}));
        QCOMPARE(summary.rows[2].parameters, 1153);
        QCOMPARE(summary.total, 324353);
    }

    // A reader printed this and asked why the numbers come in 2x2 blocks: kernel = strides tiles.
    void readers_puzzle_every_input_paints_its_own_tile() {
        const Conv2DTranspose layer{.kernel_size = {2, 2}, .strides = {2, 2}};
        const Tensor output = output_of(layer, tutorial_input,
                                        weights_of(kernel("-0.28302956  0.67811257 /"
                                                          " 0.19257468 -0.58342797")));
        const Tensor printed = grid(
            "-0.28302956  0.67811257 -0.5660591  1.3562251 /"
            " 0.19257468 -0.58342797  0.38514936 -1.1668559 /"
            "-0.84908867  2.0343378  -1.1321182  2.7124503 /"
            " 0.57772404 -1.750284    0.7702987 -2.3337119");
        QCOMPARE(output.shape(), printed.shape());
        for (std::size_t i = 0; i < printed.values().size(); ++i) {
            QVERIFY(std::abs(output.values()[i] - printed.values()[i]) <= 2.7e-5F);
        }
    }

    // Readers argued about formulas for these four sizes; Keras gives 2, 4, 4 and 5.
    void size_case_strides_1_kernel_1() {
        QCOMPARE(output_of(Conv2DTranspose{}, tutorial_input, weights_of(kernel("1"))),
                 grid("1 2 /"
                      "3 4"));
    }
    void size_case_strides_1_kernel_3() {
        QCOMPARE(output_of(Conv2DTranspose{.kernel_size = {3, 3}}, tutorial_input,
                           weights_of(kernel("1 2 3 / 4 5 6 / 7 8 9"))),
                 grid(" 1  4  7  6 /"
                      " 7 23 33 24 /"
                      "19 53 63 42 /"
                      "21 52 59 36"));
    }
    void size_case_strides_2_kernel_1() {
        QCOMPARE(
            output_of(Conv2DTranspose{.strides = {2, 2}}, tutorial_input, weights_of(kernel("1"))),
            grid("1 0 2 0 /"
                 "0 0 0 0 /"
                 "3 0 4 0 /"
                 "0 0 0 0"));
    }
    void size_case_strides_2_kernel_3() {
        QCOMPARE(output_of(Conv2DTranspose{.kernel_size = {3, 3}, .strides = {2, 2}},
                           tutorial_input, weights_of(kernel("1 2 3 / 4 5 6 / 7 8 9"))),
                 grid(" 1  2  5  4  6 /"
                      " 4  5 14 10 12 /"
                      "10 14 36 24 30 /"
                      "12 15 34 20 24 /"
                      "21 24 55 32 36"));
    }
    // In PyTorch the third case is 3: the reader who said 3 was right about another program.
    void size_case_strides_2_kernel_1_in_pytorch() {
        const Conv2DTranspose layer{.strides = {2, 2}, .padding = Explicit{}};
        QCOMPARE(output_of(layer, tutorial_input, weights_of(kernel("1"))), grid("1 0 2 /"
                                                                                 "0 0 0 /"
                                                                                 "3 0 4"));
    }
};

QTEST_GUILESS_MAIN(TutorialTest)
#include "tst_tutorial.moc"
