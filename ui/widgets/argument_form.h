// SPDX-License-Identifier: MIT
// Arguments of a layer, one a row: Keras's name and a field. Edits come out as whole new specs.
#pragma once

#include <functional>
#include <vector>

#include <QCheckBox>
#include <QFormLayout>
#include <QWidget>

#include "engine/layer_spec.h"
#include "ui/widgets/fields.h"

namespace ui::widgets {

class Segmented;

/// A form whose labels are arguments, wrapped where the width does not hold both.
class FormRows : public QFormLayout {
public:
    explicit FormRows(QWidget* parent);
    /// A row with its label made the field's buddy and spoken name.
    void addArgument(const QString& name, QWidget* field);
};

class ArgumentForm : public QWidget {
    Q_OBJECT
public:
    explicit ArgumentForm(QWidget* parent = nullptr);

    /// `spec` must hold the layer whose arguments were added.
    void show(const engine::LayerSpec& spec);
    using QWidget::show;
    bool isEmpty() const { return m_shows.empty(); }

    template <typename Layer>
    void add(const QString& name, int Layer::*member, int least, int most) {
        auto* field = new IntField(least, most, this);
        // Weights and channels are remade for every passing value: only the complete number counts.
        field->setKeyboardTracking(false);
        bind<Layer>(name, field, member, field, &IntField::edited);
        connect(field, &IntField::finished, this, &ArgumentForm::finished);
    }
    template <typename Layer>
    void add(const QString& name, engine::Extent Layer::*member, int least, int most) {
        auto* field = new ExtentField(least, most, this);
        field->setArgument(name);
        bind<Layer>(name, field, member, field, &ExtentField::edited);
        connect(field, &ExtentField::finished, this, &ArgumentForm::finished);
    }
    template <typename Layer>
    void add(const QString& name, std::optional<engine::Extent> Layer::*member, int most) {
        auto* field = new OptionalExtentField(most, this);
        field->setArgument(name);
        bind<Layer>(name, field, member, field, &OptionalExtentField::optionalEdited);
        connect(field, &ExtentField::finished, this, &ArgumentForm::finished);
    }
    template <typename Layer>
    void add(const QString& name, float Layer::*member) {
        auto* field = new NumberField(this);
        bind<Layer>(name, field, member, field, &NumberField::edited);
        connect(field, &NumberField::finished, this, &ArgumentForm::finished);
    }
    template <typename Layer>
    void add(const QString& name, bool Layer::*member) {
        auto* field = new CheckBox(this);
        addRow(name, field);
        m_shows.push_back([field, member](const engine::LayerSpec& spec) {
            field->setChecked(std::get<Layer>(spec).*member);
        });
        connect(field, &QCheckBox::clicked, this, [this, name, member](bool on) {
            change<Layer>(name, [&](Layer& layer) { layer.*member = on; });
        });
    }
    template <typename Layer>
    void add(const QString& name, engine::ActivationKind Layer::*member) {
        auto* field = new Choice(activationNames(), this);
        addRow(name, field);
        m_shows.push_back([field, member](const engine::LayerSpec& spec) {
            field->show(static_cast<int>(std::get<Layer>(spec).*member));
        });
        connect(field, &Choice::chosen, this, [this, name, member](int index) {
            change<Layer>(name, [&](Layer& layer) {
                layer.*member = static_cast<engine::ActivationKind>(index);
            });
        });
    }
    /// valid or same; an explicit padding from a file is shown as a third choice.
    template <typename Layer>
    void add(const QString& name, engine::Padding Layer::*member) {
        addPadding(
            name, [member](const engine::LayerSpec& spec) { return std::get<Layer>(spec).*member; },
            [this, name, member](const engine::Padding& padding) {
                change<Layer>(name, [&](Layer& layer) { layer.*member = padding; });
            });
    }
    template <typename Layer>
    void add(const QString& name, engine::Edges Layer::*member) {
        addEdges(
            name, [member](const engine::LayerSpec& spec) { return std::get<Layer>(spec).*member; },
            [this, name, member](const engine::Edges& edges) {
                change<Layer>(name, [&](Layer& layer) { layer.*member = edges; });
            });
    }
    /// Those that are computed.
    void addInterpolation();
    /// "5, 5, 128"
    void addTargetShape();

signals:
    void specEdited(const engine::LayerSpec& spec, const QString& argument);
    void finished();  ///< the gesture is over

private:
    template <typename Layer, typename Member, typename Field, typename Signal>
    void bind(const QString& name, QWidget* widget, Member member, Field* field, Signal signal) {
        addRow(name, widget);
        m_shows.push_back([field, member](const engine::LayerSpec& spec) {
            field->show(std::get<Layer>(spec).*member);
        });
        connect(field, signal, this, [this, name, member](const auto& value) {
            change<Layer>(name, [&](Layer& layer) { layer.*member = value; });
        });
    }
    template <typename Layer, typename Change>
    void change(const QString& name, Change&& make) {
        Layer layer = std::get<Layer>(m_spec);
        make(layer);
        emit specEdited(layer, name);
    }
    void addRow(const QString& name, QWidget* field);
    void addPadding(const QString& name,
                    const std::function<engine::Padding(const engine::LayerSpec&)>& read,
                    const std::function<void(const engine::Padding&)>& write);
    void addEdges(const QString& name,
                  const std::function<engine::Edges(const engine::LayerSpec&)>& read,
                  const std::function<void(const engine::Edges&)>& write);
    static QStringList activationNames();

    FormRows* m_rows;
    engine::LayerSpec m_spec;  ///< as last shown
    std::vector<std::function<void(const engine::LayerSpec&)>> m_shows;
};

}  // namespace ui::widgets
