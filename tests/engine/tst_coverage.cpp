// SPDX-License-Identifier: MIT
// How many inputs reach each output cell: the table every learner asks for, then any setting.
#include <QtTest>
#include <numeric>
#include <set>

#include "engine/lessons/coverage.h"
#include "engine/lessons/trace.h"
#include "tests/support/transposed_settings.h"

using namespace engine;

Q_DECLARE_METATYPE(engine::CoverageVerdict)

namespace {

using Counts = std::vector<int>;

Conv2DTranspose square(int kernel, int strides, int dilation = 1) {
    Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.dilation_rate = {dilation, dilation};
    return layer;
}

Geometry geometry_of(const LayerSpec& layer, Size2D in) {
    return infer(layer, Shape{in.height, in.width, 1}).value();
}

Counts row(const Coverage& map, int index) {
    const auto first = map.counts.begin() + index * map.width;
    return Counts(first, first + map.width);
}

Weights with_kernel(const LayerSpec& layer, const Geometry& geometry, Initializer initializer) {
    Weights weights;
    weights.kernel = make_kernel({initializer, 1}, layer, weight_shapes(layer, geometry).kernel);
    return weights;
}

}  // namespace

class TestCoverage : public QObject {
    Q_OBJECT

private slots:
    void k3_s2_counts_one_two_four();
    void k4_s2_is_even_with_a_thin_rim();
    void k1_s2_has_holes();
    void verdicts_data();
    void verdicts();
    void axes_multiply();
    void upsampling_tiles();
    void telling_inputs();
    void every_phase_repeats_inside_a_telling_input();
    void flat_grey_through_the_kernel_of_tens();
    void flat_grey_through_a_bilinear_kernel_stays_flat();
    void flat_grey_adds_the_channels_of_the_filters_group();

    // Any setting
    void counts_are_the_products_that_meet();
    void the_inside_of_a_large_map_holds_the_inside_counts();
    void flat_response_is_what_the_layer_computes();
};

void TestCoverage::k3_s2_counts_one_two_four() {
    const Coverage map = coverage(geometry_of(square(3, 2), {5, 5}));
    QCOMPARE(map.height, 11);
    QCOMPARE(map.width, 11);
    QCOMPARE(row(map, 0), (Counts{1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1}));
    QCOMPARE(row(map, 1), row(map, 0));
    QCOMPARE(row(map, 2), (Counts{2, 2, 4, 2, 4, 2, 4, 2, 4, 2, 2}));
    QCOMPARE(map.at(4, 5), 2);
    QCOMPARE(map.verdict, CoverageVerdict::uneven);
    QCOMPARE(map.inside, (Counts{1, 2, 4}));
}

void TestCoverage::k4_s2_is_even_with_a_thin_rim() {
    const Coverage map = coverage(geometry_of(square(4, 2), {4, 4}));
    QCOMPARE(row(map, 0), (Counts{1, 1, 2, 2, 2, 2, 2, 2, 1, 1}));
    QCOMPARE(row(map, 4), (Counts{2, 2, 4, 4, 4, 4, 4, 4, 2, 2}));
    QCOMPARE(map.verdict, CoverageVerdict::even);
    QCOMPARE(map.inside, (Counts{4}));
}

void TestCoverage::k1_s2_has_holes() {
    const Coverage map = coverage(geometry_of(square(1, 2), {3, 3}));
    QCOMPARE(row(map, 0), (Counts{1, 0, 1, 0, 1}));
    QCOMPARE(row(map, 1), (Counts{0, 0, 0, 0, 0}));
    QCOMPARE(map.verdict, CoverageVerdict::holes);
    QCOMPARE(map.inside, (Counts{0, 1}));
}

