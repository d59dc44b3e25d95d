// SPDX-License-Identifier: MIT
// The clock: turns time into moments of a trace. Knows no picture.
#pragma once

#include <QObject>
#include <QVariantAnimation>

#include "engine/trace.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

class Player : public QObject {
    Q_OBJECT
public:
    explicit Player(QObject* parent = nullptr);

    /// What is played: the segments of the current trace. Playing stops when they change.
    void setSegments(const std::vector<engine::Segment>& segments, engine::Reading reading);
    /// Where we are (after an edit, a scrub, undo). Emits nothing.
    void setMoment(diagram::Moment moment);
    diagram::Moment moment() const;
    bool isPlaying() const;
    double speed() const;        ///< 0.25 to 8
    bool stopsAtPhases() const;  ///< default on
    bool loops() const;
    bool reducedMotion() const;  ///< steps cut instead of moving

    /// Milliseconds from step to step + 1 at speed 1: the first stamp about 4 s, the next 1.5 s, …
    static int durationOf(const std::vector<engine::Segment>& segments, engine::Reading reading,
                          int step, int rowLength);
    void setRowLength(int cells);  ///< output cells in a row: the first row of a slide plays slower

public slots:
    void play();
    void pause();
    void toggle();
    void stepForward();
    void stepBack();
    void phaseForward();
    void phaseBack();
    void first();
    void last();
    void seek(int step);
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
    void finished();  ///< the last step was reached while playing

private:
    struct Private;
    Private* d;
};

}  // namespace ui::widgets
