// SPDX-License-Identifier: MIT
// The open lesson: edits, undo and what counts as changed.
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/write_faults.h"
#include "ui/document/document.h"
#include "ui/formats/shipped_lessons.h"

using engine::Lesson;
using ui::diagram::View;
using ui::document::Document;
using ui::formats::LessonFile;

namespace {

LessonFile puzzle() { return *ui::formats::shipped_lesson(QStringLiteral("readers_puzzle")); }

/// The lesson with one input number changed: what typing into a cell makes.
Lesson typed(const Document& document, std::int64_t cell, float value) {
    return engine::with_input(document.lesson(), document.lesson().input.with_value(cell, value));
}

float first_number(const Document& document) { return document.lesson().input.values().front(); }

}  // namespace

class TestDocument : public QObject {
    Q_OBJECT
private slots:
    void undoAndRedoGiveBackWholeLessons();
    void anEqualLessonIsNoEdit();
    void aGestureIsOneEntry();
    void gesturesOfOtherFieldsStayApart();
    void aPauseEndsAGesture();
    void undoEndsAGesture();
    void aGestureThereAndBackLeavesNothing();
    void undoReturnsToWhereTheEditWasMade();
    void undoKeepsTheStep();
    void lookingIsNoEdit();
    void savingMakesItUnmodified();
    void aFailedSaveChangesNothing();
    void whateverFailsTheStarStays();
    void resetForgetsTheHistory();
    void aHistoryOfLargeInputsForgetsItsOldest();
};

void TestDocument::undoAndRedoGiveBackWholeLessons() {
    Document document;
    document.reset(puzzle());
    QSignalSpy changes(&document, &Document::lessonChanged);
    const Lesson before = document.lesson();
    document.edit(typed(document, 0, 9), QStringLiteral("Type 9"));
    const Lesson after = document.lesson();
    QCOMPARE(first_number(document), 9.0F);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Type 9"));
    document.undoStack()->undo();
    QVERIFY(document.lesson() == before);
    document.undoStack()->redo();
    QVERIFY(document.lesson() == after);
    QCOMPARE(changes.count(), 3);
}

void TestDocument::anEqualLessonIsNoEdit() {
    Document document;
    document.reset(puzzle());
    QSignalSpy changes(&document, &Document::lessonChanged);
    document.edit(typed(document, 0, 1), QStringLiteral("Type 1"));
    QCOMPARE(document.undoStack()->count(), 0);
    QCOMPARE(changes.count(), 0);
    QVERIFY(!document.isModified());
}

void TestDocument::aGestureIsOneEntry() {
    Document document;
    document.reset(puzzle());
    const QString key = QStringLiteral("input");
    for (int value = 2; value <= 7; ++value)
        document.edit(typed(document, 0, static_cast<float>(value)), QStringLiteral("Nudge"), key);
    QCOMPARE(document.undoStack()->count(), 1);
    document.endGesture();
    document.edit(typed(document, 0, 8), QStringLiteral("Nudge"), key);
    QCOMPARE(document.undoStack()->count(), 2);
    document.undoStack()->undo();
    QCOMPARE(first_number(document), 7.0F);
    document.undoStack()->undo();
    QCOMPARE(first_number(document), 1.0F);
}

void TestDocument::gesturesOfOtherFieldsStayApart() {
    Document document;
    document.reset(puzzle());
    document.edit(typed(document, 0, 5), QStringLiteral("Paint"), QStringLiteral("input"));
    document.edit(typed(document, 1, 5), QStringLiteral("Paint"), QStringLiteral("kernel"));
    document.edit(typed(document, 2, 5), QStringLiteral("Type"));
    document.edit(typed(document, 3, 5), QStringLiteral("Type"));
    QCOMPARE(document.undoStack()->count(), 4);
}

void TestDocument::aPauseEndsAGesture() {
    Document document;
    document.reset(puzzle());
    const QString key = QStringLiteral("input");
    document.edit(typed(document, 0, 5), QStringLiteral("Nudge"), key);
    QTest::qWait(1100);
    document.edit(typed(document, 0, 6), QStringLiteral("Nudge"), key);
    QCOMPARE(document.undoStack()->count(), 2);
}

