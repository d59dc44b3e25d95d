// SPDX-License-Identifier: MIT
// As large as its lines, as far as the screen has room.
#include "ui/widgets/rail/summary_window.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

SummaryWindow::SummaryWindow(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Summary of the model"));
    setObjectName(QStringLiteral("summary_window"));
    set_ground(this, Ground::panel);
    m_program = make_label(QString(), TextRole::title, this);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("large_summary"));
    m_text->setProperty("large", true);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_program);
    column->addWidget(m_text, 1);
    column->addLayout(buttons);
}

void SummaryWindow::show(const QString& program, const QString& summary) {
    m_program->setText(program);
    m_text->setAccessibleName(tr("Summary of the model as %1 prints it").arg(program));
    if (m_text->toPlainText() == summary) return;
    m_text->setPlainText(summary);
    if (!isVisible()) fit();
}

void SummaryWindow::fit() {
    ensurePolished();
    m_text->ensurePolished();
    const QFontMetrics metrics = m_text->fontMetrics();
    int width = 0;
    const QStringList lines = m_text->toPlainText().split(u'\n');
    for (const QString& line : lines) width = std::max(width, metrics.horizontalAdvance(line));
    const int bar = m_text->verticalScrollBar()->sizeHint().width();
    const QSize text(width + bar + scaled(40),
                     static_cast<int>(lines.size()) * metrics.lineSpacing() + bar + scaled(40));
    const QMargins margins = layout()->contentsMargins();
    const QSize around(margins.left() + margins.right(), margins.top() + margins.bottom() +
                                                             m_program->sizeHint().height() +
                                                             scaled(34) + 2 * layout()->spacing());
    const QSize room = screen()->availableSize() * 9 / 10;
    resize((text + around).boundedTo(room));
}

}  // namespace ui::widgets
