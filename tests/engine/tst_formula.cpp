// SPDX-License-Identifier: MIT
// The equations as they are read in the rail, and that their numbers come to what they claim.
#include <map>

#include <QtTest>

#include "engine/layers/formula.h"
#include "tests/support/transposed_settings.h"

using namespace engine;

namespace {

/// Works out the right side of an equation as a reader would: + − × /, max, floor and ceiling.
class Evaluator {
public:
    explicit Evaluator(const std::vector<Piece>& pieces) : m_pieces(pieces) {}

    double value() {
        const double result = sum();
        return m_next == m_pieces.size() ? result : std::nan("");
    }

private:
    bool take(const char* text) {
        if (m_next == m_pieces.size() || m_pieces[m_next].text != text) return false;
        ++m_next;
        return true;
    }
    double sum() {
        double total = product();
        for (;;) {
            if (take("+"))
                total += product();
            else if (take("−"))
                total -= product();
            else
                return total;
        }
    }
    double product() {
        double total = factor();
        for (;;) {
            if (take("×"))
                total *= factor();
            else if (take("/"))
                total /= factor();
            else
                return total;
        }
    }
    double factor() {
        if (take("(")) return closed(sum(), ")");
        if (take("⌊")) return closed(std::floor(sum()), "⌋");
        if (take("⌈")) return closed(std::ceil(sum()), "⌉");
        if (take("max(")) {
            const double first = closed(sum(), ",");
            return closed(std::max(first, sum()), ")");
        }
        if (m_next == m_pieces.size()) return std::nan("");
        bool is_number = false;
        const double number = QString::fromStdString(m_pieces[m_next++].text).toDouble(&is_number);
        return is_number ? number : std::nan("");
    }
    double closed(double result, const char* bracket) {
        return take(bracket) ? result : std::nan("");
    }

    const std::vector<Piece>& m_pieces;
    std::size_t m_next = 0;
};

double evaluated(const Equation& equation) {
    return Evaluator(equation.numbers.empty() ? equation.symbols : equation.numbers).value();
}

Formula formula_of(const LayerSpec& layer, const Shape& input) {
    return explain(layer, infer(layer, input).value());
}

QStringList rows_of(const LayerSpec& layer, const Shape& input) {
    QStringList lines;
    for (const Equation& equation : formula_of(layer, input).rows.equations)
        lines << QString::fromStdString(text_of(equation));
    return lines;
}

QString parameters_of(const LayerSpec& layer, const Shape& input) {
    return QString::fromStdString(text_of(formula_of(layer, input).parameters));
}

QStringList lines(std::initializer_list<const char*> list) {
    QStringList result;
    for (const char* line : list) result << QString::fromUtf8(line);
    return result;
}

Conv2DTranspose square(int kernel, int strides, Padding padding,
                       std::optional<int> output_padding = std::nullopt) {
    Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = padding;
    if (output_padding) layer.output_padding = Size2D{*output_padding, *output_padding};
    return layer;
}

}  // namespace

class TestFormula : public QObject {
    Q_OBJECT

private slots:
    void same();
    void valid();
    void output_padding();
    void explicit_padding();
    void dilation();
    void upsampling();
    void convolution_and_pooling();
    void padding_and_cropping_layers();
    void axes_that_differ();
    void terms_know_what_they_stand_for();
    void a_formula_for_latex();
    void parameters();
    void layers_without_a_size_rule();

    // Any setting
    void numbers_come_to_the_results();
    void terms_put_cells_and_take_them();
    void convolutions_come_to_their_outputs();
};

void TestFormula::same() {
    QCOMPARE(rows_of(square(3, 2, Same{}), {2, 2, 1}),
             lines({"out = in × strides = 2 × 2 = 4",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 3 = 5",
                    "crop = full − out = 5 − 4 = 1"}));
    // The kernel is smaller than the strides: nothing to cut, something to append.
    QCOMPARE(rows_of(square(1, 2, Same{}), {2, 2, 1}),
             lines({"out = in × strides = 2 × 2 = 4",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 1 = 3",
                    "appended = out − full = 4 − 3 = 1"}));
    // Nothing cut, nothing more to say.
    QCOMPARE(rows_of(square(2, 2, Same{}), {2, 2, 1}), lines({"out = in × strides = 2 × 2 = 4"}));
    const Formula formula = formula_of(square(3, 2, Same{}), {2, 2, 1});
    QVERIFY(formula.axes_equal);
    QCOMPARE(formula.rows.crop_before, 0);
    QCOMPARE(formula.rows.crop_after, 1);
}

