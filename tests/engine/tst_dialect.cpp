// SPDX-License-Identifier: MIT
// What the ledger claims about Keras, PyTorch and ONNX, computed.
#include <cmath>
#include <map>
#include <set>

#include <QTest>

#include "engine/frameworks/dialect.h"
#include "engine/lessons/lesson.h"
#include "engine/models/forward.h"
#include "engine/models/prepared_model.h"

using namespace engine;

namespace {

/// Zeros around (or, with negative edges, cells cut from) a feature map.
Tensor reframed(const Tensor& map, const Edges& add) {
    const Shape shape{map.shape().height() + add.top + add.bottom,
                      map.shape().width() + add.left + add.right, map.shape().channels()};
    std::vector<float> values(static_cast<std::size_t>(shape.count()), 0.0F);
    for (int row = 0; row < shape.height(); ++row)
        for (int column = 0; column < shape.width(); ++column) {
            const int r = row - add.top;
            const int c = column - add.left;
            if (r < 0 || c < 0 || r >= map.shape().height() || c >= map.shape().width()) continue;
            for (int channel = 0; channel < shape.channels(); ++channel)
                values[static_cast<std::size_t>((row * shape.width() + column) * shape.channels() +
                                                channel)] = map.at(r, c, channel);
        }
    return {shape, std::move(values)};
}

Edges minus(const Edges& e) { return {-e.top, -e.bottom, -e.left, -e.right}; }

/// What a row's layer makes of the input, by hand work before and after included.
Tensor computed(const DialectRow& row, const Tensor& input, const Weights& weights) {
    const Tensor padded = reframed(input, row.pad_first);
    const auto geometry = infer(row.spec, padded.shape());
    return reframed(*forward(row.spec, *geometry, weights, padded), minus(row.cut_after));
}

/// Which frameworks have a row that agrees with the first, which have a row that says there is
/// none.
struct Verdict {
    std::set<Framework> agree;
    std::map<Framework, Lack> lack;
};

/// Computes every row and holds it to what it says.
Verdict verified(const std::vector<DialectRow>& rows, const Tensor& input, const Weights& weights) {
    Verdict verdict;
    const auto wrong = [](const DialectRow& row) { qFatal("%s", row.arguments.c_str()); };
    if (rows.empty() || rows.front().agreement != Agreement::given) qFatal("no first row");
    const Tensor expected = computed(rows.front(), input, weights);
    for (const DialectRow& row : rows) {
        if (row.agreement == Agreement::no_form) {
            if (row.lack == Lack::nothing || row.output.rank() != 0) wrong(row);
            if (row.framework == Framework::guide) continue;
            verdict.lack[row.framework] = row.lack;
            continue;
        }
        const Tensor output = computed(row, input, weights);
        if (output.shape() != row.output) wrong(row);
        if (row.agreement == Agreement::other_size) {
            if (output.shape() == expected.shape()) wrong(row);
            continue;
        }
        if (output.shape() != expected.shape()) wrong(row);
        // The Guide has fewer words; tst_ledger says which.
        const bool agrees = row.agreement == Agreement::given || row.agreement == Agreement::same;
        if (agrees && row.framework != Framework::guide) verdict.agree.insert(row.framework);
        // A cell of the given output lies shift_down and shift_right further in the row's.
        for (int r = 0; r < expected.shape().height(); ++r)
            for (int c = 0; c < expected.shape().width(); ++c) {
                const int there = r + row.shift_down;
                const int across = c + row.shift_right;
                if (there < 0 || across < 0 || there >= output.shape().height() ||
                    across >= output.shape().width())
                    continue;
                for (int f = 0; f < expected.shape().channels(); ++f)
                    if (std::abs(expected.at(r, c, f) - output.at(there, across, f)) >= 1e-4F)
                        wrong(row);
            }
    }
    return verdict;
}

const std::set all_three{Framework::keras, Framework::pytorch, Framework::onnx};

/// The layer's rows on random numbers; every framework has it.
void verify(const LayerSpec& spec, const Shape& shape) {
    const auto geometry = infer(spec, shape);
    if (!geometry || keras_refuses(spec)) return;
    const Verdict verdict = verified(dialects(spec, *geometry), random_input(shape, 3),
                                     materialize({}, spec, *geometry));
    QVERIFY(verdict.agree == all_three);
    // ONNX's words are exact by themselves, too.
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec)) {
        const auto onnx = infer(in_onnx(*layer, *geometry), shape);
        QVERIFY(onnx.has_value());
        QCOMPARE(*onnx, *geometry);
    }
}

