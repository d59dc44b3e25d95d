// SPDX-License-Identifier: MIT
// What a stranger wrote is shown, but does nothing: no control reaches a terminal or a label.
#include <QRandomGenerator>
#include <QTest>

#include "ui/words/plain_text.h"

using ui::words::harmless;

namespace {

constexpr qsizetype ample = 1000;
const QString unseen(QChar::ReplacementCharacter);

QString of(char32_t code) { return QStringView(QChar::fromUcs4(code)).toString(); }

}  // namespace

class TestPlainText : public QObject {
    Q_OBJECT
private slots:
    void leavesWordsAlone_data();
    void leavesWordsAlone();
    void makesOneLine();
    void showsWhereSomethingUnseenWas_data();
    void showsWhereSomethingUnseenWas();
    void leavesOutJoiners();
    void cutsToLength();
    void holdsForAnyText();
};

void TestPlainText::leavesWordsAlone_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "It tiles", "3 × 3 → 5 × 5", "Größe “½”", "e\u0301", "نص عربي", "हिन्दी", "转置卷积",
          "👩 ❤️ 🇩🇪", "<b>bold</b> & <img src=x>", "%1 %L2 &File"})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
}

void TestPlainText::leavesWordsAlone() {
    QFETCH(QString, text);
    QCOMPARE(harmless(text, ample), text);
}

void TestPlainText::makesOneLine() {
    QCOMPARE(
        harmless(QStringLiteral("  one\r\n\ttwo\u2028three\u2029\u0085four\u00A0\u3000 "), ample),
        QStringLiteral("one two three four"));
    QCOMPARE(harmless(QStringLiteral(" \n "), ample), QString());
}

void TestPlainText::showsWhereSomethingUnseenWas_data() {
    QTest::addColumn<QString>("text");
    const auto row = [](char32_t code) {
        QTest::addRow("U+%04X", static_cast<unsigned>(code)) << of(code);
    };
    for (char32_t code = 0; code < 0xA0; ++code)  // C0, DEL and C1
        if ((code < 0x20 || code >= 0x7F) && !QChar::isSpace(code)) row(code);
    for (const char32_t code : U"\u061C\u200B\u200E\u200F\u2060\uFEFF\u00AD\u180E")
        if (code) row(code);
    for (char32_t code = 0x202A; code <= 0x202E; ++code) row(code);
    for (char32_t code = 0x2066; code <= 0x2069; ++code) row(code);
    row(0x3164);  // a letter that is blank
    row(0xE000);
    row(0xFFFF);
    row(0xE0041);  // a tag
    row(0x10FFFF);
    QTest::addRow("half, first") << QString(QChar(0xD83D));
    QTest::addRow("half, last") << QString(QChar(0xDE00));
}

void TestPlainText::showsWhereSomethingUnseenWas() {
    QFETCH(QString, text);
    QCOMPARE(harmless(text, ample), unseen);
    QCOMPARE(harmless(u'a' + text + u'b', ample), QString(u'a' + unseen + u'b'));
    QCOMPARE(harmless(text + text, ample), QString(unseen + unseen));
}

void TestPlainText::leavesOutJoiners() {
    QCOMPARE(harmless(QStringLiteral("می\u200Cخواهم"), ample), QStringLiteral("میخواهم"));
    QCOMPARE(harmless(QStringLiteral("👩\u200D🔬"), ample), QStringLiteral("👩🔬"));
    QCOMPARE(harmless(QString(100'000, QChar(0x200D)), 5), QString());
}

void TestPlainText::cutsToLength() {
    QCOMPARE(harmless(QStringLiteral("12345"), 5), QStringLiteral("12345"));
    QCOMPARE(harmless(QStringLiteral("12345  \n"), 5), QStringLiteral("12345"));
    QCOMPARE(harmless(QStringLiteral("123456"), 5), QStringLiteral("1234…"));
    QCOMPARE(harmless(QStringLiteral("123 56"), 5), QStringLiteral("123…"));
    QCOMPARE(harmless(QStringLiteral("123😀"), 5), QStringLiteral("123😀"));
    QCOMPARE(harmless(QStringLiteral("123😀6"), 5), QStringLiteral("123…"));
    QCOMPARE(harmless(QStringLiteral("12"), 1), QStringLiteral("…"));
    QCOMPARE(harmless(QString(100'000, u'x'), 60), QString(QString(59, u'x') + u'…'));
}

void TestPlainText::holdsForAnyText() {
    QRandomGenerator random(1);
    for (int i = 0; i < 20'000; ++i) {
        QString text;
        for (int length = random.bounded(12); length > 0; --length)
            text += QChar(static_cast<char16_t>(random.bounded(2) == 0 ? random.bounded(0x80)
                                                                       : random.bounded(0x10000)));
        const qsizetype longest = random.bounded(1, 10);
        const QString shown = harmless(text, longest);
        QVERIFY(shown.size() <= longest);
        QCOMPARE(harmless(shown, longest), shown);
        QCOMPARE(shown.simplified(), shown);
        QVERIFY(shown.isValidUtf16());
        for (const char32_t code : shown.toUcs4()) QVERIFY(QChar::isPrint(code));
    }
}

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plain_text.moc"
