// SPDX-License-Identifier: MIT
// The timeline's buttons, scrubber and readout, by real events.
#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/controls/transport_button.h"
#include "ui/widgets/stage/phase_scrubber.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/transport_bar.h"
#include "ui/words/translations.h"

using engine::Phase;
using engine::Segment;
using ui::diagram::Moment;
using ui::widgets::PhaseScrubber;
using ui::widgets::Player;
using ui::widgets::TransportBar;
using ui::widgets::TransportButton;

namespace {

const std::vector<Segment> acts{{Phase::one_input, 9, engine::Domain::tap, 3},
                                {Phase::add_inputs, 4, engine::Domain::input_cell, 2},
                                {Phase::one_output, 25, engine::Domain::output_cell, 5},
                                {Phase::crop, 1}};
const QStringList names{QStringLiteral("One input"), QStringLiteral("Add inputs"),
                        QStringLiteral("One output"), QStringLiteral("Crop")};

/// The bar wired to its player as the window does it.
struct Bench : QObject {
    Bench() : bar(&player) {
        player.setSegments(acts);
        QObject::connect(&player, &Player::momentChanged, this, [this] { refresh(); });
        bar.resize(900, bar.heightForWidth(900));
        refresh();
        bar.show();
    }
    void refresh() {
        bar.show(acts, names, player.moment(),
                 QStringLiteral("output %1 of 25").arg(player.moment().step));
    }
    TransportButton* button(const QString& name) {
        for (auto* found : bar.findChildren<TransportButton*>())
            if (found->accessibleName() == name) return found;
        return nullptr;
    }
    PhaseScrubber* scrubber() { return bar.findChild<PhaseScrubber*>(); }
    QPoint on(Moment moment) { return scrubber()->positionOf(moment).toPoint(); }

    Player player;
    TransportBar bar;
};

}  // namespace

class TestTransportBar : public QObject {
    Q_OBJECT
private slots:
    void buttonsDriveThePlayer() {
        Bench bench;
        QTest::mouseClick(bench.button(QStringLiteral("Step forward")), Qt::LeftButton);
        QCOMPARE(bench.player.moment().step, 1);
        QTest::mouseClick(bench.button(QStringLiteral("To the end")), Qt::LeftButton);
        QCOMPARE(bench.player.moment().step, 39);
        QTest::mouseClick(bench.button(QStringLiteral("Step back")), Qt::LeftButton);
        QCOMPARE(bench.player.moment().step, 38);
        QTest::mouseClick(bench.button(QStringLiteral("To the start")), Qt::LeftButton);
        QCOMPARE(bench.player.moment().step, 0);
        QTest::mouseClick(bench.button(QStringLiteral("Play")), Qt::LeftButton);
        QVERIFY(bench.player.isPlaying());
        QVERIFY(bench.button(QStringLiteral("Pause")));
        QTest::keyClick(bench.button(QStringLiteral("Pause")), Qt::Key_Space);
        QVERIFY(!bench.player.isPlaying());
    }

    void aClickBesideTheDiscDoesNothing() {
        Bench bench;
        QTest::mouseClick(bench.button(QStringLiteral("Play")), Qt::LeftButton, {}, QPoint(1, 1));
        QVERIFY(!bench.player.isPlaying());
    }

    void barsAreNamedAndLongerForMoreSteps() {
        Bench bench;
        const PhaseScrubber* scrubber = bench.scrubber();
        for (int i = 0; i < 4; ++i) {
            const double text = scrubber->fontMetrics().horizontalAdvance(names.at(i));
            QVERIFY(scrubber->barRect(i).width() >= text);
            QVERIFY(scrubber->rect().contains(scrubber->barRect(i).toAlignedRect()));
        }
        QVERIFY(scrubber->barRect(2).width() > 2 * scrubber->barRect(3).width());
        QVERIFY(scrubber->barRect(1).left() > scrubber->barRect(0).right());
    }

    void positionsAndMomentsAreInverse() {
        Bench bench;
        for (int step = 0; step <= 39; ++step)
            QCOMPARE(bench.scrubber()->momentAt(bench.scrubber()->positionOf({step, 0}), false),
                     (Moment{step, 0}));
    }

    void clickingAndDraggingSeek() {
        Bench bench;
        QTest::mouseClick(bench.scrubber(), Qt::LeftButton, {}, bench.on({20, 0}));
        QCOMPARE(bench.player.moment(), (Moment{20, 0}));
        QTest::mousePress(bench.scrubber(), Qt::LeftButton, {}, bench.on({20, 0}));
        QTest::mouseMove(bench.scrubber(), bench.on({30, 0}));
        QTest::mouseRelease(bench.scrubber(), Qt::LeftButton, {}, bench.on({30, 0}));
        QCOMPARE(bench.player.moment().step, 30);
    }

