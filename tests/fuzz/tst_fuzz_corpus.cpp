// SPDX-License-Identifier: MIT
// The kept inputs of the fuzzers, and some thousand strings of bytes made up on the spot, through the same entry points.
#include <random>

#include <QDir>
#include <QTest>

#include "tests/fuzz/entry_points.h"

namespace {

fuzz::Bytes bytes_of(const QByteArray& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.constData()),
            static_cast<std::size_t>(text.size())};
}

void add_files(const QString& name) {
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(TESTS_DIR "/fuzz/corpus/") + name);
    for (const QFileInfo& file : folder.entryInfoList(QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(file.fileName())) << file.filePath();
}

using EntryPoint = std::string(fuzz::Bytes);

void replay(EntryPoint complaint_about) {
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string wrong = complaint_about(bytes_of(file.readAll()));
    QVERIFY2(wrong.empty(), wrong.c_str());
}

}  // namespace

class TestFuzzCorpus : public QObject {
    Q_OBJECT
private slots:
    void eval_data() { add_files(QStringLiteral("eval")); }
    void eval() { replay(fuzz::complaint_about_eval); }
    void layer_data() { add_files(QStringLiteral("layer")); }
    void layer() { replay(fuzz::complaint_about_layer); }
    void layersMadeUp();
};

void TestFuzzCorpus::layersMadeUp() {
    std::mt19937 random(7);
    for (int round = 0; round < 4000; ++round) {
        QByteArray bytes(96, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        const std::string wrong = fuzz::complaint_about_layer(bytes_of(bytes));
        QVERIFY2(wrong.empty(), (wrong + " for " + bytes.toHex().toStdString()).c_str());
    }
}

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