void TestDocument::undoEndsAGesture() {
    Document document;
    document.reset(puzzle());
    const QString key = QStringLiteral("input");
    document.edit(typed(document, 0, 5), QStringLiteral("Nudge"), key);
    document.endGesture();
    document.edit(typed(document, 0, 6), QStringLiteral("Nudge"), key);
    document.undoStack()->undo();
    document.edit(typed(document, 0, 7), QStringLiteral("Nudge"), key);
    QCOMPARE(document.undoStack()->count(), 2);
    document.undoStack()->undo();
    QCOMPARE(first_number(document), 5.0F);
}

void TestDocument::aGestureThereAndBackLeavesNothing() {
    Document document;
    document.reset(puzzle());
    const QString key = QStringLiteral("strides");
    document.edit(typed(document, 0, 5), QStringLiteral("Nudge"), key);
    document.edit(typed(document, 0, 1), QStringLiteral("Nudge"), key);
    QCOMPARE(document.undoStack()->count(), 0);
    QVERIFY(!document.isModified());
    QVERIFY(document.lesson() == puzzle().lesson);
}

void TestDocument::undoReturnsToWhereTheEditWasMade() {
    Document document;
    document.reset(*ui::formats::shipped_lesson(QStringLiteral("generator_transpose")));
    View view = document.view();
    view.focus = 0;
    view.hovered = ui::diagram::CellRef{};
    document.setView(view);
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    View elsewhere = view;
    elsewhere.focus = 2;
    elsewhere.moment.step = 4;
    document.setView(elsewhere);
    QSignalSpy looks(&document, &Document::viewChanged);
    document.undoStack()->undo();
    QCOMPARE(document.view().focus, 0);
    QCOMPARE(document.view().moment.step, 0);
    QVERIFY(!document.view().hovered);
    QCOMPARE(looks.count(), 1);
    document.setView(elsewhere);
    document.undoStack()->redo();
    QCOMPARE(document.view().focus, 0);
}

// Undone and redone where one is looking: nothing that is only looked at moves, as far as it still
// exists.
void TestDocument::undoKeepsTheStep() {
    Document document;
    document.reset(*ui::formats::shipped_lesson(QStringLiteral("first_collide")));
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    engine::Lesson smaller = document.lesson();
    auto& layer = std::get<engine::Conv2DTranspose>(smaller.layers[0].spec);
    layer.kernel_size = {2, 2};  // no crop any more
    document.edit(smaller, QStringLiteral("Change kernel_size"));
    for (const engine::Reading reading : {engine::Reading::stamp, engine::Reading::why_equal})
        for (const int step : {0, 2, 3}) {
            View view = document.view();
            view.reading = reading;
            view.moment.step = step;
            view.digits = 2;
            view.pinned = ui::diagram::CellRef{{ui::diagram::Grid::full_output, 0}, 1, 1};
            document.setView(view);
            document.undoStack()->undo();
            document.undoStack()->undo();
            QCOMPARE(document.view(), view);
            document.undoStack()->redo();
            document.undoStack()->redo();
            QCOMPARE(document.view(), view);
        }
    // A step that the other lesson has not is the nearest it has: the end stays the end.
    View view = document.view();
    view.reading = engine::Reading::stamp;
    view.moment.step = 4;
    document.setView(view);
    document.undoStack()->undo();
    QCOMPARE(document.view().moment.step, 5);
    document.undoStack()->redo();
    QCOMPARE(document.view().moment.step, 4);
}

void TestDocument::lookingIsNoEdit() {
    Document document;
    document.reset(puzzle());
    QSignalSpy looks(&document, &Document::viewChanged);
    View view = document.view();
    view.moment.step = 3;
    document.setView(view);
    document.setView(view);
    QCOMPARE(looks.count(), 1);
    QCOMPARE(document.undoStack()->count(), 0);
    QVERIFY(!document.isModified());
}

