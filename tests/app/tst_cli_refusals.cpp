// SPDX-License-Identifier: MIT
// Wrong calls and broken files: one sentence on stderr, the right exit code, no file touched.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/program.h"

using namespace program;

class TestCliRefusals : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void wrongArguments_data();
    void wrongArguments();
    void brokenFiles_data();
    void brokenFiles();
    void anOldPictureStaysWhole();

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void TestCliRefusals::initTestCase() {
    QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path()));
}

void TestCliRefusals::wrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    const auto row = [](const char* line, int code) {
        QTest::addRow("%s", line) << QString::fromUtf8(line).split(u' ') << code;
    };
    row("nonsense", 2);
    row("rendr readers_puzzle -o a.png", 2);
    row("--target", 2);
    row("--target mmx --version", 2);
    row("eval --target=mmx x.json", 2);
    row("--nonsense", 2);
    row("readers_puzzle --nonsense", 2);
    row("-platform offscreen --nonsense", 2);
    row("readers_puzzle holes", 2);
    row("eval", 2);
    row("eval a.json b.json", 2);
    row("eval --fast a.json", 2);
    row("eval missing.json", 1);
    row("eval /", 1);
    row("lessons nobody", 2);
    row("lessons a b", 2);
    row("summary", 2);
    row("summary nobody", 2);
    row("summary missing.stride", 1);
    row("summary readers_puzzle --style keras-9", 2);
    row("summary readers_puzzle --style", 2);
    row("summary readers_puzzle --width 39", 2);
    row("summary readers_puzzle --width 1001", 2);
    row("summary readers_puzzle --width wide", 2);
    row("render", 2);
    row("render readers_puzzle", 2);
    row("render readers_puzzle -o", 2);
    row("render readers_puzzle -o picture", 2);
    row("render readers_puzzle -o picture.gif", 2);
    row("render nobody -o never.png", 2);
    row("render missing.stride -o never.png", 1);
    row("render / -o never.png", 1);
    row("render readers_puzzle -o /nowhere/never.png", 1);
    row("render readers_puzzle -o /proc/never.png", 1);
    row("render readers_puzzle -o never.png --step x", 2);
    row("render readers_puzzle -o never.png --step -1", 2);
    row("render readers_puzzle -o never.png --step 1.5", 2);
    row("render readers_puzzle -o never.png --step 99999", 1);
    row("render readers_puzzle -o never.png --step 99999999999999", 1);
    row("render readers_puzzle -o never.png --theme beige", 2);
    row("render readers_puzzle -o never.png --digits 5", 2);
    row("render readers_puzzle -o never.png --digits some", 2);
    row("render readers_puzzle -o never.png --size 100", 2);
    row("render readers_puzzle -o never.png --size 0x0", 2);
    row("render readers_puzzle -o never.png --size axb", 2);
    row("render readers_puzzle -o never.png --size 2000000000x2000000000", 1);
    row("render readers_puzzle -o never.svg --size 2000000000x2000000000", 1);
    row("render readers_puzzle -o never.png --scale 99", 2);
    row("render readers_puzzle -o never.png --scale 0", 2);
    row("render readers_puzzle -o never.png --scale nan", 2);
    row("render readers_puzzle -o never.png --scale big", 2);
    row("render readers_puzzle -o never.png --region nowhere", 2);
    row("render readers_puzzle -o never.png --reading upside_down", 2);
    row("render readers_puzzle -o never.png --filter -1", 2);
    row("render readers_puzzle -o never.png --filter 1", 1);
    row("render readers_puzzle -o never.png --channel 1", 1);
    row("render readers_puzzle -o never.svg --text blurred", 2);
    row("render readers_puzzle -o never.png --text real", 2);
    row("render readers_puzzle -o never.pdf --scale 2", 2);
    row("render readers_puzzle -o never.pdf --size 20000x200", 1);
    row("render readers_puzzle -o never.png --width 85", 2);
    row("render readers_puzzle -o never.png --width 0mm", 2);
    row("render readers_puzzle -o never.png --width 85mm --scale 2", 2);
    row("render readers_puzzle -o never.png --width 300in", 1);
    row("render readers_puzzle -o never.png --width 100in --dpi 600", 1);
    row("render readers_puzzle -o never.png --dpi 5", 2);
    row("render readers_puzzle -o never.png --steps 1,x", 2);
    row("render readers_puzzle -o never.png --steps 1,99", 1);
    row("render readers_puzzle -o never.png --steps all --step 1", 2);
    row("render readers_puzzle -o never.png --columns 2", 2);
    row("render readers_puzzle -o never.png --steps all --columns 0", 2);
    row("render readers_puzzle -o never.svg --dpi 300", 2);
    row("shapes", 2);
    row("shapes conv9d --input 2x2", 2);
    row("shapes conv2d_transpose", 2);
    row("shapes conv2d_transpose --input 2x2", 2);
    row("shapes conv2d_transpose --input 2 --kernel 3", 2);
    row("shapes conv2d_transpose --input 2x2x2x2 --kernel 3", 2);
    row("shapes conv2d_transpose --input axb --kernel 3", 2);
    row("shapes conv2d_transpose --input 0x2 --kernel 3", 1);
    row("shapes conv2d_transpose --input -2x2 --kernel 3", 1);
    row("shapes conv2d_transpose --input 99999999x99999999 --kernel 3", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 0", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pads 1,1", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pads a,b,c,d", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pads 0,0,1,1 --padding 1", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pads 0,0,-1,1", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pads 9,9,9,9", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --groups 2", 2);
    row("shapes conv2d_transpose --input 2x2x3 --kernel 3 --padding 1 --groups 2", 1);
    row("shapes conv2d --input 2x2 --kernel 3 --pads 0,0,1,1", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3x3x3", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --padding full", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --strides 2 --output-padding 2", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --strides 2 --dilation 2", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --size 2", 2);
    row("shapes upsampling2d --input 2x2 --kernel 3", 2);
    row("shapes upsampling2d --input 2x2 --interpolation blurry", 2);
    row("shapes conv2d --input 2x2 --kernel 3", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pytorch --padding same", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --keras --padding 1", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pytorch --guide", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --pytorch --pads 0,0,0,0", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --guide --dilation 2", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --guide --padding 3", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --guide --a 1", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --a one", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --auto-pad full", 2);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --output-shape 0x9", 1);
    row("shapes conv2d_transpose --input 2x2 --kernel 3 --output-shape 9x9x9", 2);
    row("shapes conv2d --input 2x2 --kernel 1 --onnx", 2);
    row("shapes upsampling2d --input 2x2 --pytorch", 2);
    row("shapes readers_cases --kernel 3", 2);
    row("shapes readers_cases --input 2x2 --json", 2);
    row("design", 2);
    row("design --from 4", 2);
    row("design --from 4 --to sixteen", 2);
    row("design --from 0 --to 16", 1);
    row("design --from 4 --to -16", 1);
    row("design --from 4 --to 99999999", 1);
    row("design --from 4 --to 16x16x16", 2);
    row("design --from 4 --to 16 --fix kernel", 2);
    row("design --from 4 --to 16 --fix kernel=four", 2);
    row("design --from 4 --to 16 --fix kernel=0", 1);
    row("design --from 4 --to 16 --fix kernel=99999", 1);
    row("design --from 4 --to 16 --fix size=4", 2);
    row("design --from 4 --to 16 --fix kernel=4 kernel=5", 2);
    row("design --from 4 --to 16 --fix framework=caffe", 2);
    row("design --from 4 --to 16 kernel=4", 2);
    row("design --from 4 --to 16 --claim nonsense", 2);
    row("design --from 4 --to 16 --claim k0", 1);
    row("design --from 4 --to 16 --most 0", 1);
    row("design --from 4 --to 16 --most 99999", 1);
    row("design --from 4 --to 16 --largest-kernel 65", 1);
    row("readers_puzzle", 1);
    row("missing.stride", 1);
    row("", 1);
}

void TestCliRefusals::wrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    arguments.removeAll(QString());
    const Outcome outcome = run(arguments);
    QVERIFY2(is_sentence(outcome.err), outcome.err.constData());
    QCOMPARE(outcome.code, code);
    QCOMPARE(outcome.out, QByteArray());
    for (const char* never : {"never.png", "never.svg", "never.pdf"})
        QVERIFY(!QFile::exists(QLatin1String(never)));
}

