// SPDX-License-Identifier: MIT
// Editing a sequence of layers; their arguments are edited in the inspector.
#include "ui/widgets/rail/model_panel.h"

#include <algorithm>

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include "engine/layers/layer_definition.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/pill_layout.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/layer_list.h"
#include "ui/widgets/rail/summary_window.h"
#include "ui/words/model_summary.h"

namespace ui::widgets {

namespace {

/// Names of programs, the same in every language.
QString program_of(engine::SummaryStyle style) {
    switch (style) {
        case engine::SummaryStyle::keras_2_2:
            return QStringLiteral("Keras 2.2");
        case engine::SummaryStyle::keras_2_3:
            return QStringLiteral("Keras 2.3");
        case engine::SummaryStyle::tf_2_6:
            return QStringLiteral("TensorFlow 2.6");
        case engine::SummaryStyle::tf_2_11:
            return QStringLiteral("TensorFlow 2.11");
        case engine::SummaryStyle::tf_2_15:
            return QStringLiteral("TensorFlow 2.15");
        case engine::SummaryStyle::keras_3:
            return QStringLiteral("Keras 3");
        case engine::SummaryStyle::torchinfo:
            return QStringLiteral("torchinfo");
    }
    return {};
}

}  // namespace

ModelPanel::ModelPanel(const std::vector<ModelPreset>& presets, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);

    auto* head = new QHBoxLayout;
    head->addWidget(make_label(tr("Layers"), TextRole::title), 1);
    m_total = make_label(QString(), TextRole::value);
    head->addWidget(m_total);
    column->addLayout(head);

    if (!presets.empty()) {
        QStringList titles;
        for (const ModelPreset& preset : presets) {
            titles << preset.title;
            const auto file = formats::shipped_lesson(preset.lesson);
            m_presetLayers.push_back(file ? file->lesson.layers : std::vector<engine::Layer>());
        }
        auto* label = make_label(tr("The tutorial's generator, made with"), TextRole::note);
        m_presets = new Choice(titles, this);
        m_presets->setObjectName(QStringLiteral("model_presets"));
        m_presets->setNone(tr("Own model"));
        m_presets->setAccessibleName(tr("Model, ready-made"));
        label->setBuddy(m_presets);
        column->addWidget(label);
        column->addWidget(m_presets);
        connect(m_presets, &Choice::chosen, this, [this, presets](int index) {
            emit presetChosen(presets[static_cast<std::size_t>(index)].lesson);
        });
    }

    m_list = new LayerList(this);
    column->addWidget(m_list);

    auto* tools = new PillLayout(58);
    const auto tool = [&](const QString& text, const QString& name) {
        auto* button = new QPushButton(text, this);
        set_button_role(button, ButtonRole::input_pill);
        button->setAccessibleName(name);
        button->setToolTip(name);
        tools->addWidget(button);
        return button;
    };
    auto* add_button = tool(tr("Add"), tr("Add a layer after the chosen one"));
    m_up = tool(tr("Up"), tr("Move the chosen layer up"));
    m_down = tool(tr("Down"), tr("Move the chosen layer down"));
    m_remove = tool(tr("Remove"), tr("Remove the chosen layer"));
    column->addLayout(tools);

    auto* menu = new QMenu(add_button);
    for (const engine::LayerDefinition* layer : engine::layer_definitions())
        menu->addAction(QString::fromStdString(engine::class_name(layer->example)), this,
                        [this, layer] { add(layer->example); });
    connect(add_button, &QPushButton::clicked, menu, [menu, add_button] {
        menu->popup(add_button->mapToGlobal(QPoint(0, add_button->height())));
    });
    connect(m_remove, &QPushButton::clicked, this, &ModelPanel::remove);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_list, &LayerList::layerChosen, this, &ModelPanel::layerChosen);

    column->addWidget(make_divider(this));
    auto* summary_head = new QHBoxLayout;
    m_call = make_label(QString(), TextRole::argument);
    summary_head->addWidget(m_call, 1);
    QStringList programs;
    for (const engine::SummaryStyle style : engine::summary_styles) programs << program_of(style);
    m_styles = new Choice(programs, this);
    m_styles->setObjectName(QStringLiteral("summary_style"));
    m_styles->setAccessibleName(tr("Program whose summary is shown"));
    m_copy = new QPushButton(tr("Copy"), this);
    set_button_role(m_copy, ButtonRole::input_pill);
    m_copy->setObjectName(QStringLiteral("copy_summary"));
    m_copy->setAccessibleName(tr("Copy the summary"));
    m_copy->setMinimumWidth(scaled(64));
    m_enlarge = new IconButton(QStringLiteral("enlarge"), tr("Read the summary large"), this);
    m_enlarge->setObjectName(QStringLiteral("enlarge_summary"));
    m_call->setBuddy(m_styles);  // a combo box by itself is called by its value
    summary_head->addWidget(m_enlarge);
    summary_head->addWidget(m_copy);
    column->addLayout(summary_head);
    column->addWidget(m_styles);
    m_summary = new QPlainTextEdit(this);
    m_summary->setObjectName(QStringLiteral("summary"));
    m_summary->setReadOnly(true);
    m_summary->setTabChangesFocus(true);
    m_summary->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_summary->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_summary);
    column->addStretch(1);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_summary->toPlainText()); });
    connect(m_enlarge, &QPushButton::clicked, this, &ModelPanel::readLarge);
    connect(m_styles, &Choice::chosen, this, [this](int index) {
        setSummaryStyle(engine::summary_styles[static_cast<std::size_t>(index)]);
        emit summaryStyleChosen(m_style);
    });
    setSummaryStyle(m_style);
}

