// SPDX-License-Identifier: MIT
// The right column: the shape of the layer in focus, or the model it is part of.
#pragma once

#include <QWidget>

#include "ui/widgets/model_panel.h"

class QScrollArea;
class QStackedWidget;

namespace ui::widgets {

class Segmented;
class ShapePanel;

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(const std::vector<ModelPreset>& presets, QWidget* parent = nullptr);
    void show(const Shown& shown);
    using QWidget::show;
    void showModel();  ///< brings the list of layers to the front

signals:
    void layerChosen(int index);
    void presetChosen(const QString& lesson);
    void layersEdited(const std::vector<engine::Layer>& layers, int focus, const QString& text);

private:
    void choose(int page);

    Segmented* m_tabs;
    QStackedWidget* m_pages;
    ShapePanel* m_shape;
    ModelPanel* m_model;
};

}  // namespace ui::widgets
