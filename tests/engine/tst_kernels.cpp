// SPDX-License-Identifier: MIT
// The fast kernels against the oracle, on every instruction set this machine has: the tutorial's numbers, then
// the targets, then sweeps in which whole numbers must agree exactly and floats within the stated error.
#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "engine/kernels/kernels.h"
#include "engine/kernels/work.h"
#include "tests/support/targets.h"
#include "tests/support/tensor_text.h"

using namespace engine;

namespace {

/// Of the sum of the magnitudes of an output's products: less than kernels.h allows beyond sixteen of them.
constexpr double stated_error = 1e-6;

enum class Numbers { whole, floats };

/// Inputs at the heap's very end (so that the address sanitizer sees an overrun) or before numbers that spoil
/// every result they enter; outputs between guard words. Both begin off every vector's boundary.
class Buffers {
public:
    Buffers(const Tensor& input, std::int64_t outputs, bool at_the_end)
        : m_input(1, not_a_number), m_output(static_cast<std::size_t>(outputs) + 2 * guards, mark) {
        m_input.insert(m_input.end(), input.values().begin(), input.values().end());
        if (!at_the_end) m_input.insert(m_input.end(), guards, not_a_number);
        m_input.shrink_to_fit();
        std::fill(m_output.begin() + guards, m_output.end() - guards, not_a_number);
    }
    const float* input() const { return m_input.data() + 1; }
    float* output() { return m_output.data() + guards; }
    std::span<const float> outputs() const {
        return std::span(m_output).subspan(guards, m_output.size() - 2 * guards);
    }
    bool guards_stand() const {
        const auto untouched = [](float value) { return value == mark; };
        return std::all_of(m_output.begin(), m_output.begin() + guards, untouched) &&
               std::all_of(m_output.end() - guards, m_output.end(), untouched);
    }

private:
    static constexpr std::ptrdiff_t guards = 17;
    static constexpr float mark = 12345.5F;
    static constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> m_input;
    std::vector<float> m_output;
};

Tensor numbers(SeededRandom& random, const Shape& shape, Numbers kind) {
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (float& value : values)
        value = kind == Numbers::whole ? static_cast<float>(random.below(15) - 7)
                                       : static_cast<float>(random.normal());
    return {shape, std::move(values)};
}

Tensor magnitudes(const Tensor& tensor) {
    if (tensor.empty()) return tensor;
    std::vector<float> values(tensor.values().begin(), tensor.values().end());
    for (float& value : values) value = std::abs(value);
    return {tensor.shape(), std::move(values)};
}

std::vector<float> oracle(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                          const Tensor& input) {
    std::vector<float> out(static_cast<std::size_t>(geometry.output.count()));
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec))
        reference::conv2d_transpose(*transposed, geometry, weights, input.data(), out.data());
    else if (const auto* convolution = std::get_if<Conv2D>(&spec))
        reference::conv2d(*convolution, geometry, weights, input.data(), out.data());
    else if (const auto* upsampling = std::get_if<UpSampling2D>(&spec))
        reference::upsampling2d(*upsampling, geometry, input.data(), out.data());
    else if (const auto* dense = std::get_if<Dense>(&spec))
        reference::dense(*dense, geometry, weights, input.data(), out.data());
    return out;
}

/// A layer on an input, with what the oracle says.
struct Case {
    LayerSpec spec;
    Geometry geometry;
    Weights weights;
    Tensor input;
    Numbers kind;
    std::vector<float> expected;
    std::vector<float> allowed;  ///< absolute error of each output
};

std::optional<Case> make_case(const LayerSpec& spec, const Shape& shape, Numbers kind,
                              std::uint64_t seed) {
    const auto geometry = infer(spec, shape);
    if (!geometry) return std::nullopt;  // cropped to nothing
    SeededRandom random(seed);
    Case made{spec, *geometry, {}, numbers(random, shape, kind), kind, {}, {}};
    const WeightShapes shapes = weight_shapes(spec, *geometry);
    if (shapes.kernel.rank() > 0) made.weights.kernel = numbers(random, shapes.kernel, kind);
    if (shapes.bias.rank() > 0) made.weights.bias = numbers(random, shapes.bias, kind);
    made.expected = oracle(spec, *geometry, made.weights, made.input);
    const Weights weights{.kernel = magnitudes(made.weights.kernel),
                          .bias = magnitudes(made.weights.bias)};
    const auto* upsampling = std::get_if<UpSampling2D>(&spec);
    if (upsampling && sampling_of(upsampling->interpolation).rim == Rim::renormalise) {
        // Weights of both signs; their magnitudes add up to less than 3.
        const auto values = magnitudes(made.input);
        const float largest = std::ranges::max(values.values());
        made.allowed.assign(made.expected.size(), static_cast<float>(stated_error * 3 * largest));
        return made;
    }
    // The oracle itself rounds a bilinear weight of a third, in double; the kernels do not.
    const double error = kind == Numbers::floats ? stated_error : upsampling ? 1e-15 : 0;
    made.allowed = oracle(spec, *geometry, weights, magnitudes(made.input));
    for (float& value : made.allowed) value = static_cast<float>(value * error);
    return made;
}

