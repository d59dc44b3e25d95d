// SPDX-License-Identifier: MIT
// Counts beside products gone through one by one.
#include <map>
#include <set>

#include <QTest>

#include "engine/frameworks/onnx.h"
#include "engine/layers/counts.h"

using namespace engine;

namespace {

/// Along one axis: pairs of an input and a tap, and what is kept of them.
struct AxisCounted {
    std::int64_t met = 0, kept = 0;
    int sees = 0, touches = 0;
};
AxisCounted gone_through(const Axis& axis) {
    AxisCounted all;
    std::map<int, std::set<int>> inputs_of;
    std::map<int, std::set<int>> outputs_of;
    for (int input = 0; input < axis.in; ++input)
        for (int tap = 0; tap < axis.kernel; ++tap) {
            ++all.met;
            const int output = input * axis.stride + tap * axis.dilation - axis.crop_before;
            if (output < 0 || output >= axis.out) continue;
            ++all.kept;
            inputs_of[output].insert(input);
            outputs_of[input].insert(output);
        }
    const auto most = [](const std::map<int, std::set<int>>& lists) {
        int span = 0;  // from the first to the last, dilation's gaps included
        for (const auto& [cell, list] : lists)
            span = std::max(span, *list.rbegin() - *list.begin() + 1);
        return span;
    };
    all.sees = most(inputs_of);
    all.touches = most(outputs_of);
    return all;
}

}  // namespace

class TestCounts : public QObject {
    Q_OBJECT
private slots:
    void whyProgramsDisagree();
    void everyProductIsCounted();
    void parametersAreAProduct();
    void ofConvolutions();
    void reachThroughLayers();
    void ofOtherLayers();
};

// ConvTranspose2d(3, 1, 2, stride=2) on 2 × 2: 48 or 192.
void TestCounts::whyProgramsDisagree() {
    const Conv2DTranspose layer{
        .filters = 1, .kernel_size = {2, 2}, .strides = {2, 2}, .padding = Explicit{}};
    const auto all = counts(layer, *infer(layer, {2, 2, 3}));
    QVERIFY(all.has_value());
    QCOMPARE(text_of(all->from_inputs), std::string("2 × 2 × 2 × 2 × 3 × 1 = 48"));
    QCOMPARE(text_of(all->from_outputs), std::string("4 × 4 × 2 × 2 × 3 × 1 = 192"));
    QCOMPARE(all->met, 48);
    QCOMPARE(all->kept, 48);
    QCOMPARE(all->from_inputs.symbols.front().quantity, Quantity::in);
    QCOMPARE(all->from_outputs.symbols.front().quantity, Quantity::out);
}

void TestCounts::everyProductIsCounted() {
    for (int kernel = 1; kernel <= 5; ++kernel)
        for (int strides = 1; strides <= 4; ++strides)
            for (int padding = 0; padding <= 3; ++padding)
                for (int dilation = 1; dilation <= 2; ++dilation) {
                    Conv2DTranspose layer{.filters = 4,
                                          .kernel_size = {kernel, 2},
                                          .strides = {strides, 1},
                                          .padding = Explicit{{padding, 0}},
                                          .dilation_rate = {dilation, 1},
                                          .groups = 2};
                    const auto geometry = infer(layer, {7, 3, 6});
                    if (!geometry) continue;
                    const AxisCounted rows = gone_through(geometry->rows);
                    const AxisCounted columns = gone_through(geometry->columns);
                    const auto all = counts(layer, *geometry);
                    QCOMPARE(all->met, rows.met * columns.met * 6 * 2);
                    QCOMPARE(all->from_inputs.result, all->met);
                    QCOMPARE(all->kept, rows.kept * columns.kept * 6 * 2);
                    // At most; where the rim or a crop takes cells away, no output sees as many.
                    QVERIFY(all->reach.output_sees.height >= rows.sees);
                    QVERIFY(all->reach.input_touches.height >= rows.touches);
                    if (padding > 0 || dilation > 1) continue;
                    QCOMPARE(all->reach.output_sees.height, rows.sees);
                    QCOMPARE(all->reach.input_touches.height, rows.touches);
                }
}

void TestCounts::parametersAreAProduct() {
    const Conv2DTranspose layer{.filters = 1, .kernel_size = {3, 3}, .padding = Same{}};
    const auto all = counts(layer, *infer(layer, {5, 5, 128}));
    QCOMPARE(text_of(all->parameters), std::string("3 × 3 × 1 × 128 + 1 = 1153"));
}

void TestCounts::ofConvolutions() {
    const Conv2D layer{.filters = 2, .kernel_size = {3, 3}, .padding = Same{}};
    const auto all = counts(layer, *infer(layer, {4, 4, 3}));
    QCOMPARE(text_of(all->from_outputs), std::string("4 × 4 × 3 × 3 × 3 × 2 = 864"));
    QCOMPARE(all->met, 10 * 10 * 3 * 2);  // the zeros around are no products
    QCOMPARE(all->kept, all->met);
    QCOMPARE(all->reach, (Reach{{3, 3}, {3, 3}}));
}

void TestCounts::reachThroughLayers() {
    const Conv2DTranspose k4{.kernel_size = {4, 4}, .strides = {2, 2}, .padding = Explicit{{1, 1}}};
    const Geometry first = *infer(k4, {8, 8, 1});
    const Geometry second = *infer(k4, first.output);
    const std::vector<LayerSpec> layers{k4, k4};
    const std::vector<Geometry> geometries{first, second};
    // 2 of the middle's cells, which 3 inputs go into; 4 of them touch 3 * 2 + 4.
    QCOMPARE(reach(layers, geometries), (Reach{{3, 3}, {10, 10}}));
    // Never more than there are.
    const Geometry tiny = *infer(k4, {1, 1, 1});
    QCOMPARE(reach(k4, tiny), (Reach{{1, 1}, {2, 2}}));
}

void TestCounts::ofOtherLayers() {
    QVERIFY(!counts(Flatten{}, *infer(Flatten{}, {2, 2, 1})).has_value());
    const Conv2DTranspose layer{.kernel_size = {3, 3}};
    QVERIFY(!counts(layer, *infer(layer, {Shape::unknown, 4, 1})).has_value());
}

QTEST_GUILESS_MAIN(TestCounts)
#include "tst_counts.moc"