void TestFormula::valid() {
    QCOMPARE(rows_of(square(3, 2, Valid{}), {2, 2, 1}),
             lines({"out = in × strides + max(kernel_size − strides, 0) = "
                    "2 × 2 + max(3 − 2, 0) = 5"}));
    QCOMPARE(rows_of(square(1, 2, Valid{}), {2, 2, 1}),
             lines({"out = in × strides + max(kernel_size − strides, 0) = "
                    "2 × 2 + max(1 − 2, 0) = 4",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 1 = 3",
                    "appended = out − full = 4 − 3 = 1"}));
}

void TestFormula::output_padding() {
    QCOMPARE(rows_of(square(3, 2, Valid{}, 1), {2, 2, 1}),
             lines({"out = (in − 1) × strides + kernel_size + output_padding = "
                    "(2 − 1) × 2 + 3 + 1 = 6",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 3 = 5",
                    "appended = out − full = 6 − 5 = 1"}));
    QCOMPARE(rows_of(square(3, 2, Same{}, 1), {2, 2, 1}),
             lines({"out = (in − 1) × strides + kernel_size − 2 × ⌊kernel_size / 2⌋ + "
                    "output_padding = (2 − 1) × 2 + 3 − 2 × ⌊3 / 2⌋ + 1 = 4",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 3 = 5",
                    "crop = full − out = 5 − 4 = 1"}));
    // 0 is not the same as none.
    QCOMPARE(rows_of(square(3, 2, Same{}, 0), {2, 2, 1}).front(),
             QStringLiteral("out = (in − 1) × strides + kernel_size − 2 × ⌊kernel_size / 2⌋ + "
                            "output_padding = (2 − 1) × 2 + 3 − 2 × ⌊3 / 2⌋ + 0 = 3"));
}

void TestFormula::explicit_padding() {
    QCOMPARE(rows_of(square(4, 2, Explicit{{1, 1}}), {2, 2, 1}),
             lines({"out = (in − 1) × strides + kernel_size − 2 × padding = "
                    "(2 − 1) × 2 + 4 − 2 × 1 = 4",
                    "full = (in − 1) × strides + kernel_size = (2 − 1) × 2 + 4 = 6",
                    "crop = full − out = 6 − 4 = 2"}));
    QCOMPARE(rows_of(square(3, 2, Explicit{{1, 1}}, 1), {2, 2, 1}).front(),
             QStringLiteral("out = (in − 1) × strides + kernel_size − 2 × padding + "
                            "output_padding = (2 − 1) × 2 + 3 − 2 × 1 + 1 = 4"));
    // One row cut before, one appended after: the sum is 0, and still there is a crop to show.
    const Formula shifted = formula_of(square(3, 3, Explicit{{1, 1}}, 2), {2, 2, 1});
    QCOMPARE(shifted.rows.crop_before, 1);
    QCOMPARE(shifted.rows.crop_after, -1);
    QCOMPARE(QString::fromStdString(text_of(shifted.rows.equations.back())),
             QStringLiteral("crop = full − out = 6 − 6 = 0"));
}

void TestFormula::dilation() {
    Conv2DTranspose layer = square(3, 2, Same{});
    layer.dilation_rate = {2, 2};
    QCOMPARE(
        rows_of(layer, {2, 2, 1}),
        lines({"out = in × strides = 2 × 2 = 4",
               "effective_kernel = dilation_rate × (kernel_size − 1) + 1 = 2 × (3 − 1) + 1 = 5",
               "full = (in − 1) × strides + effective_kernel = (2 − 1) × 2 + 5 = 7",
               "crop = full − out = 7 − 4 = 3"}));
    layer.padding = Valid{};
    QCOMPARE(
        rows_of(layer, {2, 2, 1}),
        lines({"out = in × strides + max(effective_kernel − strides, 0) = "
               "2 × 2 + max(5 − 2, 0) = 7",
               "effective_kernel = dilation_rate × (kernel_size − 1) + 1 = 2 × (3 − 1) + 1 = 5"}));
}

