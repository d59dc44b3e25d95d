// SPDX-License-Identifier: MIT
// The layer in focus: which of those on offer it is, and the arguments one meets first.
#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QVBoxLayout;

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
    void show(const document::PresentedPane& shown);
    /// Does the problem of a pane stand here? Numbers that make too large ones stand on the stage.
    static bool says(const document::PresentedPane& shown);
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
