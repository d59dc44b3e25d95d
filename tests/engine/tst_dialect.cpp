// SPDX-License-Identifier: MIT
// What the ledger claims about Keras and PyTorch, computed.
#include <cmath>

#include <QTest>

#include "engine/dialect.h"
#include "engine/forward.h"
#include "engine/lesson.h"

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

void verify(const LayerSpec& spec, const Shape& shape) {
    const auto geometry = infer(spec, shape);
    if (!geometry || keras_refuses(spec)) return;
    const Tensor input = random_input(shape, 3);
    const Weights weights = materialize({}, spec, *geometry);
    const Tensor expected = *forward(spec, *geometry, weights, input);
    const std::vector<DialectRow> rows = dialects(spec, *geometry);
    QVERIFY(!rows.empty());
    QCOMPARE(rows.front().agreement, Agreement::given);
    bool other_framework_agrees = false;
    for (const DialectRow& row : rows) {
        const Tensor output = computed(row, input, weights);
        const QByteArray text = QByteArray::fromStdString(row.arguments);
        QVERIFY2(output.shape() == row.output, text.constData());
        if (row.agreement == Agreement::other_size) {
            QVERIFY2(output.shape() != expected.shape(), text.constData());
            continue;
        }
        if (row.agreement == Agreement::same && row.framework != rows.front().framework)
            other_framework_agrees = true;
        // A cell of the given output lies shift_down and shift_right further in the row's.
        for (int r = 0; r < expected.shape().height(); ++r)
            for (int c = 0; c < expected.shape().width(); ++c) {
                const int there = r + row.shift_down;
                const int across = c + row.shift_right;
                if (there < 0 || across < 0 || there >= output.shape().height() ||
                    across >= output.shape().width())
                    continue;
                QVERIFY2(std::abs(expected.at(r, c, 0) - output.at(there, across, 0)) < 1e-4F,
                         text.constData());
            }
    }
    QVERIFY2(other_framework_agrees, rows.front().arguments.c_str());
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
    void everyKerasLayerHasAPyTorchForm();
    void everyPyTorchLayerHasAKerasForm();
    void otherLayers();
};

// "4 or 3?": both, one a framework.
void TestDialect::theReadersArgument() {
    const Conv2DTranspose layer = transposed(1, 2, Valid{});
    const auto rows = dialects(layer, *infer(layer, {2, 2, 1}));
    QCOMPARE(rows.size(), 3U);
    QCOMPARE(rows[0].output, (Shape{4, 4, 1}));
    QCOMPARE(rows[1].arguments,
             std::string("kernel_size=1, stride=2, padding=0, output_padding=1"));
    QCOMPARE(rows[1].agreement, Agreement::same);
    QCOMPARE(rows[2].arguments, std::string("kernel_size=1, stride=2, padding=0"));
    QCOMPARE(rows[2].output, (Shape{3, 3, 1}));
}

void TestDialect::sameSizeOtherPicture() {
    const Conv2DTranspose layer = transposed(3, 2, Same{});
    const auto rows = dialects(layer, *infer(layer, {2, 2, 1}));
    QCOMPARE(rows.size(), 3U);
    QCOMPARE(rows[0].edges, (Edges{0, 1, 0, 1}));
    QCOMPARE(rows[1].arguments,
             std::string("kernel_size=3, stride=2, padding=1, output_padding=1"));
    QCOMPARE(rows[1].edges, (Edges{1, 0, 1, 0}));
    QCOMPARE(rows[1].agreement, Agreement::shifted);
    QCOMPARE(rows[1].shift_down, -1);
    QCOMPARE(rows[2].arguments,
             std::string("kernel_size=3, stride=2, padding=0, then [:, :, 0:4, 0:4]"));
    QCOMPARE(rows[2].agreement, Agreement::same);
}

void TestDialect::everyKerasLayerHasAPyTorchForm() {
    for (int kernel = 1; kernel <= 5; ++kernel)
        for (int strides = 1; strides <= 4; ++strides)
            for (const Padding& padding : {Padding(Valid{}), Padding(Same{})})
                for (int extra = -1; extra < strides; ++extra) {
                    Conv2DTranspose layer = transposed(kernel, strides, padding);
                    layer.kernel_size.width = 3;
                    if (extra >= 0) layer.output_padding = Extent{extra, 0};
                    verify(layer, {3, 2, 2});
                    if (strides == 1) {
                        layer.dilation_rate = {2, 3};
                        verify(layer, {4, 5, 1});
                    }
                }
}

void TestDialect::everyPyTorchLayerHasAKerasForm() {
    for (int kernel = 1; kernel <= 4; ++kernel)
        for (int strides = 1; strides <= 3; ++strides)
            for (int padding = 0; padding <= 2; ++padding)
                for (int extra = 0; extra < strides; ++extra) {
                    Conv2DTranspose layer = transposed(kernel, strides, Explicit{{padding, 0}});
                    layer.output_padding = Extent{extra, 0};
                    verify(layer, {4, 3, 1});
                }
}

void TestDialect::otherLayers() {
    for (int kernel = 1; kernel <= 4; ++kernel)
        for (int strides = 1; strides <= 3; ++strides)
            for (const Padding& padding : {Padding(Valid{}), Padding(Same{})})
                verify(
                    Conv2D{.kernel_size = {kernel, 2}, .strides = {strides, 1}, .padding = padding},
                    {5, 4, 2});
    verify(UpSampling2D{{2, 3}, Interpolation::nearest}, {2, 2, 1});
    verify(UpSampling2D{{2, 3}, Interpolation::bilinear}, {2, 2, 1});
    // PyTorch's bicubic has the size, not the numbers; of Lanczos it has nothing.
    const UpSampling2D cubic{{2, 2}, Interpolation::bicubic};
    const Geometry geometry = *infer(cubic, {4, 4, 1});
    const auto rows = dialects(cubic, geometry);
    QCOMPARE(rows[1].arguments, std::string("scale_factor=2, mode='bicubic', align_corners=False"));
    QCOMPARE(rows[1].agreement, Agreement::other_numbers);
    const Tensor input = random_input({4, 4, 1}, 3);
    const Sampling pytorch{Filter::cubic, Coordinates::half_pixel, Rim::hold, -0.75};
    QVERIFY(*resample(pytorch, geometry.output, input) != *forward(cubic, geometry, {}, input));
    const UpSampling2D lanczos{{2, 2}, Interpolation::lanczos3};
    QCOMPARE(dialects(lanczos, *infer(lanczos, {4, 4, 1})).size(), std::size_t{1});
    QVERIFY(dialects(Flatten{}, *infer(Flatten{}, {2, 2, 1})).empty());
}

QTEST_GUILESS_MAIN(TestDialect)
#include "tst_dialect.moc"
