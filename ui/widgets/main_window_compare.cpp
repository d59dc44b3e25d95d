// SPDX-License-Identifier: MIT
// Two lessons beside each other: which of them is worked on, and how a comparison begins and ends.
#include <algorithm>

#include "engine/lessons/comparison.h"
#include "ui/widgets/inspector/inspector.h"
#include "ui/widgets/main_menu.h"
#include "ui/widgets/main_window.h"

namespace ui::widgets {

int MainWindow::side() const {
    return std::min(m_side, static_cast<int>(m_presenter->presented().panes.size()) - 1);
}

void MainWindow::chooseSide(int side) {
    if (side == this->side()) return;
    m_side = side;
    showPanels();
    showProblem();
}

void MainWindow::connectComparison() {
    connect(m_inspector, &Inspector::sideChosen, this, &MainWindow::chooseSide);
    connect(m_canvas, &Canvas::currentCellChanged, this, [this](const auto& cell) {
        if (cell && isAnythingOpen()) chooseSide(cell->grid.pane);
    });
    connect(m_menu, &MainMenu::comparisonRequested, this, &MainWindow::startComparison);
    connect(m_menu, &MainMenu::swapRequested, this, [this] {
        editWhole(engine::with_sides_swapped(m_document->lesson()), tr("Swap sides"));
    });
    connect(m_menu, &MainMenu::comparisonEnded, this, [this] {
        m_side = 0;
        editWhole(engine::with_against(m_document->lesson(), {}), tr("Stop comparing"));
    });
}

/// With itself at first: what is then changed is what differs.
void MainWindow::startComparison() {
    const engine::Lesson& lesson = m_document->lesson();
    if (!lesson.against.empty()) return;
    m_side = 1;
    editWhole(engine::with_against(lesson, lesson.layers), tr("Compare"));
}

}  // namespace ui::widgets
