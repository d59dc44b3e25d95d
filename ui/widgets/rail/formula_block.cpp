// SPDX-License-Identifier: MIT
// Lines are kept and shown anew: the keyboard may be in one of them.
#include "ui/widgets/rail/formula_block.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/controls/key_list.h"
#include "ui/widgets/rail/lit_terms.h"

namespace ui::widgets {

using words::Along;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::ShapePanel)
};

/// Where cells are cut or appended: ": 0 before, 1 after".
QString where_text(const engine::AxisFormula& formula) {
    if (formula.crop_after >= 0)
        return Words::tr(": %1 before, %2 after").arg(formula.crop_before).arg(formula.crop_after);
    if (formula.crop_before == 0) return Words::tr(": after the last");
    return Words::tr(": %1 cut before, %2 appended after")
        .arg(formula.crop_before)
        .arg(-formula.crop_after);
}

}  // namespace

FormulaBlock::FormulaBlock(QWidget* parent) : QWidget(parent), m_keys(new KeyList(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    make(m_rows, QStringLiteral("rows"));
    make(m_columns, QStringLiteral("columns"));
}

void FormulaBlock::make(Lines& lines, const QString& name) {
    lines.column = new QVBoxLayout;
    lines.column->setSpacing(5);
    lines.heading = make_label(QString(), TextRole::note, this);
    lines.heading->setObjectName(name);
    lines.column->addWidget(lines.heading);
    static_cast<QVBoxLayout*>(layout())->addLayout(lines.column);
}

FormulaBlock::Line& FormulaBlock::line(Lines& lines, std::size_t index) {
    while (lines.lines.size() <= index) {
        // The rule of the size matters, the lines that explain it are quieter.
        const std::size_t place = lines.lines.size();
        auto* formula =
            new FormulaLabel(place == 0 ? TextRole::formula : TextRole::formula_soft, this);
        formula->setObjectName(
            QStringLiteral("formula_%1_%2").arg(lines.heading->objectName()).arg(place));
        lines.column->addWidget(formula);
        connect(formula, &FormulaLabel::pointed, this, [this, &lines, place](int term) {
            const auto& terms = lines.lines[place].terms;
            emit pointedAt(term < 0 ? diagram::Pointed() : terms[static_cast<std::size_t>(term)]);
        });
        lines.lines.push_back({formula});
    }
    return lines.lines[index];
}

void FormulaBlock::showAxis(Lines& lines, const engine::LayerSpec& spec,
                            const engine::AxisFormula& formula, const engine::Axis& axis,
                            Along along) {
    lines.count = 0;
    for (const engine::Equation& equation : formula.equations) {
        Line& shown = line(lines, lines.count++);
        shown.terms.clear();
        QStringList sentences;
        for (const engine::EquationTerm& term : equation.terms) {
            shown.terms.push_back(pointed_at(spec, term.does, axis, along));
            sentences << shown.terms.back().sentence;
        }
        std::vector<FormulaWord> words = words_of(equation);
        if (equation.left.quantity == engine::Quantity::crop) {
            std::vector<FormulaWord> where = formula_words(where_text(formula));
            where.front().spaced = false;
            words.insert(words.end(), where.begin(), where.end());
        }
        const QString latex = QString::fromStdString(engine::latex_of(engine::text_of(equation)));
        shown.formula->show(std::move(words), sentences, latex);
        shown.formula->setVisible(true);
        m_latex += latex + QStringLiteral(" \\\\\n");
    }
    for (std::size_t i = lines.count; i < lines.lines.size(); ++i) lines.lines[i].formula->hide();
}

void FormulaBlock::show(const engine::LayerSpec& spec, const engine::Geometry& geometry) {
    const engine::Formula formula = engine::explain(spec, geometry);
    m_latex.clear();
    const bool alike = formula.axes_equal;
    showAxis(m_rows, spec, formula.rows, geometry.rows, alike ? Along::both : Along::rows);
    showAxis(m_columns, spec, alike ? engine::AxisFormula() : formula.columns, geometry.columns,
             Along::columns);
    m_rows.heading->setText(Words::tr("rows"));
    m_columns.heading->setText(Words::tr("columns"));
    QList<QWidget*> items;
    for (Lines* lines : {&m_rows, &m_columns}) {
        lines->heading->setVisible(!alike && lines->count > 0);
        for (std::size_t i = 0; i < lines->count; ++i)
            if (lines->lines[i].formula->termCount() > 0) items << lines->lines[i].formula;
    }
    m_keys->setItems(items);
    setVisible(m_rows.count + m_columns.count > 0);
}

QString FormulaBlock::text() const {
    QString text;
    for (const Lines* lines : {&m_rows, &m_columns}) {
        if (!lines->heading->isHidden()) text += lines->heading->text() + u'\n';
        for (std::size_t i = 0; i < lines->count; ++i)
            text += lines->lines[i].formula->text() + u'\n';
    }
    return text;
}

QString FormulaBlock::latex() const { return m_latex; }

}  // namespace ui::widgets
