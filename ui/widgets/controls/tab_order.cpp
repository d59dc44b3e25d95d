// SPDX-License-Identifier: MIT
// Layouts in their order, what stands in none of them after that.
#include "ui/widgets/controls/tab_order.h"

#include <algorithm>

#include <QLayout>

namespace ui::widgets {

namespace {

void add_laid_out(const QLayout* layout, QList<QWidget*>& widgets) {
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem* item = layout->itemAt(i);
        if (item->widget() != nullptr) widgets << item->widget();
        if (item->layout() != nullptr) add_laid_out(item->layout(), widgets);
    }
}

QList<QWidget*> children_in_order(const QWidget* parent) {
    QList<QWidget*> widgets;
    if (parent->layout() != nullptr) add_laid_out(parent->layout(), widgets);
    for (QWidget* child : parent->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (!widgets.contains(child)) widgets << child;
    return widgets;
}

void add_stops(const QWidget* parent, QList<QWidget*>& stops) {
    for (QWidget* child : children_in_order(parent)) {
        if (child->isWindow() || !child->isVisible() || !child->isEnabled()) continue;
        const bool by_tab = (child->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (by_tab && child->focusProxy() == nullptr) stops << child;
        add_stops(child, stops);
    }
}

}  // namespace

QWidget* next_by_tab(const QWidget* root, const QWidget* from, bool forward) {
    QList<QWidget*> stops;
    add_stops(root, stops);
    if (stops.isEmpty()) return nullptr;
    const qsizetype here = stops.indexOf(from);
    if (here < 0) return forward ? stops.first() : stops.last();
    return stops[(here + (forward ? 1 : stops.size() - 1)) % stops.size()];
}

}  // namespace ui::widgets
