// SPDX-License-Identifier: MIT
// Items go into the row in their order; one that does not fit into what is left begins a new row.
#include "ui/widgets/controls/pill_layout.h"

#include <algorithm>

#include <QStyle>
#include <QWidget>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

PillLayout::PillLayout(int columnWidth, QWidget* parent)
    : QLayout(parent), m_columnWidth(columnWidth) {
    setContentsMargins(0, 0, 0, 0);
    setSpacing(6);
}

PillLayout::~PillLayout() { qDeleteAll(m_items); }

void PillLayout::addItem(QLayoutItem* item) { m_items.push_back(item); }

int PillLayout::count() const { return static_cast<int>(m_items.size()); }

QLayoutItem* PillLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* PillLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) m_items.erase(m_items.begin() + index);
    return item;
}

int PillLayout::heightForWidth(int width) const { return place(QRect(0, 0, width, 0), false); }

QSize PillLayout::sizeHint() const {
    const int width = 3 * scaled(m_columnWidth) + 2 * spacing();
    return {width, heightForWidth(width)};
}

QSize PillLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return size;
}

void PillLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    place(rect, true);
}

int PillLayout::place(const QRect& rect, bool apply) const {
    const int gap = spacing();
    const int columns = std::max(1, (rect.width() + gap) / (scaled(m_columnWidth) + gap));
    const auto left_of = [&](int column) { return (rect.width() + gap) * column / columns; };
    int column = 0, top = 0, row_height = 0;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) continue;
        int span = 1;
        while (span < columns && left_of(span) - gap < item->sizeHint().width()) ++span;
        if (column + span > columns) {
            column = 0;
            top += row_height + gap;
            row_height = 0;
        }
        const int height = item->sizeHint().height();
        row_height = std::max(row_height, height);
        if (apply) {
            const QRect slot(rect.left() + left_of(column), rect.top() + top,
                             left_of(column + span) - gap - left_of(column), height);
            const bool mirrored = parentWidget() != nullptr && parentWidget()->isRightToLeft();
            item->setGeometry(mirrored ? QStyle::visualRect(Qt::RightToLeft, rect, slot) : slot);
        }
        column += span;
    }
    return top + row_height;
}

}  // namespace ui::widgets
