// SPDX-License-Identifier: MIT
// Fields for a yes or no, several numbers, one of a list. Each shows a value and reports edits.
#pragma once

#include <optional>
#include <vector>

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

#include "engine/values/tensor.h"
#include "ui/widgets/controls/number_fields.h"

namespace ui::widgets {

class ChainButton;

/// A box whose mark follows the theme: a style sheet cannot colour an icon.
class CheckBox : public QCheckBox {
    Q_OBJECT
public:
    using QCheckBox::QCheckBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// rows × columns.
class Size2DField : public QWidget {
    Q_OBJECT
public:
    enum class Between {
        times,  ///< they have nothing to do with each other
        chain,  ///< both change together until the chain is opened, or while they are not equal
    };
    Size2DField(int least, int most, Between between, QWidget* parent = nullptr);
    ~Size2DField() override;
    /// What was opened before is forgotten: of a new lesson.
    void closeChain();
    /// Spoken names: "kernel_size, rows" and "kernel_size, columns". `name`: that of the objects,
    /// where it is another one.
    void setArgument(const QString& argument, const QString& name = {});
    /// Report an edit only when it is complete: for numbers whose passing values would lose
    /// something.
    void setPatient(bool patient);
    void setTyped(int least_said, int most);
    void show(engine::Size2D extent);
    using QWidget::show;

signals:
    void edited(engine::Size2D extent);
    void finished();

protected:
    IntField* m_rows;
    IntField* m_columns;

private:
    void showChain();
    void turnChain();

    ChainButton* m_chain = nullptr;
    bool m_isOpened = false;  ///< by hand, or by a pair that is not equal
};

/// A pair, or "none" in both places.
class OptionalSize2DField : public Size2DField {
    Q_OBJECT
public:
    OptionalSize2DField(int most, QWidget* parent = nullptr);
    void show(std::optional<engine::Size2D> extent);
    using QWidget::show;

signals:
    void optionalEdited(std::optional<engine::Size2D> extent);

private:
    std::optional<engine::Size2D> m_shown;
};

/// A float32, or none where its box is not ticked.
class OptionalNumberField : public QWidget {
    Q_OBJECT
public:
    explicit OptionalNumberField(QWidget* parent = nullptr);
    /// Spoken names: "max_value, given" and "max_value".
    void setArgument(const QString& argument);
    void show(std::optional<float> value);
    using QWidget::show;

signals:
    void edited(std::optional<float> value);
    void finished();

private:
    CheckBox* m_given;
    NumberField* m_number;
};

/// Whole numbers with commas between them. What is no number is left out.
class SizesField : public QLineEdit {
    Q_OBJECT
public:
    explicit SizesField(QWidget* parent = nullptr);
    void show(const std::vector<int>& sizes);
    using QWidget::show;

signals:
    void edited(const std::vector<int>& sizes);
    void finished();
};

/// One of a list, by index; the wheel turns it only when it has the focus.
class Choice : public QComboBox {
    Q_OBJECT
public:
    explicit Choice(const QStringList& options, QWidget* parent = nullptr);
    void setOptions(const QStringList& options);
    /// What is said where none of the options is shown.
    void setNone(const QString& words) { m_none = words; }
    void show(int index);  ///< -1: none of them
    using QWidget::show;

signals:
    void chosen(int index);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int m_count = 0;  ///< of options
    QString m_none;
};

}  // namespace ui::widgets
