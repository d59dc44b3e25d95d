// SPDX-License-Identifier: MIT
// The designer beside everything there is: settings gone through one by one, by formulas of their
// own.
#include <array>
#include <set>

#include <QTest>

#include "engine/frameworks/design.h"

using namespace engine;

namespace {

/// kernel, strides, then what is cut (or the zeros put) before and after.
using Setting = std::array<int, 4>;
using Settings = std::set<Setting>;

constexpr int kernels = 5;
constexpr int most_strides = 4;

/// Along one axis, by the documentation of each framework, written down once more.
Settings every_transposed(int in, int out) {
    Settings all;
    for (int k = 1; k <= kernels; ++k)
        for (int s = 1; s <= most_strides; ++s) {
            const int full = (in - 1) * s + k;
            const auto found = [&](int size, int before) {
                if (size == out && before < k && full - out - before < k)
                    all.insert({k, s, before, full - out - before});
            };
            const auto half_of_rest = [&](int size) { return std::max(full - size, 0) / 2; };
            // Keras
            found(in * s + std::max(k - s, 0), 0);
            found(in * s, half_of_rest(in * s));
            for (int op = 0; op < s; ++op) {
                found(full + op, 0);
                const int size = full - 2 * (k / 2) + op;
                found(size, half_of_rest(size));
            }
            // PyTorch
            for (int p = 0; p < k; ++p)
                for (int op = 0; op < s; ++op) found(full - 2 * p + op, p);
            // ONNX: output_shape, which is auto_pad's rule too
            if (out <= full) {
                found(out, (full - out) / 2);
                found(out, full - out - (full - out) / 2);
            }
        }
    return all;
}

Settings every_resized(int in, int out) {
    Settings all;
    for (int k = 1; k <= kernels; ++k)
        for (int f = 2; f <= most_strides; ++f) {
            if (in * f - k + 1 == out) all.insert({k, f, 0, 0});
            if (in * f == out) all.insert({k, f, (k - 1) / 2, k / 2});
            for (int p = 0; p < k; ++p)
                if (in * f + 2 * p - k + 1 == out) all.insert({k, f, p, p});
        }
    return all;
}

/// Conv2D has the same of both axes: "same", or as many zeros before as after.
bool is_window(const Setting& rows, const Setting& columns) {
    const auto same = [](const Setting& s) { return s[2] + s[3] == s[0] - 1; };
    const auto even = [](const Setting& s) { return s[2] == s[3]; };
    return (same(rows) && same(columns)) || (even(rows) && even(columns));
}

DesignQuestion small(Size2D from, Size2D to) {
    return {.from = from,
            .to = to,
            .largest_kernel = kernels,
            .largest_strides = most_strides,
            .most = max_design_rows};
}

/// The settings of a way's rows and columns.
using Both = std::array<Setting, 2>;
Both setting_of(const Way& way) {
    if (const auto* layer = std::get_if<OnnxConvTranspose>(&way.layers.front())) {
        const Edges& p = layer->pads;
        return {Setting{layer->kernel_shape.height, layer->strides.height, p.top,
                        p.bottom - layer->output_padding.height},
                Setting{layer->kernel_shape.width, layer->strides.width, p.left,
                        p.right - layer->output_padding.width}};
    }
    const auto& resize = std::get<UpSampling2D>(way.layers[0]);
    const auto& window = std::get<Conv2D>(way.layers[1]);
    const Geometry& zeros = way.geometries[1];
    return {Setting{window.kernel_size.height, resize.size.height, zeros.rows.pad_before,
                    zeros.rows.pad_after},
            Setting{window.kernel_size.width, resize.size.width, zeros.columns.pad_before,
                    zeros.columns.pad_after}};
}

Settings squares(const Design& design, WayKind kind) {
    Settings all;
    for (const Way& way : design.ways) {
        if (way.kind != kind) continue;
        const Both both = setting_of(way);
        if (both[0] != both[1]) qFatal("rows and columns differ");
        if (!all.insert(both[0]).second) qFatal("one is listed twice");
    }
    return all;
}

std::int64_t number_of(const Design& design, WayKind kind) {
    return std::ranges::count(design.ways, kind, &Way::kind);
}

/// The way's layer in a framework's words, exactly.
std::string words(Framework framework, const Way& way) {
    const auto& layer = std::get<OnnxConvTranspose>(way.layers.front());
    for (const DialectRow& row : forms(layer, way.geometries.front()))
        if (row.framework == framework &&
            (row.agreement == Agreement::same || row.agreement == Agreement::given))
            return row.arguments;
    return "none";
}

Error mistake_in(const DesignQuestion& question) {
    const auto answer = design(question);
    return answer ? Error{} : answer.error();
}

}  // namespace

