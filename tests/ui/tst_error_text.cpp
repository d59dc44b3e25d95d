// SPDX-License-Identifier: MIT
// Every mistake is one sentence with its numbers in it.
#include <QTest>

#include "engine/layers/geometry.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

using engine::Error;
using engine::ErrorCode;
using ui::words::error_text;

namespace {

QString refusal(const engine::LayerSpec& spec, const engine::Shape& input) {
    const auto geometry = engine::infer(spec, input);
    if (!geometry) return error_text(geometry.error());
    const auto error = engine::check_computable(spec, *geometry);
    return error ? error_text(*error) : QString();
}

engine::Conv2DTranspose transposed(int kernel, int strides) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    return layer;
}

/// One sentence: a capital or a name at the start, one full stop, at the end.
bool is_sentence(const QString& text) {
    return !text.isEmpty() && text.endsWith(u'.') && !text.contains(u'\n') &&
           text.count(QStringLiteral(". ")) == 0 && !text.contains(QStringLiteral("%")) &&
           !text.contains(QStringLiteral("  "));
}

}  // namespace

class TestErrorText : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::words::install_translations(); }
    void namesTheWayOut();
    void saysWhichLayer();
    void everyCodeIsOneSentence();
    void fragmentsAreTamed();
};

void TestErrorText::namesTheWayOut() {
    auto layer = transposed(3, 2);
    layer.output_padding = engine::Size2D{2, 2};
    QCOMPARE(refusal(layer, {2, 2, 1}),
             QStringLiteral("output_padding 2 must be less than strides 2; use 0 or 1 (rows)."));
    layer = transposed(3, 1);
    layer.output_padding = engine::Size2D{1, 1};
    QCOMPARE(refusal(layer, {2, 2, 1}),
             QStringLiteral("output_padding 1 must be less than strides 1; use 0 (rows)."));
    layer = transposed(3, 4);
    layer.output_padding = engine::Size2D{0, 4};
    QCOMPARE(refusal(layer, {2, 2, 1}),
             QStringLiteral("output_padding 4 must be less than strides 4; use 0 to 3 (columns)."));

    QCOMPARE(
        refusal(transposed(65536, 1), {1024, 1024, 1}),
        QStringLiteral("The kernel’s weights and the cells (rows) meet 67,108,864 times, but at "
                       "most 16,777,216 are computed; use a smaller kernel."));

    QCOMPARE(refusal(transposed(0, 1), {2, 2, 1}),
             QStringLiteral("kernel_size (rows) is 0, but must be at least 1."));
    QCOMPARE(
        refusal(engine::Conv2D{.kernel_size = {3, 3}}, {2, 2, 1}),
        QStringLiteral("The kernel spans 3 rows, but the input with its padding has only 2; use a "
                       "smaller one or a larger input."));
    QCOMPARE(refusal(engine::Conv2D{.kernel_size = {1, 20'001}}, {9, 9, 1}),
             QStringLiteral("The kernel spans 20,001 columns, but the input with its padding has "
                            "only 9; use a smaller one or a larger input."));
    QCOMPARE(
        refusal(engine::Pooling2D{}, {1, 9, 1}),
        QStringLiteral("pool_size spans 2 rows, but the input with its padding has only 1; use "
                       "a smaller one or a larger input."));
    QCOMPARE(refusal(engine::Cropping2D{{1, 0, 0, 0}}, {1, 9, 1}),
             QStringLiteral(
                 "cropping would take away 1 row, but the input has only 1; take away less."));
    layer = transposed(2, 1);
    layer.padding = engine::Explicit{{3, 0}};
    QCOMPARE(
        refusal(layer, {2, 2, 1}),
        QStringLiteral("padding would take away 6 rows, but the full output has only 3; take away "
                       "less or use a larger input."));
    QCOMPARE(refusal(engine::Conv2D{.filters = 4, .groups = 2}, {2, 2, 3}),
             QStringLiteral("The input’s 3 channels cannot be split into 2 equal groups; use a "
                            "multiple of 2."));
    QCOMPARE(refusal(engine::Conv2D{}, {8}),
             QStringLiteral("The input has rank 1, but rank 3 is needed."));
    QCOMPARE(refusal(engine::Reshape{{5, 5, 128}}, {100}),
             QStringLiteral("target_shape must hold 100 numbers, not 3,200."));
    QCOMPARE(refusal(engine::Dropout{1.5F}, {8}),
             QStringLiteral("rate is 1.5, but must lie between 0 and 1."));

    layer = transposed(3, 2);
    layer.dilation_rate = {2, 1};
    QCOMPARE(error_text(*engine::keras_refuses(layer)),
             QStringLiteral("Keras refuses strides (2, 2) together with dilation_rate (2, 1); set "
                            "one of them to 1."));
}

void TestErrorText::saysWhichLayer() {
    Error error{.code = ErrorCode::not_positive, .subject = "units", .given = {0}, .limit = {1}};
    QCOMPARE(error_text(error), QStringLiteral("units is 0, but must be at least 1."));
    error.layer = 2;
    QCOMPARE(error_text(error), QStringLiteral("Layer 3: units is 0, but must be at least 1."));
}

void TestErrorText::everyCodeIsOneSentence() {
    QStringList seen;
    for (int code = 0; code <= static_cast<int>(ErrorCode::cancelled); ++code) {
        Error error{.code = static_cast<ErrorCode>(code)};
        QVERIFY(!error_text(error).isEmpty());
        error.subject = "thing";
        error.given = {7, 5};
        error.limit = {3, 4};
        error.text = "word";
        const QString full = error_text(error);
        QVERIFY2(is_sentence(full), full.toUtf8().constData());
        QVERIFY2(!seen.contains(full), full.toUtf8().constData());
        seen << full;
    }
}

void TestErrorText::fragmentsAreTamed() {
    const Error error{.code = ErrorCode::unknown_name,
                      .subject = "activation",
                      .text = std::string("a\n\t\x01") + std::string(10000, 'x')};
    const QString text = error_text(error);
    QVERIFY(is_sentence(text));
    QVERIFY(text.size() < 120);
    // A fragment may look like a place for an argument.
    QCOMPARE(error_text({.code = ErrorCode::unknown_name, .subject = "padding", .text = "%1"}),
             QStringLiteral("“%1” is not a known padding."));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
