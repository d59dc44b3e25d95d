// SPDX-License-Identifier: MIT
// Wrapping counts characters: the face is mono.
#include "ui/widgets/controls/formula_label.h"

#include <algorithm>

#include <QFontMetricsF>
#include <QPainter>

namespace ui::widgets {

FormulaLabel::FormulaLabel(const QString& equation, TextRole role, QWidget* parent)
    : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setText(equation);
    set_text_role(this, role);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    ensurePolished();
}

QStringList FormulaLabel::lines(int width) const {
    const double advance = QFontMetricsF(font()).horizontalAdvance(u'0');
    const int room = std::max(static_cast<int>(width / advance), 12);
    if (text().size() <= room) return {text()};

    const QString equals = QStringLiteral(" = ");
    const QStringList parts = text().split(equals);
    const QString indent(parts.first().size() + 1, u' ');
    QStringList lines;
    QString line = parts.first();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        // A part that does not fit beside the one before begins a line, its equals sign below the
        // first.
        if (i > 1 && line.size() + equals.size() + parts[i].size() > room) {
            lines << line;
            line = indent.chopped(1);
        }
        line += equals.chopped(1);
        for (const QString& word : parts[i].split(u' ')) {
            if (line.size() + 1 + word.size() > room) {
                lines << line;
                line = indent + u' ';
            }
            line += u' ' + word;
        }
    }
    lines << line;
    return lines;
}

int FormulaLabel::lineHeight() const { return qRound(fontMetrics().height() * 1.18); }

int FormulaLabel::heightForWidth(int width) const {
    return static_cast<int>(lines(width).size()) * lineHeight();
}

QSize FormulaLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()), lineHeight()};
}

QSize FormulaLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(u'0') * 12, lineHeight()};
}

void FormulaLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QStringList shown = lines(width());
    for (qsizetype i = 0; i < shown.size(); ++i)
        painter.drawText(QRect(0, static_cast<int>(i) * lineHeight(), width(), lineHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, shown[i]);
}

}  // namespace ui::widgets
