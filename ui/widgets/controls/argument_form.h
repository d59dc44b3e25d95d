// SPDX-License-Identifier: MIT
// Arguments of a layer, one a row: Keras's name and a field made for its kind. Edits come out as
// whole new specs.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <QFormLayout>
#include <QWidget>

#include "engine/layers/argument.h"

class QLabel;

namespace ui::widgets {

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

    /// A row for one of the arguments of the layer that will be shown. The argument must outlive
    /// the form.
    void add(const engine::Argument& argument);
    /// `spec` must hold the layer whose arguments were added.
    void show(const engine::LayerSpec& spec);
    using QWidget::show;
    bool isEmpty() const { return m_shows.empty(); }
    bool has(std::string_view argument) const;
    /// What is wrong with one of its arguments, said below its field, which is marked. `axis`: of
    /// which axis, as in an engine::Error. No sentence: nothing is wrong.
    void showProblem(std::string_view argument, int axis, const QString& sentence);

signals:
    void specEdited(const engine::LayerSpec& spec, const QString& argument);
    void finished();  ///< the gesture is over

private:
    friend struct RowMaker;  ///< one overload a kind of argument
    void addRow(const engine::Argument& argument, const QString& name, QWidget* field);
    void change(const engine::Argument& argument, const engine::ArgumentValue& value);

    FormRows* m_rows;
    engine::LayerSpec m_spec;  ///< as last shown
    std::vector<std::function<void(const engine::LayerSpec&)>> m_shows;
    struct Field {
        std::string_view argument;
        QWidget* widget;
    };
    std::vector<Field> m_fields;  ///< in the order of rows
    struct Problem {
        std::string argument;
        int axis = -1;
        QString sentence;
        bool operator==(const Problem&) const = default;
    };
    Problem m_problem;
    QLabel* m_problemLabel = nullptr;  ///< while there is one
};

}  // namespace ui::widgets
