// SPDX-License-Identifier: MIT
// Opening, saving, dropping and exporting in the window, and what goes wrong with it.
#include <QDropEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/support/awkward_files.h"
#include "tests/support/layout_faults.h"

using namespace support;

namespace {

QDialog* dialog(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String(name) && widget->isVisible())
            return qobject_cast<QDialog*>(widget);
    return nullptr;
}

/// Presses a button of the question that is about to be asked.
void answer_unsaved(QMessageBox::StandardButton answer, bool* asked) {
    QTimer::singleShot(0, qApp, [answer, asked] {
        auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (question == nullptr) return;
        *asked = true;
        QTest::mouseClick(question->button(answer), Qt::LeftButton);
    });
}

}  // namespace

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
        for (const char* name :
             {"folder", "pipe", "device", "locked", "binary", "empty", "huge", "deep", "wide"})
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
        if (name.startsWith(text("folder"))) QVERIFY(QDir().mkdir(path));
        if (name.startsWith(text("pipe"))) QVERIFY(make_pipe(path));
        if (name.startsWith(text("device")))
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path));
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
        QCOMPARE(open.lesson(), before);
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
        // The ending chooses the format.
        write_to(QStringLiteral("figure.svg"));
        QFile svg(folder.filePath(QStringLiteral("figure.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.read(400).contains("<svg"));
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
};

QTEST_MAIN(TestMainWindowFiles)
#include "tst_main_window_files.moc"
