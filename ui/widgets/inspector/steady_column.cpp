// SPDX-License-Identifier: MIT
// Scrolls where that is enough, and leaves a gap where it is not.
#include "ui/widgets/inspector/steady_column.h"

#include <algorithm>

#include <QApplication>
#include <QCursor>
#include <QEvent>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui::widgets {

namespace {

/// Inner layouts first: what they need is what the outer ones give.
void activate(const QWidget* widget) {
    for (QObject* child : widget->children())
        if (const auto* part = qobject_cast<const QWidget*>(child)) activate(part);
    if (widget->layout() != nullptr) widget->layout()->activate();
}

}  // namespace

SteadyColumn::SteadyColumn(QScrollArea* area, QVBoxLayout* column)
    : m_area(area), m_column(column) {}

void SteadyColumn::add(QWidget* part) {
    auto* gap = new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_column->addSpacerItem(gap);
    m_column->addWidget(part);
    m_parts.push_back({part, gap});
}

void SteadyColumn::end() {
    m_bottom = new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_column->addSpacerItem(m_bottom);
    m_column->addStretch(1);
}

void SteadyColumn::keepStill(const std::function<void()>& change) {
    const QPointer<QWidget> control = held();
    if (!control) letGo();
    const int top = control ? topOf(control) : 0;
    change();
    if (!control || !control->isVisible()) return;
    place();
    // A scroll bar that comes or goes may break lines anew.
    constexpr int enough = 3;
    for (int i = 0; i < enough; ++i) {
        const int moved = topOf(control) - top;
        if (moved == 0) return;
        moveBack(control, moved);
    }
}

void SteadyColumn::moveBack(const QWidget* control, int moved) {
    QSpacerItem* gap = gapAbove(control);
    const int height = gap->sizeHint().height();
    QScrollBar* bar = m_area->verticalScrollBar();
    if (moved > 0) {
        const int closed = std::min(height, moved);
        if (closed > 0) resize(gap, height - closed);
        const int wanted = bar->value() + moved - closed;
        constexpr int enough = 3;
        for (int i = 0; i < enough && wanted > bar->maximum(); ++i) {
            // Where everything fits, what is left over goes first.
            const int spare = m_column->itemAt(m_column->count() - 1)->geometry().height();
            resize(m_bottom, m_bottom->sizeHint().height() + wanted - bar->maximum() + spare);
        }
        bar->setValue(wanted);
    } else {
        const int scrolled = std::min(bar->value(), -moved);
        if (-moved > scrolled) resize(gap, height - moved - scrolled);
        bar->setValue(bar->value() - scrolled);
    }
}

void SteadyColumn::letGo() {
    for (const Part& part : m_parts)
        if (part.gap->sizeHint().height() > 0) resize(part.gap, 0);
    if (m_bottom->sizeHint().height() > 0) resize(m_bottom, 0);
}

QWidget* SteadyColumn::held() const {
    const QWidget* content = m_area->widget();
    const QWidget* seen = m_area->viewport();
    if (!seen->isVisible()) return nullptr;
    const QPoint mouse = QCursor::pos();
    if (seen->rect().contains(seen->mapFromGlobal(mouse))) {
        QWidget* at = content->childAt(content->mapFromGlobal(mouse));
        for (; at != nullptr && at != content; at = at->parentWidget())
            if (at->focusPolicy() != Qt::NoFocus) return at;
    }
    QWidget* focus = QApplication::focusWidget();
    return focus != nullptr && content->isAncestorOf(focus) ? focus : nullptr;
}

int SteadyColumn::topOf(const QWidget* control) const {
    return control->mapTo(m_area, QPoint(0, 0)).y();
}

QSpacerItem* SteadyColumn::gapAbove(const QWidget* control) const {
    const auto part = std::ranges::find_if(m_parts, [control](const Part& one) {
        return one.widget == control || one.widget->isAncestorOf(control);
    });
    return part != m_parts.end() ? part->gap : m_bottom;
}

void SteadyColumn::resize(QSpacerItem* gap, int height) {
    gap->changeSize(0, height, QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_column->invalidate();
    place();
}

/// At once, not when there is time for it.
void SteadyColumn::place() {
    QWidget* content = m_area->widget();
    constexpr int enough = 4;  // a line that is broken anew needs another height
    for (int i = 0; i < enough; ++i) {
        const int before = content->height();
        activate(content);
        QEvent request(QEvent::LayoutRequest);
        QApplication::sendEvent(m_area, &request);
        if (i > 0 && content->height() == before) break;
    }
}

}  // namespace ui::widgets
