// SPDX-License-Identifier: MIT
#include "ui/widgets/rail/design_panel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "engine/frameworks/ledger.h"
#include "engine/models/summary.h"
#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/way_list.h"
#include "ui/words/error_text.h"
#include "ui/words/ledger_words.h"
#include "ui/words/plain_text.h"
#include "ui/words/way_words.h"

namespace ui::widgets {

using engine::Size2D;

namespace {

constexpr int first_ways = 4;  ///< that are listed; all on demand
constexpr int largest_size = 4096;

QString size_text(Size2D size) {
    return QStringLiteral("%1\u00a0×\u00a0%2").arg(size.height).arg(size.width);
}
QString count_text(std::int64_t count) {
    return QString::fromStdString(engine::with_thousands(count));
}

/// What designs are made for; of all else there is nothing to design.
bool is_designed(const engine::LayerSpec& spec) {
    return std::holds_alternative<engine::Conv2DTranspose>(spec) ||
           std::holds_alternative<engine::UpSampling2D>(spec);
}

int filters_of(const std::vector<engine::LayerSpec>& layers, int channels) {
    for (const engine::LayerSpec& spec : layers)
        if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec)) return layer->filters;
    for (const engine::LayerSpec& spec : layers)
        if (const auto* layer = std::get_if<engine::Conv2D>(&spec)) return layer->filters;
    return channels;
}

}  // namespace

DesignPanel::DesignPanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(make_label(tr("From size to size"), TextRole::title, this), 1);
    m_count = make_label(QString(), TextRole::value, this);
    m_count->setObjectName(QStringLiteral("way_count"));
    head->addWidget(m_count);
    column->addLayout(head);

    auto* sizes = new QHBoxLayout;
    sizes->setSpacing(8);
    m_from = make_label(QString(), TextRole::formula, this);
    m_from->setObjectName(QStringLiteral("design_from"));
    sizes->addWidget(m_from);
    m_to = new Size2DField(1, largest_size, Size2DField::Between::chain, this);
    m_to->setObjectName(QStringLiteral("design_to"));
    m_to->setArgument(tr("wanted size"), m_to->objectName());
    m_to->setPatient(true);
    sizes->addWidget(m_to);
    sizes->addStretch(1);
    column->addLayout(sizes);

    m_said = make_label(QString(), TextRole::note, this);
    m_said->setObjectName(QStringLiteral("design_said"));
    column->addWidget(m_said);
    m_ways = new WayList(this);
    column->addWidget(m_ways);
    m_all = new QPushButton(this);
    m_all->setObjectName(QStringLiteral("all_ways"));
    set_button_role(m_all, ButtonRole::input_pill);
    column->addWidget(m_all, 0, Qt::AlignLeading);
    m_fold = new MarkedButton(tr("Keep, or check a setting"), this);
    m_fold->setObjectName(QStringLiteral("design_kept"));
    m_fold->setProperty("fold", true);
    m_fold->setCheckable(true);
    m_fold->setMark(QStringLiteral("folded"));
    column->addWidget(m_fold, 0, Qt::AlignLeading);

    connect(m_to, &Size2DField::edited, this, [this](Size2D size) {
        m_wanted = size;
        ask();
    });
    connect(m_ways, &WayList::taken, this, [this](const std::vector<engine::LayerSpec>& layers) {
        m_taken = layers;
        emit taken(m_span, layers);
    });
    connect(m_ways, &WayList::compared, this, [this](const auto& first, const auto& second) {
        m_taken = first;
        emit compared(m_span, first, second);
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_question.most = m_question.most == first_ways ? engine::max_design_rows : first_ways;
        showDesign();
    });
    connect(m_fold, &QPushButton::toggled, this, [this](bool open) {
        m_fold->setMark(open ? QStringLiteral("unfolded") : QStringLiteral("folded"));
        if (open && m_kept == nullptr) makeKept();
        if (m_kept != nullptr) m_kept->setVisible(open);
    });
}

