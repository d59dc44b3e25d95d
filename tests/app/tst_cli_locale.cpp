// SPDX-License-Identifier: MIT
// A picture is the same bytes wherever it is drawn; whose decimal signs it has says --locale, and
// nothing else.
#include <QDir>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "tests/support/program.h"

using namespace program;

namespace {

const QStringList lessons{QStringLiteral("upsampling_bilinear"), QStringLiteral("holes"),
                          QStringLiteral("channels_to_one"), QStringLiteral("even_k4")};

QProcessEnvironment system_of(const char* locale) {
    QProcessEnvironment environment;
    for (const char* name : {"LC_ALL", "LANG", "LANGUAGE", "LC_NUMERIC", "LC_MESSAGES"})
        environment.insert(QString::fromLatin1(name), QString::fromLatin1(locale));
    return environment;
}

QByteArray picture(const QString& lesson, const QString& name, const QStringList& options,
                   const char* system) {
    const Outcome outcome =
        run(QStringList{QStringLiteral("render"), lesson, QStringLiteral("-o"), name} + options, {},
            system_of(system));
    return outcome.code == 0 && outcome.err.isEmpty() ? contents(name) : outcome.err;
}

/// The words of an SVG as they are drawn, one text element each; not its title, nor its
/// description.
QStringList labels(const QByteArray& svg) {
    QStringList texts;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement &&
            reader.name() == QLatin1String("text"))
            texts << reader.readElementText(QXmlStreamReader::IncludeChildElements);
    return texts;
}

bool has_other_digits(const QString& text) {
    for (const char32_t code : text.toUcs4())
        if (QChar::isDigit(code) && code > U'9') return true;
    return false;
}

}  // namespace

class TestCliLocale : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void picturesAreTheSameBytesInEveryLocale_data();
    void picturesAreTheSameBytesInEveryLocale();
    void theLocaleNamedChangesTheDecimalSigns();
    void digitsAreLatinInAnyLocale_data();
    void digitsAreLatinInAnyLocale();
    void sentencesAndAnswersAreTheSameInEveryLocale();
    void unknownLocalesAreRefused();

private:
    QTemporaryDir m_folder;
};

void TestCliLocale::initTestCase() {
    QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path()));
}

void TestCliLocale::picturesAreTheSameBytesInEveryLocale_data() {
    QTest::addColumn<QString>("lesson");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("options");
    const QStringList real{QStringLiteral("--text"), QStringLiteral("real")};
    for (const QString& lesson : lessons) {
        const QByteArray row = lesson.toUtf8();
        QTest::addRow("%s, SVG", row.constData()) << lesson << QStringLiteral("a.svg") << real;
        QTest::addRow("%s, outlines", row.constData())
            << lesson << QStringLiteral("b.svg") << QStringList();
        QTest::addRow("%s, PNG", row.constData())
            << lesson << QStringLiteral("c.png") << QStringList();
        QTest::addRow("%s, German", row.constData())
            << lesson << QStringLiteral("d.svg")
            << real + QStringList{QStringLiteral("--locale"), QStringLiteral("de_DE")};
    }
}

void TestCliLocale::picturesAreTheSameBytesInEveryLocale() {
    QFETCH(QString, lesson);
    QFETCH(QString, name);
    QFETCH(QStringList, options);
    const QByteArray plain = picture(lesson, name, options, "C.UTF-8");
    QVERIFY2(plain.size() > 1000, plain.constData());
    for (const char* system : {"de_DE.UTF-8", "ar_EG.UTF-8", "hi_IN", "mr_IN.UTF-8", "fa_IR",
                               "fr_FR.UTF-8", "tr_TR.UTF-8", "ja_JP.UTF-8"})
        QVERIFY2(picture(lesson, name, options, system) == plain, system);
}

