// SPDX-License-Identifier: MIT
#include "ui/widgets/rail/shape_panel.h"

#include <utility>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include "engine/models/summary.h"
#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/counts_panel.h"
#include "ui/widgets/rail/formula_block.h"
#include "ui/widgets/rail/ledger_panel.h"
#include "ui/words/way_words.h"

namespace ui::widgets {

namespace {

/// What strides do, which is the opposite in the two directions.
QString direction_text(const engine::LayerSpec& spec) {
    const auto strides = [](engine::Size2D size) { return words::pair_text(size); };
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec);
        layer != nullptr && layer->strides != engine::Size2D{1, 1})
        return ShapePanel::tr(
                   "One cell on in the input is %1 on in the output. Over the zeros put "
                   "between, that is called a stride of 1/%1.")
            .arg(strides(layer->strides));
    if (const auto* layer = std::get_if<engine::Conv2D>(&spec);
        layer != nullptr && layer->strides != engine::Size2D{1, 1})
        return ShapePanel::tr("One cell on in the output is %1 on in the input.")
            .arg(strides(layer->strides));
    return {};
}

}  // namespace

ShapePanel::ShapePanel(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(14);

    m_shape = make_label(QString(), TextRole::result, this);
    m_shape->setObjectName(QStringLiteral("output_shape"));
    m_shapeHeading = make_label(tr("Output shape"), TextRole::title, this);
    m_copy = new IconButton(QStringLiteral("copy"), tr("Copy the formula"), this);
    m_copy->setObjectName(QStringLiteral("copy_formula"));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(2);
    heading->addWidget(m_shapeHeading);
    heading->addWidget(m_copy);
    heading->addStretch(1);
    m_shapeRow = new QHBoxLayout;
    m_shapeRow->addLayout(heading, 1);
    m_shapeRow->addWidget(m_shape);
    m_column->addLayout(m_shapeRow);
    m_formula = new FormulaBlock(this);
    m_column->addWidget(m_formula);
    m_direction = make_label(QString(), TextRole::note, this);
    m_direction->setObjectName(QStringLiteral("direction"));
    m_column->addWidget(m_direction);
    m_column->addStretch(1);
    connect(m_copy, &QPushButton::clicked, this, &ShapePanel::openCopyMenu);
    connect(m_formula, &FormulaBlock::pointedAt, this, &ShapePanel::pointedAt);
}

void ShapePanel::makeRest() {
    delete m_column->takeAt(m_column->count() - 1);  // the stretch
    m_column->addWidget(make_divider(this));
    m_ledger = new LedgerPanel(this);
    m_column->addWidget(m_ledger);
    m_design = new DesignPanel(this);
    m_column->addWidget(m_design);
    m_counts = new CountsPanel(this);
    m_column->addWidget(m_counts);
    m_column->addStretch(1);
    connect(m_ledger, &LedgerPanel::pointedAt, this, &ShapePanel::pointedAt);
    connect(m_ledger, &LedgerPanel::layOverRequested, this, &ShapePanel::layOverRequested);
    connect(m_ledger, &LedgerPanel::caseChosen, this, &ShapePanel::caseChosen);
    connect(m_design, &DesignPanel::taken, this, &ShapePanel::wayTaken);
    connect(m_design, &DesignPanel::compared, this, &ShapePanel::waysCompared);
    connect(m_counts, &CountsPanel::pointedAt, this, &ShapePanel::pointedAt);
}

void ShapePanel::showRest() {
    if (!m_shown) return;
    if (m_ledger == nullptr) makeRest();
    const document::PresentedPane shown = *std::exchange(m_shown, {});
    m_ledger->show(shown);
    m_design->show(shown);
    m_counts->show(shown);
}

void ShapePanel::openCopyMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& name, const QString& text) {
        menu->addAction(name, this, [text] { QGuiApplication::clipboard()->setText(text); });
    };
    add(tr("Copy as text"), m_formula->text());
    add(tr("Copy as LaTeX"), m_formula->latex());
    menu->popup(m_copy->mapToGlobal(QPoint(0, m_copy->height())));
}

void ShapePanel::show(const document::PresentedPane& shown) {
    const engine::Geometry* geometry = shown.geometry();
    m_shape->setText(geometry != nullptr
                         ? QString::fromStdString(engine::keras_shape(geometry->output))
                         : QStringLiteral("–"));
    m_formula->setVisible(geometry != nullptr);
    if (geometry != nullptr) m_formula->show(shown.spec(), *geometry);
    m_copy->setVisible(!m_formula->isHidden());
    const QString direction = geometry != nullptr ? direction_text(shown.spec()) : QString();
    m_direction->setText(direction);
    m_direction->setVisible(!direction.isEmpty());
    fit();
    m_shown = shown;
    if (m_ledger != nullptr) showRest();
}

void ShapePanel::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    if (m_ledger == nullptr) QTimer::singleShot(0, this, &ShapePanel::showRest);
}

void ShapePanel::setRoom(int width) {
    m_room = width;
    fit();
}

void ShapePanel::fit() {
    const QString heading = m_shapeHeading->text();
    const int beside = m_shapeHeading->fontMetrics().horizontalAdvance(heading) +
                       (m_copy->isHidden() ? 0 : m_copy->sizeHint().width()) +
                       m_shapeRow->spacing() + m_shape->sizeHint().width();
    m_shapeRow->setDirection(m_room == 0 || beside <= m_room ? QBoxLayout::LeftToRight
                                                             : QBoxLayout::TopToBottom);
}

}  // namespace ui::widgets
