// SPDX-License-Identifier: MIT
// An equation in mono type, wrapped so that its equals signs stand below each other.
#pragma once

#include <QLabel>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

class FormulaLabel : public QLabel {
    Q_OBJECT
public:
    /// "out = in × strides = 2 × 2 = 4": broken before a " = ", and at spaces where that is not
    /// enough.
    FormulaLabel(const QString& equation, TextRole role, QWidget* parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList lines(int width) const;
    int lineHeight() const;
};

}  // namespace ui::widgets
