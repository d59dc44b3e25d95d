// SPDX-License-Identifier: MIT
// The output shape and how it comes about, and the parameters as a product.
#pragma once

#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QBoxLayout;
class QVBoxLayout;

namespace ui::widgets {

class ShapePanel : public QWidget {
    Q_OBJECT
public:
    explicit ShapePanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;
    /// A long shape in large text stands below its heading.
    void setRoom(int width);

private:
    void fit();

    int m_room = 0;  ///< 0: not known yet
    QBoxLayout* m_shapeRow;
    QLabel* m_shapeHeading;
    QLabel* m_shape;
    QWidget* m_formulas = nullptr;  ///< made anew for every setting
    QVBoxLayout* m_formulaPlace;
    QLabel* m_count;
    QLabel* m_product;
};

}  // namespace ui::widgets