class TestDesign : public QObject {
    Q_OBJECT
private slots:
    void everySquareSetting();
    void everySettingOfEachAxis();
    void everyTwoStepsThatDouble();
    void eachWayLeadsThere();
    void eachWayIsLayersOfALesson();
    void whatIsFixedIsKept();
    void theQuestionsOfTheForums();
    void badges();
    void tensorFlowRefusesNoneOfKeras();
    void claims();
    void theNearest();
    void listsAreShortAndCountsWhole();
    void impossibleQuestions();
};

void TestDesign::everySquareSetting() {
    for (int from = 1; from <= 6; ++from)
        for (int to = 1; to <= 26; ++to) {
            const Design all = *design(small({from, from}, {to, to}));
            const Settings transposed = every_transposed(from, to);
            const Settings resized = every_resized(from, to);
            if (transposed.empty() && resized.empty()) {
                QVERIFY(all.nearest.has_value());
                continue;
            }
            QCOMPARE(all.nearest, std::nullopt);
            QCOMPARE(squares(all, WayKind::transposed), transposed);
            QCOMPARE(squares(all, WayKind::resized), resized);
            QCOMPARE(all.count, std::ssize(all.ways));
        }
}

void TestDesign::everySettingOfEachAxis() {
    const std::array<std::array<int, 4>, 3> questions{{{2, 3, 4, 7}, {3, 3, 6, 5}, {4, 2, 9, 4}}};
    for (const auto& [rows, columns, high, wide] : questions) {
        DesignQuestion question = small({rows, columns}, {high, wide});
        const Design all = *design(question);
        for (const auto& [kind, every] : {std::pair(WayKind::transposed, &every_transposed),
                                          {WayKind::resized, &every_resized}}) {
            std::set<Both> wanted;
            for (const Setting& down : every(rows, high))
                for (const Setting& across : every(columns, wide))
                    if (kind == WayKind::transposed || is_window(down, across))
                        wanted.insert({down, across});
            std::set<Both> found;
            for (const Way& way : all.ways)
                if (way.kind == kind) found.insert(setting_of(way));
            QCOMPARE(found, wanted);
            QCOMPARE(std::ssize(found), number_of(all, kind));
        }
        QCOMPARE(all.count, std::ssize(all.ways));
    }
}

void TestDesign::everyTwoStepsThatDouble() {
    for (int from = 1; from <= 5; ++from) {
        const Design all = *design(small({from, from}, {4 * from, 4 * from}));
        // A way to double has strides 2; the crop is that of any size.
        std::int64_t steps = 0;
        for (const Settings& settings : {every_transposed(7, 14), every_resized(7, 14)})
            steps += std::ranges::count_if(settings, [](const Setting& s) { return s[1] == 2; });
        QCOMPARE(number_of(all, WayKind::twice), steps * steps);
        QCOMPARE(all.count, std::ssize(all.ways));
    }
    QCOMPARE(number_of(*design(small({2, 2}, {6, 6})), WayKind::twice), 0);
}

void TestDesign::eachWayLeadsThere() {
    for (const auto& [from, to] : {std::pair(Size2D{4, 4}, Size2D{16, 16}),
                                   {Size2D{3, 2}, Size2D{12, 8}},
                                   {Size2D{3, 2}, Size2D{5, 7}},
                                   {Size2D{7, 7}, Size2D{3, 3}}}) {
        DesignQuestion question = small(from, to);
        question.channels = 3;
        question.filters = 2;
        const Design all = *design(question);
        for (const Way& way : all.ways) {
            Shape shape{from.height, from.width, 3};
            std::int64_t parameters = 0;
            for (std::size_t i = 0; i < way.layers.size(); ++i) {
                QCOMPARE(way.geometries[i].input, shape);
                shape = way.geometries[i].output;
            }
            QCOMPARE(shape, (Shape{to.height, to.width, 2}));
            for (std::size_t i = 0; i < way.layers.size(); ++i) {
                const Geometry& geometry = way.geometries[i];
                if (std::holds_alternative<UpSampling2D>(way.layers[i])) continue;
                parameters += std::int64_t{geometry.rows.kernel} * geometry.columns.kernel *
                                  geometry.input.channels() * 2 +
                              2;
            }
            QCOMPARE(way.parameters, parameters);
        }
    }
}

