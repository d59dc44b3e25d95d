// SPDX-License-Identifier: MIT
// "What are four brackets of weights, and why is there a 0 in one?" Kernels in both orders of axes,
// as code and back, and as nested boxes.
#include <QtTest>

#include "engine/layers/kernel_axes.h"
#include "tests/support/random_layers.h"
#include "ui/diagram/weights_figure.h"
#include "ui/formats/weights_text.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

using namespace engine;
using ui::formats::read_weights;
using ui::formats::weights_forms;
using ui::formats::write_weights;

namespace {

LayerSpec layer_of(bool transposed, int filters, Size2D kernel_size) {
    Conv2DTranspose layer;
    layer.filters = filters;
    layer.kernel_size = kernel_size;
    Conv2D other;
    other.filters = filters;
    other.kernel_size = kernel_size;
    return transposed ? LayerSpec(layer) : LayerSpec(other);
}

QString written(const char* form, const LayerSpec& spec, const Weights& weights) {
    for (const auto& one : weights_forms())
        if (QLatin1String(one.id) == QLatin1String(form)) return write_weights(one, spec, weights);
    return {};
}

}  // namespace

class TestWeightsText : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::words::install_translations(); }

    void the_tutorials_four_brackets();
    void axes_are_those_of_the_frameworks();
    void every_form_is_read_again();
    void what_the_frameworks_print_is_read();
    void a_shape_that_does_not_fit_is_said_with_both();
    void every_weight_has_one_place_in_either_order();
    void long_axes_leave_out_their_middle();
};

void TestWeightsText::the_tutorials_four_brackets() {
    const LayerSpec layer = layer_of(true, 1, {1, 1});
    Weights weights;
    weights.kernel = Tensor({1, 1, 1, 1}, {1});
    weights.bias = Tensor(Shape{1}, {0});
    QCOMPARE(written("set_weights", layer, weights),
             QStringLiteral("layer.set_weights([np.array([[[[1.0]]]], dtype=np.float32), "
                            "np.array([0.0], dtype=np.float32)])"));
    QCOMPARE(written("weight_data", layer, weights),
             QStringLiteral("layer.weight.data = torch.tensor([[[[1.0]]]])\n"
                            "layer.bias.data = torch.tensor([0.0])"));
}

void TestWeightsText::axes_are_those_of_the_frameworks() {
    using enum KernelAxis;
    QVERIFY(kernel_axes(Conv2DTranspose{}, KernelOrder::keras) ==
            (KernelAxes{row, column, filter, input_channel}));
    QVERIFY(kernel_axes(Conv2DTranspose{}, KernelOrder::pytorch) ==
            (KernelAxes{input_channel, filter, row, column}));
    // Keras's kernel (3, 3, 1, 128) is PyTorch's weight (128, 1, 3, 3).
    const auto keras = kernel_axes(Conv2DTranspose{}, KernelOrder::keras);
    const auto pytorch = kernel_axes(Conv2DTranspose{}, KernelOrder::pytorch);
    QCOMPARE(reordered(Shape{3, 3, 1, 128}, keras, pytorch), (Shape{128, 1, 3, 3}));
    QCOMPARE(reordered(Shape{3, 3, 128, 64}, kernel_axes(Conv2D{}, KernelOrder::keras),
                       kernel_axes(Conv2D{}, KernelOrder::pytorch)),
             (Shape{64, 128, 3, 3}));
    SeededRandom random(61);
    const Tensor kernel = support::whole_numbers(random, {2, 3, 4, 5});
    const Tensor moved = reordered(kernel, keras, pytorch);
    QCOMPARE(moved.at(4, 3, 1, 2), kernel.at(1, 2, 3, 4));
    QVERIFY(reordered(moved, pytorch, keras) == kernel);
}

void TestWeightsText::every_form_is_read_again() {
    SeededRandom random(62);
    for (int i = 0; i < 60; ++i) {
        const bool transposed = i % 2 == 0;
        const int filters = 1 + random.below(3);
        const int channels = 1 + random.below(3);
        const LayerSpec layer = layer_of(transposed, filters, {1 + random.below(3), 2});
        const WeightShapes shapes = weight_shapes(layer, Shape{4, 4, channels});
        Weights weights;
        weights.kernel = support::normal_numbers(random, shapes.kernel);
        weights.bias = support::normal_numbers(random, shapes.bias);
        for (const auto& form : weights_forms()) {
            const QString text = write_weights(form, layer, weights);
            const auto read = read_weights(text, layer, shapes);
            QVERIFY2(read.has_value(), qPrintable(text));
            QVERIFY2(read->kernel == weights.kernel && read->bias == weights.bias,
                     qPrintable(text));
            QCOMPARE(read->order, form.order);
        }
    }
}

