// SPDX-License-Identifier: MIT
// Pictures exported from the window: what is said, asked and written.
#include <QClipboard>
#include <QComboBox>
#include <QImageReader>
#include <QLineEdit>
#include <QMimeData>
#include <QTemporaryDir>

#include "tests/support/awkward_files.h"
#include "tests/support/dialogs.h"
#include "tests/support/layout_faults.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/export_presets.h"
#include "ui/widgets/preferences.h"

using namespace support;

class TestExportDialog : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void the_export_dialog_writes_what_it_shows() {
        QTemporaryDir folder;
        OpenWindow open;
        open.canvas()->setFocus();
        open.press(Qt::Key_End);
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
        auto* now = shown->findChild<QPushButton*>(QStringLiteral("export_now"));
        const auto write_to = [&](const QString& file) {
            path->setFocus();
            path->selectAll();
            QTest::keyClicks(path, folder.filePath(file));
            QTest::mouseClick(now, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(file), 20000);
        };
        write_to(QStringLiteral("figure.png"));
        QImage picture(folder.filePath(QStringLiteral("figure.png")));
        QVERIFY(picture.width() > 600);
        const QString size =
            QStringLiteral("%1 × %2 pixels")
                .arg(QLocale().toString(picture.width()), QLocale().toString(picture.height()));
        bool is_said = false;
        for (const auto* label : shown->findChildren<QLabel*>())
            is_said = is_said || label->text() == size;
        QVERIFY2(is_said, qPrintable(size));
        // The ending chooses the format.
        write_to(QStringLiteral("figure.svg"));
        QFile svg(folder.filePath(QStringLiteral("figure.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.read(400).contains("<svg"));
        write_to(QStringLiteral("figure.pdf"));
        QFile pdf(folder.filePath(QStringLiteral("figure.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(pdf.read(400).startsWith("%PDF-"));
        // It has no pixels, and real letters unless others are chosen.
        QVERIFY(!shown->findChild<QWidget*>(QStringLiteral("export_scale"))->isVisible());
        auto* letters = shown->findChild<QWidget*>(QStringLiteral("export_text"));
        QVERIFY(letters->isVisible());
        const auto is_chosen = [&](const char* name) {
            for (const auto* button : letters->findChildren<QAbstractButton*>())
                if (button->text() == text(name)) return button->isChecked();
            return false;
        };
        QVERIFY(is_chosen("Real text"));
        // Whoever may use it stands in the file.
        auto* licence = shown->findChild<QComboBox*>(QStringLiteral("export_licence"));
        QCOMPARE(licence->currentText(), text("CC0-1.0"));
        const auto licence_of_a_png = [&](const QString& file, int index) {
            licence->setCurrentIndex(index);
            emit licence->activated(index);
            write_to(file);
            return QImage(folder.filePath(file)).text(QStringLiteral("Copyright"));
        };
        QVERIFY(licence_of_a_png(QStringLiteral("cc0.png"), 0).contains(text("CC0")));
        QVERIFY(licence_of_a_png(QStringLiteral("by.png"), 1).contains(text("CC BY 4.0")));
        QCOMPARE(licence_of_a_png(QStringLiteral("none.png"), 2), QString());
        QTest::mouseClick(shown->findChild<QPushButton*>(QStringLiteral("export_copy")),
                          Qt::LeftButton);
        const QMimeData* copied = QApplication::clipboard()->mimeData();
        QVERIFY(copied->hasFormat(text("image/svg+xml")) && copied->hasImage());
        QCOMPARE(QImage::fromData(copied->data(text("image/png"))).text(text("Copyright")),
                 QString());  // no licence in that either
        write_to(QStringLiteral("again.pdf"));
        bool asked = false;
        answer_with("Replace", &asked);
        write_to(QStringLiteral("figure.svg"));
        QVERIFY(asked);
        QVERIFY(is_chosen("Outlines"));
        // So wide on paper: pixels follow.
        auto* printed = shown->findChild<QLineEdit*>(QStringLiteral("export_printed"));
        printed->setFocus();
        QTest::keyClicks(printed, QStringLiteral("85"));
        QVERIFY(!now->isEnabled());
        QVERIFY2(result->text().contains(text("“85” is no width")), qPrintable(result->text()));
        QTest::keyClicks(printed, QStringLiteral("mm"));
        QVERIFY(now->isEnabled() && result->text().isEmpty());
        write_to(QStringLiteral("printed.png"));
        QVERIFY(shown->findChild<QWidget*>(QStringLiteral("export_dpi"))->isEnabled());
        QVERIFY(!shown->findChild<QWidget*>(QStringLiteral("export_scale"))->isEnabled());
        QCOMPARE(QImage(folder.filePath(QStringLiteral("printed.png"))).width(), 1004);
        printed->clear();
        emit printed->textEdited({});
        // A folder that is not there: a sentence, and no file.
        path->setText(folder.filePath(QStringLiteral("absent/figure.png")));
        emit path->textEdited(path->text());
        QTest::mouseClick(now, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(text("▲")), 20000);
        QCoreApplication::processEvents();
        const QStringList faults = layout_faults(*shown);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        shown->close();
    }

    // Every step on one page, with a caption, in the colours of paper; then the model as blocks.
    void a_contact_sheet_and_a_figure_are_exported() {
        QTemporaryDir folder;
        OpenWindow open("readers_puzzle");
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        const auto choose = [&](const char* name, const char* words) {
            auto* field = shown->findChild<QComboBox*>(QString::fromLatin1(name));
            const int index = field->findText(text(words));
            QVERIFY2(index >= 0, words);
            field->setCurrentIndex(index);
            emit field->activated(index);  // as a click in its list does
        };
        const auto written = [&](const QString& file) {
            auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
            auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
            path->setFocus();
            path->selectAll();
            QTest::keyClicks(path, folder.filePath(file));
            QTest::mouseClick(shown->findChild<QPushButton*>(QStringLiteral("export_now")),
                              Qt::LeftButton);
            [&] { QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(file), 20000); }();
            QFile picture(folder.filePath(file));
            return picture.open(QIODevice::ReadOnly) ? picture.readAll() : QByteArray();
        };
        choose("export_theme", "Print");
        choose("export_steps", "Contact sheet");
        auto* caption = shown->findChild<QWidget*>(QStringLiteral("export_caption"));
        caption->setFocus();
        QTest::keyClick(caption, Qt::Key_Space);
        const QByteArray sheet = written(QStringLiteral("sheet.svg"));
        for (const char* group : {"s0_number", "s4_number", "caption"})
            QVERIFY2(sheet.contains(QByteArray("<g id=\"") + group), group);
        QVERIFY(sheet.contains("fill=\"#ffffff\""));
        choose("export_steps", "As it stands");
        choose("export_region", "Whole model");
        const QByteArray model = written(QStringLiteral("model.svg"));
        QVERIFY(model.contains("<g id=\"model\"") && !model.contains("s4_number"));
        shown->close();
    }

    // A use sets several fields at once, and is named as long as they are its own.
    void a_picture_is_made_for_something() {
        QTemporaryDir folder;
        OpenWindow open("readers_puzzle");
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* use = shown->findChild<QComboBox*>(QStringLiteral("export_preset"));
        auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* width = shown->findChild<QLineEdit*>(QStringLiteral("export_printed"));
        QCOMPARE(use->currentIndex(), 0);
        const auto presets = ui::widgets::export_presets();
        for (int i = static_cast<int>(presets.size()) - 1; i >= 0; --i) {
            use->setCurrentIndex(i);
            emit use->activated(i);
            QCOMPARE(use->currentIndex(), i);
            QCOMPARE(width->text(),
                     QLatin1String(presets[static_cast<std::size_t>(i)].printed_width));
        }
        use->setCurrentIndex(2);  // a column of paper
        emit use->activated(2);
        QCOMPARE(width->text(), text("85mm"));
        // About how large the file will be stands there before it is written.
        auto* bytes = shown->findChild<QLabel*>(QStringLiteral("export_bytes"));
        QTRY_VERIFY(bytes->text().startsWith(text("about ")));
        path->setText(folder.filePath(text("column.png")));
        emit path->textEdited(path->text());
        QTest::mouseClick(shown->findChild<QPushButton*>(text("export_now")), Qt::LeftButton);
        auto* result = shown->findChild<QLabel*>(text("export_result"));
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(text("column.png")), 20000);
        const QImage picture(folder.filePath(text("column.png")));
        QVERIFY(qAbs(picture.width() / (picture.dotsPerMeterX() / 1000.0) - 85) < 0.5);
        QTest::keyClicks(width, text("1"));
        QCOMPARE(use->currentText(), text("Own settings"));
        shown->close();
        // The next time its fields are as they were.
        open.window.activateWindow();
        open.canvas()->setFocus();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog") && dialog("export_dialog") != shown);
        QCOMPARE(dialog("export_dialog")->findChild<QLineEdit*>(text("export_printed"))->text(),
                 text("85mm"));
        dialog("export_dialog")->close();
    }

    // What is remembered is read with limits, and comes back as it was.
    void what_was_chosen_comes_back() {
        using ui::widgets::ExportChoices;
        const ExportChoices choices{.format = text("WebP"),
                                    .scale = 3,
                                    .printed_width = text("170mm"),
                                    .dpi = 600,
                                    .caption = true,
                                    .transparent = true,
                                    .speed = 2,
                                    .rate = 12,
                                    .repeats = false};
        QCOMPARE(ExportChoices::of(choices.json()), choices);
        QCOMPARE(ExportChoices::of({}), ExportChoices());
        const QJsonObject odd{{text("format"), text("BMP")},
                              {text("scale"), 1e9},
                              {text("width"), text("85 miles")},
                              {text("dpi"), -1},
                              {text("speed"), true},
                              {text("rate"), 1e300},
                              {text("caption"), 1}};
        QCOMPARE(ExportChoices::of(odd), ExportChoices());
    }

    // A film: how long it is, a preview that plays, and a file that others read.
    void what_moves_is_exported_too() {
        QTemporaryDir folder;
        OpenWindow open("readers_puzzle");
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
        auto* now = shown->findChild<QPushButton*>(QStringLiteral("export_now"));
        auto* format = shown->findChild<QComboBox*>(QStringLiteral("export_format"));
        auto* rate = shown->findChild<QSpinBox*>(QStringLiteral("export_rate"));
        auto* time = shown->findChild<QLabel*>(QStringLiteral("export_time"));
        QVERIFY(!rate->isVisible() && !time->isVisible());
        format->setFocus();
        QTest::keyClicks(format, QStringLiteral("G"));
        QVERIFY(rate->isVisible() && time->isVisible());
        QVERIFY(path->text().endsWith(QStringLiteral(".gif")));
        QVERIFY(!shown->findChild<QWidget*>(QStringLiteral("export_text"))->isVisible());
        QVERIFY2(time->text().contains(QStringLiteral("frame")), qPrintable(time->text()));
        const QString at_25 = time->text();
        rate->setFocus();
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("5"));
        QTest::keyClick(rate, Qt::Key_Tab);
        QTRY_VERIFY(time->text() != at_25);
        auto* speed = shown->findChild<QComboBox*>(QStringLiteral("export_speed"));
        speed->setFocus();
        QTest::keyClick(speed, Qt::Key_End);
        // It plays.
        const auto* preview = [&] {
            for (const auto* label : shown->findChildren<QLabel*>())
                if (label->accessibleName() == QStringLiteral("Preview")) return label;
            return static_cast<const QLabel*>(nullptr);
        }();
        QTRY_VERIFY(!preview->pixmap().isNull());
        const QImage first = preview->pixmap().toImage();
        QTRY_VERIFY(preview->pixmap().toImage() != first);
        for (const char* name : {"film.gif", "film.webp", "film.apng"}) {
            path->setFocus();
            path->selectAll();
            QTest::keyClicks(path, folder.filePath(QString::fromLatin1(name)));
            QTest::mouseClick(now, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QString::fromLatin1(name)), 30000);
        }
        // An SVG is the picture unless the one that plays was chosen; a slash makes it a folder.
        path->selectAll();
        QTest::keyClicks(path, folder.filePath(QStringLiteral("film.svg")));
        QCOMPARE(format->currentText(), QStringLiteral("SVG"));
        format->setFocus();
        QTest::keyClicks(format, QStringLiteral("An"));
        QCOMPARE(format->currentText(), QStringLiteral("Animated SVG"));
        QVERIFY(path->text().endsWith(QStringLiteral("film.svg")));
        QVERIFY(shown->findChild<QWidget*>(QStringLiteral("export_text"))->isVisible());
        QTest::mouseClick(now, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("film.svg")), 30000);
        QFile svg(folder.filePath(QStringLiteral("film.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly) && svg.readAll().contains("@keyframes"));
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, folder.filePath(QStringLiteral("frames/")));
        QCOMPARE(format->currentText(), QStringLiteral("PNG frames"));
        QVERIFY(!shown->findChild<QWidget*>(QStringLiteral("export_repeats"))->isVisible());
        QTest::mouseClick(now, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("frames/")), 30000);
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("frames/frame_00002.png"))));
        QImageReader film(folder.filePath(QStringLiteral("film.gif")));
        QVERIFY(film.supportsAnimation() && film.imageCount() > 3);
        QCoreApplication::processEvents();
        const QStringList faults = layout_faults(*shown);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        // Back to a picture: its pixels as before.
        format->setFocus();
        QTest::keyClick(format, Qt::Key_Home);
        QVERIFY(!rate->isVisible());
        shown->close();
    }

    // Whatever wrote it: a file that is there stays there until one says that it may go.
    void an_export_asks_before_it_overwrites() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.png"));
        const auto bytes = [&] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("holiday") == 7);
        file.close();
        OpenWindow open;
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* field = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
        auto* now = shown->findChild<QPushButton*>(QStringLiteral("export_now"));
        // The ending is added before it is looked for.
        for (const QString& typed : {path, folder.filePath(QStringLiteral("mine"))}) {
            field->setText(typed);
            emit field->textEdited(typed);
            bool asked = false;
            answer_with("Cancel", &asked);
            QTest::mouseClick(now, Qt::LeftButton);
            QVERIFY(asked);
            QCOMPARE(bytes(), QByteArray("holiday"));
            QVERIFY(result->text().isEmpty());
        }
        bool asked = false;
        answer_with("Replace", &asked);
        QTest::mouseClick(now, Qt::LeftButton);
        QVERIFY(asked);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(text("mine.png")), 20000);
        QVERIFY(bytes().startsWith("\x89PNG"));
        // So is what it wrote itself a moment ago. What is said then is not what was said before.
        const QString said = result->text();
        asked = false;
        answer_with("Cancel", &asked);
        QTest::mouseClick(now, Qt::LeftButton);
        QVERIFY(asked);
        QCOMPARE(result->text(), said);
        QTest::qWait(1100);  // the time is told to the second
        asked = false;
        answer_with("Replace", &asked);
        QTest::mouseClick(now, Qt::LeftButton);
        QVERIFY(asked);
        QTRY_VERIFY_WITH_TIMEOUT(now->isEnabled() && result->text() != said, 20000);
        QVERIFY(result->text().contains(text("mine.png")));
        QVERIFY(result->text().startsWith(text("Replaced at ")));
        // Or both are kept, under names that are free.
        for (const char* other : {"mine-2.png", "mine-3.png"}) {
            const QByteArray before = bytes();
            answer_with("Keep both", &asked);
            QTest::mouseClick(now, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(text(other)), 20000);
            QVERIFY(result->text().startsWith(text("Written at ")));
            QVERIFY(QFileInfo::exists(folder.filePath(text(other))));
            QCOMPARE(bytes(), before);
            QCOMPARE(QFileInfo(field->text()).fileName(), text(other));
        }
        shown->close();
    }

    // Where the last file was, whatever was done with it; at first where documents are.
    void files_are_looked_for_where_the_last_one_was() {
        QTemporaryDir folder;
        QString place;
        const auto suggested = [&place] {
            OpenWindow open;
            open.press(Qt::Key_E, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(dialog("export_dialog"), 5000);
            QDialog* shown = dialog("export_dialog");
            const QString path =
                shown->findChild<QLineEdit*>(QStringLiteral("export_path"))->text();
            shown->close();
            place = QFileInfo(path).absolutePath();
        };
        suggested();
        QCOMPARE(place, ui::widgets::folder_to_start_in({}));
        {
            OpenWindow open;
            QFile lesson(folder.filePath(text("mine.stride")));
            QVERIFY(lesson.open(QIODevice::WriteOnly));
            lesson.write(*ui::formats::shipped_lesson_text(text("holes")));
            lesson.close();
            QVERIFY(open.window.openFile(lesson.fileName()));
        }
        suggested();  // in another run
        QCOMPARE(place, QFileInfo(folder.path()).absoluteFilePath());
        QVERIFY(folder.remove());
        suggested();
        QCOMPARE(place, ui::widgets::folder_to_start_in({}));
        QVERIFY(QFileInfo(place).isDir());
    }

    void the_export_dialog_names_a_full_disk() {
        SmallDisk disk("64k");
        if (!disk.is_there()) QSKIP("only root may have a disk of its own");
        disk.fill(1);
        OpenWindow open;
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dialog("export_dialog"));
        QDialog* shown = dialog("export_dialog");
        auto* path = shown->findChild<QLineEdit*>(QStringLiteral("export_path"));
        auto* result = shown->findChild<QLabel*>(QStringLiteral("export_result"));
        path->setText(disk.file("figure.png"));
        emit path->textEdited(path->text());
        QTest::mouseClick(shown->findChild<QPushButton*>(QStringLiteral("export_now")),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(result->text().startsWith(text("▲")), 20000);
        QVERIFY2(result->text().endsWith(text("the disk is full.")), qPrintable(result->text()));
        QVERIFY(disk.files().isEmpty());
        shown->close();
    }
};

QTEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
