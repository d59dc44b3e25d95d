// SPDX-License-Identifier: MIT
// The middle column: the stage, the notes of the lesson, the timeline; and the keys that play.
#pragma once

#include <utility>
#include <vector>

#include <QWidget>

#include "ui/diagram/readings.h"

class QPushButton;
class QSpacerItem;

namespace ui::widgets {

class Canvas;
class NotesBanner;
class Player;
class MessageBanner;
class TransportBar;
class WorkBanner;

class StageArea : public QWidget {
    Q_OBJECT
public:
    StageArea(Canvas* canvas, Player* player, QWidget* parent = nullptr);

    TransportBar* transport() { return m_transport; }
    NotesBanner* notes() { return m_notes; }
    MessageBanner* message() { return m_message; }
    WorkBanner* work() { return m_work; }

    /// The switches of the reading, while there is something to see of them.
    void showSwitches(const std::vector<const diagram::ReadingSwitch*>& offered,
                      const diagram::View& view);
    /// Room for the switches of a reading, offered or not, so that the picture stands still.
    void setReading(const diagram::ReadingDefinition& reading);
    /// The timeline stands only where there is something to play.
    void setPlayable(bool playable);
    /// Covers the stage (a presenter's B key); any key or click uncovers it.
    void toggleBlank();

signals:
    /// The value that it switches is to be so.
    void switched(const ui::diagram::ReadingSwitch& which, bool value);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addSwitches();
    void addKeys();
    void placeOverlays();

    QSpacerItem* m_strip;  ///< above the canvas
    Canvas* m_canvas;
    Player* m_player;
    NotesBanner* m_notes;
    MessageBanner* m_message;
    WorkBanner* m_work;
    QWidget* m_divider;
    TransportBar* m_transport;
    std::vector<std::pair<const diagram::ReadingSwitch*, QPushButton*>> m_switches;
    bool m_hasSwitches = false;  ///< the reading has some, offered or not
    QWidget* m_blank;
};

}  // namespace ui::widgets
