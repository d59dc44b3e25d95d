// SPDX-License-Identifier: MIT
// The summary of the model in whole lines, large; it follows what is edited while it stands open.
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace ui::widgets {

class SummaryWindow : public QDialog {
    Q_OBJECT
public:
    explicit SummaryWindow(QWidget* parent = nullptr);
    void show(const QString& program, const QString& summary);
    using QWidget::show;

private:
    void fit();

    QLabel* m_program;
    QPlainTextEdit* m_text;
};

}  // namespace ui::widgets
