// SPDX-License-Identifier: MIT
// A form made to measure for the class of layer that is shown.
#include "ui/widgets/inspector/layer_panel.h"

#include <algorithm>
#include <array>

#include <QLabel>
#include <QVBoxLayout>

#include "engine/layers/layer_definition.h"
#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/size_sentence.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

namespace {

/// The other arguments of the layer that has a stage of its own stand in MorePanel.
bool is_shown_here(const engine::LayerSpec& spec, std::string_view argument) {
    constexpr std::array<std::string_view, 3> of_transposed{"kernel_size", "strides", "padding"};
    return !std::holds_alternative<engine::Conv2DTranspose>(spec) ||
           std::ranges::find(of_transposed, argument) != of_transposed.end();
}

}  // namespace

QStringList LayerPanel::kinds() {
    return {QStringLiteral("UpSampling2D"), QStringLiteral("Conv2DTranspose")};
}

LayerPanel::LayerPanel(Segmented* kind, QWidget* parent) : QWidget(parent), m_kind(kind) {
    m_lastTransposed.kernel_size = {3, 3};
    m_lastTransposed.padding = engine::Same{};

    m_name = make_label(tr("Layer"), TextRole::heading);
    m_name->setObjectName(QStringLiteral("layer_name"));
    m_size = make_label(QString(), TextRole::note);
    m_size->setObjectName(QStringLiteral("size_line"));
    m_badge = make_label(QString(), TextRole::note);
    m_badge->setObjectName(QStringLiteral("keras_badge"));
    m_problem = make_label(QString(), TextRole::problem);
    m_problem->setObjectName(QStringLiteral("layer_problem"));

    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    m_column->addWidget(m_name);
    m_column->addWidget(m_size);
    m_column->addWidget(m_badge);
    m_column->addWidget(m_problem);

    connect(m_kind, &Segmented::chosen, this, &LayerPanel::chooseKind);
}

void LayerPanel::chooseKind(int index) {
    // Both layers grow by the same factor: size and strides carry over, the rest is remembered.
    engine::LayerSpec wanted = m_spec;
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&m_spec); layer && index == 0)
        wanted = engine::UpSampling2D{layer->strides, engine::Interpolation::nearest};
    if (const auto* layer = std::get_if<engine::UpSampling2D>(&m_spec); layer && index == 1) {
        engine::Conv2DTranspose transposed = m_lastTransposed;
        transposed.strides = layer->size;
        wanted = transposed;
    }
    emit specEdited(wanted, QString());
}

void LayerPanel::showForm(const engine::LayerSpec& spec) {
    const engine::LayerDefinition* definition = &engine::definition_of(spec);
    if (m_form == nullptr || m_formClass != definition) {
        delete m_form;
        m_form = new ArgumentForm(this);
        m_form->setObjectName(QStringLiteral("layer_form"));
        m_formClass = definition;
        for (const engine::Argument& argument : definition->arguments)
            if (is_shown_here(spec, argument.name)) m_form->add(argument);
        m_column->insertWidget(m_column->indexOf(m_size), m_form);
        connect(m_form, &ArgumentForm::specEdited, this, &LayerPanel::specEdited);
        connect(m_form, &ArgumentForm::finished, this, &LayerPanel::finished);
    }
    m_form->show(spec);
    m_form->setVisible(!m_form->isEmpty());
}

bool LayerPanel::says(const document::PresentedPane& shown) {
    return shown.shapes.error && !shown.problem.isEmpty() &&
           (shown.problem_layer < 0 || shown.problem_layer == shown.view.focus);
}

void LayerPanel::show(const document::PresentedPane& shown) {
    m_spec = shown.spec();
    const auto* transposed = std::get_if<engine::Conv2DTranspose>(&m_spec);
    const bool upsampling = std::holds_alternative<engine::UpSampling2D>(m_spec);
    const bool other = transposed == nullptr && !upsampling;
    if (transposed != nullptr) m_lastTransposed = *transposed;

    m_kind->setVisible(!other);
    m_kind->show(upsampling ? 0 : 1);
    m_name->setText(other ? QString::fromStdString(engine::class_name(m_spec)) : tr("Layer"));
    showForm(m_spec);

    const engine::Geometry* geometry = shown.geometry();
    QString size = geometry != nullptr ? size_sentence(m_spec, *geometry) : QString();
    if (m_form->isEmpty() && geometry != nullptr) size = tr("It has no arguments.");
    m_size->setText(size);
    m_size->setVisible(!size.isEmpty());
    m_size->setMinimumHeight(2 * m_size->fontMetrics().lineSpacing());  // most have two lines

    const auto refusal = engine::keras_refuses(m_spec);
    m_badge->setVisible(refusal.has_value() && geometry != nullptr);
    if (refusal) m_badge->setText(QStringLiteral("▲ ") + words::error_text(*refusal));

    const bool here = says(shown);
    m_problem->setVisible(here);
    if (here) m_problem->setText(QStringLiteral("▲ ") + shown.problem);
}

}  // namespace ui::widgets
