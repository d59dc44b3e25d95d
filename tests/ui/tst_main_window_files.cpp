// SPDX-License-Identifier: MIT
// Opening, saving, dropping and exporting in the window, and what goes wrong with it.
#include <QDropEvent>
#include <QJsonArray>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/support/awkward_files.h"
#include "tests/support/dialogs.h"
#include "tests/support/layout_faults.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"

using namespace support;

class TestMainWindowFiles : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void what_was_saved_comes_back() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.stride"));
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        open.choose("readings", 1);
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(!open.window.isWindowModified());
        const engine::Lesson saved = open.lesson();
        QVERIFY(open.window.openLesson(QStringLiteral("holes")));
        QVERIFY(open.lesson() != saved);
        QVERIFY(open.window.openFile(path));
        QCOMPARE(open.lesson(), saved);
        QCOMPARE(open.view().reading, engine::Reading::slide);
        QCOMPARE(open.window.document()->path(), path);
        open.enter("kernel_size_rows", 5);
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!open.window.isWindowModified());
    }

    // Its name says nothing.
    void a_file_is_written_as_what_it_was_read() {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("mine.json"));
        OpenWindow open;
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(open.window.openFile(path));
        open.enter("kernel_size_rows", 4);
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!open.window.isWindowModified());
        const auto saved = ui::formats::load_lesson(path);
        QVERIFY(saved.has_value() && saved->format == &ui::formats::own_format());
        QVERIFY(saved->file.lesson == open.lesson());
    }

    // A model's file has no room for the numbers of its input: they are not lost without a word.
    void what_a_file_cannot_hold_is_said_and_stays_unsaved() {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("model.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name":
            "UpSampling2D", "config": {"size": [2, 2], "batch_input_shape": [null, 2, 2, 1]}}]}})");
        file.close();
        OpenWindow open;
        QVERIFY(open.window.openFile(path));
        QVERIFY2(open.problem().isEmpty(), qPrintable(open.problem()));
        QVERIFY(open.lesson().layers.front().spec == engine::LayerSpec(engine::UpSampling2D{}));
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY2(open.problem().isEmpty(), qPrintable(open.problem()));

        open.window.document()->edit(
            engine::with_input(open.lesson(), engine::one_hot_input({2, 2, 1})), {});
        open.press(Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(open.problem(),
                 text("model.json is written, but cannot hold these: the numbers of the input. "
                      "Stridescope lesson (*.stride) holds all."));
        QVERIFY(open.window.isWindowModified());
        QVERIFY(ui::formats::load_lesson(path)->format != &ui::formats::own_format());
        bool asked = false;
        answer_unsaved(QMessageBox::Save, &asked);
        QVERIFY(!open.window.close());
        QVERIFY(asked);
        const QString whole = folder.filePath(text("model.stride"));
        QVERIFY(open.window.document()->saveAs(whole).has_value());
        QVERIFY(!open.window.isWindowModified());
        QCOMPARE(open.window.document()->path(), whole);
    }

    void a_broken_file_leaves_everything_as_it_was() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("broken.stride"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"stridescope\": 1, \"layers\": [");
        file.close();
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        const engine::Lesson before = open.lesson();
        const int undo = open.window.document()->undoStack()->count();
        QVERIFY(!open.window.openFile(path));
        QVERIFY2(open.problem().startsWith(text("broken.stride: ")), qPrintable(open.problem()));
        QCOMPARE(open.lesson(), before);
        QCOMPARE(open.window.document()->undoStack()->count(), undo);
        QVERIFY(!open.window.openFile(folder.filePath(QStringLiteral("absent.stride"))));
        QCOMPARE(open.problem().count(text("absent.stride")), 1);
        open.enter("kernel_size_rows", 3);  // the next success takes the message away
        QVERIFY(open.problem().isEmpty());
    }

    // Whatever stands under the name: a sentence about it, at once, and nothing is lost.
    void what_is_no_lesson_is_refused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"folder", "pipe", "socket", "device", "locked", "binary", "empty",
                                 "huge", "deep", "wide"})
            QTest::newRow(name) << text(name) + QStringLiteral(".stride");
    }
    void what_is_no_lesson_is_refused() {
        QFETCH(QString, name);
        QTemporaryDir folder;
        const QString path = folder.filePath(name);
        const auto write = [&](const QByteArray& bytes) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(bytes), bytes.size());
        };
        QString reason;
        for (const Thing& thing : things)
            if (name.startsWith(text(thing.name))) {
                QCOMPARE(make_thing(thing, folder.path(), text(".stride")), path);
                reason = text(thing.reason);
            }
        if (name.startsWith(text("locked"))) {
            write("{}");
            QVERIFY(QFile::setPermissions(path, {}));
        }
        if (name.startsWith(text("binary"))) write(QByteArray(5000, '\0') + QByteArray("\xff\xfe"));
        if (name.startsWith(text("empty"))) write({});
        if (name.startsWith(text("huge"))) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64{1} << 40));
        }
        if (name.startsWith(text("deep"))) write(QByteArray(1000000, '['));
        if (name.startsWith(text("wide"))) write('[' + QByteArray("{},").repeated(2000000) + ']');
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        open.window.document()->undoStack()->setClean();
        const engine::Lesson before = open.lesson();
        QVERIFY(!open.window.openFile(path));
        QVERIFY2(open.problem().endsWith(u'.'), qPrintable(open.problem()));
        QVERIFY2(open.problem().contains(name), qPrintable(open.problem()));
        QVERIFY2(open.problem().contains(reason), qPrintable(open.problem()));
        QCOMPARE(open.lesson(), before);
    }

    void what_is_piped_in_has_no_file_to_be_saved_to() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("piped.stride")));
        OpenWindow open("holes");
        QVERIFY(open.window.document()->saveAs(file.fileName()).has_value());
        const engine::Lesson saved = open.lesson();
        QVERIFY(open.window.openLesson(QStringLiteral("why_equal")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const InPlaceOf input(STDIN_FILENO, file.handle());
        QVERIFY(open.window.openFile(QStringLiteral("-")));
        QCOMPARE(open.lesson(), saved);
        QCOMPARE(open.window.document()->path(), QString());
        QCOMPARE(ui::files::Settings().value(QStringLiteral("recent_files"), QJsonArray()),
                 QJsonValue(QJsonArray()));
    }

    // The star stays, the reason is given, and the window does not close over what is not saved.
    void a_full_disk_stops_saving_and_closing_data() {
        QTest::addColumn<int>("side");
        QTest::newRow("a small lesson") << 3;
        QTest::newRow("a large lesson") << 200;
    }
    void a_full_disk_stops_saving_and_closing() {
        QFETCH(int, side);
        SmallDisk disk("1m");
        if (!disk.is_there()) QSKIP("only root may have a disk of its own");
        const QString path = disk.file("mine.stride");
        OpenWindow open("holes");
        open.window.document()->edit(
            engine::with_input(open.lesson(), engine::counting_input({side, side, 1})), {});
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(!open.window.isWindowModified());
        const auto kept = ui::formats::load_lesson(path);

        open.enter("kernel_size_rows", 4);
        disk.fill(0);
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY2(open.problem().endsWith(text("the disk is full.")), qPrintable(open.problem()));
        QVERIFY(open.window.isWindowModified());
        bool asked = false;
        answer_unsaved(QMessageBox::Save, &asked);
        QVERIFY(!open.window.close());
        QVERIFY(asked && open.window.isVisible() && open.window.isWindowModified());
        QVERIFY(ui::formats::load_lesson(path)->file == kept->file);
        QCOMPARE(disk.files(), QStringList(text("mine.stride")));

        disk.fill(200);
        answer_unsaved(QMessageBox::Save, &asked);
        QVERIFY(open.window.close());
        QVERIFY(ui::formats::load_lesson(path)->file.lesson == open.lesson());
    }

    void settings_that_are_no_file_are_left_alone_and_spoken_of_once() {
        const QString path = ui::files::Settings().path();
        QVERIFY(QDir().mkpath(QFileInfo(path).path()) && make_pipe(path));
        {
            OpenWindow open;
            QVERIFY(open.problem().isEmpty());
            open.action("Dark")->trigger();
            QVERIFY2(open.problem().startsWith(text("Settings are not kept: ")) &&
                         open.problem().endsWith(text("it is a pipe.")),
                     qPrintable(open.problem()));
            open.enter("kernel_size_rows", 4);
            open.action("Light")->trigger();
            QVERIFY2(open.problem().isEmpty(), qPrintable(open.problem()));
        }
        QVERIFY(!QFileInfo(path).isFile());
        QVERIFY(QFile::remove(path));
    }

    void a_lesson_that_would_take_hours_is_opened_and_explained() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("hours.stride"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"stridescope": 1, "title": "Hours", "layers": [
            {"class_name": "UpSampling2D", "size": [4000, 4000]},
            {"class_name": "MaxPooling2D", "pool_size": [4000, 4000], "strides": 1,
             "padding": "same"}],
            "input": {"shape": [1, 1, 1], "data": [1]}, "view": {"focus": 1}})");
        file.close();
        OpenWindow open;
        open.window.presenter()->setPatient(false);
        QVERIFY(open.window.openFile(path));
        const QString sentence = open.part<ui::widgets::WorkBanner>("work_banner")->sentence();
        QVERIFY2(sentence.startsWith(text("This picture would take about ")), qPrintable(sentence));
        QCOMPARE(open.shape(), text("(None, 4000, 4000, 1)"));
    }

    void a_dropped_file_is_opened() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("dropped.stride"));
        OpenWindow open("holes");
        QVERIFY(open.window.document()->saveAs(path).has_value());
        const engine::Lesson saved = open.lesson();
        QVERIFY(open.window.openLesson(QStringLiteral("why_equal")));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(600, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&open.window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(600, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&open.window, &drop);
        QCOMPARE(open.lesson(), saved);
    }

    void unsaved_changes_are_asked_about() {
        OpenWindow open;
        open.enter("kernel_size_rows", 4);
        bool asked = false;
        answer_unsaved(QMessageBox::Cancel, &asked);
        QVERIFY(!open.window.close());
        QVERIFY(asked);
        QVERIFY(open.window.isVisible());
        answer_unsaved(QMessageBox::Discard, &asked);
        QVERIFY(open.window.openLesson(QStringLiteral("holes")));
        QVERIFY(!open.window.isWindowModified());
        asked = false;
        answer_unsaved(QMessageBox::Cancel, &asked);
        QVERIFY(open.window.close());  // nothing changed since: no question
        QVERIFY(!asked);
    }

    void the_switch_of_readings_stays_where_it_is() {
        OpenWindow open(nullptr);
        auto* readings = open.part<QWidget>("readings");
        QRect place;
        for (const auto& lesson : ui::formats::shipped_lessons()) {
            QVERIFY(open.window.openLesson(lesson.name));
            QCoreApplication::processEvents();
            if (!readings->isVisible()) continue;
            if (place.isNull()) place = readings->geometry();
            QCOMPARE(readings->geometry(), place);
        }
        QVERIFY(!place.isNull());
    }
};

QTEST_MAIN(TestMainWindowFiles)
#include "tst_main_window_files.moc"
