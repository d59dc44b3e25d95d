// SPDX-License-Identifier: MIT
// From a size to a size: what leads there, what is kept on the way, and settings that are said to.
#pragma once

#include <optional>
#include <vector>

#include <QWidget>

#include "engine/frameworks/design.h"
#include "ui/document/present.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui::widgets {

class Choice;
class FormRows;
class MarkedButton;
class OptionalSize2DField;
class Size2DField;
class WayList;

/// Layers in a row of a model.
struct LayerSpan {
    int first = 0;
    int count = 1;
    bool operator==(const LayerSpan&) const = default;
};

class DesignPanel : public QWidget {
    Q_OBJECT
public:
    explicit DesignPanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;

signals:
    /// Layers in the place of those of the span.
    void taken(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& layers);
    /// Both in that place, one against the other.
    void compared(ui::widgets::LayerSpan span, const std::vector<engine::LayerSpec>& first,
                  const std::vector<engine::LayerSpec>& second);

private:
    void makeKept();
    void ask();
    void showDesign();
    void showClaims();
    LayerSpan spanOf(const document::PresentedPane& shown) const;

    QLabel* m_from;
    Size2DField* m_to;
    QLabel* m_count;
    QLabel* m_said;
    WayList* m_ways;
    QPushButton* m_all;
    MarkedButton* m_fold;
    QWidget* m_kept = nullptr;  ///< made when first opened
    OptionalSize2DField* m_kernel = nullptr;
    OptionalSize2DField* m_strides = nullptr;
    Choice* m_framework = nullptr;
    QLineEdit* m_claim = nullptr;
    QLabel* m_claimed = nullptr;

    engine::DesignQuestion m_question;
    std::optional<engine::DesignQuestion> m_answered;
    engine::Design m_design;
    QString m_refusal;  ///< instead of an answer
    /// Asked for otherwise than the size there is; until the layers make it.
    std::optional<engine::Size2D> m_wanted;
    engine::Size2D m_now{0, 0};  ///< the size there is
    LayerSpan m_span;
    std::vector<engine::LayerSpec> m_current;  ///< of the span
    std::vector<engine::LayerSpec> m_taken;    ///< as last taken from here
    std::string m_title;                       ///< of the lesson
};

}  // namespace ui::widgets
