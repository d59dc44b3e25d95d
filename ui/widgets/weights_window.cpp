// SPDX-License-Identifier: MIT
#include "ui/widgets/weights_window.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QVariantAnimation>

#include "engine/layers/kernel_axes.h"
#include "ui/diagram/weights_figure.h"
#include "ui/files/file_bytes.h"
#include "ui/formats/weights_file.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/questions.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

using engine::KernelOrder;

namespace {

/// More numbers are neither nested nor written out while one waits.
constexpr std::int64_t most_numbers = 20000;

QString axis_words(engine::KernelAxis axis) {
    switch (axis) {
        case engine::KernelAxis::row:
            return WeightsWindow::tr("rows");
        case engine::KernelAxis::column:
            return WeightsWindow::tr("columns");
        case engine::KernelAxis::input_channel:
            return WeightsWindow::tr("input channels");
        case engine::KernelAxis::filter:
            return WeightsWindow::tr("filters");
    }
    return {};
}

/// "3 rows, in each 3 columns, in each 1 filter, in each 2 input channels"
QString nested_words(const engine::LayerSpec& spec, const engine::Shape& kernel,
                     KernelOrder order) {
    const auto keras = engine::kernel_axes(spec, KernelOrder::keras);
    const auto axes = engine::kernel_axes(spec, order);
    const engine::Shape shape = engine::reordered(kernel, keras, axes);
    QStringList parts;
    for (std::size_t axis = 0; axis < axes.size(); ++axis)
        parts << WeightsWindow::tr("%1: %2", "rows: 3")
                     .arg(axis_words(axes[axis]))
                     .arg(shape[static_cast<int>(axis)]);
    return parts.join(QStringLiteral(" › "));
}

}  // namespace

WeightsWindow::WeightsWindow(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Weights in brackets"));
    setObjectName(QStringLiteral("weights_window"));
    set_ground(this, Ground::panel);
    m_title = make_label(QString(), TextRole::title, this);
    m_sentence = make_label(QString(), TextRole::note, this);
    m_sentence->setWordWrap(true);
    m_orders = new Segmented({QStringLiteral("Keras"), QStringLiteral("PyTorch")}, this);
    m_orders->setObjectName(QStringLiteral("kernel_order"));
    m_orders->setAccessibleName(tr("Order of the axes"));
    m_canvas = new Canvas(this);
    m_canvas->setObjectName(QStringLiteral("weights_canvas"));
    QStringList forms;
    for (const formats::WeightsForm& form : formats::weights_forms()) forms << form.title();
    m_forms = new Segmented(forms, this);
    m_forms->setObjectName(QStringLiteral("weights_form"));
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("weights_text"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("The weights as code"));
    m_text->setMaximumHeight(scaled(96));
    m_said = make_label(QString(), TextRole::problem, this);
    m_said->setObjectName(QStringLiteral("weights_problem"));
    m_said->setWordWrap(true);
    m_said->hide();

    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setObjectName(QStringLiteral("copy_weights"));
    copy->setAutoDefault(false);
    auto* paste_button = new QPushButton(tr("Paste"), this);
    paste_button->setObjectName(QStringLiteral("paste_weights"));
    paste_button->setAutoDefault(false);
    paste_button->setToolTip(tr("Any of these forms, or what get_weights() and print() show."));
    auto* open_button = new QPushButton(tr("Open…"), this);
    open_button->setObjectName(QStringLiteral("open_weights"));
    open_button->setAutoDefault(false);
    open_button->setToolTip(tr("A NumPy file: .npy or .npz"));
    auto* save_button = new QPushButton(tr("Save…"), this);
    save_button->setObjectName(QStringLiteral("save_weights"));
    save_button->setAutoDefault(false);
    save_button->setToolTip(tr("As a NumPy file, in the order of axes shown"));
    connect(open_button, &QPushButton::clicked, this, [this] { chooseFile(false); });
    connect(save_button, &QPushButton::clicked, this, [this] { chooseFile(true); });
    m_moves = {copy, paste_button, open_button, save_button};
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(paste_button, &QPushButton::clicked, this, &WeightsWindow::paste);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_orders, &Segmented::chosen, this, &WeightsWindow::chooseOrder);
    connect(m_forms, &Segmented::chosen, this, [this](int index) {
        m_form = index;
        showText();
    });
    m_forms->show(0);

    m_turn = new QVariantAnimation(this);
    m_turn->setStartValue(0.0);
    m_turn->setEndValue(1.0);
    m_turn->setDuration(900);
    m_turn->setEasingCurve(QEasingCurve::InOutCubic);
    connect(m_turn, &QVariantAnimation::valueChanged, this, &WeightsWindow::showPicture);

    const auto slice_of = [this](const diagram::GridRef& grid) {
        return diagram::weights_slice(m_shown.weights().kernel.shape(), m_shown.spec(), grid.index);
    };
    connect(m_canvas, &Canvas::cellsEdited, this, [this, slice_of](const CellEdits& edits) {
        const auto [filter, channel] = slice_of(edits.grid);
        emit weightEdited(edits, filter, channel);
    });
    connect(m_canvas, &Canvas::currentCellChanged, this, [this, slice_of](const auto& cell) {
        if (!cell) return;
        const auto [filter, channel] = slice_of(cell->grid);
        emit weightChosen(filter, channel, cell->row, cell->column);
    });
    connect(m_canvas, &Canvas::gestureEnded, this, &WeightsWindow::gestureEnded);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_orders);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(paste_button);
    buttons->addWidget(open_button);
    buttons->addWidget(save_button);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addLayout(head);
    column->addWidget(m_sentence);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_forms);
    column->addWidget(m_text);
    column->addWidget(m_said);
    column->addLayout(buttons);
    resize(scaled(760), scaled(640));
}

