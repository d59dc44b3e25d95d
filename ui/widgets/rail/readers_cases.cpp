// SPDX-License-Identifier: MIT
#include "ui/widgets/rail/readers_cases.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/controls/style.h"
#include "ui/words/ledger_words.h"

namespace ui::widgets {

namespace {

QLabel* cell(const QString& text, TextRole role, QWidget* parent) {
    QLabel* label = make_label(text, role, parent);
    label->setAlignment(Qt::AlignCenter);
    return label;
}

}  // namespace

ReadersCases::ReadersCases(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 3);
    const engine::Shape input{engine::readers_input, engine::readers_input, 1};
    for (std::size_t i = 0; i < engine::readers_cases.size(); ++i) {
        const auto [kernel, strides] = engine::readers_cases.at(i);
        const int column = static_cast<int>(i) + 1;
        grid->setColumnStretch(column, 2);
        auto* button = new QPushButton(QStringLiteral("k%1 s%2").arg(kernel).arg(strides), this);
        set_button_role(button, ButtonRole::input_pill);
        button->setObjectName(QStringLiteral("case_%1").arg(i));
        button->setCheckable(true);
        grid->addWidget(button, 0, column);
        m_buttons.at(i) = button;
        QStringList sizes;
        int line = 0;
        const engine::Size2D kernel_size{kernel, kernel};
        const engine::Size2D by{strides, strides};
        for (const engine::DialectRow& row : engine::plain_rows(kernel_size, by, input)) {
            const QString name = words::framework_name(row.framework);
            const QString range = words::range_text(row.sums.rows);
            const QString size = range.isEmpty() ? QString::number(row.sums.rows.out) : range;
            if (i == 0) grid->addWidget(make_label(name, TextRole::note, this), ++line, 0);
            if (i > 0) ++line;
            grid->addWidget(cell(size, TextRole::value, this), line, column);
            sizes << tr("%1: %2").arg(name, size);
        }
        button->setAccessibleName(tr("kernel_size %1, strides %2").arg(kernel).arg(strides));
        button->setToolTip(tr("Put it on the stage: padding valid, over an input of 2 × 2") +
                           u'\n' + sizes.join(QStringLiteral(", ")));
        button->setAccessibleDescription(sizes.join(QStringLiteral(", ")));
        connect(button, &QPushButton::clicked, this, [this, kernel_size, by, button] {
            button->setChecked(!button->isChecked());  // what is shown says which one it is
            emit chosen(kernel_size, by);
        });
    }
    grid->addWidget(make_label(tr("padding valid, input 2 × 2"), TextRole::note, this),
                    grid->rowCount(), 0, 1, grid->columnCount());
}

void ReadersCases::show(const engine::LayerSpec& spec) {
    const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const auto [kernel, strides] = engine::readers_cases.at(i);
        m_buttons.at(i)->setChecked(layer != nullptr &&
                                    layer->kernel_size == engine::Size2D{kernel, kernel} &&
                                    layer->strides == engine::Size2D{strides, strides});
    }
}

}  // namespace ui::widgets