void TestCliRefusals::brokenFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("blank") << QByteArray(" \n\n");
    QTest::addRow("binary") << QByteArray(
        "\x7f"
        "ELF\x02\x01\x01\0\0\0\xff\xfe",
        12);
    QTest::addRow("text") << QByteArray("hello");
    QTest::addRow("cut off") << QByteArray("{\"stridescope\": 1, \"cases\": [{");
    QTest::addRow("a list") << QByteArray("[]");
    QTest::addRow("another object") << QByteArray("{}");
    QTest::addRow("a number") << QByteArray("1e999");
    QTest::addRow("deep") << QByteArray(5'000'000, '[');
    QTest::addRow("deep objects") << QByteArray("{\"a\":").repeated(1'000'000);
    QTest::addRow("many values") << "[" + QByteArray("{},").repeated(5'000'000);
    QTest::addRow("cases as text") << QByteArray("{\"cases\": \"all\"}");
    QTest::addRow("cases as null") << QByteArray("{\"cases\": null}");
    QTest::addRow("huge shape") << QByteArray(
        R"({"stridescope": 1, "layers": [{"class_name": "Flatten"}],
            "input": {"shape": [1000000, 1000000, 1000000], "data": []}})");
}

void TestCliRefusals::brokenFiles() {
    QFETCH(QByteArray, bytes);
    write(path("broken.stride"), bytes);
    const auto refused = [&](const QStringList& arguments) {
        const Outcome outcome = run(arguments);
        QVERIFY2(is_sentence(outcome.err), outcome.err.left(500).constData());
        QCOMPARE(outcome.out, QByteArray());
        QCOMPARE(outcome.code, 2);
    };
    refused({QStringLiteral("render"), path("broken.stride"), QStringLiteral("-o"),
             path("broken.png")});
    refused({QStringLiteral("summary"), path("broken.stride")});
    refused({QStringLiteral("eval"), path("broken.stride")});
    QVERIFY(!QFile::exists(path("broken.png")));
}

