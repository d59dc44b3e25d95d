// SPDX-License-Identifier: MIT
// Fields for one number: a whole one, or a float32. Each shows a value and reports edits.
#pragma once

#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QTimer>

namespace ui::widgets {

/// A whole number. Undo and redo are the window's, and the wheel turns it only when it has the
/// focus. What lies beyond the range is not bent into it: the range is said and the number stays.
class IntField : public QSpinBox {
    Q_OBJECT
public:
    IntField(int least, int most, QWidget* parent = nullptr);
    /// A number that a file holds is shown whatever the range is.
    void show(int value);
    using QWidget::show;
    /// Another range; the arrows stay within it.
    void setLimits(int least, int most);
    /// Numbers beyond the arrows' range that may be typed, and from where a sentence counts.
    void setTyped(int least_said, int most);
    /// Report an edit only when it is complete: for numbers whose passing values would lose
    /// something. Others follow the typing with a short pause.
    void setPatient(bool patient) { m_patient = patient; }

    QValidator::State validate(QString& text, int& position) const override;
    void fixup(QString& text) const override;
    int valueFromText(const QString& text) const override;
    void stepBy(int steps) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void edited(int value);  ///< by the user
    void finished();         ///< the gesture is over: Enter, or the field was left

protected:
    StepEnabled stepEnabled() const override;
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void sayRange(const QString& text) const;
    void followTyping();

    int m_least;  ///< of the arrows
    int m_most;
    int m_leastSaid;
    int m_mostTyped;
    bool m_patient = false;
    QTimer m_typing;
};

/// A float32, written as everywhere else in the program.
class NumberField : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit NumberField(QWidget* parent = nullptr);
    void show(float value);
    using QWidget::show;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void fixup(QString& text) const override;

signals:
    void edited(float value);
    void finished();

protected:
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void sayOther(const QString& typed);

    QString m_typed;  ///< what stands there is rewritten when it was read
};

}  // namespace ui::widgets
