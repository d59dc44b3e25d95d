// SPDX-License-Identifier: MIT
// Four kernels and strides over an input of 2 × 2, and the size each framework makes of them where
// nothing else is said: the question that readers asked. A click puts a case on the stage.
#pragma once

#include <array>

#include <QWidget>

#include "engine/frameworks/ledger.h"

class QPushButton;

namespace ui::widgets {

class ReadersCases : public QWidget {
    Q_OBJECT
public:
    explicit ReadersCases(QWidget* parent = nullptr);
    /// Marks the case that a layer is.
    void show(const engine::LayerSpec& spec);
    using QWidget::show;

signals:
    void chosen(engine::Size2D kernel_size, engine::Size2D strides);

private:
    std::array<QPushButton*, engine::readers_cases.size()> m_buttons{};
};

}  // namespace ui::widgets
