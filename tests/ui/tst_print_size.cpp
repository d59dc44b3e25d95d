// SPDX-License-Identifier: MIT
// Pictures as wide as they are to be seen.
#include <QtTest>

#include "tests/ui/picture_job.h"
#include "ui/paint/export_job.h"
#include "ui/words/error_text.h"

using namespace ui;
using paint::Length;

namespace {

constexpr QSizeF stage{1040, 740};

const paint::PictureFormat& format(const char* file) {
    return *paint::picture_format_of(QString::fromLatin1(file));
}

Length length(const char* text) { return *paint::length_named(QString::fromLatin1(text)); }

QByteArray written(const char* file, const char* width) {
    paint::ExportJob job = support::job_of("readers_puzzle", engine::Reading::stamp, 4, file);
    job.size = {1040, 740};
    job.options.width = length(width);
    return *paint::render_export(job);
}

}  // namespace

class TestPrintSize : public QObject {
    Q_OBJECT
private slots:
    void a_length_is_a_number_and_a_unit_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("inches");  // 0: it is no length
        const auto row = [](const char* text, double inches) {
            QTest::newRow(text) << QString::fromUtf8(text) << inches;
        };
        row("96px", 1);
        row("72pt", 1);
        row("25.4mm", 1);
        row(" 2.54 cm ", 1);
        row("1in", 1);
        row("85mm", 85 / 25.4);
        for (const char* none : {"", "85", "mm", "0mm", "-1mm", "85m", "1e2mm", "85,5mm", "nanmm",
                                 "infmm", "85mm85mm", "0x10mm", "８５mm"})
            row(none, 0);
    }
    void a_length_is_a_number_and_a_unit() {
        QFETCH(QString, text);
        QFETCH(double, inches);
        const auto found = paint::length_named(text);
        QCOMPARE(found.has_value(), inches > 0);
        if (found) QVERIFY(qAbs(found->inches() - inches) < 1e-12);
        if (found) QCOMPARE(paint::length_named(found->text())->unit, found->unit);
    }

    void pixels_follow_from_inches_and_dots_data() {
        QTest::addColumn<QString>("width");
        QTest::addColumn<double>("dpi");  // 0: not given
        QTest::addColumn<QSize>("pixels");
        QTest::addColumn<double>("shown");
        QTest::newRow("on a screen") << "1040px" << 0.0 << QSize(1040, 740) << 96.0;
        QTest::newRow("on paper") << "85mm" << 0.0 << QSize(1004, 715) << 300.0;
        QTest::newRow("finer") << "240pt" << 600.0 << QSize(2000, 1424) << 600.0;
        QTest::newRow("no width") << "" << 192.0 << QSize(2080, 1480) << 192.0;
    }
    void pixels_follow_from_inches_and_dots() {
        QFETCH(QString, width);
        QFETCH(double, dpi);
        QFETCH(QSize, pixels);
        QFETCH(double, shown);
        paint::PictureOptions options;
        options.width = paint::length_named(width);
        if (dpi > 0) options.dpi = dpi;
        const auto sized = paint::sized(format("a.png"), options, stage);
        QCOMPARE(paint::pixels_of(stage, *sized->scale), pixels);
        QCOMPARE(*sized->dpi, shown);
    }

    void a_file_of_pixels_says_how_large_it_is() {
        const QImage picture = QImage::fromData(written("a.png", "85mm"));
        const double wide = 1000.0 * picture.width() / picture.dotsPerMeterX();
        QVERIFY2(qAbs(wide - 85) < 0.1, qPrintable(QString::number(wide)));
        QCOMPARE(picture.dotsPerMeterX(), picture.dotsPerMeterY());
    }

    void an_svg_keeps_the_unit_and_its_units() {
        const QByteArray svg = written("a.svg", "85mm");
        QVERIFY(svg.contains("width=\"85mm\" height=\"60.4808mm\" viewBox=\"0 0 1040 740\""));
    }

    void a_page_is_as_large_to_a_fraction_of_a_point() {
        const QByteArray pdf = written("a.pdf", "85mm");
        const qsizetype box = pdf.indexOf("/MediaBox [");
        QVERIFY2(pdf.mid(box, 60).startsWith("/MediaBox [0 0.55844942 240.94488 172]"),
                 pdf.mid(box, 60).constData());
    }

    void a_unit_of_TeX_follows() { QVERIFY(written("a.tex", "780pt").contains("\\px=0.75bp")); }

    void what_is_too_large_is_refused_with_its_number_data() {
        QTest::addColumn<QString>("width");
        QTest::addColumn<QString>("said");
        QTest::newRow("wide") << "300in"
                              << "The picture’s width in inches is 300, but must lie between 0.05 "
                                 "and 200.";
        QTest::newRow("narrow") << "0.5mm"
                                << "The picture’s width in inches is 0.02, but must lie between "
                                   "0.05 and 200.";
        QTest::newRow("many pixels") << "100in"
                                     << "The picture’s number of pixels is 640410000, but must be "
                                        "at most 100000000.";
    }
    void what_is_too_large_is_refused_with_its_number() {
        QFETCH(QString, width);
        QFETCH(QString, said);
        const auto sized =
            paint::sized(format("a.png"), {.width = paint::length_named(width)}, stage);
        QVERIFY(!sized);
        QCOMPARE(words::error_text(sized.error()), said);
    }

    void two_words_about_the_size_are_one_too_many() {
        const auto refused =
            paint::refuse_options(format("a.png"), {.scale = 2, .width = length("85mm")});
        QCOMPARE(words::error_text(*refused),
                 QStringLiteral("width and scale speak of the same thing; give one of them."));
        QVERIFY(paint::refuse_options(format("a.svg"), {.dpi = 300}));
    }
};

QTEST_MAIN(TestPrintSize)
#include "tst_print_size.moc"