Conv2DTranspose transposed(int kernel, int strides, Padding padding) {
    Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = padding;
    return layer;
}

}  // namespace

class TestDialect : public QObject {
    Q_OBJECT
private slots:
    void theReadersArgument();
    void sameSizeOtherPicture();
    void whatIsTheFrameworksOwn();
    void codeThatRuns();
    void everyKerasLayerHasTheOtherForms();
    void everyPyTorchLayerHasTheOtherForms();
    void everyOnnxLayerHasTheOtherForms();
    void kerasPrefersItsOwnWords();
    void whatKerasLacks();
    void convolutions();
    void resizing();
};

// "4 or 3?": both, one a framework.
void TestDialect::theReadersArgument() {
    const Conv2DTranspose layer = transposed(1, 2, Valid{});
    const auto rows = dialects(layer, *infer(layer, {2, 2, 1}));
    QCOMPARE(rows.size(), 7U);
    QCOMPARE(rows[0].output, (Shape{4, 4, 1}));
    QCOMPARE(rows[1].arguments,
             std::string("kernel_size=1, stride=2, padding=0, output_padding=1"));
    QCOMPARE(rows[1].agreement, Agreement::same);
    QCOMPARE(rows[2].arguments, std::string("kernel_size=1, stride=2, padding=0"));
    QCOMPARE(rows[2].output, (Shape{3, 3, 1}));
    QCOMPARE(rows[3].arguments, std::string("kernel_shape=[1, 1], strides=[2, 2], "
                                            "pads=[0, 0, 0, 0], output_padding=[1, 1]"));
    QCOMPARE(rows[3].agreement, Agreement::same);
    QCOMPARE(rows[4].arguments,
             std::string("kernel_shape=[1, 1], strides=[2, 2], pads=[0, 0, 0, 0]"));
    QCOMPARE(rows[4].output, (Shape{3, 3, 1}));
    QCOMPARE(rows[5].arguments, std::string("relationship 14: k=1, s=2, p=0, a=1"));
    QCOMPARE(rows[5].agreement, Agreement::same);
    QCOMPARE(rows[6].arguments, std::string("relationship 12: k=1, s=2, p=0"));
    QCOMPARE(rows[6].output, (Shape{3, 3, 1}));
}

void TestDialect::sameSizeOtherPicture() {
    const Conv2DTranspose layer = transposed(3, 2, Same{});
    const auto rows = dialects(layer, *infer(layer, {2, 2, 1}));
    QCOMPARE(rows.size(), 6U);
    QCOMPARE(rows[0].edges, (Edges{0, 1, 0, 1}));
    QCOMPARE(rows[1].arguments,
             std::string("kernel_size=3, stride=2, padding=1, output_padding=1"));
    QCOMPARE(rows[1].edges, (Edges{1, 0, 1, 0}));
    QCOMPARE(rows[1].agreement, Agreement::shifted);
    QCOMPARE(rows[1].shift_down, -1);
    QCOMPARE(rows[2].arguments,
             std::string("kernel_size=3, stride=2, padding=0, then [:, :, 0:4, 0:4]"));
    QCOMPARE(rows[2].agreement, Agreement::same);
    QCOMPARE(rows[3].arguments,
             std::string("kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]"));
    QCOMPARE(rows[3].agreement, Agreement::same);
    QCOMPARE(rows[4].arguments,
             std::string("kernel_shape=[3, 3], strides=[2, 2], auto_pad='SAME_UPPER'"));
    QCOMPARE(rows[5].arguments, std::string("relationship 14: k=3, s=2, p=1, a=1"));
    QCOMPARE(rows[5].agreement, Agreement::shifted);
}

void TestDialect::whatIsTheFrameworksOwn() {
    const Conv2DTranspose layer = transposed(3, 2, Same{});
    const auto rows = dialects(layer, *infer(layer, {2, 2, 1}));
    QStringList own;
    for (const DialectRow& row : rows) own << QString::fromStdString(row.own);
    QCOMPARE(
        own,
        (QStringList{
            QStringLiteral("padding='same'"), QStringLiteral("padding=1, output_padding=1"),
            QStringLiteral("padding=0, then [:, :, 0:4, 0:4]"), QStringLiteral("pads=[0, 0, 1, 1]"),
            QStringLiteral("auto_pad='SAME_UPPER'"), QStringLiteral("p=1, a=1")}));
    QCOMPARE(rows[2].call, std::string("ConvTranspose2d(kernel_size=3, stride=2, padding=0), then "
                                       "[:, :, 0:4, 0:4]"));
    QCOMPARE(rows[5].call, std::string("relationship 14: k=3, s=2, p=1, a=1"));
}