void DesignPanel::makeKept() {
    m_kept = new QWidget(this);
    auto* form = new FormRows(m_kept);
    form->setContentsMargins(0, 0, 0, 0);
    const engine::DesignQuestion limits;
    m_kernel = new OptionalSize2DField(limits.largest_kernel, m_kept);
    m_kernel->setObjectName(QStringLiteral("kept_kernel"));
    m_kernel->show(m_question.kernel);
    m_kernel->setArgument(tr("kept kernel_size"), m_kernel->objectName());
    form->addArgument(QStringLiteral("kernel_size"), m_kernel);
    m_strides = new OptionalSize2DField(limits.largest_strides, m_kept);
    m_strides->setObjectName(QStringLiteral("kept_strides"));
    m_strides->show(m_question.strides);
    m_strides->setArgument(tr("kept strides"), m_strides->objectName());
    form->addArgument(QStringLiteral("strides"), m_strides);
    QStringList names{tr("any")};
    for (const engine::Framework framework : engine::all_frameworks())
        names << words::framework_name(framework);
    m_framework = new Choice(names, m_kept);
    m_framework->setObjectName(QStringLiteral("kept_framework"));
    m_framework->show(0);
    form->addArgument(tr("framework"), m_framework);
    m_claim = new QLineEdit(m_kept);
    m_claim->setObjectName(QStringLiteral("claim"));
    m_claim->setMaxLength(200);
    m_claim->setPlaceholderText(QStringLiteral("k4 s2 p1, k5 s1 p0"));
    m_claim->setToolTip(
        tr("Settings said to lead there: kernel, strides, padding, output_padding"));
    form->addArgument(tr("check"), m_claim);
    m_claimed = make_label(QString(), TextRole::note, m_kept);
    m_claimed->setObjectName(QStringLiteral("claimed"));
    form->addRow(m_claimed);
    m_claimed->hide();
    form->addRow(
        make_label(tr("A way is a layer that Keras, PyTorch or ONNX says with a kernel_size "
                      "of 1 to %1, strides of 1 to %2 and one of the crops there are, "
                      "UpSampling2D with a Conv2D, or two layers that double the size. "
                      "The best of each kind come first.")
                       .arg(limits.largest_kernel)
                       .arg(limits.largest_strides),
                   TextRole::note, m_kept));
    layout()->addWidget(m_kept);

    connect(m_kernel, &OptionalSize2DField::optionalEdited, this, [this](auto size) {
        m_kernel->show(size);
        m_question.kernel = size;
        ask();
    });
    connect(m_strides, &OptionalSize2DField::optionalEdited, this, [this](auto size) {
        m_strides->show(size);
        m_question.strides = size;
        ask();
    });
    connect(m_framework, &Choice::chosen, this, [this](int index) {
        m_question.framework =
            index == 0
                ? std::nullopt
                : std::optional(engine::all_frameworks()[static_cast<std::size_t>(index) - 1]);
        ask();
    });
    connect(m_claim, &QLineEdit::textChanged, this, &DesignPanel::showClaims);
}

/// The layer in focus, or the several ones that were taken from here in its place.
LayerSpan DesignPanel::spanOf(const document::PresentedPane& shown) const {
    const auto& layers = shown.lesson.layers;
    const int focus = shown.view.focus;
    const int count = static_cast<int>(m_taken.size());
    const auto is_kind = [&](int first) {
        for (int i = 0; i < count; ++i)
            if (layers[static_cast<std::size_t>(first + i)].spec.index() !=
                m_taken[static_cast<std::size_t>(i)].index())
                return false;
        return true;
    };
    for (int first = focus; first > focus - count; --first)
        if (first >= 0 && first + count <= static_cast<int>(layers.size()) && is_kind(first))
            return {first, count};
    return {focus, 1};
}

