// SPDX-License-Identifier: MIT
// What a picture's file says that others may use it under: every format of both tables.
#include <QDir>
#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/program.h"
#include "ui/paint/metadata.h"
#include "ui/paint/moving_format.h"
#include "ui/paint/picture_format.h"

using namespace program;

namespace {

/// Whether a file holds the words; a PNG may hold them compressed.
bool says(const QByteArray& bytes, const QString& words) {
    const QImage image = QImage::fromData(bytes);
    return bytes.contains(words.toUtf8()) ||
           image.text(QStringLiteral("Copyright")).contains(words);
}

/// Any that might be meant.
bool says_any(const QByteArray& bytes) {
    return says(bytes, QStringLiteral("CC0")) || says(bytes, QStringLiteral("CC BY")) ||
           says(bytes, QStringLiteral("creativecommons.org")) ||
           !QImage::fromData(bytes).text(QStringLiteral("Copyright")).isEmpty();
}

}  // namespace

class TestCliLicence : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path())); }
    void everyFormatSaysIt_data();
    void everyFormatSaysIt();
    void framesOfAFolderSayIt();
    void addressesStandWhereProgramsLook();
    void aLessonHasItsOwn();
    void whatIsNoLicenceIsRefused();

private:
    QTemporaryDir m_folder;
};

void TestCliLicence::everyFormatSaysIt_data() {
    QTest::addColumn<QStringList>("line");
    const auto row = [](const char* command, const char* ending) {
        QTest::addRow("%s %s", command, ending)
            << QStringList{QString::fromLatin1(command), QStringLiteral("readers_puzzle"),
                           QStringLiteral("-o"),         QStringLiteral("-"),
                           QStringLiteral("--format"),   QString::fromLatin1(ending)};
    };
    for (const auto& format : ui::paint::picture_formats()) row("render", format.endings.front());
    for (const auto& format : ui::paint::moving_formats()) {
        if (format.is_folder()) continue;  // framesOfAFolderSayIt
        if (format.program != nullptr &&
            QStandardPaths::findExecutable(QLatin1String(format.program)).isEmpty()) {
            qInfo("%s is not installed: no %s", format.program, format.name);
            continue;
        }
        row("animate", format.endings.front());
    }
}
void TestCliLicence::everyFormatSaysIt() {
    QFETCH(QStringList, line);
    const auto file = [&](const QString& licence) {
        QStringList arguments = line;
        if (line.first() == QStringLiteral("animate"))
            arguments << QStringLiteral("--still") << QStringLiteral("--range")
                      << QStringLiteral("0-1");
        if (!licence.isEmpty()) arguments << QStringLiteral("--licence") << licence;
        return run(arguments).out;
    };
    const QByteArray usual = file({});
    QVERIFY(says(usual, QStringLiteral("Free to reuse (CC0 1.0)")));
    QCOMPARE(file(QStringLiteral("CC0-1.0")) == usual, true);
    const QByteArray by = file(QStringLiteral("CC-BY-4.0"));
    QVERIFY(says(by, QStringLiteral("Creative Commons Attribution 4.0 International")));
    QVERIFY(!says(by, QStringLiteral("CC0")));
    const QString own = QStringLiteral("Nur für Klasse 9b");
    const QByteArray mine = file(own);
    QVERIFY(says(mine, own));
    QVERIFY(!says(mine, QStringLiteral("CC0")));
    const QByteArray none = file(QStringLiteral("none"));
    QVERIFY(none.size() > 500);
    QVERIFY(!says_any(none));
}

void TestCliLicence::framesOfAFolderSayIt() {
    QCOMPARE(run("animate holes --still --range 0-1 -o frames/ --licence CC-BY-4.0").code, 0);
    const QByteArray frame = contents(QStringLiteral("frames/frame_00001.png"));
    QVERIFY(says(frame, QStringLiteral("CC BY 4.0")));
}

// Inkscape reads a vector file's licence from RDF, and programs for pictures read XMP.
void TestCliLicence::addressesStandWhereProgramsLook() {
    QCOMPARE(run("render holes -o a.svg --licence CC-BY-4.0").code, 0);
    QVERIFY(
        contents(QStringLiteral("a.svg"))
            .contains("<cc:license rdf:resource=\"https://creativecommons.org/licenses/by/4.0/\""));
    QCOMPARE(run("animate holes --still -o a.webp").code, 0);
    QVERIFY(
        contents(QStringLiteral("a.webp"))
            .contains("<xmpRights:WebStatement>https://creativecommons.org/publicdomain/zero/"));
}

// A lesson whose input is somebody else's picture says so itself; who knows better says it.
void TestCliLicence::aLessonHasItsOwn() {
    QByteArray text = run("lessons holes").out;
    text.replace("\"layers\"", "\"licence\": \"none\",\n  \"layers\"");
    write(QStringLiteral("photo.stride"), text);
    QCOMPARE(run("render ./photo.stride -o photo.png").code, 0);
    QVERIFY(!says_any(contents(QStringLiteral("photo.png"))));
    QCOMPARE(run("render ./photo.stride -o photo.png --licence CC0-1.0").code, 0);
    QVERIFY(says(contents(QStringLiteral("photo.png")), QStringLiteral("CC0")));
}

void TestCliLicence::whatIsNoLicenceIsRefused() {
    const Outcome outcome =
        run({QStringLiteral("render"), QStringLiteral("holes"), QStringLiteral("-o"),
             QStringLiteral("never.png"), QStringLiteral("--licence"), QString(201, u'x')});
    QCOMPARE(outcome.code, 2);
    QVERIFY2(is_sentence(outcome.err) && outcome.err.contains("a text of at most 200 letters"),
             outcome.err.constData());
    QVERIFY(!QFile::exists(QStringLiteral("never.png")));
}

QTEST_GUILESS_MAIN(TestCliLicence)
#include "tst_cli_licence.moc"