void TestCliLocale::theLocaleNamedChangesTheDecimalSigns() {
    static const QRegularExpression with_dot(QStringLiteral("[0-9]\\.[0-9]"));
    static const QRegularExpression with_comma(QStringLiteral("^−?[0-9]+,[0-9]+$"));
    int decimals = 0;
    for (const QString& lesson : lessons) {
        const auto drawn = [&lesson](const QString& locale) {
            return labels(picture(lesson, QStringLiteral("e.svg"),
                                  {QStringLiteral("--text"), QStringLiteral("real"),
                                   QStringLiteral("--locale"), locale},
                                  "C.UTF-8"));
        };
        const QStringList plain = drawn(QStringLiteral("C"));
        const QStringList german = drawn(QStringLiteral("de_DE"));
        QCOMPARE(plain.size(), german.size());
        for (qsizetype i = 0; i < plain.size(); ++i) {
            // Words stay English until there are others.
            QCOMPARE(german[i], QString(plain[i]).replace(
                                    QRegularExpression(QStringLiteral("(?<=[0-9])\\.(?=[0-9])")),
                                    QStringLiteral(",")));
            QVERIFY2(!german[i].contains(with_dot), german[i].toUtf8().constData());
            if (german[i].contains(with_comma)) ++decimals;
        }
    }
    QVERIFY(decimals > 10);
    QVERIFY(labels(picture(QStringLiteral("holes"), QStringLiteral("e.svg"),
                           {QStringLiteral("--text"), QStringLiteral("real")}, "de_DE.UTF-8"))
                .contains(QStringLiteral("0.5")));
}

void TestCliLocale::digitsAreLatinInAnyLocale_data() {
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("half");
    const auto row = [](const char* locale, const char* half) {
        QTest::addRow("%s", locale) << QString::fromLatin1(locale) << QString::fromLatin1(half);
    };
    row("C", "0.5");
    row("en_US", "0.5");
    row("de", "0,5");
    row("de-CH", "0.5");
    row("pt_BR", "0,5");
    // Whose own digits are others: their decimal sign would stand among strangers.
    for (const char* locale : {"ar_EG", "fa_IR", "mr_IN", "bn_BD", "my_MM"}) row(locale, "0.5");
    row("ar_MA", "0,5");
    row("hi_IN", "0.5");
}

void TestCliLocale::digitsAreLatinInAnyLocale() {
    QFETCH(QString, locale);
    QFETCH(QString, half);
    const QByteArray svg = picture(
        QStringLiteral("holes"), QStringLiteral("f.svg"),
        {QStringLiteral("--text"), QStringLiteral("real"), QStringLiteral("--locale"), locale},
        "ar_EG.UTF-8");
    QVERIFY2(labels(svg).contains(half), svg.left(300).constData());
    QVERIFY(!has_other_digits(QString::fromUtf8(svg)));
}

void TestCliLocale::sentencesAndAnswersAreTheSameInEveryLocale() {
    const QByteArray cases = R"({"cases": [
        {"id": 1, "layer": "upsampling2d", "args": {"size": 9000}, "input": {"shape": [1, 2, 2, 1], "data": [1, 2, 3, 4]}},
        {"id": 2, "layer": "dropout", "args": {"rate": 1.5}, "input": {"shape": [1, 2, 2, 1]}},
        {"id": 3, "layer": "leaky_relu", "input": {"shape": [1, 1], "data": [-0.5]}}]})";
    const auto said = [&cases](const char* system) {
        const auto with = [system](const char* line, const QByteArray& input = {}) {
            const Outcome outcome =
                run(QString::fromUtf8(line).split(u' '), input, system_of(system));
            return outcome.out + outcome.err;
        };
        return with("eval -", cases) + with("shapes upsampling2d --input 9999x9999 --size 9") +
               with("shapes conv2d --input 9x9 --kernel 20001") +
               with("render holes -o a.png --scale 99") +
               with("render holes -o a.png --scale 0.1") +
               with("summary generator_transpose --style torchinfo");
    };
    const QByteArray plain = said("C.UTF-8");
    QVERIFY2(plain.contains("324,000,000 numbers"), plain.constData());
    QVERIFY(plain.contains("rate is 1.5, but must") && plain.contains("20,001 rows"));
    for (const char* system : {"de_DE.UTF-8", "ar_EG.UTF-8", "hi_IN", "fr_FR.UTF-8"})
        QCOMPARE(said(system), plain);
}

void TestCliLocale::unknownLocalesAreRefused() {
    for (const char* name :
         {"xx_YY", "de_XX", "de_JP", "german", "de_DE.UTF-8", "POSIX", "１", "c"}) {
        const Outcome outcome =
            run({QStringLiteral("render"), QStringLiteral("holes"), QStringLiteral("-o"),
                 QStringLiteral("never.svg"), QStringLiteral("--locale"), QString::fromUtf8(name)});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(is_sentence(outcome.err) && outcome.err.contains(name), outcome.err.constData());
    }
    QVERIFY(!QFile::exists(QStringLiteral("never.svg")));
}

QTEST_GUILESS_MAIN(TestCliLocale)
#include "tst_cli_locale.moc"
