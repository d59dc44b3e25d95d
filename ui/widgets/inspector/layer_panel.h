// SPDX-License-Identifier: MIT
// The layer in focus: which of those on offer it is, and the arguments one meets first.
#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QVBoxLayout;

namespace engine {
struct Argument;
struct LayerDefinition;
}  // namespace engine

namespace ui::widgets {

class ArgumentForm;
class Segmented;

class LayerPanel : public QWidget {
    Q_OBJECT
public:
    /// The choice between the layers stands above the input, apart from the arguments: it is
    /// made and placed outside.
    explicit LayerPanel(Segmented* kind, QWidget* parent = nullptr);
    static QStringList kinds();
    /// `elsewhere`: what is wrong stands beside a field that is not here.
    void show(const document::PresentedPane& shown, bool elsewhere);
    /// Is what is wrong with a pane said in the inspector? Numbers that make too large ones are
    /// spoken of on the stage.
    static bool says(const document::PresentedPane& shown);
    /// The argument that is to blame; null if it is no single one, or nothing is wrong.
    static const engine::Argument* toBlame(const document::PresentedPane& shown);
    using QWidget::show;

signals:
    void specEdited(const engine::LayerSpec& spec, const QString& argument);
    void finished();

private:
    void chooseKind(int index);
    void showForm(const engine::LayerSpec& spec);

    engine::LayerSpec m_spec;  ///< as last shown
    /// Of each kind: comes back when it is switched to and fro.
    std::vector<engine::LayerSpec> m_last;
    Segmented* m_kind;
    QLabel* m_name;
    ArgumentForm* m_form = nullptr;  ///< made for the class of m_formClass
    const engine::LayerDefinition* m_formClass = nullptr;
    QVBoxLayout* m_column;
    QLabel* m_size;
    QLabel* m_badge;
    QLabel* m_problem;
};

}  // namespace ui::widgets
