// SPDX-License-Identifier: MIT
// What a screen reader finds on the canvas: a named picture, its grids as tables, cells that say
// where they are.
#include <QAccessible>
#include <QTest>

#include "tests/support/hand_diagram.h"

using namespace support;
using diagram::CellRef;
using ui::widgets::Canvas;

namespace {

struct Heard {
    QAccessible::Event type;
    QString name;
};
QList<Heard> heard;

void listen(QAccessibleEvent* event) {
    QAccessibleInterface* about = event->accessibleInterface();
    heard << Heard{event->type(), about ? about->text(QAccessible::Name) : QString()};
}

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

QStringList heard_names(QAccessible::Event type) {
    QStringList names;
    for (const Heard& event : heard)
        if (event.type == type) names << event.name;
    return names;
}

}  // namespace

class TestCanvasAccessible : public QObject {
    Q_OBJECT
private slots:
    void init() { heard.clear(); }

    void thePictureIsNamedAndDescribed() {
        Desk desk;
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        QCOMPARE(picture->role(), QAccessible::Grouping);
        QCOMPARE(picture->text(QAccessible::Name), desk.picture.title);
        QCOMPARE(picture->text(QAccessible::Description), desk.picture.description);
    }

    void gridsAreTables() {
        Desk desk;
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        QVERIFY(picture->childCount() >= 3);
        const QStringList names{text("input"), text("kernel"), text("output")};
        for (int i = 0; i < 3; ++i) {
            QAccessibleInterface* child = picture->child(i);
            QCOMPARE(child->role(), QAccessible::Table);
            QCOMPARE(child->text(QAccessible::Name), names.at(i));
            QCOMPARE(child->parent(), picture);
            QCOMPARE(picture->indexOfChild(child), i);
            QVERIFY(child->tableInterface());
        }
        QCOMPARE(picture->child(2)->tableInterface()->rowCount(), 3);
        QCOMPARE(picture->child(1)->tableInterface()->columnCount(), 2);
        QVERIFY(picture->child(2)->state().readOnly);
        QVERIFY(!picture->child(0)->state().readOnly);
    }

    void cellsSayWhereTheyAreAndWhatTheyHold() {
        Desk desk;
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        QAccessibleInterface* table = picture->child(2);
        QAccessibleInterface* cell = table->tableInterface()->cellAt(1, 0);
        QCOMPARE(cell->role(), QAccessible::Cell);
        QCOMPARE(cell->text(QAccessible::Name), text("row 1 column 0 value ≈ 0.1235"));
        QCOMPARE(cell->parent(), table);
        QCOMPARE(cell->tableCellInterface()->rowIndex(), 1);
        QCOMPARE(cell->tableCellInterface()->columnIndex(), 0);
        QCOMPARE(table->indexOfChild(cell), 3);
        QCOMPARE(table->child(3), cell);
        QCOMPARE(table->tableInterface()->cellAt(2, 0)->text(QAccessible::Name),
                 text("row 2 column 0 value zero, inserted"));
        QVERIFY(!table->tableInterface()->cellAt(3, 0));
        QVERIFY(!table->tableInterface()->cellAt(0, -1));
    }

