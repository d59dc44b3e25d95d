// SPDX-License-Identifier: MIT
// A form made to measure for the class of layer that is shown.
#include "ui/widgets/inspector/layer_panel.h"

#include <algorithm>

#include <QLabel>
#include <QVBoxLayout>

#include "engine/layers/blame.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/lesson.h"
#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/size_sentence.h"
#include "ui/widgets/inspector/stage_layers.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

QStringList LayerPanel::kinds() {
    QStringList names;
    for (const StageLayer& layer : stage_layers())
        names << QString::fromStdString(engine::class_name(layer.first));
    return names;
}

LayerPanel::LayerPanel(Segmented* kind, QWidget* parent) : QWidget(parent), m_kind(kind) {
    for (const StageLayer& layer : stage_layers()) m_last.push_back(layer.first);

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
    // What both layers have carries over, the rest is remembered.
    emit specEdited(engine::carried_over(m_spec, m_last[static_cast<std::size_t>(index)]),
                    QString());
}

void LayerPanel::showForm(const engine::LayerSpec& spec) {
    const engine::LayerDefinition* definition = &engine::definition_of(spec);
    if (m_form == nullptr || m_formClass != definition) {
        delete m_form;
        m_form = new ArgumentForm(this);
        m_form->setObjectName(QStringLiteral("layer_form"));
        m_formClass = definition;
        const int kind = stage_layer_of(spec);
        const auto is_in_sight = [&](std::string_view name) {
            return kind < 0 ||
                   std::ranges::count(stage_layers()[static_cast<std::size_t>(kind)].in_sight,
                                      name) > 0;
        };
        // The other arguments of a layer that has a stage of its own stand in MorePanel.
        for (const engine::Argument& argument : definition->arguments)
            if (is_in_sight(argument.name)) m_form->add(argument);
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

const engine::Argument* LayerPanel::toBlame(const document::PresentedPane& shown) {
    return says(shown)
               ? engine::argument_behind(engine::definition_of(shown.spec()), *shown.shapes.error)
               : nullptr;
}

void LayerPanel::show(const document::PresentedPane& shown, bool elsewhere) {
    m_spec = shown.spec();
    const int kind = stage_layer_of(m_spec);
    const bool other = kind < 0;
    m_kind->setVisible(!other);
    if (!other) {
        m_last[static_cast<std::size_t>(kind)] = m_spec;
        m_kind->show(kind);
    }
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

    const engine::Argument* to_blame = toBlame(shown);
    const bool beside = to_blame != nullptr && m_form->has(to_blame->name);
    m_form->showProblem(beside ? to_blame->name : std::string_view(),
                        beside ? shown.shapes.error->axis : -1, beside ? shown.problem : QString());
    const bool below = says(shown) && !beside && !elsewhere;
    m_problem->setVisible(below);
    if (below) m_problem->setText(QStringLiteral("▲ ") + shown.problem);
}

}  // namespace ui::widgets