void TestDialect::codeThatRuns() {
    Conv2DTranspose layer = transposed(3, 2, Same{});
    layer.filters = 4;
    layer.use_bias = false;
    const auto rows = dialects(layer, *infer(layer, {2, 2, 3}));
    QCOMPARE(rows[0].code, std::string("keras.layers.Conv2DTranspose(filters=4, kernel_size=3, "
                                       "strides=2, padding='same', use_bias=False),\n"));
    QCOMPARE(rows[1].code, std::string("torch.nn.ConvTranspose2d(3, 4, kernel_size=3, stride=2, "
                                       "padding=1, output_padding=1, bias=False)\n"));
    QCOMPARE(rows[2].code, std::string("y = torch.nn.ConvTranspose2d(3, 4, kernel_size=3, "
                                       "stride=2, padding=0, bias=False)(x)[:, :, 0:4, 0:4]\n"));
    QCOMPARE(rows[3].code, std::string("onnx.helper.make_node('ConvTranspose', ['X', 'W'], ['Y'], "
                                       "kernel_shape=[3, 3], strides=[2, 2], "
                                       "pads=[0, 0, 1, 1])\n"));
    QVERIFY(rows[5].code.empty());

    // A row and a column are cut at either end by hand.
    Conv2DTranspose cropped = transposed(5, 2, Explicit{{1, 1}});
    QCOMPARE(dialects(cropped, *infer(cropped, {3, 3, 1}))[1].code,
             std::string("keras.layers.Conv2DTranspose(filters=1, kernel_size=5, strides=2, "
                         "padding='valid'),\nkeras.layers.Cropping2D(((1, 1), (1, 1))),\n"));
    const UpSampling2D twice{};
    const auto resized = dialects(twice, *infer(twice, {2, 2, 1}));
    QCOMPARE(resized[0].code,
             std::string("keras.layers.UpSampling2D(size=2, interpolation='nearest'),\n"));
    QCOMPARE(resized[1].code, std::string("torch.nn.Upsample(scale_factor=2, mode='nearest')\n"));
    QVERIFY(resized[2].code.ends_with("nearest_mode='floor')  # scales = [1, 1, 2, 2]\n"));
    const Conv2D odd{.kernel_size = {2, 2}, .strides = {2, 2}, .padding = Same{}};
    QCOMPARE(dialects(odd, *infer(odd, {5, 5, 1}))[1].code,
             std::string("y = torch.nn.Conv2d(1, 1, kernel_size=2, stride=2, padding=0)"
                         "(torch.nn.functional.pad(x, (0, 1, 0, 1)))\n"));
}

void TestDialect::everyKerasLayerHasTheOtherForms() {
    for (int kernel = 1; kernel <= 5; ++kernel)
        for (int strides = 1; strides <= 4; ++strides)
            for (const Padding& padding : {Padding(Valid{}), Padding(Same{})})
                for (int extra = -1; extra < strides; ++extra) {
                    Conv2DTranspose layer = transposed(kernel, strides, padding);
                    layer.kernel_size.width = 3;
                    if (extra >= 0) layer.output_padding = Size2D{extra, 0};
                    verify(layer, {3, 2, 2});
                    if (strides == 1) {
                        layer.dilation_rate = {2, 3};
                        verify(layer, {4, 5, 1});
                    }
                }
}

void TestDialect::everyPyTorchLayerHasTheOtherForms() {
    for (int kernel = 1; kernel <= 4; ++kernel)
        for (int strides = 1; strides <= 3; ++strides)
            for (int padding = 0; padding <= 2; ++padding)
                for (int extra = 0; extra < strides; ++extra) {
                    Conv2DTranspose layer = transposed(kernel, strides, Explicit{{padding, 0}});
                    layer.output_padding = Size2D{extra, 0};
                    verify(layer, {4, 3, 1});
                }
}

