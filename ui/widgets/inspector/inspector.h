// SPDX-License-Identifier: MIT
// The left column: layer, input, arguments and weights, from top to bottom.
#pragma once

#include <memory>

#include <QScrollArea>

#include "ui/document/present.h"

namespace ui::widgets {

class InputPanel;
class KernelPanel;
class LayerPanel;
class MorePanel;
class Segmented;
class SteadyColumn;

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);
    ~Inspector() override;
    void show(const document::PresentedPane& shown);
    /// Is the problem of a pane said here, beside its cause?
    bool says(const document::PresentedPane& shown) const;
    using QWidget::show;
    /// The choice of the side that is worked on; only where two are compared.
    void showSides(int count, int chosen);
    /// Begins with a lesson: opens "More" for one that uses what is in it, closes it for one that
    /// does not, and closes the chains of its pairs.
    void openFor(const engine::Lesson& lesson, int focus);

signals:
    void sideChosen(int side);
    void weightsRequested();  ///< in their brackets
    void specEdited(const engine::LayerSpec& spec, const QString& argument);
    void inputEdited(const engine::Tensor& input, const QString& text, const QString& mergeKey);
    void weightsEdited(const engine::WeightSetting& weights, const QString& text,
                       const QString& mergeKey);
    void lookedAt(int filter, int channel);
    void finished();

protected:
    void leaveEvent(QEvent* event) override;

private:
    std::unique_ptr<SteadyColumn> m_column;
    Segmented* m_sides;
    LayerPanel* m_layer;
    InputPanel* m_input;
    QWidget* m_kernelDivider;
    KernelPanel* m_kernel;
    QWidget* m_moreDivider;
    MorePanel* m_more;
};

}  // namespace ui::widgets