/// What layers keep of the full output of the first, rows before and after.
std::array<int, 2> kept_rows(const std::vector<LayerSpec>& layers, const Shape& input) {
    const Geometry first = *infer(layers.front(), input);
    std::array<int, 2> cut{first.rows.crop_before, first.rows.crop_after};
    if (layers.size() < 2) return cut;
    const Edges edges = std::get<Cropping2D>(layers[1]).cropping;
    return {cut[0] + edges.top, cut[1] + edges.bottom};
}

void TestDesign::eachWayIsLayersOfALesson() {
    for (int from = 1; from <= 4; ++from)
        for (int to = 1; to <= 20; ++to) {
            const Design all = *design(small({from, from + 1}, {to, to + 2}));
            for (const Way& way : all.ways) {
                const std::vector<LayerSpec> layers = layers_of(way);
                Shape shape{from, from + 1, 1};
                for (const LayerSpec& layer : layers) shape = infer(layer, shape)->output;
                QCOMPARE(shape, way.geometries.back().output);
                if (way.kind != WayKind::transposed) continue;
                const Axis& rows = way.geometries.front().rows;
                QCOMPARE(kept_rows(layers, {from, from + 1, 1}),
                         (std::array{rows.crop_before, rows.crop_after}));
                // Where a framework has it in a single layer, it is one.
                const auto rows_of =
                    forms(std::get<OnnxConvTranspose>(way.layers.front()), way.geometries.front());
                const bool single = std::ranges::any_of(rows_of, [](const DialectRow& row) {
                    return (row.framework == Framework::keras ||
                            row.framework == Framework::pytorch) &&
                           row.agreement == Agreement::same && row.cut_after == Edges{};
                });
                QCOMPARE(layers.size(), single ? 1U : 2U);
            }
        }
}

void TestDesign::whatIsFixedIsKept() {
    DesignQuestion question{.from = {46, 62}, .to = {368, 489}};
    question.kernel = Size2D{16, 16};
    question.strides = Size2D{8, 8};
    question.framework = Framework::pytorch;
    const Design pytorch = *design(question);
    QVERIFY(!pytorch.cut_by_hand);
    QCOMPARE(words(Framework::pytorch, pytorch.ways[0]),
             std::string("kernel_size=16, stride=8, padding=(4, 8), output_padding=(0, 1)"));
    QCOMPARE(words(Framework::keras, pytorch.ways[0]),
             std::string("kernel_size=16, strides=8, padding='valid', "
                         "then Cropping2D(((4, 4), (8, 7)))"));
    for (const Way& way : pytorch.ways)
        if (way.kind == WayKind::transposed)
            QVERIFY(words(Framework::pytorch, way).find("then") == std::string::npos);
    question.framework = Framework::keras;
    const Design keras = *design(question);
    QVERIFY(keras.cut_by_hand);  // no transposed layer of Keras alone
    QVERIFY(number_of(keras, WayKind::transposed) > number_of(pytorch, WayKind::transposed));
    question.framework.reset();
    question.padding = Size2D{4, 8};
    question.output_padding = Size2D{0, 1};
    const Design one = *design(question);
    QCOMPARE(one.count, 1);
    QCOMPARE(words(Framework::pytorch, one.ways[0]), words(Framework::pytorch, pytorch.ways[0]));
}