void TestFormula::upsampling() {
    const Formula formula = formula_of(UpSampling2D{{2, 3}}, {2, 2, 1});
    QCOMPARE(QString::fromStdString(text_of(formula.rows.equations.front())),
             QStringLiteral("out = in × size = 2 × 2 = 4"));
    QCOMPARE(QString::fromStdString(text_of(formula.columns.equations.front())),
             QStringLiteral("out = in × size = 2 × 3 = 6"));
    QVERIFY(!formula.axes_equal);
}

void TestFormula::convolution_and_pooling() {
    Conv2D layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    QCOMPARE(rows_of(layer, {10, 10, 1}),
             lines({"out = ⌊(in − kernel_size) / strides⌋ + 1 = ⌊(10 − 3) / 2⌋ + 1 = 4"}));
    layer.padding = Same{};
    QCOMPARE(rows_of(layer, {5, 5, 1}), lines({"out = ⌈in / strides⌉ = ⌈5 / 2⌉ = 3"}));
    layer.padding = Explicit{{1, 1}};
    QCOMPARE(rows_of(layer, {5, 5, 1}),
             lines({"out = ⌊(in + 2 × padding − kernel_size) / strides⌋ + 1 = "
                    "⌊(5 + 2 × 1 − 3) / 2⌋ + 1 = 3"}));
    layer.padding = Valid{};
    layer.strides = {1, 1};
    layer.dilation_rate = {2, 2};
    QCOMPARE(
        rows_of(layer, {7, 7, 1}),
        lines({"out = ⌊(in − effective_kernel) / strides⌋ + 1 = ⌊(7 − 5) / 1⌋ + 1 = 3",
               "effective_kernel = dilation_rate × (kernel_size − 1) + 1 = 2 × (3 − 1) + 1 = 5"}));
    QCOMPARE(rows_of(Pooling2D{}, {5, 5, 1}),
             lines({"out = ⌊(in − pool_size) / strides⌋ + 1 = ⌊(5 − 2) / 2⌋ + 1 = 2"}));
    QCOMPARE(rows_of(Pooling2D{PoolKind::max, {2, 2}, {}, Same{}}, {5, 5, 1}),
             lines({"out = ⌈in / strides⌉ = ⌈5 / 2⌉ = 3"}));
}

void TestFormula::padding_and_cropping_layers() {
    QCOMPARE(rows_of(ZeroPadding2D{{1, 2, 0, 0}}, {5, 5, 1}),
             lines({"out = in + top_pad + bottom_pad = 5 + 1 + 2 = 8"}));
    QCOMPARE(rows_of(Cropping2D{{1, 2, 0, 0}}, {5, 5, 1}),
             lines({"out = in − top_crop − bottom_crop = 5 − 1 − 2 = 2"}));
}

void TestFormula::axes_that_differ() {
    Conv2DTranspose layer = square(3, 2, Same{});
    QVERIFY(!formula_of(layer, {2, 3, 1}).axes_equal);
    layer.kernel_size = {3, 5};
    const Formula formula = formula_of(layer, {2, 2, 1});
    QVERIFY(!formula.axes_equal);
    QCOMPARE(formula.columns.equations.back().result, std::int64_t{3});
}

void TestFormula::terms_know_what_they_stand_for() {
    const Formula formula = formula_of(square(3, 2, Same{}), {2, 2, 1});
    const Equation& size = formula.rows.equations.front();
    QCOMPARE(size.left, (Piece{Quantity::out, "out"}));
    QCOMPARE(size.symbols,
             (std::vector<Piece>{
                 {Quantity::in, "in"}, {Quantity::sign, "×"}, {Quantity::strides, "strides"}}));
    QCOMPARE(
        size.numbers,
        (std::vector<Piece>{{Quantity::in, "2"}, {Quantity::sign, "×"}, {Quantity::strides, "2"}}));
    QCOMPARE(size.result, std::int64_t{4});
    // Symbols and numbers stand in step, so that a hovered term finds its other half.
    for (const Equation& equation : formula.rows.equations) {
        QCOMPARE(equation.symbols.size(), equation.numbers.size());
        for (std::size_t i = 0; i < equation.symbols.size(); ++i)
            QCOMPARE(equation.symbols[i].quantity, equation.numbers[i].quantity);
    }
}

