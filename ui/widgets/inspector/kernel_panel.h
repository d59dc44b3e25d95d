// SPDX-License-Identifier: MIT
// The weights of the layer in focus: presets for the kernel, and the bias of the filter shown.
#pragma once

#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QPushButton;

namespace ui::widgets {

class NumberField;
class PresetMenu;

class KernelPanel : public QWidget {
    Q_OBJECT
public:
    explicit KernelPanel(QWidget* parent = nullptr);
    /// False if the layer has no kernel: the panel then has nothing to show.
    bool show(const document::PresentedPane& shown);
    using QWidget::show;

signals:
    void weightsEdited(const engine::WeightSetting& weights, const QString& text,
                       const QString& mergeKey);
    void bracketsRequested();
    void finished();

private:
    void setRecipe(engine::WeightRecipe recipe, const QString& mergeKey);
    int presetOf(const engine::LayerSpec& spec, const engine::WeightSetting& setting,
                 const engine::Tensor& kernel) const;

    engine::WeightSetting m_setting;  ///< as last shown
    engine::Tensor m_bias;            ///< as computed with
    int m_filter = 0;
    QLabel* m_size;
    QPushButton* m_brackets;
    PresetMenu* m_presets;
    QLabel* m_biasLabel;
    QWidget* m_biasRow;
    NumberField* m_biasField;
};

}  // namespace ui::widgets
