// SPDX-License-Identifier: MIT
// How a layer's size comes about, line by line, once for both axes or for each.
#pragma once

#include <vector>

#include <QWidget>

#include "engine/layers/formula.h"
#include "ui/diagram/view.h"
#include "ui/words/size_words.h"

class QLabel;
class QVBoxLayout;

namespace ui::widgets {

class FormulaLabel;
class KeyList;

class FormulaBlock : public QWidget {
    Q_OBJECT
public:
    explicit FormulaBlock(QWidget* parent = nullptr);
    void show(const engine::LayerSpec& spec, const engine::Geometry& geometry);
    using QWidget::show;
    /// All lines, for the clipboard.
    QString text() const;
    QString latex() const;

signals:
    void pointedAt(const ui::diagram::Pointed& pointed);

private:
    struct Line {
        FormulaLabel* formula;
        std::vector<diagram::Pointed> terms = {};
    };
    /// The lines of an axis, or of both; the first ones are shown.
    struct Lines {
        QLabel* heading = nullptr;
        QVBoxLayout* column = nullptr;
        std::vector<Line> lines = {};
        std::size_t count = 0;
    };
    void make(Lines& lines, const QString& name);
    Line& line(Lines& lines, std::size_t index);
    void showAxis(Lines& lines, const engine::LayerSpec& spec, const engine::AxisFormula& formula,
                  const engine::Axis& axis, words::Along along);

    Lines m_rows, m_columns;
    QString m_latex;
    KeyList* m_keys;
};

}  // namespace ui::widgets
