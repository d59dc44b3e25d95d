// SPDX-License-Identifier: MIT
// A lesson's notes in the window: they follow what is shown, fold where they no longer speak of it,
// and come with their title and file name.
#include <QDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QTemporaryDir>

#include "tests/support/open_window.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/rail/rail.h"
#include "ui/words/translations.h"

using namespace support;
using ui::widgets::NotesBanner;

namespace {

struct Notes : OpenWindow {
    using OpenWindow::OpenWindow;
    QString words() { return part<QLabel>("notes")->text(); }
    bool areFolded() {
        return part<QPushButton>("notes_fold")->isVisible() && !part<QLabel>("notes")->isVisible();
    }
    bool areShown() {
        return !part<QPushButton>("notes_fold")->isVisible() && part<QLabel>("notes")->isVisible();
    }
    bool canReturn() { return part<QPushButton>("return_to_notes")->isVisible(); }
    void load(const char* model) {
        emit window.findChild<ui::widgets::Rail*>()->presetChosen(QString::fromLatin1(model));
    }
    QString exportName() {
        action("Export")->trigger();
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (dialog == nullptr || !dialog->isVisible()) continue;
            const auto* path = dialog->findChild<QLineEdit*>(QStringLiteral("export_path"));
            const QString name = path != nullptr ? QFileInfo(path->text()).fileName() : QString();
            dialog->reject();
            return name;
        }
        return {};
    }
};

}  // namespace

