// SPDX-License-Identifier: MIT
// The window at every size and text size it promises, its themes, its rail and the order of Tab.
#include <QAccessible>
#include <QScreen>

#include "tests/support/layout_faults.h"

using namespace support;

class TestMainWindowLayout : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { begin_window_tests(); }
    void init() { forget_settings(); }

    void the_theme_is_a_choice() {
        OpenWindow open;
        open.action("Light")->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
        open.action("Dark")->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
        QCOMPARE(ui::files::Settings().value(QStringLiteral("theme"), 0), QJsonValue(2));
        open.action("Light")->trigger();
    }

    void the_rail_folds_away_and_comes_over() {
        OpenWindow open("first_collide", {1024, 640});
        auto* rail = open.part<QWidget>("rail");
        auto* close = open.part<QPushButton>("close_rail");
        const auto* timeline = open.window.findChild<TransportBar*>();
        QVERIFY(!rail->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QVERIFY(rail->isVisible());
        QVERIFY(rail->mapTo(&open.window, QPoint(0, rail->height())).y() <=
                timeline->mapTo(&open.window, QPoint(0, 0)).y());
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!rail->isVisible());
        QVERIFY(!open.action("Shape and Model")->isChecked());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QTest::keyClick(&open.window, Qt::Key_F9);
        QVERIFY(!rail->isVisible());
        open.window.resize(1440, 900);
        QTRY_VERIFY(rail->isVisible());
        QVERIFY(!close->isVisible());
        open.window.resize(1024, 640);
        QTRY_VERIFY(!rail->isVisible());
    }

    void a_problem_moves_nothing() {
        OpenWindow open("first_collide", {1024, 640});
        QTest::qWait(100);  // until the notes have found their height
        const QRect stage = open.canvas()->geometry();
        open.enter("strides_rows", 0);
        QVERIFY(open.part<QWidget>("layer_problem")->isVisible());
        QCOMPARE(open.canvas()->geometry(), stage);
        open.enter("strides_rows", 2);
        QVERIFY(!open.window.openFile(text("absent.stride")));
        const auto* banner = open.part<QWidget>("message_banner");
        QVERIFY(banner->isVisible());
        QCOMPARE(open.canvas()->geometry(), stage);
        QVERIFY(stage.contains(banner->geometry()));
    }

    void the_first_window_fits_the_screen() {
        ui::widgets::Appearance appearance;
        const MainWindow window(&appearance);
        const QSize room = window.screen()->availableSize();
        QVERIFY(window.width() <= room.width() && window.height() < room.height());
    }

    void tab_reaches_everything_once_in_order() {
        OpenWindow open;
        open.click("more");
        open.part<QSpinBox>("input_rows")->setFocus();
        QList<QWidget*> visited;
        for (int i = 0; i < 200; ++i) {
            QWidget* focus = QApplication::focusWidget();
            if (!visited.isEmpty() && focus == visited.first()) break;
            // On the stage Tab goes from grid to grid and leaves after the last.
            if (visited.isEmpty() || visited.last() != focus) {
                QVERIFY2(!visited.contains(focus), qPrintable(name_of(focus)));
                visited << focus;
                const bool named = !focus->accessibleName().isEmpty() ||
                                   !QAccessible::queryAccessibleInterface(focus)
                                        ->text(QAccessible::Name)
                                        .isEmpty();
                QVERIFY2(named, qPrintable(name_of(focus)));
            }
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        const auto place = [&](const char* name) {
            return visited.indexOf(open.window.findChild<QWidget*>(QString::fromLatin1(name)));
        };
        QVERIFY(place("kernel_size_rows") > place("input_columns"));
        QVERIFY(place("bias") > place("strides_columns"));
        QVERIFY(place("more") > place("bias"));
        QVERIFY(place("filters") > place("more"));
        QVERIFY(place("canvas") > place("filters"));
        QVERIFY(place("canvas") < visited.indexOf(open.window.findChild<PhaseScrubber*>()));
        const Segmented* rail = open.part<Segmented>("rail_tabs");
        QVERIFY(visited.indexOf(open.window.findChild<PhaseScrubber*>()) <
                visited.indexOf(rail->button(0)));
        QVERIFY(visited.size() > 25);
        QTest::keyClick(visited.first(), Qt::Key_Backtab);
        QCOMPARE(QApplication::focusWidget(), visited.last());
    }

    // Ten thousand cells are no trap: once into each grid, however large, and out again.
    void tab_walks_past_a_large_grid() {
        OpenWindow open;
        open.window.document()->edit(
            engine::with_input(open.lesson(), engine::counting_input({100, 100, 1})), {});
        QCoreApplication::processEvents();
        for (const auto key : {Qt::Key_Tab, Qt::Key_Backtab}) {
            open.canvas()->setFocus(Qt::TabFocusReason);
            open.canvas()->setCurrentCell(std::nullopt);
            const std::size_t grids = open.canvas()->diagram().grids.size();
            std::size_t stops = 0;
            while (QApplication::focusWidget() == open.canvas() && stops <= grids + 1) {
                open.press(key);
                ++stops;
            }
            QVERIFY2(stops <= grids + 1, QByteArray::number(int(stops)));
            QVERIFY(QApplication::focusWidget() != open.canvas());
        }
    }

    void nothing_is_cut_or_covered_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<bool>("model");
        for (const char* lesson :
             {"first_collide", "first_upsampling", "generator_upsampling", "why_equal"})
            for (const QSize size :
                 {QSize(1024, 640), QSize(1200, 700), QSize(1440, 900), QSize(3840, 2160)})
                for (const double scale : {1.0, 2.0})
                    QTest::addRow("%s %dx%d text %g", lesson, size.width(), size.height(), scale)
                        << size << scale << QString::fromLatin1(lesson)
                        << (qstrcmp(lesson, "generator_upsampling") == 0);
    }
    void nothing_is_cut_or_covered() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        QFETCH(QString, lesson);
        QFETCH(bool, model);
        OpenWindow open(nullptr, size);
        QApplication::setFont(ui::widgets::base_font(scale));
        QVERIFY(open.window.openLesson(lesson));
        open.click("more");
        if (model) open.choose("rail_tabs", 1);
        QTest::qWait(30);
        QCOMPARE(open.window.size(), size);
        const QStringList faults = layout_faults(open.window);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
};

QTEST_MAIN(TestMainWindowLayout)
#include "tst_main_window_layout.moc"
