// SPDX-License-Identifier: MIT
// What a stranger wrote into a lesson, a file's name, the settings or the clipboard is shown as it
// is written: no markup is obeyed, no file is opened for it, nothing is hidden, and there is an end
// to it. Looked for in every widget, menu, dialog, tooltip and spoken name, not in a list of known
// ones.
#include <QClipboard>
#include <QFileDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTimer>

#include "tests/support/open_window.h"
#include "tests/support/shown_words.h"
#include "tests/support/watched_file.h"
#include "ui/files/settings.h"
#include "ui/formats/json/json_text.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/formats/stride.h"

using namespace support;

namespace {

const QString word = QStringLiteral("Zap");

/// "readers_puzzle" with other words in it.
QByteArray lesson_with(const QString& title, const QString& notes) {
    auto file = *ui::formats::shipped_lesson(QStringLiteral("readers_puzzle"));
    file.lesson.title = title.toStdString();
    file.lesson.notes = notes.toStdString();
    file.lesson.name = title.left(200).toStdString();
    for (engine::Layer& layer : file.lesson.layers)
        layer.config.name = title.left(200).toStdString();
    return ui::formats::write_stride(file);
}

/// As much of the words as a file may be called.
QString file_name(const QString& words) {
    QString name = words.left(60);
    return name.remove(u'/').remove(QChar(0)) + QStringLiteral(".stride");
}

QDialog* open_dialog(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String(name) && widget->isVisible())
            return qobject_cast<QDialog*>(widget);
    return nullptr;
}

}  // namespace

