// SPDX-License-Identifier: MIT
// Stacks the panels and passes their edits on.
#include "ui/widgets/inspector/inspector.h"

#include <algorithm>

#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/input_panel.h"
#include "ui/widgets/inspector/kernel_panel.h"
#include "ui/widgets/inspector/layer_panel.h"
#include "ui/widgets/inspector/more_panel.h"
#include "ui/widgets/inspector/steady_column.h"

namespace ui::widgets {

Inspector::Inspector(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));

    auto* content = new QWidget;
    setWidget(content);  // while it is empty, as it is measured now
    set_ground(content, Ground::panel);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(14);
    m_sides = new Segmented({tr("Side A"), tr("Side B")}, content);
    m_sides->setObjectName(QStringLiteral("sides"));
    m_sides->hide();
    connect(m_sides, &Segmented::chosen, this, &Inspector::sideChosen);
    auto* kind = new Segmented(LayerPanel::kinds(), content);
    kind->setObjectName(QStringLiteral("layer_kind"));
    m_input = new InputPanel(content);
    m_layer = new LayerPanel(kind, content);
    m_kernel = new KernelPanel(content);
    m_more = new MorePanel(content);
    m_kernelDivider = make_divider(content);
    m_moreDivider = make_divider(content);
    m_column = std::make_unique<SteadyColumn>(this, column);
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_sides, kind, m_input, make_divider(content), m_layer,
                                         m_kernelDivider, m_kernel, m_moreDivider, m_more})
        m_column->add(part);
    m_column->end();
    // The scroll bar stands in the margin: nothing moves when it comes and goes.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this, column](int, int most) {
        // Without a bar the content has what the style's frame leaves.
        const int beside = contentsRect().width() - verticalScrollBar()->sizeHint().width();
        const int bar = most > 0 ? maximumViewportSize().width() - beside : 0;
        column->setContentsMargins(16, 16, std::max(16 - bar, 2), 16);
    });

    connect(m_layer, &LayerPanel::specEdited, this, &Inspector::specEdited);
    connect(m_more, &MorePanel::specEdited, this, &Inspector::specEdited);
    connect(m_input, &InputPanel::inputEdited, this, &Inspector::inputEdited);
    connect(m_more, &MorePanel::inputEdited, this, &Inspector::inputEdited);
    connect(m_kernel, &KernelPanel::bracketsRequested, this, &Inspector::weightsRequested);
    connect(m_kernel, &KernelPanel::weightsEdited, this, &Inspector::weightsEdited);
    connect(m_more, &MorePanel::lookedAt, this, &Inspector::lookedAt);
    connect(m_layer, &LayerPanel::finished, this, &Inspector::finished);
    connect(m_input, &InputPanel::finished, this, &Inspector::finished);
    connect(m_kernel, &KernelPanel::finished, this, &Inspector::finished);
    connect(m_more, &MorePanel::finished, this, &Inspector::finished);
}

Inspector::~Inspector() = default;

void Inspector::show(const document::PresentedPane& shown) {
    m_column->keepStill([&] {
        m_layer->show(shown, m_more->show(shown));
        m_input->show(shown);
        const bool has_kernel = m_kernel->show(shown);
        m_kernel->setVisible(has_kernel);
        m_kernelDivider->setVisible(has_kernel);
        m_moreDivider->setVisible(!m_more->isHidden());
    });
}

void Inspector::showSides(int count, int chosen) {
    m_sides->setVisible(count > 1);
    m_sides->show(chosen);
}

bool Inspector::says(const document::PresentedPane& shown) const {
    return isVisible() && LayerPanel::says(shown);
}

void Inspector::openFor(const engine::Lesson& lesson, int focus) {
    m_column->letGo();
    m_input->forget();
    m_more->setOpen(MorePanel::isNeeded(lesson, focus));
    for (Size2DField* field : findChildren<Size2DField*>()) field->closeChain();
}

void Inspector::leaveEvent(QEvent* event) {
    QScrollArea::leaveEvent(event);
    m_column->letGo();
}

}  // namespace ui::widgets