QByteArray text_of(const LayerSpec& spec, const Shape& input) {
    const auto pair = [](Extent extent) {
        return QByteArray::number(extent.height) + 'x' + QByteArray::number(extent.width);
    };
    const auto convolution = [&](const auto& layer) {
        const char* padding = std::holds_alternative<Valid>(layer.padding)  ? " valid"
                              : std::holds_alternative<Same>(layer.padding) ? " same"
                                                                            : " explicit";
        return " filters " + QByteArray::number(layer.filters) + " k " + pair(layer.kernel_size) +
               " s " + pair(layer.strides) + " d " + pair(layer.dilation_rate) + " groups " +
               QByteArray::number(layer.groups) + padding;
    };
    QByteArray text = (class_name(spec) + " on ").c_str() + support::text_of(input);
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec)) {
        text += convolution(*transposed);
        if (transposed->output_padding) text += " op " + pair(*transposed->output_padding);
    } else if (const auto* direct = std::get_if<Conv2D>(&spec)) {
        text += convolution(*direct);
    } else if (const auto* upsampling = std::get_if<UpSampling2D>(&spec)) {
        text += ' ' + QByteArray(name_of(upsampling->interpolation).data()) + ' ' +
                pair(upsampling->size);
    } else if (const auto* dense = std::get_if<Dense>(&spec)) {
        text += " units " + QByteArray::number(dense->units);
    }
    return text;
}

/// What is wrong, or nothing.
QByteArray complaint(const Case& expected, const Buffers& buffers, const char* way) {
    const QByteArray where =
        QByteArray(way) + ", " + text_of(expected.spec, expected.geometry.input) + ": ";
    if (!buffers.guards_stand()) return where + "wrote outside the output";
    for (std::size_t i = 0; i < expected.expected.size(); ++i) {
        const float got = buffers.outputs()[i];
        // Written so that not a number is a complaint.
        if (std::abs(got - expected.expected[i]) <= expected.allowed[i]) continue;
        return where + "output " + QByteArray::number(qulonglong{i}) + " is " +
               QByteArray::number(static_cast<double>(got), 'g', 9) + ", not " +
               QByteArray::number(static_cast<double>(expected.expected[i]), 'g', 9);
    }
    return {};
}

template <typename Work>
QByteArray complaint_about(const Case& given, Work& work, Kernel<Work> kernel,
                           const Convolution& convolution, const char* way) {
    fill(work, convolution);
    // A job done in shares, the last first: each output is some share's.
    const bool divisible = !std::is_same_v<Work, MatrixWork>;
    for (const int shares : {1, 3}) {
        if (shares > 1 && !divisible) break;
        Buffers buffers(given.input, given.geometry.output.count(), true);
        for (int share = shares; share-- > 0;)
            kernel(work, {share, shares}, buffers.input(), buffers.output());
        const QByteArray wrong = complaint(given, buffers, way);
        if (!wrong.isEmpty()) return wrong + " (" + QByteArray::number(shares) + " shares)";
    }
    return {};
}