class TestHostileWords : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    ShownWords m_words{word};
    QStringList m_asked;  ///< faults of the questions that were asked

    void write(const QString& name, const QByteArray& bytes) {
        QFile file(name);
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(name));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    /// Looks through a window, and at the size that it needs for its words.
    void look_through(QWidget& window) {
        QCoreApplication::processEvents();
        QStringList faults = m_words.faults_of(window);
        if (window.minimumSizeHint().width() > 1000)
            faults << QStringLiteral("needs a width of %1").arg(window.minimumSizeHint().width());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    /// Looks through the question that is about to be asked, and presses Escape.
    void expect_question() {
        m_asked = {QStringLiteral("nothing was asked")};
        QTimer::singleShot(0, this, [this] {
            QWidget* question = QApplication::activeModalWidget();
            if (question == nullptr) return;
            m_asked = m_words.faults_of(*question);
            QTest::keyClick(question, Qt::Key_Escape);
        });
    }

    void each_hostile_text() {
        QTest::addColumn<QString>("hostile");
        const auto row = [](const char* name, const QString& words) {
            QTest::newRow(name) << words;
        };
        row("image", QStringLiteral("<img src=bait.png>Zap"));
        row("image after a line", QStringLiteral("Zap\n<img src=bait.png>Zap"));
        row("style sheet", QStringLiteral("<link rel=stylesheet type=text/css href=bait.png>Zap"));
        row("import", QStringLiteral("<style>@import url(bait.png);</style>Zap"));
        row("table", QStringLiteral("<table background=bait.png><tr><td>Zap"));
        row("document", QStringLiteral("<!doctype html>Zap"));
        row("bold", QStringLiteral("<b>Zap</b>"));
        row("entity", QStringLiteral("&lt;b&gt;Zap"));
        row("ampersand", QStringLiteral("&Zap &&Zap"));
        row("star", QStringLiteral("[*]Zap [*][*]Zap"));
        row("places", QStringLiteral("%1 %2 %n %L1 %%Zap"));
        row("direction", QStringLiteral("Zap\u202Eedirts\u2066\u200F\u202B"));
        row("controls", QStringLiteral("Zap\a\x1B[2J\x7F\u009B\b\r"));
        row("not seen", QStringLiteral("Zap\u200B\uFEFF\u2060\U000E0041\uE000"));
        row("lines", QStringLiteral("Zap\n\n\u2028\u2029\v\fover\tmany") +
                         QStringLiteral("\nlines").repeated(10'000));
        row("long", word + QString(100'000 - 3, u'W'));
        row("long, with blanks", QStringLiteral("Zap ").repeated(25'000));
    }

private slots:
    void initTestCase() {
        begin_window_tests();
        QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path()));
    }
    void init() {
        forget_settings();
        for (const QString& name : QDir().entryList(QDir::Files)) QFile::remove(name);
        m_words = ShownWords(word);
    }

    void a_lesson_data() { each_hostile_text(); }
    void a_lesson() {
        QFETCH(QString, hostile);
        WatchedFile bait(QStringLiteral("bait.png"));
        const QString name = file_name(hostile);
        write(name, lesson_with(hostile.left(100'000), hostile.left(100'000)));
        OpenWindow open;
        QVERIFY2(open.window.openFile(name), qPrintable(open.problem()));
        look_through(open.window);
        QVERIFY(m_words.found() >= 4);  // title, tooltip, notes, window

        // Changed: what is undone has a name, and opening another lesson asks a question.
        open.enter("kernel_size_rows", 4);
        look_through(open.window);
        expect_question();
        QVERIFY(!open.window.openLesson(QStringLiteral("holes")));
        QVERIFY2(m_asked.isEmpty(), qPrintable(m_asked.join(u'\n')));
        open.window.document()->undoStack()->setClean();

        auto* recent = qobject_cast<QMenu*>(open.action("Open Recent")->menu());
        recent->popup(open.window.mapToGlobal(QPoint(100, 100)));
        look_through(*recent);
        for (QAction* action : recent->actions()) {
            recent->setActiveAction(action);
            QHelpEvent help(QEvent::ToolTip, recent->actionGeometry(action).center(),
                            recent->mapToGlobal(recent->actionGeometry(action).center()));
            QApplication::sendEvent(recent, &help);
        }
        for (QWidget* top : QApplication::topLevelWidgets())
            if (top->inherits("QTipLabel")) look_through(*top);
        recent->hide();
        QVERIFY(!bait.wasOpened());
    }

    void the_export_dialog_data() { each_hostile_text(); }
    void the_export_dialog() {
        QFETCH(QString, hostile);
        WatchedFile bait(QStringLiteral("bait.png"));
        const QString name = file_name(hostile);
        write(name, lesson_with(hostile.left(100'000), hostile.left(100'000)));
        OpenWindow open;
        QVERIFY(open.window.openFile(name));
        open.press(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(open_dialog("export_dialog"));
        QDialog* dialog = open_dialog("export_dialog");
        look_through(*dialog);
        // Written, and not written.
        auto* result = dialog->findChild<QLabel*>(QStringLiteral("export_result"));
        auto* path = dialog->findChild<QLineEdit*>(QStringLiteral("export_path"));
        const QString picture = QString(name).replace(QStringLiteral(".stride"), text(".svg"));
        for (const QString& file : {picture, QStringLiteral("absent/") + picture}) {
            result->clear();
            path->setText(file);
            emit path->textEdited(file);
            QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("export_now")),
                              Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(
                result->text().startsWith(text("▲")) || result->text().contains(text("Written")),
                20'000);
            path->clear();  // the way there stays as it was typed
            look_through(*dialog);
        }
        dialog->close();
        QVERIFY(!bait.wasOpened());
    }

    // A sentence that quotes what it refuses.
    void what_is_refused_data() { each_hostile_text(); }
    void what_is_refused() {
        QFETCH(QString, hostile);
        WatchedFile bait(QStringLiteral("bait.png"));
        const QString name = file_name(hostile);
        OpenWindow open;
        QVERIFY(!open.window.openFile(name));  // is not there
        look_through(open.window);
        QVERIFY(m_words.found() > 0);
        QByteArray lesson = lesson_with({}, {});
        write(name, lesson.replace("\"Conv2DTranspose\"",
                                   ui::formats::json_string(hostile.toStdString())));
        QVERIFY(!open.window.openFile(name));
        look_through(open.window);

        QApplication::clipboard()->setText(hostile);
        open.canvas()->setFocus();
        open.press(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(!open.problem().isEmpty());
        look_through(open.window);
        open.click_cell(Grid::input, 0, 0);
        open.type("1");
        QApplication::focusWidget()->setProperty("text", hostile.simplified());
        open.press(Qt::Key_Return);
        look_through(open.window);
        open.press(Qt::Key_Escape);
        QVERIFY(!bait.wasOpened());
    }

    void what_cannot_be_saved_data() { each_hostile_text(); }
    void what_cannot_be_saved() {
        QFETCH(QString, hostile);
        WatchedFile bait(QStringLiteral("bait.png"));
        const QString folder = file_name(hostile);
        QVERIFY(QDir().mkdir(folder));
        const QString name = folder + QStringLiteral("/a.stride");
        write(name, lesson_with(hostile.left(100), {}));
        OpenWindow open;
        QVERIFY(open.window.openFile(name));
        QVERIFY(QDir(folder).removeRecursively());
        open.enter("kernel_size_rows", 4);
        open.press(Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!open.problem().isEmpty());
        look_through(open.window);
        QVERIFY(!bait.wasOpened());
    }

    // The question of Qt's own dialog, whose words nobody here wrote.
    void a_file_to_be_replaced_data() { each_hostile_text(); }
    void a_file_to_be_replaced() {
        QFETCH(QString, hostile);
        WatchedFile bait(QStringLiteral("bait.png"));
        const QString name = file_name(hostile);
        if (name.contains(u'\n') || name.contains(u'\r')) QSKIP("cannot be typed");
        // Elsewhere, as the dialog looks at the files that it shows.
        const QTemporaryDir folder;
        write(folder.filePath(name), {});
        OpenWindow open;
        QStringList faults{QStringLiteral("no file was chosen")};
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            dialog->setDirectory(folder.path());
            dialog->findChild<QLineEdit*>()->setText(name);
            faults = {QStringLiteral("nothing was asked")};
            QTimer::singleShot(0, this, [&] {
                auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                if (question == nullptr) return;
                faults.clear();
                for (const auto* label : question->findChildren<QLabel*>())
                    if (label->textFormat() != Qt::PlainText) faults << label->text();
                QTest::keyClick(question, Qt::Key_Escape);
            });
            QMetaObject::invokeMethod(dialog, "accept");
            if (dialog->isVisible()) dialog->reject();
        });
        open.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY(!bait.wasOpened());
    }

    void what_is_remembered() {
        QJsonArray recent;
        each_hostile_text_into(recent);
        QVERIFY(!ui::files::Settings().keep(QStringLiteral("recent_files"), recent));
        OpenWindow open;
        auto* menu = qobject_cast<QMenu*>(open.action("Open Recent")->menu());
        QVERIFY(menu->actions().size() <= 8);
        look_through(open.window);
    }

    // Nothing hostile, and the same rules.
    void the_other_dialogs() {
        OpenWindow open;
        open.window.startCourse();
        look_through(open.window);
        for (const char* name : {"Keyboard", "About Stridescope"}) {
            open.action(name)->trigger();
            QWidget* dialog = QApplication::activeModalWidget();
            QVERIFY(dialog != nullptr);
            look_through(*dialog);
            dialog->close();
        }
        for (QMenu* menu : open.window.findChildren<QMenu*>()) {
            emit menu->aboutToShow();
            look_through(*menu);
        }
    }

private:
    static void each_hostile_text_into(QJsonArray& recent) {
        for (const char* words : {"<img src=bait.png>Zap", "&Zap", "Zap\u202E\a", "/a/b\n/Zap"})
            recent << QString::fromUtf8(words);
        for (int i = 0; i < 1000; ++i) recent << QString(1000, u'W');
    }
};

QTEST_MAIN(TestHostileWords)
#include "tst_hostile_words.moc"
