// SPDX-License-Identifier: MIT
// Words around what engine/formula says.
#include "ui/widgets/rail/shape_panel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "engine/layers/formula.h"
#include "engine/models/summary.h"
#include "ui/widgets/controls/formula_label.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::ShapePanel)
};

/// Where cells are cut or appended.
QString where_text(const engine::AxisFormula& formula) {
    if (formula.crop_after >= 0)
        return Words::tr(": %1 before, %2 after").arg(formula.crop_before).arg(formula.crop_after);
    if (formula.crop_before == 0) return Words::tr(": after the last");
    return Words::tr(": %1 cut before, %2 appended after")
        .arg(formula.crop_before)
        .arg(-formula.crop_after);
}

void add_axis(QVBoxLayout* column, const engine::AxisFormula& formula) {
    bool first = true;
    for (const engine::Equation& equation : formula.equations) {
        QString text = QString::fromStdString(engine::text_of(equation));
        if (equation.left.quantity == engine::Quantity::crop) text += where_text(formula);
        column->addWidget(new FormulaLabel(text, first ? TextRole::formula : TextRole::formula_soft,
                                           column->parentWidget()));
        first = false;
    }
}

/// "3 × 3 × 1 × 1 weights + 1 bias", "4 × 4 × 4 × 1 weights + 4 biases"
QString product_text(const engine::Equation& parameters) {
    QStringList words;
    bool has_bias = false;
    for (const engine::Piece& piece : parameters.symbols) {
        const QString text = QString::fromStdString(piece.text);
        if (text == QStringLiteral("+")) words << Words::tr("weights");
        words << text;
        has_bias = has_bias || piece.quantity == engine::Quantity::bias;
    }
    const bool one = !words.isEmpty() && words.last() == QStringLiteral("1");
    words << (!has_bias ? Words::tr("weights") : one ? Words::tr("bias") : Words::tr("biases"));
    return words.join(u' ');
}

QHBoxLayout* headed(QLabel* heading, QLabel* value) {
    auto* row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(value);
    return row;
}

}  // namespace

ShapePanel::ShapePanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);

    m_shape = make_label(QString(), TextRole::result, this);
    m_shape->setObjectName(QStringLiteral("output_shape"));
    m_shapeHeading = make_label(tr("Output shape"), TextRole::title, this);
    m_shapeRow = headed(m_shapeHeading, m_shape);
    column->addLayout(m_shapeRow);
    m_formulaPlace = new QVBoxLayout;
    column->addLayout(m_formulaPlace);
    column->addWidget(make_divider(this));

    m_count = make_label(QString(), TextRole::count, this);
    m_count->setObjectName(QStringLiteral("parameter_count"));
    column->addLayout(headed(make_label(tr("Parameters"), TextRole::title), m_count));
    m_product = make_label(QString(), TextRole::formula_soft, this);
    m_product->setWordWrap(true);
    column->addWidget(m_product);
    column->addStretch(1);
}

void ShapePanel::show(const document::PresentedPane& shown) {
    const engine::Geometry* geometry = shown.geometry();
    m_shape->setText(geometry != nullptr
                         ? QString::fromStdString(engine::keras_shape(geometry->output))
                         : QStringLiteral("–"));
    fit();

    delete m_formulas;
    m_formulas = new QWidget(this);
    auto* lines = new QVBoxLayout(m_formulas);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(5);
    m_formulaPlace->addWidget(m_formulas);
    m_count->setText(QStringLiteral("–"));
    m_product->setText(QString());
    if (geometry == nullptr) return;

    const engine::Formula formula = engine::explain(shown.spec(), *geometry);
    if (formula.axes_equal) {
        add_axis(lines, formula.rows);
    } else {
        lines->addWidget(make_label(tr("rows"), TextRole::note));
        add_axis(lines, formula.rows);
        lines->addSpacing(6);
        lines->addWidget(make_label(tr("columns"), TextRole::note));
        add_axis(lines, formula.columns);
    }
    m_formulas->setVisible(lines->count() > 0);

    m_count->setText(QString::fromStdString(engine::with_thousands(formula.parameters.result)));
    m_product->setText(formula.parameters.result > 0 ? product_text(formula.parameters)
                                                     : tr("nothing to learn"));
}

void ShapePanel::setRoom(int width) {
    m_room = width;
    fit();
}

void ShapePanel::fit() {
    const QString heading = m_shapeHeading->text();
    const int beside = m_shapeHeading->fontMetrics().horizontalAdvance(heading) +
                       m_shapeRow->spacing() + m_shape->sizeHint().width();
    m_shapeRow->setDirection(m_room == 0 || beside <= m_room ? QBoxLayout::LeftToRight
                                                             : QBoxLayout::TopToBottom);
}

}  // namespace ui::widgets
