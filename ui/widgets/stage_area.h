// SPDX-License-Identifier: MIT
// The middle column: the stage, the notes of the lesson, the timeline; and the keys that play.
#pragma once

#include <QWidget>

class QPushButton;

namespace ui::widgets {

class Canvas;
class NotesBanner;
class Player;
class ProblemBanner;
class TransportBar;
class WorkBanner;

class StageArea : public QWidget {
    Q_OBJECT
public:
    StageArea(Canvas* canvas, Player* player, QWidget* parent = nullptr);

    TransportBar* transport() { return m_transport; }
    NotesBanner* notes() { return m_notes; }
    ProblemBanner* problem() { return m_problem; }
    WorkBanner* work() { return m_work; }

    /// The switch that shows what happens without the turn, while there is something to see of it.
    void showTurnSwitch(bool offered, bool turned);
    /// The timeline stands only where there is something to play.
    void setPlayable(bool playable);
    /// Covers the stage (a presenter's B key); any key or click uncovers it.
    void toggleBlank();

signals:
    void turnChosen(bool turned);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addKeys();
    void placeOverlays();

    Canvas* m_canvas;
    Player* m_player;
    NotesBanner* m_notes;
    ProblemBanner* m_problem;
    WorkBanner* m_work;
    QWidget* m_divider;
    TransportBar* m_transport;
    QPushButton* m_turn;
    QWidget* m_blank;
};

}  // namespace ui::widgets
