// SPDX-License-Identifier: MIT
// Weights as NumPy files. The bytes in base64 are NumPy 1.24's own.
#include <QFile>
#include <QTest>
#include <QtEndian>

#include "engine/layers/weights.h"
#include "tests/support/random_layers.h"
#include "ui/formats/weights_file.h"
#include "ui/words/error_text.h"

using namespace ui::formats;
using engine::KernelOrder;

namespace {

QByteArray bytes(const char* base64) { return QByteArray::fromBase64(base64); }

// numpy.save of the tutorial's kernel, float32
const QByteArray tens = bytes(
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMs"
    "IDMsIDEsIDEpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    "IAoAACBBAACgQQAA8EEAACBCAABIQgAAcEIAAIxCAACgQgAAtEI=");
// numpy.asfortranarray(numpy.arange(12, dtype='>f8').reshape(2, 3, 1, 2))
const QByteArray fortran = bytes(
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwg"
    "MywgMSwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    "IAoAAAAAAAAAAEAYAAAAAAAAQAAAAAAAAABAIAAAAAAAAEAQAAAAAAAAQCQAAAAAAAA/8AAAAAAAAEAcAAAA"
    "AAAAQAgAAAAAAABAIgAAAAAAAEAUAAAAAAAAQCYAAAAAAAA=");
// numpy.array([1.5, -2, 0.1], dtype='f2') in version 3.0
const QByteArray halves = bytes(
    "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAo"
    "MywpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    "IAoAPgDAZi4=");
const QByteArray booleans = bytes(
    "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEs"
    "KSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    "IAoB");
const QByteArray objects = bytes(
    "k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwp"
    "LCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
    "IAqAA2NudW1weS5jb3JlLm11bHRpYXJyYXkKX3JlY29uc3RydWN0CnEAY251bXB5Cm5kYXJyYXkKcQFLAIVx"
    "AkMBYnEDh3EEUnEFKEsBSwGFcQZjbnVtcHkKZHR5cGUKcQdYAgAAAE84cQiJiIdxCVJxCihLA1gBAAAAfHEL"
    "Tk5OSv////9K/////0s/dHEMYoldcQ1OYXRxDmIu");
// numpy.savez_compressed(kernel=…, bias=[0.5], other=[0, 1, 2])
const QByteArray archive = bytes(
    "UEsDBBQAAAAIAAAAIQBBpRIBZQAAAKQAAAAKABQAa2VybmVsLm5weQEAEACkAAAAAAAAAGUAAAAAAAAAm+wX6hsQychQxl"
    "CtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaxjoKQGQIRJo6CrUKZAAuBgYFRwaGBUD8"
    "AYgVnBgYPIC4AIh7gHgBEG9xAgBQSwMEFAAAAAgAAAAhABqu1EhIAAAAhAAAAAgAFABiaWFzLm5weQEAEACEAAAAAAAAAE"
    "gAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjqaOgq1"
    "ChQALgYGBnsAUEsDBBQAAAAIAAAAIQD3QBLqTAAAAJgAAAAJABQAb3RoZXIubnB5AQAQAJgAAAAAAAAATAAAAAAAAACb7B"
    "fqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuBihghNJM"
    "UBoAUEsBAhQDFAAAAAgAAAAhAEGlEgFlAAAApAAAAAoAAAAAAAAAAAAAAIABAAAAAGtlcm5lbC5ucHlQSwECFAMUAAAACA"
    "AAACEAGq7USEgAAACEAAAACAAAAAAAAAAAAAAAgAGhAAAAYmlhcy5ucHlQSwECFAMUAAAACAAAACEA90AS6kwAAACYAAAA"
    "CQAAAAAAAAAAAAAAgAEjAQAAb3RoZXIubnB5UEsFBgAAAAADAAMApQAAAKoBAAAAAA==");

engine::Conv2DTranspose layer_of(int kernel, int filters) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.filters = filters;
    return layer;
}
engine::WeightShapes shapes_of(const engine::Conv2DTranspose& layer, int channels) {
    return engine::weight_shapes(layer, {4, 4, channels});
}

/// A small file that the fuzzers start from, too.
QByteArray kept(const char* name) {
    QFile file(QStringLiteral(TESTS_DIR "/fuzz/corpus/weights/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A version 1 file with this header and so many bytes behind it.
QByteArray made(const QByteArray& header, const QByteArray& numbers) {
    QByteArray length(2, 0);
    qToLittleEndian(static_cast<quint16>(header.size()), length.data());
    return QByteArray("\x93NUMPY\x01", 7) + QByteArray(1, 0) + length + header + numbers;
}
QByteArray made(const char* type, const char* shape, const QByteArray& numbers) {
    return made(QByteArray("{'descr': '") + type + "', 'fortran_order': False, 'shape': (" + shape +
                    "), }\n",
                numbers);
}

QString refused(const QByteArray& file) {
    const auto layer = layer_of(3, 1);
    const auto opened = weights_in(file, layer, shapes_of(layer, 1), KernelOrder::keras);
    return opened ? QString() : ui::words::error_text(opened.error());
}

}  // namespace

class TestWeightsFile : public QObject {
    Q_OBJECT
private slots:
    void the_tutorials_kernel_from_numpy() {
        const auto layer = layer_of(3, 1);
        const auto opened = weights_in(tens, layer, shapes_of(layer, 1), KernelOrder::keras);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->weights.kernel.at(1, 2, 0, 0), 60.0F);
        QVERIFY(opened->weights.bias.empty() && !opened->rounded && opened->left_out.isEmpty());
        // What is written of it is what NumPy wrote, to the last byte.
        const auto again = weights_as(*weights_file_of(QStringLiteral("a.npy")), layer,
                                      {opened->weights.kernel, {}}, KernelOrder::keras);
        QCOMPARE(*again, tens);
    }

    void an_archive_has_a_bias_and_more() {
        const auto layer = layer_of(3, 1);
        const auto opened = weights_in(archive, layer, shapes_of(layer, 1), KernelOrder::keras);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->weights.kernel.at(2, 2, 0, 0), 90.0F);
        QCOMPARE(opened->weights.bias.at(0), 0.5F);
        QCOMPARE(opened->left_out, QStringList{QStringLiteral("other")});
    }

    // The layer's own kernel is found in a whole model by its shape, and its bias beside it.
    void of_two_layers_the_one_that_fits_is_taken() {
        const auto layer = layer_of(3, 1);
        const auto opened =
            weights_in(kept("two_layers"), layer, shapes_of(layer, 1), KernelOrder::keras);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->weights.kernel.at(2, 2, 0, 0), 8.0F);
        QCOMPARE(opened->weights.bias.at(0), 22.0F);
        QCOMPARE(opened->left_out,
                 (QStringList{QStringLiteral("a/kernel"), QStringLiteral("a/bias")}));
    }

    // numpy.savez without names, beside an array of texts, which is no reason to refuse the rest.
    void what_cannot_be_read_is_left_out() {
        const auto layer = layer_of(3, 1);
        const auto opened =
            weights_in(kept("names_beside"), layer, shapes_of(layer, 1), KernelOrder::keras);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->weights.kernel.at(1, 0, 0, 0), 3.0F);
        QCOMPARE(opened->weights.bias.at(0), 5.0F);
        QCOMPARE(opened->left_out, QStringList{QStringLiteral("names")});
    }

    void every_type_order_and_version() {
        const auto big = read_npy(fortran);
        QVERIFY(big.has_value());
        QCOMPARE(big->front().sizes, (std::vector<std::size_t>{2, 3, 1, 2}));
        for (int i = 0; i < 12; ++i)
            QCOMPARE(big->front().values[static_cast<std::size_t>(i)], static_cast<float>(i));
        const auto half = read_npy(halves);
        QVERIFY(half.has_value());
        QCOMPARE(half->front().values, (std::vector<float>{1.5F, -2.0F, 0.0999755859375F}));
        const auto numbers = [](const char* type, const QByteArray& content) {
            const auto read = read_npy(made(type, "2,", content));
            return read ? read->front().values : std::vector<float>();
        };
        QCOMPARE(numbers("|i1", QByteArray("\xff\x02", 2)), (std::vector<float>{-1, 2}));
        QCOMPARE(numbers("|u1", QByteArray("\xff\x02", 2)), (std::vector<float>{255, 2}));
        QCOMPARE(numbers(">i2", QByteArray("\x01\x00\x00\x03", 4)), (std::vector<float>{256, 3}));
        QCOMPARE(numbers("<u4", QByteArray("\x01\x00\x00\x00\x00\x01\x00\x00", 8)),
                 (std::vector<float>{1, 256}));
        QCOMPARE(numbers("<i8", QByteArray(16, '\xff')), (std::vector<float>{-1, -1}));
    }

    void what_float32_does_not_hold_is_said() {
        QByteArray tenth(8, 0);
        qToLittleEndian(0.1, tenth.data());
        QVERIFY(read_npy(made("<f8", "1,", tenth))->front().rounded);
        qToLittleEndian(0.5, tenth.data());
        QVERIFY(!read_npy(made("<f8", "1,", tenth))->front().rounded);
        qToLittleEndian(1e300, tenth.data());
        QCOMPARE(read_npy(made("<f8", "1,", tenth)).error().code, engine::ErrorCode::not_finite);
        QByteArray whole(8, 0);
        qToLittleEndian(qint64{16777217}, whole.data());
        QVERIFY(read_npy(made("<i8", "1,", whole))->front().rounded);
        qToLittleEndian((qint64{1} << 53) + 1, whole.data());  // nor does double hold it
        QVERIFY(read_npy(made("<i8", "1,", whole))->front().rounded);
        qToLittleEndian(qint64{1} << 53, whole.data());
        QVERIFY(!read_npy(made("<i8", "1,", whole))->front().rounded);
    }

    // PyTorch's order is found by the shape; where both fit it is the one that is shown.
    void the_order_of_the_axes_is_found() {
        const auto layer = layer_of(2, 5);
        const auto wanted = shapes_of(layer, 3);
        engine::SeededRandom random(4);
        const engine::Weights weights{support::whole_numbers(random, wanted.kernel),
                                      support::whole_numbers(random, wanted.bias)};
        for (const WeightsFile& format : weights_files())
            for (const KernelOrder order : {KernelOrder::keras, KernelOrder::pytorch})
                for (const KernelOrder shown : {KernelOrder::keras, KernelOrder::pytorch}) {
                    const auto file = weights_as(format, layer, weights, order);
                    QVERIFY(file.has_value());
                    QCOMPARE(*file, *weights_as(format, layer, weights, order));
                    const auto opened = weights_in(*file, layer, wanted, shown);
                    QVERIFY(opened.has_value());
                    QCOMPARE(opened->weights.order, order);
                    QVERIFY(opened->weights.kernel == weights.kernel);
                    QVERIFY(opened->weights.bias ==
                            (format.has_names ? weights.bias : engine::Tensor()));
                }
        const auto square = layer_of(1, 1);
        const auto one = weights_as(weights_files().back(), square,
                                    {engine::Tensor({1, 1, 1, 1}, {7}), {}}, KernelOrder::keras);
        for (const KernelOrder shown : {KernelOrder::keras, KernelOrder::pytorch})
            QCOMPARE(weights_in(*one, square, shapes_of(square, 1), shown)->weights.order, shown);
    }

    void what_does_not_fit_is_said_with_both_shapes_and_the_axes() {
        const auto layer = layer_of(3, 2);
        const auto said = [&](const QByteArray& file, KernelOrder shown) {
            const auto opened = weights_in(file, layer, shapes_of(layer, 4), shown);
            return opened ? QString() : ui::words::error_text(opened.error());
        };
        QCOMPARE(said(tens, KernelOrder::keras),
                 QStringLiteral("The kernel has shape (3, 3, 1, 1), but (3, 3, 2, 4) is needed "
                                "(filters: 1, not 2; input channels: 1, not 4)."));
        QCOMPARE(said(made("<f4", "4, 3, 5, 5", QByteArray(1200, 0)), KernelOrder::pytorch),
                 QStringLiteral("The kernel has shape (4, 3, 5, 5), but (4, 2, 3, 3) is needed "
                                "(filters: 3, not 2)."));
        // Any size of kernel comes with its file, but not none and not every one.
        QVERIFY(said(made("<f4", "0, 3, 2, 4", {}), KernelOrder::keras)
                    .endsWith(QStringLiteral("(rows: 0, not 3).")));
        QVERIFY(said(made("<f4", "3, 65, 2, 4", QByteArray(6240, 0)), KernelOrder::keras)
                    .endsWith(QStringLiteral("(columns: 65, not 3).")));
    }

    void what_is_no_array_of_numbers_is_refused() {
        const auto says = [](const QByteArray& file, const char* words) {
            const QString said = refused(file);
            QVERIFY2(said.contains(QString::fromUtf8(words)), qPrintable(said));
        };
        says(booleans, "True and False");
        says(objects, "Python objects");
        says(made("<c8", "1,", QByteArray(8, 0)), "something else than numbers");
        says(made("[('a', '<f4')]", "1,", QByteArray(4, 0)), "something else than numbers");
        says("hello", "something else");
        says({}, "something else");
        says(tens.left(9), "damaged");
        says(tens.left(60), "damaged");
        says(tens.left(tens.size() - 4), "9");
        says(tens + "x123", "9");
        says(made("<f4", "3, -1", QByteArray(4, 0)), "something else than numbers");
        says(made("<f4", "999999999, 999999999, 999999999", {}), "damaged");
        says(QByteArray("\x93NUMPY\x09", 7) + tens.mid(7), "damaged");
        says(made("<f4", "111111111111111111111111111111,", {}), "something else than numbers");
        says(made("<f4", "3 3,", {}), "something else than numbers");
        says(made("<f16", "1,", QByteArray(16, 0)), "neither of 16, 32 nor 64 bits");
        says(kept("header_too_long"), "2147483647, but must be at most 65535");
        says(kept("password"), "password");
        says("PK\x03\x04 and nothing behind it", "damaged archive");
        says(archive.left(archive.size() - 30), "damaged archive");
        QByteArray changed = archive;
        changed[90] = static_cast<char>(changed[90] ^ 1);
        says(changed, "damaged");
    }

    // An archive that says it unpacks to more than is allowed is not unpacked.
    void what_unpacks_without_end_is_refused() {
        QCOMPARE(refused(kept("claims_2_gib")),
                 QStringLiteral("The number of bytes that it unpacks to is 2147483647, but must be "
                                "at most 268435456."));
    }

    // Any byte changed: a sentence or numbers, never a crash.
    void damaged_at_any_byte() {
        engine::SeededRandom random(9);
        for (const QByteArray& file : {tens, fortran, halves, archive})
            for (qsizetype at = 0; at < file.size(); ++at) {
                QByteArray damaged = file;
                damaged[at] = static_cast<char>(random.below(256));
                refused(damaged);
                refused(file.left(at));
            }
    }
};

QTEST_GUILESS_MAIN(TestWeightsFile)
#include "tst_weights_file.moc"
