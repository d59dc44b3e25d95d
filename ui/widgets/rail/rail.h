// SPDX-License-Identifier: MIT
// The right column: the shape of the layer in focus, or the model it is part of.
#pragma once

#include <optional>
#include <vector>

#include <QWidget>

#include "ui/document/present.h"
#include "ui/widgets/rail/design_panel.h"
#include "ui/widgets/rail/model_panel.h"

class QPushButton;
class QStackedWidget;

namespace ui::widgets {

class Segmented;
class ShapePanel;

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(const std::vector<ModelPreset>& presets, QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;
    /// Where it took another column's place it can be closed.
    void setClosable(bool closable);
    void setSummaryStyle(engine::SummaryStyle style);

signals:
    void closeRequested();
    void pointedAt(const ui::diagram::Pointed& pointed);
    // ShapePanel's.
    void layOverRequested(const std::optional<ui::diagram::OtherCrop>& other);
    void caseChosen(engine::Size2D kernel_size, engine::Size2D strides);
    void wayTaken(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& layers);
    void waysCompared(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& first,
                      const std::vector<engine::LayerSpec>& second);
    // ModelPanel's.
    void layerChosen(int index);
    void presetChosen(const QString& lesson);
    void layersEdited(const std::vector<engine::Layer>& layers, int focus, const QString& text);
    void summaryStyleChosen(engine::SummaryStyle style);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose(int page);
    void makeModelPage();

    std::vector<ModelPreset> m_presets;
    std::optional<document::PresentedPane> m_shown;  ///< for the page made later, as is the style
    engine::SummaryStyle m_style = engine::SummaryStyle::keras_2_2;
    Segmented* m_tabs;
    QPushButton* m_close;
    QStackedWidget* m_pages;
    ShapePanel* m_shape;
    ModelPanel* m_model = nullptr;  ///< made when first chosen
};

}  // namespace ui::widgets