void TestFormula::a_formula_for_latex() {
    const auto latex = [](const LayerSpec& layer) {
        return latex_of(text_of(formula_of(layer, {2, 2, 1}).rows.equations.front()));
    };
    QCOMPARE(
        latex(square(3, 2, Same{}, 1)),
        std::string("\\mathrm{out} = (\\mathrm{in} - 1) \\times \\mathrm{strides} + "
                    "\\mathrm{kernel\\_size} - 2 \\times \\lfloor \\mathrm{kernel\\_size} / 2 "
                    "\\rfloor + \\mathrm{output\\_padding} = (2 - 1) \\times 2 + 3 - 2 \\times "
                    "\\lfloor 3 / 2 \\rfloor + 1 = 4"));
    QCOMPARE(latex(square(3, 2, Valid{})),
             std::string("\\mathrm{out} = \\mathrm{in} \\times \\mathrm{strides} + "
                         "\\max(\\mathrm{kernel\\_size} - \\mathrm{strides}, 0) = "
                         "2 \\times 2 + \\max(3 - 2, 0) = 5"));
    QCOMPARE(latex_of("s × (i' − 1) + k"), std::string("s \\times (i' - 1) + k"));
}

void TestFormula::parameters() {
    const Conv2DTranspose layer = square(3, 2, Same{});
    QCOMPARE(parameters_of(layer, {5, 5, 128}), QStringLiteral("3 × 3 × 1 × 128 + 1 = 1153"));
    const std::vector<Piece> pieces = formula_of(layer, {5, 5, 128}).parameters.symbols;
    std::vector<Quantity> factors;
    for (const Piece& piece : pieces)
        if (piece.quantity != Quantity::sign) factors.push_back(piece.quantity);
    QCOMPARE(factors,
             (std::vector<Quantity>{Quantity::kernel_size, Quantity::kernel_size, Quantity::filters,
                                    Quantity::input_channels, Quantity::bias}));

    Conv2DTranspose grouped = square(4, 2, Explicit{{1, 1}});
    grouped.filters = 6;
    grouped.groups = 2;
    grouped.use_bias = false;
    QCOMPARE(parameters_of(grouped, {5, 5, 8}), QStringLiteral("4 × 4 × 3 × 8 = 384"));

    Conv2D convolution;
    convolution.kernel_size = {3, 3};
    QCOMPARE(parameters_of(convolution, {10, 10, 128}),
             QStringLiteral("3 × 3 × 128 × 1 + 1 = 1153"));
    convolution.groups = 2;
    convolution.filters = 4;
    QCOMPARE(parameters_of(convolution, {10, 10, 6}), QStringLiteral("3 × 3 × 3 × 4 + 4 = 112"));
    QCOMPARE(parameters_of(Dense{3200}, {100}), QStringLiteral("100 × 3200 + 3200 = 323200"));
    QCOMPARE(parameters_of(BatchNormalization{}, {5, 5, 128}), QStringLiteral("4 × 128 = 512"));
    QCOMPARE(parameters_of(BatchNormalization{.scale = false}, {5, 5, 128}),
             QStringLiteral("3 × 128 = 384"));
    QCOMPARE(parameters_of(UpSampling2D{}, {5, 5, 128}), QStringLiteral("0"));
    QCOMPARE(parameters_of(Flatten{}, {5, 5, 128}), QStringLiteral("0"));
}

void TestFormula::layers_without_a_size_rule() {
    for (const LayerSpec& layer :
         {LayerSpec(Dense{3}), LayerSpec(Reshape{{5, 5, 1}}), LayerSpec(Dropout{})}) {
        const Formula formula = formula_of(layer, {25});
        QVERIFY(formula.rows.equations.empty());
        QVERIFY(formula.columns.equations.empty());
        QVERIFY(formula.axes_equal);
    }
}

