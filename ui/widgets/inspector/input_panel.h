// SPDX-License-Identifier: MIT
// The input: its size and the numbers a click away. Cells themselves are edited on the stage.
#pragma once

#include <QWidget>

#include "ui/document/present.h"

class QLabel;

namespace ui::widgets {

class Size2DField;
class IntField;
class PresetMenu;

class InputPanel : public QWidget {
    Q_OBJECT
public:
    explicit InputPanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    /// Begins with a lesson: what another one had set aside does not come back.
    void forget();
    using QWidget::show;

signals:
    void inputEdited(const engine::Tensor& input, const QString& text, const QString& mergeKey);
    void finished();

private:
    void choosePreset(int index);
    void setShape(const engine::Shape& shape);
    int presetOf(const engine::Tensor& input) const;  ///< -1: none
    std::optional<std::uint64_t> seedOf(const engine::Tensor& input) const;

    engine::Tensor m_input;     ///< as last shown
    engine::Tensor m_setAside;  ///< all numbers that it had at its larger sizes
    engine::Shape m_madeShape;  ///< by this panel
    std::uint64_t m_seed = 1;   ///< of the random numbers made last
    QLabel* m_size;
    QWidget* m_own;  ///< what the first layer has: size and presets
    Size2DField* m_extent;
    QWidget* m_lengthRow;
    IntField* m_length;
    PresetMenu* m_presets;
    QLabel* m_hint;
};

}  // namespace ui::widgets
