// SPDX-License-Identifier: MIT
// PDF as another program reads it: poppler's, which packaging/setup.sh test installs.
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>
#include <QtTest>

#include "tests/support/pixels.h"
#include "tests/support/readings.h"
#include "tests/ui/picture_job.h"
#include "ui/diagram/stage.h"
#include "ui/paint/export_job.h"
#include "ui/paint/fonts.h"
#include "ui/paint/picture_sink.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

using namespace ui;
using paint::ExportJob;
using paint::Letters;

namespace {

ExportJob pdf_job(const char* lesson, engine::Reading reading) {
    constexpr int last_step = 9999;
    return support::job_of(lesson, reading, last_step, "a.pdf");
}

/// A diagram of one label.
diagram::Diagram saying(const QString& words) {
    diagram::Diagram diagram;
    diagram.size = {300.5, 100};
    diagram.title = words;
    diagram.description = words;
    diagram::Label label;
    label.anchor = {10, 50};
    label.runs = {{words, {diagram::Role::ink, 1}}};
    diagram.items.push_back({label, 0, std::nullopt});
    return diagram;
}

engine::Result<QByteArray> pdf_of(const diagram::Diagram& diagram) {
    const paint::PictureFormat& format = *paint::picture_format_of(QStringLiteral("a.pdf"));
    paint::PictureSink sink;
    if (const auto error = format.write({&diagram, 1}, {}, format.options, sink)) return *error;
    return sink.bytes();
}

/// A PDF in a folder of its own, and what poppler has to say about it.
class Page {
public:
    explicit Page(const QByteArray& bytes) {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
    }
    explicit Page(const ExportJob& job) : Page(*paint::render_export(job)) {}

    QString says(const char* program, const QStringList& options = {},
                 const QStringList& outputs = {}) {
        QProcess process;
        process.start(QString::fromLatin1(program), options + QStringList{path()} + outputs);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        m_complaints += process.readAllStandardError();
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    QString text() { return says("pdftotext", {QStringLiteral("-layout")}, {QStringLiteral("-")}); }
    QString words() { return text().simplified(); }
    /// What pdfinfo has after "Title:" and the like.
    QString fact(const char* name) {
        const QRegularExpression line(QStringLiteral("^%1:\\s*(.*)$").arg(QLatin1String(name)),
                                      QRegularExpression::MultilineOption);
        return line.match(says("pdfinfo")).captured(1);
    }
    QImage drawn(int dots_per_inch) {
        says("pdftoppm",
             {QStringLiteral("-singlefile"), QStringLiteral("-png"), QStringLiteral("-r"),
              QString::number(dots_per_inch)},
             {m_folder.filePath(QStringLiteral("page"))});
        return QImage(m_folder.filePath(QStringLiteral("page.png")))
            .convertToFormat(QImage::Format_RGB32);
    }
    /// Of all programs so far: a file that is not as it should be is complained about, and read all
    /// the same.
    QByteArray complaints() const { return m_complaints; }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("a.pdf")); }
    QTemporaryDir m_folder;
    QByteArray m_complaints;
};

}  // namespace

class ExportPdfTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        words::install_translations();
        QVERIFY(paint::load_fonts());
        for (const char* program : {"pdffonts", "pdfimages", "pdfinfo", "pdftoppm", "pdftotext"})
            QVERIFY2(!QStandardPaths::findExecutable(QLatin1String(program)).isEmpty(),
                     "poppler-utils are not installed; packaging/setup.sh test does that");
    }

    void each_face_is_inside() {
        Page page(pdf_job("first_collide", engine::Reading::why_equal));
        QStringList lines = page.says("pdffonts").split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(page.complaints(), QByteArray());
        QVERIFY(lines.size() >= 2 + 4);  // below a heading
        for (const QString& line : lines.mid(2)) {
            // "Inter-Bold  CID TrueType  Identity-H  yes no yes  8 0": embedded, and its characters
            // known.
            static const QRegularExpression good(QStringLiteral(
                "^(Inter|DejaVuSansMono)\\S* +CID TrueType +Identity-H +yes +\\S+ +yes "));
            QVERIFY2(good.match(line).hasMatch(), qPrintable(line));
        }
        QCOMPARE(page.says("pdfimages", {QStringLiteral("-list")}).count(u'\n'), 2);  // none
    }

    void each_word_is_found_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<int>("reading");
        for (const char* lesson :
             {"first_collide", "readers_puzzle", "holes", "upsampling_bilinear", "channels_to_one"})
            for (const int reading : {0, 1, 2}) {
                const QByteArray row = QByteArray(lesson) + ", " + QByteArray::number(reading);
                QTest::newRow(row.constData()) << QString::fromLatin1(lesson) << reading;
            }
    }
    void each_word_is_found() {
        QFETCH(QString, lesson);
        QFETCH(int, reading);
        const ExportJob job = pdf_job(qPrintable(lesson), support::reading_at(reading));
        const diagram::Diagram stage =
            diagram::build_stage(job.lesson, job.run, job.view, {job.size.units(), 1});
        Page page(job);
        const QString found = page.text();
        QVERIFY(found.simplified().startsWith(stage.title));
        int words = 0;
        for (const diagram::Item& item : stage.items)
            if (const auto* label = std::get_if<diagram::Label>(&item.mark))
                for (const QString& word : label->text().split(u' ', Qt::SkipEmptyParts)) {
                    QVERIFY2(found.contains(word), qPrintable(word + u'\n' + found));
                    ++words;
                }
        QVERIFY(words > 20);
        QCOMPARE(page.complaints(), QByteArray());
    }

    // Faces have signs of their own for what stands between digits.
    void signs_between_digits_are_found() {
        for (const char* words :
             {"−3 × 4 = −12", "out[1, 2] = 3×−4", "(−1.5) → 2:3 ✓ ÄÖ fi ffl 1/2"}) {
            Page page(*pdf_of(saying(QString::fromUtf8(words))));
            QCOMPARE(page.words(), QString::fromUtf8(words));
            QCOMPARE(page.complaints(), QByteArray());
        }
    }

    void the_page_is_the_picture_in_whole_points() {
        ExportJob job = pdf_job("first_collide", engine::Reading::stamp);
        QVERIFY(Page(job).fact("Page size").startsWith(QLatin1String("840 x 716 pts")));
        QVERIFY(Page(*pdf_of(saying({}))).fact("Page size").startsWith(QLatin1String("301 x 100")));
        QCOMPARE(Page(job).fact("Pages"), QStringLiteral("1"));
        job.size = {20'000, 100};
        QCOMPARE(words::error_text(paint::render_export(job).error()),
                 QStringLiteral("width is 20000, but must be at most 14400."));
    }

    void the_file_says_what_it_shows_twice_alike() {
        const ExportJob job = pdf_job("first_collide", engine::Reading::stamp);
        const diagram::Diagram stage =
            diagram::build_stage(job.lesson, job.run, job.view, {job.size.units(), 1});
        Page page(job);
        QCOMPARE(page.fact("Title"), stage.title);
        QCOMPARE(page.fact("Subject"), stage.description);
        QCOMPARE(page.fact("Creator"), QStringLiteral("Stridescope"));
        QMap<QString, QString> metadata;
        QXmlStreamReader reader(page.says("pdfinfo", {QStringLiteral("-meta")}));
        QString property;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() != QLatin1String("Alt") &&
                reader.name() != QLatin1String("li"))
                property = reader.name().toString();
            if (reader.isCharacters()) metadata[property] += reader.text();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(metadata[QStringLiteral("title")], stage.title);
        QCOMPARE(metadata[QStringLiteral("description")], stage.description);
        QCOMPARE(metadata[QStringLiteral("CreatorTool")], page.fact("Creator"));
        QCOMPARE(metadata[QStringLiteral("Producer")], page.fact("Producer"));
        QVERIFY(metadata[QStringLiteral("rights")].contains(QLatin1String("CC0")));
        QCOMPARE(page.complaints(), QByteArray());
    }

    // Also tomorrow, and in another process: tst_cli.
    void the_same_picture_is_the_same_file() {
        const ExportJob job = pdf_job("first_collide", engine::Reading::why_equal);
        const auto once = paint::render_export(job);
        QCOMPARE(*paint::render_export(job), *once);
        QVERIFY(!once->contains("Date"));
    }

    void the_page_drawn_again_is_the_png_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<int>("reading");
        QTest::addColumn<int>("theme");
        QTest::addColumn<int>("letters");
        const int outlines = static_cast<int>(Letters::outlines);
        const int real = static_cast<int>(Letters::real);
        QTest::newRow("stamp") << "first_collide" << 0 << 0 << real;
        QTest::newRow("slide, dark") << "first_collide" << 1 << 1 << real;
        QTest::newRow("why equal, outlines") << "first_collide" << 2 << 0 << outlines;
        QTest::newRow("holes, dark, outlines") << "holes" << 0 << 1 << outlines;
        QTest::newRow("bilinear") << "upsampling_bilinear" << 0 << 0 << real;
        QTest::newRow("many channels") << "generator_transpose" << 0 << 1 << real;
    }
    void the_page_drawn_again_is_the_png() {
        QFETCH(QString, lesson);
        QFETCH(int, reading);
        QFETCH(int, theme);
        QFETCH(int, letters);
        ExportJob job = pdf_job(qPrintable(lesson), support::reading_at(reading));
        job.theme = static_cast<diagram::ThemeName>(theme);
        job.options.letters = static_cast<Letters>(letters);
        Page page(job);
        const QImage drawn = page.drawn(2 * 72);
        QCOMPARE(page.complaints(), QByteArray());
        const QImage painted =
            paint::preview_export(job, 2)->image.convertToFormat(QImage::Format_RGB32);
        QCOMPARE(drawn.size(), painted.size());
        // Two renderers smooth edges in two ways: a line may be half a pixel aside, and nothing may
        // be missing.
        for (const auto& [tolerance, most] : {std::pair{32, 0.02}, {64, 0.01}, {128, 0.002}}) {
            const double share = support::share_that_differs(painted, drawn, tolerance);
            qInfo("%.4f %% of the pixels differ by more than %d", 100 * share, tolerance);
            QVERIFY2(share <= most, qPrintable(QString::number(share)));
        }
    }

    void outlines_are_no_text() {
        ExportJob job = pdf_job("first_collide", engine::Reading::stamp);
        job.options.letters = Letters::outlines;
        Page page(job);
        QCOMPARE(page.words(), QString());
        QCOMPARE(page.says("pdffonts").count(u'\n'), 2);
    }

    void a_transparent_page_has_no_paper() {
        ExportJob job = pdf_job("readers_puzzle", engine::Reading::stamp);
        job.theme = diagram::ThemeName::dark;
        QVERIFY(Page(job).drawn(72).pixelColor(1, 1).lightness() < 50);
        job.options.transparent = true;
        QCOMPARE(Page(job).drawn(72).pixelColor(1, 1), QColor(Qt::white));
    }

    // Images stay what they are: one pixel a cell, no cell changed.
    void an_image_keeps_its_pixels() {
        diagram::Diagram diagram = saying(QStringLiteral("image"));
        diagram::Raster raster{.rect = {100, 20, 64, 64},
                               .image = QImage(8, 8, QImage::Format_Grayscale8)};
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                raster.image.setPixel(x, y, (x + y) % 2 ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
        diagram.items.push_back({raster, 0, std::nullopt});
        Page page(*pdf_of(diagram));
        QVERIFY(!page.says("pdfimages", {QStringLiteral("-list")}).contains(QLatin1String("jpeg")));
        const QImage drawn = page.drawn(72);
        const QColor dark = diagram::Theme().colour(diagram::Role::ink);
        const QColor light =
            diagram::Theme().colour(diagram::Role::paper);  // nothing else is behind it
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                QCOMPARE(drawn.pixelColor(104 + 8 * x, 24 + 8 * y), (x + y) % 2 ? dark : light);
        QCOMPARE(page.complaints(), QByteArray());
    }

    void hostile_words_are_harmless_data() {
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const QString& words) {
            QTest::newRow(name) << words;
        };
        row("brackets", QStringLiteral(")>>endobj\n9 0 obj<< /OpenAction 5 0 R (\\"));
        row("markup", QStringLiteral("</rdf:li>]]><?xpacket end='w'?>&amp;<!--"));
        row("controls", QStringLiteral("a\u0000b\u0001\u001B[2J\u007F\u009B\r\n\tc"));
        row("halves", QString(QChar(0xD800)) + u'a' + QChar(0xDC00) + QChar(0xDBFF));
        row("directions", QStringLiteral("abc\u202Efdp.\u2066\u200F\u061C"));
        row("right to left", QStringLiteral("שלום עולם 123 مرحبا"));
        row("emoji", QStringLiteral("🙂👩‍👩‍👧🇩🇪 e\u0301\u0302\u0303"));
        row("not characters", QStringLiteral("\uFFFE\uFFFF\uE000\u2028\u2029"));
        // As UTF-16 these bytes are "stream\nendobj 5 0 R ".
        row("bytes",
            QStringLiteral("\u7374\u7265\u616D\u0A65\u6E64\u6F62\u6A20\u3520\u3020\u5220"));
        row("long", QString(100'000, u'W'));
        row("nothing", {});
    }
    void hostile_words_are_harmless() {
        QFETCH(QString, words);
        Page page(*pdf_of(saying(words)));
        const QString facts = page.says("pdfinfo");
        QVERIFY(facts.contains(QLatin1String("Page size:       301 x 100 pts")));
        QVERIFY(facts.contains(QLatin1String("JavaScript:      no")));
        for (const QString& fact : {page.fact("Title"), page.fact("Subject")})
            for (const char32_t c : fact.toStdU32String()) QVERIFY(QChar::isPrint(c));
        QXmlStreamReader reader(page.says("pdfinfo", {QStringLiteral("-meta")}));
        while (!reader.atEnd()) reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(!page.drawn(36).isNull());
        page.text();
        QCOMPARE(page.complaints(), QByteArray());
    }
};

QTEST_MAIN(ExportPdfTest)
#include "tst_export_pdf.moc"