void TestCoverage::verdicts_data() {
    QTest::addColumn<int>("kernel");
    QTest::addColumn<int>("strides");
    QTest::addColumn<int>("dilation");
    QTest::addColumn<CoverageVerdict>("verdict");
    QTest::addColumn<Counts>("inside");
    using enum CoverageVerdict;
    QTest::newRow("k1 s1") << 1 << 1 << 1 << tiles << Counts{1};
    QTest::newRow("k2 s2: the quiz trap") << 2 << 2 << 1 << tiles << Counts{1};
    QTest::newRow("k3 s1") << 3 << 1 << 1 << even << Counts{9};
    QTest::newRow("k4 s4") << 4 << 4 << 1 << tiles << Counts{1};
    QTest::newRow("k5 s2") << 5 << 2 << 1 << uneven << Counts{4, 6, 9};
    QTest::newRow("k6 s2") << 6 << 2 << 1 << even << Counts{9};
    QTest::newRow("k2 s3") << 2 << 3 << 1 << holes << Counts{0, 1};
    QTest::newRow("k5 s3") << 5 << 3 << 1 << uneven << Counts{1, 2, 4};
    // Every other cell of a dilated stamp is empty, and with strides 2 all stamps leave the same
    // ones.
    QTest::newRow("k3 s2 d2") << 3 << 2 << 2 << holes << Counts{0, 9};
    // A dilation prime to the strides reaches every phase in turn, as the dense kernel does.
    QTest::newRow("k3 s2 d3") << 3 << 2 << 3 << uneven << Counts{1, 2, 4};
    QTest::newRow("k3 s3 d2") << 3 << 3 << 2 << tiles << Counts{1};
    QTest::newRow("k4 s2 d3") << 4 << 2 << 3 << even << Counts{4};
}

void TestCoverage::verdicts() {
    QFETCH(int, kernel);
    QFETCH(int, strides);
    QFETCH(int, dilation);
    const LayerSpec layer = square(kernel, strides, dilation);
    for (const int size : {1, 2, 7}) {  // does not depend on it
        const Coverage map = coverage(geometry_of(layer, {size, size}));
        QTEST(map.verdict, "verdict");
        QTEST(map.inside, "inside");
    }
}

void TestCoverage::axes_multiply() {
    Conv2DTranspose layer = square(2, 2);
    layer.kernel_size = {3, 2};
    const Coverage map = coverage(geometry_of(layer, {2, 2}));
    QCOMPARE(map.height, 5);
    QCOMPARE(map.width, 4);
    QCOMPARE(map.counts, (Counts{
                             1, 1, 1, 1,  //
                             1, 1, 1, 1,  //
                             2, 2, 2, 2,  //
                             1, 1, 1, 1,  //
                             1, 1, 1, 1,
                         }));
    QCOMPARE(map.verdict, CoverageVerdict::uneven);
    QCOMPARE(map.inside, (Counts{1, 2}));
}

void TestCoverage::upsampling_tiles() {
    const Coverage map = coverage(geometry_of(UpSampling2D{{2, 3}}, {2, 2}));
    QCOMPARE(map.counts, Counts(24, 1));
    QCOMPARE(map.verdict, CoverageVerdict::tiles);
}

void TestCoverage::telling_inputs() {
    const auto telling = [](int kernel, int strides) {
        const Size2D size = telling_input(geometry_of(square(kernel, strides), {1, 1}));
        return size.height == size.width ? size.height : -1;
    };
    QCOMPARE(telling(3, 2), 5);  // 11 × 11
    QCOMPARE(telling(2, 2), 5);  // 10 × 10
    QCOMPARE(telling(4, 2), 5);  // 12 × 12
    QCOMPARE(telling(5, 2), 6);  // 15 × 15
    QCOMPARE(telling(3, 1), 5);  //  7 × 7
    QCOMPARE(telling(3, 3), 5);  // 15 × 15
    QCOMPARE(telling(4, 4), 4);  // 16 × 16
}

void TestCoverage::every_phase_repeats_inside_a_telling_input() {
    for (int kernel = 1; kernel <= 11; ++kernel)
        for (int strides = 1; strides <= 8; ++strides)
            for (int dilation = 1; dilation <= 4; ++dilation) {
                const LayerSpec layer = square(kernel, strides, dilation);
                const Geometry telling =
                    geometry_of(layer, telling_input(geometry_of(layer, {1, 1})));
                // Inside: wherever a stamp that reaches the cell may start, there is an input.
                const Axis& axis = telling.rows;
                const int first = axis.extent - 1;
                const int last = landing(axis, axis.in - 1, 0);
                QVERIFY(last - first + 1 >= 2 * strides);
                // And it is not larger than needed once it passes 15 cells.
                if (axis.full > 15) QVERIFY(last - first + 1 < 3 * strides);
            }
}

void TestCoverage::flat_grey_through_the_kernel_of_tens() {
    const LayerSpec layer = square(3, 2);
    const Geometry geometry = geometry_of(layer, {2, 2});
    const Weights weights = with_kernel(layer, geometry, Initializer::tens);
    // 10 + 30 + 70 + 90, 20 + 80 (and 40 + 60), 50
    QCOMPARE(flat_response(layer, geometry, weights, 0), (std::vector<float>{200, 100, 50}));
}

