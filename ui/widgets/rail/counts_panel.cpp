// SPDX-License-Identifier: MIT
// Words around what engine/counts counts.
#include "ui/widgets/rail/counts_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "engine/layers/counts.h"
#include "engine/models/summary.h"
#include "ui/widgets/controls/key_list.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/lit_terms.h"

namespace ui::widgets {

namespace {

QString number_text(std::int64_t number) {
    return QString::fromStdString(engine::with_thousands(number));
}
QString size_text(engine::Size2D size) {
    return QStringLiteral("%1\u00a0×\u00a0%2").arg(size.height).arg(size.width);
}

QHBoxLayout* headed(QLabel* heading, QLabel* value) {
    auto* row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(value);
    return row;
}

}  // namespace

CountsPanel::CountsPanel(QWidget* parent) : QWidget(parent), m_keys(new KeyList(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_parameters = make_label(QString(), TextRole::count, this);
    m_parameters->setObjectName(QStringLiteral("parameter_count"));
    column->addLayout(headed(make_label(tr("Parameters"), TextRole::title), m_parameters));
    make(m_product, QStringLiteral("parameter_product"));
    m_product.what->hide();
    column->addWidget(m_product.formula);
    m_nothing = make_label(tr("nothing to learn"), TextRole::note, this);
    column->addWidget(m_nothing);

    m_work = new QWidget(this);
    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 6, 0, 0);
    work->setSpacing(4);
    m_multiplyAdds = make_label(QString(), TextRole::count, m_work);
    m_multiplyAdds->setObjectName(QStringLiteral("multiply_adds"));
    work->addLayout(headed(make_label(tr("Multiply-adds"), TextRole::title), m_multiplyAdds));
    make(m_fromInputs, QStringLiteral("from_inputs"));
    make(m_fromOutputs, QStringLiteral("from_outputs"));
    for (const Product* product : {&m_fromInputs, &m_fromOutputs}) {
        work->addWidget(product->what);
        work->addWidget(product->formula);
    }
    m_why = make_label(QString(), TextRole::note, m_work);
    m_why->setObjectName(QStringLiteral("why_counts_differ"));
    work->addWidget(m_why);
    m_reach = make_label(QString(), TextRole::note, m_work);
    m_reach->setObjectName(QStringLiteral("reach"));
    work->addWidget(m_reach);
    column->addWidget(m_work);
}

void CountsPanel::make(Product& product, const QString& name) {
    product.what = make_label(QString(), TextRole::note, this);
    product.formula = new FormulaLabel(TextRole::formula_soft, this);
    product.formula->setObjectName(name);
    connect(product.formula, &FormulaLabel::pointed, this, [this, &product](int factor) {
        emit pointedAt(factor < 0 ? diagram::Pointed()
                                  : product.factors[static_cast<std::size_t>(factor)]);
    });
}

void CountsPanel::showProduct(Product& product, const engine::Equation& equation,
                              const engine::Geometry& geometry) {
    product.factors = pointed_at_factors(equation, geometry);
    QStringList sentences;
    for (const diagram::Pointed& factor : product.factors) sentences << factor.sentence;
    std::vector<FormulaWord> words = factors_of(equation);
    if (&product == &m_product) {  // its result stands beside the heading
        words.resize(words.size() - 2);
        const bool biased = equation.symbols.back().quantity == engine::Quantity::bias;
        const auto put = [&](qsizetype before_end, const QString& text) {
            words.insert(words.end() - before_end, {text});
        };
        put(biased ? 2 : 0, tr("weights"));
        if (biased) put(0, equation.symbols.back().text == "1" ? tr("bias") : tr("biases"));
    }
    product.formula->show(std::move(words), sentences,
                          QString::fromStdString(engine::latex_of(engine::text_of(equation))));
}

void CountsPanel::show(const document::PresentedPane& shown) {
    const engine::Geometry* geometry = shown.geometry();
    m_parameters->setText(QStringLiteral("–"));
    m_product.formula->hide();
    m_nothing->hide();
    m_work->hide();
    if (geometry != nullptr) {
        showParameters(shown, *geometry);
        showCounts(shown, *geometry);
    }
    QList<QWidget*> items;
    for (const Product* product : {&m_product, &m_fromInputs, &m_fromOutputs})
        if (product->formula->isVisibleTo(this)) items << product->formula;
    m_keys->setItems(items);
}

void CountsPanel::showParameters(const document::PresentedPane& shown,
                                 const engine::Geometry& geometry) {
    const engine::Equation parameters = engine::explain(shown.spec(), geometry).parameters;
    m_parameters->setText(number_text(parameters.result));
    m_nothing->setVisible(parameters.result == 0);
    if (parameters.result == 0 || parameters.symbols.empty()) return;
    showProduct(m_product, parameters, geometry);
    m_product.formula->show();
}

void CountsPanel::showCounts(const document::PresentedPane& shown,
                             const engine::Geometry& geometry) {
    const auto counts = engine::counts(shown.spec(), geometry);
    if (!counts) return;
    m_multiplyAdds->setText(number_text(counts->met));
    const bool stamps = std::holds_alternative<engine::Conv2DTranspose>(shown.spec());
    m_fromInputs.what->setText(tr("from inputs: each one × the kernel"));
    m_fromOutputs.what->setText(stamps ? tr("zero-inserted: each output × the kernel")
                                       : tr("with the zeros around: each output × the kernel"));
    m_fromInputs.what->setVisible(stamps);
    m_fromInputs.formula->setVisible(stamps);
    if (stamps) showProduct(m_fromInputs, counts->from_inputs, geometry);
    showProduct(m_fromOutputs, counts->from_outputs, geometry);

    QStringList why;
    if (counts->from_outputs.result != counts->met)
        why << tr("Programs that count each output × the kernel say %1: %2 of these products have "
                  "a "
                  "zero in them.")
                   .arg(number_text(counts->from_outputs.result),
                        number_text(counts->from_outputs.result - counts->kept));
    if (counts->kept != counts->met)
        why << tr("Of the %1 products %2 land in cells that are cut away.")
                   .arg(number_text(counts->met), number_text(counts->met - counts->kept));
    m_why->setText(why.join(u' '));
    m_why->setVisible(!why.isEmpty());
    m_reach->setText(
        tr("An output sees at most %1 inputs, an input reaches at most %2 outputs.")
            .arg(size_text(counts->reach.output_sees), size_text(counts->reach.input_touches)));
    m_work->show();
}

}  // namespace ui::widgets
