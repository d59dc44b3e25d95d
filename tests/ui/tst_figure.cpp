// SPDX-License-Identifier: MIT
// The stage as a figure for others: on the clipboard, as files that are dragged, on paper.
#include <QClipboard>
#include <QImage>
#include <QMimeData>
#include <QPrinter>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include "tests/support/dialogs.h"
#include "tests/support/open_window.h"
#include "ui/paint/page.h"
#include "ui/widgets/figure_mime.h"

using namespace support;

namespace {

/// The first menu entry of this name.
QAction* action(OpenWindow& open, const char* name) {
    for (QAction* one : open.window.findChildren<QAction*>())
        if (one->text().remove(u'&') == text(name)) return one;
    return nullptr;
}

ui::paint::ExportJob job_of(OpenWindow& open) {
    ui::paint::ExportJob job;
    job.lesson = open.pane().computed->lesson;
    job.run = open.pane().computed->run;
    job.view = open.view();
    return job;
}

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestFigure : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void one_copy_is_png_svg_and_text() {
        OpenWindow open;
        open.canvas()->setFocus();
        open.press(Qt::Key_End);
        open.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        const QMimeData* copied = QApplication::clipboard()->mimeData();
        const QImage png = QImage::fromData(copied->data(text("image/png")));
        QVERIFY(png.width() > 600);
        QVERIFY(copied->hasImage());
        QCOMPARE(qvariant_cast<QImage>(copied->imageData()).size(), png.size());
        const QByteArray svg = copied->data(text("image/svg+xml"));
        QVERIFY(svg.contains("<svg") && svg.endsWith("</svg>\n"));
        // The text is what the SVG itself says.
        const QString words = copied->text();
        const QString title = png.text(text("Title"));
        QVERIFY(!title.isEmpty() && words.startsWith(title));
        QVERIFY(words.size() > title.size() + 20);
        QVERIFY(svg.contains(title.toUtf8()));

        action(open, "Copy Alternative Text")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), words);
        action(open, "Copy Caption")->trigger();
        const QString caption = QApplication::clipboard()->text();
        QVERIFY(caption.startsWith(QString::fromStdString(open.lesson().title) + text(". ") +
                                   title + text(". Conv2DTranspose(filters=1, kernel_size=")));
        QVERIFY(caption.endsWith(text("output 4 × 4 × 1.")));
    }

    void a_dragged_figure_is_two_files() {
        OpenWindow open;
        const auto job = job_of(open);
        const auto carried = ui::widgets::figure_files(job, text("now_they_collide"));
        QVERIFY(carried);
        const QList<QUrl> files = (*carried)->urls();
        QCOMPARE(files.size(), 2);
        QVERIFY(files[0].toLocalFile().endsWith(text("/now_they_collide.png")));
        QVERIFY(files[1].toLocalFile().endsWith(text("/now_they_collide.svg")));
        QCOMPARE(contents(files[0].toLocalFile()), (*carried)->data(text("image/png")));
        QCOMPARE(contents(files[1].toLocalFile()), (*carried)->data(text("image/svg+xml")));
        QVERIFY(!QImage(files[0].toLocalFile()).isNull());
    }

    void paper_lies_as_the_picture_does_and_holds_all_of_it_data() {
        QTest::addColumn<QSize>("room");
        QTest::addColumn<bool>("lies");
        QTest::newRow("a wide stage") << QSize(1040, 740) << true;
        QTest::newRow("a high stage") << QSize(500, 900) << false;
    }
    void paper_lies_as_the_picture_does_and_holds_all_of_it() {
        QFETCH(QSize, room);
        QFETCH(bool, lies);
        QTemporaryDir folder;
        OpenWindow open;
        auto job = job_of(open);
        job.size = {room.width(), room.height()};
        const auto picture = ui::paint::picture_of(job);
        QVERIFY(picture);
        QCOMPARE(ui::paint::orientation_of(*picture) == QPageLayout::Landscape, lies);
        QPrinter printer(QPrinter::HighResolution);
        const QString path = folder.filePath(text("page.pdf"));
        printer.setOutputFileName(path);
        printer.setPageSize(QPageSize(QPageSize::A4));
        printer.setPageOrientation(ui::paint::orientation_of(*picture));
        QVERIFY(ui::paint::paint_on_page(printer, *picture));

        // By a program that is not ours: one page of A4, whose ink keeps clear of the edges and
        // touches the margins of two sides that lie opposite.
        QProcess poppler;
        poppler.start(text("pdftoppm"), {text("-r"), text("50"), text("-png"), text("-singlefile"),
                                         path, folder.filePath(text("page"))});
        QVERIFY(poppler.waitForFinished() && poppler.exitCode() == 0);
        const QImage page(folder.filePath(text("page.png")));
        QCOMPARE(page.width() > page.height(), lies);
        QRect ink;
        for (int y = 0; y < page.height(); ++y)
            for (int x = 0; x < page.width(); ++x)
                if (qGray(page.pixel(x, y)) < 200) ink |= QRect(x, y, 1, 1);
        QVERIFY(page.rect().adjusted(3, 3, -3, -3).contains(ink));
        QVERIFY(ink.width() > page.width() * 0.8 || ink.height() > page.height() * 0.8);
        QVERIFY(qAbs(ink.center().x() - page.rect().center().x()) < page.width() * 0.1);
    }

    void print_shows_the_page_first() {
        OpenWindow open;
        bool seen = false;
        QTimer::singleShot(0, &open.window, [&] {
            QTRY_VERIFY(dialog("print_preview"));
            seen = true;
            dialog("print_preview")->reject();
        });
        open.press(Qt::Key_P, Qt::ControlModifier);
        QVERIFY(seen);
    }
};

QTEST_MAIN(TestFigure)
#include "tst_figure.moc"
