// SPDX-License-Identifier: MIT
// Time becomes steps: paces, stops, loops, seeking, all by a clock driven by hand.
#include <QSignalSpy>
#include <QTest>

#include "ui/diagram/pace.h"
#include "ui/widgets/stage/player.h"

using engine::Domain;
using engine::Phase;
using engine::Segment;
using ui::diagram::Moment;
using ui::widgets::Player;

namespace {

double duration_of(const std::vector<Segment>& segments, int step) {
    return ui::diagram::step_milliseconds(segments, step);
}

// 2 × 2 input, kernel 3 × 3, strides 2: four stamps, then the crop.
const std::vector<Segment> stamps{{Phase::accumulate, 4, Domain::input_cell, 2}, {Phase::crop, 1}};
// The same read by sliding over 5 × 5 outputs.
const std::vector<Segment> slide{{Phase::insert_zeros, 1},
                                 {Phase::pad_border, 1},
                                 {Phase::turn_kernel, 1},
                                 {Phase::accumulate, 25, Domain::output_cell, 5},
                                 {Phase::crop, 1}};
const std::vector<Segment> acts{{Phase::one_input, 9, Domain::tap, 3},
                                {Phase::add_inputs, 4, Domain::input_cell, 2},
                                {Phase::one_output, 25, Domain::output_cell, 5},
                                {Phase::crop, 1}};

}  // namespace

class TestPlayer : public QObject {
    Q_OBJECT
private slots:
    void paces_data() {
        QTest::addColumn<std::vector<Segment>>("segments");
        QTest::addColumn<int>("step");
        QTest::addColumn<double>("ms");
        QTest::newRow("first stamp") << stamps << 0 << 4000.0;
        QTest::newRow("next stamp") << stamps << 1 << 1500.0;
        QTest::newRow("crop") << stamps << 4 << 1500.0;
        QTest::newRow("nothing after the end") << stamps << 5 << 0.0;
        QTest::newRow("turn") << slide << 2 << 3000.0;
        QTest::newRow("first cell of a slide") << slide << 3 << 600.0;
        QTest::newRow("last cell of its first row") << slide << 7 << 600.0;
        QTest::newRow("second row") << slide << 8 << 150.0;
        QTest::newRow("one output, first") << acts << 13 << 2500.0;
        QTest::newRow("one output, third") << acts << 15 << 2500.0;
        QTest::newRow("one output, rest") << acts << 16 << 150.0;
    }
    void paces() {
        QFETCH(std::vector<Segment>, segments);
        QFETCH(int, step);
        QTEST(duration_of(segments, step), "ms");
    }

    void playsStampByStamp() {
        Player player;
        player.setSegments(stamps);
        player.play();
        QVERIFY(player.isPlaying());
        player.advance(1400);
        QCOMPARE(player.moment().step, 0);
        QCOMPARE(player.moment().progress, 0.5);  // the middle of the easing
        player.advance(1399);
        QCOMPARE(player.moment().step, 0);
        player.advance(1);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.advance(1200);  // the result stands still
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.advance(1500 + 1500);
        QCOMPARE(player.moment(), (Moment{3, 0}));
    }

    void motionIsEased() {
        Player player;
        player.setSegments(stamps);
        player.play();
        player.advance(700);  // a quarter of the time is 4 · (1/4)³ of the way
        QCOMPARE(player.moment().progress, 0.0625);
        player.advance(1400);
        QCOMPARE(player.moment().progress, 1 - 0.0625);
    }

    /// While a result stands still the buttons go on from it.
    void aResultIsAMomentOfItsOwn() {
        Player player;
        player.setSegments(stamps);
        QSignalSpy moments(&player, &Player::momentChanged);
        player.play();
        player.advance(3000);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        const auto told = moments.count();
        player.advance(500);
        QCOMPARE(moments.count(), told);
        player.pause();
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.stepForward();
        QCOMPARE(player.moment(), (Moment{2, 0}));
        player.play();
        player.advance(1200);
        QCOMPARE(player.moment(), (Moment{3, 0}));
        player.stepForward();
        QCOMPARE(player.moment(), (Moment{4, 0}));
        player.play();
        player.advance(1400);
        QCOMPARE(player.moment(), (Moment{5, 0}));
        player.stepBack();
        QCOMPARE(player.moment(), (Moment{4, 0}));
    }

