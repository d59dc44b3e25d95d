// SPDX-License-Identifier: MIT
// Two pages, each scrolling by itself.
#include "ui/widgets/rail/rail.h"

#include <algorithm>

#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/shape_panel.h"

namespace ui::widgets {

namespace {

QScrollArea* scrolling(QWidget* page) {
    auto* area = new QScrollArea;
    auto* content = new QWidget;
    area->setWidget(content);  // while it is empty, as it is measured now
    set_ground(content, Ground::panel);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(18, 8, 18, 16);
    column->addWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QScrollBar* bar = area->verticalScrollBar();
    QObject::connect(bar, &QScrollBar::rangeChanged, column, [bar, column](int, int most) {
        column->setContentsMargins(18, 8, most > 0 ? std::max(18 - bar->sizeHint().width(), 2) : 18,
                                   16);
    });
    return area;
}

}  // namespace

Rail::Rail(const std::vector<ModelPreset>& presets, QWidget* parent)
    : QWidget(parent), m_presets(presets) {
    set_ground(this, Ground::panel);
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Shape and model"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 16, 0, 0);  // the border on the left
    column->setSpacing(8);
    m_tabs = new Segmented({tr("Shape"), tr("Model")}, this);
    m_tabs->setObjectName(QStringLiteral("rail_tabs"));
    m_close = make_close_button(tr("Close shape and model"), this);
    m_close->setObjectName(QStringLiteral("close_rail"));
    m_close->hide();
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(16, 0, 16, 0);
    tabs->addWidget(m_tabs, 1);
    tabs->addWidget(m_close);
    column->addLayout(tabs);
    m_shape = new ShapePanel;
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(scrolling(m_shape));
    column->addWidget(m_pages, 1);

    connect(m_tabs, &Segmented::chosen, this, &Rail::choose);
    connect(m_shape, &ShapePanel::pointedAt, this, &Rail::pointedAt);
    connect(m_shape, &ShapePanel::layOverRequested, this, &Rail::layOverRequested);
    connect(m_shape, &ShapePanel::caseChosen, this, &Rail::caseChosen);
    connect(m_shape, &ShapePanel::wayTaken, this, &Rail::wayTaken);
    connect(m_shape, &ShapePanel::waysCompared, this, &Rail::waysCompared);
    connect(m_close, &QPushButton::clicked, this, &Rail::closeRequested);
    choose(0);
}

/// Whether it scrolls or not: what depended on that would never come to rest.
void Rail::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_shape->setRoom(width() - 2 * 18 - 2);
}

void Rail::setClosable(bool closable) { m_close->setVisible(closable); }

void Rail::setSummaryStyle(engine::SummaryStyle style) {
    m_style = style;
    if (m_model != nullptr) m_model->setSummaryStyle(style);
}

void Rail::makeModelPage() {
    m_model = new ModelPanel(m_presets);
    m_model->setSummaryStyle(m_style);
    if (m_shown) m_model->show(*m_shown);
    m_pages->addWidget(scrolling(m_model));
    connect(m_model, &ModelPanel::layerChosen, this, &Rail::layerChosen);
    connect(m_model, &ModelPanel::presetChosen, this, &Rail::presetChosen);
    connect(m_model, &ModelPanel::layersEdited, this, &Rail::layersEdited);
    connect(m_model, &ModelPanel::summaryStyleChosen, this, &Rail::summaryStyleChosen);
}

void Rail::choose(int page) {
    if (page == 1 && m_model == nullptr) makeModelPage();
    m_tabs->show(page);
    m_pages->setCurrentIndex(page);
}

void Rail::show(const document::PresentedPane& shown) {
    m_shown = shown;
    m_shape->show(shown);
    if (m_model != nullptr) m_model->show(shown);
}

}  // namespace ui::widgets