void WeightsWindow::show(const document::PresentedPane& shown, const diagram::Theme& theme,
                         double text_scale) {
    m_shown = shown;
    m_theme = theme;
    m_textScale = text_scale;
    const bool has_kernel = hasKernel();
    m_canvas->setEnabled(has_kernel);
    for (QPushButton* button : m_moves) button->setEnabled(has_kernel);
    if (!has_kernel) {
        m_title->setText(QString::fromStdString(engine::class_name(shown.spec())));
        m_sentence->setText(tr("This layer has no kernel with four brackets."));
        m_text->clear();
        m_canvas->show(diagram::Diagram(), m_theme);
        return;
    }
    m_orders->show(m_order);
    showPicture();
    showText();
}

void WeightsWindow::chooseOrder(int index) {
    m_orders->show(index);
    if (index == m_order) return;
    m_order = index;
    m_turn->stop();
    if (m_reducedMotion)
        showPicture();
    else
        m_turn->start();
    showText();
}

void WeightsWindow::showPicture() {
    const engine::Weights weights = m_shown.weights();
    const engine::LayerSpec& spec = m_shown.spec();
    const auto order = static_cast<KernelOrder>(m_order);
    m_title->setText(QStringLiteral("%1, kernel (%2)")
                         .arg(QString::fromStdString(engine::class_name(spec)), [&] {
                             const auto axes = engine::kernel_axes(spec, order);
                             const auto keras = engine::kernel_axes(spec, KernelOrder::keras);
                             QStringList sizes;
                             const engine::Shape shape =
                                 engine::reordered(weights.kernel.shape(), keras, axes);
                             for (const int size : shape.sizes()) sizes << QString::number(size);
                             return sizes.join(QStringLiteral(", "));
                         }()));
    m_sentence->setText(
        tr("Four brackets, from the outermost in: %1. set_weights takes a list, because a layer "
           "has more than a kernel: the bias (%2) is the next array in it.")
            .arg(nested_words(spec, weights.kernel.shape(), order))
            .arg(weights.bias.empty() ? tr("none here")
                                      : QString::number(weights.bias.shape()[0])));
    diagram::WeightsView view;
    view.order = order;
    view.turned =
        m_turn->state() == QAbstractAnimation::Running ? m_turn->currentValue().toDouble() : 1;
    view.text_scale = m_textScale;
    const auto& hovered = m_shown.view.hovered;
    if (hovered && hovered->grid.grid == diagram::Grid::kernel)
        view.lit =
            diagram::CellRef{{diagram::Grid::weights,
                              diagram::weights_slice(weights.kernel.shape(), spec,
                                                     m_shown.view.filter, m_shown.view.channel)},
                             hovered->row,
                             hovered->column};
    m_canvas->show(diagram::weights_picture(spec, weights, view), m_theme);
}

void WeightsWindow::showText() {
    const engine::Weights weights = m_shown.weights();
    const formats::WeightsForm& form = formats::weights_forms()[static_cast<std::size_t>(m_form)];
    m_text->setPlainText(weights.kernel.shape().count() > most_numbers
                             ? tr("%n weight(s): too many to be written out here.", nullptr,
                                  static_cast<int>(weights.kernel.shape().count()))
                             : formats::write_weights(form, m_shown.spec(), weights));
}