/// A plan takes the cheapest way; the others must be right too.
QByteArray complaint_about_ways(const Case& given, const Convolution& convolution) {
    const VectorUnit unit = vector_unit();
    FilterWork by_filters = arrange_filters(convolution, unit);
    QByteArray wrong =
        complaint_about(given, by_filters, filter_kernel(), convolution, "over filters");
    if (auto work = arrange_channels(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, channel_kernel(work->lanes), convolution,
                                "over channels");
    if (auto work = arrange_columns(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, column_kernel(), convolution, "over columns");
    if (auto work = arrange_stamps(convolution, unit); work && wrong.isEmpty())
        wrong = complaint_about(given, *work, stamp_kernel(), convolution, "over stamps");
    if (auto work = arrange_matrix(convolution, unit); work && wrong.isEmpty())
        wrong =
            complaint_about(given, *work, matrix_kernel(work->lanes), convolution, "as a matrix");
    return wrong;
}

/// The case `times` over, as one run's batch.
Case repeated(const Case& given, int times) {
    Case batch = given;
    std::vector<float> inputs;
    batch.expected.clear();
    batch.allowed.clear();
    for (int i = 0; i < times; ++i) {
        inputs.insert(inputs.end(), given.input.values().begin(), given.input.values().end());
        batch.expected.insert(batch.expected.end(), given.expected.begin(), given.expected.end());
        batch.allowed.insert(batch.allowed.end(), given.allowed.begin(), given.allowed.end());
    }
    batch.input = {{static_cast<int>(inputs.size())}, std::move(inputs)};
    return batch;
}

QByteArray complaint_about(const Case& given) {
    for (const bool at_the_end : {false, true}) {
        Buffers buffers(given.input, given.geometry.output.count(), at_the_end);
        Plan::make(given.spec, given.geometry, given.weights)
            .run(buffers.input(), buffers.output());
        const QByteArray wrong = complaint(given, buffers, "plan");
        if (!wrong.isEmpty()) return wrong;
    }
    const Case batch = repeated(given, 3);
    Buffers buffers(batch.input, static_cast<std::int64_t>(batch.expected.size()), true);
    Plan::make(given.spec, given.geometry, given.weights, {.batch = 3})
        .run(buffers.input(), buffers.output());
    if (const QByteArray wrong = complaint(batch, buffers, "batch of 3"); !wrong.isEmpty())
        return wrong;
    if (active_target() == "reference") return {};
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&given.spec))
        return complaint_about_ways(given, describe(*transposed, given.geometry, given.weights));
    if (const auto* direct = std::get_if<Conv2D>(&given.spec))
        return complaint_about_ways(given, describe(*direct, given.geometry, given.weights));
    if (const auto* dense = std::get_if<Dense>(&given.spec))
        return complaint_about_ways(given, describe(*dense, given.geometry, given.weights, 1));
    return {};
}

/// How many cases were compared, and the first complaint.
struct Sweep {
    int cases = 0;
    QByteArray wrong;

    void add(const LayerSpec& spec, const Shape& input) {
        for (const Numbers kind : {Numbers::whole, Numbers::floats}) {
            if (!wrong.isEmpty()) return;
            const auto given = make_case(spec, input, kind, 7 + static_cast<std::uint64_t>(cases));
            if (!given) return;
            ++cases;
            wrong = complaint_about(*given);
        }
    }
};

template <typename Layer>
Layer convolution(int filters, Extent kernel_size, Extent strides, Padding padding) {
    Layer layer;
    layer.filters = filters;
    layer.kernel_size = kernel_size;
    layer.strides = strides;
    layer.padding = padding;
    return layer;
}

/// Kernels, strides, dilation and paddings on maps of few channels and all widths.
template <typename Layer>
void sweep_settings(Sweep& sweep) {
    int width = 0;
    for (int kernel = 1; kernel <= 7; ++kernel)
        for (int stride = 1; stride <= 4; ++stride)
            for (int dilation = 1; dilation <= 3; ++dilation)
                for (const Padding& padding :
                     {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 2}})}) {
                    width = width % 19 + 1;
                    auto layer = convolution<Layer>(1 + width % 3, {kernel, 1 + kernel % 4},
                                                    {stride, 1 + (stride + dilation) % 4}, padding);
                    layer.dilation_rate = {dilation, 1 + dilation % 3};
                    const Shape input{1 + width * 7 % 9, width, 1 + kernel % 3};
                    sweep.add(layer, input);
                    std::swap(layer.kernel_size.height, layer.kernel_size.width);
                    std::swap(layer.strides.height, layer.strides.width);
                    layer.use_bias = false;
                    sweep.add(layer, input);
                }
}

template <typename Layer>
void sweep_channels(Sweep& sweep) {
    constexpr int counts[] = {1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 66};
    int turn = 0;
    for (const int channels : counts)
        for (const int filters : counts) {
            const int k = 1 + ++turn % 5, s = 1 + turn % 3;
            sweep.add(convolution<Layer>(filters, {k, k}, {s, s}, Same{}),
                      {1 + turn % 4, 1 + turn % 7, channels});
        }
}

