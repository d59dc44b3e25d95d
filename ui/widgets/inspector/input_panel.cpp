// SPDX-License-Identifier: MIT
// Sizes and presets of the input tensor.
#include "ui/widgets/inspector/input_panel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "engine/lessons/continued.h"
#include "engine/lessons/timeline.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/preset_menu.h"

namespace ui::widgets {

using engine::Shape;
using engine::Tensor;

namespace {

enum Preset {
    counting,
    tutorial,
    one_hot,
    checkerboard,
    gradient,
    digit,
    random_numbers,
    preset_count
};

/// Larger inputs are not compared with the presets on every refresh.
constexpr std::int64_t largest_compared = 16384;

Tensor made_by(int preset, const Shape& shape, std::uint64_t seed) {
    switch (preset) {
        case counting:
            return engine::counting_input(shape);
        case tutorial:
            return Tensor(Shape{2, 2, 1}, {1, 2, 3, 4});
        case one_hot:
            return engine::one_hot_input(shape);
        case checkerboard:
            return engine::checkerboard_input(shape);
        case gradient:
            return engine::gradient_input(shape);
        case digit:
            return engine::digit_input(shape);
        default:
            return engine::random_input(shape, seed);
    }
}

/// As large as both; the first where they do not go together.
Shape around(const Shape& a, const Shape& b) {
    if (a.rank() != b.rank() || (a.rank() == 3 && a.channels() != b.channels())) return a;
    if (a.rank() == 1) return {std::max(a[0], b[0])};
    return {std::max(a.height(), b.height()), std::max(a.width(), b.width()), a.channels()};
}

}  // namespace

InputPanel::InputPanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);

    auto* head = new QHBoxLayout;
    head->addWidget(make_label(tr("Input"), TextRole::heading), 1);
    m_size = make_label(QString(), TextRole::value);
    head->addWidget(m_size);
    column->addLayout(head);

    m_own = new QWidget(this);
    auto* own = new QVBoxLayout(m_own);
    own->setContentsMargins(0, 0, 0, 0);
    own->setSpacing(10);

    auto* sizes = new QHBoxLayout;
    m_extent = new Size2DField(1, 1024, Size2DField::Between::times, m_own);
    m_extent->setArgument(QStringLiteral("input"));
    m_extent->setPatient(true);  // on the way from 4 to 12 lies 1, which would lose numbers
    sizes->addWidget(m_extent);
    m_lengthRow = new QWidget(m_own);
    auto* length = new QHBoxLayout(m_lengthRow);
    length->setContentsMargins(0, 0, 0, 0);
    m_length = new IntField(1, 65536, m_lengthRow);
    m_length->setPatient(true);
    m_length->setAccessibleName(tr("input, how many numbers"));
    length->addWidget(m_length);
    sizes->addWidget(m_lengthRow);
    sizes->addStretch(1);
    own->addLayout(sizes);

    m_presets =
        new PresetMenu(PresetMenu::Of::input,
                       {QStringLiteral("1 2 3 …"), QStringLiteral("1 2 / 3 4"), tr("One hot"),
                        tr("Checkerboard"), tr("Gradient"), tr("Digit"), tr("Random")},
                       tr("input"), m_own);
    m_presets->setObjectName(QStringLiteral("input_presets"));
    own->addWidget(m_presets);
    column->addWidget(m_own);

    m_hint = make_label(QString(), TextRole::note);
    column->addWidget(m_hint);

    connect(m_extent, &Size2DField::edited, this, [this](engine::Size2D extent) {
        setShape({extent.height, extent.width, m_input.shape().channels()});
    });
    connect(m_length, &IntField::edited, this, [this](int count) { setShape({count}); });
    connect(m_extent, &Size2DField::finished, this, &InputPanel::finished);
    connect(m_length, &IntField::finished, this, &InputPanel::finished);
    connect(m_presets, &PresetMenu::chosen, this, &InputPanel::choosePreset);
    connect(m_presets, &PresetMenu::seedEdited, this, [this](int seed) {
        m_seed = static_cast<std::uint64_t>(seed);
        emit inputEdited(engine::random_input(m_input.shape(), m_seed), tr("Random input"),
                         QStringLiteral("input/seed"));
    });
    connect(m_presets, &PresetMenu::finished, this, &InputPanel::finished);
}

/// A preset stays itself at every size. Numbers of one's own stay where they are and are repeated;
/// those that a smaller grid leaves out come back with a larger one.
void InputPanel::setShape(const Shape& shape) {
    const int preset = m_setAside.empty() ? presetOf(m_input) : -1;
    Tensor resized;
    if (preset >= 0) {
        resized = made_by(preset == tutorial ? counting : preset, shape, m_seed);
    } else {
        resized = engine::regrown(m_input, shape, m_setAside);
        const Shape all = around(m_input.shape(), m_setAside.shape());
        m_setAside = around(shape, all) == shape ? Tensor()
                     : all == m_input.shape()    ? m_input
                                                 : engine::regrown(m_input, all, m_setAside);
    }
    m_madeShape = shape;
    emit inputEdited(resized, tr("Resize input"), QStringLiteral("input/size"));
}

void InputPanel::choosePreset(int index) {
    m_setAside = {};
    if (index == random_numbers && seedOf(m_input)) ++m_seed;  // again: other numbers
    emit inputEdited(made_by(index, m_input.shape(), m_seed), tr("Preset input"), {});
}

std::optional<std::uint64_t> InputPanel::seedOf(const Tensor& input) const {
    if (input.shape().count() > largest_compared) return std::nullopt;
    if (input == engine::random_input(input.shape(), m_seed)) return m_seed;
    return std::nullopt;
}

int InputPanel::presetOf(const Tensor& input) const {
    if (seedOf(input)) return random_numbers;
    if (input.shape().rank() != 3 || input.shape().count() > largest_compared) return -1;
    // The tutorial's grid counts too: where two presets agree the more special one is marked.
    for (const int preset : {tutorial, counting, one_hot, checkerboard, gradient, digit})
        if (made_by(preset, input.shape(), 0) == input) return preset;
    return -1;
}

void InputPanel::forget() { m_setAside = {}; }

void InputPanel::show(const document::PresentedPane& shown) {
    m_input = shown.lesson.input;
    if (m_input.shape() != m_madeShape) forget();  // somebody else gave it another size
    const Shape& shape = m_input.shape();
    const bool first = shown.view.focus == 0;
    QStringList sizes;
    const engine::Shape arriving = shown.input_shape();
    for (const int size : arriving.sizes()) sizes << QString::number(size);
    m_size->setText(sizes.join(QStringLiteral(" × ")));
    m_own->setVisible(first);
    m_hint->setText(first ? (shape.rank() == 3
                                 ? (engine::has_trace(shown.spec())
                                        ? tr("Change numbers on the stage: click, or drag.")
                                        : tr("What the first layer is given."))
                                 : tr("A latent vector: the noise a generator starts from."))
                          : tr("What layer %1 puts out.").arg(shown.view.focus));
    if (!first) return;

    const bool is_map = shape.rank() == 3;
    m_extent->setVisible(is_map);
    m_lengthRow->setVisible(shape.rank() == 1);
    if (is_map) m_extent->show({shape.height(), shape.width()});
    if (shape.rank() == 1) m_length->show(shape[0]);
    std::vector<bool> offered(preset_count, is_map);
    offered[random_numbers] = true;

    m_presets->show(offered, presetOf(m_input), seedOf(m_input));
}

}  // namespace ui::widgets
