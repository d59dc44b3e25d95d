// SPDX-License-Identifier: MIT
// The top row: name, menus, the lesson's title, the reading, undo, redo, export.
#pragma once

#include <optional>

#include <QWidget>

#include "engine/trace.h"

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
    QAction* rail = nullptr;
};

class Header : public QWidget {
    Q_OBJECT
public:
    Header(QMenuBar* menus, const HeaderActions& actions, QWidget* parent = nullptr);

    /// No reading: the layer in focus has only one, or none.
    void show(const QString& title, std::optional<engine::Reading> reading);
    using QWidget::show;
    /// The button that brings the folded rail over the stage.
    void setRailFolded(bool folded);

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
    QPushButton* addButton(QAction* action);
    int place(int width, bool apply) const;  ///< the height needed
    void placeAgain();
    bool isHistory(const QPushButton* button) const;

    QLabel* m_name;
    QMenuBar* m_menus;
    QLabel* m_title;
    QString m_fullTitle;
    Segmented* m_readings;
    std::vector<QPushButton*> m_buttons;
    QPushButton* m_undo;
    QPushButton* m_redo;
    QPushButton* m_rail;
    bool m_placing = false;
};

}  // namespace ui::widgets