template <typename Layer>
void sweep_widths(Sweep& sweep) {
    for (int width = 1; width <= 19; ++width)
        for (int stride = 1; stride <= 5; ++stride)
            for (const int filters : {1, 3})
                sweep.add(convolution<Layer>(filters, {4, 4}, {stride, stride}, Same{}),
                          {2, width, filters});
    // Several segments of a row, with and without a rest; a row longer than all scratch.
    for (const int width : {255, 256, 257, 700})
        for (const int stride : {1, 2, 3})
            sweep.add(convolution<Layer>(1, {3, 3}, {stride, stride}, Same{}), {2, width, 1});
    sweep.add(convolution<Layer>(2, {1, 3}, {1, 2}, Same{}), {1, 20000, 2});
}

template <typename Layer>
void sweep_groups(Sweep& sweep) {
    for (const int groups : {2, 3})
        for (const int channels : {1, 2, 4, 17})
            for (const int filters : {1, 3, 16, 18}) {
                auto layer = convolution<Layer>(groups * filters, {3, 2}, {2, 1}, Explicit{{1, 0}});
                layer.groups = groups;
                sweep.add(layer, {4, 9, groups * channels});
            }
    auto depthwise = convolution<Layer>(33, {3, 3}, {2, 2}, Same{});
    depthwise.groups = 33;
    sweep.add(depthwise, {5, 6, 33});
}

}  // namespace

class TestKernels : public QObject {
    Q_OBJECT

private:
    static void report(const Sweep& sweep, int at_least) {
        QVERIFY2(sweep.wrong.isEmpty(), sweep.wrong.constData());
        QVERIFY2(sweep.cases >= at_least, QByteArray::number(sweep.cases).constData());
    }

private slots:
    void cleanup() { QVERIFY(force_target(runnable_targets().front())); }

    void tutorial_data() { support::add_targets(); }
    void tutorial() {
        support::force_target();
        Weights weights{.kernel = support::kernel("1 2 3 / 4 5 6 / 7 8 9"),
                        .bias = support::vector({0})};
        const Conv2DTranspose layer = convolution<Conv2DTranspose>(1, {3, 3}, {2, 2}, Valid{});
        const Tensor input = support::grid("1 2 / 3 4");
        const Geometry geometry = infer(layer, input.shape()).value();
        std::vector<float> out(25);
        Plan::make(layer, geometry, weights).run(input.data(), out.data());
        QCOMPARE(
            Tensor(geometry.output, out),
            support::grid("1 2 5 4 6 / 4 5 14 10 12 / 10 14 36 24 30 / 12 15 34 20 24 / 21 24 55 "
                          "32 36"));

        const UpSampling2D twice{{1, 2}, Interpolation::bilinear};
        const Tensor pair = support::grid("1 2");
        const Geometry widened = infer(twice, pair.shape()).value();
        out.resize(4);
        Plan::make(twice, widened, {}).run(pair.data(), out.data());
        QCOMPARE(Tensor(widened.output, out), support::grid("1 1.25 1.75 2"));
    }