    void aWideStepCanBeStoppedInside() {
        Bench bench;  // "Crop" is one step, as wide as its name
        const QRectF crop = bench.scrubber()->barRect(3);
        const Moment inside = bench.scrubber()->momentAt(crop.center(), true);
        QCOMPARE(inside.step, 38);
        QCOMPARE(inside.progress, 0.5);
        QCOMPARE(bench.scrubber()->momentAt(crop.center(), false).progress, 0.0);
    }

    void aNameLeadsToItsPhase() {
        Bench bench;
        const QPoint name(static_cast<int>(bench.scrubber()->barRect(2).left()) + 5,
                          bench.scrubber()->height() - 4);
        QTest::mouseClick(bench.scrubber(), Qt::LeftButton, {}, name);
        QCOMPARE(bench.player.moment().step, 13);
    }

    void keysOnTheScrubber() {
        Bench bench;
        PhaseScrubber* scrubber = bench.scrubber();
        QTest::keyClick(scrubber, Qt::Key_Right);
        QCOMPARE(bench.player.moment().step, 1);
        QTest::keyClick(scrubber, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(bench.player.moment().step, 9);
        QTest::keyClick(scrubber, Qt::Key_End);
        QCOMPARE(bench.player.moment().step, 39);
        QTest::keyClick(scrubber, Qt::Key_Left);
        QTest::keyClick(scrubber, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(bench.player.moment().step, 13);
        QTest::keyClick(scrubber, Qt::Key_Home);
        QCOMPARE(bench.player.moment().step, 0);
    }

    void theCurrentPhaseIsTheOneOfTheStepJustDone() {
        Bench bench;
        QCOMPARE(bench.scrubber()->currentSegment(), 0);
        bench.player.seek(9);
        QCOMPARE(bench.scrubber()->currentSegment(), 0);
        bench.player.seekTo({9, 0.5});
        QCOMPARE(bench.scrubber()->currentSegment(), 1);
        bench.player.seek(39);
        QCOMPARE(bench.scrubber()->currentSegment(), 3);
    }

    void screenReadersFindASlider() {
        Bench bench;
        bench.player.seek(14);
        QAccessibleInterface* slider = QAccessible::queryAccessibleInterface(bench.scrubber());
        QCOMPARE(slider->role(), QAccessible::Slider);
        QCOMPARE(slider->text(QAccessible::Value), QStringLiteral("One output, output 14 of 25"));
        QAccessibleValueInterface* value = slider->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->currentValue().toInt(), 14);
        QCOMPARE(value->maximumValue().toInt(), 39);
        value->setCurrentValue(20);
        QCOMPARE(bench.player.moment().step, 20);
    }

    void speedIsChosenInAMenu() {
        Bench bench;
        QToolButton* speed = nullptr;
        for (auto* button : bench.bar.findChildren<QToolButton*>())
            if (button->menu()) speed = button;
        QVERIFY(speed);
        QCOMPARE(speed->text(), QStringLiteral("1 × ▾"));
        QCOMPARE(speed->menu()->actions().size(), 6 + 3);  // a line, loop, pauses
        speed->menu()->actions().at(0)->trigger();
        QCOMPARE(bench.player.speed(), 0.25);
        QCOMPARE(speed->text(), QStringLiteral("0.25 × ▾"));
        const auto* takes = bench.bar.findChild<QLabel*>(QStringLiteral("play_time"));
        QCOMPARE(takes->text(), QStringLiteral("38 s"));  // that long is said
        QVERIFY(takes->width() >= takes->fontMetrics().horizontalAdvance(takes->text()));
        bench.player.faster();
        QVERIFY(speed->menu()->actions().at(1)->isChecked());
    }

    void pausesAreAToggle() {
        Bench bench;
        auto* stops = bench.bar.findChild<QCheckBox*>();
        QVERIFY(stops && stops->isChecked());
        const QString name = stops->text();
        stops->click();
        QVERIFY(!bench.player.stopsAtPhases());
        QCOMPARE(stops->text(), name);  // its mark says whether it does
        bench.player.setStopsAtPhases(true);
        QVERIFY(stops->isChecked());
    }

    // From phase to phase only what it says changes; at other speeds, with pauses or without, no
    // control moves either.
    void nothingMovesWithTheTimeThatPlayingTakes() {
        for (const int width : {1500, 900, 600}) {
            Bench bench;
            bench.bar.resize(width, bench.bar.heightForWidth(width));
            QList<QWidget*> controls;
            for (auto* part : bench.bar.findChildren<QToolButton*>()) controls << part;
            for (auto* part : bench.bar.findChildren<QCheckBox*>()) controls << part;
            for (auto* part : bench.bar.findChildren<TransportButton*>()) controls << part;
            const auto places = [&](const QList<QWidget*>& parts) {
                QList<QRect> rects;
                for (const QWidget* part : parts)
                    if (part->isVisible())
                        rects << QRect(part->mapTo(&bench.bar, QPoint()), part->size());
                return rects;
            };
            QList<QRect> before;
            QSet<QString> times;
            for (const bool stops : {true, false})
                for (const double speed : Player::speeds()) {
                    bench.player.setStopsAtPhases(stops);
                    bench.player.setSpeed(speed);
                    QRect scrubber;
                    for (const int step : {0, 5, 12, 20, 38, 39}) {
                        bench.player.seek(step);
                        bench.bar.show(acts, names, bench.player.moment(),
                                       QStringLiteral("the same"));
                        QCoreApplication::processEvents();
                        if (before.isEmpty()) before = places(controls);
                        QCOMPARE(places(controls), before);
                        if (scrubber.isNull()) scrubber = bench.scrubber()->geometry();
                        QCOMPARE(bench.scrubber()->geometry(), scrubber);
                        times << bench.bar.findChild<QLabel*>(QStringLiteral("play_time"))->text();
                    }
                }
            QVERIFY(times.size() > 4);
        }
    }

    void whereThereIsNoRoomTheToggleIsInTheMenu() {
        Bench bench;
        bench.bar.resize(bench.bar.minimumSizeHint().width(), 300);
        QVERIFY(!bench.button(QStringLiteral("To the start"))->isVisible());
        QVERIFY(bench.button(QStringLiteral("Play"))->isVisible());
        const QList<QAction*> actions = bench.bar.findChild<QMenu*>()->actions();
        actions.at(7)->trigger();
        QVERIFY(bench.player.loops());
        actions.at(8)->trigger();
        QVERIFY(!bench.player.stopsAtPhases());
    }

    void theCounterIsLargerThanTheText() {
        Bench bench;
        const QLabel* counter = bench.bar.findChild<QLabel*>();
        QCOMPARE(counter->text(), QStringLiteral("output 0 of 25"));
        QVERIFY(counter->fontMetrics().height() > bench.bar.fontMetrics().height());
    }

    void withNothingToPlayItIsQuiet() {
        Bench bench;
        bench.bar.show({}, {}, {}, {});
        QVERIFY(!bench.button(QStringLiteral("Play"))->isEnabled());
        QCOMPARE(bench.scrubber()->currentSegment(), -1);
        bench.bar.grab();
    }

    void nothingOverlaps_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("scale");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        for (const int width : {600, 740, 1000, 1900})
            for (const double scale : {1.0, 1.5, 2.0})
                for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft})
                    QTest::addRow("%d px, text %g, %s", width, scale,
                                  direction == Qt::LeftToRight ? "ltr" : "rtl")
                        << width << scale << direction;
    }
    void nothingOverlaps() {
        QFETCH(int, width);
        QFETCH(double, scale);
        QFETCH(Qt::LayoutDirection, direction);
        QWidget column;
        Bench bench;  // goes first
        auto* layout = new QVBoxLayout(&column);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addStretch();
        QFont large = bench.bar.font();
        large.setPointSizeF(large.pointSizeF() * scale);
        bench.bar.setFont(large);
        bench.bar.setLayoutDirection(direction);
        layout->addWidget(&bench.bar);
        column.resize(width, 640);
        column.show();
        QCoreApplication::processEvents();
        QCOMPARE(bench.bar.width(), width);

        QList<QWidget*> parts{bench.scrubber()};
        for (auto* part : bench.bar.findChildren<TransportButton*>())
            if (part->isVisible()) parts << part;
        for (auto* part : bench.bar.findChildren<QToolButton*>())
            if (part->isVisible()) parts << part;
        for (auto* part : bench.bar.findChildren<QCheckBox*>())
            if (part->isVisible()) parts << part;
        for (auto* part : bench.bar.findChildren<QLabel*>())
            if (part->isVisible()) parts << part;
        QList<QRect> rects;
        for (QWidget* part : parts) {
            const QRect rect(part->mapTo(&bench.bar, QPoint()), part->size());
            QVERIFY2(bench.bar.rect().contains(rect), part->metaObject()->className());
            QVERIFY(part->width() >= part->minimumSizeHint().width());
            QVERIFY(part->height() >= part->minimumSizeHint().height());
            for (const QRect& other : rects) QVERIFY(!rect.intersects(other));
            rects << rect;
        }
    }

    // Plural forms are found by the class's whole name.
    void classes_find_their_plurals() {
        ui::words::install_translations();
        QCOMPARE(PhaseScrubber::tr("%n step(s)", nullptr, 1), QStringLiteral("1 step"));
        QCOMPARE(QCoreApplication::translate("ui::words::error_text",
                                             "%1 So are %n more arguments.", nullptr, 1),
                 QStringLiteral("%1 So is 1 more argument."));
    }
};

QTEST_MAIN(TestTransportBar)
#include "tst_transport_bar.moc"
