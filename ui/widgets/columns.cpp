// SPDX-License-Identifier: MIT
// Widths follow the window's, which is known before this body has been laid out in it.
#include "ui/widgets/columns.h"

#include <algorithm>

#include <QEvent>
#include <QHBoxLayout>

#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/stage_area.h"
#include "ui/widgets/stage/transport_bar.h"

namespace ui::widgets {

Columns::Columns(QWidget* inspector, StageArea* stage, Rail* rail, QWidget* parent)
    : QWidget(parent),
      m_inspector(inspector),
      m_stage(stage),
      m_rail(rail),
      m_row(new QHBoxLayout(this)) {
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    m_row->addWidget(m_inspector);
    m_row->addWidget(m_stage, 1);
    m_row->addWidget(m_rail);
    m_stage->transport()->installEventFilter(this);
}

void Columns::showRail(bool shown) {
    if (isNarrow())
        m_railOver = shown;
    else
        m_railHidden = !shown;
    arrange();
}

bool Columns::isNarrow() const {
    const int width = window()->width();
    return width < 1200 || width - 2 * scaled(300) < 560;
}

void Columns::arrange() {
    const int whole = window()->width();
    const bool narrow = isNarrow();
    const int wanted = scaled(288);
    m_inspector->setFixedWidth(std::min(wanted, std::max(288, whole * 39 / 100)));
    // Over the stage it may be wider than beside it.
    const int widest = narrow ? width() * 5 / 8 : whole * 2 / 5;
    const int rail_width = std::min(scaled(320), std::max(320, widest));
    m_rail->setFixedWidth(rail_width);
    const bool in_row = m_row->indexOf(m_rail) >= 0;
    if (narrow && in_row) m_row->removeWidget(m_rail);
    if (!narrow && !in_row) m_row->addWidget(m_rail);
    if (!narrow) m_railOver = false;
    const bool shown = narrow ? m_railOver : !m_railHidden;
    m_rail->setVisible(shown);
    m_rail->setOverStage(narrow);
    placeRailOverStage();
    emit arranged(narrow, shown);
}

/// Down to the timeline, which stays in reach.
void Columns::placeRailOverStage() {
    if (!m_railOver) return;
    const int left = isRightToLeft() ? 0 : width() - m_rail->width();
    const QWidget* timeline = m_stage->transport();
    m_rail->setGeometry(left, 0, m_rail->width(),
                        height() - (timeline->isVisible() ? timeline->height() : 0));
    m_rail->raise();
}

void Columns::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

/// The timeline is resized while the columns are laid out, after this body was.
bool Columns::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) placeRailOverStage();
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui::widgets
