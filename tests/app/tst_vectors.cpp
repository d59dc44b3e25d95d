// SPDX-License-Identifier: MIT
// Numbers made by other programs, asked of `stridescope eval` on every instruction set this machine
// has.
#include <cmath>
#include <random>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "app/eval.h"
#include "engine/kernels/kernels.h"
#include "tests/support/damaged_json.h"

namespace {

QByteArray vectors(const QString& name) {
    QFile file(QStringLiteral(TESTS_DIR "/vectors/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject object(const QByteArray& json) { return QJsonDocument::fromJson(json).object(); }

QJsonArray answers_to(const QByteArray& cases) {
    const auto answers = app::evaluate(cases);
    return answers ? object(*answers)[u"cases"].toArray() : QJsonArray();
}

QJsonArray answers_to(const QJsonArray& cases) {
    return answers_to(QJsonDocument(QJsonObject{{QStringLiteral("cases"), cases}}).toJson());
}

/// "read them as double, then narrow to float32"
float number(const QJsonValue& value) { return static_cast<float>(value.toDouble(NAN)); }

/// Nothing if the answer's output is the expected one, else what is wrong.
QString difference(const QJsonObject& expected, const QJsonObject& answer) {
    const QJsonObject want = expected[u"output"].toObject();
    const QJsonObject have = answer[u"output"].toObject();
    if (have.isEmpty()) return answer[u"error"][u"message"].toString(QStringLiteral("no output"));
    if (want[u"shape"] != have[u"shape"]) return QStringLiteral("another shape");
    const QJsonArray numbers = want[u"data"].toArray();
    const QJsonArray found = have[u"data"].toArray();
    if (numbers.isEmpty() || numbers.size() != found.size()) return QStringLiteral("another count");
    const bool exact = expected[u"exact"].toBool();
    const double tolerance = expected[u"tolerance"].toDouble();
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const float a = number(numbers[i]);
        const float b = number(found[i]);
        const bool good = exact ? a == b : std::abs(double{a} - double{b}) <= tolerance;
        if (!good) return QStringLiteral("number %1: %2 instead of %3").arg(i).arg(b).arg(a);
    }
    return {};
}

}  // namespace

class TestVectors : public QObject {
    Q_OBJECT
private slots:
    void cleanup();
    void everyNumber_data();
    void everyNumber();
    void everyKerasShape();
    void everyTorchShape();
    void everySummary();
    void damagedCasesAreAnswered();
};

void TestVectors::cleanup() {
    QVERIFY(engine::force_target(engine::runnable_targets().front()).has_value());
}

void TestVectors::everyNumber_data() {
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("file");
    for (const std::string& target : engine::runnable_targets()) {
        for (const char* file :
             {"01_seed_examples", "02_conv2d_transpose", "04_conv_transpose2d_torch",
              "05_upsampling2d", "06_resize_other_conventions", "07_conv2d", "08_dense_and_others",
              "09_models"})
            QTest::addRow("%s %s", target.c_str(), file)
                << QString::fromStdString(target) << QString::fromLatin1(file);
    }
}

void TestVectors::everyNumber() {
    QFETCH(QString, target);
    QFETCH(QString, file);
    QVERIFY(engine::force_target(target.toStdString()).has_value());
    const QByteArray bytes = vectors(file + QStringLiteral(".json"));
    const QJsonArray expected = object(bytes)[u"cases"].toArray();
    const QJsonArray answers = answers_to(bytes);
    QVERIFY(!expected.isEmpty());
    QCOMPARE(answers.size(), expected.size());

    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QJsonObject want = expected[i].toObject();
        const QJsonObject have = answers[i].toObject();
        const QByteArray id = want[u"id"].toString().toUtf8();
        QCOMPARE(have[u"id"], want[u"id"]);
        const QString wrong = difference(want, have);
        QVERIFY2(wrong.isEmpty(), (id + ": " + wrong.toUtf8()).constData());
        for (const char16_t* key : {u"layer_output_shapes", u"param_count"})
            if (want.contains(QStringView(key)))
                QCOMPARE(have[QStringView(key)], want[QStringView(key)]);
        const QJsonValue crop = want[u"equivalent"][u"crop_top_bottom_left_right"];
        if (crop.isArray()) QCOMPARE(have[u"crop_top_bottom_left_right"], crop);
    }
}

// Rows of shapes.json are one axis; the other is one cell under a 1 × 1 window.
void TestVectors::everyKerasShape() {
    const QJsonArray rows =
        object(vectors(QStringLiteral("shapes.json")))[u"keras"][u"rows"].toArray();
    QVERIFY(!rows.isEmpty());
    QJsonArray cases;
    for (const QJsonValue& row : rows) {
        QJsonObject args{{QStringLiteral("filters"), 1},
                         {QStringLiteral("kernel_size"), QJsonArray{row[1], 1}},
                         {QStringLiteral("strides"), QJsonArray{row[2], 1}},
                         {QStringLiteral("padding"), row[3]},
                         {QStringLiteral("dilation_rate"), QJsonArray{row[5], 1}}};
        if (!row[4].isNull()) args[u"output_padding"] = QJsonArray{row[4], 0};
        cases << QJsonObject{{QStringLiteral("id"), QStringLiteral("row")},
                             {QStringLiteral("layer"), QStringLiteral("conv2d_transpose")},
                             {QStringLiteral("args"), args},
                             {QStringLiteral("input"),
                              QJsonObject{{QStringLiteral("shape"), QJsonArray{1, row[0], 1, 1}}}}};
    }
    const QJsonArray answers = answers_to(cases);
    QCOMPARE(answers.size(), rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QByteArray row = QJsonDocument(rows[i].toArray()).toJson(QJsonDocument::Compact);
        QVERIFY2(answers[i][u"output"][u"shape"][1] == rows[i][6], row.constData());
        QVERIFY2(!answers[i][u"output"].toObject().contains(u"data"), row.constData());
        QVERIFY2(answers[i][u"crop_top_bottom_left_right"][0] == rows[i][7], row.constData());
        QVERIFY2(answers[i][u"crop_top_bottom_left_right"][1] == rows[i][8], row.constData());
    }
}

void TestVectors::everyTorchShape() {
    const QJsonObject torch = object(vectors(QStringLiteral("shapes.json")))[u"torch"].toObject();
    const QJsonArray names = torch[u"columns"].toArray();
    const QJsonArray rows = torch[u"rows"].toArray();
    QVERIFY(!rows.isEmpty());
    QJsonArray cases;
    const auto column = [&names](const QJsonValue& row, const char* name) {
        for (qsizetype i = 0; i < names.size(); ++i)
            if (names[i].toString() == QLatin1String(name)) return row[i];
        return QJsonValue(QJsonValue::Undefined);
    };
    for (const QJsonValue& row : rows) {
        const QJsonObject args{
            {QStringLiteral("out_channels"), 1},
            {QStringLiteral("kernel_size"), QJsonArray{column(row, "kernel"), 1}},
            {QStringLiteral("stride"), QJsonArray{column(row, "stride"), 1}},
            {QStringLiteral("padding"), QJsonArray{column(row, "padding"), 0}},
            {QStringLiteral("output_padding"), QJsonArray{column(row, "output_padding"), 0}},
            {QStringLiteral("dilation"), QJsonArray{column(row, "dilation"), 1}}};
        cases << QJsonObject{
            {QStringLiteral("id"), QStringLiteral("row")},
            {QStringLiteral("layer"), QStringLiteral("conv_transpose2d_torch")},
            {QStringLiteral("args"), args},
            {QStringLiteral("input"),
             QJsonObject{{QStringLiteral("shape"), QJsonArray{1, column(row, "input"), 1, 1}}}}};
    }
    const QJsonArray answers = answers_to(cases);
    QCOMPARE(answers.size(), rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QByteArray row = QJsonDocument(rows[i].toArray()).toJson(QJsonDocument::Compact);
        const QJsonValue size = column(rows[i], "output");
        if (size.isNull())
            QVERIFY2(answers[i][u"error"].isObject(), row.constData());
        else
            QVERIFY2(answers[i][u"output"][u"shape"][1] == size, row.constData());
    }
}

void TestVectors::everySummary() {
    const QByteArray bytes = vectors(QStringLiteral("13_model_summary.json"));
    const QJsonArray expected = object(bytes)[u"cases"].toArray();
    const QJsonArray answers = answers_to(bytes);
    QVERIFY(!expected.isEmpty());
    QCOMPARE(answers.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QJsonObject texts = answers[i][u"texts"].toObject();
        QVERIFY(!texts.isEmpty());
        for (const QString& style : texts.keys())
            QCOMPARE(texts[style].toString(), expected[i][u"texts"][style].toString());
    }
}

// Whatever happens to the bytes: a sentence for the whole, or an answer for every case.
void TestVectors::damagedCasesAreAnswered() {
    std::mt19937 random(7);
    const QByteArray whole = vectors(QStringLiteral("01_seed_examples.json"));
    int answered = 0;
    for (int round = 0; round < 3000; ++round) {
        const auto answers = app::evaluate(support::damaged(whole, random));
        if (!answers) continue;
        ++answered;
        QJsonParseError error;
        const QJsonDocument parsed = QJsonDocument::fromJson(*answers, &error);
        QVERIFY2(error.error == QJsonParseError::NoError, answers->constData());
        for (const QJsonValue& answer : parsed[u"cases"].toArray())
            QVERIFY(answer[u"output"].isObject() != answer[u"error"].isObject());
    }
    QVERIFY(answered > 100);
}

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