void TestDesign::theQuestionsOfTheForums() {
    const auto first = [](int from, int to, Framework framework) {
        return words(framework, design({.from = {from, from}, .to = {to, to}})->ways.front());
    };
    // "20 must become 39", "44 becomes 88, my skip connection has 89", 4 to 16
    QCOMPARE(first(4, 16, Framework::keras),
             std::string("kernel_size=4, strides=4, padding='valid'"));
    QCOMPARE(first(4, 8, Framework::pytorch), std::string("kernel_size=2, stride=2, padding=0"));
    DesignQuestion question{.from = {20, 20}, .to = {39, 39}};
    question.kernel = Size2D{3, 3};
    QCOMPARE(words(Framework::pytorch, design(question).value().ways.front()),
             std::string("kernel_size=3, stride=2, padding=1"));
    question.from = {44, 44};
    question.to = {89, 89};
    QCOMPARE(words(Framework::pytorch, design(question).value().ways.front()),
             std::string("kernel_size=3, stride=2, padding=0"));
    const Design four = *design({.from = {4, 4}, .to = {16, 16}});
    QCOMPARE(four.ways[0].kind, WayKind::transposed);
    QCOMPARE(four.ways[1].kind, WayKind::twice);
    QCOMPARE(four.ways[2].kind, WayKind::resized);
}

void TestDesign::badges() {
    const auto only = [](int kernel, int strides, int padding, int extra, int from) {
        DesignQuestion question{.from = {from, from}};
        const int to = (from - 1) * strides + kernel - 2 * padding + extra;
        question.to = {to, to};
        question.kernel = Size2D{kernel, kernel};
        question.strides = Size2D{strides, strides};
        question.padding = Size2D{padding, padding};
        question.output_padding = Size2D{extra, extra};
        const Design design = *engine::design(question);
        if (design.count != 1) qFatal("not one way");
        return design.ways.front();
    };
    const Way tiles = only(2, 2, 0, 0, 5);
    QCOMPARE(tiles.overlap, Tiling::tiles);
    QVERIFY(tiles.symmetric && !tiles.needs_output_padding);
    QCOMPARE(tiles.parameters, 5);
    QCOMPARE(tiles.multiply_adds, 100);
    QCOMPARE(tiles.reach, (Reach{{1, 1}, {2, 2}}));
    const Way even = only(4, 2, 1, 0, 5);
    QCOMPARE(even.overlap, Tiling::even);
    QCOMPARE(even.reach, (Reach{{2, 2}, {4, 4}}));
    const Way uneven = only(3, 2, 1, 1, 5);
    QCOMPARE(uneven.overlap, Tiling::uneven);
    QVERIFY(!uneven.symmetric && uneven.needs_output_padding);
    QCOMPARE(uneven.reach, (Reach{{2, 2}, {3, 3}}));
    QCOMPARE(only(1, 2, 0, 1, 5).overlap, Tiling::holes);
    // Nearest by 2, then a window of 3: an output sees 2 of the inputs along each axis.
    DesignQuestion question{.from = {8, 8}, .to = {16, 16}};
    question.kernel = Size2D{3, 3};
    const Design both = *design(question);
    for (const Way& way : both.ways) {
        if (way.kind != WayKind::resized) continue;
        QCOMPARE(way.overlap, std::nullopt);
        QCOMPARE(way.reach, (Reach{{2, 2}, {4, 4}}));
    }
}

// TensorFlow's conv2d_transpose is the gradient of a convolution of its output, which must give the
// input's size back: with same ceil(out / strides), which an even kernel and output_padding 0 miss.
void TestDesign::tensorFlowRefusesNoneOfKeras() {
    int same = 0;
    for (int from = 1; from <= 5; ++from)
        for (int to = 1; to <= 20; ++to) {
            DesignQuestion question = small({from, from}, {to, to});
            question.framework = Framework::keras;
            const Design design = *engine::design(question);
            if (design.cut_by_hand || design.nearest) continue;
            for (const Way& way : design.ways) {
                if (way.kind != WayKind::transposed) continue;
                const auto layers = layers_of(way, Framework::keras);
                const auto& layer = std::get<Conv2DTranspose>(layers.front());
                if (!std::holds_alternative<Same>(layer.padding)) continue;
                const int strides = layer.strides.height;
                QCOMPARE((to + strides - 1) / strides, from);
                ++same;
            }
        }
    QVERIFY(same > 20);
}

void TestDesign::claims() {
    const Claim first =
        claimed({.kernel_size = {4, 4}, .strides = {2, 2}, .padding = Explicit{{1, 1}}}, {4, 4});
    const Claim second = claimed({.kernel_size = {5, 5}}, {4, 4});
    QCOMPARE(first.geometry->rows.out, 8);
    QCOMPARE(second.geometry->rows.out, 8);
    QVERIFY(!first.holds({16, 16}) && !second.holds({16, 16}) && first.holds({8, 8}));
    QVERIFY(!claimed({.padding = Explicit{{9, 9}}}, {4, 4}).geometry.has_value());
}

