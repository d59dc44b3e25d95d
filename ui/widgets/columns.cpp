// SPDX-License-Identifier: MIT
// Widths follow the window's, which is known before this body has been laid out in it.
#include "ui/widgets/columns.h"

#include <algorithm>

#include <QHBoxLayout>

#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/stage_area.h"

namespace ui::widgets {

namespace {

// Of the design, at normal text.
constexpr int inspector_width = 288;
constexpr int rail_width = 320;
constexpr int least_stage = 420;  // beside a column with large text
constexpr int stage_among_three = 600;
constexpr int stage_among_two = 720;

}  // namespace

Columns::Columns(QWidget* inspector, StageArea* stage, Rail* rail, QWidget* parent)
    : QWidget(parent), m_inspector(inspector), m_stage(stage), m_rail(rail) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_inspector);
    row->addWidget(m_stage, 1);
    row->addWidget(m_rail);
}

void Columns::showInspector(bool shown) {
    m_shown.inspector = shown;
    if (m_shown.rail_folds && shown) m_shown.rail = false;
    if (!m_shown.inspector_folds) m_inspectorHidden = !shown;
    arrange();
}

void Columns::showRail(bool shown) {
    m_shown.rail = shown;
    if (!m_shown.rail_folds) m_railHidden = !shown;
    // What it took the place of comes back.
    if (m_shown.rail_folds)
        m_shown.inspector = !shown && !m_shown.inspector_folds && !m_inspectorHidden;
    arrange();
}

void Columns::arrange() {
    const int whole = window()->width();
    const int widest = whole - least_stage;
    const int inspector = std::min(scaled(inspector_width), std::max(inspector_width, widest));
    const int rail = std::min(scaled(rail_width), std::max(rail_width, widest));
    m_inspector->setFixedWidth(inspector);
    m_rail->setFixedWidth(rail);

    const bool rail_folds = whole < inspector + scaled(stage_among_three) + rail;
    const bool inspector_folds = whole < inspector + scaled(stage_among_two);
    if (rail_folds != m_shown.rail_folds) m_shown.rail = !rail_folds;
    if (inspector_folds != m_shown.inspector_folds) m_shown.inspector = !inspector_folds;
    m_shown.rail_folds = rail_folds;
    m_shown.inspector_folds = inspector_folds;
    if (!rail_folds) m_shown.rail = !m_railHidden;
    if (!inspector_folds) m_shown.inspector = !m_inspectorHidden && !isRailUnfolded();

    m_inspector->setVisible(m_shown.inspector);
    m_rail->setVisible(m_shown.rail);
    m_rail->setClosable(rail_folds);
    emit arranged(m_shown);
}

void Columns::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace ui::widgets
