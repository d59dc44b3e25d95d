// SPDX-License-Identifier: MIT
// The layers of a model as rows: name, output shape, parameters, and what does not fit.
#pragma once

#include <QListWidget>

#include "ui/document/present.h"

namespace ui::widgets {

class LayerList : public QListWidget {
    Q_OBJECT
public:
    explicit LayerList(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void layerChosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
};

}  // namespace ui::widgets