void TestCoverage::flat_grey_through_a_bilinear_kernel_stays_flat() {
    const LayerSpec layer = square(4, 2);
    const Geometry geometry = geometry_of(layer, {2, 2});
    const Weights weights = with_kernel(layer, geometry, Initializer::bilinear);
    QCOMPARE(flat_response(layer, geometry, weights, 0), std::vector<float>{1});
    const LayerSpec upsampling = UpSampling2D{};
    QCOMPARE(flat_response(upsampling, geometry_of(upsampling, {2, 2}), {}, 0),
             std::vector<float>{1});
    QVERIFY(flat_response(Flatten{}, geometry_of(Flatten{}, {2, 2}), {}, 0).empty());
}

void TestCoverage::flat_grey_adds_the_channels_of_the_filters_group() {
    Conv2DTranspose layer = square(1, 1);
    layer.filters = 2;
    layer.groups = 2;
    layer.padding = Explicit{};
    const Geometry geometry = infer(layer, Shape{2, 2, 4}).value();
    Weights weights;
    weights.kernel = Tensor(Shape{1, 1, 1, 4}, {1, 2, 30, 40});
    QCOMPARE(flat_response(layer, geometry, weights, 0), std::vector<float>{3});
    QCOMPARE(flat_response(layer, geometry, weights, 1), std::vector<float>{70});
}

void TestCoverage::counts_are_the_products_that_meet() {
    SeededRandom random(1);
    for (int i = 0; i < 100; ++i) {
        support::TransposedSetting setting = support::random_transposed(random);
        const Coverage map = coverage(setting.geometry);
        const Trace trace(setting.layer, setting.geometry, setting.weights, setting.input, 0,
                          Reading::stamp);
        const auto channels = static_cast<std::size_t>(trace.input().shape().channels());
        for (int y = 0; y < map.height; ++y)
            for (int x = 0; x < map.width; ++x)
                QVERIFY2(trace.taps_into({y, x}).size() ==
                             channels * static_cast<std::size_t>(map.at(y, x)),
                         setting.text().c_str());
        // Every stamp is laid down whole.
        QCOMPARE(std::accumulate(map.counts.begin(), map.counts.end(), 0),
                 setting.geometry.rows.in * setting.geometry.columns.in *
                     setting.geometry.rows.kernel * setting.geometry.columns.kernel);
    }
}

void TestCoverage::the_inside_of_a_large_map_holds_the_inside_counts() {
    SeededRandom random(2);
    for (int i = 0; i < 100; ++i) {
        Conv2DTranspose layer = support::random_transposed(random).layer;
        layer.groups = 1;
        layer.padding = Valid{};
        const Geometry telling = geometry_of(layer, telling_input(geometry_of(layer, {1, 1})));
        const Coverage map = coverage(telling);
        std::set<int> seen;
        for (int y = telling.rows.extent - 1; y <= landing(telling.rows, telling.rows.in - 1, 0);
             ++y)
            for (int x = telling.columns.extent - 1;
                 x <= landing(telling.columns, telling.columns.in - 1, 0); ++x)
                seen.insert(map.at(y, x));
        QCOMPARE(Counts(seen.begin(), seen.end()), map.inside);
    }
}

void TestCoverage::flat_response_is_what_the_layer_computes() {
    SeededRandom random(3);
    for (int i = 0; i < 100; ++i) {
        support::TransposedSetting setting = support::random_transposed(random);
        const Size2D size = telling_input(setting.geometry);
        const Shape shape{size.height, size.width, setting.geometry.input.channels()};
        const Geometry geometry = infer(setting.layer, shape).value();
        const Tensor linear =
            linear_full(setting.layer, geometry, setting.weights, Tensor::filled(shape, 1));
        for (int filter = 0; filter < setting.layer.filters; ++filter) {
            const float bias = setting.layer.use_bias ? setting.weights.bias.at(filter) : 0;
            std::set<float> seen;
            for (int y = geometry.rows.extent - 1; y <= landing(geometry.rows, size.height - 1, 0);
                 ++y)
                for (int x = geometry.columns.extent - 1;
                     x <= landing(geometry.columns, size.width - 1, 0); ++x)
                    seen.insert(linear.at(y, x, filter) + bias);
            std::vector<float> response =
                flat_response(setting.layer, geometry, setting.weights, filter);
            std::ranges::sort(response);
            QVERIFY2(response == std::vector<float>(seen.begin(), seen.end()),
                     setting.text().c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