class TestMainWindowNotes : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        begin_window_tests();
        ui::words::install_translations();
    }
    void init() { forget_settings(); }

    void numbers_follow_the_lesson() {
        Notes open("first_collide");
        QVERIFY(open.areShown());
        QVERIFY2(open.words().contains(text("3 × 3 stamp of 9 products, every 2 cells")),
                 qPrintable(open.words()));
        open.enter("kernel_size_rows", 4);
        open.click("strides_chain");  // each side for itself
        open.enter("strides_columns", 3);
        const auto layer = open.layer();
        const auto geometry = *engine::infer(layer, open.lesson().input.shape());
        const QString expected = text("%1 × %2 stamp of %3 products, every %4 × %5 cells")
                                     .arg(layer.kernel_size.height)
                                     .arg(layer.kernel_size.width)
                                     .arg(layer.kernel_size.height * layer.kernel_size.width)
                                     .arg(layer.strides.height)
                                     .arg(layer.strides.width);
        QVERIFY(open.areShown());
        QVERIFY2(open.words().contains(expected), qPrintable(open.words()));
        QVERIFY2(open.words().contains(text("full %1 × %2 an output of %3 × %4")
                                           .arg(geometry.rows.full)
                                           .arg(geometry.columns.full)
                                           .arg(geometry.rows.out)
                                           .arg(geometry.columns.out)),
                 qPrintable(open.words()));
        // An impossible setting leaves the last good picture, and its numbers.
        const QString good = open.words();
        open.enter("strides_rows", 0);
        QVERIFY(!open.problem().isEmpty());
        QCOMPARE(open.words(), good);
    }

    void others_fold_with_a_way_back() {
        Notes open("even_k4");
        const engine::Lesson then = open.lesson();
        QVERIFY(open.areShown() && !open.canReturn());
        const QString words = open.words();
        open.enter("kernel_size_rows", 3);
        QVERIFY(open.areFolded() && open.canReturn());
        open.click("notes_fold");
        QVERIFY(open.part<QLabel>("notes")->isVisible());
        QCOMPARE(open.words(), words);  // about the lesson as it was
        open.click("notes_fold");
        QVERIFY(open.areFolded());
        const engine::Lesson changed = open.lesson();
        open.click("return_to_notes");
        QCOMPARE(open.lesson(), then);
        QVERIFY(open.areShown() && !open.canReturn());
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.lesson(), changed);
        QVERIFY(open.areFolded());
        open.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(open.areShown());
    }

    void closed_notes_stay_closed_until_others_come() {
        Notes open("even_k4");
        auto* banner = open.part<NotesBanner>("notes_banner");
        for (auto* button : banner->findChildren<QPushButton*>())
            if (button->accessibleName() == text("Close these notes"))
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        open.enter("kernel_size_rows", 3);
        QVERIFY(!banner->isVisible());
        open.load("generator_transpose");
        QVERIFY(banner->isVisible());
    }

    void a_preset_brings_title_note_and_name() {
        Notes open("transpose_k1_s1");
        QCOMPARE(open.exportName(), text("transpose_k1_s1.png"));
        const QString before = open.words();
        open.load("generator_transpose");
        QVERIFY(open.areShown());
        QVERIFY2(open.words().contains(text("128 maps of 5 × 5 become 1 of 10 × 10")),
                 qPrintable(open.words()));
        QVERIFY(open.window.windowTitle().contains(text("Generator with Conv2DTranspose")));
        QCOMPARE(open.exportName(), text("generator_transpose.png"));
        open.window.document()->undoStack()->undo();
        QCOMPARE(open.words(), before);
        QCOMPARE(open.exportName(), text("transpose_k1_s1.png"));
        open.window.document()->undoStack()->redo();
        QCOMPARE(open.exportName(), text("generator_transpose.png"));
    }

    void a_model_on_the_way_is_no_step_of_the_course() {
        Notes open(nullptr);
        open.window.startCourse();
        const auto* place = open.part<QLabel>("lesson_place");
        const auto* next = open.part<QPushButton>("next_lesson");
        const QString first = place->text();
        QVERIFY(place->isVisible() && first.startsWith(text("1 of ")));
        open.load("generator_upsampling");
        QVERIFY(!place->isVisible());
        QVERIFY(next->isVisible() && next->isEnabled());  // the course goes on from where it was
        open.window.document()->undoStack()->undo();
        QVERIFY(place->isVisible());
        QCOMPARE(place->text(), first);
    }

    void what_is_saved_says_that_notes_are_old() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.stride"));
        const auto bytes = [&] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        Notes open("even_k4");
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(!bytes().contains("notes_outdated"));
        open.enter("kernel_size_rows", 3);
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(bytes().contains("\"notes_outdated\": true"));
        QVERIFY(open.window.openFile(path));
        QVERIFY(open.areFolded());
        QVERIFY(open.canReturn());  // since its words are of a lesson that came along
        open.click("return_to_notes");
        QVERIFY(open.areShown());
        QVERIFY(open.window.document()->saveAs(path).has_value());
        QVERIFY(!bytes().contains("notes_outdated"));
    }

    void old_notes_of_ones_own_have_no_way_back() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.stride"));
        auto file = *ui::formats::shipped_lesson(QStringLiteral("even_k4"));
        file.lesson.notes = "Mine: 4 × 4.";
        file.notes_outdated = true;
        QVERIFY(ui::formats::save_lesson(file, path, ui::formats::own_format()).has_value());
        Notes open(nullptr);
        QVERIFY(open.window.openFile(path));
        QVERIFY(open.areFolded() && !open.canReturn());
    }

    void names_that_there_are_not_are_told() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.stride"));
        auto file = *ui::formats::shipped_lesson(QStringLiteral("even_k4"));
        file.lesson.notes = "{strides} and {stride} and {padding.depth}";
        QVERIFY(ui::formats::save_lesson(file, path, ui::formats::own_format()).has_value());
        Notes open(nullptr);
        QVERIFY(open.window.openFile(path));
        QCOMPARE(open.words(), text("2 and {stride} and {padding.depth}"));
        QCOMPARE(open.problem(), text("The notes name {stride}, which is no number of this lesson. "
                                      "Nor is 1 more name."));
    }
};

QTEST_MAIN(TestMainWindowNotes)
#include "tst_main_window_notes.moc"