    /// Whatever its size: no phase takes longer than 90 s, and no step longer than the one before.
    void everyPhaseIsOverInTime() {
        for (const int side : {1, 2, 5, 13, 40, 100, 300, 1000})
            for (const Segment& segment :
                 {Segment{Phase::accumulate, side * side, Domain::input_cell, side},
                  Segment{Phase::accumulate, side * side, Domain::output_cell, side},
                  Segment{Phase::accumulate, side, Domain::output_cell, side},
                  Segment{Phase::one_input, side, Domain::tap, side},
                  Segment{Phase::add_inputs, side * side, Domain::input_cell, side},
                  Segment{Phase::one_output, side * side, Domain::output_cell, side}}) {
                double sum = 0;
                double before = 1e9;
                const int every = std::max(1, segment.count / 3000);
                for (int step = 0; step < segment.count; step += every) {
                    const double one = duration_of({segment}, step);
                    QVERIFY(one > 0 && one <= before);
                    before = one;
                    sum += every * one;
                }
                Player player;
                player.setSegments({segment});
                QVERIFY(player.playMilliseconds() <= 90'000.001);
                if (every == 1) QVERIFY(std::abs(sum - player.playMilliseconds()) < 1);
            }
        // Small ones go as they were.
        QCOMPARE(duration_of({{Phase::accumulate, 25, Domain::output_cell, 5}}, 24), 150.0);
        QVERIFY(duration_of({{Phase::accumulate, 10000, Domain::output_cell, 100}}, 9999) < 10);
    }

    void aSkippedPhasePlaysOn() {
        Player player;
        player.setSegments(slide);
        player.setStopsAtPhases(false);
        player.play();
        player.advance(100);
        player.phaseForward();
        QVERIFY(player.isPlaying());
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.phaseBack();
        QVERIFY(player.isPlaying());
        QCOMPARE(player.moment(), (Moment{0, 0}));
        for (int i = 0; i < 5; ++i) player.phaseForward();
        QVERIFY(!player.isPlaying());
        QCOMPARE(player.moment(), (Moment{29, 0}));
    }

    void saysHowLongAPlayTakes() {
        Player player;
        player.setSegments(slide);
        QCOMPARE(player.playMilliseconds(), 1500.0);
        player.seek(3);
        QCOMPARE(player.playMilliseconds(), 5 * 600.0 + 20 * 150.0);
        player.setSpeed(2);
        QCOMPARE(player.playMilliseconds(), 3000.0);
        player.setStopsAtPhases(false);
        QCOMPARE(player.playMilliseconds(), (1500 + 1200 + 3000 + 3000 + 3000 + 1500) / 2.0);
    }

    void speedDividesTime() {
        Player player;
        player.setSegments(stamps);
        player.setSpeed(4);
        player.play();
        player.advance(1000);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.setSpeed(100);
        QCOMPARE(player.speed(), 8.0);
        player.setSpeed(0);
        QCOMPARE(player.speed(), 0.25);
    }

    void fasterAndSlowerGoThroughTheSpeeds() {
        Player player;
        player.faster();
        QCOMPARE(player.speed(), 2.0);
        for (int i = 0; i < 9; ++i) player.faster();
        QCOMPARE(player.speed(), 8.0);
        for (int i = 0; i < 9; ++i) player.slower();
        QCOMPARE(player.speed(), 0.25);
        player.setSpeed(3);
        player.slower();
        QCOMPARE(player.speed(), 2.0);
    }

    void stopsAtTheEndOfEachPhase() {
        Player player;
        player.setSegments(slide);
        QSignalSpy playing(&player, &Player::playingChanged);
        player.play();
        player.advance(60000);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        QVERIFY(!player.isPlaying());
        QCOMPARE(playing.count(), 2);
        for (const int step : {2, 3, 28}) {
            player.play();
            player.advance(60000);
            QCOMPARE(player.moment().step, step);
        }
    }

    void playsThroughWhenAskedTo() {
        Player player;
        player.setSegments(slide);
        player.setStopsAtPhases(false);
        QSignalSpy finished(&player, &Player::finished);
        player.play();
        const int all = 1500 + 1200 + 3000 + 5 * 600 + 20 * 150 + 1500;
        player.advance(all - 1);
        QVERIFY(player.isPlaying());
        QCOMPARE(player.moment(), (Moment{29, 0}));  // cropped, and looked at
        player.advance(1);
        QCOMPARE(player.moment(), (Moment{29, 0}));
        QVERIFY(!player.isPlaying());
        QCOMPARE(finished.count(), 1);
    }

    void playAtTheEndStartsOver() {
        Player player;
        player.setSegments(stamps);
        player.last();
        QSignalSpy moments(&player, &Player::momentChanged);
        player.play();
        QCOMPARE(player.moment(), (Moment{0, 0}));
        QCOMPARE(moments.count(), 1);
        QVERIFY(player.isPlaying());
    }

    void loopsAfterARest() {
        Player player;
        player.setSegments({{Phase::crop, 1}});
        player.setLoops(true);
        player.play();
        player.advance(1500);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        player.advance(1499);
        QCOMPARE(player.moment(), (Moment{1, 0}));
        QVERIFY(player.isPlaying());
        player.advance(1 + 525);
        QCOMPARE(player.moment(), (Moment{0, 0.5}));
    }

    void reducedMotionCuts() {
        Player player;
        player.setSegments(stamps);
        player.setReducedMotion(true);
        player.play();
        player.advance(3999);
        QCOMPARE(player.moment(), (Moment{0, 0}));
        player.advance(1);
        QCOMPARE(player.moment(), (Moment{1, 0}));
    }

    void stepsAndPhases() {
        Player player;
        player.setSegments(slide);
        player.stepForward();
        player.phaseForward();
        QCOMPARE(player.moment().step, 2);
        player.phaseForward();
        player.phaseForward();
        QCOMPARE(player.moment().step, 28);
        player.stepBack();
        QCOMPARE(player.moment().step, 27);
        player.phaseBack();
        QCOMPARE(player.moment().step, 3);
        player.phaseBack();
        QCOMPARE(player.moment().step, 2);
        player.last();
        QCOMPARE(player.moment().step, 29);
        player.phaseForward();
        player.stepForward();
        QCOMPARE(player.moment().step, 29);
        player.first();
        player.stepBack();
        player.phaseBack();
        QCOMPARE(player.moment().step, 0);
    }

    void steppingBackOutOfAMotionReturnsToItsBeginning() {
        Player player;
        player.setSegments(stamps);
        player.seekTo({2, 0.5});
        player.stepBack();
        QCOMPARE(player.moment(), (Moment{2, 0}));
    }

    void anyMomentCanBeSought() {
        Player player;
        player.setSegments(stamps);
        QSignalSpy moments(&player, &Player::momentChanged);
        player.play();
        player.seek(3);
        QVERIFY(!player.isPlaying());
        QCOMPARE(moments.last().first().value<Moment>(), (Moment{3, 0}));
        for (double progress = 0; progress < 1; progress += 0.07) {
            player.seekTo({1, progress});
            QCOMPARE(player.moment().step, 1);
            QVERIFY(std::abs(player.moment().progress - progress) < 1e-9);
        }
        player.seek(99);
        QCOMPARE(player.moment().step, 5);
        player.seek(-3);
        QCOMPARE(player.moment().step, 0);
    }

    void playingOnFromASoughtMomentDoesNotJump() {
        Player player;
        player.setSegments(stamps);
        player.seekTo({1, 0.3});
        player.play();
        player.advance(1);
        QVERIFY(std::abs(player.moment().progress - 0.3) < 0.01);
    }

    void newSegmentsStopAndClamp() {
        Player player;
        player.setSegments(slide);
        player.seek(20);
        player.play();
        player.setSegments(slide);
        QVERIFY(player.isPlaying());  // nothing changed
        player.setSegments(stamps);
        QVERIFY(!player.isPlaying());
        QCOMPARE(player.moment().step, 5);
    }

    void settingTheMomentIsSilent() {
        Player player;
        player.setSegments(stamps);
        QSignalSpy moments(&player, &Player::momentChanged);
        player.setMoment({2, 0});
        QCOMPARE(player.moment().step, 2);
        QCOMPARE(moments.count(), 0);
    }

    void theWindowEchoingAMomentDoesNotDisturb() {
        Player player;
        player.setSegments(stamps);
        connect(&player, &Player::momentChanged, &player, &Player::setMoment);
        player.play();
        for (int i = 0; i < 250; ++i) player.advance(16);
        QCOMPARE(player.moment(), (Moment{1, 0}));
    }

    void nothingToPlay() {
        Player player;
        player.play();
        QVERIFY(!player.isPlaying());
        player.stepForward();
        player.last();
        QCOMPARE(player.moment(), (Moment{0, 0}));
    }

    void theTimerPlays() {
        Player player;
        player.setSegments({{Phase::accumulate, 25, Domain::output_cell, 5}});
        player.setSpeed(8);
        player.play();
        QTRY_VERIFY_WITH_TIMEOUT(player.moment().step >= 2, 3000);
    }
};

QTEST_GUILESS_MAIN(TestPlayer)
#include "tst_player.moc"
