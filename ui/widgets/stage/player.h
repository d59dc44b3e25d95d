// SPDX-License-Identifier: MIT
// The clock: turns time into moments of a trace. Knows no picture.
#pragma once

#include <memory>

#include <QObject>

#include "engine/lessons/timeline.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

class Player : public QObject {
    Q_OBJECT
public:
    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    /// What is played: the segments of the current timeline. Playing stops when they change.
    void setSegments(const std::vector<engine::Segment>& segments);
    /// Where we are (after an edit, a scrub, undo). Emits nothing.
    void setMoment(diagram::Moment moment);
    diagram::Moment moment() const;
    int stepCount() const;
    bool isPlaying() const;
    double speed() const;                        ///< one of speeds() or between them
    static const std::vector<double>& speeds();  ///< 0.25 to 8
    bool stopsAtPhases() const;                  ///< default on
    bool loops() const;                          ///< after a rest on the last picture, starts over
    bool reducedMotion() const;                  ///< steps cut instead of moving

    /// What playing takes at the present speed: all of the phase that it would play now, or all
    /// phases where it does not stop after each.
    double playMilliseconds() const;
    double longestPlayMilliseconds() const;  ///< that it takes from wherever one may be

    /// Lets `ms` milliseconds pass. The timer calls it while playing; tests call it instead of
    /// waiting.
    void advance(int ms);

public slots:
    void play();  ///< from the last step: starts over
    void pause();
    void toggle();
    void stepForward();
    void stepBack();      ///< out of the middle of a step: to its beginning
    void phaseForward();  ///< plays on if it is playing
    void phaseBack();
    void first();
    void last();
    void seek(int step);
    void seekTo(ui::diagram::Moment moment);
    void setSpeed(double speed);
    void faster();
    void slower();
    void setStopsAtPhases(bool on);
    void setLoops(bool on);
    void setReducedMotion(bool on);

signals:
    void momentChanged(ui::diagram::Moment moment);
    void playingChanged(bool playing);
    void speedChanged(double speed);
    void stopsAtPhasesChanged(bool on);
    void loopsChanged(bool on);
    void finished();  ///< the last step was reached while playing

private:
    void skipTo(int step);

    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace ui::widgets
