// SPDX-License-Identifier: MIT
// The output shape and how it comes about, the same size elsewhere and otherwise, and what the
// layer counts up to.
#pragma once

#include <optional>

#include <QWidget>

#include "ui/document/present.h"
#include "ui/widgets/rail/design_panel.h"

class QLabel;
class QBoxLayout;
class QVBoxLayout;

namespace ui::widgets {

class CountsPanel;
class FormulaBlock;
class IconButton;
class LedgerPanel;

class ShapePanel : public QWidget {
    Q_OBJECT
public:
    explicit ShapePanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;
    /// A long shape in large text stands below its heading.
    void setRoom(int width);

signals:
    /// A term or a factor of a formula, by pointer or keyboard; nothing of it: at none any more.
    void pointedAt(const ui::diagram::Pointed& pointed);
    // LedgerPanel's and DesignPanel's.
    void layOverRequested(const std::optional<ui::diagram::OtherCrop>& other);
    void caseChosen(engine::Size2D kernel_size, engine::Size2D strides);
    void wayTaken(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& layers);
    void waysCompared(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& first,
                      const std::vector<engine::LayerSpec>& second);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();
    void openCopyMenu();
    void makeRest();
    void showRest();

    int m_room = 0;  ///< 0: not known yet
    QBoxLayout* m_shapeRow;
    QLabel* m_shapeHeading;
    QLabel* m_shape;
    IconButton* m_copy;
    FormulaBlock* m_formula;
    QLabel* m_direction;  ///< which way the strides go
    // Made when the panel has been seen: the first frame does not wait for them.
    QVBoxLayout* m_column;
    LedgerPanel* m_ledger = nullptr;
    DesignPanel* m_design = nullptr;
    CountsPanel* m_counts = nullptr;
    std::optional<document::PresentedPane> m_shown;  ///< until then
};

}  // namespace ui::widgets
