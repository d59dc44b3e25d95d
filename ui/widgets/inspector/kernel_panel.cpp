// SPDX-License-Identifier: MIT
// Recipes for the kernel and one number of the bias.
#include "ui/widgets/inspector/kernel_panel.h"

#include <array>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/preset_menu.h"

namespace ui::widgets {

using engine::Initializer;

namespace {

constexpr std::array presets{
    Initializer::tens,     Initializer::ones,         Initializer::identity,
    Initializer::bilinear, Initializer::gaussian,     Initializer::sobel,
    Initializer::sharpen,  Initializer::checkerboard, Initializer::glorot_uniform};

/// Larger kernels are not compared with the presets on every refresh.
constexpr std::int64_t largest_compared = 16384;

QString kernel_shape_text(const engine::Shape& shape) {
    QStringList sizes;
    for (const int size : shape.sizes())
        sizes << (size > 0 ? QString::number(size) : QStringLiteral("?"));
    return u'(' + sizes.join(QStringLiteral(", ")) + u')';
}

}  // namespace

KernelPanel::KernelPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("kernel_panel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->addWidget(make_label(tr("Kernel"), TextRole::heading), 1);
    m_size = make_label(QString(), TextRole::value);
    head->addWidget(m_size);
    m_brackets = new QPushButton(QStringLiteral("[[[[…]]]]"), this);
    m_brackets->setObjectName(QStringLiteral("brackets"));
    m_brackets->setAutoDefault(false);
    m_brackets->setToolTip(tr("The weights in their four brackets, to copy and paste as code"));
    m_brackets->setAccessibleName(tr("Weights in brackets"));
    connect(m_brackets, &QPushButton::clicked, this, &KernelPanel::bracketsRequested);
    head->addWidget(m_brackets);
    column->addLayout(head);

    m_presets = new PresetMenu(
        PresetMenu::Of::weights,
        {QStringLiteral("10 20 30 …"), tr("Ones"), tr("Identity"), tr("Bilinear"), tr("Gaussian"),
         tr("Sobel"), tr("Sharpen"), tr("Checkerboard"), tr("Random")},
        tr("kernel"), this);
    m_presets->setObjectName(QStringLiteral("kernel_presets"));
    column->addWidget(m_presets);

    m_biasRow = new QWidget(this);
    auto* form = new FormRows(m_biasRow);
    m_biasField = new NumberField(m_biasRow);
    form->addArgument(QStringLiteral("bias"), m_biasField);
    m_biasLabel = static_cast<QLabel*>(form->labelForField(m_biasField));
    column->addWidget(m_biasRow);

    connect(m_presets, &PresetMenu::chosen, this, [this](int index) {
        engine::WeightRecipe recipe{presets[static_cast<std::size_t>(index)], 1};
        if (recipe.initializer == Initializer::glorot_uniform && m_setting.recipe &&
            m_setting.recipe->initializer == recipe.initializer)
            recipe.seed = m_setting.recipe->seed + 1;  // again: other numbers
        setRecipe(recipe, {});
    });
    connect(m_presets, &PresetMenu::seedEdited, this, [this](int seed) {
        setRecipe({Initializer::glorot_uniform, static_cast<std::uint64_t>(seed)},
                  QStringLiteral("kernel/seed"));
    });
    connect(m_presets, &PresetMenu::finished, this, &KernelPanel::finished);
    connect(m_biasField, &NumberField::edited, this, [this](float value) {
        if (m_bias.empty()) return;
        engine::WeightSetting setting = m_setting;
        setting.values.bias = m_bias.with_value(m_filter, value);
        emit weightsEdited(setting, tr("Change bias"), QStringLiteral("bias/%1").arg(m_filter));
    });
    connect(m_biasField, &NumberField::finished, this, &KernelPanel::finished);
}

void KernelPanel::setRecipe(engine::WeightRecipe recipe, const QString& mergeKey) {
    engine::WeightSetting setting = m_setting;
    setting.recipe = recipe;
    setting.values.kernel = {};
    emit weightsEdited(setting, tr("Preset kernel"), mergeKey);
}

int KernelPanel::presetOf(const engine::LayerSpec& spec, const engine::WeightSetting& setting,
                          const engine::Tensor& kernel) const {
    for (std::size_t i = 0; i < presets.size(); ++i) {
        if (setting.recipe
                ? setting.recipe->initializer == presets[i]
                : presets[i] != Initializer::glorot_uniform && !kernel.empty() &&
                      kernel.shape().count() <= largest_compared &&
                      engine::make_kernel({presets[i], 1}, spec, kernel.shape()) == kernel)
            return static_cast<int>(i);
    }
    return -1;
}

bool KernelPanel::show(const document::PresentedPane& shown) {
    // Of a layer that does not fit, what its arguments alone say.
    const engine::WeightShapes shapes = engine::weight_shapes(shown.spec(), shown.input_shape());
    if (shapes.kernel.rank() == 0) return false;

    m_setting = shown.layer().weights;
    m_filter = shown.view.filter;
    const engine::Weights weights = shown.weights();
    m_bias = weights.bias;
    if (m_bias.empty() && shapes.bias.count() > 0 && m_setting.values.bias.shape().rank() < 2)
        m_bias = m_setting.values.bias.empty() ? engine::Tensor::filled(shapes.bias, 0.0F)
                                               : m_setting.values.bias.resized(shapes.bias, 0.0F);
    m_size->setText(kernel_shape_text(shapes.kernel));
    m_brackets->setVisible(shapes.kernel.rank() == 4);

    // A dense kernel is no picture: only the presets that mean something for it.
    std::vector<bool> offered(presets.size(), shapes.kernel.rank() == 4);
    offered[1] = offered[presets.size() - 1] = true;
    const bool random =
        m_setting.recipe && m_setting.recipe->initializer == Initializer::glorot_uniform;
    m_presets->show(offered, presetOf(shown.spec(), m_setting, weights.kernel),
                    random ? std::optional(m_setting.recipe->seed) : std::nullopt);

    const bool has_bias = !m_bias.empty() && m_filter < m_bias.shape()[0];
    m_biasRow->setVisible(has_bias);
    if (has_bias) {
        const bool dense = shapes.kernel.rank() == 2;
        const QString name = m_bias.shape()[0] == 1 ? QStringLiteral("bias")
                             : dense                ? tr("bias, unit %1").arg(m_filter)
                                                    : tr("bias, filter %1").arg(m_filter);
        m_biasLabel->setText(name);
        m_biasField->setAccessibleName(name);
        m_biasField->show(m_bias.at(m_filter));
    }
    return true;
}

}  // namespace ui::widgets
