// SPDX-License-Identifier: MIT
// The output shape and how it comes about, and what the layer counts up to.
#pragma once

#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QBoxLayout;

namespace ui::widgets {

class CountsPanel;
class FormulaBlock;
class IconButton;

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

private:
    void fit();
    void openCopyMenu();

    int m_room = 0;  ///< 0: not known yet
    QBoxLayout* m_shapeRow;
    QLabel* m_shapeHeading;
    QLabel* m_shape;
    IconButton* m_copy;
    FormulaBlock* m_formula;
    CountsPanel* m_counts;
};

}  // namespace ui::widgets
