// SPDX-License-Identifier: MIT
// The top row: name, menus, the lesson's title, the reading, undo, redo, export.
#pragma once

#include <vector>

#include <QWidget>

#include "ui/diagram/readings.h"

class QAction;
class QLabel;
class QMenuBar;
class QPushButton;

namespace ui::widgets {

class Segmented;

/// Buttons that stand for actions of the menus.
struct HeaderActions {
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    QAction* export_picture = nullptr;
    QAction* inspector = nullptr;
    QAction* rail = nullptr;
};

class Header : public QWidget {
    Q_OBJECT
public:
    Header(QMenuBar* menus, const HeaderActions& actions, QWidget* parent = nullptr);

    /// `choice`: the readings of the layer in focus, empty where there is nothing to choose.
    void show(const QString& title, const std::vector<const diagram::ReadingDefinition*>& choice,
              engine::Reading reading);
    using QWidget::show;
    /// Buttons that bring folded columns beside the stage.
    void setFolded(bool inspector, bool rail);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void readingChosen(engine::Reading reading);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What is given up where room is short, and in how many rows the rest stands.
    struct Plan {
        bool one_row, name, history;
        bool buttons_above = true;  ///< of two rows
        bool exports = true;        ///< else left to the menu, as undo and redo are
    };
    struct Widths;

    QPushButton* addButton(QAction* action);
    Widths widths() const;
    static int buttonsWidth(const Plan& plan, const Widths& widths);
    Plan planFor(int width, const Widths& widths) const;
    int place(int width, bool apply) const;  ///< the height needed
    void placeAgain();
    bool isHistory(const QPushButton* button) const;

    QLabel* m_name;
    QMenuBar* m_menus;
    QLabel* m_title;
    QString m_fullTitle;
    Segmented* m_readings;
    std::vector<const diagram::ReadingDefinition*> m_choice;  ///< what its buttons mean
    std::vector<QPushButton*> m_buttons;
    QPushButton* m_undo;
    QPushButton* m_redo;
    QPushButton* m_export;
    QPushButton* m_inspector;
    QPushButton* m_rail;
    bool m_placing = false;
};

}  // namespace ui::widgets