void ModelPanel::setSummaryStyle(engine::SummaryStyle style) {
    m_style = style;
    const auto place = std::ranges::find(engine::summary_styles, style);
    m_styles->show(static_cast<int>(place - engine::summary_styles.begin()));
    m_call->setText(style == engine::SummaryStyle::torchinfo ? QStringLiteral("summary(model)")
                                                             : QStringLiteral("model.summary()"));
    m_summary->setAccessibleName(tr("Summary of the model as %1 prints it").arg(program_of(style)));
    showSummary();
}

void ModelPanel::show(const document::PresentedPane& shown) {
    m_lesson = shown.lesson;
    m_focus = shown.view.focus;
    m_list->show(shown);
    m_remove->setEnabled(m_lesson.layers.size() > 1);
    m_up->setEnabled(m_focus > 0);
    m_down->setEnabled(m_focus + 1 < static_cast<int>(m_lesson.layers.size()));

    const bool fits = !shown.shapes.error;
    m_geometries = fits ? shown.shapes.geometries : std::vector<engine::Geometry>();
    m_copy->setEnabled(fits);
    m_enlarge->setEnabled(fits);
    showPreset();
    showSummary();
}

/// The one whose layers these are.
void ModelPanel::showPreset() {
    if (m_presets == nullptr) return;
    const auto same = std::ranges::find(m_presetLayers, m_lesson.layers);
    m_presets->show(same != m_presetLayers.end() ? static_cast<int>(same - m_presetLayers.begin())
                                                 : -1);
}

void ModelPanel::readLarge() {
    if (!m_large) {
        m_large = new SummaryWindow(window());
        m_large->setAttribute(Qt::WA_DeleteOnClose);
        showSummary();
    }
    m_large->show();
    m_large->raise();
    m_large->activateWindow();
}

void ModelPanel::showSummary() {
    QString text = tr("The summary appears when every layer fits.");
    m_total->setText(QString());
    if (!m_geometries.empty()) {
        text = QString::fromStdString(
            engine::summary_text(words::summary_of(m_lesson, m_geometries, m_style)));
        text.chop(1);  // the end of the last line would show as an empty one
        // Keras's count, whoever prints the summary.
        const std::int64_t total = engine::summarize(m_lesson.layers, m_geometries).total;
        m_total->setText(
            tr("%1 parameters").arg(QString::fromStdString(engine::with_thousands(total))));
    }
    // A table keeps its columns and is scrolled; the sentence in its place is broken.
    const bool table = !m_geometries.empty();
    m_summary->setLineWrapMode(table ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
    if (m_summary->toPlainText() != text) m_summary->setPlainText(text);
    if (m_large) m_large->show(program_of(m_style), text);
    const int lines = table ? static_cast<int>(text.count(u'\n')) + 1 : 2;
    m_summary->setFixedHeight(lines * m_summary->fontMetrics().lineSpacing() +
                              m_summary->horizontalScrollBar()->sizeHint().height() + scaled(20));
}

void ModelPanel::add(const engine::LayerSpec& spec) {
    std::vector<engine::Layer> layers = m_lesson.layers;
    layers.insert(layers.begin() + m_focus + 1, engine::Layer{spec, {}});
    emit layersEdited(layers, m_focus + 1, tr("Add layer"));
}

void ModelPanel::remove() {
    if (m_lesson.layers.size() < 2) return;
    std::vector<engine::Layer> layers = m_lesson.layers;
    layers.erase(layers.begin() + m_focus);
    emit layersEdited(layers, std::min(m_focus, static_cast<int>(layers.size()) - 1),
                      tr("Remove layer"));
}

void ModelPanel::move(int by) {
    const int to = m_focus + by;
    if (to < 0 || to >= static_cast<int>(m_lesson.layers.size())) return;
    std::vector<engine::Layer> layers = m_lesson.layers;
    std::swap(layers[static_cast<std::size_t>(m_focus)], layers[static_cast<std::size_t>(to)]);
    emit layersEdited(layers, to, tr("Move layer"));
}

}  // namespace ui::widgets