void TestDialect::everyOnnxLayerHasTheOtherForms() {
    const Shape shape{3, 2, 2};
    for (int kernel = 1; kernel <= 4; ++kernel)
        for (int strides = 1; strides <= 3; ++strides)
            for (int top = 0; top <= 2; ++top)
                for (int bottom = 0; bottom <= 2; ++bottom)
                    for (int extra = 0; extra < strides; ++extra) {
                        const OnnxConvTranspose layer{.kernel_shape = {kernel, 3},
                                                      .strides = {strides, 2},
                                                      .pads = {top, bottom, 1, 0},
                                                      .output_padding = {extra, 1}};
                        const auto geometry = infer(layer, shape);
                        if (!geometry) continue;
                        const Weights weights = materialize({}, uncut_layer(layer), *geometry);
                        const Verdict verdict =
                            verified(dialects(layer, *geometry), random_input(shape, 3), weights);
                        QVERIFY(verdict.agree == all_three);
                    }
    // An output_shape beyond the full output appends more than the others' output_padding can.
    const OnnxConvTranspose large{.kernel_shape = {1, 1}, .output_shape = Size2D{4, 5}};
    const auto rows = dialects(large, *infer(large, {3, 3, 1}));
    QCOMPARE(rows[0].arguments,
             std::string("kernel_shape=[1, 1], strides=[1, 1], output_shape=[4, 5]"));
    QCOMPARE(rows[1].lack, Lack::appended_cells);
    QCOMPARE(rows[2].lack, Lack::appended_cells);
}

// PyTorch's k4 s2 p1 is Keras's same; k3 s2 p1 is nothing Keras has a word for.
void TestDialect::kerasPrefersItsOwnWords() {
    const auto keras = [](const Conv2DTranspose& layer, const Shape& input) {
        return dialects(layer, *infer(layer, input))[1].arguments;
    };
    QCOMPARE(keras(transposed(4, 2, Explicit{{1, 1}}), {4, 4, 1}),
             std::string("kernel_size=4, strides=2, padding='same'"));
    QCOMPARE(keras(transposed(3, 2, Explicit{}), {4, 4, 1}),
             std::string("kernel_size=3, strides=2, padding='valid'"));
    QCOMPARE(keras(transposed(1, 2, Explicit{}), {2, 2, 1}),
             std::string("kernel_size=1, strides=2, padding='valid', output_padding=0"));
    QCOMPARE(keras(transposed(5, 2, Explicit{{1, 1}}), {4, 4, 1}),
             std::string("kernel_size=5, strides=2, padding='valid', "
                         "then Cropping2D(((1, 1), (1, 1)))"));
}

void TestDialect::whatKerasLacks() {
    const auto verdict = [](const Conv2DTranspose& layer, const Shape& shape) {
        const Geometry geometry = *infer(layer, shape);
        return verified(dialects(layer, geometry), random_input(shape, 3),
                        materialize({}, layer, geometry));
    };
    const std::set others{Framework::pytorch, Framework::onnx};
    Conv2DTranspose groups = transposed(3, 2, Explicit{{1, 1}});
    groups.filters = 6;
    groups.groups = 2;
    QVERIFY(verdict(groups, {3, 3, 4}).agree == others);
    QCOMPARE(verdict(groups, {3, 3, 4}).lack,
             (std::map{std::pair(Framework::keras, Lack::groups)}));

    Conv2DTranspose dilated = transposed(3, 2, Explicit{{2, 1}});
    dilated.dilation_rate = {3, 2};
    dilated.output_padding = Size2D{2, 1};
    QVERIFY(verdict(dilated, {3, 4, 2}).agree == others);
    QCOMPARE(verdict(dilated, {3, 4, 2}).lack,
             (std::map{std::pair(Framework::keras, Lack::strides_with_dilation)}));
}

