// SPDX-License-Identifier: MIT
// Fit, zoom and scroll.
#include "ui/widgets/canvas/viewport.h"

#include <algorithm>

namespace ui::widgets {

void Viewport::resize(QSizeF room, QSizeF diagram, double least_fit, double bar) {
    m_room = room;
    m_diagram = diagram;
    m_leastFit = least_fit;
    m_bar = bar;
    settle();
}

double Viewport::scale() const {
    if (m_diagram.isEmpty()) return m_zoom;
    const double whole =
        std::min(m_room.width() / m_diagram.width(), m_room.height() / m_diagram.height());
    // Room for the bar is not worth a second one.
    const double least = std::min(m_leastFit, 1 - m_bar / std::max(m_room.width(), m_bar + 1));
    // Where one scrolls down anyway, all of the width is used.
    const double fit = whole < least ? (m_room.width() - m_bar) / m_diagram.width() : whole;
    return std::clamp(fit, least, 1.0) * m_zoom;
}

QPointF Viewport::farthest() const {
    // Half a pixel beyond the room is rounding, not a reason to scroll.
    const QSizeF beyond = content() - m_visible - QSizeF(0.5, 0.5);
    return {std::max(0.0, beyond.width()), std::max(0.0, beyond.height())};
}

QPointF Viewport::offset() const {
    const double spare = m_visible.width() - content().width();
    return {spare > 0 ? spare / 2 : -m_scroll.x(), -m_scroll.y()};
}

void Viewport::settle() {
    // One bar takes room that may make the other necessary.
    m_visible = m_room;
    for (int round = 0; round < 2; ++round) {
        const QPointF beyond = farthest();
        m_visible = m_room - QSizeF(beyond.y() > 0 ? m_bar : 0, beyond.x() > 0 ? m_bar : 0);
    }
    scrollTo(m_scroll);
}

void Viewport::allowZoom(double most) {
    m_mostZoom = std::clamp(most, most_zoom, farthest_zoom);
    if (m_zoom > m_mostZoom) zoomAt(QPointF(m_visible.width(), m_visible.height()) / 2, m_mostZoom);
}

void Viewport::scrollTo(QPointF scroll) {
    const QPointF end = farthest();
    m_scroll = {std::clamp(scroll.x(), 0.0, end.x()), std::clamp(scroll.y(), 0.0, end.y())};
}

void Viewport::zoomAt(QPointF point, double zoom) {
    const QPointF under = toDiagram(point);
    m_zoom = std::clamp(zoom, least_zoom, m_mostZoom);
    settle();
    scrollTo(under * scale() - point);
}

void Viewport::reveal(QRectF diagram_rect) {
    const QRectF rect = toWidget(diagram_rect);
    QPointF scroll = m_scroll;
    const auto along = [](double low, double high, double end) {
        return low < 0 || high - low > end ? low : std::max(0.0, high - end);
    };
    scroll += {along(rect.left(), rect.right(), m_visible.width()),
               along(rect.top(), rect.bottom(), m_visible.height())};
    scrollTo(scroll);
}

QRectF Viewport::toDiagram(QRectF rect) const {
    return {toDiagram(rect.topLeft()), rect.size() / scale()};
}

QRectF Viewport::toWidget(QRectF rect) const {
    return {rect.topLeft() * scale() + offset(), rect.size() * scale()};
}

}  // namespace ui::widgets