    void targets() {
        const auto compiled = compiled_targets();
        const auto runnable = runnable_targets();
        QCOMPARE(compiled.back(), std::string("reference"));
        QCOMPARE(runnable.back(), std::string("reference"));
        for (const std::string& name : runnable)
            QVERIFY2(std::find(compiled.begin(), compiled.end(), name) != compiled.end(),
                     name.c_str());
        QCOMPARE(std::set<std::string>(compiled.begin(), compiled.end()).size(), compiled.size());
        QCOMPARE(active_target(), runnable.front());
        for (const std::string& name : runnable) {
            QCOMPARE(force_target(name).value(), name);
            QCOMPARE(active_target(), name);
            QCOMPARE(runnable_targets(), runnable);
        }
        const auto unknown = force_target("abacus");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::unknown_name);
        QCOMPARE(unknown.error().text, std::string("abacus"));
        QCOMPARE(active_target(), runnable.back());  // unchanged
        for (const std::string& name : compiled)
            if (std::find(runnable.begin(), runnable.end(), name) == runnable.end())
                QCOMPARE(force_target(name).error().code, ErrorCode::unsupported);
    }

    void a_plan_keeps_its_target() {
        const Tensor input = support::grid("1 2 3");
        const UpSampling2D layer{{2, 2}, Interpolation::nearest};
        const Geometry geometry = infer(layer, input.shape()).value();
        QVERIFY(force_target("reference"));
        const Plan plan = Plan::make(layer, geometry, {});
        QVERIFY(force_target(runnable_targets().front()));
        QCOMPARE(plan.target(), std::string("reference"));
    }

    void transposed_settings_data() { support::add_targets(); }
    void transposed_settings() {
        support::force_target();
        Sweep sweep;
        sweep_settings<Conv2DTranspose>(sweep);
        for (int stride = 2; stride <= 4; ++stride)
            for (int op = 0; op < stride; ++op)
                for (const Padding& padding :
                     {Padding(Valid{}), Padding(Same{}), Padding(Explicit{{1, 1}})}) {
                    auto layer = convolution<Conv2DTranspose>(2, {3, 4}, {stride, stride}, padding);
                    layer.output_padding = {op, stride - 1 - op};
                    sweep.add(layer, {3, 5, 2});
                }
        report(sweep, 900);
    }

    void convolution_settings_data() { support::add_targets(); }
    void convolution_settings() {
        support::force_target();
        Sweep sweep;
        sweep_settings<Conv2D>(sweep);
        report(sweep, 600);
    }

    void channels_and_filters_data() { support::add_targets(); }
    void channels_and_filters() {
        support::force_target();
        Sweep sweep;
        sweep_channels<Conv2DTranspose>(sweep);
        sweep_channels<Conv2D>(sweep);
        report(sweep, 480);
    }

    void widths_data() { support::add_targets(); }
    void widths() {
        support::force_target();
        Sweep sweep;
        sweep_widths<Conv2DTranspose>(sweep);
        sweep_widths<Conv2D>(sweep);
        report(sweep, 700);
    }

    void groups_data() { support::add_targets(); }
    void groups() {
        support::force_target();
        Sweep sweep;
        sweep_groups<Conv2DTranspose>(sweep);
        sweep_groups<Conv2D>(sweep);
        report(sweep, 130);
    }

    void dense_data() { support::add_targets(); }
    void dense() {
        support::force_target();
        Sweep sweep;
        for (const int units : {1, 2, 3, 7, 8, 16, 17, 31, 64, 65, 130})
            for (const int in : {1, 2, 3, 5, 16, 33, 100}) {
                Dense layer;
                layer.units = units;
                sweep.add(layer, {in});
                layer.use_bias = false;
                sweep.add(layer, {3, 5, in});
            }
        report(sweep, 300);
    }

    void upsampling_data() { support::add_targets(); }
    void upsampling() {
        support::force_target();
        Sweep sweep;
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::bilinear})
            for (int factor = 1; factor <= 7; ++factor)
                for (const int channels : {1, 2, 3, 4, 5, 8, 15, 16, 17, 33})
                    for (int width = 1; width <= 19; width += 1 + (factor + channels) % 3)
                        sweep.add(UpSampling2D{{1 + width % 3, factor}, kind},
                                  {1 + width % 4, width, channels});
        // Longer than the row that is blended at a time.
        for (const int channels : {1, 3, 3000})
            sweep.add(UpSampling2D{{2, 2}, Interpolation::bilinear},
                      {2, 9000 / channels, channels});
        report(sweep, 2000);
    }

    void resampling_data() { support::add_targets(); }
    void resampling() {
        support::force_target();
        Sweep sweep;
        for (const Interpolation kind :
             {Interpolation::bicubic, Interpolation::lanczos3, Interpolation::lanczos5,
              Interpolation::gaussian, Interpolation::mitchellcubic})
            for (int factor = 1; factor <= 5; ++factor)
                for (const int channels : {1, 2, 3, 4, 7, 8, 16, 17})
                    for (int width = 1; width <= 13; width += 1 + (factor + channels) % 4)
                        sweep.add(UpSampling2D{{1 + width % 4, factor}, kind},
                                  {1 + width % 7, width, channels});
        // Several tiles of columns, and several of channels.
        sweep.add(UpSampling2D{{2, 3}, Interpolation::bicubic}, {6, 1500, 3});
        sweep.add(UpSampling2D{{2, 2}, Interpolation::lanczos5}, {12, 3, 1200});
        report(sweep, 500);
    }

    /// Any finite number may come: weights of a third must not overflow on the way.
    void upsampling_of_the_largest_numbers_data() { support::add_targets(); }
    void upsampling_of_the_largest_numbers() {
        support::force_target();
        constexpr float largest = std::numeric_limits<float>::max();
        for (int factor = 1; factor <= 7; ++factor) {
            const UpSampling2D layer{{factor, factor}, Interpolation::bilinear};
            const Tensor input = Tensor::filled({3, 3, 1}, largest / 2);
            const Geometry geometry = infer(layer, input.shape()).value();
            std::vector<float> out(static_cast<std::size_t>(geometry.output.count()));
            Plan::make(layer, geometry, {}).run(input.data(), out.data());
            QCOMPARE(first_not_finite(out), -1);
        }
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "tst_kernels.moc"
