// SPDX-License-Identifier: MIT
// The body of the window: inspector, stage and rail side by side; the rail comes over the stage
// where room is short.
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace ui::widgets {

class Rail;
class StageArea;

class Columns : public QWidget {
    Q_OBJECT
public:
    Columns(QWidget* inspector, StageArea* stage, Rail* rail, QWidget* parent = nullptr);

    void showRail(bool shown);
    bool isRailOver() const { return m_railOver; }
    /// Gives each column its width, for the window's size and the size of text.
    void arrange();

signals:
    void arranged(bool railFolded, bool railShown);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isNarrow() const;
    void placeRailOverStage();

    QWidget* m_inspector;
    StageArea* m_stage;
    Rail* m_rail;
    QHBoxLayout* m_row;
    bool m_railOver = false;    ///< the folded rail lies over the stage
    bool m_railHidden = false;  ///< put away although there is room
};

}  // namespace ui::widgets