void TestDocument::savingMakesItUnmodified() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.stride"));
    Document document;
    document.reset(puzzle());
    QSignalSpy modified(&document, &Document::modifiedChanged);
    QSignalSpy paths(&document, &Document::pathChanged);
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    QVERIFY(document.isModified());
    QVERIFY(document.saveAs(path).has_value());
    QVERIFY(!document.isModified());
    QCOMPARE(document.path(), path);
    QCOMPARE(paths.count(), 1);
    document.undoStack()->undo();
    QVERIFY(document.isModified());
    QCOMPARE(modified.count(), 3);

    const auto reopened = ui::formats::load_lesson(path);
    QVERIFY(reopened.has_value());
    QCOMPARE(reopened->file.lesson.input.values().front(), 5.0F);
}

void TestDocument::aFailedSaveChangesNothing() {
    QTemporaryDir folder;
    Document document;
    document.reset(puzzle(), QStringLiteral("old.stride"));
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    const auto saved = document.saveAs(folder.filePath(QStringLiteral("missing/mine.stride")));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, engine::ErrorCode::cannot_write);
    QVERIFY(document.isModified());
    QCOMPARE(document.path(), QStringLiteral("old.stride"));
}

// Every call of the system that a save makes, failing for every reason.
void TestDocument::whateverFailsTheStarStays() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.stride"));
    Document document;
    document.reset(puzzle(), path);
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    int faults = 0;
    bool star_tells = true;
    const QString wrong = support::complaint_about_faults(
        path,
        [&] {
            document.undoStack()->resetClean();
            const bool saved = document.saveAs(path).has_value();
            star_tells = star_tells && document.isModified() == !saved;
            return saved;
        },
        faults);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY(star_tells);
    qInfo("%d faults", faults);
}

void TestDocument::resetForgetsTheHistory() {
    Document document;
    document.reset(puzzle());
    document.edit(typed(document, 0, 5), QStringLiteral("Type"));
    document.reset(*ui::formats::shipped_lesson(QStringLiteral("holes")));
    QVERIFY(!document.isModified());
    QVERIFY(!document.undoStack()->canUndo());
    QCOMPARE(QString::fromStdString(document.lesson().title), QStringLiteral("Holes"));
}

// 80 edits of 1024 × 1024 numbers are 80 Mi, of which 64 Mi may be kept.
void TestDocument::aHistoryOfLargeInputsForgetsItsOldest() {
    Document document;
    LessonFile file = puzzle();
    document.reset(file);
    QCOMPARE(document.historyCount(), 0);
    const engine::Shape large{1024, 1024, 1};
    constexpr int edits = 80;
    for (int i = 1; i <= edits; ++i) {
        const auto value = static_cast<float>(i);
        document.edit(engine::with_input(document.lesson(), engine::Tensor::filled(large, value)),
                      QStringLiteral("edit"));
        QVERIFY(document.historyCount() <= Document::max_history_count);
        QVERIFY(document.isModified());
    }
    QUndoStack* undo = document.undoStack();
    const int kept = undo->count();
    QVERIFY2(kept >= 60 && kept < edits, QByteArray::number(kept));
    QCOMPARE(undo->index(), kept);
    for (int i = edits - 1; undo->canUndo(); --i) {
        undo->undo();
        QCOMPARE(document.lesson().input.at(0, 0, 0), static_cast<float>(i));
    }
    QCOMPARE(document.lesson().input.at(0, 0, 0), static_cast<float>(edits - kept));
    QVERIFY(document.isModified());  // what was open first cannot be had back
    for (int i = 0; i < kept; ++i) undo->redo();
    QCOMPARE(document.lesson().input.at(0, 0, 0), static_cast<float>(edits));

    // Saved within what is kept, it is clean there and nowhere else.
    QTemporaryDir folder;
    undo->undo();
    QVERIFY(document.saveAs(folder.filePath(QStringLiteral("large.stride"))));
    undo->redo();
    for (int i = 1; i <= 5; ++i)
        document.edit(engine::with_input(document.lesson(),
                                         engine::Tensor::filled(large, static_cast<float>(-i))),
                      QStringLiteral("edit"));
    for (int i = 0; i < 6; ++i) {
        QVERIFY(document.isModified());
        undo->undo();
    }
    QVERIFY(!document.isModified());
    QCOMPARE(document.lesson().input.at(0, 0, 0), static_cast<float>(edits - 1));
}

QTEST_MAIN(TestDocument)
#include "tst_document.moc"
