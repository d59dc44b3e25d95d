// SPDX-License-Identifier: MIT
// Two pages, each scrolling by itself.
#include "ui/widgets/rail.h"

#include <algorithm>

#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/widgets/segmented.h"
#include "ui/widgets/shape_panel.h"
#include "ui/widgets/style.h"

namespace ui::widgets {

namespace {

QScrollArea* scrolling(QWidget* page) {
    auto* content = new QWidget;
    set_ground(content, Ground::panel);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(18, 8, 18, 16);
    column->addWidget(page);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    QScrollBar* bar = area->verticalScrollBar();
    QObject::connect(bar, &QScrollBar::rangeChanged, column, [bar, column](int, int most) {
        column->setContentsMargins(18, 8, most > 0 ? std::max(18 - bar->sizeHint().width(), 2) : 18,
                                   16);
    });
    return area;
}

}  // namespace

Rail::Rail(const std::vector<ModelPreset>& presets, QWidget* parent) : QWidget(parent) {
    set_ground(this, Ground::panel);
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Shape and model"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 16, 0, 0);  // the border on the left
    column->setSpacing(8);
    m_tabs = new Segmented({tr("Shape"), tr("Model")}, this);
    m_tabs->setObjectName(QStringLiteral("rail_tabs"));
    auto* tabs = new QVBoxLayout;
    tabs->setContentsMargins(16, 0, 16, 0);
    tabs->addWidget(m_tabs);
    column->addLayout(tabs);
    m_shape = new ShapePanel;
    m_model = new ModelPanel(presets);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(scrolling(m_shape));
    m_pages->addWidget(scrolling(m_model));
    column->addWidget(m_pages, 1);

    connect(m_tabs, &Segmented::chosen, this, &Rail::choose);
    connect(m_model, &ModelPanel::layerChosen, this, &Rail::layerChosen);
    connect(m_model, &ModelPanel::presetChosen, this, &Rail::presetChosen);
    connect(m_model, &ModelPanel::layersEdited, this, &Rail::layersEdited);
    choose(0);
}

void Rail::choose(int page) {
    m_tabs->show(page);
    m_pages->setCurrentIndex(page);
}

void Rail::showModel() { choose(1); }

void Rail::show(const Shown& shown) {
    m_shape->show(shown);
    m_model->show(shown);
}

}  // namespace ui::widgets
