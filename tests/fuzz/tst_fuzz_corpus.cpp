// SPDX-License-Identifier: MIT
// The kept inputs of the fuzzers, and some thousand strings of bytes made up on the spot, through
// the same entry points.
#include <random>

#include <QApplication>
#include <QDir>
#include <QTest>

#include "tests/fuzz/entry_points.h"

namespace {

fuzz::Bytes bytes_of(const QByteArray& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.constData()),
            static_cast<std::size_t>(text.size())};
}

}  // namespace

class TestFuzzCorpus : public QObject {
    Q_OBJECT
private slots:
    void corpus_data();
    void corpus();
    void layersMadeUp();
};

void TestFuzzCorpus::corpus_data() {
    QTest::addColumn<int>("entry");
    QTest::addColumn<QString>("path");
    for (std::size_t i = 0; i < fuzz::entry_points.size(); ++i) {
        const QString name = QString::fromLatin1(fuzz::entry_points[i].name);
        const QFileInfoList files =
            QDir(QStringLiteral(TESTS_DIR "/fuzz/corpus/") + name).entryInfoList(QDir::Files);
        QVERIFY2(!files.isEmpty(), qPrintable(name));
        for (const QFileInfo& file : files)
            QTest::newRow(qPrintable(name + u'/' + file.fileName()))
                << static_cast<int>(i) << file.filePath();
    }
}

void TestFuzzCorpus::corpus() {
    QFETCH(int, entry);
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const std::string wrong =
        fuzz::entry_points[static_cast<std::size_t>(entry)].complaint_about(bytes_of(bytes));
    QVERIFY2(wrong.empty(), wrong.c_str());
}

void TestFuzzCorpus::layersMadeUp() {
    std::mt19937 random(7);
    for (int round = 0; round < 4000; ++round) {
        QByteArray bytes(96, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        const std::string wrong = fuzz::complaint_about_layer(bytes_of(bytes));
        QVERIFY2(wrong.empty(), (wrong + " for " + bytes.toHex().toStdString()).c_str());
    }
}

QTEST_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