bool WeightsWindow::hasKernel() const {
    return engine::has_kernel_axes(m_shown.spec()) && m_shown.weights().kernel.shape().rank() == 4;
}

engine::WeightShapes WeightsWindow::wanted() const {
    return engine::weight_shapes(m_shown.spec(), m_shown.input_shape());
}

void WeightsWindow::say(const QString& sentence, bool problem) {
    m_said->setText(problem ? QStringLiteral("▲ ") + sentence : sentence);
    m_said->setVisible(!sentence.isEmpty());
}

void WeightsWindow::paste() {
    const auto read =
        formats::read_weights(QGuiApplication::clipboard()->text(), m_shown.spec(), wanted());
    if (!read) return say(words::error_text(read.error()), true);
    say({}, false);
    bring(*read, tr("Paste weights"));
}

void WeightsWindow::bring(const formats::ReadWeights& read, const QString& text) {
    engine::WeightSetting setting = m_shown.layer().weights;
    setting.recipe.reset();
    setting.values.kernel = read.kernel;
    if (!read.bias.empty()) setting.values.bias = read.bias;
    emit weightsBrought(setting, {read.kernel.shape()[0], read.kernel.shape()[1]}, text);
}

void WeightsWindow::chooseFile(bool save) {
    QStringList patterns;
    QStringList filters;
    for (const formats::WeightsFile& row : formats::weights_files()) {
        patterns << u'*' + QLatin1String(row.ending);
        filters
            << QStringLiteral("%1 (*%2)").arg(QLatin1String(row.name), QLatin1String(row.ending));
    }
    const QString folder = folder_to_start_in(m_folder);
    QString filter = filters.front();
    QString path =
        save ? QFileDialog::getSaveFileName(this, tr("Save weights"), folder,
                                            filters.join(QStringLiteral(";;")), &filter,
                                            QFileDialog::DontConfirmOverwrite)
             : QFileDialog::getOpenFileName(this, tr("Open weights"), folder,
                                            tr("NumPy files (%1)").arg(patterns.join(u' ')) +
                                                QStringLiteral(";;") + tr("All files (*)"));
    if (path.isEmpty()) return;
    // A name without an ending gets that of the format chosen.
    const auto chosen = std::max<qsizetype>(filters.indexOf(filter), 0);
    if (save && formats::weights_file_of(path) == nullptr)
        path += QLatin1String(formats::weights_files()[static_cast<std::size_t>(chosen)].ending);
    emit fileChosen(path);
    save ? saveFile(path) : openFile(path);
}

void WeightsWindow::openFile(const QString& path) {
    if (!hasKernel()) return;
    const auto bytes = files::read_file(path, formats::max_weights_bytes);
    if (!bytes) return say(words::error_text(bytes.error()), true);
    const auto opened =
        formats::weights_in(*bytes, m_shown.spec(), wanted(), static_cast<KernelOrder>(m_order));
    if (!opened) return say(words::error_text(opened.error()), true);
    QStringList said;
    if (static_cast<int>(opened->weights.order) != m_order)
        said << (opened->weights.order == KernelOrder::pytorch
                     ? tr("The file's axes are in PyTorch's order.")
                     : tr("The file's axes are in Keras's order."));
    if (opened->rounded) said << tr("Its numbers were rounded to float32.");
    if (!opened->left_out.isEmpty())
        said << tr("Also in the file, and not taken: %1.")
                    .arg(words::harmless(opened->left_out.join(QStringLiteral(", ")), 200));
    say(said.join(u' '), false);
    bring(opened->weights, tr("Open weights"));
}

void WeightsWindow::saveFile(const QString& chosen) {
    if (!hasKernel()) return;
    const formats::WeightsFile* format = formats::weights_file_of(chosen);
    QString path = chosen;
    if (format == nullptr) {
        format = &formats::weights_files().front();
        path += QLatin1String(format->ending);
    }
    if (!may_replace(this, path)) return;
    const auto bytes = formats::weights_as(*format, m_shown.spec(), m_shown.weights(),
                                           static_cast<KernelOrder>(m_order));
    if (!bytes) return say(words::error_text(bytes.error()), true);
    const auto written = files::write_file(path, *bytes);
    if (!written) return say(words::error_text(written.error()), true);
    const bool leaves_bias = !format->has_names && !m_shown.weights().bias.empty();
    say((leaves_bias ? tr("Written, without the bias: %1") : tr("Written: %1"))
            .arg(words::harmless(QDir::toNativeSeparators(path), longest_path)),
        false);
}

}  // namespace ui::widgets
