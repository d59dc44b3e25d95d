// SPDX-License-Identifier: MIT
// Output sizes and crops: a readable table, then every row other programs answered, then mistakes.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "engine/layers/geometry.h"
#include "engine/layers/weights.h"
#include "tests/support/square_layers.h"
#include "tests/support/tensor_text.h"

using namespace engine;
using support::convolution;
using support::none;
using support::transpose;

namespace {

/// "out 5 full 7 cut 1 1" of the rows; the columns must be the same.
QByteArray sizes(const LayerSpec& spec, int in) {
    const Result<Geometry> geometry = infer(spec, {in, in, 1});
    if (!geometry) return support::text_of(geometry.error());
    if (geometry->rows != geometry->columns) return "axes differ";
    if (geometry->output.height() != geometry->rows.out) return "output is not the axis";
    const Axis& axis = geometry->rows;
    return "out " + QByteArray::number(axis.out) + " full " + QByteArray::number(axis.full) +
           " cut " + QByteArray::number(axis.crop_before) + ' ' +
           QByteArray::number(axis.crop_after);
}

QByteArray padded(const LayerSpec& spec, int in) {
    const Result<Geometry> geometry = infer(spec, {in, in, 1});
    if (!geometry) return support::text_of(geometry.error());
    const Axis& axis = geometry->rows;
    return "out " + QByteArray::number(axis.out) + " zeros " + QByteArray::number(axis.pad_before) +
           ' ' + QByteArray::number(axis.pad_after);
}

/// Why there is no such layer, or why it is not computed.
QByteArray mistake(const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    if (!geometry) return support::text_of(geometry.error());
    const auto refusal = check_computable(spec, *geometry);
    return refusal ? support::text_of(*refusal) : "none";
}

QByteArray output(const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    return geometry ? support::text_of(geometry->output) : support::text_of(geometry.error());
}

QJsonArray rows_of(const char* program) {
    QFile file(QStringLiteral(TESTS_DIR "/vectors/shapes.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("shapes.json is missing");
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    return root[QLatin1String(program)][QLatin1String("rows")].toArray();
}

}  // namespace

class GeometryTest : public QObject {
    Q_OBJECT
private slots:
    // x = [1, 2, 3] grows; "cut -1" at the end means a cell appended that holds only the bias.
    void transposed_sizes() {
        //                       k  s  padding  op    d
        QCOMPARE(sizes(transpose(1, 2, Valid{}), 3), "out 6 full 5 cut 0 -1");
        QCOMPARE(sizes(transpose(3, 2, Valid{}), 3), "out 7 full 7 cut 0 0");
        QCOMPARE(sizes(transpose(2, 3, Valid{}), 3), "out 9 full 8 cut 0 -1");
        QCOMPARE(sizes(transpose(3, 2, Valid{}, 1), 3), "out 8 full 7 cut 0 -1");

        QCOMPARE(sizes(transpose(3, 2, Same{}), 3), "out 6 full 7 cut 0 1");
        QCOMPARE(sizes(transpose(4, 2, Same{}), 3), "out 6 full 8 cut 1 1");
        QCOMPARE(sizes(transpose(5, 2, Same{}), 3), "out 6 full 9 cut 1 2");
        QCOMPARE(sizes(transpose(2, 3, Same{}), 3), "out 9 full 8 cut 0 -1");
        QCOMPARE(sizes(transpose(2, 1, Same{}), 3), "out 3 full 4 cut 0 1");
        QCOMPARE(sizes(transpose(3, 1, Same{}), 3), "out 3 full 5 cut 1 1");
        QCOMPARE(sizes(transpose(5, 3, Same{}), 3), "out 9 full 11 cut 1 1");
        QCOMPARE(sizes(transpose(3, 1, Same{}, none, 2), 3), "out 3 full 7 cut 2 2");

        // output_padding 0 is not the same as none.
        QCOMPARE(sizes(transpose(3, 2, Same{}, 0), 3), "out 5 full 7 cut 1 1");
        QCOMPARE(sizes(transpose(3, 2, Same{}, 1), 3), "out 6 full 7 cut 0 1");
        QCOMPARE(sizes(transpose(4, 2, Same{}, 1), 3), "out 5 full 8 cut 1 2");
    }

    void pytorch_crops_the_same_on_both_sides() {
        QCOMPARE(sizes(transpose(4, 2, Explicit{{1, 1}}), 3), "out 6 full 8 cut 1 1");
        QCOMPARE(sizes(transpose(3, 2, Explicit{{1, 1}}, 1), 3), "out 6 full 7 cut 1 0");
        QCOMPARE(sizes(transpose(1, 2, Explicit{}), 2), "out 3 full 3 cut 0 0");
        QCOMPARE(sizes(transpose(1, 2, Explicit{}, 1), 2), "out 4 full 3 cut 0 -1");
        // Its own rule: output_padding below strides or dilation, whichever is larger.
        QCOMPARE(sizes(transpose(1, 1, Explicit{}, 2, 3), 1), "out 3 full 1 cut 0 -2");
        // A crop of everything real leaves what output_padding appends.
        QCOMPARE(sizes(transpose(1, 1, Explicit{{1, 1}}, 2, 3), 1), "out 1 full 1 cut 1 -1");
    }

    void convolution_sizes() {
        QCOMPARE(padded(convolution(3, 1, Valid{}), 5), "out 3 zeros 0 0");
        QCOMPARE(padded(convolution(3, 2, Valid{}), 6), "out 2 zeros 0 0");
        QCOMPARE(padded(convolution(3, 1, Valid{}, 2), 5), "out 1 zeros 0 0");
        QCOMPARE(padded(convolution(3, 1, Same{}), 5), "out 5 zeros 1 1");
        QCOMPARE(padded(convolution(2, 1, Same{}), 5), "out 5 zeros 0 1");
        QCOMPARE(padded(convolution(3, 2, Same{}), 5), "out 3 zeros 1 1");
        QCOMPARE(padded(convolution(3, 2, Same{}), 6), "out 3 zeros 0 1");
        QCOMPARE(padded(convolution(1, 3, Same{}), 5), "out 2 zeros 0 0");
        QCOMPARE(padded(convolution(3, 2, Explicit{{1, 1}}), 6), "out 3 zeros 1 1");
    }

    void other_layers() {
        QCOMPARE(output(UpSampling2D{.size = {2, 3}}, {2, 2, 5}), "(4, 6, 5)");
        QCOMPARE(output(Dense{.units = 7}, {4}), "(7)");
        QCOMPARE(output(Dense{.units = 7}, {2, 3, 4}), "(2, 3, 7)");
        QCOMPARE(output(Reshape{{5, 5, 128}}, {3200}), "(5, 5, 128)");
        QCOMPARE(output(Reshape{{-1, 6}}, {2, 3, 4}), "(4, 6)");
        QCOMPARE(output(Flatten{}, {2, 3, 4}), "(24)");
        QCOMPARE(output(Pooling2D{}, {5, 4, 3}), "(2, 2, 3)");
        QCOMPARE(output(Pooling2D{.padding = Same{}}, {5, 4, 3}), "(3, 2, 3)");
        QCOMPARE(output(Pooling2D{.pool_size = {3, 2}, .strides = Size2D{1, 2}, .padding = Same{}},
                        {5, 4, 3}),
                 "(5, 2, 3)");
        QCOMPARE(output(GlobalPooling2D{}, {5, 4, 3}), "(3)");
        QCOMPARE(output(ZeroPadding2D{}, {5, 4, 3}), "(7, 6, 3)");
        QCOMPARE(output(ZeroPadding2D{{1, 2, 0, 3}}, {5, 4, 3}), "(8, 7, 3)");
        QCOMPARE(output(Cropping2D{{1, 0, 2, 1}}, {5, 4, 3}), "(4, 1, 3)");
        QCOMPARE(output(BatchNormalization{}, {5, 4, 3}), "(5, 4, 3)");
        QCOMPARE(output(Dropout{}, {5}), "(5)");
    }

    void an_upsampling_is_read_as_a_kernel_as_large_as_its_strides() {
        const Geometry geometry = *infer(UpSampling2D{.size = {2, 3}}, {4, 5, 1});
        QCOMPARE(geometry.rows.stride, 2);
        QCOMPARE(geometry.rows.kernel, 2);
        QCOMPARE(geometry.columns.stride, 3);
        QCOMPARE(geometry.full(), geometry.output);
    }

    void full_and_canvas() {
        const Geometry cropped = *infer(transpose(3, 2, Same{}), {3, 3, 1});
        QCOMPARE(cropped.full(), Shape({7, 7, 1}));
        QCOMPARE(cropped.canvas(), Shape({7, 7, 1}));
        const Geometry appended = *infer(transpose(1, 2, Valid{}), {3, 3, 1});
        QCOMPARE(appended.full(), Shape({5, 5, 1}));
        QCOMPARE(appended.canvas(), Shape({6, 6, 1}));
        const Geometry plain = *infer(Activation{}, {4, 5, 2});
        QCOMPARE(plain.full(), plain.output);
        QCOMPARE(plain.canvas(), plain.output);
    }

    void a_tap_joins_an_input_cell_and_an_output_cell() {
        const Axis axis = infer(transpose(3, 2, Valid{}), {3, 3, 1})->rows;
        QCOMPARE(tap_joining(axis, 0, 0), 0);
        QCOMPARE(tap_joining(axis, 0, 2), 2);
        QCOMPARE(tap_joining(axis, 1, 2), 0);
        QCOMPARE(tap_joining(axis, 1, 1), -1);
        QCOMPARE(tap_joining(axis, 0, 3), -1);
        QCOMPARE(turned(axis, 0), 2);
        const Axis dilated = infer(transpose(3, 1, Valid{}, none, 2), {3, 3, 1})->rows;
        QCOMPARE(tap_joining(dilated, 0, 4), 2);
        QCOMPARE(tap_joining(dilated, 0, 3), -1);
    }

    void multiply_adds_count_real_cells_only() {
        const auto count = [](const LayerSpec& spec, const Shape& input) {
            return multiply_adds(spec, *infer(spec, input));
        };
        QCOMPARE(count(transpose(3, 2, Same{}), {2, 2, 1}), 4 * 9);
        QCOMPARE(count(convolution(3, 1, Valid{}), {4, 4, 1}), 4 * 9);
        // 2x2 same: each window covers four of the nine cells.
        QCOMPARE(count(convolution(3, 1, Same{}), {2, 2, 1}), 4 * 4);
        QCOMPARE(count(Dense{.units = 3200}, {100}), 320000);
        QCOMPARE(count(Flatten{}, {2, 2, 1}), 0);
        Conv2DTranspose grouped = transpose(3, 1, Explicit{});
        grouped.filters = 4;
        grouped.groups = 2;
        QCOMPARE(count(grouped, {2, 2, 6}), 4 * 9 * 6 * 4 / 2);
    }

    void every_keras_row() {
        const QJsonArray rows = rows_of("keras");
        QCOMPARE(rows.size(), 2001);
        for (const QJsonValue& row : rows) {
            const Padding padding =
                row[3].toString() == QLatin1String("same") ? Padding(Same{}) : Valid{};
            const LayerSpec layer =
                transpose(row[1].toInt(), row[2].toInt(), padding,
                          row[4].isNull() ? none : row[4].toInt(), row[5].toInt());
            const Result<Geometry> geometry = infer(layer, {row[0].toInt(), row[0].toInt(), 1});
            const QByteArray text = QJsonDocument(row.toArray()).toJson(QJsonDocument::Compact);
            QVERIFY2(geometry, text.constData());
            for (const Axis& axis : {geometry->rows, geometry->columns}) {
                QVERIFY2(axis.out == row[6].toInt(), text.constData());
                QVERIFY2(axis.crop_before == row[7].toInt(), text.constData());
                QVERIFY2(axis.crop_after == row[8].toInt(), text.constData());
            }
        }
    }

    void every_pytorch_row() {
        const QJsonArray rows = rows_of("torch");
        QCOMPARE(rows.size(), 1500);
        int refused = 0;
        for (const QJsonValue& row : rows) {
            const LayerSpec layer = transpose(row[1].toInt(), row[2].toInt(),
                                              Explicit{{row[3].toInt(), row[3].toInt()}},
                                              row[4].toInt(), row[5].toInt());
            const Result<Geometry> geometry = infer(layer, {row[0].toInt(), row[0].toInt(), 1});
            const QByteArray text = QJsonDocument(row.toArray()).toJson(QJsonDocument::Compact);
            if (row[6].isNull()) {
                const ErrorCode code = row[7].toString().startsWith(QLatin1String("output padding"))
                                           ? ErrorCode::output_padding_too_large
                                           : ErrorCode::empty_output;
                QVERIFY2(!geometry && geometry.error().code == code, text.constData());
                ++refused;
                continue;
            }
            QVERIFY2(geometry, text.constData());
            QVERIFY2(geometry->rows.out == row[6].toInt(), text.constData());
            QVERIFY2(geometry->rows.crop_before == row[3].toInt(), text.constData());
        }
        QCOMPARE(refused, 249);
    }

    void arguments_that_are_not_positive() {
        const Shape map{4, 4, 1};
        QCOMPARE(mistake(Conv2DTranspose{.filters = 0}, map),
                 "not_positive filters given 0 limit 1");
        QCOMPARE(mistake(Conv2DTranspose{.kernel_size = {1, 0}}, map),
                 "not_positive kernel_size given 0 limit 1 axis 1");
        QCOMPARE(mistake(Conv2D{.strides = {-2, 1}}, map),
                 "not_positive strides given -2 limit 1 axis 0");
        QCOMPARE(mistake(Conv2D{.dilation_rate = {1, 0}}, map),
                 "not_positive dilation_rate given 0 limit 1 axis 1");
        QCOMPARE(mistake(Conv2D{.groups = 0}, map), "not_positive groups given 0 limit 1");
        QCOMPARE(mistake(UpSampling2D{.size = {0, 2}}, map),
                 "not_positive size given 0 limit 1 axis 0");
        QCOMPARE(mistake(Dense{.units = 0}, {4}), "not_positive units given 0 limit 1");
        QCOMPARE(mistake(Pooling2D{.pool_size = {2, 0}}, map),
                 "not_positive pool_size given 0 limit 1 axis 1");
        QCOMPARE(mistake(Pooling2D{.strides = Size2D{0, 1}}, map),
                 "not_positive strides given 0 limit 1 axis 0");
        QCOMPARE(mistake(ZeroPadding2D{{0, 0, -1, 0}}, map),
                 "not_positive padding given -1 limit 0 axis 1");
        QCOMPARE(mistake(transpose(1, 2, Explicit{{-1, 0}}), map),
                 "not_positive padding given -1 limit 0 axis 0");
        QCOMPARE(mistake(transpose(3, 2, Same{}, -2), map),
                 "not_positive output_padding given -2 limit 0 axis 0");
        QCOMPARE(mistake(Reshape{{-1, -1}}, {4}), "not_positive target_shape given -1 limit 1");
        QCOMPARE(mistake(Flatten{}, {4, 0, 1}), "not_positive input given 0 limit 1");
        QCOMPARE(mistake(Dropout{1.5F}, {4}), "out_of_range rate given 1.5 limit 0 1");
    }

    void output_padding_must_be_less_than_strides() {
        QCOMPARE(mistake(transpose(3, 2, Same{}, 2), {4, 4, 1}),
                 "output_padding_too_large output_padding given 2 limit 2 axis 0");
        QCOMPARE(mistake(transpose(3, 1, Valid{}, 1), {4, 4, 1}),
                 "output_padding_too_large output_padding given 1 limit 1 axis 0");
        Conv2DTranspose columns_only = transpose(3, 2, Same{});
        columns_only.output_padding = Size2D{1, 3};
        QCOMPARE(mistake(columns_only, {4, 4, 1}),
                 "output_padding_too_large output_padding given 3 limit 2 axis 1");
        // Keras compares with the strides even where the dilation is larger; PyTorch does not.
        QCOMPARE(mistake(transpose(3, 1, Valid{}, 1, 2), {4, 4, 1}),
                 "output_padding_too_large output_padding given 1 limit 1 axis 0");
        QCOMPARE(mistake(transpose(3, 1, Explicit{}, 1, 2), {4, 4, 1}), "none");
        QCOMPARE(mistake(transpose(3, 1, Explicit{}, 2, 2), {4, 4, 1}),
                 "output_padding_too_large output_padding given 2 limit 2 axis 0");
    }

    void layers_that_do_not_fit_their_input() {
        QCOMPARE(mistake(Conv2DTranspose{}, {100}), "rank_mismatch input given 1 limit 3");
        QCOMPARE(mistake(Pooling2D{}, {10, 10}), "rank_mismatch input given 2 limit 3");
        QCOMPARE(mistake(Flatten{}, Shape()), "rank_mismatch input given 0 limit 1 2 3");
        QCOMPARE(mistake(Reshape{{2, 2, 2, 2}}, {16}),
                 "rank_mismatch target_shape given 4 limit 1 2 3");
        QCOMPARE(mistake(convolution(5, 1, Valid{}), {3, 9, 1}),
                 "empty_output kernel given 5 limit 3 axis 0");
        QCOMPARE(mistake(convolution(3, 1, Valid{}), {3, 2, 1}),
                 "empty_output kernel given 3 limit 2 axis 1");
        QCOMPARE(mistake(convolution(8, 1, Explicit{{1, 1}}), {9, 5, 1}),
                 "empty_output kernel given 8 limit 7 axis 1");
        QCOMPARE(mistake(transpose(2, 1, Same{}, 0), {1, 1, 1}),
                 "empty_output padding given 2 limit 2 axis 0");
        QCOMPARE(mistake(transpose(2, 1, Explicit{{3, 3}}), {2, 2, 1}),
                 "empty_output padding given 6 limit 3 axis 0");
        QCOMPARE(mistake(Pooling2D{}, {4, 1, 1}), "empty_output pool_size given 2 limit 1 axis 1");
        QCOMPARE(mistake(Pooling2D{.padding = Explicit{{0, 2}}}, {4, 4, 1}),
                 "too_large padding given 2 limit 1 axis 1");
        QCOMPARE(mistake(Cropping2D{{1, 2, 0, 0}}, {3, 3, 1}),
                 "empty_output cropping given 3 limit 3 axis 0");
        QCOMPARE(mistake(Reshape{{5, 5}}, {24}), "size_mismatch target_shape given 25 limit 24");
        QCOMPARE(mistake(Reshape{{-1, 5}}, {24}), "size_mismatch target_shape given 5 limit 24");
    }

    void channels_must_split_into_groups() {
        Conv2DTranspose layer = transpose(3, 1, Explicit{});
        layer.groups = 2;
        layer.filters = 4;
        QCOMPARE(mistake(layer, {4, 4, 3}), "indivisible_channels input given 3 limit 2");
        layer.filters = 3;
        QCOMPARE(mistake(layer, {4, 4, 4}), "indivisible_channels filters given 3 limit 2");
        layer.filters = 2;
        QCOMPARE(mistake(layer, {4, 4, 4}), "none");
        const Geometry geometry = *infer(layer, {4, 4, 4});
        QCOMPARE(weight_shapes(layer, geometry).kernel, Shape({3, 3, 1, 4}));
    }

    void work_counts_every_product_of_a_window() {
        const auto work_of = [](const LayerSpec& spec, const Shape& input) {
            return work(spec, infer(spec, input).value());
        };
        // 2 x 2 cells, 9 products each; 5 x 10 cells of 32 channels that make 2.
        QCOMPARE(work_of(transpose(3, 2, Valid{}), {2, 2, 1}), 36);
        Conv2D layer = convolution(3, 1, Same{});
        layer.filters = 2;
        QCOMPARE(work_of(layer, {5, 10, 32}), 50 * 9 * 32 * 2);
        layer.groups = 2;
        QCOMPARE(work_of(layer, {5, 10, 32}), 50 * 9 * 32);
        QCOMPARE(work_of(Dense{.units = 3200}, {100}), 320000);
        QCOMPARE(work_of(UpSampling2D{}, {2, 2, 3}), 48);
        // A window larger than the map looks at the map.
        Pooling2D pool{.pool_size = {2, 2}};
        QCOMPARE(work_of(pool, {4, 4, 3}), 12 * 4);
        pool = {.pool_size = {900, 2}, .strides = Size2D{1, 1}, .padding = Same{}};
        QCOMPARE(work_of(pool, {4, 4, 1}), 16 * 8);
        QCOMPARE(work_of(Flatten{}, {4, 4, 3}), 48);
    }

    void inputs_meet_where_their_stamps_overlap() {
        const auto rows = [](const Conv2DTranspose& layer) {
            return infer(layer, Shape{3, 3, 1}).value().rows;
        };
        const Axis collide = rows(transpose(3, 2, Valid{}));
        QCOMPARE(most_inputs_reaching(collide), 2);
        QVERIFY(first_overlap(collide) == (Overlap{2, 0, 2, 1, 0}));

        const Axis tiles = rows(transpose(2, 2, Valid{}));
        QCOMPARE(most_inputs_reaching(tiles), 1);
        QVERIFY(!first_overlap(tiles));

        // Dilated stamps reach 0, 2, 4 and 1, 3, 5: they span the same cells, and meet in none
        // before the third.
        const Axis dilated = rows(transpose(3, 1, Valid{}, none, 2));
        QCOMPARE(most_inputs_reaching(dilated), 2);
        QVERIFY(first_overlap(dilated) == (Overlap{2, 0, 1, 2, 0}));
    }

    void cells_without_input_are_holes_and_appended_ones() {
        const auto count = [](const Conv2DTranspose& layer) {
            return unreached_cells(infer(layer, Shape{2, 2, 1}).value());
        };
        QCOMPARE(count(transpose(3, 2, Same{})), 0);
        // Rows 0, 1, 3, 4 of 6 are reached: row 2 is a hole, row 5 is appended.
        QCOMPARE(count(transpose(2, 3, Valid{})), 36 - 16);
    }

    void keras_refuses_strides_with_dilation() {
        const auto refusal = [](const LayerSpec& spec) -> QByteArray {
            const std::optional<Error> error = keras_refuses(spec);
            return error ? support::text_of(*error) : "none";
        };
        QCOMPARE(refusal(transpose(3, 2, Same{}, none, 2)),
                 "strides_with_dilation strides given 2 2 2 2");
        Conv2D mixed;
        mixed.strides = {1, 2};
        mixed.dilation_rate = {3, 1};
        QCOMPARE(refusal(mixed), "strides_with_dilation strides given 1 2 3 1");
        QCOMPARE(refusal(transpose(3, 2, Same{})), "none");
        QCOMPARE(refusal(transpose(3, 1, Same{}, none, 2)), "none");
        QCOMPARE(refusal(transpose(3, 2, Explicit{}, none, 2)), "none");  // PyTorch computes it
        QCOMPARE(sizes(transpose(3, 2, Same{}, none, 2), 3), "out 6 full 9 cut 1 2");
    }
};

QTEST_GUILESS_MAIN(GeometryTest)
#include "tst_geometry.moc"