void TestFormula::numbers_come_to_the_results() {
    SeededRandom random(1);
    for (int i = 0; i < 1000; ++i) {
        const support::TransposedSetting setting = support::random_transposed(random);
        const Formula formula = explain(setting.layer, setting.geometry);
        QCOMPARE(formula.rows.equations.front().result, setting.geometry.output.height());
        QCOMPARE(formula.columns.equations.front().result, setting.geometry.output.width());
        for (const AxisFormula& axis : {formula.rows, formula.columns})
            for (const Equation& equation : axis.equations)
                QVERIFY2(evaluated(equation) == static_cast<double>(equation.result),
                         (setting.text() + ": " + text_of(equation)).c_str());
        QVERIFY2(evaluated(formula.parameters) == static_cast<double>(formula.parameters.result),
                 setting.text().c_str());
        QCOMPARE(formula.rows.equations.back().left.quantity == Quantity::crop,
                 formula.rows.crop_before != 0 || formula.rows.crop_after != 0);
    }
}

/// Cells that are there after all terms were added and cut, each once.
CellRange cells_left(const Equation& equation) {
    std::map<int, int> cells;
    for (const EquationTerm& term : equation.terms)
        for (const CellRange& range : term.does.cells)
            for (int cell = range.first; cell <= range.last; ++cell)
                cells[cell] += term.does.value < 0 ? -1 : 1;
    std::erase_if(cells, [](const auto& cell) { return cell.second == 0; });
    if (cells.empty()) return {};
    const CellRange left{cells.begin()->first, cells.rbegin()->first};
    for (int cell = left.first; cell <= left.last; ++cell)
        if (cells[cell] != 1) return {-1, -1};
    return left;
}

void TestFormula::terms_put_cells_and_take_them() {
    SeededRandom random(3);
    for (int i = 0; i < 1000; ++i) {
        const support::TransposedSetting setting = support::random_transposed(random);
        const Formula formula = explain(setting.layer, setting.geometry);
        for (const auto& [lines, axis] : {std::pair(formula.rows, setting.geometry.rows),
                                          {formula.columns, setting.geometry.columns}}) {
            for (const Equation& equation : lines.equations) {
                const QByteArray line = (setting.text() + ": " + text_of(equation)).c_str();
                std::int64_t sum = 0;
                std::size_t pieces = 0;
                for (const EquationTerm& term : equation.terms) {
                    sum += term.does.value;
                    pieces += term.last - term.first;
                    std::int64_t count = 0;
                    for (const CellRange& range : term.does.cells)
                        count += std::max(range.last - range.first + 1, 0);
                    QVERIFY2(count == std::abs(term.does.value), line);
                }
                // A crop of less than nothing is said as what is appended.
                QVERIFY2(sum == equation.result, line);
                // All of it but the signs between.
                QVERIFY2(pieces + equation.terms.size() - 1 == equation.symbols.size(), line);
                if (equation.left.quantity == Quantity::full)
                    QVERIFY2((cells_left(equation) == CellRange{0, axis.full - 1}), line);
                if (equation.left.quantity == Quantity::out)
                    QVERIFY2((cells_left(equation) ==
                              CellRange{axis.crop_before, axis.crop_before + axis.out - 1}),
                             line);
            }
        }
    }
}

void TestFormula::convolutions_come_to_their_outputs() {
    SeededRandom random(2);
    for (int i = 0; i < 1000; ++i) {
        const auto pair = [&](int largest) {
            return Size2D{1 + random.below(largest), 1 + random.below(largest)};
        };
        const Padding paddings[] = {Valid{}, Same{}, Explicit{{random.below(3), random.below(3)}}};
        const Padding& padding = paddings[random.below(3)];
        const Conv2D convolution{.filters = 2,
                                 .kernel_size = pair(5),
                                 .strides = pair(4),
                                 .padding = padding,
                                 .dilation_rate = pair(3)};
        const Pooling2D pooling{PoolKind::max, pair(4), pair(4), padding};
        const Shape input{4 + random.below(12), 4 + random.below(12), 3};
        for (const LayerSpec& layer : {LayerSpec(convolution), LayerSpec(pooling)}) {
            const auto geometry = infer(layer, input);
            if (!geometry) continue;  // the window does not fit
            const Formula formula = explain(layer, *geometry);
            QCOMPARE(formula.rows.equations.front().result, geometry->output.height());
            QCOMPARE(formula.columns.equations.front().result, geometry->output.width());
            for (const AxisFormula& axis : {formula.rows, formula.columns})
                for (const Equation& equation : axis.equations)
                    QVERIFY2(evaluated(equation) == static_cast<double>(equation.result),
                             text_of(equation).c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestFormula)
#include "tst_formula.moc"