    void allCellsAreReachableByPlace() {
        Desk desk;
        desk.canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&desk.canvas));
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        for (int i = 0; i < 3; ++i) {
            QAccessibleInterface* table = picture->child(i);
            for (int index = 0; index < table->childCount(); ++index) {
                QAccessibleInterface* cell = table->child(index);
                const QPoint at = cell->rect().center();
                QCOMPARE(picture->childAt(at.x(), at.y()), table);
                QCOMPARE(table->childAt(at.x(), at.y()), cell);
            }
        }
    }

    void arrowKeysAreSpoken() {
        if (!QAccessible::isActive()) QSKIP("nobody listens on this platform");
        Desk desk;
        desk.canvas.show();
        desk.canvas.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.canvas));
        desk.canvas.setFocus();
        desk.canvas.setCurrentCell(CellRef{input, 0, 0});
        heard.clear();
        QTest::keyClick(&desk.canvas, Qt::Key_Right);
        QTest::keyClick(&desk.canvas, Qt::Key_Down);
        QCOMPARE(heard_names(QAccessible::Focus),
                 QStringList({text("row 0 column 1 value 2"), text("row 1 column 1 value 4")}));
    }

    void theCurrentCellIsTheFocusedOne() {
        Desk desk;
        desk.canvas.show();
        desk.canvas.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.canvas));
        desk.canvas.setFocus();
        desk.canvas.setCurrentCell(CellRef{input, 1, 1});
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        QAccessibleInterface* cell = picture->child(0)->child(3);
        QVERIFY(cell->state().focused);
        QCOMPARE(picture->focusChild(), cell);
        QCOMPARE(picture->child(0)->tableInterface()->selectedCells().value(0), cell);
        QVERIFY(!picture->child(0)->child(0)->state().focused);
    }

    void aStepIsSpokenAsAChangeOfName() {
        if (!QAccessible::isActive()) QSKIP("nobody listens on this platform");
        Desk desk;
        heard.clear();
        desk.picture.title = text("out[2, 1] = 140: two readings, one number");
        desk.canvas.show(desk.picture, {});
        QCOMPARE(heard_names(QAccessible::NameChanged), QStringList{desk.picture.title});
        heard.clear();
        desk.canvas.show(desk.picture, {});
        QVERIFY(heard.isEmpty());
    }

    void aCellCanBePressedAndFocusedFromOutside() {
        Desk desk;
        desk.canvas.show();
        desk.canvas.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.canvas));
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        std::optional<CellRef> pinned;
        connect(&desk.canvas, &Canvas::cellPinned, this, [&](auto cell) { pinned = cell; });
        QAccessibleActionInterface* action = picture->child(2)->child(4)->actionInterface();
        action->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(pinned, (std::optional{CellRef{output, 1, 1}}));
        action->doAction(QAccessibleActionInterface::setFocusAction());
        QCOMPARE(desk.canvas.currentCell(), (std::optional{CellRef{output, 1, 1}}));
    }

    void aGridThatLeavesThePictureTakesItsTableAlong() {
        Desk desk;
        QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
        const QAccessible::Id cell = QAccessible::uniqueId(picture->child(1)->child(0));
        QVERIFY(QAccessible::accessibleInterface(cell));
        const int children = picture->childCount();
        desk.picture.grids.erase(desk.picture.grids.begin() + 1);
        desk.canvas.show(desk.picture, {});
        if (QAccessible::isActive()) QVERIFY(!heard_names(QAccessible::ObjectReorder).isEmpty());
        QCOMPARE(picture->childCount(), children - 1);
        QCOMPARE(picture->child(1)->text(QAccessible::Name), text("output"));
        QVERIFY(!QAccessible::accessibleInterface(cell));
    }

    void nothingIsLeftWhenTheCanvasGoes() {
        QAccessible::Id table = 0;
        QAccessible::Id cell = 0;
        {
            Desk desk;
            QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&desk.canvas);
            table = QAccessible::uniqueId(picture->child(0));
            cell = QAccessible::uniqueId(picture->child(0)->child(2));
        }
        QVERIFY(!QAccessible::accessibleInterface(table));
        QVERIFY(!QAccessible::accessibleInterface(cell));
    }

    void initTestCase() {
        QAccessible::installUpdateHandler(listen);
        // The bus answers late; see with_screen_reader.sh.
        if (qEnvironmentVariableIsSet("SCREEN_READER_LISTENS"))
            QVERIFY(QTest::qWaitFor(QAccessible::isActive, 5000));
    }
    void cleanupTestCase() { QAccessible::installUpdateHandler(nullptr); }
};

QTEST_MAIN(TestCanvasAccessible)
#include "tst_canvas_accessible.moc"