void DesignPanel::show(const document::PresentedPane& shown) {
    if (shown.lesson.title != m_title) {
        m_title = shown.lesson.title;
        m_wanted.reset();
        m_taken.clear();
    }
    const LayerSpan span = spanOf(shown);
    const auto last = static_cast<std::size_t>(span.first + span.count - 1);
    const bool fits = shown.shapes.geometries.size() > last;
    const auto& first_spec = shown.lesson.layers[static_cast<std::size_t>(span.first)].spec;
    setVisible(fits && is_designed(first_spec));
    if (isHidden()) return;
    m_span = span;
    m_current.clear();
    for (int i = 0; i < span.count; ++i)
        m_current.push_back(shown.lesson.layers[static_cast<std::size_t>(span.first + i)].spec);
    const engine::Shape& input =
        shown.shapes.geometries[static_cast<std::size_t>(span.first)].input;
    const engine::Shape& output = shown.shapes.geometries[last].output;
    m_now = {output.height(), output.width()};
    if (m_wanted == m_now) m_wanted.reset();
    m_question.from = {input.height(), input.width()};
    m_question.channels = input.channels();
    m_question.filters = filters_of(m_current, input.channels());
    ask();
}

void DesignPanel::ask() {
    m_question.to = m_wanted.value_or(m_now);
    engine::DesignQuestion other = m_question;
    other.most = m_answered ? m_answered->most : first_ways;
    if (m_answered != other) m_question.most = first_ways;
    showDesign();
    if (m_claim != nullptr) showClaims();
}

void DesignPanel::showDesign() {
    m_from->setText(size_text(m_question.from) + QStringLiteral(" →"));
    m_to->show(m_question.to);
    if (m_answered != m_question) {
        m_answered = m_question;
        const auto design = engine::design(m_question);
        m_design = design ? *design : engine::Design();
        m_refusal = design ? QString() : words::error_text(design.error());
        m_ways->show(m_design.ways, m_question.framework, m_current);
    }
    m_ways->setCurrent(m_current);
    QStringList said;
    if (!m_refusal.isEmpty()) said << m_refusal;
    const Size2D to = m_question.to;
    if (m_refusal.isEmpty() && (m_design.nearest || m_design.count == 0))
        said << (m_design.nearest ? tr("Nothing leads to %1. The nearest is %2:")
                                        .arg(size_text(to), size_text(*m_design.nearest))
                                  : tr("Nothing leads to %1.").arg(size_text(to)));
    if (m_design.cut_by_hand)
        said << tr("%1 has no such layer by itself: it is cut by hand.")
                    .arg(words::framework_name(*m_question.framework));
    if (to != m_now)
        said << tr("%1, on the stage, gives %2, not %3.")
                    .arg(words::setting_text(m_current), size_text(m_now), size_text(to));
    m_said->setText(said.join(u' '));
    m_said->setVisible(!said.isEmpty());
    const auto listed = static_cast<std::int64_t>(m_design.ways.size());
    m_count->setToolTip(tr("Below “Keep, or check a setting” stands what counts as a way"));
    m_count->setText(listed < m_design.count
                         ? tr("%1 of %2 ways").arg(count_text(listed), count_text(m_design.count))
                         : tr("%n way(s)", nullptr, static_cast<int>(m_design.count)));
    m_ways->setVisible(!m_design.ways.empty());
    m_all->setVisible(m_design.count > first_ways);
    const std::int64_t most = std::min<std::int64_t>(m_design.count, engine::max_design_rows);
    m_all->setText(m_question.most == first_ways ? tr("Show %1").arg(count_text(most))
                                                 : tr("Show fewer"));
}

void DesignPanel::showClaims() {
    const words::ReadClaims read = words::read_claims(m_claim->text(), m_question.from);
    QString text;
    if (!read.not_understood.isNull())
        text = tr("“%1” is no setting; write kernels with their strides and padding, such as k4 s2 "
                  "p1, k5 s1 p0.")
                   .arg(words::harmless(read.not_understood, 40));
    else if (read.error)
        text = words::error_text(*read.error);
    else
        text = words::claim_sentences(read.claims, m_question.to).join(u' ');
    m_claimed->setText(text);
    m_claimed->setVisible(!text.isEmpty());
}

}  // namespace ui::widgets
