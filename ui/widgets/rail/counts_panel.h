// SPDX-License-Identifier: MIT
// What a layer counts up to: parameters, multiply-adds in both readings, and how far a cell
// reaches.
#pragma once

#include <vector>

#include <QWidget>

#include "engine/layers/formula.h"
#include "ui/document/present.h"

class QLabel;

namespace ui::widgets {

class FormulaLabel;
class KeyList;

class CountsPanel : public QWidget {
    Q_OBJECT
public:
    explicit CountsPanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;

signals:
    void pointedAt(const ui::diagram::Pointed& pointed);

private:
    /// A product whose factors light what they count, and the words before it.
    struct Product {
        QLabel* what = nullptr;
        FormulaLabel* formula = nullptr;
        std::vector<diagram::Pointed> factors = {};
    };
    void make(Product& product, const QString& name);
    void showProduct(Product& product, const engine::Equation& equation,
                     const engine::Geometry& geometry);
    void showParameters(const document::PresentedPane& shown, const engine::Geometry& geometry);
    void showCounts(const document::PresentedPane& shown, const engine::Geometry& geometry);

    QLabel* m_parameters;
    QLabel* m_nothing;
    Product m_product;
    QWidget* m_work;  ///< what only layers with a kernel have
    QLabel* m_multiplyAdds;
    Product m_fromInputs, m_fromOutputs;
    QLabel* m_why;
    QLabel* m_reach;
    KeyList* m_keys;
};

}  // namespace ui::widgets
