// SPDX-License-Identifier: MIT
// The line below padding: the tutorial's sizes first, then every setting against its Geometry.
#include <QRegularExpression>
#include <QTest>

#include "ui/widgets/inspector/size_sentence.h"

using engine::Conv2DTranspose;
using engine::Shape;

namespace {

Conv2DTranspose layer(engine::Size2D kernel, engine::Size2D strides, engine::Padding padding) {
    Conv2DTranspose spec;
    spec.kernel_size = kernel;
    spec.strides = strides;
    spec.padding = padding;
    return spec;
}

QString said(const engine::LayerSpec& spec, const Shape& input) {
    return ui::widgets::size_sentence(spec, *engine::infer(spec, input)).replace(QChar::Nbsp, u' ');
}

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

}  // namespace

class TestSizeSentence : public QObject {
    Q_OBJECT
private slots:
    void the_tutorial_loses_one_row_and_column() {
        QCOMPARE(
            said(layer({3, 3}, {2, 2}, engine::Same{}), {2, 2, 1}),
            text(
                "same keeps 4 × 4 (2 × stride 2): the last row and column of 5 × 5 are cut away."));
    }
    void valid_keeps_everything() {
        QCOMPARE(said(layer({3, 3}, {2, 2}, engine::Valid{}), {2, 2, 1}),
                 text("valid keeps 5 × 5: nothing is cut away."));
    }
    void tiles_lose_nothing() {
        QCOMPARE(said(layer({2, 2}, {2, 2}, engine::Same{}), {2, 2, 1}),
                 text("same keeps 4 × 4 (2 × stride 2): nothing is cut away."));
    }
    void both_sides_are_cut() {
        QCOMPARE(
            said(layer({4, 4}, {2, 2}, engine::Same{}), {2, 2, 1}),
            text("same keeps 4 × 4 (2 × stride 2): one row or column on each side of 6 × 6 is cut "
                 "away."));
        QCOMPARE(
            said(layer({5, 5}, {2, 2}, engine::Same{}), {2, 2, 1}),
            text(
                "same keeps 4 × 4 (2 × stride 2): the first row and column and the last 2 rows and "
                "columns of 7 × 7 are cut away."));
    }
    void holes_at_the_end_hold_the_bias() {
        QCOMPARE(said(layer({1, 1}, {2, 2}, engine::Same{}), {2, 2, 1}),
                 text("same makes 4 × 4 (2 × stride 2): 1 row and 1 column at the end hold only "
                      "the bias."));
        Conv2DTranspose spec = layer({1, 1}, {2, 1}, engine::Same{});
        spec.use_bias = false;
        QCOMPARE(said(spec, {2, 2, 1}), text("same makes 4 × 2: 1 row at the end holds only 0."));
    }
    void one_axis_alone() {
        QCOMPARE(said(layer({3, 2}, {2, 2}, engine::Same{}), {2, 2, 1}),
                 text("same keeps 4 × 4 (2 × stride 2): the last row of 5 × 4 is cut away."));
    }
    void upsampling_grows() {
        QCOMPARE(said(engine::UpSampling2D{{2, 3}, engine::Interpolation::nearest}, {2, 2, 1}),
                 text("2 × 2 grows to 4 × 6: every cell becomes 2 × 3 copies of itself."));
    }

    /// By whole factors area copies, here as on the stage.
    void area_copies() {
        QCOMPARE(said(engine::UpSampling2D{{2, 2}, engine::Interpolation::area}, {2, 2, 1}),
                 text("2 × 2 grows to 4 × 4: every cell becomes 2 × 2 copies of itself."));
    }

    /// Reads the sentence back and holds it against the numbers.
    void is_true_for_every_setting() {
        const QRegularExpression size(text("(?:keeps|makes) (\\d+) × (\\d+)"));
        int asked = 0;
        for (const engine::Padding& padding :
             {engine::Padding(engine::Valid{}), engine::Padding(engine::Same{}),
              engine::Padding(engine::Explicit{{1, 0}})})
            for (int kernel = 1; kernel <= 5; ++kernel)
                for (int stride = 1; stride <= 4; ++stride)
                    for (int extra = -1; extra < stride; ++extra) {
                        Conv2DTranspose spec = layer({kernel, 3}, {stride, 2}, padding);
                        if (extra >= 0) spec.output_padding = engine::Size2D{extra, extra % 2};
                        const auto geometry = engine::infer(spec, {3, 2, 1});
                        if (!geometry) continue;
                        ++asked;
                        const QString sentence = said(spec, {3, 2, 1});
                        const auto found = size.match(sentence);
                        QVERIFY2(found.hasMatch(), qPrintable(sentence));
                        QCOMPARE(found.captured(1).toInt(), geometry->output.height());
                        QCOMPARE(found.captured(2).toInt(), geometry->output.width());
                        const auto& rows = geometry->rows;
                        const auto& columns = geometry->columns;
                        const bool cuts = rows.crop_before > 0 || rows.crop_after > 0 ||
                                          columns.crop_before > 0 || columns.crop_after > 0;
                        const bool appends = rows.crop_after < 0 || columns.crop_after < 0;
                        QCOMPARE(sentence.contains(text(" makes ")), appends && !cuts);
                        QCOMPARE(sentence.contains(text("cut away.")) ||
                                     sentence.contains(text("cut away;")),
                                 cuts || !appends);
                        QCOMPARE(sentence.contains(text("nothing is cut")), !cuts && !appends);
                        QCOMPARE(sentence.contains(text("only the bias")), appends);
                    }
        QVERIFY(asked > 100);
    }
};

QTEST_GUILESS_MAIN(TestSizeSentence)
#include "tst_size_sentence.moc"