void TestDialect::convolutions() {
    for (int kernel = 1; kernel <= 4; ++kernel)
        for (int strides = 1; strides <= 3; ++strides)
            for (const Padding& padding : {Padding(Valid{}), Padding(Same{}),
                                           Padding(Explicit{{1, 0}}), Padding(Explicit{{2, 1}})})
                for (int groups = 1; groups <= 2; ++groups)
                    verify(Conv2D{.filters = 4,
                                  .kernel_size = {kernel, 2},
                                  .strides = {strides, 1},
                                  .padding = padding,
                                  .groups = groups},
                           {5, 4, 2});
    const auto arguments = [](const Conv2D& layer, std::size_t row) {
        return dialects(layer, *infer(layer, {6, 6, 1}))[row].arguments;
    };
    const Conv2D even{.kernel_size = {2, 2}, .padding = Same{}};
    QCOMPARE(arguments(even, 1), std::string("kernel_size=2, stride=1, padding='same'"));
    const Conv2D odd{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Same{}};
    QCOMPARE(arguments(odd, 1),
             std::string("F.pad(x, (0, 1, 0, 1)), then kernel_size=3, stride=2, padding=0"));
    QCOMPARE(arguments(odd, 2),
             std::string("kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]"));
    const Conv2D pytorch{.kernel_size = {3, 3}, .strides = {2, 2}, .padding = Explicit{{1, 1}}};
    QCOMPARE(arguments(pytorch, 1), std::string("ZeroPadding2D(((1, 1), (1, 1))), then "
                                                "kernel_size=3, strides=2, padding='valid'"));
}

// The attributes of ONNX's Resize, put into the sampling rule they name.
void TestDialect::resizing() {
    verify(UpSampling2D{{2, 3}, Interpolation::nearest}, {2, 2, 1});
    verify(UpSampling2D{{2, 3}, Interpolation::bilinear}, {2, 2, 1});
    verify(UpSampling2D{{2, 3}, Interpolation::area}, {2, 2, 1});

    const auto rows_of = [](Interpolation interpolation) {
        const UpSampling2D layer{{2, 3}, interpolation};
        return dialects(layer, *infer(layer, {4, 4, 1}));
    };
    QCOMPARE(rows_of(Interpolation::nearest)[2].arguments,
             std::string("mode='nearest', coordinate_transformation_mode='asymmetric', "
                         "nearest_mode='floor', scales=[1, 1, 2, 3]"));
    QCOMPARE(rows_of(Interpolation::bilinear)[2].arguments,
             std::string("mode='linear', coordinate_transformation_mode='half_pixel', "
                         "scales=[1, 1, 2, 3]"));
    QCOMPARE(rows_of(Interpolation::bicubic)[2].arguments,
             std::string("mode='cubic', coordinate_transformation_mode='half_pixel', "
                         "cubic_coeff_a=-0.5, exclude_outside=1, scales=[1, 1, 2, 3]"));

    // PyTorch's bicubic has the size, not the numbers.
    QCOMPARE(rows_of(Interpolation::bicubic)[1].arguments,
             std::string("scale_factor=(2, 3), mode='bicubic', align_corners=False"));
    QCOMPARE(rows_of(Interpolation::bicubic)[1].agreement, Agreement::other_numbers);
    const UpSampling2D cubic{{2, 3}, Interpolation::bicubic};
    const Geometry geometry = *infer(cubic, {4, 4, 1});
    const Tensor input = random_input({4, 4, 1}, 3);
    const Tensor keras = *forward(cubic, geometry, {}, input);
    const Sampling pytorch{Filter::cubic, Coordinates::half_pixel, Rim::hold, -0.75};
    const Sampling onnx{Filter::cubic, Coordinates::half_pixel, Rim::renormalise, -0.5};
    QVERIFY(*PreparedSampling(pytorch, input.shape(), geometry.output).run(input) != keras);
    QCOMPARE(*PreparedSampling(onnx, input.shape(), geometry.output).run(input), keras);
    const Sampling nearest{Filter::nearest, Coordinates::asymmetric, Rim::hold};
    QCOMPARE(*PreparedSampling(nearest, input.shape(), geometry.output).run(input),
             *forward(UpSampling2D{{2, 3}, Interpolation::nearest}, geometry, {}, input));

    // Of Lanczos and the like neither of the others has anything.
    for (const Interpolation kind : {Interpolation::lanczos3, Interpolation::lanczos5,
                                     Interpolation::gaussian, Interpolation::mitchellcubic}) {
        const auto rows = rows_of(kind);
        QCOMPARE(rows.size(), 4U);
        QCOMPARE(rows[1].lack, Lack::interpolation);
        QCOMPARE(rows[2].lack, Lack::interpolation);
        QCOMPARE(rows[3].lack, Lack::resizing);
    }
    QVERIFY(dialects(Flatten{}, *infer(Flatten{}, {2, 2, 1})).empty());
}

QTEST_GUILESS_MAIN(TestDialect)
#include "tst_dialect.moc"
