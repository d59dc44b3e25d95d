// SPDX-License-Identifier: MIT
// Pictures as files: SVG and PNG show the same, and a failed export leaves nothing behind.
#include <QBuffer>
#include <QProcess>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QXmlStreamReader>
#include <QtTest>

#include "tests/support/awkward_files.h"
#include "tests/support/pixels.h"
#include "tests/support/readings.h"
#include "tests/support/write_faults.h"
#include "tests/ui/picture_job.h"
#include "ui/diagram/stage.h"
#include "ui/paint/export_job.h"
#include "ui/paint/fonts.h"
#include "ui/paint/image_cache.h"
#include "ui/paint/paint.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

#ifdef STRIDESCOPE_SANITIZED
extern "C" void __lsan_disable();
extern "C" void __lsan_enable();
#else
static void __lsan_disable() {}
static void __lsan_enable() {}
#endif

using namespace ui;
using paint::ExportJob;
using paint::Letters;
using support::share_that_differs;

namespace {

/// At one pixel a unit.
ExportJob job_of(const char* lesson, engine::Reading reading, int step, const char* picture) {
    ExportJob job = support::job_of(lesson, reading, step, picture);
    job.options.scale = 1;
    return job;
}

QImage image_of(const QByteArray& png) {
    return QImage::fromData(png).convertToFormat(QImage::Format_RGB32);
}

/// A row for each in the table: "format" is its place.
void each_format() {
    for (int i = 0; const paint::PictureFormat& format : paint::picture_formats())
        QTest::newRow(format.name) << i++;
}

/// A file that stands where an export wants to write, alone in its folder.
class OldFile {
public:
    OldFile() {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly)) file.write("old");
    }
    QString path() const { return m_folder.filePath(QStringLiteral("kept.png")); }
    bool is_left_alone() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) && file.readAll() == "old" &&
               QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size() == 1;
    }

private:
    QTemporaryDir m_folder;
};

}  // namespace

class ExportTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        words::install_translations();
        QVERIFY(paint::load_fonts());
    }

    void the_svg_drawn_again_is_the_png_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<int>("reading");
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("theme");
        QTest::newRow("stamp") << "first_collide" << 0 << 2 << 0;
        QTest::newRow("slide") << "first_collide" << 1 << 12 << 0;
        QTest::newRow("why equal, dark") << "first_collide" << 2 << 22 << 1;
        QTest::newRow("holes") << "holes" << 0 << 99 << 0;
        QTest::newRow("bilinear") << "upsampling_bilinear" << 0 << 7 << 1;
    }
    void the_svg_drawn_again_is_the_png() {
        QFETCH(QString, lesson);
        QFETCH(int, reading);
        QFETCH(int, step);
        QFETCH(int, theme);
        ExportJob job = job_of(qPrintable(lesson), support::reading_at(reading), step, "a.png");
        job.theme = static_cast<diagram::ThemeName>(theme);
        job.options.scale = 2;
        const auto png = paint::render_export(job);
        QVERIFY(png.has_value());
        const QImage painted = image_of(*png);
        job.format = paint::picture_format_of(QStringLiteral("a.svg"));
        const auto svg = paint::render_export(job);
        QVERIFY(svg.has_value());
        QSvgRenderer renderer(*svg);
        QVERIFY(renderer.isValid());
        QCOMPARE(renderer.defaultSize(), painted.size());
        QImage drawn(painted.size(), QImage::Format_RGB32);
        drawn.fill(Qt::white);
        QPainter painter(&drawn);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        const double share = share_that_differs(painted, drawn, 8);
        if (share > 0.001) {
            const QString base = QDir::temp().filePath(QStringLiteral("stridescope-tst_export-"));
            painted.save(base + QStringLiteral("png.png"));
            drawn.save(base + QStringLiteral("svg.png"));
        }
        // QtSvg rounds the radius of corners to whole percents of a side; nothing else may differ.
        QVERIFY2(share <= 0.002, qPrintable(QString::number(share)));
        QVERIFY2(share_that_differs(painted, drawn, 64) <= 0.0002, "something is shifted");
    }

    void the_svg_is_well_formed_and_described() {
        const auto svg =
            paint::render_export(job_of("first_collide", engine::Reading::why_equal, 22, "a.svg"));
        QVERIFY(svg.has_value());
        QVERIFY(svg->contains("role=\"img\""));
        QVERIFY(svg->contains("<title id=\"title\">full["));
        QVERIFY(svg->contains("viewBox=\"0 0 840 716\""));
        QVERIFY(svg->contains("CC0"));
        QVERIFY(svg->contains("id=\"full_output-1-2\""));
        QXmlStreamReader reader(*svg);
        QSet<QString> ids;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement) continue;
            const QString id = reader.attributes().value(QLatin1String("id")).toString();
            if (id.isEmpty()) continue;
            QVERIFY2(!ids.contains(id), qPrintable(id));
            ids.insert(id);
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void xmllint_finds_nothing() {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("xmllint"));
        if (program.isEmpty()) QSKIP("xmllint is not installed");
        QTemporaryDir folder;
        for (const Letters letters : {Letters::outlines, Letters::real}) {
            ExportJob job = job_of("first_collide", engine::Reading::why_equal, 22, "a.svg");
            job.lesson.title = "<&> \"quoted\" \x01";
            job.options.letters = letters;
            job.path = folder.filePath(QStringLiteral("a.svg"));
            QVERIFY(paint::run_export(job).has_value());
            QCOMPARE(QProcess::execute(program, {QStringLiteral("--noout"), job.path}), 0);
        }
    }

    void real_text_is_text() {
        ExportJob job = job_of("first_collide", engine::Reading::stamp, 2, "a.svg");
        QVERIFY(!paint::render_export(job)->contains("<text"));
        job.options.letters = Letters::real;
        const auto svg = paint::render_export(job);
        QVERIFY(svg->contains(">140</text>"));
        QVERIFY(svg->contains("font-family=\"Inter"));
    }

    void another_renderer_draws_it_too() {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("rsvg-convert"));
        if (program.isEmpty()) QSKIP("rsvg-convert is not installed");
        QTemporaryDir folder;
        ExportJob job = job_of("first_collide", engine::Reading::slide, 12, "a.svg");
        job.options.scale = 2;
        job.path = folder.filePath(QStringLiteral("a.svg"));
        QVERIFY(paint::run_export(job).has_value());
        QCOMPARE(QProcess::execute(program, {QStringLiteral("-o"),
                                             folder.filePath(QStringLiteral("a.png")), job.path}),
                 0);
        const QImage drawn =
            QImage(folder.filePath(QStringLiteral("a.png"))).convertToFormat(QImage::Format_RGB32);
        job.format = paint::picture_format_of(QStringLiteral("a.png"));
        const QImage painted = image_of(*paint::render_export(job));
        QCOMPARE(drawn.size(), painted.size());
        QVERIFY(share_that_differs(painted, drawn, 32) <= 0.001);
    }

    void a_transparent_picture_has_no_paper() {
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 1, "a.png");
        QCOMPARE(qAlpha(QImage::fromData(*paint::render_export(job)).pixel(1, 1)), 255);
        job.options.transparent = true;
        QCOMPARE(qAlpha(QImage::fromData(*paint::render_export(job)).pixel(1, 1)), 0);
    }

    void the_png_says_what_it_shows_and_how_large() {
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        job.options.scale = 2;
        const QImage image = QImage::fromData(*paint::render_export(job));
        QVERIFY(!image.text(QStringLiteral("Title")).isEmpty());
        QVERIFY(!image.text(QStringLiteral("Description")).isEmpty());
        QVERIFY(image.text(QStringLiteral("Copyright")).contains(QLatin1String("CC0")));
        QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), 192);  // twice 96 dots an inch
        QVERIFY(!image.hasAlphaChannel());
    }

    void a_part_has_the_same_margin_all_round() {
        for (const char* region : {"input", "kernel", "output", "heading"}) {
            ExportJob job = job_of("first_collide", engine::Reading::stamp, 4, "a.png");
            job.region = QString::fromLatin1(region);
            job.options.scale = 2;
            const QImage image = image_of(*paint::render_export(job));
            const QRgb paper = image.pixel(0, 0);
            QRect ink;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixel(x, y) != paper) ink |= QRect(x, y, 1, 1);
            const auto is_margin = [](int pixels) { return pixels >= 26 && pixels <= 48; };
            QVERIFY2(is_margin(ink.left()) && is_margin(ink.top()) &&
                         is_margin(image.width() - 1 - ink.right()) &&
                         is_margin(image.height() - 1 - ink.bottom()),
                     region);
        }
    }

    // What is said of a picture's size before it is written is what the file has, at every size and
    // scale, whatever the preview was drawn at.
    void the_size_that_is_said_is_the_files_data() {
        QTest::addColumn<int>("format");
        each_format();
    }
    void the_size_that_is_said_is_the_files() {
        QFETCH(int, format);
        ExportJob job = job_of("first_collide", engine::Reading::why_equal, 3, "a.png");
        job.format = &paint::picture_formats()[static_cast<std::size_t>(format)];
        if (!job.format->of_pixels) QSKIP("it has no pixels");
        for (const auto& [width, height] : {std::pair{833, 774}, std::pair{641, 407}})
            for (const char* region : {"stage", "input"})
                for (const double scale : {0.25, 0.7, 1.3, 3.1}) {
                    job.size = {width, height};
                    job.region = QString::fromLatin1(region);
                    job.options.scale = scale;
                    const auto bytes = paint::render_export(job);
                    QVERIFY(bytes.has_value());
                    const QSize written = QImage::fromData(*bytes).size();
                    for (const double preview : {0.25, 0.61}) {
                        const auto drawn = paint::preview_export(job, preview);
                        if (!drawn) QFAIL(region);
                        QCOMPARE(written, paint::pixels_of(drawn->units, scale));
                    }
                }
    }

    void one_grid_can_be_exported_alone() {
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        const QImage whole = QImage::fromData(*paint::render_export(job));
        job.region = QStringLiteral("output");
        const QImage part = QImage::fromData(*paint::render_export(job));
        QVERIFY(part.width() < whole.width() && part.height() < whole.height());
        job.region = QStringLiteral("nowhere");
        const auto nowhere = paint::render_export(job);
        QVERIFY(!nowhere.has_value());
        QCOMPARE(nowhere.error().code, engine::ErrorCode::unknown_name);
        const auto regions = paint::export_regions(job);
        QVERIFY(std::ranges::any_of(
            regions, [](const diagram::Group& g) { return g.id == QLatin1String("output"); }));
    }

    void a_format_is_known_by_its_ending() {
        for (const paint::PictureFormat& format : paint::picture_formats())
            for (const char* ending : format.endings)
                for (const QString& name : {QStringLiteral("a.%1"), QStringLiteral("A.B/c.d.%1")}) {
                    const QString path = name.arg(QLatin1String(ending));
                    QCOMPARE(paint::picture_format_of(path), &format);
                    QCOMPARE(paint::picture_format_of(path.toUpper()), &format);
                }
        for (const char* path : {"", "png", "a", "a.", "a.gif", "a.png.gz", "a.svg/b", "apng"})
            QVERIFY2(!paint::picture_format_of(QString::fromLatin1(path)), path);
    }

    // What a format lacks is no wish that anybody may have; the rest it has a value for.
    void a_format_has_options_of_its_own() {
        for (const paint::PictureFormat& format : paint::picture_formats()) {
            ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
            job.format = &format;
            job.options = {};
            QVERIFY(paint::render_export(job).has_value());
            for (const paint::PictureOptions& wish :
                 {paint::PictureOptions{.scale = 1},
                  {.letters = Letters::real},
                  {.transparent = true},
                  {.width = paint::length_named(QStringLiteral("85mm"))},
                  {.dpi = 96}}) {
                job.options = wish;
                const bool can =
                    std::ranges::all_of(paint::picture_options, [&](paint::PictureOption option) {
                        return !wish.has(option) || format.options.has(option);
                    });
                const auto bytes = paint::render_export(job);
                QCOMPARE(bytes.has_value(), can);
                if (!can) QCOMPARE(bytes.error().code, engine::ErrorCode::no_such_item);
            }
        }
        const paint::PictureFormat& png = *paint::picture_format_of(QStringLiteral("a.png"));
        const auto refused = paint::refuse_options(png, {.letters = Letters::real});
        QCOMPARE(words::error_text(*refused),
                 QStringLiteral("There is no PNG option named “text”."));
    }

    void immense_exports_are_values() {
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        job.size = {20000, 20000};
        QCOMPARE(paint::render_export(job).error().code, engine::ErrorCode::too_large);
    }

    void a_failed_export_leaves_the_old_file_and_nothing_else() {
        // Qt's PNG writer leaks a row of its own when its device stops taking bytes.
        __lsan_disable();
        const auto leaks_count_again = qScopeGuard([] { __lsan_enable(); });
        const OldFile old;
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        job.path = old.path();
        const auto cancelled = paint::run_export(job, [](double share) { return share < 0.9; });
        QCOMPARE(cancelled.error().code, engine::ErrorCode::cancelled);
        QVERIFY(old.is_left_alone());
        // Stopped anywhere, also between the bytes of the image.
        int asked = 0;
        QVERIFY(paint::run_export(job, [&](double) { return ++asked > 0; }).has_value());
        QVERIFY(asked >= 5);
        for (const int stop : {1, 2, asked / 2, asked}) {
            int left = stop;
            const auto stopped = paint::run_export(job, [&](double) { return --left > 0; });
            QCOMPARE(stopped.error().code, engine::ErrorCode::cancelled);
        }
        job.path = QFileInfo(old.path()).dir().filePath(QStringLiteral("no/such/folder.png"));
        const auto unwritable = paint::run_export(job);
        QCOMPARE(unwritable.error().code, engine::ErrorCode::cannot_write);
    }

    void whatever_fails_leaves_a_whole_file_data() {
        QTest::addColumn<int>("format");
        each_format();
    }
    void whatever_fails_leaves_a_whole_file() {
        QFETCH(int, format);
        QTemporaryDir folder;
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        job.format = &paint::picture_formats()[static_cast<std::size_t>(format)];
        job.options = {};
        job.region = QStringLiteral("output");
        job.path = folder.filePath(QStringLiteral("picture"));
        int faults = 0;
        const QString wrong = support::complaint_about_faults(
            job.path, [&] { return paint::run_export(job).has_value(); }, faults);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        qInfo("%d faults", faults);
    }

    void a_limit_on_size_leaves_the_old_file_and_nothing_else() {
        const OldFile old;
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.png");
        job.path = old.path();
        const auto failed = [&] {
            const support::SizeLimit limit(1000);
            return paint::run_export(job);
        }();
        QCOMPARE(failed.error().code, engine::ErrorCode::cannot_write);
        QVERIFY(!failed.error().text.empty());
        QVERIFY(old.is_left_alone());
    }

    // And before anything is drawn.
    void a_pipe_or_a_device_is_not_replaced() {
        QTemporaryDir folder;
        ExportJob job = job_of("readers_puzzle", engine::Reading::stamp, 4, "a.svg");
        for (const support::Thing& thing : support::things) {
            job.path = support::make_thing(thing, folder.path(), QStringLiteral(".svg"));
            const auto refused = paint::run_export(job, [](double) {
                qFatal("work was begun");
                return true;
            });
            QCOMPARE(refused.error().code, engine::ErrorCode::cannot_write);
            QCOMPARE(refused.error().text, std::string(thing.reason));
            QVERIFY(!QFileInfo(job.path).isFile());
        }
    }

    void cached_numbers_look_like_drawn_ones_data() {
        QTest::addColumn<double>("scale");
        for (const double scale : {1.0, 1.25, 2.0}) QTest::addRow("%g", scale) << scale;
    }
    void cached_numbers_look_like_drawn_ones() {
        QFETCH(double, scale);
        const ExportJob job = job_of("first_collide", engine::Reading::why_equal, 22, "a.png");
        const auto run = engine::run(job.lesson);
        const diagram::Diagram picture =
            diagram::build_stage(job.lesson, *run, job.view, {job.size.units(), 1});
        const auto painted = [&](paint::ImageCache* cache) {
            QImage image((picture.size * scale).toSize(), QImage::Format_RGB32);
            QPainter painter(&image);
            paint::PaintOptions options;
            options.scale = scale;
            options.images = cache;
            paint::paint(painter, picture, options);
            return image;
        };
        paint::ImageCache cache;
        const QImage plain = painted(nullptr);
        const QImage first = painted(&cache);
        const QImage second = painted(&cache);
        QCOMPARE(first, second);
        // Cached images sit on whole pixels: at most half a pixel away.
        QVERIFY(share_that_differs(plain, first, 140) <= 0.004);
    }

    void only_the_exposed_part_is_painted() {
        const ExportJob job = job_of("first_collide", engine::Reading::stamp, 2, "a.png");
        const auto run = engine::run(job.lesson);
        const diagram::Diagram picture =
            diagram::build_stage(job.lesson, *run, job.view, {job.size.units(), 1});
        QImage whole(picture.size.toSize(), QImage::Format_RGB32);
        QImage part(whole.size(), QImage::Format_RGB32);
        const QRect exposed(300, 200, 150, 120);
        for (QImage* image : {&whole, &part}) {
            image->fill(Qt::black);
            QPainter painter(image);
            paint::PaintOptions options;
            if (image == &part) {
                options.exposed = exposed;
                painter.setClipRect(exposed);
            }
            paint::paint(painter, picture, options);
        }
        QCOMPARE(part.copy(exposed), whole.copy(exposed));
        QCOMPARE(part.pixel(10, 10), QColor(Qt::black).rgb());
    }
};

QTEST_MAIN(ExportTest)
#include "tst_export.moc"
