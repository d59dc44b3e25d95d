// SPDX-License-Identifier: MIT
// The model as an editable list of layers, and its summary as text.
#pragma once

#include <vector>

#include <QPointer>
#include <QWidget>

#include "engine/lessons/lesson.h"
#include "engine/models/summary.h"
#include "ui/document/present.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ui::widgets {

class Choice;
class LayerList;
class SummaryWindow;

/// A ready-made model: the name of a shipped lesson and what the menu says.
struct ModelPreset {
    QString lesson;
    QString title;
};

class ModelPanel : public QWidget {
    Q_OBJECT
public:
    explicit ModelPanel(const std::vector<ModelPreset>& presets, QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    void setSummaryStyle(engine::SummaryStyle style);
    using QWidget::show;

signals:
    void layerChosen(int index);
    void presetChosen(const QString& lesson);
    /// Whole new layers and which of them to look at.
    void layersEdited(const std::vector<engine::Layer>& layers, int focus, const QString& text);
    void summaryStyleChosen(engine::SummaryStyle style);

private:
    void showSummary();
    void showPreset();
    void readLarge();
    void add(const engine::LayerSpec& spec);
    void remove();
    void move(int by);

    engine::Lesson m_lesson;                     ///< as last shown
    std::vector<engine::Geometry> m_geometries;  ///< empty if they do not fit
    engine::SummaryStyle m_style = engine::SummaryStyle::keras_2_2;
    int m_focus = 0;
    QLabel* m_total;
    LayerList* m_list;
    QPushButton* m_remove;
    QPushButton* m_up;
    QPushButton* m_down;
    QLabel* m_call;
    Choice* m_styles;
    QPlainTextEdit* m_summary;
    QPushButton* m_copy;
    QPushButton* m_enlarge;
    QPointer<SummaryWindow> m_large;  ///< while it is open
    Choice* m_presets = nullptr;
    std::vector<std::vector<engine::Layer>> m_presetLayers;  ///< of each line of m_presets
};

}  // namespace ui::widgets