// What cannot be drawn leaves the picture that was there, and nothing beside it.
void TestCliRefusals::anOldPictureStaysWhole() {
    QDir(m_folder.path()).mkdir(QStringLiteral("old"));
    const QString picture = path("old/picture.png");
    write(picture, "old");
    QByteArray impossible = run("lessons readers_puzzle").out;
    impossible.replace("\"padding\": \"valid\"", "\"padding\": \"same\", \"output_padding\": 2");
    write(path("old/impossible.stride"), impossible);
    const Outcome outcome = run(
        {QStringLiteral("render"), path("old/impossible.stride"), QStringLiteral("-o"), picture});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(
        outcome.err,
        QByteArray("Layer 1: output_padding 2 must be less than strides 2; use 0 or 1 (rows).\n"));
    QCOMPARE(contents(picture), QByteArray("old"));
    QCOMPARE(QDir(path("old")).entryList(QDir::Files).size(), 2);
    QCOMPARE(
        run({QStringLiteral("render"), QStringLiteral("holes"), QStringLiteral("-o"), path("old")})
            .code,
        2);
    QDir(m_folder.path()).mkdir(QStringLiteral("folder.png"));
    const Outcome folder = run({QStringLiteral("render"), QStringLiteral("holes"),
                                QStringLiteral("-o"), path("folder.png")});
    QCOMPARE(folder.code, 1);
    QVERIFY(is_sentence(folder.err));
}

QTEST_GUILESS_MAIN(TestCliRefusals)
#include "tst_cli_refusals.moc"
