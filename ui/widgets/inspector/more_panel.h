// SPDX-License-Identifier: MIT
// What is not needed at first, folded away: channels, filters and the rarer arguments.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include <QWidget>

#include "ui/document/present.h"

class QLabel;

namespace ui::widgets {

class ArgumentForm;
class FormRows;
class IntField;
class MarkedButton;

class MorePanel : public QWidget {
    Q_OBJECT
public:
    explicit MorePanel(QWidget* parent = nullptr);
    /// True: what is wrong stands here, beside its field. It opens for that.
    bool show(const document::PresentedPane& shown);
    using QWidget::show;
    void setOpen(bool open);
    /// Does the lesson use anything that is folded away?
    static bool isNeeded(const engine::Lesson& lesson, int focus);

signals:
    void specEdited(const engine::LayerSpec& spec, const QString& argument);
    void inputEdited(const engine::Tensor& input, const QString& text, const QString& mergeKey);
    void lookedAt(int filter, int channel);
    void finished();

private:
    void makeBody();
    void showBody();
    ArgumentForm* addForm(const engine::LayerSpec& spec, std::span<const std::string_view> names);
    void makeForms(const engine::LayerSpec& spec);

    std::optional<document::PresentedPane> m_shown;
    MarkedButton* m_fold;
    QLabel* m_contents;
    QWidget* m_body = nullptr;  ///< made, with all below, when first opened
    // In this order: what is shown of channels and filters appears below their fields.
    QWidget* m_channelRow;
    IntField* m_channels;
    ArgumentForm* m_filters = nullptr;  ///< made, with m_arguments, for the class of m_formsFor
    QWidget* m_shownRows;
    FormRows* m_shownForm;
    IntField* m_channelShown;
    IntField* m_filterShown;
    ArgumentForm* m_arguments = nullptr;
    std::optional<std::size_t> m_formsFor = {};  ///< LayerSpec's index
};

}  // namespace ui::widgets
