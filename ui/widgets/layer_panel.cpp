// SPDX-License-Identifier: MIT
// A form made to measure for the class of layer that is shown.
#include "ui/widgets/layer_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/document/error_text.h"
#include "ui/widgets/argument_form.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/size_sentence.h"
#include "ui/widgets/style.h"

namespace ui::widgets {

namespace {

// Fields go beyond what makes sense, so that a learner can try it and read why it is impossible.
constexpr int least = 0;
constexpr int most = 64;
constexpr int most_channels = 65536;

QString q(const char* argument) { return QString::fromLatin1(argument); }

/// Adds the arguments of one layer class; classes without any add nothing.
struct AddArguments {
    ArgumentForm& form;

    void operator()(const engine::UpSampling2D&) const {
        form.add(q("size"), &engine::UpSampling2D::size, least, most);
        form.addInterpolation();
    }
    void operator()(const engine::Conv2DTranspose&) const {
        using L = engine::Conv2DTranspose;
        form.add(q("kernel_size"), &L::kernel_size, least, most);
        form.add(q("strides"), &L::strides, least, most);
        form.add(q("padding"), &L::padding);
    }
    void operator()(const engine::Conv2D&) const {
        using L = engine::Conv2D;
        form.add(q("filters"), &L::filters, least, most_channels);
        form.add(q("kernel_size"), &L::kernel_size, least, most);
        form.add(q("strides"), &L::strides, least, most);
        form.add(q("padding"), &L::padding);
        form.add(q("dilation_rate"), &L::dilation_rate, least, most);
        form.add(q("use_bias"), &L::use_bias);
        form.add(q("activation"), &L::activation);
    }
    void operator()(const engine::Dense&) const {
        using L = engine::Dense;
        form.add(q("units"), &L::units, least, most_channels);
        form.add(q("use_bias"), &L::use_bias);
        form.add(q("activation"), &L::activation);
    }
    void operator()(const engine::Reshape&) const { form.addTargetShape(); }
    void operator()(const engine::Activation&) const {
        form.add(q("activation"), &engine::Activation::activation);
    }
    void operator()(const engine::LeakyReLU&) const {
        form.add(q("negative_slope"), &engine::LeakyReLU::negative_slope);
    }
    void operator()(const engine::BatchNormalization&) const {
        using L = engine::BatchNormalization;
        form.add(q("epsilon"), &L::epsilon);
        form.add(q("center"), &L::center);
        form.add(q("scale"), &L::scale);
    }
    void operator()(const engine::Dropout&) const { form.add(q("rate"), &engine::Dropout::rate); }
    void operator()(const engine::Pooling2D&) const {
        using L = engine::Pooling2D;
        form.add(q("pool_size"), &L::pool_size, least, most);
        form.add(q("strides"), &L::strides, most);
        form.add(q("padding"), &L::padding);
    }
    void operator()(const engine::ZeroPadding2D&) const {
        form.add(q("padding"), &engine::ZeroPadding2D::padding);
    }
    void operator()(const engine::Cropping2D&) const {
        form.add(q("cropping"), &engine::Cropping2D::cropping);
    }
    void operator()(const engine::Flatten&) const {}
    void operator()(const engine::ReLU&) const {}
    void operator()(const engine::GlobalPooling2D&) const {}
};

}  // namespace

QStringList LayerPanel::kinds() {
    return {QStringLiteral("UpSampling2D"), QStringLiteral("Conv2DTranspose")};
}

LayerPanel::LayerPanel(Segmented* kind, QWidget* parent) : QWidget(parent), m_kind(kind) {
    m_lastTransposed.kernel_size = {3, 3};
    m_lastTransposed.padding = engine::Same{};

    m_name = make_label(tr("Layer"), TextRole::heading);
    m_size = make_label(QString(), TextRole::note);
    m_size->setObjectName(QStringLiteral("size_line"));
    m_badge = make_label(QString(), TextRole::note);
    m_badge->setObjectName(QStringLiteral("keras_badge"));
    m_problem = make_label(QString(), TextRole::problem);
    m_problem->setObjectName(QStringLiteral("layer_problem"));

    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    m_column->addWidget(m_name);
    m_column->addWidget(m_size);
    m_column->addWidget(m_badge);
    m_column->addWidget(m_problem);

    connect(m_kind, &Segmented::chosen, this, &LayerPanel::chooseKind);
}

void LayerPanel::chooseKind(int index) {
    // Both layers grow by the same factor: size and strides carry over, the rest is remembered.
    engine::LayerSpec wanted = m_spec;
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&m_spec); layer && index == 0)
        wanted = engine::UpSampling2D{layer->strides, engine::Interpolation::nearest};
    if (const auto* layer = std::get_if<engine::UpSampling2D>(&m_spec); layer && index == 1) {
        engine::Conv2DTranspose transposed = m_lastTransposed;
        transposed.strides = layer->size;
        wanted = transposed;
    }
    emit specEdited(wanted, QString());
}

void LayerPanel::showForm(const engine::LayerSpec& spec) {
    if (m_form == nullptr || m_formClass != spec.index()) {
        delete m_form;
        m_form = new ArgumentForm(this);
        m_formClass = spec.index();
        std::visit(AddArguments{*m_form}, spec);
        m_column->insertWidget(m_column->indexOf(m_size), m_form);
        connect(m_form, &ArgumentForm::specEdited, this, &LayerPanel::specEdited);
        connect(m_form, &ArgumentForm::finished, this, &LayerPanel::finished);
    }
    m_form->show(spec);
    m_form->setVisible(!m_form->isEmpty());
}

void LayerPanel::show(const document::PresentedPane& shown) {
    m_spec = shown.spec();
    const auto* transposed = std::get_if<engine::Conv2DTranspose>(&m_spec);
    const bool upsampling = std::holds_alternative<engine::UpSampling2D>(m_spec);
    const bool other = transposed == nullptr && !upsampling;
    if (transposed != nullptr) m_lastTransposed = *transposed;

    m_kind->setVisible(!other);
    m_kind->show(upsampling ? 0 : 1);
    m_name->setText(other ? QString::fromStdString(engine::class_name(m_spec)) : tr("Layer"));
    showForm(m_spec);

    const engine::Geometry* geometry = shown.geometry();
    QString size = geometry != nullptr ? size_sentence(m_spec, *geometry) : QString();
    if (m_form->isEmpty() && geometry != nullptr) size = tr("It has no arguments.");
    m_size->setText(size);
    m_size->setVisible(!size.isEmpty());

    const auto refusal = engine::keras_refuses(m_spec);
    m_badge->setVisible(refusal.has_value() && geometry != nullptr);
    if (refusal) m_badge->setText(QStringLiteral("▲ ") + document::error_text(*refusal));

    const bool here = !shown.problem.isEmpty() &&
                      (shown.problem_layer < 0 || shown.problem_layer == shown.view.focus);
    m_problem->setVisible(here);
    if (here) m_problem->setText(QStringLiteral("▲ ") + shown.problem);
}

}  // namespace ui::widgets