// By trying every setting.
void TestDesign::theNearest() {
    for (int from = 1; from <= 4; ++from)
        for (int kernel = 1; kernel <= 4; ++kernel)
            for (int strides = 1; strides <= 3; ++strides)
                for (int to = 1; to <= 24; ++to) {
                    DesignQuestion question = small({from, from}, {to, to});
                    question.kernel = Size2D{kernel, kernel};
                    question.strides = Size2D{strides, strides};
                    question.output_padding = Size2D{0, 0};
                    const Design answer = *design(question);
                    int nearest = 0;
                    for (int p = 0; p < kernel; ++p) {
                        const int out = (from - 1) * strides + kernel - 2 * p;
                        if (out < 1) continue;
                        const int away = std::abs(out - to);
                        const int best = std::abs(nearest - to);
                        if (nearest == 0 || away < best || (away == best && out > nearest))
                            nearest = out;
                    }
                    if (!answer.nearest) {  // two steps may lead there where one does not
                        QVERIFY(nearest == to || answer.ways[0].kind == WayKind::twice);
                        QCOMPARE(answer.ways[0].geometries.back().rows.out, to);
                    } else {
                        QCOMPARE(answer.nearest, std::optional(Size2D{nearest, nearest}));
                        QVERIFY(!answer.ways.empty());
                        QCOMPARE(answer.ways[0].geometries.back().rows.out, nearest);
                    }
                }
    DesignQuestion question{.from = {4, 4}, .to = {16, 16}};
    question.kernel = Size2D{4, 4};
    question.strides = Size2D{2, 2};
    QCOMPARE(design(question)->count > 0, true);  // two steps lead there
    question.padding = Size2D{1, 1};
    question.to = {17, 17};
    QCOMPARE(design(question)->nearest, std::optional(Size2D{9, 9}));
}

void TestDesign::listsAreShortAndCountsWhole() {
    DesignQuestion question{.from = {2, 3}, .to = {16, 15}};  // thousands along each axis
    question.most = 4;
    const Design four = *design(question);
    QCOMPARE(std::ssize(four.ways), 4);
    question.most = max_design_rows;
    const Design many = *design(question);
    QCOMPARE(many.count, four.count);
    QVERIFY(many.count > 1000000);
    QCOMPARE(std::ssize(many.ways), std::int64_t{max_design_rows});
    std::set<Both> once;
    for (const Way& way : many.ways)
        if (way.kind == WayKind::transposed) QVERIFY(once.insert(setting_of(way)).second);
    for (std::size_t i = 0; i < 4; ++i) QVERIFY(many.ways[i].layers == four.ways[i].layers);
}

void TestDesign::impossibleQuestions() {
    const auto code = [](const DesignQuestion& question) { return mistake_in(question).code; };
    QCOMPARE(code({.from = {0, 4}, .to = {8, 8}}), ErrorCode::not_positive);
    QCOMPARE(code({.from = {4, 4}, .to = {8, max_design_size + 1}}), ErrorCode::too_large);
    QCOMPARE(code({.from = {4, 4}, .to = {8, 8}, .kernel = Size2D{0, 1}}), ErrorCode::not_positive);
    QCOMPARE(code({.from = {4, 4}, .to = {8, 8}, .strides = Size2D{5000, 1}}),
             ErrorCode::too_large);
    QCOMPARE(code({.from = {4, 4}, .to = {8, 8}, .largest_kernel = 65}), ErrorCode::too_large);
    QCOMPARE(code({.from = {4, 4}, .to = {8, 8}, .largest_strides = 33}), ErrorCode::too_large);
    QCOMPARE(code({.from = {4, 4}, .to = {8, 8}, .most = 0}), ErrorCode::not_positive);
    // The largest that are taken.
    const int most = max_design_size;
    QVERIFY(design({.from = {most, most}, .to = {most, most}})->count > 0);
    QVERIFY(design({.from = {1, 1}, .to = {most, most}})->nearest.has_value());
}

QTEST_GUILESS_MAIN(TestDesign)
#include "tst_design.moc"
