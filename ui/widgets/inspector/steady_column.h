// SPDX-License-Identifier: MIT
// A scrolling column in which nothing moves under the mouse: parts above the control that is worked
// may grow and shrink, and it stays where it is.
#pragma once

#include <functional>
#include <vector>

class QScrollArea;
class QSpacerItem;
class QVBoxLayout;
class QWidget;

namespace ui::widgets {

/// Room that a part gave up is kept as a gap, as long as the mouse is there to need it.
class SteadyColumn {
public:
    SteadyColumn(QScrollArea* area, QVBoxLayout* column);
    void add(QWidget* part);
    /// Below all parts: takes the height that is left over.
    void end();

    /// `change` shows other values in the parts. The control under the mouse, else the one that has
    /// the keyboard, is afterwards where it was.
    void keepStill(const std::function<void()>& change);
    /// Nobody is working here: gaps close.
    void letGo();

private:
    QWidget* held() const;
    int topOf(const QWidget* control) const;
    void moveBack(const QWidget* control, int moved);
    QSpacerItem* gapAbove(const QWidget* control) const;
    void resize(QSpacerItem* gap, int height);
    void place();

    struct Part {
        QWidget* widget;
        QSpacerItem* gap;
    };
    QScrollArea* m_area;
    QVBoxLayout* m_column;
    std::vector<Part> m_parts;
    QSpacerItem* m_bottom = nullptr;
};

}  // namespace ui::widgets
