// SPDX-License-Identifier: MIT
// Channels and filters to choose from, and the rest of a layer's arguments.
#include "ui/widgets/inspector/more_panel.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <QLabel>
#include <QVBoxLayout>

#include "engine/layers/layer_definition.h"
#include "engine/lessons/continued.h"
#include "ui/diagram/readings.h"
#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/layer_panel.h"
#include "ui/widgets/inspector/stage_layers.h"

namespace ui::widgets {

namespace {

/// The arguments that stand here, `filters` first; empty for a layer that has none of them.
std::vector<std::string_view> folded_of(const engine::LayerSpec& spec) {
    const int kind = stage_layer_of(spec);
    if (kind < 0) return {};
    std::vector<std::string_view> names = stage_layers()[static_cast<std::size_t>(kind)].folded;
    if (!names.empty()) names.insert(names.begin(), "filters");
    return names;
}

}  // namespace

MorePanel::MorePanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_fold = new MarkedButton(tr("More"), this);
    m_fold->setObjectName(QStringLiteral("more"));
    m_fold->setCheckable(true);
    column->addWidget(m_fold, 0, Qt::AlignLeading);
    m_contents = make_label(QString(), TextRole::note);
    column->addWidget(m_contents);

    connect(m_fold, &QPushButton::toggled, this, &MorePanel::setOpen);
    setOpen(false);
}

void MorePanel::makeBody() {
    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(10);
    m_channelRow = new QWidget(m_body);
    auto* channel_form = new FormRows(m_channelRow);
    m_channels = new IntField(1, 512, m_channelRow);
    m_channels->setPatient(true);
    m_channels->setObjectName(QStringLiteral("channels"));
    channel_form->addArgument(tr("channels"), m_channels);
    body->addWidget(m_channelRow);

    m_shownRows = new QWidget(m_body);
    m_shownForm = new FormRows(m_shownRows);
    m_channelShown = new IntField(0, 0, m_shownRows);
    m_channelShown->setObjectName(QStringLiteral("channel_shown"));
    m_shownForm->addArgument(tr("channel shown"), m_channelShown);
    m_filterShown = new IntField(0, 0, m_shownRows);
    m_filterShown->setObjectName(QStringLiteral("filter_shown"));
    m_shownForm->addArgument(tr("filter shown"), m_filterShown);
    body->addWidget(m_shownRows);

    layout()->addWidget(m_body);

    connect(m_channels, &IntField::edited, this, [this](int channels) {
        const engine::Tensor& input = m_shown->lesson.input;
        const engine::Shape& now = input.shape();
        emit inputEdited(channels > now.channels()
                             ? engine::continued(input, 2, channels)
                             : input.resized({now.height(), now.width(), channels}, 0.0F),
                         tr("Change channels"), QStringLiteral("input/channels"));
    });
    connect(m_channels, &IntField::finished, this, &MorePanel::finished);
    for (IntField* field : {m_channelShown, m_filterShown})
        connect(field, &IntField::edited, this,
                [this] { emit lookedAt(m_filterShown->value(), m_channelShown->value()); });
}

void MorePanel::setOpen(bool open) {
    if (open && m_body == nullptr) {
        makeBody();
        if (m_shown) showBody();
    }
    m_fold->setChecked(open);
    m_fold->setMark(open ? QStringLiteral("unfolded") : QStringLiteral("folded"));
    m_fold->setAccessibleDescription(m_contents->text());
    m_contents->setVisible(!open);
    if (m_body != nullptr) m_body->setVisible(open);
}

bool MorePanel::isNeeded(const engine::Lesson& lesson, int focus) {
    const engine::Shape& input = lesson.input.shape();
    if (lesson.layers.size() == 1 && input.rank() == 3 && input.channels() > 1) return true;
    const engine::LayerSpec& spec = lesson.layers[static_cast<std::size_t>(focus)].spec;
    const engine::LayerDefinition& definition = engine::definition_of(spec);
    const auto is_used = [&](std::string_view name) {
        const auto* argument = engine::argument_named(definition, engine::Framework::keras, name);
        // A bias that is left out is missed by nobody.
        return name != "use_bias" &&
               argument->value_in(spec) != argument->value_in(definition.defaults);
    };
    return std::ranges::any_of(folded_of(spec), is_used);
}