void TestWeightsText::what_the_frameworks_print_is_read() {
    const LayerSpec layer = layer_of(true, 1, {1, 2});
    const WeightShapes shapes = weight_shapes(layer, Shape{2, 2, 2});
    const Tensor kernel({1, 2, 1, 2}, {1, 2, 3, 4});
    const auto kernel_in = [&](const char* text) {
        const auto read = read_weights(QString::fromUtf8(text), layer, shapes);
        return read ? read->kernel : Tensor();
    };
    QVERIFY(kernel_in("[array([[[[1., 2.]],\n\n        [[3., 4.]]]], dtype=float32), "
                      "array([0.], dtype=float32)]") == kernel);
    QVERIFY(kernel_in("[[[[1, 2]], [[3, 4]]]]") == kernel);
    QVERIFY(kernel_in("Parameter containing:\ntensor([[[[1., 3.]]], [[[2., 4.]]]], "
                      "requires_grad=True)") == kernel);
    // No word says so, but only PyTorch's order has this shape.
    QVERIFY(kernel_in("[[[[1, 3]]], [[[2, 4]]]]") == kernel);
    // Another size comes with the kernel.
    const auto larger =
        read_weights(QStringLiteral("[[[[1, 2]]], [[[3, 4]]], [[[5, 6]]]]"), layer, shapes);
    QVERIFY(larger && larger->kernel.shape() == (Shape{3, 1, 1, 2}));
}

void TestWeightsText::a_shape_that_does_not_fit_is_said_with_both() {
    const LayerSpec layer = layer_of(true, 1, {3, 3});
    const WeightShapes shapes = weight_shapes(layer, Shape{4, 4, 2});
    const auto said = [&](const char* text) {
        const auto read = read_weights(QString::fromUtf8(text), layer, shapes);
        return read ? QString() : ui::words::error_text(read.error());
    };
    QCOMPARE(said("[[[[1, 2, 3]]]]"),
             QStringLiteral("The kernel has shape (1, 1, 1, 3), but (3, 3, 1, 2) is needed "
                            "(input channels: 3, not 2)."));
    QCOMPARE(said("torch.tensor([[[[1, 2, 3]]]])"),
             QStringLiteral("The kernel has shape (1, 1, 1, 3), but (2, 1, 3, 3) is needed "
                            "(input channels: 1, not 2)."));
    QCOMPARE(said("[[1, 2], [3, 4]]"),
             QStringLiteral("The kernel has shape (2, 2), but (3, 3, 1, 2) is needed."));
    QVERIFY(said("set_weights([[[[[1, 2]]]], [1, 2]])").contains(QStringLiteral("bias")));
    for (const char* wrong : {"", "[", "[[[[", "hello", "[[[[1, two]]]]", "[[[[1, 2]], [[3]]]]",
                              "layer.weight.data = ", "[[[[1,2]]]] [[[[1,2]]]]"})
        QVERIFY2(!said(wrong).isEmpty(), wrong);
}

void TestWeightsText::every_weight_has_one_place_in_either_order() {
    SeededRandom random(63);
    for (const bool transposed : {true, false}) {
        const LayerSpec layer = layer_of(transposed, 2, {3, 2});
        const WeightShapes shapes = weight_shapes(layer, Shape{4, 4, 3});
        Weights weights;
        weights.kernel = support::whole_numbers(random, shapes.kernel);
        for (const KernelOrder order : {KernelOrder::keras, KernelOrder::pytorch}) {
            const auto picture = ui::diagram::weights_picture(layer, weights, {.order = order});
            QCOMPARE(picture.grids.size(), std::size_t{6});
            const QRectF page(QPointF(), picture.size);
            std::vector<QRectF> cells;
            for (const auto& grid : picture.grids) {
                const auto [filter, channel] =
                    ui::diagram::weights_slice(shapes.kernel, layer, grid.grid.index);
                for (int row = 0; row < 3; ++row)
                    for (int column = 0; column < 2; ++column) {
                        QCOMPARE(grid.said(row, column).number(),
                                 std::optional(
                                     transposed ? weights.kernel.at(row, column, filter, channel)
                                                : weights.kernel.at(row, column, channel, filter)));
                        // The grid's cell is where the number is drawn.
                        const QRectF cell = grid.cell_rect(row, column);
                        const auto there = ui::diagram::hit(picture, cell.center());
                        QVERIFY(there && there->grid == grid.grid && there->row == row &&
                                there->column == column);
                        QVERIFY(page.contains(cell));
                        for (const QRectF& other : cells) QVERIFY(!other.intersects(cell));
                        cells.push_back(cell);
                    }
            }
        }
    }
}

void TestWeightsText::long_axes_leave_out_their_middle() {
    const LayerSpec layer = layer_of(true, 1, {3, 3});
    Weights weights;
    weights.kernel = Tensor::filled({3, 3, 1, 128}, 1.0F);
    const auto picture = ui::diagram::weights_picture(layer, weights, {});
    QCOMPARE(picture.grids.size(), std::size_t{3});  // channels 0, 1 and 127
    QCOMPARE(picture.grids.back().grid.index, 127);
    QVERIFY(picture.size.width() < 2000);
}

QTEST_GUILESS_MAIN(TestWeightsText)
#include "tst_weights_text.moc"
