// SPDX-License-Identifier: MIT
// The window at every size and text size it promises, its themes, its rail and the order of Tab.
#include <QAccessible>
#include <QScreen>

#include "tests/support/layout_faults.h"

using namespace support;

namespace {

/// What has to be there whatever the room, in words. A column that was asked for may make phases'
/// names and the picture smaller.
QStringList missing(OpenWindow& open, bool unfolded) {
    QStringList faults;
    const QRect window(QPoint(0, 0), open.window.size());
    const auto must = [&](const QWidget* widget, int least_width, int least_height) {
        const QRect place(widget->mapTo(&open.window, QPoint(0, 0)), widget->size());
        if (!widget->isVisible() || !window.contains(place))
            faults << name_of(widget) + text(" is not there");
        else if (place.width() < least_width || place.height() < least_height)
            faults
                << name_of(widget) +
                       QStringLiteral(" has only %1 x %2").arg(place.width()).arg(place.height());
    };
    // The picture may scroll, but through no slit.
    must(open.canvas(), open.window.width() / 3, open.window.height() / (unfolded ? 8 : 4));
    must(open.part<QLabel>("lesson_title"), 60, 10);
    if (open.part<ui::widgets::NotesBanner>("notes_banner")->isVisible() &&
        !open.part<QPushButton>("next_lesson")->accessibleName().endsWith(text(": ")))
        must(open.part<QPushButton>("next_lesson"), 30, 10);
    const auto* timeline = open.window.findChild<TransportBar*>();
    if (!timeline->isVisible()) return faults;
    const auto* scrubber = open.window.findChild<PhaseScrubber*>();
    must(timeline, 300, 40);
    must(scrubber, 200, 20);
    if (!unfolded && scrubber->width() < scrubber->namedWidth())
        faults << text("phase names are cut");
    return faults;
}

}  // namespace

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

    // Where room is short a column is shown beside the stage, never over it, and one at a time.
    void columns_fold_and_take_turns() {
        OpenWindow open("first_collide", {1024, 640});
        auto* rail = open.part<QWidget>("rail");
        auto* inspector = open.part<QWidget>("inspector");
        auto* close = open.part<QPushButton>("close_rail");
        const auto beside = [&](const QWidget* column) {
            return !QRect(column->mapTo(&open.window, QPoint(0, 0)), column->size())
                        .intersects(QRect(open.canvas()->mapTo(&open.window, QPoint(0, 0)),
                                          open.canvas()->size()));
        };
        QVERIFY(inspector->isVisible() && !rail->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QTRY_VERIFY(rail->isVisible() && !inspector->isVisible() && beside(rail));
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!rail->isVisible() && inspector->isVisible());
        QVERIFY(!open.action("Shape and Model")->isChecked());
        QTest::keyClick(&open.window, Qt::Key_F9);
        QTest::keyClick(&open.window, Qt::Key_Escape);
        QVERIFY(!rail->isVisible() && inspector->isVisible());
        open.window.resize(1440, 900);
        QTRY_VERIFY(rail->isVisible() && inspector->isVisible());
        QVERIFY(!close->isVisible());

        open.window.resize(960, 540);
        QTRY_VERIFY(!rail->isVisible() && !inspector->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F8);
        QTRY_VERIFY(inspector->isVisible() && beside(inspector));
        QTest::keyClick(&open.window, Qt::Key_F9);
        QTRY_VERIFY(rail->isVisible() && !inspector->isVisible() && beside(rail));
        QTest::keyClick(&open.window, Qt::Key_F9);
        QVERIFY(!rail->isVisible() && !inspector->isVisible());
        open.window.resize(1440, 900);
        QTRY_VERIFY(rail->isVisible() && inspector->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F8);  // put away although there is room
        QTRY_VERIFY(rail->isVisible() && !inspector->isVisible());
        QTest::keyClick(&open.window, Qt::Key_F8);
        QTRY_VERIFY(rail->isVisible() && inspector->isVisible());
    }

    // Where the layer's own place for it is folded away, it is said over the stage.
    void a_message_is_as_large_as_its_words() {
        OpenWindow open("first_collide", {800, 480});
        QVERIFY(!open.part<QWidget>("inspector")->isVisible());
        engine::Conv2DTranspose layer = open.layer();
        layer.strides.height = 0;
        open.window.document()->edit(engine::with_layer(open.lesson(), 0, layer),
                                     text("Change strides"));
        const auto* message = open.part<ui::widgets::MessageBanner>("message_banner");
        QTRY_VERIFY(message->isVisible());
        QVERIFY2(message->height() < 3 * message->fontMetrics().lineSpacing() + 16,
                 qPrintable(QString::number(message->height())));
        QVERIFY(QRect(open.canvas()->pos(), open.canvas()->size()).contains(message->geometry()));
    }

    // A second row for the buttons, where phases have long names, is no less in sight.
    void the_timeline_is_as_high_as_its_width_needs() {
        OpenWindow open("why_equal", {800, 480});
        open.action("Shape and Model")->trigger();
        auto* timeline = open.window.findChild<TransportBar*>();
        QTRY_COMPARE(timeline->height(), timeline->heightForWidth(timeline->width()));
        QTRY_COMPARE(timeline->mapTo(&open.window, QPoint(0, timeline->height())).y(),
                     open.window.height());
    }

    void a_problem_moves_nothing() {
        OpenWindow open("first_collide", {1024, 640});
        QTest::qWait(100);  // until the notes have found their height
        const QRect stage = open.canvas()->geometry();
        open.enter("strides_rows", 0);
        QVERIFY(open.part<QWidget>("argument_problem")->isVisible());
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
        for (const char* lesson : {"first_collide", "why_equal"})
            QTest::addRow("%s 800x480", lesson)
                << QSize(800, 480) << 1.0 << QString::fromLatin1(lesson);
        for (const char* lesson :
             {"first_collide", "first_upsampling", "generator_upsampling", "why_equal"})
            for (const QSize size :
                 {QSize(960, 540), QSize(1024, 640), QSize(1200, 700), QSize(1280, 720),
                  QSize(1366, 768), QSize(1440, 900), QSize(3840, 2160)})
                for (const double scale : {1.0, 1.5, 2.0})
                    QTest::addRow("%s %dx%d text %g", lesson, size.width(), size.height(), scale)
                        << size << scale << QString::fromLatin1(lesson);
    }
    // As the window opens, with either column asked for, and with notes that fold and unfold.
    void nothing_is_cut_or_covered() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        QFETCH(QString, lesson);
        OpenWindow open(nullptr, size);
        QApplication::setFont(ui::widgets::base_font(scale));
        QVERIFY(open.window.openLesson(lesson));
        const auto shown = [&](const char* name) { return open.part<QWidget>(name)->isVisible(); };
        const auto unfolded = [&] {
            return shown("close_rail") ||
                   (shown("inspector") && open.part<QWidget>("inspector_button")->isVisible());
        };
        const auto check = [&](const char* moment) {
            QTest::qWait(20);
            QCOMPARE(open.window.size(), size);
            // Where the machine is busy, parts may take longer to find their places.
            QStringList faults;
            (void)QTest::qWaitFor(
                [&] {
                    faults = layout_faults(open.window) + missing(open, unfolded());
                    return faults.isEmpty();
                },
                1000);
            QVERIFY2(faults.isEmpty(), qPrintable(text(moment) + text(":\n") + faults.join(u'\n')));
        };
        check("at first");
        if (!shown("inspector")) open.action("Layer and Input")->trigger();
        open.part<QPushButton>("more")->click();
        check("inspector");
        if (!shown("rail")) open.action("Shape and Model")->trigger();
        check("shape");
        open.part<Segmented>("rail_tabs")->button(1)->click();
        check("model");
        if (open.part<QPushButton>("close_rail")->isVisible()) open.click("close_rail");
        if (open.part<Segmented>("readings")->isVisible()) {
            open.choose("readings", 1);  // slide has the most phases
            check("slide");
        }
        open.window.document()->edit(engine::with_layer(open.lesson(), 0, engine::Flatten{}),
                                     text("Change layer"));
        QTest::qWait(20);
        QVERIFY(shown("notes_fold"));
        check("notes fold");
        open.click("notes_fold");
        check("notes unfold");
    }
};

QTEST_MAIN(TestMainWindowLayout)
#include "tst_main_window_layout.moc"
