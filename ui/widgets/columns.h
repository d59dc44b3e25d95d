// SPDX-License-Identifier: MIT
// The body of the window: inspector, stage and rail side by side. Where room is short a column
// folds, and takes room beside the stage when it is asked for, one at a time; nothing ever lies
// over the stage.
#pragma once

#include <QWidget>

namespace ui::widgets {

class Rail;
class StageArea;

/// What stands beside the stage.
struct ColumnsShown {
    bool inspector = true;
    bool rail = true;
    bool inspector_folds = false;  ///< there is no room for it unless it is asked for
    bool rail_folds = false;
    bool operator==(const ColumnsShown&) const = default;
};

class Columns : public QWidget {
    Q_OBJECT
public:
    Columns(QWidget* inspector, StageArea* stage, Rail* rail, QWidget* parent = nullptr);

    void showInspector(bool shown);
    void showRail(bool shown);
    /// The rail has taken the place of another column, or room from the stage.
    bool isRailUnfolded() const { return m_shown.rail_folds && m_shown.rail; }
    /// Gives each column its width, for the window's size and the size of text.
    void arrange();

signals:
    void arranged(const ui::widgets::ColumnsShown& shown);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* m_inspector;
    StageArea* m_stage;
    Rail* m_rail;
    ColumnsShown m_shown;
    bool m_inspectorHidden = false;  ///< put away although there is room
    bool m_railHidden = false;
};

}  // namespace ui::widgets