ArgumentForm* MorePanel::addForm(const engine::LayerSpec& spec,
                                 std::span<const std::string_view> names) {
    auto* form = new ArgumentForm(m_body);
    for (const std::string_view name : names)
        form->add(
            *engine::argument_named(engine::definition_of(spec), engine::Framework::keras, name));
    connect(form, &ArgumentForm::specEdited, this, &MorePanel::specEdited);
    connect(form, &ArgumentForm::finished, this, &MorePanel::finished);
    return form;
}

/// `filters` above what is shown of them, the others below.
void MorePanel::makeForms(const engine::LayerSpec& spec) {
    const std::vector<std::string_view> folded = folded_of(spec);
    if (m_formsFor == spec.index() || folded.empty()) return;
    m_formsFor = spec.index();
    delete m_filters;
    delete m_arguments;
    auto* body = static_cast<QVBoxLayout*>(m_body->layout());
    m_filters = addForm(spec, std::span(folded).first(1));
    m_arguments = addForm(spec, std::span(folded).subspan(1));
    body->insertWidget(body->indexOf(m_shownRows), m_filters);
    body->addWidget(m_arguments);
}

bool MorePanel::show(const document::PresentedPane& shown) {
    m_shown = shown;
    const engine::Shape input = shown.input_shape();
    const std::vector<std::string_view> folded = folded_of(shown.spec());
    QStringList contents{tr("channels")};
    for (const std::string_view name : folded)
        contents << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    m_contents->setText(contents.join(QStringLiteral(", ")));
    const auto* to_blame = LayerPanel::toBlame(shown);
    const bool here =
        to_blame != nullptr && std::ranges::find(folded, to_blame->name) != folded.end();
    if (here) setOpen(true);
    if (m_body != nullptr) showBody();
    for (ArgumentForm* form : {m_filters, m_arguments}) {
        if (form == nullptr) continue;
        const bool beside = here && form->has(to_blame->name);
        form->showProblem(beside ? to_blame->name : std::string_view(),
                          beside ? shown.shapes.error->axis : -1,
                          beside ? shown.problem : QString());
    }
    const bool is_map = input.rank() == 3;
    setVisible(!folded.empty() || (is_map && (shown.view.focus == 0 || input.channels() > 1)));
    return here;
}

void MorePanel::showBody() {
    const engine::LayerSpec& spec = m_shown->spec();
    const engine::Shape input = m_shown->input_shape();
    const bool is_map = input.rank() == 3;
    const engine::Geometry* geometry = m_shown->geometry();
    const int filters =
        geometry != nullptr && geometry->output.rank() == 3 ? geometry->output.channels() : 1;
    m_channelRow->setVisible(is_map && m_shown->view.focus == 0);
    const auto& reading = diagram::reading_of(spec, m_shown->view.reading);
    const bool choose_channel = is_map && input.channels() > 1 && !reading.shows_every_channel;
    const bool choose_filter = engine::plays_filters(spec) && filters > 1;
    m_shownForm->setRowVisible(m_channelShown, choose_channel);
    m_shownForm->setRowVisible(m_filterShown, choose_filter);
    m_shownRows->setVisible(choose_channel || choose_filter);
    if (is_map) {
        m_channels->show(input.channels());
        m_channelShown->setLimits(0, input.channels() - 1);
        m_channelShown->show(m_shown->view.channel);
    }
    m_filterShown->setLimits(0, filters - 1);
    m_filterShown->show(m_shown->view.filter);

    makeForms(spec);
    for (ArgumentForm* form : {m_filters, m_arguments}) {
        if (form == nullptr) continue;
        const bool is_for_it = m_formsFor == spec.index();
        form->setVisible(is_for_it);
        if (is_for_it) form->show(spec);
    }
}

}  // namespace ui::widgets
